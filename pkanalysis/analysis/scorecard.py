"""The scorecard: one row per indicator, against each PK version side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pkanalysis.analysis import formulas
from pkanalysis.analysis.measured import pk_targets, values_to
from pkanalysis.periods import end_of
from pkanalysis.tables import WAITING

Frames = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Summary:
    """Counts and simple means of a scorecard; means are in per cent, uncapped, without missing ones.

    ``n_reached`` counts against the PK that is in force; ``mean_original`` is over the indicators
    that have a PK murni target, ``mean_current`` over those with a target in force.
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
    n_above_100: int


def scorecard(tables: Frames, year: int, period: str, signed_by: dt.date | None = None) -> pd.DataFrame:
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

    Returns
    -------
    DataFrame
        Columns of ``indikator`` plus ``target_murni``, ``target_perubahan`` (with ``_atas`` for a
        range and ``_huruf`` for a predicate), ``ke`` (number of the PK Perubahan, 0 = none),
        ``realisasi``, ``realisasi_huruf``, ``status`` (missing = not delivered), ``capaian_murni``,
        ``capaian_perubahan``, ``capaian_berlaku`` (per cent, uncapped; against the PK in force),
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
    return _judged(cards.join(targets).join(values_to(tables["realisasi"], cards, year, period))).reset_index()


def _in_force(indicators: pd.DataFrame, year: int) -> pd.DataFrame:
    since, until = indicators["berlaku_dari"].fillna(year), indicators["berlaku_sampai"].fillna(year)
    return indicators[since.le(year) & until.ge(year)]


def _judged(cards: pd.DataFrame) -> pd.DataFrame:
    """Achievement against each PK version, whether the target in force is reached, and the flags."""
    rule = {"polarity": cards["polaritas"], "formula": cards["rumus"].fillna("deviasi")}
    real, is_revised = cards["realisasi"], cards["ke"].gt(0)
    low = cards["target_perubahan"].where(is_revised, cards["target_murni"])
    high = cards["target_perubahan_atas"].where(is_revised, cards["target_murni_atas"])
    original = formulas.percent(real, cards["target_murni"], upper=cards["target_murni_atas"], **rule)
    revised = formulas.percent(real, cards["target_perubahan"], upper=cards["target_perubahan_atas"], **rule)
    letters = cards["target_perubahan_huruf"].where(is_revised, cards["target_murni_huruf"])
    is_reached = formulas.reached(real, low, cards["polaritas"], high)
    judged = cards.assign(
        capaian_murni=original,
        capaian_perubahan=revised,
        capaian_berlaku=revised.where(is_revised, original),
        perubahan_target=_target_change(cards),
        is_tercapai=is_reached.fillna(formulas.reached_letter(cards["realisasi_huruf"], letters)),
    )
    return judged.assign(bendera=_flags(judged, low))


def _target_change(cards: pd.DataFrame) -> pd.Series:
    """How the PK Perubahan moved the target: dilonggarkan (easier), diperketat, diubah (ranges), tetap."""
    is_range = cards["target_murni_atas"].notna() | cards["target_perubahan_atas"].notna()
    move = cards["target_perubahan"] - cards["target_murni"]
    move_above = (cards["target_perubahan_atas"] - cards["target_murni_atas"]).fillna(0)
    eased = move.mask(cards["polaritas"].eq("naik_baik"), -move)
    word = np.select([eased > 0, eased < 0], ["dilonggarkan", "diperketat"], default="tetap")
    word = np.where(is_range & (move.ne(0) | move_above.ne(0)), "diubah", word)
    return pd.Series(word, index=cards.index, dtype="str").mask(move.isna())


def _flags(cards: pd.DataFrame, target: pd.Series) -> pd.Series:
    has_value = cards["realisasi"].notna() | cards["realisasi_huruf"].notna()
    is_missing = ~has_value & ~cards["status"].isin(WAITING)
    has_target = cards["target_murni"].notna() | cards["target_murni_huruf"].notna()
    rules = {
        "TRIWULAN_TIDAK_LENGKAP": is_missing & cards["is_sebagian"],
        "REALISASI_KOSONG": is_missing & ~cards["is_sebagian"],
        "TARGET_NOL": target.eq(0) & cards["realisasi"].notna(),
        "TARGET_AWAL_TIDAK_ADA": has_value & ~has_target,
    }
    flags = pd.DataFrame(rules, index=cards.index)
    return flags.apply(lambda row: ", ".join(flags.columns[row.to_numpy(dtype=bool)]), axis=1).astype("str")


def summarise(card: pd.DataFrame) -> Summary:
    """Counts and means of a scorecard.

    Examples
    --------
    >>> import pandas as pd
    >>> card = pd.DataFrame({"status": ["final", None], "is_tercapai": pd.array([True, None], dtype="boolean"),
    ...                      "capaian_berlaku": [104.0, None], "capaian_murni": [102.0, None]})
    >>> s = summarise(card)
    >>> s.n_reached, s.n_measured, s.n_missing, s.mean_current
    (1, 1, 1, 104.0)
    """
    is_measured, status = card["is_tercapai"].notna(), card["status"]
    current, original = card["capaian_berlaku"], card["capaian_murni"]
    is_waiting = ~is_measured & status.isin(("menunggu_rilis", "belum_jadwal"))
    is_unmeasurable = ~is_measured & status.isin(("tidak_terukur", "tidak_berlaku"))
    return Summary(
        n=len(card),
        n_measured=int(is_measured.sum()),
        n_reached=int(card["is_tercapai"].fillna(False).sum()),
        n_waiting=int(is_waiting.sum()),
        n_unmeasurable=int(is_unmeasurable.sum()),
        n_missing=int((~is_measured & ~is_waiting & ~is_unmeasurable).sum()),
        mean_current=float(current.mean()),
        n_current=int(current.count()),
        mean_original=float(original.mean()),
        n_original=int(original.count()),
        n_above_100=int((current > 100).sum()),
    )
