"""Saving pages as the kinds of file that offices send."""

from __future__ import annotations

import csv
import html
import io
import json
from pathlib import Path

from xlsxwriter import Workbook

from damaged.page import Page
from pkanalysis.sample.files import MADE, MARK

Pages = list[Page]


def as_workbook(path: Path, pages: Pages) -> None:
    """Write an .xlsx: text as text, numbers as numbers, dates as dates; a formula (``=``) has no value yet."""
    _write(path, pages)


def as_workbook_with_stray_cell(path: Path, pages: Pages) -> None:
    """Write an .xlsx with one more cell in the last row of the sheet, which makes it a million rows long."""
    _write(path, pages, stray=(2**20 - 1, 99))


def _write(path: Path, pages: Pages, stray: tuple[int, int] | None = None) -> None:
    with Workbook(str(path), {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        book.set_properties({"title": MARK, "author": "pkanalysis", "created": MADE})
        for page in pages:
            sheet = book.add_worksheet(page.name)
            sheet.set_footer(f"&C{MARK}")
            for row, column, cell in page.cells():
                if isinstance(cell, str) and cell.startswith("="):
                    sheet.write_formula(row, column, cell, value="")
                else:
                    sheet.write(row, column, cell)
            if stray:
                sheet.write(*stray, "x")


def as_csv(path: Path, pages: Pages, separator: str = ";", encoding: str = "utf-8") -> None:
    """Write the first page as a CSV."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=separator).writerows(pages[0].rows)


def as_old_csv(path: Path, pages: Pages) -> None:
    """Write the first page as Excel did long ago: cp1252, and every row quoted into one field."""
    with path.open("w", encoding="cp1252", newline="") as file:
        whole = csv.writer(file, quoting=csv.QUOTE_ALL)
        for row in pages[0].rows:
            text = io.StringIO()
            csv.writer(text, lineterminator="").writerow(row)
            whole.writerow([text.getvalue()])


def as_html(path: Path, pages: Pages) -> None:
    """Write the first page as an HTML table, as web applications do under the name .xls."""
    lines = ["".join(f"<td>{html.escape(str(cell))}</td>" for cell in row) for row in pages[0].rows]
    table = "".join(f"<tr>{line}</tr>\n" for line in lines)
    path.write_text(f"<html><title>{MARK}</title><table>\n{table}</table></html>", encoding="utf-8", newline="\n")


def as_json(path: Path, pages: Pages) -> None:
    """Write the first page as JSON records, with the word ``null`` where a cell is empty."""
    names, *rows = pages[0].rows
    records = [{name: "null" if cell == "" else cell for name, cell in zip(names, row, strict=True)} for row in rows]
    path.write_text(json.dumps({"tanda": MARK, "data": records}, ensure_ascii=False), encoding="utf-8", newline="\n")


def as_cut_workbook(path: Path, pages: Pages) -> None:
    """Write an .xlsx of which the last third never arrived."""
    as_workbook(path, pages)
    content = path.read_bytes()
    path.write_bytes(content[: 2 * len(content) // 3])


def as_locked_workbook(path: Path, pages: Pages) -> None:
    """Write the head of a workbook with a password: the container of old Office files and its locked part."""
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024) + "EncryptedPackage".encode("utf-16-le"))


def as_empty_file(path: Path, pages: Pages) -> None:
    """Write a file of nought bytes."""
    path.write_bytes(b"")


def as_swelling_workbook(path: Path, pages: Pages) -> None:
    """Write an .xlsx whose last part says that it unpacks to 2 GiB, as a zip bomb does."""
    as_workbook(path, pages)
    content = bytearray(path.read_bytes())
    size = content.rindex(b"PK\x01\x02") + 24
    content[size : size + 4] = (2**31).to_bytes(4, "little")
    path.write_bytes(content)
