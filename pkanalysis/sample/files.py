"""Where the sample lives, and writing it there as files "as received"."""

from __future__ import annotations

import datetime as dt
from importlib import resources
from pathlib import Path

from pkanalysis import config as configuration
from pkanalysis.errors import PkError
from pkanalysis.intake.layouts import form
from pkanalysis.sample.budget import STAGES
from pkanalysis.sample.known import as_known
from pkanalysis.sample.organisation import offices
from pkanalysis.sample.sheets import write_plan, write_recap, write_report

RECEIVED = "kiriman"
FORMS = {"TW3": dt.date(2025, 10, 9), "TW4": dt.date(2026, 1, 9)}
"""Periods of 2025 for which every office sent its workbook, and when they were made."""


def write(folder: Path) -> list[Path]:
    """Write the sample: ``pkanalysis.toml`` and the files to import, in ``kiriman/``.

    Parameters
    ----------
    folder : pathlib.Path
        Created if it is missing; files of the same name are overwritten.

    Returns
    -------
    list of pathlib.Path
        The files in ``kiriman/``, in the order in which they are best imported.

    Raises
    ------
    PkError
        The folder is a workspace of real data, or holds something else.
    """
    require_free(Path(folder))
    received = write_settings(Path(folder))
    settings = configuration.load(Path(folder))
    return [
        *(write_recap(received, year, stage) for year, stage in STAGES),
        *(write_plan(received, year) for year in (2024, 2025)),
        *(write_report(received, year) for year in (2023, 2024, 2025)),
        *(path for period in FORMS for path in _write_forms(received, period, settings)),
    ]


def write_settings(folder: Path) -> Path:
    """Write ``pkanalysis.toml`` and make the folder ``kiriman/``, which is given back."""
    received = folder / RECEIVED
    received.mkdir(parents=True, exist_ok=True)
    text = resources.files("pkanalysis.sample").joinpath(configuration.FILE).read_text(encoding="utf-8")
    (folder / configuration.FILE).write_text(text, encoding="utf-8", newline="\n")
    return received


def require_free(folder: Path) -> None:
    """Refuse a folder that holds real data or something that is no workspace."""
    remedy = "sebut folder lain: `pkanalysis sample FOLDER`"
    if (folder / configuration.FILE).is_file():
        if not configuration.load(folder).is_sample:
            raise PkError(f"{folder} berisi ruang kerja data nyata dan tidak ditimpa dengan data contoh; {remedy}.")
    elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PkError(f"{folder} sudah berisi sesuatu yang bukan ruang kerja contoh dan tidak ditimpa; {remedy}.")


def _write_forms(folder: Path, period: str, settings: configuration.Config) -> list[Path]:
    """One filled workbook per office; DKP, used by two, is told apart in the file name."""
    everyone, paths = offices(), []
    own = {name: dict(list(frame.groupby("kode_opd"))) for name, frame in as_known(period).items()}
    clash = everyone["singkatan"].duplicated(keep=False)
    short = everyone["singkatan"].where(~clash, everyone["singkatan"] + "-" + everyone.index)
    for name, code in zip(short, everyone["kode_opd"], strict=True):
        paths.append(folder / form.file_name(settings, 2025, period, name))
        tables = {name: frames[code] for name, frames in own.items() if code in frames}
        form.write(paths[-1], tables, code, 2025, period, settings, made=FORMS[period])
    return paths
