"""How a Bahasa Indonesia report writes numbers, said a second time and independently."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip


class Shown(NamedTuple):
    """A raw value and how it is printed."""

    raw: Any
    text: str


class Said(NamedTuple):
    """A sentence as printed, and the raw values in it from left to right."""

    text: str
    raws: tuple[Any, ...]


def say(pattern: str, *values: Shown) -> Said:
    return Said(pattern.format(*(value.text for value in values)), tuple(value.raw for value in values))


def digits(raw: float, decimals: int = 0) -> str:
    rounded = Decimal(str(raw)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{rounded:,}".translate(str.maketrans(",.", ".,"))


def rupiah(raw: int) -> Shown:
    return Shown(raw, f"Rp{digits(raw)}")


def percent(raw: float, decimals: int = 1) -> Shown:
    return Shown(raw, f"{digits(raw, decimals)}%")


def points(raw: float) -> Shown:
    return Shown(raw, digits(raw, 1))


def gap(first: float, second: float) -> Shown:
    """Points between two percentages as they are printed."""
    printed = [Decimal(str(raw)).quantize(Decimal("0.1"), ROUND_HALF_UP) for raw in (first, second)]
    return points(float(abs(printed[0] - printed[1])))


def whole(raw: int) -> Shown:
    return Shown(raw, digits(raw))


def year(raw: int) -> Shown:
    return Shown(raw, str(raw))


def number(raw: float) -> Shown:
    """The decimals that it has, three at most."""
    return Shown(raw, digits(raw, 3).rstrip("0").rstrip(","))


def plain(raw: str) -> Shown:
    return Shown(raw, raw)


def day(raw: dt.date) -> Shown:
    return Shown(raw.isoformat(), f"{raw.day} {MONTHS[raw.month - 1]} {raw.year}")
