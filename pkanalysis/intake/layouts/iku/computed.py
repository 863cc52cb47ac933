"""Figures that follow from others in a row: the year from its quarters, the achievement from target and realisasi."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.layouts.iku.items import Item, Reported
from pkanalysis.vocabulary import POLARITIES, QUARTERS

_TO_DATE = re.compile(r"(?i)\bs\.?\s?/?d\b|sampai")
CAPS = (100.0, 110.0, 120.0, 125.0, 150.0)
NEAR = 1.1
"""Points within which a stated figure and a computed one are the same, however either was rounded."""


def ways(quarters: list[float], total: float) -> list[str]:
    """Every way in which the quarters give the total.

    Examples
    --------
    >>> ways([1, 2, 1, 0], 4), ways([25, 50, 75, 100], 100), ways([4, 4, 4, 4], 4), ways([1, 2, 3, 4], 5)
    (['jumlah'], ['posisi_akhir'], ['posisi_akhir', 'rata_rata'], [])
    """
    given = {"posisi_akhir": quarters[-1], "jumlah": sum(quarters), "rata_rata": sum(quarters) / len(quarters)}
    return [name for name, value in given.items() if math.isclose(value, total, rel_tol=1e-4, abs_tol=1e-6)]


@dataclass(frozen=True)
class _Year:
    """Plain numbers of a year: of the quarters of its first document, of the whole, and how these agree (or empty)."""

    quarters: list[Reported]
    numbers: list[float]
    annual: Reported | None
    way: str


def _years(item: Item, kind: str) -> Iterator[_Year]:
    plain = [one for one in item.of(kind) if one.value.number is not None and one.value.upper is None]
    for year in sorted({told.year for told in item.reported}):
        told = {one.period: one for one in reversed(plain) if one.year == year}
        quarters, annual = [told[quarter] for quarter in QUARTERS if quarter in told], told.get("tahunan")
        numbers = [one.value.number or 0.0 for one in quarters]
        found = ways(numbers, annual.value.number or 0.0) if annual and len(numbers) == len(QUARTERS) else []
        way = "jumlah" if item.is_count and "jumlah" in found else next(iter(found), "")
        yield _Year(quarters, numbers, annual, way)


def aggregation(item: Item, otherwise: str = "posisi_akhir") -> str:
    """``jumlah``, ``rata_rata`` or ``posisi_akhir``, as realisasi, or else target, of a year show; else the last."""
    found = (year.way for kind in ("realisasi", "target") for year in _years(item, kind))
    return next(filter(None, found), otherwise)


def cumulated(item: Item) -> dict[str, float]:
    """Target to date per cell of a quarter, where the list gives targets of a quarter each."""
    added = [year for year in _years(item, "target") if year.way == "jumlah"]
    pairs = (
        (told, total) for year in added for told, total in zip(year.quarters, accumulate(year.numbers), strict=True)
    )
    return {told.place: total for told, total in pairs}


def unlike_the_year(file: str, item: Item) -> list[Finding]:
    """A warning where four quarters and their year agree in no way, with both figures."""
    found = []
    for year in [*_years(item, "realisasi"), *_years(item, "target")]:
        if year.annual and len(year.numbers) == len(QUARTERS) and not year.way:
            total, last = sum(year.numbers), year.numbers[-1]
            added, mean = (f"{value:g}".replace(".", ",") for value in (total, total / len(QUARTERS)))
            values = {"jumlah": added, "rata_rata": mean}
            found.append(item.finding(file, year.annual, "IKU_SETAHUN_TIDAK_COCOK", **values, terakhir=last))
    return found


def unseen(file: str, kept: list[Item]) -> list[Finding]:
    """One warning per list on the indicators of which no figure shows how their quarters make the year.

    A heading that says "sampai dengan" leaves nothing open.
    """
    opened = []
    for item in kept:
        told = [one for one in item.of("realisasi") if one.measure.period in QUARTERS and one.is_stated]
        if not all(_TO_DATE.search(one.measure.title) for one in told) and not aggregation(item, ""):
            opened.append(item)
    code, sheet = "IKU_CARA_TRIWULAN_TIDAK_TAMPAK", kept[0].sheet if kept else ""
    return [
        finding(code, file, sheet, f"baris {first.row}", banyak=len(opened), indikator=first.name)
        for first in opened[:1]
    ]


def formulas(target: float, actual: float, polarity: str) -> dict[str, float]:
    """Achievement (%) by every formula in use for a direction; none where it is not defined.

    Examples
    --------
    >>> formulas(80, 84, "naik_baik"), formulas(10, 8, "turun_baik")
    ({'R/T': 105.0}, {'(2T-R)/T': 120.0, 'T/R': 125.0})
    >>> formulas(0, 8, "naik_baik")
    {}
    """
    if not target:
        return {}
    if POLARITIES[polarity].sign > 0:
        return {"R/T": 100 * actual / target}
    found = {"(2T-R)/T": 100 * (2 * target - actual) / target}
    return found | ({"T/R": 100 * target / actual} if actual else {})


def _beside(item: Item, told: Reported, kind: str) -> list[float]:
    """The plain numbers of the same year and period, of every document that gives one."""
    others = [(other.when, other.value) for other in item.of(kind)]
    return [
        value.number
        for when, value in others
        if when == told.when and value.number is not None and value.upper is None and not value.doubt
    ]


def printed(item: Item, actual: Reported) -> float | None:
    """The achievement (%) that the list states beside a realisasi; a share such as 0,98 is 98 where it so fits."""
    told = next((one for one in item.of("capaian") if one.when == actual.when), None)
    if told is None or told.value.number is None:
        return None
    number = told.value.number
    pairs = [(aim, real) for aim in _beside(item, told, "target") for real in _beside(item, told, "realisasi")]
    known = [value for pair in pairs for value in formulas(*pair, item.polarity).values()]
    is_share = any(abs(100 * number - value) <= NEAR for value in known)
    is_plain = "%" in told.written or any(abs(number - value) <= NEAR for value in known)
    return 100 * number if is_share and not is_plain else number


def unlike_the_formula(file: str, item: Item) -> list[Finding]:
    """A finding for every stated achievement that no formula of its direction gives, with both figures."""
    found = []
    for told in item.of("capaian"):
        targets, actuals = (_beside(item, told, kind) for kind in ("target", "realisasi"))
        sign = POLARITIES[item.polarity].sign
        if told.value.number is None or len(actuals) != 1 or not sign:
            continue
        known = [values for target in targets if (values := formulas(target, actuals[0], item.polarity))]
        if not known or any(_is(told, value) for values in known for value in values.values()):
            continue
        last, cap = known[-1], told.value.number
        figures = " atau ".join(f"{value:.2f} ({name})".replace(".", ",") for name, value in last.items())
        turned = next(name for name, polarity in POLARITIES.items() if polarity.sign == -sign)
        opposite = formulas(targets[-1], actuals[0], turned)
        if cap in CAPS and any(value > cap for value in last.values()):
            found.append(item.finding(file, told, "IKU_CAPAIAN_DIBATASI", hitungan=figures, batas=cap))
        elif any(_is(told, value) for value in opposite.values()):
            found.append(item.finding(file, told, "IKU_CAPAIAN_ARAH_SEBALIKNYA", hitungan=figures))
        else:
            found.append(item.finding(file, told, "IKU_CAPAIAN_BERBEDA", hitungan=figures))
    return found


def _is(told: Reported, value: float) -> bool:
    """Whether the stated figure is the value at its own decimals, in per cent or as a fraction."""
    stated = told.value.number or 0.0
    digits = re.search(r"[.,](\d+)\D*$", told.written)
    near = max(min(10.0 ** -len(digits[1]) if digits else 1.0, 1.0), 0.011)
    is_fraction = "%" not in told.written and abs(100 * stated - value) <= 100 * min(near, 0.011)
    return abs(stated - value) <= near or is_fraction
