"""Taking files into a workspace: each file whole or not at all."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from pkanalysis import intake
from pkanalysis.config import FILE
from pkanalysis.errors import PkError
from pkanalysis.intake.findings import Finding, refused
from pkanalysis.intake.reading import Reading
from pkanalysis.store.aliases import under_official_codes
from pkanalysis.store.digests import of_file
from pkanalysis.store.locking import locked
from pkanalysis.store.shelf import Shelf
from pkanalysis.store.workspace import Workspace
from pkanalysis.tables import conform


@dataclass(frozen=True)
class Taken:
    """What became of one file: its ``reading``, or the sentence why there is none."""

    path: Path
    reading: Reading | None
    refusal: str = ""

    @property
    def is_stored(self) -> bool:
        """Whether its rows are in the tables."""
        return self.reading is not None and not self.reading.has_errors

    @property
    def findings(self) -> list[Finding]:
        """Every finding; of a file that was not understood a single error, which says why."""
        if self.reading is not None:
            return self.reading.findings
        return [refused(self.path.name, self.refusal)]


@dataclass(frozen=True)
class Imported:
    """Under which layout and stage (or period) a file is in the tables; empty where it is not."""

    layout: str = ""
    stage: str = ""


def imported(workspace: Workspace, path: Path) -> Imported:
    """What ``berkas`` remembers of the file ``path``, known by its content; a file of several stages names them."""
    files = workspace["berkas"]
    found = files[files["sha256"] == of_file(path)] if path.is_file() else files.head(0)
    if found.empty:
        return Imported()
    stage = found["tahap"].fillna("").iloc[0]
    return Imported(found["tata_letak"].iloc[0], "" if "," in stage else stage)


def create(folder: Path, config_text: str) -> Workspace:
    """Make an empty workspace with the given ``pkanalysis.toml``; an existing one is left as it is."""
    folder = Path(folder)
    if not (folder / FILE).exists():
        for name in ("sumber", "tabel", "laporan"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_text(config_text, encoding="utf-8")
    return Workspace(folder)


def take(workspace: Workspace, path: Path, stage: str = "", layout: str = "") -> Reading:
    """Read, check and store one file; see :func:`take_all`.

    Raises
    ------
    PkError
        The file is not understood, or it belongs to the other kind of workspace (sample or real).
    """
    (taken,) = take_all(workspace, [path], stage, layout)
    if taken.reading is None:
        raise PkError(taken.refusal)
    return taken.reading


def take_all(workspace: Workspace, paths: Iterable[Path], stage: str = "", layout: str = "") -> list[Taken]:
    """Read, check and store files in the given order; the tables are written once, at the end.

    A file with an error finding, or one that is not understood, is kept out as a whole and does
    not stop the others. The same file again changes nothing; a corrected file replaces the slice
    (layout, year, stage, set of SKPD) that the first one filled. Budgets, spending and cash plans
    of the same SKPD, year, and stage or months are replaced whatever their layout, and a warning says so.

    Parameters
    ----------
    workspace : Workspace
    paths : iterable of Path
    stage, layout : str
        Budget stage and layout that the user named; empty to recognise them.
    """
    read = [_read(workspace, Path(path), stage, layout) for path in paths]
    with locked(workspace.path):
        shelf = Shelf(workspace)
        taken = [_put(shelf, item) for item in read]
        shelf.flush()
        for item in taken:
            if item.is_stored:
                _keep(workspace.path / "sumber", item.path)
    return taken


def _read(workspace: Workspace, path: Path, stage: str, layout: str) -> Taken:
    try:
        reading = intake.read(path, workspace.config, stage, layout)
        _require_same_kind(workspace, path, reading)
    except PkError as error:
        return Taken(path, None, str(error))
    return Taken(path, reading)


def _put(shelf: Shelf, item: Taken) -> Taken:
    """Put what was read without error on the shelf; what it replaces joins its findings."""
    if item.reading is None or item.reading.has_errors:
        return item
    reading = under_official_codes(item.reading, shelf.workspace.config.alias_opd, shelf["opd"], item.path.name)
    replaced = shelf.put(reading, file_row(reading, item.path))
    return replace(item, reading=replace(reading, findings=[*reading.findings, *replaced]))


def _require_same_kind(workspace: Workspace, path: Path, reading: Reading) -> None:
    codes = reading.tables["opd"]["kode_opd"] if "opd" in reading.tables else pd.Series(dtype="str")
    is_sample = "CONTOH" in path.stem or bool(codes.str.match(r"X\d").any())
    if not reading.has_errors and is_sample != workspace.is_sample:
        kinds = {True: "data contoh", False: "data nyata"}
        raise PkError(
            f"{path.name} berisi {kinds[is_sample]}, sedangkan ruang kerja {workspace.path.name} untuk "
            f"{kinds[workspace.is_sample]}; impor ke ruang kerja yang sejenis."
        )


def file_row(reading: Reading, path: Path) -> pd.DataFrame:
    """The row of ``berkas`` for the file ``path`` and what was read from it."""
    sha256 = of_file(path)
    years = [piece.year for piece in reading.slices if piece.year is not None]
    row = {
        "id_berkas": sha256[:12],
        "nama_berkas": path.name,
        "sha256": sha256,
        "tata_letak": reading.layout,
        "tahun": years[0] if years else None,
        "tahap": ", ".join(dict.fromkeys(piece.stage for piece in reading.slices if piece.stage)),
        "jumlah_baris": sum(len(frame) for frame in reading.tables.values()),
        "jumlah_opd": len({code for piece in reading.slices for code in piece.opd}),
        "diimpor": dt.datetime.now().replace(microsecond=0),
    }
    return conform("berkas", pd.DataFrame([row]))


def _keep(folder: Path, path: Path) -> None:
    """Copy the file as received into ``sumber/``; another file of that name gets its own."""
    folder.mkdir(exist_ok=True)
    target = folder / path.name
    if target.exists() and of_file(target) != of_file(path):
        target = folder / f"{path.stem}_{of_file(path)[:12]}{path.suffix}"
    if not target.exists():
        shutil.copyfile(path, target)
