"""Values of a row that can be stored, and why the others cannot or may be wrong."""

from __future__ import annotations

from dataclasses import replace

from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.iku.items import Item, Reported
from pkanalysis.intake.values import Value

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
