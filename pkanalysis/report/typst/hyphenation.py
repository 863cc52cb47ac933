"""Where Indonesian words may break; Typst itself has no patterns for them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyphen import Pyphen

SOFT_HYPHEN = "\u00ad"
_WORD = re.compile(r"(\W*)([^\W\d_]+)(\W*)")


def pieces(word: str) -> list[str]:
    """The parts of a word between which it may break, at least three letters at both ends.

    Examples
    --------
    >>> pieces("penyelenggaraan"), pieces("5.1.02.04.01.0001")
    (['penye', 'leng', 'ga', 'raan'], ['5.1.02.04.01.0001'])
    >>> pieces("(penyelenggaraan),")
    ['(penye', 'leng', 'ga', 'raan),']
    """
    if not (found := _WORD.fullmatch(word)):
        return [word]
    before, letters, after = found.groups()
    return f"{before}{_patterns().inserted(letters, SOFT_HYPHEN)}{after}".split(SOFT_HYPHEN)


@cache
def _patterns() -> Pyphen:
    from pyphen import Pyphen

    return Pyphen(lang="id_ID", left=3, right=3)
