"""Findings: what a reader noticed in a file, with the place, the value, the rule and the remedy."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

import pandas as pd

Severity = Literal["galat", "peringatan", "catatan"]


@dataclass(frozen=True)
class Finding:
    """One finding; an error (``galat``) keeps the whole file out.

    ``place`` is a cell (``"D7"``), a line (``"baris 12"``) or empty for the whole sheet or file.
    """

    severity: Severity
    file: str
    sheet: str
    place: str
    column: str
    value: str
    rule: str
    remedy: str

    @property
    def sentence(self) -> str:
        """The finding as one Indonesian sentence.

        Examples
        --------
        >>> Finding("galat", "a.xlsx", "Data", "D7", "PAGU", "dua", "pagu harus angka", "tulis angkanya").sentence
        'a.xlsx, lembar Data, D7, kolom PAGU, tertulis "dua": pagu harus angka; tulis angkanya.'
        """
        place = [self.file, self.sheet and f"lembar {self.sheet}", self.place]
        place += [self.column and f"kolom {self.column}", self.value and f'tertulis "{self.value}"']
        return f"{', '.join(part for part in place if part)}: {self.rule}; {self.remedy}."


def as_frame(findings: list[Finding]) -> pd.DataFrame:
    """Findings as a table, one row each, in the order found."""
    columns = ["severity", "file", "sheet", "place", "column", "value", "rule", "remedy"]
    return pd.DataFrame([asdict(finding) for finding in findings], columns=columns)
