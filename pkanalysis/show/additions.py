"""Additions and causes: what was added, on what legal basis, what of it is limited, and why lines changed."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.budget import changes
from pkanalysis.analysis.budget.accounts import classify, is_targeted
from pkanalysis.analysis.budget.directive import BY_SOURCE, TRANSFER, transfer_kind
from pkanalysis.show import words
from pkanalysis.show.lines import LINE, MOVED, Named, coded, with_sum
from pkanalysis.show.page import Page, laws
from pkanalysis.show.tables import CHANGE, SUM, TOTAL, RowsOrBlock, change_table, with_total
from pkanalysis.show.values import Phrase, count

TOP = 10
"""Additions of one OPD at most; the sum below them is that of all."""
NOT_PAIRED = "Data tidak menunjukkan rupiah tertentu berpindah dari satu pos ke pos lain."
ADDED = "sub penambahan_rp dibatasi_rp baru_rp bidang prioritas"


@change_table("penambahan", "Daftar penambahan per SKPD dan sub kegiatan, {langkah}", f"nama {ADDED}")  # fmt: skip
def additions(page: Page, found: pd.DataFrame, named: Named) -> RowsOrBlock:
    """Additions by sub kegiatan, the largest first, with SE priority; the legal basis stands below.

    ``found`` is the result of :func:`pkanalysis.analysis.budget.changes.additions`; on the page of the region every
    one is listed, on that of one OPD the largest.
    """
    law, top = laws(page.steps), found.head(TOP) if page.code else found
    is_support = top["is_prioritas"] & top["is_penunjang"] & (not page.code)
    priority = top["is_prioritas"].map({True: "ya", False: "tidak"}).mask(is_support, "ya, program penunjang")
    rows = top.assign(
        sub=coded(top["kode_sub_kegiatan"], named.activity),
        bidang=[words.SECTORS[name] for name in top["sektor"]],
        prioritas=priority,
        nama=[page.office(code) for code in top["kode_opd"]],
    )
    sums = found[["penambahan_rp", "dibatasi_rp", "baru_rp"]].sum().to_dict()
    whole = dict.fromkeys(ADDED.split(), "") | sums | {TOTAL: True, "sub" if page.code else "nama": SUM}
    rows = pd.concat([rows, pd.DataFrame([whole])], ignore_index=True)
    if not page.code:
        text = (
            f"{law.pattern} Kotor pada tingkat baris belanja. Program penunjang di bidang prioritas ditandai, karena "
            f"isinya dapat berupa keperluan kantor. {NOT_PAIRED}"
        )
        return rows, {"note": Phrase(text, law.values)}
    if found.empty:
        return page.say("penambahan", "Tidak ada penambahan.")
    own = {"columns": ADDED, "caption": "Penambahan menurut sub kegiatan, {langkah}"}
    said = Phrase(f"{law.pattern} {NOT_PAIRED}", law.values)
    if len(found) > TOP:
        text = f"{{k}} yang terbesar dari {{n}}. {said.pattern}"
        said = Phrase(text, law.values | {"k": count(TOP), "n": count(len(found))})
    return rows, own | {"note": said}


@change_table("pos-dibatasi-naik", "Penambahan pada pos yang diminta dibatasi", f"{LINE} pos yakin {MOVED}",
              "Mohon penjelasan dan dasar. Penambahan dapat beralasan; yang ditampilkan hanya barisnya.",
              none="Tidak ada penambahan pada pos yang diminta dibatasi.",
              pos=("Kelompok pos", "teks", 0, False))  # fmt: skip
def limited(page: Page, step: pd.DataFrame, named: Named) -> RowsOrBlock:
    """Lines on accounts that were to be limited, and rose all the same."""
    rows = step[is_targeted(step["kode_rekening"]) & step["penambahan_rp"].gt(0)]
    rows = named.lines(rows.sort_values("penambahan_rp", ascending=False, kind="stable"))
    found = classify(rows["kode_rekening"])
    rows = rows.assign(
        nama=[page.office(code) for code in rows["kode_opd"]],
        pos=found["kategori"].map(words.category).map(words.heading),
        yakin=found["keyakinan"].map(words.CERTAINTIES),
    )
    empty = dict.fromkeys(("sub", "rekening", "pos", "yakin"), "")
    return with_total(rows, MOVED.split(), nama=SUM, **empty) if len(rows) else rows


@change_table("tkd", "Pengurangan karena penyesuaian TKD (KMK 29/2025), di luar pilihan daerah",
              f"{LINE} sumber_dana jenis dari {MOVED}",
              "Uang ini tidak ada lagi, sehingga tidak dijumlahkan dengan pengurangan yang dapat dialihkan.",
              none="Tidak ada pengurangan yang diketahui karena penyesuaian TKD (KMK 29/2025).", by="pengurangan_rp",
              jenis="Jenis TKD")  # fmt: skip
def transfers(_page: Page, step: pd.DataFrame, reasons: pd.Series, named: Named) -> RowsOrBlock:
    """Decreases that the transfer took (KMK 29/2025), apart from the chosen ones."""
    is_taken = reasons.isin(TRANSFER) & step["pengurangan_rp"].gt(0)
    rows, why = step[is_taken], reasons[is_taken].map({BY_SOURCE: "menurut sumber dana"}).fillna("isian OPD")
    return named.lines(rows).assign(jenis=transfer_kind(rows["sumber_dana"]).replace("", "–"), dari=why)


@change_table("sebab", "Baris yang berubah menurut sebabnya", f"nama {CHANGE}",
              "Sebab menurut isian OPD untuk pasangan tahap ini. Hanya baris yang diisi Inpres 1/2025 boleh disebut "
              "dihemat karena Inpres; selebihnya berkurang pada pos sasaran Inpres.", nama="Sebab")  # fmt: skip
def by_reason(page: Page, step: pd.DataFrame, reasons: pd.Series) -> RowsOrBlock:
    """The changed lines by reason: what the OPD said, else what the line shows.

    For one OPD what the transfer took stands apart from what was chosen.
    """
    changed = step.assign(sebab=reasons)[step["selisih_rp"].ne(0)]
    sums = changes.total(changed, ["sebab"]).sort_values("pengurangan_rp", ascending=False, kind="stable")
    sums = sums.assign(nama=[words.REASONS.get(code, code) for code in sums["sebab"]])
    if not page.code:
        return with_sum(sums, nama="Jumlah baris yang berubah")
    if sums.empty:
        return page.say("sebab", "Tidak ada baris yang berubah.")
    is_taken = sums["sebab"].isin(TRANSFER)
    parts = [sums, with_sum(sums, nama=SUM).tail(1)]
    if is_taken.any():
        parts = [with_sum(sums[~is_taken], nama="Jumlah pilihan daerah"), sums[is_taken], parts[-1]]
    return pd.concat(parts, ignore_index=True), {
        "columns": "nama pengurangan_rp penambahan_rp selisih_rp",
        "caption": "Baris yang berubah menurut sebabnya, {langkah}",
        "note": "Sebab menurut isian OPD. Pengurangan karena TKD (KMK 29/2025) tidak dapat dialihkan.",
    }
