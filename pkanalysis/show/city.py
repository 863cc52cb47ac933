"""The summary of the whole region: the mayor's page and its tables; each function returns one block."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.achievement.averages import Summary
from pkanalysis.analysis.budget.changes import targeted_decrease
from pkanalysis.show import sentences as said
from pkanalysis.show import words
from pkanalysis.show.achievement import achievements
from pkanalysis.show.blocks import Cover, Note
from pkanalysis.show.front_and_back import cannot_conclude, formula, stages_figure
from pkanalysis.show.page import Page
from pkanalysis.show.tables import BUDGET, SUM, RowsOrBlock, table
from pkanalysis.show.trend_verdicts import reached as goal
from pkanalysis.show.values import Phrase, Value, count, day, plain

__all__ = [
    "achievements", "cannot_conclude", "causes", "cover", "formula", "largest", "overview", "sentences",
    "stages_figure", "travel",
]  # fmt: skip
TOP = 10
CARRIED = "{k} OPD menyumbang {p} pengurangan pada pos sasaran dari pagu murni, terbesar {nama} ({rp})."


def cover(page: Page, offices: int) -> Cover:
    """Title, region, period, and how many OPD it covers."""
    values = {"tahun": Value(page.year, "tahun"), "akhir": day(page.end), "n": count(offices)}
    name = "" if page.period == "tahunan" else f"{page.period_name} "
    return Cover(
        **page.block("sampul", "Ringkasan Capaian Kinerja dan Anggaran"),
        unit=page.region,
        items=(Phrase(f"{name}Tahun {{tahun}} (keadaan s.d. {{akhir}}) · cakupan {{n}} OPD", values),),
        footer=page.footer,
    )


def sentences(
    page: Page,
    steps: pd.DataFrame,
    tests: pd.DataFrame,
    region: Summary,
    offices: Summary,
    carried: pd.DataFrame,
    names: pd.Series,
) -> Note:
    """Five sentences or fewer: budget, travel, indicators, and who carried most of the cut.

    Parameters
    ----------
    page : Page
    steps, tests : DataFrame
        Line changes and travel tests of all OPD, every stage.
    region, offices : Summary
        Of the indicators of the region (IKU kota) and of those of all OPD.
    carried : DataFrame
        Who carries the decrease on targeted accounts in the step from murni
        (:func:`pkanalysis.analysis.budget.directive.carried_by`).
    names : Series
        ``nama_opd`` by ``kode_opd``.
    """
    budget = [
        said.step_changed(step, page.stage_name(str(stage)), targeted_decrease(step))
        for stage, step in steps.groupby("tahap_sesudah", sort=False)
    ]
    goals = (goal("IKU kota", region), goal("Indikator OPD", offices))
    travelled = []
    for _, last in tests[tests["cakupan"].eq("semua")].tail(1).iterrows():
        own = tests[tests["cakupan"].eq("opd") & tests["tahap"].eq(last["tahap"])]
        counted = own[own["status"].isin(("memenuhi", "belum"))]
        part = said.travel(last, page.saving.travel_rate)
        values = {
            "tahap": plain(page.stage_name(last["tahap"])),
            "n": count(len(counted)),
            "m": count(counted["status"].eq("memenuhi").sum()),
        }
        text = f"Perjalanan dinas pada {{tahap}} {part.pattern}; {{m}} dari {{n}} OPD mencapai ketentuan."
        travelled.append(Phrase(text, part.values | values))
    items = (*budget, *travelled, *goals, *said.carriers(carried, names, CARRIED))
    return page.say("kalimat", *items, caption="Yang perlu diketahui", ordered=True)


@table("sebab", "Perubahan menurut sebab yang diisi OPD", "tahap nama pengurangan_rp penambahan_rp selisih_rp",
       "Kotor pada tingkat baris belanja. Pengurangan karena TKD (KMK 29/2025) tidak dapat dialihkan dan tidak "
       "dijumlahkan dengan pengurangan pilihan daerah.", source="lembar 8_PERUBAHAN_ANGGARAN",
       tahap=("Menjadi tahap", "teks", 0, True), nama="Sebab menurut OPD")  # fmt: skip
def causes(page: Page, stated: pd.DataFrame) -> RowsOrBlock:
    """Gross changes by the cause that the OPD stated; TKD apart, and what nobody explained."""
    return stated.assign(
        tahap=stated["tahap_sesudah"].map(page.stage_name),
        nama=[words.stored("sebab", cause, words.NOT_FILLED) for cause in stated["sebab"]],
    )


@table("terbesar", "Pengurangan terbesar pada pos sasaran Inpres 1/2025", "nama pengurangan_rp pangsa_pct",
       "Hanya langkah dari pagu murni, kotor pada tingkat baris belanja, pos pasti dan taksiran.", source=BUDGET,
       nama="OPD")  # fmt: skip
def largest(_page: Page, carried: pd.DataFrame, names: pd.Series) -> RowsOrBlock:
    """The OPD that carry most of the decrease on targeted accounts in the step from murni."""
    top = carried.head(TOP)
    return top.assign(nama=[names.get(code, code) for code in top.index])


@table("ringkasan-opd", "Ringkasan tiap OPD s.d. {periode} {tahun}",
       "nama_opd jenis tercapai rata_rata_capaian pagu_terakhir_rp serapan_pct perjalanan_persen keadaan",
       "Rata-rata sederhana terhadap PK yang berlaku, tanpa batas atas. Tidak disusun sebagai peringkat, karena "
       "indikator tiap OPD berbeda.", source="semua berkas yang diimpor", serapan_pct="Penyerapan",
       keadaan="Ketentuan perjalanan dinas")  # fmt: skip
def overview(_page: Page, offices: pd.DataFrame) -> RowsOrBlock:
    """Headline numbers of every OPD, by kind.

    ``offices`` are the rows of the derived table ``ringkasan_opd`` for this year and period.
    """
    rows = offices.sort_values(["jenis", "nama_opd"], kind="stable")
    reached = [
        None if pd.isna(every) else Phrase("{k} dari {n}", {"k": count(done), "n": count(measured)})
        for every, done, measured in rows[["n_indikator", "n_mencapai", "n_terukur"]].itertuples(index=False)
    ]
    return rows.assign(
        jenis=[words.stored("jenis_opd", kind) for kind in rows["jenis"]],
        tercapai=pd.Series(reached, rows.index, dtype=object),
        keadaan=rows["perjalanan_status"].map(words.TRAVEL_STATUSES),
    )


@table("perjalanan", "Perjalanan dinas tiap OPD pada setiap tahap", "",
       "Rekening 5.1.02.04, dasar pagu murni. Selisih dan keadaan pada tahap terakhir. Perjalanan dinas di dalam "
       "rekening BLUD, BOS, dan BOK tidak terlihat.", source=BUDGET, nama="OPD", murni=("Pagu murni (Rp)", "rp", 0),
       rp=("Selisih dari ketentuan (Rp)", "rp"))  # fmt: skip
def travel(page: Page, tests: pd.DataFrame, names: pd.Series) -> RowsOrBlock:
    """Travel of every OPD at every stage against the rule, base murni, the whole region last."""
    stages = page.codes[1:]
    rows = []
    for code, own in tests.groupby(tests["kode_opd"].fillna(""), sort=False):
        every = own.set_index("tahap")[["pagu_sesudah_rp", "persen"]].reindex(stages)  # not delivered: stays empty
        last, amounts = own.iloc[-1], every.astype(object).to_numpy().ravel().tolist()
        name = names.get(code, code) if code else SUM
        status = words.TRAVEL_STATUSES[last["status"]]
        rows.append((name, last["pagu_sebelum_rp"], *amounts, last["kekurangan_rp"], status))
    labels = {code: (f"{page.stage_name(code)} (Rp)", "rp", 0) for code in stages}
    labels |= {f"{code}_persen": ("%", "persen", 1) for code in stages}
    columns = ["nama", "murni", *(name for code in stages for name in (code, f"{code}_persen")), "rp", "keadaan"]
    return sorted(rows, key=lambda row: row[0] == SUM), {"columns": columns, "labels": labels}
