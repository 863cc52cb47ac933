"""D4: slope on the size of the cut in every year against the last year before it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from pkanalysis.analysis.effect.design import Floats
from pkanalysis.analysis.effect.units import Units, difference


@dataclass(frozen=True)
class EventStudy:
    """Slopes by year.

    ``table``: ``tahun``, ``kemiringan``, ``galat_baku``, ``batas_bawah``, ``batas_atas`` (95 %, t with units - 1);
    the reference year, where the slope is zero by construction, is not in it. ``covariance`` (years x years) is
    that of the slopes; ``reference`` the year they are held against.
    """

    table: pd.DataFrame
    covariance: Floats
    reference: object


def event_study(units: Units) -> EventStudy:
    r"""Unit and year effects, size x year, errors clustered on units.

    Equals, year by year, the slope of :math:`Y_{it} - Y_{i,ref}` on :math:`z_i`. Errors are CR1 with every
    parameter counted: :math:`G/(G-1) \cdot (NT-1)/(NT-K)`, K = units + 2 (years - 1).

    References
    ----------
    Freyaldenhoven, Hansen & Shapiro (2019), doi:10.1257/aer.20180609, on such profiles.
    """
    reference = units.before.columns[-1]
    others = units.values.columns.drop(reference)
    changes = np.column_stack([difference(units.values[year], units.values[reference]) for year in others])
    sizes = np.asarray(units.dose - units.dose.mean(), dtype="float64")
    norm = sizes @ sizes
    slopes = sizes @ changes / norm
    scores = sizes[:, None] * (changes - changes.mean(axis=0) - sizes[:, None] * slopes)
    count, years = units.values.shape
    factor = count / (count - 1) * (count * years - 1) / (count * years - count - 2 * (years - 1))
    covariance = factor * scores.T @ scores / norm**2
    se = np.sqrt(np.diag(covariance))
    half = stats.t.ppf(0.975, count - 1) * se
    table = {"tahun": others, "kemiringan": slopes, "galat_baku": se, "batas_bawah": slopes - half}
    return EventStudy(pd.DataFrame(table | {"batas_atas": slopes + half}), covariance, reference)
