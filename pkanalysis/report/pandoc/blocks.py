"""Each block as nodes with its number; what came from data stands as words only."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pkanalysis.report.pandoc import nodes
from pkanalysis.report.pandoc.layout import LYING, is_left, layout
from pkanalysis.report.pandoc.nodes import Attributes, ColumnForm, Node
from pkanalysis.report.pandoc.pictures import Picture

SIZE = "typst:text:size"
"""Attribute of a table: the size of its letters, in points."""

BELOW, NOTE, SOURCE = "keterangan", "catatan", "sumber"
NUMBER, UNIT, MARK = "nomor", "satuan", "tanda"
LABEL = "judul-catatan"
TOTAL, FORM = "jumlah", "isian"
FULL_PAGE = 1000
"""Characters in a cell that may need more than one page in a narrow column."""

FORM_INSET = "(bottom: 11mm)"
"""Room below the words of a form's cell, for a signature."""

NO_ROWS = "Tidak ada baris."


@dataclass
class Writer:
    """Turns the blocks of one document into nodes and keeps their pictures.

    ``is_sideways`` tells of the page that is being written.
    """

    pictures: dict[str, Picture] = field(default_factory=dict)
    is_sideways: bool = False

    def write(self, block: dict[str, Any]) -> list[Node]:
        """The nodes of one block, with its note and source below."""
        made = {"Table": self._table, "Figure": self._figure, "Note": self._note, "Cover": self._cover}[block["kind"]]
        return [*made(block), *_below(block)]

    def _table(self, block: dict[str, Any]) -> list[Node]:
        form = layout(block, self.is_sideways)
        columns = [
            ColumnForm("AlignLeft" if is_left(column) else "AlignRight", share)
            for column, share in zip(block["columns"], form.shares, strict=True)
        ]
        head = nodes.row([_head(column) for column in block["columns"]])
        room = {"typst:inset": FORM_INSET} if block["is_form"] else {}
        body = [_row(row, place in block["totals"], room) for place, row in enumerate(block["rows"])]
        none = nodes.row([nodes.cell(nodes.words(NO_ROWS), span=len(columns))])
        marks = {LYING: self.is_sideways, FORM: block["is_form"]}
        classes = tuple(name for name, is_so in marks.items() if is_so)
        attributes = Attributes(block["id"], classes, {SIZE: f"{form.size}pt"})
        return [nodes.table(columns, head, body or [none], _caption(block), attributes)]

    def _figure(self, block: dict[str, Any]) -> list[Node]:
        target = f"gambar-{len(self.pictures) + 1}.svg"
        self.pictures[target] = Picture(base64.b64decode(block["svg"]))
        return [nodes.figure([nodes.image(block["alt"], target)], _caption(block), Attributes(block["id"]))]

    def _note(self, block: dict[str, Any]) -> list[Node]:
        label = [_division([nodes.paragraph([nodes.strong(nodes.words(block["caption"]))])], LABEL)]
        sentences = [sentence(item) for item in block["items"]]
        if len(sentences) == 1:
            body = [nodes.paragraph(sentences[0])]
        else:
            body = [nodes.items(sentences, block["ordered"])] if sentences else []
        return [*(label if block["caption"] else []), *body]

    def _cover(self, block: dict[str, Any]) -> list[Node]:
        """A second cover: the first one is the head of the document and stands in its metadata."""
        lines = [nodes.words(block["unit"]), *map(sentence, block["items"])]
        return [nodes.heading(2, nodes.words(block["caption"])), *map(nodes.paragraph, filter(None, lines))]


def _caption(block: dict[str, Any]) -> list[Node]:
    number = nodes.span(nodes.words(f"{block['number']}."), Attributes(classes=(NUMBER,)))
    unit = f"({block['unit']})" if block["unit"] else ""
    parts = [[number], nodes.words(block["caption"]), _quiet(unit, UNIT), _quiet(block["mark"], MARK)]
    return [node for part in parts if part for node in (*part, nodes.SPACE)][:-1]


def sentence(item: dict[str, Any]) -> list[Node]:
    """One phrase with its values filled in; only ``**`` in our own pattern makes bold.

    Examples
    --------
    >>> item = {"pattern": "**{k}** indikator", "values": {"k": {"text": "**3**"}}}
    >>> [node["t"] for node in sentence(item)], nodes.text(sentence(item))
    (['Strong', 'Space', 'Str'], '**3** indikator')
    """
    values = {name: cell["text"] for name, cell in item["values"].items()}
    filled = [part.format_map(values) for part in item["pattern"].split("**")]
    parts = [_spaced(part) for part in filled]
    return [node for i, part in enumerate(parts) for node in ([nodes.strong(part)] if i % 2 and part else part)]


def _spaced(text: str) -> list[Node]:
    """Words with the spaces at both ends, which part them from what stands beside."""
    before, after = text[:1].isspace(), text[-1:].isspace() and text.strip()
    return [*([nodes.SPACE] if before else []), *nodes.words(text), *([nodes.SPACE] if after else [])]


def _head(column: dict[str, Any]) -> list[Any]:
    place = "bottom + left" if is_left(column) else "bottom + right"
    return nodes.cell(nodes.words(column["label"]), attributes=Attributes(keys={"typst:align": place}))


def _row(cells: list[dict[str, Any]], is_total: bool, keys: Mapping[str, str]) -> list[Any]:
    keys = {**keys, "typst:stroke": "(top: garis-jumlah)"} if is_total else keys
    return nodes.row([_cell(cell, is_total, keys) for cell in cells], Attributes(classes=(TOTAL,) if is_total else ()))


def _cell(cell: dict[str, Any], is_total: bool, keys: Mapping[str, str]) -> list[Any]:
    """One cell; only one that could fill a page may break over pages."""
    inlines = sentence(cell) if cell["kind"] == "kalimat" else nodes.words(cell["text"])
    if is_total and inlines:
        inlines = [nodes.strong(inlines)]
    if len(cell["text"]) > FULL_PAGE:
        keys = {**keys, "typst:breakable": "true"}
    return nodes.cell(inlines, attributes=Attributes(keys=keys))


def _below(block: dict[str, Any]) -> list[Node]:
    """The note and the source under a block."""
    source = f"Sumber: {block['source']}" if block["source"] else ""
    lines = [(block["note"], NOTE), (source, SOURCE)]
    below = [_division([nodes.paragraph(nodes.words(text))], name) for text, name in lines if text]
    return [_division(below, BELOW)] if below else []


def _quiet(text: str, name: str) -> list[Node]:
    return [nodes.span(nodes.words(text), Attributes(classes=(name,)))] if text else []


def _division(blocks: list[Node], name: str) -> Node:
    return nodes.division(blocks, Attributes(classes=(name,)))
