"""Short names of OPD in figures.

OPD x indicator by predicate: a cell per indicator, told apart by colour and by letter.

Caterpillar of shrunken slopes: every indicator, the good direction to the right (annex).

Small multiples of indicator against target, with the fan of the next target year.
"""

from __future__ import annotations

import math
from textwrap import fill
from typing import TYPE_CHECKING, Any

import pandas as pd

from pkanalysis import reference, vocabulary
from pkanalysis.analysis.achievement import predicate
from pkanalysis.show import drawing, words
from pkanalysis.show.blocks import Figure, Note, Phrase
from pkanalysis.show.page import Page
from pkanalysis.show.values import Value, count, measured

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def short_names(offices: pd.DataFrame, width: int = 26) -> pd.Series:
    """Abbreviation by ``kode_opd``; the name, cut to ``width`` letters, where there is none or two share it.

    Examples
    --------
    >>> offices = pd.DataFrame({"kode_opd": ["1", "2", "3"], "nama_opd": ["Dinas Pariwisata", "Dinas Arsip", "Dinas X"],
    ...                         "singkatan": ["DKP", "DKP", "DX"]})
    >>> short_names(offices).tolist(), short_names(offices, 9)["1"]
    (['Dinas Pariwisata', 'Dinas Arsip', 'DX'], 'Dinas Pa…')
    """
    known = offices["singkatan"].fillna("")
    is_usable = known.ne("") & ~known.duplicated(keep=False)
    cut = offices["nama_opd"].map(lambda name: name if len(name) <= width else f"{name[: width - 1]}…")
    return known.where(is_usable, cut).set_axis(offices["kode_opd"])


COLOURS = ("#08519c", "#6baed6", "#fee391", "#fe9929", "#993404")
"""Best to worst, blue to brown: told apart with any colour vision."""
MOST = 16
"""Cells in a row at most."""
LONG = " Pada OPD dengan lebih dari enam belas indikator hanya enam belas pertama yang digambar."
WITHOUT = "tanpa capaian"


def heatmap(setting: Page, card: pd.DataFrame, offices: pd.DataFrame) -> Figure | Note:
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


Z = 1.959964
NAMED = 4
"""Indicators named at each end."""


def caterpillar(setting: Page, verdicts: pd.DataFrame, indicators: pd.DataFrame) -> Figure | Note:
    """Shrunken slopes in standard deviations per year, with their intervals; indicators with a range are left out.

    Parameters
    ----------
    verdicts : DataFrame
        Derived table ``tren_iku`` of the last full year.
    indicators : DataFrame
        ``kode_indikator``, ``nama_indikator``, ``polaritas``.
    """
    rows = shrunken(verdicts, indicators)
    if rows.empty:
        text = "Kemiringan yang disatukan belum dapat dihitung: perlu dua deret tiga tahun atau lebih."
        return Note("gambar-kemiringan", "", setting.is_sample, items=(Phrase(text),))
    ends = pd.concat([rows.head(NAMED), rows.tail(NAMED)]).drop_duplicates("kode_indikator")
    values: dict[str, Value] = {
        "jumlah indikator": count(len(rows)),
        "selang seluruhnya membaik": count(rows["bawah_baik"].gt(0).sum()),
        "selang seluruhnya memburuk": count(rows["atas_baik"].lt(0).sum()),
    }
    values |= {
        code: Value(float(raw), "angka", 2) for code, raw in zip(ends["kode_indikator"], ends["baik"], strict=True)
    }
    return Figure(
        id="gambar-kemiringan",
        caption="Kemiringan setiap indikator setelah disatukan",
        is_sample=setting.is_sample,
        unit="simpangan baku per tahun",
        svg=_caterpillar_draw(rows, ends, setting.is_sample),
        values=values,
        alt="Titik per indikator dengan selangnya: " + "; ".join(f"{name} {value}" for name, value in values.items()),
        note="Kanan = membaik menurut arah indikator. Setiap kemiringan ditarik ke kemiringan bersama sejauh datanya "
        "sedikit. Selang yang bertumpang tindih tidak dapat diurutkan; hanya ujung-ujungnya yang diberi nama.",
        source="lembar 4_REALISASI dan 4b_RIWAYAT",
    )


def shrunken(verdicts: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """Shrunken slopes turned so that better is positive: ``baik``, ``bawah_baik``, ``atas_baik``, smallest first.

    Examples
    --------
    >>> verdicts = pd.DataFrame({"kode_indikator": ["a"], "kemiringan_baku": [-0.3], "se_baku": [0.1]})
    >>> indicators = pd.DataFrame({"kode_indikator": ["a"], "nama_indikator": ["A"], "polaritas": ["turun_baik"]})
    >>> shrunken(verdicts, indicators)[["baik", "bawah_baik"]].round(3).to_numpy().tolist()
    [[0.3, 0.104]]
    """
    rows = verdicts.merge(indicators[["kode_indikator", "nama_indikator", "polaritas"]], on="kode_indikator")
    sign = rows["polaritas"].map(vocabulary.sign).astype("float64")
    rows = rows.assign(baik=sign * rows["kemiringan_baku"]).dropna(subset=["baik", "se_baku"])
    rows = rows.assign(bawah_baik=rows["baik"] - Z * rows["se_baku"], atas_baik=rows["baik"] + Z * rows["se_baku"])
    return rows.sort_values(["baik", "kode_indikator"], kind="stable", ignore_index=True)


def _caterpillar_draw(rows: pd.DataFrame, ends: pd.DataFrame, is_sample: bool) -> str:
    import matplotlib.pyplot as plt

    with drawing.style():
        figure, axes = plt.subplots(figsize=(drawing.NARROW, min(5.0, 1.2 + 0.04 * len(rows))))
        colours = [
            drawing.BLUE if low > 0 else drawing.ORANGE if high < 0 else drawing.GREY
            for low, high in zip(rows["bawah_baik"], rows["atas_baik"], strict=True)
        ]
        axes.hlines(rows.index, rows["bawah_baik"], rows["atas_baik"], color=colours, linewidth=0.8)
        axes.scatter(rows["baik"], rows.index, color=colours, s=5, zorder=3)
        axes.axvline(0, color="black", linewidth=0.9)
        shown = rows[rows["kode_indikator"].isin(ends["kode_indikator"])]
        _names(axes, shown, len(rows))
        axes.set_xlabel("kanan = membaik", fontsize=8)
        axes.xaxis.set_major_formatter(lambda value, _: str(Value(value, "angka", 1)))
        axes.grid(axis="y", visible=False)
        return drawing.svg(figure, is_sample)


def _names(axes: Axes, shown: pd.DataFrame, size: int) -> None:
    """Names at the ends, set apart enough to be read."""
    step = max(1.0, size / 40)
    low = [place for place in shown.index if place < size / 2]
    high = [place for place in shown.index if place >= size / 2]
    at = {place: turn * step for turn, place in enumerate(low)}
    at |= {place: size - 1 - (len(high) - 1 - turn) * step for turn, place in enumerate(high)}
    axes.set_yticks([at[place] for place in shown.index], shown["kode_indikator"].tolist(), fontsize=6.5)


FANS_MOST = 12
"""Small charts in one figure at most."""
TARGETS = {"target": "target", "target_atas": "target atas"}
LEGEND = (
    "Titik = realisasi akhir tahun, tanda silang = target (dua bila berupa rentang), bidang biru = rentang wajar "
    "(empat dari lima kemungkinan) sampai tahun target. Tahun tanpa nilai tidak disambung."
)
FIRST = " Hanya dua belas indikator pertama yang digambar."


def fans(setting: Page, card: pd.DataFrame, series: pd.DataFrame, ahead: pd.DataFrame) -> Figure | Note:
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
    chosen = long.head(FANS_MOST)
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
        svg=_fans_draw(names, parts, nearest, setting.is_sample),
        values=values,
        alt="Grafik kecil per indikator: " + "; ".join(f"{name}: {value}" for name, value in values.items()),
        note=LEGEND + (FIRST if len(long) > FANS_MOST else ""),
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


def _fans_draw(names: dict[str, str], parts: dict[str, pd.DataFrame], nearest: pd.DataFrame, is_sample: bool) -> str:
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
