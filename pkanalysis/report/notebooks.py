"""Where the notebooks are: in the installed package, or beside it in a checkout."""

from __future__ import annotations

import shutil
from pathlib import Path

import pkanalysis
from pkanalysis.errors import PkError
from pkanalysis.report.parameters import nearest


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


def copy_to(target: Path) -> list[Path]:
    """Copy the shipped notebooks into ``target``; what is already there is the analyst's and stays."""
    target.mkdir(parents=True, exist_ok=True)
    fresh = [item for item in sorted(folder().glob("*.ipynb")) if not (target / item.name).exists()]
    return [Path(shutil.copyfile(item, target / item.name)) for item in fresh]
