"""Rupiah as offices write them, understood per column and never per cell; and which decimal mark a column uses.

``1.234`` is 1234 in one file and ``1,234`` is 1234 in another; the whole column decides, and a
column that mixes both is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from pkanalysis.intake.book import BLANKS, text
from pkanalysis.intake.findings import Finding, finding, rules

LIMIT = 2**63 - 1

_DOTS = r"[1-9]\d{0,2}(\.\d{3})+"
_INDONESIAN = re.compile(rf"{_DOTS}(,\d+)?|\d+,\d{{1,2}}|\d+,\d{{4,}}|(\d{{4,}}|0),\d{{3}}")
_AMERICAN = re.compile(r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?|\d+\.\d{1,2}|\d+\.\d{4,}|(\d{4,}|0)\.\d{3}")
_DOTTED_SEN = re.compile(rf"{_DOTS}\.\d{{2}}")
_SEN = re.compile(r"\d+\.\d{2}")
_NOUGHT = re.compile(r"0+[.,]0+")
_PLAIN = re.compile(r"\d+")
_SCIENTIFIC = re.compile(r"(?i)\d([.,]\d+)?e\+\d{1,2}")
_DRESSING = re.compile(r"(?i)^(rp|idr)\.?|[\s'\"]|[,.]-?$")
UNIT = re.compile(
    r"(?i)(?<![a-z])(?:(?:dalam\s+)?(?:rp\.?\s*)?(ribu|juta|mil[iy]ar|tril[iy]un)(?:an)?(?![a-z])(?:\s+(?:rp|rupiah))?"
    r"|(?<=\()\s*(m|t)\s*(?=\))"
    r"|(?:(?<=\()\s*(?:x\s*)?|\b(?:dalam|satuan)\s*:?\s*)(?:rp\.?\s*)?((?:1[.,])?000(?:[.,]000)*)(?:[.,]00)?\s*(?=\)|$))"
)
"""The unit that a heading names, as in ``PAGU (Rp juta)``."""
_OWN_UNIT = re.compile(r"(?i)(?<=\d)\s*(ribu|rb|juta|jt|mil[iy]ar|m|tril[iy]un|t)(?:\s+rupiah)?\s*$")
_FACTORS = {"r": 10**3, "j": 10**6, "m": 10**9, "t": 10**12}

Number = int | Decimal


@dataclass(frozen=True)
class Problem:
    """A cell that is not an amount, or not for certain: its position in the column, its text, and the rule by its code.

    ``values`` are what the words of the rule need.
    """

    position: int
    text: str
    code: str
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """The rule in words."""
        return rules()[self.code].rule.format(**self.values)

    def finding(self, file: str, sheet: str, place: str, column: str = "") -> Finding:
        """The finding of the cell at its place."""
        return finding(self.code, file, sheet, place, column, self.text, **self.values)


@dataclass(frozen=True)
class Amounts:
    """A column of amounts: whole rupiah or ``None`` (missing), the problems, and how many had sen rounded off.

    ``doubts`` are cells that were read although digits of theirs are lost (``2,61024E+11``).
    """

    figures: list[int | None]
    problems: list[Problem]
    rounded: int = 0
    doubts: list[Problem] = field(default_factory=list)


def unit(heading: str) -> int:
    """Rupiah per unit that a heading names; 1 when it names none. ``M`` is miliar, never million.

    Examples
    --------
    >>> [unit(words) for words in ("PAGU (Rp juta)", "dalam ribuan rupiah", "Anggaran (M)", "Pagu (Rp)", "Jumlah")]
    [1000000, 1000, 1000000000, 1, 1]
    >>> [unit(words) for words in ("PAGU (000)", "(dalam Rp1.000,00)", "Pagu (x Rp1.000.000)", "Pagu (1.500.000)")]
    [1000, 1000, 1000000, 1]
    """
    found = UNIT.search(heading)
    if found and found[3]:
        return int(1000 ** found[3].count("000"))
    return _FACTORS[(found[1] or found[2])[0].lower()] if found else 1


def rupiah(cells: Sequence[Any], factor: int = 1) -> Amounts:
    """Read a column of rupiah.

    Parameters
    ----------
    cells : sequence
        Raw cells: numbers, or text such as ``"Rp 1.234.567,-"``, ``"(1.234)"``, ``"1,234,567"``, ``"-"``,
        ``"1,5 miliar"``.
    factor : int
        Rupiah per unit of the column, as :func:`unit` reads it from its heading; a cell may name its own unit.

    Returns
    -------
    Amounts
        One value per cell, in rupiah; sen are rounded half away from zero. Missing is not zero.

    Examples
    --------
    >>> rupiah(["Rp 1.234.567,-", "(1.234)", "-", 5.0]).figures
    [1234567, -1234, None, 5]
    >>> rupiah(["1,5", 2.25], factor=10**6).figures
    [1500000, 2250000]
    >>> rupiah(["1,5 miliar", "Rp 250 jt"]).figures
    [1500000000, 250000000]
    >>> rupiah(["1.234.567", "1,234"]).problems[0].reason
    'kolom ini mencampur 1.234 dan 1,234'
    """
    bare, factors = list(cells), [factor] * len(cells)
    for place, cell in enumerate(cells):
        if isinstance(cell, str) and cell.rstrip()[-1:].isalpha() and (own := _OWN_UNIT.search(cell)):
            bare[place], factors[place] = cell[: own.start()], _FACTORS[own[1][0].lower()]
    numbers = [_number(cell) for cell in bare]
    style = _style([cell.lstrip("-") for cell in numbers if isinstance(cell, str)])
    figures: list[int | None] = []
    problems, doubts, rounded = [], [], 0
    for place, (cell, own_factor) in enumerate(zip(numbers, factors, strict=True)):
        value = _parsed(cell, style) if isinstance(cell, str) else cell
        if isinstance(value, int | Decimal):
            value = value * own_factor
            if not -LIMIT <= value <= LIMIT:
                value = "RUPIAH_TERLALU_BESAR"
        if isinstance(value, str):
            problems.append(Problem(place, str(cells[place]), value))
        rounded += isinstance(value, Decimal) and value != value.to_integral_value()
        # the nearest rupiah, half away from zero
        whole = value.to_integral_value(ROUND_HALF_UP) if isinstance(value, Decimal) else value
        figures.append(None if whole is None or isinstance(whole, str) else int(whole))
        if isinstance(cell, str) and _SCIENTIFIC.fullmatch(cell.lstrip("-")):
            doubts.append(Problem(place, str(cells[place]), "RUPIAH_NOTASI_ILMIAH", {"dibaca": figures[place]}))
    return Amounts(figures, problems, rounded, doubts)


def _number(cell: Any) -> Number | str | None:
    """The cell as a number or text without its dressing, a minus before it; ``None`` when blank."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return f"?{cell}"
    if isinstance(cell, float):
        if cell != cell:
            return None
        if cell.is_integer():
            return int(cell)
        return Decimal(repr(cell)) if abs(cell) <= LIMIT else f"?{cell}"
    if isinstance(cell, int) or (cell.isascii() and cell.isdigit()):
        return int(cell)
    if " ".join(cell.split()).lower() in BLANKS:
        return None
    bare = _DRESSING.sub("", _DRESSING.sub("", cell.strip()))
    is_negative = (bare.startswith("(") and bare.endswith(")")) or bare.startswith("-") or bare.endswith("-")
    return "-" * is_negative + _DRESSING.sub("", bare.strip("()-"))


def _style(texts: list[str]) -> str:
    """``id``, ``sen`` (1.234.567.00), ``us``, ``plain``, or ``mixed`` when the column holds evidence for two."""
    bare = [text for text in texts if not _NOUGHT.fullmatch(text)]
    if any(map(_DOTTED_SEN.fullmatch, bare)):
        others = (text for text in bare if not _SEN.fullmatch(text))
        return "mixed" if any(map(_AMERICAN.fullmatch, others)) else "sen"
    is_indonesian, is_american = (any(map(grammar.fullmatch, bare)) for grammar in (_INDONESIAN, _AMERICAN))
    if is_indonesian and is_american:
        return "mixed"
    return "id" if is_indonesian else "us" if is_american else "plain"


def _parsed(written: str, style: str) -> Number | str:
    """The amount, exact: an integer, a decimal only with sen; or the code of the rule that the text breaks."""
    sign, digits = (-1, written[1:]) if written.startswith("-") else (1, written)
    if _PLAIN.fullmatch(digits):
        return sign * int(digits)
    if _SCIENTIFIC.fullmatch(digits):
        return sign * int(Decimal(digits.replace(",", ".")))
    if _NOUGHT.fullmatch(digits):
        return 0
    if style == "sen" and (_DOTTED_SEN.fullmatch(digits) or _SEN.fullmatch(digits)):
        digits = f"{digits[:-3].replace('.', '')}.{digits[-2:]}"
    elif not (is_indonesian := bool(_INDONESIAN.fullmatch(digits))) and not _AMERICAN.fullmatch(digits):
        return "BUKAN_RUPIAH"
    elif style == "mixed":
        return "RUPIAH_CAMPURAN"
    else:
        digits = digits.replace(".", "").replace(",", ".") if is_indonesian else digits.replace(",", "")
    whole, _, sen = digits.partition(".")
    return sign * (Decimal(digits) if sen.strip("0") else int(whole))


AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
"""``1.234`` or ``1,234``: a thousand or a fraction."""
THOUSANDS = re.compile(r"\d{1,3}(\.\d{3}){2,}|\d{1,3}(,\d{3}){2,}")
DOUBLED = re.compile(r"[.,]{2,}")


@dataclass(frozen=True)
class Marks:
    """The decimal mark of a column, and whether its values show one of the two marks only."""

    decimal: str
    is_clear: bool


def decimal_mark(number: str) -> str:
    """The decimal mark that a number shows beyond doubt, or empty.

    Examples
    --------
    >>> [decimal_mark(number) for number in ("75,5", "1.234", "1.234.567", "7.5", "12")]
    [',', '', ',', '.', '']
    """
    number = number.rstrip(".,")
    if DOUBLED.search(number) or AMBIGUOUS.fullmatch(number) or not re.search(r"[.,]", number):
        return ""
    if THOUSANDS.fullmatch(number):
        return "," if "." in number else "."
    return str(re.findall(r"[.,]", number)[-1])


_FIGURE = re.compile(r"(?i)\W{0,2}(rp\W{0,2})?X?\d[\d.,\s]*\W{0,3}")
_NIP = 18
"""Digits of the number that stands under a signature, and is neither code nor amount."""
TOTAL = re.compile(r"(?i)(sub\s*|grand\s*)?(jumlah|total)\b")
"""How a row starts that adds up others."""


def is_words(cells: Sequence[Any]) -> bool:
    """Whether no cell of a row holds a code or an amount, or calls the row a total.

    Examples
    --------
    >>> is_words(["", "Kota, 3 Januari 2025", "NIP. 19700101 199003 1 001"]), is_words(["JUMLAH", ""])
    (True, False)
    >>> is_words(["5.1.02", "Belanja"]), is_words(["Dinas Uji", 12]), is_words(["197001011990031001"])
    (False, False, True)
    """
    for cell in cells:
        words = text(cell)
        is_figure = bool(_FIGURE.fullmatch(words)) and sum(sign.isdigit() for sign in words) != _NIP
        if not isinstance(cell, str) or is_figure or TOTAL.match(words):
            return False
    return True
