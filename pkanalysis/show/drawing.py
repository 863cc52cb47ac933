"""Drawing figures: one look for all of them, SVG whose bytes depend on nothing but the data, and common charts."""

from __future__ import annotations

import io
import logging
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from textwrap import fill
from typing import TYPE_CHECKING, Any

import pandas as pd

from pkanalysis.show.values import measured

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Okabe-Ito colours: told apart with any colour vision and in grey print.
BLUE = "#0072B2"
ORANGE = "#D55E00"
GREEN = "#009E73"
PURPLE = "#CC79A7"
GREY = "#6B6B6B"
PALETTE = (BLUE, ORANGE, GREEN, PURPLE, GREY)

NARROW = 4.1
"""Width in inches that fills a 390 px screen at the printed size of the text."""
WIDE = 7.2
"""Width in inches of a page."""

_LOOK = {
    "font.family": ["DejaVu Sans", "Last Resort High-Efficiency"],  # a box for a sign that no font has
    "text.parse_math": False,  # names may hold a dollar sign
    "font.size": 9,
    "axes.titlesize": 9,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "figure.constrained_layout.use": True,
}

# The last-resort font has one weight only; matplotlib would say so in every report.
logging.getLogger("matplotlib.font_manager").addFilter(lambda record: "Last Resort" not in record.getMessage())


@contextmanager
def style() -> Iterator[None]:
    """The look of every figure; draw inside it and leave the caller's settings alone."""
    import matplotlib as mpl
    import seaborn as sns

    with mpl.rc_context():
        sns.set_theme(context="paper", style="whitegrid", palette=PALETTE, rc=_LOOK)
        yield


@contextmanager
def canvas(
    height: float, width: float = NARROW, rows: int = 1, columns: int = 1, **more: Any
) -> Iterator[tuple[Figure, Any]]:
    """A figure of that size in inches and its axes (an array where there are several), in the look of the house.

    Examples
    --------
    >>> with canvas(1.5) as (figure, axes):
    ...     _ = axes.barh(["murni", "pergeseran"], [74, 37], color=BLUE)
    ...     svg(figure, is_sample=True)[:5]
    '<?xml'
    """
    import matplotlib.pyplot as plt

    with style():
        yield plt.subplots(rows, columns, figsize=(width, height), **more)


def numbers(axes: Axes, which: str = "xy", digits: int = 3, size: float | None = None) -> None:
    """Indonesian numbers on the axes, with as many decimals as the ticks need and at most ``digits``."""
    for name in which:
        axis = axes.xaxis if name == "x" else axes.yaxis
        axis.set_major_formatter(lambda value, _: str(measured(round(value, digits))))
        if size:
            axis.set_tick_params(labelsize=size)


def shortened(name: str, width: int = 32, lines: int = 2) -> str:
    """A name on so many lines of so many letters, the rest left out.

    Examples
    --------
    >>> shortened("Dinas Pendidikan dan Kebudayaan", 16, 1)
    'Dinas…'
    """
    return fill(name, width, max_lines=lines, placeholder="…")


def svg(figure: Figure, is_sample: bool) -> str:
    """The drawn ``figure`` as SVG text, text as paths; the figure is closed.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    is_sample : bool
        Write DATA CONTOH across the picture, so that a copy of it alone still says so.
    """
    import matplotlib as mpl
    import matplotlib.pyplot as plt

    if is_sample:
        figure.text(0.5, 0.5, "DATA CONTOH", rotation=20, ha="center", va="center", fontsize=26, color=GREY, alpha=0.18)
    buffer = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": "pkanalysis", "svg.fonttype": "path"}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    plt.close(figure)
    return buffer.getvalue()


def small_multiples(series: Sequence[tuple[str, pd.DataFrame]], is_sample: bool) -> str:
    """One small chart per named indicator: values by year (gaps stay open), targets as crosses (two of a range)."""
    columns = 3 if len(series) in (3, 5, 6) else max(1, min(4, len(series)))
    rows = max(1, math.ceil(len(series) / columns))
    with canvas(0.3 + 1.6 * rows, WIDE, rows, columns, squeeze=False) as (figure, grid):
        for axes in grid.flat[len(series) :]:
            axes.set_visible(False)
        for axes, (name, frame) in zip(grid.flat, series, strict=False):
            axes.set_title(shortened(name, 20 if columns == 4 else 32, 3), fontsize=8)
            by_year(axes, frame)
            axes.margins(x=0.08, y=0.25)
        return svg(figure, is_sample)


def by_year(axes: Axes, frame: pd.DataFrame, until: int = 0, **ticks: Any) -> None:
    """Values by year (gaps stay open) and targets as crosses; the axis goes on to the year ``until``."""
    known = frame.set_index("tahun").sort_index()
    first, last = int(known.index.min()), int(known.index.max())
    full = known.reindex(range(first, last + 1))
    axes.plot(full.index, full["realisasi"], color=BLUE, marker="o", markersize=4, linewidth=1.4)
    aims = full.reindex(columns=["target", "target_atas"])
    axes.plot(full.index, aims, color=ORANGE, marker="x", markersize=5, linestyle="none")
    years = range(first, max(last, until) + 1)
    axes.set_xticks(years, [f"{year % 100:02d}" for year in years], **ticks)
    numbers(axes, "y")
