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
from pkanalysis.intake.layouts.trees import Form, Period, Settled, forms, is_tree, settle
from pkanalysis.intake.layouts.trees.totals import lines, organisation, refusals
from pkanalysis.intake.reading import Layout, Reading, Slice

NAME = "lra"


def recognise(book: Book) -> str | None:
    """Reason why the book is an LRA, or ``None``."""
    found = next((form for form, _ in _forms(book)), None)
    if found is None:
        return None
    titles = ", ".join(found.columns.titles.values())
    return f"lembar {found.sheet} punya kode rekening berjenjang dengan kolom {titles}"


def _forms(book: Book) -> list[tuple[Form, str]]:
    """Forms of spending with the measure to store: the month's own figures where the form has them."""
    measures = ("realisasi_bulan", "realisasi")
    found = [(form, next((each for each in measures if each in form.measures), "")) for form in forms(book)]
    return [(form, measure) for form, measure in found if measure and is_tree(form)]


def read(book: Book, config: Config, stage: str) -> Reading:  # noqa: ARG001 (spending has no stage)
    """Spending of the period per belanja leaf; every subtotal is held against its rows."""
    findings: list[Finding] = []
    found: list[tuple[Form, Settled, str, Period]] = []
    for form, measure in _forms(book):
        settled, period = settle(form), form.head.period
        findings += [*form.findings, *settled.findings, *refusals(form, settled.leaves)]
        if period is None:
            findings.append(finding("LRA_TANPA_PERIODE", form.file, form.sheet))
        else:
            period = Period(period.last, period.last) if measure == "realisasi_bulan" else period
            first, last = (MONTHS[number - 1].capitalize() for number in (period.first, period.last))
            several = {"pertama": first, "terakhir": last}
            code, values = ("LRA_KUMULATIF", several) if period.is_cumulative else ("LRA_SEBULAN", {"bulan": last})
            findings.append(finding(code, form.file, form.sheet, **values))
            found.append((form, settled, measure, period))
        findings += _above_pagu(form, settled, measure)
    if any(each.severity == "galat" for each in findings):
        return Reading(NAME, "", {}, findings)

    parts, slices = [], []
    for form, settled, measure, period in found:
        frame = lines(form, settled.leaves)
        spent = frame.assign(bulan=period.last, realisasi_rp=frame[measure]).drop(columns=list(form.measures))
        parts.append(spent[spent["realisasi_rp"].fillna(0) != 0])
        since = period.first if period.is_cumulative else 0
        slices.append(Slice(NAME, form.head.year, "", (form.head.code,), since=since))
    opd = pd.concat([organisation(form) for form, *_ in found]).drop_duplicates("kode_opd")
    tables = {"opd": opd, "realisasi_anggaran": pd.concat(parts, ignore_index=True)}
    return Reading(NAME, "", tables, findings, tuple(slices))


def _above_pagu(form: Form, settled: Settled, measure: str) -> list[Finding]:
    """A warning per leaf with more spending than budget, and one when spending is a hundred times the budget.

    The other way round is only a slow start. The budget is that after its change, where there is one.
    """
    budget = next((each for each in ("sesudah", "anggaran") if each in form.measures), "")
    found = [
        form.finding("REALISASI_MELEBIHI_ANGGARAN", row, own, spent, pagu=pagu)
        for own in ("realisasi", "realisasi_bulan") if budget and own in form.measures
        for row in settled.leaves
        if row.place.account[:1] == (5,) and (pagu := row.figures[budget]) is not None
        and (spent := row.figures[own] or 0) > pagu
    ]  # fmt: skip
    totals = {each: settled.total(each) for each in (budget, measure) if each}
    if totals[measure] <= totals.get(budget, 0):
        return found
    titled = {form.columns.titles[each]: value for each, value in totals.items()}
    return [*found, *checks.factor(form.file, form.sheet, titled)]


LAYOUT = Layout(
    NAME,
    "lembar dengan judul kolom KODE REKENING, URAIAN, ANGGARAN dan REALISASI di atas kode rekening berjenjang",
    recognise,
    read,
)
