"""Published figures: CSV files of press and other secondary figures, every row with its source."""

from __future__ import annotations

import pandas as pd

from pkanalysis.config import Config
from pkanalysis.intake.book import Book, text
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.published import figures, offices
from pkanalysis.intake.layouts.published.shapes import SHAPES, Shape, headers, matching
from pkanalysis.intake.reading import Layout, Reading, Slice
from pkanalysis.tables import TABLES

NAME = "angka_terbit"


def recognise(book: Book) -> str | None:
    """Why ``book`` holds published figures, or ``None``."""
    found = matching(book)
    if found is None:
        return None
    return f"judul kolom {', '.join(found.needed)} dan kolom sumber: angka terbit, topik {found.topic}"


def read(book: Book, config: Config, stage: str) -> Reading:  # noqa: ARG001 - published figures have no stage
    """Rows of ``angka_terbit`` (or ``opd`` and ``alias_opd``) of one CSV file.

    The slice is the topic, so that a corrected ``makro.csv`` replaces the old one and leaves ``apbd.csv`` alone.
    """
    shape = matching(book)
    if shape is None:
        raise ValueError("read() dipanggil untuk berkas yang tidak dikenali recognise()")
    rows = _rows(book, shape)
    findings = _unknown_columns(book, shape) + _overlong(book) + _nameless(book, rows, shape) + _twice(book, rows)
    rows = rows.dropna(subset=[shape.subject])
    findings += _without_source(book, rows)
    if shape.topic == "opd":
        tables, more = offices.read(book, rows, config.daerah)
        codes = tuple(tables["opd"]["kode_opd"])
    else:
        tables, more = figures.read(book, rows, shape)
        codes = ()
    piece = Slice(NAME, None, shape.topic, codes)
    return Reading(NAME, recognise(book) or "", tables, findings + more, (piece,))


def _rows(book: Book, shape: Shape) -> pd.DataFrame:
    """Every row as text under the names of our columns; empty cells missing, the place kept."""
    sheet, cells = next(iter(book.sheets.items()))
    heads = headers(book)
    lines = [[text(cell) for cell in row][: len(heads)] for row in cells[1:]]
    padded = [line + [""] * (len(heads) - len(line)) for line in lines]
    raw = pd.DataFrame(padded, columns=heads, dtype="str")
    named = raw[[name for name in raw if name in shape.columns]].rename(columns=shape.columns).replace("", pd.NA)
    full = named.reindex(columns=[*TABLES[shape.table].names, *named.columns.difference(TABLES[shape.table].names)])
    placed = full.astype("str").assign(lembar=sheet, baris=range(2, len(full) + 2))
    return placed[full.notna().any(axis=1)]


def _unknown_columns(book: Book, shape: Shape) -> list[Finding]:
    unknown = [name for name in headers(book) if name not in shape.columns]
    remedy = f"pakai salah satu: {', '.join(shape.columns)}"
    return [
        Finding("peringatan", book.name, "", "baris 1", name, "", "kolom ini tidak dikenal dan tidak dibaca", remedy)
        for name in unknown
    ]


def _overlong(book: Book) -> list[Finding]:
    _, *lines = next(iter(book.sheets.values()))
    width = len(headers(book))
    rule, remedy = "baris ini lebih panjang daripada judulnya", "apit isi yang memuat pemisah dengan tanda kutip"
    return [
        Finding("galat", book.name, "", f"baris {row}", "", text(line[width]), rule, remedy)
        for row, line in enumerate(lines, start=2)
        if any(text(cell) for cell in line[width:])
    ]


def _nameless(book: Book, rows: pd.DataFrame, shape: Shape) -> list[Finding]:
    rule, remedy = "baris ini tidak menyebut yang diukur", "isi namanya atau hapus barisnya"
    heading = next(name for name, column in shape.columns.items() if column == shape.subject)
    return [
        Finding("galat", book.name, "", f"baris {row}", heading, "", rule, remedy)
        for row in rows.loc[rows[shape.subject].isna(), "baris"]
    ]


def _twice(book: Book, rows: pd.DataFrame) -> list[Finding]:
    is_again = rows.drop(columns="baris").duplicated()
    return [
        Finding("peringatan", book.name, "", f"baris {row}", "", "", "sama dengan baris sebelumnya", "hapus salah satu")
        for row in rows.loc[is_again, "baris"]
    ]


def _without_source(book: Book, rows: pd.DataFrame) -> list[Finding]:
    rule, remedy = "setiap angka terbit harus punya sumber", "isi alamat sumbernya atau hapus barisnya"
    return [
        Finding("galat", book.name, "", f"baris {row}", "source", "", rule, remedy)
        for row in rows.loc[rows["sumber"].isna(), "baris"]
    ]


LAYOUT = Layout(
    name=NAME,
    title="Angka terbit (CSV bersumber)",
    looked_for="CSV dengan kolom source/sumber dan salah satu susunan: "
    + "; ".join(f"{shape.topic} ({', '.join(shape.needed)})" for shape in SHAPES),
    recognise=recognise,
    read=read,
)
