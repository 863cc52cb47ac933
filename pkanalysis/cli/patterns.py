"""File names with ``*`` and ``?``, which the command line of Windows hands over as they are."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pkanalysis.errors import PkError

LOCK = "~$"
"""Files that Excel keeps beside an open workbook start with it."""


def expanded(paths: Iterable[Path]) -> list[Path]:
    """The paths, a pattern replaced by the files that fit it, in the order of their names.

    Raises
    ------
    PkError
        No file fits a pattern.

    Examples
    --------
    >>> expanded([Path("rekap5.csv")]) == [Path("rekap5.csv")]
    True
    """
    return [file for path in paths for file in ([path] if _is_plain(path) else _fitting(path))]


def _is_plain(path: Path) -> bool:
    return path.exists() or not set("*?[") & set(str(path))


def _fitting(pattern: Path) -> list[Path]:
    place = Path(pattern.anchor)
    found = sorted(place.glob(str(pattern.relative_to(place))))
    files = [path for path in found if path.is_file() and not path.name.startswith(LOCK)]
    if not files:
        raise PkError(f"{pattern} tidak cocok dengan berkas apa pun; periksa nama foldernya dan tanda * di dalamnya.")
    return files
