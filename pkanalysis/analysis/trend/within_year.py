"""Within the year: what is there so far, beside the same quarters of last year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pkanalysis.analysis.achievement import annual
from pkanalysis.analysis.achievement.formulas import Floats, as_input, percent
from pkanalysis.analysis.achievement.numerals import figure
from pkanalysis.analysis.claims import Level, Refusal, refusal
from pkanalysis.periods import QUARTERS


@dataclass(frozen=True)
class YearToDate:
    """Figures to the end of ``period`` (empty when no quarter is there), in the indicator's unit.

    ``last_year`` to the same quarter; ``difference`` = value - last_year; ``share_last_year`` (0-1): how much of
    last year's end had been reached by then (only sums and cumulative values). ``achievement`` (%) against the
    target to the same quarter. ``annual`` is missing until all quarters are in: a part of a year is never
    stretched to a year.
    """

    period: str
    value: float
    last_year: float
    difference: float
    share_last_year: float
    achievement: float
    annual: float
    claim: Level
    refusals: tuple[Refusal, ...]
    sentence: str


def year_to_date(
    quarters: Any, last_year: Any, aggregation: str, polarity: str, target_to_date: float | None = None
) -> YearToDate:
    """The year so far against last year's profile and the target to the same quarter.

    Parameters
    ----------
    quarters, last_year : sequence of four floats
        As in :func:`pkanalysis.achievement.annual`; missing quarters are ``None`` or ``NaN``.
    aggregation : {"jumlah", "rata_rata", "posisi_akhir", "kumulatif"}
    polarity : {"naik_baik", "turun_baik", "rentang"}
    target_to_date : float, optional
        Target to the end of the last quarter that is there.

    Examples
    --------
    >>> found = year_to_date([10, 15, 20, None], [12, 14, 18, 20], "jumlah", "naik_baik", target_to_date=40)
    >>> found.value, found.last_year, found.achievement, found.annual, found.refusals[0].code
    (45.0, 44.0, 112.5, nan, 'TRIWULAN_TIDAK_LENGKAP')
    >>> found.sentence
    'Sampai TW3: 45 (112,5% dari target sampai TW3); sampai triwulan yang sama tahun lalu 44.'
    """
    now, before = _four(quarters), _four(last_year)
    count = int(np.flatnonzero(~np.isnan(now)).max(initial=-1)) + 1
    value = annual(now[:count], aggregation) if count else float("nan")
    past = annual(before[:count], aggregation) if count else float("nan")
    end = annual(before, aggregation)
    reached = percent(value, target_to_date, polarity) if target_to_date is not None else float("nan")
    year = annual(now, aggregation) if not np.isnan(now).any() else float("nan")
    period = QUARTERS[count - 1] if count else ""
    return YearToDate(
        period=period,
        value=value,
        last_year=past,
        difference=value - past,
        share_last_year=past / end if aggregation in ("jumlah", "kumulatif") and end > 0 else float("nan"),
        achievement=reached,
        annual=year,
        claim="L1" if np.isfinite(value) else "L0",
        refusals=_refusals(count, value, year),
        sentence=_sentence(period, value, past, reached),
    )


def _four(quarters: Any) -> Floats:
    given = as_input(list(quarters))[0]
    if len(given) != len(QUARTERS):
        raise ValueError(f"triwulan harus empat (yang belum ada: kosong); yang diberikan {len(given)}")
    return given


def _refusals(count: int, value: float, year: float) -> tuple[Refusal, ...]:
    if not count:
        return (refusal("REALISASI_KOSONG"),)
    return (refusal("TRIWULAN_TIDAK_LENGKAP"),) if np.isnan(year) or np.isnan(value) else ()


def _sentence(period: str, value: float, past: float, reached: float) -> str:
    if not period:
        return "Belum ada realisasi tahun ini."
    if np.isnan(value):
        return f"Nilai sampai {period} belum dapat dihitung karena ada triwulan sebelumnya yang kosong."
    aim = f" ({figure(reached, 1)}% dari target sampai {period})" if np.isfinite(reached) else ""
    beside = f"; sampai triwulan yang sama tahun lalu {figure(past)}" if np.isfinite(past) else ""
    return f"Sampai {period}: {figure(value)}{aim}{beside}."
