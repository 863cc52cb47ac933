"""Why a file is not recognised: the layout it comes nearest to, and the headings that it lacks for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pkanalysis.intake.cells.amounts import without_unit
from pkanalysis.intake.files.sheets import Book, normal, text
from pkanalysis.intake.headings.headwords import normals, spellings
from pkanalysis.intake.headings.mapping import without_year
from pkanalysis.intake.headings.merged import merged
from pkanalysis.intake.headings.wanted import fields
from pkanalysis.intake.reading import Layout

LOOK_ROWS = 60
FEWEST, LEAST = 2, 0.5
"""Required headings that must be there, as a number and as a share, before a layout is called near."""
MOST = 8
"""Headings of the file that the sentence names."""


@dataclass(frozen=True)
class Near:
    """A layout and the heading row (0-based) that comes nearest to it."""

    layout: Layout
    sheet: str
    row: int
    share: float
    missing: tuple[str, ...]
    others: tuple[str, ...]


def refusal(book: Book, layouts: Sequence[Layout]) -> str:
    """The sentence on a file that none of ``layouts`` recognises."""
    near = max(_near(book, layouts), key=lambda item: item.share, default=None)
    if near is None:
        names = ", ".join(layout.name for layout in layouts)
        return (
            f"{book.name} tidak dikenali; ditemukan {contents(book)}; ubah menjadi salah satu tata letak ini: {names}."
        )
    if not near.missing:
        return (
            f"{book.name} tidak dikenali; judul kolomnya seperti {near.layout.title}, tetapi isinya tidak: dicari "
            f"{near.layout.looked_for}."
        )
    return (
        f"{book.name} tidak dikenali; paling mirip {near.layout.title}, tetapi judul di baris {near.row + 1} lembar "
        f"{near.sheet} tidak punya kolom {', '.join(near.missing)}{_offer(near)}."
    )


def _offer(near: Near) -> str:
    """The headings that may be meant, and how to say so."""
    if not near.others:
        return "; unduh ulang dengan kolom itu"
    listed = " atau ".join(near.others[:MOST]) + (" atau kolom lain" if len(near.others) > MOST else "")
    return (
        f"; bila yang dimaksud {listed}, tulis di bagian [kolom] pkanalysis.toml: "
        f'"judul di berkas" = "{near.missing[0]}"'
    )


def _near(book: Book, layouts: Sequence[Layout]) -> Iterator[Near]:
    """Every heading row, alone and merged with the one under it, that comes near to a layout."""
    for sheet, rows in book.sheets.items():
        top = rows[: LOOK_ROWS + 1]
        for place, row in enumerate(top[:LOOK_ROWS]):
            for titles in ([(cell,) for cell in row], merged(row, (*top, [])[place + 1])):
                written = _written(titles)
                found = (_compared(layout, sheet, place, written) for layout in layouts if len(written) >= FEWEST)
                yield from (near for near in found if near)


def _written(titles: Sequence[tuple[Any, ...]]) -> dict[str, set[str]]:
    """Headings of a row, each with the forms in which it may be known."""
    cells = [cell for own in titles for cell in own[:1] if isinstance(cell, str)]
    return {
        text(cell): {normal(without_unit(cell)), without_year(cell), *spellings(cell)} for cell in cells if text(cell)
    }


def _compared(layout: Layout, sheet: str, place: int, written: dict[str, set[str]]) -> Near | None:
    names = set().union(*written.values())
    required = [each for each in fields(layout) if each.required]
    missing = tuple(each.headings[0] for each in required if names.isdisjoint(normals(each.headings)))
    found = len(required) - len(missing)
    if found < FEWEST or found < LEAST * len(required):
        return None
    known = {name for each in fields(layout) for name in normals(each.headings)}
    others = tuple(words for words, own in written.items() if not own & known)
    return Near(layout, sheet, place, found / len(required), missing, others)


def contents(book: Book) -> str:
    """Sheet names with the headings of each."""
    return "; ".join(f"lembar {name} berisi {_headings(rows)}" for name, rows in list(book.sheets.items())[:5])


def _headings(rows: list[list[Any]]) -> str:
    """First row that is at least half as full as the fullest: headings, and not yet the data under them."""
    words = [[text(cell) for cell in row if isinstance(cell, str) and text(cell)] for row in rows[:20]]
    most = max(map(len, words), default=0)
    first = next((row for row in words if row and 2 * len(row) >= most), ["(tanpa judul kolom)"])
    return ", ".join(first[:MOST]) + (", …" if len(first) > MOST else "")
