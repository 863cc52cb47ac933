"""A run notebook as the reader's document: its Markdown and its blocks, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode

from pkanalysis.report.parts import Annex, Broken, Part, Prose, blocks, parts
from pkanalysis.show import templates

ANNEX = Markup('<div class="pk-annex"></div>')
BROKEN = Markup('<p class="pk-broken">Bagian ini gagal dibuat; isinya tidak ditampilkan.</p>')


@dataclass(frozen=True)
class Heading:
    """One line of the table of contents."""

    anchor: str
    text: str


@dataclass(frozen=True)
class Beside:
    """The file that belongs to this document, its annex or its report, by name."""

    file: str
    text: str


@dataclass(frozen=True)
class Document:
    """What the page template prints: running words, table of contents and the parts in order."""

    title: str
    agency: str
    footer: str
    mark: str
    contents: tuple[Heading, ...]
    parts: tuple[Markup, ...]


def read(notebook: NotebookNode) -> Document:
    """Take the document out of a run notebook; code, prints and plain outputs stay behind."""
    prose, shown = _Prose(), list(blocks(notebook))
    written = tuple(_written(part, prose) for part in parts(notebook))
    cover: dict[str, Any] = next((block for block in shown if block["kind"] == "Cover"), {})
    return Document(
        title=cover.get("caption") or prose.title or "Laporan",
        agency=cover.get("unit", ""),
        footer=cover.get("footer", ""),
        mark=next((block["mark"] for block in shown if block["mark"]), ""),
        contents=tuple(prose.contents),
        parts=written,
    )


def _written(part: Part, prose: _Prose) -> Markup:
    if isinstance(part, Prose):
        return prose.html(part.source)
    if isinstance(part, Broken):
        return BROKEN
    if isinstance(part, Annex):
        return ANNEX
    return Markup(templates.html(part.payload, part.payload["number"]))  # never an output's own text/html


class _Prose(IPythonRenderer):
    """Markdown cells as HTML with raw HTML escaped; keeps the headings it has met."""

    def __init__(self) -> None:
        super().__init__(escape=True)
        self.title = ""
        self.contents: list[Heading] = []

    def html(self, source: str) -> Markup:
        """One Markdown cell."""
        return Markup(MarkdownWithMath(renderer=self).render(source))

    def heading(self, text: str, level: int, **_: Any) -> str:
        """A heading; those of level 2 are numbered anchors of the table of contents."""
        words = Markup(text).striptags()
        if level == 1:
            self.title = self.title or words
        if level != 2:
            return f"<h{level}>{text}</h{level}>\n"
        entry = Heading(f"bab-{len(self.contents) + 1}", words)
        self.contents.append(entry)
        return f'<h2 id="{escape(entry.anchor)}">{text}</h2>\n'
