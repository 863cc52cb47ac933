"""The level of every line of a form without codes: programmes by their names, kegiatan by arithmetic.

A kegiatan is the sum of the sub kegiatan under it, so that of all ways to cut the lines of a programme
into a kegiatan and its sub kegiatan the one is taken in which most sums are right; the words of the
indicators ("Persentase …" for a kegiatan, "Jumlah …" for a sub kegiatan) decide between equals.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from pkanalysis import codes
from pkanalysis.intake.layouts.e81.lines import Line

HEADING, PROGRAM, KEGIATAN, SUB_KEGIATAN = "", "program", "kegiatan", "sub_kegiatan"
LEVELS = (PROGRAM, KEGIATAN, SUB_KEGIATAN)
_OF_SIZE = {3: PROGRAM, 5: KEGIATAN, 6: SUB_KEGIATAN}
_CONTROLS = ("renstra", "target", "realisasi")
_WRONG_SUM, _ALONE, _UNLIKELY = 10, 5, 1
_PROGRAM = re.compile(r"(?i)program\b")
_RATE = re.compile(r"(?i)(persentase|tingkat|indeks|rata|nilai)\b")


def with_levels(lines: list[Line]) -> list[Line]:
    """The lines with ``level`` and ``parent``; headings (urusan, bidang) and totals have no level."""
    found: list[Line] = []
    for group in _groups(lines):
        found += _programme(group) if group[0].level == PROGRAM else group
    return _with_parents(_further(lines, found))


def _further(lines: list[Line], levelled: list[Line]) -> list[Line]:
    """A further indicator has the level of the activity above it."""
    by_row = {line.row: line for line in levelled}
    full, level = [], HEADING
    for line in lines:
        level = level if line.is_further else by_row[line.row].level
        full.append(replace(line, level=level))
    return full


def _groups(lines: list[Line]) -> list[list[Line]]:
    """Programmes with what is under them, and the headings and totals between."""
    groups: list[list[Line]] = []
    for line in _own_levels([line for line in lines if not line.is_further]):
        if line.level in (PROGRAM, HEADING) or not groups or groups[-1][0].level != PROGRAM:
            groups.append([line if line.level == PROGRAM else replace(line, level=HEADING)])
        else:
            groups[-1].append(line)
    return groups


def _own_levels(lines: list[Line]) -> list[Line]:
    """Levels that code and words say, ``?`` otherwise; only headings stand between a heading and its programme."""
    found: list[Line] = []
    for line in reversed(lines):
        level = line.level or _OF_SIZE.get(len(codes.key(line.code)), "?")
        is_above = not found or found[-1].level in (PROGRAM, HEADING)
        if line.is_total or (level == "?" and not line.indicator and is_above):
            level = HEADING
        elif level == "?" and _PROGRAM.match(line.name):
            level = PROGRAM
        found.append(replace(line, level=level))
    return found[::-1]


def _programme(group: list[Line]) -> list[Line]:
    head, rest = group[0], group[1:]
    if all(line.level in LEVELS for line in rest):
        return group
    starts = _starts(rest)
    return [head, *(replace(line, level=KEGIATAN if n in starts else SUB_KEGIATAN) for n, line in enumerate(rest))]


def _starts(rest: list[Line]) -> set[int]:
    """Positions of the kegiatan in the cheapest way to cut ``rest``."""

    @cache
    def best(start: int) -> tuple[int, tuple[int, ...]]:
        if start == len(rest):
            return 0, ()
        tails = [(end, *best(end)) for end in range(start + 1, len(rest) + 1)]
        costs = [(_cost(rest[start], rest[start + 1 : end]) + cost, (start, *cuts)) for end, cost, cuts in tails]
        return min(costs, key=lambda item: item[0])

    for position in range(len(rest), -1, -1):  # from the end, so that a long programme needs no deep recursion
        best(position)
    return set(best(0)[1])


def _cost(head: Line, below: list[Line]) -> int:
    wrong = sum(head.rp(name) != sum(line.rp(name) for line in below) for name in _CONTROLS)
    unlikely = int(not _RATE.match(head.indicator)) + sum(bool(_RATE.match(line.indicator)) for line in below)
    return _WRONG_SUM * wrong + _UNLIKELY * unlikely + (0 if below else _ALONE)


def _with_parents(lines: list[Line]) -> list[Line]:
    last: dict[str, int] = {}
    found = []
    for line in lines:
        above = LEVELS[LEVELS.index(line.level) - 1] if line.level in LEVELS[1:] else ""
        found.append(replace(line, parent=last.get(above, 0)))
        if line.level and not line.is_further:
            last[line.level] = line.row
    return found
