"""Tables as people expect them in Word: one look, heads on every page, rows in one piece."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt

LOOK, HEAD, CELL = "Tabel Laporan", "Kepala Tabel", "Isi Tabel"
SMALLEST = 6.0
"""Size in points below which nobody reads a table on paper."""


def dress(document: Document, letters: Sequence[float]) -> None:
    """Style every table of the document.

    Parameters
    ----------
    document : docx.document.Document
        As pandoc wrote it: widths and alignments are there, the head row is marked.
    letters : sequence of float
        Size of the letters of each table in points, in order.
    """
    ids = {name: document.styles[name].style_id for name in (LOOK, HEAD, CELL)}
    usual = document.styles[CELL].font.size.pt
    for table, size in zip(document.element.body.iter(qn("w:tbl")), letters, strict=True):
        _look(table, ids[LOOK])
        for row in table.iterchildren(qn("w:tr")):
            _keep_in_one_piece(row)
            is_head = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
            for paragraph in row.iter(qn("w:p")):
                paragraph.style = ids[HEAD if is_head else CELL]
        if size < usual:
            _shrink(table, max(size, SMALLEST))


def _look(table: BaseOxmlElement, style: str) -> None:
    properties = table.tblPr
    properties.style = style
    width = properties.find(qn("w:tblW"))
    width.set(qn("w:type"), "pct")
    width.set(qn("w:w"), "5000")  # fiftieths of a per cent: all of the text, also where it is pasted


def _keep_in_one_piece(row: BaseOxmlElement) -> None:
    row.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def _shrink(table: BaseOxmlElement, points: float) -> None:
    for run in table.iter(qn("w:r")):
        run.get_or_add_rPr().sz_val = Pt(points)
