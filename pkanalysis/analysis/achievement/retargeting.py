"""What a changed target did to the achievement that is reported, in three parts that add up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd

from pkanalysis.analysis.achievement.numerals import figure

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
    })  # fmt: skip


def mean_parts(parts: pd.DataFrame, by: Sequence[str] = ()) -> pd.DataFrame:
    """Simple means of the parts per OPD (``by=["kode_opd"]``) or for the city; they add up like the parts.

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
    means = groups[[*PARTS, "capaian_dilaporkan"]].mean().join(groups[["n", "n_tanpa_target_awal"]].sum())
    return means.reset_index() if keys else means.reset_index(drop=True)


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
    return change.assign(kode_opd=last.loc[common, "kode_opd"], penolakan="").reset_index()[list(before.columns)]


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
    return (
        f"Capaian {figure(last, 1)}% terhadap PK Perubahan; terhadap target awal {figure(first, 1)}%. Selisih "
        f"{figure(abs(last - first), 1)} poin berasal dari perubahan target."
    )
