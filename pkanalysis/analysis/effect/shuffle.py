"""Permutation tests of the slope: sizes of the cut are dealt out anew among the units."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pkanalysis.analysis.effect.design import Floats, complete, with_constant
from pkanalysis.analysis.effect.wild import DRAWS, SEED

MOST_ENUMERATED = 8
_CELLS = 2_000_000
_TIE = 1e-9


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
    is_complete = len(values) <= MOST_ENUMERATED
    orders = _all_orders(values) if is_complete else _orders(values, draws, seed)
    data, extra = _slopes(values[None, :], sizes), 0 if is_complete else 1
    counts, total = np.full(4, extra), extra
    for chunk in orders:
        counts += _exceed(_slopes(chunk, sizes), data)
        total += len(chunk)
    student, absolute, up, down = counts / total
    return Permutation(float(student), float(absolute), float(min(1.0, 2 * min(up, down))), total - extra, is_complete)


def _slopes(outcomes: Floats, sizes: Floats) -> tuple[Floats, Floats]:
    """Slope (times the sum of squares) and squared HC0 error (times its square) per row of ``outcomes``."""
    top: Floats = outcomes @ sizes
    beta = top / (sizes @ sizes)
    own: Floats = (outcomes**2) @ sizes**2
    spread = own - 2 * beta * (outcomes @ sizes**3) + beta**2 * (sizes**4).sum()
    return top, np.maximum(spread, 1e-15 * own)


def _exceed(drawn: tuple[Floats, Floats], data: tuple[Floats, Floats]) -> npt.NDArray[np.int_]:
    (top, spread), (own, own_spread) = drawn, (data[0][0], data[1][0])
    slack = _TIE * abs(own)
    is_student = top**2 * own_spread >= own**2 * spread * (1 - _TIE)
    tests = (is_student, abs(top) >= abs(own) - slack, top >= own - slack, top <= own + slack)
    return np.array([test.sum() for test in tests], dtype=np.int_)


def _all_orders(values: Floats) -> Iterator[Floats]:
    yield values[np.array(list(itertools.permutations(range(len(values)))))]


def _orders(values: Floats, draws: int, seed: int) -> Iterator[Floats]:
    source, most = np.random.default_rng(seed), max(1, _CELLS // len(values))
    for start in range(0, draws, most):
        rows = min(most, draws - start)
        yield source.permuted(np.broadcast_to(values, (rows, len(values))), axis=1)
