"""Cut rates held against what was done: the binding one of travel, and those that a region set itself.

Business travel (perjalanan dinas): the one cut that binds a region.

Business travel that was really spent, against the ceiling and against the rate.

The accounts that the Inpres asks to limit, one by one: table i of the LKjIP.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

import numpy as np
import pandas as pd

from pkanalysis.analysis import claims
from pkanalysis.analysis.budget.accounts import TARGETED, by_prefix, check_categories, classify, is_targeted
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
        Columns of :func:`pkanalysis.analysis.budget.rates.travel_cut`, and ``kategori``, ``tarif``, ``dasar``.

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
    claims.require(changes, ["kode_rekening"])
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
    claims.rate(rate, category)
    amounts = ["pagu_sebelum_rp", "pagu_sesudah_rp"]
    claims.require(changes, ["kode_opd", *amounts])
    spent = changes[amounts].apply(claims.rupiah).where(is_counted, 0)
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


TRAVEL = "5.1.02.04"
KINDS = {
    TRAVEL: "lainnya",
    "5.1.02.04.01.0001": "biasa",
    "5.1.02.04.01.0002": "tetap",
    "5.1.02.04.01.0003": "dalam_kota",
    "5.1.02.04.01.0004": "paket_meeting",
    "5.1.02.04.01.0005": "paket_meeting",
    "5.1.02.04.02": "luar_negeri",
}


def travel_cut(changes: pd.DataFrame, rate: float = 0.5, tolerance_rp: int = 0) -> pd.DataFrame:
    """Test the one cut that binds a region: business travel down by ``rate``, per OPD and city-wide.

    Parameters
    ----------
    changes : DataFrame
        Result of :func:`compare` with ``kode_opd`` and ``kode_rekening`` among its keys; the base
        is the first stage (the SE does not define the base: murni by convention).
    rate : float
        Share to be cut, 0-1.
    tolerance_rp : int
        Rounding difference in rupiah that still counts as reached.

    Returns
    -------
    DataFrame
        One row per OPD (``cakupan`` = opd) and a last one for all (``cakupan`` = semua):
        ``pagu_sebelum_rp``, ``pagu_sesudah_rp``, ``selisih_rp``, ``persen``, ``batas_rp`` (the
        highest amount that still meets the rate), ``kekurangan_rp`` (amount above it, 0 when met),
        ``status`` (memenuhi, belum, tidak_berlaku = no travel in either stage, pos_baru = travel
        only in the later one).

    References
    ----------
    Inpres 1/2025 diktum KEEMPAT angka 2; SE Mendagri 900/833/SJ huruf b.

    Examples
    --------
    >>> rows = pd.DataFrame({"kode_opd": ["A", "B"], "kode_rekening": "5.1.02.04.01.0001",
    ...                      "pagu_sebelum_rp": [1000, 400], "pagu_sesudah_rp": [500, 260]})
    >>> travel_cut(rows)[["cakupan", "persen", "kekurangan_rp", "status"]].round(1).values.tolist()
    [['opd', -50.0, 0, 'memenuhi'], ['opd', -35.0, 60, 'belum'], ['semua', -45.7, 60, 'belum']]
    """
    claims.require(changes, ["kode_rekening"])
    return per_office(changes, is_travel(changes["kode_rekening"]), BINDING, rate, tolerance_rp)


def is_travel(accounts: pd.Series | Sequence[str]) -> pd.Series:
    """Whether an account is business travel (5.1.02.04), in any form of the code."""
    return travel_kind(accounts).ne("")


def travel_kind(accounts: pd.Series | Sequence[str]) -> pd.Series:
    """Kind of business travel of an account; "" where it is none.

    Dalam kota holds transport money of community participants, tetap the routine trips of field
    officers: parts of both are service, so they are shown apart, and all count for the 50 %. Amounts by
    kind are ``total(changes.assign(jenis=travel_kind(changes["kode_rekening"])), ["jenis"])``.

    Examples
    --------
    >>> codes = ["5.1.02.04.01.0001", "5.1.02.04.01.0003", "5.1.02.04.001.00005", "5.1.02.04.02.0001", "5.1.02.01"]
    >>> travel_kind(pd.Series(codes)).tolist()
    ['biasa', 'dalam_kota', 'paket_meeting', 'luar_negeri', '']
    """
    return by_prefix(accounts, KINDS)


def travel_by_stage(
    lines: pd.DataFrame, stages: Sequence[str], rate: float = 0.5, tolerance_rp: int = 0
) -> pd.DataFrame:
    """:func:`travel_cut` of every later stage against the first one, so that a refill shows.

    An OPD without a row in one of the two stages is left out, as in :func:`pkanalysis.analysis.budget.changes.steps`.

    Parameters
    ----------
    lines : DataFrame
        Rows of ``anggaran`` of one year.
    stages : sequence of str
        Stage codes in order; the first is the base.

    Returns
    -------
    DataFrame
        Columns of :func:`travel_cut` and ``tahap``; no rows where there are fewer than two stages.
    """
    return by_stage(lines, stages, lambda changes: travel_cut(changes, rate, tolerance_rp))


def travel_realised(
    original: pd.DataFrame, current: pd.DataFrame, spending: pd.DataFrame, rate: float = 0.5, tolerance_rp: int = 0
) -> pd.DataFrame:
    """Travel that was really spent, against the ceiling in force and against the rate on the original one.

    Spending to date says nothing final before the year is over: ``sampai_bulan`` tells how far it goes.

    Parameters
    ----------
    original, current : DataFrame
        Rows of ``anggaran``: the original stage (murni) and the one in force.
    spending : DataFrame
        Rows of ``realisasi_anggaran`` of the same year.

    Returns
    -------
    DataFrame
        Per OPD, one row for all last (``cakupan``): ``pagu_murni_rp``, ``pagu_terakhir_rp``,
        ``realisasi_rp`` (each missing where the OPD has no row at all in that table), ``sampai_bulan``,
        ``batas_rp``, ``persen`` (spending of murni), ``status_pagu`` (dalam_pagu, melebihi_pagu,
        belum_ada_data) and ``status_tarif`` (memenuhi, belum, tidak_berlaku = no travel at all,
        pos_baru = none in murni, belum_ada_data). The row of all covers the OPD with all three.

    Examples
    --------
    >>> lines = pd.DataFrame({"kode_opd": ["A", "B"], "kode_rekening": "5.1.02.04.01.0001", "pagu_rp": [100, 60]})
    >>> spent = pd.DataFrame({"kode_opd": ["A"], "kode_rekening": "5.1.02.04.01.0001", "bulan": 12, "realisasi_rp": 55})
    >>> travel_realised(lines, lines, spent)[["realisasi_rp", "status_pagu", "status_tarif"]].values.tolist()
    [[55, 'dalam_pagu', 'belum'], [<NA>, 'belum_ada_data', 'belum_ada_data'], [55, 'dalam_pagu', 'belum']]
    """
    months = spending.groupby("kode_opd")["bulan"].max().rename("sampai_bulan")
    tables = {"pagu_murni_rp": original, "pagu_terakhir_rp": current}
    sums = [_travel(lines, "pagu_rp").rename(name) for name, lines in tables.items()]
    rows = pd.concat([*sums, _travel(spending, "realisasi_rp"), months], axis=1).astype("Int64").sort_index()
    complete = rows.dropna()
    total = complete.sum().to_frame().T.assign(sampai_bulan=complete["sampai_bulan"].min())
    table = pd.concat([rows.rename_axis("kode_opd").reset_index(), total], ignore_index=True).astype(rows.dtypes)
    cover = ["opd"] * len(rows) + ["semua"]
    return _held(table.assign(cakupan=pd.Series(cover, dtype="str")), rate, tolerance_rp)


def _travel(lines: pd.DataFrame, amount: str) -> pd.Series:
    return lines[amount].where(is_travel(lines["kode_rekening"]), 0).groupby(lines["kode_opd"]).sum()


def _held(rows: pd.DataFrame, rate: float, tolerance_rp: int) -> pd.DataFrame:
    original, current, spent = (rows[name] for name in ("pagu_murni_rp", "pagu_terakhir_rp", "realisasi_rp"))
    is_known = pd.concat([original, current, spent], axis=1).notna().all(axis=1)
    limit = allowed(original.fillna(0), rate).astype("Int64").where(is_known)
    held = {
        "status_pagu": [("dalam_pagu", spent <= current), ("melebihi_pagu", spent > current)],
        "status_tarif": [
            ("tidak_berlaku", (original <= 0) & (spent <= 0)),
            ("pos_baru", original <= 0),
            ("memenuhi", spent <= limit + tolerance_rp),
            ("belum", spent > limit + tolerance_rp),
        ],
    }
    words = {}
    for name, cases in held.items():
        met = [is_known & holds.fillna(False).astype("bool") for _, holds in cases]
        found = np.select(met, [word for word, _ in cases], "belum_ada_data")
        words[name] = pd.Series(found, index=rows.index, dtype="str")
    share = 100 * spent.astype("Float64") / original.mask(original <= 0).astype("Float64")
    return rows.assign(batas_rp=limit, persen=share, **words)


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
