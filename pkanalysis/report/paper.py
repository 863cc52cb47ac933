"""A run notebook as one pandoc document, from which PDF (Typst) and DOCX are written.

:func:`document` gives what both share. A format takes over what it does in its own way by
rewriting nodes (:func:`pandoc.rewrite`):

- ``Image``: its target is a key of ``Ast.pictures``, its inlines are the alt text;
- ``Div`` of class ``mendatar``: chapters that lie on their side (neighbours follow one another);
- ``Div`` of class ``daftar-isi``: the place of the table of contents, after the summary;
- ``Div`` of class ``lampiran``: the place where the annex begins, on a new page;
- ``Div`` of class ``keterangan``: what stands under a block, a ``Div`` each for ``catatan`` and
  ``sumber``; of class ``judul-catatan``: the bold name above a note;
- ``Span`` of class ``nomor`` ("Tabel 3.", "Tabel L3."), ``satuan``, ``tanda`` (DATA CONTOH) in captions;
- attributes ``typst:…`` speak to the Typst writer only; ``layout.layout`` gives shares and sizes of a table block.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode

from pkanalysis.report import pandoc
from pkanalysis.report.html import BROKEN
from pkanalysis.report.layout import LYING, is_left, is_wide, layout
from pkanalysis.report.pandoc import API_VERSION, Attributes, ColumnForm, Node
from pkanalysis.report.parts import Annex, Broken, Part, Prose, Shown, parts

_SIZE = re.compile(rb'<svg[^>]*?\b(width|height)="([\d.]+)(?:pt)?"[^>]*?\b(?:width|height)="([\d.]+)(?:pt)?"')


@dataclass(frozen=True)
class Picture:
    """An SVG drawing; its text is paths, so it needs no font."""

    svg: bytes

    def size(self, widest: float, highest: float) -> tuple[float, float] | None:
        """Width and height in points, as drawn or smaller so as to fit; None where the drawing does not say.

        Examples
        --------
        >>> Picture(b'<svg height="100pt" width="400pt">').size(200, 500)
        (200.0, 50.0)
        """
        if not (found := _SIZE.search(self.svg)):
            return None
        first, second = float(found[2]), float(found[3])
        wide, high = (first, second) if found[1] == b"width" else (second, first)
        scale = min(1.0, widest / wide, highest / high)
        return wide * scale, high * scale


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
        head = pandoc.row([_head(column) for column in block["columns"]])
        room = {"typst:inset": FORM_INSET} if block["is_form"] else {}
        body = [_row(row, place in block["totals"], room) for place, row in enumerate(block["rows"])]
        none = pandoc.row([pandoc.cell(pandoc.words(NO_ROWS), span=len(columns))])
        marks = {LYING: self.is_sideways, FORM: block["is_form"]}
        classes = tuple(name for name, is_so in marks.items() if is_so)
        attributes = Attributes(block["id"], classes, {SIZE: f"{form.size}pt"})
        return [pandoc.table(columns, head, body or [none], _caption(block), attributes)]

    def _figure(self, block: dict[str, Any]) -> list[Node]:
        target = f"gambar-{len(self.pictures) + 1}.svg"
        self.pictures[target] = Picture(base64.b64decode(block["svg"]))
        return [pandoc.figure([pandoc.image(block["alt"], target)], _caption(block), Attributes(block["id"]))]

    def _note(self, block: dict[str, Any]) -> list[Node]:
        label = [_division([pandoc.paragraph([pandoc.strong(pandoc.words(block["caption"]))])], LABEL)]
        sentences = [sentence(item) for item in block["items"]]
        if len(sentences) == 1:
            body = [pandoc.paragraph(sentences[0])]
        else:
            body = [pandoc.items(sentences, block["ordered"])] if sentences else []
        return [*(label if block["caption"] else []), *body]

    def _cover(self, block: dict[str, Any]) -> list[Node]:
        """A second cover: the first one is the head of the document and stands in its metadata."""
        lines = [pandoc.words(block["unit"]), *map(sentence, block["items"])]
        return [pandoc.heading(2, pandoc.words(block["caption"])), *map(pandoc.paragraph, filter(None, lines))]


def _caption(block: dict[str, Any]) -> list[Node]:
    number = pandoc.span(pandoc.words(f"{block['number']}."), Attributes(classes=(NUMBER,)))
    unit = f"({block['unit']})" if block["unit"] else ""
    parts = [[number], pandoc.words(block["caption"]), _quiet(unit, UNIT), _quiet(block["mark"], MARK)]
    return [node for part in parts if part for node in (*part, pandoc.SPACE)][:-1]


def sentence(item: dict[str, Any]) -> list[Node]:
    """One phrase with its values filled in; only ``**`` in our own pattern makes bold.

    Examples
    --------
    >>> item = {"pattern": "**{k}** indikator", "values": {"k": {"text": "**3**"}}}
    >>> [node["t"] for node in sentence(item)], pandoc.text(sentence(item))
    (['Strong', 'Space', 'Str'], '**3** indikator')
    """
    values = {name: cell["text"] for name, cell in item["values"].items()}
    filled = [part.format_map(values) for part in item["pattern"].split("**")]
    parts = [_spaced(part) for part in filled]
    return [node for i, part in enumerate(parts) for node in ([pandoc.strong(part)] if i % 2 and part else part)]


def _spaced(text: str) -> list[Node]:
    """Words with the spaces at both ends, which part them from what stands beside."""
    before, after = text[:1].isspace(), text[-1:].isspace() and text.strip()
    return [*([pandoc.SPACE] if before else []), *pandoc.words(text), *([pandoc.SPACE] if after else [])]


def _head(column: dict[str, Any]) -> list[Any]:
    place = "bottom + left" if is_left(column) else "bottom + right"
    return pandoc.cell(pandoc.words(column["label"]), attributes=Attributes(keys={"typst:align": place}))


def _row(cells: list[dict[str, Any]], is_total: bool, keys: Mapping[str, str]) -> list[Any]:
    keys = {**keys, "typst:stroke": "(top: garis-jumlah)"} if is_total else keys
    return pandoc.row([_cell(cell, is_total, keys) for cell in cells], Attributes(classes=(TOTAL,) if is_total else ()))


def _cell(cell: dict[str, Any], is_total: bool, keys: Mapping[str, str]) -> list[Any]:
    """One cell; only one that could fill a page may break over pages."""
    inlines = sentence(cell) if cell["kind"] == "kalimat" else pandoc.words(cell["text"])
    if is_total and inlines:
        inlines = [pandoc.strong(inlines)]
    if len(cell["text"]) > FULL_PAGE:
        keys = {**keys, "typst:breakable": "true"}
    return pandoc.cell(inlines, attributes=Attributes(keys=keys))


def _below(block: dict[str, Any]) -> list[Node]:
    """The note and the source under a block."""
    source = f"Sumber: {block['source']}" if block["source"] else ""
    lines = [(block["note"], NOTE), (source, SOURCE)]
    below = [_division([pandoc.paragraph(pandoc.words(text))], name) for text, name in lines if text]
    return [_division(below, BELOW)] if below else []


def _quiet(text: str, name: str) -> list[Node]:
    return [pandoc.span(pandoc.words(text), Attributes(classes=(name,)))] if text else []


def _division(blocks: list[Node], name: str) -> Node:
    return pandoc.division(blocks, Attributes(classes=(name,)))


CONTENTS, ANNEX = "daftar-isi", "lampiran"
SEVERAL = 6
"""An annex with so many parts, its head among them, has contents and turns its pages chapter by chapter."""
ANNEX_BEGINS = pandoc.division([], Attributes(classes=(ANNEX,)))
FAILED = BROKEN.striptags()

Item = Node | Shown


@dataclass(frozen=True)
class Ast:
    """A pandoc document and the pictures that its images point to.

    ``meta`` holds ``title``, ``agency``, ``footer``, ``mark`` (inlines) and ``lines`` (a list of them), and
    ``mendatar`` if the whole document lies on its side.
    """

    meta: Mapping[str, Node]
    blocks: tuple[Node, ...]
    pictures: Mapping[str, Picture]

    def json(self) -> str:
        """The input of pandoc."""
        return json.dumps({"pandoc-api-version": API_VERSION, "meta": dict(self.meta), "blocks": self.blocks})


def document(notebook: NotebookNode) -> Ast:
    """A run notebook as one pandoc document.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Only its Markdown cells and its blocks are read. One that begins with an annex of few chapters is a document
        without summary and contents; it lies on its side as a whole if a table needs it, below its head.
    """
    found = list(parts(notebook))
    payloads = [part.payload for part in found if isinstance(part, Shown)]
    cover = next((block for block in payloads if block["kind"] == "Cover"), None)
    body = [item for item in _items(found) if not (isinstance(item, Shown) and item.payload is cover)]
    title = pandoc.words(cover["caption"]) if cover else _title(body)
    mark = next((block["mark"] for block in payloads if block["mark"]), "")
    writer, steps = Writer(), list(_stepped(body))
    is_annex = steps[:1] == [ANNEX_BEGINS]
    chapters = _chapters(steps[1:] if is_annex else steps)
    is_short = is_annex and len(chapters) < SEVERAL
    is_sideways = is_short and _has_wide(steps)
    written = _chapter(steps[1:], writer, is_sideways) if is_short else _written(chapters, writer)
    meta = _meta(title, cover or {}, mark) | ({LYING: pandoc.meta(pandoc.words(LYING))} if is_sideways else {})
    return Ast(meta, tuple(written), writer.pictures)


def _items(found: list[Part]) -> Iterator[Item]:
    texts = iter(pandoc.read(tuple(part.source for part in found if isinstance(part, Prose))))
    for part in found:
        if isinstance(part, Prose):
            yield from next(texts)
        elif isinstance(part, Broken):
            yield pandoc.paragraph([pandoc.strong(pandoc.words(FAILED))])
        elif isinstance(part, Annex):
            yield ANNEX_BEGINS
        else:
            yield part


def _title(body: list[Item]) -> list[Node]:
    """The first heading of level 1, taken out of the body."""
    for place, item in enumerate(body):
        if _level(item) == 1:
            inlines: list[Node] = body.pop(place)["c"][2]  # type: ignore[index]  # what has a level is a node
            return inlines
    return pandoc.words("Laporan")


def _level(item: Item) -> int:
    """The level of a heading; 0 for anything else."""
    return item["c"][0] if isinstance(item, dict) and item["t"] == "Header" else 0


def _meta(title: list[Node], cover: dict[str, Any], mark: str) -> dict[str, Node]:
    words = {"title": title} | {
        name: pandoc.words(text)
        for name, text in {"agency": cover.get("unit", ""), "footer": cover.get("footer", ""), "mark": mark}.items()
    }
    lines = pandoc.meta_list([pandoc.meta(sentence(item)) for item in cover.get("items", [])])
    return {name: pandoc.meta(inlines) for name, inlines in words.items()} | {"lines": lines}


def _stepped(body: Iterable[Item]) -> Iterator[Item]:
    """Headings that never skip a level below the title, as a screen reader needs them."""
    last = 1
    for item in body:
        if not (level := _level(item)):
            yield item
            continue
        last = max(2, min(level, last + 1))
        yield pandoc.heading(last, item["c"][2])  # type: ignore[index]  # what has a level is a node


def _chapters(body: Iterable[Item]) -> list[list[Item]]:
    """The summary, then the chapters with their headings; between two of them may stand where the annex begins."""
    chapters: list[list[Item]] = [[]]
    for item in body:
        if _level(item) == 2 or item is ANNEX_BEGINS:
            chapters.append([])
        chapters[-1].append(item)
    return chapters


def _written(chapters: list[list[Item]], writer: Writer) -> Iterator[Node]:
    """The summary upright, the place of the contents, the chapters; one with a wide table lies on its side."""
    for number, chapter in enumerate(chapters):
        if number == 1:
            yield pandoc.division([], Attributes(classes=(CONTENTS,)))
        yield from _chapter(chapter, writer, number > 0 and _has_wide(chapter))


def _chapter(chapter: list[Item], writer: Writer, is_sideways: bool) -> list[Node]:
    writer.is_sideways = is_sideways
    written = [node for item in chapter for node in (writer.write(item.payload) if isinstance(item, Shown) else [item])]
    return [pandoc.division(written, Attributes(classes=(LYING,)))] if is_sideways else written


def _has_wide(chapter: list[Item]) -> bool:
    tables = [item.payload for item in chapter if isinstance(item, Shown) and item.payload["kind"] == "Table"]
    return any(map(is_wide, tables))
