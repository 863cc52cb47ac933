"""Rupiah of a cash plan, and what its quarters, sums and kinds of belanja say against its months."""

from __future__ import annotations

import pandas as pd

from pkanalysis.intake.amounts import rupiah
from pkanalysis.intake.book import Book, cell_name
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.grid import (
    CUMULATIVE,
    CUMULATIVE_REMEDY,
    MAYBE_CUMULATIVE,
    MAYBE_REMEDY,
    QUARTERS,
    fallen,
    is_cumulative,
    missed,
    of_each_month,
)
from pkanalysis.intake.layouts.anggaran_kas.sheets import Line, Sheet


def figures(book: Book, sheet: Sheet, lines: list[Line], findings: list[Finding]) -> pd.DataFrame:
    """Rupiah per line (by its position) and column; what is no amount goes to ``findings``."""
    columns = {}
    for key, column in sheet.columns.items():
        read = rupiah([line.cells[key] for line in lines], sheet.factor)
        columns[key] = pd.array(read.figures, dtype="Int64")
        findings += [
            Finding("galat", book.name, sheet.name, cell_name(lines[cell.position].row - 1, column), "", cell.text,
                    cell.reason, "tulis angka rupiah saja")
            for cell in read.problems
        ]  # fmt: skip
    return pd.DataFrame(columns)


def unmet(book: Book, sheet: Sheet, lines: list[Line], table: pd.DataFrame) -> list[Finding]:
    """Warnings for quarters and sums that are not those of their months, and for months that seem cumulative."""
    running = is_cumulative(table) if len(table) else False
    told = {True: (CUMULATIVE, CUMULATIVE_REMEDY), None: (MAYBE_CUMULATIVE, MAYBE_REMEDY)}
    place = f"baris {lines[0].row}" if lines else ""
    notes = [Finding("peringatan", book.name, sheet.name, place, "", "", *told[running])] if running in told else []
    each = of_each_month(table).drop(columns=list(QUARTERS), errors="ignore") if running else table
    return notes + [
        Finding("peringatan", book.name, sheet.name,
                cell_name(lines[miss.line].row - 1, sheet.columns[_key(miss.column)]), "",
                str(miss.printed), miss.rule, "periksa bulan mana yang salah di berkas asal")
        for miss in ((*missed(each), *(fallen(each) if running else ())) if len(table) else ())
    ]  # fmt: skip


def _key(column: str) -> int | str:
    return int(column) if column.isdigit() else column


def parted(book: Book, sheet: Sheet, lines: list[Line], sums: list[Line], table: pd.DataFrame) -> list[Finding]:
    """A warning per month whose BELANJA is not the sum of its kinds; the kinds are taken."""
    added = table.iloc[: len(lines)].fillna(0).sum()
    printed = table.astype(object).where(table.notna(), None).to_dict("list")
    rule = "jumlah ini tidak sama dengan jumlah barisnya, {}; yang dipakai adalah barisnya"
    return [
        Finding("peringatan", book.name, sheet.name, cell_name(line.row - 1, column), "", str(printed[key][place]),
                rule.format(int(added[key])), "periksa kelompok belanja yang kurang atau berubah")
        for place, line in enumerate(sums, len(lines)) for key, column in sheet.columns.items()
        if printed[key][place] is not None and printed[key][place] != added[key]
    ]  # fmt: skip
