"""The configuration of a workspace, ``pkanalysis.toml``: what a region may decide.

Stages, cut rates, cap, scale, calendar and report words; facts that bind every region
are in :mod:`pkanalysis.reference`.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pkanalysis import settings
from pkanalysis.errors import PkError
from pkanalysis.thresholds import Announcement, Patterns

FILE = "pkanalysis.toml"
PLACEHOLDER = "NAMA DAERAH"
"""What a new workspace says until somebody fills in the name of the region."""
SAMPLE_MARK = "DATA CONTOH — bukan data resmi"
"""What every page, figure, table and sheet of the sample says."""


def sample_folder() -> Path:
    """Folder of the sample workspace: ``contoh`` in a checkout, ``~/pkanalysis-contoh`` otherwise."""
    checkout = Path(__file__).resolve().parents[1]
    return checkout / "contoh" if (checkout / "pyproject.toml").is_file() else Path.home() / "pkanalysis-contoh"


@dataclass(frozen=True)
class Head:
    """``[ruang_kerja]``: kind of workspace and name of the region."""

    jenis: str = field(metadata={"check": settings.kind})
    daerah: str = ""


@dataclass(frozen=True)
class Stage:
    """One budget stage of one year; ``order`` follows the file (``[[tahap]]``)."""

    tahun: int
    kode: str
    nama: str
    berlaku_mulai: dt.date | None = None
    dasar_hukum: str = ""
    tanggal_pemberitahuan_dprd: dt.date | None = None


@dataclass(frozen=True)
class Achievement:
    """``[capaian]``: display cap in per cent (``None`` = off), predicate scale and its rounding rule."""

    batas_atas: float | None = field(default=None, metadata={"check": settings.cap})
    skala: str = field(default="permendagri_86_2017", metadata={"check": settings.scale})
    bulatkan_dulu: bool = False


@dataclass(frozen=True)
class Saving:
    """``[efisiensi]``: cut rates per category (0-1) and the rounding tolerance in rupiah."""

    tarif: dict[str, float] = field(
        default_factory=lambda: {"perjalanan_dinas": 0.5}, metadata={"check": settings.rates}
    )
    toleransi_rp: int = field(default=1000, metadata={"check": settings.rupiah})

    @property
    def travel_rate(self) -> float:
        """Share of business travel to be cut, 0-1; Inpres 1/2025 binds it at one half."""
        return self.tarif.get("perjalanan_dinas", 0.5)


@dataclass(frozen=True)
class Relation:
    """``[kaitan]``: what is fixed before anybody sees a result on budget cut and achievement.

    ``ukuran`` is the primary size of cut, ``margin`` the change in points per 10 points of cut that is too small to
    matter, ``cara`` the ways of calculating that are run and shown (:data:`pkanalysis.settings.WAYS`).
    """

    ukuran: str = field(default="aturan", metadata={"check": settings.size_of_cut})
    margin: float = field(default=2.0, metadata={"check": settings.margin})
    cara: list[str] = field(default_factory=lambda: list(settings.WAYS), metadata={"check": settings.ways})


@dataclass(frozen=True)
class Report:
    """``[laporan]``: words on every page; ``kop`` is a DOCX in the workspace whose letterhead the DOCX take."""

    status: str = "DRAF, belum diverifikasi Bappeda"
    edisi: str = "Edisi 1"
    kop: str = ""


@dataclass(frozen=True)
class Config:
    """Everything in ``pkanalysis.toml``. ``jenis`` is ``contoh`` (sample) or ``nyata`` (real).

    ``kolom`` (``[kolom]``): heading in files -> the heading that pkanalysis knows. ``alias_opd`` (``[alias_opd]``):
    name of an OPD in files -> its code. ``bidang_prioritas`` (``[bidang_prioritas]``): code of a bidang urusan or
    program -> sector of SE Mendagri 900/833/SJ, before the one that the program ships.
    """

    jenis: str
    daerah: str
    tahap: tuple[Stage, ...] = ()
    capaian: Achievement = Achievement()
    efisiensi: Saving = field(default_factory=Saving)
    kaitan: Relation = Relation()
    pola: Patterns = field(default_factory=Patterns)
    pengumuman: tuple[Announcement, ...] = ()
    bidang_prioritas: dict[str, str] = field(default_factory=dict)
    laporan: Report = Report()
    kalender: dict[str, Any] = field(default_factory=dict)
    kolom: dict[str, str] = field(default_factory=dict)
    alias_opd: dict[str, str] = field(default_factory=dict)

    @property
    def is_sample(self) -> bool:
        """Whether every page must say DATA CONTOH."""
        return self.jenis == "contoh"

    def stages(self, year: int, on: dt.date | None = None) -> tuple[Stage, ...]:
        """Stages of ``year`` in order, only those in force ``on`` that date when one is given."""
        return tuple(
            stage
            for stage in self.tahap
            if stage.tahun == year and (on is None or stage.berlaku_mulai is None or stage.berlaku_mulai <= on)
        )


def load(folder: Path) -> Config:
    """Read ``folder/pkanalysis.toml``.

    Raises
    ------
    PkError
        The file is missing, is not TOML, or holds a key that is not known.
    """
    path = Path(folder) / FILE
    if not path.is_file():
        raise PkError(f"{path} tidak ada; buat ruang kerja dengan `pkanalysis new {folder}`.")
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PkError(f"{path} tidak dapat dibaca sebagai TOML ({error}); perbaiki baris itu.") from error
    return parse(data, path)


def parse(data: dict[str, Any], path: Path) -> Config:
    """Turn the parsed TOML ``data`` of ``path`` into a :class:`Config`."""
    known = {"ruang_kerja", "tahap", "capaian", "efisiensi", "laporan", "kalender", "kolom", "alias_opd"}
    known |= {"kaitan", "pola", "pengumuman", "bidang_prioritas"}
    if extra := sorted(set(data) - known):
        raise PkError(f"{path}: bagian {extra[0]!r} tidak dikenal; yang dikenal: {', '.join(sorted(known))}.")
    head = settings.section(Head, data.get("ruang_kerja", {}), "ruang_kerja", path)
    return Config(
        jenis=head.jenis,
        daerah=head.daerah,
        tahap=_stages(data.get("tahap", []), path),
        capaian=settings.section(Achievement, data.get("capaian", {}), "capaian", path),
        efisiensi=settings.section(Saving, data.get("efisiensi", {}), "efisiensi", path),
        kaitan=settings.section(Relation, data.get("kaitan", {}), "kaitan", path),
        pola=settings.section(Patterns, data.get("pola", {}), "pola", path),
        pengumuman=_listed(Announcement, data.get("pengumuman", []), "pengumuman", path),
        bidang_prioritas=_sectors(data.get("bidang_prioritas", {}), path),
        laporan=settings.section(Report, data.get("laporan", {}), "laporan", path),
        kalender=data.get("kalender", {}),
        kolom=settings.words(data.get("kolom", {}), "kolom", path),
        alias_opd=settings.words(data.get("alias_opd", {}), "alias_opd", path),
    )


def _stages(entries: Any, path: Path) -> tuple[Stage, ...]:
    stages: tuple[Stage, ...] = _listed(Stage, entries, "tahap", path)
    for name in ("kode", "nama"):
        counts = Counter((stage.tahun, getattr(stage, name).casefold()) for stage in stages)
        if double := [f'"{value}" pada {year}' for (year, value), count in counts.items() if count > 1]:
            raise PkError(f"{path}: [tahap] {name} {double[0]} ditulis lebih dari sekali; beri {name} yang berbeda.")
    return stages


def _listed(kind: type, entries: Any, name: str, path: Path) -> tuple[Any, ...]:
    if not isinstance(entries, list):
        raise PkError(f"{path}: setiap {name} harus diawali [[{name}]] dengan dua kurung siku.")
    return tuple(settings.section(kind, entry, name, path) for entry in entries)


def _sectors(values: Any, path: Path) -> dict[str, str]:
    from pkanalysis.tables import SECTORS  # here, because pandas comes with it

    found = settings.words(values, "bidang_prioritas", path)
    for code, name in found.items():
        if name not in SECTORS:
            rule = f"salah satu dari {', '.join(SECTORS)}"
            raise PkError(f'{path}: [bidang_prioritas] "{code}" harus {rule}; tertulis "{name}".')
    return found
