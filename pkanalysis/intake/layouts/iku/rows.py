"""Rows under a heading: indicators, the offices and sasaran that head a section, and what is neither."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pkanalysis.intake.book import Rows, text
from pkanalysis.intake.layouts.iku.headings import Heading
from pkanalysis.intake.layouts.iku.paths import is_numbering
from pkanalysis.intake.layouts.office import Office, titled

_SIGNATURE = re.compile(
    r"(?i)\bnip\b|^(mengetahui|menyetujui|pangkat\b|pembina)|^(plt|plh|pj)\.?\s|^(kepala|sekretaris|camat|direktur"
    r"|inspektur|bupati|wali\s?kota|gubernur|pihak (pertama|kedua|ke))\b|^(keterangan|catatan|sumber)\b.*:"
    r"|^[a-z. ]{3,40},\s*(?:\d{1,2}|\.+)?\s*[a-z]+\s+20\d\d$"
)
_SUMMARY = re.compile(
    r"(?i)(jumlah|total|rata\s?-?\s?rata|rerata)(\s+(seluruh\w*|keseluruhan|tingkat|persentase|nilai|skor|total))*"
    r"(\s+(capaian|kinerja|realisasi|keseluruhan|iku|sasaran))*[\s:(%)]*"
)
_HEADS = re.compile(r"(?i)(?:sasaran|tujuan)\b(?:\s+strategis\b)?(?:\s*(?:\d+|[ivx]+)\b)?\s*[.:)-]?\s*(.*)")
_TITLE = re.compile(
    r"(?i)(tahun|periode|triwulan|pengukuran|laporan|realisasi|capaian|indikator|perjanjian|tabel|lampiran|rencana"
    r"|formulir|pemerintah|provinsi|kabupaten|kota|target|iku|misi|visi|program|kegiatan)\b"
)
_PLAIN = {"TUJUAN", "SASARAN", "MISI", "VISI", "IKU", "IKK", "PK", "JUMLAH", "TOTAL", "CATATAN", "KETERANGAN"}
_ORDINAL = re.compile(r"\d{1,3}\.?")
_NUMBERED = re.compile(r"^(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zA-Z]|[ivxIVX]+)[.)]|\d{1,2}(?:\.\d{1,2})+)\s+(?=\S)")


@dataclass(frozen=True)
class Row:
    """One indicator: 1-based number, cells, and the office and words that hold for it; ``is_bare`` = a name alone."""

    number: int
    cells: Sequence[Any]
    office: Office | None
    words: dict[str, str]
    is_bare: bool


@dataclass(frozen=True)
class Body:
    """Rows that hold an indicator or a value, the office at the end, and section rows that were not understood.

    ``guessed`` are rows taken for the name of an office only because they stand where others do; ``assumed``
    says where the office above the rows was taken from, when the list does not name it.
    """

    rows: list[Row]
    office: Office | None
    odd: list[tuple[int, int, str]]
    guessed: list[tuple[int, int, str]]
    assumed: str = ""


def body(rows: Rows, heading: Heading, office: Office | None) -> Body:
    """Rows under a heading; ``office`` is the one that stands above it."""
    found, odd, guessed = [], [], []
    carried: dict[str, str] = {}
    places: set[int] = set()
    indicator, is_headed = heading.fields["indikator"], "opd" not in heading.fields
    for number, cells in enumerate(rows[heading.row + 1 : heading.end], heading.row + 2):
        words = {field: text(_cell(cells, column)) for field, column in heading.fields.items()}
        lone = _lone(heading, cells)
        if _is_nothing(heading, cells, words) or (lone and _TITLE.match(lone[1]) and lone[0] != indicator):
            continue
        if lone and (goal := _goal(heading, *lone)):
            carried["sasaran"] = goal
        elif (section := _section(heading, cells)) is not None:
            office, carried = section, {}
            places |= {lone[0]} if lone else set()
        elif lone and is_headed and lone[0] in places:
            office, carried = Office(lone[1]), {}
            guessed.append((number, *lone))
        elif lone and lone[0] != indicator:
            odd += [(number, *lone)] if is_headed else []
        else:
            office, words = _own(words, office), _carried(words, carried)
            found.append(Row(number, cells, office, words, _is_bare(heading, cells)))
    return Body(found, office, odd, guessed)


def _lone(heading: Heading, cells: Sequence[Any]) -> tuple[int, str] | None:
    """Column and words of a row that holds one text, its number apart, and no value."""
    written = [(column, item) for column, item in enumerate(map(text, cells)) if item]
    if len(written) > 1 and re.fullmatch(r"(?i)[\divx]{1,4}[.)]?|[a-z][.)]?", written[0][1]):
        written = written[1:]
    return written[0] if len(written) == 1 and not _values(heading, cells) else None


def gaps(rows: Sequence[Row]) -> list[tuple[Row, int, int]]:
    """Rows whose number does not follow the one above, with both; a list may start again at 1.

    Examples
    --------
    >>> rows = [Row(place, [], None, {"nomor": number}, False) for place, number in enumerate("1 2 2 4 1 2".split())]
    >>> [(row.number, last, own) for row, last, own in gaps(rows)]
    [(3, 2, 4)]
    """
    numbered = [
        (row, int(row.words["nomor"].rstrip("."))) for row in rows if _ORDINAL.fullmatch(row.words.get("nomor", ""))
    ]
    pairs = pairwise(numbered)
    return [(row, last, own) for (_, last), (row, own) in pairs if own not in (1, last, last + 1)]


def unowned(rows: Sequence[Row]) -> list[Row]:
    """Rows without an office of their own in a list that repeats its offices, where a blank is no merged cell.

    Examples
    --------
    >>> offices = ("Dinas A", "Dinas A", "", "Dinas B")
    >>> rows = [Row(place, [], None, {"opd": name}, False) for place, name in enumerate(offices)]
    >>> [row.number for row in unowned(rows)], [row.number for row in unowned(rows[1:])]
    ([2], [])
    """
    written = [name for row in rows if (name := row.words.get("opd"))]
    is_repeated = len(set(written)) < len(written)
    return [row for row in rows if row.words.get("opd") == ""] if is_repeated else []


def _cell(row: Sequence[Any], column: int) -> Any:
    return row[column] if column < len(row) else ""


def cell(row: Row, column: int) -> Any:
    """Cell of a row, empty where the row is shorter."""
    return _cell(row.cells, column)


def _values(heading: Heading, cells: Sequence[Any]) -> list[str]:
    return [written for item in heading.measures if (written := str(_cell(cells, item.column)).strip())]


def _is_nothing(heading: Heading, cells: Sequence[Any], words: dict[str, str]) -> bool:
    """A blank row, one that numbers the columns, a signature, or an average at the foot."""
    written = [item for item in map(text, cells) if item]
    if not written or (len(written) > 1 and all(map(is_numbering, written)) and _rises(written)):
        return True
    if words.get("satuan") or (
        words["indikator"] and _values(heading, cells) and not _SUMMARY.fullmatch(words["indikator"])
    ):
        return False
    return any(_SUMMARY.fullmatch(item) or _SIGNATURE.search(item) for item in written)


def _rises(written: list[str]) -> bool:
    numbers = [int(re.findall(r"\d+", item)[0]) for item in written]
    return numbers == sorted(numbers) and numbers[0] <= 2 and numbers[-1] - numbers[0] < 2 * len(numbers)


def _section(heading: Heading, cells: Sequence[Any]) -> Office | None:
    """The office that a row names across the table, or ``None``."""
    if _values(heading, cells):
        return None
    if office := titled(cells):
        return office
    written = [item for item in map(text, cells) if item]
    is_short = len(written) == 1 and re.fullmatch(r"[A-Z][A-Z0-9/&-]{2,11}", written[0]) is not None
    return Office(written[0]) if is_short and "opd" not in heading.fields and written[0] not in _PLAIN else None


def _goal(heading: Heading, column: int, words: str) -> str:
    """The sasaran that a lone text names: by its first word, or by standing in the column of sasaran."""
    if found := _HEADS.fullmatch(words):
        return found[1] or words
    return words if column == heading.fields.get("sasaran") else ""


def _own(words: dict[str, str], office: Office | None) -> Office | None:
    """Office in the row's own cell, else the merged one above it."""
    if name := words.get("opd", ""):
        return Office(name, words.get("kode_opd", ""))
    return office


def _carried(words: dict[str, str], carried: dict[str, str]) -> dict[str, str]:
    """Words with the sasaran and year of a merged cell above, and the name without its number."""
    for field in ("sasaran", "tahun"):
        if words.get(field):
            carried[field] = words[field]
    return words | carried | {"indikator": _NUMBERED.sub("", words["indikator"])}


def _is_bare(heading: Heading, cells: Sequence[Any]) -> bool:
    """Whether the row has a name and nothing that an indicator has."""
    others = {*heading.fields.values()} - {heading.fields.get(name, -1) for name in ("indikator", "sasaran", "nomor")}
    return not _values(heading, cells) and not any(text(_cell(cells, column)) for column in others)
