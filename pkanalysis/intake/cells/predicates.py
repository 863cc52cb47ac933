"""Predicates that stand where a number could: AKIP grades, BPK opinions, and the words of scales."""

from __future__ import annotations

import re

GRADES = {"AA", "A", "BB", "B", "CC", "C", "D", "E", "WTP", "WTP-DPP", "WDP", "TMP"}
_OPINIONS = {
    "wajar tanpa pengecualian": "WTP",
    "wajar dengan pengecualian": "WDP",
    "tidak memberikan pendapat": "TMP",
}
_STEPS = [
    "baik",
    "buruk",
    "cukup",
    "kurang",
    "sedang",
    "tinggi",
    "rendah",
    "memuaskan",
    "informatif",
    "inovatif",
    "sehat",
    "prima",
    "efektif",
]
_SCALE = {
    *_STEPS, *(f"{much} {step}" for step in _STEPS for much in ("sangat", "cukup", "kurang", "tidak", "menuju")),
    "cukup baik", "agak kurang", "tidak wajar", "mandiri", "maju", "berkembang", "tertinggal", "sangat tertinggal",
    "pratama", "madya", "nindya", "utama", "paripurna", "wajar", "unggul", "aman", "terkendali", "layak",
    "hijau", "kuning", "merah", "biru", "emas", "hitam", "ya", "ada", "tercapai", "tidak tercapai", "terlaksana",
}  # fmt: skip
_LABEL = re.compile(
    r"(?i)(?:(?:predikat|opini|nilai|kategori|sakip|akip|grade|peringkat|level|skor|indeks|tingkat|rank(?:ing)?|bpk"
    r"|kelas|bintang|lhe)\s*:?\s+)+(?=\S)"
)


def without_label(words: str) -> str:
    """The value without the word that only says what it is.

    Examples
    --------
    >>> without_label("Opini BPK WTP"), without_label("Level 3"), without_label("Nilai")
    ('WTP', '3', 'Nilai')
    """
    return _LABEL.sub("", words, count=1) if _LABEL.match(words) else words


def predicate(words: str) -> str:
    """The predicate that the words are, opinions by their abbreviation, or empty.

    Examples
    --------
    >>> predicate("BB"), predicate("wajar tanpa pengecualian"), predicate("Sangat Baik"), predicate("KM")
    ('BB', 'WTP', 'Sangat Baik', '')
    >>> predicate("WTP (Wajar Tanpa Pengecualian)"), predicate("B+")
    ('WTP', 'B+')
    """
    words = words.strip(" .*")
    if words.rstrip("+-") in GRADES or words.upper().replace(" ", "-") == "WTP-DPP":
        return words
    if (lower := words.lower()) in _OPINIONS:
        return _OPINIONS[lower]
    if lower in _SCALE:
        return words
    first, bracket, _ = words.partition("(")
    return predicate(first) if bracket and first.strip() else ""
