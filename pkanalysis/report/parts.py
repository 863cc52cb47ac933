"""What of a run notebook is the reader's: its Markdown, its numbered blocks, the places that failed, its annex."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pkanalysis.show.blocks import MIME

if TYPE_CHECKING:
    from nbformat import NotebookNode

KINDS = {"Table": "Tabel", "Figure": "Gambar", "Note": "", "Cover": ""}
"""The kinds of blocks, each with the word before its number; tables and figures are counted apart."""

ANNEX_TAG = "lampiran"
"""Tag of the Markdown cell with which the annex begins; it goes to the end of the notebook."""

ANNEX_LETTER, ANNEX_WORD = "L", "Lampiran"
ERROR_TAG = "papermill-error-cell-tag"
"""Tag of the Markdown cell that Papermill puts above a cell that failed."""


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


@dataclass(frozen=True)
class Reading:
    """A run notebook as its parts in order, read once for every format."""

    parts: tuple[Part, ...]

    @cached_property
    def blocks(self) -> list[dict[str, Any]]:
        """The payload of every block, in order, with its number."""
        return [part.payload for part in self.parts if isinstance(part, Shown)]

    @property
    def cover(self) -> dict[str, Any]:
        """The block that heads the document; empty where there is none."""
        return next((block for block in self.blocks if block["kind"] == "Cover"), {})

    @property
    def mark(self) -> str:
        """The sample mark (DATA CONTOH), if a block has it."""
        return next((block["mark"] for block in self.blocks if block["mark"]), "")

    def split(self) -> tuple[Reading, Reading | None]:
        """The report without its annex, and the annex with a head of its own; one without an annex stays whole.

        Both come from one run, so their figures cannot differ.
        """
        place = next((place for place, part in enumerate(self.parts) if isinstance(part, Annex)), None)
        if place is None:
            return self, None
        report, cover = Reading(self.parts[:place]), self.cover
        head: Part = Prose(f"# {ANNEX_WORD}")
        if cover:
            names = {"caption": f"{ANNEX_WORD}: {cover['caption']}", "footer": f"{ANNEX_WORD} · {cover['footer']}"}
            head = Shown(cover | names)
        return report, Reading((self.parts[place], head, *self.parts[place + 1 :]))


def read(notebook: NotebookNode) -> Reading:
    """Take the parts out of a run notebook; code, prints and plain outputs stay behind.

    Numbers of tables and figures follow the order of appearance, the same in every format; those of the annex begin
    again, with a letter before them.
    """
    letter, counts, found = "", Counter[str](), list[Part]()
    for cell in notebook.cells:
        tags = cell["metadata"].get("tags", [])
        if ANNEX_TAG in tags and not letter:
            letter, counts = ANNEX_LETTER, Counter()
            found.append(Annex())
        if cell.cell_type == "markdown" and ERROR_TAG not in tags:
            found.append(Prose(cell.source))
        for output in cell.get("outputs", []):
            payload = output.get("data", {}).get(MIME)
            if output.output_type == "error":
                found.append(Broken())
            elif payload and payload["kind"] in KINDS:
                word = KINDS[payload["kind"]]
                counts[word] += 1
                found.append(Shown(payload | {"number": f"{word} {letter}{counts[word]}" if word else ""}))
    return Reading(tuple(found))


def has_annex(path: Path) -> bool:
    """Whether the notebook at ``path`` has an annex."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return any(ANNEX_TAG in cell["metadata"].get("tags", []) for cell in cells)
