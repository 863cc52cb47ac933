"""From the rows of a panel to one row per unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from pkanalysis.analysis.effect.after import as_times, first_after
from pkanalysis.analysis.effect.gaps import has_gap
from pkanalysis.analysis.effect.shares import capped, known
from pkanalysis.analysis.effect.units import Units
from pkanalysis.analysis.given import require

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
