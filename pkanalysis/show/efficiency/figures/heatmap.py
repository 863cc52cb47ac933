"""The cut of every OPD by efficiency category, in per cent."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill
from typing import Any

import pandas as pd

from pkanalysis.analysis.budget.accounts import classify, is_targeted
from pkanalysis.analysis.budget.changes import total
from pkanalysis.show import words
from pkanalysis.show.blocks import Figure, Note
from pkanalysis.show.cells import count, percent
from pkanalysis.show.drawing import BLUE, NARROW, ORANGE, style, svg
from pkanalysis.show.efficiency.figures.naming import LONGEST, ROW, clipped, figure, named, sentence
from pkanalysis.show.setting import Setting

NAME = "gambar-peta"
COLUMNS = 6
"""Categories that fit side by side on a 390 px screen; the largest by budget before."""


def cut_map(setting: Setting, changes: pd.DataFrame, names: Mapping[str, str]) -> Figure | Note:
    """A grid of OPD and target categories; each cell holds the change in per cent.

    Parameters
    ----------
    changes : DataFrame
        One step of :func:`pkanalysis.analysis.budget.changes.steps`.
    names : mapping of str to str
        Name of an OPD by its code.
    """
    lines = changes[is_targeted(changes["kode_rekening"])]
    lines = lines.assign(kategori=classify(lines["kode_rekening"])["kategori"])
    whole = total(lines, ["kategori"]).set_index("kategori").nlargest(COLUMNS, "pagu_sebelum_rp")
    whole = whole[whole["pagu_sebelum_rp"].gt(0)]
    if whole.empty:
        return sentence(setting, NAME, "Tidak ada pos sasaran pada tahap sebelumnya; gambar tidak dibuat.")
    grid = total(lines, ["kode_opd", "kategori"]).pivot(index="kode_opd", columns="kategori", values="persen")
    grid = grid.reindex(columns=whole.index).sort_index().astype("float64")
    labels = [words.heading(words.category(code)) for code in whole.index]
    offices = named(grid.index, names)
    deepest = whole["persen"].astype(float).argmin()
    values = {label: percent(share) for label, share in zip(labels, whole["persen"], strict=True)}
    cells = {
        f"{office}, {label}": percent(share)
        for office, shares in zip(offices, grid.to_numpy(), strict=True)
        for label, share in zip(labels, shares, strict=True)
        if pd.notna(share)
    }
    return figure(
        setting,
        NAME,
        _caption(labels, whole["persen"].tolist(), int(deepest)),
        values | cells,
        _draw(grid.to_numpy(), labels, [clipped(name) for name in offices], setting.is_sample),
        unit="perubahan, persen dari pagu sebelumnya",
        note="Biru = turun, jingga = naik, kosong = tidak ada pagu sebelumnya. Pos sasaran Inpres 1/2025 dengan "
        "keyakinan pasti dan taksiran" + (", yang terbesar menurut pagu." if len(whole) == COLUMNS else "."),
        source=setting.budget_source,
    )


def _caption(labels: list[str], shares: list[float], deepest: int) -> str:
    if shares[deepest] >= 0:
        return f"Tidak ada penurunan pada {count(len(labels))} kelompok pos sasaran"
    named = f"{labels[deepest]} turun {percent(-shares[deepest])}"
    return named if len(labels) == 1 else f"{named}, paling dalam di antara kelompok pos sasaran"


def _draw(grid: Any, labels: list[str], offices: list[str], is_sample: bool) -> str:
    import matplotlib.pyplot as plt
    from matplotlib.colors import LinearSegmentedColormap

    colours = LinearSegmentedColormap.from_list("turun-naik", [BLUE, "#ffffff", ORANGE])
    with style():
        canvas, axes = plt.subplots(figsize=(NARROW, 1.0 + ROW * len(offices)))
        axes.imshow(grid, aspect="auto", cmap=colours.with_extremes(bad="#eeeeee"), vmin=-100, vmax=100)
        axes.set_xticks(range(len(labels)), [fill(label, LONGEST) for label in labels], fontsize=7)
        axes.set_yticks(range(len(offices)), offices, fontsize=7)
        axes.tick_params(top=True, labeltop=True, bottom=False, labelbottom=False, length=0)
        plt.setp(axes.get_xticklabels(), rotation=35, ha="left", rotation_mode="anchor")
        axes.grid(visible=False)
        for row, column in zip(*(~pd.isna(grid)).nonzero(), strict=True):
            share = grid[row, column]
            ink = "white" if abs(share) > 60 else "black"
            axes.text(column, row, str(percent(share, 0)), ha="center", va="center", fontsize=6.5, color=ink)
        for spine in axes.spines.values():
            spine.set_visible(False)
        return svg(canvas, is_sample)
