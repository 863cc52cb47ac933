"""How wide the columns of a table stand on paper, how large its letters, and whether its page lies on its side.

Widths are counted in em of the letters of the table; a digit is half an em wide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

UPRIGHT, SIDEWAYS = 493.0, 740.0
"""Width of the text on A4 with margins of 18 mm, upright and on its side, in points."""

LETTERS, SMALL, SMALLEST = 8.2, 7.8, 5.0
"""Sizes in points: the usual one, the smallest that keeps a page upright, and the smallest of all."""

LINE = 85.0
"""Width in em of a line of prose."""

LYING = "mendatar"
"""Class of a table that needs a page on its side, and of a chapter that lies so."""

_PADDING = 1.05
_BOLD = 1.09
_TEXT, _WIDE = (4.0, 9.0), (9.0, 24.0)
_LINES = 7
_THIN, _BROAD = frozenset(" .,:;'|!()[]-/ijltfrI"), frozenset("MWmw%@")
_LEFT = ("teks", "tanggal")


@dataclass(frozen=True)
class Layout:
    """Shares of the width (they add up to 1), the size of the letters in points, and the page."""

    shares: tuple[float, ...]
    size: float
    is_sideways: bool


@dataclass(frozen=True)
class _Need:
    """What one column needs and what it would like, in em."""

    least: float
    natural: float


def layout(block: dict[str, Any]) -> Layout:
    """Decide for one table block.

    A table stays upright as long as its numbers fit on one line, its names keep readable columns
    and its letters stay at 7.8 points; then its page lies on its side, then the letters shrink.

    Examples
    --------
    >>> from pkanalysis.show.blocks import Column, Table
    >>> columns = [Column("n", "Program", wide=True), *(Column(f"a{i}", "Pagu", "rupiah") for i in range(8))]
    >>> narrow, broad = (Table("t", "", False, columns=tuple(columns[:n]), rows=(("x", *[10**12] * (n - 1)),))
    ...                  for n in (3, 9))
    >>> layout(narrow.payload()).is_sideways, layout(broad.payload()).is_sideways
    (False, True)
    """
    needs = [_need(block, place) for place in range(len(block["columns"]))]
    least = sum(need.least for need in needs)
    is_sideways = least * SMALL > UPRIGHT
    room = SIDEWAYS if is_sideways else UPRIGHT
    size = max(SMALLEST, min(LETTERS, int(room / least * 10) / 10))
    return Layout(_shares(needs, room / size), size, is_sideways)


def is_left(column: dict[str, Any]) -> bool:
    """Whether a column stands on the left (texts and dates) and not on the right (numbers)."""
    return column["kind"] in _LEFT


def room(share: float, size: float, classes: Sequence[str]) -> float:
    """How wide a word may be, in em, in a column with this share of a table of these letters and classes.

    Examples
    --------
    >>> round(room(0.25, 8.2, ()), 1)
    14.0
    """
    page = SIDEWAYS if LYING in classes else UPRIGHT
    return share * page / size - _PADDING


def width(text: str) -> float:
    """About how wide a line of text is, in em."""
    return sum(0.27 if char in _THIN else 0.83 if char in _BROAD else 0.58 if char.isupper() else 0.5 for char in text)


def _need(block: dict[str, Any], place: int) -> _Need:
    column = block["columns"][place]
    cells = [(row[place], number in block["totals"]) for number, row in enumerate(block["rows"])]
    texts = [(cell["text"], _BOLD if is_total or cell["kind"] == "kalimat" else 1.0) for cell, is_total in cells]
    longest = max((width(text) * weight for text, weight in texts), default=0.0)
    label = max(map(width, column["label"].split()), default=0.0) * _BOLD
    if not is_left(column):
        return _Need(max(longest, label) + _PADDING, max(longest, label) + _PADDING)
    low, high = _WIDE if column["wide"] else _TEXT
    word = max([label, *(width(part) * weight for text, weight in texts for part in text.split())])
    comfortable = min(max(longest / _LINES, low, min(word, high)), high)
    natural = max(longest, width(column["label"]) * _BOLD)
    return _Need(max(min(natural, comfortable), min(word, low)) + _PADDING, natural + _PADDING)


def _shares(needs: Sequence[_Need], room: float) -> tuple[float, ...]:
    """Give each column its least, the rest to those that would like more, and what is left to all alike."""
    spare = max(room - sum(need.least for need in needs), 0.0)
    wish = sum(need.natural - need.least for need in needs)
    given = [need.least + (need.natural - need.least) * min(1.0, spare / wish if wish else 0.0) for need in needs]
    return tuple(round(value / sum(given), 4) for value in given)
