"""The scorecard: one row per indicator, against each PK version side by side.

Verdicts on one period: achievement against each PK version, target changes, flags.

Averages of achievement over groups of indicators, each with what it is an average of.

Indicators without a percentage of achievement, each with the reason why.

Achievement of two years side by side: over all indicators of each, and over those that both have.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy import stats

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


def _capped(current: pd.Series, own: pd.Series, cap: float | None) -> pd.Series:
    limit = own.fillna(np.inf if cap is None else cap)
    return current.clip(lower=0).clip(upper=limit).where(limit < np.inf)


def _top(cards: pd.DataFrame, version: str) -> pd.Series:
    return cards[f"target_{version}_atas"].fillna(cards[f"target_{version}"])


def _rank(letters: pd.Series) -> pd.Series:
    order = {letter: -place for place, letter in enumerate(reference.scale("akip").labels)}
    return letters.str.strip().map(order).astype("float64")


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
    is_waiting = ~is_measured & status.isin(vocabulary.NOT_YET)
    is_unmeasurable = ~is_measured & status.isin(vocabulary.NOT_MEASURED)
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


Method = Literal["aritmetik", "geometrik"]
METHODS = ("aritmetik", "geometrik")
RANKED_FROM = 3
"""Indicators that an office needs before its mean has an interval."""


def mean_of(values: pd.Series, method: Method = "aritmetik") -> float:
    """Mean of the values that are there; missing without any, and for ``geometrik`` when one is not above zero.

    References
    ----------
    PMK 22/2021, annex (geometric mean of achievements).

    Examples
    --------
    >>> round(mean_of(pd.Series([94.87, 76.31]), "geometrik"), 2), mean_of(pd.Series([100.0, None, 90.0]))
    (85.09, 95.0)
    """
    given = values.dropna().astype("float64")
    if method == "aritmetik" or given.empty:
        return float(given.mean())
    return float(np.exp(np.log(given).mean())) if given.gt(0).all() else float("nan")


def grouped(card: pd.DataFrame, by: Sequence[str], method: Method = "aritmetik") -> pd.DataFrame:
    """Counts and means of a scorecard per group; nothing missing counts as zero.

    Parameters
    ----------
    card : DataFrame
        A scorecard (:func:`pkanalysis.analysis.achievement.scorecard.scorecard`).
    by : sequence of str
        Columns of ``card``; their values in order.
    method : {"aritmetik", "geometrik"}

    Returns
    -------
    DataFrame
        ``by``, the counts of :class:`~pkanalysis.analysis.achievement.scorecard.Summary`, ``rata_rata``
        (against the PK in force) over ``n_rata``, ``rata_rata_murni`` over ``n_murni`` (per cent, uncapped),
        ``n_tanpa_data``, ``n_di_atas_100`` and ``se`` (of the arithmetic mean in points, widened for t;
        missing below three indicators or where all are equal).

    Examples
    --------
    >>> card = pd.DataFrame({"kode_opd": "X", "status": "final", "realisasi_huruf": None,
    ...     "is_tercapai": pd.array([True, False, None], "boolean"), "realisasi": [52.0, 9.0, None],
    ...     "capaian_berlaku": [104.0, 90.0, None], "capaian_murni": [102.0, 90.0, None]})
    >>> grouped(card, ["kode_opd"])[["rata_rata", "n_rata", "n_tanpa_data", "n_di_atas_100"]].to_numpy().tolist()
    [[97.0, 2.0, 1.0, 1.0]]
    """
    keys = list(by)
    rows = [dict(zip(keys, key, strict=True)) | _of(part, method) for key, part in card.groupby(keys, sort=True)]
    return pd.DataFrame(rows, columns=[*keys, *_COLUMNS])


_COLUMNS = [
    "n", "n_measured", "n_reached", "n_waiting", "n_unmeasurable", "n_missing", "n_unjudged", "rata_rata", "n_rata",
    "rata_rata_murni", "n_murni", "n_tanpa_data", "n_di_atas_100", "se",
]  # fmt: skip


def _of(card: pd.DataFrame, method: Method) -> dict[str, Any]:
    current, original = card["capaian_berlaku"], card["capaian_murni"]
    return asdict(summarise(card)) | {
        "rata_rata": mean_of(current, method),
        "n_rata": int(current.count()),
        "rata_rata_murni": mean_of(original, method),
        "n_murni": int(original.count()),
        "n_tanpa_data": int(current.isna().sum()),
        "n_di_atas_100": int(current.gt(100).sum()),
        "se": _error(current.dropna()),
    }


def outlier(card: pd.DataFrame, least: float = 5.0) -> tuple[pd.Series, float] | None:
    """The one indicator that decides a mean: its row, and the mean without it.

    ``None`` where leaving out the achievement farthest from the median moves the arithmetic mean by less than
    ``least`` points, or below three indicators.

    Examples
    --------
    >>> card = pd.DataFrame({"nama_indikator": list("abcd"), "capaian_berlaku": [99.0, 100.0, 101.0, 900.0]})
    >>> row, rest = outlier(card)
    >>> row["nama_indikator"], rest
    ('d', 100.0)
    >>> outlier(card.head(3)) is None
    True
    """
    known = card[card["capaian_berlaku"].notna()]
    values = known["capaian_berlaku"].astype("float64")
    if len(values) < RANKED_FROM:
        return None
    farthest = int(np.argmax((values - values.median()).abs().to_numpy()))
    rest = float(np.delete(values.to_numpy(), farthest).mean())
    return (known.iloc[farthest], rest) if abs(values.mean() - rest) >= least else None


def _error(values: pd.Series) -> float:
    """Standard error of the mean, widened so that a normal interval of it is that of t; missing without spread."""
    if len(values) < RANKED_FROM or values.max() == values.min():
        return float("nan")
    widening = stats.t.ppf(0.975, len(values) - 1) / stats.norm.ppf(0.975)
    return float(values.std() / len(values) ** 0.5 * widening)


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


def compared(before: pd.DataFrame, card: pd.DataFrame, method: Method = "aritmetik") -> pd.DataFrame:
    """Means of two years over all indicators of each, and over those that both years have.

    Parameters
    ----------
    before, card : DataFrame
        Scorecards of the earlier and the later year, same period.

    Returns
    -------
    DataFrame
        ``himpunan`` (``semua``, ``sama``) x ``saat`` (``lalu``, ``kini``): ``rata_rata``, ``n``, ``n_tanpa_data``,
        ``n_di_atas_100``.

    Examples
    --------
    >>> old = pd.DataFrame({"kode_indikator": ["a", "b"], "capaian_berlaku": [90.0, 120.0]})
    >>> new = pd.DataFrame({"kode_indikator": ["a", "c"], "capaian_berlaku": [95.0, 80.0]})
    >>> compared(old, new)["rata_rata"].tolist()
    [105.0, 87.5, 90.0, 95.0]
    """
    cards = {"lalu": before, "kini": card}
    achieved = {name: rows.set_index("kode_indikator")["capaian_berlaku"] for name, rows in cards.items()}
    both = achieved["lalu"].dropna().index.intersection(achieved["kini"].dropna().index)
    sets = {"semua": achieved, "sama": {name: values.loc[both] for name, values in achieved.items()}}
    rows = [
        (name, when, mean_of(values, method), values.count(), values.isna().sum(), values.gt(100).sum())
        for name, of in sets.items()
        for when, values in of.items()
    ]
    return pd.DataFrame(rows, columns=["himpunan", "saat", "rata_rata", "n", "n_tanpa_data", "n_di_atas_100"])


def movers(before: pd.DataFrame, card: pd.DataFrame) -> pd.DataFrame:
    """Mean achievement of each OPD in two years over the indicators that both years have.

    Examples
    --------
    >>> old = pd.DataFrame({"kode_indikator": ["a", "b"], "kode_opd": "X", "capaian_berlaku": [90.0, 120.0]})
    >>> new = pd.DataFrame({"kode_indikator": ["a", "c"], "kode_opd": "X", "capaian_berlaku": [95.0, 80.0]})
    >>> movers(old, new).to_numpy().tolist()
    [['X', 90.0, 95.0, 1]]
    """
    earlier = before[["kode_indikator", "capaian_berlaku"]].rename(columns={"capaian_berlaku": "lalu"})
    both = card[["kode_indikator", "kode_opd", "capaian_berlaku"]].merge(earlier, on="kode_indikator").dropna()
    both = both.rename(columns={"capaian_berlaku": "kini"})
    groups = both.groupby("kode_opd", sort=True)
    return groups[["lalu", "kini"]].mean().assign(n=groups.size()).reset_index()
