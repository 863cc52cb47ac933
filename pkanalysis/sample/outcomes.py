"""Table ``realisasi``: annual 2019-2023, quarters and year 2024, quarters 2025, with their status.

A year's value or target is spread over its quarters per aggregation and schedule.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pandas as pd

from pkanalysis.sample.catalogue import Floats, split, stream
from pkanalysis.sample.indicators import EQUAL, PLANTED, Measure, Path, measures, paths
from pkanalysis.tables import conform
from pkanalysis.vocabulary import QUARTERS

SHARES = (0.21, 0.24, 0.26, 0.29)
DUE: dict[str, Floats] = {
    "triwulanan": np.ones(4),
    "semesteran": np.array([np.nan, 1, np.nan, 1]),
    "tahunan": np.array([np.nan, np.nan, np.nan, 1]),
}
"""1 for the quarters in which a measurement is due, by schedule."""


@dataclass(frozen=True)
class Spread:
    """What decides the quarters of one indicator in one year.

    ``value`` is the year's, ``before`` that of the year before, ``decimals`` how many are shown,
    ``noise`` the standard deviation of the quarters around their path, ``topic`` names the stream.
    """

    aggregation: str
    schedule: str
    value: float
    before: float
    decimals: int
    noise: float
    topic: str


def measured(spread: Spread) -> Floats:
    """Values as an office reports them, shape (4,), NaN where none is due.

    ``jumlah`` and ``rata_rata`` are of the quarter alone, ``kumulatif`` and ``posisi_akhir`` to
    date; aggregated they give ``spread.value`` (to the decimals shown).

    Examples
    --------
    >>> measured(Spread("jumlah", "triwulanan", 100, 90, 0, 0, "a")).sum()
    np.float64(100.0)
    """
    draw = stream(spread.topic)
    if spread.aggregation == "jumlah":
        values: Floats = split(round(spread.value), np.array(SHARES) * draw.uniform(0.9, 1.1, 4), 1).astype(float)
    elif spread.aggregation == "rata_rata":
        # deviations of the quarters that cancel out over those that are due
        first, second = np.round(draw.normal(0, spread.noise, 2), spread.decimals)
        patterns = {"triwulanan": [first, second, -first, -second], "semesteran": [0, first, 0, -first]}
        values = spread.value + np.array(patterns.get(spread.schedule, [0, 0, 0, 0]), dtype=float)
    else:
        values = targeted(replace(spread, schedule="triwulanan"))  # on the way through all quarters
        values[:3] += draw.normal(0, spread.noise, 3)
    if spread.aggregation == "kumulatif":
        values = np.minimum(np.maximum.accumulate(values), spread.value)
    return DUE[spread.schedule] * np.round(values, spread.decimals)


def targeted(spread: Spread) -> Floats:
    """Cumulative targets up to each quarter, shape (4,), NaN where no measurement is due.

    Examples
    --------
    >>> targeted(Spread("kumulatif", "semesteran", 80, 0, 1, 0, "a")).tolist()
    [nan, 36.0, nan, 80.0]
    """
    if spread.aggregation == "jumlah":
        path = np.cumsum(split(round(spread.value), SHARES, 1)).astype(float)
    elif spread.aggregation == "rata_rata":
        path = np.full(4, spread.value)
    else:
        start = 0.0 if spread.aggregation == "kumulatif" else spread.before
        path = np.round(start + (spread.value - start) * np.cumsum(SHARES), spread.decimals)
    path[3] = spread.value
    due: Floats = DUE[spread.schedule] * path
    return due


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
        decimals=measure.decimals,
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
    late = (frame["tahun"] == 2025) & frame["periode"].isin(["TW3", "TW4"]) & (frame["status"] == "final")
    frame["status"] = frame["status"].mask(late & (stream("sementara").random(len(frame)) < 0.08), "sementara")
    rows = frame.index[(frame["tahun"] == 2020) & ~frame["kode_indikator"].isin(PLANTED)]
    lost = rows[stream("tidak terukur").permutation(len(rows))[:NOT_MEASURED]]
    third = (frame["tahun"] == 2025) & (frame["periode"] == "TW3") & frame["kode_indikator"].isin(UNMEASURED_TW3)
    hidden = third | frame.index.isin(lost)
    frame["nilai"], frame["status"] = frame["nilai"].mask(hidden), frame["status"].mask(hidden, "tidak_terukur")
    known = frame["nilai"].notna()
    silent = stream("sumber kosong").random(len(frame)) < NO_SOURCE_SHARE
    ends = zip(frame["tahun"], frame["periode"], strict=True)  # data are dated nine days after the period
    days = [dt.date(year, *ENDS[period]) + dt.timedelta(days=9) for year, period in ends]
    frame = frame.assign(
        kode_opd=frame["kode_indikator"].map({code: measure.kode_opd for code, measure in measures().items()}),
        sumber=pd.Series("Laporan OPD (contoh)", index=frame.index).where(known & ~silent),
        tanggal_data=pd.to_datetime(pd.Series(days, index=frame.index)).where(known),
        bukti=("bukti_" + frame["kode_indikator"] + "_contoh.pdf").where(known & (frame["tahun"] == 2025)),
    )
    is_letter = frame["kode_indikator"].map({code: item.satuan == "predikat" for code, item in measures().items()})
    frame["nilai_huruf"] = frame["nilai"].map(letter, na_action="ignore").where(is_letter)
    return conform("realisasi", frame.assign(nilai=frame["nilai"].mask(is_letter)))


def _rows(measure: Measure, path: Path) -> Iterator[Row]:
    """The year up to 2024, its quarters from 2024; planted indicators hit the cumulative target exactly."""
    for year in path.actual.index:
        if year >= 2024:
            one = spread(measure, path, year)
            values = targeted(one) if measure.kode in EQUAL else measured(one)
            if measure.kode == "KOTA-04" and year == 2025:
                values[3] = np.nan  # its value of 2025 is published in February 2026
            missing = "menunggu_rilis" if measure.bulan_rilis else "belum_jadwal"
            for period, value in zip(QUARTERS, values, strict=True):
                yield Row(measure.kode, year, period, float(value), missing if np.isnan(value) else "final")
        if year <= 2024:
            yield Row(measure.kode, year, "tahunan", float(path.actual.loc[year]), "final")
