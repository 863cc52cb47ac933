"""The pergeseran of 2025: the saving, the TKD cut, the additions, and what hides them.

Movements of budget between lines that a stage is made of; each adds to ``ubah`` and names its ``sebab``.

Shifts worth a look, planted at the pergeseran of 2025; each is zero-sum within its SKPD.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from pkanalysis.sample.catalogue import Ints, offices, round_to, split, stream
from pkanalysis.sample.opening import MEETING, OFFICE, allocation, amounts, structure


@dataclass(frozen=True)
class Stage:
    """Lines on their way from one stage to the next.

    ``lines`` is :func:`pkanalysis.sample.opening.structure` with ``sebelum`` (rupiah, int64),
    ``ubah`` (rupiah, int64, starts at 0) and ``sebab`` (empty until the line moves).
    """

    lines: pd.DataFrame

    @classmethod
    def start(cls, lines: pd.DataFrame, before: pd.Series) -> Stage:
        """A stage at which nothing has moved yet."""
        return cls(lines.assign(sebelum=before.astype("int64"), ubah=0, sebab=""))

    @property
    def after(self) -> pd.Series:
        """Rupiah per line once everything has moved."""
        return self.lines["sebelum"] + self.lines["ubah"]

    def move(self, index: pd.Index, rupiah: Ints | pd.Series | int, cause: str) -> None:
        """Add ``rupiah`` to the lines at ``index`` because of ``cause``."""
        self.lines.loc[index, "ubah"] += np.asarray(rupiah, dtype="int64")
        self.lines.loc[index, "sebab"] = cause

    def movable(self, office: str, at_least: int = 50_000_000) -> pd.DataFrame:
        """Lines of ``office`` outside the target categories that are not too small and have not moved.

        Nor may another fund or sub unit of the same sub kegiatan and rekening have moved: the form
        asks for one cause of the two together.
        """
        own = self.lines[self.lines["id"] == office]
        moved = (own["sebab"] != "").groupby([own["kode_sub_kegiatan"], own["kode_rekening"]]).transform("any")
        return own[own["peran"].isin(["barang_jasa", "modal"]) & ~moved & (own["sebelum"] >= at_least)]

    def give(self, fresh: pd.Index, known: pd.Index, rupiah: int, draw: np.random.Generator) -> None:
        """Add ``rupiah`` for a priority of the mayor: to lines that are new and, by size, to known ones."""
        sizes = self.lines.loc[known, "sebelum"]
        weights = pd.concat([pd.Series(sizes.mean(), index=fresh), sizes]) * draw.uniform(
            0.5, 1.5, len(fresh) + len(known)
        )
        self.move(weights.index, split(rupiah, weights, 500), "prioritas_kepala_daerah")


def ordinary(stage: Stage, office: str, draw: np.random.Generator) -> None:
    """Move 3-12 % of two lines to two others of the same SKPD (pergeseran biasa, zero-sum)."""
    free = stage.movable(office)
    if len(free) < 4:
        return
    picked = free.loc[draw.choice(free.index.to_numpy(), 4, replace=False)]
    given = round_to(picked["sebelum"].iloc[:2] * draw.uniform(0.03, 0.12, 2), 100_000)
    stage.move(picked.index[:2], -given, "pergeseran_biasa")
    stage.move(picked.index[2:], split(int(given.sum()), [2, 1], 100_000), "pergeseran_biasa")


def correction(stage: Stage, office: str) -> None:
    """Move one whole printing line to the sub kegiatan where it belongs: it vanishes (koreksi, zero-sum)."""
    own = stage.lines[(stage.lines["id"] == office) & (stage.lines["kode_rekening"] == "5.1.02.01.01.0026")]
    wrong, right = own.index[0], own.index[1]
    rupiah = int(own.loc[wrong, "sebelum"])
    stage.move(pd.Index([wrong, right]), np.array([-rupiah, rupiah]), "koreksi")


def salaries(stage: Stage, office: str, draw: np.random.Generator) -> None:
    """Move part of the PNS salaries to PPPK (gaji, zero-sum)."""
    own = stage.lines[stage.lines["id"] == office].set_index("kode_rekening", append=True)["sebelum"]
    civil = own.index[own.index.get_level_values(1) == "5.1.01.01.01.0001"][0]
    contract = own.index[own.index.get_level_values(1) == "5.1.01.01.01.0002"][0]
    rupiah = int(round_to(own[civil] * draw.uniform(0.01, 0.03), 100_000))
    stage.move(pd.Index([civil[0], contract[0]]), np.array([-rupiah, rupiah]), "gaji")


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
