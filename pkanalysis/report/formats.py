"""The formats of a report: one run notebook in, the bytes of each file out, its annex apart.

File names of reports: the abbreviation as people know it, safe on Windows, one per OPD.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pkanalysis.errors import PkError

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from pkanalysis.report.html import Beside

SAMPLE = "_CONTOH"
"""What ends the file name of every page on the sample."""


def slugs(abbreviations: Mapping[str, str]) -> dict[str, str]:
    """A unique slug for every OPD code.

    Parameters
    ----------
    abbreviations : mapping
        ``kode_opd`` -> ``singkatan``, which may be empty, clash or hold any character.

    Examples
    --------
    >>> slugs({"X1.02": "DINKES", "X1.03": "Kec. Jelutung", "X7.03": "kec jelutung", "X9": ""})
    {'X1.02': 'DINKES', 'X1.03': 'KEC_JELUTUNG_X1', 'X7.03': 'KEC_JELUTUNG_X7', 'X9': 'X9'}
    """
    every = {code: plain(name) or plain(code) for code, name in abbreviations.items()}
    groups: dict[str, list[str]] = {}
    for code, slug in every.items():
        groups.setdefault(slug, []).append(code)
    return {
        code: slug if len(groups[slug]) == 1 else f"{slug}_{plain(_own_part(code, groups[slug]))}"
        for code, slug in every.items()
    }


def plain(text: str) -> str:
    """Text as a part of a file name: capitals, digits, points and underscores."""
    return re.sub(r"[^A-Z0-9.]+", "_", text.upper().replace(". ", " ")).strip("_.")


def beside(page: str, form: str) -> str:
    """Name of the file in another format beside a page; that of an annex says so, before the sample mark.

    Examples
    --------
    >>> beside("DINKES_2025_TW3_CONTOH.html", "pdf"), beside("DINKES_2025_TW3.html", "lampiran.pdf")
    ('DINKES_2025_TW3_CONTOH.pdf', 'DINKES_2025_TW3_LAMPIRAN.pdf')
    >>> beside("DINKES_2025_TW3_CONTOH.html", "lampiran.pdf")
    'DINKES_2025_TW3_LAMPIRAN_CONTOH.pdf'
    """
    word, _, suffix = form.rpartition(".")
    stem, mark = page.removesuffix(".html"), SAMPLE if page.endswith(f"{SAMPLE}.html") else ""
    return f"{stem.removesuffix(mark)}{f'_{word.upper()}' if word else ''}{mark}.{suffix}"


def _own_part(code: str, clashing: list[str]) -> str:
    """The segments of the code without those that all the clashing ones share at either end."""
    every = [item.split(".") for item in clashing]
    start = len(_shared(every))
    end = len(_shared([item[start:][::-1] for item in every]))
    return ".".join(code.split(".")[start : len(code.split(".")) - end]) or code


def _shared(lists: list[list[str]]) -> list[str]:
    return [items[0] for items in itertools.takewhile(lambda items: len(set(items)) == 1, zip(*lists, strict=False))]


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
    from pkanalysis.report import html, parts, sheets, xlsx
    from pkanalysis.report.html import Beside

    wanted = set(formats)
    report, appendix = parts.split(notebook)
    if appendix is None:
        made = _pages(report, wanted, letterhead)
    else:
        made = _pages(report, wanted, letterhead, Beside(beside(page, ANNEX_FORMATS[0]), ANNEX))
        own = _pages(appendix, wanted, letterhead, Beside(page, REPORT))
        made |= {f"lampiran.{form}": content for form, content in own.items()}
    if "xlsx" in wanted:
        made["xlsx"] = xlsx.write(html.read(notebook), sheets.read(notebook))
    return made


def _pages(notebook: NotebookNode, wanted: set[str], letterhead: str, other: Beside | None = None) -> dict[str, bytes]:
    """HTML, PDF and DOCX of one document; the last two share one reading of it."""
    from pkanalysis.report.html import ReportExporter

    exporter = ReportExporter()  # type: ignore[no-untyped-call]  # traitlets' constructor has no types
    made = {"html": exporter.from_notebook_node(notebook, {"beside": other})[0].encode()}
    return made | _printed(notebook, wanted, letterhead) if wanted & {"pdf", "docx"} else made


def _printed(notebook: NotebookNode, wanted: set[str], letterhead: str) -> dict[str, bytes]:
    from pathlib import Path

    from pkanalysis.report.docx import docx
    from pkanalysis.report.paper import document
    from pkanalysis.report.pdf import compiled, markup

    paper, made = document(notebook), {}
    if "pdf" in wanted:
        made["pdf"] = compiled(markup(paper))
    if "docx" in wanted:
        made["docx"] = docx(paper, Path(letterhead) if letterhead else None)
    return made
