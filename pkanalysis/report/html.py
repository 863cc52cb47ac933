"""Reports as HTML in one file, for the screen, the phone and paper: no script, nothing from outside."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from nbconvert.exporters import Exporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode

from pkanalysis.report.parts import Annex, Broken, Prose, Reading, read
from pkanalysis.show import templates

FOLDER = Path(__file__).parent / "templates" / "pkanalysis"
ANNEX = Markup('<div class="pk-annex"></div>')
BROKEN = Markup('<p class="pk-broken">Bagian ini gagal dibuat; isinya tidak ditampilkan.</p>')


@dataclass(frozen=True)
class Heading:
    """One line of the table of contents."""

    anchor: str
    text: str


@dataclass(frozen=True)
class Link:
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


def document(reading: Reading) -> Document:
    """The document of a run notebook, its parts as HTML."""
    prose, written = _Prose(), list[Markup]()
    for part in reading.parts:
        if isinstance(part, Prose):
            written.append(Markup(MarkdownWithMath(renderer=prose).render(part.source)))
        elif isinstance(part, Broken | Annex):
            written.append(BROKEN if isinstance(part, Broken) else ANNEX)
        else:  # never an output's own text/html
            written.append(Markup(templates.html(part.payload, part.payload["number"])))
    cover = reading.cover
    title, agency, footer = cover.get("caption") or prose.title or "Laporan", cover.get("unit", ""), cover.get("footer")
    return Document(title, agency, footer or "", reading.mark, tuple(prose.contents), tuple(written))


class _Prose(IPythonRenderer):
    """Markdown cells as HTML with raw HTML escaped; keeps the headings it has met."""

    def __init__(self) -> None:
        super().__init__(escape=True)
        self.title = ""
        self.contents: list[Heading] = []

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


PAGES = Environment(
    loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
PAGES.filters["css_string"] = css_string
PAGES.globals["style"] = Markup((FOLDER / "style.css").read_text(encoding="utf-8"))


def page(name: str, **values: Any) -> str:
    """Render the page template ``name``; everything is escaped.

    ``index`` is a report (``document``) with a ``link`` to what belongs to it; others are ``batch`` and ``failure``.
    """
    return PAGES.get_template(f"{name}.html.j2").render(**values)


class BlockExporter(Exporter):
    """What the nbconvert exporters of all formats share: they print Markdown cells and blocks, nothing else.

    JupyterLab's export menu finds them by their entry points.
    """

    def made(self, reading: Reading) -> str | bytes:
        """The whole file."""
        raise NotImplementedError

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **_: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Convert one run notebook; nothing changes it, so it is not copied as the base class does."""
        return self.made(read(nb)), self._init_resources(resources)


class ReportExporter(BlockExporter):
    """The nbconvert exporter ``pkanalysis-html``."""

    export_from_notebook = "Laporan pkanalysis (HTML)"
    output_mimetype = "text/html"
    file_extension = ".html"

    def made(self, reading: Reading) -> str:
        """The page."""
        return page("index", document=document(reading), link=None)
