"""Table ``anggaran``: the stages of 2023, 2024 and 2025 put together."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from pkanalysis.sample.amendment import amended
from pkanalysis.sample.draw import split, stream
from pkanalysis.sample.lines import structure
from pkanalysis.sample.opening import amounts
from pkanalysis.sample.shift import shifted
from pkanalysis.tables import TABLES, conform

EARLIER = {
    (2023, "murni"): 1_744_500_000_000,
    (2023, "perubahan"): 1_862_700_000_000,
    (2024, "murni"): 1_802_300_000_000,
    (2024, "perubahan"): 1_928_400_000_000,
}
"""Totals of the earlier stages, in rupiah; assumed, in the range of what cities like this one publish."""


STAGES = (*EARLIER, (2025, "murni"), (2025, "pergeseran"), (2025, "perubahan"))
"""(year, stage) of every stage, in order."""


@cache
def stages() -> pd.DataFrame:
    """Rupiah per line of :func:`structure` (rows) and (year, stage) (columns, in order)."""
    earlier, later = shifted(), amended()
    frame = pd.DataFrame(_history())
    frame[2025, "murni"] = earlier["sebelum"]
    frame[2025, "pergeseran"] = earlier["sebelum"] + earlier["ubah"]
    frame[2025, "perubahan"] = later["sebelum"] + later["ubah"]
    return frame


def _history() -> dict[tuple[int, str], pd.Series]:
    """The earlier years: the lines of 2025 murni, changed a little, fitted to :data:`EARLIER`."""
    draw, base = stream("riwayat"), amounts()
    columns: dict[tuple[int, str], pd.Series] = {}
    for (year, stage), total in EARLIER.items():
        if stage == "murni":
            weights = base * draw.lognormal(0, 0.10, len(base)) * (draw.random(len(base)) > 0.02)
        else:
            weights = weights * np.where(draw.random(len(base)) < 0.35, draw.lognormal(0.02, 0.08, len(base)), 1)
        columns[year, stage] = pd.Series(split(total, weights), index=base.index)
    return columns


def last_stages() -> dict[int, pd.Series]:
    """The last stage of each year: rupiah per line, lines without budget left out."""
    frame = stages()
    last = {year: frame[year, "perubahan"] for year in (2023, 2024, 2025)}
    return {year: pagu[pagu > 0] for year, pagu in last.items()}


def table() -> pd.DataFrame:
    """Table ``anggaran``; a line without budget at a stage is absent, as in SIPD.

    Examples
    --------
    >>> table().query("tahun == 2025").groupby("tahap")["pagu_rp"].sum().to_dict()  # doctest: +NORMALIZE_WHITESPACE
    {'murni': 1930724471000, 'pergeseran': 1926724471000, 'perubahan': 1970180471000}
    """
    columns = [name for name in TABLES["anggaran"].names if name in structure()]
    parts = [
        structure()[columns].assign(tahun=year, tahap=stage, pagu_rp=stages()[year, stage]).query("pagu_rp > 0")
        for year, stage in STAGES
    ]
    return conform("anggaran", pd.concat(parts, ignore_index=True))
