"""Slope chart: mean achievement of each OPD last year and this year, one panel per kind of OPD."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from pkanalysis.show import drawing, words
from pkanalysis.show.blocks import Figure, Note, Phrase
from pkanalysis.show.cells import measured, percent
from pkanalysis.show.setting import Setting
from pkanalysis.show.trends.labels import short_names

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LETTER = 0.115
"""Height of a label in inches."""


def slope_chart(setting: Setting, found: pd.DataFrame, offices: pd.DataFrame) -> Figure | Note:
    """Lines from last year to this year; blue rises, orange falls.

    Parameters
    ----------
    found : DataFrame
        :func:`pkanalysis.analysis.achievement.scorecard.movers`.
    offices : DataFrame
        Table ``opd``.
    """
    rows = found.merge(offices[["kode_opd", "jenis"]], on="kode_opd")
    if rows.empty:
        text = "Belum ada indikator yang terukur pada kedua tahun; gambar tidak dibuat."
        return Note("gambar-dua-tahun", "", setting.is_sample, items=(Phrase(text),))
    rows = rows.assign(nama=words.distinct(rows["kode_opd"].map(short_names(offices, 16)), rows["kode_opd"]))
    years = {"lalu": setting.year - 1, "kini": setting.year}
    values = {
        f"{name} {year}": percent(raw)
        for when, year in years.items()
        for name, raw in zip(rows["nama"], rows[when], strict=True)
    }
    return Figure(
        id="gambar-dua-tahun",
        caption="Rata-rata capaian tiap OPD, tahun lalu dan tahun ini",
        is_sample=setting.is_sample,
        unit="persen",
        svg=_draw(rows, years, setting.is_sample),
        values=values,
        alt="Garis per OPD: " + "; ".join(f"{name} {value}" for name, value in values.items()),
        note="Rata-rata aritmetik pada indikator yang terukur di kedua tahun, terhadap PK yang berlaku pada tahun itu. "
        "Biru naik, jingga turun.",
        source="lembar 3_TARGET dan 4_REALISASI",
    )


def _draw(rows: pd.DataFrame, years: dict[str, int], is_sample: bool) -> str:
    import matplotlib.pyplot as plt

    kinds = rows["jenis"].value_counts()
    columns = min(2, len(kinds))
    height = [max(part) for part in _chunks(kinds.tolist(), columns)]
    with drawing.style():
        sizes = [max(1.3, 0.17 * count + 0.5) for count in height]
        shape = {"height_ratios": sizes}
        figure, grid = plt.subplots(
            len(sizes), columns, figsize=(drawing.NARROW, sum(sizes)), squeeze=False, gridspec_kw=shape
        )
        for axes in grid.flat[len(kinds) :]:
            axes.set_visible(False)
        for place, (axes, kind) in enumerate(zip(grid.flat, kinds.index, strict=False)):
            axes.set_title(words.stored("jenis_opd", str(kind)))
            _panel(axes, rows[rows["jenis"].eq(kind)], years, sizes[place // columns] - 0.45)
        return drawing.svg(figure, is_sample)


def _chunks(counts: list[int], size: int) -> list[list[int]]:
    return [counts[start : start + size] for start in range(0, len(counts), size)]


def _panel(axes: Axes, own: pd.DataFrame, years: dict[str, int], height: float) -> None:
    for _, row in own.iterrows():
        colour = drawing.BLUE if row["kini"] >= row["lalu"] else drawing.ORANGE
        axes.plot([0, 1], [row["lalu"], row["kini"]], color=colour, marker="o", markersize=3, linewidth=1.1)
    low, high = float(own[["lalu", "kini"]].min().min()), float(own[["lalu", "kini"]].max().max())
    reach = max(high - low, 2.0)
    middle = (low + high) / 2
    axes.set_ylim(middle - 0.6 * reach, middle + 0.6 * reach)
    places = spread(own["kini"].tolist(), 1.2 * reach * LETTER / height)
    for name, end, place in zip(own["nama"], own["kini"], places, strict=True):
        axes.plot([1.03, 1.13], [end, place], color=drawing.GREY, linewidth=0.5, clip_on=False)
        axes.text(1.15, place, str(name), fontsize=6.5, va="center")
    axes.set_xlim(-0.08, 2.2)
    axes.set_xticks([0, 1], [str(year) for year in years.values()])
    axes.yaxis.set_major_formatter(lambda value, _: str(measured(value)))
    axes.tick_params(labelsize=7)
    axes.grid(axis="x", visible=False)


def spread(wanted: list[float], apart: float) -> list[float]:
    """Places for labels near the ``wanted`` ones, at least ``apart`` from each other, around the same middle.

    Examples
    --------
    >>> spread([1.0, 1.0, 5.0], 1.0)
    [0.5, 1.5, 5.0]
    """
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    groups: list[tuple[list[int], float]] = []
    for index in order:
        groups.append(([index], wanted[index]))
        while len(groups) > 1 and _gap(groups[-2], groups[-1]) < apart * (len(groups[-2][0]) + len(groups[-1][0])) / 2:
            (first, one), (second, two) = groups[-2:]
            middle = (one * len(first) + two * len(second)) / (len(first) + len(second))
            groups[-2:] = [(first + second, middle)]
    found = [math.nan] * len(wanted)
    for members, middle in groups:
        for step, index in enumerate(members):
            found[index] = middle + (step - (len(members) - 1) / 2) * apart
    return found


def _gap(first: tuple[list[int], float], second: tuple[list[int], float]) -> float:
    return second[1] - first[1]
