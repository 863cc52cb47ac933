"""What every sheet has: the marker, a title, headings, protection and print set-up."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from pkanalysis.intake.layouts.form.plan import Plan
from pkanalysis.intake.layouts.form.spec import HEADINGS
from pkanalysis.intake.layouts.form.styles import RED, Styles

MARK_WIDTH = 30
"""Characters that the marker in column A needs before the title may begin."""


def head(page: Worksheet, plan: Plan, styles: Styles, title: str, hint: str, widths: Sequence[float]) -> None:
    """Write the marker in A1-A4 and the title beside it; set widths."""
    for row, (line, style) in enumerate(
        zip(plan.stamp.lines, (styles.small, styles.strong, styles.small, styles.mark), strict=True)
    ):
        page.write_string(row, 0, line, style)
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    column = _beside(widths)
    page.set_row(0, 19)
    page.write_string(0, column, title, styles.title)
    page.write_string(1, column, plan.owner, styles.strong)
    page.write_string(2, column, hint, styles.small)


def finish(page: Worksheet, plan: Plan, frozen: int) -> None:
    """Freeze, protect (no password: a guard against slips) and set the print up."""
    page.freeze_panes(HEADINGS, frozen)
    page.set_zoom(85)
    page.hide_gridlines(2)
    page.protect("", {"format_columns": True, "format_rows": True})
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.repeat_rows(HEADINGS - 1)
    page.set_footer(f"&L&F · &A&C&K{RED[1:]}{plan.stamp.lines[3]}&Rhal. &P dari &N")


def _beside(widths: Sequence[float]) -> int:
    """First column that lies to the right of the marker's text."""
    filled = 0.0
    for column, width in enumerate(widths):
        if filled >= MARK_WIDTH:
            return column
        filled += width
    return len(widths)
