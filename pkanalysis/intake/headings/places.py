"""The cell of a finding that a check of the tables made: it knows the line and the column, but not the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pkanalysis.intake.files.sheets import Book, cell_name
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.headings.columns import Field, Header, find_header

_LINE = re.compile(r"baris (\d+)")


def located(findings: Iterable[Finding], book: Book, fields: Sequence[Field]) -> list[Finding]:
    """Findings on a line with the cell and the heading of their column, where the sheet has one for it.

    Parameters
    ----------
    findings : iterable of Finding
        ``column`` is a column of our tables.
    book : Book
    fields : sequence of Field
        Columns of the layout under the same names.

    Examples
    --------
    >>> from pathlib import Path
    >>> book = Book(Path("a.csv"), {"a": [["NO", "KODE OPD"], ["1", ""]]})
    >>> found = Finding("galat", "a.csv", "a", "baris 2", "kode_opd", "", "wajib diisi", "lengkapi")
    >>> located([found], book, [Field("kode_opd", ("KODE OPD",))])[0].where
    'a.csv, lembar a, B2, kolom KODE OPD'
    """
    headers = {sheet: find_header(rows, fields) for sheet, rows in book.sheets.items()} if fields else {}
    return [_located(finding, headers.get(finding.sheet)) for finding in findings]


def _located(finding: Finding, header: Header | None) -> Finding:
    line = _LINE.fullmatch(finding.place)
    column = header.columns.get(finding.column) if header else None
    if line is None or header is None or column is None:
        return finding
    return replace(finding, place=cell_name(int(line[1]) - 1, column), column=header.titles[finding.column])
