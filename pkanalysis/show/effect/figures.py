"""The figures of the page: OPD by cut and change, ways of calculating as intervals, what would have been seen."""

from __future__ import annotations

from textwrap import fill

import numpy as np
import pandas as pd

from pkanalysis.analysis.effect import DoseResponse, power_curve
from pkanalysis.show.blocks import Figure, Note
from pkanalysis.show.drawing import BLUE, GREY, ORANGE, canvas, numbers, shortened, svg
from pkanalysis.show.effect.fixed import REFUSED, SIZES, STEP, influential, number, per_step
from pkanalysis.show.page import Page
from pkanalysis.show.values import Value, count, points

MANY = 1_000
"""From here on dots are drawn as one picture, so that the file stays small."""
PER_STEP = "poin per 10 poin pengurangan"


def scatter(page: Page, main: DoseResponse) -> Figure | Note:
    """Every OPD by size of cut and change of its achievement, the influential ones by name."""
    if main.claim == "L0" or main.units is None:
        return page.say("gambar-opd", f"Gambar OPD tidak dibuat; {REFUSED}.")
    rows = main.units.assign(besar=100 * main.units["besar"])
    top = rows.loc[influential(main).index]
    values = {"jumlah OPD": count(len(rows)), "beda": number(main.per_step, 1)}
    for code, row in top.iterrows():
        for word, name in (("besar", "besar"), ("perubahan", "perubahan")):
            values[f"{page.office(code)}, {word}"] = points(row[name])
    with canvas(2.7) as (figure, axes):
        rest = rows.drop(top.index)
        axes.scatter(rest["besar"], rest["perubahan"], color=GREY, s=14, alpha=0.7, rasterized=len(rest) > MANY)
        axes.scatter(top["besar"], top["perubahan"], color=ORANGE, s=20, zorder=3)
        ends = np.array([rows["besar"].min(), rows["besar"].max()])
        axes.plot(ends, rows["perubahan"].mean() + main.beta / 100 * (ends - rows["besar"].mean()), color=BLUE)
        axes.axhline(0, color="black", linewidth=0.8)
        for turn, (code, row) in enumerate(top.sort_values("perubahan").iterrows()):
            is_right = row["besar"] > (ends[0] + ends[1]) / 2
            axes.annotate(
                shortened(page.office(code), 18, 1), (row["besar"], row["perubahan"]),
                xytext=(-5 if is_right else 5, -7 if turn % 2 else 4), textcoords="offset points",
                ha="right" if is_right else "left", fontsize=7,
                bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.3},
            )  # fmt: skip
        axes.set_xlabel(f"{fill(SIZES[page.relation.ukuran], 48)} (% pagu murni)", fontsize=8)
        axes.set_ylabel("perubahan capaian (poin)", fontsize=8)
        numbers(axes, digits=1, size=8)
        drawn = svg(figure, page.is_sample)
    return page.figure(
        "gambar-opd",
        "Besar pengurangan dan perubahan capaian tiap OPD",
        drawn,
        values,
        "Titik per OPD;",
        unit="poin",
        note="Jingga = OPD yang sangat memengaruhi hasil. Garis = kemiringan bersama; perubahan capaian terhadap "
        "target awal, dibanding rata-rata tahun-tahun sebelumnya.",
    )


def intervals(page: Page, curve: pd.DataFrame, main: DoseResponse) -> Figure | Note:
    """Interval of every way of calculating for the primary outcome and size, then the other sizes.

    Parameters
    ----------
    page : Page
    curve : DataFrame
        Result of :func:`pkanalysis.analysis.effect.specifications`.
    main : DoseResponse
    """
    if main.claim == "L0":
        return page.say("gambar-cara", f"Gambar cara hitung tidak dibuat; {REFUSED}.")
    first = curve[curve["hasil"].eq("capaian_murni") & curve["kode"].eq("")]
    is_own = first["ukuran"].eq(page.relation.ukuran)
    own, others = first[is_own], first[~is_own].drop_duplicates("ukuran")
    rows = pd.concat([own.assign(nama=own["cara"]), others.assign(nama=others["ukuran"].map(SIZES))])
    return _intervals(
        page,
        "gambar-cara",
        "Hasil menurut setiap cara hitung",
        rows,
        "Paling atas = cara utama. Rentang yang memuat garis nol berarti belum dapat dibedakan dari nol. Semua "
        "cara yang ditetapkan ditampilkan; selebihnya di lampiran.",
        decimals=1,
        main=0,
    )


def curve_figure(page: Page, curve: pd.DataFrame) -> Figure | Note:
    """Every estimate of the original-target achievement, smallest first."""
    computed = curve[curve["hasil"].eq("capaian_murni") & curve["kode"].eq("")]
    rows = computed.sort_values("kemiringan", kind="stable")
    if rows.empty:
        return page.say("gambar-kurva", "Kurva cara hitung tidak dibuat: tidak ada cara yang dapat dihitung.")
    return _intervals(
        page,
        "gambar-kurva",
        "Kurva cara hitung: semua ukuran, terhadap target awal",
        rows.assign(nama=rows["cara"] + " · " + rows["ukuran"].str.replace("_", " ")),
        "Diurutkan menurut besarnya; tidak satu pun dipilih.",
    )


def _intervals(
    page: Page, name: str, caption: str, rows: pd.DataFrame, note: str, decimals: int = 2, main: int = -1
) -> Figure:
    """A dot and its interval per row of ``nama``; the one at ``main`` stands out."""
    ends = STEP * rows[["kemiringan", "batas_bawah", "batas_atas"]]
    places = list(range(len(rows)))
    colours = [BLUE if place == main else GREY for place in places]
    with canvas(0.6 + 0.2 * len(rows)) as (figure, axes):
        axes.hlines(places, ends["batas_bawah"], ends["batas_atas"], color=colours, linewidth=1.6)
        axes.scatter(ends["kemiringan"], places, color=colours, s=18, zorder=3)
        axes.axvline(0, color="black", linewidth=0.9)
        axes.set_yticks(places, [fill(text, 34) for text in rows["nama"]], fontsize=6.5)
        axes.invert_yaxis()
        axes.grid(axis="y", visible=False)
        axes.set_xlabel(PER_STEP, fontsize=8)
        numbers(axes, "x", digits=1, size=8)
        drawn = svg(figure, page.is_sample)
    values = {text: number(beta, decimals) for text, beta in zip(rows["nama"], ends["kemiringan"], strict=True)}
    return page.figure(name, caption, drawn, values, "Titik dan rentang;", unit=PER_STEP, note=note)


def visible_effect(page: Page, main: DoseResponse) -> Figure | Note:
    """How likely an effect would have been seen, by its true size."""
    if main.claim == "L0":
        return page.say("gambar-terlihat", f"Gambar efek yang dapat terlihat tidak dibuat; {REFUSED}.")
    margin, curve = page.relation.margin, power_curve(STEP * main.se, main.df)
    smallest, same = "efek terkecil yang dapat terlihat", "batas setara"
    with canvas(2.6) as (figure, axes):
        axes.plot(curve["efek"], 100 * curve["peluang"], color=BLUE)
        axes.axvline(STEP * main.mde, color=ORANGE, linestyle="--", label=smallest)
        axes.axvline(margin, color=GREY, linestyle=":", label=same)
        axes.set(ylim=(0, 102), xlim=(0, None))
        axes.set_xlabel(PER_STEP, fontsize=8)
        axes.set_ylabel("peluang terlihat (%)", fontsize=8)
        axes.legend(frameon=False, loc="lower right", fontsize=7)
        numbers(axes, digits=1, size=8)
        drawn = svg(figure, page.is_sample)
    return page.figure(
        "gambar-terlihat",
        "Efek sebesar apa yang akan terlihat",
        drawn,
        {smallest: per_step(main.mde, decimals=1)[0], same: Value(margin, "angka", 1)},
        "Garis naik;",
        unit=PER_STEP,
        note="Mendatar: besar efek yang sebenarnya (naik atau turun). Tegak: peluang efek itu dibedakan dari nol "
        "dengan jumlah OPD dan sebaran ini. Efek di sebelah kiri garis putus dapat ada tanpa terlihat.",
    )
