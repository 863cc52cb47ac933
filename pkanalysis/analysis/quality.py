"""Quality flags on targets and values: something to ask about, never a verdict (``pk.quality``).

Values that look copied (from the target, last year, another indicator), and those that are hard to believe.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd

from pkanalysis import vocabulary
from pkanalysis.analysis.achievement.formulas import Floats, figure
from pkanalysis.analysis.claims import worded
from pkanalysis.analysis.trend.region import POINTS_FROM, xmr
from pkanalysis.analysis.trend.series import comparable
from pkanalysis.intake.values import likely

__all__ = [
    "always_on_target", "equals_target", "far_above", "flags", "leaps", "listed_twice", "repeats_another",
    "repeats_last_year", "target_below_last_year", "wrong_direction",
]  # fmt: skip

COLUMNS = ["bendera", "kode_opd", "kode_indikator", "nama_indikator", "nilai", "pembanding", "ambang", "keterangan"]


def flagged(
    rows: pd.DataFrame, code: str, compared: Any, threshold: float, value: str = "realisasi", **told: Any
) -> pd.DataFrame:
    """Rows as flags.

    Parameters
    ----------
    rows : DataFrame
        ``kode_opd``, ``kode_indikator``, ``nama_indikator`` and the column ``value``.
    code : str
        The flag; its sentence stands in ``reference/kalimat.toml``.
    compared : Series or float
        What the value was held against.
    threshold : float
    told : Series or str
        Further values of the sentence, beside ``nilai`` and ``pembanding``.

    Returns
    -------
    DataFrame
        Columns :data:`COLUMNS`.
    """
    found = rows[["kode_opd", "kode_indikator", "nama_indikator"]].assign(
        bendera=code, nilai=rows[value].astype("float64"), pembanding=compared, ambang=float(threshold)
    )
    found["pembanding"] = found["pembanding"].astype("float64")
    values = found[["nilai", "pembanding"]].map(figure).assign(**told)
    records = [{str(name): item for name, item in row.items()} for row in values.to_dict("records")]
    sentences = [worded(code, **record) for record in records]
    return found.assign(keterangan=pd.array(sentences, dtype="str"))[COLUMNS].reset_index(drop=True)


def last_year(cards: pd.DataFrame, history: pd.DataFrame, year: int) -> pd.DataFrame:
    """``cards`` with ``lalu``: the value of the year before (missing where there is none)."""
    before = history[history["tahun"].eq(year - 1)].set_index("kode_indikator")["realisasi"]
    return cards.assign(lalu=cards["kode_indikator"].map(before).astype("float64"))


def in_force(cards: pd.DataFrame) -> pd.Series:
    """Target of the PK in force (lower bound if a range)."""
    return cards["target_perubahan"].where(cards["ke"].gt(0), cards["target_murni"])


COMMON = (0.0, 1.0, 100.0)
"""Values that many indicators share for good reasons."""


def equals_target(cards: pd.DataFrame, share: float = 1.0, at_least: int = 3) -> pd.DataFrame:
    """OPDs whose realisasi equals the target in force in at least ``share`` of ``at_least`` or more indicators.

    Examples
    --------
    >>> cards = pd.DataFrame({"kode_opd": "X", "kode_indikator": list("abc"), "nama_indikator": list("abc"), "ke": 0,
    ...     "realisasi": [71.5, 80, 9], "target_murni": [71.5, 80, 9], "target_perubahan": np.nan})
    >>> equals_target(cards)["bendera"].tolist()
    ['REALISASI_SAMA_DENGAN_TARGET', 'REALISASI_SAMA_DENGAN_TARGET', 'REALISASI_SAMA_DENGAN_TARGET']
    """
    aim = in_force(cards)
    judged = cards[cards["realisasi"].notna() & aim.notna()]
    is_same = judged["realisasi"].eq(aim.loc[judged.index])
    offices = is_same.groupby(judged["kode_opd"]).agg(["mean", "size"])
    suspect = offices.index[offices["mean"].ge(share) & offices["size"].ge(at_least)]
    rows = judged[is_same & judged["kode_opd"].isin(suspect)]
    sizes = rows["kode_opd"].map(offices["size"])
    return flagged(rows, "REALISASI_SAMA_DENGAN_TARGET", aim.loc[rows.index], share, n=sizes)


def always_on_target(cards: pd.DataFrame, history: pd.DataFrame, at_least: int = 3) -> pd.DataFrame:
    """Indicators whose realisasi equals the target in every year that has both, ``at_least`` years.

    ``nilai`` is the last value, ``pembanding`` the number of years.

    Examples
    --------
    >>> cards = pd.DataFrame({"kode_opd": "X", "kode_indikator": ["a"], "nama_indikator": ["a"]})
    >>> history = pd.DataFrame({"kode_indikator": "a", "tahun": [2023, 2024, 2025], "realisasi": [70.0, 71.5, 73],
    ...                         "target": [70.0, 71.5, 73]})
    >>> always_on_target(cards, history)["keterangan"].tolist()
    ['Realisasi sama persis dengan target pada semua 3 tahun yang ada (terakhir 73); mintakan bukti dukungnya.']
    """
    known = history.dropna(subset=["realisasi", "target"]).sort_values("tahun", kind="stable")
    years = known.assign(is_same=known["realisasi"].eq(known["target"])).groupby("kode_indikator")
    found = years.agg(n=("is_same", "size"), is_all=("is_same", "all"), realisasi=("realisasi", "last"))
    found = found[found["is_all"] & found["n"].ge(at_least)]
    rows = cards[cards["kode_indikator"].isin(found.index)]
    rows = rows.assign(realisasi=rows["kode_indikator"].map(found["realisasi"]).astype("float64"))
    return flagged(rows, "REALISASI_SELALU_SAMA_TARGET", rows["kode_indikator"].map(found["n"]), at_least)


def repeats_last_year(
    cards: pd.DataFrame, history: pd.DataFrame, year: int, common: Collection[float] = COMMON, within: float = 0.0
) -> pd.DataFrame:
    """Realisasi equal to that of the year before (within ``within``); ``common`` values are left out.

    Examples
    --------
    >>> cards = pd.DataFrame({"kode_opd": "X", "kode_indikator": ["a"], "nama_indikator": ["a"], "realisasi": [71.52]})
    >>> history = pd.DataFrame({"kode_indikator": ["a"], "tahun": [2024], "realisasi": [71.52]})
    >>> repeats_last_year(cards, history, 2025)["bendera"].tolist()
    ['REALISASI_SAMA_TAHUN_LALU']
    """
    known = last_year(cards, history, year)
    is_same = (known["realisasi"] - known["lalu"]).abs() <= within
    rows = known[is_same & ~known["realisasi"].isin(list(common))]
    return flagged(rows, "REALISASI_SAMA_TAHUN_LALU", rows["lalu"], within, tahun=year - 1)


def repeats_another(cards: pd.DataFrame, digits: int = 3, common: Collection[float] = COMMON) -> pd.DataFrame:
    """Realisasi with ``digits`` or more significant digits that another indicator of the OPD also has.

    Only within one level (``tingkat``): an IKU of the city may well be the IKU of its office.

    Examples
    --------
    >>> cards = pd.DataFrame({"kode_opd": "X", "tingkat": "iku_opd", "kode_indikator": list("abc"),
    ...                       "nama_indikator": ["satu", "dua", "tiga"], "realisasi": [71.52, 71.52, 50]})
    >>> repeats_another(cards)["kode_indikator"].tolist()
    ['a', 'b']
    """
    keys = ["kode_opd", "tingkat", "realisasi"]
    is_precise = cards["realisasi"].map(_digits).ge(digits) & ~cards["realisasi"].isin(list(common))
    rows = cards[is_precise]
    rows = rows[rows.groupby(keys)["kode_indikator"].transform("nunique").gt(1)].sort_values([*keys, "kode_indikator"])
    return flagged(rows, "REALISASI_SAMA_INDIKATOR_LAIN", rows["realisasi"], digits)


def listed_twice(cards: pd.DataFrame, at_least: int = 2) -> pd.DataFrame:
    """Indicators of one OPD and level with the same name, apart from capitals and spaces.

    Examples
    --------
    >>> cards = pd.DataFrame({"kode_opd": "X", "tingkat": "iku_opd", "kode_indikator": ["a", "b"],
    ...                       "nama_indikator": ["Indeks SPBE", "indeks  SPBE "], "realisasi": [2.1, None]})
    >>> listed_twice(cards)["kode_indikator"].tolist()
    ['a', 'b']
    """
    plain = cards["nama_indikator"].str.casefold().str.split().str.join(" ")
    number = cards.groupby([cards["kode_opd"], cards["tingkat"], plain])["kode_indikator"].transform("nunique")
    rows = cards[number.ge(at_least)]
    return flagged(rows, "INDIKATOR_GANDA", number.loc[rows.index], at_least)


def _digits(value: float) -> int:
    return 0 if np.isnan(value) else len(f"{abs(value):.12g}".replace(".", "").strip("0"))


def target_below_last_year(cards: pd.DataFrame, history: pd.DataFrame, year: int, margin: float = 0.0) -> pd.DataFrame:
    """Targets easier than what was already reached the year before, by more than ``margin`` (units).

    Examples
    --------
    >>> cards = pd.DataFrame({"kode_opd": "X", "kode_indikator": ["a"], "nama_indikator": ["a"], "ke": 0,
    ...     "polaritas": "naik_baik", "target_murni": [70.0], "target_perubahan": np.nan})
    >>> history = pd.DataFrame({"kode_indikator": ["a"], "tahun": [2024], "realisasi": [74.0]})
    >>> target_below_last_year(cards, history, 2025)["keterangan"].tolist()
    ['Target 70 lebih mudah daripada realisasi 2024 (74); mintakan alasannya.']
    """
    known = last_year(cards, history, year).assign(target=in_force(cards))
    sign = known["polaritas"].map(vocabulary.sign).astype("float64")
    rows = known[(sign * (known["lalu"] - known["target"])) > margin]
    return flagged(rows, "TARGET_LEBIH_MUDAH_DARI_REALISASI_LALU", rows["lalu"], margin, "target", tahun=year - 1)


def far_above(cards: pd.DataFrame, history: pd.DataFrame, year: int, above: float = 150.0) -> pd.DataFrame:
    """Achievement against the PK in force above ``above`` per cent.

    Examples
    --------
    >>> cards = pd.DataFrame({"kode_opd": "X", "kode_indikator": ["a"], "nama_indikator": ["a"],
    ...                       "capaian_berlaku": [240.0]})
    >>> history = pd.DataFrame({"kode_indikator": ["a"], "tahun": [2024], "realisasi": [22.0]})
    >>> far_above(cards, history, 2025)["keterangan"].item()
    'Capaian 240% jauh di atas target. Periksa apakah target terlalu rendah: realisasi tahun lalu sudah 22.'
    """
    known = last_year(cards, history, year)
    rows = known[known["capaian_berlaku"].gt(above)]
    said = [worded("CAPAIAN_LALU", nilai=figure(value)) if np.isfinite(value) else "" for value in rows["lalu"]]
    achieved = rows["capaian_berlaku"].map(lambda value: figure(value, 1))
    return flagged(
        rows, "CAPAIAN_JAUH_DI_ATAS_TARGET", rows["lalu"], above, "capaian_berlaku", nilai=achieved, lalu=said
    )


def leaps(cards: pd.DataFrame, history: pd.DataFrame, year: int, factor: float = 5.0) -> pd.DataFrame:
    """Values that leave the control limits of the years before, or leap.

    With eight or more earlier points: outside their XmR limits. With four to seven: a change more than ``factor``
    times the largest earlier one. With any earlier point: about 10, 100 or 1.000 times the one before, or that
    fraction of it (a decimal mark). ``pembanding`` is the value before.

    Examples
    --------
    >>> cards = pd.DataFrame({"kode_opd": "X", "kode_indikator": ["a"], "nama_indikator": ["a"]})
    >>> history = pd.DataFrame({"kode_indikator": "a", "tahun": [2024, 2025], "realisasi": [74.0, 755.0]})
    >>> leaps(cards, history, 2025)["keterangan"].tolist()
    ['Nilai 755 melonjak dari 74 (sekitar kelipatan sepuluh; periksa tanda desimalnya).']
    """
    seen = history[history["tahun"].le(year)].groupby("kode_indikator", sort=True)
    series = {code: comparable(group["tahun"].to_numpy(), group["realisasi"].to_numpy()) for code, group in seen}
    current = {code: points for code, points in series.items() if points.n > 1 and points.years[-1] == year}
    why = {code: _leap(points.values, factor) for code, points in current.items()}
    found = {code: reason for code, reason in why.items() if reason}
    rows = cards[cards["kode_indikator"].isin(list(found))]
    now, before = ({code: series[code].values[place] for code in found} for place in (-1, -2))
    rows = rows.assign(realisasi=rows["kode_indikator"].map(now).astype("float64"))
    reasons = rows["kode_indikator"].map(found)
    return flagged(rows, "LONJAKAN_TIDAK_WAJAR", rows["kode_indikator"].map(before), factor, sebab=reasons)


def wrong_direction(cards: pd.DataFrame, history: pd.DataFrame, at_least: int = 3) -> pd.DataFrame:
    """Direction suspected to be the wrong way round: by the name, or by targets that move against it.

    Targets count when at least ``at_least`` yearly ones move strictly one way. ``nilai`` is the last target,
    ``pembanding`` the first.

    Examples
    --------
    >>> cards = pd.DataFrame({"kode_opd": "X", "kode_indikator": ["a"], "nama_indikator": ["Angka kemiskinan"],
    ...                       "polaritas": "naik_baik"})
    >>> history = pd.DataFrame({"kode_indikator": "a", "tahun": [2023, 2024, 2025], "target": [9.0, 8.5, 8.0]})
    >>> wrong_direction(cards, history)["keterangan"].tolist()
    ['Tercatat makin tinggi makin baik, tetapi nama indikator dan target yang terus turun menunjukkan sebaliknya.']
    """
    targets = history.sort_values("tahun").dropna(subset="target").groupby("kode_indikator")["target"]
    moved = cards["kode_indikator"].map(targets.agg(lambda aims: _course(aims.to_numpy("float64"), at_least)))
    wanted = cards["polaritas"].map(vocabulary.sign).astype("float64")
    guessed = cards["nama_indikator"].map(likely).replace("", None)
    named = guessed.map(vocabulary.sign, na_action="ignore").astype("float64")
    reasons = {
        "ARAH_NAMA": named.mul(wanted).lt(0),
        "ARAH_TARGET_TURUN": moved.lt(0) & wanted.gt(0),
        "ARAH_TARGET_NAIK": moved.gt(0) & wanted.lt(0),
    }
    codes = [[code for code, is_so in reasons.items() if is_so[place]] for place in cards.index]
    is_doubted = pd.Series([bool(found) for found in codes], index=cards.index, dtype="bool")
    rows = cards.assign(target=cards["kode_indikator"].map(targets.last()))[is_doubted]
    way = rows["polaritas"].map(lambda name: vocabulary.POLARITIES[name].label.lower())
    said = [" dan ".join(map(worded, found)) for found in codes if found]
    first = rows["kode_indikator"].map(targets.first())
    return flagged(rows, "ARAH_DIDUGA_TERBALIK", first, at_least, "target", arah=way, sebab=said)


def _leap(values: Floats, factor: float) -> str:
    """Why the last value is a leap; empty where it is none."""
    earlier, last = values[:-1], values[-1]
    if len(earlier) >= POINTS_FROM:
        chart = xmr(earlier)
        is_inside = chart.lower <= last <= chart.upper
        return "" if is_inside else worded("LONJAKAN_BATAS", bawah=figure(chart.lower), atas=figure(chart.upper))
    before = earlier[-1]
    power = np.log10(last / before) if last * before > 0 else 0.0
    if abs(power) > 0.5 and abs(power - round(power)) < 0.06:
        return worded("LONJAKAN_DESIMAL")
    largest = np.abs(np.diff(earlier)).max(initial=0.0)
    is_leap = len(earlier) >= 4 and largest > 0 and abs(last - earlier[-1]) > factor * largest
    return worded("LONJAKAN_BESAR", faktor=figure(factor)) if is_leap else ""


def _course(aims: Floats, at_least: int) -> float:
    steps = np.sign(np.diff(aims))
    return float(steps[0]) if len(aims) >= at_least and steps[0] != 0 and (steps == steps[0]).all() else 0.0


def flags(cards: pd.DataFrame, history: pd.DataFrame, year: int, period: str = "tahunan") -> pd.DataFrame:
    """All quality flags of a year, with the default threshold of each rule.

    Parameters
    ----------
    cards : DataFrame
        Scorecard of ``year`` and ``period`` (:func:`pkanalysis.achievement.scorecard`).
    history : DataFrame
        ``kode_indikator``, ``tahun``, ``realisasi``, ``target`` up to ``year``
        (:func:`pkanalysis.achievement.history`).
    year : int
    period : str
        Within the year, sums and cumulative indicators are not held against the whole of last year.

    Returns
    -------
    DataFrame
        ``bendera``, ``kode_opd``, ``kode_indikator``, ``nama_indikator``, ``nilai``, ``pembanding`` (what it was held
        against), ``ambang`` (threshold of the rule), ``keterangan`` (Indonesian sentence); by OPD, indicator, flag.

    Examples
    --------
    >>> from pkanalysis.tables import empty
    >>> from pkanalysis.analysis.achievement.scorecard import scorecard
    >>> names = ("indikator", "target", "realisasi", "perjanjian")
    >>> cards = scorecard({name: empty(name) for name in names}, 2025, "TW4")
    >>> len(flags(cards, pd.DataFrame(columns=["kode_indikator", "tahun", "realisasi", "target"]), 2025))
    0
    """
    is_growing = cards["agregasi"].isin(vocabulary.GROWING)
    yearly = cards if period in ("TW4", "tahunan") else cards[~is_growing]
    found = [
        equals_target(cards),
        always_on_target(cards, history),
        repeats_last_year(yearly, history, year),
        repeats_another(cards),
        listed_twice(cards),
        target_below_last_year(yearly, history, year),
        far_above(cards, history, year),
        leaps(cards, history, year),
        wrong_direction(cards, history),
    ]
    together = pd.concat(found, ignore_index=True)[COLUMNS]
    return together.sort_values(["kode_opd", "kode_indikator", "bendera"], ignore_index=True)
