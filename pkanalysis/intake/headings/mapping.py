"""``[kolom]`` of ``pkanalysis.toml``: headings that an office uses, read as the ones that pkanalysis knows.

It is applied once, to the opened book, so that every layout gains it and none knows of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pkanalysis.errors import PkError
from pkanalysis.intake.files.sheets import Book, Rows, cell_name, normal, text
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.headings.columns import Field

LOOK_ROWS = 60
SECTION = "[kolom] di pkanalysis.toml"
_FIGURE, _YEAR = re.compile(r"[\s\d.,()%-]*\d[\s\d.,()%-]*"), re.compile(r"20\d\d")
_ENDING = re.compile(r"20\d\d$")


@dataclass(frozen=True)
class Mapped:
    """A book with known headings, what is said about them, and per (sheet, known heading) the one written."""

    book: Book
    findings: list[Finding] = field(default_factory=list)
    written: dict[tuple[str, str], str] = field(default_factory=dict)

    def as_written(self, findings: Iterable[Finding]) -> list[Finding]:
        """Findings that name columns as the file does."""
        return [replace(item, column=self.written.get((item.sheet, item.column), item.column)) for item in findings]


def require_known(mapping: Mapping[str, str], fields: Iterable[Field]) -> None:
    """Check that every target of ``mapping`` is a heading of one of ``fields``.

    Raises
    ------
    PkError
        One is not; the nearest ones are named.

    Examples
    --------
    >>> require_known({"Anggaran Geser": "PAGUU"}, [Field("pagu_rp", ("PAGU",)), Field("tahun", ("TAHUN",))])
    Traceback (most recent call last):
        ...
    pkanalysis.errors.PkError: [kolom] di pkanalysis.toml: "Anggaran Geser" = "PAGUU" menunjuk judul kolom yang tidak \
dikenal; yang mirip: PAGU, TAHUN.
    """
    headings = [heading for each in fields for heading in each.headings] if mapping else []
    known = {normal(heading): heading for heading in reversed(headings)}
    for written, target in mapping.items():
        if not {normal(target), without_year(target)} & set(known):
            from rapidfuzz import process

            near = ", ".join(known[name] for name, *_ in process.extract(normal(target), list(known), limit=3))
            raise PkError(
                f'{SECTION}: "{written}" = "{target}" menunjuk judul kolom yang tidak dikenal; yang mirip: {near}.'
            )


def without_year(heading: str) -> str:
    """A heading for comparing, without the year at its end.

    Examples
    --------
    >>> without_year("Target 2025"), without_year("2025")
    ('target', '')
    """
    return _ENDING.sub("", normal(heading))


def with_known_headings(book: Book, mapping: Mapping[str, str]) -> Mapped:
    """The book with the cells of its heading rows renamed; its data cells stay as they are.

    Parameters
    ----------
    book : Book
    mapping : mapping
        Heading in the file -> heading that pkanalysis knows, compared without case, spaces and signs.

    Returns
    -------
    Mapped
        With a note per heading renamed, and an error where two columns of a row get the same one.
    """
    known = {normal(written): target for written, target in mapping.items()}
    mapped = Mapped(Book(book.path, dict(book.sheets)))
    for sheet, rows in book.sheets.items() if known else ():
        heads = {place: row for place, row in enumerate(rows[:LOOK_ROWS]) if _is_heading(row, known)}
        if heads:
            mapped.book.sheets[sheet] = _renamed(rows, heads, known)
        for place, row in heads.items():
            _tell(mapped, sheet, place, row, known)
    return mapped


def _is_heading(row: list[Any], known: Mapping[str, str]) -> bool:
    """Whether a row holds one of the headings and no figure but years."""
    words = [text(cell) for cell in row]
    is_named = any(normal(cell) in known for cell in row if isinstance(cell, str))
    return is_named and not any(_FIGURE.fullmatch(word) and not _YEAR.fullmatch(word) for word in words)


def _renamed(rows: Rows, heads: dict[int, list[Any]], known: Mapping[str, str]) -> Rows:
    """Rows in which the heading rows, and those that repeat one further down, carry known headings."""
    new = [(row, [known.get(normal(cell), cell) for cell in row]) for row in heads.values()]
    return [next((known_row for row, known_row in new if each == row), each) for each in rows]


def _tell(mapped: Mapped, sheet: str, place: int, row: list[Any], known: Mapping[str, str]) -> None:
    taken = {normal(cell): column for column, cell in enumerate(row) if normal(cell) not in known}
    for column, cell in enumerate(row):
        target = known.get(normal(cell), "")
        if not target:
            continue
        first = taken.setdefault(normal(target), column)
        mapped.findings.append(_told(mapped.book.name, sheet, (place, column, first), text(cell), target))
        mapped.written.setdefault((sheet, text(target)), text(cell))


def _told(file: str, sheet: str, where: tuple[int, int, int], written: str, target: str) -> Finding:
    """A note on a heading that was renamed; an error when the first column of that name is another one."""
    row, column, first = where
    said = f'dibaca sebagai kolom "{target}" menurut {SECTION}'
    if first == column:
        remedy = "tidak perlu diubah bila memang itu maksudnya"
        return Finding("catatan", file, sheet, cell_name(row, column), written, "", said, remedy)
    rule, remedy = (
        f"{said}, padahal {cell_name(row, first)} sudah kolom itu",
        "hapus salah satu kolom, atau dari [kolom]",
    )
    return Finding("galat", file, sheet, cell_name(row, column), written, "", rule, remedy)
