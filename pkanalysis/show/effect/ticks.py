"""Numbers on the axes."""

from __future__ import annotations

from pkanalysis.show.values import text


def plain_ticks(axes: object, which: str = "both") -> None:
    """Indonesian numbers on the axes, with as many decimals as the ticks need."""
    for name in ("x", "y") if which == "both" else (which,):
        axis = getattr(axes, f"{name}axis")
        axis.set_major_formatter(lambda value, _: text(round(value, 1), "angka", 0 if value == round(value) else 1))
        axis.set_tick_params(labelsize=8)
