"""The fillable workbook of one office: as it goes out, and as values that can be typed over."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory

from damaged.page import Page, Rows
from damaged.planting import Pages
from pkanalysis import config as configuration
from pkanalysis.intake.book import open_book
from pkanalysis.intake.layouts import form
from pkanalysis.sample.catalogue import offices
from pkanalysis.sample.files import FORMS, as_known

OFFICE, PERIOD = "DINSOS", "TW3"
HEAD = 4
"""0-based row of the headings."""


def clean() -> Pages:
    """The values of the workbook, sheet by sheet, without its locks and formulas."""
    return _pages(_written(PERIOD))


def _pages(sheets: dict[str, Rows]) -> Pages:
    return [Page(name, [list(cells) for cells in rows], head=HEAD) for name, rows in sheets.items()]


@cache
def _written(period: str) -> dict[str, Rows]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ISIAN_CONTOH.xlsx"
        write(path, [], period=period)
        return open_book(path).sheets


def later() -> Pages:
    """The values of the workbook of the quarter after."""
    return _pages(_written("TW4"))


def write(path: Path, pages: Pages, office: str = OFFICE, period: str = PERIOD) -> None:
    """Write the workbook of an office as it goes out, locks and formulas and all; there is nothing to damage."""
    code = str(offices().loc[office, "kode_opd"])
    tables = {name: frame[frame["kode_opd"] == code] for name, frame in as_known(period).items()}
    with resources.as_file(resources.files("pkanalysis.sample")) as folder:
        form.write(path, tables, code, 2025, period, configuration.load(folder), made=FORMS[period])
