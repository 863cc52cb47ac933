"""Reports as Word documents: real tables, styles and fields, under the agency's letterhead.

From the shared document to the bytes of a DOCX: pandoc writes it, python-docx finishes it.

The nbconvert exporter ``pkanalysis-docx``: a report whose tables and paragraphs go into the LKjIP.

Pieces of WordprocessingML that pandoc has no node for: fields that Word computes, bookmarks, section breaks.

Vector figures as PNG, for Word before 2019 shows no SVG; Typst draws them, without any library of the system.

The shared document in Word's way: styles by name, captions and contents as fields, sections as breaks.
"""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx as word_files
from docx.document import Document
from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import Unicode

from pkanalysis.report import pandoc, word
from pkanalysis.report.layout import LETTERS, LYING
from pkanalysis.report.pandoc import Attributes, Node
from pkanalysis.report.paper import ANNEX, CONTENTS, FORM, LABEL, MARK, NOTE, NUMBER, SIZE, SOURCE, UNIT, Ast, document
from pkanalysis.report.word import CLOSING, Look, bookmark, computed, opening, run, section_break

if TYPE_CHECKING:
    import typst

__all__ = [
    "DocxExporter",
]

DOTS_PER_INCH = 200
_PAGE = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg")
"""


def png(drawings: Sequence[bytes]) -> list[bytes]:
    """Draw each SVG at its own size.

    Parameters
    ----------
    drawings : sequence of bytes
        SVG as matplotlib writes it: width and height in points, text as paths.

    Returns
    -------
    list of bytes
        PNG at :data:`DOTS_PER_INCH`, in the same order.

    Examples
    --------
    >>> [picture] = png([b'<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="36pt"/>'])
    >>> picture[1:4], int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])
    (b'PNG', 200, 100)
    """
    return [_draw(svg) for svg in drawings]


def _draw(svg: bytes) -> bytes:
    inputs = {"svg": svg.decode()}
    picture = _compiler().compile(input=_PAGE, format="png", ppi=DOTS_PER_INCH, sys_inputs=inputs)
    assert isinstance(picture, bytes)  # one page is one picture
    return picture


@cache
def _compiler() -> typst.Compiler:
    """One per process, without fonts: our drawings have none."""
    import typst

    return typst.Compiler(font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False))


STYLES = {NOTE: "Catatan Laporan", SOURCE: "Catatan Laporan", LABEL: "Judul Catatan", MARK: "Tanda", UNIT: "Satuan"}
CONTENTS_TITLE = "Daftar Isi"
PNG = ".png"
"""What a drawing's PNG is called: the name of the drawing and this."""

HIGHEST, HIGHEST_SIDEWAYS = 620.0, 380.0
"""Height in points that leaves a figure's caption on the same page, upright and on its side."""

_DEPTH = 2  # levels of headings in the table of contents
_FREE_ID = 10_000  # bookmarks from here on are ours, below are pandoc's
_NUMBER = re.compile(r"(\w+) ([A-Z]*)(\d+)\.")


@dataclass
class Writer:
    """Dresses one document for an upright text of ``width`` points.

    Afterwards ``looks`` has the look of each table, in order.
    """

    ast: Ast
    width: float
    looks: list[Look] = field(default_factory=list)
    _headings: list[Node] = field(default_factory=list)
    _highest: float = HIGHEST

    def write(self) -> list[Node]:
        """All blocks, the head of the document first."""
        blocks = pandoc.rewrite(list(_sections(self.ast.blocks)), {"Header": self._heading})
        return [*_head(self.ast.meta), *(made for block in blocks for made in self._written(block))]

    def _written(self, block: Node) -> list[Node]:
        self._highest = HIGHEST_SIDEWAYS if _is_sideways(block) else HIGHEST
        rules = {"Span": _span, "Image": self._image, "Figure": _figure, "Table": self._table, "Div": self._division}
        written: list[Node] = pandoc.rewrite([block], rules)
        return written

    def _heading(self, node: Node) -> Node:
        """Title is a style of its own in Word, so chapters are headings of level 1."""
        level, _, inlines = node["c"]
        made = pandoc.heading(max(level - 1, 1), inlines, Attributes(f"bab_{len(self._headings) + 1}"))
        self._headings.append(made)
        return made

    def _image(self, node: Node) -> Node | list[Node]:
        """A picture of ours at its size; any other would be fetched from somewhere, so its words stand for it."""
        _, alternative, (target, _) = node["c"]
        if not (picture := self.ast.pictures.get(target)):
            return list(alternative)
        size = picture.size(self.width, self._highest)
        inches = {name: f"{points / 72:.4f}in" for name, points in zip(("width", "height"), size or (), strict=False)}
        return node | {"c": [Attributes(keys=inches).json(), alternative, [f"{target}{PNG}", ""]]}

    def _table(self, node: Node) -> list[Node]:
        attributes, (_, caption), *rest = node["c"]
        size = float(dict(attributes[2]).get(SIZE, f"{LETTERS}pt").removesuffix("pt"))
        self.looks.append(Look(size / LETTERS, is_form=FORM in attributes[1]))
        return [*_captioned(caption), node | {"c": [Attributes().json(), [None, []], *rest]}]

    def _division(self, node: Node) -> Node | list[Node]:
        (_, classes, _), blocks = node["c"]
        if CONTENTS in classes:
            return list(_contents(self._headings))
        style = _style(classes)
        return styled(style, blocks) if style else list(blocks)


def styled(style: str, blocks: list[Node]) -> Node:
    """Blocks in a paragraph style of Word, by its English or our Indonesian name."""
    return pandoc.division(blocks, _styled(style))


def _styled(style: str) -> Attributes:
    return Attributes(keys={"custom-style": style})


def _style(classes: Iterable[str]) -> str:
    return next((STYLES[name] for name in classes if name in STYLES), "")


def _head(meta: Mapping[str, Node]) -> Iterator[Node]:
    for name, style in {"mark": "Tanda Contoh", "title": "Title", "agency": "Subtitle"}.items():
        if inlines := meta[name]["c"]:
            yield styled(style, [pandoc.paragraph(inlines)])
    yield styled("Compact", [pandoc.paragraph(line["c"]) for line in meta["lines"]["c"]])


def _sections(blocks: Iterable[Node]) -> Iterator[Node]:
    """A break wherever the page turns or the annex begins; it belongs to the section above it."""
    turned = None
    for (is_sideways, begins_annex), group in groupby(blocks, lambda block: (_is_sideways(block), _is(block, ANNEX))):
        if turned is not None:
            yield _break(turned)
        if not begins_annex:
            yield from group
        turned = None if begins_annex else is_sideways
    if turned:
        yield _break(turned)


def _is_sideways(node: Node) -> bool:
    return _is(node, LYING)


def _is(node: Node, name: str) -> bool:
    return node["t"] == "Div" and name in node["c"][0][1]


def _break(is_sideways: bool) -> Node:
    return pandoc.raw_block("openxml", section_break(is_sideways))


def _span(node: Node) -> Node:
    """The number of a caption as a field; unit and sample mark in styles of their own."""
    (_, classes, _), inlines = node["c"]
    if NUMBER in classes:
        return pandoc.raw("openxml", _number(pandoc.text(inlines)))
    style = _style(classes)
    return pandoc.span(inlines, _styled(style)) if style else node


def _number(text: str) -> str:
    """A caption's number: it counts on when the table stands in another document, under a name to refer to."""
    word, letter, number = _NUMBER.fullmatch(text).groups()  # type: ignore[union-attr]  # a number of ours
    series = f"{word}_{letter}" if letter else word
    label = run(f"{word} {letter}") + computed(rf"SEQ {series} \* ARABIC", number)
    place = _FREE_ID + 4 * int(number) + 2 * bool(letter) + (word == "Tabel")
    return bookmark(f"{word}_{letter}{number}", place, label) + run(".")


def _figure(node: Node) -> list[Node]:
    _, (_, caption), content = node["c"]
    picture = [pandoc.paragraph(block["c"]) for block in content]
    return [styled("Gambar Laporan", picture), *_captioned(caption)]


def _captioned(caption: list[Any]) -> list[Node]:
    return [styled("caption", [pandoc.paragraph(block["c"]) for block in caption])] if caption else []


def _contents(headings: list[Node]) -> Iterator[Node]:
    """A field that Word fills with page numbers; until then, and elsewhere, the headings stand there as links."""
    shown = [heading["c"] for heading in headings if heading["c"][0] <= _DEPTH]
    yield styled("TOC Heading", [pandoc.paragraph(pandoc.words(CONTENTS_TITLE))])
    for place, (level, (name, *_), inlines) in enumerate(shown):
        first = [pandoc.raw("openxml", opening(rf'TOC \o "1-{_DEPTH}" \h \z \u'))] if place == 0 else []
        last = [pandoc.raw("openxml", CLOSING)] if place == len(shown) - 1 else []
        yield styled(f"toc {level}", [pandoc.paragraph([*first, pandoc.link(inlines, f"#{name}"), *last])])


def docx(ast: Ast, letterhead: Path | None = None) -> bytes:
    """Write a document; the same document gives the same bytes.

    Parameters
    ----------
    ast : Ast
    letterhead : Path, optional
        The user's reference document, whose head, paper and styles it takes.

    Raises
    ------
    PkError
        If the letterhead cannot be read, or pandoc refuses the document.
    """
    model = word.with_letterhead(letterhead) if letterhead else word.ours()
    writer = Writer(ast, model.width)
    dressed = replace(ast, meta={"lang": pandoc.meta(pandoc.words(word.LANGUAGE))}, blocks=tuple(writer.write()))
    document = word_files.Document(io.BytesIO(_written(dressed, model.document)))
    title, foot, mark = (pandoc.text(ast.meta[name]["c"]) for name in ("title", "footer", "mark"))
    word.arrange(document, word.Running(mark, foot))
    word.dress(document, writer.looks)
    word.describe(document, title)
    return _saved(document)


def _written(dressed: Ast, model: bytes) -> bytes:
    """What pandoc makes of it; it takes the reference and the pictures from files only."""
    with tempfile.TemporaryDirectory(prefix="pkanalysis-") as name:
        folder = Path(name)
        (folder / "acuan.docx").write_bytes(model)
        drawn = png([picture.svg for picture in dressed.pictures.values()])
        for target, picture in zip(dressed.pictures, drawn, strict=True):
            (folder / f"{target}{PNG}").write_bytes(picture)
        options = (f"--reference-doc={folder / 'acuan.docx'}", f"--resource-path={folder}", "--no-highlight")
        return pandoc.run(dressed.json(), "--from=json", "--to=docx", "--output=-", *options)


def _saved(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return word.pack(word.unpack(buffer.getvalue()))


class DocxExporter(Exporter):
    """Prints the Markdown cells and the blocks of a notebook as a Word document with real tables and styles."""

    export_from_notebook = "Laporan pkanalysis (DOCX)"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    file_extension = ".docx"

    letterhead = Unicode("", help="DOCX yang kop, kertas, dan gayanya dipakai; kosong berarti gaya pkanalysis.").tag(
        config=True
    )

    def from_notebook_node(  # type: ignore[override]  # bytes, as nbconvert's own PDF exporter
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """Convert one run notebook."""
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        made = docx(document(nb), Path(self.letterhead) if self.letterhead else None)
        return made, resources | {"output_extension": self.file_extension}
