"""Original against revised target: how far each target moved, easier to the left."""

from __future__ import annotations

import pandas as pd

from pkanalysis.show import drawing, words
from pkanalysis.show.blocks import Figure, Note, Phrase
from pkanalysis.show.cells import percent
from pkanalysis.show.setting import Setting
from pkanalysis.show.trends.labels import short_names

MOST = 24
"""Targets in one figure at most."""
LARGEST = " Hanya dua puluh empat perubahan terbesar yang digambar."


def moved(card: pd.DataFrame) -> pd.DataFrame:
    """Targets that the PK Perubahan moved, in per cent of the original, easier negative; the easiest first.

    Targets with a range, letters, or an original of zero have no such figure and are left out.

    Examples
    --------
    >>> card = pd.DataFrame({"kode_indikator": ["a", "b"], "polaritas": ["naik_baik", "turun_baik"],
    ...     "target_murni": [80.0, 10.0], "target_perubahan": [76.0, 9.0],
    ...     "perubahan_target": ["dilonggarkan", "diperketat"]})
    >>> moved(card)["geser_pct"].tolist()
    [-5.0, 10.0]
    """
    sign = card["polaritas"].map({"naik_baik": 1.0, "turun_baik": -1.0}).astype("float64")
    base = card["target_murni"].abs().where(card["target_murni"].ne(0))
    shift = 100 * sign * (card["target_perubahan"] - card["target_murni"]) / base
    rows = card.assign(geser_pct=shift)[card["perubahan_target"].isin(("dilonggarkan", "diperketat")) & shift.notna()]
    return rows.sort_values(["geser_pct", "kode_indikator"], kind="stable")


def targets_figure(setting: Setting, card: pd.DataFrame, offices: pd.DataFrame) -> Figure | Note:
    """Draw each target that moved, the largest moves first where there are many."""
    every = moved(card)
    if every.empty:
        text = "Tidak ada target yang dilonggarkan atau diperketat; gambar tidak dibuat."
        return Note("gambar-target", "", setting.is_sample, items=(Phrase(text),))
    chosen = every.loc[every["geser_pct"].abs().sort_values(ascending=False, kind="stable").index[:MOST]]
    rows = moved(chosen)
    short = rows["kode_opd"].map(short_names(offices, 18))
    labels = words.distinct(short + ": " + rows["nama_indikator"], rows["kode_indikator"])
    values = {label: percent(raw) for label, raw in zip(labels, rows["geser_pct"], strict=True)}
    return Figure(
        id="gambar-target",
        caption="Target PK Perubahan dibandingkan target PK murni",
        is_sample=setting.is_sample,
        unit="persen dari target awal",
        svg=_draw(labels, rows["geser_pct"], setting.is_sample),
        values=values,
        alt="Titik per target: " + "; ".join(f"{name} {value}" for name, value in values.items()),
        note="Kiri = lebih mudah, kanan = lebih sulit, menurut arah indikator."
        + (LARGEST if len(every) > MOST else ""),
        source="lembar 3_TARGET",
    )


def _draw(labels: list[str], shifts: pd.Series, is_sample: bool) -> str:
    import matplotlib.pyplot as plt

    places = range(len(labels))
    colours = [drawing.ORANGE if shift < 0 else drawing.BLUE for shift in shifts]
    with drawing.style():
        figure, axes = plt.subplots(figsize=(drawing.NARROW, 0.7 + 0.21 * len(labels)))
        axes.hlines(places, 0, shifts, color=colours, linewidth=1.4)
        axes.scatter(shifts, places, color=colours, s=20, zorder=3)
        axes.axvline(0, color="black", linewidth=0.9)
        axes.set_yticks(places, [label if len(label) <= 34 else f"{label[:33]}…" for label in labels], fontsize=6.5)
        axes.invert_yaxis()
        axes.set_xlabel("% dari target awal", fontsize=8)
        axes.xaxis.set_major_formatter(lambda value, _: str(percent(value, 0)))
        axes.grid(axis="y", visible=False)
        return drawing.svg(figure, is_sample)
