"""Values of indicators as offices write them: numbers, ranges, predicates, and why there is none yet.

A lone ``1.234`` or ``1,234`` is understood by the other values of its column; where they do not agree
the reading is told with the other one. Nothing that cannot be read becomes a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

LARGEST = 1e18
MISSING = {"", "-", "--", "–", "—", ".", "..", "...", "…", "null", "none", "nan", "undefined", "kosong"}
NOT_MEASURED = {
    "n/a", "na", "n.a", "n.a.", "#n/a", "n/ a", "n / a", "tad", "t.a.d", "tidak ada data", "tidak tersedia",
    "belum ada data", "belum ada", "belum tersedia", "data tidak tersedia", "data belum tersedia",
}  # fmt: skip
_STATUSES = (
    (re.compile(r"\b(rilis|terbit|keluar|dirilis|menunggu|release)\b"), "menunggu_rilis"),
    (re.compile(r"\bbelum\b.*\b(jadwal|waktu|saat)"), "belum_jadwal"),
    (re.compile(r"\b(belum|tidak|tdk|blm)\b.*\b(ukur|diukur|terukur|dihitung|dinilai|dievaluasi|survei)"),
     "tidak_terukur"),
    (re.compile(r"\b(tidak|tdk)\s+(lagi\s+)?berlaku|\bdihapus\b|\bbukan kewenangan\b"), "tidak_berlaku"),
)  # fmt: skip
_NUMBER = r"\(?[-−]?\d[\d.,]*\)?"
_WRITTEN = re.compile(
    rf"(?:[<>≤≥=]+|min(?:imal)?|maks(?:imal)?|rp)?\.?\s*(?P<low>{_NUMBER})\s*%?"
    rf"(?:\s*(?:-|–|—|s\.?\s?/?d\.?|sampai(?: dengan)?)\s*(?P<high>{_NUMBER})\s*%?)?"
    r"\s*(?P<words>[^\d]*)",
    re.IGNORECASE,
)
_LETTER_FIRST = re.compile(rf"(?P<letter>[A-Z]{{1,3}})\s*[(/:]?\s*(?P<low>{_NUMBER})\s*\)?")
_PREDICATE = re.compile(r"[A-Z]{1,4}[+-]?|WTP[- ]DPP")
_QUALITY = re.compile(r"[^\W\d][^\d]{0,39}")
_MULTIPLIER = re.compile(r"(?i)\b(ribu|rb|juta|jt|mil[iy]ar|tril[iy]un)\b")
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_THOUSANDS = re.compile(r"\d{1,3}(\.\d{3}){2,}|\d{1,3}(,\d{3}){2,}")
_TOO_LARGE = "terlalu besar untuk nilai indikator"
_DOUBLED = re.compile(r"[.,]{2,}")


@dataclass(frozen=True)
class Value:
    """One value; every field is empty when the cell is.

    ``upper`` closes a range, ``letter`` is a predicate, ``status`` one of ``tables.WAITING``.
    ``problem`` says why the cell could not be read; ``doubt`` why it may mean something else, ``other`` what.
    """

    number: float | None = None
    upper: float | None = None
    letter: str = ""
    status: str = ""
    problem: str = ""
    doubt: str = ""
    other: float | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the cell says nothing at all."""
        return self == Value()


def values(cells: Sequence[Any]) -> list[Value]:
    r"""Read a column of indicator values.

    Parameters
    ----------
    cells : sequence
        Raw cells: numbers, or text such as ``"75,5"``, ``"70-80 BB"``, ``"WTP"``, ``"Belum Rilis BPS"``, ``"100%\t"``.

    Returns
    -------
    list of Value
        One per cell, in the unit of the column.

    Examples
    --------
    >>> [value.number for value in values(["75,5", "100%\t", "1.234", 5, "-"])]
    [75.5, 100.0, 1234.0, 5.0, None]
    >>> values(["70-80 BB"])[0]
    Value(number=70.0, upper=80.0, letter='BB', status='', problem='', doubt='', other=None)
    >>> values(["WTP"])[0].letter, values(["Belum Rilis BPS"])[0].status, values(["4,.9"])[0].doubt
    ('WTP', 'menunggu_rilis', 'pemisah ganda; dibaca 4,9')
    """
    marks = _marks([cell for cell in cells if isinstance(cell, str)])
    return [_finite(_value(cell, marks)) for cell in cells]


@dataclass(frozen=True)
class _Marks:
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


def _marks(texts: list[str]) -> _Marks:
    shown = [_decimal_mark(number) for text in texts for number in re.findall(r"\d[\d.,]*", text)]
    return _Marks(shown.count(","), shown.count("."))


def _decimal_mark(number: str) -> str:
    """The decimal mark that a number shows beyond doubt, or empty."""
    number = number.rstrip(".,")
    if _DOUBLED.search(number) or _AMBIGUOUS.fullmatch(number) or not re.search(r"[.,]", number):
        return ""
    if _THOUSANDS.fullmatch(number):
        return "," if "." in number else "."
    return str(re.findall(r"[.,]", number)[-1])


def _value(cell: Any, marks: _Marks) -> Value:
    if cell is None or (isinstance(cell, float) and cell != cell):
        return Value()
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return Value(problem="tanggal atau isi lain, bukan nilai (Excel mengubah 1-2 menjadi tanggal)")
    if not isinstance(cell, str):
        return Value(number=float(cell)) if abs(cell) < LARGEST else Value(problem=_TOO_LARGE)
    words = " ".join(cell.strip("'\"").split())
    return _said(words) or _measured(words, marks)


def _finite(value: Value) -> Value:
    numbers = [number for number in (value.number, value.upper) if number is not None]
    return Value(problem=_TOO_LARGE) if any(abs(number) >= LARGEST for number in numbers) else value


def _said(words: str) -> Value | None:
    """A cell that says in words that there is no value, or ``None``."""
    lower = words.lower()
    if lower in MISSING:
        return Value()
    if lower in NOT_MEASURED:
        return Value(status="tidak_terukur")
    if re.search(r"\d", lower) and not lower.startswith(("belum", "blm", "menunggu", "tidak", "tdk")):
        return None
    return next((Value(status=status) for pattern, status in _STATUSES if pattern.search(lower)), None)


def _measured(words: str, marks: _Marks) -> Value:
    """A number, a range or a predicate."""
    if found := _LETTER_FIRST.fullmatch(words):
        return replace(_number(found["low"], marks), letter=found["letter"])
    if _QUALITY.fullmatch(words) and len(words.split()) <= 3:
        return Value(letter=words)
    found = _WRITTEN.fullmatch(words)
    if not found:
        return Value(problem="bukan angka, rentang atau predikat")
    if _MULTIPLIER.search(found["words"]):
        return Value(problem="satuan ribu/juta/miliar di dalam nilai; tulis angka penuh atau pindahkan ke kolom satuan")
    tail = found["words"].strip(" ()/:%")
    letter = tail if _PREDICATE.fullmatch(tail) else ""
    low = replace(_number(found["low"], marks), letter=letter)
    return _range(low, _number(found["high"], marks)) if found["high"] and not low.problem else low


def _range(low: Value, high: Value) -> Value:
    if high.problem or low.number is None or high.number is None:
        return replace(high, letter=low.letter)
    if low.number > high.number:
        return Value(problem="batas bawah rentang lebih besar dari batas atasnya")
    return replace(low, upper=high.number, doubt=low.doubt or high.doubt)


def _number(written: str, marks: _Marks) -> Value:
    bare = written.strip("()−-").rstrip(".,")
    sign = -1.0 if re.match(r"\(?[-−]", written) or (written.startswith("(") and written.endswith(")")) else 1.0
    if doubled := _DOUBLED.search(bare):
        return _repaired(bare, doubled, sign)
    if _AMBIGUOUS.fullmatch(bare):
        return _settled(bare, marks, sign)
    mark = _decimal_mark(bare) or marks.decimal
    plain = bare.replace("," if mark == "." else ".", "").replace(mark, ".")
    return (
        Value(number=sign * float(plain))
        if plain.count(".") <= 1
        else Value(problem="pemisah angkanya tidak beraturan")
    )


def _repaired(bare: str, doubled: re.Match[str], sign: float) -> Value:
    """``4,.9`` can only be 4,9; with three digits behind it could be thousands as well."""
    whole, behind = bare[: doubled.start()], bare[doubled.end() :]
    if not (whole.isdigit() and behind.isdigit()) or len(behind) == 3:
        return Value(problem="pemisah ganda, sehingga angkanya tidak pasti")
    return Value(number=sign * float(f"{whole}.{behind}"), doubt=f"pemisah ganda; dibaca {whole},{behind}")


def _settled(bare: str, marks: _Marks, sign: float) -> Value:
    """``1.234``: the column decides, and says so where it is of two minds."""
    digits, point = re.sub(r"[.,]", "", bare), re.sub(r",", ".", bare)
    is_decimal = marks.decimal in bare
    number, other = (float(point), float(digits)) if is_decimal else (float(digits), float(point))
    reading = f"{bare.replace('.', ',') if is_decimal else digits}"
    doubt = "" if marks.is_clear else f"dapat berarti {digits} atau {point.replace('.', ',')}; dibaca {reading}"
    return Value(number=sign * number, doubt=doubt, other=sign * other)
