"""Words of headings in one spelling: abbreviations written out, one word for the office, the year left off."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from pkanalysis.intake.cells.amounts import without_unit
from pkanalysis.intake.files.sheets import normal

SPELLED_OUT = {
    "kd": "kode", "nm": "nama", "nomor": "no", "nmr": "no", "thn": "tahun", "jml": "jumlah", "jlh": "jumlah",
    "prog": "program", "prg": "program", "keg": "kegiatan", "kgt": "kegiatan", "giat": "kegiatan",
    "subkeg": "sub kegiatan", "subkegiatan": "sub kegiatan", "subgiat": "sub kegiatan", "rek": "rekening",
    "akun": "rekening", "tgl": "tanggal", "dok": "dokumen", "real": "realisasi", "obyek": "objek",
    "opd": "skpd", "satker": "skpd", "subunit": "sub unit", "subskpd": "sub skpd", "subopd": "sub skpd",
}  # fmt: skip
"""Abbreviations and other spellings of single words, and what they stand for."""
_OFFICE = re.compile(r"\b(perangkat daerah|satuan kerja(?: perangkat daerah)?|skpd(?: skpd)+)\b")
_YEAR = re.compile(r"\s(?:(?:ta|t a|tahun(?: anggaran)?)\s)?20\d\d$")
_RUPIAH = re.compile(r"(?i)\s*(\(\s*(dalam\s+)?(rp\.?|rupiah)\s*\)|\brp\.?)\s*$")
_MONEY = re.compile(r"\s(?:rp|rupiah)(?=\s|$)")


@cache
def spelled_out(heading: str) -> str:
    """A heading with its words written out, without spaces and signs.

    Examples
    --------
    >>> [spelled_out(words) for words in ("Kd. Rek", "KODE_AKUN", "Nama OPD/SKPD", "nama perangkat daerah")]
    ['koderekening', 'koderekening', 'namaskpd', 'namaskpd']
    """
    return "".join(_words(heading).split())


@cache
def without_year(heading: str) -> str:
    """:func:`spelled_out` of a heading without the year at its end; empty when it names none.

    Examples
    --------
    >>> without_year("Pagu TA 2025"), without_year("PAGU APBD 2025 (Rp)"), without_year("Pagu"), without_year("2025")
    ('pagu', 'paguapbd', '', '')
    """
    words = _words(heading)
    bare = _YEAR.sub("", _MONEY.sub("", words))
    return "".join(bare.split()) if _YEAR.search(_MONEY.sub("", words)) else ""


def spellings(cell: Any) -> tuple[str, ...]:
    """A heading for comparing: as written, without the unit or "(Rp)" behind it, words written out, without its year.

    Examples
    --------
    >>> spellings("Pagu (Rp ribu)"), spellings("Kd. Rek"), spellings("PAGU 2025")
    (('pagurpribu', 'pagu'), ('kdrek', 'koderekening'), ('pagu2025', 'pagu'))
    """
    names = (*plainly(cell), *in_full(cell), without_year(cell)) if isinstance(cell, str) else ()
    return tuple(dict.fromkeys(filter(None, names)))


def plainly(cell: str) -> tuple[str, ...]:
    """A heading for comparing, with and without its unit."""
    return normal(cell), normal(_bare(cell))


def in_full(cell: str) -> tuple[str, ...]:
    """A heading for comparing with its words written out, with and without its unit."""
    return spelled_out(cell), spelled_out(_bare(cell))


def _bare(cell: str) -> str:
    return _RUPIAH.sub("", without_unit(cell))


def of_one_year(written: Sequence[tuple[int, str]]) -> Callable[[str], tuple[str, ...]]:
    """Headings without their year, unless two columns differ in nothing but that."""
    bare = {column: without_year(_bare(cell)) for column, cell in written}
    several = {name for name, count in Counter(bare.values()).items() if count > 1}
    return lambda cell: tuple(name for name in (without_year(_bare(cell)),) if name not in several)


@cache
def normals(headings: tuple[str, ...]) -> tuple[str, ...]:
    """Headings as :func:`~pkanalysis.intake.files.sheets.normal` gives them, and as they are spelled out."""
    return tuple(dict.fromkeys(name for heading in headings for name in (normal(heading), spelled_out(heading))))


def _words(heading: str) -> str:
    words = re.findall(r"[a-z0-9]+", heading.lower())
    return _OFFICE.sub("skpd", _OFFICE.sub("skpd", " ".join(SPELLED_OUT.get(word, word) for word in words)))
