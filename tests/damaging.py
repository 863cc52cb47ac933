"""Valid small files of every layout, and what is done to them: the classes of damage that must never pass unseen."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from damaged import PAPERS, saving
from damaged.page import Page

from pkanalysis import config as configuration
from pkanalysis.errors import PkError
from pkanalysis.intake import read
from pkanalysis.intake.findings import Finding

MONTHS = ("JANUARI", "FEBRUARI", "MARET", "APRIL", "MEI", "JUNI", "JULI", "AGUSTUS", "SEPTEMBER", "OKTOBER",
          "NOVEMBER", "DESEMBER")  # fmt: skip
SIPD = ("KODE SKPD", "KODE SUB KEGIATAN", "KODE REKENING")
FORM = ("OPD", "Sub Kegiatan", "Rekening (Sub Rincian Obyek)")
E81 = (6, 8, 11, 14, 17, 20, 22)
TREE = ("KODE REKENING",)
BLOCK = (3, 4, 5, 6, 7, 8, 9)


@dataclass(frozen=True)
class Sheet:
    """A clean file, and which of its columns can be damaged, by heading or 0-based number.

    ``held`` are amounts under a control total; ``places`` is false where a damaged line is told at the sums above it.
    ``tail`` says whether lost lines at the end can be seen; ``leaf`` which lines hold what is stored.
    """

    paper: str
    keys: tuple[str | int, ...]
    codes: tuple[str | int, ...]
    amounts: tuple[str | int, ...]
    held: tuple[str | int, ...] = ()
    sheet: str = ""
    tail: bool = False
    places: bool = True
    leaf: Callable[[list[Any]], bool] = field(default=lambda cells: any(cell != "" for cell in cells))


def account(cells: list[Any]) -> bool:
    """Whether one of the first cells is a full account."""
    return any(re.fullmatch(r"5(\.\d+){5}", str(cell)) for cell in cells[:2])


def told(cells: list[Any]) -> bool:
    """Whether the row has a NO and is no total, so that neither its loss nor a second one can pass."""
    return isinstance(cells[0], int)


SHEETS = {
    "rekap5": Sheet("rekap5_2025_murni_bersih_CONTOH.xlsx", ("TAHUN", *SIPD), SIPD, ("PAGU",)),
    "rekap5, berjumlah": Sheet(
        "rekap5_2025_murni_berjumlah_CONTOH.xlsx", SIPD, SIPD, ("PAGU",), ("PAGU",), tail=True, leaf=told
    ),
    "rekap_perubahan": Sheet("rekap_perubahan_2025_CONTOH.xlsx", ("TAHUN", *SIPD), SIPD, ("PAGU_MURNI", "PAGU_GESER")),
    "format_impor": Sheet("format_impor_2025_murni_CONTOH.xlsx", FORM, FORM, ("APBD",), ("APBD",), tail=True),
    "laporan_realisasi": Sheet(
        "laporan_realisasi_2025_CONTOH.xlsx", ("Kode SKPD", "Kode Sub Kegiatan", "Kode Rekening", "Nilai Realisasi"),
        ("Kode SKPD", "Kode Sub Kegiatan", "Kode Rekening"), ("Nilai Realisasi",),
    ),
    "rak": Sheet("rak_2025_CONTOH.xlsx", SIPD, SIPD, (*MONTHS, "JUMLAH"), (*MONTHS, "JUMLAH")),
    "anggaran_kas": Sheet("anggaran_kas_2025_CONTOH.xlsx", ("RINCIAN",), (), tuple(map(str.capitalize, MONTHS))),
    "kas_rekening": Sheet(
        "kas_per_rekening_2025_CONTOH.xlsx", TREE, TREE, (*MONTHS, "JUMLAH"), (*MONTHS, "JUMLAH"), tail=True,
        places=False, leaf=account,
    ),
    "lra": Sheet("lra_2025_juni_CONTOH.xlsx", TREE, TREE, ("ANGGARAN", "REALISASI"), ("ANGGARAN", "REALISASI"),
                 tail=True, places=False, leaf=account),
    "penjabaran": Sheet(
        "penjabaran_2025_CONTOH.xlsx", TREE, TREE, ("SEBELUM", "SESUDAH", "BERTAMBAH/(BERKURANG)"),
        ("SEBELUM", "SESUDAH", "BERTAMBAH/(BERKURANG)"), tail=True, places=False, leaf=account,
    ),
    "sebelum_sesudah": Sheet(
        "sebelum_sesudah_2025_CONTOH.xlsx", TREE, TREE, BLOCK, BLOCK, tail=True, places=False, leaf=account
    ),
    "e81": Sheet("e81_2025_CONTOH.xlsx", (2, 3), (), E81, E81, tail=True, places=False),
    "iku": Sheet("iku_2025_CONTOH.xlsx", ("OPD", "Indikator"), (), ("Target 2025", "Realisasi 2025")),
    "isian": Sheet("ISIAN_2025_TW3_DINSOS_bersih_CONTOH.xlsx", ("Kode indikator",), ("Kode indikator",),
                   ("Realisasi (angka)",), sheet="4_REALISASI", leaf=lambda cells: str(cells[0]).startswith("DINSOS-")),
}  # fmt: skip


@cache
def settings() -> configuration.Config:
    """Configuration of the sample, as the package ships it."""
    path = Path(str(files("pkanalysis.sample") / configuration.FILE))
    return configuration.load(path.parent)


@cache
def _clean(file: str) -> list[Page]:
    return next(paper for paper in PAPERS if paper.file == file).make()


def pages(sheet: Sheet) -> tuple[list[Page], Page]:
    """Fresh pages of the clean file, and the one to damage."""
    own = copy.deepcopy(_clean(sheet.paper))
    return own, next(page for page in own if sheet.sheet in ("", page.name))


def lines(sheet: Sheet) -> list[int]:
    """Lines below the headings that hold what is stored."""
    _, page = pages(sheet)
    return [place - page.head for place in range(page.head + 1, len(page.rows)) if sheet.leaf(page.rows[place])]


def findings(folder: Path, sheet: Sheet, own: list[Page]) -> list[Finding]:
    """What reading the pages tells; a refusal is one error without a place."""
    path = folder / sheet.paper
    saving.as_workbook(path, own)
    try:
        return read(path, settings()).findings
    except PkError as refusal:
        return [Finding("galat", path.name, "", "", "", "", str(refusal), "")]


def new(folder: Path, sheet: Sheet, own: list[Page], least: tuple[str, ...] = ("galat", "peringatan")) -> list[Finding]:
    """Warnings and errors that the clean file does not have."""
    before = {item.sentence for item in _baseline(folder, sheet)}
    return [item for item in findings(folder, sheet, own) if item.severity in least and item.sentence not in before]


_KNOWN: dict[str, list[Finding]] = {}


def _baseline(folder: Path, sheet: Sheet) -> list[Finding]:
    if sheet.paper not in _KNOWN:
        _KNOWN[sheet.paper] = findings(folder, sheet, pages(sheet)[0])
    return _KNOWN[sheet.paper]
