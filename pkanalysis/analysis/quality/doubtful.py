"""Targets and values that are hard to believe: too easy, too far, a leap, the wrong way round."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pkanalysis.analysis.achievement.formulas import Floats
from pkanalysis.analysis.achievement.numerals import figure
from pkanalysis.analysis.quality.flagged import flagged, in_force, last_year
from pkanalysis.analysis.trend.control import POINTS_FROM, xmr
from pkanalysis.analysis.trend.series import comparable
from pkanalysis.intake.cells.directions import likely

WAYS = {"naik_baik": "makin tinggi makin baik", "turun_baik": "makin rendah makin baik"}


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
    sign = known["polaritas"].map({"naik_baik": 1.0, "turun_baik": -1.0}).astype("float64")
    rows = known[(sign * (known["lalu"] - known["target"])) > margin]
    return flagged(
        rows, "TARGET_LEBIH_MUDAH_DARI_REALISASI_LALU", rows["lalu"], margin,
        lambda row: f"Target {figure(row.nilai)} lebih mudah daripada realisasi {year - 1} "
        f"({figure(row.pembanding)}); mintakan alasannya.", value="target",
    )  # fmt: skip


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
    return flagged(rows, "CAPAIAN_JAUH_DI_ATAS_TARGET", rows["lalu"], above, _too_low, value="capaian_berlaku")


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
    return flagged(
        rows, "LONJAKAN_TIDAK_WAJAR", rows["kode_indikator"].map(before), factor,
        lambda row: f"Nilai {figure(row.nilai)} melonjak dari {figure(row.pembanding)} ({found[row.kode_indikator]}).",
    )  # fmt: skip


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
    wanted = cards["polaritas"].map({"naik_baik": 1.0, "turun_baik": -1.0}).astype("float64")
    named = cards["nama_indikator"].map(likely).map({"naik_baik": 1.0, "turun_baik": -1.0}).astype("float64")
    reasons = pd.DataFrame({
        "nama indikator": named.mul(wanted).lt(0),
        "target yang terus turun": moved.lt(0) & wanted.gt(0),
        "target yang terus naik": moved.gt(0) & wanted.lt(0),
    })  # fmt: skip
    told = reasons.apply(lambda row: " dan ".join(reasons.columns[row.to_numpy(dtype=bool)]), axis=1).astype("str")
    rows = cards[told.ne("")]
    rows = rows.assign(target=rows["kode_indikator"].map(targets.last()))
    way = rows["polaritas"].map(WAYS)
    by_code = dict(zip(rows["kode_indikator"], zip(way, told[rows.index], strict=True), strict=True))
    return flagged(
        rows, "ARAH_DIDUGA_TERBALIK", rows["kode_indikator"].map(targets.first()), at_least,
        lambda row: "Tercatat {}, tetapi {} menunjukkan sebaliknya.".format(*by_code[row.kode_indikator]),
        value="target",
    )  # fmt: skip


def _too_low(row: object) -> str:
    value, before = float(row.nilai), float(row.pembanding)  # type: ignore[attr-defined]
    known = f": realisasi tahun lalu sudah {figure(before)}" if np.isfinite(before) else ""
    return f"Capaian {figure(value, 1)}% jauh di atas target. Periksa apakah target terlalu rendah{known}."


def _leap(values: Floats, factor: float) -> str:
    """Why the last value is a leap; empty where it is none."""
    earlier, last = values[:-1], values[-1]
    if len(earlier) >= POINTS_FROM:
        chart = xmr(earlier)
        limits = f"di luar batas kendali {figure(chart.lower)}–{figure(chart.upper)}"
        return "" if chart.lower <= last <= chart.upper else limits
    if _is_power_of_ten(last, earlier[-1]):
        return "sekitar kelipatan sepuluh; periksa tanda desimalnya"
    largest = np.abs(np.diff(earlier)).max(initial=0.0)
    is_leap = len(earlier) >= 4 and largest > 0 and abs(last - earlier[-1]) > factor * largest
    return f"lebih dari {figure(factor)} kali perubahan terbesar sebelumnya" if is_leap else ""


def _is_power_of_ten(value: float, before: float) -> bool:
    if value * before <= 0:
        return False
    power = np.log10(value / before)
    return bool(abs(power) > 0.5 and abs(power - round(power)) < 0.06)


def _course(aims: Floats, at_least: int) -> float:
    steps = np.sign(np.diff(aims))
    return float(steps[0]) if len(aims) >= at_least and steps[0] != 0 and (steps == steps[0]).all() else 0.0
