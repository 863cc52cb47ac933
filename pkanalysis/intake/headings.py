"""What headings, titles and file names say: columns, units, months, stages, offices.

Finding the columns of a table by their headings, whatever their order and address.

Words of headings in one spelling: abbreviations written out, one word for the office, the year left off.

Headings over two rows, and rows under a heading that only number its columns.

The unit of money that the words above or under a table state for all of it.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pkanalysis.intake.amounts import unit, without_unit
from pkanalysis.intake.book import Rows, normal, text
from pkanalysis.intake.dates import month

SPELLED_OUT = {
    "kd": "kode", "nm": "nama", "nomor": "no", "nmr": "no", "thn": "tahun", "jml": "jumlah", "jlh": "jumlah",
    "prog": "program", "prg": "program", "keg": "kegiatan", "kgt": "kegiatan", "giat": "kegiatan",
    "subkeg": "sub kegiatan", "subkegiatan": "sub kegiatan", "subgiat": "sub kegiatan", "rek": "rekening",
    "akun": "rekening", "tgl": "tanggal", "dok": "dokumen", "real": "realisasi", "obyek": "objek",
    "opd": "skpd", "satker": "skpd", "subunit": "sub unit", "subskpd": "sub skpd", "subopd": "sub skpd",
}  # fmt: skip
"""Abbreviations and other spellings of single words, and what they stand for."""
_OFFICE = re.compile(r"\b(perangkat daerah|satuan kerja(?: perangkat daerah)?|skpd(?: skpd)+)\b")
_YEAR = re.compile(r"\s(?:(?:ta|t a|tahun(?: anggaran)?)\s)?20\d\d$")
_RUPIAH = re.compile(r"(?i)\s*(\(\s*(dalam\s+)?(rp\.?|rupiah)\s*\)|\brp\.?)\s*$")
_MONEY = re.compile(r"\s(?:rp|rupiah)(?=\s|$)")


@cache
def spelled_out(heading: str) -> str:
    """A heading with its words written out, without spaces and signs.

    Examples
    --------
    >>> [spelled_out(words) for words in ("Kd. Rek", "KODE_AKUN", "Nama OPD/SKPD", "nama perangkat daerah")]
    ['koderekening', 'koderekening', 'namaskpd', 'namaskpd']
    """
    return "".join(_words(heading).split())


@cache
def without_year(heading: str) -> str:
    """:func:`spelled_out` of a heading without the year at its end; empty when it names none.

    Examples
    --------
    >>> without_year("Pagu TA 2025"), without_year("PAGU APBD 2025 (Rp)"), without_year("Pagu"), without_year("2025")
    ('pagu', 'paguapbd', '', '')
    """
    words = _words(heading)
    bare = _YEAR.sub("", _MONEY.sub("", words))
    return "".join(bare.split()) if _YEAR.search(_MONEY.sub("", words)) else ""


def spellings(cell: Any) -> tuple[str, ...]:
    """A heading for comparing: as written, without the unit or "(Rp)" behind it, words written out, without its year.

    Examples
    --------
    >>> spellings("Pagu (Rp ribu)"), spellings("Kd. Rek"), spellings("PAGU 2025")
    (('pagurpribu', 'pagu'), ('kdrek', 'koderekening'), ('pagu2025', 'pagu'))
    """
    names = (*plainly(cell), *in_full(cell), without_year(cell)) if isinstance(cell, str) else ()
    return tuple(dict.fromkeys(filter(None, names)))


def plainly(cell: str) -> tuple[str, ...]:
    """A heading for comparing, with and without its unit."""
    return normal(cell), normal(_bare(cell))


def in_full(cell: str) -> tuple[str, ...]:
    """A heading for comparing with its words written out, with and without its unit."""
    return spelled_out(cell), spelled_out(_bare(cell))


def _bare(cell: str) -> str:
    return _RUPIAH.sub("", without_unit(cell))


def of_one_year(written: Sequence[tuple[int, str]]) -> Callable[[str], tuple[str, ...]]:
    """Headings without their year, unless two columns differ in nothing but that."""
    bare = {column: without_year(_bare(cell)) for column, cell in written}
    several = {name for name, count in Counter(bare.values()).items() if count > 1}
    return lambda cell: tuple(name for name in (without_year(_bare(cell)),) if name not in several)


@cache
def normals(headings: tuple[str, ...]) -> tuple[str, ...]:
    """Headings as :func:`~pkanalysis.intake.files.sheets.normal` gives them, and as they are spelled out."""
    return tuple(dict.fromkeys(name for heading in headings for name in (normal(heading), spelled_out(heading))))


def _words(heading: str) -> str:
    words = re.findall(r"[a-z0-9]+", heading.lower())
    return _OFFICE.sub("skpd", _OFFICE.sub("skpd", " ".join(SPELLED_OUT.get(word, word) for word in words)))


_NUMBER = re.compile(r"\(?(\d{1,2})\)?\s*(=.*)?")


def spread(
    levels: Sequence[Sequence[Any]], word: Callable[[Any], str] = text, *, first: int = 0, over_gaps: bool = True
) -> dict[int, tuple[str, ...]]:
    """Headings over every column, the top one first: a merged one counts for the columns that have words below it.

    Parameters
    ----------
    levels : sequence of rows
        The rows of the heading, from top to bottom.
    word : callable
        What a cell says as a heading, empty where it says nothing, as the numbers under headings do.
    first : int
        Column (0-based) from which on columns are headed; a heading to the left of it reaches over none.
    over_gaps : bool
        Whether a merged heading also reaches beyond a column that has no words at all.

    Examples
    --------
    >>> spread([["Satuan", "Target", "", "Ket"], ["", 2024, 2025, ""]])
    {0: ('Satuan',), 1: ('Target', '2024'), 2: ('Target', '2025'), 3: ('Ket',)}
    """
    width = max(map(len, levels), default=0)
    columns = zip(*([*map(word, row), *[""] * (width - len(row))] for row in levels), strict=True)
    found: dict[int, tuple[str, ...]] = {}
    last = [""] * len(levels)
    for column, own in enumerate(columns):
        lowest = max((depth for depth, words in enumerate(own) if words), default=-1)
        if column < first or (lowest < 0 and not over_gaps):
            last = [""] * len(levels)
        else:
            for depth, words in enumerate(own):
                if words:
                    last[depth:] = [words, *[""] * (len(levels) - depth - 1)]
        if column >= first:
            found[column] = tuple(filter(None, last[: lowest + 1]))
    return found


def merged(top: Sequence[Any], below: Sequence[Any]) -> list[tuple[str, ...]]:
    """Headings that each column may go by when merged cells of ``top`` reach over words of ``below``.

    Examples
    --------
    >>> merged(["NO", "SKPD", "", "PAGU"], ["", "KODE", "NAMA", ""])
    [('NO',), ('SKPD KODE', 'KODE SKPD'), ('SKPD NAMA', 'NAMA SKPD'), ('PAGU',)]
    >>> merged(["BULAN", ""], ["JANUARI", "FEBRUARI"])[1]
    ('BULAN FEBRUARI', 'FEBRUARI BULAN', 'FEBRUARI')
    """
    paths = spread([top, below], lambda cell: text(cell) if isinstance(cell, str) else "", over_gaps=False)
    return [
        (" ".join(path), " ".join(reversed(path)), *path[1:] * bool(month(path[-1])))
        if len(path) > 1
        else path or ("",)
        for path in paths.values()
    ]


def is_numbering(row: Sequence[Any]) -> bool:
    """Whether the row numbers the columns, upwards: 1, 2, 3, 4 = 3 - 2.

    Examples
    --------
    >>> is_numbering(["1", "", "(2)", 3.0, "5 = 3-2"]), is_numbering([5, 5, 5]), is_numbering(["1", "2", "Gaji"])
    (True, False, False)
    """
    numbers = [_NUMBER.fullmatch(word) for word in map(text, row) if word]
    values = [int(found[1]) for found in numbers if found]
    return len(values) > 2 and len(values) == len(numbers) and values == sorted(set(values))


HEAD_ROWS = 40


@dataclass(frozen=True)
class Field:
    """A column to look for: our name, the headings it goes by, and whether the table needs it."""

    name: str
    headings: tuple[str, ...]
    required: bool = True


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads((Path(__file__).parent / "kolom.toml").read_text(encoding="utf-8"))


def fields(table: str, *names: str) -> tuple[Field, ...]:
    """Columns of a table of ``kolom.toml``, or those of ``names``; none for a table that is not there.

    Examples
    --------
    >>> [(field.name, field.required) for field in fields("daftar", "tahun", "kode_opd")], fields("lain")
    ([('tahun', False), ('kode_opd', True)], ())
    """
    own = _tables().get(table, {})
    inherited = fields(own["seperti"]) if "seperti" in own else ()
    wanted = (name for name in own if name not in ("wajib", "seperti") and (not names or name in names))
    return inherited + tuple(Field(name, tuple(own[name]), name in own["wajib"]) for name in wanted)


@dataclass(frozen=True)
class Header:
    """The (last) heading row (0-based), and per field found its 0-based column and its heading as written."""

    row: int
    columns: dict[str, int]
    titles: dict[str, str]


def find_header(rows: Rows, fields: Sequence[Field], limit: int = HEAD_ROWS) -> Header | None:
    """The first of the top ``limit`` rows that has every required heading, in any order and spelling.

    Examples
    --------
    >>> find_header([["Lampiran"], ["Pagu (Rp)", "KODE  REKENING"]], [Field("kode", ("kode rekening",))])
    Header(row=1, columns={'kode': 1}, titles={'kode': 'KODE REKENING'})
    """
    for place, row in enumerate(rows[:limit]):
        under = rows[place + 1] if place + 1 < len(rows) else []
        for last, titles in ((place, [(cell,) for cell in row]), (place + 1, merged(row, under))):
            columns = _columns(titles, fields)
            if all(field.name in columns for field in fields if field.required):
                return Header(last, columns, {name: text(titles[column][0]) for name, column in columns.items()})
    return None


def _columns(titles: Sequence[tuple[Any, ...]], fields: Sequence[Field]) -> dict[str, int]:
    """Column per field; the first column that goes by a heading has it, with or without its unit."""
    where: dict[str, int] = {}
    written = [(column, cell) for column, cells in enumerate(titles) for cell in cells if isinstance(cell, str)]
    for spell in (plainly, in_full, of_one_year(written)):
        for column, cell in written:
            for name in spell(cell):
                where.setdefault(name, column)
    found = {field.name: [where[name] for name in normals(field.headings) if name in where] for field in fields}
    return {name: columns[0] for name, columns in found.items() if columns}


FOOT_ROWS = 15
_UNIT_STATED = re.compile(r"(?i)\bdalam\b|\(|\brp\b|^satuan\b|^\S+$")
_NOTE = re.compile(
    r"(?i)\W*((catatan|keterangan|ket)\W+)?((semua|seluruh)\s+)?((angka|nilai|jumlah|pagu)\s+)?(disajikan\s+)?(dalam|satuan)\b"
)
_COUNTED = re.compile(r"(?i)\d\s*(ribu|juta|mil[iy]ar|tril[iy]un)")


def stated_unit(above: Rows) -> int:
    """Rupiah per unit that the rows above a table name for all of it, as "(dalam ribuan rupiah)" does.

    Examples
    --------
    >>> stated_unit([["Rekap pagu"], ["(dalam jutaan rupiah)"]]), stated_unit([["Bantuan 2 miliar"]])
    (1000000, 1)
    >>> stated_unit([["Satuan: Ribu Rupiah"]]), stated_unit([["Program Rp 1 miliar per kelurahan"]])
    (1000, 1)
    """
    words = (text(cell) for row in above for cell in row if isinstance(cell, str))
    stated = (word for word in words if _UNIT_STATED.search(word) and not _COUNTED.search(word))
    return next((unit(word) for word in stated if unit(word) > 1), 1)


def unit_notes(body: Rows) -> Rows:
    """The notes under a table that name the unit of its figures, a row each."""
    words = [cell for row in body[-FOOT_ROWS:] for cell in row if isinstance(cell, str)]
    return [[word] for word in words if _NOTE.match(word)]
