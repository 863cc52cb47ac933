"""Wild cluster bootstrap: restricted residuals, Rademacher signs, interval by test inversion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pkanalysis.analysis.effect.draws import Draws, all_signs, random_signs, whole_rows

SEED = 20250122
"""Date of Inpres 1/2025: fixed before any result."""
DRAWS = 9_999
MOST_ENUMERATED = 12


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
    parts = Draws(*whole_rows(outcome, design, clusters), column)
    is_complete = parts.size <= MOST_ENUMERATED
    parts.take(all_signs(parts.size) if is_complete else random_signs(parts.size, draws, seed))
    total = 2**parts.size if is_complete else draws

    def p_of(value: float) -> float:
        ge = parts.exceed(value)[0]
        return ge / total if is_complete else (ge + 1) / (draws + 1)

    n_ge, n_gt = parts.exceed(null)
    step = max(parts.se, 1e-12 * abs(parts.beta))
    ends = [_end(p_of, parts.beta, side * step, 1 - confidence) for side in (-1, 1)]
    return Wild(parts.t(null), p_of(null), n_ge, n_gt, total, is_complete, (ends[0], ends[1]))


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
