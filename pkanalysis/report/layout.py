"""How wide the columns of a table stand on paper, how large its letters, and whether its page lies on its side.

Widths are counted in em of the letters of the table; a digit is half an em wide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

UPRIGHT, SIDEWAYS = 493.0, 740.0
"""Width of the text on A4 with margins of 18 mm, upright and on its side, in points."""

LETTERS, SMALL, SMALLEST = 8.2, 7.8, 5.0
"""Sizes in points: the usual one, the smallest that keeps a page upright, and the smallest of all."""

LINE = 24.0
"""Width in em of a line of the largest letters, those of the title."""

LYING = "mendatar"
"""Class of a table that needs a page on its side, and of a chapter that lies so."""

_PADDING = 1.05  # space between columns, in em
_BOLD = 1.09  # bold letters are wider
_TEXT, _WIDE = (4.0, 9.0), (9.0, 24.0)  # narrowest and broadest that a column of texts insists on, in em
_LINES = 5  # a column of long texts would like to keep them to so many lines
_HIGHEST = 12  # beyond so many lines every column keeps its least
_MOST = 0.85  # so many of its texts a column would like to keep on one line; the few longest ones break
_BREAKS = re.compile(r"\s+|(?<=[/-])(?=[^\W\d]|\()")
_EM = dict.fromkeys(" .,:;'|!()[]-/ijltfrI", 0.3) | dict.fromkeys("MWmw%@", 0.85)  # thin and broad letters
_LEFT = ("teks", "tanggal")


@dataclass(frozen=True)
class Layout:
    """Shares of the width (they add up to 1) and the size of the letters in points."""

    shares: tuple[float, ...]
    size: float


@dataclass(frozen=True)
class _Need:
    """What one column needs and what it would like, in em."""

    least: float
    natural: float


def is_wide(block: dict[str, Any]) -> bool:
    """Whether a table block needs a page on its side.

    It stays upright as long as its numbers fit on one line, its texts keep readable columns and its
    letters stay at 7.8 points.

    Examples
    --------
    >>> from pkanalysis.show.blocks import Column, Table
    >>> columns = [Column("n", "Program", wide=True), *(Column(f"a{i}", "Pagu", "rupiah") for i in range(8))]
    >>> few, many = (Table("t", "", False, columns=tuple(columns[:n]), rows=(("x", *[10**12] * (n - 1)),))
    ...              for n in (3, 9))
    >>> is_wide(few.payload()), is_wide(many.payload())
    (False, True)
    """
    return sum(need.least for need in _needs(block)) * SMALL > UPRIGHT


def layout(block: dict[str, Any], is_sideways: bool = False) -> Layout:
    """Share the width of the page among the columns; letters shrink only where nothing else helps."""
    needs = _needs(block)
    page = SIDEWAYS if is_sideways else UPRIGHT
    size = max(SMALLEST, min(LETTERS, int(page / sum(need.least for need in needs) * 10) / 10))
    # the texts into as few lines as there is room for; the rest is parted evenly, to none more than it would like
    given, room = [need.least for need in needs], page / size
    for count in range(1, _HIGHEST):  # widths at which no usual text has more lines, as far as its words break evenly
        wanted = [max(need.least, need.natural / count) for need in needs]
        if sum(wanted) <= room:
            given = wanted
            break
    spare = max(room - sum(given), 0.0)
    wishes = sorted(range(len(needs)), key=lambda place: needs[place].natural - given[place])
    for served, place in enumerate(wishes):
        more = min(needs[place].natural - given[place], spare / (len(needs) - served))
        given[place] += more
        spare -= more
    return Layout(tuple(round(value / sum(given), 4) for value in given), size)


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
    """About how wide a line of text is, in em; a little more than less."""
    return sum(_EM.get(letter) or (0.5 if letter.isdigit() else 0.6 if letter.isupper() else 0.53) for letter in text)


def words(text: str) -> list[str]:
    """The pieces of a text between which a line may break.

    Examples
    --------
    >>> words("Bertambah/(Berkurang) 2024/2025")
    ['Bertambah/', '(Berkurang)', '2024/2025']
    """
    return _BREAKS.split(text)


def _needs(block: dict[str, Any]) -> list[_Need]:
    needs = []
    for place, column in enumerate(block["columns"]):
        cells = [(row[place], number in block["totals"]) for number, row in enumerate(block["rows"])]
        texts = [(cell["text"], _BOLD if is_total or cell["kind"] == "kalimat" else 1.0) for cell, is_total in cells]
        widths = sorted(width(text) * weight for text, weight in texts) or [0.0]
        longest, usual = widths[-1], widths[ceil(_MOST * (len(widths) - 1))]
        label = max(map(width, words(column["label"])), default=0.0) * _BOLD
        least = natural = max(longest, label)
        if is_left(column):
            low, high = _WIDE if column["wide"] else _TEXT
            word = max([label, *(width(part) * weight for text, weight in texts for part in words(text))])
            comfortable = min(max(longest / _LINES, low, min(word, high)), high)
            natural = max(usual, width(column["label"]) * _BOLD)
            least = max(min(natural, comfortable), min(word, low))
        needs.append(_Need(least + _PADDING, natural + _PADDING))
    return needs
