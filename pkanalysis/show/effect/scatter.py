"""OPD by size of cut and change of achievement, the influential ones by name."""

from __future__ import annotations

from textwrap import fill

import numpy as np
import pandas as pd

from pkanalysis.analysis.effect import DoseResponse
from pkanalysis.show.blocks import Figure, Note
from pkanalysis.show.cells import count, points
from pkanalysis.show.drawing import BLUE, GREY, NARROW, ORANGE, style, svg
from pkanalysis.show.effect.case import Case
from pkanalysis.show.effect.influence import influential
from pkanalysis.show.effect.numbers import number
from pkanalysis.show.effect.ticks import plain_ticks
from pkanalysis.show.values import Value

MANY = 1_000
"""From here on dots are drawn as one picture, so that the file stays small."""


def scatter(case: Case, main: DoseResponse) -> Figure | Note:
    """Every OPD by size of cut and change of its achievement, the influential ones by name."""
    if (refused := case.refused("gambar-opd", main, "Gambar OPD tidak dibuat")) or main.units is None:
        return refused or Note(**case.block("gambar-opd"))
    rows = main.units.assign(besar=100 * main.units["besar"])
    top = rows.loc[influential(main).index]
    values: dict[str, Value] = {"jumlah OPD": count(len(rows)), "beda": number(main.per_step, 1)}
    for code, row in top.iterrows():
        values |= {
            f"{case.name(code)}, besar": points(row["besar"]),
            f"{case.name(code)}, perubahan": points(row["perubahan"]),
        }
    return Figure(
        **case.block("gambar-opd", "Besar pengurangan dan perubahan capaian tiap OPD"),
        svg=_scatter(case, main, rows, top),
        values=values,
        unit="poin",
        alt="Titik per OPD; " + "; ".join(f"{name} {value}" for name, value in values.items()),
        note="Jingga = OPD yang sangat memengaruhi hasil. Garis = kemiringan bersama; perubahan capaian terhadap "
        "target awal, dibanding rata-rata tahun-tahun sebelumnya.",
    )


def _scatter(case: Case, main: DoseResponse, rows: pd.DataFrame, top: pd.DataFrame) -> str:
    import matplotlib.pyplot as plt

    with style():
        figure, axes = plt.subplots(figsize=(NARROW, 2.7))
        rest = rows.drop(top.index)
        axes.scatter(rest["besar"], rest["perubahan"], color=GREY, s=14, alpha=0.7, rasterized=len(rest) > MANY)
        axes.scatter(top["besar"], top["perubahan"], color=ORANGE, s=20, zorder=3)
        ends = np.array([rows["besar"].min(), rows["besar"].max()])
        axes.plot(ends, rows["perubahan"].mean() + main.beta / 100 * (ends - rows["besar"].mean()), color=BLUE)
        axes.axhline(0, color="black", linewidth=0.8)
        half = (ends[0] + ends[1]) / 2
        for turn, (code, row) in enumerate(top.sort_values("perubahan").iterrows()):
            is_right = row["besar"] > half
            axes.annotate(
                fill(case.name(code), 18, max_lines=1, placeholder="…"), (row["besar"], row["perubahan"]),
                xytext=(-5 if is_right else 5, -7 if turn % 2 else 4), textcoords="offset points",
                ha="right" if is_right else "left", fontsize=7,
                bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.3},
            )  # fmt: skip
        axes.set_xlabel(f"{fill(case.size_name, 48)} (% pagu murni)", fontsize=8)
        axes.set_ylabel("perubahan capaian (poin)", fontsize=8)
        plain_ticks(axes)
        return svg(figure, case.setting.is_sample)
