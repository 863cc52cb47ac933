"""Lines exported twice: once under the SKPD itself and once more under its sub units."""

from __future__ import annotations

import pandas as pd

from pkanalysis.intake.findings import Finding
from pkanalysis.intake.headings.grid import Grid

_KEYS = ["kode_sub_kegiatan", "kode_rekening", "kode_sumber_dana"]


def exported_twice(grid: Grid, frame: pd.DataFrame) -> list[Finding]:
    """A warning per SKPD whose own lines are, one by one, the sums of those of its sub units.

    Parameters
    ----------
    grid : Grid
        Where the lines stand.
    frame : pandas.DataFrame
        Its lines, row by row: ``kode_opd``, ``kode_sub_unit``, the keys of a budget line, and ``pagu_rp``.
    """
    lines = frame.assign(is_own=frame["kode_sub_unit"].eq("") | frame["kode_sub_unit"].eq(frame["kode_opd"]))
    levels = lines.groupby("kode_opd")["is_own"].nunique()
    both = lines[lines["kode_opd"].isin(levels.index[levels.eq(2)])]
    findings = []
    for code, rows in both.groupby("kode_opd", sort=False):
        sums = rows.groupby([*_KEYS, "is_own"])["pagu_rp"].sum().unstack("is_own")
        if sums[True].eq(sums[False]).fillna(False).all():
            line = int(rows.index[rows["is_own"]][0])
            rule = f"semua baris {code} sendiri sama dengan jumlah baris sub unitnya, sehingga terhitung dua kali"
            remedy = "unduh per sub unit saja, atau hapus baris SKPD-nya"
            written = grid.texts("kode_sub_unit")[line]
            findings.append(grid.finding("peringatan", line, "kode_sub_unit", written, rule, remedy))
    return findings
