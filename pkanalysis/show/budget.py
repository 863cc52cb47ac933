"""The budget before and after: by stage, programme, kind, category, account and source, and what no account shows."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pkanalysis.analysis.budget import changes
from pkanalysis.analysis.budget.accounts import TARGETED, classify, is_targeted, opaque, spending_kind
from pkanalysis.show import words
from pkanalysis.show.blocks import Note
from pkanalysis.show.lines import Named, coded, programmes, with_sum
from pkanalysis.show.page import Page, laws
from pkanalysis.show.tables import BUDGET, CHANGE, SUM, TOTAL, RowsOrBlock, change_table, table
from pkanalysis.show.values import Phrase, percent, rupiah

GROSS = "Kotor pada tingkat baris belanja."
CHANGED = f"Hanya yang berubah. {GROSS}"


@table("tahap", "Anggaran {tahun} menurut tahap", f"langkah {CHANGE}", source=BUDGET)
def by_stage(page: Page, steps: pd.DataFrame, absent: pd.Series | None = None) -> RowsOrBlock:
    """Each step between two stages: gross decrease, gross increase, net; gross at line level.

    ``absent`` tells how many OPD have no row in a stage (:func:`pkanalysis.analysis.budget.changes.absent`).
    """
    sums = changes.total(steps, ["tahap_sebelum", "tahap_sesudah"])
    before, after = (sums[column].map(page.stage_name) for column in ("tahap_sebelum", "tahap_sesudah"))
    law = laws(stage for stage in page.stages if stage.kode in set(sums["tahap_sesudah"]))
    said = (
        "Pengurangan dan penambahan dihitung kotor pada tingkat baris belanja (sub kegiatan × rekening × sumber dana)."
    )
    if page.missing_stages:
        said += f" Belum ada data untuk: {', '.join(stage.nama for stage in page.missing_stages)}."
    without = {} if absent is None else absent[absent.gt(0)].to_dict()
    if without:
        counts = "; ".join(f"{number} OPD pada {page.stage_name(str(code))}" for code, number in without.items())
        said += f" Tanpa baris anggaran dan tidak ikut dibandingkan: {counts}."
    return sums.assign(langkah=before + " → " + after), {"note": Phrase(f"{said} {law.pattern}".rstrip(), law.values)}


@table("program", "Sebelum dan sesudah menurut program{pada}", "nama", source=BUDGET, nama="Program")
def by_programme(page: Page, lines: pd.DataFrame, steps: pd.DataFrame) -> RowsOrBlock:
    """The change of every step by programme, with totals; gross at line level."""
    names = lines.drop_duplicates("kode_sub_kegiatan", keep="last").set_index("kode_sub_kegiatan")
    programme = names["kode_program"].fillna("") + " " + names["nama_program"].fillna("")
    return _by_step(page, steps.assign(nama=steps["kode_sub_kegiatan"].map(programme)), "nama")


@table("jenis", "Sebelum dan sesudah menurut jenis belanja{pada}", "nama", source=BUDGET, nama="Jenis belanja")
def by_kind(page: Page, steps: pd.DataFrame) -> RowsOrBlock:
    """The change of every step by kind of spending (jenis belanja), with totals; gross at line level."""
    return _by_step(page, steps.assign(nama=spending_kind(steps["kode_rekening"])), "nama")


@table("kategori", "Perubahan menurut kelompok pos Inpres 1/2025{pada}", "nama",
       "Hanya kelompok yang berubah. Pos pasti dan taksiran adalah pos sasaran Inpres 1/2025; pos pembanding APBN "
       "hanya ada pada S-37/MK.02/2025 yang tidak mengikat daerah; pos perlu telaah belum dapat digolongkan dari "
       "rekening saja. Berkurang pada pos sasaran belum tentu karena Inpres.", source=BUDGET, nama="Kelompok pos",
       keyakinan=("Keyakinan", "teks", 0, False))  # fmt: skip
def by_category(page: Page, steps: pd.DataFrame) -> RowsOrBlock:
    """The groups of the Inpres that changed in every step, with how certain each group is."""
    kinds = classify(steps["kode_rekening"])
    is_comparison = kinds["keyakinan"].isin(TARGETED) & ~is_targeted(steps["kode_rekening"])
    rows = steps.assign(
        nama=kinds["kategori"].map(words.category).map(words.heading),
        keyakinan=kinds["keyakinan"].map(words.CERTAINTIES).mask(is_comparison, words.COMPARISON),
    )
    moved = (rows["pengurangan_rp"] + rows["penambahan_rp"]).groupby(
        [rows[name] for name in ("nama", "keyakinan", "tahap_sesudah")]
    )
    changed = rows[moved.transform("sum").gt(0)]
    return _by_step(page, changed, "nama", "keyakinan", sum_word="Jumlah kelompok yang berubah")


def _by_step(page: Page, steps: pd.DataFrame, *heads: str, sum_word: str = SUM) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Rows of every step and below them its total; a single step stands in the caption instead of a column."""
    rows = changes.total(steps.assign(tahap=steps["tahap_sesudah"].map(page.stage_name)), ["tahap", *heads])
    totals = changes.total(rows, ["tahap"]).assign(**dict.fromkeys(heads, "") | {heads[0]: sum_word})
    totals[TOTAL] = True
    order = [stage for stage in map(page.stage_name, page.codes) if stage in set(rows["tahap"])]
    parts = [frame[frame["tahap"].eq(stage)] for stage in order for frame in (rows, totals)]
    full, columns = pd.concat([*parts, rows.iloc[:0]], ignore_index=True), f"{' '.join(heads)} {CHANGE}"
    if len(order) != 1:
        return full, {"columns": f"tahap {columns}", "pada": "", "labels": {"tahap": "Menjadi tahap"}}
    arrow = " → ".join(page.stage_name(str(steps[name].iloc[0])) for name in ("tahap_sebelum", "tahap_sesudah"))
    return full, {"columns": columns, "pada": f", {arrow}"}


@table("sumber-dana", "Perubahan menurut sumber dana", f"sumber {CHANGE}", GROSS, source=BUDGET, needs="stages",
       sumber="Sumber dana")  # fmt: skip
def by_source(_page: Page, step: pd.DataFrame, named: Named) -> RowsOrBlock:
    """The change by funding source."""
    names = [name or "belum diisi" for name in coded(step["sumber_dana"], named.source)]
    return _summed(step.assign(sumber=names), "sumber")


@change_table("rekening", "Perubahan menurut rekening", f"rekening pos {CHANGE}", CHANGED,
              pos=("Kelompok pos", "teks", 0, False))  # fmt: skip
def by_account(_page: Page, step: pd.DataFrame, named: Named) -> RowsOrBlock:
    """The accounts that changed, over all SKPD, with their group of the Inpres."""
    is_changed = step["selisih_rp"].ne(0).groupby(step["kode_rekening"], dropna=False).transform("any")
    rows = step[is_changed]
    kinds = classify(rows["kode_rekening"])["kategori"].map(words.category).map(words.heading)
    return _summed(rows.assign(rekening=coded(rows["kode_rekening"], named.account), pos=kinds), "rekening", "pos")


@table("program", "Perubahan menurut SKPD dan program", f"nama program {CHANGE}", CHANGED, source=BUDGET,
       needs="stages")  # fmt: skip
def by_office_and_programme(page: Page, step: pd.DataFrame, lines: pd.DataFrame) -> RowsOrBlock:
    """The programmes that changed, SKPD by SKPD; ``lines`` are rows of ``anggaran`` with their programmes."""
    known = lines.drop_duplicates("kode_sub_kegiatan", keep="last").set_index("kode_sub_kegiatan")["kode_program"]
    rows = step.assign(kode_program=step["kode_sub_kegiatan"].map(known))
    groups = rows["selisih_rp"].ne(0).groupby([rows["kode_opd"], rows["kode_program"]], dropna=False)
    rows = rows[groups.transform("any")]
    names = [page.office(code) for code in rows["kode_opd"]]
    return _summed(rows.assign(nama=names, program=programmes(lines, rows["kode_program"])), "nama", "program")


@change_table("status-baris", "Baris yang tetap, berubah, baru, dan tidak dianggarkan lagi", f"nama n {CHANGE}",
              GROSS, nama="Baris", n="Banyaknya")  # fmt: skip
def by_status(_page: Page, step: pd.DataFrame) -> RowsOrBlock:
    """How many lines stayed, changed, came and went; a line of one stage only is data."""
    numbers, rows = step.groupby("status").size(), changes.total(step, "status").set_index("status")
    rows = rows.reindex([name for name in words.LINE_STATUSES if name in rows.index]).reset_index()
    rows = rows.assign(nama=rows["status"].map(words.LINE_STATUSES).map(words.heading), n=rows["status"].map(numbers))
    rows = with_sum(rows, nama=SUM)
    return rows.assign(n=rows["n"].fillna(len(step)).astype("int64"))


def _summed(rows: pd.DataFrame, *keys: str) -> pd.DataFrame:
    """Sums by the keys, the largest decrease first, and their total."""
    sums = changes.total(rows, list(keys)).sort_values("pengurangan_rp", ascending=False, kind="stable")
    return with_sum(sums, **dict.fromkeys(keys, "") | {keys[0]: SUM})


def hidden(page: Page, lines: pd.DataFrame) -> Note:
    """What accounts of BOS, BOSP, BOK and BLUD hide, in rupiah and per cent of goods and services."""
    if not page.codes:
        none = "Anggaran belum diterima; pos yang tidak terurai tidak dapat dihitung."
        return page.say("tidak-terurai", none)
    found = opaque(lines[lines["tahap"].eq(page.codes[-1])])
    if not found.amount_rp:
        return page.say("tidak-terurai", "Tidak ada pagu pada rekening BOS/BOSP/BOK/BLUD, yang isinya tidak terurai.")
    text = (
        "**Tidak terurai: {rp} ({p} belanja barang dan jasa)** tercatat pada rekening BOS/BOSP/BOK/BLUD; "
        "perjalanan dinas dan ATK di dalamnya tidak terlihat."
    )
    return page.say("tidak-terurai", text, rp=rupiah(found.amount_rp), p=percent(found.share))
