"""Outturn against the original budget as PEFA 2016 measures it: PI-1 (total) and PI-2.1 (composition)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from pkanalysis import reference
from pkanalysis.analysis.claims import Refusal, refusal

YEARS, ENOUGH = 3, 2
HEADS, HELD = 20, 0.75


@dataclass(frozen=True)
class Outturn:
    """Deviations per completed year, and letters where three are there.

    ``rows``: ``tahun``, ``anggaran_rp``, ``realisasi_rp``, ``pi_1_pct`` (spending of the original budget),
    ``pi_2_pct`` (composition variance). ``pi_1``, ``pi_2``: letter, "" where ``refusals`` say why.
    """

    rows: pd.DataFrame
    pi_1: str
    pi_2: str
    refusals: tuple[Refusal, ...]


def outturn(heads: pd.DataFrame, contingency: Sequence[str] = ()) -> Outturn:
    r"""PI-1 and PI-2.1 over completed years.

    PI-1 = spending / original budget. PI-2.1 takes out what the total did: with
    :math:`a_i = b_i \cdot \sum r / \sum b`, it is :math:`\sum |r_i - a_i| / \sum a_i`, without contingency
    and interest. Of more than 20 heads the largest stay (20, or as many as hold 75 % of the budget), the
    others are one line.

    Parameters
    ----------
    heads : DataFrame
        Per completed ``tahun`` and ``kepala`` (function, or OPD): ``anggaran_rp`` (original, murni) and
        ``realisasi_rp``.
    contingency : sequence of str
        Heads left out of PI-2.1 (belanja tidak terduga, bunga).

    References
    ----------
    PEFA 2016 framework: PI-1, dimension 1.1; PI-2.1: https://www.pefa.org/node/4627 (letters),
    https://www.pefa.org/node/4765 (adjustment and heads).

    Examples
    --------
    >>> heads = pd.DataFrame({"tahun": [2023, 2023, 2024, 2024, 2025, 2025], "kepala": list("xyxyxy"),
    ...     "anggaran_rp": [50, 50, 50, 50, 50, 50], "realisasi_rp": [45, 45, 50, 48, 60, 40]})
    >>> found = outturn(heads)
    >>> found.rows["pi_2_pct"].round(1).tolist(), found.pi_2, found.pi_1
    ([0.0, 2.0, 20.0], 'A', 'A')
    """
    years = heads.groupby("tahun")[["anggaran_rp", "realisasi_rp"]].sum().sort_index()
    base = years["anggaran_rp"].astype("float64")
    rows = years.assign(pi_1_pct=100 * years["realisasi_rp"] / base.where(base > 0))
    rows["pi_2_pct"] = pd.Series({
        year: _variance(own[~own["kepala"].isin(list(contingency))]) for year, own in heads.groupby("tahun")
    })  # fmt: skip
    last = rows.dropna().tail(YEARS)
    is_enough = len(last) == YEARS and int(last.index.max()) - int(last.index.min()) == YEARS - 1
    if not is_enough:
        return Outturn(rows.reset_index(), "", "", (refusal("PEFA_TAHUN_KURANG_3"),))
    pi_1 = _letter([last["pi_1_pct"].between(low, high) for low, high in reference.pefa_outturn()])
    pi_2 = _letter([last["pi_2_pct"].lt(limit) for limit in reference.pefa_composition()])
    return Outturn(rows.reset_index(), pi_1, pi_2, ())


def _variance(own: pd.DataFrame) -> float:
    sums = own.groupby("kepala")[["anggaran_rp", "realisasi_rp"]].sum().astype("float64")
    sums = sums.sort_values("anggaran_rp", ascending=False, kind="stable")
    held = sums["anggaran_rp"].cumsum() / sums["anggaran_rp"].sum()
    kept = max(HEADS, int((held < HELD).sum()) + 1)
    lines = pd.concat([sums.iloc[:kept], sums.iloc[kept:].sum().to_frame().T])
    budget, spent = lines["anggaran_rp"], lines["realisasi_rp"]
    if budget.sum() <= 0 or spent.sum() <= 0:
        return float("nan")
    adjusted = budget * spent.sum() / budget.sum()
    return float(100 * (spent - adjusted).abs().sum() / adjusted.sum())


def _letter(met: list[pd.Series]) -> str:
    """The best of A, B, C that at least two of the three years meet; else D."""
    return next((letter for letter, years in zip("ABC", met, strict=False) if years.sum() >= ENOUGH), "D")
