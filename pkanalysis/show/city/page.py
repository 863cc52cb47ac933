"""The first page of the region: what changed, who carried it, what the OPD gave as the cause."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.achievement.scorecard import Summary
from pkanalysis.analysis.budget.changes import targeted_decrease
from pkanalysis.show import sentences as said
from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Cover, Note, Phrase, Table
from pkanalysis.show.cells import count, day, percent, plain, rupiah
from pkanalysis.show.setting import Setting
from pkanalysis.show.values import Value

TOP = 10
FEW = 3


def cover(setting: Setting, offices: int) -> Cover:
    """Title, region, period, and how many OPD it covers."""
    values = {"tahun": Value(setting.year, "tahun"), "akhir": day(setting.end), "n": count(offices)}
    name = "" if setting.period == "tahunan" else f"{setting.period_name} "
    return Cover(
        id="sampul",
        caption="Ringkasan Capaian Kinerja dan Anggaran",
        is_sample=setting.is_sample,
        unit=setting.region,
        items=(Phrase(f"{name}Tahun {{tahun}} (keadaan s.d. {{akhir}}) · cakupan {{n}} OPD", values),),
        footer=setting.footer,
    )


def sentences(
    setting: Setting,
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
        said.step_changed(step, setting.stage_name(str(stage)), targeted_decrease(step))
        for stage, step in steps.groupby("tahap_sesudah", sort=False)
    ]
    reached = [_reached("IKU kota", region), _reached("Indikator OPD", offices)]
    items = [*budget, *_travel(setting, tests), *reached, *_carried(carried, names)]
    return Note("kalimat", "Yang perlu diketahui", setting.is_sample, items=tuple(items), ordered=True)


def causes(setting: Setting, stated: pd.DataFrame) -> Table:
    """Gross changes by the cause that the OPD stated; TKD apart, and what nobody explained."""
    rows = stated.assign(
        tahap=stated["tahap_sesudah"].map(setting.stage_name),
        nama=[words.stored("sebab", cause, words.NOT_FILLED) for cause in stated["sebab"]],
    )
    columns = [
        Column("tahap", "Menjadi tahap", wide=True),
        Column("nama", "Sebab menurut OPD", wide=True),
        Column("pengurangan_rp", "Pengurangan (Rp)", "rp"),
        Column("penambahan_rp", "Penambahan (Rp)", "rp"),
        Column("selisih_rp", "Bertambah/(Berkurang) (Rp)", "perubahan_rp"),
    ]
    return Table.from_frame(
        rows,
        columns,
        id="sebab",
        caption="Perubahan menurut sebab yang diisi OPD",
        is_sample=setting.is_sample,
        note="Kotor pada tingkat baris belanja. Pengurangan karena TKD (KMK 29/2025) tidak dapat dialihkan dan tidak "
        "dijumlahkan dengan pengurangan pilihan daerah.",
        source="lembar 8_PERUBAHAN_ANGGARAN",
    )


def largest(setting: Setting, carried: pd.DataFrame, names: pd.Series) -> Table:
    """The OPD that carry most of the decrease on targeted accounts in the step from murni."""
    top = carried.head(TOP)
    return Table.from_frame(
        top.assign(nama=[names.get(code, code) for code in top.index]),
        [
            Column("nama", "OPD", wide=True),
            Column("pengurangan_rp", "Pengurangan (Rp)", "rp"),
            Column("pangsa_pct", "Bagian dari seluruh OPD", "persen", 1),
        ],
        id="terbesar",
        caption="Pengurangan terbesar pada pos sasaran Inpres 1/2025",
        is_sample=setting.is_sample,
        note="Hanya langkah dari pagu murni, kotor pada tingkat baris belanja, pos pasti dan taksiran.",
        source=setting.budget_source,
    )


def _reached(whose: str, found: Summary) -> Phrase:
    reached = said.reached(found)
    return Phrase(f"{whose} yang mencapai target: {reached.pattern}.", reached.values)


def _travel(setting: Setting, tests: pd.DataFrame) -> list[Phrase]:
    whole = tests[tests["cakupan"].eq("semua")]
    if whole.empty:
        return []
    last = whole.iloc[-1]
    own = tests[tests["cakupan"].eq("opd") & tests["tahap"].eq(last["tahap"])]
    counted = own[own["status"].isin(("memenuhi", "belum"))]
    part = said.travel(last, setting.saving.travel_rate)
    values = {
        "tahap": plain(setting.stage_name(last["tahap"])),
        "n": count(len(counted)),
        "m": count(counted["status"].eq("memenuhi").sum()),
    }
    text = f"Perjalanan dinas pada {{tahap}} {part.pattern}; {{m}} dari {{n}} OPD mencapai ketentuan."
    return [Phrase(text, part.values | values)]


def _carried(carried: pd.DataFrame, names: pd.Series) -> list[Phrase]:
    if len(carried) <= FEW or not carried["pengurangan_rp"].iloc[0]:
        return []
    first = carried.index[0]
    values = {
        "k": count(FEW),
        "p": percent(carried["kumulatif_pct"].iloc[FEW - 1], 0),
        "nama": plain(names.get(first, first)),
        "rp": rupiah(carried["pengurangan_rp"].iloc[0]),
    }
    text = "{k} OPD menyumbang {p} pengurangan pada pos sasaran dari pagu murni, terbesar {nama} ({rp})."
    return [Phrase(text, values)]
