"""The exporter itself: a run notebook in, the bytes of a workbook out."""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import default

from pkanalysis.report import document
from pkanalysis.report.xlsx import book, parts


class XlsxExporter(Exporter):
    """Writes the blocks of a notebook as sheets for Excel 2010 and later; no code, no plain outputs."""

    export_from_notebook = "Laporan pkanalysis (XLSX)"
    output_mimetype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".xlsx"

    def from_notebook_node(  # type: ignore[override]  # bytes, as nbconvert's own PDFExporter
        self, nb: NotebookNode, resources: Any = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """Convert; the same notebook gives the same bytes."""
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        return book.write(document.read(notebook), parts.read(notebook)), resources
