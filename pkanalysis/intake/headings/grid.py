"""One table of a sheet by its fields: cells as text, codes and rupiah, and findings at their cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import Any

import pandas as pd

from pkanalysis import codes
from pkanalysis.intake.cells.amounts import rupiah, unit
from pkanalysis.intake.files.sheets import column_letters, text
from pkanalysis.intake.findings import Finding, Severity
from pkanalysis.intake.headings.columns import Header

OFFICES = ("kode_opd", "kode_sub_unit")


@dataclass(frozen=True)
class Grid:
    """One table of a sheet: raw cells per field, with the 1-based row of each line.

    ``factor`` is the rupiah per unit that the rows above the headings name; a heading may name its own.
    ``above`` are the words of those rows, a line each.
    """

    file: str
    sheet: str
    header: Header
    cells: dict[str, list[Any]]
    rows: list[int]
    factor: int = 1
    above: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def where(self, keep: Sequence[bool]) -> Grid:
        """The lines for which ``keep`` is true."""
        cells = {name: list(compress(column, keep)) for name, column in self.cells.items()}
        return replace(self, cells=cells, rows=list(compress(self.rows, keep)))

    def texts(self, name: str, clean: Callable[[Any], str] | None = None) -> list[str]:
        """Column as text, each distinct cell cleaned once and shared; empty when there is no such column.

        Codes of SKPD and sub units come in their one form unless ``clean`` says otherwise.
        """
        clean = clean or (_office if name in OFFICES else text)
        cells = self.cells.get(name)
        if cells is None:
            return [""] * len(self)
        shared = {cell: clean(cell) for cell in set(cells)}
        return [shared[cell] for cell in cells]

    def activities(self, name: str) -> list[str]:
        """Column of programme, kegiatan or sub kegiatan codes in their one form."""
        return self.texts(name, lambda cell: codes.canonical_activity(text(cell)))

    def amounts(self, name: str) -> tuple[pd.Series, list[Finding]]:
        """Column as rupiah, with an error for every cell that is none and a warning for lost digits."""
        own = unit(self.header.titles.get(name, ""))
        read = rupiah(self.cells.get(name, [""] * len(self)), own if own > 1 else self.factor)
        findings = [
            self.finding("galat", place.position, name, place.text, place.reason, "tulis angka rupiah saja")
            for place in read.problems
        ]
        findings += [
            self.finding("peringatan", place.position, name, place.text, place.reason, "tulis angka lengkapnya")
            for place in read.doubts
        ]
        if read.rounded:
            findings.append(
                self.finding(
                    "catatan", None, name, "", f"{read.rounded} angka bersen dibulatkan ke rupiah", "tidak perlu diubah"
                )
            )
        return pd.Series(read.figures, dtype="Int64"), findings

    def finding(self, severity: Severity, line: int | None, name: str, value: str, rule: str, remedy: str) -> Finding:
        """A finding about field ``name``, in the cell of ``line`` (0-based) or the whole sheet."""
        column = self.header.columns.get(name)
        place = "" if line is None else f"baris {self.rows[line]}"
        if line is not None and column is not None:
            place = f"{column_letters(column)}{self.rows[line]}"
        return Finding(severity, self.file, self.sheet, place, self.header.titles.get(name, name), value, rule, remedy)


def _office(cell: Any) -> str:
    return codes.canonical_office(text(cell))
