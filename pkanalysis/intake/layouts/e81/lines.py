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
from operator import itemgetter
from typing import Any

from pkanalysis import codes
from pkanalysis.intake.amounts import rupiah, unit
from pkanalysis.intake.book import Book, Rows, cell_name, normal, text
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.e81.headings import MEASURES, Form, find_form
from pkanalysis.intake.layouts.office import Office, find_office
from pkanalysis.intake.values import Value, values
from pkanalysis.vocabulary import QUARTERS

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
    columns = (form.texts, form.names, form.money, form.performance, form.rates)
    width = 1 + max(column for places in columns for column in places.values())
    lines, cells, goal = list[Line](), list[Sequence[Any]](), ""
    for number, row in enumerate(rows[form.first_row :], form.first_row + 1):
        padded = [*row, *[""] * (width - len(row))]
        if line := _line(form, number, padded, goal):
            goal = line.goal
            lines.append(line)
            cells.append(padded)

    findings = []
    for measure in (name for name in MEASURES if name in form.money):
        column = form.money[measure]
        title = form.titles.get(column, "")
        read = rupiah([row[column] for row in cells], unit(title))
        for line, amount in zip(lines, read.figures, strict=True):
            if amount is not None:
                line.money[measure] = amount
        findings += [
            item.finding(form.file, form.sheet, cell_name(lines[item.position].row - 1, column), title)
            for item in read.problems
        ]
    return lines, [*findings, *_performance(form, lines, cells)]


def _line(form: Form, number: int, row: Sequence[Any], goal: str) -> Line | None:
    """The line of a row, as yet without Rp and K; the ``goal`` of a merged cell holds for the rows under it."""
    words = {kind: text(row[column]) for kind, column in form.texts.items()}
    levels = [(level, name) for level, column in form.names.items() if (name := text(row[column]))]
    level, own = levels[-1] if levels else ("", "")  # each level may have its own column: the last one filled counts
    code, name = words.get("kode", ""), own or words.get("nama", "")
    first, _, rest = name.partition(" ")
    if not code and len(codes.key(first)) > 1:
        code, name = first, rest
    name, indicator = (part if _WORD.search(part) else "" for part in (name, words.get("indikator", "")))

    cells = [row[column] for column in (*form.money.values(), *form.performance.values())]
    is_filled = any(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells)
    if name or indicator:
        is_filled = is_filled or any(isinstance(cell, str) and re.search(r"\d", cell) for cell in cells)
    elif not isinstance(row[form.money["target"]], int | float):
        is_filled = False
    written = {quarter: row[column] for quarter, column in form.rates.items()}
    rates = {quarter: float(cell) for quarter, cell in written.items() if isinstance(cell, int | float)}
    line = Line(
        number, codes.canonical_activity(code), name, indicator, words.get("satuan", ""), words.get("sasaran") or goal,
        rates=rates, level=level,
    )  # fmt: skip
    return line if is_filled else None


def _performance(form: Form, lines: list[Line], cells: list[Sequence[Any]]) -> list[Finding]:
    """Note the K of every line; what is no number and no predicate is left out, with a finding."""
    findings = []
    for measure in (name for name in MEASURES if name in form.performance):
        column = form.performance[measure]
        for line, row, value in zip(lines, cells, values([row[column] for row in cells]), strict=True):
            at = (line.row, column, row[column])
            is_word = bool(value.letter and value.doubt)
            if is_word:
                findings.append(form.finding("E81_BUKAN_ANGKA_ATAU_PREDIKAT", *at))
            elif value.problem:
                findings.append(form.finding("E81_NILAI_TIDAK_TERBACA", *at, sebab=value.why()))
            elif value.doubt:
                findings.append(form.finding("E81_NILAI_DIRAGUKAN", *at, sebab=value.why()))
            if not (is_word or value.problem or value.is_empty):
                line.performance[measure] = value
    return findings


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
    for programme in _programmes([line for line in lines if not line.is_further]):
        by_row |= zip((line.row for line in programme), _cut(programme), strict=True)
    found, level, last = [], HEADING, dict[str, int]()
    for line in lines:
        if not line.is_further:  # a further indicator is of the activity above it
            level = by_row.get(line.row, HEADING)
        above = LEVELS[LEVELS.index(level) - 1] if level in LEVELS[1:] else ""
        found.append(replace(line, level=level, parent=last.get(above, 0)))
        if level and not line.is_further:
            last[level] = line.row
    return found


def _programmes(lines: list[Line]) -> list[list[Line]]:
    """Every programme with the lines under it, their levels as code and words say, ``?`` otherwise.

    Only headings stand between a heading and its programme.
    """
    own: list[Line] = []
    for line in reversed(lines):
        level = line.level or SIZES.get(len(codes.key(line.code)), "?")
        is_above = not own or own[-1].level in (PROGRAM, HEADING)
        if line.is_total or (level == "?" and not line.indicator and is_above):
            level = HEADING
        elif level == "?" and _PROGRAM.match(line.name):
            level = PROGRAM
        own.append(replace(line, level=level))

    programmes, under = [], list[Line]()
    for line in reversed(own):
        if line.level not in (PROGRAM, HEADING):
            under.append(line)
            continue
        under = [line]
        if line.level == PROGRAM:
            programmes.append(under)
    return programmes


def _cut(programme: list[Line]) -> list[str]:
    """Levels of a programme and the lines under it, which are cut into kegiatan where it costs least."""
    rest = programme[1:]
    if all(line.level in LEVELS for line in rest):
        return [line.level for line in programme]
    # cost of the lines from each one on, and where kegiatan start among them
    best: list[tuple[int, tuple[int, ...]]] = [(0, ())] * (len(rest) + 1)
    for start in reversed(range(len(rest))):
        costs, head = [], rest[start]
        for end in range(start + 1, len(rest) + 1):
            below, (cost, cuts) = rest[start + 1 : end], best[end]
            wrong = sum(head.rp(name) != sum(line.rp(name) for line in below) for name in _CONTROLS)
            unlikely = int(not _RATE.match(head.indicator)) + sum(bool(_RATE.match(line.indicator)) for line in below)
            cost += _WRONG_SUM * wrong + _UNLIKELY * unlikely + (0 if below else _ALONE)
            costs.append((cost, (start, *cuts)))
        best[start] = min(costs, key=itemgetter(0))
    starts = set(best[0][1])
    return [PROGRAM, *(KEGIATAN if place in starts else SUB_KEGIATAN for place in range(len(rest)))]


@dataclass(frozen=True)
class Filled:
    """A form with its lines; ``office`` is missing where the head does not name it."""

    form: Form
    office: Office | None
    lines: list[Line]
    findings: list[Finding]

    @property
    def quarters(self) -> tuple[str, ...]:
        """Quarters up to the last one in which any line has a K or Rp that is not nought."""
        filled = [
            place
            for place, quarter in enumerate(QUARTERS, 1)
            if any(line.rp(quarter) or is_something(line.performance.get(quarter, Value())) for line in self.lines)
        ]
        return QUARTERS[: max(filled, default=0)]


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
