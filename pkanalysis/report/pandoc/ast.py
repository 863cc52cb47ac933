"""The document as pandoc's JSON: head in the metadata, chapters, the pictures beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

from pkanalysis.report.document import BROKEN
from pkanalysis.report.pandoc import nodes, prose
from pkanalysis.report.pandoc.blocks import Writer, sentence
from pkanalysis.report.pandoc.layout import LYING, is_wide
from pkanalysis.report.pandoc.nodes import API_VERSION, Attributes, Node
from pkanalysis.report.pandoc.pictures import Picture
from pkanalysis.report.parts import Annex, Broken, Part, Prose, Shown, parts

CONTENTS, ANNEX = "daftar-isi", "lampiran"
SEVERAL = 6
"""An annex with so many parts, its head among them, has contents and turns its pages chapter by chapter."""
ANNEX_BEGINS = nodes.division([], Attributes(classes=(ANNEX,)))
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
    title = nodes.words(cover["caption"]) if cover else _title(body)
    mark = next((block["mark"] for block in payloads if block["mark"]), "")
    writer, steps = Writer(), list(_stepped(body))
    is_annex = steps[:1] == [ANNEX_BEGINS]
    chapters = _chapters(steps[1:] if is_annex else steps)
    is_short = is_annex and len(chapters) < SEVERAL
    is_sideways = is_short and _has_wide(steps)
    written = _chapter(steps[1:], writer, is_sideways) if is_short else _written(chapters, writer)
    meta = _meta(title, cover or {}, mark) | ({LYING: nodes.meta(nodes.words(LYING))} if is_sideways else {})
    return Ast(meta, tuple(written), writer.pictures)


def _items(found: list[Part]) -> Iterator[Item]:
    texts = iter(prose.read(tuple(part.source for part in found if isinstance(part, Prose))))
    for part in found:
        if isinstance(part, Prose):
            yield from next(texts)
        elif isinstance(part, Broken):
            yield nodes.paragraph([nodes.strong(nodes.words(FAILED))])
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
    return nodes.words("Laporan")


def _level(item: Item) -> int:
    """The level of a heading; 0 for anything else."""
    return item["c"][0] if isinstance(item, dict) and item["t"] == "Header" else 0


def _meta(title: list[Node], cover: dict[str, Any], mark: str) -> dict[str, Node]:
    words = {"title": title} | {
        name: nodes.words(text)
        for name, text in {"agency": cover.get("unit", ""), "footer": cover.get("footer", ""), "mark": mark}.items()
    }
    lines = nodes.meta_list([nodes.meta(sentence(item)) for item in cover.get("items", [])])
    return {name: nodes.meta(inlines) for name, inlines in words.items()} | {"lines": lines}


def _stepped(body: Iterable[Item]) -> Iterator[Item]:
    """Headings that never skip a level below the title, as a screen reader needs them."""
    last = 1
    for item in body:
        if not (level := _level(item)):
            yield item
            continue
        last = max(2, min(level, last + 1))
        yield nodes.heading(last, item["c"][2])  # type: ignore[index]  # what has a level is a node


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
            yield nodes.division([], Attributes(classes=(CONTENTS,)))
        yield from _chapter(chapter, writer, number > 0 and _has_wide(chapter))


def _chapter(chapter: list[Item], writer: Writer, is_sideways: bool) -> list[Node]:
    writer.is_sideways = is_sideways
    written = [node for item in chapter for node in (writer.write(item.payload) if isinstance(item, Shown) else [item])]
    return [nodes.division(written, Attributes(classes=(LYING,)))] if is_sideways else written


def _has_wide(chapter: list[Item]) -> bool:
    tables = [item.payload for item in chapter if isinstance(item, Shown) and item.payload["kind"] == "Table"]
    return any(map(is_wide, tables))
