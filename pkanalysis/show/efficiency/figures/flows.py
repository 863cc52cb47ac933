"""Net sources and uses by the sectors of the SE; never from one to another."""

from __future__ import annotations

from textwrap import fill

from pkanalysis.analysis.budget.changes import Reallocation
from pkanalysis.show import words
from pkanalysis.show.blocks import Figure, Note
from pkanalysis.show.cells import rupiah
from pkanalysis.show.drawing import BLUE, NARROW, ORANGE, style, svg
from pkanalysis.show.efficiency.figures.naming import LONGEST, Unit, figure, sentence, unit_of
from pkanalysis.show.setting import Setting

NAME = "gambar-sumber-penggunaan"
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
        return sentence(setting, NAME, "Tidak ada bidang yang pagunya berubah; gambar tidak dibuat.")
    labels = [SECTORS.get(code, words.category(code)) for code in rows["sektor"].astype(str)]
    unit = unit_of(rows["selisih_rp"])
    return figure(
        setting,
        NAME,
        _caption(labels, rows["selisih_rp"].tolist()),
        {label: rupiah(amount) for label, amount in zip(labels, rows["selisih_rp"], strict=True)},
        _draw([words.heading(label) for label in labels], rows["selisih_rp"].tolist(), unit, setting.is_sample),
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


def _draw(labels: list[str], amounts: list[int], unit: Unit, is_sample: bool) -> str:
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
