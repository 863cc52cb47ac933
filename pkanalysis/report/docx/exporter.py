"""The nbconvert exporter ``pkanalysis-docx``: a report whose tables and paragraphs go into the LKjIP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import Unicode

from pkanalysis.report.docx.document import docx
from pkanalysis.report.pandoc import document


class DocxExporter(Exporter):
    """Prints the Markdown cells and the blocks of a notebook as a Word document with real tables and styles."""

    export_from_notebook = "Laporan pkanalysis (DOCX)"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    file_extension = ".docx"

    letterhead = Unicode("", help="DOCX yang kop, kertas, dan gayanya dipakai; kosong berarti gaya pkanalysis.").tag(
        config=True
    )

    def from_notebook_node(  # type: ignore[override]  # bytes, as nbconvert's own PDF exporter
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """Convert one run notebook."""
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        made = docx(document(nb), Path(self.letterhead) if self.letterhead else None)
        return made, resources | {"output_extension": self.file_extension}
