"""Headings of a Formulir E.81: which column is which K (kinerja) and Rp, through up to four merged heading rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pkanalysis.intake import dates
from pkanalysis.intake.book import Rows, cell_name, normal, text
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.vocabulary import QUARTERS

LOOK_ROWS = 40
HEAD_ROWS = 6
FEWEST = 3
"""Cells of a heading row; a title has fewer."""
FEWEST_EACH = 4
"""Columns of K, and of Rp, in the lowest heading row."""
MEASURES = ("renstra", "target", *QUARTERS, "realisasi")
QUARTER_OF = {"i": "TW1", "ii": "TW2", "iii": "TW3", "iv": "TW4", "1": "TW1", "2": "TW2", "3": "TW3", "4": "TW4"}
_KINDS = {
    "K": re.compile(r"k|kinerja|kinerjak|fisik|vol|volume|output"),
    "Rp": re.compile(r"rp.*|rupiah|(anggaran|keuangan|pagu|dana)(rp.*|dalam.*)?"),
}
_QUARTER = re.compile(r"\b(?:triwulan|tw)\b\.?\s*(?:ke\s*-?\s*)?(iv|iii|ii|i|[1-4])\b|\btw(iv|iii|ii|i|[1-4])\b")
_FIRST_WORD = re.compile(r"(iv|iii|ii|i|[1-4])\b")
_LONG = ("renstra", "rpjmd", "akhirperiode", "periodeakhir")
_PAST = ("lalu", "sebelumnya", "n1", "n2")
_TEXTS = {
    "indikator": re.compile(r"(?!kode|sumber).*indikator.*"),
    "kode": re.compile(r"kode.*"),
    "satuan": re.compile(r"sat(uan)?"),
    "nama": re.compile(r"(?=.*program).*kegiatan.*"),
    "sasaran": re.compile(r"sasaran.*"),
}
"""Headings of the columns of words; the first that fits counts."""
_LEVEL_COLUMNS = {"program": "program", "kegiatan": "kegiatan", "subkegiatan": "sub_kegiatan"}


@dataclass(frozen=True)
class Form:
    """Where things stand on one sheet: 0-based columns, and the 0-based row under the headings.

    ``performance`` and ``money`` map a measure of :data:`MEASURES` to its K and Rp column;
    ``rates`` the cumulative % of a quarter; ``year`` is of the plan evaluated, ``final_year`` of the Renstra;
    ``names`` are the columns of programme, kegiatan and sub kegiatan where each has its own.
    """

    file: str
    sheet: str
    first_row: int
    texts: dict[str, int]
    performance: dict[str, int]
    money: dict[str, int]
    rates: dict[str, int]
    titles: dict[int, str]
    year: int | None
    final_year: int | None
    document: str
    names: dict[str, int]

    def finding(self, code: str, row: int, column: int, value: object = "", **values: Any) -> Finding:
        """The finding of rule ``code`` in a cell (1-based row, 0-based column)."""
        place, title = cell_name(row - 1, column), self.titles.get(column, "")
        return finding(code, self.file, self.sheet, place, title, str(value), **values)


def find_form(sheet: str, rows: Rows, file: str = "") -> Form | None:
    """The form on a sheet, or ``None``; its lowest heading row says K and Rp in turn."""
    for place, row in enumerate(rows[:LOOK_ROWS]):
        words = [(column, normal(cell)) for column, cell in enumerate(row) if isinstance(cell, str)]
        found = {kind: [column for column, word in words if _KINDS[kind].fullmatch(word)] for kind in _KINDS}
        if all(len(columns) >= FEWEST_EACH for columns in found.values()):
            kinds = {column: kind for kind, columns in found.items() for column in columns}
            return _form(file, sheet, rows, place, dict(sorted(kinds.items())))
    return None


def _form(file: str, sheet: str, rows: Rows, place: int, kinds: dict[int, str]) -> Form | None:
    heads, own = rows[max(0, place - HEAD_ROWS) : place], rows[place]
    paths = {column: _path(heads, column) for column in range(len(own))}
    texts = _texts({column: path[0] for column, path in paths.items() if path and column not in kinds})
    names: dict[str, int] = {}
    for column, path in paths.items() if "nama" not in texts else ():
        if path and (level := _LEVEL_COLUMNS.get(normal(path[-1]))):
            names.setdefault(level, column)
    names = names if len(names) == len(_LEVEL_COLUMNS) else {}

    measures = {column: _measure(paths[column]) for column in kinds}
    last = max((column for column, each in measures.items() if each in QUARTERS), default=-1)
    found: dict[str, dict[str, int]] = {kind: {} for kind in _KINDS}
    for column, measure in measures.items():
        if measure and not (measure == "realisasi" and column < last):  # a realisasi of the year is after its quarters
            found[kinds[column]].setdefault(measure, column)
    k, rp = found["K"], found["Rp"]
    if "indikator" not in texts or not ("nama" in texts or names) or not {"target", "TW1"} <= set(rp):
        return None

    rates = {name: column + 1 for name, column in k.items() if column + 1 < len(own) and text(own[column + 1]) == "%"}
    quarters = {column: [each] if each in QUARTERS else [] for column, each in measures.items()}
    titles = {
        column: " ".join((*path[:1], *quarters.get(column, []), text(own[column]))).strip()
        for column, path in paths.items()
    }
    plan, renstra = (" ".join(paths[k[name]]) if name in k else "" for name in ("target", "renstra"))
    above = (cell for row in rows[:place] for cell in row if text(cell).lower().startswith(("tahun", "periode")))
    years = {year for year in map(dates.year, above) if year}
    year = dates.year(plan) or (years.pop() if len(years) == 1 else None)
    document = "rkpd" if "rkpd" in normal(plan) else "renja"
    return Form(file, sheet, place + 1, texts, k, rp, rates, titles, year, dates.year(renstra), document, names)


def _path(heads: Rows, column: int) -> tuple[str, ...]:
    """Headings above a column, merged cells taken from their left; titles and column numbers are none."""
    path: list[str] = []
    for row in heads:
        written = [text(cell) for cell in row]
        words = next((item for item in reversed(written[: column + 1]) if item), "")
        if sum(map(bool, written)) >= FEWEST and words and not words[0].isdigit():
            path.append(words)
    return tuple(path)


def _texts(heads: dict[int, str]) -> dict[str, int]:
    """Columns of words by their uppermost heading: the first that names one, of ``sasaran`` the last."""
    found: dict[str, int] = {}
    for column, head in heads.items():
        words = normal(head)
        kind = next((kind for kind, pattern in _TEXTS.items() if pattern.fullmatch(words)), "")
        if kind == "sasaran" or (kind and kind not in found):
            found[kind] = column
    return found


def _measure(path: tuple[str, ...]) -> str:
    """Measure that a path of headings names, or empty."""
    words = [normal(part) for part in path]
    whole = "".join(words)
    if "tingkatcapaian" in whole or not words:
        return ""
    if found := next((found for part in reversed(path) if (found := _QUARTER.search(part.lower()))), None):
        return QUARTER_OF[found[1] or found[2]]
    if "triwulan" in whole:
        own = _FIRST_WORD.match(path[-1].lower())
        return QUARTER_OF[own[1]] if own else ""
    is_long = any(word in whole for word in _LONG)
    if "target" in words[0]:
        return "target" if "tahunberjalan" in whole or "dievaluasi" in whole or not is_long else "renstra"
    is_past = any(word in whole for word in _PAST)
    return "realisasi" if "realisasi" in words[0] and not is_long and not is_past else ""
