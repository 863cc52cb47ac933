"""The answer for the DPRD: what was added, on what legal basis, and what of it lies on limited accounts."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.budget import changes
from pkanalysis.analysis.budget.accounts import classify, is_targeted
from pkanalysis.analysis.budget.directive import BY_SOURCE, TRANSFER, transfer_kind
from pkanalysis.show import words
from pkanalysis.show.basis import laws
from pkanalysis.show.blocks import Column, Note, Table
from pkanalysis.show.columns import CHANGE
from pkanalysis.show.efficiency.categories import or_sentence
from pkanalysis.show.efficiency.comparison import Comparison
from pkanalysis.show.efficiency.extracts import with_total
from pkanalysis.show.efficiency.lines import Named
from pkanalysis.show.efficiency.movements import NOT_PAIRED


def additions(pair: Comparison, found: pd.DataFrame, named: Named) -> Table | Note:
    """Every addition by SKPD and sub kegiatan, the largest first, with SE priority; the legal basis stands below.

    ``found`` is the result of :func:`pkanalysis.analysis.budget.changes.additions`.
    """
    if refused := pair.refused("penambahan"):
        return refused
    rows = found.assign(
        nama=[pair.office(code) for code in found["kode_opd"]],
        sub=named.activities(found["kode_sub_kegiatan"]),
        bidang=[words.SECTORS[name] for name in found["sektor"]],
        prioritas=[_priority(*pair_) for pair_ in zip(found["is_prioritas"], found["is_penunjang"], strict=True)],
    )
    amounts = ["penambahan_rp", "dibatasi_rp", "baru_rp"]
    whole = pd.DataFrame([dict.fromkeys(("sub", "bidang", "prioritas"), "") | rows[amounts].sum().to_dict()])
    law = laws(pair.steps)
    return Table.from_frame(
        pd.concat([rows, whole.assign(nama="Jumlah")], ignore_index=True),
        [
            Column("nama", "SKPD", wide=True),
            Column("sub", "Sub kegiatan", wide=True),
            Column("penambahan_rp", "Penambahan (Rp)", "rp"),
            Column("dibatasi_rp", "pada pos yang diminta dibatasi (Rp)", "rp"),
            Column("baru_rp", "pada baris baru (Rp)", "rp"),
            Column("bidang", "Bidang SE"),
            Column("prioritas", "Prioritas SE"),
        ],
        **pair.block("penambahan", f"Daftar penambahan per SKPD dan sub kegiatan, {pair.names_of_stages}"),
        totals=(len(rows),),
        note=pair.note(
            f"{law.pattern} Kotor pada tingkat baris belanja. Program penunjang di bidang prioritas ditandai, karena "
            f"isinya dapat berupa keperluan kantor. {NOT_PAIRED}",
            **law.values,
        ),
        source=pair.setting.budget_source,
    )


def _priority(is_priority: bool, is_support: bool) -> str:
    return ("ya, program penunjang" if is_support else "ya") if is_priority else "tidak"


def limited(pair: Comparison, step: pd.DataFrame, named: Named) -> Table | Note:
    """Lines on accounts that were to be limited, and rose all the same."""
    if refused := pair.refused("pos-dibatasi-naik"):
        return refused
    rows = step[is_targeted(step["kode_rekening"]) & step["penambahan_rp"].gt(0)]
    rows = rows.sort_values("penambahan_rp", ascending=False, kind="stable")
    kinds = classify(rows["kode_rekening"])
    table = named.table(
        pair,
        rows.assign(
            pos=kinds["kategori"].map(words.category).map(words.heading),
            yakin=kinds["keyakinan"].map(words.CERTAINTIES),
        ),
        "pos-dibatasi-naik",
        "Penambahan pada pos yang diminta dibatasi",
        Column("pos", "Kelompok pos"),
        Column("yakin", "Keyakinan"),
        note="Mohon penjelasan dan dasar. Penambahan dapat beralasan; yang ditampilkan hanya barisnya.",
    )
    return or_sentence(with_total(table), "Tidak ada penambahan pada pos yang diminta dibatasi.")


def transfers(pair: Comparison, step: pd.DataFrame, reasons: pd.Series, named: Named) -> Table | Note:
    """Decreases that the transfer took (KMK 29/2025), apart from the chosen ones."""
    if refused := pair.refused("tkd"):
        return refused
    is_taken = reasons.isin(TRANSFER) & step["pengurangan_rp"].gt(0)
    rows, why = step[is_taken], reasons[is_taken]
    seen = why.map({BY_SOURCE: "menurut sumber dana"}).fillna("isian OPD")
    rows = rows.assign(jenis=transfer_kind(rows["sumber_dana"]).replace("", "–"), dari=seen)
    table = named.table(
        pair,
        rows.sort_values("pengurangan_rp", ascending=False, kind="stable"),
        "tkd",
        "Pengurangan karena penyesuaian TKD (KMK 29/2025), di luar pilihan daerah",
        Column("sumber_dana", "Sumber dana"),
        Column("jenis", "Jenis TKD"),
        Column("dari", "Diketahui dari"),
        note="Uang ini tidak ada lagi, sehingga tidak dijumlahkan dengan pengurangan yang dapat dialihkan.",
    )
    return or_sentence(table, "Tidak ada pengurangan yang diketahui karena penyesuaian TKD (KMK 29/2025).")


def by_reason(pair: Comparison, step: pd.DataFrame, reasons: pd.Series) -> Table | Note:
    """The changed lines by reason: what the OPD said, else what the line shows."""
    if refused := pair.refused("sebab"):
        return refused
    is_changed = step["selisih_rp"].ne(0)
    rows = changes.total(step.assign(sebab=reasons)[is_changed], ["sebab"])
    rows = rows.sort_values("pengurangan_rp", ascending=False, kind="stable")
    rows = rows.assign(nama=[words.reason(code) for code in rows["sebab"]])
    whole = changes.total(rows.assign(nama="Jumlah baris yang berubah"), ["nama"])
    return Table.from_frame(
        pd.concat([rows, whole], ignore_index=True),
        [Column("nama", "Sebab", wide=True), *CHANGE],
        **pair.block("sebab", "Baris yang berubah menurut sebabnya"),
        totals=(len(rows),) if len(whole) else (),
        note=pair.note(
            "Sebab menurut isian OPD untuk pasangan tahap ini. Hanya baris yang diisi Inpres 1/2025 boleh disebut "
            "dihemat karena Inpres; selebihnya berkurang pada pos sasaran Inpres."
        ),
        source=pair.setting.budget_source,
    )
