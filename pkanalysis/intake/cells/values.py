"""Values of indicators as offices write them: numbers, ranges, predicates, and why there is none yet.

A lone ``1.234`` or ``1,234`` is understood by the other values of its column; where they do not agree
the reading is told with the other one. Nothing that cannot be read becomes a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pkanalysis.intake.cells.marks import AMBIGUOUS, DOUBLED, Marks, decimal_mark, marks_of
from pkanalysis.intake.cells.predicates import GRADES, predicate, without_label
from pkanalysis.intake.cells.waiting import waiting

LARGEST = 1e18
_NUMBER = r"\(?[-−+]?[.,]?\d[\d.,]*\)?"
_TO = r"(?:-|–|—|s\.?\s?/?d\.?|sampai(?: dengan)?|hingga)"
_WRITTEN = re.compile(
    r"(?P<bound>[<>≤≥=±~]+|(?:min(?:imal|imum)?|maks(?:imal|imum)?|max|kurang dari|lebih dari)\b\.?)?\s*(?P<rp>rp\.?)?"
    rf"\s*(?P<low>{_NUMBER})\s*%?(?:\s*{_TO}\s*(?P<high>{_NUMBER})\s*%?)?\s*(?P<words>[^\d]*)",
    re.IGNORECASE,
)
_LETTER_FIRST = re.compile(rf"(?P<letter>[A-Z]{{1,3}}[+-]?)\s*[(/:,]?\s*(?P<low>{_NUMBER})\s*\)?")
_QUALITY = re.compile(r"[^\W\d][^\d]{0,39}")
_UNCLEAR = re.compile(r"(?i)(belum|blm|tidak|tdk|tanpa|nihil|kosong|angka)\b")
_LOGICAL = ("TRUE", "FALSE", "BENAR", "SALAH")
_MULTIPLIER = re.compile(r"(?i)\b(ribu|rb|juta|jt|mil[iy]ar|tril[iy]un)\b")
_PROVISIONAL = re.compile(r"(?i)\b(sementara|prognos[ai]s?|estimasi|perkiraan)\b")
_TOO_LARGE = "terlalu besar untuk nilai indikator"
_NO_VALUE = "bukan angka, rentang atau predikat"
_SCALED = "satuan ribu/juta/miliar di dalam nilai; tulis angka penuh atau pindahkan ke kolom satuan"


@dataclass(frozen=True)
class Value:
    """One value; every field is empty when the cell is.

    ``upper`` closes a range, ``letter`` is a predicate, ``status`` one of ``tables.WAITING``, or ``sementara``
    beside a number. ``problem`` says why the cell could not be read; ``doubt`` why it may mean something else,
    ``other`` what. ``unit`` is what stands behind the number, ``bound`` the sign before it (``<``, ``min``).
    """

    number: float | None = None
    upper: float | None = None
    letter: str = ""
    status: str = ""
    problem: str = ""
    doubt: str = ""
    other: float | None = None
    unit: str = field(default="", compare=False, repr=False)
    bound: str = field(default="", compare=False, repr=False)

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
    marks = marks_of([cell for cell in cells if isinstance(cell, str)])
    return [_finite(_value(cell, marks)) for cell in cells]


def _value(cell: Any, marks: Marks) -> Value:
    if cell is None or (isinstance(cell, float) and cell != cell):
        return Value()
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return Value(problem="tanggal atau isi lain, bukan nilai (Excel mengubah 1-2 menjadi tanggal)")
    if not isinstance(cell, str):
        return Value(number=float(cell)) if abs(cell) < LARGEST else Value(problem=_TOO_LARGE)
    words = re.sub(r",-$", "", " ".join(cell.strip("'\"`").split()))
    if (status := waiting(words)) is not None:
        return Value(status=status)
    return _failed(words) or _lettered(without_label(words), marks) or _measured(without_label(words), marks)


def _finite(value: Value) -> Value:
    numbers = [number for number in (value.number, value.upper) if number is not None]
    return Value(problem=_TOO_LARGE) if any(abs(number) >= LARGEST for number in numbers) else value


def _failed(words: str) -> Value | None:
    """A formula that failed, or words that say neither a value nor why there is none."""
    if words.startswith("#"):
        return Value(problem=f"rumus di berkas asal gagal ({words})")
    if words.upper() in _LOGICAL:
        return Value(problem=_NO_VALUE)
    if _UNCLEAR.match(words) and not predicate(words):
        return Value(problem="tidak jelas apakah 0, belum diukur atau belum rilis")
    return None


def _lettered(words: str, marks: Marks) -> Value | None:
    """A predicate, alone or before its number; a short word that no scale has is taken for one, and told."""
    if (found := _LETTER_FIRST.fullmatch(words)) and found["letter"].rstrip("+-") in GRADES:
        return replace(_number(found["low"], marks), letter=found["letter"])
    if known := predicate(words):
        return Value(letter=known)
    if _QUALITY.fullmatch(words) and len(words.split()) <= 3:
        return Value(letter=words, doubt="bukan predikat yang dikenal; disimpan sebagai predikat")
    return None


def _measured(words: str, marks: Marks) -> Value:
    """A number or a range, with what stands before and behind it."""
    found = _WRITTEN.fullmatch(words)
    if not found:
        return Value(problem=_NO_VALUE)
    tail = found["words"].strip(" ()/:%*-–")
    if _MULTIPLIER.search(tail) or tail in ("M", "T") or (found["rp"] and tail.upper() in ("M", "T")):
        return Value(problem=_SCALED)
    letter = predicate(tail)
    if re.match(r"[-–+]", found["words"]) and not letter:
        return Value(problem=_NO_VALUE)
    low = _number(found["low"], marks)
    value = _range(low, _number(found["high"], marks)) if found["high"] and not low.problem else low
    return _dressed(replace(value, letter=letter), found, "" if letter else tail)


def _dressed(value: Value, found: re.Match[str], tail: str) -> Value:
    """The value with its unit, its bound, and the word that makes it provisional."""
    bound = (found["bound"] or "").strip(" =.").lower()
    unit = "%" if "%" in found[0] else tail
    if value.problem:
        return value
    if bound in ("±", "~"):
        value = replace(value, doubt=value.doubt or "tertulis sebagai kira-kira; dibaca angkanya saja")
    if _PROVISIONAL.search(tail):
        return replace(value, status="sementara", bound=bound, unit="%" if unit == "%" else "")
    return replace(value, unit=unit, bound=bound)


def _range(low: Value, high: Value) -> Value:
    if high.problem or low.number is None or high.number is None:
        return high
    if low.number > high.number:
        return Value(problem="batas bawah rentang lebih besar dari batas atasnya")
    return replace(low, upper=high.number, doubt=low.doubt or high.doubt)


def _number(written: str, marks: Marks) -> Value:
    bare = written.strip("()−-+").rstrip(".,")
    sign = -1.0 if re.match(r"\(?[-−]", written) or (written.startswith("(") and written.endswith(")")) else 1.0
    if doubled := DOUBLED.search(bare):
        return _repaired(bare, doubled, sign)
    if AMBIGUOUS.fullmatch(bare):
        return _settled(bare, marks, sign)
    mark = decimal_mark(bare) or marks.decimal
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


def _settled(bare: str, marks: Marks, sign: float) -> Value:
    """``1.234``: the column decides, and says so where it is of two minds."""
    digits, point = re.sub(r"[.,]", "", bare), re.sub(r",", ".", bare)
    is_decimal = marks.decimal in bare
    number, other = (float(point), float(digits)) if is_decimal else (float(digits), float(point))
    reading = f"{bare.replace('.', ',') if is_decimal else digits}"
    doubt = "" if marks.is_clear else f"dapat berarti {digits} atau {point.replace('.', ',')}; dibaca {reading}"
    return Value(number=sign * number, doubt=doubt, other=sign * other)
