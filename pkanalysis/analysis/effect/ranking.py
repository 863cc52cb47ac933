"""Whether two values may be put in order."""

from __future__ import annotations

from dataclasses import dataclass

from scipy import stats

from pkanalysis.analysis.claims import Refusal, refusal


@dataclass(frozen=True)
class Gap:
    """Difference of two values, its standard error, and whether they may be ranked."""

    difference: float
    se: float
    is_ranked: bool
    refusals: tuple[Refusal, ...]


def gap(first: float, second: float, se_first: float, se_second: float, confidence: float = 0.95) -> Gap:
    """Difference of two independent values; ranked only where its interval leaves out zero.

    Examples
    --------
    >>> found = gap(98.2, 97.9, 1.5, 1.4)
    >>> found.is_ranked, round(found.se, 3), found.refusals[0].code
    (False, 2.052, 'PERINGKAT_TUMPANG_TINDIH')
    """
    difference, se = first - second, float((se_first**2 + se_second**2) ** 0.5)
    is_ranked = abs(difference) > stats.norm.ppf((1 + confidence) / 2) * se
    return Gap(difference, se, bool(is_ranked), () if is_ranked else (refusal("PERINGKAT_TUMPANG_TINDIH"),))
