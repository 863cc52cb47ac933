"""Cash plan of one OPD beside its spending, as target and realisasi rows per month.

Belanja stands as one line or per kelompok; its account is that of the line (5, 5.1, 5.2, …).
"""

from __future__ import annotations

import pandas as pd

from pkanalysis.config import Config
from pkanalysis.intake.book import Book
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.grid import is_cumulative, of_each_month
from pkanalysis.intake.layouts.anggaran_kas.figures import figures, parted, unmet
from pkanalysis.intake.layouts.anggaran_kas.sheets import Line, Sheet, sheets, shifted
from pkanalysis.intake.reading import Layout, Reading, Slice

NAME = "anggaran_kas"
VALUES = {"rencana_kas": "rencana_rp", "realisasi_anggaran": "realisasi_rp"}


def recognise(book: Book) -> str | None:
    """Reason why the book is such a form, or ``None``."""
    found = next(iter(sheets(book)), None)
    if found is None:
        return None
    return f"lembar {found.name} punya baris TARGET dan REALISASI belanja dengan kolom Januari–Desember"


def read(book: Book, config: Config, stage: str) -> Reading:  # noqa: ARG001 (a cash plan has no stage)
    """Plan and spending per month; months of nought are left out."""
    found = sheets(book)
    findings = [finding for sheet in found for finding in _missing(book, sheet)]
    parts = [_rows(book, sheet, findings) for sheet in found]
    if any(finding.severity == "galat" for finding in findings):
        return Reading(NAME, "", {}, findings)
    rows = pd.concat(parts, ignore_index=True)
    opd = rows.drop_duplicates("kode_opd")[["kode_opd", "nama_opd", "lembar", "baris"]]
    tables = {"opd": opd} | {
        name: rows[rows["tabel"] == name].drop(columns="tabel").rename(columns={"nilai": value})
        for name, value in VALUES.items()
    }
    tables["rencana_kas"] = tables["rencana_kas"].drop(columns="nama_opd")
    slices = tuple(Slice(NAME, sheet.head.year, "", (sheet.head.code,)) for sheet in found)
    return Reading(NAME, "", tables, findings, slices)


def _missing(book: Book, sheet: Sheet) -> list[Finding]:
    checks = (
        (not sheet.head.code, "kepala berkas tidak menyebut perangkat daerah", "tulis nama OPD di atas tabel"),
        (sheet.head.year is None, "tahun anggaran tidak tertulis", "tulis 'TAHUN ANGGARAN …' di atas tabel"),
    )
    return [
        Finding("galat", book.name, sheet.name, "", "", "", rule, remedy) for fails, rule, remedy in checks if fails
    ] + [*_unread(book, sheet), *_moved(book, sheet), *_twice(book, sheet)]


def _unread(book: Book, sheet: Sheet) -> list[Finding]:
    """A warning per row of belanja that does not say whether it is target or realisasi."""
    rule, remedy = "baris belanja tanpa TARGET atau REALISASI tidak dibaca", "tulis keterangannya di depan angkanya"
    return [Finding("peringatan", book.name, sheet.name, f"baris {row}", "", "", rule, remedy) for row in sheet.loose]


def _moved(book: Book, sheet: Sheet) -> list[Finding]:
    """An error per row whose months stand one column too far to the left."""
    rule, remedy = "ada angka di depan kolom bulan pertama; barisnya bergeser", "geser kembali sel baris itu"
    rows = shifted(book.sheets[sheet.name], sheet)
    return [Finding("galat", book.name, sheet.name, f"baris {row}", "", "", rule, remedy) for row in rows]


def _twice(book: Book, sheet: Sheet) -> list[Finding]:
    """A warning per row whose kind of belanja stands above already, in the same table."""
    first: dict[tuple[str, str], Line] = {}
    found = []
    for line in [*sheet.lines, *sheet.sums]:
        earlier = first.setdefault((line.table, line.account), line)
        if earlier is not line:
            rule, remedy = f"belanja ini sudah ada di baris {earlier.row}; keduanya dihitung", "hapus salah satu"
            found.append(Finding("peringatan", book.name, sheet.name, f"baris {line.row}", "", "", rule, remedy))
    return found


def _rows(book: Book, sheet: Sheet, findings: list[Finding]) -> pd.DataFrame:
    """Long rows; what is no amount, what does not add up and what may be cumulative goes to ``findings``."""
    rows = []
    for table in VALUES:
        lines = [line for line in sheet.lines if line.table == table]
        sums = [line for line in sheet.sums if line.table == table]
        read = figures(book, sheet, [*lines, *sums], findings)
        findings += [*unmet(book, sheet, [*lines, *sums], read), *parted(book, sheet, lines, sums, read)]
        each = (of_each_month(read) if is_cumulative(read) else read).fillna(0).to_dict("list")
        rows += [
            {"tabel": table, "bulan": number, "nilai": each[number][place], "kode_rekening": line.account,
             "baris": line.row}
            for place, line in enumerate(lines) for number in range(1, 13)
            if each[number][place]
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
