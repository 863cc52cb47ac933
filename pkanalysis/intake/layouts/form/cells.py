"""One cell as it was typed -> a typed value, or the reason why it is none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from pkanalysis.intake.layouts.form.labels import Labels, stored
from pkanalysis.intake.layouts.form.stamp import made_on
from pkanalysis.tables import Kind

DASHES = ("-", "–", "—")


@dataclass(frozen=True)
class Refused:
    """Why a cell cannot be taken: the rule it breaks and what to do."""

    rule: str
    remedy: str


NUMBER = Refused(
    "harus berupa angka", "tulis angkanya saja tanpa %, satuan atau tanda lain, atau kosongkan bila belum ada"
)
WHOLE = Refused("harus berupa bilangan bulat", "tulis bilangan bulat, misalnya 2025")
RUPIAH = Refused("harus berupa rupiah bulat", "tulis rupiah penuh tanpa Rp dan tanpa sen")
DATE = Refused("harus berupa tanggal", "tulis tanggalnya, misalnya 30/09/2025")
WHOLE_KINDS: dict[Kind, Refused] = {"bulat": WHOLE, "rupiah": RUPIAH}


def is_blank(cell: Any) -> bool:
    """Whether nothing was typed."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def typed(cell: Any, kind: Kind, labels: Labels | None = None) -> Any:
    """Value of a cell by the kind of its column.

    Parameters
    ----------
    cell : str, float, bool, date or None
        Raw cell.
    kind : Kind
        Kind of the column.
    labels : mapping of str to str, optional
        Closed list of the column: stored value -> word.

    Returns
    -------
    object
        The stored value, ``None`` for a blank, or :class:`Refused`.

    Examples
    --------
    >>> typed(75.5, "desimal"), typed(" ", "desimal"), typed("75,5 %", "desimal").rule
    (75.5, None, 'harus berupa angka')
    >>> typed("tw iii", "teks", {"TW3": "TW III"}), typed(2025.0, "bulat"), typed(2025.0, "teks")
    ('TW3', 2025, '2025')
    """
    if is_blank(cell):
        return None
    if labels is not None:
        return _listed(_text(cell), kind, labels)
    if kind == "teks":
        return _text(cell)
    if kind == "tanggal":
        return cell if isinstance(cell, dt.date) else DATE
    return _number(cell, kind)


def _number(cell: Any, kind: Kind) -> Any:
    if isinstance(cell, str) and cell.strip() in DASHES:
        return None
    refusal = WHOLE_KINDS.get(kind, NUMBER)
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return refusal
    if kind in WHOLE_KINDS:
        return int(cell) if float(cell).is_integer() else refusal
    return float(cell)


def _listed(word: str, kind: Kind, labels: Labels) -> Any:
    value = stored(labels, word)
    if value is None:
        return Refused("tidak ada dalam daftar pilihan", f"pilih salah satu: {', '.join(labels.values())}")
    return value == "True" if kind == "ya_tidak" else value


def _text(cell: Any) -> str:
    """Text as written; a code or a date that the spreadsheet turned into a number or date is put back."""
    if isinstance(cell, dt.date):
        return made_on(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
