"""The figures of the OPD report, one function each: data in, SVG out."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from textwrap import fill

import pandas as pd

from pkanalysis.show.cells import measured
from pkanalysis.show.drawing import BLUE, GREY, ORANGE, style, svg
from pkanalysis.show.values import Value, text
from pkanalysis.show.words import MONTHS

WIDE = 7.2


def bars(values: Mapping[str, Value], is_sample: bool) -> str:
    """Horizontal bars with their figures written on them."""
    import matplotlib.pyplot as plt

    shown = {name: value for name, value in values.items() if value.raw is not None}
    with style():
        figure, axes = plt.subplots(figsize=(WIDE, 0.5 + 0.42 * max(1, len(shown))))
        amounts = [float(value.raw) for value in shown.values()]
        colours = [GREY] * (len(shown) - 1) + [BLUE]
        rows = range(len(shown))
        drawn = axes.barh(rows, amounts, color=colours[-len(shown) :] if shown else None, height=0.62)
        axes.set_yticks(rows, [_wrapped(name) for name in shown])
        axes.bar_label(drawn, [str(value) for value in shown.values()], padding=4, fontsize=9)
        axes.invert_yaxis()
        axes.set(xlim=(0, max(amounts, default=1) * 1.32), xticks=[])
        axes.grid(False)
        axes.spines["bottom"].set_visible(False)
        return svg(figure, is_sample)


def pairs(names: list[str], versions: Mapping[str, pd.Series], is_sample: bool) -> str:
    """A dot per indicator and version, joined by a line; the 100 per cent line stands upright.

    ``versions`` holds two series in the order of ``names``: the original and the revised.
    """
    import matplotlib.pyplot as plt

    (first_name, first), (second_name, second) = versions.items()
    rows = list(range(len(names)))
    with style():
        figure, axes = plt.subplots(figsize=(WIDE, 0.7 + 0.28 * len(names)))
        axes.hlines(rows, first, second, color=GREY, linewidth=1.5, zorder=1)
        axes.scatter(first, rows, facecolors="white", edgecolors=ORANGE, linewidths=1.6, label=first_name, zorder=2)
        axes.scatter(second, rows, color=BLUE, s=24, label=second_name, zorder=3)
        axes.axvline(100, color="black", linewidth=0.9)
        axes.set_yticks(rows, [_wrapped(name) for name in names])
        axes.set_xlabel("capaian (%)")
        axes.xaxis.set_major_formatter(lambda value, _: str(measured(value)))
        axes.invert_yaxis()
        figure.legend(loc="outside upper left", ncols=2, frameon=False)
        return svg(figure, is_sample)


def small_multiples(series: Sequence[tuple[str, pd.DataFrame]], is_sample: bool) -> str:
    """One small chart per named indicator: values by year (gaps stay open), targets as crosses (two of a range)."""
    import matplotlib.pyplot as plt

    columns = 3 if len(series) in (3, 5, 6) else max(1, min(4, len(series)))
    with style():
        rows = max(1, math.ceil(len(series) / columns))
        figure, grid = plt.subplots(rows, columns, figsize=(WIDE, 0.3 + 1.6 * rows), squeeze=False)
        for axes in grid.flat[len(series) :]:
            axes.set_visible(False)
        for axes, (name, frame) in zip(grid.flat, series, strict=False):
            by_year = frame.set_index("tahun").sort_index()
            full = by_year.reindex(range(int(by_year.index.min()), int(by_year.index.max()) + 1))
            axes.plot(full.index, full["realisasi"], color=BLUE, marker="o", markersize=4, linewidth=1.4)
            aims = full.reindex(columns=["target", "target_atas"])
            axes.plot(full.index, aims, color=ORANGE, marker="x", markersize=5, linestyle="none")
            axes.set_title(fill(name, 20 if columns == 4 else 32, max_lines=3, placeholder="…"), fontsize=8)
            axes.set_xticks(full.index, [f"{year % 100:02d}" for year in full.index])
            axes.yaxis.set_major_formatter(lambda value, _: str(measured(value)))
            axes.margins(x=0.08, y=0.25)
        return svg(figure, is_sample)


def lines(frame: pd.DataFrame, is_sample: bool) -> str:
    """Cumulative rupiah by month (index 1-12), one line per column, in miliar."""
    import matplotlib.pyplot as plt

    with style():
        figure, axes = plt.subplots(figsize=(WIDE, 1.8))
        looks = [(ORANGE, "--"), (BLUE, "-")]
        for (name, column), (colour, dash) in zip(frame.items(), looks, strict=False):
            amounts = column.astype("Float64").div(1e9).dropna()
            if len(amounts):
                axes.plot(
                    amounts.index,
                    amounts.astype(float),
                    color=colour,
                    linestyle=dash,
                    marker="o",
                    markersize=3.5,
                    label=name,
                )
                axes.annotate(
                    text(amounts.iloc[-1], "angka", 1),
                    (amounts.index[-1], float(amounts.iloc[-1])),
                    xytext=(5, 0),
                    textcoords="offset points",
                    va="center",
                    fontsize=8,
                    color=colour,
                )
        axes.set(xticks=list(frame.index), ylabel="miliar rupiah", ylim=(0, None))
        axes.set_xticklabels([MONTHS[month - 1] for month in frame.index])
        axes.yaxis.set_major_formatter(lambda value, _: str(measured(value)))
        axes.margins(x=0.1)
        if axes.get_legend_handles_labels()[0]:
            axes.legend(frameon=False, loc="upper left")
        return svg(figure, is_sample)


def _wrapped(name: str) -> str:
    return fill(name, 32, max_lines=2, placeholder="…")
