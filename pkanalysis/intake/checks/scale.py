"""Figures that cannot both be right: a stage wrong by a factor."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from pkanalysis.intake.findings import Finding

MOST_TIMES = 100
"""Times that two totals may be apart."""
FAR, LEAST_PAIRS = 10, 5
"""Times that a ratio shared by most lines must be at least, and pairs of lines that it takes to say so."""


def factor(file: str, sheet: str, totals: dict[str, int]) -> list[Finding]:
    """A warning per neighbouring pair of totals of which one is at least :data:`MOST_TIMES` times the other.

    Parameters
    ----------
    file, sheet : str
        Where the totals were added up.
    totals : dict of str to int
        Rupiah per column, by its heading, in order; nought is passed over.

    Examples
    --------
    >>> [finding.value for finding in factor("a.csv", "a", {"SEBELUM": 5_000_000, "SESUDAH": 4_900})]
    ['SEBELUM 5000000, SESUDAH 4900']
    >>> factor("a.csv", "a", {"SEBELUM": 5_000_000, "SESUDAH": 0})
    []
    """
    filled = [(title, abs(total)) for title, total in totals.items() if total]
    rule = "kedua jumlah berbeda lebih dari 100 kali, seperti bila satu kolom ditulis dalam ribuan"
    return [
        Finding("peringatan", file, sheet, "", second, f"{first} {one}, {second} {two}", rule,
                "periksa satuan kolomnya")
        for (first, one), (second, two) in pairwise(filled)
        if max(one, two) >= MOST_TIMES * min(one, two)
    ]  # fmt: skip


def common_ratio(new: pd.Series, old: pd.Series) -> float | None:
    """The ratio that most pairs of figures share and that is :data:`FAR` times or more, else ``None``.

    Parameters
    ----------
    new, old : pandas.Series
        Rupiah of the same lines; pairs with nought tell nothing.

    Examples
    --------
    >>> common_ratio(pd.Series([5000, 7000, 9000, 2000, 4]), pd.Series([5, 7, 9, 2, 4]))
    1000.0
    >>> common_ratio(pd.Series([50, 70, 90, 20, 4]), pd.Series([100, 140, 180, 40, 8])) is None
    True
    """
    is_filled = new.ne(0) & old.ne(0)
    ratios = new[is_filled].astype(float) / old[is_filled].astype(float)
    middle = float(ratios.median()) if len(ratios) >= LEAST_PAIRS else 1.0
    is_far = middle >= FAR or 0 < middle <= 1 / FAR
    return middle if is_far and (ratios / middle - 1).abs().le(0.01).mean() > 0.5 else None
