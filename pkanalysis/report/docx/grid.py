"""Tables as people expect them in Word: one look, heads on every page, rows in one piece, captions that stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Length, Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table

from pkanalysis.report.pandoc.layout import SIDEWAYS, SMALLEST, UPRIGHT

USUAL, FORM_HEIGHT = Pt(8.5), Mm(15)
STYLE, HEAD, CELL = "Tabel Laporan", "Kepala Tabel", "Isi Tabel"
_WHOLE = 5000  # fiftieths of a per cent, Word's unit of shares
_TYPE, _WIDTH, _PARAGRAPH = qn("w:type"), qn("w:w"), qn("w:p")


@dataclass(frozen=True)
class Look:
    """How one table looks: ``scale`` of its letters against the usual size, and whether it is filled in by hand."""

    scale: float
    is_form: bool = False


@dataclass(frozen=True)
class Styles:
    """Ids of the styles of one table."""

    table: str
    head: str
    cell: str


def dress(document: Document, looks: Sequence[Look]) -> None:
    """Style every table of a document whose sections stand.

    Parameters
    ----------
    document : docx.document.Document
        As pandoc wrote it: shares of the width and alignments are there, the head row is marked.
    looks : sequence of Look
        One for each table, in order.
    """
    style = document.styles[STYLE].style_id
    for (table, section), look in zip(_tables(document), looks, strict=True):
        width = text_width(section)
        fitted = look.scale * min(1.0, width.pt / _expected(section))
        _spread(table, width)
        _style(table, Styles(style, _sized(document, HEAD, fitted), _sized(document, CELL, fitted)))
        _keep_together(table)
        if look.is_form:
            _heighten(table)


def text_width(section: Section) -> Length:
    """Width between the margins."""
    sides = (section.page_width, section.left_margin, section.right_margin)
    page, left, right = (side or Length(0) for side in sides)
    return Length(page - left - right)


def _tables(document: Document) -> Iterator[tuple[BaseOxmlElement, Section]]:
    for section in document.sections:
        yield from ((part._tbl, section) for part in section.iter_inner_content() if isinstance(part, Table))


def _expected(section: Section) -> float:
    """The width in points for which tables were laid out."""
    return SIDEWAYS if section.orientation == WD_ORIENT.LANDSCAPE else UPRIGHT


def _sized(document: Document, name: str, scale: float) -> str:
    """Id of the named style, or of one made from it with smaller letters, to half a point as Word counts."""
    usual: ParagraphStyle = document.styles[name]
    size = document.styles[CELL].font.size or USUAL
    points = max(round(size.pt * scale * 2) / 2, SMALLEST)
    if points >= size.pt:
        return str(usual.style_id)
    smaller = f"{name} {points:g}".replace(".", ",")
    if smaller not in document.styles:
        made = document.styles.add_style(smaller, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style, made.font.size = usual, Pt(points)
    return str(document.styles[smaller].style_id)


def _spread(table: BaseOxmlElement, width: Length) -> None:
    """All of the text wide, here and where it is pasted; numbers may claim more than their share, and stay whole."""
    properties, columns = table.tblPr, table.tblGrid.gridCol_lst
    total = sum(column.w for column in columns)
    shares = [column.w / total for column in columns]
    for column, share in zip(columns, shares, strict=True):
        column.w = Length(round(width * share))
    if (layout := properties.find(qn("w:tblLayout"))) is not None:
        properties.remove(layout)
    properties.find(qn("w:tblW")).attrib.update(_share(1.0))
    for row in table.tr_lst:
        place = 0
        for cell in row.tc_lst:
            reach = cell.grid_span
            measure = cell.makeelement(qn("w:tcW"), _share(sum(shares[place : place + reach])))
            cell.get_or_add_tcPr().insert(0, measure)
            place += reach


def _share(share: float) -> dict[str, str]:
    return {_TYPE: "pct", _WIDTH: str(round(_WHOLE * share))}


def _style(table: BaseOxmlElement, styles: Styles) -> None:
    table.tblPr.style = styles.table
    for row in table.tr_lst:
        properties = row.get_or_add_trPr()
        properties.insert(0, row.makeelement(qn("w:cantSplit")))
        style = styles.cell if properties.find(qn("w:tblHeader")) is None else styles.head
        for paragraph in row.iter(_PARAGRAPH):
            paragraph.style = style


def _heighten(table: BaseOxmlElement) -> None:
    """Room for a signature in each row below the head."""
    for row in table.tr_lst[1:]:
        row.trHeight_val = FORM_HEIGHT


def _keep_together(table: BaseOxmlElement) -> None:
    """Caption with head, last row with the note below it."""
    above = table.getprevious()
    if above is not None and above.tag == _PARAGRAPH:
        above.get_or_add_pPr().get_or_add_keepNext()
    for paragraph in table.tr_lst[-1].iter(_PARAGRAPH):
        paragraph.get_or_add_pPr().get_or_add_keepNext()
