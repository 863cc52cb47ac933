"""What a sheet, a column, the marker in A1-A4 and a list of words are; writer and reader derive from them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from babel.dates import format_date
from xlsxwriter.utility import xl_col_to_name

from pkanalysis.config import SAMPLE_MARK, Config
from pkanalysis.tables import TABLES, Kind
from pkanalysis.vocabulary import LABELS, STAGES

Fill = Literal["abu", "kuning", "hijau"]
HEADINGS, EXAMPLE, FIRST = 5, 6, 7
"""Rows of the headings, of the example and of the first data row (1-based)."""
EXAMPLE_MARK = "CONTOH"
ROOM = 40


@dataclass(frozen=True)
class Field:
    """One column of a sheet (or one line of ``1_IDENTITAS``).

    ``name`` is the column of the table, or a name of its own for a column that is not stored
    (then ``kind`` says what it holds). ``fill`` is its colour in a row that is already filled:
    ``abu`` locked, ``kuning`` for the OPD, ``hijau`` computed. In an empty row a stored column is
    yellow, and one with a ``formula`` (a name of :func:`formulas.of_period`) is green. ``choices`` names
    a list of :data:`OPEN` or :func:`closed`; ``is_shown`` marks words beside a code, never read back;
    ``only_for`` limits yellow to rows with one of these values in another column.
    """

    name: str
    label: str
    width: float
    fill: Fill = "abu"
    choices: str = ""
    kind: Kind = "teks"
    example: Any = ""
    note: str = ""
    formula: str = ""
    is_shown: bool = False
    only_for: tuple[str, tuple[str, ...]] = ("", ())


@dataclass(frozen=True)
class Sheet:
    """One sheet: its title, one line of instruction, the table it holds and its columns.

    ``key`` names the column without which a row cannot be placed. ``spare`` empty rows follow the
    filled ones; a sheet without any filled row gets :data:`ROOM` empty ones. ``is_upright`` turns the
    columns into lines (label, value). ``is_form``: a row counts once a yellow cell of it is filled.
    ``has_long_text``: the OPD writes paragraphs; rows grow with the text, and are red while it is missing.
    """

    name: str
    title: str
    hint: str
    fields: tuple[Field, ...]
    table: str = ""
    key: str = "kode_indikator"
    frozen: int = 2
    spare: int = 0
    is_upright: bool = False
    is_form: bool = False
    has_long_text: bool = False

    @cached_property
    def entries(self) -> tuple[Field, ...]:
        """Columns that are read back."""
        return tuple(field for field in self.fields if not field.formula and not field.is_shown)

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """Kind of each field by name: the data dictionary's, or the field's own."""
        stored = {column.name: column.kind for column in TABLES[self.table].columns} if self.table else {}
        return {field.name: stored.get(field.name, field.kind) for field in self.fields}

    @cached_property
    def letters(self) -> dict[str, str]:
        """Column letters of the fields by name."""
        return {field.name: xl_col_to_name(column) for column, field in enumerate(self.fields)}

    def position(self, name: str) -> int:
        """0-based column of a field."""
        return next(index for index, field in enumerate(self.fields) if field.name == name)


VERSION = "1"
TEMPLATE = "Templat isian pkanalysis versi"
PERIODS = LABELS["periode"]


@dataclass(frozen=True)
class Stamp:
    """What the marker says; ``period`` is a stored period (``TW3``), ``version`` the template's."""

    year: int
    period: str
    made: str
    is_sample: bool
    version: str = VERSION

    @property
    def lines(self) -> tuple[str, ...]:
        """Text of A1, A2, A3 and A4.

        Examples
        --------
        >>> Stamp(2025, "TW3", "9 Oktober 2025", False).lines[:2]
        ('Templat isian pkanalysis versi 1', 'Periode: TW III 2025')
        """
        return (
            f"{TEMPLATE} {self.version}",
            f"Periode: {PERIODS[self.period]} {self.year}",
            f"Dibuat: {self.made}",
            SAMPLE_MARK if self.is_sample else "",
        )


def made_on(date: dt.date) -> str:
    """Print a date as the marker and the guide do.

    Examples
    --------
    >>> made_on(dt.date(2025, 10, 9))
    '9 Oktober 2025'
    """
    return format_date(date, "d MMMM y", locale="id_ID")


def has_stamp(rows: list[list[Any]]) -> bool:
    """Whether A1 carries the marker, of any version."""
    return bool(rows and rows[0]) and str(rows[0][0]).strip().startswith(TEMPLATE)


def parse(rows: list[list[Any]]) -> Stamp | None:
    """Read the marker of a sheet; ``None`` if it is missing or was changed.

    Examples
    --------
    >>> parse([[line] for line in Stamp(2025, "tahunan", "", True).lines]).period
    'tahunan'
    """
    template, when, made, mark = (str(row[0]).strip() if row else "" for row in [*rows[:4], *[[]] * 4][:4])
    found = re.fullmatch(r"Periode: (.+) (\d{4})", when)
    period = stored(PERIODS, found[1]) if found else None
    if not found or not period or not template.startswith(TEMPLATE):
        return None
    version, made = template.removeprefix(TEMPLATE).strip(), made.removeprefix("Dibuat:").strip()
    return Stamp(int(found[2]), period, made, mark == SAMPLE_MARK, version)


Labels = Mapping[str, str]

OPEN: dict[str, tuple[str, ...]] = {
    "satuan": ("persen", "indeks", "nilai", "orang", "rupiah", "unit", "dokumen", "hari", "per 1.000", "predikat"),
    "penanggung_jawab_data": ("Internal OPD", "BPS", "K/L", "Provinsi"),
    "kategori_penghambat": (
        "Anggaran", "SDM", "Data", "Regulasi", "Pihak lain", "Cuaca/bencana", "Waktu pengadaan",
    ),
    "status_dokumen": ("Draf", "Disetujui kepala OPD"),
}  # fmt: skip
"""Lists that suggest; other words are kept as written."""


def closed(config: Config) -> dict[str, Labels]:
    """The lists of :data:`pkanalysis.vocabulary.LABELS` and the budget stages of the configuration (list ``tahap``).

    Examples
    --------
    >>> closed(Config("contoh", "Kota Contoh"))["tahap"]["perubahan"]
    'DPPA'
    """
    named = {stage.kode: STAGES.get(stage.kode, stage.nama) for stage in config.tahap}
    return {**LABELS, "tahap": STAGES | named}


def stored(labels: Labels, word: str) -> str | None:
    """Stored value of a word (or of the value itself), whatever its case; ``None`` if there is none.

    Examples
    --------
    >>> stored(LABELS["status"], "menunggu  RILIS"), stored(LABELS["periode"], "tw3"), stored({"True": "Ya"}, "ya")
    ('menunggu_rilis', 'TW3', 'True')
    """
    sought = " ".join(word.split()).casefold()
    return next((kode for kode, label in labels.items() if sought in (label.casefold(), kode.casefold())), None)
