"""What a column of amounts is, by its heading: a stage, spending, a month, a difference, or a kind of belanja."""

from __future__ import annotations

import re

from pkanalysis.intake.book import normal
from pkanalysis.intake.dates import month

_KINDS = (
    ("persen", re.compile(r"%|pers?en|pro[sc]ent", re.I)),
    ("sisa", re.compile(r"\bsisa\b", re.I)),
    ("selisih", re.compile(r"bertambah|berkurang|selisih|^angka$|naik|lebih|kurang|^\+\s*/?\s*-$", re.I)),
    ("lalu", re.compile(r"lalu|sebelumnya", re.I)),
    ("realisasi_bulan", re.compile(r"realisasi.*(?<!s\.d\. )(?<!s\.d )(?<!s/d )(bulan|periode) ini", re.I)),
    ("realisasi", re.compile(r"realisasi", re.I)),
    ("sebelum", re.compile(r"sebelum|murni|semula|induk|\bawal\b", re.I)),
    ("sesudah", re.compile(r"sesudah|setelah|menjadi|hasil|perubahan|pergeseran|\bp\W?apbd|apbd\W?p\b", re.I)),
    ("anggaran", re.compile(r"anggaran|pagu|jumlah|total|apbd|nilai", re.I)),
)
_QUARTER = re.compile(r"(?i)\b(?:triwulan|tri wulan|tw)\W*(iv|iii|ii|i|[1-4])\W*$")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_UNTIL = re.compile(r"(?i)\bs\s*[./]?\s*d\b|sampai|kumulatif|hingga")
_AFTER = re.compile(r"(?i)sesudah|setelah|menjadi")
_CHANGES = {"perubahan", "pergeseran", "efisiensi", "pengurangan", "perubahanrp", "pergeseranrp"}

GROUPS = (
    ("5.1.01", "Belanja Pegawai", re.compile(r"\bpegawai\b", re.I)),
    ("5.1.02", "Belanja Barang dan Jasa", re.compile(r"\bbarang\b", re.I)),
    ("5.1.05", "Belanja Hibah", re.compile(r"\bhibah\b", re.I)),
    ("5.1.06", "Belanja Bantuan Sosial", re.compile(r"bantuan sosial|\bbansos\b", re.I)),
    ("5.1", "Belanja Operasi", re.compile(r"\boperasi(onal)?\b", re.I)),
    ("5.2", "Belanja Modal", re.compile(r"\bmodal\b", re.I)),
    ("5.3", "Belanja Tidak Terduga", re.compile(r"\b(tak|tidak) terduga\b|\bbtt\b", re.I)),
    ("5.4", "Belanja Transfer", re.compile(r"\btransfer\b", re.I)),
)
"""Kinds of belanja that forms set side by side: account, name, and how a heading names it."""


def kind_of(heading: str) -> str | None:
    """Measure that a heading names, or ``None``.

    Examples
    --------
    >>> [kind_of(words) for words in ("JUMLAH SEBELUM PERUBAHAN", "Sesudah", "Bertambah/(Berkurang) Rp", "(%)")]
    ['sebelum', 'sesudah', 'selisih', 'persen']
    >>> [kind_of(words) for words in ("REALISASI BULAN INI", "REALISASI s.d. BULAN INI", "REALISASI BULAN LALU")]
    ['realisasi_bulan', 'realisasi', 'lalu']
    >>> [kind_of(words) for words in ("PEBRUARI", "Rencana Januari 2025", "s.d. Maret", "Triwulan II", "P-APBD")]
    ['rencana 2', 'rencana 1', 'kumulatif 3', 'triwulan 2', 'sesudah']
    """
    return _timed(heading) or next((kind for kind, pattern in _KINDS if pattern.search(heading)), None)


def _timed(heading: str) -> str | None:
    """A month or quarter of a plan."""
    words = re.sub(r"\b20\d{2}\b|\(.*?\)", " ", heading).split()
    if not words or re.search(r"(?i)realisasi|lalu", heading):
        return None
    if number := month(words[-1]):
        return f"{'kumulatif' if _UNTIL.search(heading) else 'rencana'} {number}"
    found = _QUARTER.search(" ".join(words))
    return f"triwulan {_ROMAN.get(found[1].lower()) or found[1]}" if found else None


def kinds(titles: dict[int, str]) -> dict[int, str]:
    """Measure per column that has one; what one heading means, the others help to tell.

    ``Perubahan`` beside ``Setelah Perubahan`` is the difference; a second sum beside twelve months is theirs.

    Examples
    --------
    >>> kinds({2: "APBD", 3: "Perubahan", 4: "Setelah Perubahan"})
    {2: 'anggaran', 3: 'selisih', 4: 'sesudah'}
    >>> kinds({2: "Setelah Efisiensi", 3: "Perubahan Rp", 4: "Perubahan %"})
    {2: 'sesudah', 3: 'selisih', 4: 'persen'}
    """
    found = {column: kind for column, words in titles.items() if (kind := kind_of(words))}
    if any(_AFTER.search(words) for words in titles.values()):
        changes = (column for column, kind in found.items() if normal(titles[column]) in _CHANGES and kind != "persen")
        found |= dict.fromkeys(tuple(changes), "selisih")
    budgets = [column for column, kind in found.items() if kind == "anggaran"]
    if sum(kind.startswith(("rencana", "kumulatif")) for kind in found.values()) >= 12:
        sums = [column for column in budgets if not re.search(r"(?i)anggaran|pagu|apbd|dpa", titles[column])]
        found |= dict.fromkeys(sums[-1:] or budgets[1:], "jumlah")
    return found


def group_of(heading: str) -> str:
    """Account of the kind of belanja that a heading names, or ``""``.

    Examples
    --------
    >>> group_of("Belanja Operasi Anggaran"), group_of("TAK TERDUGA Realisasi"), group_of("Jumlah Belanja")
    ('5.1', '5.3', '')
    """
    return next((account for account, _, pattern in GROUPS if pattern.search(heading)), "")
