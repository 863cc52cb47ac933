"""Patterns in budget changes that are worth a look; each may have a good reason, none is a verdict.

Patterns in single lines: capital cut as efisiensi, service standards touched, the same rupiah under another code.

How unevenly an amount is spread over units: HHI, Gini, Theil.

Whether a cut was spread flat over the OPD, which point 5 of the Inpres asks not to do.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from pkanalysis.analysis import claims
from pkanalysis.analysis.budget.accounts import CAPITAL, check_categories, classify, is_targeted, is_under
from pkanalysis.analysis.budget.changes import LINE, total
from pkanalysis.analysis.budget.directive import reasons
from pkanalysis.analysis.budget.rates import travel_kind
from pkanalysis.analysis.claims import Refusal, refusal

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
    claims.require(steps, ["kode_opd", "kode_rekening", "tahap_sesudah", "pagu_sebelum_rp", "selisih_rp"])
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
    claims.require(step, ["kode_opd", "kode_rekening", "selisih_rp", "penambahan_rp"])
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


def capital_cut(
    step: pd.DataFrame,
    causes: pd.DataFrame | None = None,
    booked_as: Collection[str] = ("inpres_1_2025",),
    min_rp: int = 1,
) -> Pattern:
    """Capital spending (5.2) that was cut for the reason ``booked_as``: the Inpres does not ask for that.

    Parameters
    ----------
    step, causes : DataFrame
        As for :func:`pkanalysis.analysis.budget.directive.reasons`.
    booked_as : collection of str
        Reasons that count; add "" to see cuts that nobody explained.
    min_rp : int
        Smallest cut of a line in rupiah.

    Examples
    --------
    >>> step = pd.DataFrame({"kode_opd": "A", "kode_rekening": "5.2.02.05.02.0001", "sumber_dana": "1.1.01",
    ...                      "selisih_rp": [-7], "pengurangan_rp": [7]})
    >>> len(capital_cut(step).lines), capital_cut(step, booked_as=[""]).rows.values.tolist()
    (0, [['A', 7]])
    """
    claims.require(step, ["kode_opd", "kode_rekening", "pengurangan_rp"])
    is_capital = is_under(step["kode_rekening"], [CAPITAL])
    return _cut(step, is_capital & reasons(step, causes).isin(booked_as), min_rp)


def service_cut(step: pd.DataFrame, services: Collection[str], min_rp: int = 1) -> Pattern:
    """Cuts that touch sub kegiatan of minimum service standards (SPM).

    Parameters
    ----------
    step : DataFrame
        One step of :func:`pkanalysis.analysis.budget.changes.steps`.
    services : collection of str
        Codes of SPM sub kegiatan, kegiatan or programmes, from the region's own list: none is shipped.
    min_rp : int
        Smallest cut of a line in rupiah.

    Examples
    --------
    >>> step = pd.DataFrame({"kode_opd": "A", "kode_sub_kegiatan": "1.02.02.2.02.0001", "pengurangan_rp": [7]})
    >>> service_cut(step, ["1.02.02.2.02.01"]).rows.values.tolist()
    [['A', 7]]
    """
    claims.require(step, ["kode_opd", "kode_sub_kegiatan", "pengurangan_rp"])
    return _cut(step, is_under(step["kode_sub_kegiatan"], services), min_rp)


def relabelled(step: pd.DataFrame, min_rp: int = 1) -> Pattern:
    """Lines that vanished while exactly the same amount rose elsewhere in the same OPD.

    The other line has the same account or the same sub kegiatan: perhaps the same spending under
    another code, which is then neither cut nor addition. Equal amounts are a hint, no proof.

    Returns
    -------
    Pattern
        ``rows``: ``kode_opd`` and ``pengurangan_rp`` of the lines that vanished. ``lines``: one per candidate:
        ``kode_opd``, ``jumlah_rp``, and for ``kode_sub_kegiatan``, ``kode_rekening``, ``sumber_dana``,
        ``kode_sub_unit`` the earlier code and, with ``_lain``, that of the line that rose.

    Examples
    --------
    >>> step = pd.DataFrame({"kode_opd": "A", "kode_sub_unit": "", "sumber_dana": "", "kode_rekening": "p",
    ...     "kode_sub_kegiatan": ["1", "2"], "pengurangan_rp": [9, 0], "penambahan_rp": [0, 9],
    ...     "status": ["dihapus", "berubah"]})
    >>> relabelled(step).lines[["kode_sub_kegiatan", "kode_sub_kegiatan_lain", "jumlah_rp"]].values.tolist()
    [['1', '2', 9]]
    """
    claims.require(step, [*LINE, "pengurangan_rp", "penambahan_rp", "status"])
    gone = step[step["status"].eq("dihapus") & step["pengurangan_rp"].ge(max(min_rp, 1))]
    risen = step[step["penambahan_rp"].gt(0)]
    left = gone[LINE].assign(jumlah_rp=gone["pengurangan_rp"])
    right = risen[LINE].assign(jumlah_rp=risen["penambahan_rp"])
    pairs = left.merge(right, on=["kode_opd", "jumlah_rp"], suffixes=("", "_lain"))
    has_common = pairs["kode_rekening"].eq(pairs["kode_rekening_lain"]) | pairs["kode_sub_kegiatan"].eq(
        pairs["kode_sub_kegiatan_lain"]
    )
    lines = pairs[has_common].reset_index(drop=True)
    moved = lines.drop_duplicates(LINE).groupby("kode_opd")["jumlah_rp"].sum()
    return Pattern(moved.rename("pengurangan_rp").reset_index(), lines)


def _cut(step: pd.DataFrame, is_counted: pd.Series, min_rp: int) -> Pattern:
    lines = step[is_counted & step["pengurangan_rp"].ge(max(min_rp, 1))].reset_index(drop=True)
    return Pattern(lines.groupby("kode_opd")["pengurangan_rp"].sum().reset_index(), lines)


Floats = npt.NDArray[np.float64]
NAN = float("nan")


@dataclass(frozen=True)
class Concentration:
    """Concentration over ``n`` units, those with nothing included; NaN where there is nothing to share.

    ``hhi`` is the sum of squared shares (1/n to 1), ``hhi_normalised`` the same from 0 to 1 (NaN for one
    unit), ``gini`` from 0 to (n - 1)/n without small-sample correction, ``theil`` (T) from 0 to ln n.
    """

    hhi: float
    hhi_normalised: float
    gini: float
    theil: float
    n: int


@dataclass(frozen=True)
class TheilByGroup:
    """Theil's T = ``within`` + ``between``; ``rows``: group, ``n``, ``pangsa`` (0-1), ``theil``."""

    total: float
    within: float
    between: float
    rows: pd.DataFrame


def concentration(values: Sequence[float] | Floats | pd.Series) -> Concentration:
    r"""Concentration of amounts >= 0, for example of the cut over OPD.

    With shares :math:`s_i` of n units: HHI = :math:`\sum s_i^2`, Gini = :math:`\sum (2i - n - 1) s_{(i)} / n`
    (ascending), Theil = :math:`\sum s_i \ln(n s_i)` with 0 ln 0 = 0.

    Raises
    ------
    ValueError
        A negative or missing value: cuts and increases are measured apart.

    References
    ----------
    US DOJ, Herfindahl-Hirschman Index; Theil (1967).

    Examples
    --------
    >>> found = concentration([30, 30, 20, 20])
    >>> round(found.hhi, 4), round(found.hhi_normalised, 4), found.n
    (0.26, 0.0133, 4)
    >>> round(concentration([0, 0, 0, 1]).gini, 4), round(concentration([0, 0, 0, 1]).theil, 4)
    (0.75, 1.3863)
    """
    amounts = _checked(values)
    n = len(amounts)
    if not amounts.sum():
        return Concentration(NAN, NAN, NAN, NAN, n)
    shares = np.sort(amounts / amounts.sum())
    hhi = float(shares @ shares)
    gini = float((2 * np.arange(1, n + 1) - n - 1) @ shares / n)
    some = shares[shares > 0]
    theil = max(float(some @ np.log(some * n)), 0.0)
    return Concentration(hhi, (hhi - 1 / n) / (1 - 1 / n) if n > 1 else NAN, gini, theil, n)


def theil_by_group(values: pd.Series | Sequence[float], groups: pd.Series | Sequence[Hashable]) -> TheilByGroup:
    r"""Theil's T within and between groups: :math:`T = \sum_g s_g T_g + \sum_g s_g \ln(s_g n / n_g)`.

    Parameters
    ----------
    values, groups : Series or sequence
        Amounts >= 0 and the group of each (by index, or in the same order), for example the cut and the kind of OPD.

    Examples
    --------
    >>> found = theil_by_group(pd.Series([1.0, 1.0, 2.0, 4.0]), pd.Series(["a", "a", "b", "b"]))
    >>> round(found.within, 4), round(found.between, 4), round(found.total, 4)
    (0.0425, 0.1308, 0.1733)
    """
    amounts = pd.Series(_checked(values), index=values.index if isinstance(values, pd.Series) else None)
    own = groups.reindex(amounts.index) if isinstance(groups, pd.Series) else pd.Series(list(groups))
    if len(own) != len(amounts) or own.isna().any():
        raise ValueError("ada nilai tanpa kelompok; beri kelompok dahulu, agar bagian dalam dan antar kelompok lengkap")
    by_group = amounts.groupby(own.to_numpy())
    rows = pd.DataFrame({
        "n": by_group.size(),
        "pangsa": by_group.sum() / (amounts.sum() or NAN),
        "theil": pd.Series({name: concentration(own).theil for name, own in by_group}),
    })  # fmt: skip
    share, has_any = rows["pangsa"], rows["pangsa"] > 0
    between = (share * np.log((share * len(amounts) / rows["n"]).where(has_any))).sum(min_count=1)
    within = (share * rows["theil"]).where(has_any).sum(min_count=1)
    return TheilByGroup(concentration(amounts).theil, float(within), float(between), rows.reset_index())


def _checked(values: Sequence[float] | Floats | pd.Series) -> Floats:
    amounts = claims.numbers(values, "nilai konsentrasi")
    if not np.isfinite(amounts).all():
        raise ValueError("konsentrasi tidak dihitung dari nilai kosong; kosong bukan nol, keluarkan atau isi dahulu")
    if (amounts < 0).any():
        lowest = f"{amounts.min():.15g}"
        raise ValueError(f"konsentrasi memerlukan nilai 0 atau lebih, terkecil {lowest}; pisahkan kurang dan tambah")
    return amounts


ENOUGH = 8


@dataclass(frozen=True)
class Dispersion:
    """Spread of the change in per cent over ``n`` OPD with a base.

    ``mean_pct`` is the simple mean over OPD, ``overall_pct`` that of the sum, ``cv`` standard deviation
    (population) over |mean|, ``in_band_pct`` the share of OPD within ``band_points`` of the median.
    ``is_flat`` is missing where ``refusals`` say why. ``rows``: ``kode_opd``, amounts and ``persen``.
    """

    n: int
    mean_pct: float
    overall_pct: float
    cv: float
    in_band_pct: float
    is_flat: bool | None
    refusals: tuple[Refusal, ...]
    rows: pd.DataFrame


def dispersion(changes: pd.DataFrame, band_points: float = 2.0, flat_share: float = 80.0) -> Dispersion:
    """How much the cut in per cent differs between OPD.

    Parameters
    ----------
    changes : DataFrame
        Changes with ``kode_opd``, of the lines that count (all, or the targets).
    band_points : float
        Half width of the band around the median, in percentage points.
    flat_share : float
        From this share of OPD in the band on, in per cent, the cut is called flat [judgement].

    References
    ----------
    Inpres 1/2025 diktum KEEMPAT angka 5: not by equal shares ("tidak berdasarkan pemerataan").

    Examples
    --------
    >>> rows = pd.DataFrame({"kode_opd": list("ABCDEFGH"), "pagu_sebelum_rp": 100, "pagu_sesudah_rp": 90,
    ...                      "selisih_rp": -10, "pengurangan_rp": 10, "penambahan_rp": 0})
    >>> dispersion(rows).is_flat, dispersion(rows).cv
    (True, 0.0)
    >>> [item.code for item in dispersion(rows[:3]).refusals]
    ['UNIT_KURANG_DARI_8']
    """
    rows = total(changes, ["kode_opd"])
    shares = rows["persen"].dropna().astype("float64")
    n, mean = len(shares), float(shares.mean())
    in_band = 100 * float((shares - shares.median()).abs().le(band_points).mean())
    base = float(rows["pagu_sebelum_rp"].sum()) or float("nan")
    refusals = (refusal("UNIT_KURANG_DARI_8"),) if n < ENOUGH else ()
    return Dispersion(
        n=n,
        mean_pct=mean,
        overall_pct=100 * float(rows["selisih_rp"].sum()) / base,
        cv=float(shares.std(ddof=0)) / abs(mean) if mean else float("nan"),
        in_band_pct=in_band,
        is_flat=None if refusals else in_band >= flat_share and mean < 0,
        refusals=refusals,
        rows=rows,
    )
