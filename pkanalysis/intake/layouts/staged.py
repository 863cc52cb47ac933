"""Books with a sheet per budget stage: each sheet is read as its own stage."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from pkanalysis.config import Config
from pkanalysis.intake.book import Book
from pkanalysis.intake.reading import Reading
from pkanalysis.intake.titles import mentioned


def by_stage(config: Config, sheets: Sequence[str]) -> dict[str, list[str]]:
    """Sheets per stage where every sheet names one and they name several; else nothing.

    Examples
    --------
    >>> from pkanalysis.config import Stage
    >>> config = Config("nyata", "Kota", tuple(Stage(2025, code, code) for code in ("murni", "pergeseran")))
    >>> by_stage(config, ["APBD Murni", "Pergeseran"]), by_stage(config, ["Murni", "Rekap"])
    ({'murni': ['APBD Murni'], 'pergeseran': ['Pergeseran']}, {})
    """
    named = [mentioned(sheet, config.tahap) for sheet in sheets]
    if any(len(codes) != 1 for codes in named) or len({codes[0] for codes in named}) < 2:
        return {}
    found: dict[str, list[str]] = {}
    for sheet, (code,) in zip(sheets, named, strict=True):
        found.setdefault(code, []).append(sheet)
    return found


def read_each(book: Book, sheets: dict[str, list[str]], read: Callable[[Book, str], Reading]) -> Reading:
    """One reading of the sheets of every stage; a stage that is refused keeps out the others too.

    Parameters
    ----------
    book : Book
    sheets : dict of str to list of str
        Sheet names per stage, as :func:`by_stage` gives them.
    read : callable
        Reads a book as one stage.
    """
    readings = [read(Book(book.path, {name: book.sheets[name] for name in own}), code) for code, own in sheets.items()]
    findings = [finding for reading in readings for finding in reading.findings]
    if not all(reading.tables for reading in readings):
        return Reading(readings[0].layout, "", {}, findings)
    tables = {name: pd.concat([reading.tables[name] for reading in readings]) for name in readings[0].tables}
    if "opd" in tables:
        tables["opd"] = tables["opd"].drop_duplicates("kode_opd")
    return Reading(readings[0].layout, "", tables, findings, tuple(p for each in readings for p in each.slices))
