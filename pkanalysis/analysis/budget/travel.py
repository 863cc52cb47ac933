"""Business travel (perjalanan dinas): the one cut that binds a region."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pkanalysis import codes
from pkanalysis.analysis import given
from pkanalysis.analysis.budget.rates import BINDING, by_stage, per_office

TRAVEL = "5.1.02.04"
KINDS = {
    codes.key(code): kind
    for code, kind in {
        TRAVEL: "lainnya",
        "5.1.02.04.01.0001": "biasa",
        "5.1.02.04.01.0002": "tetap",
        "5.1.02.04.01.0003": "dalam_kota",
        "5.1.02.04.01.0004": "paket_meeting",
        "5.1.02.04.01.0005": "paket_meeting",
        "5.1.02.04.02": "luar_negeri",
    }.items()
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
    given.require(changes, ["kode_rekening"])
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
    written = given.texts(accounts)
    found = [KINDS.get(codes.longest_prefix(key, KINDS), "") for key in codes.keys(written)]
    return pd.Series(found, index=written.index, dtype="str")


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
