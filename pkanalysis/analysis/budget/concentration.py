"""How unevenly an amount is spread over units: HHI, Gini, Theil."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from pkanalysis.analysis import given

Floats = npt.NDArray[np.float64]
NAN = float("nan")


@dataclass(frozen=True)
class Concentration:
    """Concentration over ``n`` units, those with nothing included; NaN where there is nothing to share.

    ``hhi`` is the sum of squared shares (1/n to 1), ``hhi_normalised`` the same from 0 to 1 (NaN for one
    unit), ``gini`` from 0 to (n - 1)/n without small-sample correction, ``theil`` (T) from 0 to ln n.
    """

    hhi: float
    hhi_normalised: float
    gini: float
    theil: float
    n: int


@dataclass(frozen=True)
class TheilByGroup:
    """Theil's T = ``within`` + ``between``; ``rows``: group, ``n``, ``pangsa`` (0-1), ``theil``."""

    total: float
    within: float
    between: float
    rows: pd.DataFrame


def concentration(values: Sequence[float] | Floats | pd.Series) -> Concentration:
    r"""Concentration of amounts >= 0, for example of the cut over OPD.

    With shares :math:`s_i` of n units: HHI = :math:`\sum s_i^2`, Gini = :math:`\sum (2i - n - 1) s_{(i)} / n`
    (ascending), Theil = :math:`\sum s_i \ln(n s_i)` with 0 ln 0 = 0.

    Raises
    ------
    ValueError
        A negative or missing value: cuts and increases are measured apart.

    References
    ----------
    US DOJ, Herfindahl-Hirschman Index; Theil (1967).

    Examples
    --------
    >>> found = concentration([30, 30, 20, 20])
    >>> round(found.hhi, 4), round(found.hhi_normalised, 4), found.n
    (0.26, 0.0133, 4)
    >>> round(concentration([0, 0, 0, 1]).gini, 4), round(concentration([0, 0, 0, 1]).theil, 4)
    (0.75, 1.3863)
    """
    amounts = _checked(values)
    n = len(amounts)
    if not amounts.sum():
        return Concentration(NAN, NAN, NAN, NAN, n)
    shares = np.sort(amounts / amounts.sum())
    hhi = float(shares @ shares)
    gini = float((2 * np.arange(1, n + 1) - n - 1) @ shares / n)
    return Concentration(hhi, (hhi - 1 / n) / (1 - 1 / n) if n > 1 else NAN, gini, _theil(shares), n)


def theil_by_group(values: pd.Series | Sequence[float], groups: pd.Series | Sequence[Hashable]) -> TheilByGroup:
    r"""Theil's T within and between groups: :math:`T = \sum_g s_g T_g + \sum_g s_g \ln(s_g n / n_g)`.

    Parameters
    ----------
    values, groups : Series or sequence
        Amounts >= 0 and the group of each (by index, or in the same order), for example the cut and the kind of OPD.

    Examples
    --------
    >>> found = theil_by_group(pd.Series([1.0, 1.0, 2.0, 4.0]), pd.Series(["a", "a", "b", "b"]))
    >>> round(found.within, 4), round(found.between, 4), round(found.total, 4)
    (0.0425, 0.1308, 0.1733)
    """
    amounts = pd.Series(_checked(values), index=values.index if isinstance(values, pd.Series) else None)
    own = groups.reindex(amounts.index) if isinstance(groups, pd.Series) else pd.Series(list(groups))
    if len(own) != len(amounts) or own.isna().any():
        raise ValueError("ada nilai tanpa kelompok; beri kelompok dahulu, agar bagian dalam dan antar kelompok lengkap")
    by_group = amounts.groupby(own.to_numpy())
    rows = pd.DataFrame({
        "n": by_group.size(),
        "pangsa": by_group.sum() / (amounts.sum() or NAN),
        "theil": pd.Series({name: concentration(own).theil for name, own in by_group}),
    })  # fmt: skip
    share, has_any = rows["pangsa"], rows["pangsa"] > 0
    between = (share * np.log((share * len(amounts) / rows["n"]).where(has_any))).sum(min_count=1)
    within = (share * rows["theil"]).where(has_any).sum(min_count=1)
    return TheilByGroup(concentration(amounts).theil, float(within), float(between), rows.reset_index())


def _theil(shares: Floats) -> float:
    some = shares[shares > 0]
    return max(float(some @ np.log(some * len(shares))), 0.0)


def _checked(values: Sequence[float] | Floats | pd.Series) -> Floats:
    amounts = given.numbers(values, "nilai konsentrasi")
    if not np.isfinite(amounts).all():
        raise ValueError("konsentrasi tidak dihitung dari nilai kosong; kosong bukan nol, keluarkan atau isi dahulu")
    if (amounts < 0).any():
        lowest = f"{amounts.min():.15g}"
        raise ValueError(f"konsentrasi memerlukan nilai 0 atau lebih, terkecil {lowest}; pisahkan kurang dan tambah")
    return amounts
