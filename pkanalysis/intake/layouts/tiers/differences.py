"""Printed differences of a form against the figures that they are of."""

from __future__ import annotations

from collections.abc import Iterable

from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.tiers.rows import Form

CHANGES = (("sesudah", "sebelum"), ("sesudah", "anggaran"))
REMAINDERS = (("realisasi", "sesudah"), ("realisasi", "anggaran"))


def is_met(form: Form, printed: int | None, sums: Iterable[int]) -> bool:
    """Whether a printed figure is one of the sums, but for the sen that were rounded off."""
    return printed is None or any(abs(printed - value) <= form.slack for value in sums)


def differences(form: Form) -> list[Finding]:
    """A warning per row whose printed difference is not that of its figures, taken off as most rows have it."""
    own = set(form.measures)
    ends = [pair for pair in (*CHANGES, *REMAINDERS) if own.issuperset(pair)]
    meant = {"selisih": ends, "sisa": [pair for pair in ends if pair in REMAINDERS]}
    return [
        finding
        for column, pairs in meant.items() if pairs and column in own
        for finding in _differing(form, column, pairs)
    ]  # fmt: skip


def _differing(form: Form, column: str, pairs: list[tuple[str, str]]) -> list[Finding]:
    """Warnings by the pair of measures, and the way round, that most rows agree with."""
    printed = [row.figures.get(column) for row in form.rows]
    ways = [(after, before, sign) for after, before in pairs for sign in (1, -1)]
    actual = [
        [sign * ((row.figures[after] or 0) - (row.figures[before] or 0)) for row in form.rows]
        for after, before, sign in ways
    ]
    best = max(actual, key=lambda way: sum(map(lambda one, two: is_met(form, one, [two]), printed, way)))
    return [
        form.finding("peringatan", row, column, str(one), f"selisih yang benar {two}",
                     "periksa kedua angka di baris ini")
        for row, one, two in zip(form.rows, printed, best, strict=True) if not is_met(form, one, [two])
    ]  # fmt: skip
