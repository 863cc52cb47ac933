"""OPD x indicator by predicate: a cell per indicator, told apart by colour and by letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pkanalysis import reference
from pkanalysis.analysis.achievement import predicate
from pkanalysis.show import drawing
from pkanalysis.show.blocks import Figure, Note, Phrase
from pkanalysis.show.cells import count
from pkanalysis.show.setting import Setting
from pkanalysis.show.trends.labels import short_names

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = ("#08519c", "#6baed6", "#fee391", "#fe9929", "#993404")
"""Best to worst, blue to brown: told apart with any colour vision."""
MOST = 16
"""Cells in a row at most."""
LONG = " Pada OPD dengan lebih dari enam belas indikator hanya enam belas pertama yang digambar."
WITHOUT = "tanpa capaian"


def heatmap(setting: Setting, card: pd.DataFrame, offices: pd.DataFrame) -> Figure | Note:
    """Draw one row of cells per OPD, in the order of its indicators on the scorecard of the annex."""
    if card.empty:
        return Note("gambar-predikat", "", setting.is_sample, items=(Phrase("Belum ada indikator yang diterima."),))
    labels = reference.scale(setting.scale).labels
    classes = predicate(card["capaian_berlaku"], setting.scale, setting.is_rounded_first).fillna(WITHOUT)
    rows = card.assign(kelas=classes).merge(offices[["kode_opd", "nama_opd", "jenis"]], on="kode_opd")
    rows = rows.assign(pendek=rows["kode_opd"].map(short_names(offices)))
    rows = rows.sort_values(["jenis", "nama_opd", "sasaran", "kode_indikator"], kind="stable")
    counts = rows["kelas"].value_counts()
    values = {label: count(counts.get(label, 0)) for label in (*labels, WITHOUT)}
    letters = {label: initials(label) for label in labels}
    legend = ", ".join(f"{letter} = {label}" for label, letter in letters.items())
    is_long = bool(rows.groupby("kode_opd").size().gt(MOST).any())
    return Figure(
        id="gambar-predikat",
        caption=f"Predikat setiap indikator tiap OPD s.d. {setting.period_short} {setting.year}",
        is_sample=setting.is_sample,
        svg=_draw(rows, letters, setting.is_sample),
        values=values,
        alt="Sel per indikator, baris per OPD: " + "; ".join(f"{name} {value}" for name, value in values.items()),
        note=f"{legend}; sel kosong = {WITHOUT}. Urutan sel = urutan indikator pada kartu skor di lampiran."
        + (LONG if is_long else ""),
        source="lembar 3_TARGET dan 4_REALISASI",
    )


def initials(label: str) -> str:
    """Capital letters of a predicate.

    Examples
    --------
    >>> initials("Sangat Tinggi"), initials("Rendah")
    ('ST', 'R')
    """
    return "".join(word[0].upper() for word in label.split())


def _draw(rows: pd.DataFrame, letters: dict[str, str], is_sample: bool) -> str:
    import matplotlib.pyplot as plt

    names = rows.drop_duplicates("kode_opd").set_index("kode_opd")["pendek"]
    colours = dict(zip(letters, COLOURS[: len(letters)], strict=False))
    with drawing.style():
        figure, axes = plt.subplots(figsize=(drawing.NARROW, 0.3 + 0.17 * len(names)))
        for place, code in enumerate(names.index):
            for column, label in enumerate(rows.loc[rows["kode_opd"].eq(code), "kelas"].head(MOST)):
                _cell(axes, column, place, letters.get(label, ""), colours.get(label, "white"))
        axes.set(xlim=(0, _widest(rows)), ylim=(len(names), 0), xticks=[])
        axes.set_yticks([place + 0.5 for place in range(len(names))], names, fontsize=6.5)
        axes.grid(False)
        axes.spines[["left", "bottom"]].set_visible(False)
        return drawing.svg(figure, is_sample)


def _cell(axes: Axes, column: int, place: int, letter: str, colour: str) -> None:
    from matplotlib.patches import Rectangle

    edge, ink = "white" if letter else drawing.GREY, "white" if colour in (COLOURS[0], COLOURS[-1]) else "black"
    axes.add_patch(
        Rectangle((column + 0.03, place + 0.06), 0.94, 0.88, facecolor=colour, edgecolor=edge, linewidth=0.5)
    )
    axes.text(column + 0.5, place + 0.53, letter, ha="center", va="center", fontsize=6.5, color=ink)


def _widest(rows: pd.DataFrame) -> int:
    return max(8, min(MOST, int(rows.groupby("kode_opd").size().max())))
