"""What is wrong or doubtful in a list of indicators, row by row; and which rows and values may be stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from pkanalysis.intake import values
from pkanalysis.intake.book import cell_name
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.layouts.iku.headings import Heading
from pkanalysis.intake.layouts.iku.items import Item, Reported, contradicted, unseen
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
        if directed is None:
            continue
        reported = []  # without values that cannot be read or that the other values of the row contradict
        for one in directed.reported:
            value, said = _judged(one, directed, partial(item.finding, file, one))
            findings += [said] if said and one.measure.kind in ("target", "realisasi") else []
            reported.append(replace(one, value=value))
        kept.append(replace(directed, reported=tuple(reported)))
        findings += [*_compared(file, kept[-1]), *contradicted(file, kept[-1])]
    rates = [told.value.number for item in kept if item.scale == "persen" for told in item.of("target")]
    known = [abs(rate) for rate in rates if rate is not None]
    if len(known) > 2 and max(known) <= 1:
        sheet = kept[0].sheet
        findings.append(finding("IKU_TARGET_SEMUA_PECAHAN", file, sheet, column="target", banyak=len(known)))
    return kept, [*findings, *unseen(file, kept)]


def _directed(file: str, heading: Heading, item: Item) -> tuple[Item | None, list[Finding]]:
    """The row with its direction, or nothing: without direction there is no achievement, so it is not stored."""
    at = {
        field: (file, item.sheet, cell_name(item.row - 1, column), heading.titles[column])
        for field, column in heading.fields.items()
    }
    likely, name = values.likely(item.name), (*at["indikator"], item.name)
    if not item.name or item.office is None:
        what = "nama OPD" if item.name else "nama indikator"
        return None, [finding("IKU_NAMA_KOSONG", *at["indikator"], yang=what)]
    if item.is_bare:
        return None, [finding("IKU_BARIS_TANPA_ISI", *name)]
    if "arah" not in heading.fields:
        if likely in ("", DEFAULT):
            return replace(item, polarity=DEFAULT), []
        return None, [finding("IKU_ARAH_TIDAK_TERTULIS", *name)]
    direction = (*at["arah"], item.direction)
    if not item.polarity:
        return None, [finding("IKU_ARAH_TIDAK_DIKENAL" if item.direction else "IKU_ARAH_KOSONG", *direction)]
    bounds = (values.bounded(told.value.bound) for told in item.of("target"))  # ``≥ 80``, ``maks 5``
    likely = next((way for way in bounds if way), likely)
    if likely and POLARITIES[item.polarity].sign and likely != item.polarity:
        turned = finding("IKU_ARAH_TERBALIK", *direction, indikator=item.name, polaritas=item.polarity)
        return item, [turned]
    return item, []


def _first_told(file: str, heading: Heading, item: Item, seen: Seen) -> tuple[Item | None, list[Finding]]:
    """The row without values that an earlier row gave, and a finding for each; nothing of a row that is a copy."""
    keys: dict[Reported, tuple[object, ...]] = {}
    for one in item.reported:
        if (kind := one.measure.kind) in ("target", "realisasi"):
            keys[one] = (item.code, kind, *one.when, one.document if kind == "target" else "")
    clashing = {one: seen[key] for one, key in keys.items() if key in seen}
    where = {
        one: f"baris {first.row}" + (f" lembar {first.sheet}" if first.sheet != item.sheet else "")
        for one, (first, _) in clashing.items()
    }
    if keys and len(clashing) == len(keys):
        one, (first, _) = next(iter(clashing.items()))
        column = heading.fields["indikator"]
        at = (file, item.sheet, cell_name(item.row - 1, column), heading.titles[column], item.name)
        written = ([f"{each.measure.title} {each.written}" for each in row.reported if each.written]
                   for row in (first, item))  # fmt: skip
        stored, own = (", ".join(words) or "tanpa nilai" for words in written)
        return None, [finding("IKU_BARIS_SALINAN", *at, tempat=where[one], disimpan=stored, isi=own)]
    for one, key in keys.items():
        seen.setdefault(key, (item, one))
    kept = tuple(one for one in item.reported if one not in clashing)
    return replace(item, reported=kept), [
        item.finding(file, one, "IKU_NILAI_GANDA", lain=other.written or "kosong", sel=other.place, tempat=where[one])
        for one, (_, other) in clashing.items() if one.value != other.value
    ]  # fmt: skip


def _judged(told: Reported, item: Item, say: Say) -> tuple[Value, Finding | None]:
    """The value to store, and what to say about it."""
    value = told.value
    if value.problem:
        return Value(), say("IKU_NILAI_TIDAK_TERBACA", sebab=value.why())
    if value.letter and value.doubt and item.scale:
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
    if item.scale == "cacah" and value.other is not None and value.number and not value.number.is_integer():
        whole, part = f"{value.other:.0f}", f"{value.number:g}".replace(".", ",")
        said = say("IKU_DIBACA_BULAT", bulat=whole, pecahan=part, satuan=item.unit)
        return replace(value, number=value.other), said
    return value, say("IKU_NILAI_MERAGUKAN", sebab=value.why()) if value.doubt else _odd(told, item, peers, say)


def _odd(told: Reported, item: Item, peers: list[float], say: Say) -> Finding | None:
    """Why a value that could be read is hardly right: for its unit, as a bound, or so far from its target.

    Far from its target, a decimal mark, a fraction or a unit must be wrong.
    """
    number, is_actual = told.value.number or 0.0, told.measure.kind == "realisasi"
    if item.scale == "persen" and abs(number) > MOST_PERCENT:
        return say("IKU_PERSEN_TIDAK_WAJAR", angka=number)
    if item.scale == "persen" and told.is_float and 0 < abs(number) < 1 and all(abs(peer) < 2 for peer in peers):
        return say("IKU_PERSEN_PECAHAN", angka=number, persen=100 * number)
    if is_actual and told.value.bound:
        return say("IKU_REALISASI_BATAS", angka=number)
    if not (is_actual and number and peers):
        return None
    is_small = any(abs(peer) >= NEAR and _apart(number, peer) > 3 * NEAR for peer in peers)
    if item.scale == "persen" and abs(number) <= 1 and is_small:
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
