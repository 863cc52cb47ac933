"""Where from and where to: per SKPD, per sector, what went round. Never from A to B."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.budget import changes
from pkanalysis.analysis.budget.changes import Reallocation
from pkanalysis.analysis.budget.directive import TRANSFER
from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.cells import plain, rupiah
from pkanalysis.show.columns import CHANGE
from pkanalysis.show.efficiency.comparison import Comparison

NOT_PAIRED = "Data tidak menunjukkan rupiah tertentu berpindah dari satu pos ke pos lain."
DIRECTIONS = {"penggunaan": "penggunaan neto", "sumber": "sumber neto", "tetap": "tetap"}
LEVELS = {
    "sektor": "bidang SE",
    "kode_opd": "SKPD",
    "kode_sub_kegiatan": "sub kegiatan",
    "kode_rekening": "rekening",
}


def per_office(pair: Comparison, step: pd.DataFrame, reasons: pd.Series) -> Table | Note:
    """The change of every SKPD: chosen decrease, decrease of the transfer, increase, net.

    ``reasons`` are those of :func:`pkanalysis.analysis.budget.directive.reasons` on the same rows.
    """
    if refused := pair.refused("per-skpd", is_by_account=False):
        return refused
    passed_on = step["pengurangan_rp"].where(reasons.isin(TRANSFER), 0)
    rows = changes.total(step.assign(tkd_rp=passed_on), ["kode_opd"])
    rows["tkd_rp"] = rows["kode_opd"].map(passed_on.groupby(step["kode_opd"]).sum())
    note = "Kotor pada tingkat baris belanja (sub kegiatan × rekening × sumber dana)."
    if pair.is_other_numbering:
        net = rows["selisih_rp"]
        rows = rows.assign(pengurangan_rp=(-net).clip(lower=0), penambahan_rp=net.clip(lower=0), tkd_rp=None)
        note = "Penomoran rekening kedua tahap berbeda: pengurangan dan penambahan dihitung pada tingkat SKPD."
    rows = rows.sort_values("pengurangan_rp", ascending=False, kind="stable")
    rows["nama"] = [pair.office(code) for code in rows["kode_opd"]]
    sums = rows[[column.name for column in CHANGE[:-1]]].sum()
    base = sums["pagu_sebelum_rp"]
    whole = {"nama": "Jumlah", **sums, "persen": 100 * sums["selisih_rp"] / base if base else None}
    whole["tkd_rp"] = None if pair.is_other_numbering else int(passed_on.sum())
    first, last, down, up, net_column, share = CHANGE
    return Table.from_frame(
        pd.concat([rows, pd.DataFrame([whole])], ignore_index=True),
        [
            Column("nama", "SKPD", wide=True),
            first,
            last,
            down,
            Column("tkd_rp", "di antaranya TKD (Rp)", "rp"),
            up,
            net_column,
            share,
        ],
        **pair.block("per-skpd", f"Perubahan per SKPD, {pair.names_of_stages}"),
        totals=(len(rows),),
        note=pair.note(note),
        source=pair.setting.budget_source,
    )


def by_sector(pair: Comparison, step: pd.DataFrame, sectors: pd.Series) -> Table | Note:
    """Net sources and uses by the sectors of SE Mendagri 900/833/SJ; ``sectors`` is that of each row."""
    if refused := pair.refused("bidang"):
        return refused
    rows = changes.total(step.assign(bidang=sectors), ["bidang"])
    rows = rows.set_index("bidang").reindex([name for name in words.SECTORS if name in set(sectors)]).reset_index()
    direction = rows["selisih_rp"].map(lambda net: "penggunaan" if net > 0 else "sumber" if net < 0 else "tetap")
    rows = rows.assign(
        nama=[words.heading(words.SECTORS[name]) for name in rows["bidang"]], arah=direction.map(DIRECTIONS)
    )
    whole = changes.total(rows.assign(nama="Jumlah", arah=""), ["nama"])
    return Table.from_frame(
        pd.concat([rows, whole.assign(arah="")], ignore_index=True),
        [Column("nama", "Bidang", wide=True), *CHANGE, Column("arah", "Neto")],
        **pair.block("bidang", "Sumber dan penggunaan neto menurut bidang prioritas SE Mendagri"),
        totals=(len(rows),),
        note=pair.note(
            "Bidang prioritas menurut SE Mendagri 900/833/SJ; bidang urusan mana masuk bidang mana adalah "
            f"pertimbangan (dapat diubah di pkanalysis.toml). {NOT_PAIRED}"
        ),
        source=pair.setting.budget_source,
    )


def net_sentences(pair: Comparison, found: Reallocation) -> Note:
    """Net sources and net uses in words; ``found`` is :func:`reallocation` by ``sektor``."""
    if refused := pair.refused("neto"):
        return refused
    items = [
        _listed(found, arah, title) for arah, title in (("sumber", "Sumber neto"), ("penggunaan", "Penggunaan neto"))
    ]
    return Note(**pair.block("neto"), items=(*items, Phrase(NOT_PAIRED)))


def _listed(found: Reallocation, direction: str, title: str) -> Phrase:
    rows = found.rows[found.rows["arah"].eq(direction)]
    rows = rows.reindex(rows["selisih_rp"].abs().sort_values(ascending=False, kind="stable").index)
    if rows.empty:
        return Phrase(f"{title}: tidak ada.")
    values = {f"n{place}": plain(words.SECTORS[name]) for place, name in enumerate(rows["sektor"])}
    values |= {f"r{place}": rupiah(abs(net)) for place, net in enumerate(rows["selisih_rp"])}
    said = "; ".join(f"{{n{place}}} {{r{place}}}" for place in range(len(rows)))
    return Phrase(f"**{title}:** {said}.", values)


def turnover(pair: Comparison, found: list[Reallocation]) -> Table | Note:
    """What rose, fell and only went round, at several levels: the finer the level, the larger."""
    if refused := pair.refused("perputaran"):
        return refused
    rows = tuple(
        (
            LEVELS.get(item.level[0], "baris belanja") if len(item.level) == 1 else "baris belanja",
            item.turun,
            item.naik,
            item.bruto,
            item.neto,
            item.perputaran,
        )
        for item in found
    )
    return Table(
        **pair.block("perputaran", "Pengurangan, penambahan, dan perputaran menurut tingkat perhitungan"),
        columns=(
            Column("tingkat", "Tingkat", wide=True),
            Column("turun", "Berkurang (Rp)", "rp"),
            Column("naik", "Bertambah (Rp)", "rp"),
            Column("bruto", "Bruto (Rp)", "rp"),
            Column("neto", "Neto (Rp)", "perubahan_rp"),
            Column("perputaran", "Perputaran (Rp)", "rp"),
        ),
        rows=rows,
        note=pair.note("Perputaran = bruto − |neto|: berkurang dan bertambah yang saling menutup pada tingkat itu."),
        source=pair.setting.budget_source,
    )
