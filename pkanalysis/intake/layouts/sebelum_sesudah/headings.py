"""Headings of before/after tables: which column is which stage, and which month of plan or spending."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pkanalysis.intake.book import Rows, normal, text
from pkanalysis.intake.dates import month
from pkanalysis.intake.layouts.sebelum_sesudah.heads import labelled

STAGES = ("murni", "pergeseran", "perubahan")
PLAN, SPENT = "rencana", "realisasi"

_NO_STAGE = re.compile(r"sisa|spd|realisasi|selisih|prosentase|persen|bertambah|berkurang|total|serapan")
_CUTS = "(efisiensi|revisi|pergeseran|inpres|rasionalisasi|refocusing|pemotongan|penyesuaian|instruksipresiden)"
_MONEY = "(anggaran|pagu|apbd|dpa|belanja|jumlah|nilai|rp)*"
_BEFORE = re.compile(rf"sebelum(di)?{_CUTS}")
_AFTER = re.compile(rf"(setelah|sesudah|pasca|hasil|menjadi){_CUTS}|^{_MONEY}pergeseran")
_CHANGED = re.compile(r"papbd|(?<!sebelum)perubahan")
_ORIGINAL = re.compile(rf"anggaran1tahun|{_MONEY}(murni|awal|induk){_MONEY}(20\d\d)?(rp)?")
_DIFFERENCE = re.compile(r"selisih|bertambah|berkurang|pengurangan|naikturun")
_ACTIVITIES = {"kodesubkegiatan", "subkegiatan", "kodesubkeg"}
LISTS = {"skpd", "opd", "perangkatdaerah", "namaskpd", "namaopd", "namaperangkatdaerah", "kodeskpd", "kodeopd"}
"""Columns that name the OPD of every row: of a list of many, which no head owns."""
_PLANS = re.compile(r"dkkb|^rak\b|^rak$|rencana|anggarankas|kebutuhankas")


@dataclass(frozen=True)
class Columns:
    """0-based column and heading per measure: a stage, or ``rencana 1`` … ``realisasi 12``.

    ``unlabelled`` are month columns that do not say whether they hold plan or spending; ``difference`` is the
    column of a difference between two stages, ``activity`` that of a sub kegiatan per line.
    """

    places: dict[str, int]
    titles: dict[str, str]
    unlabelled: tuple[int, ...] = ()
    difference: int | None = None
    activity: int | None = None

    @property
    def left(self) -> int:
        """First stage column; codes and names stand to its left."""
        return min(self.places[name] for name in STAGES if name in self.places)


def stage_of(heading: Any) -> str | None:
    """Budget stage that a heading names, or ``None``.

    Examples
    --------
    >>> [stage_of(words) for words in ("ANGGARAN 1 TAHUN SEBELUM EFISIENSI", "ANGGARAN SETELAH REVISI", "P-APBD")]
    ['murni', 'pergeseran', 'perubahan']
    >>> stage_of("SISA ANGGARAN S/D SAAT INI"), stage_of("SEBELUM PERUBAHAN")
    (None, None)
    """
    words = normal(heading)
    if _NO_STAGE.search(words):
        return None
    if _BEFORE.search(words) or _ORIGINAL.fullmatch(words):
        return "murni"
    if _AFTER.search(words):
        return "pergeseran"
    return "perubahan" if _CHANGED.search(words) else None


def columns_at(rows: Rows, place: int) -> Columns | None:
    """Columns of the table headed by row ``place`` (0-based), or ``None`` when that row names no two stages."""
    stages: dict[str, int] = {}
    for column, cell in enumerate(rows[place]):
        if stage := stage_of(cell):
            stages.setdefault(stage, column)
    if len(stages) < 2:
        return None
    titles = {stage: text(rows[place][column]) for stage, column in stages.items()}
    months, unlabelled = _months([rows[place], *_below(rows, place)])
    named = {f"{kind} {number}": column for (kind, number), (column, _) in months.items()}
    title = {f"{kind} {number}": words for (kind, number), (_, words) in months.items()}
    levels = [rows[place], *rows[place - 1 : place]]
    differences = [column for level in levels for column, cell in enumerate(level) if _is_difference(cell)]
    activities = [column for level in levels for column, cell in enumerate(level) if normal(cell) in _ACTIVITIES]
    return Columns(
        stages | named, titles | title, unlabelled, next(iter(differences), None), next(iter(activities), None)
    )


def _is_difference(cell: Any) -> bool:
    return bool(_DIFFERENCE.match(normal(cell))) and "%" not in str(cell)


def _below(rows: Rows, place: int) -> list[Sequence[Any]]:
    """Up to two rows under the heading that go on naming months, plans or spending; "Perencanaan Kinerja" is a name."""
    under: list[Sequence[Any]] = []
    for row in rows[place + 1 : place + 3]:
        if labelled(row) or not any(month(cell) or _kind([normal(cell)]) for cell in row):
            break
        under.append(row)
    return under


def _months(levels: list[Sequence[Any]]) -> tuple[dict[tuple[str, int], tuple[int, str]], tuple[int, ...]]:
    found: dict[tuple[str, int], tuple[int, str]] = {}
    unlabelled = []
    filled = [_filled(level) for level in levels[:-1]] + [list(levels[-1])]
    for column, lowest in enumerate(filled[-1]):
        stack = [level[column] for level in filled if column < len(level)]
        number = next((value for value in map(month, stack) if value), None)
        if lowest == "" or number is None:
            continue
        kind = _kind([normal(cell) for cell in stack])
        if kind:
            found.setdefault((kind, number), (column, " ".join(text(cell) for cell in stack)))
        else:
            unlabelled.append(column)
    return found, tuple(unlabelled)


def _filled(level: Sequence[Any]) -> list[Any]:
    """A heading row with merged cells spread to the right."""
    spread, last = [], ""
    for cell in level:
        last = cell if cell != "" else last
        spread.append(last)
    return spread


def _kind(words: list[str]) -> str | None:
    if any("realisasi" in word and "total" not in word for word in words):
        return SPENT
    return PLAN if any(_PLANS.search(word) for word in words) else None
