"""What of a run notebook is the reader's: its Markdown, its blocks, and the places that failed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode
from papermill.execute import ERROR_MARKER_TAG

from pkanalysis.report.document import KINDS
from pkanalysis.show.blocks import MIME


@dataclass(frozen=True)
class Prose:
    """One Markdown cell."""

    source: str


@dataclass(frozen=True)
class Shown:
    """One block that a cell has shown."""

    payload: dict[str, Any]


@dataclass(frozen=True)
class Broken:
    """A cell that failed; nothing of it is printed."""


Part = Prose | Shown | Broken


def parts(notebook: NotebookNode) -> Iterator[Part]:
    """The parts in order; code, prints and plain outputs stay behind."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and ERROR_MARKER_TAG not in cell.metadata.get("tags", []):
            yield Prose(cell.source)
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                yield Broken()
            elif (payload := output.get("data", {}).get(MIME)) and payload["kind"] in KINDS:
                yield Shown(payload)
