"""A copy of a file with the cells of its findings coloured and commented, and a first sheet that lists them.

A small .xlsx is copied as it is, with fills, comments and one more sheet; of any other file, or a big one, the cells
are written at their places in a new workbook.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import xlsxwriter
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.utility import xl_cell_to_rowcol, xl_col_to_name

from pkanalysis.errors import PkError
from pkanalysis.intake.book import PDF, Book, cell_name, normal, open_book, text
from pkanalysis.intake.findings import (
    NOT_WRITTEN,
    PLACE,
    PLAIN,
    TITLE,
    UNWRITABLE,
    WIDTHS,
    Finding,
    Listing,
    fill,
)
from pkanalysis.vocabulary import SEVERITIES

AUTHOR = "pkanalysis"
COLOURS = {"galat": "FFC7CE", "peringatan": "FFEB9C", "catatan": "DDEBF7"}
"""Fill per severity, the worst first: red, yellow, blue grey."""
HEAD_ROWS = 60
"""Rows in which headings are looked for."""
MOST_WORDS = 1500
"""Characters of a comment; all findings are on the list."""
WIDTH, LINE, LETTERS, MOST_LINES = 340, 18, 48, 25
"""Width of a comment and height of its lines in pixels, letters per line, and lines that are shown at most."""
MOST_KEPT = 500_000
"""Cells of a workbook that is copied with its formatting; ten seconds, 400 MB."""
MOST_CELLS = 5_000_000
"""Above this only the top of each sheet and the lines with findings are written; half a minute."""
TOP, COLUMNS = 60, 100
"""Rows of a very big sheet that are written in any case, and columns that are made wide enough for a code."""
LAST_ROW, LAST_COLUMN, LONGEST_NAME = 1_048_576, 16_384, 31
"""What a sheet of Excel holds, and how long its name may be."""
KEPT = (
    "Nilai, rumus, format, sel gabung, komentar dan proteksinya ikut; makro, kotak teks dan hasil rumus yang tersimpan "
    "tidak (Excel menghitung ulang saat dibuka)."
)
DRAWN = (
    "Hanya isi selnya yang disalin, di alamat yang sama; format, rumus dan sel gabung tidak ikut, karena berkasnya "
    "bukan .xlsx yang utuh atau terlalu besar."
)
TOP_ONLY = "Berkas ini terlalu besar: hanya baris teratas dan baris yang bertemuan yang disalin, di alamat yang sama."
LIST_ONLY = "Berkas ini tidak punya sel yang dapat diwarnai, jadi salinan ini hanya daftar temuannya."
LEGEND = (
    "Merah = galat, kuning = peringatan, biru = catatan; arahkan penunjuk ke sel berwarna untuk membaca aturan dan "
    "sarannya. Perbaiki berkas asalnya, lalu impor lagi."
)
_CELL, _ROW = re.compile(r"[A-Z]{1,3}\d+"), re.compile(r"\bbaris (\d+)")


class Spot(NamedTuple):
    """A cell: name of its sheet, 0-based row and column."""

    sheet: str
    row: int
    column: int


@dataclass(frozen=True)
class Mark:
    """How a cell is marked: its worst severity, and a comment with every rule and remedy, of a height in pixels."""

    severity: str
    comment: str
    height: int


def targets(copy: Path, sources: Sequence[Path]) -> dict[Path, Path]:
    """Where the copy of each file goes: ``copy`` itself for a single file, else into that folder.

    Raises
    ------
    PkError
        One of them exists already.

    Examples
    --------
    >>> [path.name for path in targets(Path("periksa"), [Path("a.csv"), Path("a.xlsx")]).values()]
    ['a_csv_periksa.xlsx', 'a_xlsx_periksa.xlsx']
    """
    if len(sources) == 1 and copy.suffix:
        found = {sources[0]: copy}
    else:
        found = {path: copy / f"{path.stem}_{path.suffix[1:]}_periksa.xlsx" for path in sources}
    for target in found.values():
        _require_free(target)
    return found


def _require_free(target: Path) -> None:
    if target.suffix.lower() != ".xlsx":
        raise PkError(f"{target} harus berakhiran .xlsx; ganti nama salinannya.")
    if target.exists():
        raise PkError(f"{target} sudah ada dan tidak ditimpa; pilih nama lain atau hapus dahulu.")


def write(target: Path, source: Path, findings: Sequence[Finding]) -> str:
    """Write the marked copy of ``source``; its values stay as they are, and the source is not touched.

    Parameters
    ----------
    target : pathlib.Path
        The copy, an .xlsx that does not exist yet; its folder is made.
    source : pathlib.Path
        The file that was checked; one that cannot be opened, or a PDF, gives the list of findings only.
    findings : sequence of Finding
        The findings in it; without any no copy is made.

    Returns
    -------
    str
        Sentences on where the copy is, what it holds and what it does not.

    Raises
    ------
    PkError
        The target is no .xlsx, exists already, or cannot be written.
    """
    if not findings:
        return f"{source.name} tidak punya temuan, jadi tidak ada salinan periksanya."
    _require_free(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        worst_first = sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))
        return f"Salinan periksa {source.name}: {target}. {_written(target, source, worst_first)}"
    except (OSError, FileCreateError) as error:
        raise PkError(NOT_WRITTEN.format(target)) from error


def _written(target: Path, source: Path, findings: Sequence[Finding]) -> str:
    """Write the copy in the way that the file allows; what it holds and what it does not."""
    try:
        book = open_book(source)
        with source.open("rb") as file:
            if file.read(len(PDF)) == PDF:  # its sheets are pages, which have no cells
                book = Book(source, {})
    except PkError:
        book = Book(source, {})
    places = spots(findings, book)
    marked = marks(findings, places)
    title, names = sheet_names(book)
    about, size = f"Salinan periksa {book.name}.", sum(len(row) for rows in book.sheets.values() for row in rows)
    is_small = bool(book.sheets) and size <= MOST_KEPT
    if is_small and zipfile.is_zipfile(source) and zipfile.Path(source, "xl/workbook.xml").exists():
        try:
            links = _links(findings, places, {name: name for name in book.sheets})
            _keep(target, source, marked, Listing(findings, links, (f"{about} {KEPT}", LEGEND, ""), title))
            return KEPT
        except OSError:
            raise
        except Exception:
            pass
    said = LIST_ONLY if not book.sheets else DRAWN if size <= MOST_CELLS else TOP_ONLY
    rows = {name: (len(own) if size <= MOST_CELLS else min(TOP, len(own))) for name, own in book.sheets.items()}
    listing = Listing(findings, _links(findings, places, names), (f"{about} {said}", LEGEND, ""), title)
    _draw(target, book, marked, names, rows, listing)
    return said


def spots(findings: Sequence[Finding], book: Book) -> list[Spot | None]:
    """Per finding its cell, ``None`` where it is about a whole sheet or file.

    A line stands for the cell under the heading that the finding names, else for its first filled cell.
    """
    only = next(iter(book.sheets)) if len(book.sheets) == 1 else ""
    heads: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for sheet, rows in book.sheets.items():
        for row, cells in enumerate(rows[:HEAD_ROWS]):
            for column, cell in enumerate(cells):
                heads.setdefault((sheet, normal(cell)), []).append((row, column))
    found: list[Spot | None] = []
    for finding in findings:
        sheet, line = finding.sheet or only, _ROW.search(finding.place)
        if sheet in book.sheets and _CELL.fullmatch(finding.place):
            found.append(Spot(sheet, *xl_cell_to_rowcol(finding.place)))
        elif sheet in book.sheets and line:
            row, rows = int(line[1]) - 1, book.sheets[sheet]
            heading = normal(finding.column)
            above = [place for place in heads.get((sheet, heading), ()) if place[0] < row] if heading else []
            under = (column for head, column in above if head == above[-1][0])  # the lowest row that has it
            filled = (column for column, cell in enumerate(rows[row] if row < len(rows) else []) if text(cell))
            found.append(Spot(sheet, row, next(under, next(filled, 0))))
        else:
            found.append(None)
    return found


def marks(findings: Sequence[Finding], places: Sequence[Spot | None]) -> dict[Spot, Mark]:
    """One mark per cell from the findings that stand there, the worst first."""
    grouped: dict[Spot, list[Finding]] = {}
    for finding, place in zip(findings, places, strict=True):
        if place is not None:
            grouped.setdefault(place, []).append(finding)
    found = {}
    for place, own in grouped.items():
        said = dict.fromkeys(f"{item.severity.upper()}: {item.rule}.\nSaran: {item.remedy}." for item in own)
        words = UNWRITABLE.sub("", "\n\n".join(said))
        if len(words) > MOST_WORDS:
            words = f"{words[:MOST_WORDS]} …\n\nSelengkapnya di lembar daftar temuan."
        lines = 1 + sum(1 + len(line) // LETTERS for line in words.splitlines())
        found[place] = Mark(own[0].severity, words, LINE * min(lines, MOST_LINES))
    return found


def _links(findings: Sequence[Finding], places: Sequence[Spot | None], names: dict[str, str]) -> list[str]:
    """Where each finding leads in the copy; one on a whole sheet to the first cell of it."""
    links = []
    for finding, place in zip(findings, places, strict=True):
        spot = place or (Spot(finding.sheet, 0, 0) if finding.sheet in names else None)
        quoted = names[spot.sheet].replace("'", "''") if spot else ""
        links.append(f"'{quoted}'!{cell_name(spot.row, spot.column)}" if spot else "")
    return links


def sheet_names(book: Book) -> tuple[str, dict[str, str]]:
    """Names in the copy: of the list, and per sheet without the signs that Excel refuses, short, and none twice.

    Examples
    --------
    >>> sheet_names(Book(Path("a.csv"), {"rekap [murni]": [], "REKAP _MURNI_": []}))
    ('Temuan', {'rekap [murni]': 'rekap _murni_', 'REKAP _MURNI_': 'REKAP _MURNI_ 2'})
    >>> sheet_names(Book(Path("a.csv"), {"TEMUAN": []}))[0]
    'Temuan 2'
    """
    own = {name.casefold() for name in book.sheets}
    titles = (TITLE, *(f"{TITLE} {number}" for number in range(2, len(own) + 3)))
    title = next(each for each in titles if each.casefold() not in own)
    names: dict[str, str] = {}
    for name in book.sheets:
        plain = re.sub(r"[\[\]:*?/\\]", "_", UNWRITABLE.sub("", name)).strip("' ")[:LONGEST_NAME] or "Lembar"
        taken = {title.casefold(), "history", *map(str.casefold, names.values())}
        tries = (plain, *(f"{plain[: LONGEST_NAME - 5]} {number}" for number in range(2, 10_000)))
        names[name] = next(each for each in tries if each.casefold() not in taken)
    return title, names


def _draw(
    target: Path, book: Book, marks: dict[Spot, Mark], names: dict[str, str], top: dict[str, int], told: Listing
) -> None:
    """Write the copy anew: the list, then of every sheet the ``top`` rows and those with marks, where they were."""
    options = {"constant_memory": True, "nan_inf_to_errors": True, "default_date_format": "yyyy-mm-dd hh:mm:ss"}
    with xlsxwriter.Workbook(target, PLAIN | options) as copy:
        fills = {severity: copy.add_format({"bg_color": f"#{colour}"}) for severity, colour in COLOURS.items()}
        fill(copy, told)
        for name, rows in book.sheets.items():
            sheet = copy.add_worksheet(names[name])
            sheet.set_column(0, COLUMNS - 1, 18)
            own: dict[int, dict[int, Mark]] = {}
            for spot, mark in marks.items():
                if spot.sheet == name:
                    own.setdefault(spot.row, {})[spot.column] = mark
            above = range(top[name])
            for number in (*above, *sorted(row for row in own if row not in above)):  # one may lie below the last
                if number >= LAST_ROW:
                    continue
                row = rows[number] if number < len(rows) else []
                sheet.write_row(number, 0, row[:LAST_COLUMN])
                for column, mark in own.get(number, {}).items():
                    sheet.write(number, column, row[column] if column < len(row) else "", fills[mark.severity])
                    size = {"author": AUTHOR, "width": WIDTH, "height": mark.height}
                    sheet.write_comment(number, column, mark.comment, size)


def _keep(target: Path, source: Path, marks: dict[Spot, Mark], told: Listing) -> None:
    """Write the copy with formatting, formulas, merged cells, comments and protection of ``source``."""
    with source.open("rb") as file:  # by name openpyxl takes only its own suffixes
        book = load_workbook(file, rich_text=True)
    for spot, mark in marks.items():
        sheet, address = book[spot.sheet], cell_name(spot.row, spot.column)
        merged = next((area for area in sheet.merged_cells.ranges if address in area), None)
        there = sheet[address] if merged is None else sheet.cell(merged.min_row, merged.min_col)
        there.fill = PatternFill("solid", fgColor=f"FF{COLOURS[mark.severity]}")
        before = f"{there.comment.text}\n\n" if there.comment else ""
        size = {"height": mark.height + LINE * before.count("\n"), "width": WIDTH}
        there.comment = Comment(before + mark.comment, AUTHOR, **size)
    for page in book.worksheets:
        page.sheet_view.tabSelected = False  # what is typed goes to every selected sheet
    _list(book.create_sheet(told.title, 0), told)
    book.active = 0
    book.save(target)


def _list(sheet: Worksheet, told: Listing) -> None:
    plain, bold = Font("Calibri", 11), Font("Calibri", 11, bold=True)
    link = Font("Calibri", 11, underline="single", color="0000FF")
    letters, top = [xl_col_to_name(column) for column in range(len(WIDTHS))], len(told.notes) + 1
    for number, note in enumerate(told.notes, start=1):
        cell = sheet.cell(number, 1)
        cell.value, cell.data_type, cell.font = note, "s", plain  # text that is never taken for a formula
    for number, (row, height, address) in enumerate(told.rows(), start=top):
        sheet.row_dimensions[number].height = height
        for place, words in enumerate(row):
            cell = sheet.cell(number, place + 1)
            cell.value, cell.data_type, cell.font = words, "s", bold if number == top else plain
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if address and place == PLACE:
                cell.value, cell.data_type, cell.font = words or "lembar", "s", link
                cell.hyperlink = Hyperlink(cell.coordinate, location=address)
    for letter, width in zip(letters, WIDTHS.values(), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"A{top + 1}"
    sheet.auto_filter.ref = f"A{top}:{letters[-1]}{top + len(told.findings)}"
