"""Absorption (serapan): spending to date against the ceiling in force, the original one, and the cash plan.

Spending against the same month last year, and the semester-I prognosis as plain arithmetic.

Outturn against the original budget as PEFA 2016 measures it: PI-1 (total) and PI-2.1 (composition).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from pkanalysis import reference
from pkanalysis.analysis.claims import Refusal, refusal

__all__ = ["Absorption", "by_month", "to_date"]


@dataclass(frozen=True)
class Absorption:
    """Spending to the end of ``month``; amounts in whole rupiah, ``None`` where nothing was delivered.

    ``last_month`` is the last month with spending data. Where it comes before ``month``, the plan is
    summed to that month too, so that the two are compared over the same months.
    """

    month: int
    realised_rp: int | None
    planned_rp: int | None
    original_rp: int | None
    current_rp: int | None
    last_month: int | None

    @property
    def is_complete(self) -> bool:
        """Whether there are spending data up to ``month``."""
        return self.last_month is not None and self.last_month >= self.month

    @property
    def rate(self) -> float | None:
        """Per cent of the ceiling in force on the data date."""
        return _share(self.realised_rp, self.current_rp)

    @property
    def rate_original(self) -> float | None:
        """Per cent of the original ceiling (murni)."""
        return _share(self.realised_rp, self.original_rp)

    @property
    def plan_rate(self) -> float | None:
        """Cash plan to date, per cent of the ceiling in force."""
        return _share(self.planned_rp, self.current_rp)

    @property
    def gap_points(self) -> float | None:
        """Spending minus plan, in points of the ceiling in force; negative = behind."""
        return None if self.rate is None or self.plan_rate is None else self.rate - self.plan_rate


def to_date(
    spending: pd.DataFrame, plan: pd.DataFrame, month: int, original_rp: int | None, current_rp: int | None
) -> Absorption:
    """Spending and cash plan of one year summed to the end of ``month``.

    Parameters
    ----------
    spending, plan : DataFrame
        Rows of ``realisasi_anggaran`` and ``rencana_kas`` of one year (``bulan`` 1-12, not cumulative).
    month : int
        Last month, 1-12.
    original_rp, current_rp : int or None
        Ceilings: murni, and the one in force on the data date.

    Examples
    --------
    >>> spent = pd.DataFrame({"bulan": [1, 2, 4], "realisasi_rp": [10, 20, 99]})
    >>> plan = pd.DataFrame({"bulan": [1, 3], "rencana_rp": [20, 20]})
    >>> to_date(spent, plan, 3, 200, 100).rate, to_date(spent, plan, 3, 200, 100).gap_points
    (30.0, -10.0)
    >>> to_date(spent[:2], plan, 3, 200, 100).gap_points  # no data for March: compared to February
    10.0
    """
    last = None if spending.empty else int(spending["bulan"].max())
    return Absorption(
        month=month,
        realised_rp=_sum(spending, "realisasi_rp", month),
        planned_rp=_sum(plan, "rencana_rp", month if last is None else min(month, last)),
        original_rp=original_rp,
        current_rp=current_rp,
        last_month=last,
    )


def by_month(spending: pd.DataFrame, plan: pd.DataFrame, month: int, ceiling_rp: int | None = None) -> pd.DataFrame:
    """Cumulative spending and plan for months 1 to ``month``; missing after the last month with data.

    Parameters
    ----------
    spending, plan : DataFrame
        As for :func:`to_date`.
    month : int
        Last month, 1-12.
    ceiling_rp : int, optional
        Ceiling that the shares are of.

    Returns
    -------
    DataFrame
        ``bulan``, ``realisasi_rp``, ``rencana_rp``, and in per cent of the ceiling ``realisasi_pct``
        and ``rencana_pct`` (missing without a ceiling).

    Examples
    --------
    >>> spent = pd.DataFrame({"bulan": [1, 2], "realisasi_rp": [10, 20]})
    >>> by_month(spent, pd.DataFrame({"bulan": [], "rencana_rp": []}), 3)["realisasi_rp"].tolist()
    [10, 30, <NA>]
    """
    months = pd.RangeIndex(1, month + 1, name="bulan")
    columns = {"realisasi_rp": spending, "rencana_rp": plan}
    sums = {name: frame.groupby("bulan")[name].sum().reindex(months, fill_value=0) for name, frame in columns.items()}
    totals = pd.DataFrame(sums).cumsum().astype("Int64")
    for name, frame in columns.items():
        totals.loc[months > (frame["bulan"].max() if len(frame) else 0), name] = pd.NA
    shares = 100 * totals.astype("Float64") / (ceiling_rp or float("nan"))
    shares.columns = pd.Index(["realisasi_pct", "rencana_pct"])
    return totals.join(shares).reset_index()


def _sum(frame: pd.DataFrame, column: str, month: int) -> int | None:
    return None if frame.empty else int(frame.loc[frame["bulan"].le(month), column].sum())


def _share(part: int | None, whole: int | None) -> float | None:
    return None if part is None or not whole else 100 * part / whole


FIRST_HALF = 6
PROGNOSIS = "hitungan: realisasi s.d. semester I + rencana kas semester II; bukan perkiraan"


def same_month(spending: pd.DataFrame, ceilings: pd.DataFrame, month: int) -> pd.DataFrame:
    """Spending to the end of ``month`` in every year, on both ceilings, and the distance to last year.

    A revised ceiling changes the denominator: read rupiah and per cent together.

    Parameters
    ----------
    spending : DataFrame
        Rows of ``realisasi_anggaran`` of several years (``tahun``, ``bulan`` 1-12 not cumulative).
    ceilings : DataFrame
        One row per ``tahun``: ``pagu_murni_rp`` and ``pagu_terakhir_rp`` (in force on the data date).
    month : int
        1-12.

    Returns
    -------
    DataFrame
        One row per year of ``ceilings``: the ceilings, ``realisasi_rp`` (missing where the year's data end
        before ``month``), ``serapan_murni_pct``, ``serapan_terakhir_pct``, and the changes against the year
        before ``beda_rp``, ``beda_murni_poin``, ``beda_terakhir_poin`` (missing without that year).

    Examples
    --------
    >>> spent = pd.DataFrame({"tahun": [2024, 2024, 2025], "bulan": [1, 2, 2], "realisasi_rp": [10, 20, 36]})
    >>> tops = pd.DataFrame({"tahun": [2024, 2025], "pagu_murni_rp": [100, 100], "pagu_terakhir_rp": [100, 90]})
    >>> same_month(spent, tops, 2)[["realisasi_rp", "beda_murni_poin", "beda_terakhir_poin"]].values.tolist()
    [[30, <NA>, <NA>], [36, 6.0, 10.0]]
    """
    until = spending.groupby("tahun")["bulan"].max()
    sums = spending[spending["bulan"].le(month)].groupby("tahun")["realisasi_rp"].sum()
    table = ceilings.sort_values("tahun", ignore_index=True)
    spent = table["tahun"].map(sums.where(until.reindex(sums.index).ge(month))).astype("Float64")
    table["realisasi_rp"] = spent.astype("Int64")
    follows = table["tahun"].diff().eq(1)
    for base in ("murni", "terakhir"):
        ceiling = table[f"pagu_{base}_rp"].astype("Float64")
        table[f"serapan_{base}_pct"] = 100 * spent / ceiling.mask(ceiling.eq(0))
    table["beda_rp"] = table["realisasi_rp"].diff().where(follows)
    for base in ("murni", "terakhir"):
        table[f"beda_{base}_poin"] = table[f"serapan_{base}_pct"].diff().where(follows)
    return table


@dataclass(frozen=True)
class Prognosis:
    """Sum of what was spent and what is planned, in whole rupiah; ``None`` where a part is missing.

    ``label`` says what it is and stands beside the figure wherever it is shown.
    """

    semester_1_rp: int | None
    rencana_semester_2_rp: int | None
    ceiling_rp: int | None
    label: str = PROGNOSIS

    @property
    def total_rp(self) -> int | None:
        """Spending of semester I + cash plan of semester II."""
        if self.semester_1_rp is None or self.rencana_semester_2_rp is None:
            return None
        return self.semester_1_rp + self.rencana_semester_2_rp

    @property
    def rate(self) -> float | None:
        """Per cent of the ceiling in force."""
        return None if self.total_rp is None or not self.ceiling_rp else 100 * self.total_rp / self.ceiling_rp


def prognosis(spending: pd.DataFrame, plan: pd.DataFrame, ceiling_rp: int | None) -> Prognosis:
    """Semester-I prognosis of one year: no trend, no model.

    Parameters
    ----------
    spending, plan : DataFrame
        Rows of ``realisasi_anggaran`` and ``rencana_kas`` of one year; spending must reach June.
    ceiling_rp : int or None
        Ceiling in force.

    Examples
    --------
    >>> spent = pd.DataFrame({"bulan": [1, 6], "realisasi_rp": [10, 20]})
    >>> plan = pd.DataFrame({"bulan": [6, 7, 12], "rencana_rp": [99, 30, 30]})
    >>> prognosis(spent, plan, 100).total_rp, prognosis(spent, plan, 100).rate
    (90, 90.0)
    >>> prognosis(spent[:1], plan, 100).total_rp is None  # spending ends in January
    True
    """
    is_complete = len(spending) > 0 and int(spending["bulan"].max()) >= FIRST_HALF
    later = plan[plan["bulan"].gt(FIRST_HALF)]
    return Prognosis(
        int(spending.loc[spending["bulan"].le(FIRST_HALF), "realisasi_rp"].sum()) if is_complete else None,
        int(later["rencana_rp"].sum()) if len(later) else None,
        ceiling_rp,
    )


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
