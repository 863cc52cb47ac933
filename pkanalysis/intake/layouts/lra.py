"""Laporan Realisasi Anggaran with subtotals at every level, of one OPD and one period.

The pagu in it has no stage, so it is only held against the spending. Cumulative figures are booked in
their last month, and say so.
"""

from __future__ import annotations

import pandas as pd

from pkanalysis.config import Config
from pkanalysis.intake import checks
from pkanalysis.intake.book import Book
from pkanalysis.intake.dates import MONTHS
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.layouts import sebelum_sesudah
from pkanalysis.intake.layouts.trees import Form, Period, Settled, forms, is_tree, settle
from pkanalysis.intake.layouts.trees.totals import lines, organisation, refusals
from pkanalysis.intake.reading import Layout, Reading, Slice

NAME = "lra"


def recognise(book: Book) -> str | None:
    """Reason why the book is an LRA, or ``None``."""
    found = next(iter(_forms(book)), None)
    if found is None or sebelum_sesudah.recognise(book):
        return None
    return (
        f"lembar {found.sheet} punya kode rekening berjenjang dengan kolom {', '.join(found.columns.titles.values())}"
    )


def read(book: Book, config: Config, stage: str) -> Reading:  # noqa: ARG001 (spending has no stage)
    """Spending of the period per belanja leaf; every subtotal is held against its rows."""
    read_forms = [(form, settle(form)) for form in _forms(book)]
    findings = [
        each
        for form, settled in read_forms
        for each in (*form.findings, *settled.findings, *refusals(form, settled.leaves), _periods(form),
                        *_above_pagu(form, settled), *_scales(form, settled))
    ]  # fmt: skip
    if any(each.severity == "galat" for each in findings):
        return Reading(NAME, "", {}, findings)
    spent = pd.concat([_spent(form, settled) for form, settled in read_forms], ignore_index=True)
    opd = pd.concat([organisation(form) for form, _ in read_forms]).drop_duplicates("kode_opd")
    slices = tuple(_slice(form) for form, _ in read_forms)
    return Reading(NAME, "", {"opd": opd, "realisasi_anggaran": spent}, findings, slices)


def _forms(book: Book) -> list[Form]:
    return [form for form in forms(book) if _measure(form) and is_tree(form)]


def _measure(form: Form) -> str:
    """The measure to store: the month's own figures where the form has them."""
    return next((each for each in ("realisasi_bulan", "realisasi") if each in form.measures), "")


def _budget(form: Form) -> str:
    """The measure that spending is held against: the budget after its change, where there is one."""
    return next((each for each in ("sesudah", "anggaran") if each in form.measures), "")


def _months(form: Form) -> Period | None:
    period = form.head.period
    own = _measure(form) == "realisasi_bulan" and period
    return Period(period.last, period.last) if own and period else period


def _periods(form: Form) -> Finding:
    """An error without a period; else a note that says how the figures of a period were taken."""
    period = _months(form)
    if period is None:
        return finding("LRA_TANPA_PERIODE", form.file, form.sheet)
    first, last = (MONTHS[number - 1].capitalize() for number in (period.first, period.last))
    if not period.is_cumulative:
        return finding("LRA_SEBULAN", form.file, form.sheet, bulan=last)
    return finding("LRA_KUMULATIF", form.file, form.sheet, pertama=first, terakhir=last)


def _above_pagu(form: Form, settled: Settled) -> list[Finding]:
    """A warning per leaf with more spending than budget, where both could be read."""
    budget = _budget(form)
    return [
        form.finding("REALISASI_MELEBIHI_ANGGARAN", row, measure, spent, pagu=pagu)
        for measure in ("realisasi", "realisasi_bulan") if budget and measure in form.measures
        for row in settled.leaves
        if row.place.account[:1] == (5,) and (pagu := row.figures[budget]) is not None
        and (spent := row.figures[measure] or 0) > pagu
    ]  # fmt: skip


def _scales(form: Form, settled: Settled) -> list[Finding]:
    """A warning when spending is a hundred times the budget; the other way round is only a slow start."""
    totals = {each: settled.total(each) for each in (_budget(form), _measure(form)) if each in form.measures}
    if totals.get(_measure(form), 0) <= totals.get(_budget(form), 0):
        return []
    return checks.factor(form.file, form.sheet, {form.columns.titles[each]: value for each, value in totals.items()})


def _spent(form: Form, settled: Settled) -> pd.DataFrame:
    frame, period = lines(form, settled.leaves), _months(form)
    spent = frame.assign(bulan=period.last if period else None, realisasi_rp=frame[_measure(form)])
    kept = spent.drop(columns=list(form.measures))
    return kept[kept["realisasi_rp"].fillna(0) != 0]


def _slice(form: Form) -> Slice:
    period = _months(form)
    since = period.first if period and period.is_cumulative else 0
    return Slice(NAME, form.head.year, "", (form.head.code,), since=since)


LAYOUT = Layout(
    NAME,
    "lembar dengan judul kolom KODE REKENING, URAIAN, ANGGARAN dan REALISASI di atas kode rekening berjenjang",
    recognise,
    read,
)
