"""What is wrong or doubtful in a list of indicators, row by row; and which rows may be stored."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pkanalysis.intake import directions
from pkanalysis.intake.findings import Finding, Severity
from pkanalysis.intake.iku.headings import Heading
from pkanalysis.intake.iku.items import Item, Reported
from pkanalysis.intake.sheets import cell_name
from pkanalysis.intake.values import Value

FAR, NEAR = 100, 10
"""Target and realisasi further apart than 100 times contradict a reading under which they are not 10 apart."""
MOST_PERCENT = 1000
DEFAULT = "naik_baik"
_WORD_REMEDY = "tulis + (naik baik) atau - (turun baik), lalu impor lagi"


@dataclass(frozen=True)
class Settled:
    """Rows to store, and the findings; every row is in one of them at least."""

    items: list[Item]
    findings: list[Finding]


def settle(file: str, heading: Heading, read: list[Item], earlier: list[Item]) -> Settled:
    """Take out what must not be stored, and say why; ``earlier`` are the rows of the sheets before."""
    findings: list[Finding] = []
    before = {item.key: item for item in earlier}
    kept: dict[tuple[object, ...], Item] = {}
    if "arah" not in heading.fields and read:
        findings.append(_no_direction_column(file, read[0].sheet))
    for item in read:
        directed, told = _directed(file, heading, item)
        if directed and (first := kept.get(directed.key) or before.get(directed.key)):
            directed, told = None, [_repeated(file, heading, first, item)]
        findings += told
        if directed:
            sound, more = _sound(file, directed)
            kept[sound.key] = sound
            findings += [*more, *_compared(file, sound)]
    return Settled(list(kept.values()), [*findings, *_fractions(file, list(kept.values()))])


def _no_direction_column(file: str, sheet: str) -> Finding:
    rule = f"tidak ada kolom arah; indikator dibaca {DEFAULT}, kecuali yang namanya menunjukkan lain"
    return Finding("peringatan", file, sheet, "", "arah", "", rule, f"tambahkan kolom arah: {_WORD_REMEDY}")


def _directed(file: str, heading: Heading, item: Item) -> tuple[Item | None, list[Finding]]:
    """The row with its direction, or nothing: without direction there is no achievement, so it is not stored."""
    likely = directions.likely(item.name)
    if not item.name or item.office is None:
        what = "nama indikator" if not item.name else "nama OPD"
        rule = f"{what} kosong, sehingga baris ini tidak disimpan"
        return None, [_at("peringatan", file, heading, item, "indikator", "", rule, f"isi {what}")]
    if "arah" not in heading.fields:
        if likely in ("", DEFAULT):
            return replace(item, polarity=DEFAULT), []
        rule = "arah tidak tertulis dan namanya mirip indikator yang baik bila turun, sehingga tidak disimpan"
        return None, [_at("peringatan", file, heading, item, "indikator", item.name, rule, _WORD_REMEDY)]
    if not item.polarity:
        rule = "arah kosong" if not item.direction else "arah tidak dikenal"
        rule += ", sehingga indikator ini tidak disimpan (tanpa arah, capaian tidak dapat dihitung)"
        return None, [_at("peringatan", file, heading, item, "arah", item.direction, rule, _WORD_REMEDY)]
    if likely and item.polarity != "rentang" and likely != item.polarity:
        rule = f"arah tampak terbalik untuk {item.name}; dibaca {item.polarity} seperti tertulis"
        return item, [_at("peringatan", file, heading, item, "arah", item.direction, rule, "periksa arahnya")]
    return item, []


def _repeated(file: str, heading: Heading, first: Item, item: Item) -> Finding:
    place = f"baris {first.row}" + (f" lembar {first.sheet}" if first.sheet != item.sheet else "")
    rule = f"sama dengan {place}, yang disimpan ({_told(first)}); baris ini ({_told(item)}) tidak disimpan"
    return _at("peringatan", file, heading, item, "indikator", item.name, rule, "hapus salah satu")


def _told(item: Item) -> str:
    written = [f"{value.measure.title} {value.written}" for value in item.reported if value.written]
    return ", ".join(written) or "tanpa nilai"


def _sound(file: str, item: Item) -> tuple[Item, list[Finding]]:
    """The row without values that cannot be read or that its other values contradict."""
    reported, findings = [], []
    for told in item.reported:
        value, rule = _judged(told, item)
        if rule and told.measure.kind in ("target", "realisasi"):
            remedy = "tulis satu angka dengan koma desimal dan tanpa pemisah ribuan"
            findings.append(_of_value(file, item, told, rule, remedy))
        reported.append(replace(told, value=value))
    return replace(item, reported=tuple(reported)), findings


def _judged(told: Reported, item: Item) -> tuple[Value, str]:
    """The value to store, and what to say about it."""
    value = told.value
    if value.problem:
        return Value(), f"{value.problem}; tidak disimpan"
    if value.doubt and value.number and value.other:
        peers = [peer.value.number for peer in item.reported if _is_peer(told, peer) and peer.value.number]
        if any(_apart(value.number, peer) > FAR and _apart(value.other, peer) < NEAR for peer in peers if peer):
            return Value(), f"{value.doubt.split(';')[0]}; kolom dan barisnya bertentangan, sehingga tidak disimpan"
    percent = item.words.get("satuan", "").strip() in ("%", "persen", "Persen")
    if percent and value.number is not None and abs(value.number) > MOST_PERCENT:
        return value, f"{value.number:g} tidak wajar untuk satuan %"
    return value, value.doubt


def _is_peer(told: Reported, other: Reported) -> bool:
    """Target and realisasi stand beside each other; a computed target only repeats the slip."""
    pair = {told.measure.kind, other.measure.kind}
    return pair == {"target", "realisasi"} and told.year == other.year and not other.value.doubt


def _apart(one: float, other: float) -> float:
    return max(abs(one / other), abs(other / one))


def _compared(file: str, item: Item) -> list[Finding]:
    """Targets that are missing, nought, or unlike the computed one; realisasi that is missing or cannot be compared."""
    findings = []
    computed = next((told for told in item.of("target_hitung") if told.value.number is not None), None)
    for told in item.of("target"):
        value = told.value
        if not told.written or value.status:
            also = f" ({computed.measure.title} {computed.written} tidak dipakai)" if computed else ""
            findings.append(
                _of_value(file, item, told, f"target kosong{also}; capaian tidak dihitung", "isi targetnya")
            )
        elif value.number == 0:
            rule = "target 0, sehingga capaian tidak terdefinisi"
            findings.append(_of_value(file, item, told, rule, "periksa targetnya"))
        elif computed and _differs(told, computed):
            rule = f"berbeda dari {computed.measure.title} {computed.written}; yang disimpan {told.written}"
            findings.append(_of_value(file, item, told, rule, "samakan kedua kolom"))
    for told in item.of("realisasi"):
        if told.measure.period == "tahunan" and not told.written:
            findings.append(_of_value(file, item, told, "realisasi kosong", "isi angkanya, atau n/a / belum rilis"))
        elif told.value.letter and told.value.number is None and _has_number(item.of("target")):
            rule = "realisasi berupa predikat sedangkan target berupa angka, sehingga tidak dapat dibandingkan"
            findings.append(_of_value(file, item, told, rule, "tulis nilainya"))
    return findings


def _differs(told: Reported, computed: Reported) -> bool:
    """Whether the computed target is another number; the end of a range and a doubtful reading are none."""
    value, other = told.value, computed.value
    is_plain = value.number is not None and value.upper is None and not value.doubt and not other.doubt
    return is_plain and told.written != computed.written and value.number != other.number


def _has_number(targets: list[Reported]) -> bool:
    return any(told.value.number is not None for told in targets)


def _fractions(file: str, kept: list[Item]) -> list[Finding]:
    """A warning when every percentage of the list lies between 0 and 1."""
    rates = [
        told.value.number
        for item in kept
        if item.words.get("satuan", "") == "%"
        for told in item.of("target")
        if told.value.number is not None
    ]
    if len(rates) < 3 or any(abs(rate) > 1 for rate in rates):
        return []
    rule = f"semua {len(rates)} target bersatuan % bernilai 0-1; mungkin pecahan, bukan persen"
    return [Finding("peringatan", file, kept[0].sheet, "", "target", "", rule, "kalikan 100 bila memang pecahan")]


def _of_value(file: str, item: Item, told: Reported, rule: str, remedy: str) -> Finding:
    return Finding("peringatan", file, item.sheet, told.place, told.measure.title, told.written, rule, remedy)


def _at(
    severity: Severity, file: str, heading: Heading, item: Item, field: str, value: str, rule: str, remedy: str
) -> Finding:
    column = heading.fields.get(field, heading.fields["indikator"])
    place = cell_name(item.row - 1, column)
    return Finding(severity, file, item.sheet, place, heading.titles[column], value, rule, remedy)
