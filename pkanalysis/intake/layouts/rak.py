"""Monthly cash plan (RAK, anggaran kas): one line per account with twelve months and their sum."""

from __future__ import annotations

import pandas as pd

from pkanalysis.config import Config
from pkanalysis.intake.book import Book
from pkanalysis.intake.control import doubtful, numbering, totals
from pkanalysis.intake.dates import MONTHS
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.grid import (
    CUMULATIVE,
    CUMULATIVE_REMEDY,
    MAYBE_CUMULATIVE,
    MAYBE_REMEDY,
    MONTH_FIELDS,
    QUARTERS,
    Grid,
    fallen,
    grids,
    has_table,
    is_cumulative,
    missed,
    of_each_month,
)
from pkanalysis.intake.headings import Field
from pkanalysis.intake.layouts.lines import Part, accounts, join, keyless, leaves, organisations, years
from pkanalysis.intake.layouts.rekap5.fields import FIELDS as RECAP
from pkanalysis.intake.layouts.repeated import once
from pkanalysis.intake.reading import Layout, Reading, Slice
from pkanalysis.vocabulary import ROMAN

NAME = "rak"

_SHARED = (
    "nomor", "tahun", "kode_opd", "nama_opd", "kode_sub_unit", "kode_sub_kegiatan", "kode_sumber_dana", "kode_rekening"
)  # fmt: skip
_SUMS = {
    "jumlah": ("JUMLAH", "TOTAL", "JUMLAH (RP)", "TOTAL (RP)", "JUMLAH RAK", "TOTAL RAK", "JUMLAH SETAHUN"),
    "pagu": ("PAGU", "ANGGARAN", "PAGU ANGGARAN", "JUMLAH ANGGARAN", "NILAI ANGGARAN", "TOTAL PAGU", "PAGU (RP)"),
} | {
    name: tuple(f"{word} {number}" for word in ("TRIWULAN", "TW", "JUMLAH TRIWULAN", "JUMLAH TW", "TOTAL TW")
                for number in (roman, place))
    for place, (name, roman) in enumerate(zip(QUARTERS, ROMAN, strict=True), 1)
}  # fmt: skip
FIELDS = (
    *(field for field in RECAP if field.name in _SHARED),
    *MONTH_FIELDS,
    *(Field(name, headings, required=False) for name, headings in _SUMS.items()),
)
_TEXTS = ("kode_opd", "nama_opd", "kode_sub_unit", "kode_sumber_dana")
_KEYS = ("tahun", "kode_opd", "kode_sub_unit", "kode_sub_kegiatan", "kode_sumber_dana", "kode_rekening")


def recognise(book: Book) -> str | None:
    """Reason why the book is a cash plan, or ``None``."""
    sheet = has_table(book, FIELDS)
    return sheet and f"lembar {sheet} punya kolom KODE SKPD, KODE REKENING dan JANUARI sampai DESEMBER"


def read(book: Book, config: Config, stage: str) -> Reading:  # noqa: ARG001 (a cash plan has no stage of its own)
    """Cash plan per month (months of zero left out) and the organisations."""
    lines = join(once(book.name, [_lines(grid) for grid in grids(book, FIELDS)], (*_KEYS, *range(1, 13))))
    if lines.frame.empty:
        rule, remedy = "tidak ada baris dengan kode rekening", "unduh ulang anggaran kas lengkap dari SIPD"
        return Reading(NAME, "", {}, [*lines.findings, Finding("galat", book.name, "", "", "", "", rule, remedy)])
    tables = {"opd": organisations(lines.frame), "rencana_kas": _monthly(lines.frame)}
    year = lines.frame["tahun"].dropna().max()
    filled = Slice(NAME, None if pd.isna(year) else int(year), "", tuple(sorted(set(lines.frame["kode_opd"]))))
    return Reading(NAME, "", tables, lines.findings, (filled,))


def _lines(whole: Grid) -> Part:
    grid, above, skipped = leaves(whole)
    canonical, strange = accounts(grid)
    year, wrong_years = years(grid)
    read = {name: grid.amounts(name) for name in (*MONTHS, *(name for name in _SUMS if name in grid.header.columns))}
    given = pd.DataFrame({_column(name): values for name, (values, _) in read.items()})
    table, doubts = _each_month(grid, given)
    frame = pd.DataFrame(
        {name: grid.texts(name) for name in _TEXTS}
        | {"kode_sub_kegiatan": grid.activities("kode_sub_kegiatan"), "kode_rekening": canonical}
        | {"tahun": pd.Series(year, dtype="Int64"), "lembar": grid.sheet, "baris": grid.rows}
    ).join(table)
    wrong = [finding for _, findings in read.values() for finding in findings]
    sums = totals(above, frame.rename(columns=_name), tuple(read)) if not is_cumulative(given) else []
    keys = [*keyless(grid, ("kode_opd", "kode_sub_kegiatan")), *numbering(whole)]
    keys += doubtful(grid, canonical, grid.activities("kode_sub_kegiatan"))
    return Part(frame, [*skipped, *strange, *wrong_years, *keys, *_twice(grid, frame), *wrong, *doubts, *sums])


def _column(name: str) -> int | str:
    """Months go by their number, sums by their name."""
    return MONTHS.index(name) + 1 if name in MONTHS else name


def _name(column: int | str) -> str:
    return MONTHS[column - 1] if isinstance(column, int) else column


def _each_month(grid: Grid, table: pd.DataFrame) -> tuple[pd.DataFrame, list[Finding]]:
    """Figures of each month, with what was said about cumulative ones and about sums that are not met."""
    found = is_cumulative(table)
    each = of_each_month(table) if found else table
    told = {True: (CUMULATIVE, CUMULATIVE_REMEDY), None: (MAYBE_CUMULATIVE, MAYBE_REMEDY)}
    notes = [grid.said("peringatan", None, "desember", "", *told[found])] if found in told else []
    missing = [*missed(each.drop(columns=list(QUARTERS), errors="ignore")), *fallen(each)] if found else missed(each)
    remedy = "periksa bulan mana yang salah di berkas asal"
    return each, notes + [
        grid.said("peringatan", miss.line, _field(miss.column), str(miss.printed), miss.rule, remedy)
        for miss in missing
    ]


def _field(column: str) -> str:
    return MONTHS[int(column) - 1] if column.isdigit() else column


def _twice(grid: Grid, frame: pd.DataFrame) -> list[Finding]:
    """A warning for the first line whose keys stand above already."""
    again = frame.duplicated(list(_KEYS))
    if not again.any():
        return []
    line = int(again.to_numpy().argmax())
    rule = f"{int(again.sum())} baris berkunci sama dengan baris di atasnya; semua dihitung"
    code = grid.texts("kode_rekening")[line]
    return [grid.said("peringatan", line, "kode_rekening", code, rule, "hapus salah satu bila terketik ganda")]


def _monthly(frame: pd.DataFrame) -> pd.DataFrame:
    long = frame.melt([*_KEYS, "lembar", "baris"], list(range(1, 13)), "bulan", "rencana_rp")
    long["bulan"] = long["bulan"].astype("Int64")
    return long[long["rencana_rp"].fillna(0) != 0].sort_values(["lembar", "baris", "bulan"])


LAYOUT = Layout(
    NAME,
    "Anggaran kas (RAK) per bulan",
    "lembar dengan judul kolom TAHUN, KODE SKPD, KODE SUB KEGIATAN, KODE REKENING dan JANUARI sampai DESEMBER",
    recognise,
    read,
    FIELDS,
)
