"""Reading forms: every one of a sheet, with its rows in order and what was noticed in its cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pkanalysis import codes
from pkanalysis.intake.book import Book, Rows, normal, text
from pkanalysis.intake.headings import is_numbering, stated_unit
from pkanalysis.intake.layouts.sebelum_sesudah.heads import Named, split_code
from pkanalysis.intake.layouts.tiers.cells import Cells, nameless, rivals, strangers
from pkanalysis.intake.layouts.tiers.headings import CODES, Columns
from pkanalysis.intake.layouts.tiers.heads import Head, activity, head
from pkanalysis.intake.layouts.tiers.keys import Code, Place, is_code, split
from pkanalysis.intake.layouts.tiers.kinds import GROUPS
from pkanalysis.intake.layouts.tiers.pieces import Piece, pieces
from pkanalysis.intake.layouts.tiers.rows import Form, Line, Row

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
