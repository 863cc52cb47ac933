"""A form held against itself: quarters, parents and printed totals, codes, and what it cannot say."""

from __future__ import annotations

import math

from pkanalysis import codes
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.layouts.e81.headings import MEASURES, QUARTERS, Form
from pkanalysis.intake.layouts.e81.lines import LEVELS, PROGRAM, SIZES, Filled, Line
from pkanalysis.intake.values import Value, likely

POINT = 0.01


def settle(filled: Filled) -> list[Finding]:
    """A warning with both figures for every sum that is wrong; headings and totals are held to it too."""
    form, lines = filled.form, filled.lines
    named = [line for line in lines if not line.is_further]
    findings = []
    for line in named:
        quarters = [line.rp(name) for name in QUARTERS if name in line.money]
        if quarters and "realisasi" in line.money and sum(quarters) != line.rp("realisasi"):
            at = (line.row, form.money["realisasi"], line.money["realisasi"])
            findings.append(form.finding("E81_JUMLAH_TRIWULAN_SALAH", *at, jumlah=sum(quarters)))
    for measure in (name for name in MEASURES if name in form.money):
        findings += [
            form.finding(
                "E81_JUMLAH_SALAH", line.row, form.money[measure], line.money[measure], bagian=part, jumlah=sum_
            )
            for line, part, sum_ in _sums(named, measure)
            if measure in line.money and line.rp(measure) != sum_
        ]
    return [*findings, *_performance(form, lines), *_rates(form, lines)]


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


def _performance(form: Form, lines: list[Line]) -> list[Finding]:
    """K of the year that is neither the sum, the last nor the mean of its quarters."""
    findings = []
    for line in (item for item in lines if item.level and "realisasi" in form.performance):
        quarters, total = numbers(line), line.performance.get("realisasi")
        if total is None or total.number is None or not quarters or aggregations(quarters, total.number):
            continue
        at = (line.row, form.performance["realisasi"], f"{total.number:g}")
        findings.append(form.finding("E81_K_BUKAN_DARI_TRIWULAN", *at, jumlah=f"{sum(quarters):g}"))
    return findings


def _rates(form: Form, lines: list[Line]) -> list[Finding]:
    """One note on how many lines print another % than their K to date over the target."""
    differing = [line for line in lines if line.level and not _has_right_rates(line)]
    return [
        finding("E81_PERSEN_BEDA", form.file, form.sheet, f"baris {line.row}", "%", banyaknya=len(differing))
        for line in differing[:1]
    ]


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


def coding(filled: Filled) -> list[Finding]:
    """A warning per activity whose code cannot be right; none for forms of which most activities have none."""
    lines = [line for line in filled.lines if line.level and not line.is_further]
    if 2 * sum(len(codes.key(line.code)) in SIZES for line in lines) <= len(lines):
        return []
    column = filled.form.texts.get("kode", filled.form.texts.get("nama", 0))
    by_row = {line.row: line for line in lines}
    first: dict[str, Line] = {}
    findings = []
    for line in lines:
        own, parent, earlier = codes.key(line.code), by_row.get(line.parent), first.setdefault(line.code, line)
        above = codes.key(parent.code) if parent else ()
        at = (line.row, column, line.code)
        if not line.code:
            findings.append(filled.form.finding("E81_KODE_KOSONG", *at))
        elif len(own) not in SIZES and not line.code.upper().startswith("X"):
            findings.append(filled.form.finding("E81_KODE_TIDAK_TERBACA", *at))
        elif earlier is not line:
            findings.append(filled.form.finding("E81_KODE_KEMBAR", *at, baris=earlier.row, nama=earlier.name))
        elif parent and above and own and own[: len(above)] != above:
            findings.append(filled.form.finding("E81_KODE_DI_LUAR_INDUK", *at, kode=parent.code, nama=parent.name))
    return findings


def missing(filled: Filled) -> list[Finding]:
    """Errors that keep the form out."""
    failed = {
        "E81_TANPA_OPD": filled.office is None,
        "E81_TANPA_TAHUN": filled.form.year is None,
        "E81_TANPA_PROGRAM": not any(line.level == PROGRAM for line in filled.lines),
    }
    return [finding(code, filled.form.file, filled.form.sheet) for code, is_so in failed.items() if is_so]


def others(used: list[Filled], rest: list[Filled]) -> list[Finding]:
    """Further forms of an office, which are not stored; several of one year tell the same at different times."""
    stored = {item.key: item.form.sheet for item in used}
    return [
        finding("E81_FORMULIR_KEMBAR", item.form.file, item.form.sheet, lembar=sheet)
        for item in rest
        if (sheet := stored[item.key])
    ]


def unique(filled: Filled, known: dict[int, str]) -> tuple[dict[int, str], list[Finding]]:
    """Codes without those of a second row with the same activity and indicator, and a warning for each."""
    first: dict[str, int] = {}
    names = {line.row: line.indicator for line in filled.lines}
    column = filled.form.texts["indikator"]
    kept, findings = {}, []
    for row, code in known.items():
        if first.setdefault(code, row) == row:
            kept[row] = code
        else:
            findings.append(filled.form.finding("E81_INDIKATOR_KEMBAR", row, column, names[row], baris=first[code]))
    return kept, findings


def remarks(filled: Filled, known: dict[int, str]) -> list[Finding]:
    """Assumptions, then rows: unlikely direction, target of nought, no programme above, no indicator."""
    form = filled.form
    found = [finding(code, form.file, form.sheet) for code in ASSUMPTIONS]
    if later := QUARTERS[len(filled.quarters) :]:
        found.append(finding("E81_TRIWULAN_BELUM_DILAPORKAN", form.file, form.sheet, triwulan=", ".join(later)))
    for line in filled.lines:
        at = (line.row, form.texts["indikator"], line.indicator)
        if line.row in known:
            found += _doubts(form, line)
        elif line.indicator and line.level not in LEVELS:
            found.append(form.finding("E81_TANPA_PROGRAM_DI_ATAS", *at))
        elif not line.indicator and line.level in LEVELS and line.performance:
            found.append(form.finding("E81_K_TANPA_INDIKATOR", *at))
    return found


ASSUMPTIONS = ("E81_TANPA_KODE", "E81_SEMUA_NAIK_BAIK", "E81_RP_ANGKA_KENDALI")


def _doubts(form: Form, line: Line) -> list[Finding]:
    """An unlikely direction, a target of nought (which is no target), and an activity with money but no name."""
    at, planned = (line.row, form.texts["indikator"], line.indicator), line.rp("target")
    target, found = line.performance.get("target", Value()), []
    if likely(line.indicator) == "turun_baik":
        found.append(form.finding("E81_ARAH_DIRAGUKAN", *at))
    if target.number == 0 and not target.letter:
        where = (line.row, form.performance["target"], "0")
        code = "E81_TARGET_NOL_DENGAN_ANGGARAN" if planned else "E81_TARGET_NOL"
        found.append(form.finding(code, *where, **({"anggaran": planned} if planned else {})))
    if line.is_further and (money := planned or line.rp("realisasi")):
        found.append(form.finding("E81_KEGIATAN_TANPA_NAMA", *at, anggaran=money))
    return found
