"""Columns of a table by their headings, whatever their order, address and spelling, also over two rows.

And what stands around the headings: rows that only number the columns, and the unit of money of the whole table.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pkanalysis.intake.amounts import UNIT, unit
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
def in_full(heading: str) -> str:
    """A heading with its words written out, without signs.

    Examples
    --------
    >>> [in_full(words) for words in ("Kd. Rek", "KODE_AKUN", "Nama OPD/SKPD", "nama perangkat daerah")]
    ['kode rekening', 'kode rekening', 'nama skpd', 'nama skpd']
    """
    words = re.findall(r"[a-z0-9]+", heading.lower())
    return _OFFICE.sub("skpd", _OFFICE.sub("skpd", " ".join(SPELLED_OUT.get(word, word) for word in words)))


@cache
def _spelled(heading: str) -> tuple[tuple[str, str], ...]:
    """A heading with and without its unit: as written, with its words in full, and without its year if it has one."""
    both = (heading, _RUPIAH.sub("", UNIT.sub("", heading)))
    full = [in_full(each) for each in both]
    dated = [_MONEY.sub("", words) for words in full]
    bare = [_YEAR.sub("", words) if _YEAR.search(words) else "" for words in dated]
    ways = ([normal(each) for each in both], full, bare)
    return tuple((one.replace(" ", ""), other.replace(" ", "")) for one, other in ways)


def spellings(cell: Any) -> tuple[str, ...]:
    """A heading for comparing: as written, without the unit or "(Rp)" behind it, words written out, without its year.

    Examples
    --------
    >>> spellings("Pagu (Rp ribu)"), spellings("Kd. Rek"), spellings("PAGU 2025")
    (('pagurpribu', 'pagu'), ('kdrek', 'koderekening'), ('pagu2025', 'pagu'))
    >>> spellings("Pagu TA 2025")[-1], spellings("PAGU APBD 2025 (Rp)")[-1], spellings("2025")
    ('pagu', 'paguapbd', ('2025',))
    """
    if not isinstance(cell, str):
        return ()
    written, full, (dateless, _) = _spelled(cell)
    return tuple(dict.fromkeys(filter(None, (*written, *full, dateless))))


@cache
def normals(headings: tuple[str, ...]) -> tuple[str, ...]:
    """Headings as :func:`~pkanalysis.intake.book.normal` gives them, and with their words written out."""
    return tuple(
        dict.fromkeys(name for heading in headings for name in (normal(heading), in_full(heading).replace(" ", "")))
    )


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


_TABLES: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "kolom.toml").read_text(encoding="utf-8"))


def fields(table: str, *names: str) -> tuple[Field, ...]:
    """Columns of a table of ``kolom.toml``, or those of ``names``; none for a table that is not there.

    Examples
    --------
    >>> [(field.name, field.required) for field in fields("daftar", "tahun", "kode_opd")], fields("lain")
    ([('tahun', False), ('kode_opd', True)], ())
    """
    own = _TABLES.get(table, {})
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
    for _, last, titles in candidates(rows, limit):
        columns = _columns(titles, fields)
        if all(field.name in columns for field in fields if field.required):
            return Header(last, columns, {name: text(titles[column][0]) for name, column in columns.items()})
    return None


def candidates(rows: Rows, limit: int = HEAD_ROWS) -> Iterator[tuple[int, int, list[tuple[Any, ...]]]]:
    """The top ``limit`` rows as headings, each alone and merged with the row under it.

    Examples
    --------
    >>> for first, last, titles in candidates([["BULAN", "KET"], ["Mei", ""]], 1):
    ...     print(first, last, titles)
    0 0 [('BULAN',), ('KET',)]
    0 1 [('BULAN Mei', 'Mei BULAN', 'Mei'), ('KET',)]
    """
    for place, row in enumerate(rows[:limit]):
        yield place, place, [(cell,) for cell in row]
        yield place, place + 1, merged(row, rows[place + 1] if place + 1 < len(rows) else [])


def _columns(titles: Sequence[tuple[Any, ...]], fields: Sequence[Field]) -> dict[str, int]:
    """Column per field; the first column that goes by a heading has it, with or without its unit."""
    written = [(column, cell) for column, cells in enumerate(titles) for cell in cells if isinstance(cell, str)]
    dateless = {column: _spelled(cell)[2][1] for column, cell in written}
    several = {name for name, count in Counter(dateless.values()).items() if count > 1}
    where: dict[str, int] = {}
    for kind in range(3):
        for column, cell in written:
            names = _spelled(cell)[kind]
            for name in names if kind < 2 else {names[1]} - several:  # two columns differ in nothing but the year
                where.setdefault(name, column)
    found = {field.name: [where[name] for name in normals(field.headings) if name in where] for field in fields}
    return {name: columns[0] for name, columns in found.items() if columns}


FOOT_ROWS = 15
_UNIT_STATED = re.compile(r"(?i)\bdalam\b|\(|\brp\b|^satuan\b|^\S+$")
_NOTE = re.compile(
    r"(?i)\W*((catatan|keterangan|ket)\W+)?((semua|seluruh)\s+)?((angka|nilai|jumlah|pagu)\s+)?(disajikan\s+)?(dalam|satuan)\b"
)
_COUNTED = re.compile(r"(?i)\d\s*(ribu|juta|mil[iy]ar|tril[iy]un)")


def stated_unit(above: Rows, body: Sequence[Sequence[Any]] = ()) -> int:
    """Rupiah per unit that the rows above a table name for all of it, as "(dalam ribuan rupiah)" does.

    Parameters
    ----------
    above : rows
        What stands above the headings.
    body : rows
        The table; among its last rows may be a note on the unit.

    Examples
    --------
    >>> stated_unit([["Rekap pagu"], ["(dalam jutaan rupiah)"]]), stated_unit([["Bantuan 2 miliar"]])
    (1000000, 1)
    >>> stated_unit([["Satuan: Ribu Rupiah"]]), stated_unit([["Program Rp 1 miliar per kelurahan"]])
    (1000, 1)
    """
    words = [text(cell) for row in above for cell in row if isinstance(cell, str)]
    foot = (cell for row in body[-FOOT_ROWS:] for cell in row if isinstance(cell, str))
    words += [text(cell) for cell in foot if _NOTE.match(cell)]
    stated = (word for word in words if _UNIT_STATED.search(word) and not _COUNTED.search(word))
    return next((unit(word) for word in stated if unit(word) > 1), 1)
