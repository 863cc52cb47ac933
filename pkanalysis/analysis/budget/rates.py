"""Cut rates held against what was done: the binding one of travel, and those that a region set itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np
import pandas as pd

from pkanalysis.analysis import given
from pkanalysis.analysis.budget.accounts import TARGETED, check_categories, classify
from pkanalysis.analysis.budget.changes import compare, in_both

Test = Callable[[pd.DataFrame], pd.DataFrame]

LEVEL = ["kode_opd", "kode_rekening"]
BINDING = "perjalanan_dinas"
BASIS = {True: "Inpres 1/2025 diktum KEEMPAT angka 2", False: "tarif lokal (ketetapan daerah)"}


def rate_cut(changes: pd.DataFrame, category: str, rate: float, tolerance_rp: int = 0) -> pd.DataFrame:
    """Test a cut rate on one efficiency category, per OPD and for all.

    Only accounts that are a target of the category with certainty ``pasti`` or ``taksiran`` count.
    Every rate but that of travel is local: no rule above the region sets one.

    Parameters
    ----------
    changes : DataFrame
        Result of :func:`pkanalysis.analysis.budget.changes.compare` with ``kode_opd`` and ``kode_rekening``.
    category : str
        An efficiency category, for example ``makan_minum``.
    rate : float
        Share to be cut, 0-1.
    tolerance_rp : int
        Rounding difference in rupiah that still counts as reached.

    Returns
    -------
    DataFrame
        Columns of :func:`pkanalysis.analysis.budget.travel.travel_cut`, and ``kategori``, ``tarif``, ``dasar``.

    Raises
    ------
    ValueError
        No such category, or a rate outside 0-1.

    Examples
    --------
    >>> rows = pd.DataFrame({"kode_opd": "A", "kode_rekening": ["5.1.02.01.01.0052"],
    ...                      "pagu_sebelum_rp": [100], "pagu_sesudah_rp": [80]})
    >>> rate_cut(rows, "makan_minum", 0.25)[["status", "kekurangan_rp", "dasar"]].values.tolist()[0]
    ['belum', 5, 'tarif lokal (ketetapan daerah)']
    """
    check_categories([category])
    given.require(changes, ["kode_rekening"])
    kinds = classify(changes["kode_rekening"])
    is_counted = kinds["kategori"].eq(category) & kinds["keyakinan"].isin(TARGETED)
    tested = per_office(changes, is_counted, category, rate, tolerance_rp)
    return tested.assign(kategori=category, tarif=rate, dasar=BASIS[category == BINDING])


def rate_by_stage(
    lines: pd.DataFrame, stages: Sequence[str], category: str, rate: float, tolerance_rp: int = 0
) -> pd.DataFrame:
    """:func:`rate_cut` of every later stage against the first one, with ``tahap``, so that a refill shows.

    Parameters
    ----------
    lines : DataFrame
        Rows of ``anggaran`` of one year.
    stages : sequence of str
        Stage codes in order; the first is the base. An OPD without a row in one of two stages is left out.

    Examples
    --------
    >>> lines = pd.DataFrame({"tahap": ["murni", "geser", "ubah"], "kode_opd": "A", "pagu_rp": [100, 75, 80],
    ...                       "kode_rekening": "5.1.02.01.01.0052"})
    >>> found = rate_by_stage(lines, ["murni", "geser", "ubah"], "makan_minum", 0.25).query("cakupan == 'opd'")
    >>> found[["tahap", "status"]].values.tolist()
    [['geser', 'memenuhi'], ['ubah', 'belum']]
    """
    return by_stage(lines, stages, lambda changes: rate_cut(changes, category, rate, tolerance_rp))


def by_stage(lines: pd.DataFrame, stages: Sequence[str], test: Test) -> pd.DataFrame:
    """The test on every later stage against the first one; no rows where there are fewer than two stages."""
    pairs = [("", lines.iloc[:0], lines.iloc[:0]), *((last, *in_both(lines, stages[0], last)) for last in stages[1:])]
    tests = [test(compare(before, after, LEVEL)).assign(tahap=stage) for stage, before, after in pairs]
    return pd.concat([tests[0].iloc[:0], *tests[1:]], ignore_index=True)


def per_office(
    changes: pd.DataFrame, is_counted: pd.Series, category: str, rate: float, tolerance_rp: int
) -> pd.DataFrame:
    """The counted lines summed per OPD and for all, and held against the rate of the category."""
    given.rate(rate, category)
    amounts = ["pagu_sebelum_rp", "pagu_sesudah_rp"]
    given.require(changes, ["kode_opd", *amounts])
    spent = changes[amounts].apply(given.rupiah).where(is_counted, 0)
    per_opd = spent.groupby(changes["kode_opd"]).sum().reset_index().assign(cakupan="opd")
    total = per_opd[amounts].sum().to_frame().T.assign(cakupan="semua")
    return _tested(pd.concat([per_opd, total], ignore_index=True), rate, tolerance_rp)


def _tested(rows: pd.DataFrame, rate: float, tolerance_rp: int) -> pd.DataFrame:
    before, after = rows["pagu_sebelum_rp"].astype("int64"), rows["pagu_sesudah_rp"].astype("int64")
    limit = allowed(before, rate)
    is_met = after <= limit + tolerance_rp
    status = np.select(
        [before.le(0) & after.le(0), before.le(0), is_met], ["tidak_berlaku", "pos_baru", "memenuhi"], default="belum"
    )
    return pd.DataFrame({
        "cakupan": rows["cakupan"],
        "kode_opd": rows["kode_opd"],
        "pagu_sebelum_rp": before,
        "pagu_sesudah_rp": after,
        "selisih_rp": after - before,
        "persen": 100 * (after - before) / before.astype("float64").where(before > 0),
        "batas_rp": limit,
        "kekurangan_rp": (after - limit).mask(status != "belum", 0),
        "status": status,
    })  # fmt: skip


def allowed(before: pd.Series, rate: float) -> pd.Series:
    """The highest whole rupiah that still meets the rate; exact, whatever the amount.

    Examples
    --------
    >>> allowed(pd.Series([1000, 3]), 0.3).tolist()
    [700, 2]
    """
    kept = 1 - Fraction(str(rate))
    return pd.Series([int(amount * kept // 1) for amount in before.tolist()], index=before.index, dtype="int64")
