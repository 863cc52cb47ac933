"""Parent and total rows in a list of lines: what they say the lines add up to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from pkanalysis import codes
from pkanalysis.intake.cells.wordrows import TOTAL
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.headings.grid import Grid

_CODED = re.compile(r"X?\d[\d.,]{4,}")
_AMOUNT = re.compile(r"\d{5,}")
"""A code or an amount, which a year is not; and an amount that stands among codes."""
LEVELS = ("kode_opd", "kode_sub_unit", "kode_program", "kode_kegiatan", "kode_sub_kegiatan")


def totals(above: Grid, lines: pd.DataFrame, measures: Sequence[str] = ("pagu_rp",)) -> list[Finding]:
    """A warning per amount of a parent or total row that is not the sum of the lines that it stands for.

    Parameters
    ----------
    above : Grid
        The parent and total rows of the sheet.
    lines : pandas.DataFrame
        The lines with an account: codes in their one form, and rupiah per measure.
    measures : sequence of str
        Columns of rupiah in both.
    """
    if not len(above):
        return []
    own = {name: above.texts(name) if name in LEVELS[:2] else above.activities(name) for name in LEVELS}
    accounts = above.texts("kode_rekening")
    findings = _empty(above, measures)
    for measure in measures:
        printed, wrong = above.amounts(measure)
        findings += [replace(item, severity="peringatan") for item in wrong]
        for line in printed[printed.fillna(0) != 0].index:
            is_in = _under(lines, {name: column[line] for name, column in own.items()}, accounts[line])
            added = int(lines.loc[is_in, measure].sum())
            block = added if not is_in.all() else int(lines.loc[_since(above, line, lines), measure].sum())
            if int(printed[line]) not in (added, block):
                rule = f"jumlah ini tidak sama dengan jumlah barisnya, {added}; yang dipakai adalah barisnya"
                remedy = "periksa baris yang kurang, ganda atau berubah"
                findings.append(above.finding("peringatan", line, measure, str(printed[line]), rule, remedy))
    return findings


def _since(above: Grid, line: int, lines: pd.DataFrame) -> pd.Series:
    """Whether each line stands between the parent or total row before and this one, as the lines of one office do."""
    before = above.rows[line - 1] if line else 0
    return lines["baris"].between(before, above.rows[line], inclusive="neither")


def _empty(above: Grid, measures: Sequence[str]) -> list[Finding]:
    """A warning per row without an amount that calls itself a total, or has codes as most rows with an amount have."""
    has_amount = list(map(any, zip(*(above.texts(measure) for measure in measures), strict=True)))
    words = list(zip(*(above.texts(name) for name in above.cells if name not in measures), strict=True))
    is_coded = [any(map(_CODED.fullmatch, labels)) for labels in words]
    coded = [has for has, is_code in zip(has_amount, is_coded, strict=True) if is_code]
    accounts = zip(above.texts("kode_rekening"), above.texts("nama_rekening"), strict=True)
    is_moved = [any(map(_AMOUNT.fullmatch, account)) for account in accounts]
    rule, remedy = "baris jumlah ini tidak punya angka di kolomnya", "periksa apakah barisnya bergeser"
    return [
        above.finding("peringatan", line, measures[0], "", rule, remedy)
        for line, labels in enumerate(words)
        if not has_amount[line]
        and (is_moved[line] or any(map(TOTAL.match, labels)) or (is_coded[line] and 2 * sum(coded) > len(coded)))
    ]


def _under(lines: pd.DataFrame, own: dict[str, str], account: str) -> pd.Series:
    """Whether each line stands under every code of a row; all lines do when it has none."""
    is_in = pd.Series(True, index=lines.index)
    for name, code in own.items():
        if name in lines and re.search(r"\d", code):
            is_in &= lines[name].eq(code)
    if codes.key(account):
        is_in &= lines["kode_rekening"].str.startswith(f"{codes.canonical(account)}.")
    return is_in
