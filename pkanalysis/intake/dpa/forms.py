"""Forms of a line under the head: an account, a group of components, a month, a total."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pkanalysis import codes
from pkanalysis.intake.amounts import rupiah
from pkanalysis.intake.dates import MONTHS, month

RUPIAH = re.compile(r"Rp\.?\s?(\(?-?[\d.]+(?:,\d+)?\)?)")
_ACCOUNT = re.compile(r"([456](?:\.\d{1,5}){0,5})\.?\s+(\S.*)")
_MONTHS = "|".join((*MONTHS, "pebruari", "nopember"))
_MONTH = re.compile(rf"(?i)\b({_MONTHS})\b(?!\s+20\d\d)")
_TOTAL = re.compile(r"(?i)\bjumlah\s+anggaran\b")
_PLAN = re.compile(r"(?i)^(rencana|anggaran kas).*(bulan|kas|penarikan)")
_TABLE_HEAD = re.compile(r"(?i)^(kode rekening|rincian perhitungan|koefisien|volume$|satuan harga|jumlah$|\(rp\))")
SOURCE = re.compile(r"(?i)sumber\s+dana\s*:\s*(.+)")


@dataclass(frozen=True)
class Opening:
    """The start of an account line: its code and the words after it, amount included."""

    code: str
    rest: str


def amounts(line: str) -> list[int]:
    """Every rupiah amount written on the line, in whole rupiah.

    Examples
    --------
    >>> amounts("3 Rim Rim Rp82.400,00 0% Rp247.200,00")
    [82400, 247200]
    """
    return [value for value in rupiah(RUPIAH.findall(line)).figures if value is not None]


def opening(line: str) -> Opening | None:
    """The start of an account line; quantities such as ``5 Kotak`` and ``5.5 Orang`` are none.

    Examples
    --------
    >>> opening("5.1.02.01 Belanja Barang Rp3.111.200,00").code
    '5.1.02.01'
    >>> opening("5 BELANJA DAERAH Rp10,00").code, opening("5 Kotak Kotak Rp1,00 0% Rp5,00")
    ('5', None)
    """
    found = _ACCOUNT.fullmatch(line)
    if not found or len(amounts(line)) > 1:
        return None
    is_top = "." not in found[1]
    if is_top and not re.match(r"(BELANJA|PENDAPATAN|PEMBIAYAAN)\b", found[2]):
        return None
    return Opening(codes.clean(found[1]), found[2])


def month_amount(line: str) -> tuple[int, int] | None:
    """Month and rupiah of a line of the cash plan; words of the signature beside it do not matter.

    Examples
    --------
    >>> month_amount("Pebruari Rp1.500,00 Kepala Dinas"), month_amount("Kota Uji, 2 Januari 2026 Maret : Rp5,00")
    ((2, 1500), (3, 5))
    >>> month_amount("Mulai Januari Sampai Desember"), month_amount("Kota Uji, 2 Januari 2026")
    (None, None)
    """
    for found in _MONTH.finditer(line):
        values = amounts(line[found.end() :])
        if values and not _MONTH.search(line, found.end()):
            return month(found[1]) or 0, values[0]
    return None


def is_month(line: str) -> bool:
    """Whether the line is a month and nothing else, its amount being on the next one."""
    return month(line.rstrip(" :")) is not None


def total(line: str) -> int | None:
    """The printed total of a sub kegiatan, or ``None``.

    Examples
    --------
    >>> total("Jumlah Anggaran Sub Kegiatan Rp213.924.275,00")
    213924275
    """
    values = amounts(line)
    return values[-1] if values and _TOTAL.search(line) else None


def is_plan_title(line: str) -> bool:
    """Whether the line is the title of the cash plan per month."""
    return bool(_PLAN.match(line)) and not amounts(line)


def is_table_head(line: str) -> bool:
    """Whether the line belongs to the heading of the table, which comes back on every page."""
    return bool(_TABLE_HEAD.match(line))
