"""How far the trend may bend before zero is no longer excluded: smoothness bounds, fixed-length intervals."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from scipy import optimize, stats

from pkanalysis.analysis.effect.design import Floats
from pkanalysis.analysis.effect.events import EventStudy

STEPS = 20
FAR = 10.0
"""The search for the breakdown ends at this many times the largest slope."""


@dataclass(frozen=True)
class Lines:
    r"""Linear estimators of the mean slope after that a straight trend cannot move: weights ``first + turns @ c``.

    ``c`` (years before - 1) are the weights that the bends of the trend before get; those after weigh ``later`` in
    all, whatever is chosen. Bends of at most M then move the estimate by at most :math:`M (later + \sum |c|)`.
    """

    slopes: Floats
    covariance: Floats
    first: Floats
    turns: Floats
    later: float

    def interval(self, bend: float) -> tuple[float, float]:
        """Shortest interval of fixed length that holds the effect in 95 % whatever trend bends by at most ``bend``."""
        size = self.turns.shape[1]
        best = np.zeros(2 * size)
        if size:
            options = {"ftol": 1e-14, "gtol": 1e-10, "maxiter": 1_000}
            half, limits = partial(self._half, bend=bend), [(0, None)] * (2 * size)
            best = optimize.minimize(half, best, jac=True, bounds=limits, method="L-BFGS-B", options=options).x
        centre, half_length = float(self._weights(best) @ self.slopes), self._half(best, bend)[0]
        return centre - half_length, centre + half_length

    def _weights(self, parts: Floats) -> Floats:
        positive, negative = np.split(parts, 2)
        weights: Floats = self.first + self.turns @ (positive - negative)
        return weights

    def _half(self, parts: Floats, bend: float) -> tuple[float, Floats]:
        """Half the length, convex in the positive and negative ``parts`` of c, and its gradient."""
        weights = self._weights(parts)
        se = float(np.sqrt(weights @ self.covariance @ weights))
        shift = bend * (self.later + float(parts.sum())) / se
        quantile = _quantile(shift)
        rise = np.tanh(quantile * shift)
        slope = (quantile - shift * rise) / se * (self.turns.T @ self.covariance @ weights)
        return se * quantile, np.concatenate([slope, -slope]) + rise * bend


def lines(slopes: Floats, covariance: Floats, before: int) -> Lines:
    """All such estimators of ``slopes`` (years without the reference, in order) of which ``before`` lie before it."""
    after = np.arange(1.0, len(slopes) - before + 1)
    years, bends = np.arange(before, 0.0, -1.0), np.arange(1.0, before)
    inverse = np.linalg.inv(np.vstack([np.maximum(years - bends[:, None], 0), -years]))
    first = np.concatenate([-after.mean() * inverse[:, -1], np.full(len(after), 1 / len(after))])
    turns = np.vstack([inverse[:, :-1], np.zeros((len(after), before - 1))])
    later = float(np.maximum(after - np.arange(len(after))[:, None], 0).mean(axis=1).sum())
    return Lines(slopes, covariance, first, turns, later)


def largest_bend(events: EventStudy, post: Any) -> float:
    r"""Largest :math:`|\delta_{t+1} - 2\delta_t + \delta_{t-1}|` of the slopes before ``post``; 0 with fewer than 3."""
    table = events.table
    before = [*table.loc[table["tahun"] < post, "kemiringan"], 0.0]
    return float(np.abs(np.diff(before, 2)).max()) if len(before) > 2 else 0.0


def breakdown(events: EventStudy, post: Any) -> float | None:
    """Largest bend (second difference) of the trend under which the robust interval of the effect excludes zero.

    Infinite where even a bend ten times the largest slope does not bring zero in; None with fewer than two years
    before, and where the slopes have no error.

    References
    ----------
    Rambachan & Roth (2023), doi:10.1093/restud/rdad018, section 4.1; mean of the years after.
    """
    slopes, before = events.table["kemiringan"].to_numpy("float64"), int((events.table["tahun"] < post).sum())
    scale = float(np.sqrt(np.diag(events.covariance)).max())
    if before == 0 or scale <= 1e-9 * np.abs(slopes).max():
        return None
    found = lines(slopes / scale, events.covariance / scale**2, before)
    low, high = 0.0, FAR * float(np.abs(slopes).max()) / scale
    if _covers_zero(found.interval(low)):
        return 0.0
    if not _covers_zero(found.interval(high)):
        return float("inf")
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if _covers_zero(found.interval(middle)) else (middle, high)
    return scale * low


def _covers_zero(interval: tuple[float, float]) -> bool:
    return interval[0] <= 0 <= interval[1]


def _quantile(shift: float) -> float:
    """95 % quantile of the absolute value of a normal variable with mean ``shift`` and unit variance."""
    far = 5.0
    return float(shift + stats.norm.ppf(0.95) if shift > far else np.sqrt(stats.ncx2.ppf(0.95, 1, shift**2)))
