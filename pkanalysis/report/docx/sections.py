"""Sections: every one on the same paper, with the same letterhead, running lines and page numbers."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import _BaseHeaderFooter

from pkanalysis.report.docx.fields import field, run

MARK_STYLE = "Tanda Contoh"
FOOT_STYLE = "Kaki Laporan"
_CONTENT = (qn("w:p"), qn("w:tbl"))


@dataclass(frozen=True)
class Running:
    """What runs along every page: the sample mark at its head (or nothing) and the words at its foot."""

    mark: str
    foot: str


def arrange(document: Document, running: Running) -> None:
    """Write the running lines into the last section and give every section what the last one has."""
    _write_running_lines(document, running)
    body = document.element.body
    for paragraph in list(body.iterchildren(qn("w:p"))):
        if (mark := paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")) is not None:
            _settle(paragraph, _section(body.sectPr, mark))


def _section(model: BaseOxmlElement, mark: BaseOxmlElement) -> BaseOxmlElement:
    section = copy.deepcopy(model)
    size = section.find(qn("w:pgSz"))
    orientation = mark.find(qn("w:pgSz")).get(qn("w:orient"))
    sides = sorted((size.get(qn("w:w")), size.get(qn("w:h"))), key=int, reverse=orientation == "landscape")
    for name, value in zip(("w:w", "w:h", "w:orient"), (*sides, orientation), strict=True):
        size.set(qn(name), value)
    return section


def _settle(mark: BaseOxmlElement, section: BaseOxmlElement) -> None:
    """End the section in the paragraph above the mark; at the end of the document it is the last section itself."""
    above = mark.getprevious()
    if not any(below.tag in _CONTENT for below in mark.itersiblings()):
        document_end = mark.getparent().sectPr
        document_end.getparent().replace(document_end, section)
    elif above is not None and above.tag == qn("w:p"):
        above.get_or_add_pPr().append(section)
    else:
        mark.pPr.replace(mark.pPr.find(qn("w:sectPr")), section)
        return
    mark.getparent().remove(mark)


def _write_running_lines(document: Document, running: Running) -> None:
    for head in _parts(document, "header"):
        _drop(document, head, MARK_STYLE)
        if running.mark:
            head.insert(0, _line(document, MARK_STYLE, run(running.mark)))
    pages = run(" · hal. ") + field("PAGE", "1") + run(" dari ") + field("NUMPAGES", "1")
    for foot in _parts(document, "footer"):
        _drop(document, foot, FOOT_STYLE)
        foot.append(_line(document, FOOT_STYLE, run(running.foot) + pages))


def _parts(document: Document, kind: str) -> Iterator[BaseOxmlElement]:
    """The heads or feet that Word shows in the last section; one that the letterhead lacks is made, empty."""
    section = document.sections[-1]
    names = {
        kind: True,
        f"first_page_{kind}": section.different_first_page_header_footer,
        f"even_page_{kind}": document.settings.odd_and_even_pages_header_footer,
    }
    for name in (name for name, is_shown in names.items() if is_shown):
        part: _BaseHeaderFooter = getattr(section, name)
        is_missing = part.is_linked_to_previous
        part.is_linked_to_previous = False
        if is_missing:
            part._element[:] = []
        yield part._element
        if not len(part._element):  # Word calls a head without any paragraph damaged
            part._element.append(_line(document, "Header", ""))


def _drop(document: Document, part: BaseOxmlElement, style: str) -> None:
    """A report may be the reference of the next: its own running lines do not pile up."""
    own = document.styles[style].style_id
    for paragraph in part.findall(qn("w:p")):
        if paragraph.style == own:
            part.remove(paragraph)


def _line(document: Document, style: str, runs: str) -> BaseOxmlElement:
    look = f"<w:pPr><w:pStyle w:val={quoteattr(document.styles[style].style_id)}/></w:pPr>"
    return parse_xml(f"<w:p {nsdecls('w')}>{look}{runs}</w:p>")
