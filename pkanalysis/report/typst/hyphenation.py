"""Where Indonesian words may break; Typst itself has no patterns for them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyphen import Pyphen

SOFT_HYPHEN = "\u00ad"


def pieces(word: str) -> list[str]:
    """The parts of a word between which it may break, at least three letters at both ends.

    Examples
    --------
    >>> pieces("penyelenggaraan"), pieces("5.1.02.04.01.0001")
    (['penye', 'leng', 'ga', 'raan'], ['5.1.02.04.01.0001'])
    """
    return _patterns().inserted(word, SOFT_HYPHEN).split(SOFT_HYPHEN) if word.isalpha() else [word]


@cache
def _patterns() -> Pyphen:
    from pyphen import Pyphen

    return Pyphen(lang="id_ID", left=3, right=3)
