"""Whether the agreements (PK) are all there: signed by whom, when, on which ceiling, with which indicators.

What a changed target did to the achievement that is reported, in three parts that add up.

The cascade: which indicator supports which, what hangs in the air, what several offices carry together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pkanalysis.analysis.achievement.averages import WEIGHT, means
from pkanalysis.analysis.achievement.formulas import figure
from pkanalysis.analysis.claims import worded

REVISED = "pk_perubahan"


def completeness(agreements: pd.DataFrame, offices: pd.DataFrame, year: int, end: dt.date) -> pd.DataFrame:
    """One row per OPD: its PK and its last PK Perubahan signed by ``end``.

    Parameters
    ----------
    agreements : DataFrame
        Table ``perjanjian``.
    offices : DataFrame
        ``kode_opd``, ``nama_opd`` of the OPD that must sign, in order.
    year : int
    end : date
        An agreement signed later is not there yet; one without a date is.

    Returns
    -------
    DataFrame
        ``kode_opd``, ``nama_opd``, ``pk_tanggal``, ``pk_ada``, ``perubahan_tanggal``, ``perubahan_ke`` (0 = none),
        ``tahap_pagu_dasar`` and ``alasan`` (of the last one), ``n_perubahan``.

    Examples
    --------
    >>> rows = pd.DataFrame({"kode_opd": "X", "tahun": 2025, "dokumen": ["pk", "pk_perubahan"], "ke": [0, 1],
    ...     "tanggal_ttd": pd.to_datetime(["2025-01-15", "2025-06-25"]), "tahap_pagu_dasar": ["murni", "pergeseran"],
    ...     "alasan": [None, "lainnya"]})
    >>> offices = pd.DataFrame({"kode_opd": ["X", "Y"], "nama_opd": ["Dinas X", "Dinas Y"]})
    >>> completeness(rows, offices, 2025, dt.date(2025, 9, 30))[["pk_ada", "perubahan_ke"]].to_numpy().tolist()
    [[True, 1], [False, 0]]
    """
    signed = agreements[agreements["tahun"].eq(year) & ~agreements["tanggal_ttd"].gt(pd.Timestamp(end))]
    first = _last(signed[signed["dokumen"].eq("pk")])
    revised = _last(signed[signed["dokumen"].eq(REVISED)])
    every = _last(signed[signed["dokumen"].isin(("pk", REVISED))])
    code = offices["kode_opd"]
    number = signed[signed["dokumen"].eq(REVISED)].groupby("kode_opd").size()
    return offices[["kode_opd", "nama_opd"]].assign(
        pk_ada=code.isin(first.index).astype(bool),
        pk_tanggal=_of(first["tanggal_ttd"], code),
        perubahan_ke=_of(revised["ke"], code).fillna(0).astype(int),
        perubahan_tanggal=_of(revised["tanggal_ttd"], code),
        tahap_pagu_dasar=_of(every["tahap_pagu_dasar"], code),
        alasan=_of(revised["alasan"], code),
        n_perubahan=_of(number, code).fillna(0).astype(int),
    )


def _of(values: pd.Series, codes: pd.Series) -> pd.Series:
    return values.reindex(codes).set_axis(codes.index)


def _last(rows: pd.DataFrame) -> pd.DataFrame:
    order = rows.sort_values(["dokumen", "ke"], kind="stable")  # pk stands before pk_perubahan
    return order.drop_duplicates("kode_opd", keep="last").set_index("kode_opd")


def unmatched(targets: pd.DataFrame, indicators: pd.DataFrame, year: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Targets in a PK of the year whose indicator is not in the list, and indicators without a target in any PK.

    Parameters
    ----------
    targets : DataFrame
        Table ``target``.
    indicators : DataFrame
        The indicators in force that year.

    Examples
    --------
    >>> targets = pd.DataFrame({"kode_indikator": ["a", "z"], "kode_opd": "X", "tahun": 2025, "dokumen": "pk", "ke": 0})
    >>> strange, without = unmatched(targets, pd.DataFrame({"kode_indikator": ["a", "b"]}), 2025)
    >>> strange["kode_indikator"].tolist(), without["kode_indikator"].tolist()
    (['z'], ['b'])
    """
    own = targets[targets["tahun"].eq(year) & targets["dokumen"].isin(("pk", REVISED))]
    strange = own[~own["kode_indikator"].isin(indicators["kode_indikator"])]
    strange = strange.drop_duplicates(["kode_indikator", "dokumen", "ke"]).reset_index(drop=True)
    return strange, indicators[~indicators["kode_indikator"].isin(own["kode_indikator"])].reset_index(drop=True)


PARTS = ["target_tetap", "perubahan_target", "batas_atas"]
NO_REASON = "belum diisi"


def target_parts(card: pd.DataFrame) -> pd.DataFrame:
    """Reported achievement of each indicator split into target tetap, perubahan target and batas atas.

    ``target_tetap`` = against PK murni, uncapped; ``perubahan_target`` = (against the PK in force) - (against PK
    murni); ``batas_atas`` = reported - (against the PK in force). Their sum is ``capaian_dilaporkan``: the capped
    figure where a cap is set, else the one against the PK in force.

    Parameters
    ----------
    card : DataFrame
        A scorecard (:func:`pkanalysis.analysis.achievement.scorecard.scorecard`) with ``kode_indikator``, ``kode_opd``,
        ``capaian_murni``, ``capaian_berlaku``, ``capaian_dibatasi``.

    Returns
    -------
    DataFrame
        ``kode_indikator``, ``kode_opd``, the three parts and ``capaian_dilaporkan`` (per cent and points), and
        ``penolakan``: ``TARGET_AWAL_TIDAK_ADA`` where there is no PK murni to hold against; parts are missing then.

    Examples
    --------
    >>> card = pd.DataFrame({"kode_indikator": ["a"], "kode_opd": ["X"], "capaian_murni": [90.0],
    ...                      "capaian_berlaku": [104.0], "capaian_dibatasi": [100.0]})
    >>> target_parts(card)[[*PARTS, "capaian_dilaporkan"]].to_numpy().tolist()
    [[90.0, 14.0, -4.0, 100.0]]
    """
    original, current = card["capaian_murni"], card["capaian_berlaku"]
    reported = card["capaian_dibatasi"].fillna(current)
    is_lost = original.isna() & current.notna()
    return pd.DataFrame({
        "kode_indikator": card["kode_indikator"],
        "kode_opd": card["kode_opd"],
        "target_tetap": original.mask(current.isna()),
        "perubahan_target": current - original,
        "batas_atas": (reported - current).mask(original.isna()),
        "capaian_dilaporkan": reported,
        "penolakan": np.where(is_lost, "TARGET_AWAL_TIDAK_ADA", ""),
    } | {name: card[name] for name in (WEIGHT,) if name in card})  # fmt: skip


def mean_parts(parts: pd.DataFrame, by: Sequence[str] = ()) -> pd.DataFrame:
    """Means of the parts per OPD (``by=["kode_opd"]``) or for the city; they add up like the parts.

    Only indicators with all three parts count: ``n``; ``n_tanpa_target_awal`` were left out for want of a PK murni.

    Examples
    --------
    >>> parts = pd.DataFrame({"kode_opd": ["X", "X"], "target_tetap": [90.0, None], "perubahan_target": [14.0, None],
    ...     "batas_atas": [-4.0, None], "capaian_dilaporkan": [100.0, 98.0],
    ...     "penolakan": ["", "TARGET_AWAL_TIDAK_ADA"]})
    >>> mean_parts(parts)[["n", "n_tanpa_target_awal", "capaian_dilaporkan"]].to_numpy().tolist()
    [[1.0, 1.0, 100.0]]
    """
    keys = list(by)
    is_whole = parts[PARTS].notna().all(axis=1)
    rows = parts.assign(n=is_whole, n_tanpa_target_awal=parts["penolakan"].ne(""))
    rows[[*PARTS, "capaian_dilaporkan"]] = rows[[*PARTS, "capaian_dilaporkan"]].where(is_whole)
    rows = rows if keys else rows.assign(_all=0)
    groups = rows.groupby(keys or ["_all"], sort=True)
    found = means(rows, keys or ["_all"], [*PARTS, "capaian_dilaporkan"])
    found = found.join(groups[["n", "n_tanpa_target_awal"]].sum())
    return found.reset_index() if keys else found.reset_index(drop=True)


def parts_between(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Change of the reported achievement from one year to another, in the same three parts, on common indicators.

    Parameters
    ----------
    before, after : DataFrame
        :func:`target_parts` of two years. An indicator without all parts in both years is left out.

    Returns
    -------
    DataFrame
        As :func:`target_parts`; every figure is after - before, in points.

    Examples
    --------
    >>> old = pd.DataFrame({"kode_indikator": ["a"], "kode_opd": ["X"], "target_tetap": [95.0],
    ...     "perubahan_target": [0.0], "batas_atas": [0.0], "capaian_dilaporkan": [95.0], "penolakan": [""]})
    >>> new = old.assign(target_tetap=90.0, perubahan_target=14.0, batas_atas=-4.0, capaian_dilaporkan=100.0)
    >>> parts_between(old, new)[[*PARTS, "capaian_dilaporkan"]].to_numpy().tolist()
    [[-5.0, 14.0, -4.0, 5.0]]
    """
    first, last = (frame.dropna(subset=PARTS).set_index("kode_indikator") for frame in (before, after))
    common = last.index[last.index.isin(first.index)].sort_values()
    figures = [*PARTS, "capaian_dilaporkan"]
    change = last.loc[common, figures] - first.loc[common, figures]
    about = last.loc[common, last.columns.intersection(["kode_opd", WEIGHT])]
    return change.join(about).assign(penolakan="").reset_index()[list(after.columns)]


def eased_targets(
    card: pd.DataFrame, agreements: pd.DataFrame | None = None, since: dt.date | None = None
) -> pd.DataFrame:
    """Targets that a PK Perubahan made easier, with the reason given or ``belum diisi``.

    Parameters
    ----------
    card : DataFrame
        A scorecard with ``perubahan_target`` and ``alasan_perubahan``.
    agreements : DataFrame, optional
        Rows of ``perjanjian`` of that year, for ``tanggal_ttd``.
    since : date, optional
        Day of the cut: targets of a PK Perubahan signed before it are left out; those without a date stay.

    Returns
    -------
    DataFrame
        ``kode_opd``, ``kode_indikator``, ``nama_indikator``, ``target_murni``, ``target_perubahan``, ``ke``,
        ``capaian_murni``, ``capaian_perubahan``, ``alasan_perubahan``, ``tanggal_ttd`` (missing where not known).

    Examples
    --------
    >>> card = pd.DataFrame({"kode_opd": ["X"], "kode_indikator": ["a"], "nama_indikator": ["IKM"], "ke": [1],
    ...     "target_murni": [86.0], "target_perubahan": [84.0], "capaian_murni": [96.6], "capaian_perubahan": [98.9],
    ...     "perubahan_target": ["dilonggarkan"], "alasan_perubahan": [None]})
    >>> eased_targets(card)["alasan_perubahan"].tolist()
    ['belum diisi']
    """
    columns = ["kode_opd", "kode_indikator", "nama_indikator", "target_murni", "target_perubahan", "ke",
               "capaian_murni", "capaian_perubahan", "alasan_perubahan"]  # fmt: skip
    rows = card.loc[card["perubahan_target"].eq("dilonggarkan"), columns]
    rows = rows.assign(alasan_perubahan=rows["alasan_perubahan"].fillna(NO_REASON), tanggal_ttd=pd.Timestamp("NaT"))
    if agreements is not None:
        revised = agreements[agreements["dokumen"].eq("pk_perubahan")]
        signed = revised.drop_duplicates(["kode_opd", "ke"], keep="last").set_index(["kode_opd", "ke"])["tanggal_ttd"]
        rows["tanggal_ttd"] = signed.reindex(pd.MultiIndex.from_frame(rows[["kode_opd", "ke"]])).to_numpy()
    is_earlier = rows["tanggal_ttd"] < pd.Timestamp(since) if since else pd.Series(False, index=rows.index)
    return rows[~is_earlier].sort_values(["kode_opd", "kode_indikator"], ignore_index=True)


def retargeted(original: float, revised: float) -> str:
    """Sentence that separates performance from the change of target (points between the printed figures).

    Examples
    --------
    >>> retargeted(96.63, 98.93)
    'Capaian 98,9% terhadap PK Perubahan; terhadap target awal 96,6%. Selisih 2,3 poin berasal dari perubahan target.'
    """
    first, last = round(original, 1), round(revised, 1)
    return worded(
        "TARGET_BERUBAH", berlaku=figure(last, 1), murni=figure(first, 1), selisih=figure(abs(last - first), 1)
    )


TOP = ("tujuan", "iku_kota")
"""Levels that need no parent."""


@dataclass(frozen=True)
class Cascade:
    """The links of a year, and what stands apart from them.

    ``links``: ``kode_indikator``, ``tingkat``, ``kode_opd``, ``kode_induk``, ``tingkat_induk``. ``orphans`` are
    indicators below the IKU kota that support nothing, ``unsupported`` indicators of the region (IKU kota) that
    nothing supports, ``unknown`` links to a parent that is not in the list. ``shared``: parents that indicators of two
    or more OPD support (``n_opd``, ``n_penunjang``); ``many``: indicators with two or more parents (``n_induk``).
    """

    links: pd.DataFrame
    orphans: pd.DataFrame
    unsupported: pd.DataFrame
    unknown: pd.DataFrame
    shared: pd.DataFrame
    many: pd.DataFrame


def cascade(links: pd.DataFrame, indicators: pd.DataFrame) -> Cascade:
    """The cascade of the indicators in force.

    Parameters
    ----------
    links : DataFrame
        Table ``kaskade``.
    indicators : DataFrame
        The indicators in force (rows of ``indikator``, or a scorecard).

    Examples
    --------
    >>> indicators = pd.DataFrame({"kode_indikator": ["K1", "K2", "a", "b", "c"], "kode_opd": ["P", "P", "X", "Y", "Y"],
    ...     "tingkat": ["iku_kota", "iku_kota", "iku_opd", "iku_opd", "iku_opd"], "nama_indikator": list("KLabc")})
    >>> links = pd.DataFrame({"kode_indikator": ["a", "b"], "kode_induk": ["K1", "K1"], "jenis_induk": "indikator"})
    >>> found = cascade(links, indicators)
    >>> found.orphans["kode_indikator"].tolist(), found.unsupported["kode_indikator"].tolist()
    (['c'], ['K2'])
    >>> found.shared[["kode_indikator", "n_opd"]].to_numpy().tolist()
    [['K1', 2]]
    """
    about = indicators[["kode_indikator", "tingkat", "kode_opd"]]
    known = links[["kode_indikator", "kode_induk", "jenis_induk"]].merge(about, on="kode_indikator")
    levels = indicators.set_index("kode_indikator")["tingkat"]
    known = known.assign(tingkat_induk=known["kode_induk"].map(levels))
    is_unknown = known["jenis_induk"].eq("indikator") & known["tingkat_induk"].isna()
    parents = known.groupby("kode_induk").agg(n_opd=("kode_opd", "nunique"), n_penunjang=("kode_indikator", "nunique"))
    number = known.groupby("kode_indikator")["kode_induk"].nunique()
    is_top, code = indicators["tingkat"].isin(TOP), indicators["kode_indikator"]
    return Cascade(
        links=known[~is_unknown],
        orphans=indicators[~is_top & ~code.isin(known["kode_indikator"])],
        unsupported=indicators[indicators["tingkat"].eq("iku_kota") & ~code.isin(known["kode_induk"])],
        unknown=known[is_unknown],
        shared=_with(indicators, parents[parents["n_opd"].gt(1)]),
        many=_with(indicators, number[number.gt(1)].to_frame("n_induk")),
    )


def _with(indicators: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    return indicators.merge(counts, left_on="kode_indikator", right_index=True).reset_index(drop=True)
