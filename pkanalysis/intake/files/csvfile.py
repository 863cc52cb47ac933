"""CSV as offices save it: any separator, BOM, cp1252, CR line ends, whole rows quoted into one field."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

SEPARATORS = ";,\t|"
HEAD_LINES = 50
PIECE = 2**20
_FORMULA = re.compile(r'="([^"]*)"')
"""How web applications keep Excel from turning a code into a number."""


def encoding(path: Path) -> str:
    """Encoding of a text file: UTF-16 with BOM, UTF-8 with or without, else cp1252."""
    with path.open("rb") as file:
        if file.read(2) in (b"\xff\xfe", b"\xfe\xff"):
            return "utf-16"
    try:
        with path.open(encoding="utf-8-sig") as file:
            while file.read(PIECE):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def open_text(path: Path) -> TextIO:
    """The text of a file, in its own encoding and with its own line ends."""
    return path.open(encoding=encoding(path), errors="replace", newline="")


def csv_rows(file: TextIO) -> list[list[Any]]:
    r"""Rows of a CSV text; a row that was quoted as a whole is taken apart.

    Equal cells are one object in memory: a recap repeats its names on a million rows.

    Parameters
    ----------
    file : text file
        Opened with ``newline=""``; it is read from its beginning.

    Raises
    ------
    csv.Error
        A field that never ends.

    Examples
    --------
    >>> from io import StringIO
    >>> csv_rows(StringIO("kode|nama\r5.1|Belanja\r", newline=""))
    [['kode', 'nama'], ['5.1', 'Belanja']]
    >>> csv_rows(StringIO("~kode,nama~\n~5.1,~~Belanja, lain~~~\n".replace("~", '"'), newline=""))
    [['kode', 'nama'], ['5.1', 'Belanja, lain']]
    >>> csv_rows(StringIO('kode,nama\n="5.10",Belanja\n', newline=""))
    [['kode', 'nama'], ['5.10', 'Belanja']]
    """
    mark = separator(head(file))
    shared: dict[str, str] = {}
    rows = [list(map(shared.setdefault, row, row)) for row in csv.reader(file, delimiter=mark)]
    if any(cell.startswith('="') for cell in shared):
        rows = [[_FORMULA.sub(r"\1", cell) for cell in row] for row in rows]
    whole = [row[0] for row in rows if _is_whole(row)]
    if 2 * len(whole) < len(rows):
        return rows
    inner = separator(whole)
    return [next(csv.reader(row, delimiter=inner)) if len(row) == 1 else row for row in rows]


def head(file: TextIO) -> list[str]:
    """First :data:`HEAD_LINES` lines of a file, which is then at its beginning again."""
    file.seek(0)
    lines = list(islice(file, HEAD_LINES))
    file.seek(0)
    return lines


def separator(lines: Iterable[str]) -> str:
    """The separator that gives the most fields in the first lines.

    Examples
    --------
    >>> separator(["kode;nama", "5.1;Belanja, lain"])
    ';'
    """
    first = list(islice(lines, HEAD_LINES))
    return max(SEPARATORS, key=lambda mark: sum(len(row) - 1 for row in csv.reader(first, delimiter=mark)))


def _is_whole(row: list[str]) -> bool:
    """One field that holds several, each still in its own quotes."""
    return len(row) == 1 and '"' in row[0] and any(mark in row[0] for mark in SEPARATORS)
