"""The budget before and after: by stage, by programme, by category of the Inpres, and what is hidden."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pkanalysis.analysis.budget import changes
from pkanalysis.analysis.budget.accounts import TARGETED, classify, is_targeted, opaque, spending_kind
from pkanalysis.show import words
from pkanalysis.show.basis import laws
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.cells import percent, rupiah
from pkanalysis.show.columns import CHANGE
from pkanalysis.show.setting import Setting


def by_stage(setting: Setting, steps: pd.DataFrame, absent: pd.Series | None = None) -> Table:
    """Each step between two stages: gross decrease, gross increase, net; gross at line level.

    ``absent`` tells how many OPD have no row in a stage (:func:`pkanalysis.analysis.budget.changes.absent`).
    """
    sums = changes.total(steps, ["tahap_sebelum", "tahap_sesudah"])
    before, after = (sums[column].map(setting.stage_name) for column in ("tahap_sebelum", "tahap_sesudah"))
    law = laws(stage for stage in setting.stages if stage.kode in set(sums["tahap_sesudah"]))
    missing = ", ".join(stage.nama for stage in setting.missing_stages)
    return Table.from_frame(
        sums.assign(langkah=before + " → " + after),
        [Column("langkah", "Perubahan tahap", wide=True), *CHANGE],
        id="tahap",
        caption=f"Anggaran {setting.year} menurut tahap",
        is_sample=setting.is_sample,
        note=Phrase(
            "Pengurangan dan penambahan dihitung kotor pada tingkat baris belanja "
            "(sub kegiatan × rekening × sumber dana)."
            + (f" Belum ada data untuk: {missing}." if missing else "")
            + f"{_without(setting, absent)} {law.pattern}".rstrip(),
            law.values,
        ),
        source=setting.budget_source,
    )


def by_programme(setting: Setting, lines: pd.DataFrame, steps: pd.DataFrame) -> Table:
    """The change of every step by programme, with totals; gross at line level."""
    names = lines.drop_duplicates("kode_sub_kegiatan", keep="last").set_index("kode_sub_kegiatan")
    programme = names["kode_program"].fillna("") + " " + names["nama_program"].fillna("")
    rows = steps.assign(nama=steps["kode_sub_kegiatan"].map(programme))
    head = Column("nama", "Program", wide=True)
    return _table(setting, rows, head, id="program", caption="Sebelum dan sesudah menurut program")


def by_kind(setting: Setting, steps: pd.DataFrame) -> Table:
    """The change of every step by kind of spending (jenis belanja), with totals; gross at line level."""
    rows = steps.assign(nama=spending_kind(steps["kode_rekening"]))
    head = Column("nama", "Jenis belanja", wide=True)
    return _table(setting, rows, head, id="jenis", caption="Sebelum dan sesudah menurut jenis belanja")


def by_category(setting: Setting, steps: pd.DataFrame) -> Table:
    """The groups of the Inpres that changed in every step, with how certain each group is."""
    kinds = classify(steps["kode_rekening"])
    is_comparison = kinds["keyakinan"].isin(TARGETED) & ~is_targeted(steps["kode_rekening"])
    rows = steps.assign(
        nama=kinds["kategori"].map(words.category).map(words.heading),
        keyakinan=kinds["keyakinan"].map(words.CERTAINTIES).mask(is_comparison, words.COMPARISON),
    )
    moved = (rows["pengurangan_rp"] + rows["penambahan_rp"]).groupby(
        [rows["nama"], rows["keyakinan"], rows["tahap_sesudah"]]
    )
    return _table(
        setting,
        rows[moved.transform("sum").gt(0)],
        Column("nama", "Kelompok pos", wide=True),
        Column("keyakinan", "Keyakinan"),
        id="kategori",
        sum_word="Jumlah kelompok yang berubah",
        caption="Perubahan menurut kelompok pos Inpres 1/2025",
        note="Hanya kelompok yang berubah. Pos pasti dan taksiran adalah pos sasaran Inpres 1/2025; pos pembanding "
        "APBN hanya ada pada S-37/MK.02/2025 yang tidak mengikat daerah; pos perlu telaah belum dapat digolongkan dari "
        "rekening saja. Berkurang pada pos sasaran belum tentu karena Inpres.",
    )


def hidden(setting: Setting, lines: pd.DataFrame) -> Note:
    """What accounts of BOS, BOSP, BOK and BLUD hide, in rupiah and per cent of goods and services."""
    if not setting.codes:
        absent = "Anggaran belum diterima; pos yang tidak terurai tidak dapat dihitung."
        return Note("tidak-terurai", "", setting.is_sample, items=(Phrase(absent),))
    found = opaque(lines[lines["tahap"].eq(setting.codes[-1])])
    values = {"rp": rupiah(found.amount_rp), "p": percent(found.share)}
    if not found.amount_rp:
        none = "Tidak ada pagu pada rekening BOS/BOSP/BOK/BLUD, yang isinya tidak terurai."
        return Note("tidak-terurai", "", setting.is_sample, items=(Phrase(none),))
    text = (
        "**Tidak terurai: {rp} ({p} belanja barang dan jasa)** tercatat pada rekening BOS/BOSP/BOK/BLUD; "
        "perjalanan dinas dan ATK di dalamnya tidak terlihat."
    )
    return Note("tidak-terurai", "", setting.is_sample, items=(Phrase(text, values),))


def _table(
    setting: Setting, steps: pd.DataFrame, *heads: Column, sum_word: str = "Jumlah", caption: str, **block: Any
) -> Table:
    """A change table in which each step has its total row; a single step stands in the caption instead of a column."""
    names = steps.assign(tahap=steps["tahap_sesudah"].map(setting.stage_name))
    rows = changes.total(names, ["tahap", *(head.name for head in heads)])
    totals = changes.total(rows, ["tahap"]).assign(**{head.name: "" for head in heads} | {heads[0].name: sum_word})
    order = [stage for stage in map(setting.stage_name, setting.codes) if stage in set(rows["tahap"])]
    parts = [frame[frame["tahap"].eq(stage)] for stage in order for frame in (rows, totals)]
    full = pd.concat([*parts, rows.iloc[:0]], ignore_index=True)
    is_single = len(order) == 1
    return Table.from_frame(
        full,
        [*([] if is_single else [Column("tahap", "Menjadi tahap")]), *heads, *CHANGE],
        caption=f"{caption}, {_arrow(setting, steps)}" if is_single else caption,
        is_sample=setting.is_sample,
        totals=tuple(full.index[full[heads[0].name].eq(sum_word)]),
        source=setting.budget_source,
        **block,
    )


def _arrow(setting: Setting, steps: pd.DataFrame) -> str:
    """The first step, for example ``APBD murni → Pergeseran``."""
    return " → ".join(setting.stage_name(str(steps[column].iloc[0])) for column in ("tahap_sebelum", "tahap_sesudah"))


def _without(setting: Setting, absent: pd.Series | None) -> str:
    counts = {} if absent is None else absent[absent.gt(0)].to_dict()
    said = "; ".join(f"{number} OPD pada {setting.stage_name(str(code))}" for code, number in counts.items())
    return f" Tanpa baris anggaran dan tidak ikut dibandingkan: {said}." if said else ""
