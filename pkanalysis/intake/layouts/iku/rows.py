"""Rows under a heading: indicators, the offices and sasaran that head a section, what is neither, and from when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pkanalysis.intake import dates
from pkanalysis.intake.book import Book, Rows, cell_name, text
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.layouts.iku.headings import Heading, is_numbering, lists
from pkanalysis.intake.layouts.office import Office, find_office, sheet_office, titled

_SIGNATURE = re.compile(
    r"(?i)\bnip\b|^(mengetahui|menyetujui|pangkat\b|pembina)|^(plt|plh|pj)\.?\s|^(kepala|sekretaris|camat|direktur"
    r"|inspektur|bupati|wali\s?kota|gubernur|pihak (pertama|kedua|ke))\b|^(keterangan|catatan|sumber)\b.*:"
    r"|^[a-z. ]{3,40},\s*(?:\d{1,2}|\.+)?\s*[a-z]+\s+20\d\d$"
)
_SUMMARY = re.compile(
    r"(?i)(jumlah|total|rata\s?-?\s?rata|rerata)(\s+(seluruh\w*|keseluruhan|tingkat|persentase|nilai|skor|total))*"
    r"(\s+(capaian|kinerja|realisasi|keseluruhan|iku|sasaran))*[\s:(%)]*"
)
_GOAL = re.compile(r"(?i)(?:sasaran|tujuan)\b(?:\s+strategis\b)?(?:\s*(?:\d+|[ivx]+)\b)?\s*[.:)-]?\s*(.*)")
_TITLE = re.compile(
    r"(?i)(tahun|periode|triwulan|pengukuran|laporan|realisasi|capaian|indikator|perjanjian|tabel|lampiran|rencana"
    r"|formulir|pemerintah|provinsi|kabupaten|kota|target|iku|misi|visi|program|kegiatan)\b"
)
_PLAIN = {"TUJUAN", "SASARAN", "MISI", "VISI", "IKU", "IKK", "PK", "JUMLAH", "TOTAL", "CATATAN", "KETERANGAN"}
_ORDINAL = re.compile(r"\d{1,3}\.?")
_NUMBERED = re.compile(r"^(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zA-Z]|[ivxIVX]+)[.)]|\d{1,2}(?:\.\d{1,2})+)\s+(?=\S)")
_REGION = re.compile(
    r"(?i)\b(?:pemerintah\s+)?((?:kota|kabupaten|provinsi)\s+[a-z' ]+?)(?=\s*(?:,|-|tahun|ta\b|triwulan|20\d\d|$))"
)
_QUARTER = re.compile(r"(?i)\b(?:triwulan|tw)\.?\s*(?:ke-?)?(?:iv|iii|ii|i|[1-4])\b")
_LABELS = re.compile(r"(?i)(tahun|periode|triwulan)\b")
_MARK = re.compile(r"(?i)[\divx]{1,4}[.)]?|[a-z][.)]?")
"""The number of a row before its only text."""


@dataclass(frozen=True)
class Row:
    """One indicator: 1-based number, a cell per column of the heading, and the office and words that hold for it.

    ``is_bare`` marks a name alone.
    """

    number: int
    cells: Sequence[Any]
    office: Office | None
    words: dict[str, str]
    is_bare: bool


def bodies(book: Book) -> Iterator[Body]:
    """Every list of the book with its rows, in order; an office holds until another, also in a list further down."""
    found = lists(book)
    above: tuple[str, Office | None] = ("", None)
    for sheet, heading in found:
        head = book.sheets[sheet][: heading.first]
        office = next((named for row in reversed(head) if (named := find_office([row]))), None)
        office, told = office or (above[1] if above[0] == sheet else None), []
        if office is None and "opd" not in heading.fields:
            office, told = next(_assumed(book, sheet, head, len(found)), (None, []))
        body = Body(book, sheet, heading, office, told)
        above = (sheet, body.office)
        yield body


def _assumed(book: Book, sheet: str, head: Rows, count: int) -> Iterator[tuple[Office, list[Finding]]]:
    """The offices that a list which names none may be of, the likeliest first, and what is said about it."""
    if count > 1 and (office := sheet_office(sheet)):
        yield office, [finding("IKU_OPD_NAMA_LEMBAR", book.name, sheet)]
    for what, name in (("lembar", sheet), ("berkas", book.path.stem)):
        if office := find_office([[re.sub(r"[_-]+", " ", name)]]):
            yield office, [finding("IKU_OPD_DARI_NAMA", book.name, sheet, opd=office.name, asal=what)]
    for words in _titles(head):
        if found := _REGION.search(words):
            region = found[1].strip()
            yield Office(region), [finding("IKU_DAERAH_DARI_JUDUL", book.name, sheet, opd=region)]


def _titles(head: Rows) -> list[str]:
    """Texts of the rows that are titles or a label with its value (``Tahun | 2025``), the nearest first."""
    rows = [[cell for cell in row if text(cell).strip(" :")] for row in reversed(head)]
    labels = [" ".join(map(text, row)) for row in rows if 1 < len(row) <= 3 and _LABELS.match(text(row[0]))]
    return [*labels, *(text(cell) for row in rows if len(row) <= 3 for cell in row if isinstance(cell, str))]


class Body:
    """One list: its rows, taken one by one with the office and the sasaran that hold at the moment.

    ``year`` and ``quarter`` are those that the titles name for columns whose headings do not (``None``, empty).
    """

    def __init__(self, book: Book, sheet: str, heading: Heading, office: Office | None, told: list[Finding]) -> None:
        self.file, self.sheet, self.heading, self.office = book.name, sheet, heading, office
        self.rows: list[Row] = []
        self._carried: dict[str, str] = {}
        self._odd: list[tuple[int, int, str]] = []
        self._guessed: list[tuple[int, int, str]] = []
        self._places: set[int] = set()
        """Columns in which an office heads a section."""
        titles = _titles(book.sheets[sheet][: heading.first])
        years = {item.year for item in heading.measures if item.year}
        named = [words for words in titles if re.search(r"(?i)\b(tahun|t\.?a)\b", words)]
        dated = (dates.year(words) for words in [*named, *titles, sheet, book.path.stem])
        self.year = years.pop() if len(years) == 1 else next(filter(None, dated), None)
        is_dated = "periode" in heading.fields or any(item.period != "tahunan" for item in heading.measures)
        quarters = [found[0] for words in titles if (found := _QUARTER.search(words))]
        periods = {period for words in quarters if not is_dated and (period := dates.period(words))}
        self.quarter = periods.pop() if len(periods) == 1 else ""
        for number, cells in enumerate(book.sheets[sheet][heading.row + 1 : heading.end], heading.row + 2):
            self._take(number, cells)
        self.findings = self._findings(told)

    def _take(self, number: int, cells: Sequence[Any]) -> None:
        """Take one row: nothing, the head of a section, an indicator, or a row that is not understood."""
        heading, fields = self.heading, self.heading.fields
        cells = [*cells, *[""] * (1 + max(heading.titles) - len(cells))]
        said = [text(cell) for cell in cells]
        written = [(column, words) for column, words in enumerate(said) if words]
        words = {field: said[column] for field, column in fields.items()}
        has_value = any(str(cells[item.column]).strip() for item in heading.measures)
        unnumbered = written[1:] if len(written) > 1 and _MARK.fullmatch(written[0][1]) else written
        lone = unnumbered[0] if len(unnumbered) == 1 and not has_value else None
        is_named = lone is None or lone[0] == fields["indikator"]
        if _is_nothing(written, words, has_value) or (lone and _TITLE.match(lone[1]) and not is_named):
            return
        head = None if has_value else self._head(cells, written, lone)
        if isinstance(head, str):
            self._carried["sasaran"] = head
        elif head:
            self.office, self._carried = head, {}
            self._places |= {lone[0]} if lone else set()
        elif lone and "opd" not in fields and lone[0] in self._places:
            self.office, self._carried = Office(lone[1]), {}
            self._guessed.append((number, *lone))
        elif lone and not is_named:
            self._odd += [(number, *lone)] if "opd" not in fields else []
        else:  # an indicator, with the office, sasaran and year of a merged cell above, its name without its number
            if words.get("opd"):
                self.office = Office(words["opd"], words.get("kode_opd", ""))
            self._carried |= {field: words[field] for field in ("sasaran", "tahun") if words.get(field)}
            others = any(said for field, said in words.items() if field not in ("indikator", "sasaran", "nomor"))
            name = {"indikator": _NUMBERED.sub("", words["indikator"])}
            self.rows.append(
                Row(number, cells, self.office, words | self._carried | name, not has_value and not others)
            )

    def _head(
        self, cells: Sequence[Any], written: list[tuple[int, str]], lone: tuple[int, str] | None
    ) -> Office | str | None:
        """The sasaran or the office that a row without values heads, or ``None``.

        A lone text names a sasaran by its first word, or by standing in the column of sasaran; an office stands across
        the table by its name, or by an abbreviation alone.
        """
        fields = self.heading.fields
        if lone and (found := _GOAL.fullmatch(lone[1])):
            return found[1] or lone[1]
        if lone and lone[0] == fields.get("sasaran"):
            return lone[1]
        if office := titled(cells):
            return office
        words = written[0][1] if len(written) == 1 and "opd" not in fields else ""
        return Office(words) if re.fullmatch(r"[A-Z][A-Z0-9/&-]{2,11}", words) and words not in _PLAIN else None

    def _findings(self, told: list[Finding]) -> list[Finding]:
        """What was not read of the headings, or read as something that they do not say; then what is odd of the rows.

        Odd are rows that are no indicator, jumps in their numbers, and a blank office where every row has one.
        """
        heading, fields, here = self.heading, self.heading.fields, (self.file, self.sheet)
        line, kinds = f"baris {heading.row + 1}", {item.kind for item in heading.measures}
        found = []
        if heading.unknown:
            found.append(finding("IKU_KOLOM_TIDAK_DIBACA", *here, line, kolom=", ".join(heading.unknown)))
        doubled = ((cell_name(heading.row, item.column), item.title) for item in heading.doubled)
        found += [finding("IKU_KOLOM_SAMA_ARTI", *here, place, title) for place, title in doubled]
        if "capaian" in kinds and "realisasi" not in kinds:
            found.append(finding("IKU_CAPAIAN_TANPA_REALISASI", *here, line))
        if self.quarter:
            found.append(finding("IKU_TRIWULAN_DI_JUDUL", *here, line, triwulan=self.quarter))
        found += told if self.rows else []

        for code, rows in (("IKU_BARIS_ASING", self._odd), ("IKU_BARIS_SEPERTI_OPD", self._guessed)):
            found += [finding(code, *here, cell_name(row - 1, column), "", words) for row, column, words in rows]
        numbers = ((row.number, row.words.get("nomor", "")) for row in self.rows)
        numbered = [(row, int(number.rstrip("."))) for row, number in numbers if _ORDINAL.fullmatch(number)]
        for (_, last), (row, own) in pairwise(numbered):
            if own not in (1, last, last + 1):  # a list may start again at 1
                place = cell_name(row - 1, fields["nomor"])
                found.append(finding("IKU_NOMOR_MELOMPAT", *here, place, "", str(own), terakhir=last))
        written = [name for kept in self.rows if (name := kept.words.get("opd"))]
        for kept in self.rows if len(set(written)) < len(written) else []:  # offices repeat: a blank is no merged cell
            if kept.words.get("opd") == "":
                place, name = cell_name(kept.number - 1, fields["opd"]), kept.office.name if kept.office else ""
                found.append(finding("IKU_OPD_BARIS_KOSONG", *here, place, opd=name))
        return found


def _is_nothing(written: list[tuple[int, str]], words: dict[str, str], has_value: bool) -> bool:
    """A blank row, one that numbers the columns, a signature, or an average at the foot."""
    said = [item for _, item in written]
    if len(said) > 1 and all(map(is_numbering, said)):
        numbers = [int(re.findall(r"\d+", item)[0]) for item in said]
        if numbers == sorted(numbers) and numbers[0] <= 2 and numbers[-1] - numbers[0] < 2 * len(numbers):
            return True
    if words.get("satuan") or (has_value and words["indikator"] and not _SUMMARY.fullmatch(words["indikator"])):
        return False
    return not said or any(_SUMMARY.fullmatch(item) or _SIGNATURE.search(item) for item in said)
