"""Writing the damaged sample: its configuration and its files, in the order in which they are to be imported."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from damaged import (
    accounts,
    before_after,
    cash,
    changes,
    containers,
    contracts,
    controls,
    crossing,
    evaluations,
    forms,
    imports,
    indicators,
    listing,
    recaps,
    spending,
)
from damaged.planting import Defect, Paper
from pkanalysis import config as configuration
from pkanalysis.errors import PkError
from pkanalysis.sample import files
from pkanalysis.sample.catalogue import offices

PAPERS: tuple[Paper, ...] = (
    *recaps.FILES, *containers.FILES, *controls.FILES, *changes.FILES, *before_after.FILES, *imports.FILES,
    *contracts.FILES, *spending.FILES, *accounts.FILES, *cash.FILES, *indicators.FILES, *evaluations.FILES,
    *forms.FILES, *crossing.FILES,
)  # fmt: skip
"""Every file; those that contradict others come after them."""


@dataclass(frozen=True)
class Sent:
    """The files written, in the order of import, and what was planted in them."""

    paths: list[Path]
    planted: list[Defect]


def home() -> Path:
    """Where it lives unless told otherwise: beside the sample."""
    sample = configuration.sample_folder()
    return sample.with_name(f"{sample.name}-cacat")


def write(folder: Path) -> Sent:
    """Write ``pkanalysis.toml`` and the damaged files, in ``kiriman/``; an earlier damaged sample gives way.

    Raises
    ------
    PkError
        The folder is a workspace of real data, the undamaged sample, or holds something else.
    """
    _clear(folder)
    received = files.write_settings(folder)
    _confirm_names(folder / configuration.FILE)
    (folder / listing.FILE).touch()
    return Sent(
        [received / paper.file for paper in PAPERS], [defect for paper in PAPERS for defect in paper.send(received)]
    )


def _confirm_names(path: Path) -> None:
    """Say in ``[alias_opd]`` which office each official name is, for lists that give no code."""
    names = offices()[["nama_opd", "kode_opd"]].itertuples(index=False)
    lines = ["", "[alias_opd]", *(f'"{name}" = "{code}"' for name, code in names), ""]
    path.write_text(path.read_text(encoding="utf-8") + "\n".join(lines), encoding="utf-8", newline="\n")


def _clear(folder: Path) -> None:
    """Take out what an earlier run imported, which would change what the files are held against."""
    if (folder / configuration.FILE).is_file() and not (folder / listing.FILE).is_file():
        raise PkError(f"{folder} berisi ruang kerja lain; sebut folder lain: `make cacat DIR=FOLDER`.")
    files.require_free(folder)
    for name in (files.RECEIVED, "sumber", "tabel", "laporan"):
        shutil.rmtree(folder / name, ignore_errors=True)
