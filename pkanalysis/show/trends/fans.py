"""Small multiples of indicator against target, with the fan of the next target year."""

from __future__ import annotations

import math
from textwrap import fill
from typing import TYPE_CHECKING, Any

import pandas as pd

from pkanalysis.show import drawing, words
from pkanalysis.show.blocks import Figure, Note, Phrase
from pkanalysis.show.cells import measured
from pkanalysis.show.setting import Setting
from pkanalysis.show.values import Value

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST = 12
"""Small charts in one figure at most."""
TARGETS = {"target": "target", "target_atas": "target atas"}
LEGEND = (
    "Titik = realisasi akhir tahun, tanda silang = target (dua bila berupa rentang), bidang biru = rentang wajar "
    "(empat dari lima kemungkinan) sampai tahun target. Tahun tanpa nilai tidak disambung."
)
FIRST = " Hanya dua belas indikator pertama yang digambar."


def fans(setting: Setting, card: pd.DataFrame, series: pd.DataFrame, ahead: pd.DataFrame) -> Figure | Note:
    """One small chart per indicator of ``card`` with two year-end values or more.

    Parameters
    ----------
    card : DataFrame
        The indicators, in order.
    series : DataFrame
        ``kode_indikator``, ``tahun``, ``realisasi``, ``target``, ``target_atas`` to the last full year.
    ahead : DataFrame
        Outlooks (:func:`pkanalysis.trend.outlooks`); the nearest target of each indicator is drawn.
    """
    counts = series.groupby("kode_indikator")["realisasi"].count()
    long = card[card["kode_indikator"].map(counts).fillna(0).ge(2)]
    chosen = long.head(MOST)
    if chosen.empty:
        return Note("gambar-tren", "", setting.is_sample, items=(Phrase("Belum ada deret dua tahun atau lebih."),))
    names = dict(
        zip(chosen["kode_indikator"], words.distinct(chosen["nama_indikator"], chosen["kode_indikator"]), strict=True)
    )
    nearest = (
        ahead.sort_values("tahun_target", kind="stable").drop_duplicates("kode_indikator").set_index("kode_indikator")
    )
    parts = {code: series[series["kode_indikator"].eq(code)] for code in names}
    values = {label: cell for code, name in names.items() for label, cell in _values(name, parts[code], nearest, code)}
    return Figure(
        id="gambar-tren",
        caption="Realisasi, target, dan rentang wajar ke depan",
        is_sample=setting.is_sample,
        svg=_draw(names, parts, nearest, setting.is_sample),
        values=values,
        alt="Grafik kecil per indikator: " + "; ".join(f"{name}: {value}" for name, value in values.items()),
        note=LEGEND + (FIRST if len(long) > MOST else ""),
        source="lembar 3_TARGET, 4_REALISASI, dan 4b_RIWAYAT",
    )


def _values(name: str, own: pd.DataFrame, nearest: pd.DataFrame, code: str) -> list[tuple[str, Value]]:
    known = own.dropna(subset="realisasi")
    found = [
        (f"{name} {year}", measured(value)) for year, value in zip(known["tahun"], known["realisasi"], strict=True)
    ]
    if code in nearest.index:
        row: Any = nearest.loc[code]
        year = int(row["tahun_target"])
        found += [
            (f"{name} {label} {year}", measured(row[side])) for side, label in TARGETS.items() if pd.notna(row[side])
        ]
        if pd.notna(row["bawah80"]):
            found += [(f"{name} rentang {year} {side}", measured(row[f"{side}80"])) for side in ("bawah", "atas")]
    return found


def _draw(names: dict[str, str], parts: dict[str, pd.DataFrame], nearest: pd.DataFrame, is_sample: bool) -> str:
    import matplotlib.pyplot as plt

    columns = min(2, len(names))
    rows = math.ceil(len(names) / columns)
    with drawing.style():
        figure, grid = plt.subplots(rows, columns, figsize=(drawing.NARROW, 0.3 + 1.3 * rows), squeeze=False)
        for axes in grid.flat[len(names) :]:
            axes.set_visible(False)
        for axes, (code, name) in zip(grid.flat, names.items(), strict=False):
            axes.set_title(fill(name, 26, max_lines=2, placeholder="…"), fontsize=8)
            _panel(axes, parts[code], nearest.loc[code] if code in nearest.index else None)
        return drawing.svg(figure, is_sample)


def _panel(axes: Axes, own: pd.DataFrame, ahead: Any) -> None:
    by_year = own.set_index("tahun").sort_index()
    years = list(range(int(by_year.index.min()), int(by_year.index.max()) + 1))
    full = by_year.reindex(years)
    if ahead is not None:
        years = list(range(years[0], int(ahead["tahun_target"]) + 1))
        _fan(axes, by_year["realisasi"].dropna(), ahead)
    axes.plot(full.index, full["realisasi"], color=drawing.BLUE, marker="o", markersize=4, linewidth=1.4)
    aims = full.reindex(columns=list(TARGETS))
    axes.plot(full.index, aims, color=drawing.ORANGE, marker="x", markersize=5, linestyle="none")
    axes.set_xticks(years, [f"{year % 100:02d}" for year in years], fontsize=7)
    axes.yaxis.set_major_formatter(lambda value, _: str(measured(value)))
    axes.margins(x=0.06, y=0.2)


def _fan(axes: Axes, known: pd.Series, ahead: pd.Series) -> None:
    year, last = int(ahead["tahun_target"]), int(known.index[-1])
    goal = [float(ahead[side]) for side in TARGETS if pd.notna(ahead[side])]
    axes.plot([year] * len(goal), goal, color=drawing.ORANGE, marker="x", markersize=5, linestyle="none")
    if pd.notna(ahead["bawah80"]):
        start = float(known.iloc[-1])
        axes.fill_between(
            [last, year],
            [start, ahead["bawah80"]],
            [start, ahead["atas80"]],
            color=drawing.BLUE,
            alpha=0.18,
            linewidth=0,
        )
