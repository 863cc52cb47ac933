"""What is wrong or doubtful in a list of indicators, row by row; and which rows may be stored.

Values that a list gives more than once: the first is stored, the others are named with both figures.

Target and realisasi of a row held against each other and against the ones that the list computed.

Values of a row that can be stored, and why the others cannot or may be wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pkanalysis.intake import values
from pkanalysis.intake.book import cell_name
from pkanalysis.intake.findings import Finding, Severity
from pkanalysis.intake.layouts.iku import computed
from pkanalysis.intake.layouts.iku.headings import Heading
from pkanalysis.intake.layouts.iku.items import Item, Reported
from pkanalysis.intake.values import MISSING, Value
from pkanalysis.vocabulary import POLARITIES

Key = tuple[object, ...]
_REMEDY = "hapus salah satu"


@dataclass
class Seen:
    """Where each value of each indicator was first met."""

    values: dict[Key, tuple[Item, Reported]] = field(default_factory=dict)

    def take(self, file: str, item: Item, place: str, title: str) -> tuple[Item | None, list[Finding]]:
        """The row without values that an earlier row gave, and a finding for each; nothing of a row that is a copy."""
        told = [one for one in item.reported if one.measure.kind in ("target", "realisasi")]
        clashing = {one: self.values[_key(item, one)] for one in told if _key(item, one) in self.values}
        if told and len(clashing) == len(told):
            first = next(iter(clashing.values()))[0]
            return None, [_copy(file, first, item, place, title)]
        for one in told:
            self.values.setdefault(_key(item, one), (item, one))
        kept = tuple(one for one in item.reported if one not in clashing)
        differing = {one: other for one, other in clashing.items() if one.value != other[1].value}
        return replace(item, reported=kept), [_twice(file, item, one, *other) for one, other in differing.items()]


def _key(item: Item, told: Reported) -> Key:
    """What may be given once; a realisasi is the same under every document."""
    document = told.document if told.measure.kind == "target" else ""
    return item.code, told.measure.kind, told.year, told.period, document


def _copy(file: str, first: Item, item: Item, place: str, title: str) -> Finding:
    rule = (
        f"sama dengan {_where(first, item)}, yang disimpan ({_told(first)}); baris ini ({_told(item)}) tidak disimpan"
    )
    return Finding("peringatan", file, item.sheet, place, title, item.name, rule, _REMEDY)


def _twice(file: str, item: Item, told: Reported, first: Item, other: Reported) -> Finding:
    rule = f"lain dari {other.written or 'kosong'} di {other.place} ({_where(first, item)}), yang disimpan"
    return item.finding(file, told, rule, _REMEDY)


def _where(first: Item, item: Item) -> str:
    return f"baris {first.row}" + (f" lembar {first.sheet}" if first.sheet != item.sheet else "")


def _told(item: Item) -> str:
    written = [f"{value.measure.title} {value.written}" for value in item.reported if value.written]
    return ", ".join(written) or "tanpa nilai"


def compared(file: str, item: Item) -> list[Finding]:
    """A warning for every target and realisasi of a row that is missing, nought, or at odds with the others."""
    judged = [(told, _target(item, told)) for told in item.of("target")]
    judged += [(told, _actual(item, told)) for told in item.of("realisasi")]
    return [item.finding(file, told, *said) for told, said in judged if said]


def _target(item: Item, told: Reported) -> tuple[str, str] | None:
    computed = _computed(item, "target_hitung")
    if (_is_blank(told) or told.value.status) and _is_due(item, told):
        also = f" ({computed.measure.title} {computed.written} tidak dipakai)" if computed else ""
        return f"target kosong{also}; capaian tidak dihitung", "isi targetnya"
    if told.value.number == 0:
        return "target 0, sehingga capaian tidak terdefinisi", "periksa targetnya"
    if computed and _differs(told, computed):
        rule = f"berbeda dari {computed.measure.title} {computed.written}; yang disimpan {told.written}"
        return rule, "samakan kedua kolom"
    return None


def _actual(item: Item, told: Reported) -> tuple[str, str] | None:
    computed = _computed(item, "realisasi_hitung")
    if _is_blank(told) and told.period == "tahunan" and _is_due(item, told):
        return "realisasi kosong", "isi angkanya, atau n/a / belum rilis"
    if told.value.letter and told.value.number is None and _has_number(item.of("target")):
        rule = "realisasi berupa predikat sedangkan target berupa angka, sehingga tidak dapat dibandingkan"
        return rule, "tulis nilainya"
    if computed and _differs(told, computed):
        rule = f"berbeda dari {computed.measure.title} {computed.written}; yang disimpan {told.written}"
        return rule, "samakan kedua kolom"
    return None


def _is_blank(told: Reported) -> bool:
    """Whether the cell is empty or a dash; one that could not be read has its own finding."""
    return told.value.is_empty and told.written.lower() in MISSING


def _is_due(item: Item, told: Reported) -> bool:
    """Whether a blank is worth a word: not where a list of several years has begun or ended the indicator."""
    kind = told.measure.kind
    if told.period != "tahunan" and any(one.is_stated and one.period == "tahunan" for one in item.of(kind)):
        return False
    others = [one for one in item.of(kind) if one.year != told.year]
    return not others or not any(one.is_stated for one in others) or told.year == max(one.year for one in item.of(kind))


def _computed(item: Item, kind: str) -> Reported | None:
    return next((told for told in item.of(kind) if told.value.number is not None), None)


def _differs(told: Reported, computed: Reported) -> bool:
    """Whether the computed target is another number; the end of a range and a doubtful reading are none."""
    value, other = told.value, computed.value
    is_plain = value.number is not None and value.upper is None and not value.doubt and not other.doubt
    return is_plain and told.written != computed.written and value.number != other.number


def _has_number(targets: list[Reported]) -> bool:
    return any(told.value.number is not None for told in targets)


FAR, NEAR = 100, 10
"""Target and realisasi further apart than 100 times contradict a reading under which they are not 10 apart."""
MOST_PERCENT = 1000


def sound(file: str, item: Item) -> tuple[Item, list[Finding]]:
    """The row without values that cannot be read or that its other values contradict."""
    reported, findings = [], []
    for told in item.reported:
        value, rule = _judged(told, item)
        if rule and told.measure.kind in ("target", "realisasi"):
            remedy = "tulis satu angka dengan koma desimal dan tanpa pemisah ribuan"
            findings.append(item.finding(file, told, rule, remedy))
        reported.append(replace(told, value=value))
    return replace(item, reported=tuple(reported)), findings


def _judged(told: Reported, item: Item) -> tuple[Value, str]:
    """The value to store, and what to say about it."""
    value = told.value
    if value.problem:
        return Value(), f"{value.problem}; tidak disimpan"
    if value.letter and value.doubt and (item.is_percent or item.is_count):
        return Value(), f"bukan angka, padahal satuannya {item.unit}; tidak disimpan"
    if told.measure.kind == "realisasi" and value.upper is not None:
        return Value(letter=value.letter), "realisasi berupa rentang, bukan satu angka; angkanya tidak disimpan"
    peers = [peer.value.number for peer in item.reported if _is_peer(told, peer) and peer.value.number]
    if _is_contradicted(value, peers):
        return Value(), f"{value.doubt.split(';')[0]}; kolom dan barisnya bertentangan, sehingga tidak disimpan"
    if item.is_count and value.other is not None and value.number and not value.number.is_integer():
        whole, other = f"{value.other:.0f}", f"{value.number:g}".replace(".", ",")
        rule = f"dapat berarti {whole} atau {other}; dibaca {whole} karena satuannya {item.unit}"
        return replace(value, number=value.other), rule
    return value, value.doubt or _odd(told, item, peers)


def _is_contradicted(value: Value, peers: list[float]) -> bool:
    """Whether the other reading of a doubtful value fits what stands beside it, and the chosen one does not."""
    if not (value.doubt and value.number and value.other):
        return False
    return any(_apart(value.number, peer) > FAR and _apart(value.other, peer) < NEAR for peer in peers)


def _odd(told: Reported, item: Item, peers: list[float]) -> str:
    """Why a value that could be read is hardly right: for its unit, as a bound, or so far from its target."""
    number, is_actual = told.value.number or 0.0, told.measure.kind == "realisasi"
    if item.is_percent and abs(number) > MOST_PERCENT:
        return f"{number:g} tidak wajar untuk satuan %"
    if item.is_percent and told.is_float and 0 < abs(number) < 1 and all(abs(peer) < 2 for peer in peers):
        return f"{number:g} untuk satuan %; bila selnya berformat persen, nilainya {100 * number:g} dan tulislah begitu"
    if is_actual and told.value.bound:
        return f"realisasi tertulis sebagai batas; dibaca {number:g}"
    return _far(number, item, peers) if is_actual and number and peers else ""


def _far(number: float, item: Item, peers: list[float]) -> str:
    """A realisasi so far from its target that a decimal mark, a fraction or a unit must be wrong."""
    is_small = any(abs(peer) >= NEAR and _apart(number, peer) > 3 * NEAR for peer in peers)
    if item.is_percent and abs(number) <= 1 and is_small:
        return f"sangat kecil terhadap target {peers[0]:g} %; mungkin pecahan (0,95 = 95 %)"
    if all(_apart(number, peer) > FAR for peer in peers):
        return f"lebih dari {FAR} kali berbeda dengan target {peers[0]:g}"
    return ""


def _is_peer(told: Reported, other: Reported) -> bool:
    """Target and realisasi stand beside each other; a computed target only repeats the slip."""
    pair = {told.measure.kind, other.measure.kind}
    same = (told.year, told.period) == (other.year, other.period)
    return pair == {"target", "realisasi"} and same and not other.value.doubt


def _apart(one: float, other: float) -> float:
    return max(abs(one / other), abs(other / one))


def fractions(file: str, kept: list[Item]) -> list[Finding]:
    """A warning when every percentage of the list lies between 0 and 1."""
    rates = [
        told.value.number
        for item in kept
        if item.is_percent
        for told in item.of("target")
        if told.value.number is not None
    ]
    if len(rates) < 3 or any(abs(rate) > 1 for rate in rates):
        return []
    rule = f"semua {len(rates)} target bersatuan % bernilai 0-1; mungkin pecahan, bukan persen"
    return [Finding("peringatan", file, kept[0].sheet, "", "target", "", rule, "kalikan 100 bila memang pecahan")]


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
            findings += [*more, *compared(file, readable), *computed.stated_findings(file, readable)]
            findings += computed.findings(file, readable)
    return Settled(kept, [*findings, *fractions(file, kept), *computed.unseen(file, kept)])


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
    if likely and POLARITIES[item.polarity].sign and likely != item.polarity:
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
