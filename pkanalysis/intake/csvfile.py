"""CSV as offices save it: any separator, BOM, cp1252, CR line ends, whole rows quoted into one field."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

SEPARATORS = ";,\t|"


def decoded(content: bytes) -> str:
    r"""Text of a file: UTF-8 or UTF-16 with BOM, UTF-8 without, else cp1252.

    Examples
    --------
    >>> decoded(b"\xef\xbb\xbfpagu"), decoded("pagu".encode("utf-16")), decoded(b"Bel\xe9")
    ('pagu', 'pagu', 'Belé')
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def csv_rows(content: str) -> list[list[Any]]:
    r"""Rows of a CSV text; a row that was quoted as a whole is taken apart.

    Raises
    ------
    csv.Error
        A field that never ends.

    Examples
    --------
    >>> csv_rows('kode|nama\r5.1|Belanja\r')
    [['kode', 'nama'], ['5.1', 'Belanja']]
    >>> csv_rows("~kode,~~nama~~~\n~5.1,~~Belanja, lain~~~\n".replace("~", '"'))
    [['kode', 'nama'], ['5.1', 'Belanja, lain']]
    """
    rows = list(csv.reader(io.StringIO(content, newline=""), delimiter=separator(content.splitlines())))
    whole = [row[0] for row in rows if _is_whole(row)]
    if 2 * len(whole) < len(rows):
        return rows
    inner = separator(whole)
    return [next(csv.reader([row[0]], delimiter=inner)) if _is_whole(row) else row for row in rows]


def separator(lines: Iterable[str]) -> str:
    """The separator that gives the most fields in the first 50 lines.

    Examples
    --------
    >>> separator(["kode;nama", "5.1;Belanja, lain"])
    ';'
    """
    head = list(lines)[:50]
    return max(SEPARATORS, key=lambda mark: sum(len(row) - 1 for row in csv.reader(head, delimiter=mark)))


def _is_whole(row: list[str]) -> bool:
    """One field that holds several, each still in its own quotes."""
    return len(row) == 1 and '"' in row[0] and any(mark in row[0] for mark in SEPARATORS)
