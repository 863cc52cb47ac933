"""The achievement formula of one indicator: polarity, range targets, deviation or ratio.

Figures inside sentences of results, the Indonesian way.

Achievement as e-SAKIP applications compute it, to reconcile their printouts with ours.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from babel.numbers import format_decimal

from pkanalysis.vocabulary import POLARITIES, known

Floats = npt.NDArray[np.float64]
MISSING_TEXTS = ("", "-", "–")
LARGEST = 1e20
"""A figure beyond this is a slip, and its squares and sums would no longer be figures."""


def percent(actual: Any, target: Any, polarity: Any, upper: Any = None, formula: Any = "deviasi") -> Any:
    """Achievement in per cent, uncapped.

    ``deviasi``: ``C = 100 * (1 + p * (R - T) / |T|)`` with p = +1 for ``naik_baik`` and -1 for
    ``turun_baik``; for T > 0 that is R/T and (2T - R)/T, and it keeps the right direction for
    negative targets. ``rasio``: R/T and T/R. A range target [T, upper]: inside 100; outside, the
    nearer bound is the target. ``rentang`` is two-sided: below, R falls short of the lower bound;
    above, it exceeds the upper bound.

    Parameters
    ----------
    actual, target : float, sequence or Series
        R and T in the indicator's own unit; ``None``, ``NaN`` and ``"-"`` are missing.
    polarity : {"naik_baik", "turun_baik", "rentang"} or one of these for each
    upper : float, sequence or Series, optional
        Upper bound of a range target.
    formula : {"deviasi", "rasio"} or Series of these
        ``rasio`` only where the PK says so.

    Returns
    -------
    float, array or Series
        Per cent, in the form of the input. Missing where R or T is missing, where ``upper`` is below ``target``, where
        the bound that is used is zero (``TARGET_NOL``), and for ``rasio`` where R/T or T/R has no meaning.

    Raises
    ------
    ValueError
        A polarity or formula that is not known, text that is no number, a figure beyond 1e20, or inputs of unequal
        length or index.

    References
    ----------
    PermenPANRB 8/2021, Lampiran Bab VI (normal and special conditions, range targets); the
    two-sided range is this project's rule.

    Examples
    --------
    >>> percent(84, 80, "naik_baik"), percent(12, 10, "turun_baik"), percent(20, 8, "turun_baik")
    (105.0, 80.0, -50.0)
    >>> percent(9, 7, "turun_baik", upper=8), round(percent(5, 1.5, "rentang", upper=3.5), 2)
    (87.5, 57.14)
    >>> percent(8, 10, "turun_baik", formula="rasio"), percent(3, 0, "naik_baik")
    (125.0, nan)
    """
    known("rumus", formula)
    index = _index(actual, target, polarity, upper, formula)
    real, low, high = _bounds(actual, target, upper)
    wanted = _of_polarity(polarity, "sign")
    bound = np.clip(real, low, high)
    sign = np.where((wanted < 0) | ((wanted == 0) & (real > high)), -1.0, 1.0)
    is_ratio = (np.asarray(formula, dtype=object) == "rasio") & (wanted != 0)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        deviation = np.where(bound == 0, np.nan, 100 * (1 + sign * (real - bound) / np.abs(bound)))
        has_meaning = (bound > 0) & ((sign > 0) | (real > 0))
        ratio = np.where(has_meaning, 100 * np.where(sign > 0, real / bound, bound / real), np.nan)
    value = np.where(is_ratio, ratio, deviation)
    value = np.where(np.isfinite(value), value, np.nan)
    is_inside = (real == bound) & (low < high)
    return _wrap(np.where(is_inside, 100.0, value), index)


def capped(percent: Any, cap: float | None) -> Any:
    """Achievement clipped to [0, ``cap``] for display and averaging; unchanged when ``cap`` is None.

    Examples
    --------
    >>> capped(130, 120), capped(-20, 100), capped(96.5, None)
    (120.0, 0.0, 96.5)
    """
    values, wrap = as_input(percent)
    return wrap(values if cap is None else np.clip(values, 0.0, cap))


def reached(actual: Any, target: Any, polarity: Any, upper: Any = None) -> Any:
    """Whether the target is reached; defined for a zero target too, missing where a value is.

    Examples
    --------
    >>> reached(0, 0, "turun_baik"), reached(79.9, 80, "naik_baik"), reached(85, 80, "rentang", 90)
    (True, False, True)
    """
    index = _index(actual, target, polarity, upper)
    real, low, high = _bounds(actual, target, upper)
    is_high_enough = (real >= low) | (_of_polarity(polarity, "is_floor") == 0)
    is_reached = is_high_enough & ((real <= high) | (_of_polarity(polarity, "is_ceiling") == 0))
    result = np.where(np.isnan(real + low), np.array(None, dtype=object), is_reached)
    return _wrap(result, index) if index is None else pd.Series(result, index=index, dtype="boolean")


def as_input(values: Any) -> tuple[Floats, Callable[[Any], Any]]:
    """Values as a float array, and the way back to a scalar, an array or a Series like the input."""
    index = values.index if isinstance(values, pd.Series) else None
    return _floats(values), lambda result: _wrap(result, index)


def _bounds(actual: Any, target: Any, upper: Any) -> tuple[Floats, Floats, Floats]:
    """Value and bounds; a range that ends below its start is no target."""
    real, low, high = _floats(actual), _floats(target), _floats(upper)
    high = np.where(np.isnan(high), low, high)
    is_range = ~(high < low)
    return real, np.where(is_range, low, np.nan), np.where(is_range, high, np.nan)


def _floats(values: Any) -> Floats:
    if isinstance(values, np.ndarray) and values.dtype == np.float64 and values.ndim:
        return _plausible(values)  # the common case of many short series
    cells = pd.Series(values if np.ndim(values) else [values], dtype=object)
    cells = cells.mask(cells.isin(MISSING_TEXTS))
    try:
        numbers = pd.to_numeric(cells).to_numpy("float64", na_value=np.nan)
    except (ValueError, TypeError) as error:
        is_wrong = pd.to_numeric(cells, errors="coerce").isna() & cells.notna()
        first = str(cells[is_wrong].iloc[0]) if is_wrong.any() else "isian"
        raise ValueError(f"{first!r} bukan angka; tulis angka, atau kosongkan bila belum ada") from error
    return _plausible(numbers) if np.ndim(values) else _plausible(numbers)[0]


def _plausible(numbers: Floats) -> Floats:
    if (is_beyond := np.abs(numbers) > LARGEST).any():
        raise ValueError(f"angka {numbers[is_beyond][0]:.3g} terlalu besar untuk dihitung; periksa angka dan satuannya")
    return numbers


def _index(*inputs: Any) -> pd.Index | None:
    """The index that all Series among the inputs share; sequences beside them must be as long."""
    lengths = {len(item) for item in inputs if np.ndim(item)}
    if len(lengths) > 1:
        listed = ", ".join(map(str, sorted(lengths)))
        raise ValueError(f"isian yang dibandingkan tidak sama banyak ({listed}); samakan dulu panjangnya")
    indexes = [item.index for item in inputs if isinstance(item, pd.Series)]
    if any(not index.equals(indexes[0]) for index in indexes):
        raise ValueError("deret yang dibandingkan harus berindeks sama; selaraskan dulu dengan .reindex()")
    return indexes[0] if indexes else None


def _wrap(result: Any, index: pd.Index | None) -> Any:
    found = np.asarray(result)
    return pd.Series(found, index=index) if index is not None else found if found.ndim else found.item()


def _of_polarity(polarity: Any, name: str) -> npt.NDArray[np.float64]:
    """``sign``, ``is_floor`` or ``is_ceiling`` of each polarity, shaped as the input; an unknown one is refused."""
    known("polaritas", polarity)
    kinds = np.asarray(polarity, dtype=object)
    found = [getattr(POLARITIES[kind], name) for kind in kinds.ravel()]
    return np.array(found, dtype="float64").reshape(kinds.shape)


SMALLEST_PRINTED = 0.001
LARGEST_WRITTEN_OUT = 1e20


def figure(value: float, decimals: int = 3) -> str:
    """A measured value with the decimals that it has, at most ``decimals``.

    Examples
    --------
    >>> figure(71.2), figure(1250.0), figure(-0.5), figure(float("nan"))
    ('71,2', '1.250', '-0,5', '–')
    """
    if not math.isfinite(value):
        return "–"
    if abs(value) > LARGEST_WRITTEN_OUT:
        return f"{value:.3g}".replace(".", ",")
    rounded = round(float(value), decimals)
    text = format_decimal(abs(rounded), f"#,##0.{'#' * decimals}", locale="id_ID")
    return f"-{text}" if rounded < 0 else str(text)


def pace(value: float) -> str:
    """A computed figure with three significant digits.

    Examples
    --------
    >>> pace(0.9750001), pace(1.016667), pace(-0.00042), pace(12345.6), pace(0)
    ('0,975', '1,02', '-0,00042', '12.346', '0')
    """
    if not math.isfinite(value) or value == 0:
        return figure(value)
    return figure(value, max(0, 2 - math.floor(math.log10(abs(value)))))


def chance(p: float) -> str:
    """A probability with two or three decimals; never zero.

    Examples
    --------
    >>> chance(0.0301587), chance(0.134), chance(0.0000055), chance(1.0)
    ('0,030', '0,13', 'kurang dari 0,001', '1,00')
    """
    if p < SMALLEST_PRINTED:
        return f"kurang dari {figure(SMALLEST_PRINTED)}"
    return str(format_decimal(p, "0.000" if p < 0.1 else "0.00", locale="id_ID"))


def band(p: float) -> str:
    """A probability as a band of ten points, since no forecast from a few years is finer.

    Examples
    --------
    >>> band(0.2014), band(0.7), band(1.0), band(float("nan"))
    ('20–30%', '70–80%', '90–100%', '–')
    """
    if not math.isfinite(p):
        return "–"
    low = min(9, math.floor(round(10 * p, 9)))
    return f"{10 * low}–{10 * low + 10}%"


VERSIONS = ("baku", "rasio", "selisih_per_target", "dibatasi_100")
SAME = 0.05
"""Points below which two versions print alike."""


def app_versions(actual: Any, target: Any, polarity: Any) -> pd.DataFrame:
    """Per cent by every formula in use.

    ``baku``: R/T and (2T - R)/T, as everywhere here; ``rasio``: R/T and T/R; ``selisih_per_target``: R/T and
    (T - R)/T, which gives 0 when the target is exactly met; ``dibatasi_100``: baku clipped to 0-100.

    Parameters
    ----------
    actual, target : float or sequence
    polarity : str or sequence
        ``naik_baik`` or ``turun_baik``; a two-sided ``rentang`` has only ``baku`` and ``dibatasi_100``.

    Returns
    -------
    DataFrame
        One row per indicator, columns ``baku``, ``rasio``, ``selisih_per_target``, ``dibatasi_100``; missing where
        the formula has no meaning.

    References
    ----------
    Public code of e-SAKIP applications, as read for the project's rules on achievement.

    Examples
    --------
    >>> app_versions(8, 10, "turun_baik").to_numpy().tolist()
    [[120.0, 125.0, 20.0, 100.0]]
    """
    index = next((given.index for given in (actual, target) if isinstance(given, pd.Series)), None)
    numbers = {name: np.atleast_1d(as_input(given)[0]) for name, given in {"real": actual, "aim": target}.items()}
    rows = pd.DataFrame(numbers, index=index).assign(kind=polarity)  # a scalar stands for every row
    real, aim, kind = rows["real"], rows["aim"], rows["kind"]
    wanted = _of_polarity(kind, "sign")
    ordinary = percent(real, aim, kind)
    left = (100 * (aim - real) / aim).where(aim > 0)
    return pd.DataFrame({
        "baku": ordinary,
        "rasio": percent(real, aim, kind, formula="rasio").mask(wanted == 0),
        "selisih_per_target": ordinary.where(wanted > 0, left).mask(wanted == 0),
        "dibatasi_100": capped(ordinary, 100),
    })  # fmt: skip


def by_formula(card: pd.DataFrame) -> pd.DataFrame:
    """Indicators of a scorecard with a value and one number as target in force, by every formula in use.

    Targets with a range and predicates have no such versions and are left out.

    Parameters
    ----------
    card : DataFrame
        Scorecard.

    Returns
    -------
    DataFrame
        The rows of ``card`` with ``target``, the columns of :func:`app_versions` and ``is_beda`` (whether two of
        them print differently).
    """
    is_revised = card["ke"].gt(0)
    target, upper = (
        card[f"target_perubahan{part}"].where(is_revised, card[f"target_murni{part}"]) for part in ("", "_atas")
    )
    is_one_sided = _of_polarity(card["polaritas"], "sign") != 0
    rows: pd.DataFrame = card.assign(target=target)[
        target.notna() & upper.isna() & card["realisasi"].notna() & is_one_sided
    ]
    versions = app_versions(rows["realisasi"], rows["target"], rows["polaritas"])
    return rows.join(versions).assign(is_beda=versions.max(axis=1) - versions.min(axis=1) >= SAME)


def reconciled(found: pd.DataFrame, actuals: pd.DataFrame, year: int, period: str) -> pd.DataFrame:
    """The achievement that the documents print for the period, and the formulas that give it.

    Parameters
    ----------
    found : DataFrame
        :func:`by_formula`.
    actuals : DataFrame
        Table ``realisasi``.
    year : int
    period : str
        ``tahunan`` and ``TW4`` end alike.

    Returns
    -------
    DataFrame
        ``found`` with ``tercetak`` (per cent, missing where nothing is printed) and ``cocok`` (names of the formulas,
        comma separated; empty where none gives it).

    Examples
    --------
    >>> found = by_formula(pd.DataFrame({"kode_indikator": ["a"], "ke": 0, "target_murni": 10.0, "realisasi": 8.0,
    ...     "target_murni_atas": None, "target_perubahan": None, "target_perubahan_atas": None,
    ...     "polaritas": "turun_baik"}))
    >>> actuals = pd.DataFrame({"kode_indikator": ["a"], "tahun": 2025, "periode": "TW4", "capaian_tercetak": 125.0})
    >>> reconciled(found, actuals, 2025, "tahunan")[["tercetak", "cocok"]].values.tolist()
    [[125.0, 'rasio']]
    """
    ends = ("tahunan", "TW4") if period in ("tahunan", "TW4") else (period,)
    rows = actuals[actuals["tahun"].eq(year) & actuals["periode"].isin(ends)].dropna(subset="capaian_tercetak")
    rows = rows.sort_values("periode", key=lambda periods: periods.ne(period), kind="stable")
    stated = rows.drop_duplicates("kode_indikator").set_index("kode_indikator")["capaian_tercetak"]
    known = found.assign(tercetak=found["kode_indikator"].map(stated).astype("float64"))
    return known.assign(cocok=explained_by(known["tercetak"], known["realisasi"], known["target"], known["polaritas"]))


def explained_by(printed: Any, actual: Any, target: Any, polarity: Any, within: float = 0.05) -> pd.Series:
    """Which formulas give the achievement that an application printed.

    Parameters
    ----------
    printed : float or sequence
        Per cent as printed.
    actual, target, polarity
        As in :func:`app_versions`.
    within : float
        Largest difference in points.

    Returns
    -------
    Series of str
        Names of the formulas, comma separated; empty where none fits.

    Examples
    --------
    >>> explained_by([125, 100, 97], [8, 8, 8], [10, 10, 10], "turun_baik").tolist()
    ['rasio', 'dibatasi_100', '']
    """
    versions = app_versions(actual, target, polarity)
    stated = np.atleast_1d(as_input(printed)[0])
    is_near = (versions.sub(stated, axis=0).abs() <= within).to_numpy()
    names = np.asarray(VERSIONS)
    return pd.Series([", ".join(names[row]) for row in is_near], index=versions.index, dtype="str")
