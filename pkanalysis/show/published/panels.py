"""Small multiples of the macro series: gaps are not joined, disputed values stand apart."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import pandas as pd

from pkanalysis.analysis import published
from pkanalysis.show import drawing
from pkanalysis.show.blocks import Figure
from pkanalysis.show.published.rows import decimals, figures
from pkanalysis.show.values import Value, text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

    from pkanalysis.store import Workspace

DISPUTED: dict[str, Any] = {"color": drawing.ORANGE, "marker": "o", "markersize": 5, "mfc": "white", "ls": "none"}
OLD_METHOD: dict[str, Any] = {"color": drawing.GREY, "marker": "D", "markersize": 5, "mfc": "white", "ls": "none"}


def macro_figure(ws: Workspace) -> Figure:
    """One panel per macro series; the title says how little there is to compare."""
    rows = published.series(figures(ws))
    known = published.years(rows)
    values = {
        "deret": Value(len(known), "bulat"),
        "tahun": Value(known.max(), "bulat"),
        "konflik": Value(rows[rows["is_konflik"]]["uraian"].nunique(), "bulat"),
    }
    title = "{deret} deret makro, paling panjang {tahun} tahun; {konflik} deret memuat angka yang bertentangan"
    return Figure(
        id="gambar-makro",
        caption=title.format_map(values),
        is_sample=ws.is_sample,
        svg=drawing.svg(_draw(rows), ws.is_sample),
        values=values,
        alt="Panel kecil per indikator menurut tahun. " + " ".join(_described(part) for _, part in _each(rows)),
        note="Garis hanya menghubungkan tahun berurutan dengan metode sama dan tanpa angka yang bertentangan.",
        source=published.numbers(rows["kutipan"]),
    )


def _each(rows: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    return [(str(name), part) for name, part in rows.groupby("uraian", sort=False)]


def _described(rows: pd.DataFrame) -> str:
    points = "; ".join(
        f"{year} {value}{' (bertentangan)' if is_disputed else ''}"
        for year, value, is_disputed in zip(rows["tahun"], rows["cetak"], rows["is_konflik"], strict=True)
    )
    return f"{rows['uraian'].iloc[0]} ({rows['satuan'].iloc[0]}): {points}."


def _draw(rows: pd.DataFrame) -> Canvas:
    import matplotlib.pyplot as plt

    parts = _each(rows)
    height = max(1, -(-len(parts) // 2))
    with drawing.style():
        size = (drawing.NARROW, 1.45 * height + 0.6)
        figure, grid = plt.subplots(height, 2, figsize=size, sharex=True, squeeze=False)
        for axes in grid.flat[len(parts) :]:
            axes.set_axis_off()
        for axes, (name, part) in zip(grid.flat, parts, strict=False):
            _panel(axes, name, part)
        _legend(figure)
    return figure


def _panel(axes: Axes, name: str, rows: pd.DataFrame) -> None:
    from matplotlib.ticker import MaxNLocator

    for _, part in rows[~rows["is_konflik"] & ~rows["is_seri_lama"]].groupby("ruas"):
        axes.plot(part["tahun"], part["nilai"], color=drawing.BLUE, marker="o", markersize=4)
    for points, look in ((rows[rows["is_konflik"]], DISPUTED), (rows[rows["is_seri_lama"]], OLD_METHOD)):
        axes.plot(points["tahun"], points["nilai"], **look)
    axes.set_title(textwrap.fill(name, 22) + f"\n({rows['satuan'].iloc[0]})", fontsize=8)
    axes.tick_params(labelsize=8)
    axes.margins(y=0.2)
    axes.xaxis.set_major_locator(MaxNLocator(4, integer=True))
    axes.yaxis.set_major_locator(MaxNLocator(4))
    axes.yaxis.set_major_formatter(lambda raw, _: text(raw, "angka", decimals(round(raw, 6))))


def _legend(figure: Canvas) -> None:
    from matplotlib.lines import Line2D

    marks = [
        Line2D([], [], color=drawing.BLUE, marker="o", markersize=4, label="angka terbit"),
        Line2D([], [], label="bertentangan", **DISPUTED),
        Line2D([], [], label="seri (metode) lama", **OLD_METHOD),
    ]
    figure.legend(handles=marks, loc="outside lower center", ncols=3, fontsize=8, frameon=False, handletextpad=0.3)
