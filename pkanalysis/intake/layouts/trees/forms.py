"""Forms with subtotals: every one of a sheet, its head (whose, when), its rows in order, and doubts about its cells."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pkanalysis import codes
from pkanalysis.intake.amounts import Amounts, rupiah
from pkanalysis.intake.book import Book, Rows, cell_name, normal, text
from pkanalysis.intake.dates import month, year
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.headings import is_numbering, stated_unit
from pkanalysis.intake.layouts.sebelum_sesudah.blocks import Named, slug, split_code
from pkanalysis.intake.layouts.trees.headings import (
    CODES,
    GROUPS,
    Code,
    Columns,
    Place,
    Spots,
    find,
    find_at,
    is_code,
    is_figure,
    split,
)

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


class Above:
    """What the rows above a form say: their words line by line, and ``label : value`` pairs in order."""

    def __init__(self, rows: Rows) -> None:
        written = [[text(cell) for cell in row if _is_written(cell)] for row in rows]
        self.lines = tuple(" ".join(words) for words in written if words)
        self.pairs = [pair for words in written if (pair := _pair(words))]

    def values(self, labels: Collection[str]) -> Iterator[str]:
        """Values behind any of the labels, as :func:`pkanalysis.intake.book.normal` spells them."""
        return (value for label, value in self.pairs if normal(label) in labels)

    def head(self, names: Iterable[str] = ()) -> Head:
        """Head of the form; ``names`` (sheet, file) may give the year only."""
        named = self.office()
        latest = max(re.findall(r"\b20\d{2}\b", " ".join(self.lines)), default="")
        years = map(year, (*self.values(("tahun", "tahunanggaran")), *self.lines, *names, latest))
        return Head(named.code, named.name, next(filter(None, years), None), period(self.lines), self.lines)

    def office(self) -> Named:
        """Code and name of the OPD; the code is made of the name where none is written.

        Examples
        --------
        >>> Above([["SKPD", ":", "1.01.0.00.0.00.01.0000 Dinas Uji"]]).office(), Above([["DINAS UJI"]]).office().code
        (Named(code='1.01.0.00.0.00.01.0000', name='Dinas Uji'), 'DINAS-UJI')
        """
        found = next(self.values(_NAMES), "")
        named = _coded(found or next(filter(_OFFICE.match, self.lines), ""))
        code = next(map(_coded, self.values(_CODES)), Named())
        name = named.name or (code.name if code.code else "")
        return Named(named.code or code.code or (code.name if name != code.name else "") or slug(name), name)

    def activity(self) -> Named:
        """Code and name of the sub kegiatan; blank where none is named.

        Examples
        --------
        >>> Above([["Sub Kegiatan", ":", "2.10.01.2.06.0009 Rapat"]]).activity()
        Named(code='2.10.01.2.06.0009', name='Rapat')
        """
        named = map(_coded, self.values(_ACTIVITIES))
        return next((each for each in named if len(codes.key(each.code)) == len(codes.ACTIVITY_WIDTHS)), Named())


def labelled_office(row: Sequence[Any]) -> str:
    """Name of the OPD in a row ``SKPD : name``, or ``""``.

    Examples
    --------
    >>> labelled_office(["SKPD", ":", "1.02 Dinas Lain"]), labelled_office(["", "JUMLAH", 5])
    ('Dinas Lain', '')
    """
    return next((_coded(value).name for value in Above([list(row)]).values(_NAMES - _PARTS)), "")


def _is_written(cell: Any) -> bool:
    """Whether a cell says something: not blank, and more than dots left to be filled in."""
    return bool(re.sub(r"[.…_:\s-]", "", text(cell)))


def _pair(words: Sequence[str]) -> tuple[str, str] | None:
    if not words:
        return None
    parts = [part.strip(" :") for part in (words[0].split(":", 1) if len(words) == 1 else words) if part.strip(" :")]
    return (parts[0], parts[1]) if len(parts) > 1 else None


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


LEFT_OUT = re.compile(r"(?i)surplus|defisit|netto|silpa|sisa lebih|lebih pembiayaan")

Line = tuple[int, str, str]
"""1-based row, code and name as written."""


@dataclass(frozen=True)
class Row:
    """One row; ``place`` carries the activity of the rows above where the row writes its account only.

    ``spots`` are the columns of its figures, for a kind of belanja that stands beside others.
    """

    row: int
    code: Code
    place: Place
    name: str
    figures: dict[str, int | None]
    names: dict[int, str] = field(default_factory=dict)
    spots: Spots = field(default_factory=dict)

    @property
    def is_total(self) -> bool:
        """Whether it is a JUMLAH or TOTAL without a code."""
        has_code = bool(self.code.activity or self.code.account)
        return not has_code and normal(self.name).startswith(("jumlah", "total", "grandtotal", "subtotal"))


@dataclass(frozen=True)
class Form:
    """One form of a sheet: its head, its columns, its rows in order, and what was noticed in cells.

    ``slack`` is the number of figures whose sen were rounded off; sums may miss by as many rupiah.
    """

    file: str
    sheet: str
    head: Head
    columns: Columns
    rows: tuple[Row, ...]
    findings: list[Finding]
    slack: int = 0

    @property
    def measures(self) -> tuple[str, ...]:
        """Measures of the form, as their headings name them."""
        return tuple(self.columns.titles)

    def finding(self, code: str, row: Row | int, measure: str = "", value: object = "", /, **values: Any) -> Finding:
        """The finding of rule ``code`` in the cell of ``measure`` and a row (or its number), or about the row."""
        spots, own = self.columns.places, {} if isinstance(row, int) else row.spots
        number = row if isinstance(row, int) else row.row
        spots = spots | own
        place = cell_name(number - 1, spots[measure]) if measure in spots else f"baris {number}"
        title = self.columns.headings.get(own.get(measure, -1), "") or self.columns.titles.get(measure, "")
        return finding(code, self.file, self.sheet, place, title, str(value), **values)


class Cells:
    """Columns of amounts of a form, with what was noticed in them and how many figures had sen rounded off."""

    def __init__(self, form: Form, rows: Rows, lines: Sequence[Line], factor: int) -> None:
        self.form, self.rows, self.lines, self.factor = form, rows, lines, factor
        self.findings: list[Finding] = []
        self.rounded = 0

    def read(self, measure: str, column: int) -> list[int | None]:
        """Whole rupiah of a column."""
        form, amounts = self.form, self.amounts(measure, column)
        title = form.columns.headings.get(column, form.columns.titles.get(measure, ""))
        self.rounded += amounts.rounded
        self.findings += [
            cell.finding(form.file, form.sheet, cell_name(self.lines[cell.position][0] - 1, column), title)
            for cell in (*amounts.problems, *amounts.doubts)
        ]
        return amounts.figures

    def amounts(self, measure: str, column: int) -> Amounts:
        """Amounts of a column in the unit of its heading, or of the form."""
        own = self.form.columns.factors.get(measure, 1)
        found = (self.rows[number - 1] for number, _, _ in self.lines)
        return rupiah([row[column] if column < len(row) else "" for row in found], own if own > 1 else self.factor)

    def rivals(self, figures: dict[str, list[int | None]]) -> list[Finding]:
        """An error per second column of one measure that holds other figures than the first."""
        form = self.form
        return [
            finding("DUA_KOLOM_SATU_UKURAN", form.file, form.sheet, cell_name(form.columns.row, column), title,
                    ukuran=measure.replace("_", " "), lain=form.columns.titles[measure])
            for measure, column, title in form.columns.rivals
            if self.amounts(measure, column).figures != figures[measure]
        ]  # fmt: skip

    def strangers(self) -> list[Finding]:
        """An error for the first row of the table that names another OPD."""
        name = self.form.head.name
        for number in (number for number, code, _ in self.lines if not code):
            other = labelled_office(self.rows[number - 1])
            if other and name and normal(other) not in normal(name):
                return [self.form.finding("OPD_LAIN_DI_TABEL", number, "", other)]
        return []


@dataclass(frozen=True)
class Piece:
    """Rows ``top`` to ``end`` (0-based, the last one left out) of a form, its head among them."""

    top: int
    end: int
    columns: Columns


def pieces(rows: Rows) -> list[Piece]:
    """Forms of a sheet in order; a heading without another OPD or sub kegiatan above it goes on with the same form."""
    first = find(rows)
    if first is None:
        return []
    found = [Piece(0, len(rows), first)]
    for place in range(first.body, len(rows)):
        if not _is_heading(rows[place], first):
            continue
        last = found[-1]
        top = place  # the head of another form begins behind the last row with a code
        while top > last.columns.body and not _is_line(rows[top - 1], last.columns):
            top -= 1
        above, earlier = Above(rows[top:place]), Above(rows[last.top : last.columns.row])
        named, under = above.office(), above.activity().code
        is_other = (named.name and named != earlier.office()) or (under and under != earlier.activity().code)
        if is_other and (columns := find_at(rows, place)):
            found[-1:] = [replace(last, end=top), Piece(top, len(rows), columns)]
    return found


def _is_heading(row: Sequence[Any], columns: Columns) -> bool:
    """Whether a row repeats the headings, as page breaks do."""
    return len(row) > columns.code and normal(row[columns.code]) in CODES


def _is_line(row: Sequence[Any], columns: Columns) -> bool:
    words = [text(cell) for cell in row[columns.code : columns.left] if text(cell)]
    return bool(words) and (is_code(words[0]) or normal(words[0]).startswith(("jumlah", "total")))


_GROUP_NAMES = {account: name for account, name, _ in GROUPS}


def forms(book: Book) -> list[Form]:
    """Every form with subtotals in the book; a sheet may hold one form below the other."""
    found: list[Form] = []
    for name, rows in book.sheets.items():
        for piece in pieces(rows):
            found.append(_form(book, name, rows, piece, found[-1].head if piece.top else None))
    return found


def _form(book: Book, sheet: str, rows: Rows, piece: Piece, earlier: Head | None) -> Form:
    """The form of a piece; what its own head does not say is as in the one above it in the sheet."""
    columns, top = piece.columns, rows[piece.top : piece.columns.row]
    above = Above(top)
    headed = above.activity()
    own = replace(above.head((sheet, book.path.stem)), activity=codes.canonical_activity(headed.code))
    if earlier:
        own = replace(own, year=own.year or earlier.year, period=own.period or earlier.period)
        own = own if own.name else replace(own, code=earlier.code, name=earlier.name)
    body = ((number, rows[number - 1]) for number in range(columns.body + 1, piece.end + 1))
    own_rows = ((number, row) for number, row in body if not is_numbering(row) and not _is_heading(row, columns))
    lines = [(number, *_labels(row, columns)) for number, row in own_rows]
    filled = [line for line in lines if line[1] or line[2]]
    form = Form(book.name, sheet, own, columns, (), [])
    cells = Cells(form, rows, filled, stated_unit(top))
    figures = {measure: cells.read(measure, column) for measure, column in columns.places.items()}
    groups = {
        account: {measure: cells.read(measure, column) for measure, column in spots.items()}
        for account, spots in columns.groups.items()
    }
    nameless = [
        form.finding("BARIS_TANPA_KODE_DAN_URAIAN", number)
        for number, code, name in lines
        if not (code or name) and any(map(is_figure, rows[number - 1][columns.left :]))
    ]
    found = [*cells.findings, *cells.rivals(figures), *cells.strangers(), *nameless]
    every = _with_groups(_rows(filled, figures, headed), groups, columns)
    return replace(form, rows=tuple(every), slack=cells.rounded, findings=found)


def _labels(row: Sequence[Any], columns: Columns) -> tuple[str, str]:
    """Code and name of a row; a code may be spread over several cells, or stand in one with the name."""
    words = [text(cell) for cell in row[columns.code : columns.left] if text(cell)]
    count = next((place for place, word in enumerate(words) if not is_code(word)), len(words))
    if count == 0 and words and (named := split_code(words[0])).code:
        return named.code, named.name
    return ".".join(words[:count]), next(iter(words[count:]), "")


def _rows(lines: Sequence[Line], figures: dict[str, list[int | None]], headed: Named) -> list[Row]:
    """Rows in order; an account belongs to the activity above it, or else to that of the head."""
    rows, under = [], Code(headed.code)
    names = {len(codes.ACTIVITY_WIDTHS): headed.name} if headed.code else {}
    for position, (number, written, name) in enumerate(lines):
        code = split(written)
        if code.activity:
            under = Code(code.activity)
        if code.activity and not code.account:
            depth = len(code.place.activity)
            names = {level: word for level, word in names.items() if level < depth} | {depth: name}
        place = Place(under.place.activity, code.place.account) if code.account else code.place
        own = Code(under.activity if code.account else code.activity, code.account)
        rows.append(Row(number, own, place, name, {each: column[position] for each, column in figures.items()}, names))
    return rows


def _with_groups(rows: list[Row], groups: dict[str, dict[str, list[int | None]]], columns: Columns) -> list[Row]:
    """Rows, each of an activity (or JUMLAH) followed by one per kind of belanja that stands beside it."""
    if not groups:
        return rows
    found = []
    for position, row in enumerate(rows):
        found.append(replace(row, figures=dict.fromkeys(columns.titles) | row.figures))
        if row.code.account or not (row.code.activity or row.is_total):
            continue
        for account, own in groups.items():
            code = Code(row.code.activity, account)
            figures = dict.fromkeys(columns.titles) | {each: values[position] for each, values in own.items()}
            part = Row(row.row, code, code.place, _GROUP_NAMES[account], figures, row.names, columns.groups[account])
            found.append(part)
    return found
