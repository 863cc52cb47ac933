"""Tables as people expect them in Word: one look, heads on every page, rows in one piece, captions that stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Length, Mm, Pt
from docx.table import Table

LOOK, HEAD, CELL = "Tabel Laporan", "Kepala Tabel", "Isi Tabel"
SMALLEST = 6.0
"""Size in points below which nobody reads a table on paper."""

A4_WIDTH = Mm(210)
_WHOLE = 5000  # fiftieths of a per cent, Word's unit of shares


@dataclass(frozen=True)
class Look:
    """Ids of the styles of a document, and the usual size of letters in points."""

    table: str
    head: str
    cell: str
    size: float


def dress(document: Document, letters: Sequence[float]) -> None:
    """Style every table of a document whose sections stand.

    Parameters
    ----------
    document : docx.document.Document
        As pandoc wrote it: shares of the width and alignments are there, the head row is marked.
    letters : sequence of float
        Size of the letters of each table in points, in order.
    """
    ids = [document.styles[name].style_id for name in (LOOK, HEAD, CELL)]
    look = Look(*ids, document.styles[CELL].font.size.pt)
    for (table, width), size in zip(_tables(document), letters, strict=True):
        _spread(table, width)
        _style(table, look)
        _keep_together(table)
        if size < look.size:
            _shrink(table, max(size, SMALLEST))


def text_width(section: Section) -> Length:
    """Width between the margins; A4 where a document does not say."""
    page = section.page_width or A4_WIDTH
    return Length(page - (section.left_margin or 0) - (section.right_margin or 0))


def _tables(document: Document) -> Iterator[tuple[BaseOxmlElement, Length]]:
    for section in document.sections:
        width = text_width(section)
        yield from ((part._tbl, width) for part in section.iter_inner_content() if isinstance(part, Table))


def _spread(table: BaseOxmlElement, width: Length) -> None:
    """All of the text wide, here and where it is pasted; numbers may claim more than their share, and stay whole."""
    properties, columns = table.tblPr, table.tblGrid.gridCol_lst
    total = sum(column.w for column in columns)
    shares = [column.w / total for column in columns]
    for column, share in zip(columns, shares, strict=True):
        column.w = Length(round(width * share))
    if (layout := properties.find(qn("w:tblLayout"))) is not None:
        properties.remove(layout)
    _measure(properties.find(qn("w:tblW")), 1.0)
    for row in table.tr_lst:
        for cell in row.tc_lst:
            reach = slice(cell.grid_offset, cell.grid_offset + cell.grid_span)
            _measure(cell.get_or_add_tcPr().get_or_add_tcW(), sum(shares[reach]))


def _measure(width: BaseOxmlElement, share: float) -> None:
    width.set(qn("w:type"), "pct")
    width.set(qn("w:w"), str(round(_WHOLE * share)))


def _style(table: BaseOxmlElement, look: Look) -> None:
    table.tblPr.style = look.table
    for row in table.tr_lst:
        properties = row.get_or_add_trPr()
        properties.insert(0, OxmlElement("w:cantSplit"))
        style = look.cell if properties.find(qn("w:tblHeader")) is None else look.head
        for paragraph in row.iter(qn("w:p")):
            paragraph.style = style


def _keep_together(table: BaseOxmlElement) -> None:
    """Caption with head, last row with the note below it."""
    above = table.getprevious()
    if above is not None and above.tag == qn("w:p"):
        above.get_or_add_pPr().get_or_add_keepNext()
    for paragraph in table.tr_lst[-1].iter(qn("w:p")):
        paragraph.get_or_add_pPr().get_or_add_keepNext()


def _shrink(table: BaseOxmlElement, points: float) -> None:
    for run in table.iter(qn("w:r")):
        run.get_or_add_rPr().sz_val = Pt(points)
