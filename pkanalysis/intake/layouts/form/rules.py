"""What is checked beyond single cells: known indicators, value beside status, and what is hardly right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.form.grid import Grid
from pkanalysis.intake.layouts.form.layout import (
    ACTUALS,
    HISTORY,
    INDICATORS,
    PROGRAMMES,
    TARGET_SUFFIXES,
    TARGETS,
)
from pkanalysis.intake.values import likely
from pkanalysis.vocabulary import LABELS, PERIODS, POLARITIES, WAITING

PERCENT = ("persen", "%")


def findings(grids: Mapping[str, Grid], year: int) -> list[Finding]:
    """Every finding that needs more than one cell.

    Parameters
    ----------
    grids : mapping of str to Grid
        Sheets by name.
    year : int
        Year of the workbook.
    """
    indicators, targets, actuals = (grids[sheet.name] for sheet in (INDICATORS, TARGETS, ACTUALS))
    known = set(indicators.frame["kode_indikator"].dropna())
    return [
        *(item for grid in grids.values() for item in _keys(grid, known)),
        *_reported(actuals),
        *_reported(grids[HISTORY.name]),
        *_targets(targets),
        *_fractions(indicators, targets, actuals),
        *_wishes(indicators),
        *_unread(grids[PROGRAMMES.name]),
        *_directions(indicators),
        *_noughts(targets),
        *_twins(indicators, actuals),
        *_unlisted(indicators, actuals, year),
    ]


def _rows(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    return (dict(zip(frame.columns, row, strict=True)) for row in frame.to_numpy())


def _keys(grid: Grid, known: set[str]) -> Iterator[Finding]:
    """Rows without their key, or of an indicator that the workbook does not have."""
    key, frame = grid.sheet.key, grid.frame
    for number in frame["baris"][frame[key].isna() & ~frame["baris"].isin(grid.refused)]:
        yield grid.finding("ISIAN_KUNCI_KOSONG", number, key)
    if key == "kode_indikator":
        for row in _rows(frame[frame[key].notna() & ~frame[key].isin(known)]):
            yield grid.finding("ISIAN_INDIKATOR_ASING", row["baris"], key, row[key])


def _reported(grid: Grid) -> Iterator[Finding]:
    """Value, status and source of each row, where they do not go together."""
    for row in _rows(grid.frame[~grid.frame["baris"].isin(grid.refused)]):
        number, status = row["baris"], row["status"] if pd.notna(row["status"]) else ""
        value = row["nilai"] if pd.notna(row["nilai"]) else row["nilai_huruf"]
        has_value, word = pd.notna(value), LABELS["status"].get(status, "")
        if not status and has_value:
            yield grid.finding("ISIAN_STATUS_KOSONG", number, "status")
        elif not status:
            yield grid.finding("ISIAN_NILAI_DAN_STATUS_KOSONG", number, "status")
        elif has_value and status in WAITING:
            yield grid.finding("ISIAN_STATUS_TIDAK_SEJALAN", number, "status", word, nilai=value)
        elif not has_value and status not in WAITING:
            yield grid.finding("ISIAN_NILAI_KOSONG", number, "nilai", status=word)
        if has_value and pd.isna(row["sumber"]):
            yield grid.finding("ISIAN_SUMBER_KOSONG", number, "sumber")


def _targets(grid: Grid) -> Iterator[Finding]:
    """Rows of ``3_TARGET`` without a single target, and ranges whose upper bound is below the lower one."""
    values = [period + suffix for period in PERIODS for suffix in TARGET_SUFFIXES.values()]
    for number in grid.frame["baris"][grid.frame[values].isna().all(axis=1)]:
        yield grid.finding("ISIAN_TARGET_KOSONG", number, "tahunan")
    for row in _rows(grid.frame):
        for period in PERIODS:
            low, name = row[period], period + TARGET_SUFFIXES["nilai_atas"]
            if pd.notna(low) and pd.notna(row[name]) and row[name] < low:
                yield grid.finding("ISIAN_RENTANG_TERBALIK", row["baris"], name, row[name], bawah=low)


def _fractions(indicators: Grid, targets: Grid, actuals: Grid) -> Iterator[Finding]:
    """Per cent typed with its sign: the spreadsheet keeps 75,5% as 0,755."""
    units = indicators.frame.drop_duplicates("kode_indikator").set_index("kode_indikator")["satuan"]
    aims = targets.frame.groupby("kode_indikator")["tahunan"].max()
    for row in _rows(actuals.frame):
        code, value = row["kode_indikator"], row["nilai"]
        is_percent = str(units.get(code)).casefold() in PERCENT
        if is_percent and pd.notna(value) and 0 < abs(value) <= 1 and (aims.get(code) or 0) >= 10:
            yield actuals.finding("ISIAN_NILAI_MUNGKIN_PECAHAN", row["baris"], "nilai", value)


def _wishes(grid: Grid) -> Iterator[Finding]:
    for row in _rows(grid.frame.dropna(subset="usulan_koreksi")):
        code, wish = row["kode_indikator"], row["usulan_koreksi"]
        yield grid.finding("ISIAN_USULAN_KOREKSI", row["baris"], "usulan_koreksi", wish, indikator=code)


def _unread(grid: Grid) -> Iterator[Finding]:
    for number in grid.frame["baris"].head(1):
        yield grid.finding("ISIAN_PROGRAM_BELUM_DIBACA", number, "kode", banyak=len(grid.frame))


def _directions(grid: Grid) -> Iterator[Finding]:
    """Directions that the name of the indicator contradicts."""
    one_sided = [name for name, polarity in POLARITIES.items() if polarity.sign]
    told = grid.frame[grid.frame["polaritas"].isin(one_sided)].dropna(subset="nama_indikator")
    for row in _rows(told):
        polarity, name = row["polaritas"], row["nama_indikator"]
        if likely(name) not in ("", polarity):
            word = LABELS["polaritas"][polarity]
            yield grid.finding("ISIAN_ARAH_TERBALIK", row["baris"], "polaritas", word, indikator=name)


def _noughts(grid: Grid) -> Iterator[Finding]:
    """Targets of nought for the year; a quarter may well have one."""
    for number in grid.frame["baris"][grid.frame["tahunan"].eq(0)]:
        yield grid.finding("ISIAN_TARGET_NOL", number, "tahunan", 0)


def _twins(indicators: Grid, actuals: Grid) -> Iterator[Finding]:
    """Indicators of one name that have another value in this period than the first of them."""
    known = indicators.frame.dropna(subset=["kode_indikator", "nama_indikator"]).drop_duplicates("kode_indikator")
    names = known.set_index("kode_indikator")["nama_indikator"].str.casefold().str.split().str.join(" ")
    rows = actuals.frame.assign(nama=actuals.frame["kode_indikator"].map(names)).dropna(subset=["nama", "nilai"])
    first = rows.groupby("nama")[["kode_indikator", "nilai"]].transform("first")
    is_other = rows["kode_indikator"].ne(first["kode_indikator"]) & rows["nilai"].ne(first["nilai"])
    for row, other in zip(_rows(rows[is_other]), _rows(first[is_other]), strict=True):
        own, earlier = (f"{value:.12g}".replace(".", ",") for value in (row["nilai"], other["nilai"]))
        values = {"indikator": other["kode_indikator"], "nilai": earlier}
        yield actuals.finding("ISIAN_NAMA_INDIKATOR_SAMA", row["baris"], "nilai", own, **values)


def _unlisted(indicators: Grid, actuals: Grid, year: int) -> Iterator[Finding]:
    """Indicators of the year whose row was taken out of the sheet in which their value is filled in."""
    frame = indicators.frame.dropna(subset="kode_indikator")
    is_in_force = frame["berlaku_dari"].fillna(year).le(year) & frame["berlaku_sampai"].fillna(year).ge(year)
    for row in _rows(frame[is_in_force & ~frame["kode_indikator"].isin(actuals.keys)]):
        code = row["kode_indikator"]
        yield indicators.finding("ISIAN_INDIKATOR_TIDAK_DILAPORKAN", row["baris"], "kode_indikator", code)
