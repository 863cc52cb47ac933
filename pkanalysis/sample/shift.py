"""The pergeseran of 2025: the saving, the TKD cut, the additions, and what hides them; movements between lines."""

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


LEAKING = {"BPBD": 140_000_000, "DPPKB": 180_000_000, "KEC02": 90_000_000}
"""Planted: meetings (hotels, sosialisasi) of these SKPD rise while their travel is cut."""
CAPITAL_AS_SAVING = {"DPKP": 120_000_000}
"""Planted: equipment of these SKPD is cut and booked as efisiensi, although the Inpres does not ask for that."""


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
    lines = stage.lines  # the TKD cut is taken from the roads that earmarked DAU pays for
    roads = lines[(lines["id"] == "DPUPR") & (lines["kode_sumber_dana"] == "2.2.1.01.02") & (lines["peran"] == "modal")]
    stage.move(roads.index, -split(TKD_CUT, roads["sebelum"]), "tkd")
    _add(stage)
    _hide(stage)
    return stage.lines


def _save(stage: Stage, office: str) -> None:
    """Cut the target categories of one SKPD by what :func:`allocation` says, and not a rupiah more.

    Half of each trip line, the smallest wholly where one vanishes, the largest what the total still asks.
    """
    saving, own = allocation()[office], stage.lines[stage.lines["id"] == office]
    outside, inside = (own.loc[own["peran"] == role, "sebelum"] for role in ("perjalanan_luar", "perjalanan_dalam"))
    rest = own.loc[own["peran"].isin(OFFICE), "sebelum"]
    trips: Ints = np.array(outside, dtype=np.int64) // 2
    if office in VANISHING:
        trips[outside.argmin()] = outside.min()
    trips[outside.argmax()] += saving.potong_luar - int(trips.sum())
    stage.move(outside.index, -trips, "inpres_1_2025")
    stage.move(inside.index, -(inside // 2), "inpres_1_2025")
    stage.move(rest.index, -(rest // 4), "inpres_1_2025")


def _add(stage: Stage) -> None:
    """Give nine SKPD the published additions, and the contingency line (BTT) what is left."""
    draw = stream("penambahan")
    for office, rupiah in ADDITIONS.items():
        fresh = stage.lines.query("id == @office and sejak == 'pergeseran'").index
        service = stage.movable(office).query("kode_sumber_dana == '1.1.01' and not kode_program.str.endswith('.01')")
        stage.give(fresh, service.index[draw.permutation(len(service))[:3]], rupiah, draw)
    stage.move(stage.lines.index[stage.lines["peran"] == "btt"], TO_BTT, "mendesak")


def _hide(stage: Stage) -> None:
    """Mix in corrections, planted shifts, salary changes and ordinary shifts; each is zero-sum within its SKPD."""
    draw = stream("pergeseran biasa")

    def lines(office: str, name: str, value: str) -> pd.DataFrame:
        return stage.lines[(stage.lines["id"] == office) & (stage.lines[name] == value)]

    def swap(given: pd.Index, taken: pd.Index, rupiah: int, causes: tuple[str, str]) -> None:
        stage.move(given, -rupiah, causes[0])
        stage.move(taken, rupiah, causes[1])

    for office in CORRECTED:  # one whole printing line goes to the sub kegiatan where it belongs: it vanishes
        own = lines(office, "kode_rekening", "5.1.02.01.01.0026")
        swap(own.index[:1], own.index[1:2], int(own["sebelum"].iloc[0]), ("koreksi", "koreksi"))
    for office, rupiah in LEAKING.items():
        meetings = lines(office, "peran", MEETING).index
        swap(_largest(stage.movable(office)), meetings, rupiah, ("pergeseran_biasa", "pergeseran_biasa"))
    for office, rupiah in CAPITAL_AS_SAVING.items():
        free = stage.movable(office)
        capital, other = (_largest(free[free["peran"] == role]) for role in ("modal", "barang_jasa"))
        swap(capital, other, rupiah, ("inpres_1_2025", "pergeseran_biasa"))
    for office in offices().index[draw.permutation(42)[:14]]:  # part of the PNS salaries goes to PPPK
        civil, contract = (lines(office, "kode_rekening", f"5.1.01.01.01.000{number}") for number in (1, 2))
        rupiah = int(round_to(civil["sebelum"].iloc[0] * draw.uniform(0.01, 0.03), 100_000))
        swap(civil.index[:1], contract.index[:1], rupiah, ("gaji", "gaji"))
    for office in offices().index:
        for _ in range(int(draw.integers(0, 3))):
            ordinary(stage, office, draw)


def _largest(lines: pd.DataFrame) -> pd.Index:
    return pd.Index([lines["sebelum"].idxmax()])
