"""Slope of an outcome on the size of the cut by least squares, with robust standard errors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import statsmodels.api as sm
from scipy import stats

from pkanalysis.analysis.effect.design import Floats, complete, require_fit, with_constant


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
    require_fit(design)
    scale = np.maximum(np.abs(design).max(axis=0), np.finfo(float).tiny)
    design, unit = design / scale, float(scale[1])
    fit = sm.OLS(values, design).fit()
    errors = {"klasik": fit.bse, "HC0": fit.HC0_se, "HC1": fit.HC1_se, "HC2": fit.HC2_se, "HC3": fit.HC3_se}
    hat = np.einsum("ij,jk,ik->i", design, fit.normalized_cov_params, design)
    shift = (design @ fit.normalized_cov_params[1]) * fit.resid / (1 - hat)
    beta = float(fit.params[1])
    own = {name: float(se[1]) / unit for name, se in errors.items()}
    return Slope(beta / unit, own, int(fit.df_resid), len(values), hat, (beta - shift) / unit)
