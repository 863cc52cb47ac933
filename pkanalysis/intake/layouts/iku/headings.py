"""Headings of IKU and PK lists: one to four rows, in many wordings, once or several times on a sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pkanalysis.intake.book import Book, Rows, normal, text
from pkanalysis.intake.layouts.e81.headings import LOOK_ROWS, find_form
from pkanalysis.intake.layouts.form.stamp import has_stamp
from pkanalysis.intake.layouts.iku.measures import Measure, measure
from pkanalysis.intake.layouts.iku.paths import paths
from pkanalysis.intake.layouts.published.shapes import matching

DEPTH = 4
MOST_MONEY = 2
"""K and Rp side by side in more columns than this are an evaluation form, not a list."""
_FIELDS = {
    "nomor": r"no|nomor|nourut|nomorurut|urut",
    "kode_opd": r"kode(opd|skpd|perangkatdaerah|unitkerja)",
    "opd": r"(nama)?(organisasi)?(opd|skpd|pd|perangkatdaerah|unitkerja|unitorganisasi|satuankerja|organisasi|instansi)"
    r"(pengampu|penanggungjawab|pelaksana|terkait)?",
    "arah": r"arah.*|polari[ts].*|(sifat|jenis|tipe|karakteristik)indikator|tren(indikator)?|kriteria"
    r"|.*ma[kx]\w*min.*|naikturun|positifnegatif",
    "satuan": r"sat|satuan.*",
    "tahun": r"tahun(anggaran|pk)?",
    "periode": r"triwulan(ke)?|tw|periode(pelaporan|pengukuran)?",
    "dokumen": r"tipe(pk)?|dokumen|jenis(dokumen|pk)",
    "status": r"status(data|realisasi)?",
    "definisi": r"definisi(operasional)?|formula(si)?(perhitungan|pengukuran)?|rumus(perhitungan)?|caraperhitungan",
    "sumber_data": r"sumberdata|penanggungjawabdata",
    "sasaran": r"sasaran.*|tujuan(dan)?sasaran.*|kinerjautama",
    "indikator": r"i[kn]k|iku|namaiku|(?!kode|sumber|penanggung|jumlah|no).*indikator.*",
}
_NAMED = re.compile(r"(?i)indikator|ik[uk]|i\s?k\s?u")
_CONTEXT = {"satuan", "sasaran", "opd", "arah", "tahun", "dokumen", "definisi", "sumber_data"}
_OTHER_TABLE = {"program", "programkegiatan", "kegiatan", "programkegiatansubkegiatan", "anggaran", "pagu",
                "jumlahanggaran", "paguanggaran", "anggaranrp", "anggaranprogram"}  # fmt: skip


@dataclass(frozen=True)
class Heading:
    """The rows of one heading (0-based ``first`` to ``row``), and the row under its list (``end``, exclusive).

    0-based column per word field, the value columns, every title, those not known, and those that say the
    same as another.
    """

    first: int
    row: int
    end: int
    fields: dict[str, int]
    measures: tuple[Measure, ...]
    titles: dict[int, str]
    unknown: tuple[str, ...]
    doubled: tuple[Measure, ...] = ()

    def has(self, kind: str) -> bool:
        """Whether there is a column of that kind."""
        return any(item.kind == kind for item in self.measures)

    @property
    def is_list(self) -> bool:
        """Whether these are the headings of a list of indicators."""
        if "indikator" not in self.fields or sum(is_money(title) for title in self.titles.values()) > MOST_MONEY:
            return False
        return self.has("realisasi") or (self.has("target") and bool(_CONTEXT & set(self.fields)))

    @property
    def worth(self) -> tuple[int, int, int]:
        """How much the heading tells: value columns, their years and quarters, and little height."""
        told = sum(bool(item.year) + (item.period != "tahunan") for item in self.measures)
        return len(self.measures), told, self.first - self.row


def is_money(title: str) -> bool:
    """Whether the last word of a heading is of money."""
    return bool(re.search(r"(?i)\b(rp\.?|rupiah|anggaran|keuangan|pagu)\W*$", title))


def find_headings(rows: Rows) -> list[Heading]:
    """Every heading of a list on the sheet, each with the rows under it."""
    found: list[Heading] = []
    for place in _starts(rows):
        if (not found or place > found[-1].row) and (heading := _best(rows, place)):
            found.append(heading)
    ends = [heading.first for heading in found[1:]] + [len(rows)]
    return [replace(heading, end=_end(rows, heading.row, end)) for heading, end in zip(found, ends, strict=False)]


def _starts(rows: Rows) -> list[int]:
    """Rows in which a heading may start: up to :data:`DEPTH` rows from the word indikator."""
    named = [place for place, row in enumerate(rows) if any(map(_is_indicator, row))]
    return sorted({start for place in named for start in range(max(0, place - DEPTH + 1), place + 1)})


def _is_indicator(cell: Any) -> bool:
    """Whether a cell is the heading of the indicators; the first test is for speed."""
    return isinstance(cell, str) and bool(_NAMED.search(cell)) and _field((cell,)) == "indikator"


def _best(rows: Rows, place: int) -> Heading | None:
    """The heading that starts here, or a better one that starts in its second row."""
    if not (found := _starting(rows, place)):
        return None
    return max([*found, *(_starting(rows, place + 1) if found[0].row > place else [])], key=lambda item: item.worth)


def _starting(rows: Rows, place: int) -> list[Heading]:
    if place >= len(rows) or _is_label(rows[place]):
        return []
    found = [_heading(rows, place, last) for last in range(place, min(place + DEPTH, len(rows)))]
    return [heading for heading in found if heading.is_list]


def _is_label(row: Sequence[Any]) -> bool:
    """Whether a row is a title, or a label with its value such as ``Tahun | 2025``, and no row of headings."""
    written = [words for words in map(text, row) if words.strip(" :")]
    return len(written) < 2 or (len(written) == 2 and not any(measure((words,)) for words in written)
                                and not any(_field((words,)) == "indikator" for words in written))  # fmt: skip


def _end(rows: Rows, row: int, end: int) -> int:
    """The row of another table's heading, such as that of the programmes of a Perjanjian Kinerja."""
    for place in range(row + 1, end):
        if len(_OTHER_TABLE & {normal(text(cell)) for cell in rows[place]}) > 1:
            return place
    return end


def _heading(rows: Rows, first: int, last: int) -> Heading:
    columns = paths(rows[first : last + 1])
    fields: dict[str, int] = {}
    measures: list[Measure] = []
    unknown = []
    for column, path in columns.items():
        field, found = _field(path), measure(path, column)
        if found and (not field or measure(path[-1:])):
            measures.append(found)
        elif field and field not in fields:
            fields[field] = column
        elif path:
            unknown.append(" ".join(path))
    titles = {column: " ".join(path) for column, path in columns.items()}
    kept, doubled = _distinct(measures)
    return Heading(first, last, last + 1, fields, kept, titles, tuple(unknown), doubled)


def _field(path: tuple[str, ...]) -> str:
    """The word field that a heading names: by its lowest row, or by its upper one over ``Uraian``."""
    words = [normal(part) for part in path]
    if words and words[-1] in ("uraian", "nama"):
        words = words[:-1]
    if not words:
        return ""
    return next((field for field, pattern in _FIELDS.items() if re.fullmatch(pattern, words[-1])), "")


def _distinct(measures: list[Measure]) -> tuple[tuple[Measure, ...], tuple[Measure, ...]]:
    """Value columns that say different things, and the rest; a second realisasi in % is the capaian."""
    kept: dict[tuple[object, ...], Measure] = {}
    doubled = []
    for item in measures:
        key = (item.kind, item.year, item.period, item.document)
        if key in kept and item.kind == "realisasi" and item.is_percent:
            item = replace(item, kind="capaian")
            key = (item.kind, *key[1:])
        if kept.setdefault(key, item) is not item:
            doubled.append(item)
    return tuple(kept.values()), tuple(doubled)


def lists(book: Book) -> list[tuple[str, Heading]]:
    """Sheet and heading of every list of indicators; none for our own workbook, published figures and E.81 forms."""
    if matching(book) or any(has_stamp(rows) for rows in book.sheets.values()):
        return []
    return [
        (sheet, heading)
        for sheet, rows in book.sheets.items()
        if not find_form(sheet, rows[:LOOK_ROWS])
        for heading in find_headings(rows)
    ]
