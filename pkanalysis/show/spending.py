"""Spending: to date against plan and ceilings, against earlier years, the prognosis, and the outturn (PEFA)."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from pkanalysis.analysis.spending import Absorption, Outturn, Prognosis
from pkanalysis.config import Config
from pkanalysis.show import sentences as said
from pkanalysis.show import words
from pkanalysis.show.blocks import Figure, Note
from pkanalysis.show.drawing import BLUE, ORANGE, WIDE, canvas, numbers, svg
from pkanalysis.show.page import Page
from pkanalysis.show.tables import BOTH, SPENDING, RowsOrBlock, table
from pkanalysis.show.values import Phrase, Value, gap, percent, rupiah

BASES = {"terakhir": "pagu terakhir", "murni": "pagu murni"}


@table("serapan", "Penyerapan s.d. {periode} terhadap pagu terakhir dan pagu murni",
       "dasar pagu realisasi serapan sisa", source=SPENDING, pagu=("Pagu (Rp)", "rp"),
       realisasi=("Realisasi (Rp)", "rp"))  # fmt: skip
def absorption(_page: Page, found: Absorption) -> RowsOrBlock:
    """Both bases side by side: ceiling, spending, share, what is left."""
    spent, note = found.realised_rp, ""
    bases = [("Pagu terakhir", found.current_rp, found.rate), ("Pagu murni", found.original_rp, found.rate_original)]
    if spent is None:
        note = f"Realisasi anggaran: {words.NOT_YET}."
    elif found.last_month is not None and found.last_month < found.month:
        note = f"Data realisasi baru sampai {words.MONTHS[found.last_month - 1]}; penyerapan belum lengkap."
    left = [None if base is None or spent is None else base - spent for _, base, _ in bases]
    rows = [(name, base, spent, rate, rest) for (name, base, rate), rest in zip(bases, left, strict=True)]
    return rows, {"note": note}


@table("bulanan", "Realisasi kumulatif per triwulan dan rencana kas",
       "nama rencana_rp rencana_pct realisasi_rp realisasi_pct",
       "Persentase terhadap pagu terakhir. Tanda – berarti bulan tanpa data.", source=SPENDING,
       nama=("s.d. bulan", "teks", 0, False))  # fmt: skip
def by_month(_page: Page, totals: pd.DataFrame) -> RowsOrBlock:
    """Cumulative spending and plan at the ends of quarters, in rupiah and per cent; the figure has every month."""
    rows = totals[totals["bulan"].mod(3).eq(0)]
    return rows.assign(nama=[words.MONTHS[month - 1] for month in rows["bulan"]])


def absorption_figure(page: Page, totals: pd.DataFrame) -> Figure | Note:
    """Two lines over the months: spending and plan, cumulative, in miliar."""
    shown = totals.set_index("bulan")[["rencana_rp", "realisasi_rp"]].set_axis(["Rencana kas", "Realisasi"], axis=1)
    values = {label: rupiah(found.iloc[-1]) for label in map(str, shown) if len(found := shown[label].dropna())}
    if not values:
        return page.say("gambar-serapan", "Realisasi anggaran dan rencana kas belum diterima; gambar tidak dibuat.")
    looks = {"Rencana kas": (ORANGE, "--"), "Realisasi": (BLUE, "-")}
    with canvas(1.8, WIDE) as (figure, axes):
        for label in values:
            colour, dash = looks[label]
            amounts = shown[label].astype("Float64").div(1e9).dropna().astype(float)
            axes.plot(amounts, color=colour, linestyle=dash, marker="o", markersize=3.5, label=label)
            axes.annotate(
                str(Value(amounts.iloc[-1], "angka", 1)), (amounts.index[-1], amounts.iloc[-1]), xytext=(5, 0),
                textcoords="offset points", va="center", fontsize=8, color=colour,
            )  # fmt: skip
        axes.set(xticks=list(shown.index), ylabel="miliar rupiah", ylim=(0, None))
        axes.set_xticklabels([words.MONTHS[month - 1] for month in shown.index])
        numbers(axes, "y")
        axes.margins(x=0.1)
        axes.legend(frameon=False, loc="upper left")
        drawn = svg(figure, page.is_sample)
    return page.figure(
        "gambar-serapan",
        "Realisasi kumulatif dan rencana kas",
        drawn,
        values,
        "Garis kumulatif per bulan; nilai terakhir:",
        unit="sumbu dalam miliar rupiah",
        source=page.spending_source,
    )


def sentence(page: Page, spent: Absorption, years: pd.DataFrame) -> Note:
    """Spending to date, its distance to the cash plan and to the same month last year on both bases.

    ``years`` is the result of :func:`pkanalysis.analysis.spending.same_month`.
    """
    share, beside = said.absorbed(spent), list[Phrase]()
    for base, name in BASES.items():
        shares = years.set_index("tahun")[f"serapan_{base}_pct"].reindex([page.year - 1, page.year])
        if shares.notna().all():
            last, this = shares
            word = "di atas" if this >= last else "di bawah"
            pattern = f"Penyerapan {name} {{s}}, {{d}} poin {word} bulan yang sama tahun lalu."
            beside.append(Phrase(pattern, {"s": percent(this), "d": gap(this, last)}))
    absent = Phrase("Bulan yang sama tahun lalu belum dapat disandingkan: datanya tidak ada.")
    realised = Phrase(f"Realisasi anggaran: {share.pattern}.", share.values)
    items = [realised, said.behind_plan(spent), *(beside or [absent])]
    return page.say("kalimat-serapan", *(item for item in items if item))


def ceilings(page: Page, lines: pd.DataFrame, config: Config) -> pd.DataFrame:
    """Ceiling of murni and of the stage in force at the end of the same month, per year with both.

    ``lines`` are the rows of ``anggaran`` of all years.
    """
    sums = lines.groupby(["tahun", "tahap"])["pagu_rp"].sum()
    rows = []
    for year in sorted({int(year) for year, _ in sums.index if year <= page.year}):
        in_force = [stage.kode for stage in config.stages(year, page.end.replace(year=year))]
        known = [code for code in in_force if (year, code) in sums.index]
        if known and known[0] == in_force[0]:
            rows.append((year, int(sums[year, known[0]]), int(sums[year, known[-1]])))
    return pd.DataFrame(rows, columns=["tahun", "pagu_murni_rp", "pagu_terakhir_rp"])


@table("bulan-sama", "Realisasi s.d. {bulan} tiap tahun terhadap kedua pagu",
       "tahun pagu_murni_rp pagu_terakhir_rp realisasi_rp serapan_murni_pct serapan_terakhir_pct beda_rp "
       "beda_murni_poin beda_terakhir_poin",
       "Pagu terakhir adalah yang berlaku pada akhir bulan itu. Pagu yang berubah mengubah pembaginya: baca rupiah "
       "dan persen bersama-sama.", source=SPENDING, serapan_murni_pct="dari murni (%)")  # fmt: skip
def same_month(page: Page, years: pd.DataFrame) -> RowsOrBlock:
    """Spending to the end of the same month of every year on both ceilings."""
    return years, {"bulan": words.MONTHS[page.month - 1]}


def prognosis(page: Page, found: Prognosis) -> Note:
    """The prognosis of semester I as plain arithmetic, or what is missing for it."""
    title = "Prognosis semester I"
    if found.total_rp is None:
        what = "realisasi s.d. Juni" if found.semester_1_rp is None else "rencana kas semester kedua"
        return page.say("prognosis", f"Belum dapat dihitung: {what} belum ada.", caption=title)
    share = " ({p} dari pagu terakhir)" if found.rate is not None else ""
    text = f"Realisasi semester I {{a}} + rencana kas semester II {{b}} = {{c}}{share}. Hitungan, bukan perkiraan."
    first, second, total = map(rupiah, (found.semester_1_rp, found.rencana_semester_2_rp, found.total_rp))
    return page.say("prognosis", text, caption=title, a=first, b=second, c=total, p=percent(found.rate))


def originals(config: Config, end: dt.date) -> dict[int, str]:
    """Code of the original stage of every year that was over on ``end``."""
    years = sorted({stage.tahun for stage in config.tahap if dt.date(stage.tahun, 12, 31) <= end})
    return {year: config.stages(year)[0].kode for year in years}


@table("pefa", "Simpangan realisasi terhadap pagu murni menurut cara PEFA, per SKPD",
       "tahun anggaran_rp realisasi_rp pi_1_pct pi_2_pct", source=BOTH,
       none="Simpangan PEFA belum dapat dihitung: belum ada tahun yang selesai dengan pagu murni dan "
       "realisasi.")  # fmt: skip
def outturn(_page: Page, found: Outturn) -> RowsOrBlock:
    """PI-1 and PI-2.1 per completed year; letters only where three years are there."""
    letters = [f"Nilai {name}: {letter}." for name, letter in (("PI-2.1", found.pi_2), ("PI-1", found.pi_1)) if letter]
    said = " ".join([*letters, *(reason.sentence for reason in found.refusals)])
    return found.rows, {"note": f"Hanya tahun yang selesai dengan realisasi sampai Desember. {said}"}
