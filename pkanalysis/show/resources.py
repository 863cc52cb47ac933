"""Budget and achievement side by side, and the use of resources; none of it says what caused what.

Tables g and h of the LKjIP: programmes behind the indicators, and the budget down to sub kegiatan.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pkanalysis.analysis.budget import changes
from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.efficiency.comparison import Comparison
from pkanalysis.show.lines import Named
from pkanalysis.show.setting import Setting

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


UNLINKED = "Belum dikaitkan"
NO_LINKS = (
    "Program penunjang: belum dapat ditampilkan, karena kaskade indikator dan program (lembar 2b_KAITAN) belum diisi."
)


def supporting(setting: Setting, found: pd.DataFrame, programmes: list[str]) -> Table | Note:
    """Table g: which programme supports which indicator as the cascade says, and which supports none.

    Parameters
    ----------
    found : DataFrame
        :func:`pkanalysis.resource.supporting`.
    programmes : list of str
        Names of the programmes, for each row of ``found``.
    """
    rows = found.assign(program=programmes)
    return _linked(
        setting,
        rows,
        found["is_terkait"],
        [Column("program", "Program", wide=True)],
        id="penunjang",
        caption=f"Program penunjang indikator s.d. {setting.period_short}",
        note="Menunjang menurut kaskade isian OPD, bukan bukti pengaruh; program yang menunjang beberapa indikator "
        "tercatat pada setiap indikator, sehingga barisnya tidak dijumlahkan.",
    )


def cascaded(setting: Setting, found: pd.DataFrame, named: Named) -> Table | Note:
    """Table g in full: what each indicator serves, and the kegiatan and sub kegiatan that pay for it.

    ``found`` is :func:`pkanalysis.resource.supporting_activities`.
    """
    rows = found.assign(
        induk=found["induk"].astype("object").fillna("–"), sub=named.activities(found["kode_sub_kegiatan"])
    )
    return _linked(
        setting,
        rows,
        found["kode_indikator"].notna(),
        [Column("sub", "Sub kegiatan", wide=True)],
        [Column("induk", "IKU yang ditunjang")],
        id="kaskade-opd",
        caption=f"Kaskade sampai sub kegiatan s.d. {setting.period_short}",
        note="Kaitan dengan program atau kegiatan berlaku untuk semua sub kegiatannya; sub kegiatan yang menunjang "
        "beberapa indikator tercatat pada setiap indikator, sehingga barisnya tidak dijumlahkan.",
    )


def _linked(
    setting: Setting,
    rows: pd.DataFrame,
    is_linked: pd.Series,
    paying: list[Column],
    above: Sequence[Column] = (),
    **block: str,
) -> Table | Note:
    """Indicators beside what pays for them (``paying``) and, before them, what they serve (``above``)."""
    if not is_linked.any():
        return Note(block["id"], "", setting.is_sample, items=(Phrase(NO_LINKS),))
    columns = [
        *above,
        Column("sasaran", "Sasaran", wide=True),
        Column("nama_indikator", "Indikator", wide=True),
        Column("target", "Target"),
        *paying,
        Column("pagu_perubahan_rp", "Pagu terakhir (Rp)", "rp"),
        Column("realisasi_rp", "Realisasi (Rp)", "rp"),
        Column("serapan_pct", "%", "persen", 1),
        Column("menunjang", "Menunjang/Tidak Menunjang"),
    ]
    return Table.from_frame(
        rows.assign(
            target=words.reached(rows["is_tercapai"].astype("boolean")),
            menunjang=is_linked.map({True: "Menunjang", False: UNLINKED}),
        ),
        columns,
        is_sample=setting.is_sample,
        source=", ".join(filter(None, ("lembar 2b_KAITAN", setting.budget_source, setting.spending_source))),
        **block,
    )


def realised(setting: Setting, found: pd.DataFrame) -> Table:
    """Table h: budget before and after, and spending, per programme, kegiatan and sub kegiatan.

    ``found`` is :func:`pkanalysis.resource.by_activity`.
    """
    columns = [
        Column("kode", "Kode"),
        Column("nama", "Program/Kegiatan/Sub Kegiatan", wide=True),
        Column("pagu_sebelum_rp", "Anggaran Sebelum Perubahan (Rp)", "rp"),
        Column("pagu_sesudah_rp", "Anggaran Setelah Perubahan (Rp)", "rp"),
        Column("selisih_rp", "Bertambah/(Berkurang) (Rp)", "perubahan_rp"),
        Column("realisasi_rp", "Realisasi (Rp)", "rp"),
        Column("serapan_pct", "%", "persen", 1),
        Column("sisa_rp", "Sisa (Rp)", "perubahan_rp"),
    ]
    names = [setting.stage_name(code) for code in (setting.original, *setting.codes[-1:])]
    return Table.from_frame(
        found,
        columns,
        id="realisasi-anggaran",
        caption=f"Realisasi anggaran s.d. {setting.period_short}",
        is_sample=setting.is_sample,
        totals=(len(found) - 1,) if len(found) else (),
        note=f"Sebelum = {names[0]}, setelah = {names[-1]}; persen dan sisa terhadap pagu terakhir."
        if len(found)
        else "",
        source=", ".join(filter(None, (setting.budget_source, setting.spending_source))),
    )
