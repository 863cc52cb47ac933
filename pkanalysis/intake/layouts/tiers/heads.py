"""What stands above a form: whose it is, of which year and which months."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pkanalysis import codes
from pkanalysis.intake.book import Rows, normal, text
from pkanalysis.intake.dates import month, year
from pkanalysis.intake.layouts.sebelum_sesudah.heads import Named, split_code
from pkanalysis.intake.layouts.sebelum_sesudah.organisations import slug

_NAMES = {
    "organisasi", "namaorganisasi", "unitorganisasi", "skpd", "opd", "namaskpd", "namaopd", "perangkatdaerah",
    "namaperangkatdaerah", "satuankerjaperangkatdaerah", "satuankerja", "unitkerja", "namaunitkerja", "instansi",
    "namaunitorganisasi", "pd", "namapd", "skpdopd", "opdskpd",
}  # fmt: skip
_PARTS = {"unitkerja", "namaunitkerja", "instansi", "satuankerja"}
_CODES = {"kodeorganisasi", "kodeskpd", "kodeopd", "kodeunitorganisasi", "kodeperangkatdaerah", "kodeunitkerja"}
_ACTIVITIES = {"subkegiatan", "kodesubkegiatan", "namasubkegiatan"}
_OFFICE = re.compile(
    r"(?i)(dinas|badan|sekretariat|inspektorat|kecamatan|kelurahan|rumah sakit|rsud|satuan polisi|upt|bagian)\b"
)
_UNTIL = re.compile(r"(?i)\b(s\s*[./]\s*d|sampai|hingga|sd|per)\b")
_QUARTER = re.compile(r"(?i)\b(?:triwulan|tw)\.?\s*(iv|iii|ii|i|[1-4])\b")
_HALF = re.compile(r"(?i)\bsemester\s*(ii|i|[12]|pertama|kedua)\b")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True)
class Period:
    """First and last month of the figures, 1-12."""

    first: int
    last: int

    @property
    def is_cumulative(self) -> bool:
        """Whether the figures cover more than one month."""
        return self.last > self.first


@dataclass(frozen=True)
class Head:
    """OPD code and name (``""`` when not written), year, period, the lines above the form and their sub kegiatan."""

    code: str
    name: str
    year: int | None
    period: Period | None
    lines: tuple[str, ...]
    activity: str = ""


def head(rows: Rows, names: Iterable[str] = ()) -> Head:
    """Head of a form from the rows above it; ``names`` (sheet, file) may give the year only."""
    lines = _written(rows)
    named = office(rows)
    titles = tuple(" ".join(words) for words in lines if words)
    pairs = [pair for words in lines if (pair := _pair(words))]
    years = (year(words) for words in (*_years(pairs), *titles, *names, _latest(titles)))
    return Head(named.code, named.name, next((value for value in years if value), None), period(titles), titles)


def office(rows: Rows) -> Named:
    """Code and name of the OPD that rows above a form name; the code is made of the name where none is written.

    Examples
    --------
    >>> office([["SKPD", ":", "1.01.0.00.0.00.01.0000 Dinas Uji"]]), office([["DINAS UJI"]]).code
    (Named(code='1.01.0.00.0.00.01.0000', name='Dinas Uji'), 'DINAS-UJI')
    """
    lines = _written(rows)
    pairs = [pair for words in lines if (pair := _pair(words))]
    titles = (" ".join(words) for words in lines if words)
    found = next((value for label, value in pairs if normal(label) in _NAMES), "")
    named = _coded(found or next((line for line in titles if _OFFICE.match(line)), ""))
    code = next((_coded(value) for label, value in pairs if normal(label) in _CODES), Named())
    name = named.name or (code.name if code.code else "")
    return Named(named.code or code.code or (code.name if name != code.name else "") or slug(name), name)


def activity(rows: Rows) -> Named:
    """Code and name of the sub kegiatan that rows above a form name; blank where they name none.

    Examples
    --------
    >>> activity([["Sub Kegiatan", ":", "2.10.01.2.06.0009 Rapat"]]), activity([["Program", ":", "2.10.01"]]).code
    (Named(code='2.10.01.2.06.0009', name='Rapat'), '')
    """
    pairs = (pair for words in _written(rows) if (pair := _pair(words)))
    named = (_coded(value) for label, value in pairs if normal(label) in _ACTIVITIES)
    return next((each for each in named if len(codes.key(each.code)) == len(codes.ACTIVITY_WIDTHS)), Named())


def labelled_office(row: Sequence[Any]) -> str:
    """Name of the OPD in a row ``SKPD : name``, or ``""``.

    Examples
    --------
    >>> labelled_office(["SKPD", ":", "1.02 Dinas Lain"]), labelled_office(["", "JUMLAH", 5])
    ('Dinas Lain', '')
    """
    pair = _pair([text(cell) for cell in row if _is_written(cell)])
    return _coded(pair[1]).name if pair and normal(pair[0]) in _NAMES - _PARTS else ""


def _written(rows: Rows) -> list[list[str]]:
    return [[text(cell) for cell in row if _is_written(cell)] for row in rows]


def _is_written(cell: Any) -> bool:
    """Whether a cell says something: not blank, and more than dots left to be filled in."""
    return bool(re.sub(r"[.…_:\s-]", "", text(cell)))


def _pair(words: Sequence[str]) -> tuple[str, str] | None:
    if not words:
        return None
    parts = [part.strip(" :") for part in (words[0].split(":", 1) if len(words) == 1 else words) if part.strip(" :")]
    return (parts[0], parts[1]) if len(parts) > 1 else None


def _latest(lines: Iterable[str]) -> str:
    """The later of the years that the lines compare: "31 Desember 2025 dan 2024"."""
    return max(re.findall(r"\b20\d{2}\b", " ".join(lines)), default="")


def _years(pairs: Sequence[tuple[str, str]]) -> list[str]:
    return [value for label, value in pairs if normal(label) in ("tahun", "tahunanggaran")]


def _coded(words: str) -> Named:
    found = split_code(words)
    return Named(found.code, found.name.lstrip("- "))


def period(lines: Iterable[str]) -> Period | None:
    """Months that the lines above a form name; ``None`` when they name none.

    Examples
    --------
    >>> period(["periode 01 Maret s.d 31 Maret 2022"]), period(["1 Januari 2025 s/d 30 Juni 2025"])
    (Period(first=3, last=3), Period(first=1, last=6))
    >>> period(["s.d. Bulan Maret 2025"]), period(["BULAN PEBRUARI 2025"]), period(["Triwulan II"])
    (Period(first=1, last=3), Period(first=2, last=2), Period(first=4, last=6))
    """
    for line in lines:
        months = [number for word in re.findall(r"[A-Za-z]+", line) if len(word) > 2 and (number := month(word))]
        if months:
            first = months[0] if len(months) > 1 or not _UNTIL.search(line) else 1
            return Period(first, months[-1]) if first <= months[-1] else None
        if quarter := _QUARTER.search(line):
            number = _ROMAN.get(quarter[1].lower()) or int(quarter[1])
            return Period(3 * number - 2, 3 * number)
        if half := _HALF.search(line):
            return Period(7, 12) if half[1].lower() in ("ii", "2", "kedua") else Period(1, 6)
    return None
