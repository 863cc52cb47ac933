"""Cash plan of one OPD beside its spending, as target and realisasi rows per month.

Belanja stands as one line or per kelompok; its account is that of the line (5, 5.1, 5.2, …).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from pkanalysis.config import Config
from pkanalysis.intake.amounts import rupiah
from pkanalysis.intake.dates import month
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.reading import Layout, Reading, Slice
from pkanalysis.intake.sheets import Book, Rows, cell_name, normal
from pkanalysis.intake.tiers.heads import Head, head

NAME = "anggaran_kas"
LOOK_ROWS = 60

KINDS = {
    **dict.fromkeys(("target", "rencana", "anggarankas", "rak", "rencanakas"), "rencana_kas"),
    "realisasi": "realisasi_anggaran",
}
VALUES = {"rencana_kas": "rencana_rp", "realisasi_anggaran": "realisasi_rp"}
ACCOUNTS = {
    "pendapatan": "", "pembiayaan": "", "penerimaanpembiayaan": "", "pengeluaranpembiayaan": "",
    "belanja": "5", "belanjadaerah": "5", "jumlahbelanja": "5", "totalbelanja": "5", "belanjaoperasi": "5.1",
    "belanjamodal": "5.2", "belanjatidakterduga": "5.3", "belanjatransfer": "5.4",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One row: its 1-based row, table, account and raw cells per month."""

    row: int
    table: str
    account: str
    cells: dict[int, Any]


@dataclass(frozen=True)
class Sheet:
    """A sheet with its head, its month columns (0-based, by month), and its belanja lines."""

    name: str
    head: Head
    months: dict[int, int]
    lines: list[Line] = field(default_factory=list)


def recognise(book: Book) -> str | None:
    """Reason why the book is such a form, or ``None``."""
    found = next(iter(_sheets(book)), None)
    if found is None:
        return None
    return f"lembar {found.name} punya baris TARGET dan REALISASI belanja dengan kolom Januari–Desember"


def read(book: Book, config: Config, stage: str) -> Reading:  # noqa: ARG001 (a cash plan has no stage)
    """Plan and spending per month; months of nought are left out."""
    sheets = _sheets(book)
    findings = [finding for sheet in sheets for finding in _missing(book, sheet)]
    parts = [_rows(book, sheet, findings) for sheet in sheets]
    if any(finding.severity == "galat" for finding in findings):
        return Reading(NAME, "", {}, findings)
    rows = pd.concat(parts, ignore_index=True)
    opd = rows.drop_duplicates("kode_opd")[["kode_opd", "nama_opd", "lembar", "baris"]]
    tables = {"opd": opd} | {
        name: rows[rows["tabel"] == name].drop(columns="tabel").rename(columns={"nilai": value})
        for name, value in VALUES.items()
    }
    tables["rencana_kas"] = tables["rencana_kas"].drop(columns="nama_opd")
    slices = tuple(Slice(NAME, sheet.head.year, "", (sheet.head.code,)) for sheet in sheets)
    return Reading(NAME, "", tables, findings, slices)


def _sheets(book: Book) -> list[Sheet]:
    found = (_sheet(book, name, rows) for name, rows in book.sheets.items())
    return [sheet for sheet in found if sheet and sheet.lines]


def _sheet(book: Book, name: str, rows: Rows) -> Sheet | None:
    """The sheet read below the row that names all twelve months."""
    for place, row in enumerate(rows[:LOOK_ROWS]):
        months = {number: column for column, cell in enumerate(row) if (number := month(cell))}
        if len(months) == 12:
            above = head(rows[:place], (name, book.path.stem))
            return Sheet(name, above, months, _lines(rows, place + 1, months))
    return None


def _lines(rows: Rows, first: int, months: dict[int, int]) -> list[Line]:
    """Belanja rows; parts and their sum both there, the parts are taken."""
    lines, account = [], ""
    for number, row in enumerate(rows[first:], first + 1):
        left = [normal(cell) for cell in row[: min(months.values())]]
        account = next((ACCOUNTS[words] for words in left if words in ACCOUNTS), account)
        table = next((KINDS[words] for words in left if words in KINDS), "")
        if account and table:
            lines.append(Line(number, table, account, {key: _cell(row, column) for key, column in months.items()}))
    has_parts = {line.table for line in lines if len(line.account) > 1}
    return [line for line in lines if len(line.account) > 1 or line.table not in has_parts]


def _cell(row: Sequence[Any], column: int) -> Any:
    return row[column] if column < len(row) else ""


def _missing(book: Book, sheet: Sheet) -> list[Finding]:
    checks = (
        (not sheet.head.code, "kepala berkas tidak menyebut perangkat daerah", "tulis nama OPD di atas tabel"),
        (sheet.head.year is None, "tahun anggaran tidak tertulis", "tulis 'TAHUN ANGGARAN …' di atas tabel"),
    )
    return [
        Finding("galat", book.name, sheet.name, "", "", "", rule, remedy) for fails, rule, remedy in checks if fails
    ]


def _rows(book: Book, sheet: Sheet, findings: list[Finding]) -> pd.DataFrame:
    """Long rows; what is no amount goes to ``findings``."""
    rows = []
    for line in sheet.lines:
        read = rupiah(list(line.cells.values()))
        numbers = list(line.cells)
        findings += [
            Finding("galat", book.name, sheet.name, cell_name(line.row - 1, sheet.months[numbers[cell.position]]), "",
                    cell.text, cell.reason, "tulis angka rupiah saja")
            for cell in read.problems
        ]  # fmt: skip
        rows += [
            {"tabel": line.table, "bulan": number, "nilai": value, "kode_rekening": line.account, "baris": line.row}
            for number, value in zip(numbers, read.figures, strict=True) if value
        ]  # fmt: skip
    columns = ["tabel", "bulan", "nilai", "kode_rekening", "baris"]
    return pd.DataFrame(rows, columns=columns).assign(
        tahun=sheet.head.year, kode_opd=sheet.head.code, nama_opd=sheet.head.name, lembar=sheet.name,
        kode_sub_unit="", kode_sub_kegiatan="", kode_sumber_dana="",
    )  # fmt: skip


LAYOUT = Layout(
    NAME,
    "Anggaran kas: target dan realisasi belanja per bulan",
    "lembar dengan kolom Januari sampai Desember dan baris BELANJA bertanda TARGET dan REALISASI",
    recognise,
    read,
)
