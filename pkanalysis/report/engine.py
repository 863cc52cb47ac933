"""The Papermill engine that runs cells inside this process.

Papermill keeps its part (injected parameters, metadata, error anchors); only the kernel, and the
file rewritten after every cell, are left out. One process runs one notebook: a second one would
find the first one's modules and settings changed, so :mod:`pkanalysis.report.processes` starts a
fresh process each time.

A fresh IPython shell that records what a cell shows as notebook outputs.

execnb has such a shell, but it runs cells in a second thread, collects each cell's prints before
its displays (so their order is lost), and brings fastcore's patches into every process; what a
Papermill engine needs of it is this page.
"""

from __future__ import annotations

import base64
import contextlib
import io
import os
import sys
from collections.abc import Iterator
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode, v4
from papermill.engines import Engine, NotebookExecutionManager
from traitlets.config import Config


class Recorder:
    """Outputs of the running cell, in the order in which they appeared."""

    def __init__(self) -> None:
        self.outputs: list[NotebookNode] = []

    def stream(self, name: str, text: str) -> None:
        """Add printed text; text that continues the same stream joins it."""
        last = self.outputs[-1] if self.outputs else None
        if last is not None and last.output_type == "stream" and last.name == name:
            last.text += text
        else:
            self.outputs.append(v4.new_output("stream", name=name, text=text))

    def bundle(self, kind: str, data: dict[str, Any], metadata: dict[str, Any] | None, **more: Any) -> None:
        """Add a ``display_data`` or ``execute_result``; bytes become base64 as in a kernel's message."""
        plain = {mime: _text(value) for mime, value in data.items()}
        self.outputs.append(v4.new_output(kind, data=plain, metadata=metadata or {}, **more))

    def error(self, name: str, value: str, traceback: list[str]) -> None:
        """Add the exception that ended the cell."""
        self.outputs.append(v4.new_output("error", ename=name, evalue=value, traceback=traceback))

    def clear(self) -> None:
        """Forget what the cell has shown."""
        self.outputs.clear()


class _Publisher(DisplayPublisher):
    """What ``display(…)`` calls."""

    shell: Any

    def publish(self, data: dict[str, Any], metadata: dict[str, Any] | None = None, *_: Any, **__: Any) -> None:
        self.shell.recorder.bundle("display_data", data, metadata)

    def clear_output(self, *_: Any, **__: Any) -> None:
        self.shell.recorder.clear()


class _Hook(DisplayHook):
    """What the last expression of a cell calls."""

    shell: Any

    def write_output_prompt(self) -> None: ...

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        self.shell.recorder.bundle("execute_result", format_dict, md_dict, execution_count=self.prompt_count)

    def log_output(self, format_dict: dict[str, Any]) -> None: ...

    def finish_displayhook(self) -> None:
        self._is_active = False


class RecordingShell(InteractiveShell):
    """An :class:`InteractiveShell` without history, terminal or profile; see :func:`fresh_shell`."""

    display_pub_class = _Publisher
    displayhook_class = _Hook

    def __init__(self, **traits: Any) -> None:
        self.recorder = Recorder()
        super().__init__(**traits)

    def enable_gui(self, gui: Any = None) -> None:
        """There is no event loop to join; figures are drawn to memory."""

    def _showtraceback(self, etype: type[BaseException], evalue: BaseException, stb: list[str]) -> None:
        self.recorder.error(etype.__name__, str(evalue), stb)

    def run(self, source: str) -> list[NotebookNode]:
        """Run one cell and return its outputs."""
        self.recorder.outputs = []
        out, err = (_Stream(self.recorder, name) for name in ("stdout", "stderr"))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            self.run_cell(source, store_history=True)
        _close_figures()
        return self.recorder.outputs


@contextlib.contextmanager
def fresh_shell() -> Iterator[RecordingShell]:
    """A shell with an empty namespace that is the process's ``get_ipython()`` while the block runs."""
    main = sys.modules["__main__"]
    config = Config({"HistoryManager": {"enabled": False}, "InteractiveShell": {"colors": "nocolor"}})
    InteractiveShell.clear_instance()
    try:
        yield RecordingShell.instance(config=config)
    finally:
        RecordingShell.clear_instance()
        sys.modules["__main__"] = main


class _Stream(io.TextIOBase):
    """A text stream into the recorder."""

    encoding = "utf-8"

    def __init__(self, recorder: Recorder, name: str) -> None:
        self._recorder, self._name = recorder, name

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if text:
            self._recorder.stream(self._name, text)
        return len(text)


def _text(value: Any) -> Any:
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _close_figures() -> None:
    """A figure that a cell left open must not reach the next cell or document."""
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")


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
