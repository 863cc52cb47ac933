"""Forms with subtotals: every one of a sheet, its head (whose, when), its rows in order, and doubts about its cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
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
    LOOK_ROWS,
    ROMAN,
    Code,
    Columns,
    Place,
    Spots,
    columns_at,
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
_DOTS = re.compile(r"[.…_:\s-]+")
"""What is left to be filled in."""


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
    activity: Named


def _said(rows: Rows) -> tuple[list[str], list[tuple[str, str]]]:
    """Words of rows line by line, and in order what stands behind a label, as :func:`normal` spells it."""
    lines, pairs = [], []
    for row in rows:
        words = [word for word in map(text, row) if _DOTS.sub("", word)]
        if words:
            lines.append(" ".join(words))
            split_up = words[0].split(":", 1) if len(words) == 1 else words
            parts = [part.strip(" :") for part in split_up if part.strip(" :")]
            pairs += [(normal(parts[0]), parts[1])] if len(parts) > 1 else []
    return lines, pairs


def _coded(words: str) -> Named:
    found = split_code(words)
    return Named(found.code, found.name.lstrip("- "))


def head_of(rows: Rows, names: Iterable[str] = ()) -> Head:
    """Head of a form in the rows above it; ``names`` (sheet, file) may give the year only.

    The code of the OPD is made of the name where none is written.

    Examples
    --------
    >>> head = head_of([["SKPD", ":", "1.01.0.00.0.00.01.0000 Dinas Uji"], ["Maret 2025"]])
    >>> head.code, head.name, head.year, head.period
    ('1.01.0.00.0.00.01.0000', 'Dinas Uji', 2025, Period(first=3, last=3))
    >>> head_of([["DINAS UJI"]]).code, head_of([["Sub Kegiatan", ":", "2.10.01.2.06.0009 Rapat"]]).activity
    ('DINAS-UJI', Named(code='2.10.01.2.06.0009', name='Rapat'))
    """
    lines, pairs = _said(rows)
    named = _coded(
        next((value for label, value in pairs if label in _NAMES), "") or next(filter(_OFFICE.match, lines), "")
    )
    own = next((_coded(value) for label, value in pairs if label in _CODES), Named())
    name = named.name or (own.name if own.code else "")
    code = named.code or own.code or (own.name if name != own.name else "") or slug(name)
    activities = (_coded(value) for label, value in pairs if label in _ACTIVITIES)
    whole = (each for each in activities if len(codes.key(each.code)) == len(codes.ACTIVITY_WIDTHS))
    stated = [value for label, value in pairs if label in ("tahun", "tahunanggaran")]
    latest = max(re.findall(r"\b20\d{2}\b", " ".join(lines)), default="")
    years = filter(None, map(year, (*stated, *lines, *names, latest)))
    return Head(code, name, next(years, None), period(lines), tuple(lines), next(whole, Named()))


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
            number = ROMAN.get(quarter[1].lower()) or int(quarter[1])
            return Period(3 * number - 2, 3 * number)
        if half := _HALF.search(line):
            return Period(7, 12) if half[1].lower() in ("ii", "2", "kedua") else Period(1, 6)
    return None


LEFT_OUT = re.compile(r"(?i)surplus|defisit|netto|silpa|sisa lebih|lebih pembiayaan")

Line = tuple[int, str, str]
"""1-based row, code and name as written."""

Read = dict[tuple[str, int], Amounts]
"""Amounts of the rows by measure and column."""


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


_GROUP_NAMES = {account: name for account, name, _ in GROUPS}


def forms(book: Book) -> list[Form]:
    """Every form with subtotals in the book; a sheet may hold one form below the other."""
    found: list[Form] = []
    for sheet, rows in book.sheets.items():
        starts = _starts(rows)
        ends = [*(top for top, _ in starts[1:]), len(rows)]
        for (top, columns), end in zip(starts, ends, strict=False):
            found.append(_form(book, sheet, rows[:end], top, columns, found[-1].head if top else None))
    return found


def _starts(rows: Rows) -> list[tuple[int, Columns]]:
    """First row (0-based, of the head) and columns of each form of a sheet.

    A heading without another OPD or sub kegiatan above it goes on with the same form, as page breaks do.
    """
    first = next((found for place in range(min(LOOK_ROWS, len(rows))) if (found := columns_at(rows, place))), None)
    if first is None:
        return []
    starts = [(0, first)]
    for place in range(first.body, len(rows)):
        if not _is_heading(rows[place], first):
            continue
        start, columns = starts[-1]
        top = place  # the head of another form begins behind the last row with a code
        while top > columns.body:
            words = [text(cell) for cell in rows[top - 1][columns.code : columns.left] if text(cell)]
            if words and (is_code(words[0]) or normal(words[0]).startswith(("jumlah", "total"))):
                break
            top -= 1
        own, earlier = head_of(rows[top:place]), head_of(rows[start : columns.row])
        is_other_office = bool(own.name) and (own.code, own.name) != (earlier.code, earlier.name)
        is_other = is_other_office or own.activity.code not in ("", earlier.activity.code)
        if is_other and (another := columns_at(rows, place)):
            starts.append((top, another))
    return starts


def _is_heading(row: Sequence[Any], columns: Columns) -> bool:
    return len(row) > columns.code and normal(row[columns.code]) in CODES


def _form(book: Book, sheet: str, rows: Rows, top: int, columns: Columns, earlier: Head | None) -> Form:
    """The form with its head from row ``top`` on; what that does not say is as in the one above it in the sheet."""
    above = rows[top : columns.row]
    head = head_of(above, (sheet, book.path.stem))
    if earlier:
        head = replace(head, year=head.year or earlier.year, period=head.period or earlier.period)
        head = head if head.name else replace(head, code=earlier.code, name=earlier.name)
    form = Form(book.name, sheet, head, columns, (), [])
    every = _lines(rows, columns)
    lines = [line for line in every if line[1] or line[2]]
    stated, own = stated_unit(above), columns.factors
    spots = [spot for each in (columns.places, *columns.groups.values()) for spot in each.items()]
    rivals = [(measure, column) for measure, column, _ in columns.rivals]
    read: Read = {}
    for measure, column in (*spots, *rivals):
        cells = [row[column] if column < len(row) else "" for row in (rows[number - 1] for number, _, _ in lines)]
        read[measure, column] = rupiah(cells, own[measure] if own[measure] > 1 else stated)
    findings = [
        cell.finding(form.file, sheet, cell_name(lines[cell.position][0] - 1, column),
                     columns.headings.get(column, columns.titles.get(measure, "")))
        for measure, column in spots
        for cell in (*read[measure, column].problems, *read[measure, column].doubts)
    ]  # fmt: skip
    findings += _doubts(form, rows, every, read)
    slack = sum(read[spot].rounded for spot in spots)
    return replace(form, rows=tuple(_rows(form, lines, read)), slack=slack, findings=findings)


def _lines(rows: Rows, columns: Columns) -> list[Line]:
    """Rows below the heading; a code may be spread over several cells, or stand in one with the name."""
    found = []
    for number, row in enumerate(rows[columns.body :], columns.body + 1):
        if is_numbering(row) or _is_heading(row, columns):
            continue
        words = [text(cell) for cell in row[columns.code : columns.left] if text(cell)]
        count = next((place for place, word in enumerate(words) if not is_code(word)), len(words))
        code, name = ".".join(words[:count]), next(iter(words[count:]), "")
        if words and count == 0 and (named := split_code(words[0])).code:
            code, name = named.code, named.name
        found.append((number, code, name))
    return found


def _doubts(form: Form, rows: Rows, lines: Sequence[Line], read: Read) -> list[Finding]:
    """Second columns of a measure with other figures, the first row that names another OPD, figures without name."""
    columns, office = form.columns, form.head.name
    found = [
        finding("DUA_KOLOM_SATU_UKURAN", form.file, form.sheet, cell_name(columns.row, column), title,
                ukuran=measure.replace("_", " "), lain=columns.titles[measure])
        for measure, column, title in columns.rivals
        if read[measure, column].figures != read[measure, columns.places[measure]].figures
    ]  # fmt: skip
    for number, code, name in lines:
        pairs = _said([rows[number - 1]])[1] if name and not code else []
        other = next((_coded(value).name for label, value in pairs if label in _NAMES - _PARTS), "")
        if other and office and normal(other) not in normal(office):
            found.append(form.finding("OPD_LAIN_DI_TABEL", number, "", other))
            break
    nameless = (number for number, code, name in lines if not (code or name))
    return found + [
        form.finding("BARIS_TANPA_KODE_DAN_URAIAN", number)
        for number in nameless
        if any(map(is_figure, rows[number - 1][columns.left :]))
    ]


def _rows(form: Form, lines: Sequence[Line], read: Read) -> list[Row]:
    """Rows in order; an account belongs to the activity above it, or else to that of the head.

    A row of an activity (or JUMLAH) is followed by one per kind of belanja that stands beside it.
    """
    columns, head = form.columns, form.head.activity
    blank = dict.fromkeys(columns.titles)
    rows, under = [], Code(head.code)
    names = {len(codes.ACTIVITY_WIDTHS): head.name} if head.code else {}
    for position, (number, written, name) in enumerate(lines):
        code = split(written)
        if code.activity:
            under = Code(code.activity)
        if code.activity and not code.account:
            depth = len(code.place.activity)
            names = {level: word for level, word in names.items() if level < depth} | {depth: name}
        place = Place(under.place.activity, code.place.account) if code.account else code.place
        own = Code(under.activity if code.account else code.activity, code.account)
        figures = {
            account: blank | {each: read[each, column].figures[position] for each, column in spots.items()}
            for account, spots in {"": columns.places, **columns.groups}.items()
        }
        row = Row(number, own, place, name, figures[""], names)
        rows.append(row)
        if not code.account and (code.activity or row.is_total):
            for account, spots in columns.groups.items():
                part = Code(code.activity, account)
                rows.append(Row(number, part, part.place, _GROUP_NAMES[account], figures[account], names, spots))
    return rows
