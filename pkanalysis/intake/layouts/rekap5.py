"""SIPD budget recap ("rekap5"): one line per paket with its pagu; the stage is not in the file."""

from __future__ import annotations

import re

import pandas as pd

from pkanalysis.config import Config, Stage
from pkanalysis.intake.checks.control import totals
from pkanalysis.intake.checks.doubtful import doubtful, numbering
from pkanalysis.intake.files.sheets import Book
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.headings.columns import Field, Grid, find_header, grids, has_table
from pkanalysis.intake.headings.months import MONTH_FIELDS
from pkanalysis.intake.headings.stages import find_stage, mentioned
from pkanalysis.intake.headings.units import exported_twice
from pkanalysis.intake.layouts.lines import (
    ACTIVITY_FIELDS,
    Part,
    accounts,
    join,
    keyless,
    leaves,
    organisations,
    twins,
    years,
)
from pkanalysis.intake.layouts.repeated import once
from pkanalysis.intake.layouts.staged import by_stage, read_each
from pkanalysis.intake.reading import Layout, Reading, Slice

NAME = "rekap5"

FIELDS = (
    Field("nomor", ("NO", "NO URUT", "NOMOR URUT"), required=False),
    Field("tahun", ("TAHUN", "TAHUN ANGGARAN", "TA"), required=False),
    Field("kode_opd", ("KODE SKPD", "KODE OPD", "KODE PERANGKAT DAERAH", "KODE PD", "KODE ORGANISASI")),
    Field(
        "nama_opd",
        ("NAMA SKPD", "NAMA OPD", "NAMA PERANGKAT DAERAH", "NAMA OPD/SKPD", "NAMA SKPD/OPD", "NAMA PD",
         "NAMA ORGANISASI", "SKPD", "OPD", "PERANGKAT DAERAH"),
    ),
    Field(
        "kode_sub_unit",
        ("KODE SUB UNIT", "KODE SUB SKPD", "KODE UNIT SKPD", "KODE UNIT KERJA", "KODE SUB OPD", "KODE UNIT"),
        required=False,
    ),
    Field(
        "nama_sub_unit",
        ("NAMA SUB UNIT", "NAMA SUB SKPD", "NAMA UNIT SKPD", "NAMA UNIT KERJA", "UNIT KERJA", "SUB UNIT"),
        required=False,
    ),
    *ACTIVITY_FIELDS,
    Field("kode_sumber_dana", ("KODE SUMBER DANA", "KODE DANA"), required=False),
    Field("nama_sumber_dana", ("NAMA SUMBER DANA", "NAMA DANA", "SUMBER DANA"), required=False),
    Field("kode_rekening", ("KODE REKENING", "KODE AKUN", "KODE REK", "KODE REKENING BELANJA", "NO REKENING",
                            "KODE SUB RINCIAN OBJEK")),
    Field(
        "nama_rekening",
        ("NAMA REKENING", "NAMA AKUN", "URAIAN REKENING", "URAIAN", "NAMA REKENING BELANJA", "URAIAN BELANJA"),
        required=False,
    ),
    Field(
        "paket",
        ("NAMA PAKET/KELOMPOK", "NAMA PAKET", "NAMA KELOMPOK", "PAKET/KELOMPOK", "NAMA STANDAR HARGA"),
        required=False,
    ),
    Field(
        "rincian",
        ("NAMA STANDAR HARGA", "NAMA KOMPONEN", "KOMPONEN", "URAIAN RINCIAN", "SPESIFIKASI"),
        required=False,
    ),
    Field(
        "pagu_rp",
        ("PAGU", "PAGU (RP)", "NILAI PAGU", "JUMLAH PAGU", "PAGU ANGGARAN", "PAGU ANGGARAN (RP)", "TOTAL PAGU",
         "JUMLAH PAGU ANGGARAN", "PAGU BELANJA", "PAGU DPA", "PAGU APBD", "PAGU MURNI", "PAGU PERUBAHAN",
         "PAGU PERGESERAN", "BESARAN PAGU", "JUMLAH ANGGARAN", "NILAI ANGGARAN", "ANGGARAN", "NILAI RINCIAN",
         "JUMLAH", "TOTAL", "JUMLAH (RP)", "TOTAL (RP)", "TOTAL HARGA", "NILAI", "RINCIAN"),
    ),
)  # fmt: skip
"""Columns of the recap by the headings that offices give them, the most telling first."""

_TEXTS = (
    "kode_opd", "nama_opd", "kode_sub_unit", "nama_sub_unit", "nama_bidang_urusan", "nama_program",
    "nama_kegiatan", "nama_sub_kegiatan", "kode_sumber_dana", "nama_sumber_dana", "nama_rekening", "paket",
)  # fmt: skip
TWINS = ("kode_opd", "kode_sub_unit", "kode_sub_kegiatan", "kode_sumber_dana", "kode_rekening", "paket", "pagu_rp")
"""Columns in which a line that was typed or pasted twice agrees with the first."""
_STAGED = re.compile(r"(?i)pagu\s+(apbd|murni|pergeseran|perubahan)")
_ACTIVITIES = ("kode_program", "kode_kegiatan", "kode_sub_kegiatan")


def recognise(book: Book) -> str | None:
    """Reason why the book is a rekap5, or ``None``; with twelve months it is a cash plan."""
    sheet = has_table(book, FIELDS)
    if sheet is None or has_table(book, MONTH_FIELDS) or _has_rivals(book):
        return None
    return f"lembar {sheet} punya kolom KODE SKPD, KODE SUB KEGIATAN, KODE REKENING dan PAGU"


def _has_rivals(book: Book) -> bool:
    """Whether the pagu is that of a stage, and another column holds one too: which is meant cannot be told."""
    for rows in book.sheets.values():
        header = find_header(rows, FIELDS)
        title = header.titles["pagu_rp"] if header else ""
        if header and _STAGED.match(title):
            return sum(isinstance(cell, str) and bool(_STAGED.match(cell)) for cell in rows[header.row]) > 1
    return False


def read(book: Book, config: Config, stage: str) -> Reading:
    """Budget lines and organisations; the stage comes from the user, the names of the sheets or the file name."""
    sheets = {} if stage else by_stage(config, [grid.sheet for grid in grids(book, FIELDS)])
    if sheets:
        return read_each(book, sheets, lambda part, code: _read(part, config, code))
    return _read(book, config, stage)


def _read(book: Book, config: Config, stage: str) -> Reading:
    tables = grids(book, FIELDS)
    lines = join(once(book.name, [budget_lines(grid) for grid in tables], ("tahun", *TWINS)))
    found = sorted(set(lines.frame["tahun"].dropna()))
    if lines.frame.empty:
        rule, remedy = "tidak ada baris dengan kode rekening", "unduh ulang rekap lengkap dari SIPD"
        return _refused([*lines.findings, Finding("galat", book.name, "", "", "", "", rule, remedy)])
    if len(found) != 1:
        is_told = any(item.severity == "galat" for item in lines.findings)
        return _refused([*lines.findings, *([] if is_told else _of_years(book, found))])
    headed = _headed(tables, config.stages(int(found[0])))
    known = find_stage(book, config, int(found[0]), stage or headed)
    if isinstance(known, Finding):
        return _refused([*lines.findings, known])
    read_tables = {"opd": organisations(lines.frame), "anggaran": lines.frame.assign(tahap=known)}
    filled = Slice(NAME, int(found[0]), known, tuple(sorted(set(lines.frame["kode_opd"]))))
    return Reading(NAME, "", read_tables, [*lines.findings, *_other_stage(tables[0], headed, known)], (filled,))


def _headed(tables: list[Grid], stages: tuple[Stage, ...]) -> str:
    """The one stage that the headings of the pagu name, or ``""``."""
    named = {code for grid in tables for code in mentioned(grid.header.titles["pagu_rp"], stages)}
    return named.pop() if len(named) == 1 else ""


def _other_stage(grid: Grid, headed: str, known: str) -> list[Finding]:
    """A warning when the heading of the pagu names another stage than the rows are stored under."""
    if headed in ("", known):
        return []
    rule = f"judul kolom menyebut tahap {headed}, sedangkan barisnya disimpan sebagai tahap {known}"
    return [grid.finding("peringatan", None, "pagu_rp", "", rule, "periksa pilihan --tahap")]


def _of_years(book: Book, found: list[int]) -> list[Finding]:
    """An error for sheets that are each of one year, but not of the same."""
    listed = ", ".join(map(str, found))
    rule, remedy = "lembarnya memuat lebih dari satu tahun", "satu berkas memuat satu tahun anggaran; pisahkan"
    return [Finding("galat", book.name, "", "", "tahun", listed, rule, remedy)] if found else []


def _refused(findings: list[Finding]) -> Reading:
    return Reading(NAME, "", {}, findings)


def budget_lines(whole: Grid) -> Part:
    """Leaf lines of a grid with the columns of :data:`FIELDS`, codes in their one form, pagu in rupiah."""
    grid, above, skipped = leaves(whole)
    canonical, strange = accounts(grid)
    year, wrong_years = years(grid)
    pagu, wrong_amounts = grid.amounts("pagu_rp")
    columns = {name: grid.texts(name) for name in _TEXTS} | {name: grid.activities(name) for name in _ACTIVITIES}
    frame = pd.DataFrame(
        columns
        | {"kode_bidang_urusan": _bidang(grid, columns["kode_sub_kegiatan"])}
        | {"kode_rekening": canonical, "kode_rekening_asli": grid.texts("kode_rekening", str)}
        | {"tahun": pd.Series(year, dtype="Int64"), "pagu_rp": pagu, "lembar": grid.sheet, "baris": grid.rows}
    )
    found = [*strange, *wrong_years, *keyless(grid, ("kode_sub_kegiatan",)), *wrong_amounts]
    doubled = [*_twins(grid, frame), *exported_twice(grid, frame)]
    unlikely = [*doubtful(grid, canonical, columns["kode_sub_kegiatan"]), *numbering(whole)]
    return Part(frame, [*skipped, *totals(above, frame), *doubled, *unlikely, *found])


def _twins(grid: Grid, frame: pd.DataFrame) -> list[Finding]:
    """Lines that are alike, also in the goods that a list by standar harga names."""
    found = twins(grid, frame, TWINS)
    if not found or "rincian" not in grid.cells:
        return found
    return twins(grid, frame[list(TWINS)].assign(rincian=grid.texts("rincian")), (*TWINS, "rincian"))


def _bidang(grid: Grid, activities: list[str]) -> list[str]:
    """Bidang urusan; Excel turns ``1.10`` into the number 1.1, so a number gives way to the sub kegiatan's code."""
    cells = grid.cells.get("kode_bidang_urusan", [""] * len(grid))
    written = grid.activities("kode_bidang_urusan")
    shared = {code: ".".join(code.split(".")[:2]) for code in set(activities)}
    return [
        code if code and isinstance(cell, str) else shared[activity]
        for cell, code, activity in zip(cells, written, activities, strict=True)
    ]


LAYOUT = Layout(
    NAME,
    "Rekap anggaran SIPD (rekap5)",
    "lembar dengan judul kolom KODE SKPD, NAMA SKPD, KODE SUB KEGIATAN, KODE REKENING dan PAGU",
    recognise,
    read,
    FIELDS,
)
