"""Holding a form against itself: quarters against the year, parents against children, printed totals.

What a form cannot say, and what was assumed instead: findings that are no wrong sums.
"""

from __future__ import annotations

import math

from pkanalysis.intake.book import cell_name
from pkanalysis.intake.findings import Finding, Severity
from pkanalysis.intake.layouts.e81.headings import MEASURES, QUARTERS, Form
from pkanalysis.intake.layouts.e81.lines import LEVELS, PROGRAM, Filled, Line
from pkanalysis.intake.values import Value, likely

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


_REMEDY = "tidak perlu diubah"


def missing(filled: Filled) -> list[Finding]:
    """Errors that keep the form out."""
    rules = {
        "nama Perangkat Daerah tidak tertulis di kepala formulir": filled.office is None,
        "tahun yang dievaluasi tidak tertulis": filled.form.year is None,
        "tidak ada baris program": not any(line.level == PROGRAM for line in filled.lines),
    }
    remedy = "lengkapi kepala formulir, atau minta berkas aslinya"
    return [_whole("galat", filled, rule, remedy) for rule, is_so in rules.items() if is_so]


def others(used: list[Filled], rest: list[Filled]) -> list[Finding]:
    """Further forms of an office, which are not stored; several of one year tell the same at different times."""
    stored = {item.key: item.form.sheet for item in used}
    remedy = "tulis nama perangkat daerah dan tahunnya di kepala lembar bila lembar itu milik yang lain"
    return [
        _whole("catatan", item, f"formulir yang sama; yang disimpan lembar {sheet}, karena triwulannya paling lengkap",
               remedy)
        for item in rest
        if (sheet := stored[item.key])
    ]  # fmt: skip


def unique(filled: Filled, known: dict[int, str]) -> tuple[dict[int, str], list[Finding]]:
    """Codes without those of a second row with the same activity and indicator, and a warning for each."""
    first: dict[str, int] = {}
    names = {line.row: line.indicator for line in filled.lines}
    kept, findings = {}, []
    for row, code in known.items():
        if first.setdefault(code, row) == row:
            kept[row] = code
            continue
        rule = f"indikator dan kegiatannya sama dengan baris {first[code]}; hanya yang pertama disimpan"
        findings.append(_at("peringatan", filled, row, names[row], rule, "hapus atau bedakan salah satu"))
    return kept, findings


def remarks(filled: Filled, known: dict[int, str]) -> list[Finding]:
    """Assumptions, then rows: unlikely direction, target of nought, no programme above, no indicator."""
    found = [_whole("catatan", filled, rule, _REMEDY) for rule in _assumptions(filled)]
    for line in filled.lines:
        if line.row in known:
            found += [*_direction(filled, line), *_nought(filled, line), *_unnamed(filled, line)]
        elif line.indicator and line.level not in LEVELS:
            rule, remedy = "tidak ada program di atas baris ini, sehingga tidak disimpan", "tulis nama programnya"
            found.append(_at("peringatan", filled, line.row, line.indicator, rule, remedy))
        elif not line.indicator and line.level in LEVELS and line.performance:
            rule, remedy = (
                "indikator kosong padahal ada K, sehingga K baris ini tidak disimpan",
                "isi nama indikatornya",
            )
            found.append(_at("peringatan", filled, line.row, "", rule, remedy))
    return found


def _assumptions(filled: Filled) -> list[str]:
    rules = [
        "formulir tanpa kode: kode OPD dan kode indikator dibentuk dari namanya",
        "formulir menghitung capaian sebagai realisasi/target, sehingga semua indikator dibaca naik_baik",
        "Rp tidak disimpan karena tanpa kode tidak dapat dipasangkan dengan anggaran; dipakai sebagai angka kendali",
    ]
    if later := QUARTERS[len(filled.quarters) :]:
        rules.append(f"{', '.join(later)} nol atau kosong di semua baris, dianggap belum dilaporkan")
    return rules


def _direction(filled: Filled, line: Line) -> list[Finding]:
    rule = "namanya mirip indikator yang baik bila turun, sedangkan formulir menghitung realisasi/target"
    found = _at("peringatan", filled, line.row, line.indicator, rule, "periksa arah indikator")
    return [found] if likely(line.indicator) == "turun_baik" else []


def _unnamed(filled: Filled, line: Line) -> list[Finding]:
    """A row without a name is one more indicator of the activity above, which has money already."""
    money = line.rp("target") or line.rp("realisasi")
    if not line.is_further or not money:
        return []
    rule = f"nama kegiatan kosong padahal ada anggaran (Rp {money}); dibaca sebagai indikator kegiatan di atasnya"
    return [
        _at("peringatan", filled, line.row, line.indicator, rule, "isi nama program, kegiatan atau sub kegiatannya")
    ]


def _nought(filled: Filled, line: Line) -> list[Finding]:
    """A target of nought is no target: a note where there is no money either, a warning where there is."""
    value = line.performance.get("target", Value())
    if value.number != 0 or value.letter:
        return []
    money, column = line.rp("target"), filled.form.performance["target"]
    rule = f"target 0 dengan anggaran Rp {money}" if money else "target 0 tanpa anggaran tahun ini"
    return [
        Finding("peringatan" if money else "catatan", filled.file, filled.form.sheet, cell_name(line.row - 1, column),
                filled.form.titles[column], "0", f"{rule}; target dan realisasinya tidak disimpan",
                "isi targetnya bila ada")
    ]  # fmt: skip


def _whole(severity: Severity, filled: Filled, rule: str, remedy: str) -> Finding:
    return Finding(severity, filled.file, filled.form.sheet, "", "", "", rule, remedy)


def _at(severity: Severity, filled: Filled, row: int, value: str, rule: str, remedy: str) -> Finding:
    column = filled.form.texts["indikator"]
    place, title = cell_name(row - 1, column), filled.form.titles.get(column, "")
    return Finding(severity, filled.file, filled.form.sheet, place, title, value, rule, remedy)
