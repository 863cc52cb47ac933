"""The good direction of an indicator: as a file writes it, and as its name makes it likely."""

from __future__ import annotations

import re
from typing import Any

_WRITTEN = {
    "naik_baik": {
        "+", "naik", "naik_baik", "positif", "maximize", "maksimal", "maksimasi", "meningkat", "up", "higher",
        "semakin tinggi semakin baik", "makin tinggi makin baik", "higher is better",
    },
    "turun_baik": {
        "-", "−", "–", "turun", "turun_baik", "negatif", "minimize", "minimal", "minimasi", "menurun", "down", "lower",
        "semakin rendah semakin baik", "makin rendah makin baik", "lower is better",
    },
    "rentang": {"rentang", "range", "stabil", "stabilize", "+/-", "±"},
}  # fmt: skip
_OF = {words: polarity for polarity, spellings in _WRITTEN.items() for words in spellings}
_BAD = re.compile(
    r"kemiskinan|penduduk miskin|pengangguran|kematian|stunting|prevalensi|risiko|rawan|ketimpangan|kesenjangan|gini"
    r"|kekerasan|kriminal|putus sekolah|kumuh|kecelakaan|kehilangan|pelanggaran|temuan|v/c"
    r"|waktu tanggap|respons?e? time"
)
_AGAINST_BAD = re.compile(
    r"penurunan|pengurangan|penanganan|pencegahan|pengendalian|penyelesaian|diselesaikan|ditangani|tertangani|bebas"
    r"|tindak lanjut|ditindaklanjuti|layanan|cakupan|korban|akta"
)
_GOOD = re.compile(r"indeks|kepuasan|nilai sakip|harapan|akreditasi|kualitas|cakupan|capaian|pertumbuhan|perlindungan")


def written(cell: Any) -> str:
    """Polarity that a cell states, or empty; ``-`` is a direction here, not a blank.

    Examples
    --------
    >>> written("+"), written(" - "), written("Semakin rendah  semakin baik"), written("")
    ('naik_baik', 'turun_baik', 'turun_baik', '')
    """
    return _OF.get(" ".join(str(cell).lower().split()), "")


def likely(name: str) -> str:
    """Polarity that the words of a name make likely, or empty. A guess: good for a warning, never for a value.

    Examples
    --------
    >>> likely("Angka Kemiskinan"), likely("Indeks Perlindungan Anak"), likely("Penurunan luasan kumuh")
    ('turun_baik', 'naik_baik', 'naik_baik')
    >>> likely("Rasio Konektivitas")
    ''
    """
    words = name.lower()
    if _BAD.search(words):
        return "naik_baik" if _AGAINST_BAD.search(words) else "turun_baik"
    return "naik_baik" if _GOOD.search(words) else ""
