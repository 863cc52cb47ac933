"""Every OPD by how much it cut its travel, against the rule."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pkanalysis.show.blocks import Figure, Note
from pkanalysis.show.cells import count, percent, rupiah
from pkanalysis.show.drawing import BLUE, GREY, NARROW, ORANGE, style, svg
from pkanalysis.show.efficiency.figures.naming import ROW, clipped, figure, named, sentence
from pkanalysis.show.setting import Setting

NAME = "gambar-peringkat"


def ranked_cut(setting: Setting, tests: pd.DataFrame, names: Mapping[str, str]) -> Figure | Note:
    """Bars of the cut of travel in per cent of murni, the deepest first; what misses the rule stands out.

    Parameters
    ----------
    tests : DataFrame
        Result of :func:`pkanalysis.analysis.budget.rates.travel_cut` for one stage.
    names : mapping of str to str
        Name of an OPD by its code.
    """
    rows = tests[tests["cakupan"].eq("opd") & tests["status"].isin(("memenuhi", "belum"))]
    if rows.empty:
        return sentence(setting, NAME, "Tidak ada perjalanan dinas pada pagu murni; pengurangan tidak digambar.")
    rows = rows.assign(turun=-rows["persen"], nama=named(rows["kode_opd"], names))
    rows = rows.sort_values("turun", ascending=False, kind="stable")
    rate, short = percent(100 * setting.saving.travel_rate, 0), rows["status"].eq("belum")
    values = {
        "ketentuan": rate,
        "belum": count(short.sum()),
        "jumlah OPD": count(len(rows)),
        "selisih": rupiah(rows["kekurangan_rp"].sum()),
    }
    shares = {name: percent(share) for name, share in zip(rows["nama"], rows["turun"], strict=True)}
    return figure(
        setting,
        NAME,
        _caption(int(short.sum())).format_map(values),
        values | shares,
        _draw(rows, setting),
        unit="pengurangan perjalanan dinas, persen dari pagu murni",
        note="Jingga dan bergaris = belum mencapai ketentuan. Batang ke kiri berarti naik.",
        source=setting.budget_source,
    )


def _caption(short: int) -> str:
    if not short:
        return "Seluruh {jumlah OPD} OPD menurunkan perjalanan dinas {ketentuan} atau lebih"
    return "{belum} dari {jumlah OPD} OPD belum menurunkan perjalanan dinas {ketentuan}; jumlah selisih {selisih}"


def _draw(rows: pd.DataFrame, setting: Setting) -> str:
    import matplotlib.pyplot as plt

    places, rate = range(len(rows)), 100 * setting.saving.travel_rate
    with style():
        canvas, axes = plt.subplots(figsize=(NARROW, 0.7 + ROW * len(rows)))
        drawn = axes.barh(places, rows["turun"], height=0.74, color=BLUE)
        for bar, status in zip(drawn, rows["status"], strict=True):
            if status == "belum":
                bar.set(facecolor=ORANGE, hatch="////", edgecolor="white", linewidth=0)
        axes.bar_label(drawn, [str(percent(share)) for share in rows["turun"]], padding=2, fontsize=7)
        axes.axvline(rate, color="black", linewidth=1)
        axes.set_yticks(places, [clipped(name) for name in rows["nama"]], fontsize=7)
        axes.set_xlim(min(0, rows["turun"].min() * 1.25), max(rate, rows["turun"].max()) * 1.25)
        axes.set_xticks([0, rate], ["0%", f"{percent(rate, 0)} = ketentuan"], fontsize=8)
        axes.grid(visible=False)
        axes.spines["left"].set_color(GREY)
        axes.invert_yaxis()
        axes.margins(y=0.01)
        return svg(canvas, setting.is_sample)
