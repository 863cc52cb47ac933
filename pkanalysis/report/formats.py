"""The formats of a report: one run notebook in, the bytes of each file out, its annex apart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pkanalysis.errors import PkError
from pkanalysis.report.naming import beside

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from pkanalysis.report.document import Beside

ANNEX, REPORT = "Lampiran (berkas terpisah)", "Laporan utama"
"""Words of the links between a report and its annex."""

FORMATS = ("html", "pdf", "docx", "xlsx")
"""All of them, in the order in which links to them stand; HTML is always made, the index leads to it."""

ANNEX_FORMATS = ("lampiran.html", "lampiran.pdf", "lampiran.docx")
"""Those of an annex, which is a file of its own; the workbook holds the sheets of both."""


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


def with_annex(formats: Iterable[str]) -> tuple[str, ...]:
    """The formats of a report and those of its annex.

    Examples
    --------
    >>> with_annex(["html", "xlsx"])
    ('html', 'xlsx', 'lampiran.html')
    """
    annexed = {f"lampiran.{form}" for form in formats}
    return (*formats, *(form for form in ANNEX_FORMATS if form in annexed))


def rendered(
    notebook: NotebookNode, formats: Iterable[str], letterhead: str = "", page: str = "laporan.html"
) -> dict[str, bytes]:
    """The files of one run notebook by format; its annex, if it has one, as files of its own.

    Parameters
    ----------
    notebook : NotebookNode
        Run, with its blocks.
    formats : iterable of str
        Some of :data:`FORMATS`.
    letterhead : str
        Path of the DOCX whose letterhead and styles the DOCX takes; empty for our own.
    page : str
        Name of the HTML file, to which the annex links.
    """
    from pkanalysis.report import annex, document
    from pkanalysis.report.document import Beside
    from pkanalysis.report.xlsx import book, parts

    wanted = set(formats)
    report, appendix = annex.split(notebook)
    if appendix is None:
        made = _pages(report, wanted, letterhead)
    else:
        made = _pages(report, wanted, letterhead, Beside(beside(page, ANNEX_FORMATS[0]), ANNEX))
        own = _pages(appendix, wanted, letterhead, Beside(page, REPORT))
        made |= {f"lampiran.{form}": content for form, content in own.items()}
    if "xlsx" in wanted:
        made["xlsx"] = book.write(document.read(notebook), parts.read(notebook))
    return made


def _pages(notebook: NotebookNode, wanted: set[str], letterhead: str, other: Beside | None = None) -> dict[str, bytes]:
    """HTML, PDF and DOCX of one document; the last two share one reading of it."""
    from pkanalysis.report.html import ReportExporter

    exporter = ReportExporter()  # type: ignore[no-untyped-call]  # traitlets' constructor has no types
    made = {"html": exporter.from_notebook_node(notebook, {"beside": other})[0].encode()}
    return made | _printed(notebook, wanted, letterhead) if wanted & {"pdf", "docx"} else made


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
