"""Figures of the budget, for the region or one OPD: data in, a block with a drawing out; without data a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from textwrap import fill
from typing import TYPE_CHECKING, Any

import pandas as pd

from pkanalysis.analysis.budget.accounts import classify, is_targeted
from pkanalysis.analysis.budget.changes import Reallocation, total
from pkanalysis.analysis.budget.directive import TRANSFER, reasons
from pkanalysis.show import words
from pkanalysis.show.blocks import Figure, Note
from pkanalysis.show.drawing import BLUE, GREEN, GREY, ORANGE, canvas, svg
from pkanalysis.show.page import Page
from pkanalysis.show.values import Value, count, measured, percent, rupiah

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROW = 0.175
"""Height of one line of a tall figure in inches: 42 OPD and the head fill one A4 page."""
LONGEST = 22
"""Signs of a name that stand beside a bar on a 390 px screen."""
SPOKEN = 16
"""Values that the words for a figure name; nobody listens to hundreds of them."""
MOST_TICKS = 7
AMOUNTS = ["pagu_sebelum_rp", "pagu_sesudah_rp"]
SECTORS = {"infrastruktur_sanitasi": "infrastruktur dan sanitasi", "inflasi_pangan": "inflasi dan harga pangan"}
COLUMNS = 6
"""Categories that fit side by side on a 390 px screen; the largest by budget before."""
ENOUGH = 3
"""Other OPD of the kind that a field needs at least; fewer would only be compared one by one."""
MEASURES = {
    "perjalanan_persen": ("perjalanan dinas", "murni"),
    "pagu_persen": ("pagu terakhir", "murni"),
    "serapan_pct": ("penyerapan", ""),
    "rata_rata_capaian": ("rata-rata capaian", ""),
}
"""Columns in per cent, in the order of the panels; a change goes with what it is a change of."""
NAMED = 4
"""Target categories with a bar of their own, the largest decreases; the others share one."""
TRANSFERRED, OTHER_TARGETS, OTHERS, RISEN = "akibat TKD", "pos sasaran lain", "pos di luar sasaran", "penambahan"


@dataclass(frozen=True)
class Unit:
    """The unit of an axis: its name, and the rupiah that one of it is."""

    name: str
    rupiah: int


@dataclass(frozen=True)
class Move:
    """One bar: ``rupiah`` signed; of a ``stage`` it is the level that was reached, else a change."""

    label: str
    rupiah: int
    is_stage: bool = False


def unit_of(amounts: Iterable[float]) -> Unit:
    """Miliar where an amount reaches it, else juta.

    Examples
    --------
    >>> unit_of([2_500_000_000, 7]).name, unit_of([-400_000_000]).name, unit_of([]).name
    ('miliar rupiah', 'juta rupiah', 'juta rupiah')
    """
    largest = max((abs(amount) for amount in amounts), default=0)
    return Unit("miliar rupiah", 10**9) if largest >= 10**9 else Unit("juta rupiah", 10**6)


def short_names(offices: pd.DataFrame) -> dict[str, str]:
    """Abbreviation of each OPD by its code; two that share one go by their names.

    Parameters
    ----------
    offices : DataFrame
        Table ``opd``.

    Examples
    --------
    >>> short_names(pd.DataFrame({"kode_opd": ["1", "2"], "singkatan": ["DKP", "DKP"], "nama_opd": ["A", "B"]}))
    {'1': 'A', '2': 'B'}
    """
    short, full = offices["singkatan"].replace("", None), offices["nama_opd"]
    names = short.mask(short.duplicated(keep=False)).fillna(full)
    return dict(zip(offices["kode_opd"], words.distinct(names, offices["kode_opd"]), strict=True))


def clipped(name: str) -> str:
    """A name that fits beside a bar.

    Examples
    --------
    >>> clipped("DINKES"), clipped("Dinas Pekerjaan Umum dan Penataan Ruang")
    ('DINKES', 'Dinas Pekerjaan Umum …')
    """
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"


def waterfall(page: Page, steps: pd.DataFrame, causes: pd.DataFrame | None = None) -> Figure | Note:
    """From stage to stage: bars of every decrease by category and of the increase, and where that leads.

    Parameters
    ----------
    steps, causes : DataFrame
        As for :func:`pkanalysis.analysis.budget.directive.reasons`; one step or several in order.
    """
    every = [(page.stage_name(str(stage)), step) for stage, step in steps.groupby("tahap_sesudah", sort=False)]
    if not any(step["selisih_rp"].ne(0).any() for _, step in every):
        return page.say("gambar-air-terjun", "Belum ada perubahan antartahap yang dapat digambar.")
    start = every[0][1]
    first, base = page.stage_name(str(start["tahap_sebelum"].iloc[0])), int(start["pagu_sebelum_rp"].sum())
    moves, values, said = [Move(first, base, is_stage=True)], {first: rupiah(base)}, []
    for stage, step in every:
        own, reached = _moves(step, causes), int(step["pagu_sesudah_rp"].sum())
        moves += [*own, Move(stage, reached, is_stage=True)]
        values |= {f"{stage}: {move.label}": rupiah(move.rupiah) for move in own} | {stage: rupiah(reached)}
        down, up, net = (int(step[name].sum()) for name in ("pengurangan_rp", "penambahan_rp", "selisih_rp"))
        word = f"{'turun' if net < 0 else 'naik'} {rupiah(abs(net))}" if net else "tetap"
        changed = f"berkurang {rupiah(down)} dan bertambah {rupiah(up)}, bersih {word}"
        said.append(f"{stage}: {changed if down or up else 'tidak berubah'}")
    unit, level = unit_of(move.rupiah for move in moves if not move.is_stage), 0.0
    with canvas(0.6 + 0.26 * len(moves)) as (figure, axes):
        _lines(axes, [words.heading(move.label) for move in moves], size=8)
        for place, (move, tick) in enumerate(zip(moves, axes.get_yticklabels(), strict=True)):
            start_at, size = (0.0 if move.is_stage else level), (move.rupiah - base * move.is_stage) / unit.rupiah
            colour = GREY if move.is_stage else ORANGE if move.label == TRANSFERRED else BLUE if size < 0 else GREEN
            drawn = axes.barh(place, size, left=start_at, height=0.68, color=colour)
            sign = "+" if move.rupiah > 0 and not move.is_stage else ""
            axes.bar_label(drawn, [f"{sign}{Value(move.rupiah / unit.rupiah, 'angka', 1)}"], padding=3, fontsize=8)
            tick.set_fontweight("bold" if move.is_stage else "normal")
            level = start_at + size
        _around_zero(axes, unit, x=0.18, y=0.02)
        axes.yaxis.set_inverted(True)
        bars = svg(figure, page.is_sample)
    note = (
        "Pengurangan dan penambahan kotor pada tingkat baris belanja. Bagian akibat TKD (KMK 29/2025) bukan pilihan "
        "daerah. Sumbu menunjukkan perubahan dari tahap pertama, bukan dari nol."
    )
    about = {"unit": f"{unit.name}; garis tegak = {first}", "note": note, "source": page.budget_source}
    return page.figure("gambar-air-terjun", "; ".join(said), bars, values, spoken=SPOKEN, **about)


def _moves(step: pd.DataFrame, causes: pd.DataFrame | None) -> list[Move]:
    """Decreases by category, the largest first, then what is left, the transfer, and the increase."""
    down = step["pengurangan_rp"]
    is_transfer = reasons(step, causes).isin(TRANSFER)
    kinds = classify(step["kode_rekening"])["kategori"].where(is_targeted(step["kode_rekening"]), "")
    sums = down[~is_transfer].groupby(kinds[~is_transfer]).sum().sort_values(ascending=False, kind="stable")
    targets = sums[sums.gt(0)].drop("", errors="ignore")
    rest = {
        OTHER_TARGETS: int(targets.iloc[NAMED:].sum()),
        OTHERS: int(sums.get("", 0)),
        TRANSFERRED: int(down[is_transfer].sum()),
        RISEN: -int(step["penambahan_rp"].sum()),
    }
    named = {words.category(str(code)): int(amount) for code, amount in targets.head(NAMED).items()}
    return [Move(label, -amount) for label, amount in (named | rest).items() if amount]


def before_after(page: Page, changes: pd.DataFrame, names: Mapping[str, str], subject: str) -> Figure | Note:
    """A white dot before, a filled one after, joined by a line, on a scale of equal shares; the largest first.

    Parameters
    ----------
    changes : DataFrame
        One step of :func:`pkanalysis.analysis.budget.changes.steps`, of the lines that count.
    names : mapping of str to str
        Name of an OPD by its code.
    subject : str
        What the lines are, as it stands in a sentence: ``perjalanan dinas``.
    """
    sums = total(changes, ["kode_opd"])
    rows = sums[sums[AMOUNTS].ge(0).all(axis=1) & sums[AMOUNTS].gt(0).any(axis=1)]
    if rows.empty:
        return page.say("gambar-sebelum-sesudah", f"Tidak ada pagu {subject} pada kedua tahap; gambar tidak dibuat.")
    rows = rows.assign(nama=[names.get(code, code) for code in rows["kode_opd"]])
    rows = rows.sort_values(AMOUNTS, ascending=False, kind="stable")
    before, after = (int(rows[name].sum()) for name in AMOUNTS)
    values = {
        "OPD turun": count(rows["selisih_rp"].lt(0).sum()),
        "jumlah OPD": count(len(rows)),
        "seluruhnya sebelum": rupiah(before),
        "seluruhnya sesudah": rupiah(after),
        "perubahan": percent(100 * (after - before) / before if before else None),
    }
    caption = f"{words.heading(subject)} turun di {{OPD turun}} dari {{jumlah OPD}} OPD: "
    caption = (caption + "{seluruhnya sebelum} menjadi {seluruhnya sesudah}").format_map(values)
    for name, first, last in rows[["nama", *AMOUNTS]].itertuples(index=False):
        values |= {f"{name} sebelum": rupiah(first), f"{name} sesudah": rupiah(last)}
    unit = unit_of(rows["pagu_sebelum_rp"])
    with canvas(0.8 + ROW * len(rows)) as (figure, axes):
        _lines(axes, rows["nama"].map(clipped))
        _draw_pairs(axes, rows[AMOUNTS].to_numpy(dtype="float64") / unit.rupiah, unit.name)
        axes.yaxis.set_inverted(True)
        pairs = svg(figure, page.is_sample)
    note = (
        "Lingkaran kosong = sebelum, terisi = sesudah; jingga = naik. Jarak yang sama berarti persentase yang sama. "
        "Tanda silang di tepi = nol."
    )
    note += " OPD tanpa pagu pada kedua tahap atau dengan pagu negatif tidak digambar." * (len(sums) > len(rows))
    about = {"unit": f"{unit.name}, skala logaritma", "note": note, "source": page.budget_source}
    return page.figure("gambar-sebelum-sesudah", caption, pairs, values, spoken=SPOKEN, **about)


def _draw_pairs(axes: Axes, amounts: Any, unit: str) -> None:
    """Two dots a row on a logarithmic axis; its ticks are round figures, few enough for the width of a phone."""
    floor = float(amounts[amounts > 0].min()) / 1.6
    first, last = amounts.clip(min=floor).T
    colours = [ORANGE if after > before else BLUE for before, after in amounts]
    places = list(range(len(amounts)))
    axes.set_xscale("log")
    axes.hlines(places, first, last, color=colours, linewidth=1.6, zorder=1)
    axes.scatter(first, places, s=16, facecolors="white", edgecolors=colours, zorder=2)
    axes.scatter(last, places, s=16, color=colours, zorder=3)
    zeros = [place for place, pair in zip(places, amounts, strict=True) if (pair == 0).any()]
    axes.scatter([floor] * len(zeros), zeros, s=26, marker="x", color="black", zorder=4)
    high = float(max(first.max(), last.max()))
    ticks = [step * 10.0**power for power in range(-3, 7) for step in (1, 2, 5)]
    ticks = [tick for tick in ticks if floor <= tick <= high]
    if len(ticks) > MOST_TICKS:
        ticks = [tick for tick in ticks if f"{tick:e}"[0] == "1"]
    axes.set_xticks(ticks, [str(measured(tick)) for tick in ticks], fontsize=7)
    axes.minorticks_off()
    axes.set_xlabel(unit, fontsize=8)
    axes.grid(visible=True, axis="x", color="#dddddd")
    axes.spines["left"].set_color(GREY)
    axes.margins(y=0.012)


def sources_and_uses(page: Page, moved: Reallocation) -> Figure | Note:
    """Net by sector of the SE: bars to the right for what rose, to the left for what fell; never from one to another.

    Parameters
    ----------
    moved : Reallocation
        Result of :func:`pkanalysis.analysis.budget.changes.reallocation` by ``sektor``.
    """
    rows = moved.rows[moved.rows["arah"].ne("tetap")]
    if rows.empty:
        return page.say("gambar-sumber-penggunaan", "Tidak ada bidang yang pagunya berubah; gambar tidak dibuat.")
    labels = [SECTORS.get(code, words.category(code)) for code in rows["sektor"].astype(str)]
    amounts, unit = rows["selisih_rp"].tolist(), unit_of(rows["selisih_rp"])
    said = []
    if amounts[0] > 0:
        said.append(f"Penggunaan bersih terbesar {labels[0]} ({rupiah(amounts[0])})")
    if amounts[-1] < 0:
        said.append(f"{'s' if said else 'S'}umber bersih terbesar {labels[-1]} ({rupiah(-amounts[-1])})")
    with canvas(0.6 + 0.34 * len(labels)) as (figure, axes):
        _lines(axes, [fill(words.heading(label), LONGEST) for label in labels], size=8)
        drawn = axes.barh(range(len(amounts)), [amount / unit.rupiah for amount in amounts], height=0.66)
        for bar, amount in zip(drawn, amounts, strict=True):
            bar.set_facecolor(BLUE if amount > 0 else ORANGE)
        printed = [f"{'+' if raw > 0 else ''}{Value(raw / unit.rupiah, 'angka', 1)}" for raw in amounts]
        axes.bar_label(drawn, printed, padding=3, fontsize=8)
        _around_zero(axes, unit, x=0.2)
        axes.yaxis.set_inverted(True)
        bars = svg(figure, page.is_sample)
    values = {label: rupiah(amount) for label, amount in zip(labels, amounts, strict=True)}
    note = (
        "Bidang prioritas menurut SE 900/833/SJ; pemetaan bidang urusan adalah pertimbangan. Neto: pengurangan dan "
        "penambahan di dalam satu bidang saling menutup. Data tidak menunjukkan rupiah berpindah dari satu bidang ke "
        "bidang lain."
    )
    about = {"unit": f"{unit.name}, neto per bidang", "note": note, "source": page.budget_source}
    return page.figure("gambar-sumber-penggunaan", "; ".join(said), bars, values, spoken=SPOKEN, **about)


def cut_map(page: Page, changes: pd.DataFrame, names: Mapping[str, str]) -> Figure | Note:
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
        return page.say("gambar-peta", "Tidak ada pos sasaran pada tahap sebelumnya; gambar tidak dibuat.")
    grid = total(lines, ["kode_opd", "kategori"]).pivot(index="kode_opd", columns="kategori", values="persen")
    grid = grid.reindex(columns=whole.index).sort_index().astype("float64")
    labels = [words.heading(words.category(code)) for code in whole.index]
    offices, shares = [names.get(code, code) for code in grid.index], grid.to_numpy()
    values = {label: percent(share) for label, share in zip(labels, whole["persen"], strict=True)}
    with canvas(1.0 + ROW * len(offices)) as (figure, axes):
        _lines(axes, map(clipped, offices))
        _draw_grid(axes, shares, labels)
        axes.yaxis.set_inverted(True)
        drawn = svg(figure, page.is_sample)
    for office, row in zip(offices, shares, strict=True):
        cells = zip(labels, row, strict=True)
        values |= {f"{office}, {label}": percent(share) for label, share in cells if pd.notna(share)}
    deepest = int(whole["persen"].astype(float).argmin())
    said = f"{labels[deepest]} turun {percent(-whole['persen'].iloc[deepest])}"
    said += ", paling dalam di antara kelompok pos sasaran" if len(labels) > 1 else ""
    if whole["persen"].iloc[deepest] >= 0:
        said = f"Tidak ada penurunan pada {count(len(labels))} kelompok pos sasaran"
    note = (
        "Biru = turun, jingga = naik, kosong = tidak ada pagu sebelumnya. Pos sasaran Inpres 1/2025 dengan keyakinan "
        "pasti dan taksiran"
    )
    note += ", yang terbesar menurut pagu." if len(whole) == COLUMNS else "."
    about = {"unit": "perubahan, persen dari pagu sebelumnya", "note": note, "source": page.budget_source}
    return page.figure("gambar-peta", said, drawn, values, spoken=SPOKEN, **about)


def _draw_grid(axes: Axes, grid: Any, labels: list[str]) -> None:
    import matplotlib.pyplot as plt
    from matplotlib.colors import LinearSegmentedColormap

    colours = LinearSegmentedColormap.from_list("turun-naik", [BLUE, "#ffffff", ORANGE])
    axes.imshow(grid, aspect="auto", cmap=colours.with_extremes(bad="#eeeeee"), vmin=-100, vmax=100)
    axes.set_xticks(range(len(labels)), [fill(label, LONGEST) for label in labels], fontsize=7)
    axes.tick_params(top=True, labeltop=True, bottom=False, labelbottom=False, length=0)
    plt.setp(axes.get_xticklabels(), rotation=35, ha="left", rotation_mode="anchor")
    for row, column in zip(*(~pd.isna(grid)).nonzero(), strict=True):
        share = grid[row, column]
        ink = "white" if abs(share) > 60 else "black"
        axes.text(column, row, str(percent(share, 0)), ha="center", va="center", fontsize=6.5, color=ink)
    axes.spines[:].set_visible(False)


def ranked_cut(page: Page, tests: pd.DataFrame, names: Mapping[str, str]) -> Figure | Note:
    """Bars of the cut of travel in per cent of murni, the deepest first; what misses the rule stands out.

    Parameters
    ----------
    tests : DataFrame
        Result of :func:`pkanalysis.analysis.budget.rates.travel_cut` for one stage.
    names : mapping of str to str
        Name of an OPD by its code.
    """
    rows = tests[tests["cakupan"].eq("opd") & tests["status"].isin(("memenuhi", "belum"))]
    if rows.empty:
        return page.say("gambar-peringkat", "Tidak ada perjalanan dinas pada pagu murni; pengurangan tidak digambar.")
    rows = rows.assign(turun=-rows["persen"], nama=[names.get(code, code) for code in rows["kode_opd"]])
    rows = rows.sort_values("turun", ascending=False, kind="stable")
    cuts, rate, short = rows["turun"], 100 * page.saving.travel_rate, int(rows["status"].eq("belum").sum())
    values = {
        "ketentuan": percent(rate, 0),
        "belum": count(short),
        "jumlah OPD": count(len(rows)),
        "selisih": rupiah(rows["kekurangan_rp"].sum()),
    }
    caption = "Seluruh {jumlah OPD} OPD menurunkan perjalanan dinas {ketentuan} atau lebih"
    if short:
        caption = (
            "{belum} dari {jumlah OPD} OPD belum menurunkan perjalanan dinas {ketentuan}; jumlah selisih {selisih}"
        )
    with canvas(0.7 + ROW * len(rows)) as (figure, axes):
        _lines(axes, rows["nama"].map(clipped))
        drawn = axes.barh(range(len(rows)), cuts, height=0.74, color=BLUE)
        for bar, status in zip(drawn, rows["status"], strict=True):
            if status == "belum":
                bar.set(facecolor=ORANGE, hatch="////", edgecolor="white", linewidth=0)
        axes.bar_label(drawn, [str(percent(share)) for share in cuts], padding=2, fontsize=7)
        axes.axvline(rate, color="black", linewidth=1)
        axes.set_xlim(min(0, cuts.min() * 1.25), max(rate, cuts.max()) * 1.25)
        axes.set_xticks([0, rate], ["0%", f"{percent(rate, 0)} = ketentuan"], fontsize=8)
        axes.spines["left"].set_color(GREY)
        axes.margins(y=0.01)
        axes.yaxis.set_inverted(True)
        bars = svg(figure, page.is_sample)
    caption = caption.format_map(values)
    values |= {name: percent(share) for name, share in zip(rows["nama"], cuts, strict=True)}
    unit = "pengurangan perjalanan dinas, persen dari pagu murni"
    note = "Jingga dan bergaris = belum mencapai ketentuan. Batang ke kiri berarti naik."
    about = {"unit": unit, "note": note, "source": page.budget_source}
    return page.figure("gambar-peringkat", caption, bars, values, spoken=SPOKEN, **about)


def peers(page: Page, offices: pd.DataFrame) -> Figure | Note:
    """One OPD among those of its kind; a place in the field, not a rank. A panel per measure.

    A grey dot per OPD of the kind, a blue one for this OPD, a line at the median.

    Parameters
    ----------
    offices : DataFrame
        Rows of the derived table ``ringkasan_opd`` of this kind, year and period, this OPD among them.
    """
    rows = offices.set_index("kode_opd")
    rows = rows.assign(pagu_persen=100 * (rows["pagu_terakhir_rp"] / rows["pagu_murni_rp"] - 1))
    fields = {name: rows[name].astype("Float64").dropna().astype(float) for name in MEASURES}
    fields = {name: field for name, field in fields.items() if page.code in field.index and len(field) > ENOUGH}
    shown = {" terhadap ".join(filter(None, MEASURES[name])): field for name, field in fields.items()}
    if not shown:
        none = "Kurang dari empat OPD sejenis berdata; kedudukan di antara OPD sejenis tidak digambar."
        return page.say("gambar-sejenis", none)
    kind = words.stored("jenis_opd", rows["jenis"].iloc[0]).lower()
    values = {f"OPD {kind}": count(len(rows))}
    for label, field in shown.items():
        values |= {f"{label}, OPD ini": percent(field[page.code]), f"{label}, median sejenis": percent(field.median())}
    first, field = next(iter(fields.items()))
    subject, base = MEASURES[first]
    # the direction is a word: a minus sign may be left behind at the end of a line
    own, middle = (
        f"{'turun' if share < 0 else 'naik'} {percent(abs(share))}" if base else str(percent(share))
        for share in (field[page.code], field.median())
    )
    return page.figure(
        "gambar-sejenis",
        f"{words.heading(subject)} {own}{f' dari {base}' if base else ''}; median OPD {kind} {middle}",
        _draw_fields(page, shown),
        values,
        spoken=SPOKEN,
        unit="persen",
        note="Biru = OPD ini, abu-abu = OPD lain yang sejenis, garis = median. Bukan peringkat: tugas dan indikator "
        "tiap OPD berbeda.",
        source="tabel turunan ringkasan_opd",
    )


def _draw_fields(page: Page, shown: Mapping[str, pd.Series]) -> str:
    """A panel per field; dots that would hide each other stand on one another."""
    rows = -(-len(shown) // 2)
    with canvas(0.1 + 0.78 * rows, rows=rows, columns=2, squeeze=False) as (figure, grid):
        for axes in grid.flat[len(shown) :]:
            axes.set_axis_off()
        for axes, (label, field) in zip(grid.flat, shown.items(), strict=False):
            width = float(field.max() - field.min()) / 40 or 1.0
            place = field.groupby((field / width).round()).cumcount()
            own, heights = field[page.code], place / max(int(place.max()), 1)
            axes.axvline(field.median(), color="black", linewidth=1)
            axes.scatter(field, heights, s=16, color=GREY, alpha=0.5, linewidths=0)
            axes.scatter([own], [heights[page.code]], s=48, color=BLUE, edgecolors="white", zorder=3)
            axes.set_title(f"{fill(words.heading(label), 20)}: {percent(own)}", fontsize=7)
            axes.set(yticks=[], ylim=(-0.2, 1.2))
            axes.locator_params(axis="x", nbins=4)
            axes.xaxis.set_major_formatter(lambda raw, _: str(percent(raw, 0)))
            axes.tick_params(axis="x", labelsize=7)
            axes.grid(visible=False)
            axes.spines["left"].set_visible(False)
            axes.margins(x=0.06)
        return svg(figure, page.is_sample)


def _lines(axes: Axes, labels: Iterable[str], size: int = 7) -> None:
    """A name at each line and no grid; the axis is turned once everything is drawn, so that the first is on top."""
    shown = list(labels)
    axes.set_yticks(range(len(shown)), shown, fontsize=size)
    axes.grid(visible=False)


def _around_zero(axes: Axes, unit: Unit, **margins: Any) -> None:
    """An upright line at zero, no other axis, and room for the figures beside the bars."""
    axes.axvline(0, color="black", linewidth=0.8)
    axes.set(xticks=[], xlabel=unit.name)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.use_sticky_edges = False
    axes.margins(**margins)
