"""What is wrong or doubtful in a list of indicators, row by row; and which rows may be stored."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pkanalysis.intake import values
from pkanalysis.intake.book import cell_name
from pkanalysis.intake.findings import Finding, Severity
from pkanalysis.intake.layouts.iku import quarters, stated
from pkanalysis.intake.layouts.iku.compared import compared
from pkanalysis.intake.layouts.iku.headings import Heading
from pkanalysis.intake.layouts.iku.items import Item
from pkanalysis.intake.layouts.iku.repeats import Seen
from pkanalysis.intake.layouts.iku.sound import fractions, sound

DEFAULT = "naik_baik"
_WORD_REMEDY = "tulis + (naik baik) atau - (turun baik), lalu impor lagi"


@dataclass(frozen=True)
class Settled:
    """Rows to store, and the findings; every row is in one of them at least."""

    items: list[Item]
    findings: list[Finding]


def settle(file: str, heading: Heading, read: list[Item], seen: Seen) -> Settled:
    """Take out what must not be stored, and say why; ``seen`` knows the values of the lists before."""
    findings: list[Finding] = []
    kept: list[Item] = []
    if "arah" not in heading.fields and read:
        findings.append(_no_direction_column(file, read[0].sheet))
    if read and not any(item.office for item in read):
        return Settled([], [_no_office(file, heading, read)])
    for item in read:
        directed, told = _directed(file, heading, item)
        if directed:
            column = heading.fields["indikator"]
            directed, repeated = seen.take(file, directed, cell_name(item.row - 1, column), heading.titles[column])
            told = [*told, *repeated] if directed else repeated
        findings += told
        if directed:
            readable, more = sound(file, directed)
            kept.append(readable)
            findings += [*more, *compared(file, readable), *stated.findings(file, readable)]
            findings += quarters.findings(file, readable)
    return Settled(kept, [*findings, *fractions(file, kept), *quarters.unseen(file, kept)])


def _no_office(file: str, heading: Heading, read: list[Item]) -> Finding:
    rule = f"nama OPD tidak tertulis di kolom, judul atau nama lembar, sehingga {len(read)} baris tidak disimpan"
    remedy = "tulis Perangkat Daerah : nama di atas tabel, atau tambahkan kolom OPD"
    return Finding("galat", file, read[0].sheet, f"baris {heading.row + 1}", "", "", rule, remedy)


def _no_direction_column(file: str, sheet: str) -> Finding:
    rule = f"tidak ada kolom arah; indikator dibaca {DEFAULT}, kecuali yang namanya menunjukkan lain"
    return Finding("peringatan", file, sheet, "", "arah", "", rule, f"tambahkan kolom arah: {_WORD_REMEDY}")


def _directed(file: str, heading: Heading, item: Item) -> tuple[Item | None, list[Finding]]:
    """The row with its direction, or nothing: without direction there is no achievement, so it is not stored."""
    likely = values.likely(item.name)
    if not item.name or item.office is None:
        what = "nama indikator" if not item.name else "nama OPD"
        rule = f"{what} kosong, sehingga baris ini tidak disimpan"
        return None, [_at("peringatan", file, heading, item, "indikator", "", rule, f"isi {what}")]
    if item.is_bare:
        rule = "tanpa satuan, target dan realisasi, sehingga baris ini tidak disimpan"
        return None, [_at("peringatan", file, heading, item, "indikator", item.name, rule, "isi, atau hapus barisnya")]
    if "arah" not in heading.fields:
        if likely in ("", DEFAULT):
            return replace(item, polarity=DEFAULT), []
        rule = "arah tidak tertulis dan namanya mirip indikator yang baik bila turun, sehingga tidak disimpan"
        return None, [_at("peringatan", file, heading, item, "indikator", item.name, rule, _WORD_REMEDY)]
    if not item.polarity:
        rule = "arah kosong" if not item.direction else "arah tidak dikenal"
        rule += ", sehingga indikator ini tidak disimpan (tanpa arah, capaian tidak dapat dihitung)"
        return None, [_at("peringatan", file, heading, item, "arah", item.direction, rule, _WORD_REMEDY)]
    likely = _bound(item) or likely
    if likely and item.polarity != "rentang" and likely != item.polarity:
        rule = f"arah tampak terbalik untuk {item.name}; dibaca {item.polarity} seperti tertulis"
        return item, [_at("peringatan", file, heading, item, "arah", item.direction, rule, "periksa arahnya")]
    return item, []


def _bound(item: Item) -> str:
    """The direction that ``≥ 80`` or ``maks 5`` in the target implies, or empty."""
    return next((way for told in item.of("target") if (way := values.bounded(told.value.bound))), "")


def _at(
    severity: Severity, file: str, heading: Heading, item: Item, field: str, value: str, rule: str, remedy: str
) -> Finding:
    column = heading.fields.get(field, heading.fields["indikator"])
    place = cell_name(item.row - 1, column)
    return Finding(severity, file, item.sheet, place, heading.titles[column], value, rule, remedy)
