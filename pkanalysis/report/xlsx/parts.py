"""A run notebook as sheets: one per table, one for the values of all figures, one for all sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

from pkanalysis.report import parts as found

FIGURES, NOTES, BELOW = "Data gambar", "Catatan", "Catatan dan sumber"
UNITS = {"rupiah": "Rp", "rp": "Rp", "perubahan_rp": "Rp", "persen": "%", "poin": "poin"}
LONGEST_NAME = 31


@dataclass(frozen=True)
class Part:
    """One block: the chapter it stands in and its payload."""

    chapter: str
    block: dict[str, Any]


@dataclass(frozen=True)
class Sheet:
    """One sheet of the workbook: its name, chapter and caption, and the table payload on it."""

    name: str
    chapter: str
    caption: str
    table: dict[str, Any]


@dataclass(frozen=True)
class Parts:
    """What the workbook holds; ``is_broken`` if a cell of the notebook failed."""

    cover: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    is_broken: bool


def read(notebook: NotebookNode) -> Parts:
    """Sort the blocks of a run notebook into sheets, in order of appearance."""
    parts = list(_in_chapters(notebook))
    tables = tuple(_table(part) for part in parts if part.block["kind"] == "Table")
    covers = [part.block for part in parts if part.block["kind"] == "Cover"]
    return Parts(
        cover=tuple(item["text"] for block in covers[:1] for item in block["items"]),
        sheets=tables + _figures(parts) + _notes(parts),
        is_broken=any(isinstance(part, found.Broken) for part in found.parts(notebook)),
    )


def sheet_name(number: str, block_id: str) -> str:
    """Name of the sheet of the table with that ``number``: at most 31 characters, none that Excel refuses.

    Examples
    --------
    >>> sheet_name("Tabel 3", "target"), sheet_name("Tabel 12", "pagu/realisasi: [semua] sub kegiatan")
    ('Tabel 3 target', 'Tabel 12 pagu-realisasi-semua-s')
    """
    safe = re.sub(r"[^A-Za-z0-9._]+", "-", block_id).strip("-")
    return f"{number} {safe}"[:LONGEST_NAME].strip("- ")


def _in_chapters(notebook: NotebookNode) -> Iterator[Part]:
    """Every block with its chapter."""
    chapter = ""
    for part in found.parts(notebook):
        if isinstance(part, found.Prose):
            chapter = (re.findall(r"^##\s+(.+?)\s*$", part.source, re.MULTILINE) or [chapter])[-1]
        elif isinstance(part, found.Shown):
            yield Part(chapter, part.payload)


def _table(part: Part) -> Sheet:
    name = sheet_name(part.block["number"], part.block["id"])
    return Sheet(name, part.chapter, _numbered(part), part.block)


def _numbered(part: Part) -> str:
    number, caption = part.block["number"], part.block["caption"]
    return f"{number}. {caption}" if caption else number


def _figures(parts: Sequence[Part]) -> tuple[Sheet, ...]:
    """The typed values that the figures show; a figure without values keeps its row and its alt text."""
    labels = dict.fromkeys(("Gambar", "Nama"), "teks") | {"Nilai": "angka", "Satuan": "teks", BELOW: "teks"}
    rows = [row for part in parts if part.block["kind"] == "Figure" for row in _drawn(part)]
    return _sheet(FIGURES, "Nilai yang tergambar pada setiap gambar", labels, rows)


def _drawn(part: Part) -> Iterator[list[dict[str, Any]]]:
    block = part.block
    head = [_text(_numbered(part))]
    for name, cell in (block["values"] or {block["alt"]: _text("")}).items():
        unit = UNITS.get(cell["kind"], block["unit"] if cell["kind"] in ("angka", "bulat") else "")
        yield [*head, _text(name), cell, _text(unit), _below(block)]


def _notes(parts: Sequence[Part]) -> tuple[Sheet, ...]:
    """Every sentence of the notes, with the chapter and the heading it stands under."""
    labels = {"Bab": "teks", "Bagian": "teks", "Kalimat": "teks", BELOW: "teks"}
    rows = [
        [_text(part.chapter), _text(part.block["caption"]), item, _below(part.block)]
        for part in parts
        if part.block["kind"] == "Note"
        for item in part.block["items"] or [_text("")]
    ]
    return _sheet(NOTES, "Kalimat dan catatan laporan", labels, rows)


def _sheet(name: str, caption: str, labels: dict[str, str], rows: list[list[dict[str, Any]]]) -> tuple[Sheet, ...]:
    columns = [
        {"name": label, "label": label, "kind": kind, "decimals": 0, "wide": label == "Kalimat"}
        for label, kind in labels.items()
    ]
    table = {"columns": columns, "rows": rows, "totals": [], "unit": "", "note": "", "source": ""}
    return (Sheet(name, "", caption, table),) if rows else ()


def _below(block: dict[str, Any]) -> dict[str, Any]:
    return _text(" · ".join(text for text in (block["note"], block["source"]) if text))


def _text(text: str) -> dict[str, Any]:
    return {"raw": text or None, "kind": "teks", "text": text}
