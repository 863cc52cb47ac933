"""The scorecard: one row per indicator, against each PK version side by side.

Verdicts on one period: achievement against each PK version, target changes, flags.

Indicators without a percentage of achievement, each with the reason why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np
import pandas as pd

from pkanalysis import reference, vocabulary
from pkanalysis.analysis.achievement import formulas
from pkanalysis.analysis.achievement.measured import pk_targets, values_to
from pkanalysis.vocabulary import WAITING, end_of


def judged(cards: pd.DataFrame, cap: float | None = None) -> pd.DataFrame:
    """Cards with achievement against each PK version, whether the target in force is reached, and flags.

    Parameters
    ----------
    cards : DataFrame
        Indicators joined with :func:`pkanalysis.analysis.achievement.measured.pk_targets` and
        :func:`pkanalysis.analysis.achievement.measured.values_to`.
    cap : float, optional
        Display cap in per cent for indicators without their own ``batas_atas``.

    Returns
    -------
    DataFrame
        ``cards`` with the columns that :func:`pkanalysis.analysis.achievement.scorecard.scorecard` documents.
    """
    rule = {"polarity": cards["polaritas"], "formula": cards["rumus"].fillna("deviasi")}
    real, is_revised = cards["realisasi"], cards["ke"].gt(0)
    in_force = {
        part: cards[f"target_perubahan{part}"].where(is_revised, cards[f"target_murni{part}"])
        for part in ("", "_atas", "_huruf")
    }
    original = formulas.percent(real, cards["target_murni"], upper=cards["target_murni_atas"], **rule)
    revised = formulas.percent(real, cards["target_perubahan"], upper=cards["target_perubahan_atas"], **rule)
    by_number = formulas.reached(real, in_force[""], cards["polaritas"], in_force["_atas"])
    by_letter = reached_letter(cards["realisasi_huruf"], in_force["_huruf"])
    current = revised.where(is_revised, original)
    limit = cards["batas_atas"].fillna(np.inf if cap is None else cap)
    verdicts = cards.assign(
        capaian_murni=original,
        capaian_perubahan=revised,
        capaian_berlaku=current,
        capaian_dibatasi=current.clip(lower=0).clip(upper=limit).where(limit < np.inf),
        perubahan_target=target_change(cards),
        is_tercapai=by_number.fillna(by_letter),
    )
    return verdicts.assign(bendera=_flags(verdicts))


def reached_letter(actual: pd.Series, target: pd.Series) -> pd.Series:
    """Whether a letter is at least the target letter on the SAKIP scale; equal letters always are.

    Missing where either is missing, or where they differ and are not both on that scale.

    Examples
    --------
    >>> reached_letter(pd.Series(["A", "B", "WTP", "WDP"]), pd.Series(["BB", "BB", "WTP", "WTP"])).tolist()
    [True, False, True, <NA>]
    """
    real, aim = _rank(actual), _rank(target)
    is_same = actual.str.strip().str.casefold().eq(target.str.strip().str.casefold()) & actual.notna()
    return real.ge(aim).astype("boolean").mask(real.isna() | aim.isna()).mask(is_same, True)


def target_change(cards: pd.DataFrame) -> pd.Series:
    """How the PK Perubahan moved the target of the period.

    Returns
    -------
    Series of str
        ``dilonggarkan`` (easier), ``diperketat``, ``diubah`` (a range, a two-sided indicator or
        letters on no known scale), ``tetap``; missing where one version has no target.
    """
    low = cards["target_perubahan"] - cards["target_murni"]
    before, after = (
        cards[f"target_{version}_atas"].fillna(cards[f"target_{version}"]) for version in ("murni", "perubahan")
    )
    high = after - before
    has_top = cards[["target_murni_atas", "target_perubahan_atas"]].notna().any(axis=1)
    wanted = cards["polaritas"].map(vocabulary.sign).astype("float64")
    is_range = has_top | wanted.isna()
    eased = low.mask(wanted.gt(0), -low)
    numbers = np.select(
        [low.eq(0) & high.eq(0), is_range, eased > 0], ["tetap", "diubah", "dilonggarkan"], default="diperketat"
    )
    letters = _letter_change(cards["target_murni_huruf"], cards["target_perubahan_huruf"])
    return pd.Series(numbers, index=cards.index, dtype="str").mask(low.isna()).fillna(letters)


def _letter_change(before: pd.Series, after: pd.Series) -> pd.Series:
    move = _rank(after) - _rank(before)
    is_same = before.str.strip().str.casefold().eq(after.str.strip().str.casefold())
    word = np.select([is_same, move < 0, move > 0], ["tetap", "dilonggarkan", "diperketat"], default="diubah")
    return pd.Series(word, index=before.index, dtype="str").mask(before.isna() | after.isna())


def _flags(cards: pd.DataFrame) -> pd.Series:
    has_value = cards["realisasi"].notna() | cards["realisasi_huruf"].notna()
    is_missing = ~has_value & ~cards["status"].isin(WAITING)
    has_first, has_later = (
        cards[f"target_{version}"].notna() | cards[f"target_{version}_huruf"].notna()
        for version in ("murni", "perubahan")
    )
    has_aim = cards["target_murni"].notna() | cards["target_perubahan"].notna()
    rules = {
        "TRIWULAN_TIDAK_LENGKAP": is_missing & cards["is_sebagian"],
        "REALISASI_KOSONG": is_missing & ~cards["is_sebagian"],
        "TARGET_NOL": cards["realisasi"].notna() & has_aim & cards["capaian_berlaku"].isna(),
        "TARGET_TIDAK_ADA": has_value & ~has_first & ~has_later,
        "TARGET_AWAL_TIDAK_ADA": has_value & ~has_first & has_later,
        "TARGET_PERUBAHAN_TANPA_PERIODE": cards["is_tanpa_periode"],
    }
    flags = pd.DataFrame(rules, index=cards.index)
    return flags.apply(lambda row: ", ".join(flags.columns[row.to_numpy(dtype=bool)]), axis=1).astype("str")


def _rank(letters: pd.Series) -> pd.Series:
    order = {letter: -place for place, letter in enumerate(reference.scale("akip").labels)}
    return letters.str.strip().map(order).astype("float64")


Frames = Mapping[str, pd.DataFrame]


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
    known = tables["indikator"]
    is_valid = known["berlaku_dari"].fillna(year).le(year) & known["berlaku_sampai"].fillna(year).ge(year)
    cards = known[is_valid].set_index("kode_indikator").drop(columns="sumber")
    agreements = tables["perjanjian"][tables["perjanjian"]["tahun"].eq(year)]
    unsigned = agreements[agreements["tanggal_ttd"] > pd.Timestamp(signed_by or end_of(year, period))]
    targets = pk_targets(tables["target"], unsigned, cards["jadwal_ukur"], year, period)
    cards = cards.join(targets).join(values_to(tables["realisasi"], cards, year, period))
    return judged(cards, cap).reset_index()


def of_office(card: pd.DataFrame) -> pd.DataFrame:
    """The indicators that an office answers for; those of the region only lie with it.

    Examples
    --------
    >>> of_office(pd.DataFrame({"tingkat": ["iku_kota", "iku_opd"]})).tingkat.tolist()
    ['iku_opd']
    """
    return card[~card["tingkat"].isin(("tujuan", "iku_kota"))]


MIXED, UNKNOWN_LETTER, LETTER = "HURUF_DAN_ANGKA", "HURUF_TIDAK_DIKENAL", "PREDIKAT"


def unscored(card: pd.DataFrame) -> pd.DataFrame:
    """Indicators that have no percentage, in the order of ``card``.

    Parameters
    ----------
    card : DataFrame
        A scorecard (:func:`pkanalysis.analysis.achievement.scorecard.scorecard`).

    Returns
    -------
    DataFrame
        ``kode_opd``, ``kode_indikator``, ``nama_indikator``, ``tercapai`` (known all the same for predicates and for a
        target of zero) and ``alasan``: a status (``menunggu_rilis``, ``belum_jadwal``, ``tidak_terukur``,
        ``tidak_berlaku``), a flag (``REALISASI_KOSONG``, ``TRIWULAN_TIDAK_LENGKAP``, ``TARGET_TIDAK_ADA``,
        ``TARGET_NOL``), ``PREDIKAT`` (judged as reached or not), ``HURUF_TIDAK_DIKENAL`` (predicates on no known
        scale), ``HURUF_DAN_ANGKA`` (one is a predicate, the other a number).

    Examples
    --------
    >>> card = pd.DataFrame({"kode_opd": "X", "kode_indikator": list("abc"), "nama_indikator": list("abc"), "ke": 0,
    ...     "capaian_berlaku": [104.0, None, None], "realisasi": [52.0, 9.0, None], "target_murni": [50.0, None, None],
    ...     "realisasi_huruf": [None, None, "BB"], "target_murni_huruf": [None, None, "B"], "target_perubahan": None,
    ...     "target_perubahan_huruf": None, "status": "final", "bendera": ["", "TARGET_TIDAK_ADA", ""],
    ...     "is_tercapai": pd.array([True, None, True], "boolean")})
    >>> unscored(card)[["kode_indikator", "alasan"]].to_numpy().tolist()
    [['b', 'TARGET_TIDAK_ADA'], ['c', 'PREDIKAT']]
    """
    rows = card[card["capaian_berlaku"].isna()]
    found = rows[["kode_opd", "kode_indikator", "nama_indikator"]].assign(
        tercapai=rows["is_tercapai"].astype("boolean"), alasan=_reason(rows)
    )
    return found.reset_index(drop=True)


def _reason(rows: pd.DataFrame) -> pd.Series:
    """The first reason that holds: no value, no target, a target of zero, letters."""
    has_value = rows["realisasi"].notna() | rows["realisasi_huruf"].notna()
    is_revised = rows["ke"].gt(0)
    number = rows["target_perubahan"].where(is_revised, rows["target_murni"]).notna()
    letter = rows["target_perubahan_huruf"].where(is_revised, rows["target_murni_huruf"]).notna()
    is_quarter_missing = rows["bendera"].str.contains("TRIWULAN_TIDAK_LENGKAP")
    rules = [
        (~has_value & rows["status"].isin(WAITING), rows["status"].astype(object)),
        (~has_value & is_quarter_missing, "TRIWULAN_TIDAK_LENGKAP"),
        (~has_value, "REALISASI_KOSONG"),
        (~number & ~letter, "TARGET_TIDAK_ADA"),
        (number & rows["realisasi"].notna(), "TARGET_NOL"),
        (letter & rows["realisasi_huruf"].notna() & rows["is_tercapai"].notna(), LETTER),
        (letter & rows["realisasi_huruf"].notna(), UNKNOWN_LETTER),
    ]
    is_so, reasons = zip(*rules, strict=True)
    return pd.Series(np.select(is_so, reasons, default=MIXED), index=rows.index, dtype="str")
