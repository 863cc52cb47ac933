"""From one stage to the next: what fell by category, what rose, and where that leads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from pkanalysis.analysis.budget.accounts import classify, is_targeted
from pkanalysis.analysis.budget.directive import TRANSFER, reasons
from pkanalysis.show import words
from pkanalysis.show.blocks import Figure, Note
from pkanalysis.show.cells import rupiah
from pkanalysis.show.drawing import BLUE, GREEN, GREY, NARROW, ORANGE, style, svg
from pkanalysis.show.efficiency.figures.naming import Unit, figure, sentence, unit_of
from pkanalysis.show.setting import Setting

NAME = "gambar-air-terjun"
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
        return sentence(setting, NAME, "Belum ada perubahan antartahap yang dapat digambar.")
    base = int(every[0][1]["pagu_sebelum_rp"].sum())
    first = setting.stage_name(str(every[0][1]["tahap_sebelum"].iloc[0]))
    moves = [Move(first, base, is_stage=True)]
    for stage, step in every:
        moves += [*_moves(step, causes), Move(setting.stage_name(stage), int(step["pagu_sesudah_rp"].sum()), True)]
    unit = unit_of(move.rupiah for move in moves if not move.is_stage)
    values = {label: rupiah(amount) for label, amount in _labelled(moves)}
    return figure(
        setting,
        NAME,
        "; ".join(_said(setting.stage_name(stage), step) for stage, step in every),
        values,
        _draw(moves, unit, setting.is_sample),
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


def _said(stage: str, step: pd.DataFrame) -> str:
    down, up, net = (int(step[name].sum()) for name in ("pengurangan_rp", "penambahan_rp", "selisih_rp"))
    if not down and not up:
        return f"{stage}: tidak berubah"
    word = "tetap" if not net else f"{'turun' if net < 0 else 'naik'} {rupiah(abs(net))}"
    return f"{stage}: berkurang {rupiah(down)} dan bertambah {rupiah(up)}, bersih {word}"


def _text(move: Move, unit: Unit) -> str:
    """A change with its sign, a stage with its whole amount."""
    return f"{'+' if move.rupiah > 0 and not move.is_stage else ''}{unit.value(move.rupiah)}"


def _draw(moves: list[Move], unit: Unit, is_sample: bool) -> str:
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
