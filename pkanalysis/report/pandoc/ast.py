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
from pkanalysis.report.pandoc.layout import LYING
from pkanalysis.report.pandoc.nodes import API_VERSION, Attributes, Node
from pkanalysis.report.pandoc.parts import Broken, Part, Prose, Shown, parts
from pkanalysis.report.pandoc.pictures import Picture

CONTENTS = "daftar-isi"
FAILED = BROKEN.striptags()


@dataclass(frozen=True)
class Ast:
    """A pandoc document and the pictures that its images point to.

    ``meta`` holds ``title``, ``agency``, ``footer``, ``mark`` (inlines) and ``lines`` (a list of them).
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
        Only its Markdown cells and its blocks are read.
    """
    found = list(parts(notebook))
    payloads = [part.payload for part in found if isinstance(part, Shown)]
    cover = next((block for block in payloads if block["kind"] == "Cover"), None)
    writer = Writer()
    body = [node for part in _bodies(found, writer, cover) for node in part]
    title = nodes.words(cover["caption"]) if cover else _title(body)
    mark = next((block["mark"] for block in payloads if block["mark"]), "")
    return Ast(_meta(title, cover or {}, mark), tuple(_chapters(_stepped(body))), writer.pictures)


def _bodies(found: list[Part], writer: Writer, cover: dict[str, Any] | None) -> Iterator[list[Node]]:
    texts = iter(prose.read(tuple(part.source for part in found if isinstance(part, Prose))))
    for part in found:
        if isinstance(part, Prose):
            yield next(texts)
        elif isinstance(part, Broken):
            yield [nodes.paragraph([nodes.strong(nodes.words(FAILED))])]
        elif part.payload is not cover:
            yield writer.write(part.payload)


def _title(body: list[Node]) -> list[Node]:
    """The first heading of level 1, taken out of the body."""
    place = next((i for i, node in enumerate(body) if node["t"] == "Header" and node["c"][0] == 1), None)
    inlines: list[Node] = nodes.words("Laporan") if place is None else body.pop(place)["c"][2]
    return inlines


def _meta(title: list[Node], cover: dict[str, Any], mark: str) -> dict[str, Node]:
    words = {"title": title} | {
        name: nodes.words(text)
        for name, text in {"agency": cover.get("unit", ""), "footer": cover.get("footer", ""), "mark": mark}.items()
    }
    lines = nodes.meta_list([nodes.meta(sentence(item)) for item in cover.get("items", [])])
    return {name: nodes.meta(inlines) for name, inlines in words.items()} | {"lines": lines}


def _stepped(body: Iterable[Node]) -> Iterator[Node]:
    """Headings that never skip a level below the title, as a screen reader needs them."""
    last = 1
    for node in body:
        if node["t"] != "Header":
            yield node
            continue
        level, attributes, inlines = node["c"]
        last = max(2, min(level, last + 1))
        yield node | {"c": [last, attributes, inlines]}


def _chapters(body: Iterable[Node]) -> Iterator[Node]:
    """The summary, the table of contents, then the chapters; one with a wide table lies on its side."""
    chapters: list[list[Node]] = [[]]
    for node in body:
        if node["t"] == "Header" and node["c"][0] == 2:
            chapters.append([])
        chapters[-1].append(node)
    yield from chapters[0]
    if chapters[1:]:
        yield nodes.division([], Attributes(classes=(CONTENTS,)))
    for chapter in chapters[1:]:
        is_sideways = any(node["t"] == "Table" and LYING in node["c"][0][1] for node in chapter)
        yield from [nodes.division(chapter, Attributes(classes=(LYING,)))] if is_sideways else chapter
