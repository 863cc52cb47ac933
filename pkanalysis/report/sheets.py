"""A run notebook as sheets: one per table, one for the values of all figures, one for all sentences.

The reader sorts and filters. A formula over some rows of a sorted table would silently add up
others, so a table is given a filter only if each of its totals survives sorting: it adds up all
rows, or the rows that carry its own word in one column (``SUMIF``). Those totals stand below the rows.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from pkanalysis.report.parts import Prose, Reading, Shown

FIGURES, NOTES, BELOW = "Data gambar", "Catatan", "Catatan dan sumber"
AMOUNTS = ("rupiah", "rp", "perubahan_rp")
NUMBERS = (*AMOUNTS, "persen", "poin", "angka", "bulat", "tahun")
UNITS = dict.fromkeys(AMOUNTS, "Rp") | {"persen": "%", "poin": "poin"}
LONGEST_NAME = 31
SAFE_KEY = re.compile(r"[^\W\d][^*?~]{0,200}")
"""Words that SUMIF takes literally: no wildcards, nothing that reads as a number or a comparison."""
HALF_RUPIAH = 0.5


@dataclass(frozen=True)
class Sheet:
    """One sheet of the workbook: its name, chapter and caption, and the table payload on it."""

    name: str
    chapter: str
    caption: str
    table: dict[str, Any]


def sheets(reading: Reading) -> list[Sheet]:
    """Sort the blocks of a run notebook into sheets, in order of appearance.

    A figure without values keeps its row and its alt text; a note has a row per sentence, with the chapter and the
    heading it stands under.
    """
    chapter, tables = "", list[Sheet]()
    drawn, said = list[list[dict[str, Any]]](), list[list[dict[str, Any]]]()
    for part in reading.parts:
        if isinstance(part, Prose):
            chapter = (re.findall(r"^##\s+(.+?)\s*$", part.source, re.MULTILINE) or [chapter])[-1]
        if not isinstance(part, Shown):
            continue
        block, kind = part.payload, part.payload["kind"]
        caption = f"{block['number']}. {block['caption']}" if block["caption"] else block["number"]
        below = _text(" · ".join(text for text in (block["note"], block["source"]) if text))
        if kind == "Table":
            tables.append(Sheet(sheet_name(block["number"], block["id"]), chapter, caption, block))
        elif kind == "Figure":
            for name, cell in (block["values"] or {block["alt"]: _text("")}).items():
                unit = UNITS.get(cell["kind"], block["unit"] if cell["kind"] in ("angka", "bulat") else "")
                drawn.append([_text(caption), _text(name), cell, _text(unit), below])
        elif kind == "Note":
            said += [[_text(chapter), _text(block["caption"]), item, below] for item in block["items"] or [_text("")]]
    made = (
        (FIGURES, "Nilai yang tergambar pada setiap gambar", ("Gambar", "Nama", "Nilai", "Satuan", BELOW), drawn),
        (NOTES, "Kalimat dan catatan laporan", ("Bab", "Bagian", "Kalimat", BELOW), said),
    )
    for name, caption, labels, rows in made:
        kinds = {label: "angka" if label == "Nilai" else "teks" for label in labels}
        columns = [{"label": label, "kind": kind, "wide": label == "Kalimat"} for label, kind in kinds.items()]
        if rows:
            table = {"columns": columns, "rows": rows, "totals": [], "unit": "", "note": "", "source": ""}
            tables.append(Sheet(name, "", caption, table))
    return tables


def _text(text: str) -> dict[str, Any]:
    return {"raw": text or None, "kind": "teks", "text": text}


def sheet_name(number: str, block_id: str) -> str:
    """Name of the sheet of the table with that ``number``: at most 31 characters, none that Excel refuses.

    Examples
    --------
    >>> sheet_name("Tabel 3", "target"), sheet_name("Tabel 12", "pagu/realisasi: [semua] sub kegiatan")
    ('Tabel 3 target', 'Tabel 12 pagu-realisasi-semua-s')
    """
    safe = re.sub(r"[^A-Za-z0-9._]+", "-", block_id).strip("-")
    return f"{number} {safe}"[:LONGEST_NAME].strip("- ")


def number(cell: dict[str, Any]) -> float | None:
    """The number that a cell holds on the sheet, if it holds one."""
    return cell["raw"] if cell["kind"] in NUMBERS else None


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
        areas, lines = [], sorted(place[position] for position in total.rows)
        for _, run in itertools.groupby(enumerate(lines), lambda pair: pair[1] - pair[0]):
            members = [line for _, line in run]  # neighbouring lines
            areas.append(f"{letter}{members[0]}:{letter}{members[-1]}")
        return f"=SUM({','.join(areas)})"


def plan(table: dict[str, Any]) -> Plan:
    """The totals of a table payload, which says which rows they are, and the order of its rows on the sheet.

    A total adds up the rows since the previous total or, where that agrees better, all rows above it.
    """
    lines, places, totals = table["rows"], sorted(table["totals"]), dict[int, Total]()
    details = tuple(place for place in range(len(lines)) if place not in places)
    for previous, row in itertools.pairwise([-1, *places]):
        cells = lines[row]
        amounts = [place for place, cell in enumerate(cells) if cell["kind"] in AMOUNTS and cell["raw"] is not None]
        above = tuple(place for place in details if place < row)
        fitting = {}
        for rows in (tuple(place for place in above if place > previous), above):
            sums = {column: sum(number(lines[place][column]) or 0 for place in rows) for column in amounts}
            if rows:
                fitting[rows] = tuple(at for at in amounts if abs(sums[at] - cells[at]["raw"]) < HALF_RUPIAH)
        rows = max(fitting, key=lambda rows: len(fitting[rows]), default=())
        fits, key = fitting.get(rows, ()), None
        for column, cell in enumerate(cells):  # the first in which the total and its rows, and no others, have one word
            word = cell["text"].casefold()
            same = tuple(place for place in details if lines[place][column]["text"].casefold() == word)
            if cell["kind"] == "teks" and SAFE_KEY.fullmatch(word) and same == rows:
                key = column
                break
        totals[row] = Total(row, rows, key, fits, tuple(at for at in amounts if rows and at not in fits))
    is_sortable = all(total.rows == details or total.key is not None for total in totals.values())
    order = (*details, *places) if is_sortable else tuple(range(len(lines)))
    return Plan(order, details, totals, is_sortable)
