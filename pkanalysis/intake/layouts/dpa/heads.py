"""The head of a DPA: labels with a code and a name, or a name alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pkanalysis.intake import dates
from pkanalysis.intake.book import Book, normal

CODED = ("urusan", "bidang", "program", "kegiatan", "organisasi", "unit", "sub_kegiatan")
_LABELS = {
    "urusanpemerintahan": "urusan",
    "bidangurusan": "bidang",
    "program": "program",
    "kegiatan": "kegiatan",
    "organisasi": "organisasi",
    "skpd": "organisasi",
    "perangkatdaerah": "organisasi",
    "satuankerjaperangkatdaerah": "organisasi",
    "unit": "unit",
    "unitorganisasi": "unit",
    "unitskpd": "unit",
    "subunit": "unit",
    "subunitorganisasi": "unit",
    "subkegiatan": "sub_kegiatan",
    "sumberpendanaan": "sumber",
    "sumberdana": "sumber",
}
_LABELLED = re.compile(r"([A-Za-z][A-Za-z +\-\d]{2,40}?)\s*:\s*(.*)")
_CODE = re.compile(r"([\dXx]+(?:\.[\dXx]+)*)\.?\s*[-–]?\s+(.+)")
_YEAR = re.compile(r"TAHUN\s+ANGGARAN\s*:?\s*(20\d\d)", re.IGNORECASE)


@dataclass(frozen=True)
class Heading:
    """One labelled line; ``label`` is empty for a label that is not used (it ends the value before it)."""

    label: str
    code: str
    name: str


@dataclass
class Head:
    """Code and name per label as the lines go by; the last one written counts."""

    values: dict[str, Heading] = field(default_factory=dict)

    def code(self, label: str) -> str:
        """Code under ``label``; empty when it is missing."""
        return self.values[label].code if label in self.values else ""

    def name(self, label: str) -> str:
        """Name under ``label``; empty when it is missing."""
        return self.values[label].name if label in self.values else ""

    def copy(self) -> Head:
        """The head as it stands now."""
        return Head(dict(self.values))

    def note(self, item: Heading) -> None:
        """Take a labelled line."""
        if item.label:
            self.values[item.label] = item

    def extend(self, label: str, more: str) -> None:
        """Add the second line of a name that was too long for one."""
        if item := self.values.get(label):
            self.values[label] = Heading(label, item.code, f"{item.name} {more}")


def heading(line: str) -> Heading | None:
    """The labelled value on a line, or ``None`` for any other line.

    Examples
    --------
    >>> heading("Sub Kegiatan : 2.21.02.1.01.0005 - Pelaksanaan Keamanan")
    Heading(label='sub_kegiatan', code='2.21.02.1.01.0005', name='Pelaksanaan Keamanan')
    >>> heading("Lokasi : Semua Kecamatan").label, heading("[ # ] Kertas")
    ('', None)
    """
    found = _LABELLED.fullmatch(line)
    if not found:
        return None
    label = _LABELS.get(normal(found[1]), "")
    coded = _CODE.fullmatch(found[2]) if label in CODED else None
    return Heading(label, coded[1], coded[2]) if coded else Heading(label, "", found[2])


def is_label(line: str) -> bool:
    """Whether the line is a label that is used and nothing else, its value being on the next line.

    Examples
    --------
    >>> is_label("Sub Kegiatan"), is_label("Sub Kegiatan : 1.01"), is_label("Kertas")
    (True, False, False)
    """
    return normal(line) in _LABELS


def year(book: Book) -> int | None:
    """Budget year in the title, or ``None``."""
    for rows in book.sheets.values():
        for row in rows:
            if found := _YEAR.search(str(row[0])):
                return dates.year(found[1])
    return None
