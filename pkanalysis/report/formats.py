"""The formats of a report: names of its files, and one run notebook in, the bytes of each file out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from pkanalysis.errors import PkError

if TYPE_CHECKING:
    from pkanalysis.report.parts import Reading

SAMPLE = "_CONTOH"
"""What ends the file name of every page on the sample."""

ANNEX, REPORT = "Lampiran (berkas terpisah)", "Laporan utama"
"""Words of the links between a report and its annex."""

FORMATS = ("html", "pdf", "docx", "xlsx")
"""All of them, in the order in which links to them stand; HTML is always made, the index leads to it."""

ANNEX_FORMATS = ("lampiran.html", "lampiran.pdf", "lampiran.docx")
"""Those of an annex, which is a file of its own; the workbook holds the sheets of both."""


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
    groups = defaultdict[str, list[list[str]]](list)
    for code, slug in every.items():
        groups[slug].append(code.split("."))

    def shared(lists: list[list[str]]) -> int:
        return sum(1 for _ in takewhile(lambda items: len(set(items)) == 1, zip(*lists, strict=False)))

    made = {}
    for code, slug in every.items():
        made[code], clashing, parts = slug, groups[slug], code.split(".")
        if len(clashing) > 1:  # the segments of the code without those that all of them share at either end
            start = shared(clashing)
            end = shared([other[start:][::-1] for other in clashing])
            made[code] = f"{slug}_{plain('.'.join(parts[start : len(parts) - end]) or code)}"
    return made


def plain(text: str) -> str:
    """Text as a part of a file name: capitals, digits, points and underscores."""
    return re.sub(r"[^A-Z0-9.]+", "_", text.upper().replace(". ", " ")).strip("_.")


def file_name(page: str, form: str) -> str:
    """Name of the file in another format beside a page; that of an annex says so, before the sample mark.

    Examples
    --------
    >>> file_name("DINKES_2025_TW3_CONTOH.html", "pdf"), file_name("DINKES_2025_TW3.html", "lampiran.pdf")
    ('DINKES_2025_TW3_CONTOH.pdf', 'DINKES_2025_TW3_LAMPIRAN.pdf')
    >>> file_name("DINKES_2025_TW3_CONTOH.html", "lampiran.pdf")
    'DINKES_2025_TW3_LAMPIRAN_CONTOH.pdf'
    """
    word, _, suffix = form.rpartition(".")
    stem, mark = page.removesuffix(".html"), SAMPLE if page.endswith(f"{SAMPLE}.html") else ""
    return f"{stem.removesuffix(mark)}{f'_{word.upper()}' if word else ''}{mark}.{suffix}"


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


def rendered(
    whole: Reading, formats: Iterable[str], letterhead: str = "", page: str = "laporan.html"
) -> dict[str, bytes]:
    """The files of one run notebook by format; its annex, if it has one, as files of its own.

    Parameters
    ----------
    whole : Reading
        See :func:`pkanalysis.report.parts.read`.
    formats : iterable of str
        Some of :data:`FORMATS`; HTML is always made.
    letterhead : str
        Path of the DOCX whose letterhead and styles the DOCX takes; empty for our own.
    page : str
        Name of the HTML file, to which the annex links.
    """
    from pkanalysis.report import html

    wanted = set(formats)
    report, annex = whole.split()
    link, back = html.Link(file_name(page, ANNEX_FORMATS[0]), ANNEX), html.Link(page, REPORT)
    texts = [("", report, link if annex else None), *([("lampiran.", annex, back)] if annex else [])]
    made, heads = dict[str, bytes](), list[html.Document]()
    for prefix, reading, other in texts:
        heads.append(html.document(reading))
        made[f"{prefix}html"] = html.page("index", document=heads[-1], link=other).encode()
        if wanted & {"pdf", "docx"}:
            from pkanalysis.report import docx, paper, pdf

            printed = paper.document(reading)
            if "pdf" in wanted:
                made[f"{prefix}pdf"] = pdf.compiled(pdf.markup(printed))
            if "docx" in wanted:
                made[f"{prefix}docx"] = docx.docx(printed, Path(letterhead) if letterhead else None)
    if "xlsx" in wanted:
        from pkanalysis.report import xlsx

        made["xlsx"] = xlsx.write(heads[0], whole)
    return made
