"""Budget and achievement side by side, and the use of resources; none of it says what caused what."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.budget import changes
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.efficiency.comparison import Comparison

USES = {
    "efisien": "efisien",
    "efektif": "efektif",
    "perlu_perhatian": "perlu perhatian",
    "tidak_efisien": "tidak efisien",
}
OFFICE = "SKPD"
NO_SCORES = "capaian indikator belum diterima"
NO_CASCADE = "kaskade indikator dan program (lembar 2b_KAITAN) belum diisi"
LAST_MONTH = 12
UNFINISHED = (
    "Tahun anggaran belum selesai: sisa pagu di tengah tahun bukan efisiensi, sehingga efisien atau tidak, E, dan NE "
    "baru dihitung pada laporan akhir tahun."
)
MEANS = "Capaian rata-rata sederhana terhadap PK yang berlaku, tanpa batas atas."
RATED = (
    "Pada selisih capaian dan serapan, capaian dihitung paling tinggi seratus persen agar target yang mudah tidak "
    "menambah. Tingkat efisiensi = 100 − serapan pagu terakhir, hanya bila semua target yang terukur tercapai."
)
WHOLE = "Program yang menunjang beberapa sasaran dihitung penuh pada masing-masing, sehingga baris tidak dijumlahkan."
SIDE = (
    "Disandingkan, tidak dihubungkan: satu tahun, sedikit SKPD, target ikut berubah pada tahun yang sama, dan hasil "
    "dapat menyusul kemudian. Urutan menurut nama, bukan peringkat."
)


def side_by_side(pair: Comparison, step: pd.DataFrame, offices: pd.DataFrame) -> Table | Note:
    """Change of the ceiling and achievement of every SKPD in one line.

    ``offices`` are the rows of the derived table ``ringkasan_opd`` for this year and period.
    """
    if refused := pair.refused("berdampingan", is_by_account=False):
        return refused
    change = changes.total(step, ["kode_opd"]).set_index("kode_opd")
    rows = offices.sort_values("nama_opd", kind="stable")
    rows = rows.assign(
        selisih_rp=rows["kode_opd"].map(change["selisih_rp"]), persen=rows["kode_opd"].map(change["persen"])
    )
    return Table.from_frame(
        rows,
        [
            Column("nama_opd", "SKPD", wide=True),
            Column("selisih_rp", "Pagu bertambah/(berkurang) (Rp)", "perubahan_rp"),
            Column("persen", "%", "persen", 1),
            Column("n_terukur", "Indikator terukur", "bulat"),
            Column("rata_rata_capaian_murni", "Capaian terhadap PK murni", "persen", 1),
            Column("rata_rata_capaian", "Capaian terhadap PK berlaku", "persen", 1),
            Column("serapan_pct", "Penyerapan pagu terakhir", "persen", 1),
        ],
        **pair.block("berdampingan", f"Anggaran dan capaian berdampingan s.d. {pair.setting.period_short}"),
        note=pair.note(SIDE),
        source="semua berkas yang diimpor",
    )


def resource_use(pair: Comparison, used: pd.DataFrame, label: str, name: str, caption: str) -> Table | Note:
    """Variants A-C of the use of resources per row; before the year is over only what they are made of.

    Parameters
    ----------
    used : DataFrame
        Result of :func:`pkanalysis.analysis.resource.resource_use` with ``kode_opd``, ``nama`` and ``n_terukur``.
    label, name, caption : str
        Heading of the column of names, id and caption of the block; on the page of the region the SKPD stands before
        what is not one itself.
    """
    if used.empty:
        said = f"{caption}: belum dapat dihitung, karena {NO_SCORES if label == OFFICE else NO_CASCADE}."
        return Note(**pair.block(name), items=(Phrase(said),))
    rows = used.assign(
        hasil=used["varian_c"].map(USES).fillna("tidak dinilai"),
        tercapai=used["is_tercapai"].map({True: "ya", False: "belum"}).astype(object).fillna("–"),
        opd=[pair.office(code) for code in used["kode_opd"]],
    )
    columns = [
        *([] if pair.setting.code or label == OFFICE else [Column("opd", OFFICE, wide=True)]),
        Column("nama", label, wide=True),
        Column("n_terukur", "Indikator terukur", "bulat"),
        Column("capaian_pct", "Capaian (%)", "persen", 1),
        Column("tercapai", "Semua target tercapai"),
        Column("pagu_perubahan_rp", "Pagu terakhir (Rp)", "rp"),
        Column("realisasi_rp", "Realisasi (Rp)", "rp"),
        Column("serapan_murni_pct", "Serapan pagu murni (%)", "persen", 1),
        Column("serapan_perubahan_pct", "Serapan pagu terakhir (%)", "persen", 1),
    ]
    verdict = [
        Column("varian_a_pct", "Tingkat efisiensi (%)", "persen", 1),
        Column("varian_b_pct", "Capaian − serapan (poin)", "poin", 1),
        Column("hasil", "Hasil"),
    ]
    is_over = pair.setting.month == LAST_MONTH
    return Table.from_frame(
        rows,
        columns + verdict * is_over,
        **pair.block(name, caption),
        note=" ".join([MEANS, *([] if label == OFFICE else [WHOLE]), RATED if is_over else UNFINISHED]),
        source=_sources(pair),
    )


def ministry(pair: Comparison, used: pd.DataFrame) -> Table | Note:
    """Variant D: E and NE of PMK 22/2021 on the ceiling in force, with the original beside it and why they differ.

    ``used`` as :func:`resource_use` takes it: whole SKPD, sasaran and programmes, told apart by ``nama``.
    """
    if pair.setting.month < LAST_MONTH:
        return Note(**pair.block("pmk"), items=(Phrase(UNFINISHED),))
    if used.empty:
        return Note(**pair.block("pmk"), items=(Phrase(f"E dan NE belum dapat dihitung, karena {NO_SCORES}."),))
    return Table.from_frame(
        used.assign(opd=[pair.office(code) for code in used["kode_opd"]]),
        [
            Column("opd", OFFICE, wide=True),
            Column("nama", "Cakupan, sasaran, atau program", wide=True),
            Column("pagu_perubahan_rp", "Pagu terakhir (Rp)", "rp"),
            Column("pagu_murni_rp", "Pagu murni (Rp)", "rp"),
            Column("realisasi_rp", "Realisasi (Rp)", "rp"),
            Column("varian_d_e", "E, pagu terakhir (%)", "persen", 1),
            Column("varian_d_ne", "NE, pagu terakhir", "angka", 1),
            Column("varian_d_e_murni", "E, pagu murni (%)", "persen", 1),
            Column("varian_d_ne_murni", "NE, pagu murni", "angka", 1),
            Column("keterangan", "Keterangan", wide=True),
        ],
        **pair.block("pmk", "Nilai efisiensi menurut cara kementerian/lembaga (pembanding, bukan ketentuan daerah)"),
        note="E = Σ(pagu × capaian − realisasi) ÷ Σ(pagu × capaian), dibatasi ±20; NE = 50 + E ÷ 20 × 50. "
        "Naiknya E sesudah pagu dikurangi sebagian hanya hitungan, bukan pengelolaan yang lebih baik.",
        source=_sources(pair),
    )


def _sources(pair: Comparison) -> str:
    return ", ".join(filter(None, (pair.setting.budget_source, pair.setting.spending_source)))
