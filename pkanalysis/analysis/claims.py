"""What may be said: levels of claim, and refusals with the sentence that says what may be said instead.

A result that could be over-read carries ``claim`` (``L0`` to ``L3``) and ``refusals``.

What analysts hand in: columns, rupiah, codes and figures are checked once; each refusal is one sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from pkanalysis.reference import sentences

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


def refused(rules: Mapping[str, bool]) -> tuple[Refusal, ...]:
    """The refusals whose condition is met, in the order of ``rules``.

    Examples
    --------
    >>> [item.code for item in refused({"REALISASI_KOSONG": True, "TARGET_NOL": False})]
    ['REALISASI_KOSONG']
    """
    return tuple(refusal(code) for code, is_met in rules.items() if is_met)


def worded(code: str, **values: object) -> str:
    """The sentence or phrase ``code`` of the table ``reference/kalimat.toml``, with ``values`` in their places.

    Raises
    ------
    KeyError
        No such code, or a value that the pattern names is not given.

    Examples
    --------
    >>> worded("GERAK_NAIK", besar="0,8")
    'naik 0,8'
    """
    return sentences()[code].format(**values)


Floats = npt.NDArray[np.float64]
EXACT = 2**53
"""Up to here every whole rupiah is one figure, also where a file gives it as a float."""


def level(by: str | Iterable[str]) -> list[str]:
    """The columns of a level; one may be given by its name alone.

    Examples
    --------
    >>> level("kode_opd"), level(("kode_opd", "kategori"))
    (['kode_opd'], ['kode_opd', 'kategori'])
    """
    keys = list(by) if isinstance(by, Iterable) and not isinstance(by, str) else [by]
    if not keys or len(set(keys)) < len(keys) or not all(isinstance(key, str) and key != "pagu_rp" for key in keys):
        raise ValueError(f"tingkat harus menyebut kolom yang berlainan, tertulis {keys}")
    return keys


def require(frame: object, columns: Iterable[str]) -> None:
    """Refuse a frame without one of the columns.

    Examples
    --------
    >>> require(pd.DataFrame({"a": [1]}), ["a", "b"])
    Traceback (most recent call last):
        ...
    ValueError: kolom 'b' tidak ada; yang ada: a
    """
    if not isinstance(frame, pd.DataFrame):
        raise ValueError(f"diperlukan tabel (DataFrame), tertulis {type(frame).__name__}")
    wanted = list(columns)
    if missing := [name for name in wanted if name not in frame]:
        known = ", ".join(map(str, frame.columns)) or "tidak satu pun"
        raise ValueError(f"kolom {missing[0]!r} tidak ada; yang ada: {known}")
    if twice := [name for name in wanted if (frame.columns == name).sum() > 1]:
        raise ValueError(f"kolom {twice[0]!r} ada lebih dari sekali; sisakan satu")


def alike(frames: Iterable[pd.DataFrame], columns: Iterable[str]) -> None:
    """Refuse a key that is text here and a figure there: none of its rows would match.

    Examples
    --------
    >>> alike([pd.DataFrame({"kode": [1]}), pd.DataFrame({"kode": ["1"]})], ["kode"])
    Traceback (most recent call last):
        ...
    ValueError: kolom 'kode' memuat angka dan teks sekaligus; baca sebagai teks pada semua tabel
    """
    every = list(frames)
    for name in columns:
        kinds = {isinstance(item, str) for frame in every for item in frame[name].dropna().unique()}
        if len(kinds) > 1:
            raise ValueError(f"kolom {name!r} memuat angka dan teks sekaligus; baca sebagai teks pada semua tabel")


def rupiah(column: pd.Series) -> pd.Series:
    """Whole rupiah as integers; missing is not zero, and a text is no figure.

    Examples
    --------
    >>> rupiah(pd.Series([1.0, 2.0])).tolist()
    [1, 2]
    >>> rupiah(pd.Series([1.0, None], name="pagu_rp"))
    Traceback (most recent call last):
        ...
    ValueError: kolom 'pagu_rp' kosong pada 1 baris; kosong bukan nol, isi atau keluarkan dahulu
    """
    figures = column if pd.api.types.is_numeric_dtype(column) else column.astype("object")
    if written := [item for item in figures.dropna().unique() if isinstance(item, str)]:
        raise ValueError(f"kolom {column.name!r} harus angka rupiah; tertulis {str(written[0])!r} sebagai teks")
    figures = pd.to_numeric(figures)
    if empty := int(figures.isna().sum()):
        raise ValueError(
            f"kolom {column.name!r} kosong pada {empty} baris; kosong bukan nol, isi atau keluarkan dahulu"
        )
    if (is_huge := figures.abs().ge(EXACT)).any():
        raise ValueError(f"kolom {column.name!r} terlalu besar untuk rupiah; tertulis {figures[is_huge].iloc[0]}")
    if (is_part := figures.ne(figures.round())).any():
        raise ValueError(f"kolom {column.name!r} harus rupiah bulat; tertulis {figures[is_part].iloc[0]}")
    return figures.astype("int64")


def rate(share: object, what: str) -> None:
    """Refuse a rate that is no share from 0 to 1.

    Examples
    --------
    >>> rate(50, "perjalanan_dinas")
    Traceback (most recent call last):
        ...
    ValueError: tarif perjalanan_dinas harus dari 0 sampai 1, tertulis 50
    """
    if isinstance(share, bool) or not isinstance(share, Real) or not 0 <= float(share) <= 1:
        raise ValueError(f"tarif {what} harus dari 0 sampai 1, tertulis {share}")


def texts(codes: object) -> pd.Series:
    """Codes as a Series; a number is refused, since it has lost its zeros.

    Examples
    --------
    >>> texts("5.1.02.04").tolist(), texts(["5.1", "5.2"]).tolist()
    (['5.1.02.04'], ['5.1', '5.2'])
    """
    if isinstance(codes, pd.DataFrame) or not isinstance(codes, Iterable):
        raise ValueError(f"kode harus sederet teks, tertulis {type(codes).__name__}")
    found = codes if isinstance(codes, pd.Series) else pd.Series([codes] if isinstance(codes, str) else list(codes))
    wrong = [code for code in found.dropna().unique() if not isinstance(code, str)]
    if wrong:
        raise ValueError(f"kode harus teks, tertulis {wrong[0]}; baca kolomnya sebagai teks agar nol tidak hilang")
    return found


def numbers(values: object, what: str) -> Floats:
    """Figures in one row; missing ones are NaN.

    Examples
    --------
    >>> numbers([1, None], "pagu").tolist(), numbers(5, "pagu").tolist()
    ([1.0, nan], [5.0])
    >>> numbers(["1.234"], "pagu")
    Traceback (most recent call last):
        ...
    ValueError: pagu harus sederet angka, bukan teks, tabel, atau bentuk lain
    """
    try:
        row = np.atleast_1d(np.asarray(values, dtype="object"))
        if row.ndim > 1 or any(isinstance(item, str) for item in row):
            raise TypeError
        return np.array([np.nan if pd.isna(item) else float(item) for item in row], dtype="float64")
    except (TypeError, ValueError):
        raise ValueError(f"{what} harus sederet angka, bukan teks, tabel, atau bentuk lain") from None
