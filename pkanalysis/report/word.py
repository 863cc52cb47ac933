"""What pandoc cannot say of a Word file: fields, the reference document, tables, sections, properties."""

from __future__ import annotations

import copy
import datetime as dt
import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section, _BaseHeaderFooter
from docx.shared import Length, Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table

from pkanalysis.errors import PkError
from pkanalysis.report.layout import SIDEWAYS, SMALLEST, UPRIGHT

OPENING, BETWEEN, CLOSING = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
"""The runs around what a field computes and around what it shows."""

FOLDER = Path(__file__).parent / "templates" / "docx"
PARTS = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_rels.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    "word/document.xml": "document.xml",
    "word/styles.xml": "styles.xml",
}
FIRST = "[Content_Types].xml"
"""Word and file recognisers expect this part at the start."""

LONG_AGO = (1980, 1, 1, 0, 0, 0)
ZIP_START = 315_532_800
"""1 January 1980, where the calendar of zip files begins: the date of a document that was given none."""

USUAL, FORM_HEIGHT = Pt(8.5), Mm(15)
STYLE, HEAD, CELL = "Tabel Laporan", "Kepala Tabel", "Isi Tabel"
MARK_STYLE, FOOT_STYLE = "Tanda Contoh", "Kaki Laporan"
LANGUAGE, PROGRAM = "id-ID", "pkanalysis"
_WHOLE = 5000  # fiftieths of a per cent, Word's unit of shares
_PARAGRAPH = qn("w:p")
_VALUES = {"w:themeFontLang": LANGUAGE, "w:decimalSymbol": ",", "w:listSeparator": ";"}
_UPDATE = '<w:updateFields {} w:val="true"/>'
_WORD_2013 = (
    '<w:compat {}><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
)
_BEHIND = ("w:docVars", "w:rsids", "m:mathPr", "w:themeFontLang", "w:clrSchemeMapping", "w:decimalSymbol")


def computed(code: str, shown: str) -> str:
    """Runs of a field; ``shown`` stands there until Word computes it.

    Examples
    --------
    >>> computed("PAGE", "1").count("<w:r>")
    5
    """
    return opening(code) + run(shown) + CLOSING


def opening(code: str) -> str:
    """The runs before what a field shows."""
    instruction = f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
    return OPENING + instruction + BETWEEN


def run(text: str) -> str:
    """Words as one run.

    Examples
    --------
    >>> run("a < b")
    '<w:r><w:t xml:space="preserve">a &lt; b</w:t></w:r>'
    """
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def section_break(is_landscape: bool) -> str:
    """A paragraph without height that ends a section; :func:`arrange` gives it paper, head and foot."""
    orientation = "landscape" if is_landscape else "portrait"
    height = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    return f'<w:p><w:pPr>{height}<w:sectPr><w:pgSz w:orient="{orientation}"/></w:sectPr></w:pPr></w:p>'


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Zip the named parts without a clock: in order of their names, all dated the earliest that zip knows.

    Examples
    --------
    >>> pack({"b": b"2", "a": b"1"}) == pack({"a": b"1", "b": b"2"})
    True
    """
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name in sorted(parts, key=lambda name: (name != FIRST, name)):
            entry = ZipInfo(name, LONG_AGO)
            entry.create_system = 0  # the same on every system that packs
            archive.writestr(entry, parts[name], ZIP_DEFLATED)
    return buffer.getvalue()


@dataclass(frozen=True)
class Reference:
    """What pandoc copies styles, paper and heads from; its text is ``width`` points wide."""

    document: bytes
    width: float


@cache
def ours() -> Reference:
    """The reference document of pkanalysis; pandoc fills in the parts that it lacks."""
    packed = pack({part: (FOLDER / name).read_bytes() for part, name in PARTS.items()})
    return Reference(packed, text_width(docx.Document(io.BytesIO(packed)).sections[-1]).pt)


def with_letterhead(path: Path) -> Reference:
    """The user's document as reference, with those of our styles that it lacks.

    Parameters
    ----------
    path : Path
        A DOCX whose first section has the letterhead in its header; paper and margins count too, ours where it does
        not say.

    Raises
    ------
    PkError
        If the file cannot be read as DOCX.
    """
    try:
        document = docx.Document(str(path))
    except (OSError, BadZipFile, OpcError, KeyError, ValueError) as error:
        raise PkError(
            f"Dokumen acuan {path.name} tidak dapat dibaca sebagai DOCX; buka di Word, simpan sebagai "
            "“Dokumen Word (.docx)”, lalu ulangi."
        ) from error
    own = docx.Document(io.BytesIO(ours().document))
    _add_missing_styles(document.styles.element, own.styles.element)
    first, last = document.sections[0]._sectPr, document.sections[-1]._sectPr
    if first is not last:  # pandoc takes the last section; a letterhead stands in the first
        last.getparent().replace(last, copy.deepcopy(first))
    section = document.sections[-1]
    for name in ("page_width", "page_height", "left_margin", "right_margin"):
        if getattr(section, name) is None:
            setattr(section, name, getattr(own.sections[-1], name))
    buffer = io.BytesIO()
    document.save(buffer)
    return Reference(buffer.getvalue(), text_width(section).pt)


def _add_missing_styles(theirs: BaseOxmlElement, ours: BaseOxmlElement) -> None:
    """Word finds styles by name (``w:name``); the ids of a document are its own, so ours are translated."""
    known, own = (
        {str(style.find(qn("w:name")).get(qn("w:val"))).lower(): style for style in styles.findall(qn("w:style"))}
        for styles in (theirs, ours)
    )
    key = qn("w:styleId")
    ids = {style.get(key): known.get(name, style).get(key) for name, style in own.items()}
    for style in (style for name, style in own.items() if name not in known):
        made = copy.deepcopy(style)
        made.attrib.pop(qn("w:default"), None)
        for link in (link for tag in ("w:basedOn", "w:next") for link in made.findall(qn(tag))):
            link.set(qn("w:val"), ids[link.get(qn("w:val"))])
        theirs.append(made)


@dataclass(frozen=True)
class Look:
    """How one table looks: ``scale`` of its letters against the usual size, and whether it is filled in by hand."""

    scale: float
    is_form: bool = False


def dress(document: Document, looks: Sequence[Look]) -> None:
    """Style every table as people expect it in Word: one look, heads on every page, rows in one piece.

    Parameters
    ----------
    document : docx.document.Document
        As pandoc wrote it, its sections in place: shares of the width and alignments are there, the head row is marked.
    looks : sequence of Look
        One for each table, in order.
    """
    parts = ((part, section) for section in document.sections for part in section.iter_inner_content())
    tables = [(part._tbl, section) for part, section in parts if isinstance(part, Table)]
    for (table, section), look in zip(tables, looks, strict=True):
        width = text_width(section)
        expected = SIDEWAYS if section.orientation == WD_ORIENT.LANDSCAPE else UPRIGHT  # in points, at layout
        fitted = look.scale * min(1.0, width.pt / expected)
        _spread(table, width)
        table.tblPr.style = document.styles[STYLE].style_id
        head, cell = (_sized(document, name, fitted) for name in (HEAD, CELL))
        for row in table.tr_lst:
            properties = row.get_or_add_trPr()
            properties.insert(0, row.makeelement(qn("w:cantSplit")))
            style = cell if properties.find(qn("w:tblHeader")) is None else head
            for paragraph in row.iter(_PARAGRAPH):
                paragraph.style = style
        above = table.getprevious()  # the caption stays with the head, the last row with the note below it
        captions = [above] if above is not None and above.tag == _PARAGRAPH else []
        for paragraph in (*captions, *table.tr_lst[-1].iter(_PARAGRAPH)):
            paragraph.get_or_add_pPr().get_or_add_keepNext()
        for row in table.tr_lst[1:] if look.is_form else ():  # room for a signature
            row.trHeight_val = FORM_HEIGHT


def text_width(section: Section) -> Length:
    """Width between the margins."""
    sides = (section.page_width, section.left_margin, section.right_margin)
    page, left, right = (side or Length(0) for side in sides)
    return Length(page - left - right)


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
    properties.find(qn("w:tblW")).attrib.update({qn("w:type"): "pct", qn("w:w"): str(_WHOLE)})
    for row in table.tr_lst:
        place = 0
        for cell in row.tc_lst:
            reach = cell.grid_span
            share = round(_WHOLE * sum(shares[place : place + reach]))
            own = {qn("w:type"): "pct", qn("w:w"): str(share)}
            cell.get_or_add_tcPr().insert(0, cell.makeelement(qn("w:tcW"), own))
            place += reach


def arrange(document: Document, mark: str, foot: str) -> None:
    """Write the running lines into the last section and give every section what the last one has.

    Parameters
    ----------
    document : docx.document.Document
        As pandoc wrote it, with :func:`section_break` between its sections.
    mark, foot : str
        What runs along every page: the sample mark at its head (or nothing) and the words at its foot.
    """
    pages = run(" · hal. ") + computed("PAGE", "1") + run(" dari ") + computed("NUMPAGES", "1")
    _run_along(document, "header", MARK_STYLE, run(mark) if mark else "")
    _run_along(document, "footer", FOOT_STYLE, run(foot) + pages)
    body = document.element.body
    for paragraph in list(body.iterchildren(_PARAGRAPH)):
        if (found := paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")) is not None:
            section = copy.deepcopy(body.sectPr)
            size, orientation = section.find(qn("w:pgSz")), found.find(qn("w:pgSz")).get(qn("w:orient"))
            sides = sorted((size.get(qn("w:w")), size.get(qn("w:h"))), key=int, reverse=orientation == "landscape")
            for name, value in zip(("w:w", "w:h", "w:orient"), (*sides, orientation), strict=True):
                size.set(qn(name), value)
            # a section ends in the paragraph above, if there is one; at the end of the document it is the last itself
            above = paragraph.getprevious()
            if not any(below.tag in (_PARAGRAPH, qn("w:tbl")) for below in paragraph.itersiblings()):
                body.replace(body.sectPr, section)
            elif above is not None and above.tag == _PARAGRAPH:
                above.get_or_add_pPr().append(section)
            else:
                found.getparent().replace(found, section)
                continue
            body.remove(paragraph)


def _run_along(document: Document, kind: str, style: str, runs: str) -> None:
    """Write a line at the top of the heads or the end of the feet that Word shows in the last section.

    One that the letterhead lacks is made. A report may be the reference of the next: its own lines do not pile up.
    """
    section, own = document.sections[-1], document.styles[style].style_id
    names = {
        kind: True,
        f"first_page_{kind}": section.different_first_page_header_footer,
        f"even_page_{kind}": document.settings.odd_and_even_pages_header_footer,
    }
    for name in (name for name, is_shown in names.items() if is_shown):
        part: _BaseHeaderFooter = getattr(section, name)
        is_missing = part.is_linked_to_previous
        part.is_linked_to_previous = False
        element = part._element
        if is_missing:
            element[:] = []
        for paragraph in element.findall(_PARAGRAPH):
            if paragraph.style == own:
                element.remove(paragraph)
        if runs:
            look = f"<w:pPr><w:pStyle w:val={quoteattr(own)}/></w:pPr>"
            line = parse_xml(f"<w:p {nsdecls('w')}>{look}{runs}</w:p>")
            element.insert(0 if kind == "header" else len(element), line)
        elif not len(element):  # Word calls a head without any paragraph damaged
            part.add_paragraph(style="Header")


def describe(document: Document, title: str) -> None:
    """Write the core properties; have Word compute the fields when it opens the file, and without its old modes."""
    properties = document.core_properties
    properties.title, properties.language, properties.author = title[:255], LANGUAGE, PROGRAM
    moment = int(os.environ.get("SOURCE_DATE_EPOCH", ZIP_START))
    properties.created = properties.modified = dt.datetime.fromtimestamp(moment, dt.UTC)
    settings = document.settings.element
    for tag, value in _VALUES.items():
        for element in settings.findall(qn(tag)):
            element.set(qn("w:val"), value)
    parts = [_UPDATE] if settings.find(qn("w:compat")) is not None else [_UPDATE, _WORD_2013]
    for part in parts:
        behind = ("w:footnotePr", "w:endnotePr", "w:compat", *_BEHIND) if part is _UPDATE else _BEHIND
        settings.insert_element_before(parse_xml(part.format(nsdecls("w"))), *behind)
