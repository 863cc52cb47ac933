"""Rows under a heading: indicators, the offices and sasaran that head a section, and what is neither.

The lists of a book with their rows, the office that holds above each, and notes on how they were understood.

Year and quarter that the titles above a list name, for columns whose headings do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from pkanalysis.intake import dates
from pkanalysis.intake.book import Book, Rows, cell_name, text
from pkanalysis.intake.findings import Finding, Severity
from pkanalysis.intake.layouts.iku.headings import Heading, is_numbering, lists
from pkanalysis.intake.layouts.office import Office, find_office, sheet_office, titled

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


_QUARTER = re.compile(r"(?i)\b(?:triwulan|tw)\.?\s*(?:ke-?)?(?:iv|iii|ii|i|[1-4])\b")
_LABELS = re.compile(r"(?i)(tahun|periode|triwulan)\b")


def year_above(book: Book, sheet: str, head: Rows, heading: Heading) -> int | None:
    """The year of columns without one: that of all other columns, of the titles above, the sheet or the file."""
    years = {item.year for item in heading.measures if item.year}
    if len(years) == 1:
        return years.pop()
    titles = titles_above(head)
    named = [words for words in titles if re.search(r"(?i)\b(tahun|t\.?a)\b", words)]
    return next((year for words in [*named, *titles, sheet, book.path.stem] if (year := dates.year(words))), None)


def titles_above(head: Rows) -> list[str]:
    """Texts of the rows that are titles or a label with its value (``Tahun | 2025``), the nearest first."""
    rows = [[cell for cell in row if text(cell).strip(" :")] for row in reversed(head)]
    labels = [" ".join(map(text, row)) for row in rows if 1 < len(row) <= 3 and _LABELS.match(text(row[0]))]
    return [*labels, *(text(cell) for row in rows if len(row) <= 3 for cell in row if isinstance(cell, str))]


def quarter_above(head: Rows, heading: Heading) -> str:
    """The quarter that the titles name where no column does, or empty."""
    if "periode" in heading.fields or any(item.period != "tahunan" for item in heading.measures):
        return ""
    found = {
        period
        for words in titles_above(head)
        if (named := _QUARTER.search(words)) and (period := dates.period(named[0]))
    }
    return found.pop() if len(found) == 1 else ""


_REGION = re.compile(
    r"(?i)\b(?:pemerintah\s+)?((?:kota|kabupaten|provinsi)\s+[a-z' ]+?)(?=\s*(?:,|-|tahun|ta\b|triwulan|20\d\d|$))"
)
_NO_CHANGE, _LOOK = "tidak perlu diubah", "bandingkan dengan berkas asalnya"


def bodies(book: Book) -> Iterator[tuple[str, Heading, Body]]:
    """Sheet, heading and rows of every list, in order."""
    found = lists(book)
    last: tuple[str, Office | None] = ("", None)
    for sheet, heading in found:
        office, assumed = _above(book, sheet, heading) or _sections_carried(last, sheet), ""
        if office is None and "opd" not in heading.fields:
            office, assumed = next(_assumed(book, sheet, heading, len(found)), (None, ""))
        read = body(book.sheets[sheet], heading, office)
        last = (sheet, read.office)
        yield sheet, heading, replace(read, assumed=assumed)


def _sections_carried(last: tuple[str, Office | None], sheet: str) -> Office | None:
    """The office of the list before, on the same sheet."""
    return last[1] if last[0] == sheet else None


def _above(book: Book, sheet: str, heading: Heading) -> Office | None:
    """The office that the rows above name, the nearest first."""
    head = book.sheets[sheet][: heading.first]
    return next((office for row in reversed(head) if (office := find_office([row]))), None)


def _assumed(book: Book, sheet: str, heading: Heading, count: int) -> Iterator[tuple[Office, str]]:
    """The offices that a list which names none may be of, the likeliest first, and what is said about it."""
    if count > 1 and (office := sheet_office(sheet)):
        yield office, f"nama OPD tidak tertulis; dipakai nama lembar {sheet}"
    for what, name in (("lembar", sheet), ("berkas", book.path.stem)):
        if office := find_office([[re.sub(r"[_-]+", " ", name)]]):
            yield office, f"nama OPD tidak tertulis; dipakai {office.name} dari nama {what}"
    for words in titles_above(book.sheets[sheet][: heading.first]):
        if found := _REGION.search(words):
            region = found[1].strip()
            yield Office(region), f"nama OPD tidak tertulis; dibaca sebagai indikator {region} menurut judulnya"


def notes(book: Book, sheet: str, heading: Heading, read: Body) -> list[Finding]:
    """What was assumed of a list, and what was not read in it."""
    place = f"baris {heading.row + 1}"
    told: list[tuple[Severity, str, str, str, str]] = []
    if heading.unknown:
        told.append(("catatan", place, "", f"kolom {', '.join(heading.unknown)} tidak dibaca", _NO_CHANGE))
    for item in heading.doubled:
        rule = "judul kolom ini sama artinya dengan kolom lain, sehingga tidak dibaca"
        told.append(("peringatan", cell_name(heading.row, item.column), item.title, rule, "bedakan judul kedua kolom"))
    if heading.has("capaian") and not heading.has("realisasi"):
        rule = "ada kolom capaian tetapi tidak ada kolom realisasi; capaian tidak dibaca sebagai realisasi"
        told.append(("peringatan", place, "", rule, "bila isinya realisasi, ganti judulnya menjadi Realisasi"))
    if quarter := quarter_above(book.sheets[sheet][: heading.first], heading):
        rule = f"judul menyebut {quarter}: realisasi dibaca sebagai {quarter}, target sebagai target setahun"
        told.append(("peringatan", place, "", rule, "tulis triwulan dan tahunnya di judul kolom"))
    if read.rows and read.assumed:
        told.append(("peringatan", "", "", read.assumed, "tulis Perangkat Daerah : nama di atas tabel"))
    for number, column, words in read.odd:
        rule = "bukan indikator, sasaran atau nama OPD yang dikenal; baris di bawahnya tetap milik OPD di atasnya"
        remedy = 'bila ini nama OPD, tulis "Perangkat Daerah : nama"'
        told.append(("peringatan", cell_name(number - 1, column), words, rule, remedy))
    for number, column, words in read.guessed:
        rule = f"dibaca sebagai nama OPD {words}, karena berdiri seperti baris nama OPD lain"
        told.append(("peringatan", cell_name(number - 1, column), words, rule, "tulis nama resminya"))
    for row, last, own in gaps(read.rows):
        rule = f"nomor melompat dari {last} ke {own}; mungkin ada baris yang hilang atau tergeser"
        told.append(("peringatan", cell_name(row.number - 1, heading.fields["nomor"]), str(own), rule, _LOOK))
    for row in unowned(read.rows):
        name = row.office.name if row.office else ""
        rule = (
            f"OPD kosong; dibaca sebagai {name} seperti baris di atasnya, padahal daftar ini menulisnya di setiap baris"
        )
        told.append(("peringatan", cell_name(row.number - 1, heading.fields["opd"]), "", rule, "isi nama OPD-nya"))
    return [_note(book, sheet, *item) for item in told]


def _note(book: Book, sheet: str, severity: Severity, place: str, written: str, rule: str, remedy: str) -> Finding:
    column, value = (written, "") if "judul kolom" in rule else ("", written)
    return Finding(severity, book.name, sheet, place, column, value, rule, remedy)
