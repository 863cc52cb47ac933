"""The murni budget of 2025: every line gets its rupiah, and every total of design §9 holds."""

from __future__ import annotations

from functools import cache

import pandas as pd

from pkanalysis.sample.draw import split, stream
from pkanalysis.sample.lines import OFFICE, structure
from pkanalysis.sample.organisation import offices
from pkanalysis.sample.savings import allocation

MURNI = 1_930_724_471_000
BTT = 36_500_000_000
SIMILAR = 40_000_000
"""Rupiah per line of accounts like makan-minum that the cut rate does not touch (natura, daya tahan tubuh)."""


def ceilings() -> pd.Series:
    """Budget per SKPD at murni, in rupiah; DPUPR holds what the others leave of the total."""
    budget = offices()["pagu_juta"] * 1_000_000
    budget["DPUPR"] += MURNI - int(budget.sum())
    return budget


@cache
def amounts() -> pd.Series:
    """Murni per line of :func:`structure`, in whole thousands of rupiah; 0 for lines that come later."""
    lines, draw = structure(), stream("murni")
    lines = lines.assign(bobot=lines["bobot"] * draw.lognormal(0, 0.25, len(lines)), murni=0)
    budget = ceilings()
    for office, own in lines[lines["sejak"] == "murni"].groupby("id", sort=False):
        for roles, total, unit in _pots(str(office), int(budget[office])):
            pot = own[own["peran"].isin(roles)]
            if len(pot):
                lines.loc[pot.index, "murni"] = split(total, pot["bobot"], unit)
    return lines["murni"]


def _pots(office: str, budget: int) -> list[tuple[tuple[str, ...], int, int]]:
    """(roles, rupiah, unit) of the pots that an SKPD's budget is made of; the last takes the rest."""
    saving, lines = allocation()[office], structure()
    similar = SIMILAR * int(((lines["id"] == office) & (lines["peran"] == "sejenis")).sum())
    contingency = BTT if office == "BPKAD" else 0
    plain = budget - saving.target - similar - contingency
    staff, capital = (plain * int(offices()[name][office]) // 100_000 * 1000 for name in ("pegawai_pct", "modal_pct"))
    return [
        (("perjalanan_luar",), saving.luar, 2000),
        (("perjalanan_dalam",), saving.dalam, 2000),
        (OFFICE, 4 * saving.potong_kantor, 4000),
        (("sejenis",), similar, 1000),
        (("btt",), contingency, 1000),
        (("pegawai",), staff, 1000),
        (("modal",), capital, 1000),
        (("barang_jasa", "pertemuan", "tidak_terurai", "tidak_dikenal"), plain - staff - capital, 1000),
    ]
