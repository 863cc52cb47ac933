"""How the saving of 44 miliar is shared out, so that three published figures hold at once.

Press figures on the city that Kota Contoh is shaped after: 44 miliar in total, more than
13 miliar in Sekretariat DPRD, less than 1 miliar in every other office. They leave little
room, which is why kecamatan carry 0.40-0.60 miliar here: an artefact, not a finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from pkanalysis.sample.draw import Floats, Ints, round_to, split, stream
from pkanalysis.sample.organisation import offices

SAVING = 44_000_000_000
TRAVEL_OUTSIDE, TRAVEL_INSIDE = 58_000_000_000, 16_000_000_000
TRAVEL_CUT = 37_000_000_000
SETWAN_SAVING = 13_900_000_000
DINSOS_OUTSIDE, DINSOS_INSIDE = 799_920_000, 312_250_000

SHORT_OF_HALF = {"BAPPEDA": 0.44, "DISHUB": 0.41, "PARBUD": 0.46, "KEC03": 0.38}
"""Planted: offices that cut travel by less than 50 %; Setwan cuts more, so that the city is at 50 %."""


def _chosen() -> pd.Series:
    """Saving per office in rupiah; adds up to :data:`SAVING`."""
    draw, everyone = stream("hemat"), offices()
    small = everyone["jenis"].eq("kecamatan").to_numpy()
    miliar = np.where(small, draw.uniform(0.43, 0.57, len(everyone)), draw.uniform(0.775, 0.895, len(everyone)))
    chosen = pd.Series(round_to(miliar * 1e9, 1000), index=everyone.index)
    others = chosen.index[~small & (chosen.index != "SETWAN")]
    chosen["SETWAN"] = SETWAN_SAVING
    left = SAVING - int(chosen.sum())
    shift: Ints = int(np.sign(left)) * split(abs(left), np.ones(len(others)))
    return chosen + pd.Series(shift, index=others).reindex(chosen.index, fill_value=0)


def _travel(chosen: pd.Series) -> pd.Series:
    """Travel at murni per office, an even number of thousands; Setwan holds what the others leave of 74 miliar."""
    share: Floats = stream("porsi perjalanan").uniform(0.78, 0.87, len(chosen))
    travel = pd.Series(round_to(2 * chosen * share, 20_000), index=chosen.index)
    travel["DINSOS"] = DINSOS_OUTSIDE + DINSOS_INSIDE
    travel["SETWAN"] = TRAVEL_OUTSIDE + TRAVEL_INSIDE - int(travel.drop("SETWAN").sum())
    return travel


def _outside(travel: pd.Series) -> pd.Series:
    """The part of travel that leaves the city (0001); adds up to 58 miliar, Dinsos as published."""
    weights = travel * stream("luar kota").uniform(0.95, 1.05, len(travel))
    rest = weights.drop("DINSOS")
    outside = pd.Series(DINSOS_OUTSIDE, index=travel.index)
    outside[rest.index] = split(TRAVEL_OUTSIDE - DINSOS_OUTSIDE, rest, 2000)
    return outside


@dataclass(frozen=True)
class Share:
    """The part of one office, in rupiah.

    ``luar`` and ``dalam`` are travel at murni (outside and inside the city), ``potong_luar`` and
    ``potong_dalam`` what is cut of it; ``potong_kantor`` is the cut of makan-minum, ATK and
    publikasi, a quarter of their base at murni; the three cuts add up to ``hemat``.
    """

    hemat: int
    luar: int
    dalam: int
    potong_luar: int
    potong_dalam: int
    potong_kantor: int

    @property
    def target(self) -> int:
        """Budget on the target categories at murni."""
        return self.luar + self.dalam + 4 * self.potong_kantor


@cache
def allocation() -> dict[str, Share]:
    """The saving by ``id`` of the office.

    Examples
    --------
    >>> sum(share.hemat for share in allocation().values())
    44000000000
    >>> 4 * sum(share.potong_kantor for share in allocation().values())
    28000000000
    """
    chosen = _chosen()
    travel = _travel(chosen)
    outside = _outside(travel)
    inside = travel - outside
    rates = pd.Series(SHORT_OF_HALF).reindex(travel.index).fillna(0.5)
    cut_inside = inside // 2
    cut_outside = pd.Series(round_to(travel * rates, 1000), index=travel.index) - cut_inside
    cut_outside["SETWAN"] += TRAVEL_CUT - int(cut_outside.sum() + cut_inside.sum())
    columns = (chosen, outside, inside, cut_outside, cut_inside, chosen - cut_outside - cut_inside)
    return {str(office): Share(*(int(column[office]) for column in columns)) for office in chosen.index}
