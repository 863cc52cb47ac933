"""The hidden sheet ``REF``: every list as a named range."""

from __future__ import annotations

from collections.abc import Iterable

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from pkanalysis.intake.layouts.form.labels import OPEN
from pkanalysis.intake.layouts.form.plan import Plan

NAME = "REF"


def list_name(choices: str) -> str:
    """Name of the range that holds a list.

    Examples
    --------
    >>> list_name("status")
    'DAFTAR_STATUS'
    """
    return f"DAFTAR_{choices.upper()}"


def write_lists(book: Workbook, plan: Plan) -> None:
    """Add ``REF`` with one list per column, its name in row 5 and its words from row 6."""
    page = book.add_worksheet(NAME)
    for row, line in enumerate(plan.stamp.lines):
        page.write_string(row, 0, line)
    lists: dict[str, Iterable[str]] = {**{name: labels.values() for name, labels in plan.lists.items()}, **OPEN}
    for column, (name, words) in enumerate(lists.items()):
        shown = list(dict.fromkeys(words))
        page.write_string(4, column, name)
        page.write_column(5, column, shown)
        letter = xl_col_to_name(column)
        book.define_name(list_name(name), f"={NAME}!${letter}$6:${letter}${5 + len(shown)}")
    page.protect()
    page.hide()
