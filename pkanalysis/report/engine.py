"""The Papermill engine that runs cells inside this process.

Papermill keeps its part (injected parameters, metadata, error anchors); only the kernel, and the
file rewritten after every cell, are left out. One process runs one notebook: a second one would
find the first one's modules and settings changed, so :mod:`pkanalysis.report.processes` starts a
fresh process each time.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import Any

from nbformat import NotebookNode
from papermill.engines import Engine, NotebookExecutionManager

from pkanalysis.report.shell import RecordingShell, fresh_shell


class InProcessEngine(Engine):  # type: ignore[misc]
    """``papermill --engine pkanalysis``: code cells through IPython, without a kernel."""

    @classmethod
    def execute_notebook(cls, nb: NotebookNode, kernel_name: str, **options: Any) -> NotebookNode:
        """Run ``nb``; Papermill itself writes the result once, at the end."""
        options |= {"output_path": None, "autosave_cell_every": 0}
        done: NotebookNode = super().execute_notebook(nb, kernel_name, **options)
        return done

    @classmethod
    def execute_managed_notebook(cls, nb_man: NotebookExecutionManager, *_: Any, **__: Any) -> None:
        """Run the code cells in order up to the first error."""
        with _drawing_to_memory(), fresh_shell() as shell:
            for index, cell in enumerate(nb_man.nb.cells):
                nb_man.cell_start(cell, index)
                is_failed = cell.cell_type == "code" and not _run(shell, cell)
                if is_failed:
                    nb_man.cell_exception(cell, index)
                nb_man.cell_complete(cell, index)
                if is_failed:
                    return


def _run(shell: RecordingShell, cell: NotebookNode) -> bool:
    """Run one code cell, keep what it showed, and say whether it ended well."""
    if not cell.source.strip():
        return True
    cell.execution_count = shell.execution_count
    cell.outputs = shell.run(cell.source)
    return all(output.output_type != "error" for output in cell.outputs)


@contextlib.contextmanager
def _drawing_to_memory() -> Iterator[None]:
    """No window toolkit while cells run, and the caller's choice again afterwards."""
    before = os.environ.get("MPLBACKEND")
    os.environ["MPLBACKEND"] = "agg"
    try:
        yield
    finally:
        os.environ.pop("MPLBACKEND")
        if before is not None:
            os.environ["MPLBACKEND"] = before
