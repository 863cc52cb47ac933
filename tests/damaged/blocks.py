"""Before/after efisiensi as an office keeps it: a block per funding source with its own head, and a TOTAL block."""

from __future__ import annotations

from typing import Any

import pandas as pd

from damaged import lines
from damaged.page import Page
from damaged.planting import Pages
from pkanalysis.sample.catalogue import offices

OFFICE = "KEC04"
BEFORE = "SEBELUM EFISIENSI"
STAGES = ["murni", "pergeseran", "perubahan"]
TITLES = ["NO", "KODE REKENING", "URAIAN", BEFORE, "SETELAH EFISIENSI", "ANGGARAN PAPBD", "JANUARI", "", "FEBRUARI", ""]
KINDS = ["", "", "", "", "", "", "DKKB", "REALISASI", "DKKB", "REALISASI"]


def clean() -> Pages:
    """A sheet with a block per funding source and the block that adds them up."""
    rows = _rows()
    sources = [(name, own) for name, own in rows.groupby("nama_sumber_dana")]
    blocks = [*sources, ("TOTAL (semua sumber)", rows)]
    printed = [line for name, own in blocks for line in _block(str(name), own)]
    return [Page("Efisiensi CONTOH", [["DATA CONTOH — bukan data resmi"], *printed], head=6)]


def with_summary() -> Pages:
    """The same with a second sheet that repeats the stages."""
    (page,) = clean()
    return [page, Page("Ringkas CONTOH", [*_head(""), TITLES[:6], *_body(_rows(), short=True)], head=4)]


def _rows() -> pd.DataFrame:
    rows = lines.tree(OFFICE)
    half = rows.index % 2 == 1
    rows["nama_sumber_dana"] = rows["nama_sumber_dana"].mask(half, "Dana Alokasi Umum (contoh)")
    return rows


def _head(source: str) -> list[list[Any]]:
    office = offices().loc[OFFICE]
    head = [
        ["PERANGKAT DAERAH", ":", f"{office['kode_opd']} {office['nama_opd']}"],
        ["TAHUN ANGGARAN", ":", "2025"],
        ["KPA", ":", "Pejabat Contoh"],
    ]
    return [*head, ["Sumber Anggaran", ":", source] if source else []]


def _block(source: str, rows: pd.DataFrame) -> list[list[Any]]:
    return [*_head(source), [], TITLES, KINDS, *_body(rows), [], ["", "", "Pejabat Contoh"], []]


def _body(rows: pd.DataFrame, short: bool = False) -> list[list[Any]]:
    figures = [*STAGES, 1, "realisasi 1", 2, "realisasi 2"][: 3 if short else 7]
    rows = rows.assign(**{"realisasi 1": rows[1] // 2, "realisasi 2": rows[2] // 2})
    body: list[list[Any]] = []
    for (code, name), own in rows.groupby(["kode_sub_kegiatan", "nama_sub_kegiatan"]):
        body.append(["", "Sub Kegiatan", f"{code} {name}"])
        body += [
            [number, *cells]
            for number, cells in enumerate(own[["kode_rekening", "nama_rekening", *figures]].values.tolist(), 1)
        ]
    return [*body, ["", "", "JUMLAH", *(int(value) for value in rows[figures].sum())]]
