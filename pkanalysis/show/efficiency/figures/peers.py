"""One OPD among those of its kind; a place in the field, not a rank."""

from __future__ import annotations

from textwrap import fill

import pandas as pd

from pkanalysis.show import words
from pkanalysis.show.blocks import Figure, Note
from pkanalysis.show.cells import count, percent
from pkanalysis.show.drawing import BLUE, GREY, NARROW, style, svg
from pkanalysis.show.efficiency.figures.naming import figure, sentence
from pkanalysis.show.setting import Setting

NAME = "gambar-sejenis"
ENOUGH = 3
"""Other OPD of the kind that a field needs at least; fewer would only be compared one by one."""
MEASURES = {
    "perjalanan_persen": "perjalanan dinas terhadap murni",
    "pagu_persen": "pagu terakhir terhadap murni",
    "serapan_pct": "penyerapan",
    "rata_rata_capaian": "rata-rata capaian",
}
"""Columns in per cent, in the order of the panels."""


def peers(setting: Setting, offices: pd.DataFrame) -> Figure | Note:
    """A panel per measure: a grey dot per OPD of the kind, a blue one for this OPD, a line at the median.

    Parameters
    ----------
    offices : DataFrame
        Rows of the derived table ``ringkasan_opd`` of this kind, year and period, this OPD among them.
    """
    rows = offices.set_index("kode_opd")
    rows = rows.assign(pagu_persen=100 * (rows["pagu_terakhir_rp"] / rows["pagu_murni_rp"] - 1))
    fields = {name: rows[name].astype("Float64").dropna().astype(float) for name in MEASURES}
    shown = {name: field for name, field in fields.items() if setting.code in field.index and len(field) > ENOUGH}
    if not shown:
        return sentence(
            setting, NAME, "Kurang dari empat OPD sejenis berdata; kedudukan di antara OPD sejenis tidak digambar."
        )
    kind = words.stored("jenis_opd", rows["jenis"].iloc[0]).lower()
    values = {
        f"{MEASURES[name]}, {who}": percent(share)
        for name, field in shown.items()
        for who, share in (("OPD ini", field[setting.code]), ("median sejenis", field.median()))
    }
    return figure(
        setting,
        NAME,
        _caption(shown, setting.code, kind),
        {f"OPD {kind}": count(len(rows))} | values,
        _draw(list(shown.items()), setting),
        unit="persen",
        note="Biru = OPD ini, abu-abu = OPD lain yang sejenis, garis = median. Bukan peringkat: tugas dan indikator "
        "tiap OPD berbeda.",
        source="tabel turunan ringkasan_opd",
    )


def _caption(shown: dict[str, pd.Series], code: str, kind: str) -> str:
    """The first measure in words: this OPD, and the middle of the field."""
    name, field = next(iter(shown.items()))
    subject, _, base = MEASURES[name].partition(" terhadap ")
    own, middle = (_said(share, is_change=bool(base)) for share in (field[code], field.median()))
    return f"{words.heading(subject)} {own}{f' dari {base}' if base else ''}; median OPD {kind} {middle}"


def _said(share: float, is_change: bool) -> str:
    """A share in words; the direction is a word, since a minus sign may be left behind at the end of a line."""
    return f"{'turun' if share < 0 else 'naik'} {percent(abs(share))}" if is_change else str(percent(share))


def _stacked(field: pd.Series) -> pd.Series:
    """Height of each dot, 0-1: those that would hide each other stand on one another.

    Examples
    --------
    >>> _stacked(pd.Series([5.0, 5.0, 5.0, 9.0])).tolist()
    [0.0, 0.5, 1.0, 0.0]
    """
    width = float(field.max() - field.min()) / 40 or 1.0
    place = field.groupby((field / width).round()).cumcount()
    return place / max(int(place.max()), 1)


def _draw(shown: list[tuple[str, pd.Series]], setting: Setting) -> str:
    import matplotlib.pyplot as plt

    with style():
        rows = -(-len(shown) // 2)
        canvas, grid = plt.subplots(rows, 2, figsize=(NARROW, 0.1 + 0.78 * rows), squeeze=False)
        for axes in grid.flat[len(shown) :]:
            axes.set_axis_off()
        for axes, (name, field) in zip(grid.flat, shown, strict=False):
            heights = _stacked(field)
            axes.axvline(field.median(), color="black", linewidth=1)
            axes.scatter(field, heights, s=16, color=GREY, alpha=0.5, linewidths=0)
            axes.scatter([field[setting.code]], [heights[setting.code]], s=48, color=BLUE, edgecolors="white", zorder=3)
            axes.set_title(f"{fill(words.heading(MEASURES[name]), 20)}: {percent(field[setting.code])}", fontsize=7)
            axes.set(yticks=[], ylim=(-0.2, 1.2))
            axes.locator_params(axis="x", nbins=4)
            axes.xaxis.set_major_formatter(lambda raw, _: str(percent(raw, 0)))
            axes.tick_params(axis="x", labelsize=7)
            axes.grid(visible=False)
            axes.spines["left"].set_visible(False)
            axes.margins(x=0.06)
        return svg(canvas, setting.is_sample)
