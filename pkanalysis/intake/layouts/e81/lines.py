"""Lines of a Formulir E.81: an activity with its indicator, a further indicator of it, or a printed total.

The level of a line in a form without codes: a programme by its name, a kegiatan by arithmetic. A kegiatan is the sum
of the sub kegiatan under it, so that of all ways to cut the lines of a programme into a kegiatan and its sub kegiatan
the one is taken in which most sums are right; the words of the indicators ("Persentase …" for a kegiatan, "Jumlah …"
for a sub kegiatan) decide between equals.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from pkanalysis import codes
from pkanalysis.intake.amounts import rupiah, unit
from pkanalysis.intake.book import Book, Rows, cell_name, normal, text
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.e81.headings import MEASURES, QUARTERS, Form, find_form
from pkanalysis.intake.layouts.office import Office, find_office
from pkanalysis.intake.values import Value, values

TOTALS = ("jumlah", "total", "jumlahtotal", "grandtotal", "jumlahseluruhnya", "totalanggaran", "jumlahanggaran")
_WORD = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True)
class Line:
    """One row; ``money`` holds the Rp and ``performance`` the K that are written, per measure.

    ``level`` is empty until it is inferred, unless the form has a column for each; ``parent`` is the row of the
    line above it in the tree.
    """

    row: int
    code: str
    name: str
    indicator: str
    unit: str
    goal: str
    money: dict[str, int] = field(default_factory=dict)
    performance: dict[str, Value] = field(default_factory=dict)
    rates: dict[str, float] = field(default_factory=dict)
    level: str = ""
    parent: int = 0

    @property
    def is_further(self) -> bool:
        """Whether the row is one more indicator of the activity above it."""
        return not self.name and bool(self.indicator)

    @property
    def is_total(self) -> bool:
        """Whether the row is a printed total: amounts without an activity."""
        return not self.indicator and (not self.name or normal(self.name) in TOTALS)

    def rp(self, measure: str) -> int:
        """Amount of a measure in rupiah; nought where the form leaves it blank."""
        return self.money.get(measure, 0)


def read_lines(form: Form, rows: Rows) -> tuple[list[Line], list[Finding]]:
    """Rows under the headings that have words or amounts; words of the signature are not in both."""
    body = [(_line(form, number, row), row) for number, row in enumerate(rows[form.first_row :], form.first_row + 1)]
    kept = [(line, row) for line, row in body if _is_kept(form, line, row)]
    numbers, cells = [line.row for line, _ in kept], [row for _, row in kept]
    money, wrong = _money(form, numbers, cells)
    performance, strange = _performance(form, numbers, cells)
    goal, lines = "", []
    for place, (line, row) in enumerate(kept):
        goal = line.goal or goal  # the sasaran of a merged cell holds for the rows under it
        rates = {quarter: _cell(row, column) for quarter, column in form.rates.items()}
        share = {quarter: float(cell) for quarter, cell in rates.items() if isinstance(cell, int | float)}
        lines.append(replace(line, goal=goal, money=money[place], performance=performance[place], rates=share))
    return lines, [*wrong, *strange]


def _line(form: Form, number: int, row: Sequence[Any]) -> Line:
    words = {kind: text(_cell(row, column)) for kind, column in form.texts.items()}
    levels = [(level, name) for level, column in form.names.items() if (name := text(_cell(row, column)))]
    level, own = levels[-1] if levels else ("", "")  # each level may have its own column: the last one filled counts
    code, name = words.get("kode", ""), own or words.get("nama", "")
    first, _, rest = name.partition(" ")
    if not code and len(codes.key(first)) > 1:
        code, name = first, rest
    name, indicator = (part if _WORD.search(part) else "" for part in (name, words.get("indikator", "")))
    return Line(number, codes.canonical_activity(code), name, indicator, words.get("satuan", ""),
                words.get("sasaran", ""), level=level)  # fmt: skip


def _cell(row: Sequence[Any], column: int) -> Any:
    return row[column] if column < len(row) else ""


def _is_kept(form: Form, line: Line, row: Sequence[Any]) -> bool:
    numbers = [_cell(row, column) for column in (*form.money.values(), *form.performance.values())]
    has_number = any(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in numbers)
    has_digits = any(isinstance(cell, str) and re.search(r"\d", cell) for cell in numbers)
    if line.name or line.indicator:
        return has_number or has_digits
    return has_number and isinstance(_cell(row, form.money["target"]), int | float)


def _money(form: Form, numbers: list[int], rows: Sequence[Sequence[Any]]) -> tuple[list[dict[str, int]], list[Finding]]:
    found: list[dict[str, int]] = [{} for _ in rows]
    findings = []
    for measure in (name for name in MEASURES if name in form.money):
        column = form.money[measure]
        title = form.titles.get(column, "")
        read = rupiah([_cell(row, column) for row in rows], unit(title))
        for place, value in enumerate(read.figures):
            if value is not None:
                found[place][measure] = value
        findings += [
            item.finding(form.file, form.sheet, cell_name(numbers[item.position] - 1, column), title)
            for item in read.problems
        ]
    return found, findings


def _performance(
    form: Form, numbers: list[int], rows: Sequence[Sequence[Any]]
) -> tuple[list[dict[str, Value]], list[Finding]]:
    found: list[dict[str, Value]] = [{} for _ in rows]
    findings = []
    for measure in (name for name in MEASURES if name in form.performance):
        column = form.performance[measure]
        for place, value in enumerate(values([_cell(row, column) for row in rows])):
            at = (numbers[place], column, _cell(rows[place], column))
            is_word = bool(value.letter and value.doubt)
            if is_word:
                findings.append(form.finding("E81_BUKAN_ANGKA_ATAU_PREDIKAT", *at))
            elif value.problem:
                findings.append(form.finding("E81_NILAI_TIDAK_TERBACA", *at, sebab=value.why()))
            elif value.doubt:
                findings.append(form.finding("E81_NILAI_DIRAGUKAN", *at, sebab=value.why()))
            if not (is_word or value.problem or value.is_empty):
                found[place][measure] = value
    return found, findings


HEADING, PROGRAM, KEGIATAN, SUB_KEGIATAN = "", "program", "kegiatan", "sub_kegiatan"
LEVELS = (PROGRAM, KEGIATAN, SUB_KEGIATAN)
SIZES = {3: PROGRAM, 5: KEGIATAN, 6: SUB_KEGIATAN}
"""Level of a code by its number of segments."""
_CONTROLS = ("renstra", "target", "realisasi")
_WRONG_SUM, _ALONE, _UNLIKELY = 10, 5, 1
_PROGRAM = re.compile(r"(?i)program\b")
_RATE = re.compile(r"(?i)(persentase|tingkat|indeks|rata|nilai)\b")


def with_levels(lines: list[Line]) -> list[Line]:
    """The lines with ``level`` and ``parent``; headings (urusan, bidang) and totals have no level."""
    by_row: dict[int, str] = {}
    for group in _groups(lines):
        levels = _cut(group) if group[0].level == PROGRAM else [line.level for line in group]
        by_row |= dict(zip((line.row for line in group), levels, strict=True))
    found, level, last = [], HEADING, dict[str, int]()
    for line in lines:
        level = level if line.is_further else by_row[line.row]  # a further indicator is of the activity above it
        above = LEVELS[LEVELS.index(level) - 1] if level in LEVELS[1:] else ""
        found.append(replace(line, level=level, parent=last.get(above, 0)))
        if level and not line.is_further:
            last[level] = line.row
    return found


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
        level = line.level or SIZES.get(len(codes.key(line.code)), "?")
        is_above = not found or found[-1].level in (PROGRAM, HEADING)
        if line.is_total or (level == "?" and not line.indicator and is_above):
            level = HEADING
        elif level == "?" and _PROGRAM.match(line.name):
            level = PROGRAM
        found.append(replace(line, level=level))
    return found[::-1]


def _cut(group: list[Line]) -> list[str]:
    """Levels of a programme and the lines under it, which are cut where it costs least."""
    rest = group[1:]
    if all(line.level in LEVELS for line in rest):
        return [line.level for line in group]

    @cache
    def best(start: int) -> tuple[int, tuple[int, ...]]:
        if start == len(rest):
            return 0, ()
        tails = [(end, *best(end)) for end in range(start + 1, len(rest) + 1)]
        costs = [(_cost(rest[start], rest[start + 1 : end]) + cost, (start, *cuts)) for end, cost, cuts in tails]
        return min(costs, key=lambda item: item[0])

    for position in range(len(rest), -1, -1):  # from the end, so that a long programme needs no deep recursion
        best(position)
    starts = set(best(0)[1])
    return [PROGRAM, *(KEGIATAN if place in starts else SUB_KEGIATAN for place in range(len(rest)))]


def _cost(head: Line, below: list[Line]) -> int:
    wrong = sum(head.rp(name) != sum(line.rp(name) for line in below) for name in _CONTROLS)
    unlikely = int(not _RATE.match(head.indicator)) + sum(bool(_RATE.match(line.indicator)) for line in below)
    return _WRONG_SUM * wrong + _UNLIKELY * unlikely + (0 if below else _ALONE)


@dataclass(frozen=True)
class Filled:
    """A form with its lines; ``office`` is missing where the head does not name it."""

    form: Form
    office: Office | None
    lines: list[Line]
    findings: list[Finding]

    @property
    def key(self) -> tuple[str, int | None]:
        """Whose form it is, and of which year."""
        return self.office.code if self.office else "", self.form.year

    @property
    def quarters(self) -> tuple[str, ...]:
        """Quarters up to the last one in which any line has a K or Rp that is not nought."""
        filled = [
            place
            for place, quarter in enumerate(QUARTERS, 1)
            if any(line.rp(quarter) or is_something(line.performance.get(quarter, Value())) for line in self.lines)
        ]
        return QUARTERS[: max(filled, default=0)]

    @property
    def activities(self) -> list[Line]:
        """Programmes, kegiatan and sub kegiatan, once each."""
        return [line for line in self.lines if line.level in LEVELS and not line.is_further]


def is_something(value: Value) -> bool:
    """Whether a value is there and is not nought."""
    return bool(value.letter) or (value.number is not None and value.number != 0)


def forms(book: Book) -> list[Filled]:
    """Every form of the book, the one with most quarters and lines first."""
    found = []
    for sheet, rows in book.sheets.items():
        if form := find_form(sheet, rows, book.name):
            lines, findings = read_lines(form, rows)
            office = find_office(rows[: lines[0].row if lines else len(rows)])
            found.append(Filled(form, office, with_levels(lines), findings))
    return sorted(found, key=lambda item: (len(item.quarters), len(item.lines)), reverse=True)
