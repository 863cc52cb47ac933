"""Indicator codes that another OPD has already: taking them over would put its figures out."""

from __future__ import annotations

import pandas as pd

from pkanalysis.intake.findings import Finding

_REMEDY = "beri kode lain yang hanya dipakai OPD ini, misalnya diawali singkatannya, lalu impor lagi"


def clashes(new: pd.DataFrame, known: pd.DataFrame, files: pd.DataFrame, file: str) -> list[Finding]:
    """An error per row of ``new`` whose ``kode_indikator`` stands in ``known`` for another OPD.

    Parameters
    ----------
    new, known : pandas.DataFrame
        Rows of ``indikator``: of the file at hand, and those stored.
    files : pandas.DataFrame
        The table ``berkas``, for the name of the other file.
    file : str
        Name of the file at hand.
    """
    names = files.set_index("id_berkas")["nama_berkas"]
    both = new.merge(known, on="kode_indikator", suffixes=("", "_lain"))
    return [
        Finding("galat", file, str(row["lembar"]), f"baris {row['baris']}", "kode_indikator", row["kode_indikator"],
                f"kode ini sudah dipakai {row['kode_opd_lain']} untuk {row['nama_indikator_lain']} "
                f"({names.get(row['id_berkas_lain'], 'berkas lain')})", _REMEDY)
        for row in both[both["kode_opd"].ne(both["kode_opd_lain"])].to_dict("records")
    ]  # fmt: skip
