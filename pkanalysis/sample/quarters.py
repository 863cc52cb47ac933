"""How a year's value or target is spread over its quarters, per aggregation and schedule."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pkanalysis.sample.draw import Floats, split, stream

QUARTERS = ("TW1", "TW2", "TW3", "TW4")
SHARES = (0.21, 0.24, 0.26, 0.29)


@dataclass(frozen=True)
class Spread:
    """What decides the quarters of one indicator in one year.

    ``value`` is the year's, ``before`` that of the year before, ``decimals`` how many are shown,
    ``noise`` the standard deviation of the quarters around their path, ``topic`` names the stream.
    """

    aggregation: str
    schedule: str
    value: float
    before: float
    decimals: int
    noise: float
    topic: str

    @property
    def due(self) -> Floats:
        """1 for the quarters in which a measurement is due, NaN for the others, shape (4,)."""
        quarters = {"tahunan": (3,), "semesteran": (1, 3)}.get(self.schedule, (0, 1, 2, 3))
        known: Floats = np.where(np.isin(range(4), quarters), 1.0, np.nan)
        return known


def measured(spread: Spread) -> Floats:
    """Values as an office reports them, shape (4,), NaN where none is due.

    ``jumlah`` and ``rata_rata`` are of the quarter alone, ``kumulatif`` and ``posisi_akhir`` to
    date; aggregated they give ``spread.value`` (to the decimals shown).

    Examples
    --------
    >>> measured(Spread("jumlah", "triwulanan", 100, 90, 0, 0, "a")).sum()
    np.float64(100.0)
    """
    draw = stream(spread.topic)
    if spread.aggregation == "jumlah":
        values: Floats = split(round(spread.value), np.array(SHARES) * draw.uniform(0.9, 1.1, 4), 1).astype(float)
    elif spread.aggregation == "rata_rata":
        values = spread.value + _balanced(spread, draw)
    else:
        values = _path(spread)
        values[:3] += draw.normal(0, spread.noise, 3)
    if spread.aggregation == "kumulatif":
        values = np.minimum(np.maximum.accumulate(values), spread.value)
    return spread.due * np.round(values, spread.decimals)


def targeted(spread: Spread) -> Floats:
    """Cumulative targets up to each quarter, shape (4,), NaN where no measurement is due.

    Examples
    --------
    >>> targeted(Spread("kumulatif", "semesteran", 80, 0, 1, 0, "a")).tolist()
    [nan, 36.0, nan, 80.0]
    """
    return spread.due * _path(spread)


def _balanced(spread: Spread, draw: np.random.Generator) -> Floats:
    """Deviations of the quarters that cancel out over those that are due."""
    first, second = np.round(draw.normal(0, spread.noise, 2), spread.decimals)
    patterns = {"triwulanan": [first, second, -first, -second], "semesteran": [0, first, 0, -first]}
    return np.array(patterns.get(spread.schedule, [0, 0, 0, 0]), dtype=float)


def _path(spread: Spread) -> Floats:
    up_to = np.cumsum(SHARES)
    if spread.aggregation == "jumlah":
        path = np.cumsum(split(round(spread.value), SHARES, 1)).astype(float)
    elif spread.aggregation == "rata_rata":
        path = np.full(4, spread.value)
    else:
        start = 0.0 if spread.aggregation == "kumulatif" else spread.before
        path = np.round(start + (spread.value - start) * up_to, spread.decimals)
    path[3] = spread.value
    return path
