"""The annex: outturn as PEFA measures it, how uneven the cut is, and the method."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from pkanalysis.analysis.budget.directive import transfer_kind
from pkanalysis.analysis.budget.patterns import Concentration, TheilByGroup
from pkanalysis.analysis.spending import Outturn
from pkanalysis.config import Config
from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.cells import plain
from pkanalysis.show.efficiency.comparison import Comparison

METHOD = (
    "Kedua tahap disandingkan penuh pada kunci SKPD, sub unit, sub kegiatan, rekening, dan sumber dana: baris yang "
    "hanya ada pada satu tahap ikut dihitung, sebagai baris baru atau tidak dianggarkan lagi.",
    "Pengurangan dan penambahan kotor bergantung pada tingkat perhitungan; yang dicetak adalah tingkat baris belanja, "
    "kecuali dikatakan lain. Bersih = penambahan − pengurangan pada tingkat mana pun.",
    "Kelompok pos ditentukan oleh awalan kode rekening terpanjang, dengan keyakinan pasti, taksiran, perlu telaah, di "
    "luar sasaran, atau tidak terurai; penempatannya adalah pertimbangan penyusun, bukan bunyi peraturan.",
    "Sebab menurut isian OPD. Tanpa isian, pengurangan pada sumber dana yang disesuaikan KMK 29/2025 dihitung sebagai "
    "TKD, dan pengurangan lain pada pos sasaran disebut berkurang pada pos sasaran Inpres.",
    "SKPD tanpa satu baris pun pada salah satu tahap belum menyampaikan tahap itu dan tidak ikut dibandingkan.",
)


def originals(config: Config, end: dt.date) -> dict[int, str]:
    """Code of the original stage of every year that was over on ``end``."""
    years = sorted({stage.tahun for stage in config.tahap if dt.date(stage.tahun, 12, 31) <= end})
    return {year: config.stages(year)[0].kode for year in years}


def outturn(pair: Comparison, found: Outturn) -> Table | Note:
    """PI-1 and PI-2.1 per completed year; letters only where three years are there."""
    if found.rows.empty:
        said = "Simpangan PEFA belum dapat dihitung: belum ada tahun yang selesai dengan pagu murni dan realisasi."
        return Note(**pair.block("pefa"), items=(Phrase(said),))
    letters = [f"Nilai PI-2.1: {found.pi_2}."] if found.pi_2 else []
    letters += [f"Nilai PI-1: {found.pi_1}."] if found.pi_1 else []
    said = " ".join([*letters, *(reason.sentence for reason in found.refusals)])
    return Table.from_frame(
        found.rows,
        [
            Column("tahun", "Tahun", "tahun"),
            Column("anggaran_rp", "Pagu murni (Rp)", "rp"),
            Column("realisasi_rp", "Realisasi (Rp)", "rp"),
            Column("pi_1_pct", "Realisasi dari murni (%)", "persen", 1),
            Column("pi_2_pct", "Simpangan susunan (%)", "persen", 1),
        ],
        **pair.block("pefa", "Simpangan realisasi terhadap pagu murni menurut cara PEFA, per SKPD"),
        note=f"Hanya tahun yang selesai dengan realisasi sampai Desember. {said}",
        source=", ".join(filter(None, (pair.setting.budget_source, pair.setting.spending_source))),
    )


def concentration(pair: Comparison, decrease: Concentration, increase: Concentration) -> Table | Note:
    """How uneven decrease and increase are over SKPD, each apart."""
    if refused := pair.refused("pemusatan"):
        return refused
    rows = tuple(
        (name, found.n, found.hhi, found.hhi_normalised, found.gini, found.theil)
        for name, found in (("Pengurangan pilihan daerah", decrease), ("Penambahan", increase))
    )
    return Table(
        **pair.block("pemusatan", "Pemusatan pengurangan dan penambahan pada SKPD"),
        columns=(
            Column("nama", "Yang dihitung", wide=True),
            Column("n", "SKPD", "bulat"),
            Column("hhi", "HHI", "angka", 3),
            Column("hhi_normal", "HHI dinormalkan", "angka", 3),
            Column("gini", "Gini", "angka", 3),
            Column("theil", "Theil", "angka", 3),
        ),
        rows=rows,
        note=pair.note(
            "Pengurangan dan penambahan dihitung terpisah; SKPD yang nol ikut dihitung. Angka yang besar tidak berarti "
            "tidak adil: pagu SKPD memang berbeda."
        ),
        source=pair.setting.budget_source,
    )


def by_kind(pair: Comparison, found: TheilByGroup) -> Table | Note:
    """Theil's T of the chosen decrease within and between kinds of SKPD."""
    if refused := pair.refused("theil"):
        return refused
    rows = [
        (words.stored("jenis_opd", str(row["jenis"])), row["n"], 100 * row["pangsa"], row["theil"])
        for row in found.rows.rename(columns={found.rows.columns[0]: "jenis"}).to_dict("records")
    ]
    rows += [("Di dalam kelompok", None, None, found.within), ("Antarkelompok", None, None, found.between)]
    return Table(
        **pair.block("theil", "Theil pengurangan pilihan daerah menurut jenis SKPD"),
        columns=(
            Column("jenis", "Jenis SKPD", wide=True),
            Column("n", "SKPD", "bulat"),
            Column("pangsa", "Bagian pengurangan", "persen", 1),
            Column("theil", "Theil", "angka", 3),
        ),
        rows=(*rows, ("Jumlah", int(found.rows["n"].sum()), 100.0 if len(found.rows) else None, found.total)),
        totals=(len(rows),),
        note=pair.note("Di dalam + antarkelompok = Theil seluruhnya."),
        source=pair.setting.budget_source,
    )


def watched(lines: pd.DataFrame) -> pd.Series:
    """Names of the funding sources of these lines that count as transfer."""
    is_transfer = transfer_kind(lines["kode_sumber_dana"]).ne("")
    return lines.loc[is_transfer, "nama_sumber_dana"].fillna(lines["kode_sumber_dana"]).drop_duplicates()


def method(pair: Comparison, watched: pd.Series) -> Note:
    """How the page counts, in words; ``watched`` are the funding sources that count as transfer, by name."""
    names = "; ".join(sorted({str(name) for name in watched if name}))
    known = "Sumber dana yang disesuaikan KMK 29/2025 dan ada pada data ini: {nama}."
    items = [Phrase(text) for text in METHOD]
    items += [Phrase(known, {"nama": plain(names)})] if names else []
    return Note(**pair.block("metode", "Metode"), items=tuple(items))
