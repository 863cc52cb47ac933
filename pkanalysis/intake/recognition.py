"""Which headings a layout wants: why a file is not recognised, and headings that an office uses instead.

``[kolom]`` of ``pkanalysis.toml`` is applied once, to the opened book, so that every layout gains it and none knows
of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pkanalysis.errors import PkError
from pkanalysis.intake import headings
from pkanalysis.intake.amounts import UNIT
from pkanalysis.intake.book import Book, cell_name, normal, text
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.headings import Field, candidates, find_header, normals, spellings
from pkanalysis.intake.reading import Layout

SECTION = "[kolom] di pkanalysis.toml"
_FIGURE, _YEAR = re.compile(r"[\s\d.,()%-]*\d[\s\d.,()%-]*"), re.compile(r"20\d\d")
_ENDING = re.compile(r"20\d\d$")
"""The year at the end of a heading."""


@dataclass(frozen=True)
class Mapped:
    """A book with known headings, what is said about them, and per (sheet, known heading) the one written."""

    book: Book
    findings: list[Finding] = field(default_factory=list)
    written: dict[tuple[str, str], str] = field(default_factory=dict)


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
        if not {normal(target), _ENDING.sub("", normal(target))} & set(known):
            from rapidfuzz import process

            near = ", ".join(known[name] for name, *_ in process.extract(normal(target), list(known), limit=3))
            raise PkError(
                f'{SECTION}: "{written}" = "{target}" menunjuk judul kolom yang tidak dikenal; yang mirip: {near}.'
            )


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
        heads = {}
        for place, row in enumerate(rows[:LOOK_ROWS]):  # one of the headings, and no figure but years
            figures = (word for word in map(text, row) if _FIGURE.fullmatch(word) and not _YEAR.fullmatch(word))
            if any(isinstance(cell, str) and normal(cell) in known for cell in row) and not any(figures):
                heads[place] = row
        new = [(row, [known.get(normal(cell), cell) for cell in row]) for row in heads.values()]
        if heads:  # those that repeat one further down, too
            mapped.book.sheets[sheet] = [next((own for row, own in new if each == row), each) for each in rows]
        for place, row in heads.items():
            taken = {normal(cell): column for column, cell in enumerate(row) if normal(cell) not in known}
            for column, cell in enumerate(row):
                if target := known.get(normal(cell), ""):
                    where = (book.name, sheet, cell_name(place, column), text(cell))
                    first = taken.setdefault(normal(target), column)
                    mapped.findings.append(
                        finding("JUDUL_DIPETAKAN", *where, menjadi=target)
                        if first == column
                        else finding("JUDUL_DIPETAKAN_GANDA", *where, menjadi=target, lain=cell_name(place, first))
                    )
                    mapped.written.setdefault((sheet, text(target)), text(cell))
    return mapped


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
    listed = " atau ".join(near.others[:MOST]) + (" atau kolom lain" if len(near.others) > MOST else "")
    offer = (
        f'bila yang dimaksud {listed}, tulis di bagian [kolom] pkanalysis.toml: "judul di berkas" = "{near.missing[0]}"'
    )
    return (
        f"{book.name} tidak dikenali; paling mirip {near.layout.title}, tetapi judul di baris {near.row + 1} lembar "
        f"{near.sheet} tidak punya kolom {', '.join(near.missing)}; "
        f"{offer if near.others else 'unduh ulang dengan kolom itu'}."
    )


def _near(book: Book, layouts: Sequence[Layout]) -> Iterator[Near]:
    """Every heading row, alone and merged with the one under it, that comes near to a layout."""
    wanted = {layout.name: fields(layout) for layout in layouts}
    for sheet, rows in book.sheets.items():
        for place, _, titles in candidates(rows, LOOK_ROWS):
            cells = [own[0] for own in titles if own and isinstance(own[0], str) and text(own[0])]
            written = {
                text(cell): {normal(UNIT.sub("", cell)), _ENDING.sub("", normal(cell)), *spellings(cell)}
                for cell in cells
            }
            names = set().union(*written.values())
            for layout in layouts if len(written) >= FEWEST else ():
                required = [each for each in wanted[layout.name] if each.required]
                missing = [each.headings[0] for each in required if names.isdisjoint(normals(each.headings))]
                found = len(required) - len(missing)
                if found >= FEWEST and found >= LEAST * len(required):
                    known = {name for each in wanted[layout.name] for name in normals(each.headings)}
                    others = tuple(words for words, own in written.items() if not own & known)
                    yield Near(layout, sheet, place, found / len(required), tuple(missing), others)


def contents(book: Book) -> str:
    """Sheet names with the headings of each: the first row at least half as full as the fullest, and no data yet."""
    told = []
    for name, rows in list(book.sheets.items())[:5]:
        words = [[text(cell) for cell in row if isinstance(cell, str) and text(cell)] for row in rows[:20]]
        most = max(map(len, words), default=0)
        first = next((row for row in words if row and 2 * len(row) >= most), ["(tanpa judul kolom)"])
        told.append(f"lembar {name} berisi {', '.join(first[:MOST])}{', …' if len(first) > MOST else ''}")
    return "; ".join(told)


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
    placed = []
    for item in findings:
        header, line = headers.get(item.sheet), _LINE.fullmatch(item.place)
        if line and header and (column := header.columns.get(item.column)) is not None:
            place = cell_name(int(line[1]) - 1, column)
            item = replace(item, place=place, column=header.titles[item.column])
        placed.append(item)
    return placed
