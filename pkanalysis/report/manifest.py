"""What a batch made, from what, with which versions: ``manifest.json`` beside the reports."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.metadata import requires, version
from pathlib import Path
from typing import Any

import pkanalysis
from pkanalysis.report.rendering import Outcome, write

FILE = "manifest.json"


@dataclass(frozen=True)
class Entry:
    """One page: what it is about, its file, the fingerprint of its inputs, and how it went."""

    kode_opd: str
    nama: str
    berkas: str
    sidik: str
    sha256: str = ""
    detik: float = 0.0
    bagian_gagal: str = ""
    sebab_gagal: str = ""

    @property
    def is_failed(self) -> bool:
        """Whether the page explains a failure."""
        return bool(self.sebab_gagal)

    def is_current(self, folder: Path, fingerprint: str) -> bool:
        """Whether the page stands as it was written, without failure, from the same inputs."""
        path = folder / self.berkas
        return self.sidik == fingerprint and not self.is_failed and path.is_file() and digest(path) == self.sha256

    def ended(self, folder: Path, outcome: Outcome) -> Entry:
        """The entry with what became of its page."""
        failure = outcome.failure
        return replace(
            self,
            sha256=digest(folder / self.berkas),
            detik=round(outcome.seconds, 2),
            bagian_gagal=failure.heading if failure else "",
            sebab_gagal=failure.cause if failure else "",
        )


@dataclass(frozen=True)
class Manifest:
    """A batch: kind of workspace (``contoh`` or ``nyata``), parameters, versions and its pages."""

    dibuat: str
    jenis: str
    parameter: Mapping[str, Any]
    versi: Mapping[str, str]
    data: str
    laporan: tuple[Entry, ...]

    def save(self, folder: Path) -> None:
        """Write ``manifest.json`` into ``folder``."""
        write(folder / FILE, json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n")


def load(folder: Path) -> Manifest | None:
    """The manifest of ``folder``; ``None`` where there is none or it is of another version of this page."""
    try:
        data = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return Manifest(**data | {"laporan": tuple(Entry(**entry) for entry in data["laporan"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def fingerprint(notebook: Path, parameters: Mapping[str, Any], data: str, config: Path) -> str:
    """Everything a page depends on, as 16 hex digits: notebook, parameters, data, configuration, code, libraries."""
    parts = (digest(notebook), sorted(parameters.items()), data, digest(config), code(), sorted(versions().items()))
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def combined(digests: Iterable[str]) -> str:
    """One digest (16 hex digits) of several."""
    return hashlib.sha256("".join(sorted(digests)).encode()).hexdigest()[:16]


@cache
def code() -> str:
    """One digest of the package's own files."""
    folder = Path(pkanalysis.__file__).parent
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    total = hashlib.sha256()
    for path in files:
        total.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return total.hexdigest()


@cache
def versions() -> dict[str, str]:
    """Versions of Python, of this package and of the libraries it declares."""
    needed = [re.split(r"[^\w.-]", line)[0] for line in requires("pkanalysis") or [] if "extra ==" not in line]
    return {"python": sys.version.split()[0]} | {name: version(name) for name in ("pkanalysis", *sorted(needed))}
