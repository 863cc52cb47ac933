"""Where each form of a sheet starts and ends: a heading under another head starts a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pkanalysis.intake.book import Rows, normal, text
from pkanalysis.intake.layouts.tiers.headings import CODES, Columns, find, find_at
from pkanalysis.intake.layouts.tiers.heads import activity, office
from pkanalysis.intake.layouts.tiers.keys import is_code


@dataclass(frozen=True)
class Piece:
    """Rows ``top`` to ``end`` (0-based, the last one left out) of a form, its head among them."""

    top: int
    end: int
    columns: Columns


def pieces(rows: Rows) -> list[Piece]:
    """Forms of a sheet in order; a heading without another OPD or sub kegiatan above it goes on with the same form."""
    first = find(rows)
    if first is None:
        return []
    found = [Piece(0, len(rows), first)]
    for place in range(first.body, len(rows)):
        row = rows[place]
        if len(row) <= first.code or normal(row[first.code]) not in CODES:
            continue
        top = _start(rows, found[-1].columns, place)
        last = rows[found[-1].top : found[-1].columns.row]
        named, known = office(rows[top:place]), office(last)
        under = activity(rows[top:place]).code
        is_other = (named.name and named != known) or (under and under != activity(last).code)
        if is_other and (columns := find_at(rows, place)):
            found[-1] = replace(found[-1], end=top)
            found.append(Piece(top, len(rows), columns))
    return found


def _start(rows: Rows, columns: Columns, place: int) -> int:
    """First row after the last one with a code, above the heading in row ``place``."""
    while place > columns.body and not _is_coded(rows[place - 1], columns):
        place -= 1
    return place


def _is_coded(row: Sequence[Any], columns: Columns) -> bool:
    words = [text(cell) for cell in row[columns.code : columns.left] if text(cell)]
    return bool(words) and (is_code(words[0]) or normal(words[0]).startswith(("jumlah", "total")))
