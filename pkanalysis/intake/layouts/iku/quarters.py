"""How the quarters of a row make its year: added up, averaged, or the last one standing for it."""

from __future__ import annotations

import math
import re
from itertools import accumulate

from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.iku.items import Item, Reported
from pkanalysis.tables import PERIODS

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
