"""The nbconvert exporter ``pkanalysis-xlsx``: the tables of a report as a workbook, numbers as numbers."""

from pkanalysis.report.xlsx.exporter import XlsxExporter

__all__ = ["XlsxExporter"]
