"""Patterns in budget changes that are worth a look; each may have a good reason, none is a verdict."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from pkanalysis import codes
from pkanalysis.analysis import given
from pkanalysis.analysis.budget.accounts import check_categories, classify, is_targeted
from pkanalysis.analysis.budget.travel import travel_kind

MEETINGS = {
    "5.1.02.04.01.0004": "paket meeting dalam kota",
    "5.1.02.04.01.0005": "paket meeting luar kota",
    "5.1.02.02.05.0009": "sewa gedung pertemuan",
    "5.1.02.02.05.0043": "sewa hotel",
    "5.1.02.02.12.0002": "sosialisasi",
}
"""Accounts that may take the place of travel [judgement]."""


@dataclass(frozen=True)
class Pattern:
    """What a pattern found: ``rows`` per OPD (or OPD and category), ``lines`` that triggered it; rupiah."""

    rows: pd.DataFrame
    lines: pd.DataFrame


def refilled(
    steps: pd.DataFrame,
    categories: Collection[str] | None = None,
    min_rp: int = 1,
    min_pct: float = 0.0,
    min_cut_pct: float = 0.0,
) -> Pattern:
    """Target categories of an OPD that were cut and rose again at a later stage.

    Parameters
    ----------
    steps : DataFrame
        Result of :func:`pkanalysis.analysis.budget.changes.steps` over three stages or more.
    categories : collection of str, optional
        Only these efficiency categories (for example those with a rate); all targets unless given.
    min_rp, min_pct : int, float
        Smallest rise: in rupiah, and in per cent of what had been cut by then.
    min_cut_pct : float
        Smallest cut before it, in per cent of the ceiling before the first step: an ordinary shift of a few per
        cent up and down is no refill.

    Returns
    -------
    Pattern
        ``rows``: ``kode_opd``, ``kategori``, ``tahap_sesudah``, ``dipotong_rp`` (net, to the stage before),
        ``dipotong_pct`` (of the ceiling before the first step), ``naik_rp``, ``naik_pct`` (of ``dipotong_rp``).
        ``lines``: the lines of those that rose.

    Examples
    --------
    >>> line = {"kode_opd": "A", "kode_rekening": "5.1.02.04.01.0001"}
    >>> line |= {"pagu_sebelum_rp": 100, "penambahan_rp": 0}
    >>> later = line | {"pagu_sebelum_rp": 50, "penambahan_rp": 20}
    >>> steps = pd.DataFrame([line | {"tahap_sesudah": "geser", "selisih_rp": -50},
    ...                       later | {"tahap_sesudah": "ubah", "selisih_rp": 20}])
    >>> refilled(steps).rows.drop(columns=["kode_opd", "kategori"]).values.tolist()
    [['ubah', 50, 50.0, 20, 40.0]]
    """
    given.require(steps, ["kode_opd", "kode_rekening", "tahap_sesudah", "pagu_sebelum_rp", "selisih_rp"])
    check_categories(categories or ())
    kinds = classify(steps["kode_rekening"])["kategori"]
    is_counted = is_targeted(steps["kode_rekening"]) & (kinds.isin(categories) if categories is not None else True)
    lines = steps.assign(kategori=kinds)[is_counted]
    key = ["kode_opd", "kategori"]
    sums = lines.groupby([*key, "tahap_sesudah"], sort=False)[["pagu_sebelum_rp", "selisih_rp"]].sum().reset_index()
    rows = sums.rename(columns={"selisih_rp": "naik_rp"})
    base = rows.groupby(key)["pagu_sebelum_rp"].transform("first")
    rows["dipotong_rp"] = rows["naik_rp"] - rows.groupby(key)["naik_rp"].cumsum()
    rows["dipotong_pct"] = 100 * rows["dipotong_rp"] / base.where(base > 0)
    rows["naik_pct"] = 100 * rows["naik_rp"] / rows["dipotong_rp"].where(rows["dipotong_rp"] > 0)
    is_risen = rows["naik_rp"].ge(max(min_rp, 1)) & rows["naik_pct"].ge(min_pct)
    rows = rows[is_risen & rows["dipotong_pct"].fillna(0).ge(min_cut_pct)].reset_index(drop=True)
    rows = rows[[*key, "tahap_sesudah", "dipotong_rp", "dipotong_pct", "naik_rp", "naik_pct"]]
    risen = lines[lines["penambahan_rp"].gt(0)]
    return Pattern(rows, risen.merge(rows[[*key, "tahap_sesudah"]]))


def leaked(
    step: pd.DataFrame, accounts: Collection[str] = tuple(MEETINGS), min_rp: int = 1, min_pct: float = 10.0
) -> Pattern:
    """OPD whose travel fell while meetings that may replace it rose.

    Parameters
    ----------
    step : DataFrame
        One step of :func:`pkanalysis.analysis.budget.changes.steps`.
    accounts : collection of str
        The accounts that may replace travel; :data:`MEETINGS` unless given.
    min_rp, min_pct : int, float
        Smallest rise: in rupiah, and in per cent of the fall of travel.

    Returns
    -------
    Pattern
        ``rows``: ``kode_opd``, ``perjalanan_turun_rp`` (without paket meeting), ``pengganti_naik_rp`` (both
        net), ``naik_pct``. ``lines``: the lines on ``accounts`` that rose.

    Examples
    --------
    >>> step = pd.DataFrame({"kode_opd": "A", "kode_rekening": ["5.1.02.04.01.0001", "5.1.02.02.05.0043"],
    ...                      "selisih_rp": [-100, 40], "penambahan_rp": [0, 40]})
    >>> leaked(step).rows.values.tolist()
    [['A', 100, 40, 40.0]]
    """
    given.require(step, ["kode_opd", "kode_rekening", "selisih_rp", "penambahan_rp"])
    is_meeting, kind = is_under(step["kode_rekening"], accounts), travel_kind(step["kode_rekening"])
    is_trip = kind.ne("") & kind.ne("paket_meeting") & ~is_meeting
    change = step["selisih_rp"]
    sums = {"perjalanan_turun_rp": -change.where(is_trip, 0), "pengganti_naik_rp": change.where(is_meeting, 0)}
    rows = pd.DataFrame(sums).groupby(step["kode_opd"]).sum().astype("int64").reset_index()
    fall, rise = rows["perjalanan_turun_rp"], rows["pengganti_naik_rp"]
    rows["naik_pct"] = 100 * rise / fall.where(fall > 0)
    rows = rows[rise.ge(max(min_rp, 1)) & rows["naik_pct"].ge(min_pct)].reset_index(drop=True)
    is_line = is_meeting & step["penambahan_rp"].gt(0) & step["kode_opd"].isin(rows["kode_opd"])
    return Pattern(rows, step[is_line].reset_index(drop=True))


def is_under(series: pd.Series, prefixes: Collection[str]) -> pd.Series:
    """Whether each code lies under one of the prefixes, at segment boundaries."""
    wanted = {codes.key(prefix) for prefix in prefixes}
    return codes.keys(series).map(lambda key: bool(codes.longest_prefix(key, wanted))).astype("bool")
