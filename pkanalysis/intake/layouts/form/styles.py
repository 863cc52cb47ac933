"""Cell formats of one workbook, made once per combination of colour and kind."""

from __future__ import annotations

from functools import cache
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from pkanalysis.intake.layouts.form.spec import Fill
from pkanalysis.tables import Kind

COLOURS = {"abu": "#EDEDED", "kuning": "#FFF6C2", "hijau": "#DDF0DC"}
HEADING = {"abu": "#595959", "kuning": "#B07D00", "hijau": "#2E7D32"}
RED, LINE = "#C62828", "#BFBFBF"
NUMBERS = {
    "bulat": "0",
    "desimal": "General",
    "rupiah": "#,##0",
    "persen": "0.0",
    "tanggal": "dd/mm/yyyy",
    "teks": "@",
    "ya_tidak": "@",
}
BASE: dict[str, Any] = {"font_name": "Calibri", "font_size": 10, "valign": "top"}


class Styles:
    """Formats of ``book`` by name; each is made when first asked for."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self.cell = cache(self._cell)
        self.heading = cache(self._heading)
        self.example = cache(self._example)
        self.title = self._add(bold=True, font_size=14)
        self.small = self._add(font_color="#7F7F7F", font_size=9)
        self.strong = self._add(bold=True)
        self.mark = self._add(bold=True, font_color=RED)
        self.text = self._add(text_wrap=True)
        self.verdict = self._add(bold=True, font_size=18, font_color="#1B5E20", bg_color=COLOURS["hijau"])
        self.alarm = book.add_format({"bg_color": "#F8CBC6", "font_color": RED})
        self.attention = book.add_format({"bg_color": "#FCE4B6"})

    def _add(self, **more: Any) -> Format:
        return self._book.add_format(BASE | more)

    def _cell(self, fill: Fill, kind: Kind, align: str = "") -> Format:
        return self._add(
            bg_color=COLOURS[fill], border=1, border_color=LINE, num_format=_number(fill, kind),
            locked=fill != "kuning", **_flow(kind, align),
        )  # fmt: skip

    def _heading(self, fill: Fill) -> Format:
        return self._add(bold=True, font_color="#FFFFFF", bg_color=HEADING[fill], text_wrap=True, border=1,
                         border_color=LINE, valign="vcenter")  # fmt: skip

    def _example(self, kind: Kind, align: str = "") -> Format:
        return self._add(italic=True, font_color="#7F7F7F", num_format=NUMBERS[kind], bottom=1, bottom_color=LINE,
                         **_flow(kind, align))  # fmt: skip


def _number(fill: Fill, kind: Kind) -> str:
    """Number format; computed decimals are rounded on display, entries are shown as typed."""
    if fill == "hijau" and kind == "desimal":
        return "0.00"
    # In a cell of text format Excel shows a formula itself, and 2007 prints #### for long texts.
    return "General" if fill != "kuning" and kind == "teks" else NUMBERS[kind]


def _flow(kind: Kind, align: str) -> dict[str, Any]:
    """Wrapping and alignment; text keeps away from the number to its left."""
    if kind in ("teks", "ya_tidak"):
        return {"text_wrap": True, "align": "left", "indent": 1}
    return {"align": align, "indent": 1} if align else {}
