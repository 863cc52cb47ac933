"""Reading forms: every one of a sheet, with its rows in order and what was noticed in its cells.

What a form is: its head and columns, and its rows with code, name and whole rupiah per measure.

What stands above a form: whose it is, of which year and which months.

Cells of a form: its amounts, and what does not look like a row of it.

Where each form of a sheet starts and ends: a heading under another head starts a new one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pkanalysis import codes
from pkanalysis.intake.amounts import Amounts, Problem, rupiah
from pkanalysis.intake.book import Book, Rows, cell_name, normal, text
from pkanalysis.intake.dates import month, year
from pkanalysis.intake.findings import Finding, Severity
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

    def finding(self, severity: Severity, row: Row | int, measure: str, value: str, rule: str, remedy: str) -> Finding:
        """A finding in the cell of ``measure`` and a row (or its number), or about the row without a measure."""
        number = row if isinstance(row, int) else row.row
        spots = self.columns.places if isinstance(row, int) else self.columns.places | row.spots
        place = cell_name(number - 1, spots[measure]) if measure in spots else f"baris {number}"
        title = self.columns.headings.get(row.spots.get(measure, -1), "") if isinstance(row, Row) else ""
        title = title or self.columns.titles.get(measure, "")
        return Finding(severity, self.file, self.sheet, place, title, value, rule, remedy)


class Cells:
    """Columns of amounts of a form, with what was noticed in them."""

    def __init__(self, form: Form, rows: Rows, lines: Sequence[Line], factor: int) -> None:
        self.form, self.rows, self.lines, self.factor = form, rows, lines, factor
        self.findings: list[Finding] = []
        self.rounded = 0

    def read(self, measure: str, column: int) -> list[int | None]:
        """Whole rupiah of a column."""
        amounts = self.amounts(measure, column)
        self.rounded += amounts.rounded
        self.findings += self._told("galat", measure, column, amounts.problems, "tulis angka rupiah saja")
        self.findings += self._told("peringatan", measure, column, amounts.doubts, "tulis angka lengkapnya")
        return amounts.figures

    def amounts(self, measure: str, column: int) -> Amounts:
        """Amounts of a column in the unit of its heading, or of the form."""
        own = self.form.columns.factors.get(measure, 1)
        found = (self.rows[number - 1] for number, _, _ in self.lines)
        return rupiah([row[column] if column < len(row) else "" for row in found], own if own > 1 else self.factor)

    def _told(
        self, severity: Severity, measure: str, column: int, cells: Sequence[Problem], remedy: str
    ) -> list[Finding]:
        form = self.form
        return [
            Finding(severity, form.file, form.sheet, cell_name(self.lines[cell.position][0] - 1, column),
                    form.columns.headings.get(column, form.columns.titles.get(measure, "")), cell.text, cell.reason,
                    remedy)
            for cell in cells
        ]  # fmt: skip


def rivals(form: Form, cells: Cells, figures: dict[str, list[int | None]]) -> list[Finding]:
    """An error per second column of one measure that holds other figures than the first."""
    rule = "dua kolom terbaca sebagai {}, yang lain {}, sedangkan angkanya berbeda"
    return [
        Finding("galat", form.file, form.sheet, cell_name(form.columns.row, column), title, "",
                rule.format(measure.replace("_", " "), form.columns.titles[measure]),
                "hapus atau beri judul lain kolom yang tidak dipakai")
        for measure, column, title in form.columns.rivals
        if cells.amounts(measure, column).figures != figures[measure]
    ]  # fmt: skip


def strangers(form: Form, rows: Rows, lines: Sequence[Line]) -> list[Finding]:
    """An error for the first row of the table that names another OPD."""
    rule, remedy = "baris di dalam tabel menyebut OPD lain", "pisahkan tabel setiap OPD, masing-masing dengan kepalanya"
    for row, number in ((rows[number - 1], number) for number, code, _ in lines if not code):
        other = labelled_office(row)
        if other and form.head.name and normal(other) not in normal(form.head.name):
            return [form.finding("galat", number, "", other, rule, remedy)]
    return []


def nameless(form: Form, rows: Rows, lines: Sequence[Line]) -> list[Finding]:
    """A warning per row with figures and neither code nor name in front of them."""
    rule, remedy = "baris berangka tanpa kode dan uraian tidak dibaca", "periksa apakah barisnya bergeser"
    return [
        form.finding("peringatan", number, "", "", rule, remedy)
        for number, _, _ in lines
        if any(map(is_figure, rows[number - 1][form.columns.left :]))
    ]  # fmt: skip


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
        row = rows[place]
        if len(row) <= first.code or normal(row[first.code]) not in CODES:
            continue
        top = _start(rows, found[-1].columns, place)
        last = rows[found[-1].top : found[-1].columns.row]
        named, known = office(rows[top:place]), office(last)
        under = activity(rows[top:place]).code
        is_other = (named.name and named != known) or (under and under != activity(last).code)
        if is_other and (columns := find_at(rows, place)):
            found[-1] = replace(found[-1], end=top)
            found.append(Piece(top, len(rows), columns))
    return found


def _start(rows: Rows, columns: Columns, place: int) -> int:
    """First row after the last one with a code, above the heading in row ``place``."""
    while place > columns.body and not _is_coded(rows[place - 1], columns):
        place -= 1
    return place


def _is_coded(row: Sequence[Any], columns: Columns) -> bool:
    words = [text(cell) for cell in row[columns.code : columns.left] if text(cell)]
    return bool(words) and (is_code(words[0]) or normal(words[0]).startswith(("jumlah", "total")))


_GROUP_NAMES = {account: name for account, name, _ in GROUPS}


def forms(book: Book) -> list[Form]:
    """Every form with subtotals in the book; a sheet may hold one form below the other."""
    found: list[Form] = []
    for name, rows in book.sheets.items():
        for piece in pieces(rows):
            above = found[-1].head if piece.top else None
            found.append(_form(book, name, rows, piece, above))
    return found


def _form(book: Book, sheet: str, rows: Rows, piece: Piece, earlier: Head | None = None) -> Form:
    """The form of a piece; what its own head does not say is as in the one above it in the sheet."""
    columns = piece.columns
    above = rows[piece.top : columns.row]
    body = ((number, rows[number - 1]) for number in range(columns.body + 1, piece.end + 1))
    own_rows = ((number, row) for number, row in body if not is_numbering(row) and not _is_heading(row, columns))
    lines = [(number, *_labels(row, columns)) for number, row in own_rows]
    filled = [line for line in lines if line[1] or line[2]]
    headed = activity(above)
    own = replace(head(above, (sheet, book.path.stem)), activity=codes.canonical_activity(headed.code))
    if earlier:
        own = replace(own, year=own.year or earlier.year, period=own.period or earlier.period)
        own = own if own.name else replace(own, code=earlier.code, name=earlier.name)
    form = Form(book.name, sheet, own, columns, (), [])
    cells = Cells(form, rows, filled, stated_unit(above))
    figures = {measure: cells.read(measure, column) for measure, column in columns.places.items()}
    groups = {
        account: {measure: cells.read(measure, column) for measure, column in spots.items()}
        for account, spots in columns.groups.items()
    }
    loose = [(number, "", "") for number, code, name in lines if not (code or name)]
    found = [*rivals(form, cells, figures), *strangers(form, rows, filled), *nameless(form, rows, loose)]
    every = _with_groups(_rows(filled, figures, headed), groups, columns)
    return replace(form, rows=tuple(every), slack=cells.rounded, findings=[*cells.findings, *found])


def _is_heading(row: Sequence[Any], columns: Columns) -> bool:
    """Whether a row repeats the headings, as page breaks do."""
    return len(row) > columns.code and normal(row[columns.code]) in CODES


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
