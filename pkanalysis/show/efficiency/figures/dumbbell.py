"""Every OPD before and after, on a scale where equal lengths are equal shares."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pkanalysis.analysis.budget.changes import total
from pkanalysis.show import words
from pkanalysis.show.blocks import Figure, Note
from pkanalysis.show.cells import count, measured, percent, rupiah
from pkanalysis.show.drawing import BLUE, GREY, NARROW, ORANGE, style, svg
from pkanalysis.show.efficiency.figures.naming import ROW, Unit, clipped, figure, named, sentence, unit_of
from pkanalysis.show.setting import Setting

NAME = "gambar-sebelum-sesudah"
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
        return sentence(setting, NAME, f"Tidak ada pagu {subject} pada kedua tahap; gambar tidak dibuat.")
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
        NAME,
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
