"""The fillable workbook (lembar kerja isian): one file per OPD and period, written and read back.

Sheets and columns are described once (:mod:`layout`); writer and reader derive
from that description. ``[kalender] batas_isian`` (period -> date) and ``narahubung`` of the
configuration are printed on the guide.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from pkanalysis.config import Config
from pkanalysis.intake.book import Book
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.layouts.form import sheets
from pkanalysis.intake.layouts.form.layout import ACTUALS, HISTORY, IDENTITY, SHEETS, TARGET_KEY, TARGET_SUFFIXES
from pkanalysis.intake.layouts.form.sheets import Grid, read_grid
from pkanalysis.intake.layouts.form.spec import PERIODS, TEMPLATE, VERSION, Stamp, closed, has_stamp, parse
from pkanalysis.intake.layouts.form.writer import file_name, write, write_blank
from pkanalysis.intake.reading import Layout, Reading, Slice
from pkanalysis.tables import TABLES, conform

__all__ = ["LAYOUT", "file_name", "write", "write_blank"]

NAME = "isian"


def recognise(book: Book) -> str | None:
    """Reason why ``book`` is a fillable workbook, or ``None``."""
    marked = next((name for name, rows in book.sheets.items() if has_stamp(rows)), None)
    return None if marked is None else f'lembar {marked} sel A1 bertuliskan "{TEMPLATE} …"'


def read(book: Book, config: Config, stage: str) -> Reading:
    """Read a workbook.

    Parameters
    ----------
    book : Book
    config : Config
        Its stages are the ones that may be named.
    stage : str
        Period that the user named, or empty; it must be the workbook's.

    Returns
    -------
    Reading
        Tables ``opd``, ``indikator``, ``kaskade``, ``target``, ``realisasi``, ``perjanjian``,
        ``analisis``, ``pembanding`` and ``perubahan_anggaran``; none of them where the template is
        of another version, was changed, or lacks a sheet.
    """
    reason = recognise(book) or ""
    stamps = {sheet.name: parse(book.sheets[sheet.name]) for sheet in SHEETS if sheet.name in book.sheets}
    stamp, refused = stamps.get(IDENTITY.name), _refused(book, stamps)
    if refused or stamp is None:
        return Reading(NAME, reason, {}, refused)
    lists = closed(config)
    grids = {sheet.name: read_grid(book, sheet, lists) for sheet in SHEETS}
    given = grids[IDENTITY.name].frame
    identity: dict[str, Any] = dict(zip(given.columns, given.iloc[0], strict=True)) if len(given) else {}
    findings = [item for grid in grids.values() for item in grid.findings]
    marker = stamp.lines[1]
    findings += [
        grids[IDENTITY.name].finding("ISIAN_PENANDA_BERBEDA", 0, name, identity.get(name) or "", penanda=marker)
        for name, marked in (("tahun_isian", stamp.year), ("periode_isian", stamp.period))
        if identity and identity.get(name) != marked
    ]
    if stage and stage != stamp.period:
        asked = PERIODS.get(stage, stage)
        findings.append(finding("ISIAN_BUKAN_PERIODE_DIMINTA", book.name, value=stage, penanda=marker, diminta=asked))
    findings += sheets.findings(grids, stamp.year)
    kode_opd = identity.get("kode_opd")
    slices = (Slice(NAME, stamp.year, stamp.period, (kode_opd,)),) if kode_opd else ()
    return Reading(NAME, reason, _tables(grids, identity, stamp), findings, slices)


LAYOUT = Layout(
    name=NAME,
    looked_for=f'sel A1 yang diawali "{TEMPLATE}"',
    recognise=recognise,
    read=read,
)


def _refused(book: Book, stamps: dict[str, Stamp | None]) -> list[Finding]:
    """Why the workbook as a whole cannot be read: sheets missing, markers changed, another version."""
    found = [finding("ISIAN_LEMBAR_HILANG", book.name, sheet.name) for sheet in SHEETS if sheet.name not in stamps]
    own = stamps.get(IDENTITY.name)
    for name, stamp in stamps.items():
        written = " / ".join(str(row[0]) if row else "" for row in book.sheets[name][:2])
        at: dict[str, Any] = {"sheet": name, "place": "A1", "value": written}
        if stamp is None:
            found.append(finding("ISIAN_PENANDA_HILANG", book.name, **at))
        elif stamp.version != VERSION:
            found.append(finding("ISIAN_VERSI_LAIN", book.name, **at, versi=stamp.version, dibaca=VERSION))
        elif own is not None and (stamp.year, stamp.period) != (own.year, own.period):
            found.append(finding("ISIAN_PERIODE_LAIN", book.name, **at, periode=own.lines[1]))
    return found


def _tables(grids: dict[str, Grid], identity: dict[str, Any], stamp: Stamp) -> dict[str, pd.DataFrame]:
    """Every table of the workbook.

    Of the actuals those with a value or a status: a value without status is ``sementara``, one of the period without
    date has that of the identity. Of the targets one row per period that has any value.
    """
    frames = {grid.sheet.table: grid.frame for grid in grids.values() if grid.sheet.table not in ("", "realisasi")}
    date = identity.get("tanggal_data")
    current = grids[ACTUALS.name].frame.assign(
        tahun=stamp.year, periode=stamp.period, tanggal_berkas=pd.Timestamp(date) if date else None
    )
    actual = pd.concat([grids[HISTORY.name].frame.assign(tanggal_berkas=None), current], ignore_index=True)
    has_value = actual["nilai"].notna() | actual["nilai_huruf"].notna()
    status = actual["status"].mask(has_value & actual["status"].isna(), "sementara")
    dates = actual["tanggal_data"].mask(has_value & actual["tanggal_data"].isna(), actual["tanggal_berkas"])
    frames["realisasi"] = actual.assign(status=status, tanggal_data=dates)[has_value | status.notna()]
    frames["analisis"] = frames["analisis"].assign(tahun=stamp.year, periode=stamp.period)
    target = frames["target"]
    shared = target[[*TARGET_KEY, "alasan_perubahan", "lembar", "baris"]]
    parts = [
        shared.assign(periode=period, **{column: target[period + suffix] for column, suffix in TARGET_SUFFIXES.items()})
        for period in PERIODS
    ]
    stacked = pd.concat(parts).dropna(subset=list(TARGET_SUFFIXES), how="all")
    frames["target"] = stacked.sort_values("baris", kind="stable", ignore_index=True)
    known = {name: [column for column in TABLES[name].names if column in frame] for name, frame in frames.items()}
    kode_opd = identity.get("kode_opd")
    return {name: conform(name, frame[known[name]].assign(kode_opd=kode_opd)) for name, frame in frames.items()}
