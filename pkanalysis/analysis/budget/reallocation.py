"""How much moved within a budget: gross, net, and what only went round. Never who gave to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pkanalysis.analysis import given


@dataclass(frozen=True)
class Reallocation:
    """Movement at one level, in whole rupiah.

    ``naik`` and ``turun`` are the sums of the groups that rose and fell (both >= 0), ``neto`` = naik -
    turun, ``bruto`` = naik + turun, ``perputaran`` = bruto - |neto|: decreases and increases that
    cancel. ``rows`` has one row per group: its keys, ``selisih_rp`` and ``arah`` (penggunaan = net use,
    sumber = net source, tetap), the largest use first. ``level`` names the keys: all depend on it.
    """

    naik: int
    turun: int
    rows: pd.DataFrame
    level: tuple[str, ...]

    @property
    def neto(self) -> int:
        """Rise minus fall."""
        return self.naik - self.turun

    @property
    def bruto(self) -> int:
        """Rise plus fall."""
        return self.naik + self.turun

    @property
    def perputaran(self) -> int:
        """What went round: twice the smaller of rise and fall."""
        return self.bruto - abs(self.neto)


def reallocation(changes: pd.DataFrame, by: str | Sequence[str]) -> Reallocation:
    """Net sources and uses at the level ``by``; the data do not show which rupiah went where.

    Parameters
    ----------
    changes : DataFrame
        Result of :func:`pkanalysis.analysis.budget.changes.compare` or ``steps`` of one pair of stages, at
        this level or a finer one, with the columns ``by``.
    by : str or sequence of str
        For example ``"sektor"`` or ``["kode_opd", "kode_rekening"]``; report it at two levels at least.

    Examples
    --------
    >>> changes = pd.DataFrame({"opd": ["A", "A", "B"], "selisih_rp": [-50, 10, 30]})
    >>> found = reallocation(changes, "opd")
    >>> found.naik, found.turun, found.neto, found.bruto, found.perputaran
    (30, 40, -10, 70, 60)
    >>> found.rows.values.tolist()
    [['B', 30, 'penggunaan'], ['A', -40, 'sumber']]
    """
    keys = given.level(by)
    given.require(changes, [*keys, "selisih_rp"])
    change = given.rupiah(changes["selisih_rp"])
    rows = change.groupby([changes[key] for key in keys], dropna=False).sum().reset_index()
    net = rows["selisih_rp"]
    rows["arah"] = pd.Series(np.select([net > 0, net < 0], ["penggunaan", "sumber"], "tetap"), dtype="str")
    rows = rows.sort_values("selisih_rp", ascending=False, kind="stable", ignore_index=True)
    return Reallocation(int(net.clip(lower=0).sum()), int((-net).clip(lower=0).sum()), rows, tuple(keys))
