"""Headings of IKU and PK lists: one to four rows, in many wordings, once or several times on a sheet.

Headings over several rows: which upper ones, merged over their columns, belong to each.

Which value a column holds: target, realisasi or capaian, of which year, period and document.

A heading may stand over several rows ("Realisasi" over "Triwulan" over "II"); the deepest row that says
a thing decides. A heading with a word that is not understood, or of money, is no measure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pkanalysis.intake.book import Book, Rows, normal, text
from pkanalysis.intake.layouts.e81.headings import LOOK_ROWS, find_form
from pkanalysis.intake.layouts.form.spec import has_stamp
from pkanalysis.intake.layouts.published import matching
from pkanalysis.vocabulary import PERIODS


def paths(heads: Rows) -> dict[int, tuple[str, ...]]:
    """Headings of every column, the top one first.

    A blank upper cell over a filled one belongs to the merged cell at its left.

    Examples
    --------
    >>> paths([["Satuan", "Target", ""], ["", 2024, 2025]])
    {0: ('Satuan',), 1: ('Target', '2024'), 2: ('Target', '2025')}
    """
    width = max(map(len, heads))
    grid = [[_head_text(row[column]) if column < len(row) else "" for column in range(width)] for row in heads]
    return {column: _path(grid, column) for column in range(width)}


def _head_text(cell: Any) -> str:
    """Words of a heading cell; the numbers under headings (``1``, ``(2)``, ``3=2/1``) are none."""
    words = text(cell)
    return "" if is_numbering(words) else words


def is_numbering(words: str) -> bool:
    """Whether a cell only numbers its column.

    Examples
    --------
    >>> [is_numbering(words) for words in ("1", "(2)", "6 = 5/4x100", "2025", "I", "(%)")]
    [True, True, True, False, False, False]
    """
    return bool(re.fullmatch(r"\(?\d{1,2}[a-z]?\)?\.?(\s*=.*)?", words))


def _path(grid: Sequence[Sequence[str]], column: int) -> tuple[str, ...]:
    path: list[str] = []
    start = 0
    for depth, row in enumerate(grid):
        is_above = any(below[column] for below in grid[depth + 1 :])
        places = [place for place in range(start, column + 1) if row[place]]
        if row[column] or (is_above and places):
            start = places[-1]
            path.append(row[start])
    return tuple(dict.fromkeys(path))


KINDS = {"target": "target", "realisasi": "realisasi", "capaian": "capaian"}
_ROMAN = {"i": 0, "ii": 1, "iii": 2, "iv": 3}
_QUARTERS = _ROMAN | {"1": 0, "2": 1, "3": 2, "4": 3}
_QUARTER_WORDS = {"tw", "triwulan", "kuartal", "twl"}
_DOCUMENTS = {"renstra": "renstra", "rpjmd": "rpjmd", "rpd": "rpd", "rkpd": "rkpd", "renja": "renja"}
_FILLERS = {
    "kinerja", "indikator", "iku", "ikk", "pk", "tahun", "tahunan", "th", "thn", "ta", "pada", "s", "d", "sd", "sampai",
    "dengan", "hingga", "persen", "persentase", "prosentase", "pct", "dan", "nilai", "utama", "sasaran", "k", "tingkat",
    "strategis", "perjanjian", "murni",
}  # fmt: skip
_MONEY = {"rp", "rupiah", "anggaran", "pagu", "keuangan", "dana", "biaya", "serapan", "penyerapan", "belanja"}
_GLUED = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])|(?<=\btw)(?=i)|(?<=\btriwulan)(?=i)")


@dataclass(frozen=True)
class Measure:
    """A column of values: ``kind`` is target, realisasi, capaian, target_hitung or realisasi_hitung.

    No year is that of the row; no document is that of the row; ``is_percent`` marks a "%" in the heading.
    """

    kind: str
    year: int | None
    period: str
    column: int
    title: str
    document: str = ""
    is_percent: bool = False


@dataclass(frozen=True)
class _Part:
    """What one row of a heading says."""

    kinds: tuple[str, ...] = ()
    year: int | None = None
    quarter: int | None = None
    document: str = ""
    is_quarterly: bool = False


def measure(path: Sequence[str], column: int = 0) -> Measure | None:
    """The measure that the rows of a heading name, the top one first, or ``None``.

    Examples
    --------
    >>> measure(["target_2025"]).year, measure(["Realisasi", "TW II"]).period, measure(["target_lalu"])
    (2025, 'TW2', None)
    >>> found = measure(["Target dan Realisasi Kinerja", "2024", "Target"])
    >>> found.kind, found.year, found.title
    ('target', 2024, 'Target dan Realisasi Kinerja 2024 Target')
    >>> measure(["Realisasi", "Anggaran"]), measure(["Target Akhir Renstra"]), measure(["Realisasi", "Januari"])
    (None, None, None)
    >>> measure(["Tahun 2024", "%"]).kind, measure(["Pertumbuhan", "%"])
    ('capaian', None)
    """
    words = [_words(part) for part in path]
    if not words or any(_MONEY & set(part) for part in words):
        return None
    parts = [_part(part) for part in words]
    if parts[-1] is None:
        return None
    known = [part for part in reversed(parts) if part]
    is_rate = path[-1].strip("() ") == "%" and len(known) == len(parts)
    kinds = next((part.kinds for part in known if len(part.kinds) == 1), ("capaian",) if is_rate else ())
    if not kinds:
        return None
    is_quarterly = any(part.is_quarterly for part in known)
    told = [part.quarter for part in known] + [_bare(part, is_quarterly) for part in reversed(words)]
    quarter = next((number for number in told if number is not None), None)
    if quarter is None and is_quarterly:
        return None
    period = "tahunan" if quarter is None else PERIODS[quarter]
    year = next((part.year for part in known if part.year), None)
    document = next((part.document for part in known if part.document), "")
    title = " ".join(path)
    return Measure(kinds[0], year, period, column, title, document, "%" in title or "ersen" in title)


def _words(heading: str) -> list[str]:
    bare = re.sub(r"[^a-z0-9]+", " ", text(heading).lower())
    return _GLUED.sub(" ", bare).split()


def _bare(words: list[str], is_quarterly: bool) -> int | None:
    """Quarter of a heading that is a number alone; ``2`` only under the word triwulan, ``II`` always."""
    if len(words) != 1:
        return None
    return (_QUARTERS if is_quarterly else _ROMAN).get(words[0])


def _part(words: list[str]) -> _Part | None:
    """What the words say, or ``None`` when one of them is not understood."""
    part = _Part()
    for place, word in enumerate(words):
        if (taken := _taken(part, word, words[place - 1] if place else "", len(words))) is None:
            return None
        part = taken
    return replace(part, kinds=_one_kind(part.kinds, words))


def _taken(part: _Part, word: str, before: str, count: int) -> _Part | None:
    if word in KINDS:
        return replace(part, kinds=(*part.kinds, word))
    if re.fullmatch(r"20\d\d", word):
        return replace(part, year=int(word)) if part.year in (None, int(word)) else None
    if word in _QUARTER_WORDS:
        return replace(part, is_quarterly=True)
    if word in _QUARTERS and (before in _QUARTER_WORDS or count == 1):
        return replace(part, quarter=_QUARTERS[word]) if before else part
    if word in _DOCUMENTS or word == "perubahan":
        base = part.document or ("pk" if word == "perubahan" else "")
        return replace(part, document=f"{base}_perubahan" if word == "perubahan" else _DOCUMENTS[word])
    return part if word in _FILLERS or word == "hitung" else None


def _one_kind(kinds: tuple[str, ...], words: list[str]) -> tuple[str, ...]:
    """The kind that the words mean: ``Realisasi Capaian`` is realisasi, ``Target dan Realisasi`` is both."""
    found = tuple(dict.fromkeys(kinds))
    if "hitung" in words:
        return tuple({"target": "target_hitung", "capaian": "realisasi_hitung"}.get(kind, "") for kind in found)
    if len(found) == 2 and "capaian" in found and "dan" not in words:
        return ("realisasi",) if "realisasi" in found else found[:1]
    return found


DEPTH = 4
MOST_MONEY = 2
"""K and Rp side by side in more columns than this are an evaluation form, not a list."""
_FIELDS = {
    "nomor": r"no|nomor|nourut|nomorurut|urut",
    "kode_opd": r"kode(opd|skpd|perangkatdaerah|unitkerja)",
    "opd": r"(nama)?(organisasi)?(opd|skpd|pd|perangkatdaerah|unitkerja|unitorganisasi|satuankerja|organisasi|instansi)"
    r"(pengampu|penanggungjawab|pelaksana|terkait)?",
    "arah": r"arah.*|polari[ts].*|(sifat|jenis|tipe|karakteristik)indikator|tren(indikator)?|kriteria"
    r"|.*ma[kx]\w*min.*|naikturun|positifnegatif",
    "satuan": r"sat|satuan.*",
    "tahun": r"tahun(anggaran|pk)?",
    "periode": r"triwulan(ke)?|tw|periode(pelaporan|pengukuran)?",
    "dokumen": r"tipe(pk)?|dokumen|jenis(dokumen|pk)",
    "status": r"status(data|realisasi)?",
    "definisi": r"definisi(operasional)?|formula(si)?(perhitungan|pengukuran)?|rumus(perhitungan)?|caraperhitungan",
    "sumber_data": r"sumberdata|penanggungjawabdata",
    "sasaran": r"sasaran.*|tujuan(dan)?sasaran.*|kinerjautama",
    "indikator": r"i[kn]k|iku|namaiku|(?!kode|sumber|penanggung|jumlah|no).*indikator.*",
}
_NAMED = re.compile(r"(?i)indikator|ik[uk]|i\s?k\s?u")
_CONTEXT = {"satuan", "sasaran", "opd", "arah", "tahun", "dokumen", "definisi", "sumber_data"}
_OTHER_TABLE = {"program", "programkegiatan", "kegiatan", "programkegiatansubkegiatan", "anggaran", "pagu",
                "jumlahanggaran", "paguanggaran", "anggaranrp", "anggaranprogram"}  # fmt: skip


@dataclass(frozen=True)
class Heading:
    """The rows of one heading (0-based ``first`` to ``row``), and the row under its list (``end``, exclusive).

    0-based column per word field, the value columns, every title, those not known, and those that say the
    same as another.
    """

    first: int
    row: int
    end: int
    fields: dict[str, int]
    measures: tuple[Measure, ...]
    titles: dict[int, str]
    unknown: tuple[str, ...]
    doubled: tuple[Measure, ...] = ()

    def has(self, kind: str) -> bool:
        """Whether there is a column of that kind."""
        return any(item.kind == kind for item in self.measures)

    @property
    def is_list(self) -> bool:
        """Whether these are the headings of a list of indicators."""
        if "indikator" not in self.fields or sum(is_money(title) for title in self.titles.values()) > MOST_MONEY:
            return False
        return self.has("realisasi") or (self.has("target") and bool(_CONTEXT & set(self.fields)))

    @property
    def worth(self) -> tuple[int, int, int]:
        """How much the heading tells: value columns, their years and quarters, and little height."""
        told = sum(bool(item.year) + (item.period != "tahunan") for item in self.measures)
        return len(self.measures), told, self.first - self.row


def is_money(title: str) -> bool:
    """Whether the last word of a heading is of money."""
    return bool(re.search(r"(?i)\b(rp\.?|rupiah|anggaran|keuangan|pagu)\W*$", title))


def find_headings(rows: Rows) -> list[Heading]:
    """Every heading of a list on the sheet, each with the rows under it."""
    found: list[Heading] = []
    for place in _starts(rows):
        if (not found or place > found[-1].row) and (heading := _best(rows, place)):
            found.append(heading)
    ends = [heading.first for heading in found[1:]] + [len(rows)]
    return [replace(heading, end=_end(rows, heading.row, end)) for heading, end in zip(found, ends, strict=False)]


def _starts(rows: Rows) -> list[int]:
    """Rows in which a heading may start: up to :data:`DEPTH` rows from the word indikator."""
    named = [place for place, row in enumerate(rows) if any(map(_is_indicator, row))]
    return sorted({start for place in named for start in range(max(0, place - DEPTH + 1), place + 1)})


def _is_indicator(cell: Any) -> bool:
    """Whether a cell is the heading of the indicators; the first test is for speed."""
    return isinstance(cell, str) and bool(_NAMED.search(cell)) and _field((cell,)) == "indikator"


def _best(rows: Rows, place: int) -> Heading | None:
    """The heading that starts here, or a better one that starts in its second row."""
    if not (found := _starting(rows, place)):
        return None
    return max([*found, *(_starting(rows, place + 1) if found[0].row > place else [])], key=lambda item: item.worth)


def _starting(rows: Rows, place: int) -> list[Heading]:
    if place >= len(rows) or _is_label(rows[place]):
        return []
    found = [_heading(rows, place, last) for last in range(place, min(place + DEPTH, len(rows)))]
    return [heading for heading in found if heading.is_list]


def _is_label(row: Sequence[Any]) -> bool:
    """Whether a row is a title, or a label with its value such as ``Tahun | 2025``, and no row of headings."""
    written = [words for words in map(text, row) if words.strip(" :")]
    return len(written) < 2 or (len(written) == 2 and not any(measure((words,)) for words in written)
                                and not any(_field((words,)) == "indikator" for words in written))  # fmt: skip


def _end(rows: Rows, row: int, end: int) -> int:
    """The row of another table's heading, such as that of the programmes of a Perjanjian Kinerja."""
    for place in range(row + 1, end):
        if len(_OTHER_TABLE & {normal(text(cell)) for cell in rows[place]}) > 1:
            return place
    return end


def _heading(rows: Rows, first: int, last: int) -> Heading:
    columns = paths(rows[first : last + 1])
    fields: dict[str, int] = {}
    measures: list[Measure] = []
    unknown = []
    for column, path in columns.items():
        field, found = _field(path), measure(path, column)
        if found and (not field or measure(path[-1:])):
            measures.append(found)
        elif field and field not in fields:
            fields[field] = column
        elif path:
            unknown.append(" ".join(path))
    titles = {column: " ".join(path) for column, path in columns.items()}
    kept, doubled = _distinct(measures)
    return Heading(first, last, last + 1, fields, kept, titles, tuple(unknown), doubled)


def _field(path: tuple[str, ...]) -> str:
    """The word field that a heading names: by its lowest row, or by its upper one over ``Uraian``."""
    words = [normal(part) for part in path]
    if words and words[-1] in ("uraian", "nama"):
        words = words[:-1]
    if not words:
        return ""
    return next((field for field, pattern in _FIELDS.items() if re.fullmatch(pattern, words[-1])), "")


def _distinct(measures: list[Measure]) -> tuple[tuple[Measure, ...], tuple[Measure, ...]]:
    """Value columns that say different things, and the rest; a second realisasi in % is the capaian."""
    kept: dict[tuple[object, ...], Measure] = {}
    doubled = []
    for item in measures:
        key = (item.kind, item.year, item.period, item.document)
        if key in kept and item.kind == "realisasi" and item.is_percent:
            item = replace(item, kind="capaian")
            key = (item.kind, *key[1:])
        if kept.setdefault(key, item) is not item:
            doubled.append(item)
    return tuple(kept.values()), tuple(doubled)


def lists(book: Book) -> list[tuple[str, Heading]]:
    """Sheet and heading of every list of indicators; none for our own workbook, published figures and E.81 forms."""
    if matching(book) or any(has_stamp(rows) for rows in book.sheets.values()):
        return []
    return [
        (sheet, heading)
        for sheet, rows in book.sheets.items()
        if not find_form(sheet, rows[:LOOK_ROWS])
        for heading in find_headings(rows)
    ]
