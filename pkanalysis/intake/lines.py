"""Budget lines: what every SIPD list of lines shares (accounts, leaf rows, organisations, place)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from pkanalysis import codes
from pkanalysis.intake.columns import Field, Grid
from pkanalysis.intake.dates import year
from pkanalysis.intake.findings import Finding

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


def leaves(grid: Grid) -> tuple[Grid, list[Finding]]:
    """Lines that have an account; parent and total rows are left out, and counted."""
    keep = [code != "" for code in grid.texts("kode_rekening")]
    skipped = len(grid) - sum(keep)
    if not skipped:
        return grid, []
    rule = f"{skipped} baris tanpa kode rekening (baris induk atau jumlah) tidak disimpan"
    note = grid.finding("catatan", None, "kode_rekening", "", rule, "tidak perlu diubah bila memang baris induk")
    return grid.where(keep), [note]


def accounts(grid: Grid) -> tuple[list[str], list[Finding]]:
    """Account column in its one form.

    The 2019 numbering keeps the file out; an account that cannot be read is kept as written, with a warning.
    """
    written = grid.texts("kode_rekening")
    if codes.is_2019_numbering(written):
        rule = "kode rekening memakai penomoran Permendagri 90/2019, yang artinya berbeda"
        remedy = "unduh ulang dengan kode rekening pemutakhiran (sub rincian objek 4 digit)"
        return written, [grid.finding("galat", 0, "kode_rekening", written[0], rule, remedy)]
    strange = {code for code in set(written) if not codes.key(code)}
    findings = [
        grid.finding("peringatan", written.index(code), "kode_rekening", code,
                     "bukan kode rekening, sehingga tidak dapat digolongkan", "perbaiki kode di berkas asal")
        for code in sorted(strange)
    ]  # fmt: skip
    shared = {code: codes.canonical(code) if code not in strange else code for code in set(written)}
    return [shared[code] for code in written], findings


def years(grid: Grid) -> tuple[list[int | None], list[Finding]]:
    """Year column; a line without a year, or a second year, keeps the file out."""
    written = grid.texts("tahun")
    known = {words: year(words) for words in set(written)}
    remedy = "satu berkas memuat satu tahun anggaran; unduh ulang atau pisahkan"
    findings = [
        grid.finding("galat", written.index(words), "tahun", words, "bukan tahun anggaran", remedy)
        for words in sorted(known)
        if known[words] is None
    ]
    found = sorted({value for value in known.values() if value})
    if len(found) > 1:
        listed = ", ".join(map(str, found))
        findings.append(grid.finding("galat", None, "tahun", listed, "memuat lebih dari satu tahun", remedy))
    return [known[words] for words in written], findings


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
