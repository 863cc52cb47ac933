"""The scorecard: one row per indicator, against each PK version side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from pkanalysis.analysis.achievement.measured import pk_targets, values_to
from pkanalysis.analysis.achievement.verdicts import judged
from pkanalysis.periods import end_of

Frames = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Summary:
    """Counts and simple means of a scorecard; means are in per cent, uncapped, without missing ones.

    ``n_reached`` counts against the PK that is in force; ``mean_original`` is over the indicators
    that have a PK murni target, ``mean_current`` over those with a target in force. ``n_missing`` were
    due and not delivered; ``n_unjudged`` have a value but no target, or letters on no known scale.
    """

    n: int
    n_measured: int
    n_reached: int
    n_waiting: int
    n_unmeasurable: int
    n_missing: int
    mean_current: float
    n_current: int
    mean_original: float
    n_original: int
    n_unjudged: int


def scorecard(
    tables: Frames, year: int, period: str, signed_by: dt.date | None = None, cap: float | None = None
) -> pd.DataFrame:
    """One row per indicator of ``year``: targets of every PK version, value, achievement, flags.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``indikator``, ``target``, ``realisasi`` and ``perjanjian`` (see the data dictionary); of one
        OPD or of the city.
    year : int
    period : {"TW1", "TW2", "TW3", "TW4", "tahunan"}
        Values and targets are to the end of this period.
    signed_by : date, optional
        A PK signed later is not used; the end of the period unless given.
    cap : float, optional
        Display cap in per cent (``[capaian] batas_atas``) for indicators without their own.

    Returns
    -------
    DataFrame
        Columns of ``indikator`` plus ``target_murni``, ``target_perubahan`` (with ``_atas`` for a
        range and ``_huruf`` for a predicate), ``ke`` (number of the PK Perubahan, 0 = none),
        ``realisasi``, ``realisasi_huruf``, ``status`` (missing = not delivered), ``capaian_murni``,
        ``capaian_perubahan``, ``capaian_berlaku`` (per cent, uncapped; against the PK in force),
        ``capaian_dibatasi`` (that one clipped to the cap, missing where there is none),
        ``perubahan_target`` (dilonggarkan, diperketat, diubah, tetap), ``is_tercapai``,
        ``alasan_perubahan``, ``bendera`` (codes, comma separated), ``sumber``,
        ``tanggal_data``.

    Examples
    --------
    >>> from pkanalysis.tables import empty
    >>> names = ("indikator", "target", "realisasi", "perjanjian")
    >>> scorecard({name: empty(name) for name in names}, 2025, "TW3").shape[0]
    0
    """
    cards = _in_force(tables["indikator"], year).set_index("kode_indikator").drop(columns="sumber")
    agreements = tables["perjanjian"][tables["perjanjian"]["tahun"].eq(year)]
    unsigned = agreements[agreements["tanggal_ttd"] > pd.Timestamp(signed_by or end_of(year, period))]
    targets = pk_targets(tables["target"], unsigned, cards["jadwal_ukur"], year, period)
    known = cards.join(targets).join(values_to(tables["realisasi"], cards, year, period))
    return judged(known, cap).reset_index()


def _in_force(indicators: pd.DataFrame, year: int) -> pd.DataFrame:
    since, until = indicators["berlaku_dari"].fillna(year), indicators["berlaku_sampai"].fillna(year)
    return indicators[since.le(year) & until.ge(year)]


def of_office(card: pd.DataFrame) -> pd.DataFrame:
    """The indicators that an office answers for; those of the region only lie with it.

    Examples
    --------
    >>> of_office(pd.DataFrame({"tingkat": ["iku_kota", "iku_opd"]})).tingkat.tolist()
    ['iku_opd']
    """
    return card[~card["tingkat"].isin(("tujuan", "iku_kota"))]


def summarise(card: pd.DataFrame) -> Summary:
    """Counts and means of a scorecard.

    Examples
    --------
    >>> import pandas as pd
    >>> card = pd.DataFrame({"status": ["final", None], "is_tercapai": pd.array([True, None], dtype="boolean"),
    ...                      "realisasi": [52.0, None], "realisasi_huruf": [None, None],
    ...                      "capaian_berlaku": [104.0, None], "capaian_murni": [102.0, None]})
    >>> s = summarise(card)
    >>> s.n_reached, s.n_measured, s.n_missing, s.mean_current
    (1, 1, 1, 104.0)
    """
    is_measured, status = card["is_tercapai"].notna(), card["status"]
    current, original = card["capaian_berlaku"], card["capaian_murni"]
    has_value = card["realisasi"].notna() | card["realisasi_huruf"].notna()
    is_waiting = ~is_measured & status.isin(("menunggu_rilis", "belum_jadwal"))
    is_unmeasurable = ~is_measured & status.isin(("tidak_terukur", "tidak_berlaku"))
    return Summary(
        n=len(card),
        n_measured=int(is_measured.sum()),
        n_reached=int(card["is_tercapai"].fillna(False).sum()),
        n_waiting=int(is_waiting.sum()),
        n_unmeasurable=int(is_unmeasurable.sum()),
        n_missing=int((~is_measured & ~is_waiting & ~is_unmeasurable & ~has_value).sum()),
        n_unjudged=int((~is_measured & has_value).sum()),
        mean_current=float(current.mean()),
        n_current=int(current.count()),
        mean_original=float(original.mean()),
        n_original=int(original.count()),
    )
