"""Goodman-Bacon decomposition of a two-way fixed-effects slope with staggered starts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pandas as pd

KINDS = ("treated_vs_never", "earlier_vs_later", "later_vs_earlier", "later_vs_always")


def bacon(panel: pd.DataFrame, outcome: str, treatment: str, unit: str, time: str) -> pd.DataFrame:
    """Weights and estimates of the 2x2 comparisons behind the slope on a 0/1 treatment that stays on.

    Parameters
    ----------
    panel : DataFrame
        Balanced: one row per unit and time, no value missing.
    outcome, treatment, unit, time : str

    Returns
    -------
    DataFrame
        ``tipe`` (see :data:`KINDS`), ``bobot`` (weights, sum 1) and ``est``; sum(bobot x est) is the slope.

    Raises
    ------
    ValueError
        The panel is not balanced, or a treatment is switched off again.

    References
    ----------
    Goodman-Bacon (2021), doi:10.1016/j.jeconom.2021.03.014, equations 7 and 10.

    Examples
    --------
    >>> rows = pd.DataFrame({"u": list("aabb"), "t": [1, 2] * 2, "d": [0, 1, 0, 0], "y": [1.0, 4, 2, 3]})
    >>> bacon(rows, "y", "d", "u", "t").values.tolist()
    [['treated_vs_never', 1.0, 2.0]]
    """
    values, treated = (panel.pivot(index=unit, columns=time, values=name).sort_index() for name in (outcome, treatment))
    if values.isna().any(axis=None) or (treated.diff(axis=1).iloc[:, 1:] < 0).any(axis=None):
        raise ValueError("panel harus lengkap dan perlakuan tidak boleh berhenti")
    starts = treated.shape[1] - treated.gt(0).sum(axis=1)
    means = {int(start): rows.mean().to_numpy() for start, rows in values.groupby(starts)}
    shares = starts.value_counts(normalize=True)
    pairs = [row for early, late in combinations(sorted(means), 2) for row in _pair(early, late, means, shares)]
    table = pd.DataFrame(pairs, columns=["tipe", "bobot", "est"])
    table = table[table["bobot"] > 0].assign(bobot=lambda rows: rows["bobot"] / rows["bobot"].sum())
    sums = table.assign(est=table["bobot"] * table["est"]).groupby("tipe")[["bobot", "est"]].sum()
    sums = sums.assign(est=sums["est"] / sums["bobot"]).reindex([kind for kind in KINDS if kind in sums.index])
    return sums.reset_index()


def _pair(early: int, late: int, means: dict[int, np.ndarray], shares: pd.Series) -> Iterator[tuple[str, float, float]]:
    """The two comparisons of a group that starts at ``early`` with one that starts at ``late``.

    Starts are places in time: 0 = always treated, T = never.
    """
    first, last, periods = means[early], means[late], len(means[early])
    both = shares[early] + shares[late]
    size = both**2 * (shares[early] / both) * (shares[late] / both)
    treated_early, treated_late = 1 - early / periods, 1 - late / periods
    before, middle, after = slice(0, early), slice(early, late), slice(late, periods)
    if early > 0:
        weight = size * (treated_early - treated_late) * (1 - treated_early)
        kind = "treated_vs_never" if late == periods else "earlier_vs_later"
        yield kind, weight, _double(first, last, middle, before)
    if late < periods:
        weight = size * treated_late * (treated_early - treated_late)
        kind = "later_vs_always" if early == 0 else "later_vs_earlier"
        yield kind, weight, _double(last, first, after, middle)


def _double(treated: np.ndarray, control: np.ndarray, later: slice, earlier: slice) -> float:
    change = treated - control
    return float(change[later].mean() - change[earlier].mean())
