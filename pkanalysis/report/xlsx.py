"""The tables of a report as a workbook, for Excel 2010 and later: numbers as numbers, totals as formulas."""

from __future__ import annotations

import datetime as dt
import io
import math
import os
import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pkanalysis.report import html
from pkanalysis.report.html import BlockExporter, Document
from pkanalysis.report.parts import Broken, Reading
from pkanalysis.report.sheets import Plan, Sheet, number, plan, sheets

SHOWN_AS = {
    "rupiah": '"Rp"#,##0',
    "rp": "#,##0",
    "perubahan_rp": "#,##0;(#,##0)",
    "bulat": "#,##0",
    "tahun": "0",
    "tanggal": "[$-421]d mmmm yyyy",
}
"""Excel shows the separators of the reader's own settings; 421 names the months in Indonesian."""
BASE: dict[str, Any] = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
RED, GREY, LINE, HEAD = "#C62828", "#595959", "#BFBFBF", "#1F3B57"

CONTENTS = "Isi"
HEADS = {"Lembar": 32, "Bab": 36, "Isi": 70}
BROKEN = "Sebagian laporan gagal dibuat; isinya tidak ada di berkas ini."
NUMBERS = "Persen ditulis pada skala 0-100. Sel kosong berarti tidak ada data, bukan nol."
EMPTY = "Tidak ada baris."
MOVED = "Baris jumlah berada di bawah rincian, agar tabel dapat diurutkan dan disaring."
UNSORTED = "Tabel ini tanpa saringan: mengurutkannya akan mengubah baris yang dijumlahkan."
SHARES = "Persen dan poin pada baris jumlah adalah nilai, bukan rumus."
MISFIT = 'Jumlah pada baris "{row}" kolom {columns} ditulis sebagai nilai, bukan rumus: tidak sama dengan rinciannya.'

LONGEST = 32_767
"""Most UTF-16 units that a cell of a spreadsheet holds."""
CUT = " … [terpotong; selengkapnya pada laporan HTML]"
FIRST_DATE = dt.datetime(1900, 3, 1)
"""Excel counts a 29 February 1900 that never was; earlier dates are written as text."""
ZIP_START = 315_532_800
"""1 January 1980, where the calendar of zip files begins: the date of a workbook that was given none."""

A4 = 9
PAGE = 150
"""Characters across a landscape page that are still read easily."""
NARROW, BROAD, FILTER_ARROW = 16, 80, 4
MARGIN = 2
"""Characters of a column that indent and filter arrow take."""
LONGEST_FOOTER = 220
HIGHEST = 409.0


def write(document: Document, reading: Reading) -> bytes:
    """Write the workbook, contents first, without a personal author; the same input gives the same bytes.

    Parameters
    ----------
    document : Document
        Title, agency, footer and mark of the report.
    reading : Reading
        Its blocks, those of the annex included.
    """
    file, made = io.BytesIO(), sheets(reading)
    with Workbook(file, {"in_memory": True}) as book:
        created = dt.datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", ZIP_START)), dt.UTC)
        book.set_properties({"title": plain(document.title)[:255], "created": created.replace(tzinfo=None)})
        styles = Styles(book)
        lines = [
            (document.mark, styles["mark"]),
            (document.title, styles["title"]),
            (document.agency, styles["caption"]),
            *((item["text"], styles["line"]) for item in reading.cover.get("items", [])),
            (document.footer, styles["line"]),
            (BROKEN if any(isinstance(part, Broken) for part in reading.parts) else "", styles["mark"]),
            (NUMBERS, styles["small"]),
        ]
        page = book.add_worksheet(CONTENTS)
        heading = _head(page, list(HEADS.values()), lines) + 1
        for column, label in enumerate(HEADS):
            page.write_string(heading, column, label, styles["heading"])
        for row, sheet in enumerate(made, start=heading + 1):
            page.write_url(row, 0, f"internal:'{sheet.name}'!A1", styles["link"], sheet.name)
            page.write_string(row, 1, fit(sheet.chapter), styles["", False])
            page.write_string(row, 2, fit(sheet.caption), styles["", False])
        _print_setup(page, document, heading)
        for sheet in made:
            _table(book.add_worksheet(sheet.name), sheet, document, styles)
    return file.getvalue()


def _table(page: Worksheet, sheet: Sheet, document: Document, styles: Styles) -> None:
    """One sheet: its head, the heading and the rows (a filter over those that are no totals), the notes below."""
    table, layout, columns = sheet.table, plan(sheet.table), sheet.table["columns"]
    spans = widths(columns, table["rows"])
    unit = f"Satuan: {table['unit']}" if table["unit"] else ""
    words = [(document.mark, styles["mark"]), (sheet.caption, styles["caption"]), (unit, styles["line"])]
    heading = _head(page, spans, words)
    for column, head in enumerate(columns):
        page.write_string(heading, column, fit(head["label"]), styles["heading"])
    page.set_row(heading, _row_height([head["label"] for head in columns], spans))
    top = heading + 1
    for row, position in enumerate(layout.order, start=top):
        page.set_row(row, _row_height([cell["text"] for cell in table["rows"][position]], spans))
        for column, cell in enumerate(table["rows"][position]):
            formula = layout.formula(position, column, top) or ""
            put(page, row, column, cell, styles, position in layout.totals, formula)
    page.freeze_panes(top, 0)
    if layout.is_sortable and columns:
        page.autofilter(heading, 0, heading + len(layout.details), len(columns) - 1)
    if table["rows"]:
        page.ignore_errors({"number_stored_as_text": f"A1:XFD{top + len(table['rows'])}"})
    for row, text in enumerate(_notes(table, layout), start=top + max(1, len(table["rows"]))):
        _line(page, row, text, styles["small"], spans)
    _print_setup(page, document, heading)


def _notes(table: dict[str, Any], layout: Plan) -> Iterator[str]:
    """The lines below the table, the block's own last."""
    is_share = any(cell["kind"] in ("persen", "poin") for row in layout.totals for cell in table["rows"][row])
    yield from [] if table["rows"] else [EMPTY]
    yield from [MOVED] if list(layout.order) != sorted(layout.order) else []
    yield from [] if layout.is_sortable else [UNSORTED]
    for total in layout.totals.values():
        if total.misfits:
            cells = table["rows"][total.row]
            row = " ".join(cell["text"] for cell in cells if cell["kind"] in ("teks", "kalimat") and cell["text"])
            yield MISFIT.format(row=row, columns=", ".join(table["columns"][c]["label"] for c in total.misfits))
    yield from [SHARES] if is_share else []
    yield from [table["note"]] if table["note"] else []
    yield from [f"Sumber: {table['source']}"] if table["source"] else []


def _head(page: Worksheet, spans: Sequence[int], lines: Sequence[tuple[str, Format]]) -> int:
    """Set the columns and write the lines that have words; how many there are."""
    for column, width in enumerate(spans):
        page.set_column(column, column, width)
    shown = [(text, style) for text, style in lines if text]
    for row, (text, style) in enumerate(shown):
        _line(page, row, text, style, spans)
    return len(shown)


def _line(page: Worksheet, row: int, text: str, style: Format, spans: Sequence[int]) -> None:
    """Write one wrapped line across the columns and, beside a narrow table, enough empty ones to read a sentence.

    Excel does not fit the height of merged cells, so it is given.
    """
    spare = max(0, math.ceil((90 - sum(spans)) / 9), 2 - len(spans))
    letters = sum(spans) + 9 * spare
    page.set_row(row, height(text, int(letters * 10 / style.font_size), style.font_size))
    page.merge_range(row, 0, row, len(spans) + spare - 1, "", style)
    page.write_string(row, 0, fit(text), style)


def height(text: str, letters: int, size: float = 10) -> float:
    r"""Height in points of a text that wraps at ``letters`` letters.

    Examples
    --------
    >>> height("satu baris", 40), height("dua baris\natau lebih", 40)
    (14.0, 28.0)
    """
    lines = sum(len(textwrap.wrap(part, max(1, letters))) or 1 for part in text.split("\n"))
    return min(HIGHEST, lines * size * 1.4)


def _row_height(texts: Sequence[str], spans: Sequence[int]) -> float:
    """Height of a row, given since not every program fits it to wrapped text on opening."""
    letters = [int(width * 1.1) - MARGIN for width in spans]  # a width counts digits, letters are narrower
    return max((height(*pair) for pair in zip(texts, letters, strict=True)), default=15)


def widths(columns: Sequence[dict[str, Any]], rows: Sequence[Sequence[dict[str, Any]]]) -> list[int]:
    """Widths in characters: numbers get what they need, texts share the rest of a page and wrap."""
    texts = [[cell["text"] for cell in cells] for cells in zip(*rows, strict=True)] or [[] for _ in columns]
    heads = [max(map(len, column["label"].split()), default=0) + FILTER_ARROW for column in columns]
    wanted = [max([head, *(len(text) + 3 for text in column)]) for head, column in zip(heads, texts, strict=True)]
    is_text = [column["kind"] == "teks" for column in columns]
    room = PAGE - sum(want for want, text in zip(wanted, is_text, strict=True) if not text)
    fitted, left = list(wanted), sum(is_text)
    for place in sorted(range(len(wanted)), key=wanted.__getitem__):  # what a short text leaves goes to the longer ones
        if is_text[place]:
            fitted[place] = min(wanted[place], BROAD, max(NARROW, room // left))
            room, left = room - fitted[place], left - 1
    return [max(pair) for pair in zip(heads, fitted, strict=True)]


def _print_setup(page: Worksheet, document: Document, heading: int) -> None:
    """Landscape A4, one page wide; the heading row, the sample mark and the footer on every page."""
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(heading)
    codes = []
    for text in (document.mark, document.footer):  # ``&`` is doubled there, and Excel takes 255 characters in all
        room = max(10, LONGEST_FOOTER - text.count("&") - 20)
        codes.append(textwrap.shorten(plain(text), room, placeholder=" …").replace("&", "&&"))
    if document.mark:
        page.set_header(f'&C&"Calibri,Bold"&9 {codes[0]}')
    page.set_footer(f'&C&"Calibri,Regular"&8 {codes[1]}\nhal. &P dari &N')


LINED = {"border": 1, "border_color": LINE}
LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "text_wrap": True},
    "caption": {"bold": True, "font_size": 12, "text_wrap": True},
    "mark": {"bold": True, "font_color": RED, "text_wrap": True},
    "line": {"text_wrap": True},
    "small": {"font_color": GREY, "font_size": 9, "text_wrap": True},
    "heading": {
        "bold": True, "font_color": "#FFFFFF", "bg_color": HEAD, "text_wrap": True, "valign": "vcenter", **LINED,
    },
    "link": {"font_color": "#0563C1", "underline": 1, **LINED},
}  # fmt: skip


class Styles(dict[str | tuple[str, bool], Format]):
    """Formats of a workbook: of lines by their names in :data:`LOOKS`, of cells by number format and being a total.

    The number format of a text is empty.
    """

    def __init__(self, book: Workbook) -> None:
        super().__init__((name, book.add_format(BASE | look)) for name, look in LOOKS.items())
        self._book = book

    def __missing__(self, key: Any) -> Format:
        number, is_total = key
        flow = {"num_format": number} if number else {"text_wrap": True, "align": "left", "indent": 1}
        total = {"bold": True, "bg_color": "#EDEDED", "top": 2} if is_total else {}
        self[key] = self._book.add_format(BASE | LINED | flow | total)
        return self[key]


def put(
    page: Worksheet, row: int, column: int, cell: dict[str, Any], styles: Styles, total: bool = False, formula: str = ""
) -> None:
    """Write a cell of a payload; missing stays empty, a ``formula`` gets the value as its result."""
    value, date = number(cell), None
    if cell["kind"] == "tanggal" and cell["raw"] is not None:
        date = dt.datetime.fromisoformat(cell["raw"]).replace(tzinfo=None)
    if formula:
        page.write_formula(row, column, formula, styles[number_format(cell), total], value)
    elif value is not None:
        page.write_number(row, column, value, styles[number_format(cell), total])
    elif date and date >= FIRST_DATE:
        page.write_datetime(row, column, date, styles[number_format(cell), total])
    elif not cell["text"] or (cell["kind"] != "kalimat" and cell["raw"] is None):  # a dash belongs to the page
        page.write_blank(row, column, None, styles["", total])
    else:
        page.write_string(row, column, fit(cell["text"]), styles["", total])


def number_format(cell: dict[str, Any]) -> str:
    """The format that shows a cell as it prints; per cent stay on the 0-100 scale, the sign is text.

    Examples
    --------
    >>> number_format({"kind": "persen", "text": "64,0%"}), number_format({"kind": "angka", "text": "1.200,25"})
    ('#,##0.0"%"', '#,##0.00')
    """
    if cell["kind"] in SHOWN_AS:
        return SHOWN_AS[cell["kind"]]
    decimals = len(cell["text"].rstrip("%").partition(",")[2])
    return "#,##0" + ("." + "0" * decimals if decimals else "") + ('"%"' if cell["kind"] == "persen" else "")


def fit(text: str) -> str:
    """Text as one cell can hold it; what is cut off is said.

    Examples
    --------
    >>> fit("=1+1"), len(fit("x" * 40_000))
    ('=1+1', 32767)
    """
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return text
    return units[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", errors="ignore") + CUT


def plain(text: str) -> str:
    r"""Text for page footers and properties, where Excel takes no control characters.

    Examples
    --------
    >>> plain("Dinas\x0b A\nB")
    'Dinas A B'
    """
    return " ".join(re.sub(r"[\x00-\x1f\x7f\ufffe\uffff]", " ", text).split())


class XlsxExporter(BlockExporter):
    """The nbconvert exporter ``pkanalysis-xlsx``."""

    export_from_notebook = "Laporan pkanalysis (XLSX)"
    output_mimetype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    file_extension = ".xlsx"

    def made(self, reading: Reading) -> bytes:
        """The file."""
        return write(html.document(reading), reading)
