"""The reference document: our look, and with it the letterhead (kop) and the look of the user's own document."""

from __future__ import annotations

import copy
import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from zipfile import BadZipFile

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section

from pkanalysis.errors import PkError
from pkanalysis.report.docx.archive import pack
from pkanalysis.report.docx.grid import text_width

PARTS = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_rels.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    "word/document.xml": "document.xml",
    "word/styles.xml": "styles.xml",
}


@dataclass(frozen=True)
class Reference:
    """What pandoc copies styles, paper and heads from; its text is ``width`` points wide."""

    document: bytes
    width: float


@cache
def ours() -> Reference:
    """The reference document of pkanalysis; pandoc fills in the parts that it lacks."""
    folder = files(__package__) / "parts"
    packed = pack({part: (folder / name).read_bytes() for part, name in PARTS.items()})
    return Reference(packed, text_width(docx.Document(io.BytesIO(packed)).sections[-1]).pt)


def with_letterhead(path: Path) -> Reference:
    """The user's document as reference, with those of our styles that it lacks.

    Parameters
    ----------
    path : Path
        A DOCX whose first section has the letterhead in its header; paper and margins count too.

    Raises
    ------
    PkError
        If the file cannot be read as DOCX.
    """
    document = _opened(path)
    _add_missing_styles(document.styles.element)
    first, last = document.sections[0]._sectPr, document.sections[-1]._sectPr
    if first is not last:  # pandoc takes the last section; a letterhead stands in the first
        last.getparent().replace(last, copy.deepcopy(first))
    section = document.sections[-1]
    _complete(section)
    buffer = io.BytesIO()
    document.save(buffer)
    return Reference(buffer.getvalue(), text_width(section).pt)


def _complete(section: Section) -> None:
    """Our paper and margins where the user's document does not say."""
    own = docx.Document(io.BytesIO(ours().document)).sections[-1]
    for name in ("page_width", "page_height", "left_margin", "right_margin"):
        if getattr(section, name) is None:
            setattr(section, name, getattr(own, name))


def _opened(path: Path) -> Document:
    try:
        return docx.Document(str(path))
    except (OSError, BadZipFile, OpcError, KeyError, ValueError) as error:
        raise PkError(
            f"Dokumen acuan {path.name} tidak dapat dibaca sebagai DOCX; buka di Word, simpan sebagai "
            "“Dokumen Word (.docx)”, lalu ulangi."
        ) from error


def _add_missing_styles(theirs: BaseOxmlElement) -> None:
    """Word finds styles by name (``w:name``); the ids of a document are its own, so ours are translated."""
    known = {_name(style): _id(style) for style in theirs.findall(qn("w:style"))}
    own = docx.Document(io.BytesIO(ours().document)).styles.element.findall(qn("w:style"))
    ids = {_id(style): known.get(_name(style), _id(style)) for style in own}
    for style in own:
        if _name(style) not in known:
            theirs.append(_translated(style, ids))


def _translated(style: BaseOxmlElement, ids: dict[str, str]) -> BaseOxmlElement:
    style = copy.deepcopy(style)
    style.attrib.pop(qn("w:default"), None)
    for tag in ("w:basedOn", "w:next"):
        for link in style.findall(qn(tag)):
            link.set(qn("w:val"), ids[link.get(qn("w:val"))])
    return style


def _name(style: BaseOxmlElement) -> str:
    return str(style.find(qn("w:name")).get(qn("w:val"))).lower()


def _id(style: BaseOxmlElement) -> str:
    return str(style.get(qn("w:styleId")))
