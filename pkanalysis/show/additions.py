"""The answer for the DPRD: what was added, on what legal basis, and what of it lies on limited accounts.

One OPD under the Inpres on two stages: the seven points, stated causes with the transfer apart, additions.
"""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.budget import changes
from pkanalysis.analysis.budget.accounts import classify, is_targeted
from pkanalysis.analysis.budget.directive import BY_SOURCE, TRANSFER, transfer_kind
from pkanalysis.show import words
from pkanalysis.show.basis import laws
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.budget import NOT_PAIRED
from pkanalysis.show.cells import count
from pkanalysis.show.columns import CHANGE
from pkanalysis.show.directive import certainty
from pkanalysis.show.efficiency.comparison import Comparison
from pkanalysis.show.lines import Named, or_sentence, with_total


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


TOP = 10
"""Rows of a list at most; the sum below it is that of all."""
MOVES = (
    Column("pengurangan_rp", "Pengurangan (Rp)", "rp"),
    Column("penambahan_rp", "Penambahan (Rp)", "rp"),
    Column("selisih_rp", "Bertambah/(Berkurang) (Rp)", "perubahan_rp"),
)


def points(pair: Comparison, found: pd.DataFrame) -> Table | Note:
    """The points of diktum KEEMPAT on which this OPD has a budget.

    ``found`` is the result of :func:`pkanalysis.analysis.budget.directive.seven_points`.
    """
    if refused := pair.refused("tujuh-angka"):
        return refused
    own = found[found[["pagu_sebelum_rp", "pagu_sesudah_rp"]].gt(0).any(axis=1)]
    if own.empty:
        return _nothing(pair, "tujuh-angka", "Tidak ada pagu pada pos yang disebut diktum KEEMPAT Inpres 1/2025.")
    said = [certainty(point) for point in own.to_dict("records")]
    rows = own.assign(keyakinan=pd.Series(said, index=own.index, dtype=object))
    columns = [
        Column("angka", "Butir", "bulat"),
        Column("ketentuan", "Ketentuan", wide=True),
        Column("pagu_sebelum_rp", "Sebelum (Rp)", "rp"),
        Column("pagu_sesudah_rp", "Sesudah (Rp)", "rp"),
        Column("pengurangan_rp", "Pengurangan (Rp)", "rp"),
        Column("persen", "%", "persen", 1),
        Column("keyakinan", "Keyakinan", wide=True),
    ]
    return Table.from_frame(
        rows,
        columns,
        **pair.block("tujuh-angka", f"Butir diktum KEEMPAT Inpres 1/2025, {pair.names_of_stages}"),
        note=pair.note(
            "Hanya butir yang berpagu. Pengurangan kotor pada tingkat baris belanja. Berkurang pada pos sasaran belum "
            "tentu karena Inpres."
        ),
        source=pair.setting.budget_source,
    )


def causes(pair: Comparison, step: pd.DataFrame, reasons: pd.Series) -> Table | Note:
    """Changed lines by stated cause; what the transfer took stands apart from what was chosen."""
    if refused := pair.refused("sebab"):
        return refused
    changed = step.assign(sebab=reasons)[step["selisih_rp"].ne(0)]
    if changed.empty:
        return _nothing(pair, "sebab", "Tidak ada baris yang berubah.")
    sums = changes.total(changed, ["sebab"]).sort_values("pengurangan_rp", ascending=False, kind="stable")
    sums = sums.assign(nama=[words.reason(code) for code in sums["sebab"]])
    is_taken = sums["sebab"].isin(TRANSFER)
    parts = [sums[~is_taken]]
    if is_taken.any():
        parts += [_sum(sums[~is_taken], "Jumlah pilihan daerah"), sums[is_taken]]
    rows = pd.concat([*parts, _sum(sums, "Jumlah")], ignore_index=True)
    return Table.from_frame(
        rows,
        [Column("nama", "Sebab", wide=True), *MOVES],
        **pair.block("sebab", f"Baris yang berubah menurut sebabnya, {pair.names_of_stages}"),
        totals=tuple(rows.index[rows["nama"].str.startswith("Jumlah")]),
        note=pair.note("Sebab menurut isian OPD. Pengurangan karena TKD (KMK 29/2025) tidak dapat dialihkan."),
        source=pair.setting.budget_source,
    )


def saving_additions(pair: Comparison, found: pd.DataFrame, named: Named) -> Table | Note:
    """The largest additions by sub kegiatan, their legal basis, and whether the SE names their sector.

    ``found`` is the result of :func:`pkanalysis.analysis.budget.changes.additions`.
    """
    if refused := pair.refused("penambahan"):
        return refused
    if found.empty:
        return _nothing(pair, "penambahan", "Tidak ada penambahan.")
    top = found.head(TOP)
    rows = top.assign(
        sub=named.activities(top["kode_sub_kegiatan"]),
        bidang=[words.SECTORS[name] for name in top["sektor"]],
        prioritas=top["is_prioritas"].map({True: "ya", False: "tidak"}),
    )
    amounts = ["penambahan_rp", "dibatasi_rp", "baru_rp"]
    whole = pd.DataFrame([{"sub": "Jumlah", "bidang": "", "prioritas": ""} | found[amounts].sum().to_dict()])
    return Table.from_frame(
        pd.concat([rows, whole], ignore_index=True),
        [
            Column("sub", "Sub kegiatan", wide=True),
            Column("penambahan_rp", "Penambahan (Rp)", "rp"),
            Column("dibatasi_rp", "pada pos yang diminta dibatasi (Rp)", "rp"),
            Column("baru_rp", "pada baris baru (Rp)", "rp"),
            Column("bidang", "Bidang SE"),
            Column("prioritas", "Prioritas SE"),
        ],
        **pair.block("penambahan", f"Penambahan menurut sub kegiatan, {pair.names_of_stages}"),
        totals=(len(rows),),
        note=_basis(pair, len(found)),
        source=pair.setting.budget_source,
    )


def _basis(pair: Comparison, number: int) -> Phrase:
    """Legal basis of each stage on the way, and that no rupiah is followed from one line to another."""
    law = laws(pair.steps)
    text, values = f"{law.pattern} {NOT_PAIRED}", law.values
    if number <= TOP:
        return pair.note(text, **values)
    return pair.note(f"{{k}} yang terbesar dari {{n}}. {text}", **values, k=count(TOP), n=count(number))


def _sum(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    return changes.total(rows.assign(nama=name), ["nama"])


def _nothing(pair: Comparison, name: str, text: str) -> Note:
    return Note(**pair.block(name), items=(Phrase(text),))
