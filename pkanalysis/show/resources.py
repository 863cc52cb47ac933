"""The use of resources: budget and achievement side by side, and the cascade of money down to sub kegiatan.

None of it says what caused what.
"""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.budget import changes
from pkanalysis.show import words
from pkanalysis.show.lines import Named, coded
from pkanalysis.show.page import Page
from pkanalysis.show.tables import BOTH, TOTAL, RowsOrBlock, table

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
NO_LINKS = f"Program penunjang: belum dapat ditampilkan, karena {NO_CASCADE}."
USED = "nama n_terukur capaian_pct tercapai pagu_perubahan_rp realisasi_rp serapan_murni_pct serapan_perubahan_pct"
PAID = "pagu_perubahan_rp realisasi_rp serapan_pct menunjang"


@table("berdampingan", "Anggaran dan capaian berdampingan s.d. {periode}",
       "nama_opd selisih_rp persen n_terukur rata_rata_capaian_murni rata_rata_capaian serapan_pct",
       "Disandingkan, tidak dihubungkan: satu tahun, sedikit SKPD, target ikut berubah pada tahun yang sama, dan "
       "hasil dapat menyusul kemudian. Urutan menurut nama, bukan peringkat.", source="semua berkas yang diimpor",
       needs="stages", nama_opd=OFFICE, selisih_rp="Pagu bertambah/(berkurang) (Rp)",
       rata_rata_capaian="Capaian terhadap PK berlaku", serapan_pct="Penyerapan pagu terakhir")  # fmt: skip
def side_by_side(_page: Page, step: pd.DataFrame, offices: pd.DataFrame) -> RowsOrBlock:
    """Change of the ceiling and achievement of every SKPD in one line.

    ``offices`` are the rows of the derived table ``ringkasan_opd`` for this year and period.
    """
    change = changes.total(step, ["kode_opd"]).set_index("kode_opd")
    rows = offices.sort_values("nama_opd", kind="stable")
    return rows.assign(**{name: rows["kode_opd"].map(change[name]) for name in ("selisih_rp", "persen")})


@table("daya", "{apa}", USED, source=BOTH, none="{judul}: belum dapat dihitung, karena {sebab}.", nama="{kepala}",
       tercapai="Semua target tercapai", opd=OFFICE, hasil=("Hasil", "teks", 0, False))  # fmt: skip
def resource_use(page: Page, used: pd.DataFrame, label: str, name: str, caption: str) -> RowsOrBlock:
    """Variants A-C of the use of resources per row; before the year is over only what they are made of.

    Parameters
    ----------
    used : DataFrame
        Result of :func:`pkanalysis.analysis.resource.resource_use` with ``kode_opd``, ``nama`` and ``n_terukur``.
    label, name, caption : str
        Heading of the column of names, id and caption of the block; on the page of the region the SKPD stands before
        what is not one itself.
    """
    is_office, is_over = label == OFFICE, page.month == LAST_MONTH
    rows = used.assign(
        hasil=used["varian_c"].map(words.USES).fillna("tidak dinilai"),
        tercapai=used["is_tercapai"].map({True: "ya", False: "belum"}).astype(object).fillna("–"),
        opd=[page.office(code) for code in used["kode_opd"]],
    )
    columns = f"{USED} varian_a_pct varian_b_pct hasil" if is_over else USED
    return rows, {
        "name": name,
        "apa": caption,
        "kepala": label,
        "columns": columns if page.code or is_office else f"opd {columns}",
        "note": " ".join([MEANS, *[WHOLE] * (not is_office), RATED if is_over else UNFINISHED]),
        "sebab": NO_SCORES if is_office else NO_CASCADE,
    }


@table("pmk", "Nilai efisiensi menurut cara kementerian/lembaga (pembanding, bukan ketentuan daerah)",
       "opd nama pagu_perubahan_rp pagu_murni_rp realisasi_rp varian_d_e varian_d_ne varian_d_e_murni "
       "varian_d_ne_murni keterangan",
       "E = Σ(pagu × capaian − realisasi) ÷ Σ(pagu × capaian), dibatasi ±20; NE = 50 + E ÷ 20 × 50. Naiknya E sesudah "
       "pagu dikurangi sebagian hanya hitungan, bukan pengelolaan yang lebih baik.", source=BOTH,
       none=f"E dan NE belum dapat dihitung, karena {NO_SCORES}.", opd=OFFICE,
       nama="Cakupan, sasaran, atau program")  # fmt: skip
def ministry(page: Page, used: pd.DataFrame) -> RowsOrBlock:
    """Variant D: E and NE of PMK 22/2021 on the ceiling in force, with the original beside it and why they differ.

    ``used`` as :func:`resource_use` takes it: whole SKPD, sasaran and programmes, told apart by ``nama``.
    """
    if page.month < LAST_MONTH:
        return page.say("pmk", UNFINISHED)
    return used.assign(opd=[page.office(code) for code in used["kode_opd"]])


@table("penunjang", "Program penunjang indikator s.d. {periode}", f"sasaran nama_indikator target program {PAID}",
       "Menunjang menurut kaskade isian OPD, bukan bukti pengaruh; program yang menunjang beberapa indikator tercatat "
       "pada setiap indikator, sehingga barisnya tidak dijumlahkan.", none=NO_LINKS,
       target=("Target", "teks"))  # fmt: skip
def supporting(page: Page, found: pd.DataFrame, programmes: list[str]) -> RowsOrBlock:
    """Table g: which programme supports which indicator as the cascade says, and which supports none.

    Parameters
    ----------
    found : DataFrame
        :func:`pkanalysis.resource.supporting`.
    programmes : list of str
        Names of the programmes, for each row of ``found``.
    """
    return _linked(page, found.assign(program=programmes), found["is_terkait"])


@table("kaskade-opd", "Kaskade sampai sub kegiatan s.d. {periode}", f"induk sasaran nama_indikator target sub {PAID}",
       "Kaitan dengan program atau kegiatan berlaku untuk semua sub kegiatannya; sub kegiatan yang menunjang beberapa "
       "indikator tercatat pada setiap indikator, sehingga barisnya tidak dijumlahkan.", none=NO_LINKS,
       target=("Target", "teks"))  # fmt: skip
def cascaded(page: Page, found: pd.DataFrame, named: Named) -> RowsOrBlock:
    """Table g in full: what each indicator serves, and the kegiatan and sub kegiatan that pay for it.

    ``found`` is :func:`pkanalysis.resource.supporting_activities`.
    """
    serves, sub = found["induk"].astype("object").fillna("–"), coded(found["kode_sub_kegiatan"], named.activity)
    return _linked(page, found.assign(induk=serves, sub=sub), found["kode_indikator"].notna())


def _linked(page: Page, rows: pd.DataFrame, is_linked: pd.Series) -> RowsOrBlock:
    """Indicators beside what pays for them, where anything is linked at all."""
    rows = rows.assign(
        target=words.reached(rows["is_tercapai"].astype("boolean")),
        menunjang=is_linked.map({True: "Menunjang", False: "Belum dikaitkan"}),
    )
    return rows if is_linked.any() else rows.iloc[:0], {"source": page.sources("lembar 2b_KAITAN")}


@table("realisasi-anggaran", "Realisasi anggaran s.d. {periode}",
       "kode nama pagu_sebelum_rp pagu_sesudah_rp selisih_rp realisasi_rp serapan_pct sisa_rp", source=BOTH,
       nama="Program/Kegiatan/Sub Kegiatan", pagu_sebelum_rp="Anggaran Sebelum Perubahan (Rp)",
       pagu_sesudah_rp="Anggaran Setelah Perubahan (Rp)")  # fmt: skip
def realised(page: Page, found: pd.DataFrame) -> RowsOrBlock:
    """Table h: budget before and after, and spending, per programme, kegiatan and sub kegiatan; the total last.

    ``found`` is :func:`pkanalysis.resource.by_activity`.
    """
    first, last = (page.stage_name(code) for code in (page.original, (page.codes or [page.original])[-1]))
    note = f"Sebelum = {first}, setelah = {last}; persen dan sisa terhadap pagu terakhir." if len(found) else ""
    is_total = [place == len(found) - 1 for place in range(len(found))]
    return found.assign(**{TOTAL: is_total}), {"note": note}
