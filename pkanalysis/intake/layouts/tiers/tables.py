"""Leaves of forms as tidy rows with the keys and names of the budget tables."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pkanalysis import codes
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.tiers.rows import Form, Row

SPENDING = 5
FIRST_YEAR = 2021
"""First budget year of today's numbering of accounts and activities."""
_DEPTHS = {"bidang_urusan": 2, "program": 3, "kegiatan": 5, "sub_kegiatan": 6}


def lines(form: Form, leaves: Sequence[Row]) -> pd.DataFrame:
    """One row per belanja leaf, with its keys, its names and rupiah per measure of the form."""
    spending = [row for row in leaves if row.place.account[:1] == (SPENDING,)]
    frame = pd.DataFrame([_keys(form, row) for row in spending])
    figures = {each: pd.array([row.figures[each] for row in spending], dtype="Int64") for each in form.measures}
    return frame.assign(**figures)


def _keys(form: Form, row: Row) -> dict[str, str | int | None]:
    is_known = len(row.place.activity) <= max(_DEPTHS.values())
    segments = codes.canonical_activity(row.code.activity).split(".") if row.code.activity and is_known else []
    keys: dict[str, str | int | None] = {}
    for level, depth in _DEPTHS.items():
        keys[f"kode_{level}"] = ".".join(segments[:depth]) if len(segments) >= depth else ""
        keys[f"nama_{level}"] = row.names.get(depth, "") if is_known else ""
    return keys | {
        "tahun": form.head.year, "kode_opd": form.head.code, "nama_opd": form.head.name, "kode_sub_unit": "",
        "nama_sub_unit": "", "kode_sumber_dana": "", "nama_sumber_dana": "", "paket": "",
        "kode_rekening": codes.canonical(row.code.account), "kode_rekening_asli": row.code.account,
        "nama_rekening": row.name, "lembar": form.sheet, "baris": row.row,
    }  # fmt: skip


def organisation(form: Form) -> pd.DataFrame:
    """The ``opd`` row of the form."""
    row = {"kode_opd": form.head.code, "nama_opd": form.head.name, "lembar": form.sheet, "baris": form.columns.row + 1}
    return pd.DataFrame([row])


def refusals(form: Form, leaves: Sequence[Row]) -> list[Finding]:
    """Errors that keep a form out: no OPD, no year, no belanja, or codes of an older numbering."""
    accounts = [row.code.account for row in form.rows if row.code.account]
    old = _numbering(accounts, form.head.year)
    spending = any(row.place.account[:1] == (SPENDING,) for row in leaves)
    checks = (
        (not form.head.code, "kepala berkas tidak menyebut perangkat daerah",
         "tulis nama OPD di atas tabel; laporan seluruh daerah tidak disimpan sebagai milik satu OPD"),
        (form.head.year is None, "tahun anggaran tidak tertulis", "tulis 'TAHUN ANGGARAN …' di atas tabel"),
        (not spending and not old, "tidak ada baris belanja berkode rekening", "periksa kolom kode rekening"),
        (bool(old), f"kode rekening memakai penomoran {old}, yang artinya berbeda, sehingga tidak disimpan",
         "unduh ulang dengan kode rekening pemutakhiran (sub rincian objek 4 digit)"),
    )  # fmt: skip
    return [
        Finding("galat", form.file, form.sheet, "", "", "", rule, remedy) for fails, rule, remedy in checks if fails
    ]


def _numbering(accounts: Sequence[str], year: int | None) -> str:
    if codes.is_2019_numbering(accounts):
        return "Permendagri 90/2019"
    if codes.is_2006_numbering(accounts):
        return "Permendagri 13/2006"
    return f"sebelum tahun anggaran {FIRST_YEAR}" if year and year < FIRST_YEAR else ""
