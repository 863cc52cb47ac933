"""Shifts worth a look, planted at the pergeseran of 2025; each is zero-sum within its SKPD."""

from __future__ import annotations

import pandas as pd

from pkanalysis.sample.lines import MEETING
from pkanalysis.sample.shifting import Stage

LEAKING = {"BPBD": 140_000_000, "DPPKB": 180_000_000, "KEC02": 90_000_000}
"""Planted: meetings (hotels, sosialisasi) of these SKPD rise while their travel is cut."""
CAPITAL_AS_SAVING = {"DPKP": 120_000_000}
"""Planted: equipment of these SKPD is cut and booked as efisiensi, although the Inpres does not ask for that."""


def leak(stage: Stage) -> None:
    """Let meetings rise by :data:`LEAKING`, taken from the largest line that is free to move."""
    for office, rupiah in LEAKING.items():
        own = stage.lines[(stage.lines["id"] == office) & (stage.lines["peran"] == MEETING)]
        stage.move(_largest(stage.movable(office)), -rupiah, "pergeseran_biasa")
        stage.move(own.index, rupiah, "pergeseran_biasa")


def cut_capital(stage: Stage) -> None:
    """Cut the largest capital line by :data:`CAPITAL_AS_SAVING` and give it to the largest other line."""
    for office, rupiah in CAPITAL_AS_SAVING.items():
        free = stage.movable(office)
        stage.move(_largest(free[free["peran"] == "modal"]), -rupiah, "inpres_1_2025")
        stage.move(_largest(free[free["peran"] == "barang_jasa"]), rupiah, "pergeseran_biasa")


def _largest(lines: pd.DataFrame) -> pd.Index:
    return pd.Index([lines["sebelum"].idxmax()])
