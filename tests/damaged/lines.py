"""Small clean tables of the sample's own rows: a few offices, a few lines each, the same lines at every stage."""

from __future__ import annotations

from functools import cache

import pandas as pd

from pkanalysis.sample import files
from pkanalysis.sample.budget import stages
from pkanalysis.sample.opening import structure
from pkanalysis.sample.spending import report, spent

LINES = 8
"""Budget lines per office."""
KEYS = {
    "Kode SKPD": "kode_opd",
    "Kode Sub SKPD": "kode_sub_unit",
    "Kode Sub Kegiatan": "kode_sub_kegiatan",
    "Kode Rekening": "kode_rekening",
}


@cache
def chosen(offices: tuple[str, ...], year: int) -> pd.Index:
    """Lines of the offices that have a pagu at every stage of the year, in order."""
    pagu = pd.DataFrame(stages()[year])
    known = structure()[pagu.gt(0).all(axis=1) & structure()["id"].isin(offices)]
    first: pd.DataFrame = known.groupby("id", sort=False).head(LINES)
    return first.index


def recap(stage: str, *offices: str, year: int = 2025) -> pd.DataFrame:
    """A rekap5."""
    frame = _recap(year, stage).loc[chosen(offices, year)]
    return frame.assign(NO=range(1, len(frame) + 1))


@cache
def _recap(year: int, stage: str) -> pd.DataFrame:
    return files.recap(year, stage)


def cash_plan(*offices: str) -> pd.DataFrame:
    """A RAK of 2025."""
    return files.cash_plan(2025).loc[chosen(offices, 2025)]


def documents(*offices: str, year: int = 2025) -> pd.DataFrame:
    """A Laporan Realisasi Per Dokumen: the documents of the chosen lines."""
    rows = _report(year)
    own = structure().loc[chosen(offices, year), list(KEYS.values())]
    wanted = pd.MultiIndex.from_frame(own)
    return rows[pd.MultiIndex.from_frame(rows[list(KEYS)]).isin(wanted)].reset_index(drop=True)


@cache
def _report(year: int) -> pd.DataFrame:
    return report(year)


def tree(*offices: str, year: int = 2025) -> pd.DataFrame:
    """The chosen lines with names, pagu per stage (``murni`` …) and realisasi per month (1-12), in rupiah."""
    lines = structure().loc[chosen(offices, year)]
    months = spent().loc[year].reindex(lines.index, fill_value=0)
    return lines.join(stages().loc[lines.index, year]).join(months)
