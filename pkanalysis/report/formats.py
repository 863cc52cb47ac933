"""The formats of a report: one run notebook in, the bytes of each file out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pkanalysis.errors import PkError

if TYPE_CHECKING:
    from nbformat import NotebookNode

FORMATS = ("html", "pdf", "docx", "xlsx")
"""All of them, in the order in which links to them stand; HTML is always made, the index leads to it."""


def chosen(words: Iterable[str]) -> tuple[str, ...]:
    """The formats that a user named, in house order, with HTML among them; all when none is named.

    Raises
    ------
    PkError
        A word that is no format.

    Examples
    --------
    >>> chosen(["pdf,docx"]), chosen([])
    (('html', 'pdf', 'docx'), ('html', 'pdf', 'docx', 'xlsx'))
    """
    named = {part.strip().lower() for word in words for part in word.split(",") if part.strip()}
    if unknown := sorted(named - set(FORMATS)):
        raise PkError(f"Bentuk laporan {unknown[0]!r} tidak dikenal; yang ada: {', '.join(FORMATS)}.")
    return tuple(form for form in FORMATS if not named or form in named | {"html"})


def rendered(notebook: NotebookNode, formats: Iterable[str], letterhead: str = "") -> dict[str, bytes]:
    """The files of one run notebook; PDF and DOCX share one reading of it.

    Parameters
    ----------
    notebook : NotebookNode
        Run, with its blocks.
    formats : iterable of str
        Some of :data:`FORMATS`.
    letterhead : str
        Path of the DOCX whose letterhead and styles the DOCX takes; empty for our own.
    """
    from pkanalysis.report import document
    from pkanalysis.report.html import ReportExporter
    from pkanalysis.report.xlsx import book, parts

    wanted = set(formats)
    exporter = ReportExporter()  # type: ignore[no-untyped-call]  # traitlets' constructor has no types
    made = {"html": exporter.from_notebook_node(notebook)[0].encode()}
    if wanted & {"pdf", "docx"}:
        made |= _printed(notebook, wanted, letterhead)
    if "xlsx" in wanted:
        made["xlsx"] = book.write(document.read(notebook), parts.read(notebook))
    return made


def _printed(notebook: NotebookNode, wanted: set[str], letterhead: str) -> dict[str, bytes]:
    from pathlib import Path

    from pkanalysis.report.docx.document import docx
    from pkanalysis.report.pandoc import document
    from pkanalysis.report.typst.compiler import compiled
    from pkanalysis.report.typst.markup import markup

    paper, made = document(notebook), {}
    if "pdf" in wanted:
        made["pdf"] = compiled(markup(paper))
    if "docx" in wanted:
        made["docx"] = docx(paper, Path(letterhead) if letterhead else None)
    return made
