"""Where from and where to: per SKPD, per sector, what went round, how uneven it is. Never from A to B."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.budget import changes
from pkanalysis.analysis.budget.changes import Reallocation
from pkanalysis.analysis.budget.directive import TRANSFER
from pkanalysis.analysis.budget.patterns import Concentration, TheilByGroup
from pkanalysis.show import words
from pkanalysis.show.additions import NOT_PAIRED
from pkanalysis.show.blocks import Note
from pkanalysis.show.lines import with_sum
from pkanalysis.show.page import Page
from pkanalysis.show.tables import BUDGET, CHANGE, SUM, RowsOrBlock, change_table, table, with_total
from pkanalysis.show.values import Phrase, plain, rupiah

LEVELS = {"sektor": "bidang SE", "kode_opd": "SKPD", "kode_sub_kegiatan": "sub kegiatan", "kode_rekening": "rekening"}
PARTS = ["umum", "susunan", "khusus"]


@table("per-skpd", "Perubahan per SKPD, {langkah}",
       "nama pagu_sebelum_rp pagu_sesudah_rp pengurangan_rp tkd_rp penambahan_rp selisih_rp persen",
       "Kotor pada tingkat baris belanja (sub kegiatan × rekening × sumber dana).", source=BUDGET,
       needs="stages")  # fmt: skip
def per_office(page: Page, step: pd.DataFrame, reasons: pd.Series) -> RowsOrBlock:
    """The change of every SKPD: chosen decrease, decrease of the transfer, increase, net.

    ``reasons`` are those of :func:`pkanalysis.analysis.budget.directive.reasons` on the same rows.
    """
    taken = step["pengurangan_rp"].where(reasons.isin(TRANSFER), 0)
    rows, own = changes.total(step, ["kode_opd"]), {}
    rows["tkd_rp"] = rows["kode_opd"].map(taken.groupby(step["kode_opd"]).sum())
    if page.step.is_other_numbering:
        net = rows["selisih_rp"]
        rows = rows.assign(pengurangan_rp=(-net).clip(lower=0), penambahan_rp=net.clip(lower=0), tkd_rp=None)
        text = "Penomoran rekening kedua tahap berbeda: pengurangan dan penambahan dihitung pada tingkat SKPD."
        own = {"note": text}
    rows = rows.sort_values("pengurangan_rp", ascending=False, kind="stable")
    rows["nama"] = [page.office(code) for code in rows["kode_opd"]]
    base, net_rp = rows["pagu_sebelum_rp"].sum(), rows["selisih_rp"].sum()
    tkd = None if page.step.is_other_numbering else int(taken.sum())
    return with_total(
        rows, CHANGE.split()[:-1], nama=SUM, tkd_rp=tkd, persen=100 * net_rp / base if base else None
    ), own


@change_table("bidang", "Sumber dan penggunaan neto menurut bidang prioritas SE Mendagri", f"nama {CHANGE} arah",
              "Bidang prioritas menurut SE Mendagri 900/833/SJ; bidang urusan mana masuk bidang mana adalah "
              f"pertimbangan (dapat diubah di pkanalysis.toml). {NOT_PAIRED}", nama="Bidang")  # fmt: skip
def by_sector(_page: Page, step: pd.DataFrame, sectors: pd.Series) -> RowsOrBlock:
    """Net sources and uses by the sectors of SE Mendagri 900/833/SJ; ``sectors`` is that of each row."""
    rows = changes.total(step.assign(bidang=sectors), ["bidang"]).set_index("bidang")
    rows = rows.reindex([name for name in words.SECTORS if name in set(sectors)]).reset_index()
    direction = rows["selisih_rp"].map(lambda net: "penggunaan" if net > 0 else "sumber" if net < 0 else "tetap")
    names = [words.heading(words.SECTORS[name]) for name in rows["bidang"]]
    return with_sum(rows.assign(nama=names, arah=direction.map(words.DIRECTIONS)), nama=SUM, arah="")


def net_sentences(page: Page, found: Reallocation) -> Note:
    """Net sources and net uses in words; ``found`` is :func:`reallocation` by ``sektor``."""
    if refused := page.refused("neto"):
        return refused
    items = []
    for direction, title in (("sumber", "Sumber neto"), ("penggunaan", "Penggunaan neto")):
        rows = found.rows[found.rows["arah"].eq(direction)]
        rows = rows.reindex(rows["selisih_rp"].abs().sort_values(ascending=False, kind="stable").index)
        values = {f"n{place}": plain(words.SECTORS[name]) for place, name in enumerate(rows["sektor"])}
        values |= {f"r{place}": rupiah(abs(net)) for place, net in enumerate(rows["selisih_rp"])}
        said = "; ".join(f"{{n{place}}} {{r{place}}}" for place in range(len(rows)))
        items.append(Phrase(f"**{title}:** {said}." if len(rows) else f"{title}: tidak ada.", values))
    return page.say("neto", *items, NOT_PAIRED)


@change_table("perputaran", "Pengurangan, penambahan, dan perputaran menurut tingkat perhitungan",
              "tingkat turun naik bruto neto perputaran",
              "Perputaran = bruto − |neto|: berkurang dan bertambah yang saling menutup pada tingkat itu.",
              tingkat=("Tingkat", "teks", 0, True), naik=("Bertambah (Rp)", "rp"))  # fmt: skip
def turnover(_page: Page, found: list[Reallocation]) -> RowsOrBlock:
    """What rose, fell and only went round, at several levels: the finer the level, the larger."""
    return [
        (
            LEVELS.get(item.level[0], "baris belanja") if len(item.level) == 1 else "baris belanja",
            *(item.turun, item.naik, item.bruto, item.neto, item.perputaran),
        )
        for item in found
    ]


@change_table("dekomposisi", "Perubahan pagu menurut bagian umum, susunan, dan khusus",
              "nama umum susunan khusus umum_akhir susunan_akhir khusus_akhir selisih_rp catatan",
              "Umum: andai setiap rupiah berubah seperti seluruh kota. Susunan: karena kelompok belanja SKPD berbeda "
              "dari kota. Khusus: sisanya. Jumlah ketiganya tepat sama dengan perubahannya (pembulatan per rupiah "
              "dapat berbeda satu), baik dengan dasar pagu sebelum maupun dasar pagu sesudah. Bagian ini menguraikan, "
              "tidak menerangkan sebab.")  # fmt: skip
def decomposition(page: Page, found: pd.DataFrame, turned: pd.DataFrame) -> RowsOrBlock:
    """Exact decomposition per SKPD: general change, mix of spending, own to the SKPD; on the later base too.

    ``found`` is the result of :func:`pkanalysis.analysis.budget.changes.decompose` by ``kode_opd``
    and ``kategori``, ``turned`` that of the two stages exchanged.
    """
    later = -turned.set_index("kode_opd")[PARTS].add_suffix("_akhir")
    rows = found.join(later, on="kode_opd").sort_values("selisih_rp", kind="stable")
    rows = rows.assign(nama=[page.office(code) for code in rows["kode_opd"]])
    return with_total(rows, [*PARTS, *later.columns, "selisih_rp"], nama=SUM, catatan="")


@change_table("pemusatan", "Pemusatan pengurangan dan penambahan pada SKPD", "nama n hhi hhi_normal gini theil",
              "Pengurangan dan penambahan dihitung terpisah; SKPD yang nol ikut dihitung. Angka yang besar tidak "
              "berarti tidak adil: pagu SKPD memang berbeda.", nama="Yang dihitung", n="SKPD")  # fmt: skip
def concentration(_page: Page, decrease: Concentration, increase: Concentration) -> RowsOrBlock:
    """How uneven decrease and increase are over SKPD, each apart."""
    every = (("Pengurangan pilihan daerah", decrease), ("Penambahan", increase))
    return [(name, found.n, found.hhi, found.hhi_normalised, found.gini, found.theil) for name, found in every]


@change_table("theil", "Theil pengurangan pilihan daerah menurut jenis SKPD", "jenis n pangsa theil",
              "Di dalam + antarkelompok = Theil seluruhnya.", jenis=("Jenis SKPD", "teks", 0, True),
              n="SKPD")  # fmt: skip
def theil(_page: Page, found: TheilByGroup) -> RowsOrBlock:
    """Theil's T of the chosen decrease within and between kinds of SKPD."""
    rows = [
        (words.stored("jenis_opd", str(row["jenis"])), row["n"], 100 * row["pangsa"], row["theil"])
        for row in found.rows.rename(columns={found.rows.columns[0]: "jenis"}).to_dict("records")
    ]
    rows += [("Di dalam kelompok", None, None, found.within), ("Antarkelompok", None, None, found.between)]
    whole = 100.0 if len(found.rows) else None
    return [*rows, (SUM, int(found.rows["n"].sum()), whole, found.total)]
