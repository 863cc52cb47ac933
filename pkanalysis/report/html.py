"""The nbconvert exporter ``pkanalysis-html``: a report in one file, for the screen, the phone and paper.

The project's page templates: self-contained HTML with everything escaped unless it is already markup.

A run notebook as the reader's document: its Markdown and its blocks, nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from nbconvert import HTMLExporter
from nbconvert.exporters import TemplateExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from traitlets import default

from pkanalysis.report.parts import Annex, Broken, Part, Prose, blocks, parts
from pkanalysis.show import templates

FOLDER = Path(__file__).parent / "templates" / "pkanalysis"


def page(name: str, **values: Any) -> str:
    """Render the page template ``name`` (``batch``, ``failure``)."""
    return _environment().get_template(f"{name}.html.j2").render(**values)


def css_string(text: str) -> Markup:
    r"""Text as a CSS string for running heads and feet; whatever is not a plain letter or digit is a code.

    Examples
    --------
    >>> css_string('A"</style>')
    Markup('"A\\000022\\00003c\\00002fstyle\\00003e"')
    """
    return Markup('"%s"') % Markup("").join(
        Markup(char if char.isascii() and char.isalnum() else f"\\{ord(char):06x}") for char in text
    )


def style() -> Markup:
    """The style sheet, to be put inside the page."""
    return Markup((FOLDER / "style.css").read_text(encoding="utf-8"))


def furnish(environment: Environment) -> Environment:
    """Give a Jinja environment what the page templates need; escaping is on."""
    environment.autoescape = True
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters["css_string"] = css_string
    environment.globals["style"] = style()
    return environment


@cache
def _environment() -> Environment:
    return furnish(Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined))


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


class ReportExporter(HTMLExporter):
    """Prints the Markdown cells and the blocks of a notebook; no code, no scripts, nothing from outside."""

    export_from_notebook = "Laporan pkanalysis (HTML)"

    @default("template_name")
    def _template_name_default(self) -> str:
        return FOLDER.name

    @default("extra_template_basedirs")
    def _default_extra_template_basedirs(self) -> list[str]:
        return [str(FOLDER.parent)]

    def _create_environment(self) -> Environment:
        return furnish(super()._create_environment())

    def from_notebook_node(  # type: ignore[override]  # as HTMLExporter itself
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Convert; the second pass of :class:`HTMLExporter` over the finished page adds nothing to ours.

        ``resources["beside"]``, if given, is the document that belongs to this one (:class:`document.Beside`).
        """
        resources = (resources or {}) | {"document": read(nb)}
        html, resources = TemplateExporter.from_notebook_node(self, nb, resources, **kw)
        return html, resources
