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
from pkanalysis.intake.book import Book, Rows, normal, text
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
    organisations,
)
from pkanalysis.intake.layouts.sebelum_sesudah.reconcile import Table, settle, tables
from pkanalysis.intake.reading import Layout, Reading, Slice
from pkanalysis.tables import TABLES

NAME = "sebelum_sesudah"
LOOK_ROWS = 100


def recognise(book: Book) -> str | None:
    """Reason why the book is a before/after workbook, or ``None``."""
    if any(_is_list(rows) for rows in book.sheets.values()):
        return None
    top = Book(book.path, {sheet: rows[:LOOK_ROWS] for sheet, rows in book.sheets.items()})
    for block in _blocks(top):
        titles = [block.columns.titles[stage] for stage in STAGES if stage in block.columns.titles]
        if block.lines and "murni" in block.columns.places and not _has_subtotals(block, book.sheets[block.sheet]):
            return f"lembar {block.sheet} baris {block.first_row} punya kolom {', '.join(titles)} dan kode rekening"
    return None


def read(book: Book, config: Config, stage: str) -> Reading:  # noqa: ARG001 (the headings name the stages)
    """Budget per stage, spending and cash plan per month, and the organisation to be completed."""
    if places := uncomputed(book.path):
        raise PkError(
            f"{book.name}, lembar {places[0][0]}, sel {places[0][1]}: rumusnya belum dihitung, sehingga angkanya "
            "terbaca kosong; buka berkas ini di Excel, simpan, lalu impor lagi."
        )
    found = [block for block in _blocks(book) if block.lines]
    if not found:
        raise PkError(f"{book.name} tidak punya baris dengan kode rekening enam ruas di bawah judul SEBELUM/SETELAH.")
    read_tables = tables(found)
    settled = settle(read_tables)
    findings = [*(each for table in read_tables for each in table.findings), *settled.findings]
    owned = [(table, organisation(table.block, found)) for table in settled.stored]
    accounts = [line.account for block in found for line in block.lines]
    missing = [
        table.block.finding("KEPALA_TABEL_TANPA", label=label)
        for table, owner in owned
        for is_missing, label in ((owner is None, "PERANGKAT DAERAH"), (_year(table.block) is None, "TAHUN ANGGARAN"))
        if is_missing
    ]
    if codes.is_2019_numbering(accounts):
        missing.insert(0, found[0].finding("BLOK_PENOMORAN_2019", accounts[0], row=found[0].lines[0].row))
    if missing:
        return Reading(NAME, "", {}, [*findings, *missing])
    opd, notes = organisations([(owner, table.block) for table, owner in owned if owner])
    lines = pd.concat([_owned(table, owner) for table, owner in owned if owner], ignore_index=True)
    totals = {stage: int(lines[stage].fillna(0).sum()) for stage in STAGES if stage in lines}
    findings += [*notes, *_stages(book, config, lines), *_noughts(book, lines), *checks.factor(book.name, "", totals)]
    return Reading(NAME, "", {"opd": opd, **_tidy(lines)}, findings, _slices(lines))


def _is_list(rows: Rows) -> bool:
    """Whether the heading row has a column for the OPD of each row."""
    heading = next((place for place in range(min(LOOK_ROWS, len(rows))) if columns_at(rows, place)), None)
    if heading is None:
        return False
    above = [] if heading == 0 or labelled(rows[heading - 1]) else rows[heading - 1]
    return any(normal(cell) in LISTS for cell in (*above, *rows[heading]))


def _has_subtotals(block: Block, rows: Rows) -> bool:
    """Whether a row without a full account is a subtotal by its code, which other readers understand."""
    accounts = {codes.key(line.account) for line in block.lines}
    loose = (codes.key(text(cell)) for row in block.loose for cell in rows[row - 1][: block.columns.left])
    return any(codes.is_prefix(part, account) for part in loose for account in accounts)


def _blocks(book: Book) -> list[Block]:
    return [block for sheet, rows in book.sheets.items() for block in blocks(sheet, rows, book.name)]


def _year(block: Block) -> int | None:
    return year(block.head.get("tahun", Named()).name) or year(block.sheet) or year(Path(block.file).stem)


def _owned(table: Table, owner: Organisation) -> pd.DataFrame:
    blank = dict.fromkeys(("kode_sub_unit", "nama_sub_unit", "paket"), "")
    return table.frame.assign(tahun=_year(table.block), kode_opd=owner.code, nama_opd=owner.name, **blank)


def _measures(lines: pd.DataFrame, kind: str) -> list[str]:
    return [name for name in lines.columns if name.startswith(f"{kind} ")]


def _tidy(lines: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Long tables; a line of nought at a stage or month is left out, so that a join sees it come or go."""
    stages = [stage for stage in STAGES if stage in lines]
    wanted = {
        "anggaran": _long(lines, "anggaran", stages, "tahap", "pagu_rp"),
        "realisasi_anggaran": _monthly(lines, "realisasi_anggaran", SPENT, "realisasi_rp"),
        "rencana_kas": _monthly(lines, "rencana_kas", PLAN, "rencana_rp"),
    }
    return {name: frame for name, frame in wanted.items() if len(frame)}


def _long(lines: pd.DataFrame, table: str, measures: list[str], by: str, value: str) -> pd.DataFrame:
    keep = [name for name in TABLES[table].names if name in lines]
    long = lines.melt(keep, measures, by, value)
    return long[long[value].fillna(0) != 0].reset_index(drop=True)


def _monthly(lines: pd.DataFrame, table: str, kind: str, value: str) -> pd.DataFrame:
    long = _long(lines, table, _measures(lines, kind), "bulan", value)
    return long.assign(bulan=long["bulan"].str.removeprefix(f"{kind} ").astype("Int64"))


def _stages(book: Book, config: Config, lines: pd.DataFrame) -> list[Finding]:
    """Errors for stages that the configuration does not have."""
    known = {number: [stage.kode for stage in config.stages(number)] for number in sorted(set(lines["tahun"]))}
    return [
        finding("TAHAP_BELUM_ADA", book.name, value=stage, tahun=number, ada=", ".join(own) or "belum ada")
        for number, own in known.items()
        for stage in STAGES
        if stage in lines and stage not in own
    ]


def _noughts(book: Book, lines: pd.DataFrame) -> list[Finding]:
    measures = [*(stage for stage in STAGES if stage in lines), *_measures(lines, PLAN), *_measures(lines, SPENT)]
    empty = int(lines[measures].fillna(0).eq(0).all(axis=1).sum())
    return [finding("BARIS_NOL_TIDAK_DISIMPAN", book.name, kosong=empty, banyaknya=len(lines))] if empty else []


def _slices(lines: pd.DataFrame) -> tuple[Slice, ...]:
    years = sorted(set(lines["tahun"]))
    stages = [stage for stage in STAGES if stage in lines]
    return tuple(
        Slice(NAME, int(number), stage, tuple(sorted(set(lines.loc[lines["tahun"] == number, "kode_opd"]))))
        for number in years
        for stage in stages
    )


LAYOUT = Layout(
    NAME,
    "tabel dengan judul kolom SEBELUM EFISIENSI / SETELAH EFISIENSI / PAPBD di atas baris berkode rekening",
    recognise,
    read,
)
