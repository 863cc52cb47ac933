"""Verdicts on one period: achievement against each PK version, target changes, flags."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pkanalysis import reference
from pkanalysis.analysis.achievement import formulas
from pkanalysis.tables import WAITING


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
    verdicts = cards.assign(
        capaian_murni=original,
        capaian_perubahan=revised,
        capaian_berlaku=current,
        capaian_dibatasi=_capped(current, cards["batas_atas"], cap),
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
    high = _top(cards, "perubahan") - _top(cards, "murni")
    has_top = cards[["target_murni_atas", "target_perubahan_atas"]].notna().any(axis=1)
    is_range = has_top | cards["polaritas"].eq("rentang")
    eased = low.mask(cards["polaritas"].eq("naik_baik"), -low)
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


def _capped(current: pd.Series, own: pd.Series, cap: float | None) -> pd.Series:
    limit = own.fillna(np.inf if cap is None else cap)
    return current.clip(lower=0).clip(upper=limit).where(limit < np.inf)


def _top(cards: pd.DataFrame, version: str) -> pd.Series:
    return cards[f"target_{version}_atas"].fillna(cards[f"target_{version}"])


def _rank(letters: pd.Series) -> pd.Series:
    order = {letter: -place for place, letter in enumerate(reference.scale("akip").labels)}
    return letters.str.strip().map(order).astype("float64")
