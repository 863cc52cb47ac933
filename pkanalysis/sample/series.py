"""The annual values 2019-2025 of every indicator, and the annual targets that go with them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from pkanalysis.sample.draw import Floats, stream
from pkanalysis.sample.measures import Measure, measures

YEARS = range(2019, 2026)

STRICT = (
    "DINKES-tepat", "DISDIK-tepat", "DKPS-tepat", "DPMPTSP-tepat", "INSPEKTORAT-temuan", "KEC02-ikm",
    "BAPPEDA-mutu", "DLH-kejadian", "RSUDA-tunggu", "KEC06-surat",
)  # fmt: skip
"""Planted: these get better every single year, 2019-2025."""
WORSENING = ("DISPORA-cakupan", "KEC05-usulan", "DPP-kejadian")
"""Planted: these get worse every single year, 2019-2025."""
EQUAL = ("DTKK-cakupan", "KEC11-surat")
"""Planted (warning): realisasi is exactly the target, in every year and every quarter."""
PLANTED = (*STRICT, *WORSENING, *EQUAL)
EASY_TARGETS = 12
"""Planted: this many 2025 PK targets are easier than what 2024 already reached."""
AMBITION = ((0.70, 0.0, 0.0), (0.17, 0.12, 0.22), (0.08, 0.26, 0.32), (0.05, 0.40, 0.60))
"""Planted: share of the indicators, and how far beyond last year's result their targets lie, least and most."""


@dataclass(frozen=True)
class Path:
    """Annual values of one indicator by year: ``actual`` and ``target`` (lower bound for rentang)."""

    actual: pd.Series
    target: pd.Series


@cache
def paths() -> dict[str, Path]:
    """Path of every indicator, by ``kode``; years outside its span are left out."""
    easy = easy_targets()
    return {code: _path(measure, code in easy) for code, measure in measures().items()}


def easy_targets() -> set[str]:
    """Indicators whose 2025 target is planted as easier than the result of 2024."""
    free = [
        code
        for code, measure in measures().items()
        if measure.is_plain and measure.first < 2024 and measure.last == 2025 and code not in PLANTED
    ]
    return set(stream("target mudah").permutation(free)[:EASY_TARGETS].tolist())


def decimals(measure: Measure) -> int:
    """Decimals of its results; two where every year must differ."""
    return 2 if measure.kode in (*STRICT, *WORSENING) else measure.desimal


def _path(measure: Measure, is_easy: bool) -> Path:
    actual = pd.Series(_actual(measure), index=YEARS)
    target = _target(measure, actual, is_easy)
    if measure.kode in EQUAL:
        actual = target.copy()
    return Path(actual.loc[measure.first : measure.last], target.loc[measure.first : measure.last])


def _actual(measure: Measure) -> Floats:
    line = _expected(measure)
    noise: Floats = stream(f"goyang {measure.kode}").normal(0, measure.goyang, len(line))
    if measure.kode in (*STRICT, *WORSENING):
        noise = float(np.diff(line).mean()) * np.clip(noise / measure.goyang / 8, -0.3, 0.3)
    else:
        noise[1:3] += measure.pandemi * np.array([1.0, 0.6])
    rounded: Floats = np.round(_limited(line + noise, measure), decimals(measure))
    return rounded


def _expected(measure: Measure) -> Floats:
    """The line that the indicator follows before noise; offices differ in level, planted ones also in pace."""
    draw = stream(f"jalur {measure.kode}")
    spread = 0.5 if measure.satuan == "orang" else 0.06
    start = measure.dasar * draw.uniform(1 - spread, 1 + spread)
    pace = measure.langkah * draw.uniform(0.3, 1.3) * _heading(measure)
    return np.array([start + pace * time for time in range(len(YEARS))])


def _heading(measure: Measure) -> int:
    """Only planted indicators move year after year: 1 gets better, -1 worse; 0 only wavers."""
    return 1 if measure.kode in STRICT else -1 if measure.kode in WORSENING else 0


def _limited(values: Floats, measure: Measure) -> Floats:
    """Keep what counts up to 100 below it, and nothing but the two macro rates near or below zero."""
    top = 99.5 if measure.is_percentage_like else np.inf
    floor = -np.inf if measure.kode in ("KOTA-04", "KOTA-08") else measure.dasar / 10
    return np.clip(values, floor, top)


def _target(measure: Measure, actual: pd.Series, is_easy: bool) -> pd.Series:
    """Target of each year: a step, or a stretch, better than last year's result; the lower bound of a range."""
    if measure.polaritas == "rentang":
        return pd.Series(measure.batas_bawah, index=YEARS)
    pace = measure.better * abs(measure.langkah)
    most = 1.5 if measure.kode in PLANTED else 0.4
    steps = pace * stream(f"target {measure.kode}").uniform(0.05, most, len(YEARS))
    before = actual.shift(1).fillna(actual.iloc[0] - steps[0])
    values = before * _stretch(measure, is_easy) + steps
    if is_easy:
        values = values.where(values.index != 2025, actual.shift(1) - pace)
    return pd.Series(np.round(_limited(values.to_numpy(), measure), measure.desimal), index=YEARS)


def _stretch(measure: Measure, is_easy: bool) -> float:
    """Factor from last year's result to the target; most targets are near, some are far beyond reach."""
    draw = stream(f"ambisi {measure.kode}")
    shares, least, most = zip(*AMBITION, strict=True)
    kind = draw.choice(len(AMBITION), p=shares)
    share = 0.0 if is_easy or measure.kode in PLANTED else draw.uniform(least[kind], most[kind])
    return float(1 / (1 - share) if measure.better > 0 else 1 / (1 + share))
