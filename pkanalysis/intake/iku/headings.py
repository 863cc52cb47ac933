"""Headings of IKU and PK lists: one row, in many wordings, with or without the year in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pkanalysis.intake.columns import HEAD_ROWS
from pkanalysis.intake.form.stamp import has_stamp
from pkanalysis.intake.published.shapes import matching
from pkanalysis.intake.sheets import Book, Rows, normal, text
from pkanalysis.tables import PERIODS

_WORDS = {
    "opd": "opd namaopd perangkatdaerah namaperangkatdaerah skpd namaskpd unitkerja organisasi satuankerja instansi",
    "indikator": "indikator namaindikator indikatorkinerja indikatorkinerjautama indikatorkinerjautamaiku iku "
    "indikatorutama indikatorsasaran indikatorkinerjasasaran indikatorkinerjadaerah",
    "sasaran": "sasaran sasaranstrategis sasaranperangkatdaerah sasarankinerja tujuansasaran",
    "satuan": "satuan sat satuantarget satuanindikator",
    "arah": "arah arahlebihbaik arahindikator arahkinerja polaritas polarisasi sifatindikator maxmin",
    "tahun": "tahun tahunanggaran tahunpk",
    "dokumen": "tipe tipepk dokumen jenisdokumen jenispk",
    "status": "status statusdata",
    "definisi": "definisi definisioperasional formulasi formula rumus caraperhitungan",
    "sumber_data": "sumberdata penanggungjawabdata",
}
_FIELD_OF = {word: field for field, words in _WORDS.items() for word in words.split()}
_MEASURE = re.compile(
    r"(?P<kind>target|realisasi|capaian)(?:kinerja|indikator|pk|iku|tahunan)?(?:tahun|th)?(?P<year>20\d\d)?(?P<percent>persen)?"
    r"(?:(?:triwulan|tw)(?P<quarter>iv|iii|ii|i|[1-4]))?(?P<year2>20\d\d)?"
)
_COMPUTED = {"targethitung": "target_hitung", "capaianhitung": "capaian"}
_ROMAN = {"i": 0, "ii": 1, "iii": 2, "iv": 3}


@dataclass(frozen=True)
class Measure:
    """A column of values: ``kind`` is target, realisasi, capaian or target_hitung; no year = that of the row."""

    kind: str
    year: int | None
    period: str
    column: int
    title: str


@dataclass(frozen=True)
class Heading:
    """The heading row (0-based) of a list, 0-based column per word field, the value columns, and those not known."""

    row: int
    fields: dict[str, int]
    measures: tuple[Measure, ...]
    titles: dict[int, str]
    unknown: tuple[str, ...]

    def has(self, kind: str) -> bool:
        """Whether there is a column of that kind."""
        return any(item.kind == kind for item in self.measures)


def measure(heading: Any, column: int = 0) -> Measure | None:
    """The measure that a heading names, or ``None``.

    Examples
    --------
    >>> measure("target_2025"), measure("Realisasi TW II").period, measure("target_lalu")
    (Measure(kind='target', year=2025, period='tahunan', column=0, title='target_2025'), 'TW2', None)
    """
    words = normal(text(heading))
    if words in _COMPUTED:
        return Measure(_COMPUTED[words], None, "tahunan", column, text(heading))
    found = _MEASURE.fullmatch(words)
    if not found:
        return None
    quarter, year = found["quarter"], found["year"] or found["year2"]
    period = PERIODS[_ROMAN[quarter] if quarter in _ROMAN else int(quarter) - 1] if quarter else "tahunan"
    return Measure(found["kind"], int(year) if year else None, period, column, text(heading))


def find_heading(rows: Rows) -> Heading | None:
    """The heading row of a list of indicators, or ``None``."""
    for place, row in enumerate(rows[:HEAD_ROWS]):
        heading = _heading(place, row)
        is_plan = heading.has("target") and ("satuan" in heading.fields or heading.has("realisasi"))
        if "indikator" in heading.fields and (is_plan or heading.has("realisasi")):
            return heading
    return None


def _heading(place: int, row: Sequence[Any]) -> Heading:
    fields: dict[str, int] = {}
    measures, unknown = [], []
    for column, cell in enumerate(row):
        field, found = _FIELD_OF.get(normal(text(cell)), ""), measure(cell, column)
        if field:
            fields.setdefault(field, column)
        elif found:
            measures.append(found)
        elif text(cell):
            unknown.append(text(cell))
    titles = {column: text(cell) for column, cell in enumerate(row)}
    return Heading(place, fields, tuple(measures), titles, tuple(unknown))


def lists(book: Book) -> dict[str, Heading]:
    """Heading per sheet of a book that holds lists of indicators; none for our own workbook and published figures."""
    if matching(book) or any(has_stamp(rows) for rows in book.sheets.values()):
        return {}
    found = {sheet: find_heading(rows) for sheet, rows in book.sheets.items()}
    return {sheet: heading for sheet, heading in found.items() if heading}
