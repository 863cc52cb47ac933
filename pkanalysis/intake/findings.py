"""Findings: what a reader noticed in a file, by a code whose severity, rule and remedy stand in ``findings.toml``.

``python -m pkanalysis.intake.findings`` prints ``docs/aturan.md``: every rule by its code.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, Literal, get_args

import pandas as pd
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from pkanalysis.errors import PkError
from pkanalysis.tables import conform

Severity = Literal["galat", "peringatan", "catatan"]

RULES = Path(__file__).with_suffix(".toml")
"""Per subject its ``judul``, and per code ``[subject.CODE]`` with ``tingkat``, ``aturan`` and ``saran``."""
NAMES = {
    "code": "kode",
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
    """One finding, made by :func:`finding`; an error (``galat``) keeps the whole file out.

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
    code: str = ""

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


@dataclass(frozen=True)
class Rule:
    """What a code stands for: its severity, and the words in which ``{name}``, one of ``names``, is filled."""

    subject: str
    severity: Severity
    rule: str
    remedy: str
    names: frozenset[str]


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its code, in the order of the table.

    Raises
    ------
    ValueError
        A code stands twice, or lacks a known severity, its rule or its remedy.
    """
    found: dict[str, Rule] = {}
    for name, entries in tomllib.loads(RULES.read_text(encoding="utf-8")).items():
        subject = entries.pop("judul", name)
        for code, words in entries.items():
            if code in found or set(words) != {"tingkat", "aturan", "saran"}:
                raise ValueError(
                    f"{RULES.name}: [{name}.{code}] berulang, atau isinya bukan tingkat, aturan, dan saran."
                )
            if words["tingkat"] not in get_args(Severity):
                raise ValueError(f"{RULES.name}: [{name}.{code}] tingkat {words['tingkat']!r} tidak dikenal.")
            parts = Formatter().parse(f"{words['aturan']}{words['saran']}")
            names = frozenset(re.split(r"[.\[]", field)[0] for _, field, _, _ in parts if field)
            found[code] = Rule(subject, words["tingkat"], words["aturan"], words["saran"], names)
    return found


def finding(
    code: str, file: str, /, sheet: str = "", place: str = "", column: str = "", value: str = "", **values: Any
) -> Finding:
    """The finding of rule ``code`` at a place; the words of the rule may name the place as well as ``values``.

    Raises
    ------
    ValueError
        There is no rule of that code, or its words need a value that is not given or do not name one that is.

    Examples
    --------
    >>> finding("KUNCI_BERULANG", "a.xlsx", "Data", "baris 3", "kode_opd", "X1", pertama=2).sentence
    'a.xlsx, lembar Data, baris 3, kolom kode_opd, tertulis "X1": sudah ada di baris 2; hapus salah satu.'
    """
    known = rules().get(code)
    if known is None:
        raise ValueError(f"kode temuan {code} tidak ada di {RULES.name}.")
    place_of = {"file": file, "sheet": sheet, "place": place, "column": column, "value": value}
    if not set(values) <= known.names <= {*values, *place_of}:
        raise ValueError(f"kode temuan {code}: nilainya {sorted(known.names)}, diberikan {sorted(values)}.")
    rule, remedy = (words.format(**place_of | values) for words in (known.rule, known.remedy))
    return Finding(known.severity, file, sheet, place, column, value, rule, remedy, code)


def refused(file: str, reason: str) -> Finding:
    """The error of a file that could not be read at all, from the sentence that says why.

    Examples
    --------
    >>> refused("a.xlsx", "a.xlsx terkunci kata sandi; simpan tanpa kata sandi.").sentence
    'a.xlsx: terkunci kata sandi; simpan tanpa kata sandi.'
    """
    said, _, remedy = reason.removeprefix(file).lstrip(" ,:").rstrip(".").rpartition("; ")
    values = {"sebab": said or remedy, "perbaikan": remedy if said else "perbaiki atau keluarkan berkas ini"}
    return finding("BERKAS_DITOLAK", file, "", **values)


def as_frame(findings: list[Finding]) -> pd.DataFrame:
    """Findings as a table, one row each, in the order found."""
    columns = ["severity", "file", "sheet", "place", "column", "value", "rule", "remedy", "code"]
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

UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Control characters that XML does not allow."""
NOT_WRITTEN = "{} tidak dapat ditulis; tutup berkas itu di Excel, periksa foldernya, atau pilih nama lain."
_WRAPPED = {"text_wrap": True, "valign": "top"}


@dataclass(frozen=True)
class Listing:
    """A list of findings, with the place of each in the same workbook (``'Data'!D7``, or empty), and notes above."""

    findings: Sequence[Finding]
    links: Sequence[str] = ()
    notes: Sequence[str] = ()
    title: str = TITLE

    def rows(self) -> list[tuple[list[str], int, str]]:
        r"""The headings, then every finding as texts, without signs that no spreadsheet takes.

        Each with the height in points at which all of them show, and the place to which its cell ``tempat`` leads, if
        any; beyond :data:`MOST_LINKS` there are no more.

        Examples
        --------
        >>> Listing([Finding("catatan", "a.xlsx", "Data", "D7", "PAGU", "1\x07", "pagu kosong", "isi")]).rows()[1]
        (['catatan', 'a.xlsx', 'Data', 'D7', 'PAGU', '1', 'pagu kosong', 'isi'], 15, '')
        >>> Listing([Finding("galat", "nama berkas yang panjang sekali dan tidak muat.xlsx", *[""] * 6)]).rows()[1][1]
        30
        """
        table: pd.DataFrame = as_frame(list(self.findings)).rename(columns={"file": "berkas"} | NAMES)[list(WIDTHS)]
        texts = [[name.capitalize() for name in WIDTHS]]
        texts += [[UNWRITABLE.sub("", str(cell)) for cell in row] for row in table.to_numpy()]
        links = ["", *self.links[:MOST_LINKS]]
        links += [""] * (len(texts) - len(links))
        rows = []
        for row, link in zip(texts, links, strict=True):
            lines = max(1 + len(words) // width for words, width in zip(row, WIDTHS.values(), strict=True))
            rows.append((row, 15 * lines, link))
        return rows


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
        raise PkError(NOT_WRITTEN.format(path)) from error


def fill(book: xlsxwriter.Workbook, told: Listing) -> None:
    """Add the list to ``book`` as its next sheet."""
    sheet, top = book.add_worksheet(told.title), len(told.notes)
    bold, plain, wrapped = book.add_format({"bold": True}), book.add_format(), book.add_format(_WRAPPED)
    link = book.add_format(_WRAPPED | {"underline": 1, "font_color": "blue"})
    for place, width in enumerate(WIDTHS.values()):
        sheet.set_column(place, place, width, wrapped)
    for number, note in enumerate(told.notes):
        sheet.write_string(number, 0, note, plain)
    for number, (row, height, address) in enumerate(told.rows(), start=top):
        sheet.set_row(number, height)
        for place, text in enumerate(row):
            sheet.write_string(number, place, text, bold if number == top else wrapped)
        if address:
            sheet.write_url(number, PLACE, f"internal:{address}", link, row[PLACE] or "lembar")
    sheet.freeze_panes(top + 1, 0)
    sheet.autofilter(top, 0, top + len(told.findings), len(WIDTHS) - 1)


def page() -> str:
    """Every rule by subject and code, as Markdown in Indonesian.

    Examples
    --------
    >>> page().splitlines()[0]
    '# Aturan pemeriksaan'
    """
    lines, subject = [INTRODUCTION], ""
    for code, rule in sorted(rules().items(), key=lambda item: item[1].subject):
        if rule.subject != subject:
            subject = rule.subject
            lines += ["", f"## {subject}", "", "| kode | tingkat | aturan | saran |", "|---|---|---|---|"]
        words = (cell.replace("|", "\\|") for cell in (rule.severity, rule.rule, rule.remedy))
        lines.append(f"| `{code}` | {' | '.join(words)} |")
    return "\n".join(lines) + "\n"


INTRODUCTION = """\
# Aturan pemeriksaan

Halaman ini dibuat dari `pkanalysis/intake/findings.toml` dengan `python -m pkanalysis.intake.findings`; ubah di sana, \
bukan di sini.

Yang di antara kurung kurawal diganti dengan nilai dari berkas. Berkas dengan **galat** tidak pernah disimpan; \
**peringatan** perlu diperiksa; **catatan** hanya memberi tahu.\
"""


if __name__ == "__main__":
    sys.stdout.buffer.write(page().encode())  # bytes: the same file on every platform
