"""Decimal commas and points of a column of numbers: which of the two it uses."""

from __future__ import annotations

import re
from dataclasses import dataclass

AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
"""``1.234`` or ``1,234``: a thousand or a fraction."""
THOUSANDS = re.compile(r"\d{1,3}(\.\d{3}){2,}|\d{1,3}(,\d{3}){2,}")
DOUBLED = re.compile(r"[.,]{2,}")


@dataclass(frozen=True)
class Marks:
    """How many values of the column show a decimal comma, and how many a decimal point."""

    commas: int
    points: int

    @property
    def decimal(self) -> str:
        """The decimal mark of the column; the Indonesian comma where nothing decides."""
        return "." if self.points > self.commas else ","

    @property
    def is_clear(self) -> bool:
        """Whether the column shows one of the two marks only."""
        return (self.commas > 0) != (self.points > 0)


def marks_of(texts: list[str]) -> Marks:
    """The marks that the numbers of a column show beyond doubt.

    Examples
    --------
    >>> marks_of(["75,5", "1.234", "8,2 %"]).decimal, marks_of(["7.5"]).decimal, marks_of(["1,2", "1.2"]).is_clear
    (',', '.', False)
    """
    shown = [decimal_mark(number) for text in texts for number in re.findall(r"\d[\d.,]*", text)]
    return Marks(shown.count(","), shown.count("."))


def decimal_mark(number: str) -> str:
    """The decimal mark that a number shows beyond doubt, or empty."""
    number = number.rstrip(".,")
    if DOUBLED.search(number) or AMBIGUOUS.fullmatch(number) or not re.search(r"[.,]", number):
        return ""
    if THOUSANDS.fullmatch(number):
        return "," if "." in number else "."
    return str(re.findall(r"[.,]", number)[-1])
