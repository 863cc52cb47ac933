"""A form held against itself: quarters, parents and printed totals, codes, and what it cannot say."""

from __future__ import annotations

import math

from pkanalysis import codes
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.layouts.e81.headings import MEASURES, Form
from pkanalysis.intake.layouts.e81.lines import LEVELS, PROGRAM, SIZES, Filled, Line
from pkanalysis.intake.values import Value, likely
from pkanalysis.vocabulary import QUARTERS

POINT = 0.01


def settle(filled: Filled) -> list[Finding]:
    """A warning with both figures for every sum that is wrong; headings and totals are held to it too."""
    form, named = filled.form, [line for line in filled.lines if not line.is_further]
    findings = []
    for line in named:
        quarters = [line.rp(name) for name in QUARTERS if name in line.money]
        if quarters and "realisasi" in line.money and sum(quarters) != line.rp("realisasi"):
            at = (line.row, form.money["realisasi"], line.money["realisasi"])
            findings.append(form.finding("E81_JUMLAH_TRIWULAN_SALAH", *at, jumlah=sum(quarters)))

    for measure in (name for name in MEASURES if name in form.money):
        for line in (item for item in named if measure in item.money):
            if line.is_total:
                part, below = "program", [item for item in named if item.level == PROGRAM and item.row < line.row]
            else:
                below = [item for item in named if item.parent == line.row] if line.level in LEVELS else []
                part = below[0].level.replace("_", " ") if below else ""
            total = sum(item.rp(measure) for item in below)
            if part and line.rp(measure) != total:
                at = (line.row, form.money[measure], line.money[measure])
                findings.append(form.finding("E81_JUMLAH_SALAH", *at, bagian=part, jumlah=total))
    return [*findings, *_performance(form, [line for line in filled.lines if line.level])]


def _performance(form: Form, lines: list[Line]) -> list[Finding]:
    """K of the year that is neither the sum, the last nor the mean of its quarters; and a note on printed rates.

    The note counts the lines that print another % than their K to date over the target, by more than a point.
    """
    findings = []
    for line in lines if "realisasi" in form.performance else []:
        quarters, total = numbers(line)
        if quarters and not math.isnan(total) and not aggregations(quarters, total):
            at = (line.row, form.performance["realisasi"], f"{total:g}")
            findings.append(form.finding("E81_K_BUKAN_DARI_TRIWULAN", *at, jumlah=f"{sum(quarters):g}"))

    differing = []
    for line in lines:
        target, done = line.performance.get("target", Value()).number, 0.0
        for quarter, rate in line.rates.items() if target else ():
            done += line.performance.get(quarter, Value()).number or 0.0
            if target and abs(done / target - rate) > POINT:
                differing.append(line)
                break
    if differing:
        place = (form.sheet, f"baris {differing[0].row}", "%")
        findings.append(finding("E81_PERSEN_BEDA", form.file, *place, banyaknya=len(differing)))
    return findings


def numbers(line: Line) -> tuple[list[float], float]:
    """K of the quarters that have one, and of the year (NaN where it has none)."""
    written = [line.performance.get(name, Value()).number for name in (*QUARTERS, "realisasi")]
    total = written.pop()
    return [number for number in written if number is not None], math.nan if total is None else total


def aggregations(quarters: list[float], total: float) -> list[str]:
    """Ways in which the quarters make the year: ``jumlah``, ``kumulatif`` or ``rata_rata``; several may fit, or none.

    Examples
    --------
    >>> aggregations([1, 2, 1, 0], 4), aggregations([25, 50, 75, 100], 100), aggregations([0, 0, 0, 1], 1)
    (['jumlah'], ['kumulatif'], ['jumlah', 'kumulatif'])
    >>> aggregations([1, 2], 5), aggregations([], 5)
    ([], [])
    """
    if not quarters:
        return []
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


ASSUMPTIONS = ("E81_TANPA_KODE", "E81_SEMUA_NAIK_BAIK", "E81_RP_ANGKA_KENDALI")


def remarks(filled: Filled, known: dict[int, str]) -> list[Finding]:
    """Assumptions, then rows: unlikely direction, target of nought (which is no target), no programme, no indicator."""
    form = filled.form
    found = [finding(code, form.file, form.sheet) for code in ASSUMPTIONS]
    if later := QUARTERS[len(filled.quarters) :]:
        found.append(finding("E81_TRIWULAN_BELUM_DILAPORKAN", form.file, form.sheet, triwulan=", ".join(later)))
    for line in filled.lines:
        at, planned = (line.row, form.texts["indikator"], line.indicator), line.rp("target")
        if line.row not in known:
            if line.indicator and line.level not in LEVELS:
                found.append(form.finding("E81_TANPA_PROGRAM_DI_ATAS", *at))
            elif not line.indicator and line.level in LEVELS and line.performance:
                found.append(form.finding("E81_K_TANPA_INDIKATOR", *at))
            continue
        target = line.performance.get("target", Value())
        if likely(line.indicator) == "turun_baik":
            found.append(form.finding("E81_ARAH_DIRAGUKAN", *at))
        if target.number == 0 and not target.letter:
            where = (line.row, form.performance["target"], "0")
            code = "E81_TARGET_NOL_DENGAN_ANGGARAN" if planned else "E81_TARGET_NOL"
            found.append(form.finding(code, *where, **({"anggaran": planned} if planned else {})))
        if line.is_further and (money := planned or line.rp("realisasi")):  # an activity with money but no name
            found.append(form.finding("E81_KEGIATAN_TANPA_NAMA", *at, anggaran=money))
    return found
