"""Annex: the specification curve, and how the page counts."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.claims import refusal
from pkanalysis.analysis.effect.slopes import DRAWS, SEED
from pkanalysis.show.blocks import Column, Figure, Note, Phrase, Table
from pkanalysis.show.cells import count, plain
from pkanalysis.show.effect.case import LIMITS, OUTCOMES, SIZES, Case
from pkanalysis.show.effect.figures import interval_plot
from pkanalysis.show.effect.numbers import STEP, chance, number, scale
from pkanalysis.show.effect.tables import ESTIMATE

METHOD = (
    "Satu baris per OPD: perubahan capaian (tahun laporan dikurangi rata-rata tahun sebelumnya) dikaitkan dengan besar "
    "pengurangan. Indikator dirata-ratakan ke OPD; hanya indikator yang ada nilainya di setiap tahun yang dipakai.",
    "Capaian terhadap target awal dihitung tanpa batas atas; tiap indikator dijaga di antara {lo} dan {hi} persen agar "
    "satu indikator tidak menentukan OPD-nya.",
    "Indikator yang menggambarkan tahun sebelumnya tidak dipakai sebagai hasil; ia menjadi uji pembanding.",
    "Dua cara hitung pokok: D1 selisih terhadap rata-rata tahun sebelumnya; D2 ANCOVA, yaitu capaian tahun laporan "
    "dengan memperhitungkan capaian tahun terakhir. Keduanya mengapit jawaban bila pengurangan mengikuti capaian "
    "sebelumnya.",
    "Uji pertama memakai galat HC3, yang tahan terhadap ragam antar-OPD yang tidak sama; rentang pada halaman pertama "
    "adalah rentang 95% dari uji ini. Uji kedua memakai bootstrap liar: tanda sisaan tiap OPD dibalik acak {d} kali "
    "(semua susunan bila OPD paling banyak dua belas), benih {b}; nilai seri dihitung dan p tidak pernah nol.",
    "Ukuran pengaruh satu OPD ialah daya ungkitnya (leverage): seberapa jauh besar pengurangannya dari OPD lain.",
    "Uji pembanding gagal bila t di atas dua, atau kemiringannya setengah atau lebih dari taksiran yang berbeda dari "
    "nol. Rata-rata sebelum pengurangan diuji dengan aturan lain: bila besar pengurangan mengikutinya dengan arah "
    "berlawanan, sebesar setengah taksiran atau lebih, kembalinya capaian ke kebiasaan tampak seperti pengaruh.",
    "Belokan kecenderungan (HonestDiD): dicari belokan terbesar, dari tahun ke tahun, yang masih membuat rentang 95% "
    "tidak memuat nol; tingkat tertinggi mensyaratkan paling sedikit sebesar belokan yang pernah terjadi sebelum "
    "pengurangan.",
    "Ukuran utama, batas setara, dan daftar cara hitung dibaca dari bagian kaitan di pkanalysis.toml. Sidik {s} "
    "berubah bila ukuran, batas, cara hitung, tarif, penjagaan nilai, atau benih diubah; bandingkan dengan sidik yang "
    "dicatat sebelum hasil dilihat.",
    "Tabel simulasi yang mendasari aturan ini ada di dokumentasi kaitan.",
)


def curve_figure(case: Case, curve: pd.DataFrame) -> Figure | Note:
    """Every estimate of the original-target achievement, smallest first."""
    rows = curve[curve["hasil"].eq("capaian_murni") & curve["kode"].eq("")].sort_values("kemiringan", kind="stable")
    if rows.empty:
        text = "Kurva cara hitung tidak dibuat: tidak ada cara yang dapat dihitung."
        return Note(**case.block("gambar-kurva"), items=(Phrase(text),))
    names = [f"{how} · {size.replace('_', ' ')}" for how, size in zip(rows["cara"], rows["ukuran"], strict=True)]
    values = {name: number(STEP * beta) for name, beta in zip(names, rows["kemiringan"], strict=True)}
    return Figure(
        **case.block("gambar-kurva", "Kurva cara hitung: semua ukuran, terhadap target awal"),
        svg=interval_plot(names, rows, STEP, case.setting.is_sample, first_is_main=False),
        values=values,
        unit="poin per 10 poin pengurangan",
        alt="Titik dan rentang; " + "; ".join(f"{name} {value}" for name, value in values.items()),
        note="Diurutkan menurut besarnya; tidak satu pun dipilih.",
    )


def curve_table(case: Case, curve: pd.DataFrame) -> Table | Note:
    """Every outcome, size and way of calculating, also those that could not be computed, with the reason."""
    rows = tuple(
        (OUTCOMES[row["hasil"]][0], SIZES[row["ukuran"]], row["cara"],
         *(number(scale(row["hasil"]) * raw) for raw in (row["kemiringan"], row["batas_bawah"], row["batas_atas"])),
         chance(row["p"]), row["n"] or None)
        for row in curve.to_dict("records")
    )  # fmt: skip
    codes = [code for code in curve["kode"].unique() if code not in ("", "TIDAK_BERLAKU")]
    said = " ".join(refusal(code).sentence for code in codes)
    text = (
        "Satuan menurut hasil, per 10 poin pengurangan. Kosong = cara itu tidak mengubah apa pun atau tidak dapat "
        "dihitung."
    )
    return Table(
        **case.block("kurva", "Semua cara hitung"),
        columns=(
            Column("hasil", "Hasil", wide=True), Column("ukuran", "Ukuran", wide=True),
            Column("cara", "Cara", wide=True),
            *ESTIMATE, Column("p", "p", "teks"), Column("n", "OPD", "bulat"),
        ),
        rows=rows,
        note=Phrase(f"{text} {{k}}", {"k": plain(said)}) if said else text,
    )  # fmt: skip


def method(case: Case) -> Note:
    """How the page counts, in words."""
    values = {
        "lo": count(LIMITS[0]), "hi": count(LIMITS[1]), "d": count(DRAWS), "b": plain(str(SEED)),
        "s": plain(case.digest),
    }  # fmt: skip
    items = tuple(Phrase(text, {k: v for k, v in values.items() if f"{{{k}}}" in text}) for text in METHOD)
    return Note(**case.block("metode", "Metode"), items=items)
