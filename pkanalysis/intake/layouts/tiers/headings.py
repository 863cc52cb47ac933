"""Headings of forms with subtotals: where codes, names and amounts stand, whatever the address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pkanalysis.intake.amounts import unit
from pkanalysis.intake.book import Rows, normal, text
from pkanalysis.intake.headings import Field
from pkanalysis.intake.layouts.sebelum_sesudah.heads import split_code
from pkanalysis.intake.layouts.tiers.keys import split
from pkanalysis.intake.layouts.tiers.kinds import group_of, kind_of, kinds

LOOK_ROWS = 60
BELOW = 3
CODES = {
    "koderekening", "norekening", "nomorrekening", "rekening", "koderek", "norek", "kode", "kodeakun", "koderincian",
    "nomorurut", "nourut", "kodeanggaran", "koderekeningbelanja", "kodebelanja", "kodeurusan", "kodeprogramkegiatan",
    "kodesubkegiatan", "kodekegiatan",
}  # fmt: skip
_WORDS = re.compile(
    r"uraian|nama(rekening|akun|belanja|$)|nomenklatur|jenisbelanja|keterangan|rincian|urusan|program|kegiatan|"
    r"subkegiatan|belanja$"
)
_JOINT = re.compile(r"kode(rekening|dan|rek|akun)*(nama|uraian)")
HEADINGS = (
    Field("kode", ("KODE REKENING", "NO REKENING", "NOMOR REKENING", "KODE", "KODE AKUN", "KODE REK", "REKENING")),
    Field("uraian", ("URAIAN", "NAMA REKENING", "NAMA AKUN", "URAIAN REKENING", "NOMENKLATUR")),
)
"""The columns that every such form has, for telling what a sheet lacks."""
LISTED = (
    "kodeskpd", "kodeopd", "kodesubunit", "kodesubskpd", "kodeperangkatdaerah", "namaopd", "namaskpd",
    "namaperangkatdaerah",
)  # fmt: skip
OWNERS = {"opd", "skpd", "perangkatdaerah", "unitkerja"}
"""A column of OPD, under these words or those that start with one of :data:`LISTED`, makes a list of many."""
ONLY_ONE = ("sebelum", "sesudah", "anggaran", "realisasi", "realisasi_bulan")
_YEAR = re.compile(r"\b20\d{2}\b")
_FIGURE = re.compile(r"(?i)[\s(]*(rp\.?)?[\s(-]*\d[\d.,\s]*(e\+\d+)?[\s),-]*")

Spots = dict[str, int]
"""0-based column per measure."""


@dataclass(frozen=True)
class Columns:
    """0-based heading row, first body row and code column; per measure its column, heading and rupiah per unit.

    ``groups`` are the columns of kinds of belanja that stand side by side, by account; ``rivals`` other columns
    that go by the same measure, with their heading; ``headings`` are those of all columns.
    """

    row: int
    body: int
    code: int
    places: Spots
    titles: dict[str, str]
    factors: dict[str, int]
    groups: dict[str, Spots] = field(default_factory=dict)
    rivals: tuple[tuple[str, int, str], ...] = ()
    headings: dict[int, str] = field(default_factory=dict)

    @property
    def left(self) -> int:
        """First amount column; codes and names stand to its left."""
        return min(column for spots in (self.places, *self.groups.values()) for column in spots.values())


def find(rows: Rows) -> Columns | None:
    """Columns of the form in a sheet, or ``None``; lists with a column for SKPD or sub kegiatan are none."""
    return next((columns for place in range(min(LOOK_ROWS, len(rows))) if (columns := find_at(rows, place))), None)


def find_at(rows: Rows, place: int) -> Columns | None:
    """Columns of the form that row ``place`` (0-based) heads, or ``None``."""
    names = [normal(cell) for cell in rows[place]]
    if any(name.startswith(LISTED) or name in OWNERS for name in names) or (
        "kodesubkegiatan" in names and "koderekening" in names
    ):
        return None
    code = next((column for column, name in enumerate(names) if name in CODES), None)
    if code is not None and any(_WORDS.match(name) for name in names[code + 1 :]):
        return _columns(rows, place, code)
    joint = next((column for column, name in enumerate(names) if _JOINT.match(name) or _WORDS.match(name)), None)
    return _columns(rows, place, joint) if joint is not None and _is_joint(rows[place + 1 :], joint) else None


def _is_joint(rows: Rows, column: int) -> bool:
    """Whether the cells of a column are "code name", accounts of belanja among them."""
    words = [text(row[column]) for row in rows[:LOOK_ROWS] if column < len(row) and text(row[column])]
    coded = [split(split_code(word).code) for word in words if split_code(word).code]
    return 2 * len(coded) > len(words) and any(code.place.account[:1] == (5,) for code in coded)


def _columns(rows: Rows, place: int, code: int) -> Columns | None:
    body = place + 1 + _levels(rows[place + 1 : place + 1 + BELOW], code)
    titles = _of_latest_year(_titles(rows[place:body], code))
    figures = _figures(rows[body:], code + 1)
    groups = _groups(titles, figures)
    alone = {column: words for column, words in titles.items() if not (groups and group_of(words))}
    found: dict[str, tuple[int, str]] = {}
    rivals = []
    for column, kind in kinds(alone).items():
        under = _under(column, titles, figures)
        if under is not None and found.setdefault(kind, (under, titles[column]))[0] != under and kind in ONLY_ONE:
            rivals.append((kind, under, titles[column]))
    wanted = {kind: value for kind, value in found.items() if kind not in ("persen", "lalu")}
    if not wanted and not groups:
        return None
    headed = {kind: heading for kind, (_, heading) in wanted.items()} | {
        kind: heading for spots in groups.values() for kind, column in spots.items() if kind not in wanted
        for heading in [titles.get(column, "")]
    }  # fmt: skip
    return Columns(
        place, body, code, {kind: column for kind, (column, _) in wanted.items()}, headed,
        {kind: unit(heading) for kind, heading in headed.items()}, groups, tuple(rivals), titles,
    )  # fmt: skip


def _groups(titles: dict[int, str], figures: list[int]) -> dict[str, Spots]:
    """Columns per account and measure where two kinds of belanja or more stand side by side."""
    found: dict[str, Spots] = {}
    for column, words in titles.items():
        if (account := group_of(words)) and column in figures:
            kind = kind_of(words)
            found.setdefault(account, {}).setdefault(kind or "anggaran", column)
    return found if len(found) > 1 else {}


def _levels(rows: Rows, code: int) -> int:
    """How many rows go on with the heading: they have no code and no figure."""
    for count, row in enumerate(rows):
        words = [text(cell) for cell in row[code:]]
        if any(_FIGURE.fullmatch(word) for word in words) or not any(words):
            return count
    return len(rows)


def _titles(levels: Sequence[Sequence[Any]], code: int) -> dict[int, str]:
    """Heading per column; a merged heading is spread over the columns that have words below it."""
    titles, last = {}, [""] * len(levels)
    for column in range(code + 1, max(map(len, levels))):
        own = [text(level[column]) if column < len(level) else "" for level in levels]
        words = []
        for depth, word in enumerate(own):
            if word:
                last[depth:] = [word] + [""] * (len(levels) - depth - 1)
            words += [word or (last[depth] if any(own[depth + 1 :]) else "")]
        if any(words):
            titles[column] = " ".join(filter(None, words))
    return titles


def _of_latest_year(titles: dict[int, str]) -> dict[int, str]:
    """Headings without those of an earlier year, which are kept blank so that their figures are not taken."""
    years = {column: int(found[0]) for column, words in titles.items() if (found := _YEAR.search(words))}
    latest = max(years.values(), default=0)
    return {column: words if years.get(column, latest) == latest else "" for column, words in titles.items()}


def _figures(rows: Rows, first: int) -> list[int]:
    """Columns from ``first`` on that hold figures in at least a third of their filled cells."""
    found = []
    for column in range(first, max(map(len, rows), default=0)):
        filled = [row[column] for row in rows if column < len(row) and str(row[column]).strip() not in ("", "-")]
        figures = [cell for cell in filled if isinstance(cell, int | float) or _FIGURE.fullmatch(str(cell))]
        if 3 * len(figures) > len(filled):
            found.append(column)
    return found


def is_figure(cell: Any) -> bool:
    """Whether a cell is a number, or a text of four digits or more, as page and column numbers are not."""
    if isinstance(cell, str):
        return bool(_FIGURE.fullmatch(cell)) and len(re.sub(r"\D", "", cell)) > 3
    return isinstance(cell, int | float) and bool(cell)


def _under(column: int, titles: dict[int, str], figures: list[int]) -> int | None:
    """Figures of a heading: in its column, or in the nearest one to its left or right that no heading claims."""
    if column in figures:
        return column
    free = [place for place in figures if place not in titles]
    return min(free, key=lambda place: abs(place - column), default=None)
