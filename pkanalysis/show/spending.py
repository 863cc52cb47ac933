"""Spending to date: against the cash plan, the ceiling in force and the original one.

Pace of spending: against the same month last year on both bases, and the semester-I prognosis.
"""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.spending import Absorption, Prognosis
from pkanalysis.config import Config
from pkanalysis.show import sentences as said
from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Figure, Note, Phrase, Table
from pkanalysis.show.cells import gap, percent, rupiah
from pkanalysis.show.drawings import lines as draw_lines
from pkanalysis.show.efficiency.comparison import Comparison
from pkanalysis.show.setting import Setting


def absorption(setting: Setting, found: Absorption) -> Table:
    """Both bases side by side: ceiling, spending, share, what is left."""
    bases = [("Pagu terakhir", found.current_rp, found.rate), ("Pagu murni", found.original_rp, found.rate_original)]
    rows = tuple((name, base, found.realised_rp, rate, _left(base, found.realised_rp)) for name, base, rate in bases)
    columns = (
        Column("dasar", "Dasar"),
        Column("pagu", "Pagu (Rp)", "rp"),
        Column("realisasi", "Realisasi (Rp)", "rp"),
        Column("serapan", "Penyerapan (%)", "persen", 1),
        Column("sisa", "Sisa (Rp)", "rp"),
    )
    return Table(
        id="serapan",
        caption=f"Penyerapan s.d. {setting.period_short} terhadap pagu terakhir dan pagu murni",
        is_sample=setting.is_sample,
        columns=columns,
        rows=rows,
        source=setting.spending_source,
        note=_incomplete(found),
    )


def by_month(setting: Setting, totals: pd.DataFrame) -> Table:
    """Cumulative spending and plan at the ends of quarters, in rupiah and per cent; the figure has every month."""
    rows = totals[totals["bulan"].mod(3).eq(0)]
    rows = rows.assign(nama=[words.MONTHS[month - 1] for month in rows["bulan"]])
    columns = [
        Column("nama", "s.d. bulan"),
        Column("rencana_rp", "Rencana kas (Rp)", "rp"),
        Column("rencana_pct", "Rencana (%)", "persen", 1),
        Column("realisasi_rp", "Realisasi (Rp)", "rp"),
        Column("realisasi_pct", "Realisasi (%)", "persen", 1),
    ]
    return Table.from_frame(
        rows,
        columns,
        id="bulanan",
        caption="Realisasi kumulatif per triwulan dan rencana kas",
        is_sample=setting.is_sample,
        source=setting.spending_source,
        note="Persentase terhadap pagu terakhir. Tanda – berarti bulan tanpa data.",
    )


def absorption_figure(setting: Setting, totals: pd.DataFrame) -> Figure | Note:
    """Two lines over the months: spending and plan, cumulative."""
    names = {"rencana_rp": "Rencana kas", "realisasi_rp": "Realisasi"}
    last = {label: totals[column].dropna() for column, label in names.items()}
    values = {label: rupiah(series.iloc[-1]) for label, series in last.items() if len(series)}
    if not values:
        absent = "Realisasi anggaran dan rencana kas belum diterima; gambar tidak dibuat."
        return Note("gambar-serapan", "", setting.is_sample, items=(Phrase(absent),))
    return Figure(
        id="gambar-serapan",
        caption="Realisasi kumulatif dan rencana kas",
        is_sample=setting.is_sample,
        unit="sumbu dalam miliar rupiah",
        alt="Garis kumulatif per bulan; nilai terakhir: "
        + "; ".join(f"{name} {value}" for name, value in values.items()),
        svg=draw_lines(totals.set_index("bulan").rename(columns=names)[list(names.values())], setting.is_sample),
        values=values,
        source=setting.spending_source,
    )


def _left(base: int | None, spent: int | None) -> int | None:
    return None if base is None or spent is None else base - spent


def _incomplete(found: Absorption) -> str:
    if found.realised_rp is None:
        return f"Realisasi anggaran: {words.inside(words.NOT_DELIVERED)}."
    if found.last_month is not None and found.last_month < found.month:
        return f"Data realisasi baru sampai {words.MONTHS[found.last_month - 1]}; penyerapan belum lengkap."
    return ""


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
