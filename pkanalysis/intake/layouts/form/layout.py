"""The sheets of the workbook as data: columns in order, colours, lists, examples, instructions."""

from __future__ import annotations

from pkanalysis.intake.layouts.form.spec import Field, Sheet
from pkanalysis.vocabulary import ROMAN

CODE = Field("kode_indikator", "Kode indikator", 15)
NAME = Field("nama_indikator", "Nama indikator", 34, formula="nama_indikator")
UNIT = Field("satuan", "Satuan", 10, formula="satuan")
PERIOD = Field("periode", "Periode", 10, choices="periode", example="TW2")
YEAR = Field("tahun", "Tahun", 7, kind="bulat", example=2025)
TARGET_KEY = ["kode_indikator", "tahun", "dokumen", "ke"]
"""Columns of ``target`` that name a row of ``3_TARGET``; the periods stand side by side in it."""
TARGET_SUFFIXES = {"nilai": "", "nilai_atas": "_atas", "nilai_huruf": "_huruf"}
"""Value column of ``target`` -> ending of the workbook's column (``TW1_atas``)."""
CHANGED = ("rkpd_perubahan", "renja_perubahan", "pk_perubahan")
AGGREGATION_NOTE = (
    "Dijumlah tiap triwulan: warga dilayani (TW I 200, TW II 300, jadi s.d. TW II 500).\n"
    "Angka triwulan sudah kumulatif: persen fisik (TW I 20, TW II 48, jadi s.d. TW II 48).\n"
    "Posisi akhir: indeks atau nilai pada akhir triwulan.\n"
    "Rata-rata: kepuasan tiap triwulan yang dirata-ratakan."
)

IDENTITY = Sheet(
    "1_IDENTITAS",
    "Identitas perangkat daerah",
    "Isi sel kuning pada kolom Isian. Kolom Contoh hanya memperlihatkan cara mengisi.",
    (
        Field("kode_opd", "Kode OPD", 0, example="1.02.0.00.0.00.01.0000"),
        Field("nama_opd", "Nama OPD", 0, example="Dinas Contoh"),
        Field("singkatan", "Singkatan", 0, example="DINCONTOH"),
        Field("jenis", "Jenis OPD", 0, choices="jenis_opd", example="dinas"),
        Field("sektor_prioritas", "Bidang prioritas", 0, choices="sektor_prioritas", example="kesehatan"),
        Field("kode_induk", "Kode OPD induk", 0, note="hanya untuk bagian atau UPT"),
        Field("berlaku_dari", "Berlaku dari tahun", 0, example=2021),
        Field("berlaku_sampai", "Berlaku sampai tahun", 0, note="kosong bila masih berlaku"),
        Field("tahun_isian", "Tahun", 0, kind="bulat", example=2025),
        Field("periode_isian", "Periode", 0, choices="periode", example="TW3"),
        Field("tanggal_data", "Tanggal data", 0, "kuning", kind="tanggal", example="2025-09-30",
              note="dipakai untuk baris 4_REALISASI yang tanggal datanya kosong"),
        Field("pengisi", "Pengisi (jabatan saja)", 0, "kuning", example="Kasubbag Perencanaan"),
        Field("status_dokumen", "Status dokumen", 0, "kuning", choices="status_dokumen", example="Draf"),
    ),
    table="opd",
    key="kode_opd",
    frozen=1,
    is_upright=True,
)  # fmt: skip

INDICATORS = Sheet(
    "2_INDIKATOR",
    "Daftar indikator",
    "Sudah terisi. Bila ada yang keliru, tulis usulan pada kolom kuning paling kanan.",
    (
        CODE,
        Field("nama_indikator", "Nama indikator", 38, example="Persentase layanan tepat waktu"),
        Field("tingkat", "Tingkat", 12, choices="tingkat", example="iku_opd"),
        Field("sasaran", "Sasaran", 34, example="Meningkatnya mutu layanan"),
        Field("satuan", "Satuan", 10, choices="satuan", example="persen"),
        Field("polaritas", "Arah", 15, choices="polaritas", example="naik_baik"),
        Field("agregasi", "Cara hitung tahunan", 17, choices="agregasi", example="posisi_akhir", note=AGGREGATION_NOTE),
        Field("rumus", "Rumus capaian", 15, choices="rumus", example="deviasi"),
        Field("batas_atas", "Batas atas tampilan (%)", 10, example=120),
        Field("jadwal_ukur", "Jadwal ukur", 12, choices="jadwal_ukur", example="triwulanan"),
        Field("bulan_rilis", "Bulan rilis (1-12)", 8, example=12),
        Field("tahun_yang_digambarkan", "Tahun yang digambarkan", 14, choices="tahun_yang_digambarkan",
              example="tahun_berjalan"),
        Field("penanggung_jawab_data", "Penanggung jawab data", 16, choices="penanggung_jawab_data",
              example="Internal OPD"),
        Field("definisi", "Rumus dan definisi", 42, example="layanan selesai sesuai baku ÷ seluruh layanan × 100"),
        Field("sumber", "Sumber data", 20, example="register layanan"),
        Field("berlaku_dari", "Berlaku dari tahun", 9, example=2024,
              note="Bila definisi berubah, isi tahun mulai berlakunya definisi itu."),
        Field("berlaku_sampai", "Berlaku sampai tahun", 9),
        Field("usulan_koreksi", "Usulan koreksi", 34, "kuning", example="satuan seharusnya indeks"),
    ),
    table="indikator",
)  # fmt: skip

LINKS = Sheet(
    "2b_KAITAN",
    "Kaitan indikator dengan induknya",
    "Satu baris = satu kaitan. Satu indikator boleh menunjang lebih dari satu induk.",
    (
        CODE,
        NAME,
        Field("kode_induk", "Kode induk", 18, example="IKU-01"),
        Field("jenis_induk", "Jenis induk", 12, choices="jenis_induk", example="indikator"),
    ),
    table="kaskade",
)

TARGETS = Sheet(
    "3_TARGET",
    "Target menurut dokumen",
    "Target triwulan kumulatif s.d. triwulan itu. Kolom kuning: alasan bila target berubah.",
    (
        CODE,
        NAME,
        UNIT,
        Field("dokumen", "Dokumen", 16, choices="dokumen", example="pk_perubahan"),
        Field("ke", "Perubahan ke-", 10, example=1, note="0 untuk dokumen yang bukan perubahan"),
        YEAR,
        Field("tahunan", "Target tahunan", 11, kind="desimal", example=84),
        Field("tahunan_atas", "Batas atas tahunan", 11, kind="desimal", note="hanya bila target berupa rentang"),
        Field("tahunan_huruf", "Target huruf tahunan", 11, example="BB"),
        *(Field(f"TW{n}", f"Target s.d. TW {roman}", 10, kind="desimal", example=80 + n)
          for n, roman in enumerate(ROMAN, 1)),
        Field("alasan_perubahan", "Alasan perubahan", 22, "kuning", choices="alasan", example="efisiensi_anggaran",
              only_for=("dokumen", CHANGED)),
        *(Field(f"TW{n}_atas", f"Batas atas s.d. TW {roman}", 10, kind="desimal")
          for n, roman in enumerate(ROMAN, 1)),
        *(Field(f"TW{n}_huruf", f"Target huruf s.d. TW {roman}", 10)
          for n, roman in enumerate(ROMAN, 1)),
    ),
    table="target",
)  # fmt: skip

ACTUALS = Sheet(
    "4_REALISASI",
    "Realisasi periode ini",
    "Isi sel kuning. Kosongkan bila belum ada angka, jangan diisi 0. Angka tanpa satuan dan tanpa tanda.",
    (
        CODE,
        NAME,
        UNIT,
        Field("polaritas", "Arah", 12, formula="polaritas"),
        Field("agregasi", "Cara hitung", 13, formula="agregasi"),
        Field("target", "Target s.d. TW ini", 9, kind="desimal", formula="target"),
        Field("tw_lalu", "Realisasi TW lalu", 9, kind="desimal", formula="tw_lalu"),
        Field("tahun_lalu", "Realisasi TW sama tahun lalu", 9, kind="desimal", formula="tahun_lalu"),
        Field("nilai", "Realisasi (angka)", 11, "kuning", example=79.2),
        Field("arti", "Arti angka", 12, "hijau", formula="arti"),
        Field("nilai_huruf", "Realisasi (huruf/ predikat)", 9, "kuning", example="BB"),
        Field("status", "Status data", 14, "kuning", choices="status", example="final"),
        Field("sumber", "Sumber data", 18, "kuning", example="register layanan"),
        Field("tanggal_data", "Tanggal data", 11, "kuning", example="2025-09-30"),
        Field("bukti", "Bukti dukung (nama berkas/ tautan)", 16, "kuning", example="register_tw3.pdf"),
        Field("sampai_dengan", "Realisasi s.d. TW", 10, "hijau", kind="desimal", formula="sampai_dengan"),
        Field("capaian", "Capaian s.d. TW (%)", 9, "hijau", kind="persen", formula="capaian"),
        Field("periksa", "Periksa", 18, "hijau", formula="periksa"),
        Field("target_atas", "Batas atas target", 9, kind="desimal", formula="target_atas"),
        Field("rumus", "Rumus capaian", 14, formula="rumus"),
        Field("jadwal_ukur", "Jadwal ukur", 12, formula="jadwal_ukur"),
        Field("jumlah_sebelumnya", "Jumlah TW sebelumnya", 11, kind="desimal", formula="jumlah_sebelumnya"),
        Field("banyak_sebelumnya", "Banyak TW sebelumnya", 11, kind="bulat", formula="banyak_sebelumnya"),
    ),
    table="realisasi",
    is_form=True,
)

HISTORY = Sheet(
    "4b_RIWAYAT",
    "Realisasi periode dan tahun sebelumnya",
    "Sudah terisi dan terkunci. Bila ada yang keliru, tulis di kolom usulan koreksi lembar 2_INDIKATOR.",
    (
        CODE,
        NAME,
        YEAR,
        PERIOD,
        Field("nilai", "Realisasi (angka)", 12, example=78.4),
        Field("nilai_huruf", "Realisasi (huruf/ predikat)", 12, example="BB"),
        Field("status", "Status data", 18, choices="status", example="final"),
        Field("sumber", "Sumber data", 26, example="register layanan"),
        Field("tanggal_data", "Tanggal data", 12, example="2025-06-30"),
        Field("bukti", "Bukti dukung (nama berkas/ tautan)", 26, example="register_tw2.pdf"),
    ),
    table="realisasi",
)

PEERS = Sheet(
    "4c_PEMBANDING",
    "Nilai provinsi dan nasional",
    "Nilai resmi yang diterbitkan, beserta sumbernya.",
    (
        CODE,
        NAME,
        YEAR,
        Field("cakupan", "Cakupan", 12, choices="cakupan", example="provinsi"),
        Field("nilai", "Nilai", 12, example=77.1),
        Field("sumber", "Sumber", 40, example="publikasi BPS"),
    ),
    table="pembanding",
)

AGREEMENTS = Sheet(
    "5_PERJANJIAN",
    "Perjanjian Kinerja kepala OPD",
    "Tambahkan PK Perubahan yang ditandatangani sesudah berkas ini dibuat.",
    (
        Field("dokumen", "Dokumen", 16, choices="dokumen_pk", example="pk_perubahan"),
        Field("ke", "Perubahan ke-", 10, example=1, note="0 untuk PK murni"),
        YEAR,
        Field("nomor", "Nomor", 26, example="050/12/2025"),
        Field("tanggal_ttd", "Tanggal tanda tangan", 13, example="2025-06-25"),
        Field("tahap_pagu_dasar", "Pagu dasar", 16, choices="tahap", example="perubahan"),
        Field("alasan", "Alasan", 24, choices="alasan", example="efisiensi_anggaran"),
    ),
    table="perjanjian",
    key="dokumen",
    frozen=1,
    spare=3,
)

PROGRAMMES = Sheet(
    "6_PROGRAM",
    "Program, kegiatan, sub kegiatan (bentuk E.81)",
    "Diisi hanya bila tidak ada unduhan SIPD. Realisasi per triwulan, bukan kumulatif.",
    (
        Field("kode", "Kode", 18, "kuning", example="1.02.02.2.01.0001"),
        Field("nama", "Nama program/ kegiatan/ sub kegiatan", 36, "kuning", example="Pengelolaan layanan"),
        Field("indikator", "Indikator", 28, "kuning", example="Jumlah layanan"),
        Field("satuan", "Satuan", 9, "kuning", example="unit"),
        Field("target", "Target (K)", 9, "kuning", kind="desimal", example=12),
        *(Field(f"pagu_{name}", f"Pagu {name} (Rp)", 15, "kuning", kind="rupiah", example=100_000_000)
          for name in ("murni", "pergeseran", "perubahan")),
        *(Field(f"realisasi_{n}", f"Realisasi K TW {roman} saja", 10, "kuning", kind="desimal", example=3)
          for n, roman in enumerate(ROMAN, 1)),
        *(Field(f"realisasi_rp_TW{n}", f"Realisasi Rp TW {roman} saja", 15, "kuning", kind="rupiah", example=20_000_000)
          for n, roman in enumerate(ROMAN, 1)),
        Field("fisik", "Fisik (%)", 8, "kuning", kind="persen", example=60),
        Field("jumlah_rp", "Jumlah realisasi (Rp)", 15, "hijau", kind="rupiah", formula="jumlah_rp"),
        Field("serapan", "Serapan (%)", 9, "hijau", kind="persen", formula="serapan"),
        Field("sisa", "Sisa pagu (Rp)", 15, "hijau", kind="rupiah", formula="sisa"),
    ),
    key="kode",
)  # fmt: skip

ANALYSIS = Sheet(
    "7_ANALISIS",
    "Penyebab, upaya, tindak lanjut",
    "Paling banyak 500 huruf tiap sel. Baris merah: capaian di bawah 100 dan penghambat atau upaya masih kosong.",
    (
        CODE,
        NAME,
        Field("capaian", "Capaian s.d. TW (%)", 9, "hijau", kind="persen", formula="capaian_periode"),
        Field("faktor_pendorong", "Faktor pendorong", 28, "kuning", example="loket tambahan"),
        Field("faktor_penghambat", "Faktor penghambat", 28, "kuning", example="petugas kurang"),
        Field("kategori_penghambat", "Kategori penghambat", 13, "kuning", choices="kategori_penghambat", example="SDM"),
        Field("upaya", "Upaya yang dilakukan", 28, "kuning", example="penugasan silang"),
        Field("rencana_tindak_lanjut", "Rencana tindak lanjut", 28, "kuning", example="usul formasi"),
        Field("penanggung_jawab", "Penanggung jawab (jabatan)", 18, "kuning", example="Kepala Bidang Layanan"),
        Field("batas_waktu", "Batas waktu", 14, "kuning", example="Desember 2025"),
        Field("status_tindak_lanjut", "Status tindak lanjut TW lalu", 13, "kuning", choices="status_tindak_lanjut",
              example="berjalan"),
        Field("periksa", "Periksa", 14, "hijau", formula="periksa_analisis"),
    ),
    table="analisis",
    is_form=True,
    has_long_text=True,
)  # fmt: skip

CHANGES = Sheet(
    "8_PERUBAHAN_ANGGARAN",
    "Sebab perubahan anggaran",
    "Isi sebab dan penjelasan. Tanpa sebab, laporan tidak menyatakan pengurangan itu karena Inpres 1/2025.",
    (
        Field("kode_sub_kegiatan", "Kode sub kegiatan", 18, example="1.02.02.2.01.0001"),
        Field("nama_sub_kegiatan", "Sub kegiatan", 26, is_shown=True, example="Pengelolaan layanan"),
        Field("kode_rekening", "Kode rekening", 18, example="5.1.02.04.01.0001"),
        Field("nama_rekening", "Rekening", 26, is_shown=True, example="Belanja Perjalanan Dinas Biasa"),
        YEAR,
        Field("tahap_sebelum", "Tahap sebelum", 12, choices="tahap", example="murni"),
        Field("tahap_sesudah", "Tahap sesudah", 12, choices="tahap", example="pergeseran"),
        Field("pagu_sebelum_rp", "Sebelum (Rp)", 15, example=100_000_000),
        Field("pagu_sesudah_rp", "Sesudah (Rp)", 15, example=50_000_000),
        Field("selisih", "Bertambah/ (berkurang) (Rp)", 15, "hijau", kind="rupiah", formula="selisih"),
        Field("sebab", "Sebab", 20, "kuning", choices="sebab", example="inpres_1_2025"),
        Field("penjelasan", "Penjelasan", 34, "kuning", example="perjalanan dinas dikurangi"),
        Field("memengaruhi_target", "Memengaruhi target?", 13, "kuning", choices="ya_tidak", example="False"),
        Field("periksa", "Periksa", 12, "hijau", formula="periksa_sebab"),
    ),
    table="perubahan_anggaran",
    key="kode_rekening",
    frozen=1,
)

SHEETS = (
    IDENTITY, INDICATORS, LINKS, TARGETS, ACTUALS, HISTORY, PEERS, AGREEMENTS, PROGRAMMES, ANALYSIS, CHANGES,
)  # fmt: skip
BY_NAME = {sheet.name: sheet for sheet in SHEETS}
