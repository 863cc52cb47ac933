"""The perubahan of 2025 (assumed: no total of that stage is published for any city like this one)."""

from __future__ import annotations

from functools import cache

import pandas as pd

from pkanalysis.sample.draw import round_to, split, stream
from pkanalysis.sample.lines import TRAVEL
from pkanalysis.sample.organisation import offices
from pkanalysis.sample.shift import shifted
from pkanalysis.sample.shifting import Stage, ordinary

PERUBAHAN = 1_970_180_471_000
REFILLED = {"SETWAN": 0.10, "DISHUB": 0.15, "DISPORA": 0.30, "KEC05": 0.20}
"""Planted: travel of these offices rises again, by this share of what pergeseran left."""
MORE_MEALS = ("SETDA", "BPKAD", "DISDIK", "DINKES", "SATPOLPP", "KEC07")
RECEIVERS = {"DPUPR": 12, "DISDIK": 4, "DINKES": 4, "DPRKP": 3, "RSUDA": 2, "DLH": 1}
"""Who shares what is left of the rise, by weight."""


@cache
def amended() -> pd.DataFrame:
    """Lines with ``sebelum`` (pergeseran), ``ubah`` and ``sebab`` of the perubahan of 2025."""
    earlier = shifted()
    stage = Stage.start(earlier.drop(columns=["sebelum", "ubah", "sebab"]), earlier["sebelum"] + earlier["ubah"])
    _refill(stage)
    _raise(stage)
    draw = stream("perubahan biasa")
    for office in offices().index:
        ordinary(stage, office, draw)
    _drop(stage)
    _share_rest(stage)
    return stage.lines


def _refill(stage: Stage) -> None:
    """Raise the largest trip line of the planted offices."""
    for office, share in REFILLED.items():
        own = stage.lines[(stage.lines["id"] == office) & stage.lines["peran"].isin(TRAVEL)]
        largest = pd.Index([own["sebelum"].idxmax()])
        stage.move(largest, round_to([own["sebelum"].sum() * share], 1000), "lainnya")


def _raise(stage: Stage) -> None:
    """Raise wages a little everywhere, meals in six offices and publication in one."""
    lines = stage.lines
    wages = lines[lines["peran"] == "pegawai"]
    stage.move(wages.index, round_to(wages["sebelum"] * 0.012, 1000), "gaji")
    meals = lines[(lines["peran"] == "makan_minum") & lines["id"].isin(MORE_MEALS)]
    stage.move(meals.index, round_to(meals["sebelum"] * 0.08, 1000), "pergeseran_biasa")
    media = lines[(lines["peran"] == "publikasi") & (lines["id"] == "DISKOMINFO")]
    stage.move(media.index, round_to(media["sebelum"] * 0.20, 1000), "mendesak")


def _drop(stage: Stage) -> None:
    """Let eight small lines of eight offices vanish."""
    draw = stream("dihapus")
    for office in offices().index[draw.permutation(42)[:8]]:
        free = stage.movable(office, at_least=1)
        smallest = pd.Index([free["sebelum"].idxmin()])
        stage.move(smallest, -free.loc[smallest, "sebelum"], "pergeseran_biasa")


def _share_rest(stage: Stage) -> None:
    """Give new lines and the capital lines of the receivers what the total still lacks."""
    draw, lines = stream("prioritas"), stage.lines
    rest = PERUBAHAN - int(stage.after.sum())
    for office, rupiah in zip(RECEIVERS, split(rest, list(RECEIVERS.values()), 500), strict=True):
        fresh = lines.query("id == @office and sejak == 'perubahan'").index
        known = stage.movable(office).query("kode_sumber_dana == '1.1.01' and peran == 'modal'")
        stage.give(fresh, known.index, int(rupiah), draw)
