"""The budget before and after: by stage, by programme, by category of the Inpres, and what is hidden."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pkanalysis.analysis import changes
from pkanalysis.analysis.accounts import TARGETED, classify, is_targeted, opaque, spending_kind
from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.cells import day, percent, plain, rupiah
from pkanalysis.show.columns import CHANGE
from pkanalysis.show.setting import Setting


def by_stage(setting: Setting, steps: pd.DataFrame, absent: pd.Series | None = None) -> Table:
    """Each step between two stages: gross decrease, gross increase, net; gross at line level.

    ``absent`` tells how many OPD have no row in a stage (:func:`pkanalysis.analysis.changes.absent`).
    """
    sums = changes.total(steps, ["tahap_sebelum", "tahap_sesudah"])
    before, after = (sums[column].map(setting.stage_name) for column in ("tahap_sebelum", "tahap_sesudah"))
    basis = sums["tahap_sesudah"].map(lambda code: _basis(setting, code))
    rows = sums.assign(langkah=before + " → " + after, dasar=basis)
    missing = ", ".join(stage.nama for stage in setting.missing_stages)
    return Table.from_frame(
        rows,
        [Column("langkah", "Perubahan tahap", wide=True), *CHANGE, Column("dasar", "Dasar", wide=True)],
        id="tahap",
        caption=f"Anggaran {setting.year} menurut tahap",
        is_sample=setting.is_sample,
        note="Pengurangan dan penambahan dihitung kotor pada tingkat baris belanja "
        "(sub kegiatan × rekening × sumber dana)."
        + (f" Belum ada data untuk: {missing}." if missing else "")
        + _without(setting, absent),
        source=setting.budget_source,
    )


def by_programme(setting: Setting, lines: pd.DataFrame, steps: pd.DataFrame) -> Table:
    """The change of every step by programme, with totals; gross at line level."""
    names = lines.drop_duplicates("kode_sub_kegiatan", keep="last").set_index("kode_sub_kegiatan")
    programme = steps["kode_sub_kegiatan"].map(
        names["kode_program"].fillna("") + " " + names["nama_program"].fillna("")
    )
    rows = changes.total(
        steps.assign(nama=programme, tahap=steps["tahap_sesudah"].map(setting.stage_name)), ["tahap", "nama"]
    )
    return _table(
        setting,
        rows,
        Column("tahap", "Menjadi tahap", wide=True),
        Column("nama", "Program", wide=True),
        id="program",
        caption="Sebelum dan sesudah menurut program",
    )


def by_kind(setting: Setting, steps: pd.DataFrame) -> Table:
    """The change of every step by kind of spending (jenis belanja), with totals; gross at line level."""
    kind, stage = spending_kind(steps["kode_rekening"]), steps["tahap_sesudah"].map(setting.stage_name)
    return _table(
        setting,
        changes.total(steps.assign(nama=kind, tahap=stage), ["tahap", "nama"]),
        Column("tahap", "Menjadi tahap", wide=True),
        Column("nama", "Jenis belanja", wide=True),
        id="jenis",
        caption="Sebelum dan sesudah menurut jenis belanja",
    )


def by_category(setting: Setting, steps: pd.DataFrame) -> Table:
    """The change of every step by category of the Inpres, with how certain the category is."""
    kinds = classify(steps["kode_rekening"])
    is_comparison = kinds["keyakinan"].isin(TARGETED) & ~is_targeted(steps["kode_rekening"])
    rows = changes.total(
        steps.assign(
            nama=kinds["kategori"].map(words.category).map(words.heading),
            keyakinan=kinds["keyakinan"].map(words.CERTAINTIES).mask(is_comparison, words.COMPARISON),
            tahap=steps["tahap_sesudah"].map(setting.stage_name),
        ),
        ["tahap", "nama", "keyakinan"],
    )
    return _table(
        setting,
        rows[rows["pengurangan_rp"].gt(0) | rows["penambahan_rp"].gt(0)],
        Column("tahap", "Menjadi tahap", wide=True),
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
    setting: Setting, rows: pd.DataFrame, *heads: Column, sum_word: str = "Jumlah", note: str = "", **block: Any
) -> Table:
    """A change table in which each stage has its total row."""
    totals = changes.total(rows, ["tahap"])
    totals = totals.assign(**{head.name: "" for head in heads[1:]} | {heads[1].name: sum_word})
    order = [stage for stage in map(setting.stage_name, setting.codes) if stage in set(rows["tahap"])]
    parts = [frame[frame["tahap"].eq(stage)] for stage in order for frame in (rows, totals)]
    full = pd.concat([*parts, rows.iloc[:0]], ignore_index=True)
    return Table.from_frame(
        full,
        [*heads, *CHANGE],
        is_sample=setting.is_sample,
        totals=tuple(full.index[full[heads[1].name].eq(sum_word)]),
        note=note,
        source=setting.budget_source,
        **block,
    )


def _without(setting: Setting, absent: pd.Series | None) -> str:
    counts = {} if absent is None else absent[absent.gt(0)].to_dict()
    said = "; ".join(f"{number} OPD pada {setting.stage_name(str(code))}" for code, number in counts.items())
    return f" Tanpa baris anggaran dan tidak ikut dibandingkan: {said}." if said else ""


def _basis(setting: Setting, code: str) -> Phrase | str:
    stage = next(stage for stage in setting.stages if stage.kode == code)
    if stage.tanggal_pemberitahuan_dprd is None:
        return stage.dasar_hukum or "belum diisi di pkanalysis.toml"
    values = {"dasar": plain(stage.dasar_hukum), "hari": day(stage.tanggal_pemberitahuan_dprd)}
    return Phrase("{dasar}; diberitahukan ke DPRD {hari}", values)
