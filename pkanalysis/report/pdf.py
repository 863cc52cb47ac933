"""The nbconvert exporter ``pkanalysis-pdf``: a report on paper, tagged so that it can also be listened to."""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from pkanalysis.report.pandoc import document
from pkanalysis.report.typst.compiler import compiled
from pkanalysis.report.typst.markup import markup


class PdfExporter(Exporter):
    """Prints the Markdown cells and the blocks of a notebook; no LaTeX, no browser, no fonts of the machine."""

    export_from_notebook = "Laporan pkanalysis (PDF)"
    output_mimetype = "application/pdf"
    file_extension = ".pdf"

    def from_notebook_node(  # type: ignore[override]  # bytes, as nbconvert's own PDF exporter
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **_: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """Convert one run notebook; nothing changes it, so it is not copied as the base class does."""
        resources = self._init_resources(resources)
        return compiled(markup(document(nb))), resources
