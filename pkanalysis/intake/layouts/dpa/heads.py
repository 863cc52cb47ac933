"""The head of a DPA: labels with a code and a name, or a name alone.

Forms of a line under the head: an account, a group of components, a month, a total.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pkanalysis import codes
from pkanalysis.intake import dates
from pkanalysis.intake.amounts import rupiah
from pkanalysis.intake.book import Book, normal
from pkanalysis.intake.dates import MONTHS, month

_CODED = ("urusan", "bidang", "program", "kegiatan", "organisasi", "unit", "sub_kegiatan")
LABELS = {
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
RUPIAH = re.compile(r"([-(]?)\s?Rp\.?\s?(\(?-?[\d.]+(?:,\d+)?\)?)\)?")
BARE = re.compile(r"(?<!\S)(\(?-?(?:\d{1,3}(?:\.\d{3})+|0)(?:,\d\d)?\)?)(?=(?:\s+\(?-?[\d.,]+%?\)?)*$)")
"""An amount without Rp at the end of a line."""
_ACCOUNT = re.compile(r"([456](?:\.\d{1,5}){0,5})\.?\s+(\S.*)")
_MONTHS = "|".join((*MONTHS, "pebruari", "nopember"))
_MONTH = re.compile(rf"(?i)\b({_MONTHS})\b(?!\s+20\d\d)")
BARE_MONTH = re.compile(rf"(?i)\b({_MONTHS})(\s*:?\s+)(?=(?:\d{{1,3}}(?:\.\d{{3}})+|0)(?![\d.]))")
TOTAL = re.compile(r"(?i)\bjumlah\s+anggaran\b")
PLAN = re.compile(r"(?i)^(rencana|anggaran kas).*(bulan|kas|penarikan)")
TABLE_HEAD = re.compile(
    r"(?i)^(kode rekening|rincian perhitungan|koefisien|volume$|satuan harga|jumlah$|\(rp\)"
    r"|(sebelum|setelah|sesudah|semula|menjadi|bertambah)\b(?!.*\d))"
)
SOURCE = re.compile(r"(?i)sumber\s+dana\s*:\s*(.+)")


@dataclass(frozen=True)
class Heading:
    """One labelled line; ``label`` is empty for a label that is not used (it ends the value before it)."""

    label: str
    code: str = ""
    name: str = ""


Head = dict[str, Heading]
"""Code and name per label as the lines go by; the last one written counts."""
EMPTY: Head = {label: Heading(label) for label in LABELS.values()}


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
    label = LABELS.get(normal(found[1]), "")
    coded = _CODE.fullmatch(found[2]) if label in _CODED else None
    return Heading(label, coded[1], coded[2]) if coded else Heading(label, "", found[2])


def year(book: Book) -> int | None:
    """Budget year in the title, or ``None``."""
    titles = (_YEAR.search(str(row[0])) for rows in book.sheets.values() for row in rows)
    return next((dates.year(found[1]) for found in titles if found), None)


def amounts(line: str) -> list[int]:
    """Every rupiah amount written on the line, in whole rupiah.

    Examples
    --------
    >>> amounts("3 Rim Rim Rp82.400,00 0% Rp247.200,00"), amounts("Rp9,00 Rp5,00 (Rp4,00)"), amounts("Rp-4,00 -Rp3,00")
    ([82400, 247200], [9, 5, -4], [-4, -3])
    """
    written = [f"{sign.replace('(', '-')}{digits}" for sign, digits in RUPIAH.findall(line)]
    return [value for value in rupiah(written).figures if value is not None]


@dataclass(frozen=True)
class Opening:
    """The start of an account line: its code and the words after it, amount included."""

    code: str
    rest: str


def opening(line: str, most: int = 1) -> Opening | None:
    """The start of an account line with at most that many amounts; ``5 Kotak`` and ``5.5 Orang`` are none.

    Examples
    --------
    >>> opening("5.1.02.01 Belanja Barang Rp3.111.200,00").code
    '5.1.02.01'
    >>> opening("5 BELANJA DAERAH Rp10,00").code, opening("5 Kotak Kotak Rp1,00 0% Rp5,00")
    ('5', None)
    """
    found = _ACCOUNT.fullmatch(line)
    if not found or len(amounts(line)) > most:
        return None
    if "." not in found[1] and not re.match(r"(BELANJA|PENDAPATAN|PEMBIAYAAN)\b", found[2]):
        return None
    return Opening(codes.clean(found[1]), found[2])


def month_amounts(line: str) -> list[tuple[int, list[int]]]:
    """Months and rupiah of a line of the cash plan; words of the signature beside them do not matter.

    Examples
    --------
    >>> month_amounts("Pebruari Rp1.500,00 Kepala Dinas"), month_amounts("Kota Uji, 2 Januari 2026 Maret : Rp5,00")
    ([(2, [1500])], [(3, [5])])
    >>> month_amounts("Januari Rp1,00 Juli Rp7,00"), month_amounts("Mulai Januari Sampai Desember")
    ([(1, [1]), (7, [7])], [])
    """
    found = list(_MONTH.finditer(line))
    ends = [*(each.start() for each in found[1:]), len(line)]
    parts = [(month(each[1]) or 0, amounts(line[each.end() : end])) for each, end in zip(found, ends, strict=False)]
    return [(number, values) for number, values in parts if values]
