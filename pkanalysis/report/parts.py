"""What of a run notebook is the reader's: its Markdown, its numbered blocks, the places that failed, its annex."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode
from papermill.execute import ERROR_MARKER_TAG

from pkanalysis.report.numbering import Numbering
from pkanalysis.show.blocks import MIME

KINDS = ("Table", "Figure", "Note", "Cover")
ANNEX_TAG = "lampiran"
"""Tag of the Markdown cell with which the annex begins."""

ANNEX_LETTER = "L"


@dataclass(frozen=True)
class Prose:
    """One Markdown cell."""

    source: str


@dataclass(frozen=True)
class Shown:
    """One block that a cell has shown; ``payload["number"]`` is what its document calls it (``Tabel 3``)."""

    payload: dict[str, Any]


@dataclass(frozen=True)
class Broken:
    """A cell that failed; nothing of it is printed."""


@dataclass(frozen=True)
class Annex:
    """The place where the annex begins."""


Part = Prose | Shown | Broken | Annex


def parts(notebook: NotebookNode) -> Iterator[Part]:
    """The parts in order; code, prints and plain outputs stay behind."""
    numbering = Numbering()
    for cell in notebook.cells:
        if is_annex(cell) and not numbering.letter:
            numbering = Numbering(ANNEX_LETTER)
            yield Annex()
        yield from _of_cell(cell, numbering)


def is_annex(cell: NotebookNode) -> bool:
    """Whether the annex begins with this cell."""
    return ANNEX_TAG in cell["metadata"].get("tags", [])


def blocks(notebook: NotebookNode) -> Iterator[dict[str, Any]]:
    """The payload of every block that the notebook shows, in order, with its number."""
    return (part.payload for part in parts(notebook) if isinstance(part, Shown))


def _of_cell(cell: NotebookNode, numbering: Numbering) -> Iterator[Part]:
    if cell.cell_type == "markdown" and ERROR_MARKER_TAG not in cell.metadata.get("tags", []):
        yield Prose(cell.source)
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            yield Broken()
        elif (payload := output.get("data", {}).get(MIME)) and payload["kind"] in KINDS:
            yield Shown(payload | {"number": numbering.label(payload)})
