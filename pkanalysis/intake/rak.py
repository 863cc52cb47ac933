"""Monthly cash plan (RAK, anggaran kas): one line per account with twelve months and their sum."""

from __future__ import annotations

import pandas as pd

from pkanalysis.config import Config
from pkanalysis.intake import rekap5
from pkanalysis.intake.columns import Field, Grid, grids, has_table
from pkanalysis.intake.dates import MONTHS
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.lines import Part, accounts, join, leaves, organisations, years
from pkanalysis.intake.reading import Layout, Reading, Slice
from pkanalysis.intake.sheets import Book

NAME = "rak"

_SHARED = ("tahun", "kode_opd", "nama_opd", "kode_sub_unit", "kode_sub_kegiatan", "kode_sumber_dana", "kode_rekening")
_SPELLINGS = {"februari": ("PEBRUARI",), "november": ("NOPEMBER",), "agustus": ("AGUST",)}
FIELDS = (
    *(field for field in rekap5.FIELDS if field.name in _SHARED),
    *(Field(name, (name.upper(), *_SPELLINGS.get(name, ()))) for name in MONTHS),
    Field("jumlah", ("JUMLAH", "TOTAL", "JUMLAH (RP)"), required=False),
)
_TEXTS = ("kode_opd", "nama_opd", "kode_sub_unit", "kode_sumber_dana")
_KEYS = ("tahun", "kode_opd", "kode_sub_unit", "kode_sub_kegiatan", "kode_sumber_dana", "kode_rekening")


def recognise(book: Book) -> str | None:
    """Reason why the book is a cash plan, or ``None``."""
    sheet = has_table(book, FIELDS)
    return sheet and f"lembar {sheet} punya kolom KODE SKPD, KODE REKENING dan JANUARI sampai DESEMBER"


def read(book: Book, config: Config, stage: str) -> Reading:  # noqa: ARG001 (a cash plan has no stage of its own)
    """Cash plan per month (months of zero left out) and the organisations."""
    lines = join(_lines(grid) for grid in grids(book, FIELDS))
    if lines.frame.empty:
        rule, remedy = "tidak ada baris dengan kode rekening", "unduh ulang anggaran kas lengkap dari SIPD"
        return Reading(NAME, "", {}, [*lines.findings, Finding("galat", book.name, "", "", "", "", rule, remedy)])
    tables = {"opd": organisations(lines.frame), "rencana_kas": _monthly(lines.frame)}
    year = lines.frame["tahun"].dropna().max()
    filled = Slice(NAME, None if pd.isna(year) else int(year), "", tuple(sorted(set(lines.frame["kode_opd"]))))
    return Reading(NAME, "", tables, lines.findings, (filled,))


def _lines(whole: Grid) -> Part:
    grid, skipped = leaves(whole)
    canonical, strange = accounts(grid)
    year, wrong_years = years(grid)
    months = {name: grid.amounts(name) for name in MONTHS}
    frame = pd.DataFrame(
        {name: grid.texts(name) for name in _TEXTS}
        | {"kode_sub_kegiatan": grid.activities("kode_sub_kegiatan"), "kode_rekening": canonical}
        | {"tahun": pd.Series(year, dtype="Int64"), "lembar": grid.sheet, "baris": grid.rows}
        | {name: values for name, (values, _) in months.items()}
    )
    wrong = [finding for _, findings in months.values() for finding in findings]
    return Part(frame, [*skipped, *strange, *wrong_years, *wrong, *_sums(grid, frame)])


def _sums(grid: Grid, frame: pd.DataFrame) -> list[Finding]:
    """A warning per line whose months do not add up to its own JUMLAH."""
    printed, wrong = grid.amounts("jumlah")
    added = frame[list(MONTHS)].fillna(0).sum(axis=1)
    differing = printed.notna() & (printed.fillna(0) != added)
    return wrong + [
        grid.finding("peringatan", line, "jumlah", str(printed[line]),
                     f"jumlah 12 bulan adalah {added[line]}", "periksa bulan mana yang salah di berkas asal")
        for line in differing[differing].index
    ]  # fmt: skip


def _monthly(frame: pd.DataFrame) -> pd.DataFrame:
    long = frame.melt([*_KEYS, "lembar", "baris"], list(MONTHS), "bulan", "rencana_rp")
    long["bulan"] = long["bulan"].map({name: number for number, name in enumerate(MONTHS, 1)}).astype("Int64")
    return long[long["rencana_rp"].fillna(0) != 0].sort_values(["lembar", "baris", "bulan"])


LAYOUT = Layout(
    NAME,
    "Anggaran kas (RAK) per bulan",
    "lembar dengan judul kolom TAHUN, KODE SKPD, KODE SUB KEGIATAN, KODE REKENING dan JANUARI sampai DESEMBER",
    recognise,
    read,
)
