"""Drawing figures: one look for all of them, and SVG whose bytes depend on nothing but the data."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
    """The look of every figure; draw inside it and leave the caller's settings alone.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> with style():
    ...     figure, axes = plt.subplots(figsize=(NARROW, 1.5))
    ...     _ = axes.barh(["murni", "pergeseran"], [74, 37], color=BLUE)
    >>> svg(figure, is_sample=True)[:5]
    '<?xml'
    """
    import matplotlib as mpl
    import seaborn as sns

    with mpl.rc_context():
        sns.set_theme(context="paper", style="whitegrid", palette=PALETTE, rc=_LOOK)
        yield


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
