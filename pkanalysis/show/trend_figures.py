"""Figures of all indicators and OPD: predicates, slopes, moved targets, two years, and fans ahead."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from pkanalysis import reference, vocabulary
from pkanalysis.analysis.achievement import predicate
from pkanalysis.show import drawing, words
from pkanalysis.show.blocks import Figure, Note
from pkanalysis.show.outlook import nearest
from pkanalysis.show.page import Page
from pkanalysis.show.values import Value, count, measured, percent

RESULTS = "lembar 3_TARGET dan 4_REALISASI"
SMALL = 6.5
"""Size of the letters of names in these figures."""


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
    names = [cut(name, width) for name in offices["nama_opd"]]
    return known.where(is_usable, names).set_axis(offices["kode_opd"])


def cut(name: str, width: int) -> str:
    """The first letters of a name, the last of them an ellipsis where letters are left out."""
    return name if len(name) <= width else f"{name[: width - 1]}…"


COLOURS = ("#08519c", "#6baed6", "#fee391", "#fe9929", "#993404")
"""Best to worst, blue to brown: told apart with any colour vision."""
MOST_CELLS = 16
"""Cells in a row at most."""
WITHOUT = "tanpa capaian"


def heatmap(page: Page, card: pd.DataFrame, offices: pd.DataFrame) -> Figure | Note:
    """Draw one row of cells per OPD, in the order of its indicators on the scorecard of the annex.

    A cell shows the predicate of one indicator, told apart by colour and by letter.
    """
    if card.empty:
        return page.say("gambar-predikat", "Belum ada indikator yang diterima.")
    labels = reference.scale(page.scale).labels
    classes = predicate(card["capaian_berlaku"], page.scale, page.is_rounded_first).fillna(WITHOUT)
    rows = card.assign(kelas=classes).merge(offices[["kode_opd", "nama_opd", "jenis"]], on="kode_opd")
    rows = rows.assign(pendek=rows["kode_opd"].map(short_names(offices)))
    rows = rows.sort_values(["jenis", "nama_opd", "sasaran", "kode_indikator"], kind="stable")
    counts = rows["kelas"].value_counts()
    letters = {label: "".join(word[0].upper() for word in label.split()) for label in labels}
    note = ", ".join(f"{letter} = {label}" for label, letter in letters.items())
    note += f"; sel kosong = {WITHOUT}. Urutan sel = urutan indikator pada kartu skor di lampiran."
    if rows.groupby("kode_opd").size().gt(MOST_CELLS).any():
        note += " Pada OPD dengan lebih dari enam belas indikator hanya enam belas pertama yang digambar."
    return page.figure(
        "gambar-predikat",
        f"Predikat setiap indikator tiap OPD s.d. {page.period_short} {page.year}",
        _cells(rows, letters, page.is_sample),
        {label: count(counts.get(label, 0)) for label in (*labels, WITHOUT)},
        "Sel per indikator, baris per OPD:",
        note=note,
        source=RESULTS,
    )


def _cells(rows: pd.DataFrame, letters: dict[str, str], is_sample: bool) -> str:
    from matplotlib.patches import Rectangle

    names = rows.drop_duplicates("kode_opd").set_index("kode_opd")["pendek"]
    colours = dict(zip(letters, COLOURS[: len(letters)], strict=False))
    with drawing.canvas(0.3 + 0.17 * len(names)) as (figure, axes):
        for place, code in enumerate(names.index):
            for column, label in enumerate(rows.loc[rows["kode_opd"].eq(code), "kelas"].head(MOST_CELLS)):
                letter, colour = letters.get(label, ""), colours.get(label, "white")
                edge, ink = "white" if letter else drawing.GREY, "white" if colour in COLOURS[::4] else "black"
                corner = (column + 0.03, place + 0.06)
                axes.add_patch(Rectangle(corner, 0.94, 0.88, facecolor=colour, edgecolor=edge, linewidth=0.5))
                axes.text(column + 0.5, place + 0.53, letter, ha="center", va="center", fontsize=SMALL, color=ink)
        widest = max(8, min(MOST_CELLS, int(rows.groupby("kode_opd").size().max())))
        axes.set(xlim=(0, widest), ylim=(len(names), 0), xticks=[])
        axes.set_yticks([place + 0.5 for place in range(len(names))], names, fontsize=SMALL)
        axes.grid(False)
        axes.spines[["left", "bottom"]].set_visible(False)
        return drawing.svg(figure, is_sample)


Z = 1.959964
NAMED = 4
"""Indicators named at each end."""


def caterpillar(page: Page, verdicts: pd.DataFrame, indicators: pd.DataFrame) -> Figure | Note:
    """Shrunken slopes in standard deviations per year, with their intervals; indicators with a range are left out.

    Each is turned by the direction of its indicator, so that better is to the right.

    Parameters
    ----------
    verdicts : DataFrame
        Derived table ``tren_iku`` of the last full year.
    indicators : DataFrame
        ``kode_indikator``, ``nama_indikator``, ``polaritas``.
    """
    rows = verdicts.merge(indicators[["kode_indikator", "nama_indikator", "polaritas"]], on="kode_indikator")
    sign = rows["polaritas"].map(vocabulary.sign).astype("float64")
    rows = rows.assign(baik=sign * rows["kemiringan_baku"]).dropna(subset=["baik", "se_baku"])
    rows = rows.assign(bawah_baik=rows["baik"] - Z * rows["se_baku"], atas_baik=rows["baik"] + Z * rows["se_baku"])
    rows = rows.sort_values(["baik", "kode_indikator"], kind="stable", ignore_index=True)
    if rows.empty:
        text = "Kemiringan yang disatukan belum dapat dihitung: perlu dua deret tiga tahun atau lebih."
        return page.say("gambar-kemiringan", text)
    ends = pd.concat([rows.head(NAMED), rows.tail(NAMED)]).drop_duplicates("kode_indikator")
    values: dict[str, Value] = {
        "jumlah indikator": count(len(rows)),
        "selang seluruhnya membaik": count(rows["bawah_baik"].gt(0).sum()),
        "selang seluruhnya memburuk": count(rows["atas_baik"].lt(0).sum()),
    }
    slopes = zip(ends["kode_indikator"], ends["baik"], strict=True)
    return page.figure(
        "gambar-kemiringan",
        "Kemiringan setiap indikator setelah disatukan",
        _intervals(rows, ends, page.is_sample),
        values | {code: Value(float(raw), "angka", 2) for code, raw in slopes},
        "Titik per indikator dengan selangnya:",
        unit="simpangan baku per tahun",
        note="Kanan = membaik menurut arah indikator. Setiap kemiringan ditarik ke kemiringan bersama sejauh datanya "
        "sedikit. Selang yang bertumpang tindih tidak dapat diurutkan; hanya ujung-ujungnya yang diberi nama.",
        source="lembar 4_REALISASI dan 4b_RIWAYAT",
    )


def _intervals(rows: pd.DataFrame, ends: pd.DataFrame, is_sample: bool) -> str:
    """Dots with intervals; the names of both ends set apart enough to be read."""
    size = len(rows)
    with drawing.canvas(min(5.0, 1.2 + 0.04 * size)) as (figure, axes):
        colours = [
            drawing.BLUE if low > 0 else drawing.ORANGE if high < 0 else drawing.GREY
            for low, high in zip(rows["bawah_baik"], rows["atas_baik"], strict=True)
        ]
        axes.hlines(rows.index, rows["bawah_baik"], rows["atas_baik"], color=colours, linewidth=0.8)
        axes.scatter(rows["baik"], rows.index, color=colours, s=5, zorder=3)
        axes.axvline(0, color="black", linewidth=0.9)
        shown = rows.index[rows["kode_indikator"].isin(ends["kode_indikator"])]
        low = sum(place < size / 2 for place in shown)
        step = max(1.0, size / 40)
        places = [turn * step for turn in range(low)]
        places += [size - 1 - turn * step for turn in reversed(range(len(shown) - low))]
        axes.set_yticks(places, rows.loc[shown, "kode_indikator"].tolist(), fontsize=SMALL)
        axes.set_xlabel("kanan = membaik", fontsize=8)
        axes.xaxis.set_major_formatter(lambda value, _: str(Value(value, "angka", 1)))
        axes.grid(axis="y", visible=False)
        return drawing.svg(figure, is_sample)


MOST_TARGETS = 24
"""Targets in one figure at most."""


def moved_targets(page: Page, card: pd.DataFrame, offices: pd.DataFrame) -> Figure | Note:
    """Draw each target that the PK Perubahan moved, in per cent of the original, easier to the left.

    Targets with a range, letters, or an original of zero have no such figure and are left out; the largest moves only
    where there are many.
    """
    sign = card["polaritas"].map(vocabulary.sign).astype("float64")
    base = card["target_murni"].abs().where(card["target_murni"].ne(0))
    shift = 100 * sign * (card["target_perubahan"] - card["target_murni"]) / base
    every = card.assign(geser_pct=shift)[card["perubahan_target"].isin(("dilonggarkan", "diperketat")) & shift.notna()]
    every = every.sort_values(["geser_pct", "kode_indikator"], kind="stable")
    if every.empty:
        text = "Tidak ada target yang dilonggarkan atau diperketat; gambar tidak dibuat."
        return page.say("gambar-target", text)
    rows = every.sort_values("geser_pct", key=abs, ascending=False, kind="stable").head(MOST_TARGETS)
    rows = rows.sort_values(["geser_pct", "kode_indikator"], kind="stable")
    short = rows["kode_opd"].map(short_names(offices, 18))
    labels = words.distinct(short + ": " + rows["nama_indikator"], rows["kode_indikator"])
    places, colours = range(len(rows)), [drawing.ORANGE if shift < 0 else drawing.BLUE for shift in rows["geser_pct"]]
    with drawing.canvas(0.7 + 0.21 * len(labels)) as (figure, axes):
        axes.hlines(places, 0, rows["geser_pct"], color=colours, linewidth=1.4)
        axes.scatter(rows["geser_pct"], places, color=colours, s=20, zorder=3)
        axes.axvline(0, color="black", linewidth=0.9)
        axes.set_yticks(places, [cut(label, 34) for label in labels], fontsize=SMALL)
        axes.invert_yaxis()
        axes.set_xlabel("% dari target awal", fontsize=8)
        axes.xaxis.set_major_formatter(lambda value, _: str(percent(value, 0)))
        axes.grid(axis="y", visible=False)
        drawn = drawing.svg(figure, page.is_sample)
    largest = " Hanya dua puluh empat perubahan terbesar yang digambar." if len(every) > MOST_TARGETS else ""
    return page.figure(
        "gambar-target",
        "Target PK Perubahan dibandingkan target PK murni",
        drawn,
        dict(zip(labels, map(percent, rows["geser_pct"]), strict=True)),
        "Titik per target:",
        unit="persen dari target awal",
        note=f"Kiri = lebih mudah, kanan = lebih sulit, menurut arah indikator.{largest}",
        source="lembar 3_TARGET",
    )


LETTER = 0.115
"""Height of a label in inches."""


def slope_chart(page: Page, found: pd.DataFrame, offices: pd.DataFrame) -> Figure | Note:
    """Mean achievement of each OPD last year and this year, a panel per kind of OPD; blue rises, orange falls.

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
        return page.say("gambar-dua-tahun", text)
    rows = rows.assign(nama=words.distinct(rows["kode_opd"].map(short_names(offices, 16)), rows["kode_opd"]))
    years = {"lalu": page.year - 1, "kini": page.year}
    values = {
        f"{name} {year}": percent(raw)
        for when, year in years.items()
        for name, raw in zip(rows["nama"], rows[when], strict=True)
    }
    return page.figure(
        "gambar-dua-tahun",
        "Rata-rata capaian tiap OPD, tahun lalu dan tahun ini",
        _panels(rows, list(years.values()), page.is_sample),
        values,
        "Garis per OPD:",
        unit="persen",
        note="Rata-rata aritmetik pada indikator yang terukur di kedua tahun, terhadap PK yang berlaku pada tahun itu. "
        "Biru naik, jingga turun.",
        source=RESULTS,
    )


def _panels(rows: pd.DataFrame, years: list[int], is_sample: bool) -> str:
    kinds = rows["jenis"].value_counts()
    columns = min(2, len(kinds))
    sizes = [max(1.3, 0.17 * max(kinds.iloc[start : start + columns]) + 0.5) for start in range(0, len(kinds), columns)]
    shape: dict[str, Any] = {"squeeze": False, "gridspec_kw": {"height_ratios": sizes}}
    with drawing.canvas(sum(sizes), rows=len(sizes), columns=columns, **shape) as (figure, grid):
        for axes in grid.flat[len(kinds) :]:
            axes.set_visible(False)
        for panel, (axes, kind) in enumerate(zip(grid.flat, kinds.index, strict=False)):
            axes.set_title(words.stored("jenis_opd", str(kind)))
            own = rows[rows["jenis"].eq(kind)]
            for before, after in own[["lalu", "kini"]].itertuples(index=False):
                colour = drawing.BLUE if after >= before else drawing.ORANGE
                axes.plot([0, 1], [before, after], color=colour, marker="o", markersize=3, linewidth=1.1)
            low, high = float(own[["lalu", "kini"]].min().min()), float(own[["lalu", "kini"]].max().max())
            reach, middle = max(high - low, 2.0), (low + high) / 2
            axes.set_ylim(middle - 0.6 * reach, middle + 0.6 * reach)

            places = spread(own["kini"].tolist(), 1.2 * reach * LETTER / (sizes[panel // columns] - 0.45))
            for name, end, place in zip(own["nama"], own["kini"], places, strict=True):
                axes.plot([1.03, 1.13], [end, place], color=drawing.GREY, linewidth=0.5, clip_on=False)
                axes.text(1.15, place, str(name), fontsize=SMALL, va="center")
            axes.set_xlim(-0.08, 2.2)
            axes.set_xticks([0, 1], [str(year) for year in years])
            drawing.numbers(axes, "y")
            axes.tick_params(labelsize=7)
            axes.grid(axis="x", visible=False)
        return drawing.svg(figure, is_sample)


def spread(wanted: list[float], apart: float) -> list[float]:
    """Places for labels near the ``wanted`` ones, at least ``apart`` from each other, around the same middle.

    Examples
    --------
    >>> spread([1.0, 1.0, 5.0], 1.0)
    [0.5, 1.5, 5.0]
    """
    groups: list[tuple[list[int], float]] = []
    for index in sorted(range(len(wanted)), key=wanted.__getitem__):
        groups.append(([index], wanted[index]))
        while len(groups) > 1:
            (first, one), (second, two) = groups[-2:]
            if two - one >= apart * (len(first) + len(second)) / 2:
                break
            middle = (one * len(first) + two * len(second)) / (len(first) + len(second))
            groups[-2:] = [(first + second, middle)]
    found = [math.nan] * len(wanted)
    for members, middle in groups:
        for step, index in enumerate(members):
            found[index] = middle + (step - (len(members) - 1) / 2) * apart
    return found


MOST_FANS = 12
"""Small charts in one figure at most."""
TARGETS = {"target": "target", "target_atas": "target atas"}
LEGEND = (
    "Titik = realisasi akhir tahun, tanda silang = target (dua bila berupa rentang), bidang biru = rentang wajar "
    "(empat dari lima kemungkinan) sampai tahun target. Tahun tanpa nilai tidak disambung."
)


def fans(page: Page, card: pd.DataFrame, series: pd.DataFrame, ahead: pd.DataFrame) -> Figure | Note:
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
    chosen = long.head(MOST_FANS)
    if chosen.empty:
        return page.say("gambar-tren", "Belum ada deret dua tahun atau lebih.")
    goals = {row["kode_indikator"]: row for _, row in nearest(ahead).iterrows()}
    names = words.distinct(chosen["nama_indikator"], chosen["kode_indikator"])
    parts: dict[str, tuple[pd.DataFrame, pd.Series | None]] = {}
    values: dict[str, Value] = {}
    for code, name in zip(chosen["kode_indikator"], names, strict=True):
        own, goal = series[series["kode_indikator"].eq(code)], goals.get(code)
        parts[name], known = (own, goal), own.dropna(subset="realisasi")
        values |= {f"{name} {year}": measured(raw) for year, raw in known.set_index("tahun")["realisasi"].items()}
        if goal is not None:
            year = int(goal["tahun_target"])
            said = {f"{label} {year}": goal[side] for side, label in TARGETS.items()}
            said |= {f"rentang {year} {side}": goal[f"{side}80"] for side in ("bawah", "atas")}
            values |= {f"{name} {what}": measured(raw) for what, raw in said.items() if pd.notna(raw)}
    return Figure(
        **page.block("gambar-tren", "Realisasi, target, dan rentang wajar ke depan"),
        svg=_fans(parts, page.is_sample),
        values=values,
        alt="Grafik kecil per indikator: " + "; ".join(f"{name}: {value}" for name, value in values.items()),
        note=LEGEND + (" Hanya dua belas indikator pertama yang digambar." if len(long) > MOST_FANS else ""),
        source="lembar 3_TARGET, 4_REALISASI, dan 4b_RIWAYAT",
    )


def _fans(parts: dict[str, tuple[pd.DataFrame, pd.Series | None]], is_sample: bool) -> str:
    """Values and targets, and ahead the target and the range that four of five chances lie in."""
    columns = min(2, len(parts))
    rows = math.ceil(len(parts) / columns)
    with drawing.canvas(0.3 + 1.3 * rows, rows=rows, columns=columns, squeeze=False) as (figure, grid):
        for axes in grid.flat[len(parts) :]:
            axes.set_visible(False)
        for axes, (name, (own, goal)) in zip(grid.flat, parts.items(), strict=False):
            axes.set_title(drawing.shortened(name, 26), fontsize=8)
            year = int(goal["tahun_target"]) if goal is not None else 0
            if goal is not None:
                aims = [float(goal[side]) for side in TARGETS if pd.notna(goal[side])]
                axes.plot([year] * len(aims), aims, color=drawing.ORANGE, marker="x", markersize=5, linestyle="none")
            if goal is not None and pd.notna(goal["bawah80"]):
                known = own.set_index("tahun")["realisasi"].sort_index().dropna()
                last, start = int(known.index[-1]), float(known.iloc[-1])
                low, high = ([start, goal[f"{side}80"]] for side in ("bawah", "atas"))
                axes.fill_between([last, year], low, high, color=drawing.BLUE, alpha=0.18, linewidth=0)
            drawing.by_year(axes, own, year, fontsize=7)
            axes.margins(x=0.06, y=0.2)
        return drawing.svg(figure, is_sample)
