"""Rows without an account in a list of budget lines: what they say the lines add up to."""

from __future__ import annotations

import pandas as pd

from pkanalysis.intake.columns import Grid
from pkanalysis.intake.findings import Finding

LEVELS = ("kode_opd", "kode_sub_unit", "kode_program", "kode_kegiatan", "kode_sub_kegiatan")


def totals(grid: Grid, lines: pd.DataFrame) -> list[Finding]:
    """A warning per row without an account whose pagu is not the sum of the lines that it stands for.

    Parameters
    ----------
    grid : Grid
        All rows of the sheet, with the columns of the recap.
    lines : pandas.DataFrame
        The lines with an account: codes in their one form and ``pagu_rp``.
    """
    above = grid.where([code == "" for code in grid.texts("kode_rekening")])
    if not len(above):
        return []
    printed, _ = above.amounts("pagu_rp")
    codes = {name: above.texts(name) if name in LEVELS[:2] else above.activities(name) for name in LEVELS}
    findings = []
    for line in printed[printed.fillna(0) != 0].index:
        added = _sum(lines, {name: column[line] for name, column in codes.items() if column[line]})
        if int(printed[line]) != added:
            rule = f"jumlah ini tidak sama dengan jumlah barisnya, {added}; yang dipakai adalah barisnya"
            remedy = "periksa baris yang kurang, ganda atau berubah"
            findings.append(above.finding("peringatan", line, "pagu_rp", str(printed[line]), rule, remedy))
    return findings


def _sum(lines: pd.DataFrame, own: dict[str, str]) -> int:
    """Sum of the lines under every code of a row; of all lines when it has none."""
    is_in = pd.Series(True, index=lines.index)
    for name, code in own.items():
        is_in &= lines[name].eq(code)
    return int(lines.loc[is_in, "pagu_rp"].sum())
