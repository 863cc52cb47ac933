"""Absorption (serapan): spending to date against the ceiling in force, the original one, and the cash plan."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


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
