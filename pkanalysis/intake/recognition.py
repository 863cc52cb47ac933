"""Why a file is not recognised: the layout it comes nearest to, and the headings that it lacks for it.

``[kolom]`` of ``pkanalysis.toml``: headings that an office uses, read as the ones that pkanalysis knows.

It is applied once, to the opened book, so that every layout gains it and none knows of it.

Which headings a layout wants: for saying what a file lacks, and what ``[kolom]`` may name.

The cell of a finding that a check of the tables made: it knows the line and the column, but not the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pkanalysis.errors import PkError
from pkanalysis.intake import headings
from pkanalysis.intake.amounts import without_unit
from pkanalysis.intake.book import Book, Rows, cell_name, normal, text
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.headings import Field, Header, find_header, merged, normals, spellings
from pkanalysis.intake.reading import Layout

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
        cell_of = cell_name(place, column)
        if (first := taken.setdefault(normal(target), column)) == column:
            told = finding("JUDUL_DIPETAKAN", mapped.book.name, sheet, cell_of, text(cell), menjadi=target)
        else:
            values = {"menjadi": target, "lain": cell_name(place, first)}
            told = finding("JUDUL_DIPETAKAN_GANDA", mapped.book.name, sheet, cell_of, text(cell), **values)
        mapped.findings.append(told)
        mapped.written.setdefault((sheet, text(target)), text(cell))


def fields(layout: Layout) -> tuple[Field, ...]:
    """Columns of ``layout`` by their headings, else their plainest wording; none where headings do not tell it."""
    return layout.fields or headings.fields(f"mirip_{layout.name}")


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


_LINE = re.compile(r"baris (\d+)")


def located(findings: Iterable[Finding], book: Book, fields: Sequence[Field]) -> list[Finding]:
    """Findings on a line with the cell and the heading of their column, where the sheet has one for it.

    Parameters
    ----------
    findings : iterable of Finding
        ``column`` is a column of our tables.
    book : Book
    fields : sequence of Field
        Columns of the layout under the same names.

    Examples
    --------
    >>> from pathlib import Path
    >>> book = Book(Path("a.csv"), {"a": [["NO", "KODE OPD"], ["1", ""]]})
    >>> found = Finding("galat", "a.csv", "a", "baris 2", "kode_opd", "", "wajib diisi", "lengkapi")
    >>> located([found], book, [Field("kode_opd", ("KODE OPD",))])[0].where
    'a.csv, lembar a, B2, kolom KODE OPD'
    """
    headers = {sheet: find_header(rows, fields) for sheet, rows in book.sheets.items()} if fields else {}
    return [_located(finding, headers.get(finding.sheet)) for finding in findings]


def _located(finding: Finding, header: Header | None) -> Finding:
    line = _LINE.fullmatch(finding.place)
    column = header.columns.get(finding.column) if header else None
    if line is None or header is None or column is None:
        return finding
    return replace(finding, place=cell_name(int(line[1]) - 1, column), column=header.titles[finding.column])
