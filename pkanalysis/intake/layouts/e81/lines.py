"""Lines of a Formulir E.81: an activity with its indicator, a further indicator of it, or a printed total."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pkanalysis import codes
from pkanalysis.intake.amounts import rupiah, unit
from pkanalysis.intake.book import Rows, cell_name, normal, text
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.e81.headings import MEASURES, Form
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
