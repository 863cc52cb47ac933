"""Targets in the workbook are one row per document and year; in the table one row per period."""

from __future__ import annotations

import pandas as pd

from pkanalysis.tables import PERIODS, empty

SUFFIXES = {"nilai": "", "nilai_atas": "_atas", "nilai_huruf": "_huruf"}
"""Value column of the table -> ending of the workbook's column (``TW1_atas``)."""
ROW = ["kode_indikator", "tahun", "dokumen", "ke"]


def wide(target: pd.DataFrame) -> pd.DataFrame:
    """Table ``target`` as rows of ``3_TARGET``, in the order of first appearance.

    Parameters
    ----------
    target : pandas.DataFrame
        Table ``target``; the reason of the first period that has one stands for the document.
    """
    if target.empty:
        return pd.DataFrame(columns=[*ROW, "alasan_perubahan"])
    reason = target.groupby(ROW, sort=False)["alasan_perubahan"].first()
    parts = [
        target.pivot(index=ROW, columns="periode", values=column).add_suffix(suffix)
        for column, suffix in SUFFIXES.items()
    ]
    return pd.concat([reason, *parts], axis=1).loc[reason.index].reset_index()


def long(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of ``3_TARGET`` as table ``target``; a period without any value gives no row."""
    if rows.empty:
        return empty("target")
    shared = rows[[*ROW, "alasan_perubahan", "lembar", "baris"]]
    parts = [
        shared.assign(periode=period, **{column: rows[period + suffix] for column, suffix in SUFFIXES.items()})
        for period in PERIODS
    ]
    stacked = pd.concat(parts).dropna(subset=list(SUFFIXES), how="all")
    return stacked.sort_values("baris", kind="stable", ignore_index=True)
