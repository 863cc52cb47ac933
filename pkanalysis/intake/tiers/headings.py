"""Headings of forms with subtotals: where codes, names and amounts stand, whatever the address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pkanalysis.intake.amounts import unit
from pkanalysis.intake.dates import month
from pkanalysis.intake.sheets import Rows, normal, text

LOOK_ROWS = 60
BELOW = 3
CODES = {
    "koderekening", "norekening", "nomorrekening", "rekening", "koderek", "norek", "kode", "kodeakun", "koderincian",
    "nomorurut", "nourut", "kodeanggaran",
}  # fmt: skip
WORDS = {
    "uraian", "namarekening", "nama", "uraianrekening", "nomenklatur", "jenisbelanja", "uraianbelanja", "namaakun",
    "keterangan", "rincian", "urusanpemerintahan", "programkegiatan", "uraianprogramkegiatan",
}  # fmt: skip
LISTED = ("kodeskpd", "kodeopd", "kodesubkegiatan", "kodesubunit", "kodesubskpd")

_KINDS = (
    ("persen", re.compile(r"%|pers?en|pro[sc]ent", re.I)),
    ("selisih", re.compile(r"bertambah|berkurang|selisih|^angka$|naik|lebih|kurang|sisa", re.I)),
    ("lalu", re.compile(r"lalu|sebelumnya", re.I)),
    ("realisasi_bulan", re.compile(r"realisasi.*(?<!s\.d\. )(?<!s\.d )(?<!s/d )(bulan|periode) ini", re.I)),
    ("realisasi", re.compile(r"realisasi", re.I)),
    ("sebelum", re.compile(r"sebelum|murni|semula", re.I)),
    ("sesudah", re.compile(r"sesudah|setelah|menjadi|perubahan|pergeseran", re.I)),
    ("anggaran", re.compile(r"anggaran|pagu|jumlah|apbd|nilai", re.I)),
)
_YEAR = re.compile(r"\b20\d{2}\b")
_FIGURE = re.compile(r"(?i)[\s(]*(rp\.?)?[\s(-]*\d[\d.,\s]*(e\+\d+)?[\s),-]*")


@dataclass(frozen=True)
class Columns:
    """0-based heading row, first body row and code column; per measure its column, heading and rupiah per unit."""

    row: int
    body: int
    code: int
    places: dict[str, int]
    titles: dict[str, str]
    factors: dict[str, int]

    @property
    def left(self) -> int:
        """First amount column; codes and names stand to its left."""
        return min(self.places.values())


def kind_of(heading: str) -> str | None:
    """Measure that a heading names, or ``None``.

    Examples
    --------
    >>> [kind_of(words) for words in ("JUMLAH SEBELUM PERUBAHAN", "Sesudah", "Bertambah/(Berkurang) Rp", "(%)")]
    ['sebelum', 'sesudah', 'selisih', 'persen']
    >>> [kind_of(words) for words in ("REALISASI BULAN INI", "REALISASI s.d. BULAN INI", "REALISASI BULAN LALU")]
    ['realisasi_bulan', 'realisasi', 'lalu']
    >>> kind_of("PEBRUARI")
    'rencana 2'
    """
    if number := month(heading):
        return f"rencana {number}"
    return next((kind for kind, pattern in _KINDS if pattern.search(heading)), None)


def find(rows: Rows) -> Columns | None:
    """Columns of the form in a sheet, or ``None``; lists with a column for SKPD or sub kegiatan are none."""
    for place, row in enumerate(rows[:LOOK_ROWS]):
        names = [normal(cell) for cell in row]
        code = next((column for column, name in enumerate(names) if name in CODES), None)
        if code is None or any(name.startswith(LISTED) for name in names):
            continue
        if any(name in WORDS for name in names[code + 1 :]):
            return _columns(rows, place, code)
    return None


def _columns(rows: Rows, place: int, code: int) -> Columns | None:
    body = place + 1 + _levels(rows[place + 1 : place + 1 + BELOW], code)
    titles = _of_latest_year(_titles(rows[place:body], code))
    figures = _figures(rows[body:], code + 1)
    found: dict[str, tuple[int, str]] = {}
    for column, heading in titles.items():
        kind = kind_of(heading)
        under = _under(column, titles, figures)
        if kind and under is not None:
            found.setdefault(kind, (under, heading))
    wanted = {kind: value for kind, value in found.items() if kind not in ("persen", "lalu")}
    if not wanted:
        return None
    return Columns(
        place, body, code,
        {kind: column for kind, (column, _) in wanted.items()},
        {kind: heading for kind, (_, heading) in wanted.items()},
        {kind: unit(heading) for kind, (_, heading) in wanted.items()},
    )  # fmt: skip


def _levels(rows: Rows, code: int) -> int:
    """How many rows go on with the heading: they have no code and no figure."""
    for count, row in enumerate(rows):
        words = [text(cell) for cell in row[code:]]
        if any(_FIGURE.fullmatch(word) for word in words) or not any(words):
            return count
    return len(rows)


def _titles(levels: Sequence[Sequence[Any]], code: int) -> dict[int, str]:
    """Heading per column; a merged heading is spread over the columns that have words below it."""
    top = [text(cell) if str(cell).strip() else "" for cell in levels[0]]
    titles, last = {}, ""
    for column in range(code + 1, max(map(len, levels))):
        below = [_word(level, column) for level in levels[1:] if _word(level, column)]
        own = top[column] if column < len(top) else ""
        last = own or last
        words = " ".join([own or (last if below else ""), *below]).strip()
        if words:
            titles[column] = words
    return titles


def _of_latest_year(titles: dict[int, str]) -> dict[int, str]:
    """Headings without those of an earlier year, which are kept blank so that their figures are not taken."""
    years = {column: int(found[0]) for column, words in titles.items() if (found := _YEAR.search(words))}
    latest = max(years.values(), default=0)
    return {column: words if years.get(column, latest) == latest else "" for column, words in titles.items()}


def _word(level: Sequence[Any], column: int) -> str:
    return " ".join(str(level[column]).split()) if column < len(level) else ""


def _figures(rows: Rows, first: int) -> list[int]:
    """Columns from ``first`` on that hold figures in at least a third of their filled cells."""
    found = []
    for column in range(first, max(map(len, rows), default=0)):
        filled = [row[column] for row in rows if column < len(row) and str(row[column]).strip() not in ("", "-")]
        figures = [cell for cell in filled if isinstance(cell, int | float) or _FIGURE.fullmatch(str(cell))]
        if 3 * len(figures) > len(filled):
            found.append(column)
    return found


def _under(column: int, titles: dict[int, str], figures: list[int]) -> int | None:
    """Figures of a heading: in its column, or in the nearest one to its left or right that no heading claims."""
    if column in figures:
        return column
    free = [place for place in figures if place not in titles]
    return min(free, key=lambda place: abs(place - column), default=None)
