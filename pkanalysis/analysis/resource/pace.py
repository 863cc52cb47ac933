"""Spending against the same month last year, and the semester-I prognosis as plain arithmetic."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

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
