"""SIPD budget recap ("rekap5"): one line per paket with its pagu; the stage is not in the file."""

from __future__ import annotations

import re

from pkanalysis.config import Config, Stage
from pkanalysis.intake.book import Book
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.grid import MONTH_FIELDS, Grid, grids, has_table
from pkanalysis.intake.headings import find_header
from pkanalysis.intake.layouts.lines import join, organisations
from pkanalysis.intake.layouts.rekap5.fields import FIELDS
from pkanalysis.intake.layouts.rekap5.rows import TWINS, budget_lines
from pkanalysis.intake.layouts.repeated import once
from pkanalysis.intake.layouts.staged import by_stage, read_each
from pkanalysis.intake.reading import Layout, Reading, Slice
from pkanalysis.intake.titles import find_stage, mentioned

NAME = "rekap5"
_STAGED = re.compile(r"(?i)pagu\s+(apbd|murni|pergeseran|perubahan)")


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
    return [grid.said("peringatan", None, "pagu_rp", "", rule, "periksa pilihan --tahap")]


def _of_years(book: Book, found: list[int]) -> list[Finding]:
    """An error for sheets that are each of one year, but not of the same."""
    listed = ", ".join(map(str, found))
    rule, remedy = "lembarnya memuat lebih dari satu tahun", "satu berkas memuat satu tahun anggaran; pisahkan"
    return [Finding("galat", book.name, "", "", "tahun", listed, rule, remedy)] if found else []


def _refused(findings: list[Finding]) -> Reading:
    return Reading(NAME, "", {}, findings)


LAYOUT = Layout(
    NAME,
    "Rekap anggaran SIPD (rekap5)",
    "lembar dengan judul kolom KODE SKPD, NAMA SKPD, KODE SUB KEGIATAN, KODE REKENING dan PAGU",
    recognise,
    read,
    FIELDS,
)
