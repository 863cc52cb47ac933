"""Holding a form against itself: quarters against the year, parents against children, printed totals."""

from __future__ import annotations

import math

from pkanalysis.intake.book import cell_name
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.e81.filled import Filled
from pkanalysis.intake.layouts.e81.headings import MEASURES, QUARTERS, Form
from pkanalysis.intake.layouts.e81.levels import LEVELS, PROGRAM
from pkanalysis.intake.layouts.e81.lines import Line

POINT = 0.01
_CHECK = "periksa rumus di berkas asal"


def settle(filled: Filled) -> list[Finding]:
    """A warning with both figures for every sum that is wrong; headings and totals are held to it too."""
    file, form, lines = filled.file, filled.form, filled.lines
    named = [line for line in lines if not line.is_further]
    findings = [finding for line in named for finding in _quarters(file, form, line)]
    for measure in (name for name in MEASURES if name in form.money):
        column = form.money[measure]
        findings += [
            _finding(file, form, line, column, line.money[measure], f"jumlah {told} adalah {added}")
            for line, told, added in _sums(named, measure)
            if measure in line.money and line.rp(measure) != added
        ]
    return [*findings, *_performance(file, form, lines), *_rates(file, form, lines)]


def _quarters(file: str, form: Form, line: Line) -> list[Finding]:
    """Rp of the quarters against the Rp of the year."""
    quarters = [line.rp(name) for name in QUARTERS if name in line.money]
    if not quarters or "realisasi" not in line.money or sum(quarters) == line.rp("realisasi"):
        return []
    rule = f"jumlah Rp triwulannya adalah {sum(quarters)}"
    return [_finding(file, form, line, form.money["realisasi"], line.money["realisasi"], rule)]


def _sums(lines: list[Line], measure: str) -> list[tuple[Line, str, int]]:
    """Every parent and total with what it should be the sum of."""
    found = []
    for line in lines:
        below = [item for item in lines if item.parent == line.row] if line.level in LEVELS else []
        if below:
            found.append((line, below[0].level.replace("_", " "), sum(item.rp(measure) for item in below)))
        if line.is_total:
            programmes = [item.rp(measure) for item in lines if item.level == PROGRAM and item.row < line.row]
            found.append((line, "program", sum(programmes)))
    return found


def _performance(file: str, form: Form, lines: list[Line]) -> list[Finding]:
    """K of the year that is neither the sum, the last nor the mean of its quarters."""
    findings = []
    for line in (item for item in lines if item.level and "realisasi" in form.performance):
        quarters, total = numbers(line), line.performance.get("realisasi")
        if total is None or total.number is None or not quarters or aggregations(quarters, total.number):
            continue
        rule = f"bukan jumlah ({sum(quarters):g}), rata-rata, atau nilai terakhir K triwulannya"
        column = form.performance["realisasi"]
        findings.append(_finding(file, form, line, column, f"{total.number:g}", rule))
    return findings


def _rates(file: str, form: Form, lines: list[Line]) -> list[Finding]:
    """One note on how many lines print another % than their K to date over the target."""
    differing = [line for line in lines if line.level and not _has_right_rates(line)]
    if not differing:
        return []
    rule = f"% triwulan di {len(differing)} baris bukan K kumulatif dibagi target; % tidak disimpan"
    place = f"baris {differing[0].row}"
    return [Finding("catatan", file, form.sheet, place, "%", "", rule, _CHECK)]


def _has_right_rates(line: Line) -> bool:
    """Whether every printed rate is the K to date over the target, to within a point."""
    target, done = line.performance.get("target"), 0.0
    if target is None or not target.number:
        return True
    for quarter, rate in line.rates.items():
        value = line.performance.get(quarter)
        done += (value.number or 0.0) if value else 0.0
        if abs(done / target.number - rate) > POINT:
            return False
    return True


def numbers(line: Line) -> list[float]:
    """K of the quarters that have one."""
    found = [line.performance[name].number for name in QUARTERS if name in line.performance]
    return [number for number in found if number is not None]


def aggregations(quarters: list[float], total: float) -> list[str]:
    """Ways in which the quarters make the year: ``jumlah``, ``kumulatif`` or ``rata_rata``; several may fit.

    Examples
    --------
    >>> aggregations([1, 2, 1, 0], 4), aggregations([25, 50, 75, 100], 100), aggregations([0, 0, 0, 1], 1)
    (['jumlah'], ['kumulatif'], ['jumlah', 'kumulatif'])
    >>> aggregations([1, 2], 5)
    []
    """
    ways = {
        "jumlah": sum(quarters),
        "kumulatif": quarters[-1] if sorted(quarters) == quarters else math.nan,
        "rata_rata": sum(quarters) / len(quarters),
    }
    return [name for name, value in ways.items() if math.isclose(value, total, rel_tol=1e-6, abs_tol=1e-6)]


def _finding(file: str, form: Form, line: Line, column: int, value: object, rule: str) -> Finding:
    place = cell_name(line.row - 1, column)
    return Finding("peringatan", file, form.sheet, place, form.titles.get(column, ""), str(value), rule, _CHECK)
