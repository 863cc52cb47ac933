"""Words that a user picks from a list, and the values stored for them; both directions, once."""

from __future__ import annotations

from collections.abc import Mapping

from pkanalysis.config import Config

Labels = Mapping[str, str]

YES_NO = {"True": "Ya", "False": "Tidak"}
DOCUMENTS = {
    "rpjmd": "RPJMD",
    "rpd": "RPD",
    "renstra": "Renstra",
    "rkpd": "RKPD",
    "rkpd_perubahan": "RKPD Perubahan",
    "renja": "Renja",
    "renja_perubahan": "Renja Perubahan",
    "pk": "PK",
    "pk_perubahan": "PK Perubahan",
}
STAGES = {"murni": "DPA murni", "pergeseran": "Pergeseran", "perubahan": "DPPA"}

CLOSED: dict[str, Labels] = {
    "periode": {"TW1": "TW I", "TW2": "TW II", "TW3": "TW III", "TW4": "TW IV", "tahunan": "Tahunan"},
    "tingkat": {
        "tujuan": "Tujuan",
        "iku_kota": "IKU Kota",
        "iku_opd": "IKU OPD",
        "program": "Program",
        "kegiatan": "Kegiatan",
        "sub_kegiatan": "Sub Kegiatan",
    },
    "polaritas": {
        "naik_baik": "Makin tinggi makin baik",
        "turun_baik": "Makin rendah makin baik",
        "rentang": "Harus di dalam rentang",
    },
    "agregasi": {
        "jumlah": "Dijumlah tiap triwulan",
        "kumulatif": "Angka triwulan sudah kumulatif",
        "posisi_akhir": "Posisi akhir",
        "rata_rata": "Rata-rata",
    },
    "rumus": {"deviasi": "Baku (simpangan dari target)", "rasio": "Rasio realisasi dan target"},
    "jadwal_ukur": {
        "bulanan": "Bulanan",
        "triwulanan": "Triwulanan",
        "semesteran": "Semesteran",
        "tahunan": "Tahunan",
    },
    "tahun_yang_digambarkan": {"tahun_berjalan": "Tahun berjalan", "tahun_sebelumnya": "Tahun sebelumnya"},
    "jenis_induk": {
        "indikator": "Indikator",
        "program": "Program",
        "kegiatan": "Kegiatan",
        "sub_kegiatan": "Sub kegiatan",
    },
    "dokumen": DOCUMENTS,
    "dokumen_pk": {kode: DOCUMENTS[kode] for kode in ("pk", "pk_perubahan")},
    "alasan": {
        "efisiensi_anggaran": "Efisiensi anggaran",
        "perubahan_prioritas": "Perubahan prioritas",
        "definisi_berubah": "Definisi/metode berubah",
        "target_terlampaui": "Target lama sudah terlampaui",
        "koreksi": "Koreksi salah ketik",
        "pergantian_pejabat": "Pergantian pejabat",
        "lainnya": "Lainnya",
    },
    "status": {
        "final": "Final",
        "sementara": "Sementara",
        "menunggu_rilis": "Menunggu rilis",
        "belum_jadwal": "Belum jatuh jadwal",
        "tidak_terukur": "Tidak terukur tahun ini",
        "tidak_berlaku": "Tidak berlaku lagi",
    },
    "cakupan": {"provinsi": "Provinsi", "nasional": "Nasional"},
    "status_tindak_lanjut": {"selesai": "Selesai", "berjalan": "Berjalan", "belum": "Belum"},
    "sebab": {
        "inpres_1_2025": "Inpres 1/2025",
        "tkd": "TKD/KMK 29",
        "pergeseran_biasa": "Pergeseran biasa",
        "koreksi": "Koreksi pagu/salah rekening",
        "mendesak": "Kebutuhan mendesak",
        "prioritas_kepala_daerah": "Prioritas kepala daerah",
        "gaji": "Gaji/TPP",
        "lainnya": "Lainnya",
    },
    "ya_tidak": YES_NO,
    "jenis_opd": {
        "sekretariat": "Sekretariat",
        "inspektorat": "Inspektorat",
        "badan": "Badan",
        "dinas": "Dinas",
        "satuan": "Satuan",
        "rsud": "RSUD",
        "kecamatan": "Kecamatan",
        "bagian": "Bagian",
        "lainnya": "Lainnya",
    },
    "sektor_prioritas": {
        "pendidikan": "Pendidikan",
        "kesehatan": "Kesehatan",
        "infrastruktur_sanitasi": "Infrastruktur dan sanitasi",
        "inflasi_pangan": "Inflasi dan harga pangan",
        "cadangan_pangan": "Cadangan pangan",
        "lainnya": "Lainnya",
    },
}
"""Lists whose words are the only ones allowed: stored value -> word."""

OPEN: dict[str, tuple[str, ...]] = {
    "satuan": ("persen", "indeks", "nilai", "orang", "rupiah", "unit", "dokumen", "hari", "per 1.000", "predikat"),
    "penanggung_jawab_data": ("Internal OPD", "BPS", "K/L", "Provinsi"),
    "kategori_penghambat": (
        "Anggaran", "SDM", "Data", "Regulasi", "Pihak lain", "Cuaca/bencana", "Waktu pengadaan",
    ),
    "status_dokumen": ("Draf", "Disetujui kepala OPD"),
}  # fmt: skip
"""Lists that suggest; other words are kept as written."""


def closed(config: Config) -> dict[str, Labels]:
    """:data:`CLOSED` and the budget stages of the configuration (list ``tahap``).

    Examples
    --------
    >>> closed(Config("contoh", "Kota Contoh"))["tahap"]["perubahan"]
    'DPPA'
    """
    named = {stage.kode: STAGES.get(stage.kode, stage.nama) for stage in config.tahap}
    return CLOSED | {"tahap": STAGES | named}


def stored(labels: Labels, word: str) -> str | None:
    """Stored value of a word (or of the value itself), whatever its case; ``None`` if there is none.

    Examples
    --------
    >>> stored(CLOSED["status"], "menunggu  RILIS"), stored(CLOSED["periode"], "tw3"), stored(YES_NO, "ya")
    ('menunggu_rilis', 'TW3', 'True')
    """
    sought = " ".join(word.split()).casefold()
    return next((kode for kode, label in labels.items() if sought in (label.casefold(), kode.casefold())), None)
