"""The good direction of an indicator: as a file writes it, and as its name makes it likely."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

_SIGNS = {"naik_baik": {"+", "↑", "▲"}, "turun_baik": {"-", "−", "–", "—", "↓", "▼"}, "rentang": {"+/-", "±"}}
_DASHES = {"-", "–", "—"}
_WRITTEN = {
    "naik_baik": {
        "naik", "naik baik", "positif", "maximize", "maximise", "max", "maks", "maksimal", "maksimum", "maksimasi",
        "maksimalkan", "meningkat", "up", "higher", "increase", "semakin tinggi", "makin tinggi", "tinggi", "progresif",
    },
    "turun_baik": {
        "turun", "turun baik", "negatif", "minimize", "minimise", "min", "minimal", "minimum", "minimasi", "minimalkan",
        "menurun", "down", "lower", "decrease", "semakin rendah", "makin rendah", "semakin kecil", "rendah", "regresif",
    },
    "rentang": {"rentang", "range", "stabil", "stabilize", "stabilise", "menjaga", "di dalam rentang"},
}  # fmt: skip
_OF = {words: polarity for polarity, spellings in _WRITTEN.items() for words in spellings}
_OF_SIGN = {sign: polarity for polarity, signs in _SIGNS.items() for sign in signs}
_SAYS = (
    (re.compile(r"(tinggi|besar|banyak|naik|higher|more)\b.*\b(baik|better)"), "naik_baik"),
    (re.compile(r"(rendah|kecil|sedikit|turun|lower|less|fewer)\b.*\b(baik|better)"), "turun_baik"),
)
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


def column(cells: Sequence[Any]) -> list[str]:
    """Polarity per cell of a column, empty where it says none; a lone dash is a blank beside words like ``Naik``.

    Examples
    --------
    >>> column(["+", " - "]), column(["Naik", "-"]), column(["-", "-"])
    (['naik_baik', 'turun_baik'], ['naik_baik', ''], ['turun_baik', 'turun_baik'])
    """
    read = [written(cell) for cell in cells]
    signs = [str(cell).strip() for cell in cells]
    has_words = any(polarity and sign not in _OF_SIGN for polarity, sign in zip(read, signs, strict=True))
    is_blank = has_words and not {"+", "↑", "▲", "+/-", "±"} & set(signs)
    return ["" if is_blank and sign in _DASHES else polarity for polarity, sign in zip(read, signs, strict=True)]


def written(cell: Any) -> str:
    """Polarity that a cell states, or empty; ``-`` is a direction here, not a blank.

    Examples
    --------
    >>> written("+"), written(" - "), written("Semakin rendah  semakin baik"), written("")
    ('naik_baik', 'turun_baik', 'turun_baik', '')
    >>> written("Maximize (semakin besar semakin baik)"), written("Positif (+)"), written("Indikator Negatif")
    ('naik_baik', 'naik_baik', 'turun_baik')
    """
    words = " ".join(str(cell).lower().replace("_", " ").split())
    if words in _OF_SIGN:
        return _OF_SIGN[words]
    bare = re.sub(r"\(.*?\)|^(indikator|polari[st]asi?|polaritas|arah)\b\s*:?|[+↑▲↓▼]", "", words).strip(" .-")
    said = next((polarity for pattern, polarity in _SAYS if pattern.search(words)), "")
    return _OF.get(bare, "") or said


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


def bounded(bound: str) -> str:
    """Polarity that the sign before a target implies, or empty.

    Examples
    --------
    >>> bounded("≥"), bounded("<"), bounded("maks"), bounded("±")
    ('naik_baik', 'turun_baik', 'turun_baik', '')
    """
    if re.match(r"[>≥]|min|lebih", bound):
        return "naik_baik"
    return "turun_baik" if re.match(r"[<≤]|ma(ks|x)|kurang", bound) else ""
