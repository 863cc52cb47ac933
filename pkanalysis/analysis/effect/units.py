"""Units, one row each: what the estimates and the checks work on.

From the rows of a panel to one row per unit.

Outcomes: what a reported change is made of, and values in their own spread before the cut.

The data gate: what stops an analysis before any number is computed.

Shares that the data gate looks at: original targets known, units at the cap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pkanalysis.analysis.claims import Refusal, refusal, require
from pkanalysis.analysis.effect.design import Floats, as_times, first_after, fittable, has_gap


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


def known(rows: pd.DataFrame, targets: str | float | None, is_after: pd.Series) -> float | None:
    """Share of rows with an original target, before or after the cut, whichever is smaller."""
    if not isinstance(targets, str):
        return targets
    if targets not in rows:
        return None
    column = rows[targets]
    is_known = column.fillna(False) if pd.api.types.is_bool_dtype(column) else column.notna()
    return float(is_known.astype(float).groupby(is_after).mean().min())


def capped(after: pd.Series, cap: float | None) -> float:
    """Share of units at the cap; where no cap is named, the largest value is one if half of the units share it."""
    if after.empty:
        return 0.0
    slack = 1e-9 * after.abs().max()
    if cap is not None:
        return float((after >= cap - slack).mean())
    is_top = after >= after.max() - slack
    is_yes_no = after.isin([0.0, 1.0]).all() and not is_top.all()
    return float(is_top.mean()) if is_top.sum() > 1 and not is_yes_no else 0.0


TARGETS = "target_murni"
"""Column of the original target: looked at where the panel has it."""


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
    rows, post, years = _sorted(panel, [unit, time, outcome, dose], [kind, item, targets], post, years)
    is_after = _is_after(rows[time], post)
    values = _numbers(rows[outcome]).clip(*(limits or (None, None)))
    values = values if item is None else values.where(_is_common(values, rows, unit, item, time))
    wide = values.groupby([rows[unit], rows[time]]).mean().unstack()
    wide = wide.reindex(columns=sorted(wide.columns if years is None else years))
    sizes = _sizes(rows[is_after], unit, dose)
    whole = wide.loc[wide.notna().all(axis=1) & wide.index.isin(sizes.index)]
    return Units(
        dose=sizes.reindex(whole.index),
        values=whole,
        post=post,
        kinds=rows.groupby(unit)[kind].first().reindex(whole.index) if kind else None,
        known=known(rows, targets, is_after),
        capped=capped(whole.loc[:, whole.columns >= post].mean(axis=1), cap),
        left_out=tuple(wide.index.difference(whole.index)),
        has_gap=years is None and has_gap(wide.columns, post),
        has_values=bool(wide.notna().any(axis=None)),
    )


def _sorted(
    panel: pd.DataFrame, columns: list[str], others: list[str | float | None], post: Any, years: Sequence[Any] | None
) -> tuple[pd.DataFrame, Any, Sequence[Any] | None]:
    """Rows with only the columns needed, in an order of their own; ``post`` and ``years`` as the times are."""
    wanted = [*dict.fromkeys(name for name in [*columns, *others] if isinstance(name, str))]
    require(panel, [name for name in wanted if name != TARGETS])
    time = panel[columns[1]]
    if isinstance(time.dtype, pd.CategoricalDtype):
        panel = panel.assign(**{columns[1]: (time := time.astype(time.cat.categories.dtype))})
    first, kept = first_after(panel, columns[1], post), None if years is None else as_times(years, time)
    rows = panel[[name for name in wanted if name in panel]]
    rows = rows if kept is None else rows[time.isin(kept)]
    return rows.sort_values(list(rows.columns), kind="stable", ignore_index=True), first, kept


def _is_after(times: pd.Series, post: Any) -> pd.Series:
    try:
        is_after: pd.Series = times >= post
    except (TypeError, ValueError):
        kinds = f"kolom {times.name!r} berisi {times.dtype}, sedangkan post {post!r}"
        raise ValueError(f"tahun tidak dapat dibandingkan: {kinds}; samakan jenisnya") from None
    return is_after


def _numbers(column: pd.Series) -> pd.Series:
    """Float values; infinite ones are missing."""
    values = pd.to_numeric(column, errors="coerce").astype("float64")
    if (is_text := values.isna() & column.notna()).any():
        raise ValueError(f"kolom {column.name!r} harus angka; tertulis {column[is_text].iloc[0]!r}")
    return values.where(np.isfinite(values))


def _is_common(values: pd.Series, rows: pd.DataFrame, unit: str, item: str, time: str) -> pd.Series:
    """Whether the item of a row has a value in every year."""
    told = rows[time].where(values.notna())
    return told.groupby([rows[unit], rows[item]]).transform("nunique") == told.nunique()


def _sizes(rows: pd.DataFrame, unit: str, dose: str) -> pd.Series:
    groups = _numbers(rows[dose]).groupby(rows[unit])
    spread = (groups.max() - groups.min()).fillna(0.0)
    if (spread > 1e-9 * groups.max().abs().clip(lower=1e-300)).any():
        raise ValueError(
            f"besar pengurangan {dose!r} harus satu per unit; unit {spread.idxmax()} punya lebih dari satu"
        )
    return groups.first().dropna()


def decompose(
    panel: pd.DataFrame, original: str, valid: str, reported: str, unit: str, time: str, post: Any
) -> pd.DataFrame:
    r"""Change of the reported achievement per unit: fixed target + change of target + cap.

    :math:`\Delta C^{rep} = \Delta C^{orig} + \Delta(C^{valid} - C^{orig}) + \Delta(C^{rep} - C^{valid})`, each
    the value after minus the mean of the years before. The second part, regressed on the size of the cut, is a
    finding of its own: lowering targets is a way in which a cut works, never a control.

    Parameters
    ----------
    panel : DataFrame
        Rows of unit x time, or finer (averaged), with achievement in per cent against the original target,
        against the valid one, and as reported. Rows where one of the three is missing are left out.
    original, valid, reported, unit, time : str
    post
        First year after the cut.

    Returns
    -------
    DataFrame
        Per unit: ``perubahan_dilaporkan``, ``target_tetap``, ``perubahan_target``, ``batas_atas`` (points); the
        last three add up to the first.

    Examples
    --------
    >>> rows = pd.DataFrame({"opd": "A", "tahun": [2024, 2025], "murni": [95.0, 80.0], "perubahan": [95.0, 110.0]})
    >>> rows["dibatasi"] = rows["perubahan"].clip(upper=100)
    >>> decompose(rows, "murni", "perubahan", "dibatasi", "opd", "tahun", 2025).iloc[0, 1:].tolist()
    [5.0, -15.0, 30.0, -10.0]
    """
    names = [unit, time, original, valid, reported]
    rows = panel[names].dropna().sort_values(names, kind="stable", ignore_index=True)
    yearly = rows.groupby([unit, time])[[original, valid, reported]].mean()
    is_after = yearly.index.get_level_values(time) >= post
    after, before = (part.groupby(level=unit).mean() for part in (yearly[is_after], yearly[~is_after]))
    change = (after - before).dropna()
    parts = {
        "perubahan_dilaporkan": change[reported],
        "target_tetap": change[original],
        "perubahan_target": change[valid] - change[original],
        "batas_atas": change[reported] - change[valid],
    }
    return pd.DataFrame(parts).reset_index()


def standardised(
    panel: pd.DataFrame, value: str, item: str, time: str, post: Any, polarity: str | None = None
) -> pd.Series:
    """Values of each item in its own mean and standard deviation of the years before ``post``, better = higher.

    Parameters
    ----------
    panel : DataFrame
    value, item, time : str
        Columns of the realisation, the indicator and the year.
    post
    polarity : str, optional
        Column ``naik_baik`` / ``turun_baik``; ``turun_baik`` is turned round, ``rentang`` is missing.

    Returns
    -------
    Series
        Index of ``panel``; missing where fewer than two values before, or no spread among them.

    Examples
    --------
    >>> rows = pd.DataFrame({"iku": "a", "tahun": [2022, 2023, 2024, 2025], "y": [1.0, 2.0, 3.0, 5.0]})
    >>> standardised(rows, "y", "iku", "tahun", 2025).tolist()
    [-1.0, 0.0, 1.0, 3.0]
    """
    before = panel[value].where(panel[time] < post).groupby(panel[item])
    mean, spread = before.transform("mean"), before.transform("std")
    kinds = pd.Series("naik_baik", panel.index) if polarity is None else panel[polarity]
    sign = kinds.map({"naik_baik": 1.0, "turun_baik": -1.0}).astype("float64")
    return sign * (panel[value] - mean) / spread.where(spread > 1e-12 * mean.abs().clip(lower=1e-300))


FEWEST = 8
LEAST_KNOWN = 0.8
MOST_CAPPED = 0.5


def refuse(units: Units) -> tuple[Refusal, ...]:
    """Refusals that stop the analysis of ``units``; none where it may go on.

    References
    ----------
    Rule of the data gate: at least 8 units, original targets known for 80 % of the rows, fewer than half of the
    units at the cap, every year there, sizes and changes that differ.

    Examples
    --------
    >>> from pkanalysis.analysis.effect.units import gather
    >>> rows = pd.DataFrame({"opd": list("aabb"), "tahun": [2024, 2025] * 2, "y": [1, 2, 3, 5], "z": 0.1})
    >>> [item.code for item in refuse(gather(rows, "y", "z", "opd", "tahun", 2025))]
    ['UNIT_KURANG_DARI_8', 'BESAR_PENGURANGAN_SERAGAM']
    """
    is_known = units.known is None or units.known >= LEAST_KNOWN
    has_units = len(units.dose) > 0
    is_same = has_units and _is_constant(units.dose)
    found = {
        "REALISASI_KOSONG": not units.has_values,
        "TARGET_AWAL_TIDAK_ADA": not is_known,
        "TAHUN_TIDAK_LENGKAP": units.has_gap or (len(units.dose) < FEWEST and bool(units.left_out)),
        "UNIT_KURANG_DARI_8": len(units.dose) < FEWEST,
        "BESAR_PENGURANGAN_SERAGAM": is_same,
        "MAYORITAS_DI_BATAS_ATAS": units.capped >= MOST_CAPPED,
        "HASIL_SERAGAM": has_units and not units.before.empty and _is_constant(pd.Series(units.change), units.after),
        "PENGUNGKIT_TUNGGAL": len(units.dose) >= FEWEST and not is_same and not fittable(units.dose),
    }
    return tuple(refusal(code) for code, is_found in found.items() if is_found)


def _is_constant(values: pd.Series, scale: pd.Series | None = None) -> bool:
    size = np.abs(np.asarray(values if scale is None else scale)).max()
    return bool(np.ptp(values.to_numpy()) <= 1e-12 * max(float(size), 1e-300))
