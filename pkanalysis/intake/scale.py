"""Figures that cannot both be right: a stage wrong by a factor, and spending above the budget."""

from __future__ import annotations

from itertools import pairwise

from pkanalysis.intake.findings import Finding

MOST_TIMES = 100


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
