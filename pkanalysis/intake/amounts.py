"""Rupiah as offices write it, understood per column and never per cell.

``1.234`` is 1234 in one file and ``1,234`` is 1234 in another; the whole column decides, and a
column that mixes both is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pkanalysis.intake.sheets import BLANKS

LIMIT = 2**63 - 1

_INDONESIAN = re.compile(
    r"[1-9]\d{0,2}(\.\d{3})+(,\d+)?|[1-9]\d{0,2}(\.\d{3}){2,}\.\d{2}|\d+,\d{1,2}|\d+,\d{4,}|\d{4,},\d{3}"
)
_AMERICAN = re.compile(r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?|\d+\.\d{1,2}|\d+\.\d{4,}|\d{4,}\.\d{3}|0\.\d+")
_PLAIN = re.compile(r"\d+")
_DRESSING = re.compile(r"(?i)^(rp|idr)\.?|[\s'\"]|[,.]-$")


@dataclass(frozen=True)
class Problem:
    """A cell that is not an amount: its position in the column, its text, and why."""

    position: int
    text: str
    reason: str


@dataclass(frozen=True)
class Amounts:
    """A column of amounts: whole rupiah or ``None`` (missing), the problems, and how many had sen rounded off."""

    figures: list[int | None]
    problems: list[Problem]
    rounded: int = 0


def rupiah(cells: Sequence[Any]) -> Amounts:
    """Read a column of rupiah.

    Parameters
    ----------
    cells : sequence
        Raw cells: numbers, or text such as ``"Rp 1.234.567,-"``, ``"(1.234)"``, ``"1,234,567"``, ``"-"``.

    Returns
    -------
    Amounts
        One value per cell, in rupiah; sen are rounded half away from zero. Missing is not zero.

    Examples
    --------
    >>> rupiah(["Rp 1.234.567,-", "(1.234)", "-", 5.0]).figures
    [1234567, -1234, None, 5]
    >>> rupiah(["1.234.567", "1,234"]).problems[0].reason
    'kolom ini mencampur 1.234 dan 1,234'
    """
    numbers = [_number(cell) for cell in cells]
    style = _style([cell for cell in numbers if isinstance(cell, str)])
    read = [_amount(cell, style) for cell in numbers]
    problems = [
        Problem(place, str(cells[place]), outcome) for place, outcome in enumerate(read) if isinstance(outcome, str)
    ]
    figures = [None if outcome is None or isinstance(outcome, str) else _whole(outcome) for outcome in read]
    rounded = sum(isinstance(outcome, float) and not outcome.is_integer() for outcome in read)
    return Amounts(figures, problems, rounded)


def _number(cell: Any) -> int | float | str | None:
    """The cell as a number or undressed text; ``None`` when blank."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return f"?{cell}"
    if isinstance(cell, float):
        return None if cell != cell else cell
    if isinstance(cell, int):
        return cell
    return None if " ".join(cell.split()).lower() in BLANKS else _undress(cell)


def _undress(written: str) -> str:
    bare = _DRESSING.sub("", written.strip())
    bare = _DRESSING.sub("", bare)
    negative = (bare.startswith("(") and bare.endswith(")")) or bare.startswith("-") or bare.endswith("-")
    bare = _DRESSING.sub("", bare.strip("()-"))
    return f"-{bare}" if negative else bare


def _style(texts: list[str]) -> str:
    """``id``, ``us``, ``plain``, or ``mixed`` when the column holds evidence for both."""
    bare = [text.lstrip("-") for text in texts]
    indonesian = any(_INDONESIAN.fullmatch(text) for text in bare)
    american = any(_AMERICAN.fullmatch(text) for text in bare)
    if indonesian and american:
        return "mixed"
    return "id" if indonesian else "us" if american else "plain"


def _amount(cell: int | float | str | None, style: str) -> int | float | str | None:
    """The amount, ``None`` when blank, or the reason why the cell is none."""
    if cell is None:
        return None
    value = _parsed(cell, style) if isinstance(cell, str) else cell
    if not isinstance(value, str) and abs(value) > LIMIT:
        return "terlalu besar untuk rupiah"
    return value


def _parsed(written: str, style: str) -> int | float | str:
    sign, digits = (-1, written[1:]) if written.startswith("-") else (1, written)
    if _PLAIN.fullmatch(digits):
        return sign * int(digits)
    grammar = _INDONESIAN if _INDONESIAN.fullmatch(digits) else _AMERICAN
    if not grammar.fullmatch(digits):
        return "bukan angka rupiah"
    if style == "mixed":
        return "kolom ini mencampur 1.234 dan 1,234"
    return sign * (_indonesian(digits) if grammar is _INDONESIAN else _decimal(digits.replace(",", "")))


def _indonesian(digits: str) -> int | float:
    if "," not in digits and re.search(r"\.\d{2}$", digits):
        digits = f"{digits[:-3]},{digits[-2:]}"
    return _decimal(digits.replace(".", "").replace(",", "."))


def _decimal(digits: str) -> int | float:
    """A float only when there are sen, so that whole rupiah stay exact."""
    whole, _, sen = digits.partition(".")
    return int(whole) if not sen.strip("0") else float(digits)


def _whole(value: int | float) -> int:
    """Nearest rupiah, half away from zero; exact for integers."""
    if isinstance(value, int) or value.is_integer():
        return int(value)
    return int(value + (0.5 if value > 0 else -0.5))
