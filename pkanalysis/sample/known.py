"""The truth of Kota Contoh as conformed tables, whole or as it was known at a quarter."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import pandas as pd

from pkanalysis.sample import agreements, budget, causes, indicators, notes, organisation, outcomes, spending, targets


@cache
def truth() -> Mapping[str, pd.DataFrame]:
    """The tables that the sample's files are written from, by name; treat them as read-only.

    Examples
    --------
    >>> sorted(truth())[:4]
    ['analisis', 'anggaran', 'indikator', 'kaskade']
    """
    return MappingProxyType({
        "opd": organisation.table(),
        "anggaran": budget.table(),
        "perubahan_anggaran": causes.table(),
        "realisasi_anggaran": spending.table(),
        "rencana_kas": spending.plan_table(),
        "indikator": indicators.table(),
        "kaskade": notes.cascade_table(),
        "target": targets.table(),
        "realisasi": outcomes.table(),
        "perjanjian": agreements.table(),
        "analisis": notes.analysis_table(),
        "pembanding": notes.comparison_table(),
    })  # fmt: skip


def as_known(period: str) -> Mapping[str, pd.DataFrame]:
    """What was known of 2025 at the end of ``period`` (``TW3``, ``TW4``): later rows are left out.

    Examples
    --------
    >>> rows = as_known("TW3")["realisasi"].query("tahun == 2025")
    >>> sorted(set(rows["periode"]))
    ['TW1', 'TW2', 'TW3']
    """
    tables = dict(truth())
    for name in ("realisasi", "analisis"):
        frame = tables[name]
        tables[name] = frame[(frame["tahun"] < 2025) | (frame["periode"] <= period)]
    signed, quarter = tables["perjanjian"], int(period[-1])
    end = pd.Timestamp(2025, 3 * quarter, 1) + pd.offsets.MonthEnd()
    tables["perjanjian"] = signed[signed["tanggal_ttd"] <= end]
    tables["target"] = _agreed(tables["target"], signed[signed["tanggal_ttd"] > end])
    return MappingProxyType(tables)


def _agreed(target: pd.DataFrame, later: pd.DataFrame) -> pd.DataFrame:
    """Targets without those of documents that were signed later."""
    keys = ["kode_opd", "tahun", "dokumen", "ke"]
    unknown = pd.MultiIndex.from_frame(target[keys]).isin(pd.MultiIndex.from_frame(later[keys]))
    return target[~unknown]
