"""Findings: what a reader noticed in a file, with the place, the value, the rule and the remedy.

Findings as a sheet: one row per finding, under a fixed heading row with a filter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import pandas as pd
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from pkanalysis.errors import PkError
from pkanalysis.tables import conform

Severity = Literal["galat", "peringatan", "catatan"]

NAMES = {
    "severity": "tingkat",
    "sheet": "lembar",
    "place": "tempat",
    "column": "kolom",
    "value": "nilai",
    "rule": "aturan",
    "remedy": "saran",
}
"""Columns of the table ``temuan`` by field of :class:`Finding`."""


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
        return f"{self.where}: {self.rule}; {self.remedy}."

    @property
    def where(self) -> str:
        """File, sheet, place, column and value in words, as far as there are any."""
        place = [self.file, self.sheet and f"lembar {self.sheet}", self.place]
        place += [self.column and f"kolom {self.column}", self.value and f'tertulis "{self.value}"']
        return ", ".join(part for part in place if part)


def refused(file: str, reason: str) -> Finding:
    """The error of a file that could not be read at all, from the sentence that says why.

    Examples
    --------
    >>> refused("a.xlsx", "a.xlsx terkunci kata sandi; simpan tanpa kata sandi.").sentence
    'a.xlsx: terkunci kata sandi; simpan tanpa kata sandi.'
    """
    said, _, remedy = reason.removeprefix(file).lstrip(" ,:").rstrip(".").rpartition("; ")
    rule = said or remedy
    return Finding("galat", file, "", "", "", "", rule, remedy if said else "perbaiki atau keluarkan berkas ini")


def as_frame(findings: list[Finding]) -> pd.DataFrame:
    """Findings as a table, one row each, in the order found."""
    columns = ["severity", "file", "sheet", "place", "column", "value", "rule", "remedy"]
    return pd.DataFrame([asdict(finding) for finding in findings], columns=columns)


def as_rows(findings: list[Finding], code: str) -> pd.DataFrame:
    """Rows of the table ``temuan`` for the file whose ``id_berkas`` is ``code``."""
    return conform("temuan", as_frame(findings).drop(columns="file").rename(columns=NAMES).assign(id_berkas=code))


def from_rows(rows: pd.DataFrame, files: pd.DataFrame) -> list[Finding]:
    """Findings from rows of the table ``temuan``, with the file names of the table ``berkas``.

    Examples
    --------
    >>> found = [Finding("catatan", "a.xlsx", "Data", "D7", "PAGU", "", "pagu kosong", "isi pagunya")]
    >>> from_rows(as_rows(found, "f1"), pd.DataFrame({"id_berkas": ["f1"], "nama_berkas": ["a.xlsx"]})) == found
    True
    """
    names = rows["id_berkas"].map(files.set_index("id_berkas")["nama_berkas"])
    fields = rows[list(NAMES.values())].fillna("").set_axis(list(NAMES), axis=1).assign(file=names)
    return [Finding(**{str(name): value for name, value in row.items()}) for row in fields.to_dict("records")]


TITLE = "Temuan"
WIDTHS = {"tingkat": 12, "berkas": 36, "lembar": 18, "tempat": 12, "kolom": 22, "nilai": 22, "aturan": 60, "saran": 50}
PLACE = list(WIDTHS).index("tempat")
"""Column of the list that leads to the cell."""
MOST_LINKS = 60_000
"""Excel takes 65,530 links on a sheet."""
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""Options of xlsxwriter under which text stays text."""

_WRAPPED = {"text_wrap": True, "valign": "top"}


@dataclass(frozen=True)
class Listing:
    """A list of findings, with the place of each in the same workbook (``'Data'!D7``, or empty), and notes above."""

    findings: Sequence[Finding]
    links: Sequence[str] = ()
    notes: Sequence[str] = ()
    title: str = TITLE

    def link(self, number: int) -> str:
        """Place of finding ``number``; empty for none, and beyond :data:`MOST_LINKS`."""
        return self.links[number] if 0 <= number < min(len(self.links), MOST_LINKS) else ""


def write(path: Path, findings: Sequence[Finding]) -> None:
    """Write the findings to the workbook ``path``.

    Raises
    ------
    PkError
        The file cannot be written, for example because a spreadsheet program shows it.
    """
    try:
        with xlsxwriter.Workbook(path, PLAIN) as book:
            fill(book, Listing(findings))
    except FileCreateError as error:
        raise not_written(path) from error


def fill(book: xlsxwriter.Workbook, told: Listing) -> None:
    """Add the list to ``book`` as its next sheet."""
    sheet, top = book.add_worksheet(told.title), len(told.notes)
    bold, plain, wrapped = book.add_format({"bold": True}), book.add_format(), book.add_format(_WRAPPED)
    link = book.add_format(_WRAPPED | {"underline": 1, "font_color": "blue"})
    for place, width in enumerate(WIDTHS.values()):
        sheet.set_column(place, place, width, wrapped)
    for number, note in enumerate(told.notes):
        sheet.write_string(number, 0, note, plain)
    for number, row in enumerate(table(told.findings), start=top):
        sheet.set_row(number, height(row))
        for place, text in enumerate(row):
            sheet.write_string(number, place, text, bold if number == top else wrapped)
        if address := told.link(number - top - 1):
            sheet.write_url(number, PLACE, f"internal:{address}", link, row[PLACE] or "lembar")
    sheet.freeze_panes(top + 1, 0)
    sheet.autofilter(top, 0, top + len(told.findings), len(WIDTHS) - 1)


def table(findings: Sequence[Finding]) -> list[list[str]]:
    r"""The headings, then a row of text per finding; signs that no spreadsheet takes are left out.

    Examples
    --------
    >>> table([Finding("catatan", "a.xlsx", "Data", "D7", "PAGU", "1\x07", "pagu kosong", "isi")])[1]
    ['catatan', 'a.xlsx', 'Data', 'D7', 'PAGU', '1', 'pagu kosong', 'isi']
    """
    rows: pd.DataFrame = as_frame(list(findings)).rename(columns={"file": "berkas"} | NAMES)[list(WIDTHS)]
    return [[name.capitalize() for name in WIDTHS], *([clean(str(cell)) for cell in row] for row in rows.to_numpy())]


def height(row: Sequence[str]) -> float:
    """Height in points at which every text of a row of the list shows.

    Examples
    --------
    >>> height(["galat", "a.xlsx"]), height(["galat", "nama berkas yang panjang sekali dan tidak muat.xlsx"])
    (15, 30)
    """
    return 15 * max(1 + len(text) // width for text, width in zip(row, WIDTHS.values(), strict=False))


def clean(words: str) -> str:
    """Text without the control characters that XML does not allow."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", words)


def not_written(path: Path) -> PkError:
    """The refusal for a file that cannot be written."""
    return PkError(f"{path} tidak dapat ditulis; tutup berkas itu di Excel, periksa foldernya, atau pilih nama lain.")
