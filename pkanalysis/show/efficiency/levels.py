"""The change by programme, account and funding source; gross at line level."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.budget import changes
from pkanalysis.analysis.budget.accounts import classify
from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Note, Table
from pkanalysis.show.columns import CHANGE
from pkanalysis.show.efficiency.comparison import Comparison
from pkanalysis.show.efficiency.lines import Named, programmes

LINE = "Kotor pada tingkat baris belanja."
ONLY = "Hanya yang berubah."


def by_source(pair: Comparison, step: pd.DataFrame, named: Named) -> Table | Note:
    """The change by funding source."""
    if refused := pair.refused("sumber-dana", is_by_account=False):
        return refused
    rows = step.assign(sumber=named.sources(step["sumber_dana"]))
    heads = [Column("sumber", "Sumber dana", wide=True)]
    return _table(pair, rows, heads, "sumber-dana", "Perubahan menurut sumber dana", LINE)


def by_account(pair: Comparison, step: pd.DataFrame, named: Named) -> Table | Note:
    """The accounts that changed, over all SKPD, with their group of the Inpres."""
    if refused := pair.refused("rekening"):
        return refused
    rows = _changed(step, ["kode_rekening"])
    kinds = classify(rows["kode_rekening"])
    rows = rows.assign(
        rekening=named.accounts(rows["kode_rekening"]),
        pos=kinds["kategori"].map(words.category).map(words.heading),
    )
    heads = [Column("rekening", "Rekening", wide=True), Column("pos", "Kelompok pos")]
    return _table(pair, rows, heads, "rekening", "Perubahan menurut rekening", f"{ONLY} {LINE}")


def by_programme(pair: Comparison, step: pd.DataFrame, lines: pd.DataFrame) -> Table | Note:
    """The programmes that changed, SKPD by SKPD; ``lines`` are rows of ``anggaran`` with their programmes."""
    if refused := pair.refused("program", is_by_account=False):
        return refused
    known = lines.drop_duplicates("kode_sub_kegiatan", keep="last").set_index("kode_sub_kegiatan")["kode_program"]
    rows = _changed(step.assign(kode_program=step["kode_sub_kegiatan"].map(known)), ["kode_opd", "kode_program"])
    rows = rows.assign(
        nama=[pair.office(code) for code in rows["kode_opd"]], program=programmes(lines, rows["kode_program"])
    )
    heads = [Column("nama", "SKPD", wide=True), Column("program", "Program", wide=True)]
    return _table(pair, rows, heads, "program", "Perubahan menurut SKPD dan program", f"{ONLY} {LINE}")


def by_status(pair: Comparison, step: pd.DataFrame) -> Table | Note:
    """How many lines stayed, changed, came and went; a line of one stage only is data."""
    if refused := pair.refused("status-baris"):
        return refused
    numbers = step.groupby("status").size()
    rows = changes.total(step, "status").set_index("status")
    rows = rows.reindex([name for name in words.LINE_STATUSES if name in rows.index]).reset_index()
    rows = rows.assign(nama=rows["status"].map(words.LINE_STATUSES).map(words.heading), n=rows["status"].map(numbers))
    whole = changes.total(rows.assign(nama="Jumlah"), "nama").assign(n=len(step))
    return Table.from_frame(
        pd.concat([rows, whole], ignore_index=True),
        [Column("nama", "Baris", wide=True), Column("n", "Banyaknya", "bulat"), *CHANGE],
        **pair.block("status-baris", "Baris yang tetap, berubah, baru, dan tidak dianggarkan lagi"),
        totals=(len(rows),) if len(whole) else (),
        note=pair.note(LINE),
        source=pair.setting.budget_source,
    )


def _changed(step: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """The rows of the groups in which any line changed."""
    moved = step["selisih_rp"].ne(0).groupby([step[key] for key in keys], dropna=False)
    return step[moved.transform("any")]


def _table(
    pair: Comparison, rows: pd.DataFrame, heads: list[Column], name: str, caption: str, note: str
) -> Table | Note:
    keys = [column.name for column in heads]
    sums = changes.total(rows, keys).sort_values("pengurangan_rp", ascending=False, kind="stable")
    whole = changes.total(rows.assign(**dict.fromkeys(keys, "")), keys).assign(**{keys[0]: "Jumlah"})
    return Table.from_frame(
        pd.concat([sums, whole], ignore_index=True),
        [*heads, *CHANGE],
        **pair.block(name, caption),
        totals=(len(sums),) if len(whole) else (),
        note=pair.note(note),
        source=pair.setting.budget_source,
    )
