"""Sums over sign vectors: the arithmetic of the wild bootstrap without a refit per draw."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from pkanalysis.analysis.effect.design import Floats, complete

_CELLS = 4_000_000
_TIE = 1e-9


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
        return int((left >= right * (1 - _TIE)).sum()), int((left > right * (1 + _TIE)).sum())

    def t(self, value: float) -> float:
        """Studentised statistic of the data under the null ``value``."""
        top, spread = self._squares(value)
        return float(np.copysign(np.sqrt(top[0] / spread[0]), self.beta - value)) if spread[0] > 0 else float("nan")

    @property
    def se(self) -> float:
        """Standard error CR1 of the coefficient."""
        return float(np.sqrt(self._squares(self.beta)[1][0])) / self.norm


def whole_rows(
    outcome: npt.ArrayLike, design: npt.ArrayLike, clusters: npt.ArrayLike | None
) -> tuple[Floats, Floats, npt.NDArray[np.intp]]:
    """Outcome, design, and number of the cluster of the rows where nothing is missing."""
    values, matrix = np.array(outcome, "float64"), np.asarray(design, "float64")
    labels = np.arange(len(values)) if clusters is None else np.asarray(clusters)
    places = pd.factorize(labels, sort=True)[0]
    if len(places) != len(values):
        raise ValueError(f"klaster harus satu per baris: {len(values)} baris, tertulis {len(places)}")
    values[places < 0] = np.nan
    rows, kept = complete(values, matrix), np.isfinite(values) & np.isfinite(matrix).all(axis=1)
    return *rows, places[kept]


def all_signs(size: int) -> Iterator[Floats]:
    """Every sign vector once (2^size x size), in one piece.

    Examples
    --------
    >>> next(all_signs(2)).tolist()
    [[1.0, 1.0], [-1.0, 1.0], [1.0, -1.0], [-1.0, -1.0]]
    """
    bits = (np.arange(2**size)[:, None] >> np.arange(size)) & 1
    yield 1.0 - 2.0 * bits.astype(np.float64)


def random_signs(size: int, draws: int, seed: int) -> Iterator[Floats]:
    """Rademacher signs (``draws`` x size in all), in pieces that fit in memory."""
    source, most = np.random.default_rng(seed), max(1, _CELLS // size)
    for start in range(0, draws, most):
        bits = source.integers(0, 2, (min(most, draws - start), size), dtype=np.int8)
        yield 1.0 - 2.0 * bits.astype(np.float64)
