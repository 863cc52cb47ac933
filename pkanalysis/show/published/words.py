"""The cover and the notes of the page on published figures."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

import pandas as pd

from pkanalysis.analysis import published
from pkanalysis.show.blocks import Cover, Note, Phrase
from pkanalysis.show.published.rows import figures, topic
from pkanalysis.show.values import Value

if TYPE_CHECKING:
    from pkanalysis.store import Workspace

WARNING = (
    "**Bukan dokumen resmi pemerintah daerah.** Angka disalin seperti tertulis di sumbernya dan tidak dikoreksi; "
    "laporan yang ditandatangani perlu naskah resminya."
)
UNKNOWN = (
    "**Anggaran per OPD tidak diterbitkan.** Besar pengurangan, penyerapan, dan efisiensi penggunaan sumber daya tiap "
    "OPD karena itu tidak dapat dihitung dari angka ini.",
    "**Penambahan anggaran dari hasil efisiensi masih berupa klaim**; rinciannya tidak sama dengan jumlahnya.",
    "**Anggaran dan capaian tidak dikaitkan.** Tidak ada OPD yang anggaran dan capaiannya terbit lengkap.",
)


def cover(ws: Workspace) -> Cover:
    """Title and warning: secondary sources, not audited."""
    rows = figures(ws)
    counts = Phrase(
        "Halaman ini memuat {angka} baris angka dari {sumber} alamat sumber; {konflik} baris bertentangan dengan angka "
        "lain, dan semuanya ditampilkan.",
        {
            "angka": Value(len(rows), "bulat"),
            "sumber": Value(len(published.sources(rows)), "bulat"),
            "konflik": Value(int(rows["is_konflik"].sum()), "bulat"),
        },
    )
    return Cover(
        id="sampul",
        caption=f"Angka terbit {ws.config.daerah}",
        is_sample=ws.is_sample,
        unit="Angka berita dan sumber sekunder, belum diaudit",
        items=(Phrase(WARNING), counts, Phrase("Tanda – berarti tidak ditemukan, bukan nol.")),
        footer=f"{ws.config.daerah} · Angka terbit dari sumber sekunder · belum diaudit",
    )


def indicator_count(ws: Workspace) -> Note:
    """How many IKU there were, which are known by name, and what is not known."""
    rows = topic(ws, "iku_kota")
    counts = rows[rows["uraian"].eq("Jumlah IKU Pemerintah Kota")].sort_values("tahun")
    confirmed = rows[rows["status"].str.contains("terkonfirmasi", na=False)]["uraian"].unique()
    names = {"nama": Value(", ".join(confirmed) or None, "teks")}
    known = Phrase(
        "Yang terkonfirmasi sebagai IKU: {nama}. Indikator lain di bawah ini berasal dari RPJMD, RKPD atau LKPJ.", names
    )
    return Note(
        id="jumlah-iku",
        caption="Jumlah IKU berubah dan daftarnya tidak ditemukan",
        is_sample=ws.is_sample,
        items=(*_changes(counts), known),
        source=published.numbers(counts["kutipan"]),
    )


def _changes(counts: pd.DataFrame) -> Iterator[Phrase]:
    for before, after in pairwise(counts.itertuples()):
        yield Phrase(
            "Jumlah IKU Pemerintah Kota {sebelum} pada {tahun_sebelum} dan {sesudah} pada {tahun_sesudah}. Rata-rata "
            "capaian kedua tahun itu tidak setara, kecuali dihitung pada indikator yang sama. **Indikator yang tidak "
            "dinilai lagi tidak teridentifikasi**; sumber tidak menyebut namanya.",
            {
                "sebelum": Value(before.nilai, "bulat"),
                "tahun_sebelum": Value(before.tahun, "tahun"),
                "sesudah": Value(after.nilai, "bulat"),
                "tahun_sesudah": Value(after.tahun, "tahun"),
            },
        )


def limits(ws: Workspace) -> Note:
    """What these figures cannot show."""
    rows = published.series(figures(ws))
    longest = published.years(rows).max()
    trend = Phrase(
        "**Arah perkembangan tidak dinyatakan.** Deret makro terpanjang hanya {tahun} tahun, dan di antaranya ada "
        "tahun kosong, angka yang bertentangan, dan pergantian metode.",
        {"tahun": Value(longest, "bulat")},
    )
    return Note(
        id="batas",
        caption="Yang tidak dapat disimpulkan",
        is_sample=ws.is_sample,
        items=(trend, *map(Phrase, UNKNOWN)),
    )
