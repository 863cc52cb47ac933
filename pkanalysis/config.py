"""The configuration of a workspace, ``pkanalysis.toml``: what a region may decide.

Stages, cut rates, cap, scale, calendar and report words; facts that bind every region
are in :mod:`pkanalysis.reference`.

Values of a section of ``pkanalysis.toml``, checked against the fields of its dataclass.

What a region sets for the page on budget efficiency: thresholds of patterns, and figures announced earlier.
"""

from __future__ import annotations

import datetime as dt
import math
import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass, field, fields
from pathlib import Path
from typing import Any

from pkanalysis import vocabulary
from pkanalysis.errors import PkError

MEASURES = (
    "pagu_sebelum",
    "pagu_sesudah",
    "pengurangan",
    "pengurangan_pilihan",
    "pengurangan_tkd",
    "pengurangan_sasaran",
    "pengurangan_bertarif",
    "penambahan",
    "penambahan_prioritas",
    "perjalanan_sebelum",
    "perjalanan_sesudah",
    "perjalanan_berkurang",
)
"""What a figure that was announced can be held against."""

SIZES = ("aturan", "nyata", "luar_pegawai")
"""Sizes of a budget cut: by rule from the original budget, as carried out, as carried out outside belanja pegawai."""

WAYS = (
    "selisih terhadap rata-rata tahun sebelumnya",
    "selisih terhadap tahun terakhir",
    "memperhitungkan hasil tahun terakhir",
    "memperhitungkan rata-rata tahun sebelumnya",
    "dalam jenis OPD yang sama",
    "tanpa OPD yang paling memengaruhi hasil",
    "tanpa tahun COVID-19",
    "tanpa OPD yang anggarannya bertambah",
)
"""Ways of calculating the relation of cut and achievement, the main one first."""

Check = Callable[[Any], str]
"""In the metadata of a field (``check``): gives what its value must be, or nothing where it is that."""

_KINDS: dict[str, tuple[tuple[type, ...], str]] = {
    "str": ((str,), "teks di dalam tanda kutip"),
    "int": ((int,), "bilangan bulat"),
    "float": ((int, float), "angka"),
    "bool": ((bool,), "true atau false"),
    "dt.date": ((dt.date,), "tanggal tanpa tanda kutip, misalnya 2025-07-28"),
    "dict[str, float]": ((dict,), "daftar nama = angka"),
    "list[str]": ((list,), "daftar teks di dalam kurung siku"),
}
"""Annotation -> TOML types (exactly: ``true`` is no number, a moment no date) and their Indonesian name."""


def section(kind: type, values: Any, name: str, path: Path) -> Any:
    """Make the dataclass ``kind`` from the TOML table ``values``.

    Parameters
    ----------
    kind : type
        Dataclass with annotations as in :data:`_KINDS`, ``| None`` where a value may be left out.
    values : dict
    name : str
    path : Path
        Section and file, for the sentence.

    Raises
    ------
    PkError
        No table, an unknown or missing key, or a value of another type or beyond its bounds.
    """
    if not isinstance(values, dict):
        raise PkError(f"{path}: {name} harus berupa bagian tersendiri dengan kepala [{name}], tertulis {values!r}.")
    known = {item.name: item for item in fields(kind)}
    if extra := sorted(set(values) - set(known)):
        raise PkError(f"{path}: [{name}] {extra[0]!r} tidak dikenal; yang dikenal: {', '.join(known)}.")
    if missing := [item.name for item in known.values() if _is_required(item) and item.name not in values]:
        raise PkError(f"{path}: [{name}] kurang lengkap; isi {', '.join(missing)}.")
    for key, value in values.items():
        if rule := _rule(known[key], value):
            raise PkError(f"{path}: [{name}] {key} harus {rule}; tertulis {_toml(value)}.")
    return kind(**values)


def words(values: Any, name: str, path: Path) -> dict[str, str]:
    """Check that the TOML table ``values`` maps text to text.

    Examples
    --------
    >>> words({"Anggaran Geser": 7}, "kolom", Path("pkanalysis.toml"))
    Traceback (most recent call last):
        ...
    pkanalysis.errors.PkError: pkanalysis.toml: [kolom] "Anggaran Geser" harus teks di dalam tanda kutip; tertulis 7.
    """
    if not isinstance(values, dict):
        raise PkError(f"{path}: {name} harus berupa bagian tersendiri dengan kepala [{name}], tertulis {values!r}.")
    for key, value in values.items():
        if not isinstance(value, str) or not value.strip():
            raise PkError(f'{path}: [{name}] "{key}" harus teks di dalam tanda kutip; tertulis {_toml(value)}.')
    return values


def _is_required(item: Field[Any]) -> bool:
    return item.default is MISSING and item.default_factory is MISSING


def _rule(item: Field[Any], value: Any) -> str:
    types, rule = _KINDS[str(item.type).removesuffix(" | None")]
    check: Check | None = item.metadata.get("check")
    if type(value) not in types:
        return rule
    return check(value) if check else ""


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} = {_toml(item)}" for name, item in value.items())
    return f'"{value}"' if isinstance(value, str) else str(value)


def kind(value: str) -> str:
    """Check of ``[ruang_kerja] jenis``."""
    return "" if value in ("contoh", "nyata") else '"contoh" atau "nyata"'


def scale(value: str) -> str:
    """Check of the name of a predicate scale."""
    from pkanalysis.reference import scales  # here, because pandas comes with it

    return "" if value in scales() else f"salah satu dari {', '.join(scales())}"


def cap(value: float) -> str:
    """Check of a display cap in per cent."""
    return "" if 0 < value < math.inf else "lebih dari 0 (persen, misalnya 120)"


def rupiah(value: int) -> str:
    """Check of an amount in rupiah."""
    return "" if value >= 0 else "0 atau lebih (rupiah)"


def share(value: float) -> str:
    """Check of a share in per cent, or of a distance in percentage points."""
    return "" if 0 <= value <= 100 else "angka dari 0 sampai 100"


def at_least_one(value: int) -> str:
    """Check of a number of things."""
    return "" if value >= 1 else "1 atau lebih"


def code_list(values: list[Any]) -> str:
    """Check of a list of account or sub kegiatan codes.

    Examples
    --------
    >>> code_list(["1.02.02.2.02.0001"]), code_list(["imunisasi"])
    ('', 'berisi kode berangka bertitik, misalnya "1.02.02.2.02"')
    """
    is_right = all(isinstance(item, str) and item and item.replace(".", "").isdigit() for item in values)
    return "" if is_right else 'berisi kode berangka bertitik, misalnya "1.02.02.2.02"'


def cause_list(values: list[Any]) -> str:
    """Check of a list of causes of a change; ``""`` stands for a cause that nobody gave."""
    causes = vocabulary.values("sebab")
    return "" if all(item in (*causes, "") for item in values) else f"berisi sebab yang dikenal: {', '.join(causes)}"


def size_of_cut(value: str) -> str:
    """Check of the primary size of cut."""
    return "" if value in SIZES else f"salah satu dari {', '.join(SIZES)}"


def margin(value: float) -> str:
    """Check of the change that is too small to matter, in points."""
    return "" if 0 < value <= 100 else "lebih dari 0 dan paling besar 100 (poin per 10 poin pengurangan)"


def ways(value: list[Any]) -> str:
    """Check of the ways of calculating: known, each once, the main one among them."""
    is_known = all(item in WAYS for item in value) and len(set(map(str, value))) == len(value)
    if is_known and WAYS[0] in value:
        return ""
    return f'memuat "{WAYS[0]}" dan paling banyak sekali masing-masing dari: {"; ".join(WAYS[1:])}'


def measure(value: str) -> str:
    """Check of what an announced figure measures."""
    return "" if value in MEASURES else f"salah satu dari {', '.join(MEASURES)}"


def rates(values: dict[str, Any]) -> str:
    """Check of rates by name; a per cent gets the share that is probably meant.

    Examples
    --------
    >>> rates({"makan_minum": 25})
    'berisi angka dari 0 sampai 1 (mungkin makan_minum = 0.25)'
    """
    for name, rate in values.items():
        is_number = type(rate) in (int, float)
        if not is_number or not 0 <= rate <= 1:
            meant = f" (mungkin {name} = {rate / 100:g})" if is_number and 1 < rate <= 100 else ""
            return f"berisi angka dari 0 sampai 1{meant}"
    return ""


@dataclass(frozen=True)
class Patterns:
    """``[pola]``: from where on a pattern is listed for clarification; rupiah, per cent, percentage points.

    ``pos_pengganti`` are accounts that may take the place of travel (empty = those of the program), ``spm`` codes
    of sub kegiatan of minimum service standards, ``sebab_modal`` causes under which a cut of capital is listed.
    """

    naik_lagi_rp: int = field(default=1, metadata={"check": rupiah})
    naik_lagi_pct: float = field(default=0.0, metadata={"check": share})
    naik_lagi_dipotong_pct: float = field(default=15.0, metadata={"check": share})
    pengganti_rp: int = field(default=1, metadata={"check": rupiah})
    pengganti_pct: float = field(default=10.0, metadata={"check": share})
    pos_pengganti: list[str] = field(default_factory=list, metadata={"check": code_list})
    modal_rp: int = field(default=1, metadata={"check": rupiah})
    sebab_modal: list[str] = field(default_factory=lambda: ["inpres_1_2025"], metadata={"check": cause_list})
    spm: list[str] = field(default_factory=list, metadata={"check": code_list})
    spm_rp: int = field(default=1, metadata={"check": rupiah})
    rata_poin: float = field(default=2.0, metadata={"check": share})
    rata_pct: float = field(default=80.0, metadata={"check": share})
    tumpuan_opd: int = field(default=3, metadata={"check": at_least_one})
    tumpuan_pct: float = field(default=50.0, metadata={"check": share})
    pindah_kode_rp: int = field(default=1, metadata={"check": rupiah})


@dataclass(frozen=True)
class Announcement:
    """One figure announced earlier (``[[pengumuman]]``); ``tahun`` is the budget year, else that of the day."""

    uraian: str
    tanggal: dt.date
    nilai_rp: int = field(metadata={"check": rupiah})
    ukuran: str = field(metadata={"check": measure})
    sumber: str = ""
    tahun: int | None = None

    @property
    def budget_year(self) -> int:
        """The budget year that the figure is about."""
        return self.tahun or self.tanggal.year


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

    jenis: str = field(metadata={"check": kind})
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

    batas_atas: float | None = field(default=None, metadata={"check": cap})
    skala: str = field(default="permendagri_86_2017", metadata={"check": scale})
    bulatkan_dulu: bool = False


@dataclass(frozen=True)
class Saving:
    """``[efisiensi]``: cut rates per category (0-1) and the rounding tolerance in rupiah."""

    tarif: dict[str, float] = field(default_factory=lambda: {"perjalanan_dinas": 0.5}, metadata={"check": rates})
    toleransi_rp: int = field(default=1000, metadata={"check": rupiah})

    @property
    def travel_rate(self) -> float:
        """Share of business travel to be cut, 0-1; Inpres 1/2025 binds it at one half."""
        return self.tarif.get("perjalanan_dinas", 0.5)


@dataclass(frozen=True)
class Relation:
    """``[kaitan]``: what is fixed before anybody sees a result on budget cut and achievement.

    ``ukuran`` is the primary size of cut, ``margin`` the change in points per 10 points of cut that is too small to
    matter, ``cara`` the ways of calculating that are run and shown (:data:`pkanalysis.config.WAYS`).
    """

    ukuran: str = field(default="aturan", metadata={"check": size_of_cut})
    margin: float = field(default=2.0, metadata={"check": margin})
    cara: list[str] = field(default_factory=lambda: list(WAYS), metadata={"check": ways})


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
    head = section(Head, data.get("ruang_kerja", {}), "ruang_kerja", path)
    return Config(
        jenis=head.jenis,
        daerah=head.daerah,
        tahap=_stages(data.get("tahap", []), path),
        capaian=section(Achievement, data.get("capaian", {}), "capaian", path),
        efisiensi=section(Saving, data.get("efisiensi", {}), "efisiensi", path),
        kaitan=section(Relation, data.get("kaitan", {}), "kaitan", path),
        pola=section(Patterns, data.get("pola", {}), "pola", path),
        pengumuman=_listed(Announcement, data.get("pengumuman", []), "pengumuman", path),
        bidang_prioritas=_sectors(data.get("bidang_prioritas", {}), path),
        laporan=section(Report, data.get("laporan", {}), "laporan", path),
        kalender=data.get("kalender", {}),
        kolom=words(data.get("kolom", {}), "kolom", path),
        alias_opd=words(data.get("alias_opd", {}), "alias_opd", path),
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
    return tuple(section(kind, entry, name, path) for entry in entries)


def _sectors(values: Any, path: Path) -> dict[str, str]:
    sectors = vocabulary.values("sektor_prioritas")
    found = words(values, "bidang_prioritas", path)
    for code, name in found.items():
        if name not in sectors:
            rule = f"salah satu dari {', '.join(sectors)}"
            raise PkError(f'{path}: [bidang_prioritas] "{code}" harus {rule}; tertulis "{name}".')
    return found
