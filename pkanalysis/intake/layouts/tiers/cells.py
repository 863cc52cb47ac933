"""Cells of a form: its amounts, and what does not look like a row of it."""

from __future__ import annotations

from collections.abc import Sequence

from pkanalysis.intake.amounts import Amounts, Problem, rupiah
from pkanalysis.intake.book import Rows, cell_name, normal
from pkanalysis.intake.findings import Finding, Severity
from pkanalysis.intake.layouts.tiers.headings import is_figure
from pkanalysis.intake.layouts.tiers.heads import labelled_office
from pkanalysis.intake.layouts.tiers.rows import Form, Line


class Cells:
    """Columns of amounts of a form, with what was noticed in them."""

    def __init__(self, form: Form, rows: Rows, lines: Sequence[Line], factor: int) -> None:
        self.form, self.rows, self.lines, self.factor = form, rows, lines, factor
        self.findings: list[Finding] = []
        self.rounded = 0

    def read(self, measure: str, column: int) -> list[int | None]:
        """Whole rupiah of a column."""
        amounts = self.amounts(measure, column)
        self.rounded += amounts.rounded
        self.findings += self._told("galat", measure, column, amounts.problems, "tulis angka rupiah saja")
        self.findings += self._told("peringatan", measure, column, amounts.doubts, "tulis angka lengkapnya")
        return amounts.figures

    def amounts(self, measure: str, column: int) -> Amounts:
        """Amounts of a column in the unit of its heading, or of the form."""
        own = self.form.columns.factors.get(measure, 1)
        found = (self.rows[number - 1] for number, _, _ in self.lines)
        return rupiah([row[column] if column < len(row) else "" for row in found], own if own > 1 else self.factor)

    def _told(
        self, severity: Severity, measure: str, column: int, cells: Sequence[Problem], remedy: str
    ) -> list[Finding]:
        form = self.form
        return [
            Finding(severity, form.file, form.sheet, cell_name(self.lines[cell.position][0] - 1, column),
                    form.columns.headings.get(column, form.columns.titles.get(measure, "")), cell.text, cell.reason,
                    remedy)
            for cell in cells
        ]  # fmt: skip


def rivals(form: Form, cells: Cells, figures: dict[str, list[int | None]]) -> list[Finding]:
    """An error per second column of one measure that holds other figures than the first."""
    rule = "dua kolom terbaca sebagai {}, yang lain {}, sedangkan angkanya berbeda"
    return [
        Finding("galat", form.file, form.sheet, cell_name(form.columns.row, column), title, "",
                rule.format(measure.replace("_", " "), form.columns.titles[measure]),
                "hapus atau beri judul lain kolom yang tidak dipakai")
        for measure, column, title in form.columns.rivals
        if cells.amounts(measure, column).figures != figures[measure]
    ]  # fmt: skip


def strangers(form: Form, rows: Rows, lines: Sequence[Line]) -> list[Finding]:
    """An error for the first row of the table that names another OPD."""
    rule, remedy = "baris di dalam tabel menyebut OPD lain", "pisahkan tabel setiap OPD, masing-masing dengan kepalanya"
    for row, number in ((rows[number - 1], number) for number, code, _ in lines if not code):
        other = labelled_office(row)
        if other and form.head.name and normal(other) not in normal(form.head.name):
            return [form.finding("galat", number, "", other, rule, remedy)]
    return []


def nameless(form: Form, rows: Rows, lines: Sequence[Line]) -> list[Finding]:
    """A warning per row with figures and neither code nor name in front of them."""
    rule, remedy = "baris berangka tanpa kode dan uraian tidak dibaca", "periksa apakah barisnya bergeser"
    return [
        form.finding("peringatan", number, "", "", rule, remedy)
        for number, _, _ in lines
        if any(map(is_figure, rows[number - 1][form.columns.left :]))
    ]  # fmt: skip
