"""What every sheet shares: lines of text across it, widths of columns, and how it prints."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pkanalysis.report.xlsx.cells import fit, plain

A4 = 9
PAGE = 150
"""Characters across a landscape page that are still read easily."""
NARROW, BROAD, FILTER_ARROW = 16, 80, 4
LONGEST_FOOTER = 220
HIGHEST = 409.0


@dataclass(frozen=True)
class Running:
    """The words on every sheet and page: sample mark and footer (agency, period, edition, status)."""

    mark: str
    footer: str


@dataclass(frozen=True)
class Area:
    """Where lines of text run: across ``columns`` columns that hold ``letters`` letters of normal size."""

    columns: int
    letters: int


def area(widths: Sequence[int]) -> Area:
    """The columns of a sheet and, beside a narrow table, enough empty ones to read a sentence."""
    spare = max(0, math.ceil((90 - sum(widths)) / 9), 2 - len(widths))
    return Area(len(widths) + spare, sum(widths) + 9 * spare)


def line(page: Worksheet, row: int, text: str, style: Format, place: Area) -> None:
    """Write one wrapped line of text; Excel does not fit the height of merged cells, so it is given."""
    page.set_row(row, height(text, int(place.letters * 10 / style.font_size), style.font_size))
    page.merge_range(row, 0, row, place.columns - 1, "", style)
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


def widths(columns: Sequence[dict[str, Any]], rows: Sequence[Sequence[dict[str, Any]]]) -> list[int]:
    """Widths in characters: numbers get what they need, texts share the rest of a page and wrap."""
    texts = [[cell["text"] for cell in cells] for cells in zip(*rows, strict=True)] or [[] for _ in columns]
    heads = [max(map(len, column["label"].split()), default=0) + FILTER_ARROW for column in columns]
    wanted = [max([head, *(len(text) + 3 for text in column)]) for head, column in zip(heads, texts, strict=True)]
    is_text = [column["kind"] == "teks" for column in columns]
    room = PAGE - sum(want for want, text in zip(wanted, is_text, strict=True) if not text)
    shares = iter(_shared(room, [want for want, text in zip(wanted, is_text, strict=True) if text]))
    fitted = [next(shares) if text else want for want, text in zip(wanted, is_text, strict=True)]
    return [max(pair) for pair in zip(heads, fitted, strict=True)]


def _shared(room: int, wanted: Sequence[int]) -> list[int]:
    """Share ``room`` among columns of text: what a short one does not need goes to the longer ones.

    Examples
    --------
    >>> _shared(100, [200, 12, 50])
    [44, 12, 44]
    """
    shares = [0] * len(wanted)
    for rank, place in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        shares[place] = min(wanted[place], BROAD, max(NARROW, room // (len(wanted) - rank)))
        room -= shares[place]
    return shares


def print_setup(page: Worksheet, running: Running, heading: int | None = None) -> None:
    """Landscape A4, one page wide; the heading row, the sample mark and the footer on every page."""
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    if heading is not None:
        page.repeat_rows(heading)
    if running.mark:
        page.set_header(f'&C&"Calibri,Bold"&9 {_code(running.mark)}')
    page.set_footer(f'&C&"Calibri,Regular"&8 {_code(running.footer)}\nhal. &P dari &N')


def _code(text: str) -> str:
    """Text in the code of headers and footers: ``&`` is doubled, and Excel takes 255 characters in all.

    Examples
    --------
    >>> _code("Dinas A & B")
    'Dinas A && B'
    """
    room = max(10, LONGEST_FOOTER - text.count("&") - 20)
    return textwrap.shorten(plain(text), room, placeholder=" …").replace("&", "&&")
