"""Workbooks with the budget before and after efisiensi, as offices keep them themselves.

Sebelum is the stage ``murni``, setelah ``pergeseran``, PAPBD ``perubahan``. Blocks are found by their
headings, TOTAL blocks and repeated sheets are held against the lines and not stored.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from pkanalysis import codes
from pkanalysis.config import Config
from pkanalysis.errors import PkError
from pkanalysis.intake import checks
from pkanalysis.intake.book import Book, normal, text
from pkanalysis.intake.checks import uncomputed
from pkanalysis.intake.dates import year
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.layouts.sebelum_sesudah.blocks import (
    LISTS,
    PLAN,
    SPENT,
    STAGES,
    Block,
    Named,
    Organisation,
    blocks,
    columns_at,
    labelled,
    organisation,
)
from pkanalysis.intake.layouts.sebelum_sesudah.reconcile import settle, tables
from pkanalysis.intake.reading import Layout, Reading, Slice
from pkanalysis.tables import TABLES

NAME = "sebelum_sesudah"
LOOK_ROWS = 100


def recognise(book: Book) -> str | None:
    """Reason why the book is a before/after workbook, or ``None``."""
    for rows in book.sheets.values():  # a column for the OPD of each row makes a list of many
        heading = next((place for place in range(min(LOOK_ROWS, len(rows))) if columns_at(rows, place)), None)
        if heading is not None:
            above = [row for row in rows[max(heading - 1, 0) : heading] if not labelled(row)]
            if any(normal(cell) in LISTS for row in (*above, rows[heading]) for cell in row):
                return None
    for sheet, rows in book.sheets.items():
        for block in blocks(sheet, rows[:LOOK_ROWS], book.name):
            # a row without a full account that is a subtotal by its code is for other readers
            accounts = {codes.key(line.account) for line in block.lines}
            loose = {codes.key(text(cell)) for row in block.loose for cell in rows[row - 1][: block.columns.left]}
            has_subtotals = any(codes.is_prefix(part, account) for part in loose for account in accounts)
            if block.lines and "murni" in block.columns.places and not has_subtotals:
                titles = [block.columns.titles[stage] for stage in STAGES if stage in block.columns.titles]
                return f"lembar {sheet} baris {block.first_row} punya kolom {', '.join(titles)} dan kode rekening"
    return None


def read(book: Book, config: Config, stage: str) -> Reading:  # noqa: ARG001 (the headings name the stages)
    """Budget per stage, spending and cash plan per month, and the organisation to be completed."""
    if places := uncomputed(book.path):
        raise PkError(
            f"{book.name}, lembar {places[0][0]}, sel {places[0][1]}: rumusnya belum dihitung, sehingga angkanya "
            "terbaca kosong; buka berkas ini di Excel, simpan, lalu impor lagi."
        )
    found = [block for sheet, rows in book.sheets.items() for block in blocks(sheet, rows, book.name) if block.lines]
    if not found:
        raise PkError(f"{book.name} tidak punya baris dengan kode rekening enam ruas di bawah judul SEBELUM/SETELAH.")
    read_tables = tables(found)
    settled = settle(read_tables)
    findings = [*(each for table in read_tables for each in table.findings), *settled.findings]
    accounts = [line.account for block in found for line in block.lines]
    errors = []
    if codes.is_2019_numbering(accounts):
        errors.append(found[0].finding("BLOK_PENOMORAN_2019", accounts[0], row=found[0].lines[0].row))
    owned: list[tuple[Organisation, Block]] = []
    frames = []
    blank = dict.fromkeys(("kode_sub_unit", "nama_sub_unit", "paket"), "")
    for table in settled.stored:
        block, owner = table.block, organisation(table.block, found)
        own_year = year(block.head.get("tahun", Named()).name) or year(block.sheet) or year(Path(block.file).stem)
        lacks = {"PERANGKAT DAERAH": owner is None, "TAHUN ANGGARAN": own_year is None}
        errors += [block.finding("KEPALA_TABEL_TANPA", label=label) for label, is_so in lacks.items() if is_so]
        if owner:
            owned.append((owner, block))
            frames.append(table.frame.assign(tahun=own_year, kode_opd=owner.code, nama_opd=owner.name, **blank))
    if errors:
        return Reading(NAME, "", {}, [*findings, *errors])
    return _reading(book, config, owned, pd.concat(frames, ignore_index=True), findings)


def _reading(
    book: Book, config: Config, owned: list[tuple[Organisation, Block]], lines: pd.DataFrame, findings: list[Finding]
) -> Reading:
    """Tables and slices of all lines, a row per OPD to be completed by hand, errors for stages not configured."""
    first = {owner.code: (owner, block) for owner, block in reversed(owned)}
    opd = pd.DataFrame(
        {"kode_opd": owner.code, "nama_opd": owner.name, "jenis": "lainnya", "kode_induk": owner.parent or None,
         "lembar": block.sheet, "baris": block.first_row}
        for owner, block in first.values()
    )  # fmt: skip
    findings += [block.finding("OPD_DARI_KEPALA", f"{owner.code} {owner.name}") for owner, block in first.values()]
    stages = [stage for stage in STAGES if stage in lines]
    of_year = {number: set(lines.loc[lines["tahun"] == number, "kode_opd"]) for number in sorted(set(lines["tahun"]))}
    for number in of_year:
        known = [stage.kode for stage in config.stages(number)]
        there = ", ".join(known) or "belum ada"
        unknown = [stage for stage in stages if stage not in known]
        findings += [finding("TAHAP_BELUM_ADA", book.name, value=stage, tahun=number, ada=there) for stage in unknown]
    months = [name for name in lines.columns if name.startswith((f"{PLAN} ", f"{SPENT} "))]
    empty = int(lines[[*stages, *months]].fillna(0).eq(0).all(axis=1).sum())
    if empty:
        findings.append(finding("BARIS_NOL_TIDAK_DISIMPAN", book.name, kosong=empty, banyaknya=len(lines)))
    findings += checks.factor(book.name, "", {stage: int(lines[stage].fillna(0).sum()) for stage in stages})
    slices = tuple(
        Slice(NAME, int(number), stage, tuple(sorted(owners))) for number, owners in of_year.items() for stage in stages
    )
    return Reading(NAME, "", {"opd": opd, **_tidy(lines, stages)}, findings, slices)


def _tidy(lines: pd.DataFrame, stages: list[str]) -> dict[str, pd.DataFrame]:
    """Long tables; a line of nought at a stage or month is left out, so that a join sees it come or go."""
    found = {}
    for table, kind, by, value in (
        ("anggaran", "", "tahap", "pagu_rp"),
        ("realisasi_anggaran", SPENT, "bulan", "realisasi_rp"),
        ("rencana_kas", PLAN, "bulan", "rencana_rp"),
    ):
        measures = [name for name in lines.columns if name.startswith(f"{kind} ")] if kind else stages
        long = lines.melt([name for name in TABLES[table].names if name in lines], measures, by, value)
        long = long[long[value].fillna(0) != 0].reset_index(drop=True)
        if kind:
            long["bulan"] = long["bulan"].str.removeprefix(f"{kind} ").astype("Int64")
        if len(long):
            found[table] = long
    return found


LAYOUT = Layout(
    NAME,
    "tabel dengan judul kolom SEBELUM EFISIENSI / SETELAH EFISIENSI / PAPBD di atas baris berkode rekening",
    recognise,
    read,
)
