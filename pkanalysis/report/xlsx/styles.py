"""Formats of one workbook, each made when first asked for."""

from __future__ import annotations

from functools import cache
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

NUMBERS = {
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


def number_format(cell: dict[str, Any]) -> str:
    """The format that shows a cell as it prints; per cent stay on the 0-100 scale, the sign is text.

    Examples
    --------
    >>> number_format({"kind": "persen", "text": "64,0%"}), number_format({"kind": "angka", "text": "1.200,25"})
    ('#,##0.0"%"', '#,##0.00')
    """
    if cell["kind"] in NUMBERS:
        return NUMBERS[cell["kind"]]
    decimals = len(cell["text"].rstrip("%").partition(",")[2])
    return "#,##0" + ("." + "0" * decimals if decimals else "") + ('"%"' if cell["kind"] == "persen" else "")


class Styles:
    """Formats of ``book`` by name."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self.cell = cache(self._cell)
        self.title = self._add(bold=True, font_size=16, text_wrap=True)
        self.caption = self._add(bold=True, font_size=12, text_wrap=True)
        self.mark = self._add(bold=True, font_color=RED, text_wrap=True)
        self.line = self._add(text_wrap=True)
        self.small = self._add(font_color=GREY, font_size=9, text_wrap=True)
        self.heading = self._add(
            bold=True,
            font_color="#FFFFFF",
            bg_color=HEAD,
            border=1,
            border_color=LINE,
            text_wrap=True,
            valign="vcenter",
        )
        self.link = self._add(font_color="#0563C1", underline=1, border=1, border_color=LINE)

    def _cell(self, number: str = "", is_total: bool = False) -> Format:
        """A cell of a table: ``number`` is its number format, empty for text."""
        flow = {"num_format": number} if number else {"text_wrap": True, "align": "left", "indent": 1}
        total = {"bold": True, "bg_color": "#EDEDED", "top": 2} if is_total else {}
        return self._add(border=1, border_color=LINE, **flow | total)

    def _add(self, **more: Any) -> Format:
        return self._book.add_format(BASE | more)
