"""From the rows of a panel to one row per unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from pkanalysis.analysis.effect.units import Units

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
    rows = _sorted(panel, [unit, time, outcome, dose], [kind, item, targets], years)
    values = _numbers(rows[outcome]).clip(*(limits or (None, None)))
    values = values if item is None else values.where(_is_common(values, rows, unit, item, time))
    wide = values.groupby([rows[unit], rows[time]]).mean().unstack()
    wide = wide.reindex(columns=sorted(wide.columns if years is None else years))
    sizes = _sizes(rows[rows[time] >= post], unit, dose)
    whole = wide.loc[wide.notna().all(axis=1) & wide.index.isin(sizes.index)]
    return Units(
        dose=sizes.reindex(whole.index),
        values=whole,
        post=post,
        kinds=rows.groupby(unit)[kind].first().reindex(whole.index) if kind else None,
        known=_known(rows, targets),
        capped=_capped(whole.loc[:, whole.columns >= post].mean(axis=1), cap),
        left_out=tuple(wide.index.difference(whole.index)),
        has_gap=years is None and _has_gap(wide.columns, post),
        has_values=bool(wide.notna().any(axis=None)),
    )


def _sorted(
    panel: pd.DataFrame, columns: list[str], others: list[str | float | None], years: Sequence[Any] | None
) -> pd.DataFrame:
    """Rows with only the columns needed, in an order that does not depend on the order given."""
    wanted = [*dict.fromkeys(name for name in [*columns, *others] if isinstance(name, str))]
    if missing := [name for name in wanted if name not in panel and name != TARGETS]:
        raise ValueError(f"kolom {missing[0]!r} tidak ada; yang ada: {', '.join(map(str, panel.columns))}")
    rows = panel[[name for name in wanted if name in panel]]
    rows = rows if years is None else rows[rows[columns[1]].isin(list(years))]
    return rows.sort_values(list(rows.columns), kind="stable", ignore_index=True)


def _numbers(column: pd.Series) -> pd.Series:
    """Float values; infinite ones are missing."""
    values = pd.to_numeric(column).astype("float64")
    return values.where(np.isfinite(values))


def _is_common(values: pd.Series, rows: pd.DataFrame, unit: str, item: str, time: str) -> pd.Series:
    """Whether the item of a row has a value in every year."""
    known = rows[time].where(values.notna())
    return known.groupby([rows[unit], rows[item]]).transform("nunique") == known.nunique()


def _sizes(rows: pd.DataFrame, unit: str, dose: str) -> pd.Series:
    groups = _numbers(rows[dose]).groupby(rows[unit])
    spread = (groups.max() - groups.min()).fillna(0.0)
    if (spread > 1e-9 * groups.max().abs().clip(lower=1e-300)).any():
        raise ValueError(
            f"besar pengurangan {dose!r} harus satu per unit; unit {spread.idxmax()!r} punya lebih dari satu"
        )
    return groups.first().dropna()


def _known(rows: pd.DataFrame, targets: str | float | None) -> float | None:
    if not isinstance(targets, str):
        return targets
    if targets not in rows:
        return None
    column = rows[targets]
    return float((column.fillna(False) if pd.api.types.is_bool_dtype(column) else column.notna()).mean())


def _capped(after: pd.Series, cap: float | None) -> float:
    """Share of units at the cap; where no cap is named, the largest value is one if half of the units share it."""
    if after.empty:
        return 0.0
    if cap is not None:
        return float((after >= cap - 1e-9).mean())
    is_top = after >= after.max() - 1e-9
    is_yes_no = after.isin([0.0, 1.0]).all() and not is_top.all()
    return float(is_top.mean()) if is_top.sum() > 1 and not is_yes_no else 0.0


def _has_gap(years: pd.Index, post: Any) -> bool:
    """Whether a year is missing for everybody: no year on one side, or steps of unequal length."""
    if not (years < post).any() or not (years >= post).any():
        return True
    return pd.api.types.is_numeric_dtype(years) and len(set(np.diff(years.to_numpy("float64")))) > 1
