"""What of a run notebook is the reader's: its Markdown, its numbered blocks, the places that failed, its annex.

Numbers of tables and figures: counted apart, in order of appearance, the same in every format.

The annex: from the Markdown cell tagged ``lampiran`` to the end of the notebook, as a document of its own.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode, v4
from papermill.execute import ERROR_MARKER_TAG

from pkanalysis.show.blocks import MIME

WORDS = {"Table": "Tabel", "Figure": "Gambar"}


class Numbering:
    """The count of one document; that of an annex has a ``letter`` before its numbers.

    Examples
    --------
    >>> count = Numbering()
    >>> [count.label({"kind": kind}) for kind in ("Table", "Figure", "Note", "Table")]
    ['Tabel 1', 'Gambar 1', '', 'Tabel 2']
    >>> Numbering("L").label({"kind": "Table"})
    'Tabel L1'
    """

    def __init__(self, letter: str = "") -> None:
        self.letter = letter
        self._counts: Counter[str] = Counter()

    def label(self, block: dict[str, Any]) -> str:
        """Count ``block`` and name it by its number; empty for what has no number."""
        if not (word := WORDS.get(block["kind"], "")):
            return ""
        self._counts[word] += 1
        return f"{word} {self.letter}{self._counts[word]}"


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


WORD = "Lampiran"


def is_in(path: Path) -> bool:
    """Whether the notebook at ``path`` has an annex."""
    return any(map(is_annex, json.loads(path.read_text(encoding="utf-8"))["cells"]))


def split(notebook: NotebookNode) -> tuple[NotebookNode, NotebookNode | None]:
    """The report without its annex, and the annex with a head of its own; a notebook without the tag stays whole.

    Both come from one run, so their figures cannot differ.
    """
    place = next((place for place, cell in enumerate(notebook.cells) if is_annex(cell)), None)
    if place is None:
        return notebook, None
    annex = [_head(notebook), *notebook.cells[place:]]
    return _with(notebook, notebook.cells[:place]), _with(notebook, annex)


def _with(notebook: NotebookNode, cells: list[NotebookNode]) -> NotebookNode:
    part: NotebookNode = NotebookNode(notebook | {"cells": cells})
    return part


def _head(notebook: NotebookNode) -> NotebookNode:
    """The cover of the report, called annex; it carries the tag, so that the annex knows what it is."""
    tag = {"tags": [ANNEX_TAG]}
    cover = next((block for block in blocks(notebook) if block["kind"] == "Cover"), None)
    head: NotebookNode = v4.new_markdown_cell(f"# {WORD}", metadata=tag)
    if cover:
        words = {"caption": f"{WORD}: {cover['caption']}", "footer": f"{WORD} · {cover['footer']}"}
        shown = v4.new_output("display_data", data={MIME: cover | words})
        head = v4.new_code_cell("", outputs=[shown], metadata=tag)
    return head
