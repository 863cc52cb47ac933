"""Every enumeration of the data with its values, its words and what they mean for a calculation.

A value that is not listed here is refused by :func:`known`, where it enters. A new polarity is one line of
:data:`POLARITIES`; where its formula is not that of its sign and bounds, it gets one in
:mod:`pkanalysis.analysis.achievement.formulas`.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any


@dataclass(frozen=True)
class Polarity:
    """Which way is good: ``sign`` +1 or -1, 0 for a target that is missed on both sides; the bounds that a target sets.

    ``label`` is the word in lists and tables; ``marks`` and ``spellings`` are how offices write it.
    """

    label: str
    sign: int
    is_floor: bool
    is_ceiling: bool
    marks: frozenset[str] = frozenset()
    spellings: frozenset[str] = frozenset()


POLARITIES = {
    "naik_baik": Polarity("Makin tinggi makin baik", +1, True, False, frozenset("+↑▲"), frozenset((
        "naik", "naik baik", "positif", "maximize", "maximise", "max", "maks", "maksimal", "maksimum", "maksimasi",
        "maksimalkan", "meningkat", "up", "higher", "increase", "semakin tinggi", "makin tinggi", "tinggi", "progresif",
    ))),
    "turun_baik": Polarity("Makin rendah makin baik", -1, False, True, frozenset("-−–—↓▼"), frozenset((
        "turun", "turun baik", "negatif", "minimize", "minimise", "min", "minimal", "minimum", "minimasi", "minimalkan",
        "menurun", "down", "lower", "decrease", "semakin rendah", "makin rendah", "semakin kecil", "rendah", "regresif",
    ))),
    "rentang": Polarity("Harus di dalam rentang", 0, True, True, frozenset(("+/-", "±")), frozenset((
        "rentang", "range", "stabil", "stabilize", "stabilise", "menjaga", "di dalam rentang",
    ))),
}  # fmt: skip
"""Stored value -> what it means and how it is written."""

ROMAN = ("I", "II", "III", "IV")
QUARTERS = ("TW1", "TW2", "TW3", "TW4")
YEAR = "tahunan"
PERIODS = (*QUARTERS, YEAR)
LONG_PERIODS = {name: f"Triwulan {number}" for name, number in zip(QUARTERS, ROMAN, strict=True)} | {YEAR: "Tahunan"}
SHORT_PERIODS = {name: f"TW {number}" for name, number in zip(QUARTERS, ROMAN, strict=True)} | {YEAR: "akhir tahun"}
"""Periods inside a sentence."""
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
_DUE = {"semesteran": ("TW2", "TW4"), "tahunan": ("TW4",)}

AGGREGATIONS = ("jumlah", "rata_rata", "posisi_akhir", "kumulatif")
OF_THE_QUARTER = ("jumlah", "rata_rata")
"""Aggregations whose quarters hold the value of the quarter alone; the others hold it to date."""
GROWING = ("jumlah", "kumulatif")
"""Aggregations under which a year grows from quarter to quarter."""
NOT_YET = ("menunggu_rilis", "belum_jadwal")
NOT_MEASURED = ("tidak_terukur", "tidak_berlaku")
WAITING = NOT_YET + NOT_MEASURED
"""Statuses under which a number does not count yet, or not any more."""
MARKS = ("seri_lama", "konflik", "dibantah", "terkonfirmasi")
"""Marks of the compiler on a published figure: of an older series, not joined to later values; at odds with what its
note names; contradicted by the note of another row; of an indicator that is known to be an IKU."""
SEVERITIES = ("galat", "peringatan", "catatan")
METHODS = ("aritmetik", "geometrik")
"""Ways to take a mean of achievements."""

YES_NO = {"True": "Ya", "False": "Tidak"}
STAGES = {"murni": "DPA murni", "pergeseran": "Pergeseran", "perubahan": "DPPA"}
_LEVELS = {"program": "Program", "kegiatan": "Kegiatan", "sub_kegiatan": "Sub Kegiatan"}
_DOCUMENTS = {
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

LAYOUTS = {
    "isian": "lembar kerja isian",
    "e81": "Formulir E.81 (evaluasi Renja)",
    "rekap_perubahan": "Rekap perubahan anggaran SIPD (beberapa tahap)",
    "rekap5": "Rekap anggaran SIPD (rekap5)",
    "format_impor": "Format impor APBD (kode dan nama dalam satu sel)",
    "laporan_realisasi": "Laporan Realisasi SIPD",
    "rak": "Anggaran kas (RAK) per bulan",
    "anggaran_kas": "Anggaran kas: target dan realisasi belanja per bulan",
    "kas_rekening": "Anggaran kas per rekening dan bulan",
    "sebelum_sesudah": "Anggaran sebelum dan sesudah efisiensi",
    "lra": "Laporan Realisasi Anggaran (LRA) berjenjang",
    "penjabaran": "Penjabaran APBD atau perubahannya, berjenjang",
    "dpa": "DPA Rincian Belanja SIPD (PDF)",
    "iku": "Daftar IKU / Perjanjian Kinerja",
    "angka_terbit": "Angka terbit (CSV bersumber)",
}
"""Titles of the layouts that files come in, by the name that the table ``berkas`` keeps."""

LABELS: dict[str, dict[str, str]] = {
    "periode": SHORT_PERIODS | {YEAR: "Tahunan"},
    "tingkat": {"tujuan": "Tujuan", "iku_kota": "IKU Kota", "iku_opd": "IKU OPD"} | _LEVELS,
    "polaritas": {name: polarity.label for name, polarity in POLARITIES.items()},
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
    "jenis_induk": {"indikator": "Indikator"} | _LEVELS | {"sub_kegiatan": "Sub kegiatan"},
    "dokumen": _DOCUMENTS,
    "dokumen_pk": {name: _DOCUMENTS[name] for name in ("pk", "pk_perubahan")},
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
"""Lists of the workbook, whose words are the only ones allowed: stored value -> word, in the order of the list."""

WORDS: dict[str, dict[str, str]] = {
    "keyakinan": {
        "pasti": "pasti",
        "taksiran": "taksiran",
        "perlu_telaah": "perlu telaah",
        "di_luar_sasaran": "di luar sasaran",
        "tidak_terurai": "tidak terurai",
    },
    "status_baris": {"tetap": "tetap", "berubah": "berubah", "baru": "baru", "dihapus": "tidak dianggarkan lagi"},
    "status_perjalanan": {
        "memenuhi": "mencapai ketentuan",
        "belum": "belum mencapai ketentuan",
        "tidak_berlaku": "tidak ada perjalanan dinas",
        "pos_baru": "pos baru",
    },
    "jenis_perjalanan": {
        "biasa": "Perjalanan dinas biasa (luar kota)",
        "tetap": "Perjalanan dinas tetap",
        "dalam_kota": "Perjalanan dinas dalam kota",
        "paket_meeting": "Paket meeting",
        "luar_negeri": "Perjalanan dinas luar negeri",
        "lainnya": "Tidak terinci",
    },
    "sektor": {
        "pendidikan": "pendidikan",
        "kesehatan": "kesehatan",
        "infrastruktur_sanitasi": "infrastruktur dan sanitasi",
        "inflasi_pangan": "pengendalian inflasi dan harga pangan",
        "cadangan_pangan": "cadangan pangan",
        "lainnya": "lainnya",
    },
    "ukuran": {
        "pagu_sebelum": "belanja tahap sebelum",
        "pagu_sesudah": "belanja tahap sesudah",
        "pengurangan": "seluruh pengurangan kotor",
        "pengurangan_pilihan": "pengurangan kotor di luar TKD",
        "pengurangan_tkd": "pengurangan karena TKD",
        "pengurangan_sasaran": "pengurangan kotor pada pos sasaran, di luar TKD",
        "pengurangan_bertarif": "pengurangan kotor pada kelompok pos yang bertarif, di luar TKD",
        "penambahan": "seluruh penambahan kotor",
        "penambahan_prioritas": "penambahan kotor pada bidang prioritas SE",
        "perjalanan_sebelum": "perjalanan dinas tahap sebelum",
        "perjalanan_sesudah": "perjalanan dinas tahap sesudah",
        "perjalanan_berkurang": "pengurangan bersih perjalanan dinas",
    },
    "status_pagu": {"dalam_pagu": "di dalam", "melebihi_pagu": "melebihi", "belum_ada_data": "belum ada data"},
    "status_tarif": {
        "memenuhi": "di dalam batas",
        "belum": "di atas batas",
        "tidak_berlaku": "tidak ada perjalanan dinas",
        "pos_baru": "pos baru",
        "belum_ada_data": "belum ada data",
    },
    "arah_neto": {"penggunaan": "penggunaan neto", "sumber": "sumber neto", "tetap": "tetap"},
    "varian_c": {
        "efisien": "efisien",
        "efektif": "efektif",
        "perlu_perhatian": "perlu perhatian",
        "tidak_efisien": "tidak efisien",
    },
    "bendera": {
        "TRIWULAN_TIDAK_LENGKAP": "triwulan tidak lengkap",
        "REALISASI_KOSONG": "realisasi kosong",
        "TARGET_NOL": "target nol, capaian tidak dihitung",
        "TARGET_TIDAK_ADA": "target tidak ada, capaian tidak dihitung",
        "TARGET_AWAL_TIDAK_ADA": "target awal tidak ada",
        "TARGET_PERUBAHAN_TANPA_PERIODE": "PK Perubahan tidak menetapkan target periode ini; dipakai PK sebelumnya",
    },
}
"""Results of calculations and the words for them inside a sentence or a cell."""

_ORDERED = {"agregasi": AGGREGATIONS, "tingkat_temuan": SEVERITIES, "cara merata-ratakan": METHODS, "tanda": MARKS}


def values(kind: str) -> tuple[str, ...]:
    """The stored values of an enumeration, in the order of the data dictionary.

    Examples
    --------
    >>> values("polaritas"), values("agregasi")[1]
    (('naik_baik', 'turun_baik', 'rentang'), 'rata_rata')
    """
    return _ORDERED.get(kind) or tuple((LABELS | WORDS)[kind])


def known(kind: str, given: Any, allowed: Iterable[str] = ()) -> None:
    """Refuse a value that an enumeration does not know, with those that it knows and the nearest of them.

    Parameters
    ----------
    kind : str
        Name of the enumeration, a key of :data:`LABELS` or :data:`WORDS`; any word together with ``allowed``.
    given : str or sequence, array or Series of str
    allowed : iterable of str
        Values of an enumeration that does not stand here.

    Raises
    ------
    ValueError
        One of ``given`` is not among them.

    Examples
    --------
    >>> known("polaritas", ["naik_baik", "turun"])
    Traceback (most recent call last):
        ...
    ValueError: polaritas 'turun' tidak dikenal; yang ada: naik_baik, turun_baik, rentang (maksud Anda turun_baik?)
    """
    every = tuple(allowed) or values(kind)
    given = given.tolist() if hasattr(given, "tolist") else given  # arrays and Series, whatever their shape
    items = [given] if isinstance(given, str) or not isinstance(given, Iterable) else given
    if wrong := sorted({str(item) for item in items} - set(every)):
        near = get_close_matches(wrong[0], every, 1)
        meant = f" (maksud Anda {near[0]}?)" if near else ""
        raise ValueError(f"{kind} {wrong[0]!r} tidak dikenal; yang ada: {', '.join(every)}{meant}")


def sign(polarity: str) -> float:
    """Sign of what is good: +1, -1, or NaN where a target is missed on both sides.

    Examples
    --------
    >>> sign("turun_baik"), sign("rentang")
    (-1.0, nan)
    """
    known("polaritas", polarity)
    return float(POLARITIES[polarity].sign or "nan")


def quarters_to(period: str) -> tuple[str, ...]:
    """Quarters up to and including ``period``; all four for ``tahunan``.

    Examples
    --------
    >>> quarters_to("TW3"), quarters_to("tahunan")[-1]
    (('TW1', 'TW2', 'TW3'), 'TW4')
    """
    known("periode", period)
    return QUARTERS[: PERIODS.index(period) + 1]


def last_month(period: str) -> int:
    """Last month (1-12) of ``period``.

    Examples
    --------
    >>> last_month("TW3"), last_month("tahunan")
    (9, 12)
    """
    return 3 * len(quarters_to(period))


def end_of(year: int, period: str) -> dt.date:
    """Last day of ``period`` in ``year``.

    Examples
    --------
    >>> end_of(2025, "TW3").isoformat()
    '2025-09-30'
    """
    month = last_month(period)
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def due_quarters(schedule: str | None) -> tuple[str, ...]:
    """Quarters in which an indicator of that schedule must be measured; every quarter when unknown.

    Examples
    --------
    >>> due_quarters("semesteran")
    ('TW2', 'TW4')
    """
    return _DUE.get(str(schedule), QUARTERS)
