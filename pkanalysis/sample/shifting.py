"""Movements of budget between lines that a stage is made of; each adds to ``ubah`` and names its ``sebab``."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pkanalysis.sample.draw import Ints, round_to, split


@dataclass(frozen=True)
class Stage:
    """Lines on their way from one stage to the next.

    ``lines`` is :func:`pkanalysis.sample.lines.structure` with ``sebelum`` (rupiah, int64),
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
