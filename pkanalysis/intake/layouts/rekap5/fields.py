"""Columns of the recap by the headings that offices give them."""

from __future__ import annotations

from pkanalysis.intake.headings import Field
from pkanalysis.intake.layouts.lines import ACTIVITY_FIELDS

FIELDS = (
    Field("nomor", ("NO", "NO URUT", "NOMOR URUT"), required=False),
    Field("tahun", ("TAHUN", "TAHUN ANGGARAN", "TA"), required=False),
    Field("kode_opd", ("KODE SKPD", "KODE OPD", "KODE PERANGKAT DAERAH", "KODE PD", "KODE ORGANISASI")),
    Field(
        "nama_opd",
        ("NAMA SKPD", "NAMA OPD", "NAMA PERANGKAT DAERAH", "NAMA OPD/SKPD", "NAMA SKPD/OPD", "NAMA PD",
         "NAMA ORGANISASI", "SKPD", "OPD", "PERANGKAT DAERAH"),
    ),
    Field(
        "kode_sub_unit",
        ("KODE SUB UNIT", "KODE SUB SKPD", "KODE UNIT SKPD", "KODE UNIT KERJA", "KODE SUB OPD", "KODE UNIT"),
        required=False,
    ),
    Field(
        "nama_sub_unit",
        ("NAMA SUB UNIT", "NAMA SUB SKPD", "NAMA UNIT SKPD", "NAMA UNIT KERJA", "UNIT KERJA", "SUB UNIT"),
        required=False,
    ),
    *ACTIVITY_FIELDS,
    Field("kode_sumber_dana", ("KODE SUMBER DANA", "KODE DANA"), required=False),
    Field("nama_sumber_dana", ("NAMA SUMBER DANA", "NAMA DANA", "SUMBER DANA"), required=False),
    Field("kode_rekening", ("KODE REKENING", "KODE AKUN", "KODE REK", "KODE REKENING BELANJA", "NO REKENING",
                            "KODE SUB RINCIAN OBJEK")),
    Field(
        "nama_rekening",
        ("NAMA REKENING", "NAMA AKUN", "URAIAN REKENING", "URAIAN", "NAMA REKENING BELANJA", "URAIAN BELANJA"),
        required=False,
    ),
    Field(
        "paket",
        ("NAMA PAKET/KELOMPOK", "NAMA PAKET", "NAMA KELOMPOK", "PAKET/KELOMPOK", "NAMA STANDAR HARGA"),
        required=False,
    ),
    Field(
        "rincian",
        ("NAMA STANDAR HARGA", "NAMA KOMPONEN", "KOMPONEN", "URAIAN RINCIAN", "SPESIFIKASI"),
        required=False,
    ),
    Field(
        "pagu_rp",
        ("PAGU", "PAGU (RP)", "NILAI PAGU", "JUMLAH PAGU", "PAGU ANGGARAN", "PAGU ANGGARAN (RP)", "TOTAL PAGU",
         "JUMLAH PAGU ANGGARAN", "PAGU BELANJA", "PAGU DPA", "PAGU APBD", "PAGU MURNI", "PAGU PERUBAHAN",
         "PAGU PERGESERAN", "BESARAN PAGU", "JUMLAH ANGGARAN", "NILAI ANGGARAN", "ANGGARAN", "NILAI RINCIAN",
         "JUMLAH", "TOTAL", "JUMLAH (RP)", "TOTAL (RP)", "TOTAL HARGA", "NILAI", "RINCIAN"),
    ),
)  # fmt: skip
"""Columns of the recap by the headings that offices give them, the most telling first."""
