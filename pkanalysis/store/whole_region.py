"""The whole region's figures handed in as those of one OPD."""

from __future__ import annotations

import pandas as pd

from pkanalysis.intake.findings import Finding

LEAST_OFFICES = 3
"""Other OPD that must be stored before their sum says anything."""
JUMP, NEAR = 3, 0.05
"""Times the OPD's own former figure, and distance to the region's as a share of it."""


def region_as_one(new: pd.DataFrame, old: pd.DataFrame, value: str, by: str, file: str) -> list[Finding]:
    """A warning when the one OPD of a file has the sum of all OPD stored.

    Its total is that sum to the rupiah, or it is close to it and several times what the OPD had before.

    Parameters
    ----------
    new, old : pandas.DataFrame
        Rows of one year of ``anggaran`` or ``realisasi_anggaran``: of the file at hand, and stored before.
    value : str
        Column of rupiah, ``pagu_rp`` or ``realisasi_rp``.
    by : str
        Column that the sums are made over, ``tahap`` or ``bulan``: a stage, or one and the same month.
    file : str
        Name of the file at hand.

    Examples
    --------
    >>> old = pd.DataFrame({"kode_opd": list("abcd"), "tahap": "murni", "pagu_rp": [1, 20, 30, 40]})
    >>> new = pd.DataFrame({"kode_opd": ["a"], "tahap": ["perubahan"], "pagu_rp": [91], "lembar": "", "baris": 2})
    >>> region_as_one(new, old, "pagu_rp", "tahap", "a.xlsx")[0].rule
    'total a sama dengan total 4 OPD yang tersimpan (murni: 91)'
    """
    offices = new["kode_opd"].unique()
    if len(offices) != 1:
        return []
    own = offices[0]
    for part, rows in old.groupby(by, sort=False):
        total = int(new[value].sum() if by == "tahap" else new.loc[new[by].eq(part), value].sum())
        by_office = rows.groupby("kode_opd")[value].sum()
        others = len(by_office.drop(own, errors="ignore"))
        region, before = int(by_office.sum()), int(by_office.get(own, 0))
        is_near = before > 0 and total >= JUMP * before and abs(total - region) <= NEAR * region
        if total > 0 and others >= LEAST_OFFICES and (total == region or is_near):
            how = "sama dengan" if total == region else f"{total / before:.3g} kali semula dan hampir sama dengan"
            rule = f"total {own} {how} total {len(by_office)} OPD yang tersimpan ({part}: {region})"
            remedy = "ini tampaknya berkas seluruh daerah; unduh ulang untuk OPD itu saja"
            return [Finding("peringatan", file, "", "", value, str(total), rule, remedy)]
    return []
