"""Whether a figure under the label of a month is that month's, or cumulative since January."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import pandas as pd

from pkanalysis.intake.dates import MONTHS
from pkanalysis.intake.findings import Finding

Basis = Literal["bulanan", "kumulatif"]


def basis(figure: int, monthly: Mapping[int, int], month: int) -> Basis | None:
    """What ``figure`` is, by months known from elsewhere; ``None`` when they do not tell.

    Parameters
    ----------
    figure : int
        Rupiah under the label of ``month``.
    monthly : mapping of int to int
        Rupiah per month 1-12.
    month : int
        The month, 1-12.

    Examples
    --------
    >>> known = {1: 0, 2: 220, 3: 126}
    >>> basis(126, known, 3), basis(346, known, 3), basis(200, known, 3)
    ('bulanan', 'kumulatif', None)
    """
    if figure == monthly.get(month):
        return "bulanan"
    return "kumulatif" if figure == sum(monthly.get(number, 0) for number in range(1, month + 1)) else None


def mislabelled(new: pd.DataFrame, known: pd.DataFrame, file: str) -> list[Finding]:
    """A warning per OPD and month whose figure is the sum since January of the months known from other files.

    Parameters
    ----------
    new, known : pandas.DataFrame
        Rows of ``realisasi_anggaran``: of the file at hand, and those there already from other files.
    file : str
        Name of the file at hand.
    """
    keys = ["kode_opd", "tahun", "bulan"]
    there = known.groupby(keys)["realisasi_rp"].sum()
    findings = []
    added = new.groupby(keys)["realisasi_rp"].sum().reset_index()
    for row in added.to_dict("records"):
        office, year, month, figure = row["kode_opd"], row["tahun"], int(row["bulan"]), int(row["realisasi_rp"])
        monthly = {number: int(there.get((office, year, number), 0)) for number in range(1, 13)}
        if basis(figure, monthly, month) == "kumulatif":
            name = MONTHS[month - 1].capitalize()
            rule = f"berlabel {name}, tetapi sama dengan jumlah Januari–{name} menurut berkas lain ({monthly[month]})"
            remedy = "pakai laporan bulan itu saja, atau perbaiki periodenya"
            findings.append(Finding("peringatan", file, "", "", f"{office} {year}", str(figure), rule, remedy))
    return findings
