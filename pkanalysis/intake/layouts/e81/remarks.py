"""What a form cannot say, and what was assumed instead: findings that are no wrong sums."""

from __future__ import annotations

from pkanalysis.intake.book import cell_name
from pkanalysis.intake.findings import Finding, Severity
from pkanalysis.intake.layouts.e81.filled import Filled
from pkanalysis.intake.layouts.e81.headings import QUARTERS
from pkanalysis.intake.layouts.e81.levels import LEVELS, PROGRAM
from pkanalysis.intake.layouts.e81.lines import Line
from pkanalysis.intake.values import Value, likely

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
