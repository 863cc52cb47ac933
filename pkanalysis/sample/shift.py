"""The pergeseran of 2025: the saving, the TKD cut, the additions, and what hides them."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from pkanalysis.sample.doubtful import cut_capital, leak
from pkanalysis.sample.draw import Ints, split, stream
from pkanalysis.sample.lines import OFFICE, structure
from pkanalysis.sample.opening import amounts
from pkanalysis.sample.organisation import offices
from pkanalysis.sample.savings import allocation
from pkanalysis.sample.shifting import Stage, correction, ordinary, salaries

PERGESERAN = 1_926_724_471_000
TKD_CUT = 4_000_000_000
ADDITIONS = {
    "DPUPR": 17_311_500_000,
    "DPRKP": 7_070_000_000,
    "DINKES": 7_070_000_000,
    "DISDIK": 5_670_000_000,
    "DLH": 2_630_000_000,
    "DISHUB": 1_390_000_000,
    "DISKOMINFO": 575_000_000,
    "DINSOS": 563_302_500,
    "DPMPPA": 365_000_000,
}
TO_BTT = 1_355_197_500
CORRECTED = ("BPPRD", "DTKK", "DKPS", "KEC08", "RSUDB")
"""Planted: a printing line of these offices was booked under the wrong sub kegiatan and vanishes."""
VANISHING = ("INSPEKTORAT", "BKPSDMD", "DISDIK", "DLH", "DPMPTSP", "SATPOLPP", "KEC01", "KEC09", "RSUDA")
"""Planted: these offices give up their smallest trip line wholly, and less of their largest."""


@cache
def shifted() -> pd.DataFrame:
    """Lines with ``sebelum`` (murni), ``ubah`` and ``sebab`` of the pergeseran of 2025."""
    stage = Stage.start(structure(), amounts())
    for office in offices().index:
        _save(stage, office)
    _transfer_cut(stage)
    _add(stage)
    _hide(stage)
    return stage.lines


def _save(stage: Stage, office: str) -> None:
    """Cut the target categories of one SKPD by what :func:`allocation` says, and not a rupiah more."""
    saving, own = allocation()[office], stage.lines[stage.lines["id"] == office]
    outside, inside = (own.loc[own["peran"] == role, "sebelum"] for role in ("perjalanan_luar", "perjalanan_dalam"))
    rest = own.loc[own["peran"].isin(OFFICE), "sebelum"]
    stage.move(outside.index, -_trips(outside, saving.potong_luar, office in VANISHING), "inpres_1_2025")
    stage.move(inside.index, -(inside // 2), "inpres_1_2025")
    stage.move(rest.index, -(rest // 4), "inpres_1_2025")


def _trips(trips: pd.Series, total: int, vanishes: bool) -> Ints:
    """Cut per trip line: half of each, the smallest wholly if one vanishes, the largest what ``total`` still asks."""
    cut: Ints = np.array(trips, dtype=np.int64) // 2
    if vanishes:
        cut[trips.argmin()] = trips.min()
    cut[trips.argmax()] += total - int(cut.sum())
    return cut


def _transfer_cut(stage: Stage) -> None:
    """Take the TKD cut from the roads that earmarked DAU pays for."""
    lines = stage.lines
    roads = lines[(lines["id"] == "DPUPR") & (lines["kode_sumber_dana"] == "2.2.1.01.02") & (lines["peran"] == "modal")]
    stage.move(roads.index, -split(TKD_CUT, roads["sebelum"]), "tkd")


def _add(stage: Stage) -> None:
    """Give nine SKPD the published additions, and the contingency line (BTT) what is left."""
    draw = stream("penambahan")
    for office, rupiah in ADDITIONS.items():
        fresh = stage.lines.query("id == @office and sejak == 'pergeseran'").index
        service = stage.movable(office).query("kode_sumber_dana == '1.1.01' and not kode_program.str.endswith('.01')")
        stage.give(fresh, service.index[draw.permutation(len(service))[:3]], rupiah, draw)
    stage.move(stage.lines.index[stage.lines["peran"] == "btt"], TO_BTT, "mendesak")


def _hide(stage: Stage) -> None:
    """Mix in corrections, salary changes and ordinary shifts; each is zero-sum within its SKPD."""
    draw = stream("pergeseran biasa")
    for office in CORRECTED:
        correction(stage, office)
    leak(stage)
    cut_capital(stage)
    for office in offices().index[draw.permutation(42)[:14]]:
        salaries(stage, office, draw)
    for office in offices().index:
        for _ in range(int(draw.integers(0, 3))):
            ordinary(stage, office, draw)
