"""What published figures say about each other: terms to add up, and the sums they should give."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Term:
    """Published rows to add up: those of ``topic`` whose columns have the values in ``where``."""

    topic: str
    value: str
    where: tuple[tuple[str, str | int], ...]

    def rows(self, figures: pd.DataFrame) -> pd.DataFrame:
        """The rows that this term adds up; those without a number are left out."""
        chosen = figures["topik"].eq(self.topic)
        for column, wanted in self.where:
            chosen &= figures[column].eq(wanted).fillna(False).astype(bool)
        return figures[chosen & figures[self.value].notna()]

    def total(self, figures: pd.DataFrame) -> float:
        """Sum of the rows."""
        return float(self.rows(figures)[self.value].sum())


@dataclass(frozen=True)
class Check:
    """``stated`` (or nothing) against the sum of ``plus`` less the sum of ``minus``."""

    label: str
    stated: Term | None
    plus: tuple[Term, ...]
    minus: tuple[Term, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        """Every term, the stated one first."""
        return (*((self.stated,) if self.stated else ()), *self.plus, *self.minus)


def _budget(what: str, year: int, version: str) -> Term:
    return Term("apbd", "target", (("uraian", what), ("tahun", year), ("periode", version)))


def _saving(what: str) -> Term:
    return Term("efisiensi", "nilai", (("uraian", what),))


def _spending(year: int, version: str) -> Check:
    parts = ("Belanja Operasi", "Belanja Modal", "Belanja Tidak Terduga")
    label = f"Belanja {year}, {version} = operasi + modal + tidak terduga"
    return Check(label, _budget("Belanja Daerah", year, version), tuple(_budget(part, year, version) for part in parts))


def _revenue(year: int, version: str) -> Check:
    parts = ("Pendapatan Asli Daerah", "Pendapatan Transfer")
    total = _budget("Pendapatan Daerah", year, version)
    return Check(
        f"Pendapatan {year}, {version} = PAD + transfer", total, tuple(_budget(p, year, version) for p in parts)
    )


DRAFT, FIRST = "rancangan murni (24 Okt 2024)", "murni (31 Des 2025)"
SOCIAL = "Dinas Sosial: perjalanan dinas "
TOTAL = _saving("Total penghematan APBD 2025 Pemkot Jambi (Inpres 1/2025)")
COUNCIL = _saving("Kontribusi Sekretariat DPRD")
BOUND = _saving("Penghematan tiap OPD lain")
BEFORE, AFTER = _saving("Perjalanan dinas sebelum"), _saving("Perjalanan dinas sesudah")
RATE = _saving("Perjalanan dinas")
ADDED = Term("efisiensi", "nilai", (("kelompok", "realokasi OPD"),))
CLAIMED = Term("efisiensi", "nilai", (("kelompok", "realokasi total"),))

BUDGET = (
    _spending(2023, "murni"),
    _spending(2024, "rancangan murni (Okt 2023)"),
    _spending(2025, DRAFT),
    _revenue(2025, DRAFT),
    _revenue(2026, FIRST),
    Check(
        f"Defisit 2026, {FIRST} = belanja − pendapatan",
        _budget("Defisit", 2026, FIRST),
        (_budget("Belanja Daerah", 2026, FIRST),),
        (_budget("Pendapatan Daerah", 2026, FIRST),),
    ),
    Check(
        "Perjalanan dinas Dinas Sosial = dalam kota + luar kota",
        _budget(SOCIAL + "total", 2025, "RKA murni"),
        (_budget(SOCIAL + "dalam kota", 2025, "RKA murni"), _budget(SOCIAL + "luar kota", 2025, "RKA murni")),
    ),
)

SAVING = (
    Check(
        "Perjalanan dinas = luar daerah + dalam daerah",
        _budget("Perjalanan Dinas (total)", 2025, "murni 1 Jan 2025"),
        (
            _budget("Perjalanan Dinas luar daerah", 2025, "murni 1 Jan 2025"),
            _budget("Perjalanan Dinas dalam daerah", 2025, "murni 1 Jan 2025"),
        ),
    ),
    Check("Perjalanan dinas dipangkas = sebelum − sesudah", _saving("Perjalanan dinas dipangkas"), (BEFORE,), (AFTER,)),
    Check("Sisa penghematan di luar Setwan, paling banyak", None, (TOTAL,), (COUNCIL,)),
    Check("Tambahan sembilan OPD (klaim) = jumlah rinciannya", CLAIMED, (ADDED,)),
    Check("Penghematan yang belum disebut tujuannya, menurut rincian klaim", None, (TOTAL,), (ADDED,)),
)
