"""Results against targets of the office with the fullest set of published performance figures."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pandas as pd

from pkanalysis.analysis import published
from pkanalysis.show import drawing
from pkanalysis.show.blocks import Figure
from pkanalysis.show.published.rows import figures
from pkanalysis.show.values import Value

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

    from pkanalysis.store import Workspace


def performance_figure(ws: Workspace) -> Figure:
    """Realisation as a per cent of target, best first; the title counts what reached its target."""
    rows = published.fullest_day(figures(ws))
    values = {
        "tercapai": Value(int(rows["hitungan_pct"].ge(100).sum()), "bulat"),
        "jumlah": Value(len(rows), "bulat"),
        "opd": Value(rows["pelaku"].iloc[0] if len(rows) else None, "teks"),
        "periode": Value(rows["periode"].iloc[0] if len(rows) else None, "teks"),
    }
    shares = {name: Value(raw, "persen", 1) for name, raw in zip(rows["uraian"], rows["hitungan_pct"], strict=True)}
    title = "{tercapai} dari {jumlah} target {opd} yang terbit tercapai {periode}"
    return Figure(
        id="gambar-kinerja",
        caption=title.format_map(values),
        is_sample=ws.is_sample,
        svg=drawing.svg(_draw(rows), ws.is_sample),
        values=values | shares,
        unit="realisasi dalam persen target",
        alt="Batang mendatar: " + "; ".join(f"{name} {share}" for name, share in shares.items()) + "; garis pada 100%.",
        source=published.numbers(rows["kutipan"]),
    )


def _draw(rows: pd.DataFrame) -> Canvas:
    import matplotlib.pyplot as plt

    colours = [drawing.BLUE if share >= 100 else drawing.ORANGE for share in rows["hitungan_pct"]]
    with drawing.style():
        figure, axes = plt.subplots(figsize=(drawing.NARROW, 0.36 * len(rows) + 0.7))
        bars = axes.barh([textwrap.fill(name, 18) for name in rows["uraian"]], rows["hitungan_pct"], color=colours)
        labels = [str(Value(share, "persen", 1)) for share in rows["hitungan_pct"]]
        axes.bar_label(bars, labels, label_type="center", color="white", fontsize=8)
        axes.axvline(100, color=drawing.GREY, linestyle="--", linewidth=1)
        axes.set_xlim(0, 125)
        axes.set_xticks([0, 50, 100], ["0%", "50%", "100% = target"])
        axes.tick_params(labelsize=8)
        axes.grid(visible=False)
        axes.invert_yaxis()
    return figure
