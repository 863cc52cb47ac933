"""Reports as Word documents: real tables, styles and fields, under the agency's letterhead."""

from pkanalysis.report.docx.exporter import DocxExporter

__all__ = ["DocxExporter"]
