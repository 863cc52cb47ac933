"""A run notebook as sheets: one per table, one for the values of all figures, one for all sentences.

Total rows: which rows each one adds up, whether they do, and the formula that says so.

The reader sorts and filters. A formula over some rows of a sorted table would silently add up
others, so a table is given a filter only if each of its totals survives sorting: it adds up all
rows, or the rows that carry its own word in one column (``SUMIF``). Those totals stand below the rows.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode
from xlsxwriter.utility import xl_col_to_name

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


AMOUNTS = ("rupiah", "rp", "perubahan_rp")
NUMBERS = (*AMOUNTS, "persen", "poin", "angka", "bulat", "tahun")
SAFE_KEY = re.compile(r"[^\W\d][^*?~]{0,200}")
"""Words that SUMIF takes literally: no wildcards, nothing that reads as a number or a comparison."""
HALF_RUPIAH = 0.5


@dataclass(frozen=True)
class Total:
    """A total row at payload position ``row``: the positions it adds up and the columns that agree.

    ``key`` is the column whose word names its rows, if there is one; ``misfits`` are the columns
    whose value is not the sum of the rows.
    """

    row: int
    rows: tuple[int, ...]
    key: int | None
    fits: tuple[int, ...]
    misfits: tuple[int, ...]


@dataclass(frozen=True)
class Plan:
    """The rows of a table in the order of the sheet: payload positions, and the totals by position."""

    order: tuple[int, ...]
    details: tuple[int, ...]
    totals: dict[int, Total]
    is_sortable: bool

    @property
    def is_moved(self) -> bool:
        """Whether totals were moved below the rows."""
        return list(self.order) != sorted(self.order)

    def formula(self, row: int, column: int, top: int) -> str | None:
        """Formula of the cell at payload position ``row``; data begin in sheet row ``top`` (from 0)."""
        total = self.totals.get(row)
        if total is None or column not in total.fits:
            return None
        place = {position: top + line + 1 for line, position in enumerate(self.order)}
        letter = xl_col_to_name(column)
        if self.is_sortable and total.rows != self.details and total.key is not None:
            key, first, last = xl_col_to_name(total.key), place[self.details[0]], place[self.details[-1]]
            return f"=SUMIF(${key}${first}:${key}${last},${key}{place[row]},{letter}${first}:{letter}${last})"
        areas = _runs(sorted(place[position] for position in total.rows))
        return f"=SUM({','.join(f'{letter}{first}:{letter}{last}' for first, last in areas)})"


def plan(table: dict[str, Any]) -> Plan:
    """Find what each total row of a table payload adds up.

    A total adds up the rows since the previous total or, where that agrees better, all rows above it.
    """
    places = sorted(table["totals"])
    details = tuple(place for place in range(len(table["rows"])) if place not in places)
    totals = {place: _total(table, place, previous, details) for previous, place in itertools.pairwise([-1, *places])}
    is_sortable = all(total.rows == details or total.key is not None for total in totals.values())
    order = (*details, *places) if is_sortable else tuple(range(len(table["rows"])))
    return Plan(order, details, totals, is_sortable)


def number(cell: dict[str, Any]) -> float | None:
    """The number that a cell holds on the sheet, if it holds one."""
    return cell["raw"] if cell["kind"] in NUMBERS else None


def _total(table: dict[str, Any], row: int, previous: int, details: tuple[int, ...]) -> Total:
    above = tuple(place for place in details if place < row)
    own = tuple(place for place in above if place > previous)
    amounts = [
        place for place, cell in enumerate(table["rows"][row]) if cell["kind"] in AMOUNTS and cell["raw"] is not None
    ]
    fitting = {rows: tuple(c for c in amounts if _adds_up(table, row, rows, c)) for rows in (own, above) if rows}
    rows = max(fitting, key=lambda rows: len(fitting[rows]), default=())
    fits = fitting.get(rows, ())
    misfits = tuple(column for column in amounts if rows and column not in fits)
    return Total(row, rows, _key(table, row, rows, details), fits, misfits)


def _adds_up(table: dict[str, Any], row: int, rows: Sequence[int], column: int) -> bool:
    total = sum(number(table["rows"][place][column]) or 0 for place in rows)
    return bool(abs(total - table["rows"][row][column]["raw"]) < HALF_RUPIAH)


def _key(table: dict[str, Any], row: int, rows: tuple[int, ...], details: tuple[int, ...]) -> int | None:
    """The first column in which the total and its rows, and no other rows, carry the same word."""
    for column, cell in enumerate(table["rows"][row]):
        word = cell["text"].casefold()
        same = tuple(place for place in details if table["rows"][place][column]["text"].casefold() == word)
        if cell["kind"] == "teks" and SAFE_KEY.fullmatch(word) and same == rows:
            return column
    return None


def _runs(lines: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of neighbouring lines."""
    for _, run in itertools.groupby(enumerate(lines), lambda pair: pair[1] - pair[0]):
        members = [line for _, line in run]
        yield members[0], members[-1]
