"""Checks that hold for every table, taken from the data dictionary and nowhere else."""

from __future__ import annotations

import pandas as pd

from pkanalysis.intake.findings import Finding
from pkanalysis.tables import TABLES, Column


def check(name: str, frame: pd.DataFrame, file: str) -> list[Finding]:
    """Errors in the rows of table ``name``: required cells, allowed values, repeated keys.

    Parameters
    ----------
    name : str
        A key of :data:`pkanalysis.tables.TABLES`.
    frame : pandas.DataFrame
        Conformed rows, with ``lembar`` and ``baris`` where they came from.
    file : str
        File name for the findings.

    Examples
    --------
    >>> from pkanalysis.tables import conform
    >>> opd = pd.DataFrame({"kode_opd": ["X1", "X1"], "nama_opd": ["A", ""], "lembar": ["OPD", "OPD"], "baris": [2, 3]})
    >>> for finding in check("opd", conform("opd", opd), "a.xlsx"):
    ...     print(finding.sentence)
    a.xlsx, lembar OPD, baris 3, kolom nama_opd: wajib diisi (nama resmi); lengkapi di berkas asal.
    a.xlsx, lembar OPD, baris 3, kolom kode_opd, tertulis "X1": sudah ada di baris 2; hapus salah satu.
    """
    table = TABLES[name]
    findings = [finding for column in table.columns for finding in _column(column, frame, file)]
    return findings + _repeated(frame, table.key, file)


def _column(column: Column, frame: pd.DataFrame, file: str) -> list[Finding]:
    values = frame[column.name]
    is_empty = values.isna() | values.eq("").fillna(False)
    findings = []
    if column.required and is_empty.any():
        rule = f"wajib diisi ({column.meaning}){_count(int(is_empty.sum()))}"
        findings.append(_finding(frame, is_empty, file, column.name, "", rule, "lengkapi di berkas asal"))
    if column.allowed:
        strange = ~is_empty & ~values.isin(column.allowed)
        for value in values[strange].unique():
            rule = f"tidak termasuk pilihan{_count(int((strange & values.eq(value)).sum()))}"
            remedy = f"pilih salah satu: {', '.join(column.allowed)}"
            findings.append(_finding(frame, strange & values.eq(value), file, column.name, str(value), rule, remedy))
    return findings


def _repeated(frame: pd.DataFrame, key: list[str], file: str) -> list[Finding]:
    if not key or frame.empty:
        return []
    first = frame.groupby(key, dropna=False)["baris"].transform("first")
    repeated = frame[frame.duplicated(key)]
    return [
        Finding("galat", file, str(row["lembar"]), f"baris {row['baris']}", ", ".join(key),
                ", ".join(str(row[name]) for name in key), f"sudah ada di baris {first.loc[line]}", "hapus salah satu")
        for line, row in zip(repeated.index, repeated.to_dict("records"), strict=True)
    ]  # fmt: skip


def _finding(
    frame: pd.DataFrame, where: pd.Series, file: str, column: str, value: str, rule: str, remedy: str
) -> Finding:
    first = frame[where].iloc[0]
    place = "" if pd.isna(first["baris"]) else f"baris {first['baris']}"
    sheet = "" if pd.isna(first["lembar"]) else str(first["lembar"])
    return Finding("galat", file, sheet, place, column, value, rule, remedy)


def _count(rows: int) -> str:
    return f" ({rows} baris)" if rows > 1 else ""
