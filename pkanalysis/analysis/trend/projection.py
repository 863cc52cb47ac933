"""Will the target be reached: forecasts with intervals, required pace beside historical pace, and a label.

Widths learned from all indicators together (split conformal), and the outlook of every target that lies ahead.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from pkanalysis.analysis.achievement.formulas import as_input, band, figure, pace
from pkanalysis.analysis.claims import Level, Refusal, refused, worded
from pkanalysis.analysis.trend.assessment import joined, per_year
from pkanalysis.analysis.trend.kendall import pairwise_slopes, sen_slope
from pkanalysis.analysis.trend.lines import ols
from pkanalysis.analysis.trend.series import KEY, Points, comparable
from pkanalysis.vocabulary import POLARITIES, known

NAN = float("nan")
NO_SPREAD = 1e-9
"""Spread, relative to the values, that is rounding and no information."""
POINTS_FROM, CHANCE_FROM, HORIZON, TRAINED_FROM = 4, 5, 2, 4
"""Points for a forecast and for a chance; years ahead; points before the one that a back-test leaves out."""
NOT_JUDGED = "tidak dinilai"
Bounds = tuple[float, float]


class Forecast(NamedTuple):
    """``point`` and ``se`` in the indicator's unit; t has ``df`` degrees of freedom (0 = point only)."""

    point: float
    se: float = NAN
    df: int = 0


def naive(points: Points, year: float) -> Forecast:
    """Last value; ``se = sqrt(h * mean(change^2 / gap))``, df = n - 1.

    Examples
    --------
    >>> series = Points(np.arange(2019.0, 2026.0), np.array([71.2, 72.5, 70.9, 74.0, 75.1, 74.8, 77.3]))
    >>> [round(x, 3) for x in naive(series, 2026)]
    [77.3, 1.889, 6]
    """
    changes, gaps = np.diff(points.values), np.diff(points.years)
    ahead = year - points.years[-1]
    return Forecast(float(points.values[-1]), float(np.sqrt(ahead * np.mean(changes**2 / gaps))), points.n - 1)


def rw_drift(points: Points, year: float) -> Forecast:
    """Last value and mean change; ``se = s * sqrt(h + h^2 / (years covered))``, df = n - 2.

    References
    ----------
    Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., sec. 5.5.

    Examples
    --------
    >>> series = Points(np.arange(2019.0, 2026.0), np.array([71.2, 72.5, 70.9, 74.0, 75.1, 74.8, 77.3]))
    >>> [round(x, 3) for x in rw_drift(series, 2026)]
    [78.317, 1.884, 5]
    """
    changes, gaps = np.diff(points.values), np.diff(points.years)
    ahead, covered = year - points.years[-1], points.years[-1] - points.years[0]
    drift = changes.sum() / covered
    spread = np.sqrt(np.sum((changes - drift * gaps) ** 2 / gaps) / (points.n - 2))
    reach = np.sqrt(ahead + ahead**2 / covered)
    return Forecast(float(points.values[-1] + drift * ahead), float(spread * reach), points.n - 2)


def straight(points: Points, year: float) -> Forecast:
    """Least-squares line; prediction standard error, df = n - 2.

    Examples
    --------
    >>> series = Points(np.arange(2019.0, 2026.0), np.array([71.2, 72.5, 70.9, 74.0, 75.1, 74.8, 77.3]))
    >>> [round(x, 3) for x in straight(series, 2026)]
    [77.557, 1.376, 5]
    """
    line, centre = ols(points.years, points.values), points.years.mean()
    if line is None:
        return Forecast(NAN)
    width = np.sum((points.years - centre) ** 2)
    spread = line.se * np.sqrt(width)
    point = points.values.mean() + line.slope * (year - centre)
    return Forecast(float(point), float(spread * np.sqrt(1 + 1 / points.n + (year - centre) ** 2 / width)), line.df)


def theil_sen(points: Points, year: float) -> Forecast:
    """Sen's slope through the medians of years and values; a point only.

    Examples
    --------
    >>> series = Points(np.arange(2019.0, 2026.0), np.array([71.2, 72.5, 70.9, 74.0, 75.1, 74.8, 77.3]))
    >>> round(theil_sen(series, 2026).point, 3)
    77.9
    """
    slope = np.median(pairwise_slopes(points.years, points.values))
    return Forecast(float(np.median(points.values) + slope * (year - np.median(points.years))))


METHODS = {"naif": naive, "rw_drift": rw_drift, "ols": straight, "theil_sen": theil_sen}
"""Code of each method, and the method."""


@dataclass(frozen=True)
class Projection:
    """Whether a target is within reach.

    ``methods``: rows ``naif``, ``rw_drift``, ``ols``, ``theil_sen``; columns ``titik``, ``se`` (units), ``df``,
    ``pi80_bawah``, ``pi80_atas`` (80 % interval), ``p_capai`` (0-1), missing where refused. ``required_pace``
    and ``historical_pace`` (Sen slope) in units per year. ``sentence`` is for the annex, ``plain`` for OPD pages.
    """

    methods: pd.DataFrame
    required_pace: float
    historical_pace: float
    label: str
    chance_band: str
    claim: Level
    refusals: tuple[Refusal, ...]
    sentence: str
    plain: str
    n: int


def project(
    years: Any,
    values: Any,
    target_year: int,
    target: float,
    polarity: str,
    upper: float | None = None,
    breaks: Collection[float] = (),
) -> Projection:
    """Forecasts of ``target_year`` with 80 % intervals, and the chance of reaching ``target``.

    Intervals and chances use t quantiles. No chance below five points, no forecast further than two
    years ahead or below four points, no chance where a method finds no spread at all.

    Parameters
    ----------
    years, values : sequence of float, same length
        Any order; missing values are left out.
    target_year : int
        After the last measured year.
    target : float
        Lower bound if a range.
    polarity : {"naik_baik", "turun_baik", "rentang"}
    upper : float, optional
        Upper bound of a range target.
    breaks : collection of int
        Years from which another definition holds; the series restarts.

    Raises
    ------
    ValueError
        ``target_year`` not after the last measured year, unknown polarity, two values for one year.

    References
    ----------
    Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., sec. 5.5.

    Examples
    --------
    >>> result = project(range(2019, 2026), [71.2, 72.5, 70.9, 74.0, 75.1, 74.8, 77.3], 2026, 79.0, "naik_baik")
    >>> result.label, result.methods["p_capai"].round(3).tolist()
    ('sulit', [0.201, 0.366, 0.171, nan])
    >>> result.plain
    'Untuk mencapai 79 pada 2026 perlu naik 1,7 per tahun; selama ini naik 0,975 per tahun.'
    """
    known("polaritas", polarity)
    points = comparable(years, values, breaks)
    if points.n and target_year <= (last := points.years[-1]):
        raise ValueError(f"tahun target {target_year} harus sesudah tahun terakhir yang terukur, {last:.0f}")
    aim = bounds(float(as_input(target)[0]), float(as_input(upper)[0]), polarity)
    methods = _forecasts(points, target_year, aim)
    refused = _refusals(points, target_year, aim, methods)
    methods["p_capai"] = np.nan if refused else methods["p_capai"]
    found = methods["p_capai"].dropna().to_numpy("float64")
    required = _required_pace(points, target_year, aim)
    historical = sen_slope(points.years, points.values).slope if points.n >= POINTS_FROM else NAN
    plain = _plain(points, target_year, aim, required, historical)
    refusals = points.refusals + refused
    return Projection(
        methods=methods,
        required_pace=required,
        historical_pace=historical,
        label=label(found),
        chance_band=band(float(np.median(found))) if found.size else "–",
        claim="L0" if methods["titik"].isna().all() else "L1",
        refusals=refusals,
        sentence=joined(plain, *_annex(methods), *(item.sentence for item in refusals)),
        plain=plain,
        n=points.n,
    )


def bounds(target: float, upper: float | None, polarity: str) -> Bounds:
    """Lowest and highest value that reach the target; infinite where there is no such limit.

    A range that ends below its start is no target: both are missing.

    Examples
    --------
    >>> bounds(79, None, "naik_baik"), bounds(8, None, "turun_baik"), bounds(1.5, 3.5, "rentang")
    ((79, inf), (-inf, 8), (1.5, 3.5))
    """
    top = target if upper is None or np.isnan(upper) else upper
    if top < target:
        return float("nan"), float("nan")
    kind = POLARITIES[polarity]
    return target if kind.is_floor else -np.inf, top if kind.is_ceiling else np.inf


def _forecasts(points: Points, year: float, aim: Bounds) -> pd.DataFrame:
    """Every method's forecast, 80 % interval and chance; all missing where a forecast is refused."""
    columns = ["titik", "se", "df", "pi80_bawah", "pi80_atas", "p_capai"]
    if points.n < POINTS_FROM or year - points.years[-1] > HORIZON:
        return pd.DataFrame(np.nan, index=list(METHODS), columns=columns)
    rows, least = {}, NO_SPREAD * float(np.abs(points.values).max())
    for name, method in METHODS.items():
        made = method(points, year)
        if made.df == 0 or not made.se > least:  # a point only, or no spread to learn from
            rows[name] = [made.point, *[np.nan] * 5]
            continue
        reach = stats.t.ppf(0.9, made.df) * made.se
        below, above = (stats.t.cdf((limit - made.point) / made.se, made.df) for limit in aim)
        rows[name] = [made.point, made.se, made.df, made.point - reach, made.point + reach, above - below]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns, dtype="float64")


def _refusals(points: Points, year: float, aim: Bounds, methods: pd.DataFrame) -> tuple[Refusal, ...]:
    """Why no chance may be given; empty where it may."""
    is_far = points.n > 0 and year - points.years[-1] > HORIZON
    is_short, is_bare = points.n < POINTS_FROM, methods["df"].count() < len(METHODS) - 1
    rules = {
        "N_KURANG_DARI_4": is_short,
        "PELUANG_N_KURANG_DARI_5": POINTS_FROM <= points.n < CHANCE_FROM,
        "HORIZON_LEBIH_DARI_2_TAHUN": is_far,
        "TANPA_KERAGAMAN": is_bare and not is_short and not is_far,
        "TARGET_TIDAK_ADA": bool(np.isnan(aim).any()),
    }
    return refused(rules)


def _required_pace(points: Points, year: float, aim: Bounds) -> float:
    """Change per year to the nearer bound; of a one-sided target also where it is already passed."""
    if points.n == 0 or np.isnan(aim).any():
        return NAN
    low, high = aim
    last = points.values[-1]
    wanted = low if np.isinf(high) else high if np.isinf(low) else np.clip(last, low, high)
    return float((wanted - last) / (year - points.years[-1]))


def _plain(points: Points, year: int, aim: Bounds, required: float, historical: float) -> str:
    """For OPD pages: required pace against historical pace, no chance. Empty without value or target."""
    if points.n == 0 or np.isnan(required):
        return ""
    has_pace = np.isfinite(historical)
    past = worded("PROSPEK_SELAMA_INI", laju=per_year(historical)) if has_pace else worded("PROSPEK_TANPA_LAJU")
    goal = "–".join(figure(bound) for bound in dict.fromkeys(aim) if np.isfinite(bound))
    last, shared = float(points.values[-1]), {"target": goal, "tahun": year, "selama_ini": past}
    if aim[0] <= last <= aim[1]:
        return worded("PROSPEK_TERPENUHI", nilai=figure(last), **shared)
    return worded("PROSPEK_PERLU", laju=per_year(required), **shared)


def _annex(methods: pd.DataFrame) -> list[str]:
    """The 80 % interval of the random walk with drift, and the chance as a band; empty where refused."""
    told, found = [], methods["p_capai"].dropna().to_numpy("float64")
    low, high = (float(methods[side]["rw_drift"]) for side in ("pi80_bawah", "pi80_atas"))
    if np.isfinite(low):
        told.append(worded("PROSPEK_RENTANG", bawah=pace(low), atas=pace(high)))
    if found.size:
        least, middle, most = (band(float(of(found))) for of in (np.min, np.median, np.max))
        code = "PROSPEK_PELUANG" if least == most else "PROSPEK_PELUANG_METODE"
        told.append(worded(code, peluang=middle, bawah=least, atas=most))
    return told


def label(chances: Sequence[float] | Any) -> str:
    """Word for the chances of several methods.

    ``tidak pasti`` when they differ by more than 30 points; otherwise by their median: ``kemungkinan besar`` from
    80 %, ``mungkin`` from 40 %, else ``sulit``. ``tidak dinilai`` without chances.

    Examples
    --------
    >>> label([0.20, 0.37, 0.17]), label([0.5, 0.8, 0.6]), label([0.5, 0.81, 0.6]), label([])
    ('sulit', 'mungkin', 'tidak pasti', 'tidak dinilai')
    """
    given = np.round(np.asarray(chances, dtype="float64"), 12)
    if given.size == 0 or np.isnan(given).any():
        return NOT_JUDGED
    if round(float(np.ptp(given)), 12) > 0.30:
        return "tidak pasti"
    middle = float(np.median(given))
    return "kemungkinan besar" if middle >= 0.80 else "mungkin" if middle >= 0.40 else "sulit"


@dataclass(frozen=True)
class HalfWidth:
    """The ``k``-th smallest of ``n`` scores, ``q`` (in scales of the indicator); infinite when k > n."""

    k: int
    q: float
    n: int
    alpha: float


def conformal(scores: Any, alpha: float = 0.2) -> HalfWidth:
    """Half-width that covers ``1 - alpha`` of new indicators, whatever their law.

    ``k = ceil((n + 1)(1 - alpha))``, q = the k-th smallest score; infinite when k > n.

    Parameters
    ----------
    scores : sequence of float
        ``abs(actual - forecast) / scale`` of each indicator; missing ones are left out.
    alpha : float

    References
    ----------
    Lei et al. (2018), doi:10.1080/01621459.2017.1307116.

    Examples
    --------
    >>> conformal([0.2, 0.5, 0.7, 0.9, 1.1, 1.3, 1.6, 2.0, 2.4])
    HalfWidth(k=8, q=2.0, n=9, alpha=0.2)
    """
    given = as_input(scores)[0]
    ranked = np.sort(given[~np.isnan(given)])
    k = math.ceil(round((len(ranked) + 1) * (1 - alpha), 9))
    q = float(ranked[max(k, 1) - 1]) if k <= len(ranked) else float("inf")
    return HalfWidth(k, q, len(ranked), alpha)


def backtest(history: pd.DataFrame, method: str = "rw_drift") -> pd.DataFrame:
    """Leave the last year of every indicator out, forecast it, and score the error.

    Parameters
    ----------
    history : DataFrame
        ``kode_indikator``, ``tahun``, ``realisasi`` (see :func:`pkanalysis.achievement.history`).
    method : {"naif", "rw_drift", "ols", "theil_sen"}

    Returns
    -------
    DataFrame
        By ``kode_indikator``: ``tahun`` (left out), ``n`` (points before it), ``realisasi``, ``prediksi``,
        ``skala`` (root mean square change per year before it), ``skor`` = abs(realisasi - prediksi) / skala, and
        ``skala_kini`` (of the whole series): the next forecast has half-width ``q * skala_kini``. Series with
        fewer than five points or without any change are left out.

    Examples
    --------
    >>> rows = pd.DataFrame({"kode_indikator": "A", "tahun": range(2020, 2026), "realisasi": [1, 2, 4, 5, 7, 9]})
    >>> backtest(rows)[["prediksi", "skor"]].round(2).to_numpy().tolist()
    [[8.5, 0.32]]
    """
    rows = []
    for code, group in history.groupby("kode_indikator", sort=True):
        points = comparable(group["tahun"].to_numpy(), group["realisasi"].to_numpy())
        before = Points(points.years[:-1], points.values[:-1])
        if before.n >= TRAINED_FROM and (scale := _scale(before)) > 0:
            year, value = points.years[-1], points.values[-1]
            guess = METHODS[method](before, year).point
            rows.append((code, year, before.n, value, guess, scale, _scale(points), abs(value - guess) / scale))
    names = ["kode_indikator", "tahun", "n", "realisasi", "prediksi", "skala", "skala_kini", "skor"]
    return pd.DataFrame(rows, columns=names).astype({"tahun": "int64"})


def _scale(points: Points) -> float:
    """Root mean square change per year; none where it is only rounding."""
    changes = np.diff(points.values) / np.sqrt(np.diff(points.years))
    scale = float(np.sqrt(np.mean(changes**2)))
    return scale if scale > NO_SPREAD * float(np.abs(points.values).max()) else 0.0


def outlooks(series: pd.DataFrame, aims: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """Whether each target of ``indicators`` will be reached (:func:`project`), one row per aim whose year lies ahead.

    Parameters
    ----------
    series : DataFrame
        ``kode_indikator``, ``tahun``, ``realisasi``.
    aims : DataFrame
        ``kode_indikator``, ``dokumen``, ``tahun_target``, ``target``, ``target_atas``.
    indicators : DataFrame
        ``kode_indikator``, ``polaritas``.

    Returns
    -------
    DataFrame
        ``aims`` with ``n``, ``terakhir`` (last value), ``laju_perlu``, ``laju_selama_ini`` (units per year), ``titik``,
        ``bawah80``, ``atas80`` (random walk with drift), ``peluang`` (band), ``label``, ``penolakan`` (codes),
        ``kalimat`` (annex) and ``kalimat_opd``.

    Examples
    --------
    >>> series = pd.DataFrame({"kode_indikator": "a", "tahun": range(2019, 2026),
    ...                        "realisasi": [71.2, 72.5, 70.9, 74.0, 75.1, 74.8, 77.3]})
    >>> aims = pd.DataFrame({"kode_indikator": ["a"], "dokumen": ["rpd"], "tahun_target": [2026], "target": [79.0],
    ...                      "target_atas": [None]})
    >>> found = outlooks(series, aims, pd.DataFrame({"kode_indikator": ["a"], "polaritas": ["naik_baik"]}))
    >>> found[["label", "peluang"]].to_numpy().tolist()
    [['sulit', '20–30%']]
    """
    polarities = dict(zip(indicators[KEY], indicators["polaritas"], strict=True))
    known = {str(code): rows for code, rows in series.dropna(subset="realisasi").groupby(KEY)}
    own = aims[aims[KEY].isin(list(polarities)) & aims[KEY].isin(list(known)) & aims["target"].notna()]
    rows = []
    for aim in own.to_dict("records"):
        years, values = (known[aim[KEY]][name].to_numpy("float64") for name in ("tahun", "realisasi"))
        if aim["tahun_target"] <= years.max():
            continue
        upper = None if pd.isna(aim["target_atas"]) else float(aim["target_atas"])
        found = project(years, values, aim["tahun_target"], float(aim["target"]), polarities[aim[KEY]], upper)
        drift = found.methods.loc["rw_drift"]
        rows.append([
            *aim.values(), found.n, values[years.argmax()], found.required_pace, found.historical_pace,
            drift["titik"], drift["pi80_bawah"], drift["pi80_atas"], found.chance_band, found.label,
            ", ".join(item.code for item in found.refusals), found.sentence, found.plain,
        ])  # fmt: skip
    columns = [
        "n", "terakhir", "laju_perlu", "laju_selama_ini", "titik", "bawah80", "atas80", "peluang", "label",
        "penolakan", "kalimat", "kalimat_opd",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=[*aims.columns, *columns])
