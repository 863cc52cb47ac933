"""What is wrong or doubtful in a list of indicators, row by row; and which rows and values may be stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from pkanalysis.intake import values
from pkanalysis.intake.book import cell_name
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.layouts.iku.computed import unlike_the_formula, unlike_the_year, unseen
from pkanalysis.intake.layouts.iku.headings import Heading
from pkanalysis.intake.layouts.iku.items import Item, Reported
from pkanalysis.intake.values import MISSING, Value
from pkanalysis.vocabulary import POLARITIES

DEFAULT = "naik_baik"
FAR, NEAR = 100, 10
"""Target and realisasi further apart than 100 times contradict a reading under which they are not 10 apart."""
MOST_PERCENT = 1000

Seen = dict[tuple[object, ...], tuple[Item, Reported]]
"""Where each value of each indicator was first met, by what may be given once."""
Say = Callable[..., Finding]
"""Makes the finding at the cell of one value, from a code and the values of its words."""


def settle(file: str, heading: Heading, read: list[Item], seen: Seen) -> tuple[list[Item], list[Finding]]:
    """Rows to store, and the findings; every row is in one of them at least.

    ``seen`` knows the values of the lists before.
    """
    findings: list[Finding] = []
    kept: list[Item] = []
    if "arah" not in heading.fields and read:
        findings.append(finding("IKU_TANPA_KOLOM_ARAH", file, read[0].sheet, column="arah"))
    if read and not any(item.office for item in read):
        line = f"baris {heading.row + 1}"
        return [], [finding("IKU_TANPA_OPD", file, read[0].sheet, line, banyak=len(read))]
    for item in read:
        directed, told = _directed(file, heading, item)
        if directed:
            directed, repeated = _first_told(file, heading, directed, seen)
            told = [*told, *repeated] if directed else repeated
        findings += told
        if directed:
            readable, more = _sound(file, directed)
            kept.append(readable)
            findings += [*more, *_compared(file, readable)]
            findings += [*unlike_the_formula(file, readable), *unlike_the_year(file, readable)]
    rates = [told.value.number for item in kept if item.is_percent for told in item.of("target")]
    known = [abs(rate) for rate in rates if rate is not None]
    if len(known) > 2 and max(known) <= 1:
        sheet = kept[0].sheet
        findings.append(finding("IKU_TARGET_SEMUA_PECAHAN", file, sheet, column="target", banyak=len(known)))
    return kept, [*findings, *unseen(file, kept)]


def _directed(file: str, heading: Heading, item: Item) -> tuple[Item | None, list[Finding]]:
    """The row with its direction, or nothing: without direction there is no achievement, so it is not stored."""

    def at(code: str, field: str, value: str, **values: str) -> list[Finding]:
        column = heading.fields[field]
        place = cell_name(item.row - 1, column)
        return [finding(code, file, item.sheet, place, heading.titles[column], value, **values)]

    likely = values.likely(item.name)
    if not item.name or item.office is None:
        return None, at("IKU_NAMA_KOSONG", "indikator", "", yang="nama OPD" if item.name else "nama indikator")
    if item.is_bare:
        return None, at("IKU_BARIS_TANPA_ISI", "indikator", item.name)
    if "arah" not in heading.fields:
        if likely in ("", DEFAULT):
            return replace(item, polarity=DEFAULT), []
        return None, at("IKU_ARAH_TIDAK_TERTULIS", "indikator", item.name)
    if not item.polarity:
        return None, at("IKU_ARAH_TIDAK_DIKENAL" if item.direction else "IKU_ARAH_KOSONG", "arah", item.direction)
    bounds = (values.bounded(told.value.bound) for told in item.of("target"))  # ``≥ 80``, ``maks 5``
    likely = next((way for way in bounds if way), likely)
    if likely and POLARITIES[item.polarity].sign and likely != item.polarity:
        return item, at("IKU_ARAH_TERBALIK", "arah", item.direction, indikator=item.name, polaritas=item.polarity)
    return item, []


def _first_told(file: str, heading: Heading, item: Item, seen: Seen) -> tuple[Item | None, list[Finding]]:
    """The row without values that an earlier row gave, and a finding for each; nothing of a row that is a copy."""

    def key(told: Reported) -> tuple[object, ...]:
        kind = told.measure.kind
        return item.code, kind, *told.when, told.document if kind == "target" else ""

    def where(first: Item) -> str:
        return f"baris {first.row}" + (f" lembar {first.sheet}" if first.sheet != item.sheet else "")

    def said(row: Item) -> str:
        written = [f"{value.measure.title} {value.written}" for value in row.reported if value.written]
        return ", ".join(written) or "tanpa nilai"

    told = [one for one in item.reported if one.measure.kind in ("target", "realisasi")]
    clashing = {one: seen[key(one)] for one in told if key(one) in seen}
    if told and len(clashing) == len(told):
        first, _ = next(iter(clashing.values()))
        column = heading.fields["indikator"]
        at = (file, item.sheet, cell_name(item.row - 1, column), heading.titles[column], item.name)
        return None, [finding("IKU_BARIS_SALINAN", *at, tempat=where(first), disimpan=said(first), isi=said(item))]
    for one in told:
        seen.setdefault(key(one), (item, one))
    kept = tuple(one for one in item.reported if one not in clashing)
    return replace(item, reported=kept), [
        item.finding(file, one, "IKU_NILAI_GANDA", lain=other.written or "kosong", sel=other.place, tempat=where(first))
        for one, (first, other) in clashing.items() if one.value != other.value
    ]  # fmt: skip


def _sound(file: str, item: Item) -> tuple[Item, list[Finding]]:
    """The row without values that cannot be read or that its other values contradict."""
    reported, findings = [], []
    for told in item.reported:
        value, said = _judged(told, item, partial(item.finding, file, told))
        findings += [said] if said and told.measure.kind in ("target", "realisasi") else []
        reported.append(replace(told, value=value))
    return replace(item, reported=tuple(reported)), findings


def _judged(told: Reported, item: Item, say: Say) -> tuple[Value, Finding | None]:
    """The value to store, and what to say about it."""
    value = told.value
    if value.problem:
        return Value(), say("IKU_NILAI_TIDAK_TERBACA", sebab=value.why())
    if value.letter and value.doubt and (item.is_percent or item.is_count):
        return Value(), say("IKU_BUKAN_ANGKA", satuan=item.unit)
    if told.measure.kind == "realisasi" and value.upper is not None:
        return Value(letter=value.letter), say("IKU_REALISASI_RENTANG")
    # Target and realisasi stand beside each other; a computed target only repeats the slip.
    other = {"target": "realisasi", "realisasi": "target"}.get(told.measure.kind, "")
    beside = [peer.value for peer in item.of(other) if peer.when == told.when and not peer.value.doubt]
    peers = [peer.number for peer in beside if peer.number]
    if value.doubt and value.number and value.other:
        own, otherwise = value.number, value.other
        if any(_apart(own, peer) > FAR and _apart(otherwise, peer) < NEAR for peer in peers):
            return Value(), say("IKU_NILAI_BERTENTANGAN", sebab=value.why(how_read=False))
    if item.is_count and value.other is not None and value.number and not value.number.is_integer():
        whole, part = f"{value.other:.0f}", f"{value.number:g}".replace(".", ",")
        said = say("IKU_DIBACA_BULAT", bulat=whole, pecahan=part, satuan=item.unit)
        return replace(value, number=value.other), said
    return value, say("IKU_NILAI_MERAGUKAN", sebab=value.why()) if value.doubt else _odd(told, item, peers, say)


def _odd(told: Reported, item: Item, peers: list[float], say: Say) -> Finding | None:
    """Why a value that could be read is hardly right: for its unit, as a bound, or so far from its target.

    Far from its target, a decimal mark, a fraction or a unit must be wrong.
    """
    number, is_actual = told.value.number or 0.0, told.measure.kind == "realisasi"
    if item.is_percent and abs(number) > MOST_PERCENT:
        return say("IKU_PERSEN_TIDAK_WAJAR", angka=number)
    if item.is_percent and told.is_float and 0 < abs(number) < 1 and all(abs(peer) < 2 for peer in peers):
        return say("IKU_PERSEN_PECAHAN", angka=number, persen=100 * number)
    if is_actual and told.value.bound:
        return say("IKU_REALISASI_BATAS", angka=number)
    if not (is_actual and number and peers):
        return None
    is_small = any(abs(peer) >= NEAR and _apart(number, peer) > 3 * NEAR for peer in peers)
    if item.is_percent and abs(number) <= 1 and is_small:
        return say("IKU_REALISASI_KECIL", target=peers[0])
    is_far = all(_apart(number, peer) > FAR for peer in peers)
    return say("IKU_REALISASI_JAUH", kali=FAR, target=peers[0]) if is_far else None


def _apart(one: float, other: float) -> float:
    return max(abs(one / other), abs(other / one))


def _compared(file: str, item: Item) -> list[Finding]:
    """A warning for every target and realisasi of a row that is missing, nought, or at odds with the others.

    A cell that could not be read has its own finding. The end of a range and a doubtful reading are not compared
    with the figure that the list computed.
    """
    has_target = any(told.value.number is not None for told in item.of("target"))
    found = []
    for told in [*item.of("target"), *item.of("realisasi")]:
        is_target, value, say = told.measure.kind == "target", told.value, partial(item.finding, file, told)
        is_blank = value.is_empty and told.written.lower() in MISSING
        numbers = (one for one in item.of(f"{told.measure.kind}_hitung") if one.value.number is not None)
        computed = next(numbers, None)
        shown = {"kolom": computed.measure.title, "hitungan": computed.written} if computed else {}
        if is_target and (is_blank or value.status) and _is_due(item, told):
            found.append(say("IKU_TARGET_HANYA_HITUNGAN", **shown) if shown else say("IKU_TARGET_KOSONG"))
        elif is_target and value.number == 0:
            found.append(say("IKU_TARGET_NOL"))
        elif not is_target and is_blank and told.period == "tahunan" and _is_due(item, told):
            found.append(say("IKU_REALISASI_KOSONG"))
        elif not is_target and value.letter and value.number is None and has_target:
            found.append(say("IKU_REALISASI_PREDIKAT"))
        elif computed and value.number is not None and value.upper is None:
            is_doubtful = value.doubt or computed.value.doubt
            if not is_doubtful and told.written != computed.written and value.number != computed.value.number:
                found.append(say("IKU_BERBEDA_DARI_HITUNGAN", **shown))
    return found


def _is_due(item: Item, told: Reported) -> bool:
    """Whether a blank is worth a word: not where a list of several years has begun or ended the indicator."""
    same = item.of(told.measure.kind)
    if told.period != "tahunan" and any(one.is_stated and one.period == "tahunan" for one in same):
        return False
    is_elsewhere = any(one.is_stated for one in same if one.year != told.year)
    return not is_elsewhere or told.year == max(one.year for one in same)
