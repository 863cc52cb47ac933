"""Budget lines: what every SIPD list of lines shares (accounts, leaf rows, organisations, place)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from pkanalysis import codes
from pkanalysis.intake.amounts import TOTAL, is_words
from pkanalysis.intake.dates import year
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.grid import Grid
from pkanalysis.intake.headings import Field

ACTIVITY_FIELDS = (
    Field("kode_bidang_urusan", ("KODE BIDANG URUSAN",), required=False),
    Field("nama_bidang_urusan", ("NAMA BIDANG URUSAN",), required=False),
    Field("kode_program", ("KODE PROGRAM",), required=False),
    Field("nama_program", ("NAMA PROGRAM",), required=False),
    Field("kode_kegiatan", ("KODE KEGIATAN", "KODE GIAT"), required=False),
    Field("nama_kegiatan", ("NAMA KEGIATAN", "NAMA GIAT"), required=False),
    Field("kode_sub_kegiatan", ("KODE SUB KEGIATAN", "KODE SUB GIAT")),
    Field("nama_sub_kegiatan", ("NAMA SUB KEGIATAN", "NAMA SUB GIAT"), required=False),
)
"""The columns from bidang urusan down to sub kegiatan, as SIPD names them in every list of lines."""


@dataclass(frozen=True)
class Part:
    """Tidy rows of one sheet, with what was noticed there."""

    frame: pd.DataFrame
    findings: list[Finding] = field(default_factory=list)


def join(parts: Iterable[Part]) -> Part:
    """Parts one below the other."""
    every = list(parts)
    frame = pd.concat([part.frame for part in every], ignore_index=True)
    return Part(frame, [finding for part in every for finding in part.findings])


def leaves(grid: Grid) -> tuple[Grid, Grid, list[Finding]]:
    """Lines that have an account, the parent and total rows among them, and a note that counts those."""
    whole = len(grid)
    grid = _without_words(grid)
    written = grid.texts("kode_rekening")
    sums = {code for code in set(written) if not code or TOTAL.match(code)}
    sums |= {code for code in set(written) - sums if 0 < len(codes.key(code)) < len(codes.ACCOUNT_WIDTHS)}
    keep = [code not in sums for code in written]
    keep = _alone(grid, written, keep) if any(sums) else keep
    skipped = whole - sum(keep)
    if not skipped:
        return grid, grid.where([False] * len(grid)), []
    rule = f"{skipped} baris tanpa kode rekening (baris induk atau jumlah) tidak disimpan"
    note = grid.said("catatan", None, "kode_rekening", "", rule, "tidak perlu diubah bila memang baris induk")
    return grid.where(keep), grid.where([not kept for kept in keep]), [note]


def _without_words(grid: Grid) -> Grid:
    """The grid without signatures and notes; only rows without an account are looked at."""
    written = grid.texts("kode_rekening")
    coded = {code for code in set(written) if codes.key(code)}
    names = list(grid.cells)
    has_words = [
        code not in coded and is_words([grid.cells[name][line] for name in names]) for line, code in enumerate(written)
    ]
    return grid.where([not words for words in has_words]) if any(has_words) else grid


def _alone(grid: Grid, written: list[str], keep: list[bool]) -> list[bool]:
    """Keep also short accounts that no line stands under, of the same SKPD and sub kegiatan where they name one."""
    rows = list(zip(grid.texts("kode_opd"), grid.activities("kode_sub_kegiatan"), map(codes.key, written), strict=True))
    covered = {
        (office, activity, account[:length])
        for (own, under, account), kept in zip(rows, keep, strict=True) if kept
        for office in {own, ""} for activity in {under, ""} for length in range(1, len(account))
    }  # fmt: skip
    shorts = {row for row, kept in zip(rows, keep, strict=True) if not kept and row[2]}
    covered |= {
        (office, activity, account[:length])
        for own, under, account in shorts
        for office in {own, ""} for activity in {under, ""} for length in range(1, len(account))
    }  # fmt: skip
    return [kept or (row[2] != () and row not in covered) for row, kept in zip(rows, keep, strict=True)]


def accounts(grid: Grid) -> tuple[list[str], list[Finding]]:
    """Account column in its one form.

    The 2019 numbering keeps the file out; an account that cannot be read is kept as written, with a warning.
    """
    written = [_bare(code) for code in grid.texts("kode_rekening")]
    if codes.is_2019_numbering(written):
        rule = "kode rekening memakai penomoran Permendagri 90/2019, yang artinya berbeda"
        remedy = "unduh ulang dengan kode rekening pemutakhiran (sub rincian objek 4 digit)"
        return written, [grid.said("galat", 0, "kode_rekening", written[0], rule, remedy)]
    strange = {code for code in set(written) if not codes.key(code)}
    unknown = {code for code in set(written) - strange if not codes.is_known_kind(codes.key(code))}
    findings = [
        grid.said("peringatan", written.index(code), "kode_rekening", code,
                     "akun, kelompok atau jenis rekening ini tidak dikenal", "periksa kode di berkas asal")
        for code in sorted(unknown)
    ]  # fmt: skip
    findings += [
        grid.said("peringatan", written.index(code), "kode_rekening", code,
                     "bukan kode rekening, sehingga tidak dapat digolongkan", "perbaiki kode di berkas asal")
        for code in sorted(strange)
    ]  # fmt: skip
    shared = {code: codes.canonical(code) if code not in strange else code for code in set(written)}
    return [shared[code] for code in written], findings


def _bare(code: str) -> str:
    """An account without its name behind it, as some lists write both in one cell.

    Examples
    --------
    >>> _bare("5.1.02.04.01.0001 Perjalanan"), _bare("5.1.02. 04"), _bare("Belanja 5")
    ('5.1.02.04.01.0001', '5.1.02. 04', 'Belanja 5')
    """
    first, _, name = code.partition(" ")
    is_named = any(sign.isalpha() for sign in name) and codes.is_account(first)
    return first if is_named else code


def years(grid: Grid) -> tuple[list[int | None], list[Finding]]:
    """Year column, or the year above the table; a line without a year, or a second year, keeps the file out."""
    if "tahun" not in grid.cells:
        return _year_above(grid)
    written = grid.texts("tahun")
    known = {words: year(words) for words in set(written)}
    remedy = "satu berkas memuat satu tahun anggaran; unduh ulang atau pisahkan"
    findings = [
        grid.said("galat", written.index(words), "tahun", words, "bukan tahun anggaran", remedy)
        for words in sorted(known)
        if known[words] is None
    ]
    found = sorted({value for value in known.values() if value})
    if len(found) > 1:
        listed = ", ".join(map(str, found))
        findings.append(grid.said("galat", None, "tahun", listed, "memuat lebih dari satu tahun", remedy))
    return [known[words] for words in written], findings


def _year_above(grid: Grid) -> tuple[list[int | None], list[Finding]]:
    """The year that the rows above the table, its sheet or its file name, for every line."""
    words = (*grid.above, grid.sheet, Path(grid.file).stem.replace("_", " "))
    found = next((value for value in map(year, words) if value), None)
    rule, remedy = "tahun anggaran tidak tertulis", "tulis 'TAHUN ANGGARAN …' di atas tabel atau di nama berkas"
    missing = [] if found else [Finding("galat", grid.file, grid.sheet, "", "", "", rule, remedy)]
    return [found] * len(grid), missing


def keyless(grid: Grid, names: Iterable[str]) -> list[Finding]:
    """An error for the first line of the sheet with a blank key, per column of ``names`` that the sheet has."""
    findings = []
    for name in (name for name in names if name in grid.header.columns):
        empty = [line for line, words in enumerate(grid.texts(name)) if not words]
        if empty:
            rule = f"kosong pada {len(empty)} baris yang berkode rekening"
            findings.append(grid.said("galat", empty[0], name, "", rule, "lengkapi di berkas asal"))
    return findings


def twins(grid: Grid, frame: pd.DataFrame, names: Sequence[str]) -> list[Finding]:
    """A warning for lines of ``frame`` that are alike in every column of ``names``, at the first that repeats."""
    again = frame.duplicated(list(names))
    if not again.any():
        return []
    line = int(again.to_numpy().argmax())
    alike = frame[list(names)].apply(lambda column: column.isin([column[line]]))  # a blank amount is like another
    first = int(alike.all(axis=1).to_numpy().argmax())
    rule = f"{int(again.sum())} baris sama persis dengan baris di atasnya (ini sama dengan baris {grid.rows[first]})"
    return [grid.said("peringatan", line, "kode_rekening", grid.texts("kode_rekening")[line],
                         f"{rule}; semua dihitung", "hapus salah satu bila terketik ganda")]  # fmt: skip


def organisations(frame: pd.DataFrame) -> pd.DataFrame:
    """One ``opd`` row per SKPD code in ``frame``, with the first name written for it.

    Examples
    --------
    >>> lines = pd.DataFrame({"kode_opd": ["X1", "X1"], "nama_opd": ["Dinas A", "Dinas A"], "lembar": "S", "baris": 2})
    >>> organisations(lines)[["kode_opd", "nama_opd"]].values.tolist()
    [['X1', 'Dinas A']]
    """
    named = frame[["kode_opd", "nama_opd", "lembar", "baris"]]
    return named[named["kode_opd"].ne("")].drop_duplicates("kode_opd").reset_index(drop=True)
