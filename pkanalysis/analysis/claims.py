"""What may be said: levels of claim, and refusals with the sentence that says what may be said instead.

A result that could be over-read carries ``claim`` (``L0`` to ``L3``) and ``refusals``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["L0", "L1", "L2", "L3"]

LEVELS: dict[Level, str] = {
    "L0": "tidak dianalisis",
    "L1": "deskriptif",
    "L2": "asosiasi",
    "L3": "indikasi kuat",
}
"""Words of the levels, weakest first; no level says that one thing caused another."""

_SENTENCES = {
    "N_KURANG_DARI_4": "Titik yang dapat dibandingkan kurang dari empat; yang dapat dikatakan hanya selisih awal dan "
    "akhir serta jarak ke target.",
    "N4_TIDAK_MUNGKIN_SIGNIFIKAN_DUA_ARAH": "Dengan empat titik, tren tidak mungkin terbukti (nilai p dua arah "
    "terkecil 0,083); yang dapat dikatakan hanya kemiringan dan uraian.",
    "HAC_N_KURANG_20": "Galat baku HAC tidak dipakai pada kurang dari 20 titik; pakai nilai t biasa.",
    "MUSIMAN_KURANG_4_TAHUN": "Tren musiman memerlukan empat tahun triwulan; yang dapat dikatakan hanya perbandingan "
    "dengan triwulan yang sama tahun lalu.",
    "XMR_N_KURANG_8": "Batas kendali tidak dihitung pada kurang dari delapan titik; yang dapat ditampilkan hanya "
    "grafiknya.",
    "TARGET_NOL": "Target nol membuat persentase capaian tidak terdefinisi; yang dapat dikatakan hanya tercapai atau "
    "tidak.",
    "TARGET_AWAL_TIDAK_ADA": "Target PK awal tidak ada; capaian hanya dapat dihitung terhadap PK Perubahan, dan "
    "pengaruh perubahan target tidak dapat dipisahkan.",
    "REALISASI_KOSONG": "Realisasi belum ada; kosong bukan nol dan tidak dihitung.",
    "TRIWULAN_TIDAK_LENGKAP": "Triwulan belum lengkap; yang dapat dikatakan hanya capaian sampai triwulan yang ada "
    "terhadap target sampai triwulan itu.",
    "PAGU_BERUBAH": "Pagu berubah di tengah tahun, sehingga kenaikan efisiensi atau serapan sebagian hanya akibat "
    "hitungan; angka atas pagu murni ditampilkan di sampingnya.",
    "CAPAIAN_BUKAN_RASIO": "Ada capaian di atas sepuluh kali target; periksa apakah yang diberikan persen (122), "
    "padahal yang diminta rasio (1,22).",
    "KODE_BEDA_GENERASI": "Kode rekening kedua tahap memakai penomoran yang berbeda, sehingga hampir semua baris "
    "tampak dihapus dan baru; samakan penomorannya dahulu, yang dapat dibandingkan hanya jumlah per OPD.",
    "REKENING_BERPINDAH": "Honorarium pengelola keuangan dan pengadaan berpindah rekening (5.1.01.03.07 menjadi "
    "5.1.02.02.01.0080 dan 0081), sehingga pengurangan dan penambahannya semu; bandingkan keduanya sebagai satu "
    "kelompok.",
    "PAGU_CAPAIAN_NOL": "Jumlah pagu kali capaian nol, sehingga E dan NE tidak terdefinisi; yang dapat ditampilkan "
    "hanya pagu, capaian, dan realisasinya.",
    "PEFA_TAHUN_KURANG_3": "Huruf PEFA memerlukan tiga tahun anggaran yang sudah selesai; yang dapat ditampilkan hanya "
    "simpangan per tahun.",
    "MAYORITAS_DI_BATAS_ATAS": "Separuh atau lebih capaian berada di batas atas; hubungan tidak dihitung, yang dapat "
    "ditampilkan hanya sebarannya.",
    "PERINGKAT_TUMPANG_TINDIH": "Selang kedua nilai bertumpang tindih; urutannya belum dapat dibedakan.",
    "UNIT_KURANG_DARI_8": "Unit kurang dari delapan; hubungan tidak dihitung, yang dapat dikatakan hanya uraian per "
    "unit.",
    "BESAR_PENGURANGAN_SERAGAM": "Besar pengurangan sama di semua unit, sehingga hubungannya dengan capaian tidak "
    "dapat dilihat; yang dapat dikatakan hanya uraian.",
    "HASIL_SERAGAM": "Perubahan capaian sama di semua unit, sehingga hubungannya dengan besar pengurangan tidak dapat "
    "dilihat; yang dapat dikatakan hanya uraian.",
    "TAHUN_TIDAK_LENGKAP": "Ada tahun yang tidak lengkap: unit tanpa data pada salah satu tahun dikeluarkan; bila satu "
    "tahun tidak ada sama sekali atau terlalu sedikit unit yang tersisa, hubungan tidak dihitung.",
    "PRATREN_TIDAK_CUKUP": "Tahun sebelum pengurangan terlalu sedikit untuk memeriksa kecenderungan sebelumnya; yang "
    "dapat dikatakan paling jauh hanya asosiasi perubahan dengan besar pengurangan.",
    "PLASEBO_GAGAL": "Hubungan serupa tampak sebelum ada pengurangan, sehingga hubungan sesudahnya tidak dapat "
    "ditafsirkan.",
    "PENGUNGKIT_TUNGGAL": "Hasil bertumpu pada satu unit; tanpa unit itu kesimpulannya dapat berubah.",
    "DEFINISI_BERUBAH": "Definisi atau satuan berubah, sehingga seri dimulai lagi sejak perubahan itu.",
    "PELUANG_N_KURANG_DARI_5": "Peluang tercapainya target tidak dihitung pada kurang dari lima titik; yang dapat "
    "dikatakan hanya laju yang dibutuhkan di samping laju selama ini.",
    "HORIZON_LEBIH_DARI_2_TAHUN": "Proyeksi lebih dari dua tahun ke depan tidak dihitung; yang dapat dikatakan hanya "
    "laju yang dibutuhkan di samping laju selama ini.",
    "TANPA_KERAGAMAN": "Nilai tidak pernah berubah atau tepat segaris, sehingga rentang dan peluang tidak dapat "
    "ditaksir; yang dapat dikatakan hanya nilai terakhir dan jaraknya ke target.",
    "TARGET_TIDAK_ADA": "Target belum ada; yang dapat dikatakan hanya perkembangan nilainya.",
    "SUMBER_BERTENTANGAN": "Sumber menyebut angka yang berbeda untuk tahun yang sama; tidak ada yang dipilih dan "
    "tahun itu tidak dihitung.",
    "TIDAK_TERREKONSILIASI": "Rincian tidak sama dengan jumlahnya; selisihnya ditampilkan, dan tidak ada yang "
    "disimpulkan sebelum cocok.",
}


@dataclass(frozen=True)
class Refusal:
    """A refusal: ``code`` for programs, ``sentence`` (Indonesian) for readers."""

    code: str
    sentence: str


def refusal(code: str) -> Refusal:
    """The refusal ``code`` with its sentence.

    Raises
    ------
    KeyError
        No such code.

    Examples
    --------
    >>> refusal("REALISASI_KOSONG").sentence
    'Realisasi belum ada; kosong bukan nol dan tidak dihitung.'
    """
    return Refusal(code, _SENTENCES[code])
