"""Units, one row each: what the estimates and the checks work on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pkanalysis.analysis.effect.design import Floats


@dataclass(frozen=True)
class Units:
    """Units with a size and every year, in order of their name.

    ``dose`` (N,), ``values`` (N x years, in order), ``post`` the first year after, ``kinds`` (N,) or None.
    ``known``: share (0-1) of rows with an original target, None where no target is used; ``capped``: share of
    units at the cap; ``left_out``: names of the other units; ``has_gap``: a whole year is not there;
    ``has_values``: there is any outcome at all.
    """

    dose: pd.Series
    values: pd.DataFrame
    post: Any
    kinds: pd.Series | None
    known: float | None
    capped: float
    left_out: tuple[Any, ...]
    has_gap: bool
    has_values: bool

    @cached_property
    def before(self) -> pd.DataFrame:
        """Outcome of the years before ``post`` (N x years)."""
        return self.only(self.values.columns < self.post).values

    @cached_property
    def after(self) -> pd.Series:
        """Mean outcome of the years from ``post`` on (N,)."""
        return self.only(self.values.columns >= self.post).values.mean(axis=1)

    @cached_property
    def change(self) -> Floats:
        """Outcome after minus the mean of the years before (N,)."""
        return difference(self.after, self.before.mean(axis=1))

    @property
    def table(self) -> pd.DataFrame:
        """Per unit: ``besar``, ``sebelum`` (mean of the years before), ``sesudah``, ``perubahan``."""
        sides = {"besar": self.dose, "sebelum": self.before.mean(axis=1), "sesudah": self.after}
        return pd.DataFrame(sides).assign(perubahan=self.change)

    def but(self, keep: pd.Series) -> Units:
        """The same of the units where ``keep`` is true."""
        kinds = None if self.kinds is None else self.kinds[keep]
        return replace(self, dose=self.dose[keep], values=self.values[keep], kinds=kinds)

    def only(self, keep: npt.NDArray[np.bool_]) -> Units:
        """The same of the years where ``keep`` is true."""
        return replace(self, values=self.values.loc[:, keep])


def difference(later: pd.Series, earlier: pd.Series) -> Floats:
    """``later`` - ``earlier``; what is only rounding error is zero.

    Examples
    --------
    >>> difference(pd.Series([0.3, 2.0]), pd.Series([0.1 + 0.2, 1.0])).tolist()
    [0.0, 1.0]
    """
    last, first = (np.asarray(side, dtype="float64") for side in (later, earlier))
    change = last - first
    return np.where(np.abs(change) <= 1e-12 * np.maximum(np.abs(last), np.abs(first)), 0.0, change)
