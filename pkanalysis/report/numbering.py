"""Numbers of tables and figures: counted apart, in order of appearance, the same in every format."""

from __future__ import annotations

from collections import Counter
from typing import Any

WORDS = {"Table": "Tabel", "Figure": "Gambar"}


class Numbering:
    """The count of one document; that of an annex has a ``letter`` before its numbers.

    Examples
    --------
    >>> count = Numbering()
    >>> [count.label({"kind": kind}) for kind in ("Table", "Figure", "Note", "Table")]
    ['Tabel 1', 'Gambar 1', '', 'Tabel 2']
    >>> Numbering("L").label({"kind": "Table"})
    'Tabel L1'
    """

    def __init__(self, letter: str = "") -> None:
        self.letter = letter
        self._counts: Counter[str] = Counter()

    def label(self, block: dict[str, Any]) -> str:
        """Count ``block`` and name it by its number; empty for what has no number."""
        if not (word := WORDS.get(block["kind"], "")):
            return ""
        self._counts[word] += 1
        return f"{word} {self.letter}{self._counts[word]}"
