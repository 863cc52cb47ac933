"""Spending and cash plans per month: low at first, a rush in December, never above what is allowed."""

from __future__ import annotations

import datetime as dt
from functools import cache

import numpy as np
import pandas as pd

from pkanalysis.sample.budget import last_stages, stages
from pkanalysis.sample.draw import Floats, Ints, stream
from pkanalysis.sample.lines import structure
from pkanalysis.sample.organisation import offices
from pkanalysis.tables import TABLES, conform

MONTHS = list(range(1, 13))
PROFILE = np.array([2, 4, 6, 7, 7, 8, 9, 8, 10, 11, 12, 16], dtype=float)
WAGES = np.array([7, 7, 7, 8, 8, 9, 9, 8, 8, 8, 8, 13], dtype=float)
BEHIND = ("DPUPR", "DISPORA", "DPP", "KEC07")
"""Planted: offices well behind their cash plan at TW3 2025."""
OVERSPENT = ("DKPS", "5.1.02.02.01.0061")
"""Planted (warning): the electricity bill of this office goes 2 % above its pagu in December 2025."""
ROUND = 1000
LARGE = 1_000_000_000
"""Lines of at least this many rupiah have documents in most months."""
IN_FORCE = ["murni"] * 3 + ["pergeseran"] * 5 + ["perubahan"] * 4
"""The stage of 2025 that is in force in each month."""


def _weights(lines: pd.DataFrame, draw: np.random.Generator) -> Floats:
    """Relative size of each month per line, shape (lines, 12)."""
    wages = lines["peran"].eq("pegawai").to_numpy()[:, None]
    return np.where(wages, WAGES, PROFILE) * draw.lognormal(0, 0.15, (len(lines), 12))


def _limits(year: int, lines: pd.DataFrame) -> Ints:
    """Most that may have been spent by the end of each month, shape (lines, 12).

    That is the budget in force, and no later one either, so that no stage is overspent.
    """
    in_force = IN_FORCE if year == 2025 else ["perubahan"] * 12
    pagu = stages().loc[lines.index, [(year, stage) for stage in in_force]].to_numpy()
    limits: Ints = np.minimum.accumulate(pagu[:, ::-1], axis=1)[:, ::-1]
    return limits


@cache
def plan() -> pd.DataFrame:
    """Rencana kas in rupiah: index (tahun, line), columns 1-12; on the last stage of 2024 and 2025."""
    return pd.concat({year: _planned(year) for year in (2024, 2025)}, names=["tahun", "baris"])


def _planned(year: int) -> pd.DataFrame:
    pagu, draw = last_stages()[year], stream(f"rencana kas {year}")
    weights = _weights(structure().loc[pagu.index], draw)
    share = weights.cumsum(axis=1) / weights.sum(axis=1, keepdims=True)
    up_to = np.floor(pagu.to_numpy()[:, None] * share / ROUND).astype(np.int64) * ROUND
    up_to[:, -1] = pagu.to_numpy()
    return pd.DataFrame(np.diff(up_to, axis=1, prepend=0), index=pagu.index, columns=MONTHS)


@cache
def spent() -> pd.DataFrame:
    """Spending in rupiah: index (tahun, line), columns 1-12; 0 where nothing was spent."""
    return pd.concat({year: _spent(year) for year in (2023, 2024, 2025)}, names=["tahun", "baris"])


def _spent(year: int) -> pd.DataFrame:
    pagu, draw = last_stages()[year], stream(f"realisasi {year}")
    lines = structure().loc[pagu.index]
    weights = _weights(lines, draw) * _active(lines, pagu, draw)
    if year == 2025:
        weights[lines["id"].isin(BEHIND).to_numpy(), :9] *= 0.35
    total = pagu.to_numpy() * _absorption(lines, draw)
    share = weights.cumsum(axis=1) / weights.sum(axis=1, keepdims=True)
    up_to = np.floor(total[:, None] * share / ROUND).astype(np.int64) * ROUND
    up_to = np.minimum(up_to, _limits(year, lines))
    frame = pd.DataFrame(np.diff(up_to, axis=1, prepend=0), index=pagu.index, columns=MONTHS)
    return _overspend(frame, lines, pagu) if year == 2025 else frame


def _active(lines: pd.DataFrame, pagu: pd.Series, draw: np.random.Generator) -> Ints:
    """1 in months with documents, shape (lines, 12): wages always, large lines mostly, the rest in a quarter."""
    chance = np.where(pagu.to_numpy() >= LARGE, 0.8, 0.25)[:, None]
    active = draw.random((len(lines), 12)) < chance
    active |= lines["peran"].eq("pegawai").to_numpy()[:, None]
    active[:, -1] |= (draw.random(len(lines)) < 0.3) | ~active.any(axis=1)
    return active.astype(np.int64)


def _absorption(lines: pd.DataFrame, draw: np.random.Generator) -> Floats:
    """Share of the last budget that is spent by the end of the year, per line."""
    level = dict(zip(offices().index, draw.uniform(0.905, 0.955, len(offices())), strict=True))
    rate = lines["id"].map(level).to_numpy(dtype=float) + draw.normal(0, 0.012, len(lines))
    return np.clip(rate, 0.8, 0.99)


def _overspend(frame: pd.DataFrame, lines: pd.DataFrame, pagu: pd.Series) -> pd.DataFrame:
    """Lift December of the planted line 2 % above its budget."""
    office, account = OVERSPENT
    line = lines.index[(lines["id"] == office) & (lines["kode_rekening"] == account)][0]
    above = int(pagu[line]) * 102 // 100 // ROUND * ROUND
    frame.loc[line, 12] += above - int(frame.loc[line].sum())
    return frame


def long(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """``frame`` (:func:`plan`, :func:`spent`) with one row per year, line and month, zeros left out."""
    rows = frame.reset_index().melt(["tahun", "baris"], var_name="bulan", value_name=name)
    rows = rows[rows[name] > 0].sort_values(["tahun", "baris", "bulan"], ignore_index=True)
    return rows.astype({"bulan": "int64"})


def plan_table() -> pd.DataFrame:
    """Table ``rencana_kas``."""
    rows = long(plan(), "rencana_rp")
    keys = ["kode_opd", "kode_sub_unit", "kode_sub_kegiatan", "kode_rekening", "kode_sumber_dana"]
    return conform("rencana_kas", rows.join(structure()[keys], on="baris").drop(columns="baris"))


def table() -> pd.DataFrame:
    """Table ``realisasi_anggaran``: per month and line; SIPD's report does not name the fund."""
    rows = long(spent(), "realisasi_rp")
    columns = [name for name in TABLES["realisasi_anggaran"].names if name in structure() and "sumber_dana" not in name]
    rows = rows.join(structure()[columns].drop(columns="paket"), on="baris").drop(columns="baris")
    keys = ["tahun", "bulan", "kode_opd", "kode_sub_unit", "kode_sub_kegiatan", "kode_rekening"]
    how = {str(name): "first" for name in rows if name not in keys} | {"realisasi_rp": "sum"}
    summed = rows.groupby(keys, sort=False, as_index=False).agg(how)
    return conform("realisasi_anggaran", summed.assign(tanggal_data=_data_dates(summed["tahun"])))


def _data_dates(years: pd.Series) -> pd.Series:
    """The day on which the report of each year was downloaded: 10 January after it."""
    return pd.to_datetime(years.map({year: dt.date(year + 1, 1, 10) for year in years.unique()}))
