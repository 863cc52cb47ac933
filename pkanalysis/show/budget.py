"""The budget before and after: by stage, by programme, by category of the Inpres, and what is hidden.

The change by programme, account and funding source; gross at line level.

Where from and where to: per SKPD, per sector, what went round. Never from A to B.

Exact decomposition of the change: general, mix of spending, own to the SKPD.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from pkanalysis.analysis.budget import changes
from pkanalysis.analysis.budget.accounts import TARGETED, classify, is_targeted, opaque, spending_kind
from pkanalysis.analysis.budget.changes import Reallocation
from pkanalysis.analysis.budget.directive import TRANSFER
from pkanalysis.show import words
from pkanalysis.show.basis import laws
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.cells import percent, plain, rupiah
from pkanalysis.show.columns import CHANGE
from pkanalysis.show.efficiency.comparison import Comparison
from pkanalysis.show.lines import Named, programmes
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


LINE = "Kotor pada tingkat baris belanja."
ONLY = "Hanya yang berubah."


def by_source(pair: Comparison, step: pd.DataFrame, named: Named) -> Table | Note:
    """The change by funding source."""
    if refused := pair.refused("sumber-dana", is_by_account=False):
        return refused
    rows = step.assign(sumber=named.sources(step["sumber_dana"]))
    heads = [Column("sumber", "Sumber dana", wide=True)]
    return _levels_table(pair, rows, heads, "sumber-dana", "Perubahan menurut sumber dana", LINE)


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
    return _levels_table(pair, rows, heads, "rekening", "Perubahan menurut rekening", f"{ONLY} {LINE}")


def levels_by_programme(pair: Comparison, step: pd.DataFrame, lines: pd.DataFrame) -> Table | Note:
    """The programmes that changed, SKPD by SKPD; ``lines`` are rows of ``anggaran`` with their programmes."""
    if refused := pair.refused("program", is_by_account=False):
        return refused
    known = lines.drop_duplicates("kode_sub_kegiatan", keep="last").set_index("kode_sub_kegiatan")["kode_program"]
    rows = _changed(step.assign(kode_program=step["kode_sub_kegiatan"].map(known)), ["kode_opd", "kode_program"])
    rows = rows.assign(
        nama=[pair.office(code) for code in rows["kode_opd"]], program=programmes(lines, rows["kode_program"])
    )
    heads = [Column("nama", "SKPD", wide=True), Column("program", "Program", wide=True)]
    return _levels_table(pair, rows, heads, "program", "Perubahan menurut SKPD dan program", f"{ONLY} {LINE}")


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


def _levels_table(
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


PARTS = ["umum", "susunan", "khusus"]


def decomposition(pair: Comparison, found: pd.DataFrame, turned: pd.DataFrame) -> Table | Note:
    """Exact decomposition per SKPD: general change, mix of spending, own to the SKPD; on the later base too.

    ``found`` is the result of :func:`pkanalysis.analysis.budget.changes.decompose` by ``kode_opd``
    and ``kategori``, ``turned`` that of the two stages exchanged.
    """
    if refused := pair.refused("dekomposisi"):
        return refused
    later = -turned.set_index("kode_opd")[PARTS].add_suffix("_akhir")
    found = found.join(later, on="kode_opd")
    parts = [*PARTS, *later.columns, "selisih_rp"]
    rows = found.assign(nama=[pair.office(code) for code in found["kode_opd"]]).sort_values("selisih_rp", kind="stable")
    whole = pd.DataFrame([{"nama": "Jumlah", "catatan": ""} | rows[parts].sum().to_dict()])
    return Table.from_frame(
        pd.concat([rows, whole], ignore_index=True),
        [
            Column("nama", "SKPD", wide=True),
            Column("umum", "Perubahan umum kota (Rp)", "perubahan_rp"),
            Column("susunan", "Susunan belanja (Rp)", "perubahan_rp"),
            Column("khusus", "Khusus SKPD (Rp)", "perubahan_rp"),
            Column("umum_akhir", "Umum, dasar sesudah (Rp)", "perubahan_rp"),
            Column("susunan_akhir", "Susunan, dasar sesudah (Rp)", "perubahan_rp"),
            Column("khusus_akhir", "Khusus, dasar sesudah (Rp)", "perubahan_rp"),
            Column("selisih_rp", "Bertambah/(Berkurang) (Rp)", "perubahan_rp"),
            Column("catatan", "Catatan", wide=True),
        ],
        **pair.block("dekomposisi", "Perubahan pagu menurut bagian umum, susunan, dan khusus"),
        totals=(len(rows),),
        note=pair.note(
            "Umum: andai setiap rupiah berubah seperti seluruh kota. Susunan: karena kelompok belanja SKPD berbeda "
            "dari kota. Khusus: sisanya. Jumlah ketiganya tepat sama dengan perubahannya (pembulatan per rupiah dapat "
            "berbeda satu), baik dengan dasar pagu sebelum maupun dasar pagu sesudah. Bagian ini menguraikan, tidak "
            "menerangkan sebab."
        ),
        source=pair.setting.budget_source,
    )
