"""Wild cluster bootstrap: restricted residuals, Rademacher signs, interval by test inversion, no refit per draw."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from pkanalysis.analysis.effect.slopes import DRAWS, SEED, TIE, Floats, complete

MOST_ENUMERATED = 12
_CELLS = 4_000_000


@dataclass(frozen=True)
class Wild:
    """Result of :func:`wild_bootstrap`.

    ``t`` is studentised with CR1 (with one row per cluster: HC1). Of ``draws`` draws ``n_ge`` have
    ``|t*| >= |t|`` and ``n_gt`` have ``|t*| > |t|``. ``p`` = n_ge / draws where all sign vectors are
    enumerated (``is_complete``), else (n_ge + 1) / (draws + 1): ties count and p is never zero.
    ``interval`` holds the values that the same test does not reject; an end may be infinite.
    """

    t: float
    p: float
    n_ge: int
    n_gt: int
    draws: int
    is_complete: bool
    interval: tuple[float, float]


def wild_bootstrap(
    outcome: npt.ArrayLike,
    design: npt.ArrayLike,
    column: int = 1,
    clusters: npt.ArrayLike | None = None,
    *,
    null: float = 0.0,
    draws: int = DRAWS,
    seed: int = SEED,
    confidence: float = 0.95,
) -> Wild:
    r"""Wild cluster restricted bootstrap (WCR) of one coefficient.

    With the null imposed, :math:`y^* = X\tilde\beta + w_g \tilde u`, :math:`w_g = \pm 1` by cluster; each draw
    gives :math:`t^* = (\hat\beta^* - \beta_0) / se_{CR1}^*`.

    Parameters
    ----------
    outcome : array_like, shape (N,)
    design : array_like, shape (N, K)
        All regressors, the constant too.
    column : int
        Place in ``design`` of the coefficient that is tested.
    clusters : array_like, shape (N,), optional
        Cluster of each row; without it each row is its own. Rows of a cluster need not be adjacent, but
        signs go to the clusters in sorted order. Rows with a missing value, or without a cluster, are left out.
    null : float
        Value under test.
    draws, seed : int
        Used above twelve clusters; up to twelve all :math:`2^G` sign vectors are taken.
    confidence : float

    Raises
    ------
    ValueError
        Fewer than two clusters, or a regressor that the others explain fully.

    References
    ----------
    Cameron, Gelbach & Miller (2008), doi:10.1162/rest.90.3.414; Roodman, MacKinnon, Nielsen & Webb (2019),
    doi:10.1177/1536867X19830877.

    Examples
    --------
    >>> x = np.arange(8.0)
    >>> found = wild_bootstrap([1, 2, 2, 4, 3, 6, 5, 7], np.column_stack([np.ones(8), x]))
    >>> found.is_complete, found.draws, found.n_ge, found.p
    (True, 256, 6, 0.0234375)
    """
    values, matrix = np.array(outcome, "float64"), np.asarray(design, "float64")
    places = pd.factorize(np.arange(len(values)) if clusters is None else np.asarray(clusters), sort=True)[0]
    if len(places) != len(values):
        raise ValueError(f"klaster harus satu per baris: {len(values)} baris, tertulis {len(places)}")
    values[places < 0] = np.nan
    whole = complete(values, matrix)
    parts = Draws(*whole, places[np.isfinite(values) & np.isfinite(matrix).all(axis=1)], column)
    is_complete = parts.size <= MOST_ENUMERATED
    parts.take(_signs(parts.size, draws, seed))
    total, extra = (2**parts.size, 0) if is_complete else (draws, 1)

    def p_of(value: float) -> float:
        return (parts.exceed(value)[0] + extra) / (total + extra)

    step = max(parts.se, 1e-12 * abs(parts.beta))
    low, high = (_end(p_of, parts.beta, side * step, 1 - confidence) for side in (-1, 1))
    return Wild(parts.t(null), p_of(null), *parts.exceed(null), total, is_complete, (low, high))


def _signs(size: int, draws: int, seed: int) -> Iterator[Floats]:
    """Every sign vector of few clusters once, in one piece; of many, ``draws`` in pieces that fit in memory."""
    if size <= MOST_ENUMERATED:
        yield 1.0 - 2.0 * ((np.arange(2**size)[:, None] >> np.arange(size)) & 1).astype(np.float64)
        return
    source, most = np.random.default_rng(seed), max(1, _CELLS // size)
    for start in range(0, draws, most):
        bits = source.integers(0, 2, (min(most, draws - start), size), dtype=np.int8)
        yield 1.0 - 2.0 * bits.astype(np.float64)


def _end(p_of: Callable[[float], float], beta: float, step: float, alpha: float) -> float:
    """First value on the way out from ``beta`` that is rejected; infinite where none is found."""
    inner, outer, doublings = beta, beta + 2 * step, 0
    while p_of(outer) > alpha:
        inner, outer, doublings = outer, beta + 2 * (outer - beta), doublings + 1
        if doublings == 20:
            return float(np.copysign(np.inf, step))
    while abs(outer - inner) > max(1e-7 * abs(step), 4 * float(np.spacing(abs(outer)))):
        middle = (inner + outer) / 2
        inner, outer = (middle, outer) if p_of(middle) > alpha else (inner, middle)
    return outer


class Draws:
    r"""Sums by cluster that are linear in the value under test, and their sums over each sign vector.

    The cluster scores of a draw are :math:`w_g n_g - P_g \cdot \sum_h w_h Q_h`; since :math:`w_g^2 = 1`,
    their sum of squares needs only the products kept here, so no draw is ever refitted.
    """

    def __init__(self, outcome: Floats, design: Floats, clusters: npt.ArrayLike, column: int) -> None:
        order, place = np.unique(clusters, return_inverse=True)
        self.size = len(order)
        others = np.linalg.qr(np.delete(design, column, axis=1))[0]
        regressor, rest = (v - others @ (others.T @ v) for v in (design[:, column], outcome))
        self.norm = float(regressor @ regressor)
        if self.size < 2 or self.norm <= 1e-20 * float(design[:, column] @ design[:, column]):
            raise ValueError("uji memerlukan sedikitnya dua klaster dan peubah yang tidak dijelaskan peubah lain")
        self.beta = float(regressor @ rest) / self.norm
        basis = np.column_stack([others, regressor / np.sqrt(self.norm)])
        self.loads = self._sums(place, regressor[:, None] * basis)
        self.scores = self._sums(place, regressor[:, None] * np.column_stack([rest, regressor]))
        self.fits = np.stack([self._sums(place, basis * v[:, None]) for v in (rest, regressor)])
        rows, width = design.shape
        self.factor = self.size / (self.size - 1) * (rows - 1) / (rows - width)

    def _sums(self, place: npt.NDArray[np.intp], values: Floats) -> Floats:
        return np.column_stack([np.bincount(place, column, self.size) for column in values.T])

    def take(self, signs: Iterator[Floats]) -> None:
        """Keep the sums over the sign vectors; the first row is the data as they are."""
        crossed = [self.scores[:, [k]] * self.loads for k in (0, 1)]
        wide = np.hstack([self.scores, *self.fits, *crossed])
        sums = np.vstack([wide.sum(axis=0), *(chunk @ wide for chunk in signs)])
        width = self.loads.shape[1]
        self.top, rest = sums[:, :2], sums[:, 2:].reshape(len(sums), 4, width)
        self.fitted, self.crossed = rest[:, :2], rest[:, 2:]

    def _squares(self, value: float) -> tuple[Floats, Floats]:
        """Squared numerator and squared error (without S) of t under the null ``value``, per draw."""
        fitted, crossed = (kept[:, 0] - value * kept[:, 1] for kept in (self.fitted, self.crossed))
        own = float(((self.scores[:, 0] - value * self.scores[:, 1]) ** 2).sum())
        spread = (
            own - 2 * (fitted * crossed).sum(axis=1) + ((fitted @ (self.loads.T @ self.loads)) * fitted).sum(axis=1)
        )
        return (self.top[:, 0] - value * self.top[:, 1]) ** 2, self.factor * np.maximum(spread, 1e-15 * own)

    def exceed(self, value: float) -> tuple[int, int]:
        """How many draws are at least, and more than, as extreme as the data."""
        top, spread = self._squares(value)
        left, right = top[1:] * spread[0], top[0] * spread[1:]
        return int((left >= right * (1 - TIE)).sum()), int((left > right * (1 + TIE)).sum())

    def t(self, value: float) -> float:
        """Studentised statistic of the data under the null ``value``."""
        top, spread = self._squares(value)
        return float(np.copysign(np.sqrt(top[0] / spread[0]), self.beta - value)) if spread[0] > 0 else float("nan")

    @property
    def se(self) -> float:
        """Standard error CR1 of the coefficient."""
        return float(np.sqrt(self._squares(self.beta)[1][0])) / self.norm
