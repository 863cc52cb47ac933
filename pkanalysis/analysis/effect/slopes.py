"""Slope of an outcome on the size of the cut: least squares with robust errors, and two tests by resampling.

Permutation of the sizes among the units, and wild cluster bootstrap (restricted residuals, Rademacher signs).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats
from statsmodels.regression.linear_model import OLS

Floats = npt.NDArray[np.float64]
SEED = 20250122
"""Date of Inpres 1/2025: fixed before any result."""
DRAWS = 9_999
MOST_SHUFFLED, MOST_ENUMERATED = 8, 12
"""Up to so many units all orders, up to so many clusters all sign vectors are taken."""
TIE = 1e-9
"""Relative difference below which two draws count as equal."""
_CELLS = 2_000_000
"""Numbers of the draws that are held at once."""


def with_constant(*columns: npt.ArrayLike) -> Floats:
    """Matrix (N, 1 + C) of a constant and ``columns``."""
    parts = [np.asarray(column, dtype="float64") for column in columns]
    return np.column_stack([np.ones(len(parts[0])), *parts])


def complete(outcome: npt.ArrayLike, design: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Outcome and design without the rows where a value is missing or infinite.

    Examples
    --------
    >>> complete([1.0, float("nan"), 3.0], [[1.0, 2.0], [1.0, 3.0], [1.0, 4.0]])[0].tolist()
    [1.0, 3.0]
    """
    values, matrix = np.asarray(outcome, dtype="float64"), np.asarray(design, dtype="float64")
    if values.shape != matrix.shape[:1]:
        raise ValueError(f"hasil dan besar pengurangan harus sama panjang, tertulis {len(values)} dan {len(matrix)}")
    is_whole = np.isfinite(values) & np.isfinite(matrix).all(axis=1)
    return values[is_whole], matrix[is_whole]


def fittable(dose: npt.ArrayLike, *controls: npt.ArrayLike) -> bool:
    """Whether the slope and its HC3 error exist: full rank, and no row that alone fixes a coefficient.

    Examples
    --------
    >>> fittable([0, 0, 0, 0, 1]), fittable([0, 0, 1, 2, 3])
    (False, True)
    """
    design = with_constant(dose, *controls)
    if len(design) <= design.shape[1]:
        return False
    scaled = design / np.maximum(np.abs(design).max(axis=0), np.finfo(float).tiny)
    basis, singular, _ = np.linalg.svd(scaled, full_matrices=False)
    return bool(singular[-1] > 1e-10 * singular[0] and (basis**2).sum(axis=1).max() < 1 - 1e-9)


@dataclass(frozen=True)
class Slope:
    """Slope on the first regressor after the constant.

    ``beta`` in units of the outcome per one unit of the regressor; ``se`` is HC3 (``errors`` holds every
    convention); ``df`` = N - K degrees of freedom of t; ``n`` rows; ``leverage`` and ``without`` (N,) are
    the hat values and the slope when that row is left out.
    """

    beta: float
    errors: dict[str, float]
    df: int
    n: int
    leverage: Floats
    without: Floats

    @property
    def se(self) -> float:
        """Standard error HC3."""
        return self.errors["HC3"]

    @property
    def t(self) -> float:
        """Slope over its HC3 error."""
        if self.beta == 0:
            return 0.0
        return self.beta / self.se if self.se > 0 else float(np.copysign(np.inf, self.beta))

    @property
    def p(self) -> float:
        """Two-sided p of t(N - K); never zero."""
        return max(float(2 * stats.t.sf(abs(self.t), self.df)), float(np.finfo(float).tiny))

    @cached_property
    def interval(self) -> tuple[float, float]:
        """95 % interval, HC3 and t(N - K)."""
        half = float(stats.t.ppf(0.975, self.df)) * self.se
        return self.beta - half, self.beta + half

    @property
    def excludes_zero(self) -> bool:
        """Whether the 95 % interval leaves out zero."""
        return self.interval[0] > 0 or self.interval[1] < 0


def slope(outcome: npt.ArrayLike, dose: npt.ArrayLike, *controls: npt.ArrayLike) -> Slope:
    r"""Least squares of ``outcome`` on a constant, ``dose`` and ``controls``.

    :math:`V_{HC3} = (X'X)^{-1} X' \mathrm{diag}(e_i^2 / (1 - h_i)^2) X (X'X)^{-1}`.

    Parameters
    ----------
    outcome, dose : array_like, shape (N,)
    *controls : array_like, shape (N,) or (N, C)
        Rows with a missing value are left out.

    Raises
    ------
    ValueError
        Lengths that differ, or a slope without an HC3 error: the size does not vary, or one row alone fixes it.

    References
    ----------
    MacKinnon & White (1985), doi:10.1016/0304-4076(85)90158-7; statsmodels OLS.

    Examples
    --------
    >>> found = slope([1, 3, 2, 5, 4], [0, 1, 2, 3, 4])
    >>> round(found.beta, 3), found.df, found.leverage.max().round(3).item()
    (0.8, 3, 0.6)
    """
    values, design = complete(outcome, with_constant(dose, *controls))
    if not fittable(*design[:, 1:].T):
        raise ValueError(
            "kemiringan tidak dapat dihitung: besar pengurangan seragam, dijelaskan peubah lain, atau ditentukan satu "
            "baris saja"
        )
    scale = np.maximum(np.abs(design).max(axis=0), np.finfo(float).tiny)
    design, unit = design / scale, float(scale[1])
    fit = OLS(values, design).fit()
    errors = {"klasik": fit.bse, "HC0": fit.HC0_se, "HC1": fit.HC1_se, "HC2": fit.HC2_se, "HC3": fit.HC3_se}
    hat = np.einsum("ij,jk,ik->i", design, fit.normalized_cov_params, design)
    shift = (design @ fit.normalized_cov_params[1]) * fit.resid / (1 - hat)
    beta = float(fit.params[1])
    own = {name: float(se[1]) / unit for name, se in errors.items()}
    return Slope(beta / unit, own, int(fit.df_resid), len(values), hat, (beta - shift) / unit)


@dataclass(frozen=True)
class Permutation:
    """Result of :func:`permutation`; three conventions, all counting ties.

    ``p_studentised``: :math:`|t|` with HC0 errors, valid under unequal variance too. ``p_slope``: ``|slope|``.
    ``p_slope_two_min``: twice the smaller one-sided p (the convention of scipy). ``draws`` permutations;
    all of them where ``is_complete``, else the data count as one more draw, so that p is never zero.
    """

    p_studentised: float
    p_slope: float
    p_slope_two_min: float
    draws: int
    is_complete: bool


def permutation(outcome: npt.ArrayLike, dose: npt.ArrayLike, draws: int = DRAWS, seed: int = SEED) -> Permutation:
    """Permutation test of the slope of ``outcome`` on ``dose``.

    Parameters
    ----------
    outcome, dose : array_like, shape (N,)
        Pairs with a missing value are left out.
    draws, seed : int
        Used above eight units; up to eight all N! orders are taken.

    References
    ----------
    DiCiccio & Romano (2017), doi:10.1080/01621459.2016.1202117.

    Examples
    --------
    >>> permutation([1, 2, 2, 4, 3, 6, 5, 7], range(8)).draws
    40320
    """
    whole, design = complete(outcome, with_constant(dose))
    if len(np.unique(design[:, 1])) < 2:
        raise ValueError("permutasi memerlukan sedikitnya dua besar pengurangan yang berbeda")
    values, sizes = whole - whole.mean(), design[:, 1] - design[:, 1].mean()
    is_complete = len(values) <= MOST_SHUFFLED
    (own,), (own_spread,) = _slopes(values[None, :], sizes)
    counts, total, slack = np.zeros(4, dtype=np.int_), 0, TIE * abs(own)
    for orders in _shuffled(values, draws, seed):
        top, spread = _slopes(orders, sizes)
        is_student = top**2 * own_spread >= own**2 * spread * (1 - TIE)
        tests = (is_student, abs(top) >= abs(own) - slack, top >= own - slack, top <= own + slack)
        counts += [int(test.sum()) for test in tests]
        total += len(orders)
    extra = 0 if is_complete else 1
    student, absolute, up, down = ((counts + extra) / (total + extra)).tolist()
    return Permutation(student, absolute, min(1.0, 2 * min(up, down)), total, is_complete)


def _slopes(outcomes: Floats, sizes: Floats) -> tuple[Floats, Floats]:
    """Slope (times the sum of squares) and squared HC0 error (times its square) per row of ``outcomes``."""
    top: Floats = outcomes @ sizes
    beta = top / (sizes @ sizes)
    own: Floats = (outcomes**2) @ sizes**2
    spread = own - 2 * beta * (outcomes @ sizes**3) + beta**2 * (sizes**4).sum()
    return top, np.maximum(spread, 1e-15 * own)


def _shuffled(values: Floats, draws: int, seed: int) -> Iterator[Floats]:
    """Every order of few values in one piece; of many, ``draws`` orders in pieces that fit in memory."""
    if len(values) <= MOST_SHUFFLED:
        yield values[np.array(list(itertools.permutations(range(len(values)))))]
        return
    source, most = np.random.default_rng(seed), max(1, _CELLS // len(values))
    for start in range(0, draws, most):
        yield source.permuted(np.broadcast_to(values, (min(most, draws - start), len(values))), axis=1)


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
    source, most = np.random.default_rng(seed), max(1, 2 * _CELLS // size)
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
