"""Codes of forms that write activity and account in one: where the account starts, and what covers what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pkanalysis import codes
from pkanalysis.codes import Key

_CODE = re.compile(r"(?=.*[\d.])[\dXx][\dXx.]*", re.ASCII)


@dataclass(frozen=True)
class Place:
    """Where a row stands in the tree: segments of its activity and of its account, either may be empty."""

    activity: Key = ()
    account: Key = ()


@dataclass(frozen=True)
class Code:
    """A code as written, split in activity and account."""

    activity: str = ""
    account: str = ""

    @property
    def place(self) -> Place:
        """Segment integers; ``X`` counts as nought."""
        plain = re.sub("[Xx]+", "0", self.activity)
        return Place(codes.key(plain), codes.key(self.account))


def is_code(words: str) -> bool:
    """Whether a cell may be (a part of) a code.

    Examples
    --------
    >>> [is_code(words) for words in ("1.19 . 1.19.03 . 5", "5.2..3.", "X.XX.01", "Belanja", "x", "")]
    [True, True, True, False, False, False]
    """
    return bool(_CODE.fullmatch(codes.clean(words)))


def split(words: str) -> Code:
    """Activity and account of a code; the account starts where akun 4-6 and a one-digit kelompok follow.

    Examples
    --------
    >>> split("1.19 . 1.19.03 . 26.02 . 5.2.2.15.01")
    Code(activity='1.19.1.19.03.26.02', account='5.2.2.15.01')
    >>> split("5.01.02.2.01.0003"), split("5.1.02.")
    (Code(activity='5.01.02.2.01.0003', account=''), Code(activity='', account='5.1.02'))
    >>> split("5.01.02.2.01.0003.5.1.02.04.01.0001"), split("510204010001")
    (Code(activity='5.01.02.2.01.0003', account='5.1.02.04.01.0001'), Code(activity='', account='510204010001'))
    """
    segments = [part for part in codes.clean(words).split(".") if part]
    if len(segments) == 1 and len(segments[0]) in codes.UNDOTTED:
        return Code("", segments[0])
    start = next((place for place in range(len(segments)) if _is_account(segments, place)), len(segments))
    return Code(".".join(segments[:start]), ".".join(segments[start:]))


def _is_account(segments: list[str], place: int) -> bool:
    following = segments[place + 1] if place + 1 < len(segments) else ""
    return (place == 0 or place >= 3) and segments[place] in ("4", "5", "6") and len(following) <= 1


def above(place: Place) -> Iterator[Place]:
    """Places that cover ``place``, the nearest first.

    Examples
    --------
    >>> [(each.activity, each.account) for each in above(Place((1, 2), (5, 1)))][:4]
    [((1, 2), (5,)), ((1, 2), ()), ((1,), (5, 1)), ((1,), (5,))]
    """
    for depth in range(len(place.activity), -1, -1):
        own = depth == len(place.activity)
        for length in range(len(place.account) - own, -1, -1):
            if depth or length:
                yield Place(place.activity[:depth], place.account[:length])
