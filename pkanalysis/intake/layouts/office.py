"""Whose form or list it is: the head names the office, and has no code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pkanalysis.intake.book import Rows, normal, text
from pkanalysis.intake.layouts.published import slug

_LABEL = re.compile(
    r"(?i)(?:[A-Z\d]{1,3}[.)]\s*)?(?:nama\s+)?(?:(?:organisasi\s+)?perangkat daerah|opd|skpd|organisasi|unit kerja"
    r"|unit organisasi|satuan kerja|instansi)\b\s*:?\s*(.*)"
)
_KIND = (
    r"(?:dinas|badan|kantor|sekretariat|inspektorat|kecamatan|kec\.|kelurahan|satuan polisi|satpol|rumah sakit|rsud"
    r"|bagian|puskesmas|bappe\w+|unit pelaksana)"
)
_NAME = re.compile(rf"(?i)(?:(?:[A-Z]|[IVX]+|\d{{1,2}})[.)]\s*)?({_KIND}(?:\s.*)?)")
_TITLED = re.compile(
    rf"(?i)\b(?:kinerja|pk|renja|renstra|utama|rencana|iku|lkjip|lakip|evaluasi|laporan|pengukuran|capaian)\b"
    rf"[^:]*?\s({_KIND}\s.+)"
)
_GENERAL = re.compile(
    r"(?i)\d|^(sheet|lembar|tabel|data|iku|pk|ikk|iki|tw|triwulan|rekap\w*|form\w*|capaian|target|realisasi|kinerja)\b"
)
_WHEN = re.compile(r"(?i)[\s,–-]*\b(tahun|t\.?a\.?|triwulan|tw|periode|semester|s\.?d|20\d\d)\b.*$")
_SHORT = re.compile(r"\(([A-Z][A-Za-z0-9]{2,24})\)")


@dataclass(frozen=True)
class Office:
    """Name as the form writes it, and its code where the form has one, else a stable stand-in for it."""

    name: str
    given: str = field(default="", repr=False)

    @property
    def code(self) -> str:
        """The code given, the abbreviation in brackets, or the whole name.

        Examples
        --------
        >>> Office("Badan Perencanaan (BAPPEDA)").code, Office("Dinas Uji").code
        ('BAPPEDA', 'DINAS-UJI')
        """
        short = _SHORT.search(self.name)
        return self.given or slug(short[1] if short else self.name)


def find_office(rows: Rows) -> Office | None:
    """The office in a cell ``Perangkat Daerah : name`` (or with the name in the next cell), else in a title.

    Examples
    --------
    >>> find_office([["Formulir E.81"], ["Perangkat Daerah", ":", "Dinas Uji"]])
    Office(name='Dinas Uji')
    >>> find_office([["PENGUKURAN KINERJA"], ["DINAS UJI KOTA CONTOH"], ["TAHUN 2025"]])
    Office(name='DINAS UJI KOTA CONTOH')
    >>> find_office([["Perjanjian Kinerja Dinas Uji Tahun 2025"]])
    Office(name='Dinas Uji')
    """
    for row in rows:
        words = [text(cell) for cell in row if text(cell).strip(" :")]
        for place, cell in enumerate(words):
            if (found := _LABEL.fullmatch(cell)) and (":" in cell or len(words) == 2):
                name = found[1] or next(iter(words[place + 1 :]), "")
                if normal(name):  # dots to be filled in name nobody
                    return Office(name.strip(" :"))
    return next((office for row in rows if (office := titled(row))), None)


def titled(row: Sequence[Any]) -> Office | None:
    """The office that the only words of a row name, as titles and headings of sections do, or ``None``.

    Examples
    --------
    >>> titled(["", "II. Dinas Uji", ""]), titled(["Perangkat Daerah : Dinas Uji"]), titled(["1", "Dinas Uji"])
    (Office(name='Dinas Uji'), Office(name='Dinas Uji'), Office(name='Dinas Uji'))
    >>> titled(["Dinas Uji", 75]), titled(["Sasaran 1"]), titled(["Perjalanan Dinas Luar"])
    (None, None, None)
    """
    words = [text(cell) for cell in row if text(cell)]
    if words and re.fullmatch(r"(?i)[\dIVX]{1,4}[.)]?|[A-Z][.)]?", words[0]):
        words = words[1:]
    if len(words) != 1:
        return None
    if (labelled := _LABEL.fullmatch(words[0])) and ":" in words[0]:
        return Office(labelled[1].strip(" :")) if normal(labelled[1]) else None
    found = _NAME.fullmatch(words[0]) or _TITLED.search(words[0])
    name = _WHEN.sub("", found[1]).strip(" .,") if found else ""
    return Office(name) if len(name.split()) > 1 or re.match(r"(?i)inspektorat|bappe|rsud|satpol", name) else None


def sheet_office(sheet: str) -> Office | None:
    """The office that a sheet is named after, or ``None`` for names such as ``Sheet1`` and ``IKU 2025``.

    Examples
    --------
    >>> sheet_office("Dinkes"), sheet_office("Sheet1"), sheet_office("PK 2025"), sheet_office("TW IV")
    (Office(name='Dinkes'), None, None, None)
    """
    words = re.sub(r"[\W_]+", " ", sheet).strip()
    return None if _GENERAL.search(words) or len(words) < 3 else Office(words)
