"""Values that a list gives more than once: the first is stored, the others are named with both figures."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.iku.items import Item, Reported

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
