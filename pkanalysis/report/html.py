"""The nbconvert exporter ``pkanalysis-html``: a report in one file, for the screen, the phone and paper."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment
from nbconvert import HTMLExporter
from nbconvert.exporters import TemplateExporter
from nbformat import NotebookNode
from traitlets import default

from pkanalysis.report import document, pages


class ReportExporter(HTMLExporter):
    """Prints the Markdown cells and the blocks of a notebook; no code, no scripts, nothing from outside."""

    export_from_notebook = "Laporan pkanalysis (HTML)"

    @default("template_name")
    def _template_name_default(self) -> str:
        return pages.FOLDER.name

    @default("extra_template_basedirs")
    def _default_extra_template_basedirs(self) -> list[str]:
        return [str(pages.FOLDER.parent)]

    def _create_environment(self) -> Environment:
        return pages.furnish(super()._create_environment())

    def from_notebook_node(  # type: ignore[override]  # as HTMLExporter itself
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Convert; the second pass of :class:`HTMLExporter` over the finished page adds nothing to ours.

        ``resources["beside"]``, if given, is the document that belongs to this one (:class:`document.Beside`).
        """
        resources = (resources or {}) | {"document": document.read(nb)}
        html, resources = TemplateExporter.from_notebook_node(self, nb, resources, **kw)
        return html, resources
