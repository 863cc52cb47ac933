"""The data dictionary: every table, column, type, unit, meaning and allowed value.

Checking, the fillable workbook, ``data/README.md`` and the sample derive from it,
so a column is described once, here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from pkanalysis.vocabulary import values

Kind = Literal["teks", "bulat", "desimal", "rupiah", "persen", "tanggal", "ya_tidak"]

DTYPES: dict[str, str] = {
    "teks": "str",
    "bulat": "Int64",
    "desimal": "float64",
    "rupiah": "Int64",
    "persen": "float64",
    "tanggal": "datetime64[us]",
    "ya_tidak": "boolean",
}


@dataclass(frozen=True)
class Column:
    """One column: ``name``, ``kind`` (see :data:`DTYPES`), what it means, and what it may hold.

    An optional column is there only where somebody filled it in.
    """

    name: str
    kind: Kind
    meaning: str
    allowed: tuple[str, ...] = ()
    required: bool = False
    key: bool = False
    is_optional: bool = False


@dataclass(frozen=True)
class Table:
    """One table: its grain (what a row is), what it is for, and its columns in order."""

    name: str
    grain: str
    meaning: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """Names of the columns that are always there, in order."""
        return [column.name for column in self.columns if not column.is_optional]

    @property
    def key(self) -> list[str]:
        """Names of the columns that together identify a row; empty for lines that may repeat."""
        return [column.name for column in self.columns if column.key]


def _key(name: str, meaning: str, allowed: tuple[str, ...] = (), kind: Kind = "teks") -> Column:
    return Column(name, kind, meaning, allowed, required=True, key=True)


def _must(name: str, kind: Kind, meaning: str, allowed: tuple[str, ...] = ()) -> Column:
    return Column(name, kind, meaning, allowed, required=True)


OPD = _must("kode_opd", "teks", "kode SKPD seperti di SIPD")
PLACE = (
    Column("id_berkas", "teks", "berkas asal baris ini (tabel berkas)"),
    Column("lembar", "teks", "lembar asal"),
    Column("baris", "bulat", "nomor baris di lembar asal (mulai 1)"),
)
VALID = (
    Column("berlaku_dari", "bulat", "tahun mulai berlaku"),
    Column("berlaku_sampai", "bulat", "tahun terakhir berlaku; kosong = masih berlaku"),
)
BUDGET_KEYS = (
    OPD,
    Column("kode_sub_unit", "teks", "kode sub unit SKPD"),
    Column("kode_sub_kegiatan", "teks", "kode sub kegiatan"),
    Column("kode_rekening", "teks", "kode rekening baku 1.1.2.2.2.4 digit"),
    Column("kode_sumber_dana", "teks", "kode sumber dana SIPD"),
)
NAMES = tuple(
    Column(name, "teks", meaning)
    for name, meaning in (
        ("nama_opd", "nama SKPD seperti tertulis di berkas"),
        ("nama_sub_unit", "nama sub unit"),
        ("kode_bidang_urusan", "kode bidang urusan"),
        ("nama_bidang_urusan", "nama bidang urusan"),
        ("kode_program", "kode program"),
        ("nama_program", "nama program"),
        ("kode_kegiatan", "kode kegiatan"),
        ("nama_kegiatan", "nama kegiatan"),
        ("nama_sub_kegiatan", "nama sub kegiatan"),
        ("kode_rekening_asli", "kode rekening persis seperti tertulis"),
        ("nama_rekening", "nama rekening"),
        ("nama_sumber_dana", "nama sumber dana"),
        ("paket", "nama paket/kelompok belanja"),
    )
)
MONTH = (
    _must("tahun", "bulat", "tahun anggaran"),
    _must("bulan", "bulat", "bulan 1-12 (bukan kumulatif)"),
)

_ALL = (
    Table("opd", "satu OPD", "Daftar organisasi perangkat daerah.", (
        _key("kode_opd", "kode SKPD seperti di SIPD"),
        _must("nama_opd", "teks", "nama resmi"),
        Column("singkatan", "teks", "singkatan; tidak unik"),
        Column("jenis", "teks", "jenis OPD", values("jenis_opd")),
        Column("sektor_prioritas", "teks", "bidang prioritas SE 900/833/SJ", values("sektor_prioritas")),
        Column("kode_induk", "teks", "OPD induk, bila ini bagian atau UPT"),
        *VALID, *PLACE)),
    Table("alias_opd", "satu nama lain", "Nama lain OPD; menyarankan, tidak memutuskan.", (
        _key("nama_asli", "nama seperti tertulis di berkas"), OPD, *PLACE)),
    Table("indikator", "satu indikator", "Indikator kinerja dengan sifat yang menentukan rumusnya.", (
        _key("kode_indikator", "kode unik indikator"),
        _must("nama_indikator", "teks", "nama indikator"),
        OPD,
        _must("tingkat", "teks", "tingkat indikator", values("tingkat")),
        Column("sasaran", "teks", "sasaran strategis yang diukur"),
        Column("satuan", "teks", "satuan nilai"),
        _must("polaritas", "teks", "arah yang baik", values("polaritas")),
        Column("rumus", "teks", "rumus capaian", values("rumus")),
        _must("agregasi", "teks", "cara triwulan menjadi tahunan", values("agregasi")),
        Column("batas_atas", "desimal", "batas atas capaian untuk tampilan (%)"),
        Column("bobot", "desimal", "bobot di dalam rata-rata capaian; kosong = 1", is_optional=True),
        Column("jadwal_ukur", "teks", "jadwal ukur", values("jadwal_ukur")),
        Column("bulan_rilis", "bulat", "bulan data diterbitkan (1-12)"),
        Column("tahun_yang_digambarkan", "teks", "tahun yang digambarkan", values("tahun_yang_digambarkan")),
        Column("penanggung_jawab_data", "teks", "penyedia data"),
        Column("definisi", "teks", "definisi operasional"),
        Column("sumber", "teks", "sumber data"),
        *VALID, *PLACE)),
    Table("kaskade", "indikator x induk", "Indikator menunjang indikator atau program lain (banyak ke banyak).", (
        _key("kode_indikator", "indikator yang menunjang"),
        _key("kode_induk", "indikator atau program yang ditunjang"),
        Column("jenis_induk", "teks", "jenis induk", values("jenis_induk")),
        OPD, *PLACE)),
    Table("target", "indikator x tahun x periode x dokumen", "Target; triwulan = kumulatif s.d. triwulan.", (
        _key("kode_indikator", "indikator"),
        OPD,
        _key("tahun", "tahun target", kind="bulat"),
        _key("periode", "periode", values("periode")),
        _key("dokumen", "dokumen asal target", values("dokumen")),
        _key("ke", "nomor perubahan (PK Perubahan ke-1, 2, ...); 0 untuk yang lain", kind="bulat"),
        Column("nilai", "desimal", "target (batas bawah bila rentang)"),
        Column("nilai_atas", "desimal", "batas atas target rentang"),
        Column("nilai_huruf", "teks", "target berupa predikat"),
        Column("alasan_perubahan", "teks", "alasan target diubah", values("alasan")),
        *PLACE)),
    Table("realisasi", "indikator x tahun x periode", "Nilai yang dicapai; kosong bukan nol.", (
        _key("kode_indikator", "indikator"),
        OPD,
        _key("tahun", "tahun", kind="bulat"),
        _key("periode", "periode", values("periode")),
        Column("nilai", "desimal", "jumlah/rata_rata: triwulan itu saja; kumulatif/posisi_akhir: s.d. triwulan"),
        Column("nilai_huruf", "teks", "nilai berupa predikat"),
        _must("status", "teks", "status data", values("status")),
        Column("sumber", "teks", "sumber data"),
        Column("tanggal_data", "tanggal", "tanggal data"),
        Column("bukti", "teks", "nama berkas atau tautan bukti dukung"),
        Column("capaian_tercetak", "persen", "capaian (%) yang tertulis di dokumen; tidak dipakai menghitung"),
        *PLACE)),
    Table("anggaran", "baris belanja x tahun x tahap", "Pagu menurut tahap anggaran.", (
        _must("tahun", "bulat", "tahun anggaran"),
        _must("tahap", "teks", "kode tahap di pkanalysis.toml (murni, pergeseran, perubahan, ...)"),
        *BUDGET_KEYS, *NAMES,
        _must("pagu_rp", "rupiah", "pagu (Rp)"),
        *PLACE)),
    Table("perubahan_anggaran", "baris x pasangan tahap", "Sebab perubahan pagu, diisi OPD.", (
        _key("tahun", "tahun anggaran", kind="bulat"),
        _key("tahap_sebelum", "tahap sebelum"),
        _key("tahap_sesudah", "tahap sesudah"),
        _key("kode_opd", "kode SKPD"),
        _key("kode_sub_kegiatan", "kode sub kegiatan"),
        _key("kode_rekening", "kode rekening baku"),
        Column("pagu_sebelum_rp", "rupiah", "pagu sebelum (Rp)"),
        Column("pagu_sesudah_rp", "rupiah", "pagu sesudah (Rp)"),
        Column("sebab", "teks", "sebab perubahan; kosong = belum diisi", values("sebab")),
        Column("penjelasan", "teks", "penjelasan OPD"),
        Column("memengaruhi_target", "ya_tidak", "apakah target terpengaruh"),
        *PLACE)),
    Table("realisasi_anggaran", "baris belanja x bulan", "Realisasi belanja per bulan.", (
        *MONTH, *BUDGET_KEYS, *NAMES,
        _must("realisasi_rp", "rupiah", "realisasi bulan itu, dikurangi setoran (Rp)"),
        Column("realisasi_fisik_pct", "persen", "realisasi fisik (%)"),
        Column("status_audit", "teks", "status audit", ("belum_diaudit", "setelah_audit")),
        Column("tanggal_data", "tanggal", "tanggal data diunduh"),
        *PLACE)),
    Table("rencana_kas", "baris belanja x bulan", "Rencana kas (RAK/anggaran kas) per bulan.", (
        *MONTH, *BUDGET_KEYS,
        _must("rencana_rp", "rupiah", "rencana bulan itu (Rp)"),
        *PLACE)),
    Table("perjanjian", "OPD x tahun x dokumen", "Perjanjian Kinerja yang ditandatangani.", (
        _key("kode_opd", "kode SKPD"),
        _key("tahun", "tahun", kind="bulat"),
        _key("dokumen", "dokumen", values("dokumen_pk")),
        _key("ke", "nomor perubahan; 0 untuk PK murni", kind="bulat"),
        Column("nomor", "teks", "nomor dokumen"),
        Column("tanggal_ttd", "tanggal", "tanggal tanda tangan"),
        Column("tahap_pagu_dasar", "teks", "tahap anggaran yang menjadi dasar pagu"),
        Column("alasan", "teks", "alasan perubahan", values("alasan")),
        *PLACE)),
    Table("analisis", "indikator x periode", "Isian OPD: sebab, upaya dan tindak lanjut.", (
        _key("kode_indikator", "indikator"),
        OPD,
        _key("tahun", "tahun", kind="bulat"),
        _key("periode", "periode", values("periode")),
        *(Column(name, "teks", meaning) for name, meaning in (
            ("faktor_pendorong", "faktor pendorong"), ("faktor_penghambat", "faktor penghambat"),
            ("kategori_penghambat", "kategori penghambat"), ("upaya", "upaya yang dilakukan"),
            ("rencana_tindak_lanjut", "rencana tindak lanjut"),
            ("penanggung_jawab", "penanggung jawab (jabatan)"),
            ("batas_waktu", "batas waktu seperti ditulis OPD"))),
        Column("status_tindak_lanjut", "teks", "status tindak lanjut triwulan lalu", values("status_tindak_lanjut")),
        *PLACE)),
    Table("pembanding", "indikator x tahun x cakupan", "Nilai provinsi atau nasional.", (
        _key("kode_indikator", "indikator"),
        OPD,
        _key("tahun", "tahun", kind="bulat"),
        _key("cakupan", "cakupan", values("cakupan")),
        Column("nilai", "desimal", "nilai pembanding"),
        Column("sumber", "teks", "sumber nilai"),
        *PLACE)),
    Table("angka_terbit", "satu angka yang diterbitkan", "Angka terbit beserta sumbernya; bukan hasil hitungan.", (
        _must("topik", "teks", "topik (makro, apbd, efisiensi, iku_kota, kinerja_opd)"),
        _must("uraian", "teks", "yang diukur"),
        Column("kelompok", "teks", "kelompok di dalam topik menurut penyusun berkas"),
        Column("pelaku", "teks", "OPD atau lembaga yang disebut"),
        Column("tahun", "bulat", "tahun"),
        Column("periode", "teks", "versi, periode atau tanggal menurut sumber"),
        Column("satuan", "teks", "satuan"),
        Column("arah", "teks", "arah yang baik", ("naik", "turun")),
        Column("target", "desimal", "target (pada topik apbd: anggaran) menurut sumber"),
        Column("nilai", "desimal", "nilai (pada topik apbd: realisasi) menurut sumber"),
        Column("nilai_huruf", "teks", "nilai berupa predikat atau opini"),
        Column("capaian_pct", "persen", "capaian yang ditulis sumber (%); tidak dihitung ulang"),
        Column("presisi", "teks", "ketelitian angka"),
        Column("status", "teks", "kedudukan angka, mis. klaim; kosong = tidak dicatat"),
        Column("tanda", "teks", "tanda penyusun: seri_lama = tidak disambung dengan nilai sesudahnya; konflik = "
               "bertentangan dengan yang disebut catatannya; dibantah = oleh catatan baris lain; terkonfirmasi = "
               "diketahui sebagai IKU", values("tanda")),
        Column("is_konflik", "ya_tidak", "sumber lain menyebut angka berbeda"),
        Column("catatan", "teks", "catatan dan pertentangan"),
        Column("sumber", "teks", "alamat sumber"),
        *PLACE)),
    Table("berkas", "satu berkas impor", "Berkas yang pernah diimpor dan irisan yang diisinya.", (
        _key("id_berkas", "12 digit pertama sha256"),
        _must("nama_berkas", "teks", "nama berkas di sumber/"),
        _must("sha256", "teks", "sidik isi berkas"),
        _must("tata_letak", "teks", "tata letak yang dikenali"),
        Column("tahun", "bulat", "tahun irisan"),
        Column("tahap", "teks", "tahap atau periode irisan"),
        Column("jumlah_baris", "bulat", "baris tersimpan"),
        Column("jumlah_opd", "bulat", "banyaknya OPD yang barisnya ada di berkas"),
        Column("diimpor", "tanggal", "waktu impor"))),
    Table("temuan", "satu temuan pemeriksaan", "Temuan saat berkas diimpor; keluar bersama berkasnya.", (
        _must("id_berkas", "teks", "berkas yang diperiksa (tabel berkas)"),
        Column("kode", "teks", "kode aturan (docs/aturan.md)"),
        _must("tingkat", "teks", "berat temuan; berkas dengan galat tidak pernah disimpan", values("tingkat_temuan")),
        Column("lembar", "teks", "lembar di berkas; kosong = seluruh berkas"),
        Column("tempat", "teks", "sel atau baris; kosong = seluruh lembar"),
        Column("kolom", "teks", "judul kolom"),
        Column("nilai", "teks", "nilai seperti tertulis"),
        _must("aturan", "teks", "aturan yang tidak terpenuhi"),
        _must("saran", "teks", "cara memperbaiki"))),
)  # fmt: skip

TABLES: dict[str, Table] = {table.name: table for table in _ALL}


def conform(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Give ``frame`` exactly the columns, order and dtypes of table ``name``.

    Parameters
    ----------
    name : str
        A key of :data:`TABLES`.
    frame : pandas.DataFrame
        Rows with any subset of the table's columns; missing columns become empty.

    Raises
    ------
    ValueError
        A column that the table does not have, or a value that does not fit its type.

    Examples
    --------
    >>> import pandas as pd
    >>> conform("alias_opd", pd.DataFrame({"nama_asli": ["DPPKAD"], "kode_opd": ["5.02"]})).shape
    (1, 5)
    """
    table = TABLES[name]
    columns = [
        column
        for column in table.columns
        if not column.is_optional or (column.name in frame and frame[column.name].notna().any())
    ]
    if unknown := sorted(set(frame.columns) - {column.name for column in table.columns}):
        raise ValueError(f"tabel {name} tidak punya kolom {', '.join(unknown)}; kolomnya: {', '.join(table.names)}")
    full = frame.reindex(columns=[column.name for column in columns])
    return full.astype({column.name: DTYPES[column.kind] for column in columns}).reset_index(drop=True)


def empty(name: str) -> pd.DataFrame:
    """Table ``name`` without rows, with its columns and dtypes.

    Examples
    --------
    >>> len(empty("opd"))
    0
    """
    return conform(name, pd.DataFrame(columns=TABLES[name].names))
