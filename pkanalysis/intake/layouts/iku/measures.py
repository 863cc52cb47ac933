"""Which value a column holds: target, realisasi or capaian, of which year, period and document.

A heading may stand over several rows ("Realisasi" over "Triwulan" over "II"); the deepest row that says
a thing decides. A heading with a word that is not understood, or of money, is no measure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pkanalysis.intake.book import text
from pkanalysis.tables import PERIODS

KINDS = {"target": "target", "realisasi": "realisasi", "capaian": "capaian"}
_ROMAN = {"i": 0, "ii": 1, "iii": 2, "iv": 3}
_QUARTERS = _ROMAN | {"1": 0, "2": 1, "3": 2, "4": 3}
_QUARTER_WORDS = {"tw", "triwulan", "kuartal", "twl"}
_DOCUMENTS = {"renstra": "renstra", "rpjmd": "rpjmd", "rpd": "rpd", "rkpd": "rkpd", "renja": "renja"}
_FILLERS = {
    "kinerja", "indikator", "iku", "ikk", "pk", "tahun", "tahunan", "th", "thn", "ta", "pada", "s", "d", "sd", "sampai",
    "dengan", "hingga", "persen", "persentase", "prosentase", "pct", "dan", "nilai", "utama", "sasaran", "k", "tingkat",
    "strategis", "perjanjian", "murni",
}  # fmt: skip
_MONEY = {"rp", "rupiah", "anggaran", "pagu", "keuangan", "dana", "biaya", "serapan", "penyerapan", "belanja"}
_GLUED = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])|(?<=\btw)(?=i)|(?<=\btriwulan)(?=i)")


@dataclass(frozen=True)
class Measure:
    """A column of values: ``kind`` is target, realisasi, capaian, target_hitung or realisasi_hitung.

    No year is that of the row; no document is that of the row; ``is_percent`` marks a "%" in the heading.
    """

    kind: str
    year: int | None
    period: str
    column: int
    title: str
    document: str = ""
    is_percent: bool = False


@dataclass(frozen=True)
class _Part:
    """What one row of a heading says."""

    kinds: tuple[str, ...] = ()
    year: int | None = None
    quarter: int | None = None
    document: str = ""
    is_quarterly: bool = False


def measure(path: Sequence[str], column: int = 0) -> Measure | None:
    """The measure that the rows of a heading name, the top one first, or ``None``.

    Examples
    --------
    >>> measure(["target_2025"]).year, measure(["Realisasi", "TW II"]).period, measure(["target_lalu"])
    (2025, 'TW2', None)
    >>> found = measure(["Target dan Realisasi Kinerja", "2024", "Target"])
    >>> found.kind, found.year, found.title
    ('target', 2024, 'Target dan Realisasi Kinerja 2024 Target')
    >>> measure(["Realisasi", "Anggaran"]), measure(["Target Akhir Renstra"]), measure(["Realisasi", "Januari"])
    (None, None, None)
    >>> measure(["Tahun 2024", "%"]).kind, measure(["Pertumbuhan", "%"])
    ('capaian', None)
    """
    words = [_words(part) for part in path]
    if not words or any(_MONEY & set(part) for part in words):
        return None
    parts = [_part(part) for part in words]
    if parts[-1] is None:
        return None
    known = [part for part in reversed(parts) if part]
    is_rate = path[-1].strip("() ") == "%" and len(known) == len(parts)
    kinds = next((part.kinds for part in known if len(part.kinds) == 1), ("capaian",) if is_rate else ())
    if not kinds:
        return None
    is_quarterly = any(part.is_quarterly for part in known)
    told = [part.quarter for part in known] + [_bare(part, is_quarterly) for part in reversed(words)]
    quarter = next((number for number in told if number is not None), None)
    if quarter is None and is_quarterly:
        return None
    period = "tahunan" if quarter is None else PERIODS[quarter]
    year = next((part.year for part in known if part.year), None)
    document = next((part.document for part in known if part.document), "")
    title = " ".join(path)
    return Measure(kinds[0], year, period, column, title, document, "%" in title or "ersen" in title)


def _words(heading: str) -> list[str]:
    bare = re.sub(r"[^a-z0-9]+", " ", text(heading).lower())
    return _GLUED.sub(" ", bare).split()


def _bare(words: list[str], is_quarterly: bool) -> int | None:
    """Quarter of a heading that is a number alone; ``2`` only under the word triwulan, ``II`` always."""
    if len(words) != 1:
        return None
    return (_QUARTERS if is_quarterly else _ROMAN).get(words[0])


def _part(words: list[str]) -> _Part | None:
    """What the words say, or ``None`` when one of them is not understood."""
    part = _Part()
    for place, word in enumerate(words):
        if (taken := _taken(part, word, words[place - 1] if place else "", len(words))) is None:
            return None
        part = taken
    return replace(part, kinds=_one_kind(part.kinds, words))


def _taken(part: _Part, word: str, before: str, count: int) -> _Part | None:
    if word in KINDS:
        return replace(part, kinds=(*part.kinds, word))
    if re.fullmatch(r"20\d\d", word):
        return replace(part, year=int(word)) if part.year in (None, int(word)) else None
    if word in _QUARTER_WORDS:
        return replace(part, is_quarterly=True)
    if word in _QUARTERS and (before in _QUARTER_WORDS or count == 1):
        return replace(part, quarter=_QUARTERS[word]) if before else part
    if word in _DOCUMENTS or word == "perubahan":
        base = part.document or ("pk" if word == "perubahan" else "")
        return replace(part, document=f"{base}_perubahan" if word == "perubahan" else _DOCUMENTS[word])
    return part if word in _FILLERS or word == "hitung" else None


def _one_kind(kinds: tuple[str, ...], words: list[str]) -> tuple[str, ...]:
    """The kind that the words mean: ``Realisasi Capaian`` is realisasi, ``Target dan Realisasi`` is both."""
    found = tuple(dict.fromkeys(kinds))
    if "hitung" in words:
        return tuple({"target": "target_hitung", "capaian": "realisasi_hitung"}.get(kind, "") for kind in found)
    if len(found) == 2 and "capaian" in found and "dan" not in words:
        return ("realisasi",) if "realisasi" in found else found[:1]
    return found
