"""The budget lines of a recap: codes in their one form, pagu in rupiah, and what is doubtful in them."""

from __future__ import annotations

import pandas as pd

from pkanalysis.intake.checks import exported_twice
from pkanalysis.intake.control import doubtful, numbering, totals
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.grid import Grid
from pkanalysis.intake.layouts.lines import Part, accounts, keyless, leaves, twins, years

_TEXTS = (
    "kode_opd", "nama_opd", "kode_sub_unit", "nama_sub_unit", "nama_bidang_urusan", "nama_program",
    "nama_kegiatan", "nama_sub_kegiatan", "kode_sumber_dana", "nama_sumber_dana", "nama_rekening", "paket",
)  # fmt: skip
TWINS = ("kode_opd", "kode_sub_unit", "kode_sub_kegiatan", "kode_sumber_dana", "kode_rekening", "paket", "pagu_rp")
"""Columns in which a line that was typed or pasted twice agrees with the first."""
_ACTIVITIES = ("kode_program", "kode_kegiatan", "kode_sub_kegiatan")


def budget_lines(whole: Grid) -> Part:
    """Leaf lines of a grid with the columns of the recap, codes in their one form, pagu in rupiah."""
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
