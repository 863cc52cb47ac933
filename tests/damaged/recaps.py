"""Rekap5, damaged in every way that is met in its cells."""

from __future__ import annotations

from collections.abc import Callable

from damaged import lines, saving
from damaged.page import Page
from damaged.planting import Damage, Pages, Paper, Severity

OFFICES = ("BAPPEDA", "DINSOS", "DPKP")
PAGU, ACCOUNT = "PAGU", "KODE REKENING"


def clean() -> Pages:
    """A rekap5 of three offices."""
    return recap("murni", *OFFICES)


def recap(stage: str, *offices: str, year: int = 2025) -> Pages:
    """A rekap5."""
    frame = lines.recap(stage, *offices, year=year)
    return [Page("Rekap CONTOH", [list(frame.columns), *frame.values.tolist()])]


def with_totals() -> Pages:
    """The same with a row above every office and one for all, each with its sum."""
    (page,) = clean()
    frame = lines.recap("murni", *OFFICES)
    body: list[list[object]] = []
    for (code, name), own in frame.groupby(["KODE SKPD", "NAMA SKPD"], sort=False):
        head = {"KODE SKPD": code, "NAMA SKPD": name, "PAGU": int(own["PAGU"].sum())}
        body += [[head.get(str(title), "") for title in frame.columns], *own.values.tolist()]
    total = {"NO": "JUMLAH", "PAGU": int(frame["PAGU"].sum())}
    body.append([total.get(str(title), "") for title in frame.columns])
    return [Page(page.name, [page.rows[0], *body])]


def file_name(slug: str, suffix: str = "xlsx") -> str:
    """Name of a rekap5 of 2025 murni; ``slug`` says what it is about."""
    return f"rekap5_2025_murni_{slug}_CONTOH.{suffix}"


def _bad(
    slug: str,
    severity: Severity,
    what: str,
    do: Callable[[Page], str | tuple[str, ...]],
    make: Callable[[], Pages] = clean,
) -> Paper:
    return Paper(file_name(slug), make, saving.as_workbook, (Damage(what, severity, do),))


def _mixed(page: Page) -> tuple[str, str]:
    return page.put(2, PAGU, "48.432.000"), page.put(5, PAGU, "12,500,000")


def _old_numbering(page: Page) -> str:
    page.fill(ACCOUNT, [f"{code[:13]}{code[-3:]}" for code in (row[18] for row in page.rows[1:])])
    return page.place(1, ACCOUNT)


def _two_years(page: Page) -> str:
    page.put(9, "TAHUN", 2024)
    return ""


def _shifted(page: Page) -> tuple[str, ...]:
    page.shift(4)
    return (page.place(4, "TAHUN"), page.place(4, PAGU), page.place(4, ACCOUNT), page.place(4, "KODE SUB KEGIATAN"),
            page.place(5, "NO"))  # fmt: skip


def _changed(page: Page) -> tuple[str, str]:
    """Change a pagu: the row above its office and the last row no longer hold."""
    page.put(3, PAGU, 1)
    return page.place(1, PAGU), page.place(-1, PAGU)


def by_unit() -> Pages:
    """A rekap5 of an office whose lines are those of its sub unit."""
    (page,) = recap("murni", "KEC11")
    count = len(page.rows) - 1
    page.fill("KODE SUB UNIT", [f"{page.cell(1, 'KODE SKPD')[:-4]}0001"] * count)
    page.fill("NAMA SUB UNIT", ["Kelurahan Contoh"] * count)
    return [page]


def _both_levels(page: Page) -> str:
    """Add the same lines once more under the SKPD itself."""
    first = len(page.rows)
    page.rows += [[*row[:6], row[4], row[5], *row[8:]] for row in page.rows[1:]]
    return page.place(first, "KODE SUB UNIT")


FILES = (
    Paper(file_name("bersih"), clean, saving.as_workbook),
    Paper(file_name("berjumlah"), with_totals, saving.as_workbook),
    _bad("pagu_kata", "galat", "pagu ditulis dengan kata", lambda page: page.put(3, PAGU, "seratus juta")),
    _bad("pagu_kosong", "galat", "pagu kosong", lambda page: page.put(3, PAGU, "")),
    _bad("pagu_ref", "galat", "pagu berisi #REF! dari rumus yang putus",
         lambda page: page.put(7, PAGU, "#REF!")),
    _bad("pagu_campur", "galat", "1.234 dan 1,234 dalam satu kolom", _mixed),
    _bad("pagu_ilmiah", "peringatan", "angka belakang hilang dalam notasi ilmiah",
         lambda page: page.put(6, PAGU, "2,61024E+11")),
    _bad("kunci_kosong", "galat", "kode SKPD kosong", lambda page: page.put(5, "KODE SKPD", "")),
    _bad("tahun_kata", "galat", "tahun bukan angka",
         lambda page: page.put(2, "TAHUN", "tahun ini")),
    _bad("dua_tahun", "galat", "dua tahun anggaran dalam satu berkas", _two_years),
    _bad("kode_rusak", "peringatan", "kode rekening rusak", lambda page: page.put(4, ACCOUNT, "5.1.02.0x")),
    _bad("kode_2019", "galat", "penomoran Permendagri 90/2019", _old_numbering),
    _bad("bergeser", "galat", "sel satu baris bergeser ke kanan", _shifted),
    _bad("ganda", "peringatan", "baris tercatat dua kali", lambda page: page.repeat(6, ACCOUNT)),
    _bad("jumlah_salah", "peringatan", "jumlah tidak sama dengan barisnya",
         lambda page: page.put(-1, PAGU, page.cell(-1, PAGU) - 1_000_000), with_totals),
    _bad("pagu_berubah", "peringatan", "satu pagu berubah, jumlahnya tidak",
         _changed, with_totals),
    Paper(file_name("sub_unit"), by_unit, saving.as_workbook),
    _bad("dua_tingkat", "peringatan", "baris SKPD dan sub unitnya sama-sama diunduh", _both_levels, by_unit),
)  # fmt: skip
