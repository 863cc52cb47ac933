"""Table ``realisasi``: annual 2019-2023, quarters and year 2024, quarters 2025, with their status."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from pkanalysis.sample.draw import Floats, stream
from pkanalysis.sample.measures import Measure, measures
from pkanalysis.sample.quarters import QUARTERS, Spread, measured, targeted
from pkanalysis.sample.series import EQUAL, PLANTED, Path, decimals, paths
from pkanalysis.tables import conform

ENDS = {"TW1": (3, 31), "TW2": (6, 30), "TW3": (9, 30), "TW4": (12, 31), "tahunan": (12, 31)}
NO_SOURCE_SHARE = 0.01
"""Planted (warning): share of the values whose source is missing."""
NOT_MEASURED = 6
"""Planted: this many indicators were not measured in 2020 (tidak_terukur)."""
UNMEASURED_TW3 = ("DPKP-persediaan", "RSUDB-insiden")
"""Planted: these could not be measured in TW3 2025 (tidak_terukur)."""
SCALE = ((90, "AA"), (80, "A"), (70, "BB"), (60, "B"), (50, "CC"), (30, "C"), (0, "D"))
"""Predicates of AKIP (PermenPANRB 88/2021), by the value that must be exceeded."""


@dataclass(frozen=True)
class Row:
    """One row of table ``realisasi`` before letters, sources and dates."""

    kode_indikator: str
    tahun: int
    periode: str
    nilai: float
    status: str


def letter(value: float) -> str:
    """Predicate of a score.

    Examples
    --------
    >>> letter(70.0), letter(70.1)
    ('B', 'BB')
    """
    return next((name for above, name in SCALE if value > above), "D")


def spread(measure: Measure, path: Path, year: int) -> Spread:
    """The quarters of one indicator's results in ``year``."""
    value = float(path.actual.loc[year])
    return Spread(
        aggregation=measure.agregasi,
        schedule=measure.jadwal_ukur,
        value=value,
        before=float(path.actual.get(year - 1, value)),
        decimals=decimals(measure),
        noise=0.3 * measure.goyang,
        topic=f"triwulan {measure.kode} {year}",
    )


@cache
def table() -> pd.DataFrame:
    """Table ``realisasi``.

    Examples
    --------
    >>> sorted(set(table()["status"]))
    ['belum_jadwal', 'final', 'menunggu_rilis', 'sementara', 'tidak_terukur']
    """
    frame = pd.DataFrame([row for code, path in paths().items() for row in _rows(measures()[code], path)])
    frame = _described(_not_measured(_provisional(frame)))
    is_letter = frame["kode_indikator"].map({code: item.satuan == "predikat" for code, item in measures().items()})
    frame["nilai_huruf"] = frame["nilai"].map(letter, na_action="ignore").where(is_letter)
    return conform("realisasi", frame.assign(nilai=frame["nilai"].mask(is_letter)))


def _rows(measure: Measure, path: Path) -> Iterator[Row]:
    for year in path.actual.index:
        if year >= 2024:
            yield from _quarterly(measure, path, year)
        if year <= 2024:
            yield Row(measure.kode, year, "tahunan", float(path.actual.loc[year]), "final")


def _quarterly(measure: Measure, path: Path, year: int) -> Iterator[Row]:
    values = _values(measure, path, year)
    if measure.kode == "KOTA-04" and year == 2025:
        values[3] = np.nan  # its value of 2025 is published in February 2026
    missing = "menunggu_rilis" if measure.bulan_rilis else "belum_jadwal"
    for period, value in zip(QUARTERS, values, strict=True):
        yield Row(measure.kode, year, period, float(value), missing if np.isnan(value) else "final")


def _values(measure: Measure, path: Path, year: int) -> Floats:
    """Values of the quarters; planted ones hit the cumulative target exactly."""
    one = spread(measure, path, year)
    return targeted(one) if measure.kode in EQUAL else measured(one)


def _provisional(frame: pd.DataFrame) -> pd.DataFrame:
    """Some values of the last two quarters of 2025 are provisional."""
    late = (frame["tahun"] == 2025) & frame["periode"].isin(["TW3", "TW4"]) & (frame["status"] == "final")
    chance = stream("sementara").random(len(frame)) < 0.08
    return frame.assign(status=frame["status"].mask(late & chance, "sementara"))


def _not_measured(frame: pd.DataFrame) -> pd.DataFrame:
    """A few indicators were not measured in 2020, and two not in TW3 2025."""
    rows = frame.index[(frame["tahun"] == 2020) & ~frame["kode_indikator"].isin(PLANTED)]
    lost = rows[stream("tidak terukur").permutation(len(rows))[:NOT_MEASURED]]
    third = (frame["tahun"] == 2025) & (frame["periode"] == "TW3") & frame["kode_indikator"].isin(UNMEASURED_TW3)
    hidden = third | frame.index.isin(lost)
    return frame.assign(nilai=frame["nilai"].mask(hidden), status=frame["status"].mask(hidden, "tidak_terukur"))


def _described(frame: pd.DataFrame) -> pd.DataFrame:
    """Office, source, date (nine days after the period) and evidence of each value."""
    known = frame["nilai"].notna()
    silent = stream("sumber kosong").random(len(frame)) < NO_SOURCE_SHARE
    days = [_day(*when) for when in zip(frame["tahun"], frame["periode"], strict=True)]
    return frame.assign(
        kode_opd=frame["kode_indikator"].map({code: measure.kode_opd for code, measure in measures().items()}),
        sumber=pd.Series("Laporan OPD (contoh)", index=frame.index).where(known & ~silent),
        tanggal_data=pd.to_datetime(pd.Series(days, index=frame.index)).where(known),
        bukti=("bukti_" + frame["kode_indikator"] + "_contoh.pdf").where(known & (frame["tahun"] == 2025)),
    )


def _day(year: int, period: str) -> dt.date:
    return dt.date(year, *ENDS[period]) + dt.timedelta(days=9)
