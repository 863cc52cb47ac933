"""A run notebook as the reader's document: its Markdown and its blocks, nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from papermill.execute import ERROR_MARKER_TAG

from pkanalysis.report.numbering import Numbering
from pkanalysis.show import templates
from pkanalysis.show.blocks import MIME

KINDS = ("Table", "Figure", "Note", "Cover")
BROKEN = Markup('<p class="pk-broken">Bagian ini gagal dibuat; isinya tidak ditampilkan.</p>')


@dataclass(frozen=True)
class Heading:
    """One line of the table of contents."""

    anchor: str
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
    prose, numbering = _Prose(), Numbering()
    parts = tuple(part for cell in notebook.cells for part in _parts(cell, prose, numbering))
    cover: dict[str, Any] = next((block for block in blocks(notebook) if block["kind"] == "Cover"), {})
    return Document(
        title=cover.get("caption") or prose.title or "Laporan",
        agency=cover.get("unit", ""),
        footer=cover.get("footer", ""),
        mark=next((block["mark"] for block in blocks(notebook) if block["mark"]), ""),
        contents=tuple(prose.contents),
        parts=parts,
    )


def blocks(notebook: NotebookNode) -> Iterator[dict[str, Any]]:
    """The payload of every block that the notebook shows, in order."""
    for cell in notebook.cells:
        yield from (output.data[MIME] for output in cell.get("outputs", []) if _is_block(output))


def _parts(cell: NotebookNode, prose: _Prose, numbering: Numbering) -> Iterator[Markup]:
    if cell.cell_type == "markdown" and ERROR_MARKER_TAG not in cell.metadata.get("tags", []):
        yield prose.html(cell.source)
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            yield BROKEN
        elif _is_block(output):  # from its typed values, never from an output's own text/html
            block = output.data[MIME]
            yield Markup(templates.html(block, numbering.label(block)))


def _is_block(output: NotebookNode) -> bool:
    return MIME in output.get("data", {}) and output.data[MIME]["kind"] in KINDS


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
