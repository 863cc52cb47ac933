"""Twelve months beside what they add up to: quarters, JUMLAH and pagu; monthly or cumulative."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pkanalysis.intake.cells.dates import MONTHS, SPELLINGS
from pkanalysis.intake.headings.columns import Field

MONTH_FIELDS = tuple(
    Field(names[0], (*names, f"bulan {number}", f"bln {number}", f"rak {names[0]}", f"bulan {names[0]}"))
    for number, names in enumerate(SPELLINGS, 1)
)
"""The twelve months as columns of a list."""

QUARTERS = ("triwulan 1", "triwulan 2", "triwulan 3", "triwulan 4")
WHOLE = ("jumlah", "pagu")
"""Columns that hold the sum of all twelve months, beside the months ``1`` to ``12`` and :data:`QUARTERS`."""
CUMULATIVE = "kolom bulan berisi angka kumulatif: Desember sama dengan jumlah setahun; disimpan selisihnya per bulan"
CUMULATIVE_REMEDY = "pakai berkas dengan angka per bulan bila ini keliru"
MAYBE_CUMULATIVE = "angka tidak pernah turun dari Januari sampai Desember, seperti angka kumulatif; dibaca per bulan"
MAYBE_REMEDY = "tambahkan kolom JUMLAH atau PAGU agar dapat dipastikan"
_NUMBERS = range(1, 13)
SUMMED = dict.fromkeys(WHOLE, _NUMBERS) | {
    name: range(3 * place + 1, 3 * place + 4) for place, name in enumerate(QUARTERS)
}
"""Months that each printed sum adds up."""


@dataclass(frozen=True)
class Missed:
    """A printed sum that the months of its line do not meet."""

    line: int
    column: str
    printed: int
    rule: str


def is_cumulative(table: pd.DataFrame) -> bool | None:
    """Whether the months add up from January on; ``None`` when they may, and no printed sum tells.

    Parameters
    ----------
    table : pandas.DataFrame
        Whole rupiah in columns 1 to 12, and in those of :data:`WHOLE` and :data:`QUARTERS` that the file has.

    Examples
    --------
    >>> rising = pd.DataFrame([[10 * n for n in range(1, 13)]], columns=range(1, 13), dtype="Int64")
    >>> [is_cumulative(rising.assign(jumlah=total)) for total in (120, 780)], is_cumulative(rising)
    ([True, False], None)
    """
    months = table[list(_NUMBERS)].fillna(0).astype("int64")
    never_falls = (months.diff(axis=1).iloc[:, 1:] >= 0).all(axis=1)
    monthly, running = 0, 0
    for name in (name for name in table.columns if name in SUMMED):
        added, last = months[list(SUMMED[name])].sum(axis=1), months[SUMMED[name][-1]]
        telling = added.ne(last) & table[name].notna()
        monthly += int((telling & added.eq(table[name].fillna(0))).sum())
        running += int((telling & never_falls & last.eq(table[name].fillna(0))).sum())
    if monthly != running:
        return running > monthly
    grows = months.nunique(axis=1).gt(2)
    return None if grows.any() and (never_falls | ~grows).all() else False


def of_each_month(table: pd.DataFrame) -> pd.DataFrame:
    """Cumulative months as the figures of each month."""
    months = table[list(_NUMBERS)].fillna(0)
    each = months.diff(axis=1)
    each[1] = months[1]
    return table.drop(columns=list(_NUMBERS)).join(each.astype("Int64"))


def missed(table: pd.DataFrame) -> list[Missed]:
    """Printed quarters and totals that are not the sum of their months, line by line.

    Examples
    --------
    >>> line = pd.DataFrame([[10] * 12 + [30, 121]], columns=[*range(1, 13), "triwulan 1", "jumlah"], dtype="Int64")
    >>> missed(line)
    [Missed(line=0, column='jumlah', printed=121, rule='jumlah 12 bulan adalah 120')]
    """
    found = []
    for name in (name for name in table.columns if name in SUMMED):
        numbers = SUMMED[name]
        words = "12 bulan" if name in WHOLE else f"{_month(numbers[0])}–{_month(numbers[-1])}"
        added = table[list(numbers)].fillna(0).sum(axis=1)
        found += [
            Missed(line, name, int(printed), f"jumlah {words} adalah {int(total)}")
            for line, (printed, total) in enumerate(zip(table[name], added, strict=True))
            if not pd.isna(printed) and printed != total
        ]
    return found


def fallen(each: pd.DataFrame) -> list[Missed]:
    """Cumulative months that are less than the month before, from the figures :func:`of_each_month` gives."""
    return [
        Missed(line, str(number), int(amount), _falls(number))
        for number in _NUMBERS for line, amount in enumerate(each[number].fillna(0)) if amount < 0 and number > 1
    ]  # fmt: skip


def _falls(number: int) -> str:
    return f"angka kumulatif {_month(number)} lebih kecil dari {_month(number - 1)}"


def _month(number: int) -> str:
    return MONTHS[number - 1].capitalize()
