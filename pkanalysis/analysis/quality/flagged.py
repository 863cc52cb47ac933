"""The form of every quality flag: the row, what was seen, what it was held against, and a sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

COLUMNS = ["bendera", "kode_opd", "kode_indikator", "nama_indikator", "nilai", "pembanding", "ambang", "keterangan"]


def flagged(
    rows: pd.DataFrame, code: str, compared: Any, threshold: float, say: Callable[[Any], str], value: str = "realisasi"
) -> pd.DataFrame:
    """Rows as flags.

    Parameters
    ----------
    rows : DataFrame
        ``kode_opd``, ``kode_indikator``, ``nama_indikator`` and the column ``value``.
    code : str
        The flag.
    compared : Series or float
        What the value was held against.
    threshold : float
    say : callable
        Row (with ``nilai`` and ``pembanding``) -> Indonesian sentence.

    Returns
    -------
    DataFrame
        Columns :data:`COLUMNS`.
    """
    found = rows[["kode_opd", "kode_indikator", "nama_indikator"]].assign(
        bendera=code, nilai=rows[value].astype("float64"), pembanding=compared, ambang=float(threshold)
    )
    found["pembanding"] = found["pembanding"].astype("float64")
    told = pd.array([say(row) for row in found.itertuples()], dtype="str")
    return found.assign(keterangan=told)[COLUMNS].reset_index(drop=True)


def last_year(cards: pd.DataFrame, history: pd.DataFrame, year: int) -> pd.DataFrame:
    """``cards`` with ``lalu``: the value of the year before (missing where there is none)."""
    before = history[history["tahun"].eq(year - 1)].set_index("kode_indikator")["realisasi"]
    return cards.assign(lalu=cards["kode_indikator"].map(before).astype("float64"))


def in_force(cards: pd.DataFrame) -> pd.Series:
    """Target of the PK in force (lower bound if a range)."""
    return cards["target_perubahan"].where(cards["ke"].gt(0), cards["target_murni"])
