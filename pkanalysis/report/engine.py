"""The Papermill engine that runs cells inside this process, in a fresh IPython shell that records what they show.

Papermill keeps its part (injected parameters, metadata, error anchors); only the kernel, and the
file rewritten after every cell, are left out. One process runs one notebook: a second one would
find the first one's modules and settings changed, so :mod:`pkanalysis.report.processes` starts a
fresh process each time. The package execnb has such a shell, but it runs cells in a second thread, collects
each cell's prints before its displays (so their order is lost), and brings patches into every process.
"""

from __future__ import annotations

import base64
import contextlib
import io
import os
import sys
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode, v4
from traitlets import List
from traitlets.config import Config


def _papermill_says(question: str, nb: NotebookNode, answer: str | None = None) -> str:
    """What the notebook says of itself in the words of Papermill's own engines, unless the ``answer`` is given."""
    return str(getattr(import_module("papermill.utils"), question)(nb, answer))


class InProcessEngine:
    """``papermill --engine pkanalysis``: code cells through IPython, without a kernel.

    It answers what Papermill asks of an engine without being its subclass: Papermill looks for this class while it is
    imported itself, so nothing of it may be needed here before a notebook runs.
    """

    @classmethod
    def execute_notebook(
        cls, nb: NotebookNode, *_: Any, progress_bar: bool = True, log_output: bool = False, **__: Any
    ) -> NotebookNode:
        """Run the code cells of ``nb`` up to the first error; Papermill writes the result once, at the end."""
        from papermill.engines import NotebookExecutionManager

        managed = NotebookExecutionManager(nb, progress_bar=progress_bar, log_output=log_output, autosave_cell_every=0)
        managed.notebook_start()
        try:
            with fresh_shell() as shell:
                for index, cell in enumerate(managed.nb.cells):
                    managed.cell_start(cell, index)
                    is_failed = False
                    if cell.cell_type == "code" and cell.source.strip():
                        cell.execution_count = shell.execution_count
                        cell.outputs = shell.run(cell.source)
                        is_failed = any(output.output_type == "error" for output in cell.outputs)
                    if is_failed:
                        managed.cell_exception(cell, index)
                    managed.cell_complete(cell, index)
                    if is_failed:
                        break
        finally:
            managed.cleanup_pbar()
            managed.notebook_complete()
        done: NotebookNode = managed.nb
        return done

    nb_kernel_name = staticmethod(partial(_papermill_says, "nb_kernel_name"))
    nb_language = staticmethod(partial(_papermill_says, "nb_language"))
    """Kernel of a notebook, and the language in which Papermill writes its parameters."""


class _Publisher(DisplayPublisher):
    """What ``display(…)`` calls."""

    shell: Any

    def publish(self, data: dict[str, Any], metadata: dict[str, Any] | None = None, *_: Any, **__: Any) -> None:
        self.shell.record("display_data", data, metadata)

    def clear_output(self, *_: Any, **__: Any) -> None:
        self.shell.outputs.clear()


class _Hook(DisplayHook):
    """What the last expression of a cell calls."""

    shell: Any

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        self.shell.record("execute_result", format_dict, md_dict, execution_count=self.prompt_count)

    def _nothing(self, *_: Any) -> None:
        """No prompt is printed, and no history keeps what was shown."""

    write_output_prompt = log_output = _nothing


class RecordingShell(InteractiveShell):
    """An :class:`InteractiveShell` without history, terminal or profile; see :func:`fresh_shell`.

    ``outputs`` are those of the running cell, in the order in which they appeared.
    """

    display_pub_class = _Publisher
    displayhook_class = _Hook
    outputs: Any = List()

    def enable_gui(self, gui: Any = None) -> None:
        """There is no event loop to join; figures are drawn to memory."""

    def _showtraceback(self, etype: type[BaseException], evalue: BaseException, stb: list[str]) -> None:
        self.outputs.append(v4.new_output("error", ename=etype.__name__, evalue=str(evalue), traceback=stb))

    def record(self, kind: str, data: dict[str, Any], metadata: dict[str, Any] | None, **more: Any) -> None:
        """Add a ``display_data`` or ``execute_result``; bytes become base64 as in a kernel's message."""
        plain = {
            mime: base64.b64encode(value).decode() if isinstance(value, bytes) else value
            for mime, value in data.items()
        }
        self.outputs.append(v4.new_output(kind, data=plain, metadata=metadata or {}, **more))

    def run(self, source: str) -> list[NotebookNode]:
        """Run one cell and return its outputs; a figure that it left open does not reach the next cell."""
        self.outputs = []
        out, err = _Stream(self, "stdout"), _Stream(self, "stderr")
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            self.run_cell(source, store_history=True)
        if pyplot := sys.modules.get("matplotlib.pyplot"):
            pyplot.close("all")
        found: list[NotebookNode] = self.outputs
        return found


class _Stream(io.TextIOBase):
    """A text stream into the outputs of a shell; text that continues the same stream joins it."""

    encoding = "utf-8"

    def __init__(self, shell: RecordingShell, name: str) -> None:
        self._shell, self._name = shell, name

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        outputs = self._shell.outputs
        last = outputs[-1] if outputs else None
        if last is not None and last.output_type == "stream" and last.name == self._name:
            last.text += text
        elif text:
            outputs.append(v4.new_output("stream", name=self._name, text=text))
        return len(text)


@contextlib.contextmanager
def fresh_shell() -> Iterator[RecordingShell]:
    """A shell with an empty namespace that is the process's ``get_ipython()`` while the block runs.

    Meanwhile figures are drawn without a window toolkit.
    """
    main, backend = sys.modules["__main__"], os.environ.get("MPLBACKEND")
    config = Config({"HistoryManager": {"enabled": False}, "InteractiveShell": {"colors": "nocolor"}})
    InteractiveShell.clear_instance()
    os.environ["MPLBACKEND"] = "agg"
    try:
        yield RecordingShell.instance(config=config)
    finally:
        RecordingShell.clear_instance()
        sys.modules["__main__"] = main
        os.environ.pop("MPLBACKEND")
        if backend is not None:
            os.environ["MPLBACKEND"] = backend
