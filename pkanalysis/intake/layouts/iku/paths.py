"""Headings over several rows: which upper ones, merged over their columns, belong to each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pkanalysis.intake.book import Rows, text


def paths(heads: Rows) -> dict[int, tuple[str, ...]]:
    """Headings of every column, the top one first.

    A blank upper cell over a filled one belongs to the merged cell at its left.

    Examples
    --------
    >>> paths([["Satuan", "Target", ""], ["", 2024, 2025]])
    {0: ('Satuan',), 1: ('Target', '2024'), 2: ('Target', '2025')}
    """
    width = max(map(len, heads))
    grid = [[_head_text(row[column]) if column < len(row) else "" for column in range(width)] for row in heads]
    return {column: _path(grid, column) for column in range(width)}


def _head_text(cell: Any) -> str:
    """Words of a heading cell; the numbers under headings (``1``, ``(2)``, ``3=2/1``) are none."""
    words = text(cell)
    return "" if is_numbering(words) else words


def is_numbering(words: str) -> bool:
    """Whether a cell only numbers its column.

    Examples
    --------
    >>> [is_numbering(words) for words in ("1", "(2)", "6 = 5/4x100", "2025", "I", "(%)")]
    [True, True, True, False, False, False]
    """
    return bool(re.fullmatch(r"\(?\d{1,2}[a-z]?\)?\.?(\s*=.*)?", words))


def _path(grid: Sequence[Sequence[str]], column: int) -> tuple[str, ...]:
    path: list[str] = []
    start = 0
    for depth, row in enumerate(grid):
        is_above = any(below[column] for below in grid[depth + 1 :])
        places = [place for place in range(start, column + 1) if row[place]]
        if row[column] or (is_above and places):
            start = places[-1]
            path.append(row[start])
    return tuple(dict.fromkeys(path))
