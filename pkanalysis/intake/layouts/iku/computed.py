"""How the quarters of a row make its year: added up, averaged, or the last one standing for it.

The achievement that a list states, held against the one that its own target and realisasi give.
"""

from __future__ import annotations

import math
import re
from itertools import accumulate

from pkanalysis.intake.findings import Finding, Severity
from pkanalysis.intake.layouts.iku.items import Item, Reported
from pkanalysis.vocabulary import PERIODS, POLARITIES

QUARTERS = tuple(period for period in PERIODS if period != "tahunan")
DEFAULT = "posisi_akhir"
_REMEDY = "periksa angka triwulan dan angka setahunnya"


def aggregation(item: Item) -> str:
    """``jumlah``, ``rata_rata`` or ``posisi_akhir``, as realisasi or target of a year show; else the last."""
    return next(iter(_shown(item)), DEFAULT)


def _shown(item: Item) -> list[str]:
    return [way for kind in ("realisasi", "target") for year in _years(item) if (way := _way(item, kind, year))]


def cumulated(item: Item) -> dict[str, float]:
    """Target to date per cell of a quarter, where the list gives targets of a quarter each."""
    found: dict[str, float] = {}
    for year in _years(item):
        told = _quarters(item, "target", year)
        if _way(item, "target", year) == "jumlah":
            found |= {one.place: total for one, total in zip(told, accumulate(map(_number, told)), strict=True)}
    return found


def findings(file: str, item: Item) -> list[Finding]:
    """A warning where four quarters and their year agree in no way, with both figures."""
    return [
        item.finding(file, annual, _rule([_number(one) for one in told]), _REMEDY)
        for kind in ("realisasi", "target")
        for year in _years(item)
        if len(told := _quarters(item, kind, year)) == len(QUARTERS)
        and (annual := _annual(item, kind, year))
        and not _way(item, kind, year)
    ]


def unseen(file: str, kept: list[Item]) -> list[Finding]:
    """One warning per list on the indicators of which no figure shows how their quarters make the year."""
    open_ones = [item for item in kept if not _shown(item) and any(map(_is_open, item.of("realisasi")))]
    if not open_ones:
        return []
    rule = (
        f"cara triwulan menjadi setahun tidak tampak dari angka {len(open_ones)} indikator, misalnya "
        f"{open_ones[0].name}; triwulan dibaca sebagai nilai sampai dengan triwulan itu"
    )
    place, remedy = f"baris {open_ones[0].row}", "bila angkanya per triwulan saja, jumlahkan dahulu"
    return [Finding("peringatan", file, kept[0].sheet, place, "", "", rule, remedy)]


def _is_open(told: Reported) -> bool:
    """Whether a heading gives a quarter and does not say that it counts to date."""
    is_to_date = re.search(r"(?i)\bs\.?\s?/?d\b|sampai", told.measure.title)
    return told.measure.period in QUARTERS and told.is_stated and not is_to_date


def ways(quarters: list[float], total: float) -> list[str]:
    """Every way in which the quarters give the total.

    Examples
    --------
    >>> ways([1, 2, 1, 0], 4), ways([25, 50, 75, 100], 100), ways([4, 4, 4, 4], 4), ways([1, 2, 3, 4], 5)
    (['jumlah'], ['posisi_akhir'], ['posisi_akhir', 'rata_rata'], [])
    """
    given = {"posisi_akhir": quarters[-1], "jumlah": sum(quarters), "rata_rata": sum(quarters) / len(quarters)}
    return [name for name, value in given.items() if math.isclose(value, total, rel_tol=1e-4, abs_tol=1e-6)]


def _way(item: Item, kind: str, year: int) -> str:
    told, annual = _quarters(item, kind, year), _annual(item, kind, year)
    if len(told) < len(QUARTERS) or annual is None:
        return ""
    found = ways([_number(one) for one in told], _number(annual))
    return "jumlah" if item.is_count and "jumlah" in found else next(iter(found), "")


def _quarters(item: Item, kind: str, year: int) -> list[Reported]:
    """Numbers of the quarters of one year and of its first document, in order."""
    told = {one.period: one for one in reversed(item.of(kind)) if one.year == year and _is_number(one)}
    return [told[quarter] for quarter in QUARTERS if quarter in told]


def _annual(item: Item, kind: str, year: int) -> Reported | None:
    told = (one for one in item.of(kind) if (one.year, one.period) == (year, "tahunan") and _is_number(one))
    return next(told, None)


def _is_number(told: Reported) -> bool:
    return told.value.number is not None and told.value.upper is None


def _number(told: Reported) -> float:
    return told.value.number or 0.0


def _years(item: Item) -> list[int]:
    return sorted({told.year for told in item.reported})


def _rule(quarters: list[float]) -> str:
    added, mean = (f"{value:g}".replace(".", ",") for value in (sum(quarters), sum(quarters) / len(quarters)))
    return f"bukan jumlah ({added}), rata-rata ({mean}) atau nilai terakhir ({quarters[-1]:g}) triwulannya"


CAPS = (100.0, 110.0, 120.0, 125.0, 150.0)
NEAR = 1.1
"""Points within which a stated figure and a computed one are the same, however either was rounded."""
_STATED_REMEDY = (
    "periksa target, realisasi dan rumus capaiannya; capaian dihitung ulang, yang tertulis disimpan sebagai pembanding"
)


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


def stated_findings(file: str, item: Item) -> list[Finding]:
    """A finding for every stated achievement that no formula of its direction gives, with both figures."""
    found = []
    for told in item.of("capaian"):
        targets, actuals = (_same(item, told, kind) for kind in ("target", "realisasi"))
        if told.value.number is None or len(actuals) != 1 or not POLARITIES[item.polarity].sign:
            continue
        known = [formulas(target, actuals[0], item.polarity) for target in targets]
        if any(known) and not any(_is(told, value) for one in known for value in one.values()):
            other = next(name for name, kind in POLARITIES.items() if kind.sign == -POLARITIES[item.polarity].sign)
            opposite = formulas(targets[-1], actuals[0], other)
            found.append(_finding(file, item, told, [one for one in known if one][-1], opposite))
    return found


def printed(item: Item, actual: Reported) -> float | None:
    """The achievement (%) that the list states beside a realisasi; a share such as 0,98 is 98 where it so fits."""
    key = (actual.year, actual.period)
    told = next((one for one in item.of("capaian") if (one.year, one.period) == key), None)
    if told is None or told.value.number is None:
        return None
    number = told.value.number
    pairs = [(aim, real) for aim in _same(item, told, "target") for real in _same(item, told, "realisasi")]
    known = [value for pair in pairs for value in formulas(*pair, item.polarity).values()]
    is_share = any(abs(100 * number - value) <= NEAR for value in known)
    is_plain = "%" in told.written or any(abs(number - value) <= NEAR for value in known)
    return 100 * number if is_share and not is_plain else number


def _same(item: Item, told: Reported, kind: str) -> list[float]:
    """The plain numbers of the same year and period, of every document that gives one."""
    return [
        other.value.number
        for other in item.of(kind)
        if (other.year, other.period) == (told.year, told.period)
        and other.value.upper is None and not other.value.doubt and other.value.number is not None
    ]  # fmt: skip


def _is(told: Reported, value: float) -> bool:
    """Whether the stated figure is the value at its own decimals, in per cent or as a fraction."""
    stated = told.value.number or 0.0
    digits = re.search(r"[.,](\d+)\D*$", told.written)
    step = 10.0 ** -len(digits[1]) if digits else 1.0
    near = max(min(step, 1.0), 0.011)
    return abs(stated - value) <= near or (
        "%" not in told.written and abs(100 * stated - value) <= 100 * min(near, 0.011)
    )


def _finding(file: str, item: Item, told: Reported, known: dict[str, float], opposite: dict[str, float]) -> Finding:
    figures = " atau ".join(f"{value:.2f} ({name})".replace(".", ",") for name, value in known.items())
    rule = f"capaian tertulis tidak sama dengan hitungan dari target dan realisasinya, {figures}"
    severity: Severity = "peringatan"
    if any(told.value.number == cap and value > cap for cap in CAPS for value in known.values()):
        severity, rule = "catatan", f"{rule}; tampaknya dibatasi {told.value.number:g}"
    elif any(_is(told, value) for value in opposite.values()):
        rule = f"{rule}; cocok bila arahnya sebaliknya"
    return Finding(severity, file, item.sheet, told.place, told.measure.title, told.written, rule, _STATED_REMEDY)
