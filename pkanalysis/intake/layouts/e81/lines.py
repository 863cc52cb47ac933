"""Lines of a Formulir E.81: an activity with its indicator, a further indicator of it, or a printed total.

Codes of a form that has them: missing, broken, repeated, or not under the code of the activity above.

The level of every line of a form without codes: programmes by their names, kegiatan by arithmetic.

A kegiatan is the sum of the sub kegiatan under it, so that of all ways to cut the lines of a programme
into a kegiatan and its sub kegiatan the one is taken in which most sums are right; the words of the
indicators ("Persentase …" for a kegiatan, "Jumlah …" for a sub kegiatan) decide between equals.

The filled-in forms of a book, and the one of them that reports most.
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


@dataclass(frozen=True)
class Lines:
    """The rows of one form, and what could not be read in them."""

    form: Form
    lines: list[Line]
    findings: list[Finding]


def read_lines(file: str, form: Form, rows: Rows) -> Lines:
    """Rows under the headings that have words or amounts; words of the signature are not in both."""
    body = [(number, row) for number, row in enumerate(rows[form.first_row :], form.first_row + 1)]
    lines = [_line(form, number, row) for number, row in body]
    kept = [(line, row) for line, (_, row) in zip(lines, body, strict=True) if _is_kept(form, line, row)]
    filled = _goals([line for line, _ in kept])
    money, wrong = _money(file, form, filled, [row for _, row in kept])
    performance, strange = _performance(file, form, filled, [row for _, row in kept])
    rates = [_rates(form, row) for _, row in kept]
    full = [
        replace(line, money=rp, performance=k, rates=rate)
        for line, rp, k, rate in zip(filled, money, performance, rates, strict=True)
    ]
    return Lines(form, full, [*wrong, *strange])


def _line(form: Form, number: int, row: Sequence[Any]) -> Line:
    words = {kind: _cell(row, column) for kind, column in form.texts.items()}
    named = {kind: text(words.get(kind, "")) for kind in ("kode", "nama", "indikator", "satuan", "sasaran")}
    level, own = _own_column(form, row)
    code, name = named["kode"], own or named["nama"]
    first, _, rest = name.partition(" ")
    if not code and len(codes.key(first)) > 1:
        code, name = first, rest
    return Line(number, codes.canonical_activity(code), _worded(name), _worded(named["indikator"]), named["satuan"],
                named["sasaran"], level=level)  # fmt: skip


def _own_column(form: Form, row: Sequence[Any]) -> tuple[str, str]:
    """Level and name where each level has its own column: the last one that is filled."""
    filled = [(level, name) for level, column in form.names.items() if (name := text(_cell(row, column)))]
    return filled[-1] if filled else ("", "")


def _worded(words: str) -> str:
    return words if _WORD.search(words) else ""


def _cell(row: Sequence[Any], column: int) -> Any:
    return row[column] if column < len(row) else ""


def _is_kept(form: Form, line: Line, row: Sequence[Any]) -> bool:
    numbers = [_cell(row, column) for column in (*form.money.values(), *form.performance.values())]
    has_number = any(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in numbers)
    has_digits = any(isinstance(cell, str) and re.search(r"\d", cell) for cell in numbers)
    if line.name or line.indicator:
        return has_number or has_digits
    return has_number and isinstance(_cell(row, form.money["target"]), int | float)


def _goals(lines: list[Line]) -> list[Line]:
    """The sasaran of a merged cell holds for the rows under it."""
    goal, filled = "", []
    for line in lines:
        goal = line.goal or goal
        filled.append(replace(line, goal=goal))
    return filled


def _money(
    file: str, form: Form, lines: list[Line], rows: list[Sequence[Any]]
) -> tuple[list[dict[str, int]], list[Finding]]:
    found: list[dict[str, int]] = [{} for _ in rows]
    findings = []
    for measure in (name for name in MEASURES if name in form.money):
        column = form.money[measure]
        read = rupiah([_cell(row, column) for row in rows], unit(form.titles.get(column, "")))
        for place, value in enumerate(read.figures):
            if value is not None:
                found[place][measure] = value
        findings += [
            _finding("galat", file, form, lines[item.position], column, item.text, item.reason,
                     "tulis angka rupiah saja")
            for item in read.problems
        ]  # fmt: skip
    return found, findings


def _performance(
    file: str, form: Form, lines: list[Line], rows: list[Sequence[Any]]
) -> tuple[list[dict[str, Value]], list[Finding]]:
    found: list[dict[str, Value]] = [{} for _ in rows]
    findings = []
    for measure in (name for name in MEASURES if name in form.performance):
        column = form.performance[measure]
        for place, value in enumerate(values([_cell(row, column) for row in rows])):
            is_word = bool(value.letter and value.doubt)
            told = "bukan angka atau predikat yang dikenal" if is_word else value.problem or value.doubt
            is_lost = is_word or bool(value.problem)
            if told:
                remedy = "tulis satu angka; nilai yang tidak terbaca tidak disimpan" if is_lost else "periksa"
                written = str(_cell(rows[place], column))
                findings.append(_finding("peringatan", file, form, lines[place], column, written, told, remedy))
            if not is_lost and not value.is_empty:
                found[place][measure] = value
    return found, findings


def _rates(form: Form, row: Sequence[Any]) -> dict[str, float]:
    """Cumulative achievement per quarter, 0-1 as the form computes it."""
    cells = {quarter: _cell(row, column) for quarter, column in form.rates.items()}
    return {quarter: float(cell) for quarter, cell in cells.items() if isinstance(cell, int | float)}


def _finding(
    severity: Any, file: str, form: Form, line: Line, column: int, value: str, rule: str, remedy: str
) -> Finding:
    place = cell_name(line.row - 1, column)
    return Finding(severity, file, form.sheet, place, form.titles.get(column, ""), value, rule, remedy)


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


@dataclass(frozen=True)
class Filled:
    """A form with its lines; ``office`` is missing where the head does not name it."""

    file: str
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
        if form := find_form(sheet, rows):
            read = read_lines(book.name, form, rows)
            first = read.lines[0].row if read.lines else len(rows)
            office = find_office(rows[:first])
            found.append(Filled(book.name, form, office, with_levels(read.lines), read.findings))
    return sorted(found, key=lambda item: (len(item.quarters), len(item.lines)), reverse=True)


SIZES = {3, 5, 6}
_REMEDY = "tulis kode seperti di SIPD, lalu impor lagi"


def findings(filled: Filled) -> list[Finding]:
    """A warning per activity whose code cannot be right; none for forms of which most activities have none."""
    lines = [line for line in filled.lines if line.level and not line.is_further]
    if 2 * sum(len(codes.key(line.code)) in SIZES for line in lines) <= len(lines):
        return []
    by_row = {line.row: line for line in lines}
    first: dict[str, Line] = {}
    judged = [(line, _wrong(line, by_row.get(line.parent), first.setdefault(line.code, line))) for line in lines]
    return [_at(filled, line, rule) for line, rule in judged if rule]


def _wrong(line: Line, parent: Line | None, first: Line) -> str:
    """What is wrong with the code of a line, or empty."""
    own, above = codes.key(line.code), codes.key(parent.code) if parent else ()
    if not line.code:
        return "kode kosong"
    if len(own) not in SIZES and not line.code.upper().startswith("X"):
        return "kode tidak terbaca sebagai program, kegiatan atau sub kegiatan"
    if first is not line:
        return f"kode sama dengan baris {first.row} ({first.name})"
    if parent and above and own and own[: len(above)] != above:
        return f"kode tidak berada di bawah {parent.code} ({parent.name})"
    return ""


def _at(filled: Filled, line: Line, rule: str) -> Finding:
    column = filled.form.texts.get("kode", filled.form.texts.get("nama", 0))
    place, title = cell_name(line.row - 1, column), filled.form.titles.get(column, "")
    return Finding("peringatan", filled.file, filled.form.sheet, place, title, line.code, rule, _REMEDY)
