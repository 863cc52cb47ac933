"""Target and realisasi of a row held against each other and against the ones that the list computed."""

from __future__ import annotations

from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.iku.items import Item, Reported
from pkanalysis.intake.values import MISSING


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
