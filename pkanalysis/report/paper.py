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
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pkanalysis.report import pandoc
from pkanalysis.report.html import BROKEN
from pkanalysis.report.layout import LYING, is_left, is_wide, layout
from pkanalysis.report.pandoc import Node, attributes, cell, division, node, words
from pkanalysis.report.parts import Annex, Broken, Prose, Reading, Shown

SIZE = "typst:text:size"
"""Attribute of a table: the size of its letters, in points."""

CONTENTS, ANNEX = "daftar-isi", "lampiran"
BELOW, NOTE, SOURCE = "keterangan", "catatan", "sumber"
NUMBER, UNIT, MARK, LABEL = "nomor", "satuan", "tanda", "judul-catatan"
TOTAL, FORM = "jumlah", "isian"
SEVERAL = 6
"""An annex with so many parts, its head among them, has contents and turns its pages chapter by chapter."""

FULL_PAGE = 1000
"""Characters in a cell that may need more than one page in a narrow column."""

FORM_INSET = "(bottom: 11mm)"
"""Room below the words of a form's cell, for a signature."""

NO_ROWS = "Tidak ada baris."
ANNEX_BEGINS = division([], ANNEX)
_SIZE = re.compile(rb'<svg[^>]*?\b(width|height)="([\d.]+)(?:pt)?"[^>]*?\b(?:width|height)="([\d.]+)(?:pt)?"')

Item = Node | Shown


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


@dataclass(frozen=True)
class Ast:
    """A pandoc document and the pictures that its images point to.

    ``meta`` holds ``title``, ``agency``, ``footer``, ``mark`` (inlines) and ``lines`` (a list of them), and
    ``mendatar`` if the whole document lies on its side.
    """

    meta: Mapping[str, Node]
    blocks: tuple[Node, ...]
    pictures: Mapping[str, Picture]


def document(reading: Reading) -> Ast:
    """A run notebook as one pandoc document.

    Parameters
    ----------
    reading : Reading
        One that begins with an annex of few chapters is a document without summary and contents; it lies on its side
        as a whole if a table needs it, below its head.
    """
    cover, pictures = reading.cover, dict[str, Picture]()
    title, steps = _body(reading)
    is_annex = steps[:1] == [ANNEX_BEGINS]
    chapters: list[list[Item]] = [[]]  # the summary first; between two chapters may stand where the annex begins
    for item in steps[1:] if is_annex else steps:
        if _level(item) == 2 or item is ANNEX_BEGINS:
            chapters.append([])
        chapters[-1].append(item)
    is_short = is_annex and len(chapters) < SEVERAL
    is_sideways = is_short and _has_wide(steps)
    written = []
    if is_short:
        written = _chapter(steps[1:], is_sideways, pictures)
    else:
        for number, chapter in enumerate(chapters):
            contents = [division([], CONTENTS)] if number == 1 else []
            written += [*contents, *_chapter(chapter, number > 0 and _has_wide(chapter), pictures)]
    heads = {"agency": cover.get("unit", ""), "footer": cover.get("footer", ""), "mark": reading.mark}
    inlines = {"title": title} | {name: words(text) for name, text in heads.items()}
    lines = [node("MetaInlines", sentence(item)) for item in cover.get("items", [])]
    meta = {name: node("MetaInlines", content) for name, content in inlines.items()}
    meta["lines"] = node("MetaList", lines)
    if is_sideways:
        meta[LYING] = node("MetaInlines", words(LYING))
    return Ast(meta, tuple(written), pictures)


def _body(reading: Reading) -> tuple[list[Node], list[Item]]:
    """Title and body: the title of the cover, or the first heading of level 1, which leaves the body.

    Headings never skip a level below the title, as a screen reader needs them.
    """
    texts = iter(pandoc.read(tuple(part.source for part in reading.parts if isinstance(part, Prose))))
    body: list[Item] = []
    for part in reading.parts:
        if isinstance(part, Prose):
            body += next(texts)
        elif isinstance(part, Broken):
            body.append(node("Para", [node("Strong", words(BROKEN.striptags()))]))
        elif isinstance(part, Annex):
            body.append(ANNEX_BEGINS)
        elif part.payload is not reading.cover:
            body.append(part)
    title, last = words(reading.cover.get("caption", "Laporan")), 1
    steps: list[Item] = []
    has_title = bool(reading.cover)
    for item in body:
        if not (level := _level(item)):
            steps.append(item)
            continue
        inlines = item["c"][2]  # type: ignore[index]  # what has a level is a node
        if level == 1 and not has_title:
            title, has_title = inlines, True
            continue
        last = max(2, min(level, last + 1))
        steps.append(node("Header", [last, attributes(), inlines]))
    return title, steps


def _level(item: Item) -> int:
    """The level of a heading; 0 for anything else."""
    return item["c"][0] if isinstance(item, dict) and item["t"] == "Header" else 0


def _has_wide(chapter: Iterable[Item]) -> bool:
    tables = [item.payload for item in chapter if isinstance(item, Shown) and item.payload["kind"] == "Table"]
    return any(map(is_wide, tables))


def _chapter(items: Iterable[Item], is_sideways: bool, pictures: dict[str, Picture]) -> list[Node]:
    """The nodes of a chapter; one that lies on its side is a division of its own.

    What came from Markdown stays as it is, a block has its note and source below; its drawing goes to ``pictures``.
    """
    written: list[Node] = []
    for item in items:
        if not isinstance(item, Shown):
            written.append(item)
            continue
        block = item.payload
        if block["kind"] == "Table":
            written.append(_table(block, is_sideways))
        elif block["kind"] == "Figure":
            target = f"gambar-{len(pictures) + 1}.svg"
            pictures[target] = Picture(base64.b64decode(block["svg"]))
            picture = node("Image", [attributes(), words(block["alt"]), [target, ""]])
            written.append(node("Figure", [attributes(block["id"]), _caption(block), [node("Plain", [picture])]]))
        elif block["kind"] == "Note":
            sentences, name = [sentence(each) for each in block["items"]], words(block["caption"])
            written += [division([node("Para", [node("Strong", name)])], LABEL)] if block["caption"] else []
            plain = [[node("Plain", each)] for each in sentences]
            if len(sentences) == 1:
                written.append(node("Para", sentences[0]))
            elif sentences and block["ordered"]:
                written.append(node("OrderedList", [[1, node("Decimal"), node("Period")], plain]))
            elif sentences:
                written.append(node("BulletList", plain))
        else:  # a second cover: the first one is the head of the document and stands in its metadata
            lines = [words(block["unit"]), *map(sentence, block["items"])]
            head = node("Header", [2, attributes(), words(block["caption"])])
            written += [head, *(node("Para", line) for line in lines if line)]
        source = f"Sumber: {block['source']}" if block["source"] else ""
        lines_below = [(block["note"], NOTE), (source, SOURCE)]
        below = [division([node("Para", words(text))], name) for text, name in lines_below if text]
        written += [division(below, BELOW)] if below else []
    return [division(written, LYING)] if is_sideways else written


def _table(block: dict[str, Any], is_sideways: bool) -> Node:
    """A table with one head row, which every page repeats; only a cell that could fill a page may break over pages."""
    columns, form = block["columns"], layout(block, is_sideways)
    places = ["left" if is_left(column) else "right" for column in columns]
    forms = [
        [node(f"Align{place.title()}"), node("ColWidth", share)]
        for place, share in zip(places, form.shares, strict=True)
    ]
    labels = zip(columns, places, strict=True)
    head = [cell(words(column["label"]), {"typst:align": f"bottom + {place}"}) for column, place in labels]
    none, keys = attributes(), {"typst:inset": FORM_INSET} if block["is_form"] else {}
    body = [] if block["rows"] else [[none, [cell(words(NO_ROWS), {}, len(columns))]]]
    for place, row in enumerate(block["rows"]):
        is_total, line = place in block["totals"], []
        own = keys | ({"typst:stroke": "(top: garis-jumlah)"} if is_total else {})
        for each in row:
            inlines = sentence(each) if each["kind"] == "kalimat" else words(each["text"])
            if is_total and inlines:
                inlines = [node("Strong", inlines)]
            is_long = len(each["text"]) > FULL_PAGE
            line.append(cell(inlines, own | ({"typst:breakable": "true"} if is_long else {})))
        body.append([attributes(classes=[TOTAL] if is_total else []), line])
    classes = [name for name, is_so in ((LYING, is_sideways), (FORM, block["is_form"])) if is_so]
    name = attributes(block["id"], classes, **{SIZE: f"{form.size}pt"})
    return node("Table", [name, _caption(block), forms, [none, [[none, head]]], [[none, 0, [], body]], [none, []]])


def _caption(block: dict[str, Any]) -> list[Any]:
    unit = f"({block['unit']})" if block["unit"] else ""
    number, *behind = (
        [node("Span", [attributes(classes=[name]), words(text)])]
        for name, text in ((NUMBER, f"{block['number']}."), (UNIT, unit), (MARK, block["mark"]))
        if text
    )
    parts = [number, words(block["caption"]), *behind]
    inlines = [made for part in parts if part for made in (*part, pandoc.SPACE)][:-1]
    return [None, [node("Plain", inlines)]]


def sentence(item: dict[str, Any]) -> list[Node]:
    """One phrase with its values filled in; only ``**`` in our own pattern makes bold.

    Examples
    --------
    >>> item = {"pattern": "**{k}** indikator", "values": {"k": {"text": "**3**"}}}
    >>> [made["t"] for made in sentence(item)], pandoc.text(sentence(item))
    (['Strong', 'Space', 'Str'], '**3** indikator')
    """
    values = {name: cell["text"] for name, cell in item["values"].items()}
    made: list[Node] = []
    for place, pattern in enumerate(item["pattern"].split("**")):
        text = pattern.format_map(values)
        before, after = text[:1].isspace(), text[-1:].isspace() and text.strip()  # spaces part it from what is beside
        part = [*([pandoc.SPACE] if before else []), *words(text), *([pandoc.SPACE] if after else [])]
        made += [node("Strong", part)] if place % 2 and part else part
    return made
