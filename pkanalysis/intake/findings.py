"""Findings: what a reader noticed in a file, with the place, the value, the rule and the remedy."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

import pandas as pd

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
