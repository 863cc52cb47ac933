"""SIPD budget recap ("rekap5"): one line per paket with its pagu; the stage is not in the file."""

from __future__ import annotations

import pandas as pd

from pkanalysis.config import Config
from pkanalysis.intake.columns import Field, Grid, grids, has_table
from pkanalysis.intake.control import totals
from pkanalysis.intake.doubtful import doubtful, numbering
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.lines import (
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
from pkanalysis.intake.months import MONTH_FIELDS
from pkanalysis.intake.reading import Layout, Reading, Slice
from pkanalysis.intake.sheets import Book
from pkanalysis.intake.stages import find_stage
from pkanalysis.intake.units import exported_twice

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
    Field("kode_rekening", ("KODE REKENING", "KODE AKUN", "KODE REK", "KODE REKENING BELANJA", "NO REKENING")),
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
        "pagu_rp",
        ("PAGU", "PAGU (RP)", "NILAI PAGU", "JUMLAH PAGU", "PAGU ANGGARAN", "PAGU ANGGARAN (RP)", "TOTAL PAGU",
         "JUMLAH ANGGARAN", "NILAI ANGGARAN", "ANGGARAN", "JUMLAH", "TOTAL", "JUMLAH (RP)", "TOTAL (RP)", "NILAI"),
    ),
)  # fmt: skip
"""Columns of the recap by the headings that offices give them, the most telling first."""

_TEXTS = (
    "kode_opd", "nama_opd", "kode_sub_unit", "nama_sub_unit", "nama_bidang_urusan", "nama_program",
    "nama_kegiatan", "nama_sub_kegiatan", "kode_sumber_dana", "nama_sumber_dana", "nama_rekening", "paket",
)  # fmt: skip
TWINS = ("kode_opd", "kode_sub_unit", "kode_sub_kegiatan", "kode_sumber_dana", "kode_rekening", "paket", "pagu_rp")
"""Columns in which a line that was typed or pasted twice agrees with the first."""
_ACTIVITIES = ("kode_program", "kode_kegiatan", "kode_sub_kegiatan")


def recognise(book: Book) -> str | None:
    """Reason why the book is a rekap5, or ``None``; with twelve months it is a cash plan."""
    sheet = has_table(book, FIELDS)
    if sheet is None or has_table(book, MONTH_FIELDS):
        return None
    return f"lembar {sheet} punya kolom KODE SKPD, KODE SUB KEGIATAN, KODE REKENING dan PAGU"


def read(book: Book, config: Config, stage: str) -> Reading:
    """Budget lines and organisations of the recap; the stage comes from the user or the file name."""
    lines = join(budget_lines(grid) for grid in grids(book, FIELDS))
    found = sorted(set(lines.frame["tahun"].dropna()))
    if lines.frame.empty:
        rule, remedy = "tidak ada baris dengan kode rekening", "unduh ulang rekap lengkap dari SIPD"
        return _refused([*lines.findings, Finding("galat", book.name, "", "", "", "", rule, remedy)])
    if len(found) != 1:
        return _refused(lines.findings)
    known = find_stage(book, config, int(found[0]), stage)
    if isinstance(known, Finding):
        return _refused([*lines.findings, known])
    tables = {"opd": organisations(lines.frame), "anggaran": lines.frame.assign(tahap=known)}
    filled = Slice(NAME, int(found[0]), known, tuple(sorted(set(lines.frame["kode_opd"]))))
    return Reading(NAME, "", tables, lines.findings, (filled,))


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
    doubled = [*twins(grid, frame, TWINS), *exported_twice(grid, frame)]
    unlikely = [*doubtful(grid, canonical, columns["kode_sub_kegiatan"]), *numbering(whole)]
    return Part(frame, [*skipped, *totals(above, frame), *doubled, *unlikely, *found])


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
