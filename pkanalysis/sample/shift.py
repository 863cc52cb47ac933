"""The pergeseran of 2025: the saving, the TKD cut, the additions, and what hides them; movements between lines."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pkanalysis.sample.catalogue import Ints, offices, round_to, split, stream
from pkanalysis.sample.opening import MEETING, OFFICE, TRAVEL, allocation, amounts, structure


@dataclass(frozen=True)
class Stage:
    """Lines on their way from one stage to the next.

    ``lines`` is :func:`pkanalysis.sample.opening.structure` with ``sebelum`` (rupiah, int64),
    ``ubah`` (rupiah, int64, starts at 0) and ``sebab`` (empty until the line moves).
    """

    lines: pd.DataFrame

    def move(self, index: pd.Index | list[Any], rupiah: npt.ArrayLike, cause: str) -> None:
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


LEAKING = {"BPBD": 140_000_000, "DPPKB": 180_000_000, "KEC02": 90_000_000}
"""Planted: meetings (hotels, sosialisasi) of these SKPD rise while their travel is cut."""
CAPITAL_AS_SAVING = {"DPKP": 120_000_000}
"""Planted: equipment of these SKPD is cut and booked as efisiensi, although the Inpres does not ask for that."""
TKD_CUT = 4_000_000_000
ADDITIONS = {
    "DPUPR": 17_311_500_000, "DPRKP": 7_070_000_000, "DINKES": 7_070_000_000, "DISDIK": 5_670_000_000,
    "DLH": 2_630_000_000, "DISHUB": 1_390_000_000, "DISKOMINFO": 575_000_000, "DINSOS": 563_302_500,
    "DPMPPA": 365_000_000,
}  # fmt: skip
TO_BTT = 1_355_197_500
CORRECTED = ("BPPRD", "DTKK", "DKPS", "KEC08", "RSUDB")
"""Planted: a printing line of these offices was booked under the wrong sub kegiatan and vanishes."""
VANISHING = ("INSPEKTORAT", "BKPSDMD", "DISDIK", "DLH", "DPMPTSP", "SATPOLPP", "KEC01", "KEC09", "RSUDA")
"""Planted: these offices give up their smallest trip line wholly, and less of their largest."""


@cache
def shifted() -> pd.DataFrame:
    """Lines with ``sebelum`` (murni), ``ubah`` and ``sebab`` of the pergeseran of 2025.

    The target categories of each SKPD are cut by what :func:`allocation` says, and not a rupiah more; the TKD cut is
    taken from roads; nine SKPD get the published additions, and the contingency line (BTT) what is left.
    """
    stage = Stage(structure().assign(sebelum=amounts().astype("int64"), ubah=0, sebab=""))
    lines = stage.lines
    for office, saving in allocation().items():
        own = lines[lines["id"] == office]
        kinds = (own["peran"].eq(TRAVEL[0]), own["peran"].eq(TRAVEL[1]), own["peran"].isin(OFFICE))
        outside, inside, rest = (own.loc[kind, "sebelum"] for kind in kinds)
        # half of each trip line, the smallest wholly where one vanishes, the largest what the total still asks
        trips: Ints = np.array(outside, dtype=np.int64) // 2
        if office in VANISHING:
            trips[outside.argmin()] = outside.min()
        trips[outside.argmax()] += saving.potong_luar - int(trips.sum())
        for cut, rupiah in ((outside, trips), (inside, inside // 2), (rest, rest // 4)):
            stage.move(cut.index, -rupiah, "inpres_1_2025")

    roads = lines.query("id == 'DPUPR' and kode_sumber_dana == '2.2.1.01.02' and peran == 'modal'")  # earmarked DAU
    stage.move(roads.index, -split(TKD_CUT, roads["sebelum"]), "tkd")
    draw = stream("penambahan")
    for office, added in ADDITIONS.items():
        fresh = lines.query("id == @office and sejak == 'pergeseran'").index
        service = stage.movable(office).query("kode_sumber_dana == '1.1.01' and not kode_program.str.endswith('.01')")
        stage.give(fresh, service.index[draw.permutation(len(service))[:3]], added, draw)
    stage.move(lines.index[lines["peran"] == "btt"], TO_BTT, "mendesak")
    _hide(stage)
    return lines


def _hide(stage: Stage) -> None:
    """Mix in corrections, planted shifts, salary changes and ordinary shifts; each is zero-sum within its SKPD."""
    draw, lines = stream("pergeseran biasa"), stage.lines
    accounts: dict[Any, pd.Index] = dict(lines.groupby(["id", "kode_rekening"]).groups)
    for office in CORRECTED:  # one whole printing line goes to the sub kegiatan where it belongs: it vanishes
        given, taken = accounts[office, "5.1.02.01.01.0026"][:2]
        whole = lines.loc[given, "sebelum"]
        stage.move([given, taken], [-whole, whole], "koreksi")
    for office, rupiah in LEAKING.items():
        (meeting,) = lines.index[(lines["id"] == office) & (lines["peran"] == MEETING)]
        largest = stage.movable(office)["sebelum"].idxmax()
        stage.move([largest, meeting], [-rupiah, rupiah], "pergeseran_biasa")
    for office, rupiah in CAPITAL_AS_SAVING.items():
        capital, other = stage.movable(office).groupby("peran")["sebelum"].idxmax()[["modal", "barang_jasa"]]
        stage.move([capital], -rupiah, "inpres_1_2025")
        stage.move([other], rupiah, "pergeseran_biasa")
    for office in offices().index[draw.permutation(42)[:14]]:  # part of the PNS salaries goes to PPPK
        civil, contract = (accounts[office, f"5.1.01.01.01.000{number}"][0] for number in (1, 2))
        rupiah = int(round_to(lines.loc[civil, "sebelum"] * draw.uniform(0.01, 0.03), 100_000))
        stage.move([civil, contract], [-rupiah, rupiah], "gaji")
    for office in offices().index:
        for _ in range(int(draw.integers(0, 3))):
            ordinary(stage, office, draw)
