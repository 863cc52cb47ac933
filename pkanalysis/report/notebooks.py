"""The notebooks: where they are, and their parameters with names, types, allowed values and defaults.

A run is checked against this page before anything starts, so a slip costs a second and not a batch.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pkanalysis
from pkanalysis.errors import PkError
from pkanalysis.vocabulary import PERIODS


@dataclass(frozen=True)
class Parameter:
    """One parameter; ``allowed`` is empty where every value of the type will do.

    ``entries`` is the type of the values of a ``dict``.
    """

    name: str
    kind: type
    default: Any
    meaning: str
    allowed: Collection[Any] = ()
    entries: type = str


WORKSPACE = Parameter("ruang_kerja", str, "", "folder ruang kerja; kosong = dicari seperti pk.open()")

YEAR = Parameter("tahun", int, 2025, "tahun laporan", range(2000, 2101))
PERIOD = Parameter("periode", str, "TW3", "periode laporan", PERIODS)

STAGES = (
    Parameter("tahap_sebelum", str, "", "kode tahap yang menjadi dasar; kosong = tahap pertama"),
    Parameter("tahap_sesudah", str, "", "kode tahap pembanding; kosong = tahap terakhir sebelum perubahan"),
)

KINDS = {int: "bilangan bulat", float: "angka", bool: "ya atau tidak", dict: "bagian bertitik (nama.bagian=nilai)"}
"""What a value must be, for those who give another; text otherwise."""

PARAMETERS: dict[str, tuple[Parameter, ...]] = {
    "laporan_opd": (
        WORKSPACE,
        Parameter("opd", str, "", "kode, singkatan atau nama OPD; kosong = OPD pertama"),
        YEAR,
        PERIOD,
        *STAGES,
    ),
    "ringkasan_kota": (WORKSPACE, YEAR, PERIOD),
    "efisiensi_anggaran": (
        WORKSPACE,
        YEAR,
        PERIOD,
        *STAGES,
        Parameter("tarif", dict, {}, "tarif pengandaian per kelompok pos, 0 sampai 1", entries=float),
    ),
    "tren_iku": (
        WORKSPACE,
        YEAR,
        PERIOD,
        Parameter("rata_rata", str, "aritmetik", "cara merata-ratakan capaian", ("aritmetik", "geometrik")),
    ),
    "kaitan_anggaran_kinerja": (WORKSPACE, YEAR, PERIOD),
    "seri_terbit": (WORKSPACE,),
    "kualitas_data": (WORKSPACE, Parameter("periksa", str, "", "berkas atau folder yang diperiksa tanpa disimpan")),
}


def check(notebook: str, given: Mapping[str, Any], declared: tuple[Parameter, ...] | None = None) -> dict[str, Any]:
    """Every parameter of ``notebook`` with its value: the ``given`` ones converted, the others by default.

    Parameters
    ----------
    notebook : str
        Name without ``.ipynb``, a key of :data:`PARAMETERS`.
    given : mapping
        Values by name; text is converted to the declared type.
    declared : tuple of Parameter, optional
        What a notebook takes that is not a key of :data:`PARAMETERS`.

    Raises
    ------
    PkError
        An unknown name, or a value that its parameter does not allow.

    Examples
    --------
    >>> check("ringkasan_kota", {"tahun": "2025"})
    {'ruang_kerja': '', 'tahun': 2025, 'periode': 'TW3'}
    """
    declared = PARAMETERS[notebook] if declared is None else declared
    names = [parameter.name for parameter in declared]
    for name in given:
        if name not in names:
            known = ", ".join(names) or "tidak ada"
            raise PkError(
                f"Parameter {name!r} tidak dikenal buku catatan {notebook} (yang ada: {known}).{nearest(name, names)}"
            )
    return {item.name: _typed(item, given[item.name]) if item.name in given else item.default for item in declared}


def check_file(path: Path, given: Mapping[str, Any]) -> dict[str, Any]:
    """Like :func:`check` for any notebook; one that is not ours is asked what it takes."""
    declared = PARAMETERS.get(path.stem)
    if not declared:
        import papermill

        found = papermill.inspect_notebook(str(path))
        defaults = {name: ast.literal_eval(each["default"]) for name, each in found.items()}
        declared = tuple(Parameter(name, type(value), value, found[name]["help"]) for name, value in defaults.items())
    return check(path.stem, given, declared)


def merged(texts: Iterable[str]) -> dict[str, Any]:
    """``name=value`` texts as a mapping; dotted names become nested ones.

    Examples
    --------
    >>> merged(["opd=DINKES", "grafik.lebar=8", "grafik.warna=biru"])
    {'opd': 'DINKES', 'grafik': {'lebar': '8', 'warna': 'biru'}}
    """
    result: dict[str, Any] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise PkError(f"Parameter {text!r} harus berbentuk nama=nilai.")
        *groups, last = name.strip().split(".")
        place = result
        for group in groups:
            place = place.setdefault(group, {})
            if not isinstance(place, dict):
                raise PkError(f"Parameter {group!r} diberi nilai dan juga bagian ({text}); pilih salah satu.")
        place[last] = value
    return result


def nearest(word: str, choices: Collection[str]) -> str:
    """The choice that ``word`` was probably meant to be, as a question; empty when none is near.

    Examples
    --------
    >>> nearest("periodd", ["tahun", "periode"]), nearest("xyz", ["tahun"])
    (' Maksud Anda periode?', '')
    """
    from rapidfuzz import process, utils

    best = process.extractOne(word, choices, processor=utils.default_process, score_cutoff=60)
    return f" Maksud Anda {best[0]}?" if best else ""


def _typed(parameter: Parameter, raw: Any) -> Any:
    """The value as the parameter's type, if it is allowed."""
    kind, value = parameter.kind, raw
    try:
        if kind is bool and isinstance(raw, str):
            value = {"ya": True, "true": True, "tidak": False, "false": False}[raw.casefold()]
        elif kind is dict:
            kinds = {name: type(entry) for name, entry in parameter.default.items()}
            value = dict(parameter.default)
            for name, entry in raw.items():  # each of the type that its default has, or that is declared
                own = Parameter(f"{parameter.name}.{name}", kinds.get(name, parameter.entries), None, "")
                value[name] = _typed(own, entry)
        elif (kind is not str and isinstance(raw, str)) or (kind is float and isinstance(raw, int)):
            value = kind(raw)
        is_right = type(value) is kind and (not parameter.allowed or value in parameter.allowed)
    except (KeyError, ValueError, TypeError, AttributeError):
        is_right = False
    if is_right:
        return value
    rule = f"isi {KINDS.get(kind, 'teks')}"
    if isinstance(parameter.allowed, range):
        rule = f"isi bilangan bulat {parameter.allowed[0]} sampai {parameter.allowed[-1]}"
    elif parameter.allowed:
        rule = f"pilih salah satu: {', '.join(map(str, parameter.allowed))}"
    raise PkError(f"Parameter {parameter.name} bernilai {raw!r}; {rule}.")


def folder() -> Path:
    """The folder of the shipped notebooks."""
    package = Path(pkanalysis.__file__).parent
    inside = package / "notebooks"
    return inside if inside.is_dir() else package.parent / "notebooks"


def find(name: str) -> Path:
    """The notebook called ``name``: a path, or a shipped notebook with or without ``.ipynb``.

    Raises
    ------
    PkError
        There is none; a near name is suggested.
    """
    path = Path(name)
    if path.suffix == ".ipynb" and path.is_file():
        return path.resolve()
    shipped = folder() / f"{path.stem}.ipynb"
    if path.parent == Path() and shipped.is_file():
        return shipped
    known = sorted(item.stem for item in folder().glob("*.ipynb"))
    raise PkError(f"Buku catatan {name!r} tidak ada; yang tersedia: {', '.join(known)}.{nearest(path.stem, known)}")
