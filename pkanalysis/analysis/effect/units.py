"""From the rows of a panel to one row per unit, and the gate that stops an analysis before any number is computed.

The first time after the cut may be told as a time, a list of times, or marks on the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api import types

from pkanalysis.analysis.achievement.averages import WEIGHT, means
from pkanalysis.analysis.claims import Refusal, refused, require
from pkanalysis.analysis.effect.slopes import Floats, fittable

FEWEST, LEAST_KNOWN, MOST_CAPPED = 8, 0.8, 0.5
"""Units needed; share of rows with an original target needed; share of units at the cap that stops."""
TARGETS = "target_murni"
"""Column of the original target: looked at where the panel has it."""


@dataclass(frozen=True)
class Units:
    """Units with a size and every year, in order of their name.

    ``dose`` (N,), ``values`` (N x years, in order), ``post`` the first year after, ``kinds`` (N,) or None.
    ``known``: share (0-1) of rows with an original target, None where no target is used; ``capped``: share of
    units at the cap; ``left_out``: names of the other units; ``has_gap``: a whole year is not there;
    ``has_values``: there is any outcome at all.
    """

    dose: pd.Series
    values: pd.DataFrame
    post: Any
    kinds: pd.Series | None
    known: float | None
    capped: float
    left_out: tuple[Any, ...]
    has_gap: bool
    has_values: bool

    @cached_property
    def before(self) -> pd.DataFrame:
        """Outcome of the years before ``post`` (N x years)."""
        return self.only(self.values.columns < self.post).values

    @cached_property
    def after(self) -> pd.Series:
        """Mean outcome of the years from ``post`` on (N,)."""
        return self.only(self.values.columns >= self.post).values.mean(axis=1)

    @cached_property
    def change(self) -> Floats:
        """Outcome after minus the mean of the years before (N,)."""
        return difference(self.after, self.before.mean(axis=1))

    @property
    def table(self) -> pd.DataFrame:
        """Per unit: ``besar``, ``sebelum`` (mean of the years before), ``sesudah``, ``perubahan``."""
        sides = {"besar": self.dose, "sebelum": self.before.mean(axis=1), "sesudah": self.after}
        return pd.DataFrame(sides).assign(perubahan=self.change)

    def but(self, keep: pd.Series) -> Units:
        """The same of the units where ``keep`` is true."""
        kinds = None if self.kinds is None else self.kinds[keep]
        return replace(self, dose=self.dose[keep], values=self.values[keep], kinds=kinds)

    def only(self, keep: npt.NDArray[np.bool_]) -> Units:
        """The same of the years where ``keep`` is true."""
        return replace(self, values=self.values.loc[:, keep])


def difference(later: pd.Series, earlier: pd.Series) -> Floats:
    """``later`` - ``earlier``; what is only rounding error is zero.

    Examples
    --------
    >>> difference(pd.Series([0.3, 2.0]), pd.Series([0.1 + 0.2, 1.0])).tolist()
    [0.0, 1.0]
    """
    last, first = (np.asarray(side, dtype="float64") for side in (later, earlier))
    change = last - first
    return np.where(np.abs(change) <= 1e-12 * np.maximum(np.abs(last), np.abs(first)), 0.0, change)


def gather(
    panel: pd.DataFrame,
    outcome: str,
    dose: str,
    unit: str,
    time: str,
    post: Any,
    *,
    cap: float | None = None,
    limits: tuple[float, float] | None = None,
    targets: str | float | None = TARGETS,
    kind: str | None = None,
    item: str | None = None,
    years: Sequence[Any] | None = None,
) -> Units:
    """One row per unit from ``panel``; parameters as in :func:`pkanalysis.analysis.effect.dose_response`.

    Several rows of a unit in one year (indicators) are averaged: the unit of inference is the OPD.

    Examples
    --------
    >>> rows = pd.DataFrame({"opd": list("aabb"), "tahun": [2024, 2025] * 2, "y": [1, 2, 3, 5], "z": [0, 0, 1, 1]})
    >>> gather(rows, "y", "z", "opd", "tahun", 2025).change.tolist()
    [1.0, 2.0]
    """
    weight = WEIGHT if WEIGHT in panel else None
    rows, post, years = _rows(panel, [unit, time, outcome, dose], [kind, item, targets, weight], post, years)
    try:
        is_after: pd.Series = rows[time] >= post
    except (TypeError, ValueError):
        kinds = f"kolom {time!r} berisi {rows[time].dtype}, sedangkan post {post!r}"
        raise ValueError(f"tahun tidak dapat dibandingkan: {kinds}; samakan jenisnya") from None
    values = _numbers(rows[outcome]).clip(*(limits or (None, None)))
    if item is not None:  # only items with a value in every year
        told = rows[time].where(values.notna())
        values = values.where(told.groupby([rows[unit], rows[item]]).transform("nunique") == told.nunique())
    wide = means(rows.assign(_nilai=values), [unit, time], ["_nilai"])["_nilai"].unstack()
    wide = wide.reindex(columns=sorted(wide.columns if years is None else years))
    sizes = _numbers(rows.loc[is_after, dose]).groupby(rows[unit])
    spread = (sizes.max() - sizes.min()).fillna(0.0)
    if (spread > 1e-9 * sizes.max().abs().clip(lower=1e-300)).any():
        raise ValueError(
            f"besar pengurangan {dose!r} harus satu per unit; unit {spread.idxmax()} punya lebih dari satu"
        )
    size = sizes.first().dropna()
    whole = wide.loc[wide.notna().all(axis=1) & wide.index.isin(size.index)]
    return Units(
        dose=size.reindex(whole.index),
        values=whole,
        post=post,
        kinds=rows.groupby(unit)[kind].first().reindex(whole.index) if kind else None,
        known=_known(rows, targets, is_after),
        capped=_capped(whole.loc[:, whole.columns >= post].mean(axis=1), cap),
        left_out=tuple(wide.index.difference(whole.index)),
        has_gap=years is None and has_gap(wide.columns, post),
        has_values=bool(wide.notna().any(axis=None)),
    )


def _rows(
    panel: pd.DataFrame, columns: list[str], others: list[str | float | None], post: Any, years: Sequence[Any] | None
) -> tuple[pd.DataFrame, Any, Sequence[Any] | None]:
    """Rows with only the columns needed, in an order of their own; ``post`` and ``years`` as the times are."""
    wanted = [*dict.fromkeys(name for name in [*columns, *others] if isinstance(name, str))]
    require(panel, [name for name in wanted if name != TARGETS])
    time = panel[columns[1]]
    if isinstance(time.dtype, pd.CategoricalDtype):
        panel = panel.assign(**{columns[1]: (time := time.astype(time.cat.categories.dtype))})
    kept = None if years is None else [as_time(year, time) for year in years]
    rows = panel[[name for name in wanted if name in panel]]
    rows = rows if kept is None else rows[time.isin(kept)]
    rows = rows.sort_values(list(rows.columns), kind="stable", ignore_index=True)
    return rows, first_after(panel, columns[1], post), kept


def _numbers(column: pd.Series) -> pd.Series:
    """Float values; infinite ones are missing."""
    values = pd.to_numeric(column, errors="coerce").astype("float64")
    if (is_text := values.isna() & column.notna()).any():
        raise ValueError(f"kolom {column.name!r} harus angka; tertulis {column[is_text].iloc[0]!r}")
    return values.where(np.isfinite(values))


def _known(rows: pd.DataFrame, targets: str | float | None, is_after: pd.Series) -> float | None:
    """Share of rows with an original target, before or after the cut, whichever is smaller."""
    if not isinstance(targets, str):
        return targets
    if targets not in rows:
        return None
    column = rows[targets]
    is_known = column.fillna(False) if types.is_bool_dtype(column) else column.notna()
    return float(is_known.astype(float).groupby(is_after).mean().min())


def _capped(after: pd.Series, cap: float | None) -> float:
    """Share of units at the cap; where no cap is named, the largest value is one if half of the units share it."""
    if after.empty:
        return 0.0
    slack = 1e-9 * after.abs().max()
    if cap is not None:
        return float((after >= cap - slack).mean())
    is_top = after >= after.max() - slack
    is_yes_no = after.isin([0.0, 1.0]).all() and not is_top.all()
    return float(is_top.mean()) if is_top.sum() > 1 and not is_yes_no else 0.0


def refuse(units: Units) -> tuple[Refusal, ...]:
    """Refusals that stop the analysis of ``units``; none where it may go on.

    References
    ----------
    Rule of the data gate: at least 8 units, original targets known for 80 % of the rows, fewer than half of the
    units at the cap, every year there, sizes and changes that differ.

    Examples
    --------
    >>> rows = pd.DataFrame({"opd": list("aabb"), "tahun": [2024, 2025] * 2, "y": [1, 2, 3, 5], "z": 0.1})
    >>> [item.code for item in refuse(gather(rows, "y", "z", "opd", "tahun", 2025))]
    ['UNIT_KURANG_DARI_8', 'BESAR_PENGURANGAN_SERAGAM']
    """
    is_known = units.known is None or units.known >= LEAST_KNOWN
    has_units = len(units.dose) > 0
    is_same = has_units and _is_constant(units.dose)
    rules = {
        "REALISASI_KOSONG": not units.has_values,
        "TARGET_AWAL_TIDAK_ADA": not is_known,
        "TAHUN_TIDAK_LENGKAP": units.has_gap or (len(units.dose) < FEWEST and bool(units.left_out)),
        "UNIT_KURANG_DARI_8": len(units.dose) < FEWEST,
        "BESAR_PENGURANGAN_SERAGAM": is_same,
        "MAYORITAS_DI_BATAS_ATAS": units.capped >= MOST_CAPPED,
        "HASIL_SERAGAM": has_units and not units.before.empty and _is_constant(pd.Series(units.change), units.after),
        "PENGUNGKIT_TUNGGAL": len(units.dose) >= FEWEST and not is_same and not fittable(units.dose),
    }
    return refused(rules)


def _is_constant(values: pd.Series, scale: pd.Series | None = None) -> bool:
    size = np.abs(np.asarray(values if scale is None else scale)).max()
    return bool(np.ptp(values.to_numpy()) <= 1e-12 * max(float(size), 1e-300))


def first_after(panel: pd.DataFrame, time: str, post: Any) -> Any:
    """First time after the cut, of the kind that ``panel[time]`` has.

    Parameters
    ----------
    panel : DataFrame
    time : str
    post
        That time; or every time after; or marks (0/1, true/false) on the rows: a column's name, or a series as long
        as the panel.

    Raises
    ------
    ValueError
        Marks or a list that do not part the times into before and after.

    Examples
    --------
    >>> rows = pd.DataFrame({"tahun": [2023, 2024, 2025], "sesudah": [0, 0, 1]})
    >>> [int(first_after(rows, "tahun", post)) for post in (2025, "2025", [2025], "sesudah", rows["tahun"].eq(2025))]
    [2025, 2025, 2025, 2025, 2025]
    """
    times = panel[time]
    if isinstance(post, str) and post in panel.columns:
        return _first_marked(times, panel[post])
    if not types.is_list_like(post):
        return as_time(post, times)
    told = pd.Series(list(post), dtype=None if len(post) else "object")
    if types.is_bool_dtype(told) and not types.is_bool_dtype(times):
        return _first_marked(times, told)
    if told.empty:
        raise ValueError("tahun sesudah pengurangan tidak disebut; isi post dengan tahun pertamanya")
    named = [as_time(value, times) for value in told]
    if rest := sorted(set(times[times >= min(named)].dropna().unique()) - set(named)):
        raise ValueError(f"tahun {rest[0]} tidak disebut sebagai tahun sesudah; sebut semua, atau pilih dengan years")
    return min(named)


def _first_marked(times: pd.Series, marks: pd.Series) -> Any:
    if len(marks) != len(times):
        raise ValueError(f"tanda sesudah harus satu per baris: {len(times)} baris, tertulis {len(marks)}")
    numbers = pd.to_numeric(marks, errors="coerce").to_numpy("float64", na_value=np.nan)
    if not np.isin(numbers, (0.0, 1.0)).all():
        raise ValueError("tanda sesudah harus 0 atau 1 (true atau false) pada setiap baris")
    after, before = times[numbers == 1].dropna(), times[numbers == 0]
    if after.empty or (before >= after.min()).any():
        raise ValueError("tanda sesudah harus membagi tahun yang sama untuk semua unit: sebelum semua, lalu sesudah")
    return after.min()


def as_time(value: Any, times: pd.Series) -> Any:
    """A year given as a number or as text, of the kind that ``times`` has; anything else as it is.

    Examples
    --------
    >>> as_time(2025, pd.Series(["2024", "2025"])), as_time("2025", pd.Series([2024, 2025]))
    ('2025', 2025.0)
    """
    if isinstance(value, bool) or not isinstance(value, int | str | np.integer):
        return value
    try:
        if isinstance(times.dtype, pd.PeriodDtype):
            return pd.PeriodIndex([str(value)], dtype=times.dtype)[0]
        if types.is_datetime64_any_dtype(times):
            return pd.Timestamp(str(value))
        if types.is_numeric_dtype(times):
            return float(value) if isinstance(value, str) else value
        return str(value) if isinstance(times.dropna().iloc[0], str) else value
    except (ValueError, IndexError):
        return value


def has_gap(years: pd.Index, post: Any) -> bool:
    """Whether a year is missing for everybody: none on one side, unequal steps, or two years that are no neighbours.

    Examples
    --------
    >>> has_gap(pd.Index([2022, 2023, 2025]), 2025), has_gap(pd.Index([2023, 2024, 2025]), 2025)
    (True, False)
    """
    if not (years < post).any() or not (years >= post).any():
        return True
    if isinstance(years, pd.PeriodIndex):
        places = years.asi8.astype("float64")
    elif isinstance(years, pd.DatetimeIndex):  # by month where they are not yearly
        places = np.asarray(years.year if len(set(years.month)) == 1 else 12 * years.year + years.month, "float64")
    else:  # other names by their order
        places = pd.to_numeric(pd.Series(list(years)), errors="coerce").to_numpy("float64")
        places = np.arange(len(years), dtype="float64") if np.isnan(places).any() else places
    steps = set(np.diff(places))
    return len(steps) > 1 or (len(years) == 2 and max(steps) > 1)
