"""Shares that the data gate looks at: original targets known, units at the cap."""

from __future__ import annotations

import pandas as pd


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
