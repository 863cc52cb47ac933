"""Pace of spending: against the same month last year on both bases, and the semester-I prognosis."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.spending import Absorption, Prognosis
from pkanalysis.config import Config
from pkanalysis.show import sentences as said
from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.cells import gap, percent, rupiah
from pkanalysis.show.efficiency.comparison import Comparison

BASES = {"terakhir": "pagu terakhir", "murni": "pagu murni"}


def sentence(pair: Comparison, spent: Absorption, years: pd.DataFrame) -> Note:
    """Spending to date, its distance to the cash plan and to the same month last year on both bases.

    ``years`` is the result of :func:`pkanalysis.analysis.spending.same_month`.
    """
    share = said.absorbed(spent)
    beside = [found for base in BASES if (found := _beside_last_year(years, pair.setting.year, base))]
    absent = Phrase("Bulan yang sama tahun lalu belum dapat disandingkan: datanya tidak ada.")
    items = [
        Phrase(f"Realisasi anggaran: {share.pattern}.", share.values),
        said.behind_plan(spent),
        *(beside or [absent]),
    ]
    return Note(**pair.block("kalimat-serapan"), items=tuple(item for item in items if item))


def _beside_last_year(years: pd.DataFrame, year: int, base: str) -> Phrase | None:
    shares = years.set_index("tahun")[f"serapan_{base}_pct"].reindex([year - 1, year])
    if shares.isna().any():
        return None
    last, this = shares
    word = "di atas" if this >= last else "di bawah"
    text = f"Penyerapan {BASES[base]} {{s}}, {{d}} poin {word} bulan yang sama tahun lalu."
    return Phrase(text, {"s": percent(this), "d": gap(this, last)})


def ceilings(pair: Comparison, lines: pd.DataFrame, config: Config) -> pd.DataFrame:
    """Ceiling of murni and of the stage in force at the end of the same month, per year with both.

    ``lines`` are the rows of ``anggaran`` of all years.
    """
    sums = lines.groupby(["tahun", "tahap"])["pagu_rp"].sum()
    rows = []
    for year in sorted({int(year) for year, _ in sums.index if year <= pair.setting.year}):
        in_force = [stage.kode for stage in config.stages(year, pair.setting.end.replace(year=year))]
        known = [code for code in in_force if (year, code) in sums.index]
        if known and known[0] == in_force[0]:
            rows.append((year, int(sums[year, known[0]]), int(sums[year, known[-1]])))
    return pd.DataFrame(rows, columns=["tahun", "pagu_murni_rp", "pagu_terakhir_rp"])


def same_month(pair: Comparison, years: pd.DataFrame) -> Table:
    """Spending to the end of the same month of every year on both ceilings."""
    month = words.MONTHS[pair.setting.month - 1]
    return Table.from_frame(
        years,
        [
            Column("tahun", "Tahun", "tahun"),
            Column("pagu_murni_rp", "Pagu murni (Rp)", "rp"),
            Column("pagu_terakhir_rp", "Pagu terakhir (Rp)", "rp"),
            Column("realisasi_rp", "Realisasi (Rp)", "rp"),
            Column("serapan_murni_pct", "dari murni (%)", "persen", 1),
            Column("serapan_terakhir_pct", "dari terakhir (%)", "persen", 1),
            Column("beda_rp", "dari tahun lalu (Rp)", "perubahan_rp"),
            Column("beda_murni_poin", "murni (poin)", "poin", 1),
            Column("beda_terakhir_poin", "terakhir (poin)", "poin", 1),
        ],
        **pair.block("bulan-sama", f"Realisasi s.d. {month} tiap tahun terhadap kedua pagu"),
        note="Pagu terakhir adalah yang berlaku pada akhir bulan itu. Pagu yang berubah mengubah pembaginya: baca "
        "rupiah dan persen bersama-sama.",
        source=pair.setting.spending_source,
    )


def prognosis(pair: Comparison, found: Prognosis) -> Note:
    """The prognosis of semester I as plain arithmetic, or what is missing for it."""
    block = pair.block("prognosis", "Prognosis semester I")
    if found.total_rp is None:
        what = "realisasi s.d. Juni" if found.semester_1_rp is None else "rencana kas semester kedua"
        return Note(**block, items=(Phrase(f"Belum dapat dihitung: {what} belum ada."),))
    values = {
        "a": rupiah(found.semester_1_rp),
        "b": rupiah(found.rencana_semester_2_rp),
        "c": rupiah(found.total_rp),
        "p": percent(found.rate),
    }
    share = " ({p} dari pagu terakhir)" if found.rate is not None else ""
    text = f"Realisasi semester I {{a}} + rencana kas semester II {{b}} = {{c}}{share}. Hitungan, bukan perkiraan."
    return Note(
        **block, items=(Phrase(text, {name: value for name, value in values.items() if f"{{{name}}}" in text}),)
    )
