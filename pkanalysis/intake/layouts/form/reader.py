"""Reading a workbook back: recognise the marker, read the sheets by heading, give conformed tables."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pkanalysis.config import Config
from pkanalysis.intake.book import Book
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.form import prefill, rules
from pkanalysis.intake.layouts.form.grid import Grid, read_grid
from pkanalysis.intake.layouts.form.labels import closed
from pkanalysis.intake.layouts.form.layout import ACTUALS, HISTORY, IDENTITY, SHEETS
from pkanalysis.intake.layouts.form.spec import PERIODS, TEMPLATE, VERSION, Stamp, has_stamp, parse
from pkanalysis.intake.reading import Layout, Reading, Slice
from pkanalysis.tables import TABLES, conform

NAME = "isian"
ASK_AGAIN = "minta berkas isian yang asli, lalu salin nilainya ke sel kuning"


def recognise(book: Book) -> str | None:
    """Reason why ``book`` is a fillable workbook, or ``None``."""
    marked = [name for name, rows in book.sheets.items() if has_stamp(rows)]
    return f'lembar {marked[0]} sel A1 bertuliskan "{TEMPLATE} …"' if marked else None


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
    identity = _identity(grids[IDENTITY.name])
    found = [item for grid in grids.values() for item in grid.findings]
    found += [*_other_period(grids[IDENTITY.name], identity, stamp, stage), *rules.findings(grids)]
    found += rules.absent_findings(grids, stamp.year)
    kode_opd = identity.get("kode_opd")
    slices = (Slice(NAME, stamp.year, stamp.period, (kode_opd,)),) if kode_opd else ()
    return Reading(NAME, reason, _tables(grids, identity, stamp), found, slices)


LAYOUT = Layout(
    name=NAME,
    title="lembar kerja isian",
    looked_for=f'sel A1 yang diawali "{TEMPLATE}"',
    recognise=recognise,
    read=read,
)


def _refused(book: Book, stamps: dict[str, Stamp | None]) -> list[Finding]:
    """Why the workbook as a whole cannot be read: sheets missing, markers changed, another version."""
    missing = [sheet.name for sheet in SHEETS if sheet.name not in stamps]
    found = [Finding("galat", book.name, name, "", "", "", "lembar ini tidak ada", ASK_AGAIN) for name in missing]
    own = stamps.get(IDENTITY.name)
    for name, stamp in stamps.items():
        lines = " / ".join(str(row[0]) if row else "" for row in book.sheets[name][:2])
        if stamp is None:
            rule = "penanda templat di A1-A3 hilang atau diubah"
        elif stamp.version != VERSION:
            rule = f"versi templat {stamp.version}, sedangkan aplikasi ini membaca versi {VERSION}"
        elif own is not None and (stamp.year, stamp.period) != (own.year, own.period):
            rule = f"periodenya lain dari lembar {IDENTITY.name} ({own.lines[1]})"
        else:
            continue
        found.append(Finding("galat", book.name, name, "A1", "", lines, rule, ASK_AGAIN))
    return found


def _identity(grid: Grid) -> dict[str, Any]:
    return {str(name): value for name, value in grid.frame.iloc[0].items()} if len(grid.frame) else {}


def _other_period(grid: Grid, identity: dict[str, Any], stamp: Stamp, stage: str) -> list[Finding]:
    """Year and period in the identity, or named by the user, that are not the marker's."""
    found = []
    for name, marked in (("tahun_isian", stamp.year), ("periode_isian", stamp.period)):
        if identity and identity.get(name) != marked:
            rule, remedy = f'tidak sama dengan penanda di A2 ("{stamp.lines[1]}")', "kembalikan seperti semula"
            found.append(grid.find("galat", 0, name, identity.get(name) or "", rule, remedy))
    if stage and stage != stamp.period:
        rule = f'berkas ini untuk "{stamp.lines[1]}", bukan {PERIODS.get(stage, stage)}'
        found.append(Finding("galat", grid.file, "", "", "", stage, rule, "pilih berkas yang tepat"))
    return found


def _tables(grids: dict[str, Grid], identity: dict[str, Any], stamp: Stamp) -> dict[str, pd.DataFrame]:
    frames: dict[str, pd.DataFrame] = {
        grid.sheet.table: grid.frame
        for grid in grids.values()
        if grid.sheet.table and grid.sheet not in (ACTUALS, HISTORY)
    }
    current = rules.with_date(rules.with_status(grids[ACTUALS.name]), identity.get("tanggal_data"))
    frames["realisasi"] = pd.concat(
        [rules.with_status(grids[HISTORY.name]), current.assign(tahun=stamp.year, periode=stamp.period)]
    )
    frames["target"] = prefill.long(frames["target"])
    frames["analisis"] = frames["analisis"].assign(tahun=stamp.year, periode=stamp.period)
    return {name: _conformed(name, frame, identity.get("kode_opd")) for name, frame in frames.items()}


def _conformed(name: str, frame: pd.DataFrame, kode_opd: str | None) -> pd.DataFrame:
    known = [column for column in TABLES[name].names if column in frame.columns]
    return conform(name, frame[known].assign(kode_opd=kode_opd))
