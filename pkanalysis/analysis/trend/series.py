"""The points of one indicator that may be compared: in order of year, without gaps in meaning."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from pkanalysis.analysis.achievement.formulas import Floats, as_input
from pkanalysis.analysis.claims import Refusal, refusal


@dataclass(frozen=True)
class Points:
    """Comparable points: ``years`` ascending, ``values`` in the indicator's unit, both of shape (n,).

    ``refusals`` holds ``DEFINISI_BERUBAH`` where earlier points were set aside.
    """

    years: Floats
    values: Floats
    refusals: tuple[Refusal, ...] = ()

    @property
    def n(self) -> int:
        """Number of comparable points."""
        return len(self.years)

    @property
    def span(self) -> str:
        """First and last year, ``2019–2025``."""
        return f"{self.years[0]:.0f}–{self.years[-1]:.0f}"


def comparable(years: Any, values: Any, breaks: Collection[float] = ()) -> Points:
    """Points in order of year, without missing ones, since the last break.

    Parameters
    ----------
    years, values : sequence of float, same length
        Missing values (``None``, ``NaN``, ``"-"``) are left out: missing is not zero.
    breaks : collection of int
        Years from which another definition or unit holds. The series restarts there.

    Raises
    ------
    ValueError
        Unequal lengths, or two values for one year.

    Examples
    --------
    >>> points = comparable([2023, 2021, 2022, 2024], [70, 60, None, 71], breaks=[2023])
    >>> points.years.tolist(), points.refusals[0].code
    ([2023.0, 2024.0], 'DEFINISI_BERUBAH')
    """
    when, what = _ordered(years, values)
    started = [float(year) for year in as_input(list(breaks))[0] if (when >= year).any()]
    is_current = when >= max(started, default=-np.inf)
    refusals = () if is_current.all() else (refusal("DEFINISI_BERUBAH"),)
    return Points(when[is_current], what[is_current], refusals)


def breaks_of(years: Sequence[float], definitions: Sequence[Any]) -> list[float]:
    """Years in which the definition (or unit) differs from the year before; unstated ones are skipped.

    Examples
    --------
    >>> breaks_of([2021, 2022, 2023, 2024], ["lama", "lama", None, "baru"])
    [2024]
    """
    stated = sorted((year, text) for year, text in zip(years, definitions, strict=True) if not pd.isna(text))
    return [year for (_, before), (year, text) in pairwise(stated) if text != before]


def _ordered(years: Any, values: Any) -> tuple[Floats, Floats]:
    when, what = as_input(years)[0], as_input(values)[0]
    if when.shape != what.shape:
        raise ValueError(f"tahun ada {when.size}, nilai ada {what.size}; keduanya harus sama banyak")
    is_there = np.isfinite(when) & np.isfinite(what)
    order = np.argsort(when[is_there], kind="stable")
    when, what = when[is_there][order], what[is_there][order]
    if len(twice := when[1:][when[1:] == when[:-1]]):
        raise ValueError(f"tahun {twice[0]:.0f} mempunyai lebih dari satu nilai; pilih satu")
    return when, what
