"""Every OPD before and after, on a scale where equal lengths are equal shares.

Net sources and uses by the sectors of the SE; never from one to another.

The cut of every OPD by efficiency category, in per cent.

What the figures of budget efficiency share: short names, a unit that fits, and a block around the drawing.

One OPD among those of its kind; a place in the field, not a rank.

Every OPD by how much it cut its travel, against the rule.

From one stage to the next: what fell by category, what rose, and where that leads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from textwrap import fill
from typing import Any

import pandas as pd

from pkanalysis.analysis.budget.accounts import classify, is_targeted
from pkanalysis.analysis.budget.changes import Reallocation, total
from pkanalysis.analysis.budget.directive import TRANSFER, reasons
from pkanalysis.show import words
from pkanalysis.show.blocks import Figure, Note, Phrase
from pkanalysis.show.cells import count, measured, percent, rupiah
from pkanalysis.show.drawing import BLUE, GREEN, GREY, NARROW, ORANGE, style, svg
from pkanalysis.show.setting import Setting
from pkanalysis.show.values import Value

ROW = 0.175
"""Height of one line of a tall figure in inches: 42 OPD and the head fill one A4 page."""
LONGEST = 22
"""Signs of a name that stand beside a bar on a 390 px screen."""
SPOKEN = 16
"""Values that the words for a figure name; nobody listens to hundreds of them."""


@dataclass(frozen=True)
class Unit:
    """The unit of an axis: its name, and the rupiah that one of it is."""

    name: str
    rupiah: int

    def value(self, raw: float) -> Value:
        """An amount in this unit with one decimal."""
        return Value(float(raw) / self.rupiah, "angka", 1)


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


def named(codes: Iterable[str], names: Mapping[str, str]) -> list[str]:
    """The names of codes; a code that has none stands for itself."""
    return [names.get(code, code) for code in codes]


def figure(setting: Setting, name: str, caption: str, values: dict[str, Value], svg: str, **block: Any) -> Figure:
    """A figure block; the words for it name its first values, those that say the finding."""
    named = [f"{label} {value}" for label, value in values.items()]
    rest = ["nilai lainnya pada tabel di bagian ini dan pada XLSX"] if len(named) > SPOKEN else []
    alt = "; ".join([*named[:SPOKEN], *rest])
    return Figure(name, caption, setting.is_sample, svg=svg, values=values, alt=alt, **block)


def sentence(setting: Setting, name: str, text: str) -> Note:
    """The block in the place of a figure that has nothing to show."""
    return Note(name, "", setting.is_sample, items=(Phrase(text),))


AMOUNTS = ["pagu_sebelum_rp", "pagu_sesudah_rp"]
MOST_TICKS = 7


def before_after(setting: Setting, changes: pd.DataFrame, names: Mapping[str, str], subject: str) -> Figure | Note:
    """A white dot before, a filled one after, joined by a line; the largest before first.

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
        return sentence(
            setting, "gambar-sebelum-sesudah", f"Tidak ada pagu {subject} pada kedua tahap; gambar tidak dibuat."
        )
    rows = rows.assign(nama=named(rows["kode_opd"], names)).sort_values(AMOUNTS, ascending=False, kind="stable")
    before, after = (int(rows[name].sum()) for name in AMOUNTS)
    down = int(rows["selisih_rp"].lt(0).sum())
    values = {
        "OPD turun": count(down),
        "jumlah OPD": count(len(rows)),
        "seluruhnya sebelum": rupiah(before),
        "seluruhnya sesudah": rupiah(after),
        "perubahan": percent(100 * (after - before) / before if before else None),
    }
    every = zip(rows["nama"], *(rows[name] for name in AMOUNTS), strict=True)
    pairs = {
        f"{name} {word}": rupiah(amount)
        for name, *pair in every
        for word, amount in zip(("sebelum", "sesudah"), pair, strict=True)
    }
    unit = unit_of(rows["pagu_sebelum_rp"])
    return figure(
        setting,
        "gambar-sebelum-sesudah",
        f"{words.heading(subject)} turun di {values['OPD turun']} dari {values['jumlah OPD']} OPD: "
        f"{values['seluruhnya sebelum']} menjadi {values['seluruhnya sesudah']}",
        values | pairs,
        _draw(rows, unit, setting.is_sample),
        unit=f"{unit.name}, skala logaritma",
        note="Lingkaran kosong = sebelum, terisi = sesudah; jingga = naik. Jarak yang sama berarti persentase yang "
        "sama. Tanda silang di tepi = nol." + _left_out(len(sums) - len(rows)),
        source=setting.budget_source,
    )


def _left_out(number: int) -> str:
    return " OPD tanpa pagu pada kedua tahap atau dengan pagu negatif tidak digambar." if number else ""


def _ticks(low: float, high: float) -> list[float]:
    """Round figures on a logarithmic axis, few enough to stand side by side on a phone.

    Examples
    --------
    >>> _ticks(0.4, 30), _ticks(120, 400)
    ([0.5, 1, 2, 5, 10, 20], [200])
    """
    every = [step * 10.0**power for power in range(-3, 7) for step in (1, 2, 5)]
    inside = [int(tick) if tick >= 1 else tick for tick in every if low <= tick <= high]
    return inside if len(inside) <= MOST_TICKS else [tick for tick in inside if f"{tick:e}"[0] == "1"]


def _draw(rows: pd.DataFrame, unit: Unit, is_sample: bool) -> str:
    import matplotlib.pyplot as plt

    amounts = rows[AMOUNTS].to_numpy(dtype="float64") / unit.rupiah
    floor = float(amounts[amounts > 0].min()) / 1.6
    first, last = amounts.clip(min=floor).T
    colours = [ORANGE if change > 0 else BLUE for change in rows["selisih_rp"]]
    places = list(range(len(rows)))
    with style():
        canvas, axes = plt.subplots(figsize=(NARROW, 0.8 + ROW * len(rows)))
        axes.set_xscale("log")
        axes.hlines(places, first, last, color=colours, linewidth=1.6, zorder=1)
        axes.scatter(first, places, s=16, facecolors="white", edgecolors=colours, zorder=2)
        axes.scatter(last, places, s=16, color=colours, zorder=3)
        zeros = [place for place, pair in zip(places, amounts, strict=True) if (pair == 0).any()]
        axes.scatter([floor] * len(zeros), zeros, s=26, marker="x", color="black", zorder=4)
        axes.set_yticks(places, [clipped(name) for name in rows["nama"]], fontsize=7)
        ticks = _ticks(floor, float(max(first.max(), last.max())))
        axes.set_xticks(ticks, [str(measured(tick)) for tick in ticks], fontsize=7)
        axes.minorticks_off()
        axes.set_xlabel(unit.name, fontsize=8)
        axes.grid(visible=True, axis="x", color="#dddddd")
        axes.grid(visible=False, axis="y")
        axes.spines["left"].set_color(GREY)
        axes.margins(y=0.012)
        axes.invert_yaxis()
        return svg(canvas, is_sample)


SECTORS = {"infrastruktur_sanitasi": "infrastruktur dan sanitasi", "inflasi_pangan": "inflasi dan harga pangan"}


def sources_and_uses(setting: Setting, moved: Reallocation) -> Figure | Note:
    """Bars to the right for sectors that rose, to the left for those that fell.

    Parameters
    ----------
    moved : Reallocation
        Result of :func:`pkanalysis.analysis.budget.changes.reallocation` by ``sektor``.
    """
    rows = moved.rows[moved.rows["arah"].ne("tetap")]
    if rows.empty:
        return sentence(
            setting, "gambar-sumber-penggunaan", "Tidak ada bidang yang pagunya berubah; gambar tidak dibuat."
        )
    labels = [SECTORS.get(code, words.category(code)) for code in rows["sektor"].astype(str)]
    unit = unit_of(rows["selisih_rp"])
    return figure(
        setting,
        "gambar-sumber-penggunaan",
        _caption(labels, rows["selisih_rp"].tolist()),
        {label: rupiah(amount) for label, amount in zip(labels, rows["selisih_rp"], strict=True)},
        _flows_draw([words.heading(label) for label in labels], rows["selisih_rp"].tolist(), unit, setting.is_sample),
        unit=f"{unit.name}, neto per bidang",
        note="Bidang prioritas menurut SE 900/833/SJ; pemetaan bidang urusan adalah pertimbangan. Neto: pengurangan "
        "dan penambahan di dalam satu bidang saling menutup. Data tidak menunjukkan rupiah berpindah dari satu "
        "bidang ke bidang lain.",
        source=setting.budget_source,
    )


def _caption(labels: list[str], amounts: list[int]) -> str:
    said = []
    if amounts[0] > 0:
        said.append(f"Penggunaan bersih terbesar {labels[0]} ({rupiah(amounts[0])})")
    if amounts[-1] < 0:
        said.append(f"{'s' if said else 'S'}umber bersih terbesar {labels[-1]} ({rupiah(-amounts[-1])})")
    return "; ".join(said)


def _flows_draw(labels: list[str], amounts: list[int], unit: Unit, is_sample: bool) -> str:
    import matplotlib.pyplot as plt

    shown = [amount / unit.rupiah for amount in amounts]
    with style():
        canvas, axes = plt.subplots(figsize=(NARROW, 0.6 + 0.34 * len(labels)))
        drawn = axes.barh(range(len(labels)), shown, height=0.66)
        for bar, amount in zip(drawn, amounts, strict=True):
            bar.set_facecolor(BLUE if amount > 0 else ORANGE)
        axes.bar_label(drawn, [f"{'+' if raw > 0 else ''}{unit.value(raw)}" for raw in amounts], padding=3, fontsize=8)
        axes.axvline(0, color="black", linewidth=0.8)
        axes.set_yticks(range(len(labels)), [fill(label, LONGEST) for label in labels], fontsize=8)
        axes.set(xticks=[], xlabel=unit.name)
        axes.grid(visible=False)
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)
        axes.use_sticky_edges = False  # room for the figures beside the bars
        axes.margins(x=0.2)
        axes.invert_yaxis()
        return svg(canvas, is_sample)


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
        return sentence(setting, "gambar-peta", "Tidak ada pos sasaran pada tahap sebelumnya; gambar tidak dibuat.")
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
        "gambar-peta",
        _heatmap_caption(labels, whole["persen"].tolist(), int(deepest)),
        values | cells,
        _heatmap_draw(grid.to_numpy(), labels, [clipped(name) for name in offices], setting.is_sample),
        unit="perubahan, persen dari pagu sebelumnya",
        note="Biru = turun, jingga = naik, kosong = tidak ada pagu sebelumnya. Pos sasaran Inpres 1/2025 dengan "
        "keyakinan pasti dan taksiran" + (", yang terbesar menurut pagu." if len(whole) == COLUMNS else "."),
        source=setting.budget_source,
    )


def _heatmap_caption(labels: list[str], shares: list[float], deepest: int) -> str:
    if shares[deepest] >= 0:
        return f"Tidak ada penurunan pada {count(len(labels))} kelompok pos sasaran"
    named = f"{labels[deepest]} turun {percent(-shares[deepest])}"
    return named if len(labels) == 1 else f"{named}, paling dalam di antara kelompok pos sasaran"


def _heatmap_draw(grid: Any, labels: list[str], offices: list[str], is_sample: bool) -> str:
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
            setting,
            "gambar-sejenis",
            "Kurang dari empat OPD sejenis berdata; kedudukan di antara OPD sejenis tidak digambar.",
        )
    kind = words.stored("jenis_opd", rows["jenis"].iloc[0]).lower()
    values = {
        f"{MEASURES[name]}, {who}": percent(share)
        for name, field in shown.items()
        for who, share in (("OPD ini", field[setting.code]), ("median sejenis", field.median()))
    }
    return figure(
        setting,
        "gambar-sejenis",
        _peers_caption(shown, setting.code, kind),
        {f"OPD {kind}": count(len(rows))} | values,
        _peers_draw(list(shown.items()), setting),
        unit="persen",
        note="Biru = OPD ini, abu-abu = OPD lain yang sejenis, garis = median. Bukan peringkat: tugas dan indikator "
        "tiap OPD berbeda.",
        source="tabel turunan ringkasan_opd",
    )


def _peers_caption(shown: dict[str, pd.Series], code: str, kind: str) -> str:
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


def _peers_draw(shown: list[tuple[str, pd.Series]], setting: Setting) -> str:
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


def ranked_cut(setting: Setting, tests: pd.DataFrame, names: Mapping[str, str]) -> Figure | Note:
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
        return sentence(
            setting, "gambar-peringkat", "Tidak ada perjalanan dinas pada pagu murni; pengurangan tidak digambar."
        )
    rows = rows.assign(turun=-rows["persen"], nama=named(rows["kode_opd"], names))
    rows = rows.sort_values("turun", ascending=False, kind="stable")
    rate, short = percent(100 * setting.saving.travel_rate, 0), rows["status"].eq("belum")
    values = {
        "ketentuan": rate,
        "belum": count(short.sum()),
        "jumlah OPD": count(len(rows)),
        "selisih": rupiah(rows["kekurangan_rp"].sum()),
    }
    shares = {name: percent(share) for name, share in zip(rows["nama"], rows["turun"], strict=True)}
    return figure(
        setting,
        "gambar-peringkat",
        _ranking_caption(int(short.sum())).format_map(values),
        values | shares,
        _ranking_draw(rows, setting),
        unit="pengurangan perjalanan dinas, persen dari pagu murni",
        note="Jingga dan bergaris = belum mencapai ketentuan. Batang ke kiri berarti naik.",
        source=setting.budget_source,
    )


def _ranking_caption(short: int) -> str:
    if not short:
        return "Seluruh {jumlah OPD} OPD menurunkan perjalanan dinas {ketentuan} atau lebih"
    return "{belum} dari {jumlah OPD} OPD belum menurunkan perjalanan dinas {ketentuan}; jumlah selisih {selisih}"


def _ranking_draw(rows: pd.DataFrame, setting: Setting) -> str:
    import matplotlib.pyplot as plt

    places, rate = range(len(rows)), 100 * setting.saving.travel_rate
    with style():
        canvas, axes = plt.subplots(figsize=(NARROW, 0.7 + ROW * len(rows)))
        drawn = axes.barh(places, rows["turun"], height=0.74, color=BLUE)
        for bar, status in zip(drawn, rows["status"], strict=True):
            if status == "belum":
                bar.set(facecolor=ORANGE, hatch="////", edgecolor="white", linewidth=0)
        axes.bar_label(drawn, [str(percent(share)) for share in rows["turun"]], padding=2, fontsize=7)
        axes.axvline(rate, color="black", linewidth=1)
        axes.set_yticks(places, [clipped(name) for name in rows["nama"]], fontsize=7)
        axes.set_xlim(min(0, rows["turun"].min() * 1.25), max(rate, rows["turun"].max()) * 1.25)
        axes.set_xticks([0, rate], ["0%", f"{percent(rate, 0)} = ketentuan"], fontsize=8)
        axes.grid(visible=False)
        axes.spines["left"].set_color(GREY)
        axes.invert_yaxis()
        axes.margins(y=0.01)
        return svg(canvas, setting.is_sample)


NAMED = 4
"""Target categories with a bar of their own, the largest decreases; the others share one."""
TRANSFERRED, OTHER_TARGETS, OTHERS, RISEN = "akibat TKD", "pos sasaran lain", "pos di luar sasaran", "penambahan"


@dataclass(frozen=True)
class Move:
    """One bar: ``rupiah`` signed; of a ``stage`` it is the level that was reached, else a change."""

    label: str
    rupiah: int
    is_stage: bool = False


def waterfall(setting: Setting, steps: pd.DataFrame, causes: pd.DataFrame | None = None) -> Figure | Note:
    """Bars of every decrease by category and of the increase, from stage to stage.

    Parameters
    ----------
    steps, causes : DataFrame
        As for :func:`pkanalysis.analysis.budget.directive.reasons`; one step or several in order.
    """
    every = [(str(stage), step) for stage, step in steps.groupby("tahap_sesudah", sort=False)]
    if not any(step["selisih_rp"].ne(0).any() for _, step in every):
        return sentence(setting, "gambar-air-terjun", "Belum ada perubahan antartahap yang dapat digambar.")
    base = int(every[0][1]["pagu_sebelum_rp"].sum())
    first = setting.stage_name(str(every[0][1]["tahap_sebelum"].iloc[0]))
    moves = [Move(first, base, is_stage=True)]
    for stage, step in every:
        moves += [*_moves(step, causes), Move(setting.stage_name(stage), int(step["pagu_sesudah_rp"].sum()), True)]
    unit = unit_of(move.rupiah for move in moves if not move.is_stage)
    values = {label: rupiah(amount) for label, amount in _labelled(moves)}
    return figure(
        setting,
        "gambar-air-terjun",
        "; ".join(_waterfall_said(setting.stage_name(stage), step) for stage, step in every),
        values,
        _waterfall_draw(moves, unit, setting.is_sample),
        unit=f"{unit.name}; garis tegak = {first}",
        note="Pengurangan dan penambahan kotor pada tingkat baris belanja. Bagian akibat TKD (KMK 29/2025) bukan "
        "pilihan daerah. Sumbu menunjukkan perubahan dari tahap pertama, bukan dari nol.",
        source=setting.budget_source,
    )


def _moves(step: pd.DataFrame, causes: pd.DataFrame | None) -> Iterator[Move]:
    """Decreases by category, the largest first, then what is left, the transfer, and the increase."""
    down = step["pengurangan_rp"]
    is_transfer = reasons(step, causes).isin(TRANSFER)
    kinds = classify(step["kode_rekening"])["kategori"].where(is_targeted(step["kode_rekening"]), "")
    sums = down[~is_transfer].groupby(kinds[~is_transfer]).sum().sort_values(ascending=False, kind="stable")
    targets = sums[sums.gt(0)].drop("", errors="ignore")
    yield from (Move(words.category(str(code)), -int(amount)) for code, amount in targets.head(NAMED).items())
    rest = {
        OTHER_TARGETS: int(targets.iloc[NAMED:].sum()),
        OTHERS: int(sums.get("", 0)),
        TRANSFERRED: int(down[is_transfer].sum()),
    }
    yield from (Move(label, -amount) for label, amount in rest.items() if amount)
    if rise := int(step["penambahan_rp"].sum()):
        yield Move(RISEN, rise)


def _labelled(moves: list[Move]) -> Iterator[tuple[str, int]]:
    """Each move with the stage that it leads to."""
    for place, move in enumerate(moves):
        stage = next(later.label for later in moves[place:] if later.is_stage)
        yield (move.label if move.is_stage else f"{stage}: {move.label}"), move.rupiah


def _waterfall_said(stage: str, step: pd.DataFrame) -> str:
    down, up, net = (int(step[name].sum()) for name in ("pengurangan_rp", "penambahan_rp", "selisih_rp"))
    if not down and not up:
        return f"{stage}: tidak berubah"
    word = "tetap" if not net else f"{'turun' if net < 0 else 'naik'} {rupiah(abs(net))}"
    return f"{stage}: berkurang {rupiah(down)} dan bertambah {rupiah(up)}, bersih {word}"


def _text(move: Move, unit: Unit) -> str:
    """A change with its sign, a stage with its whole amount."""
    return f"{'+' if move.rupiah > 0 and not move.is_stage else ''}{unit.value(move.rupiah)}"


def _waterfall_draw(moves: list[Move], unit: Unit, is_sample: bool) -> str:
    import matplotlib.pyplot as plt

    base, level = moves[0].rupiah, 0.0
    with style():
        canvas, axes = plt.subplots(figsize=(NARROW, 0.6 + 0.26 * len(moves)))
        for place, move in enumerate(moves):
            size = (move.rupiah - base if move.is_stage else move.rupiah) / unit.rupiah
            colour = GREY if move.is_stage else BLUE if move.rupiah < 0 else GREEN
            colour = ORANGE if move.label == TRANSFERRED else colour
            start = 0.0 if move.is_stage else level
            drawn = axes.barh(place, size, left=start, height=0.68, color=colour)
            axes.bar_label(drawn, [_text(move, unit)], padding=3, fontsize=8)
            level = start + size
        axes.axvline(0, color="black", linewidth=0.8)
        axes.set_yticks(range(len(moves)), [words.heading(move.label) for move in moves], fontsize=8)
        for tick, move in zip(axes.get_yticklabels(), moves, strict=True):
            tick.set_fontweight("bold" if move.is_stage else "normal")
        axes.set(xticks=[], xlabel=unit.name)
        axes.grid(visible=False)
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)
        axes.use_sticky_edges = False  # room for the figures beside the bars
        axes.margins(x=0.18, y=0.02)
        axes.invert_yaxis()
        return svg(canvas, is_sample)
