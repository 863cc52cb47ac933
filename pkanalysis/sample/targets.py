"""Table ``target``: PK, PK Perubahan, and the end targets of RPJMD, RPD and Renstra."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pkanalysis.sample.indicators import catalogue
from pkanalysis.sample.measures import Measure, measures
from pkanalysis.sample.outcomes import letter, spread
from pkanalysis.sample.quarters import QUARTERS, targeted
from pkanalysis.sample.revisions import SIGNED_TWICE, UNSIGNED, factors, reasons
from pkanalysis.sample.series import Path, paths
from pkanalysis.tables import conform


@dataclass(frozen=True)
class Row:
    """One row of table ``target`` before letters and upper bounds are filled in."""

    kode_indikator: str
    tahun: int
    periode: str
    dokumen: str
    ke: int
    nilai: float


def table() -> pd.DataFrame:
    """Table ``target``.

    Examples
    --------
    >>> sorted(set(table()["dokumen"]))
    ['pk', 'pk_perubahan', 'renstra', 'rpd', 'rpjmd']
    """
    frame = pd.DataFrame([row for code, path in paths().items() for row in _rows(measures()[code], path)])
    code = frame["kode_indikator"]
    is_letter = code.map(catalogue()["satuan"]) == "predikat"
    frame = frame.assign(
        kode_opd=code.map({name: measure.kode_opd for name, measure in measures().items()}),
        nilai_atas=code.map(catalogue()["batas_atas"]),
        nilai_huruf=frame["nilai"].map(letter).where(is_letter),
        nilai=frame["nilai"].mask(is_letter),
    )
    return conform("target", frame.assign(alasan_perubahan=code.map(reasons()).where(_is_changed(frame))))


def _is_changed(frame: pd.DataFrame) -> pd.Series:
    """Whether a row belongs to a PK Perubahan that changes its indicator's target in any period."""
    keys = ["kode_indikator", "tahun", "periode"]
    first = frame[frame["dokumen"] == "pk"].set_index(keys)["nilai"]
    was = first.reindex(pd.MultiIndex.from_frame(frame[keys])).to_numpy()
    differs = (frame["dokumen"] == "pk_perubahan") & frame["nilai"].notna() & (frame["nilai"] != was)
    return differs.groupby([frame["kode_indikator"], frame["dokumen"], frame["ke"]]).transform("any")


def _rows(measure: Measure, path: Path) -> Iterator[Row]:
    for year, value in zip(path.target.index, path.target, strict=True):
        yield Row(measure.kode, year, "tahunan", "pk", 0, float(value))
        if year >= 2024:
            yield from _quarterly(Row(measure.kode, year, "", "pk", 0, float(value)), path)
    if measure.last == 2025 and measure.id != UNSIGNED:
        for number in (1, 2) if measure.id == SIGNED_TWICE else (1,):
            yield from _revised(measure, path, number)
    yield from _ends(measure, path)


def _quarterly(goal: Row, path: Path) -> Iterator[Row]:
    """Cumulative targets, on the way to ``goal``, of the quarters in which a measurement is due."""
    measure = measures()[goal.kode_indikator]
    one = spread(measure, path, goal.tahun)
    start = goal.nilai if measure.polaritas == "rentang" else one.before
    values = targeted(replace(one, value=goal.nilai, before=start))
    for period, value in zip(QUARTERS, values, strict=True):
        if not np.isnan(value):
            yield replace(goal, periode=period, nilai=float(value))


def _revised(measure: Measure, path: Path, number: int) -> Iterator[Row]:
    """A PK Perubahan 2025: TW1 and TW2, already over when it was signed, keep their targets."""
    before = Row(measure.kode, 2025, "", "pk_perubahan", number, float(path.target.loc[2025]))
    after = replace(before, nilai=round(before.nilai * factors().get(measure.kode, 1.0), measure.desimal))
    yield from (row for row in _quarterly(before, path) if row.periode in ("TW1", "TW2"))
    yield from (row for row in _quarterly(after, path) if row.periode in ("TW3", "TW4"))
    yield replace(after, periode="tahunan")


def _ends(measure: Measure, path: Path) -> Iterator[Row]:
    """End targets of the medium-term plans that the indicator belongs to."""
    is_city = measure.tingkat == "iku_kota"
    if measure.first < 2024:
        yield Row(measure.kode, 2023, "tahunan", "rpjmd", 0, float(path.target.loc[2023]))
    if measure.last == 2025:
        yield Row(measure.kode, 2026, "tahunan", "rpd" if is_city else "renstra", 0, _ahead(measure, path, 1))
    if measure.last == 2025 and is_city:
        yield Row(measure.kode, 2029, "tahunan", "rpjmd", 0, _ahead(measure, path, 4))


def _ahead(measure: Measure, path: Path, years: int) -> float:
    """The 2025 target carried forward at the indicator's own pace, at most 100 where that is the top."""
    pace = 0.0 if measure.polaritas == "rentang" else measure.langkah
    value = float(path.target.loc[2025]) + pace * years
    return round(min(value, 100.0) if measure.is_percentage_like else value, measure.desimal)
