"""The shared document in Word's way: styles by name, captions and contents as fields, sections as breaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from pkanalysis.report.docx import fields
from pkanalysis.report.docx.grid import Look
from pkanalysis.report.pandoc import Ast, nodes
from pkanalysis.report.pandoc.ast import ANNEX, CONTENTS
from pkanalysis.report.pandoc.blocks import FORM, LABEL, MARK, NOTE, NUMBER, SIZE, SOURCE, UNIT
from pkanalysis.report.pandoc.layout import LETTERS, LYING
from pkanalysis.report.pandoc.nodes import Attributes, Node

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
        blocks = nodes.rewrite(list(_sections(self.ast.blocks)), {"Header": self._heading})
        return [*_head(self.ast.meta), *(made for block in blocks for made in self._written(block))]

    def _written(self, block: Node) -> list[Node]:
        self._highest = HIGHEST_SIDEWAYS if _is_sideways(block) else HIGHEST
        rules = {"Span": _span, "Image": self._image, "Figure": _figure, "Table": self._table, "Div": self._division}
        written: list[Node] = nodes.rewrite([block], rules)
        return written

    def _heading(self, node: Node) -> Node:
        """Title is a style of its own in Word, so chapters are headings of level 1."""
        level, _, inlines = node["c"]
        made = nodes.heading(max(level - 1, 1), inlines, Attributes(f"bab_{len(self._headings) + 1}"))
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
    return nodes.division(blocks, _styled(style))


def _styled(style: str) -> Attributes:
    return Attributes(keys={"custom-style": style})


def _style(classes: Iterable[str]) -> str:
    return next((STYLES[name] for name in classes if name in STYLES), "")


def _head(meta: Mapping[str, Node]) -> Iterator[Node]:
    for name, style in {"mark": "Tanda Contoh", "title": "Title", "agency": "Subtitle"}.items():
        if inlines := meta[name]["c"]:
            yield styled(style, [nodes.paragraph(inlines)])
    yield styled("Compact", [nodes.paragraph(line["c"]) for line in meta["lines"]["c"]])


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
    return nodes.raw_block("openxml", fields.section_break(is_sideways))


def _span(node: Node) -> Node:
    """The number of a caption as a field; unit and sample mark in styles of their own."""
    (_, classes, _), inlines = node["c"]
    if NUMBER in classes:
        return nodes.raw("openxml", _number(nodes.text(inlines)))
    style = _style(classes)
    return nodes.span(inlines, _styled(style)) if style else node


def _number(text: str) -> str:
    """A caption's number: it counts on when the table stands in another document, under a name to refer to."""
    word, letter, number = _NUMBER.fullmatch(text).groups()  # type: ignore[union-attr]  # a number of ours
    series = f"{word}_{letter}" if letter else word
    label = fields.run(f"{word} {letter}") + fields.field(rf"SEQ {series} \* ARABIC", number)
    place = _FREE_ID + 4 * int(number) + 2 * bool(letter) + (word == "Tabel")
    return fields.bookmark(f"{word}_{letter}{number}", place, label) + fields.run(".")


def _figure(node: Node) -> list[Node]:
    _, (_, caption), content = node["c"]
    picture = [nodes.paragraph(block["c"]) for block in content]
    return [styled("Gambar Laporan", picture), *_captioned(caption)]


def _captioned(caption: list[Any]) -> list[Node]:
    return [styled("caption", [nodes.paragraph(block["c"]) for block in caption])] if caption else []


def _contents(headings: list[Node]) -> Iterator[Node]:
    """A field that Word fills with page numbers; until then, and elsewhere, the headings stand there as links."""
    shown = [heading["c"] for heading in headings if heading["c"][0] <= _DEPTH]
    yield styled("TOC Heading", [nodes.paragraph(nodes.words(CONTENTS_TITLE))])
    for place, (level, (name, *_), inlines) in enumerate(shown):
        first = [nodes.raw("openxml", fields.opening(rf'TOC \o "1-{_DEPTH}" \h \z \u'))] if place == 0 else []
        last = [nodes.raw("openxml", fields.CLOSING)] if place == len(shown) - 1 else []
        yield styled(f"toc {level}", [nodes.paragraph([*first, nodes.link(inlines, f"#{name}"), *last])])
