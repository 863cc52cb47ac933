"""Frames that pass from analysis to show: how a column prints, by its name, whatever table it stands in.

The second half of the data dictionary. One name has one heading: they stand in ``reference/kolom.csv``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from pkanalysis.errors import PkError

Kind = Literal["rupiah", "rp", "perubahan_rp", "persen", "poin", "angka", "bulat", "tahun", "tanggal", "teks"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""How a value prints: ``rp`` is rupiah under a heading that says Rp, ``perubahan_rp`` has decreases in parentheses."""
UPPER = ("opd", "skpd", "iku", "pk", "id", "rp", "tkd", "spm", "apbn")


@dataclass(frozen=True)
class Column:
    """How one column of a table prints: its heading, kind and decimals.

    ``wide`` marks a column of long text, which gets the space that numbers do not need.

    Examples
    --------
    >>> Column("serapan", "Serapan", "prosen")
    Traceback (most recent call last):
        ...
    pkanalysis.errors.PkError: Jenis kolom 'prosen' tidak dikenal; maksud Anda 'persen'?
    """

    name: str
    label: str
    kind: Kind = "teks"
    decimals: int = 0
    wide: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise unknown("Jenis kolom", self.kind, KINDS)


@cache
def columns() -> dict[str, Column]:
    """The columns whose headings are known, by name.

    Examples
    --------
    >>> columns()["pengurangan_rp"]
    Column(name='pengurangan_rp', label='Pengurangan (Rp)', kind='rp', decimals=0, wide=False)
    """
    text = (files("pkanalysis.reference") / "kolom.csv").read_text(encoding="utf-8")
    return {
        row["kolom"]: Column(
            row["kolom"], row["judul"], row["jenis"], int(row["desimal"] or 0), row["lebar"] == "ya"  # type: ignore[arg-type]
        )
        for row in csv.DictReader(text.splitlines())
    }  # fmt: skip


def column(name: str) -> Column:
    """The column of that name.

    Raises
    ------
    PkError
        Nothing is known of it (a near name is suggested).

    Examples
    --------
    >>> column("pengurangn_rp")
    Traceback (most recent call last):
        ...
    pkanalysis.errors.PkError: Kolom 'pengurangn_rp' tidak dikenal; maksud Anda 'pengurangan_rp'?
    """
    if found := columns().get(name):
        return found
    raise unknown("Kolom", name, columns())


def guessed(name: str, dtype: str = "") -> Column:
    """The column of that name; of one that is not known, a heading made of its name, and a kind by name and dtype.

    Examples
    --------
    >>> guessed("pagu_uji_rp").label, guessed("kode_opd").label, guessed("rasio", "float64").decimals
    ('Pagu uji (Rp)', 'Kode OPD', 2)
    """
    if found := columns().get(name):
        return found
    stem, _, unit = name.rpartition("_")
    if unit in ("rp", "pct", "persen") and stem:
        kind: Kind = "rp" if unit == "rp" else "persen"
        return Column(name, f"{_words(stem)} ({'Rp' if unit == 'rp' else '%'})", kind, int(kind == "persen"))
    kinds: dict[str, Kind] = {"float": "angka", "int": "bulat", "datetime": "tanggal"}
    if name.startswith("tahun"):
        kinds |= {"float": "tahun", "int": "tahun"}
    kind = next((kind for start, kind in kinds.items() if dtype.lower().startswith(start)), "teks")
    return Column(name, _words(name), kind, 2 if kind == "angka" else 0)


def _words(name: str) -> str:
    text = " ".join(word.upper() if word in UPPER else word for word in name.split("_"))
    return text[:1].upper() + text[1:]


def unknown(what: str, name: object, known: Iterable[object]) -> PkError:
    """The refusal of a name, with the nearest of those that are known."""
    choices = [str(item) for item in known]
    near = get_close_matches(str(name), choices, 1)
    meant = f"maksud Anda {near[0]!r}?" if near else f"yang ada: {', '.join(choices[:20]) or 'tidak ada'}."
    return PkError(f"{what} {name!r} tidak dikenal; {meant}")
