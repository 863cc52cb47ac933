"""What a cell says in words when it holds no value: nothing at all, or which kind of missing."""

from __future__ import annotations

import re

MISSING = {"", "-", "--", "–", "—", ".", "..", "...", "…", "null", "none", "nan", "undefined", "kosong", "x"}
_NOT_MEASURED = {
    "na", "tad", "tidakadadata", "tidaktersedia", "belumadadata", "belumada", "belumtersedia", "datatidaktersedia",
    "databelumtersedia", "datatidakada", "databelumada",
}  # fmt: skip
_MOVED = re.compile(r"(?:belum|blm|menunggu|tidak|tdk|rilis|akan|masih|dalam proses|proses|dihitung|diukur|dirilis)\b")
_STATUSES = (
    (re.compile(r"\b(rilis|terbit|keluar|dirilis|diterbitkan|diumumkan|menunggu|release)\b"), "menunggu_rilis"),
    (re.compile(r"^(masih |dalam |sedang )*(ber)?proses\b"), "menunggu_rilis"),
    (re.compile(r"\bbelum\b.*\b(jadwal|waktu|waktunya|saat|saatnya|jatuh tempo)\b"), "belum_jadwal"),
    (re.compile(r"\b(akhir tahun|setahun sekali|(di)?(ukur|hitung|rilis) tahunan)\b"), "belum_jadwal"),
    (re.compile(r"\b(belum|tidak|tdk|blm)\b.*\b(ukur|diukur|terukur|hitung|dihitung|dinilai|dievaluasi|survei|disurvei"
                r"|dilaksanakan|dilakukan|terlaksana)\b"), "tidak_terukur"),
    (re.compile(r"\b(tidak|tdk)\s+(lagi\s+)?(berlaku|digunakan|diukur lagi)|\bdihapus\b|\bdicabut\b"
                r"|\bbukan kewenangan\b"), "tidak_berlaku"),
)  # fmt: skip


def waiting(words: str) -> str | None:
    """Status of a cell without a value; empty for a blank, ``None`` for a cell that says something else.

    Examples
    --------
    >>> waiting("-"), waiting("N / A"), waiting("Belum Rilis BPS"), waiting("Rilis Maret 2026"), waiting("75,5")
    ('', 'tidak_terukur', 'menunggu_rilis', 'menunggu_rilis', None)
    """
    lower = words.lower()
    if lower in MISSING:
        return ""
    has_digits = bool(re.search(r"\d", lower))
    if not has_digits and re.sub(r"[^a-z]", "", lower) in _NOT_MEASURED:
        return "tidak_terukur"
    if has_digits and not _MOVED.match(lower):
        return None
    return next((status for pattern, status in _STATUSES if pattern.search(lower)), None)
