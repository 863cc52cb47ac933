"""Specifications as intervals, and what effect would have been visible."""

from __future__ import annotations

from textwrap import fill

import pandas as pd

from pkanalysis.analysis.effect import DoseResponse, power_curve
from pkanalysis.show.blocks import Figure, Note
from pkanalysis.show.drawing import BLUE, GREY, NARROW, ORANGE, style, svg
from pkanalysis.show.effect.case import SIZES, Case
from pkanalysis.show.effect.numbers import STEP, number
from pkanalysis.show.effect.ticks import plain_ticks
from pkanalysis.show.values import Value


def intervals(case: Case, curve: pd.DataFrame, main: DoseResponse) -> Figure | Note:
    """Interval of every way of calculating for the primary outcome and size, then the other sizes.

    Parameters
    ----------
    curve : DataFrame
        Result of :func:`pkanalysis.analysis.effect.specifications`.
    """
    if refused := case.refused("gambar-cara", main, "Gambar cara hitung tidak dibuat"):
        return refused
    first = curve[curve["hasil"].eq("capaian_murni") & curve["kode"].eq("")]
    is_own = first["ukuran"].eq(case.fixed.ukuran)
    own, others = first[is_own], first[~is_own].drop_duplicates("ukuran")
    rows = pd.concat([own.assign(nama=own["cara"]), others.assign(nama=others["ukuran"].map(SIZES))])
    values = {name: number(STEP * beta, 1) for name, beta in zip(rows["nama"], rows["kemiringan"], strict=True)}
    return Figure(
        **case.block("gambar-cara", "Hasil menurut setiap cara hitung"),
        svg=interval_plot(rows["nama"].tolist(), rows, STEP, case.setting.is_sample),
        values=values,
        unit="poin per 10 poin pengurangan",
        alt="Titik dan rentang; " + "; ".join(f"{name} {value}" for name, value in values.items()),
        note="Paling atas = cara utama. Rentang yang memuat garis nol berarti belum dapat dibedakan dari nol. Semua "
        "cara yang ditetapkan ditampilkan; selebihnya di lampiran.",
    )


def interval_plot(
    names: list[str], rows: pd.DataFrame, factor: float, is_sample: bool, first_is_main: bool = True
) -> str:
    """A dot and its interval per row; the first stands out where it is the main one."""
    import matplotlib.pyplot as plt

    places = list(range(len(rows)))
    colours = [BLUE if first_is_main and place == 0 else GREY for place in places]
    with style():
        figure, axes = plt.subplots(figsize=(NARROW, 0.6 + 0.2 * len(rows)))
        axes.hlines(places, factor * rows["batas_bawah"], factor * rows["batas_atas"], color=colours, linewidth=1.6)
        axes.scatter(factor * rows["kemiringan"], places, color=colours, s=18, zorder=3)
        axes.axvline(0, color="black", linewidth=0.9)
        axes.set_yticks(places, [fill(name, 34) for name in names], fontsize=6.5)
        axes.invert_yaxis()
        axes.grid(axis="y", visible=False)
        axes.set_xlabel("poin per 10 poin pengurangan", fontsize=8)
        plain_ticks(axes, "x")
        return svg(figure, is_sample)


def visible_effect(case: Case, main: DoseResponse) -> Figure | Note:
    """How likely an effect would have been seen, by its true size."""
    if refused := case.refused("gambar-terlihat", main, "Gambar efek yang dapat terlihat tidak dibuat"):
        return refused
    margin = case.fixed.margin
    values = {
        "efek terkecil yang dapat terlihat": number(STEP * main.mde, 1),
        "batas setara": Value(margin, "angka", 1),
    }
    return Figure(
        **case.block("gambar-terlihat", "Efek sebesar apa yang akan terlihat"),
        svg=_power(main, margin, case.setting.is_sample),
        values=values,
        unit="poin per 10 poin pengurangan",
        alt="Garis naik; " + "; ".join(f"{name} {value}" for name, value in values.items()),
        note="Mendatar: besar efek yang sebenarnya (naik atau turun). Tegak: peluang efek itu dibedakan dari nol "
        "dengan jumlah OPD dan sebaran ini. Efek di sebelah kiri garis putus dapat ada tanpa terlihat.",
    )


def _power(main: DoseResponse, margin: float, is_sample: bool) -> str:
    import matplotlib.pyplot as plt

    curve = power_curve(STEP * main.se, main.df)
    with style():
        figure, axes = plt.subplots(figsize=(NARROW, 2.6))
        axes.plot(curve["efek"], 100 * curve["peluang"], color=BLUE)
        axes.axvline(STEP * main.mde, color=ORANGE, linestyle="--", label="efek terkecil yang dapat terlihat")
        axes.axvline(margin, color=GREY, linestyle=":", label="batas setara")
        axes.set(ylim=(0, 102), xlim=(0, None))
        axes.set_xlabel("poin per 10 poin pengurangan", fontsize=8)
        axes.set_ylabel("peluang terlihat (%)", fontsize=8)
        axes.legend(frameon=False, loc="lower right", fontsize=7)
        plain_ticks(axes)
        return svg(figure, is_sample)
