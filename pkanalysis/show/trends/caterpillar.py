"""Caterpillar of shrunken slopes: every indicator, the good direction to the right (annex)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pkanalysis.show import drawing
from pkanalysis.show.blocks import Figure, Note, Phrase
from pkanalysis.show.cells import count
from pkanalysis.show.setting import Setting
from pkanalysis.show.values import Value

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Z = 1.959964
NAMED = 4
"""Indicators named at each end."""


def caterpillar(setting: Setting, verdicts: pd.DataFrame, indicators: pd.DataFrame) -> Figure | Note:
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
        svg=_draw(rows, ends, setting.is_sample),
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
    sign = rows["polaritas"].map({"naik_baik": 1.0, "turun_baik": -1.0}).astype("float64")
    rows = rows.assign(baik=sign * rows["kemiringan_baku"]).dropna(subset=["baik", "se_baku"])
    rows = rows.assign(bawah_baik=rows["baik"] - Z * rows["se_baku"], atas_baik=rows["baik"] + Z * rows["se_baku"])
    return rows.sort_values(["baik", "kode_indikator"], kind="stable", ignore_index=True)


def _draw(rows: pd.DataFrame, ends: pd.DataFrame, is_sample: bool) -> str:
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
