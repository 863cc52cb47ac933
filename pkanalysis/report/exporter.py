"""What the nbconvert exporters of all formats share; JupyterLab's export menu finds them by their entry points."""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from pkanalysis.report.parts import Reading, read


class BlockExporter(Exporter):
    """Prints the Markdown cells and the blocks of a notebook, nothing else."""

    def made(self, reading: Reading) -> str | bytes:
        """The whole file."""
        raise NotImplementedError

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **_: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Convert one run notebook; nothing changes it, so it is not copied as the base class does."""
        return self.made(read(nb)), self._init_resources(resources)
