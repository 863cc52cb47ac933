"""What a region sets for the page on budget efficiency: thresholds of patterns, and figures announced earlier."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from pkanalysis import settings


@dataclass(frozen=True)
class Patterns:
    """``[pola]``: from where on a pattern is listed for clarification; rupiah, per cent, percentage points.

    ``pos_pengganti`` are accounts that may take the place of travel (empty = those of the program), ``spm`` codes
    of sub kegiatan of minimum service standards, ``sebab_modal`` causes under which a cut of capital is listed.
    """

    naik_lagi_rp: int = field(default=1, metadata={"check": settings.rupiah})
    naik_lagi_pct: float = field(default=0.0, metadata={"check": settings.share})
    naik_lagi_dipotong_pct: float = field(default=15.0, metadata={"check": settings.share})
    pengganti_rp: int = field(default=1, metadata={"check": settings.rupiah})
    pengganti_pct: float = field(default=10.0, metadata={"check": settings.share})
    pos_pengganti: list[str] = field(default_factory=list, metadata={"check": settings.code_list})
    modal_rp: int = field(default=1, metadata={"check": settings.rupiah})
    sebab_modal: list[str] = field(default_factory=lambda: ["inpres_1_2025"], metadata={"check": settings.cause_list})
    spm: list[str] = field(default_factory=list, metadata={"check": settings.code_list})
    spm_rp: int = field(default=1, metadata={"check": settings.rupiah})
    rata_poin: float = field(default=2.0, metadata={"check": settings.share})
    rata_pct: float = field(default=80.0, metadata={"check": settings.share})
    tumpuan_opd: int = field(default=3, metadata={"check": settings.at_least_one})
    tumpuan_pct: float = field(default=50.0, metadata={"check": settings.share})
    pindah_kode_rp: int = field(default=1, metadata={"check": settings.rupiah})


@dataclass(frozen=True)
class Announcement:
    """One figure announced earlier (``[[pengumuman]]``); ``tahun`` is the budget year, else that of the day."""

    uraian: str
    tanggal: dt.date
    nilai_rp: int = field(metadata={"check": settings.rupiah})
    ukuran: str = field(metadata={"check": settings.measure})
    sumber: str = ""
    tahun: int | None = None

    @property
    def budget_year(self) -> int:
        """The budget year that the figure is about."""
        return self.tahun or self.tanggal.year
