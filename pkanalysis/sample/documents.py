"""Spending as SIPD prints it: "Laporan Realisasi Per Dokumen", one row per document and line."""

from __future__ import annotations

import numpy as np
import pandas as pd
from babel.dates import format_date

from pkanalysis.sample.catalogue import read
from pkanalysis.sample.draw import stream
from pkanalysis.sample.lines import structure
from pkanalysis.sample.spending import long, spent

RETURNED_SHARE = 0.003
"""Share of the documents of which part was paid back (Nilai Setoran)."""
RETURNED = 500_000
DIRECT = 75_000_000
"""Payments of at least this many rupiah are paid directly (LS), as wages are."""

COLUMNS = {
    "Kode SKPD": "kode_opd", "Nama SKPD": "nama_opd",
    "Kode Sub SKPD": "kode_sub_unit", "Nama Sub SKPD": "nama_sub_unit",
    "Kode Fungsi": "kode_fungsi", "Nama Fungsi": "nama_fungsi",
    "Kode Sub Fungsi": "kode_sub_fungsi", "Nama Sub Fungsi": "nama_sub_fungsi",
    "Kode Urusan": "kode_urusan", "Nama Urusan": "nama_urusan",
    "Kode Bidang Urusan": "kode_bidang_urusan", "Nama Bidang Urusan": "nama_bidang_urusan",
    "Kode Program": "kode_program", "Nama Program": "nama_program",
    "Kode Kegiatan": "kode_kegiatan", "Nama Kegiatan": "nama_kegiatan",
    "Kode Sub Kegiatan": "kode_sub_kegiatan", "Nama Sub Kegiatan": "nama_sub_kegiatan",
    "Kode Rekening": "kode_rekening", "Nama Rekening": "nama_rekening",
    "Nomor Dokumen": "nomor", "Jenis Dokumen": "jenis_dokumen", "Jenis Transaksi": "jenis_transaksi",
    "Nomor DPT": "kosong", "Tanggal Dokumen": "tanggal", "Keterangan Dokumen": "keterangan",
    "Nilai Realisasi": "nilai_realisasi", "Nilai Setoran": "nilai_setoran",
    "NIP Pegawai": "nip", "Nama Pegawai": "pegawai", "Tanggal Simpan": "disimpan",
    "Nomor SPD": "spd", "Periode SPD": "periode_spd", "Nilai SPD": "nilai_sp2d", "Tahapan SPD": "tahapan",
    "Nama Sub Tahapan Jadwal": "jadwal", "Tahapan APBD": "tahapan",
    "Nomor SPP": "spp", "Tanggal SPP": "tanggal", "Nomor SPM": "spm", "Tanggal SPM": "tanggal",
    "Nomor SP2D": "sp2d", "Tanggal SP2D": "tanggal", "Tanggal Transfer": "tanggal", "Nilai SP2D": "nilai_sp2d",
}  # fmt: skip
"""The 45 headings and where their values come from."""

CONSTANTS = {
    "kode_fungsi": "00",
    "nama_fungsi": "FUNGSI CONTOH",
    "kode_sub_fungsi": "00",
    "nama_sub_fungsi": "Sub fungsi contoh",
    "kosong": "-",
    "keterangan": "Pembayaran contoh",
    "nip": "198001010000000000 (contoh)",
    "pegawai": "Pegawai Contoh",
    "tahapan": "Tahapan contoh",
    "jadwal": "Jadwal contoh",
}


def report(year: int) -> pd.DataFrame:
    """The report of one year under its 45 headings; dates as text, amounts as integers."""
    rows = long(spent(), "realisasi_rp").query("tahun == @year").drop(columns="tahun")
    rows = rows.join(structure(), on="baris").assign(**CONSTANTS)
    rows["kode_urusan"] = rows["kode_bidang_urusan"].str[0]
    rows["nama_urusan"] = rows["kode_urusan"].map(read("bidang").set_index("kode")["nama"])
    rows = _numbered(_amounts(_dated(rows, year), year), year)
    return pd.DataFrame({heading: rows[column] for heading, column in COLUMNS.items()})


def _dated(rows: pd.DataFrame, year: int) -> pd.DataFrame:
    """Days 5-24 of the month; 2024 is written in words, the other years in ISO form."""
    day = 5 + (rows["baris"] * 7 + rows["bulan"] * 3) % 20
    when = pd.to_datetime({"year": year, "month": rows["bulan"], "day": day})
    saved = when.where(rows["bulan"] < 12, pd.Timestamp(year + 1, 1, 10))
    write = _in_words if year == 2024 else _iso
    quarter = ((rows["bulan"] + 2) // 3).astype(str)
    return rows.assign(tanggal=write(when), disimpan=write(saved), periode_spd="Triwulan " + quarter)


def _iso(when: pd.Series) -> pd.Series:
    return when.map({day: day.date().isoformat() for day in when.unique()})


def _in_words(when: pd.Series) -> pd.Series:
    return when.map({day: format_date(day, "d MMMM y", locale="id_ID") for day in when.unique()})


def _amounts(rows: pd.DataFrame, year: int) -> pd.DataFrame:
    """Gross amount and what was paid back of it; the difference is the spending of the month."""
    big = rows["realisasi_rp"] > 10 * RETURNED
    returned = np.where(big & (stream(f"setoran {year}").random(len(rows)) < RETURNED_SHARE), RETURNED, 0)
    return rows.assign(nilai_setoran=returned, nilai_realisasi=rows["realisasi_rp"] + returned)


def _numbered(rows: pd.DataFrame, year: int) -> pd.DataFrame:
    """Document numbers; one SP2D pays several rows, and its value is repeated on each of them."""
    wages = rows["peran"] == "pegawai"
    direct = wages | (rows["nilai_realisasi"] >= DIRECT)
    kind = direct.map({True: "LS", False: "GU"})
    line, month = (rows[name].astype("str").str.zfill(width) for name, width in (("baris", 4), ("bulan", 2)))
    head, tail = "CONTOH/" + kind + "/" + rows["id"] + "/" + month + "/", f"/{year}"
    paper = head + line + tail
    warrant = paper.where(direct & ~wages, head + "0000" + tail)
    return rows.assign(
        nomor=warrant.where(direct, paper),
        jenis_dokumen=np.where(direct, "SPP", "TBP"),
        jenis_transaksi=kind,
        sp2d="SP2D/" + warrant, spp="SPP/" + warrant, spm="SPM/" + warrant, spd="SPD/" + warrant,
        nilai_sp2d=rows.groupby(warrant)["nilai_realisasi"].transform("sum"),
    )  # fmt: skip
