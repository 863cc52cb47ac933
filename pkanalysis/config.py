"""The configuration of a workspace, ``pkanalysis.toml``: what a region may decide.

Stages, cut rates, cap, scale, calendar and report words; facts that bind every region
are in :mod:`pkanalysis.reference`.
"""

from __future__ import annotations

import datetime as dt
import math
import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import field, fields
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, ConfigDict, ValidationError
from pydantic.dataclasses import dataclass

from pkanalysis import vocabulary
from pkanalysis.errors import PkError

MEASURES = vocabulary.values("ukuran")
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

_STRICT = ConfigDict(strict=True, extra="forbid")
_KINDS = {
    "string_type": "teks di dalam tanda kutip",
    "int_type": "bilangan bulat",
    "float_type": "angka",
    "bool_type": "true atau false",
    "date_type": "tanggal tanpa tanda kutip, misalnya 2025-07-28",
    "dict_type": "daftar nama = angka",
    "list_type": "daftar teks di dalam kurung siku",
}
"""Kind of a refusal -> what a value must be; exactly: ``true`` is no number, a moment no date."""


def _is(test: Callable[[Any], Any], rule: str) -> AfterValidator:
    """A rule of a value, and what it must be where it is broken."""

    def check(value: Any) -> Any:
        if not test(value):
            raise ValueError(rule)
        return value

    return AfterValidator(check)


def _scale(name: str) -> str:
    from pkanalysis.reference import scales  # here, because pandas comes with it

    if name not in scales():
        raise ValueError(f"salah satu dari {', '.join(scales())}")
    return name


def _rates(values: Any) -> Any:
    """Rates by name; a per cent gets the share that is probably meant."""
    for name, rate in values.items() if isinstance(values, dict) else ():
        is_number = type(rate) in (int, float)
        if not is_number or not 0 <= rate <= 1:
            meant = f" (mungkin {name} = {rate / 100:g})" if is_number and 1 < rate <= 100 else ""
            raise ValueError(f"berisi angka dari 0 sampai 1{meant}")
    return values


Rates = Annotated[dict[str, float], BeforeValidator(_rates)]
Rupiah = Annotated[int, _is(lambda value: value >= 0, "0 atau lebih (rupiah)")]
Share = Annotated[float, _is(lambda value: 0 <= value <= 100, "angka dari 0 sampai 100")]
"""A share in per cent, or a distance in percentage points."""
Number = Annotated[int, _is(lambda value: value >= 1, "1 atau lebih")]
Cap = Annotated[float, _is(lambda value: 0 < value < math.inf, "lebih dari 0 (persen, misalnya 120)")]
Scale = Annotated[str, AfterValidator(_scale)]
Measure = Annotated[str, _is(MEASURES.__contains__, f"salah satu dari {', '.join(MEASURES)}")]
Size = Annotated[str, _is(SIZES.__contains__, f"salah satu dari {', '.join(SIZES)}")]
Kind = Annotated[str, _is(("contoh", "nyata").__contains__, '"contoh" atau "nyata"')]
Codes = Annotated[
    list[Any],
    _is(
        lambda codes: all(isinstance(code, str) and code and code.replace(".", "").isdigit() for code in codes),
        'berisi kode berangka bertitik, misalnya "1.02.02.2.02"',
    ),
]
Causes = Annotated[
    list[Any],
    _is(
        lambda causes: all(cause in (*vocabulary.values("sebab"), "") for cause in causes),
        f"berisi sebab yang dikenal: {', '.join(vocabulary.values('sebab'))}",
    ),
]
"""Causes of a change; ``""`` stands for a cause that nobody gave."""
Margin = Annotated[
    float, _is(lambda value: 0 < value <= 100, "lebih dari 0 dan paling besar 100 (poin per 10 poin pengurangan)")
]
Ways = Annotated[
    list[Any],
    _is(
        lambda names: WAYS[0] in names and set(WAYS).issuperset(map(str, names)) and max(map(names.count, names)) == 1,
        f'memuat "{WAYS[0]}" dan paling banyak sekali masing-masing dari: {"; ".join(WAYS[1:])}',
    ),
]


def section(kind: type, values: Any, name: str, path: Path) -> Any:
    """Make the dataclass ``kind`` from the TOML table ``values`` of the section ``name`` in the file ``path``.

    Raises
    ------
    PkError
        No table, an unknown or missing key, or a value of another type or beyond its bounds.
    """
    if not isinstance(values, dict):
        raise PkError(f"{path}: {name} harus berupa bagian tersendiri dengan kepala [{name}], tertulis {values!r}.")
    try:
        return kind(**values)
    except ValidationError as error:
        wrong = {str(item["loc"][0]): item for item in reversed(error.errors(include_url=False))}
    known = [item.name for item in fields(kind)]
    if extra := sorted(set(values) - set(known)):
        raise PkError(f"{path}: [{name}] {extra[0]!r} tidak dikenal; yang dikenal: {', '.join(known)}.")
    if missing := [key for key in known if key in wrong and key not in values]:
        raise PkError(f"{path}: [{name}] kurang lengkap; isi {', '.join(missing)}.")
    key = next(key for key in values if key in wrong)
    rule = wrong[key]["ctx"]["error"] if wrong[key]["type"] == "value_error" else _KINDS[wrong[key]["type"]]
    raise PkError(f"{path}: [{name}] {key} harus {rule}; tertulis {_toml(values[key])}.")


def words(values: Any, name: str, path: Path, allowed: tuple[str, ...] = ()) -> dict[str, str]:
    """Check that the TOML table ``values`` maps text to text, to one of the ``allowed`` ones if there are such.

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
    if strange := [key for key, value in values.items() if allowed and value not in allowed]:
        rule, written = f"salah satu dari {', '.join(allowed)}", values[strange[0]]
        raise PkError(f'{path}: [{name}] "{strange[0]}" harus {rule}; tertulis "{written}".')
    return values


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} = {_toml(item)}" for name, item in value.items())
    return f'"{value}"' if isinstance(value, str) else str(value)


@dataclass(frozen=True, config=_STRICT)
class Patterns:
    """``[pola]``: from where on a pattern is listed for clarification; rupiah, per cent, percentage points.

    ``pos_pengganti`` are accounts that may take the place of travel (empty = those of the program), ``spm`` codes
    of sub kegiatan of minimum service standards, ``sebab_modal`` causes under which a cut of capital is listed.
    """

    naik_lagi_rp: Rupiah = 1
    naik_lagi_pct: Share = 0.0
    naik_lagi_dipotong_pct: Share = 15.0
    pengganti_rp: Rupiah = 1
    pengganti_pct: Share = 10.0
    pos_pengganti: Codes = field(default_factory=list)
    modal_rp: Rupiah = 1
    sebab_modal: Causes = field(default_factory=lambda: ["inpres_1_2025"])
    spm: Codes = field(default_factory=list)
    spm_rp: Rupiah = 1
    rata_poin: Share = 2.0
    rata_pct: Share = 80.0
    tumpuan_opd: Number = 3
    tumpuan_pct: Share = 50.0
    pindah_kode_rp: Rupiah = 1


@dataclass(frozen=True, config=_STRICT)
class Announcement:
    """One figure announced earlier (``[[pengumuman]]``); ``tahun`` is the budget year, else that of the day."""

    uraian: str
    tanggal: dt.date
    nilai_rp: Rupiah
    ukuran: Measure
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


@dataclass(frozen=True, config=_STRICT)
class Head:
    """``[ruang_kerja]``: kind of workspace and name of the region."""

    jenis: Kind
    daerah: str = ""


@dataclass(frozen=True, config=_STRICT)
class Stage:
    """One budget stage of one year; ``order`` follows the file (``[[tahap]]``)."""

    tahun: int
    kode: str
    nama: str
    berlaku_mulai: dt.date | None = None
    dasar_hukum: str = ""
    tanggal_pemberitahuan_dprd: dt.date | None = None


@dataclass(frozen=True, config=_STRICT)
class Achievement:
    """``[capaian]``: display cap in per cent (``None`` = off), predicate scale and its rounding rule."""

    batas_atas: Cap | None = None
    skala: Scale = "permendagri_86_2017"
    bulatkan_dulu: bool = False


@dataclass(frozen=True, config=_STRICT)
class Saving:
    """``[efisiensi]``: cut rates per category (0-1) and the rounding tolerance in rupiah."""

    tarif: Rates = field(default_factory=lambda: {"perjalanan_dinas": 0.5})
    toleransi_rp: Rupiah = 1000

    @property
    def travel_rate(self) -> float:
        """Share of business travel to be cut, 0-1; Inpres 1/2025 binds it at one half."""
        return self.tarif.get("perjalanan_dinas", 0.5)


@dataclass(frozen=True, config=_STRICT)
class Relation:
    """``[kaitan]``: what is fixed before anybody sees a result on budget cut and achievement.

    ``ukuran`` is the primary size of cut, ``margin`` the change in points per 10 points of cut that is too small to
    matter, ``cara`` the ways of calculating that are run and shown (:data:`pkanalysis.config.WAYS`).
    """

    ukuran: Size = "aturan"
    margin: Margin = 2.0
    cara: Ways = field(default_factory=lambda: list(WAYS))


@dataclass(frozen=True, config=_STRICT)
class Report:
    """``[laporan]``: words on every page; ``kop`` is a DOCX in the workspace whose letterhead the DOCX take."""

    status: str = "DRAF, belum diverifikasi Bappeda"
    edisi: str = "Edisi 1"
    kop: str = ""


@dataclass(frozen=True, config=_STRICT)
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
    known = {"ruang_kerja"} | {item.name for item in fields(Config)} - {item.name for item in fields(Head)}
    if extra := sorted(set(data) - known):
        raise PkError(f"{path}: bagian {extra[0]!r} tidak dikenal; yang dikenal: {', '.join(sorted(known))}.")
    head = section(Head, data.get("ruang_kerja", {}), "ruang_kerja", path)
    stages = _listed(Stage, data.get("tahap", []), "tahap", path)
    for name in ("kode", "nama"):
        counts = Counter((stage.tahun, getattr(stage, name).casefold()) for stage in stages)
        if double := [f'"{value}" pada {year}' for (year, value), count in counts.items() if count > 1]:
            raise PkError(f"{path}: [tahap] {name} {double[0]} ditulis lebih dari sekali; beri {name} yang berbeda.")
    sectors = vocabulary.values("sektor_prioritas")
    return Config(
        jenis=head.jenis,
        daerah=head.daerah,
        tahap=stages,
        capaian=section(Achievement, data.get("capaian", {}), "capaian", path),
        efisiensi=section(Saving, data.get("efisiensi", {}), "efisiensi", path),
        kaitan=section(Relation, data.get("kaitan", {}), "kaitan", path),
        pola=section(Patterns, data.get("pola", {}), "pola", path),
        pengumuman=_listed(Announcement, data.get("pengumuman", []), "pengumuman", path),
        bidang_prioritas=words(data.get("bidang_prioritas", {}), "bidang_prioritas", path, sectors),
        laporan=section(Report, data.get("laporan", {}), "laporan", path),
        kalender=data.get("kalender", {}),
        kolom=words(data.get("kolom", {}), "kolom", path),
        alias_opd=words(data.get("alias_opd", {}), "alias_opd", path),
    )


def _listed(kind: type, entries: Any, name: str, path: Path) -> tuple[Any, ...]:
    if not isinstance(entries, list):
        raise PkError(f"{path}: setiap {name} harus diawali [[{name}]] dengan dua kurung siku.")
    return tuple(section(kind, entry, name, path) for entry in entries)
