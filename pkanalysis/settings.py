"""Values of a section of ``pkanalysis.toml``, checked against the fields of its dataclass."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from pathlib import Path
from typing import Any

from pkanalysis.errors import PkError

MEASURES = (
    "pagu_sebelum",
    "pagu_sesudah",
    "pengurangan",
    "pengurangan_pilihan",
    "pengurangan_tkd",
    "pengurangan_sasaran",
    "pengurangan_bertarif",
    "penambahan",
    "penambahan_prioritas",
    "perjalanan_sebelum",
    "perjalanan_sesudah",
    "perjalanan_berkurang",
)
"""What a figure that was announced can be held against."""

SIZES = ("aturan", "nyata", "luar_pegawai")
"""Sizes of a budget cut: by rule from the original budget, as carried out, as carried out outside belanja pegawai."""

WAYS = (
    "selisih terhadap rata-rata tahun sebelumnya",
    "selisih terhadap tahun terakhir",
    "memperhitungkan hasil tahun terakhir",
    "memperhitungkan rata-rata tahun sebelumnya",
    "dalam jenis OPD yang sama",
    "tanpa OPD yang paling memengaruhi hasil",
    "tanpa tahun COVID-19",
    "tanpa OPD yang anggarannya bertambah",
)
"""Ways of calculating the relation of cut and achievement, the main one first."""

Check = Callable[[Any], str]
"""In the metadata of a field (``check``): gives what its value must be, or nothing where it is that."""

_KINDS: dict[str, tuple[tuple[type, ...], str]] = {
    "str": ((str,), "teks di dalam tanda kutip"),
    "int": ((int,), "bilangan bulat"),
    "float": ((int, float), "angka"),
    "bool": ((bool,), "true atau false"),
    "dt.date": ((dt.date,), "tanggal tanpa tanda kutip, misalnya 2025-07-28"),
    "dict[str, float]": ((dict,), "daftar nama = angka"),
    "list[str]": ((list,), "daftar teks di dalam kurung siku"),
}
"""Annotation -> TOML types (exactly: ``true`` is no number, a moment no date) and their Indonesian name."""


def section(kind: type, values: Any, name: str, path: Path) -> Any:
    """Make the dataclass ``kind`` from the TOML table ``values``.

    Parameters
    ----------
    kind : type
        Dataclass with annotations as in :data:`_KINDS`, ``| None`` where a value may be left out.
    values : dict
    name : str
    path : Path
        Section and file, for the sentence.

    Raises
    ------
    PkError
        No table, an unknown or missing key, or a value of another type or beyond its bounds.
    """
    if not isinstance(values, dict):
        raise PkError(f"{path}: {name} harus berupa bagian tersendiri dengan kepala [{name}], tertulis {values!r}.")
    known = {item.name: item for item in fields(kind)}
    if extra := sorted(set(values) - set(known)):
        raise PkError(f"{path}: [{name}] {extra[0]!r} tidak dikenal; yang dikenal: {', '.join(known)}.")
    if missing := [item.name for item in known.values() if _is_required(item) and item.name not in values]:
        raise PkError(f"{path}: [{name}] kurang lengkap; isi {', '.join(missing)}.")
    for key, value in values.items():
        if rule := _rule(known[key], value):
            raise PkError(f"{path}: [{name}] {key} harus {rule}; tertulis {_toml(value)}.")
    return kind(**values)


def words(values: Any, name: str, path: Path) -> dict[str, str]:
    """Check that the TOML table ``values`` maps text to text.

    Examples
    --------
    >>> words({"Anggaran Geser": 7}, "kolom", Path("pkanalysis.toml"))
    Traceback (most recent call last):
        ...
    pkanalysis.errors.PkError: pkanalysis.toml: [kolom] "Anggaran Geser" harus teks di dalam tanda kutip; tertulis 7.
    """
    if not isinstance(values, dict):
        raise PkError(f"{path}: {name} harus berupa bagian tersendiri dengan kepala [{name}], tertulis {values!r}.")
    for key, value in values.items():
        if not isinstance(value, str) or not value.strip():
            raise PkError(f'{path}: [{name}] "{key}" harus teks di dalam tanda kutip; tertulis {_toml(value)}.')
    return values


def _is_required(item: Field[Any]) -> bool:
    return item.default is MISSING and item.default_factory is MISSING


def _rule(item: Field[Any], value: Any) -> str:
    types, rule = _KINDS[str(item.type).removesuffix(" | None")]
    check: Check | None = item.metadata.get("check")
    if type(value) not in types:
        return rule
    return check(value) if check else ""


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} = {_toml(item)}" for name, item in value.items())
    return f'"{value}"' if isinstance(value, str) else str(value)


def kind(value: str) -> str:
    """Check of ``[ruang_kerja] jenis``."""
    return "" if value in ("contoh", "nyata") else '"contoh" atau "nyata"'


def scale(value: str) -> str:
    """Check of the name of a predicate scale."""
    from pkanalysis.reference import scales  # here, because pandas comes with it

    return "" if value in scales() else f"salah satu dari {', '.join(scales())}"


def cap(value: float) -> str:
    """Check of a display cap in per cent."""
    return "" if 0 < value < math.inf else "lebih dari 0 (persen, misalnya 120)"


def rupiah(value: int) -> str:
    """Check of an amount in rupiah."""
    return "" if value >= 0 else "0 atau lebih (rupiah)"


def share(value: float) -> str:
    """Check of a share in per cent, or of a distance in percentage points."""
    return "" if 0 <= value <= 100 else "angka dari 0 sampai 100"


def at_least_one(value: int) -> str:
    """Check of a number of things."""
    return "" if value >= 1 else "1 atau lebih"


def code_list(values: list[Any]) -> str:
    """Check of a list of account or sub kegiatan codes.

    Examples
    --------
    >>> code_list(["1.02.02.2.02.0001"]), code_list(["imunisasi"])
    ('', 'berisi kode berangka bertitik, misalnya "1.02.02.2.02"')
    """
    is_right = all(isinstance(item, str) and item and item.replace(".", "").isdigit() for item in values)
    return "" if is_right else 'berisi kode berangka bertitik, misalnya "1.02.02.2.02"'


def cause_list(values: list[Any]) -> str:
    """Check of a list of causes of a change; ``""`` stands for a cause that nobody gave."""
    from pkanalysis.tables import CAUSES  # here, because pandas comes with it

    return "" if all(item in (*CAUSES, "") for item in values) else f"berisi sebab yang dikenal: {', '.join(CAUSES)}"


def size_of_cut(value: str) -> str:
    """Check of the primary size of cut."""
    return "" if value in SIZES else f"salah satu dari {', '.join(SIZES)}"


def margin(value: float) -> str:
    """Check of the change that is too small to matter, in points."""
    return "" if 0 < value <= 100 else "lebih dari 0 dan paling besar 100 (poin per 10 poin pengurangan)"


def ways(value: list[Any]) -> str:
    """Check of the ways of calculating: known, each once, the main one among them."""
    is_known = all(item in WAYS for item in value) and len(set(map(str, value))) == len(value)
    if is_known and WAYS[0] in value:
        return ""
    return f'memuat "{WAYS[0]}" dan paling banyak sekali masing-masing dari: {"; ".join(WAYS[1:])}'


def measure(value: str) -> str:
    """Check of what an announced figure measures."""
    return "" if value in MEASURES else f"salah satu dari {', '.join(MEASURES)}"


def rates(values: dict[str, Any]) -> str:
    """Check of rates by name; a per cent gets the share that is probably meant.

    Examples
    --------
    >>> rates({"makan_minum": 25})
    'berisi angka dari 0 sampai 1 (mungkin makan_minum = 0.25)'
    """
    for name, rate in values.items():
        is_number = type(rate) in (int, float)
        if not is_number or not 0 <= rate <= 1:
            meant = f" (mungkin {name} = {rate / 100:g})" if is_number and 1 < rate <= 100 else ""
            return f"berisi angka dari 0 sampai 1{meant}"
    return ""
