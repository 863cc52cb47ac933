"""The level of claim: a rule, with its conditions printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pkanalysis.analysis.claims import Level, Refusal, refusal
from pkanalysis.analysis.effect.estimates import LEVEL
from pkanalysis.analysis.effect.units import FEWEST, LEAST_KNOWN, MOST_CAPPED

MOST_LEVERAGE = 0.5
FEWEST_YEARS = 3
MOST_CAPPED_STRONG = 0.3

THREATS = (
    "Target dapat diubah setelah pengurangan.",
    "OPD dapat menyesuaikan diri lebih awal, sejak instruksi Januari 2025.",
    "Anggaran yang dikurangi dapat dialihkan ke OPD lain, sehingga OPD saling memengaruhi.",
    "Kepala daerah berganti Februari 2025 dan indikator RPJMD berganti.",
    "Transfer ke daerah (DAU bidang PU, KMK 29/2025) berkurang pada waktu yang sama.",
    "Tahun-tahun pembanding memuat masa COVID-19.",
    "Realisasi kinerja dilaporkan oleh OPD sendiri.",
    "Semua OPD terkena pada waktu yang sama: pengaruh yang sama besar pada semua OPD tidak terlihat.",
)
"""What may lie behind any relation found; printed every time."""


@dataclass(frozen=True)
class Condition:
    """One condition of a level: its ``rule`` in Indonesian and whether it ``is_met``."""

    level: Level
    rule: str
    is_met: bool


@dataclass(frozen=True)
class Evidence:
    """What the rule looks at. ``known`` (0-1) is None where the outcome is not held against a target."""

    units: int
    p: float
    p_wild: float
    same_sign: bool
    both_exclude_zero: bool
    placebos_pass: bool
    leverage: float
    sign_is_stable: bool
    years_before: int
    known: float | None
    capped: float
    breakdown: float | None
    largest_bend: float


def conditions(found: Evidence) -> tuple[Condition, ...]:
    """Conditions of L2 and, beyond those, of L3."""
    is_robust = found.breakdown is not None and found.breakdown >= found.largest_bend
    weak = {
        f"sedikitnya {FEWEST} OPD": found.units >= FEWEST,
        "target awal diketahui untuk sedikitnya 80% indikator": found.known is None or found.known >= LEAST_KNOWN,
        "kurang dari separuh OPD berada di batas atas": found.capped < MOST_CAPPED,
        "beda dari nol pada uji pertama (p di bawah 0,05)": found.p < LEVEL,
        "beda dari nol pada uji kedua (p di bawah 0,05)": found.p_wild < LEVEL,
        "kedua cara hitung pokok searah": found.same_sign,
        "tidak ada uji pembanding yang gagal": found.placebos_pass,
        "ukuran pengaruh satu OPD paling tinggi 0,5": found.leverage <= MOST_LEVERAGE,
        "arah tetap sama bila satu OPD mana pun dikeluarkan": found.sign_is_stable,
    }
    strong = {
        "sedikitnya tiga tahun sebelum pengurangan": found.years_before >= FEWEST_YEARS,
        "kurang dari 30% OPD berada di batas atas": found.capped < MOST_CAPPED_STRONG,
        "rentang kedua cara hitung pokok tidak memuat nol": found.both_exclude_zero,
        "tahan terhadap belokan kecenderungan sebesar yang pernah terjadi sebelum pengurangan": is_robust,
    }
    rules: Sequence[tuple[Level, dict[str, bool]]] = (("L2", weak), ("L3", strong))
    return tuple(Condition(level, rule, bool(is_met)) for level, part in rules for rule, is_met in part.items())


def level(reasons: Sequence[Condition]) -> Level:
    """Level of claim by the conditions met: L1 where one of L2 fails, L3 only where all hold.

    Examples
    --------
    >>> level([Condition("L2", "a", True), Condition("L3", "b", False)]), level([Condition("L2", "a", False)])
    ('L2', 'L1')
    """
    if not all(item.is_met for item in reasons if item.level == "L2"):
        return "L1"
    return "L3" if all(item.is_met for item in reasons) else "L2"


def cautions(found: Evidence, has_left_out: bool) -> tuple[Refusal, ...]:
    """Refusals that do not stop the analysis, but hold its claim down or have to be told."""
    codes = {
        "TAHUN_TIDAK_LENGKAP": has_left_out,
        "PRATREN_TIDAK_CUKUP": found.years_before < FEWEST_YEARS,
        "PLASEBO_GAGAL": not found.placebos_pass,
        "PENGUNGKIT_TUNGGAL": found.leverage > MOST_LEVERAGE or not found.sign_is_stable,
    }
    return tuple(refusal(code) for code, is_found in codes.items() if is_found)
