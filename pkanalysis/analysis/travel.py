"""Business travel (perjalanan dinas): the one cut that binds a region."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pandas as pd

from pkanalysis import codes
from pkanalysis.analysis.changes import compare, in_both

TRAVEL = "5.1.02.04"


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
    travel = codes.key(TRAVEL)
    is_travel = [codes.is_prefix(travel, key) for key in codes.keys(changes["kode_rekening"])]
    amounts = ["pagu_sebelum_rp", "pagu_sesudah_rp"]
    spent = changes[amounts].where(pd.Series(is_travel, index=changes.index), 0)
    per_opd = spent.groupby(changes["kode_opd"]).sum().reset_index().assign(cakupan="opd")
    total = per_opd[amounts].sum().to_frame().T.assign(cakupan="semua")
    return _tested(pd.concat([per_opd, total], ignore_index=True), rate, tolerance_rp)


def _tested(rows: pd.DataFrame, rate: float, tolerance_rp: int) -> pd.DataFrame:
    before, after = rows["pagu_sebelum_rp"].astype("int64"), rows["pagu_sesudah_rp"].astype("int64")
    kept = 1 - Fraction(str(rate))
    limit = pd.Series([int(amount * kept // 1) for amount in before], index=rows.index, dtype="int64")
    is_met = after <= limit + tolerance_rp
    status = np.select(
        [before.eq(0) & after.eq(0), before.eq(0), is_met], ["tidak_berlaku", "pos_baru", "memenuhi"], default="belum"
    )
    return pd.DataFrame({
        "cakupan": rows["cakupan"],
        "kode_opd": rows["kode_opd"],
        "pagu_sebelum_rp": before,
        "pagu_sesudah_rp": after,
        "selisih_rp": after - before,
        "persen": 100 * (after - before) / before.astype("float64").where(before != 0),
        "batas_rp": limit,
        "kekurangan_rp": (after - limit).mask(status != "belum", 0),
        "status": status,
    })  # fmt: skip


def travel_by_stage(
    lines: pd.DataFrame, stages: Sequence[str], rate: float = 0.5, tolerance_rp: int = 0
) -> pd.DataFrame:
    """:func:`travel_cut` of every later stage against the first one, so that a refill shows.

    An OPD without a row in one of the two stages is left out, as in :func:`pkanalysis.analysis.changes.steps`.

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
    level = ["kode_opd", "kode_rekening"]
    none = lines.iloc[:0]
    nothing = travel_cut(compare(none, none, level), rate, tolerance_rp).iloc[:0].assign(tahap="")
    tests = [
        travel_cut(compare(*in_both(lines, stages[0], stage), level), rate, tolerance_rp).assign(tahap=stage)
        for stage in stages[1:]
    ]
    return pd.concat([nothing, *tests], ignore_index=True)
