"""The accounts that the Inpres asks to limit, one by one: table i of the LKjIP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from pkanalysis.analysis.budget.accounts import classify, is_targeted
from pkanalysis.analysis.budget.rates import allowed

CODE, WHOLE = "kode_rekening", "semua"


def targeted_accounts(
    lines: pd.DataFrame,
    stages: Sequence[str],
    spending: pd.DataFrame,
    rates: Mapping[str, float],
    tolerance_rp: int = 0,
) -> pd.DataFrame:
    """Ceiling of every limited account at every stage, the cut, and the rate that its category is held to.

    A rate is a rule for a category, never for one account: only the sum of a category is held to it.

    Parameters
    ----------
    lines : DataFrame
        Rows of ``anggaran`` of one OPD and year.
    stages : sequence of str
        Stage codes in order; the first is the base, the last the one in force.
    spending : DataFrame
        Rows of ``realisasi_anggaran`` to the data date.
    rates : mapping of str to float
        Share to be cut (0-1) by category.
    tolerance_rp : int

    Returns
    -------
    DataFrame
        Accounts by code within their category, below them the sum of a category with a rate, last the sum of
        all (``kode_rekening`` missing in sums): ``kategori``, a column per stage (its code), ``realisasi_rp``
        (missing without any spending), ``pengurangan_rp`` = first - last (negative where it rose), ``pengurangan_pct``
        of the first, ``tarif`` and ``is_memenuhi`` (sums of categories with a rate and a base). No rows with fewer than
        two stages.

    References
    ----------
    Inpres 1/2025 diktum KEEMPAT (travel); other rates are a region's own.

    Examples
    --------
    >>> lines = pd.DataFrame({"tahap": ["m", "p"], "kode_rekening": "5.1.02.04.01.0001", "pagu_rp": [100, 60]})
    >>> spent = pd.DataFrame({"kode_rekening": ["5.1.02.04.01.0001"], "realisasi_rp": [30]})
    >>> found = targeted_accounts(lines, ["m", "p"], spent, {"perjalanan_dinas": 0.5})
    >>> found[["m", "p", "pengurangan_pct", "is_memenuhi"]].astype(object).values.tolist()[1]
    [100, 60, 40.0, False]
    """
    if len(stages) < 2:
        return _judged(_accounts(lines.iloc[:0], stages, spending), stages, rates, tolerance_rp)
    accounts = _accounts(lines, stages, spending)
    parts: list[pd.DataFrame] = []
    for category, own in accounts.groupby("kategori", sort=False):
        parts += [own, *([_sum(own, str(category))] if category in rates else [])]
    every = pd.concat([*parts, _sum(accounts, WHOLE)], ignore_index=True) if parts else accounts
    return _judged(every, stages, rates, tolerance_rp)


def _accounts(lines: pd.DataFrame, stages: Sequence[str], spending: pd.DataFrame) -> pd.DataFrame:
    own = lines[lines["tahap"].isin(stages)]
    own = own[is_targeted(own[CODE]).astype(bool)]
    wide = own.pivot_table(index=CODE, columns="tahap", values="pagu_rp", aggfunc="sum", fill_value=0)
    wide = wide.reindex(columns=list(stages), fill_value=0).astype("int64").sort_index()
    spent = spending.groupby(CODE)["realisasi_rp"].sum().reindex(wide.index).astype("Int64")
    rows = wide.assign(realisasi_rp=spent.fillna(0) if len(spending) else spent).reset_index()
    return rows.assign(kategori=classify(rows[CODE])["kategori"].astype(object))


def _sum(rows: pd.DataFrame, category: str) -> pd.DataFrame:
    sums = rows.drop(columns=[CODE, "kategori"]).sum(min_count=1).to_frame().T.astype("Int64")
    return sums.assign(**{CODE: None, "kategori": category})


def _judged(rows: pd.DataFrame, stages: Sequence[str], rates: Mapping[str, float], tolerance_rp: int) -> pd.DataFrame:
    if rows.empty:
        names = ["pengurangan_rp", "pengurangan_pct", "tarif", "is_memenuhi"]
        return rows.reindex(columns=[*rows.columns, *names])
    before, after = rows[stages[0]].astype("int64"), rows[stages[-1]].astype("int64")
    rate = rows["kategori"].map(rates).where(rows[CODE].isna()).astype("float64")
    limits = [allowed(before[before.index == row], share).item() for row, share in rate.dropna().items()]
    limit = pd.Series(limits, index=rate.dropna().index, dtype="Int64").reindex(rows.index)
    return rows.assign(
        pengurangan_rp=before - after,
        pengurangan_pct=100 * (before - after) / before.astype("float64").where(before > 0),
        tarif=rate,
        is_memenuhi=(after <= limit + tolerance_rp).astype("boolean").mask(limit.isna() | before.le(0)),
    )
