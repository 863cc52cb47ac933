"""What a batch made, from what, with which versions: ``manifest.json`` beside the reports."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import requires, version
from pathlib import Path
from typing import Any

from pkanalysis.report.rendering import Job, Outcome
from pkanalysis.store.parquet import of_file, of_program

FILE = "manifest.json"


@dataclass(frozen=True)
class Entry:
    """One report: what it is about, its page, the fingerprint of its inputs, its files, and how it went.

    ``bentuk`` are the formats asked for; ``sha256`` holds the digest of every file there is, by format (those of
    the annex are ``lampiran.html`` and so on).
    """

    kode_opd: str
    nama: str
    berkas: str
    sidik: str
    bentuk: Sequence[str] = ()
    sha256: Mapping[str, str] = field(default_factory=dict)
    detik: float = 0.0
    bagian_gagal: str = ""
    sebab_gagal: str = ""

    @property
    def key(self) -> str:
        """What stays when the page is named anew: the code of the OPD, or the file where it is about none."""
        return self.kode_opd or self.berkas

    @property
    def is_failed(self) -> bool:
        """Whether the page explains a failure."""
        return bool(self.sebab_gagal)

    def is_current(self, job: Job, fingerprint: str) -> bool:
        """Whether every file of the job stands as it was written, without failure, from the same inputs."""
        if self.is_failed or self.sidik != fingerprint:
            return False
        return all(self.sha256.get(form) == _digest(job.file(form)) for form in job.outputs)

    def ended(self, job: Job, outcome: Outcome) -> Entry:
        """The entry with what became of its files."""
        failure = outcome.failure
        made = ("html",) if failure else job.outputs
        return replace(
            self,
            bentuk=job.formats,
            sha256={form: found for form in made if (found := _digest(job.file(form)))},
            detik=round(outcome.seconds, 2),
            bagian_gagal=failure.heading if failure else "",
            sebab_gagal=failure.cause if failure else "",
        )


@dataclass(frozen=True)
class Manifest:
    """A batch as in ``manifest.json``: kind of workspace (``contoh`` or ``nyata``), parameters, versions, its pages."""

    dibuat: str
    jenis: str
    parameter: Mapping[str, Any]
    versi: Mapping[str, str]
    data: str
    laporan: tuple[Entry, ...]


def load(folder: Path) -> Manifest | None:
    """The manifest of ``folder``; ``None`` where there is none or it is of another version of this page."""
    try:
        data = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return Manifest(**data | {"laporan": tuple(Entry(**entry) for entry in data["laporan"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def fingerprint(notebook: Path, parameters: Mapping[str, Any], data: str, settings: Iterable[Path]) -> str:
    """Everything a report depends on, as 16 hex digits: notebook, parameters, data, settings, code, libraries.

    ``settings`` are the configuration and, where there is one, the letterhead.
    """
    files = [of_file(path) for path in (notebook, *settings)]
    parts = (files, sorted(parameters.items()), data, of_program(), sorted(versions().items()))
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _digest(path: Path) -> str:
    """SHA-256 of a file; empty where there is none that can be read."""
    try:
        return of_file(path)
    except OSError:
        return ""


def combined(digests: Iterable[str]) -> str:
    """One digest (16 hex digits) of several."""
    return hashlib.sha256("".join(sorted(digests)).encode()).hexdigest()[:16]


@cache
def versions() -> dict[str, str]:
    """Versions of Python, of this package and of the libraries it declares."""
    needed = [re.split(r"[^\w.-]", line)[0] for line in requires("pkanalysis") or [] if "extra ==" not in line]
    return {"python": sys.version.split()[0]} | {name: version(name) for name in ("pkanalysis", *sorted(needed))}
