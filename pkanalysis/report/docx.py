"""Reports as Word documents: the shared document in Word's way, written by pandoc and finished by python-docx.

Styles go by name, captions and contents are fields, sections are breaks, figures are PNG.
"""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from pathlib import Path
from zipfile import ZipFile

import docx as word_files
from traitlets import Unicode

from pkanalysis.report import pandoc, word
from pkanalysis.report.html import BlockExporter
from pkanalysis.report.layout import LETTERS, LYING
from pkanalysis.report.pandoc import Node, attributes, node, words
from pkanalysis.report.paper import ANNEX, CONTENTS, FORM, LABEL, MARK, NOTE, NUMBER, SIZE, SOURCE, UNIT, Ast, document
from pkanalysis.report.parts import Reading
from pkanalysis.report.word import CLOSING, Look, computed, opening, run, section_break

STYLES = {NOTE: "Catatan Laporan", SOURCE: "Catatan Laporan", LABEL: "Judul Catatan", MARK: "Tanda", UNIT: "Satuan"}
CONTENTS_TITLE = "Daftar Isi"
PNG = ".png"
"""What a drawing's PNG is called: the name of the drawing and this."""

HIGHEST, HIGHEST_SIDEWAYS = 620.0, 380.0
"""Height in points that leaves a figure's caption on the same page, upright and on its side."""

DOTS_PER_INCH = 200
_PAGE = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg")
"""
_DEPTH = 2  # levels of headings in the table of contents
_FREE_ID = 10_000  # bookmarks from here on are ours, below are pandoc's
_NUMBER = re.compile(r"(\w+) ([A-Z]*)(\d+)\.")


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
    source = pandoc.document(writer.write(), {"lang": node("MetaInlines", words(word.LANGUAGE))})
    with tempfile.TemporaryDirectory(prefix="pkanalysis-") as name:  # pandoc takes these from files only
        folder = Path(name)
        (folder / "acuan.docx").write_bytes(model.document)
        drawn = png([picture.svg for picture in ast.pictures.values()])
        for target, picture in zip(ast.pictures, drawn, strict=True):
            (folder / f"{target}{PNG}").write_bytes(picture)
        options = (f"--reference-doc={folder / 'acuan.docx'}", f"--resource-path={folder}", "--no-highlight")
        written = pandoc.run(source, "--from=json", "--to=docx", "--output=-", *options)
    document = word_files.Document(io.BytesIO(written))
    title, foot, mark = (pandoc.text(ast.meta[name]["c"]) for name in ("title", "footer", "mark"))
    word.arrange(document, mark, foot)
    word.dress(document, writer.looks)
    word.describe(document, title)
    buffer = io.BytesIO()
    document.save(buffer)
    with ZipFile(buffer) as archive:
        return word.pack({name: archive.read(name) for name in archive.namelist()})


def png(drawings: Sequence[bytes]) -> list[bytes]:
    """Draw each SVG at its own size, for Word before 2019 shows no SVG; Typst needs no library of the system for it.

    Nor fonts: our drawings have their texts as paths.

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
    if not drawings:
        return []
    import typst

    drawn = []
    compiler = typst.Compiler(font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False))
    for svg in drawings:
        inputs = {"svg": svg.decode()}
        picture = compiler.compile(input=_PAGE, format="png", ppi=DOTS_PER_INCH, sys_inputs=inputs)
        assert isinstance(picture, bytes)  # one page is one picture
        drawn.append(picture)
    return drawn


@dataclass
class Writer:
    """Dresses one document for an upright text of ``width`` points.

    Afterwards ``looks`` has the look of each table, in order.
    """

    ast: Ast
    width: float
    looks: list[Look] = field(default_factory=list)
    _headings: list[Node] = field(default_factory=list)

    def write(self) -> list[Node]:
        """All blocks, the head of the document first."""
        made = []
        for name, style in {"mark": "Tanda Contoh", "title": "Title", "agency": "Subtitle"}.items():
            if inlines := self.ast.meta[name]["c"]:
                made.append(styled(style, [node("Para", inlines)]))
        made.append(styled("Compact", [node("Para", line["c"]) for line in self.ast.meta["lines"]["c"]]))
        blocks, turned = pandoc.rewrite(list(self.ast.blocks), {"Header": self._heading}), ""
        for side, group in groupby(blocks, _side):  # a break wherever the page turns belongs to the section above it
            if turned:
                made.append(node("RawBlock", ["openxml", section_break(turned == LYING)]))
            if side != ANNEX:  # the annex begins here
                rules: pandoc.Rules = {
                    "Span": _span,
                    "Image": partial(self._image, HIGHEST_SIDEWAYS if side == LYING else HIGHEST),
                    "Figure": self._captioned,
                    "Table": self._captioned,
                    "Div": self._division,
                }
                made += pandoc.rewrite(list(group), rules)
            turned = "" if side == ANNEX else side
        if turned == LYING:
            made.append(node("RawBlock", ["openxml", section_break(is_landscape=True)]))
        return made

    def _heading(self, part: Node) -> Node:
        """Title is a style of its own in Word, so chapters are headings of level 1."""
        level, _, inlines = part["c"]
        made = node("Header", [max(level - 1, 1), attributes(f"bab_{len(self._headings) + 1}"), inlines])
        self._headings.append(made)
        return made

    def _image(self, highest: float, part: Node) -> Node | list[Node]:
        """A picture of ours at its size; any other would be fetched from somewhere, so its words stand for it."""
        _, alternative, (target, _) = part["c"]
        if not (picture := self.ast.pictures.get(target)):
            return list(alternative)
        size = picture.size(self.width, highest)
        inches = {name: f"{points / 72:.4f}in" for name, points in zip(("width", "height"), size or (), strict=False)}
        return part | {"c": [attributes(**inches), alternative, [f"{target}{PNG}", ""]]}

    def _captioned(self, part: Node) -> list[Node]:
        """A table below its caption, a figure above it; the caption is a paragraph of that style."""
        (_, classes, keys), (_, caption), *rest = part["c"]
        lines = [styled("caption", [node("Para", block["c"]) for block in caption])] if caption else []
        if part["t"] == "Figure":
            return [styled("Gambar Laporan", [node("Para", block["c"]) for block in rest[0]]), *lines]
        size = float(dict(keys).get(SIZE, f"{LETTERS}pt").removesuffix("pt"))
        self.looks.append(Look(size / LETTERS, is_form=FORM in classes))
        return [*lines, part | {"c": [attributes(), [None, []], *rest]}]

    def _division(self, part: Node) -> Node | list[Node]:
        (_, classes, _), blocks = part["c"]
        if CONTENTS not in classes:
            styles = [STYLES[name] for name in classes if name in STYLES]
            return styled(styles[0], blocks) if styles else list(blocks)
        # contents are a field that Word fills with page numbers; until then the headings stand there as links
        made = [styled("TOC Heading", [node("Para", words(CONTENTS_TITLE))])]
        shown = [heading["c"] for heading in self._headings if heading["c"][0] <= _DEPTH]
        for place, (level, (name, *_), inlines) in enumerate(shown):
            link = node("Link", [attributes(), inlines, [f"#{name}", ""]])
            first = [_raw(opening(rf'TOC \o "1-{_DEPTH}" \h \z \u'))] if place == 0 else []
            last = [_raw(CLOSING)] if place == len(shown) - 1 else []
            made.append(styled(f"toc {level}", [node("Para", [*first, link, *last])]))
        return made


def styled(style: str, blocks: list[Node]) -> Node:
    """Blocks in a paragraph style of Word, by its English or our Indonesian name."""
    return node("Div", [attributes(**{"custom-style": style}), blocks])


def _raw(code: str) -> Node:
    return node("RawInline", ["openxml", code])


def _side(part: Node) -> str:
    """Where a block stands: on a page on its side, where the annex begins, or upright as usual."""
    classes = part["c"][0][1] if part["t"] == "Div" else []
    return LYING if LYING in classes else ANNEX if ANNEX in classes else "tegak"


def _span(part: Node) -> Node:
    """Unit and sample mark of a caption in styles of their own, its number as a field under a name to refer to.

    So it counts on when the table stands in another document.
    """
    (_, classes, _), inlines = part["c"]
    if NUMBER not in classes:
        styles = [STYLES[name] for name in classes if name in STYLES]
        return node("Span", [attributes(**{"custom-style": styles[0]}), inlines]) if styles else part
    found = _NUMBER.fullmatch(pandoc.text(inlines))
    kind, letter, number = found.groups()  # type: ignore[union-attr]  # a number of ours
    series = f"{kind}_{letter}" if letter else kind
    label = run(f"{kind} {letter}") + computed(rf"SEQ {series} \* ARABIC", number)
    place = _FREE_ID + 4 * int(number) + 2 * bool(letter) + (kind == "Tabel")
    start = f'<w:bookmarkStart w:id="{place}" w:name="{kind}_{letter}{number}"/>'
    return _raw(f'{start}{label}<w:bookmarkEnd w:id="{place}"/>{run(".")}')


class DocxExporter(BlockExporter):
    """The nbconvert exporter ``pkanalysis-docx``: tables and paragraphs that go into the LKjIP."""

    export_from_notebook = "Laporan pkanalysis (DOCX)"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    file_extension = ".docx"

    letterhead = Unicode("", help="DOCX yang kop, kertas, dan gayanya dipakai; kosong berarti gaya pkanalysis.").tag(
        config=True
    )

    def made(self, reading: Reading) -> bytes:
        """The file, under the letterhead if one is set."""
        return docx(document(reading), Path(self.letterhead) if self.letterhead else None)
