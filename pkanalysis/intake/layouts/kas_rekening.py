"""Cash plan of one OPD with a row per account: twelve months, their quarters and sum, beside the pagu.

Months that add up from January on are told by their headings, or by December being the sum of the year.
"""

from __future__ import annotations

import pandas as pd

from pkanalysis.config import Config
from pkanalysis.intake.book import Book
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.grid import (
    CUMULATIVE,
    CUMULATIVE_REMEDY,
    MAYBE_CUMULATIVE,
    MAYBE_REMEDY,
    QUARTERS,
    fallen,
    is_cumulative,
    missed,
    of_each_month,
)
from pkanalysis.intake.headings import Field
from pkanalysis.intake.layouts import sebelum_sesudah
from pkanalysis.intake.layouts.trees import HEADINGS, Form, Row, forms, settle
from pkanalysis.intake.layouts.trees.totals import lines, organisation, refusals
from pkanalysis.intake.reading import Layout, Reading, Slice
from pkanalysis.tables import TABLES

NAME = "kas_rekening"
PLAN, RUNNING = "rencana", "kumulatif"
_NUMBERS = range(1, 13)


def recognise(book: Book) -> str | None:
    """Reason why the book is such a form, or ``None``."""
    found = next(iter(_forms(book)), None)
    if found is None or sebelum_sesudah.recognise(book):
        return None
    return f"lembar {found.sheet} punya kolom kode rekening, uraian dan Januari–Desember"


def read(book: Book, config: Config, stage: str) -> Reading:  # noqa: ARG001 (a cash plan has no stage)
    """Cash plan per belanja leaf and month; every sum is held against its rows and months."""
    read_forms = [(form, settle(form)) for form in _forms(book)]
    findings = [
        finding
        for form, settled in read_forms
        for finding in (*form.findings, *settled.findings, *refusals(form, settled.leaves), *_told(form))
    ]
    if any(finding.severity == "galat" for finding in findings):
        return Reading(NAME, "", {}, findings)
    opd = pd.concat([organisation(form) for form, _ in read_forms]).drop_duplicates("kode_opd")
    plan = pd.concat([_plan(form, settled.leaves) for form, settled in read_forms], ignore_index=True)
    slices = {Slice(NAME, form.head.year, "", (form.head.code,)): None for form, _ in read_forms}
    return Reading(NAME, "", {"opd": opd, "rencana_kas": plan}, findings, tuple(slices))


def _forms(book: Book) -> list[Form]:
    return [form for form in forms(book) if _kind(form)]


def _kind(form: Form) -> str:
    """Whether the form has a column of its own for every month, or one up to every month."""
    own = set(form.measures)
    return next((kind for kind in (PLAN, RUNNING) if own.issuperset(f"{kind} {number}" for number in _NUMBERS)), "")


def _budget(form: Form) -> str:
    return next((each for each in ("sesudah", "anggaran") if each in form.measures), "")


def _table(form: Form, rows: list[Row]) -> pd.DataFrame:
    """Months by number, quarters, JUMLAH and pagu of rows, in rupiah."""
    names: dict[int | str, str] = {number: f"{_kind(form)} {number}" for number in _NUMBERS}
    names |= {name: name for name in (*QUARTERS, "jumlah") if name in form.measures}
    names |= {"pagu": _budget(form)} if _budget(form) else {}
    return pd.DataFrame(
        {name: pd.array([row.figures[measure] for row in rows], dtype="Int64") for name, measure in names.items()}
    )


def _is_running(form: Form) -> bool | None:
    return True if _kind(form) == RUNNING else is_cumulative(_table(form, list(form.rows)))


def _told(form: Form) -> list[Finding]:
    """How the months were taken, and the rows whose quarters, JUMLAH or pagu are not the sum of their months."""
    rows = list(form.rows)
    table, running = _table(form, rows), _is_running(form)
    told = {True: (CUMULATIVE, CUMULATIVE_REMEDY), None: (MAYBE_CUMULATIVE, MAYBE_REMEDY)}
    notes = [Finding("peringatan", form.file, form.sheet, "", "", "", *told[running])] if running in told else []
    each = of_each_month(table).drop(columns=list(QUARTERS), errors="ignore") if running else table
    names = {"pagu": _budget(form)} | {str(number): f"{_kind(form)} {number}" for number in _NUMBERS}
    remedy = "periksa bulan mana yang salah di berkas asal"
    return notes + [
        form.said("peringatan", rows[miss.line], names.get(miss.column, miss.column), str(miss.printed), miss.rule,
                     remedy)
        for miss in (*missed(each), *(fallen(each) if running else ()))
    ]  # fmt: skip


def _plan(form: Form, leaves: list[Row]) -> pd.DataFrame:
    """Long rows per month; months of nought are left out."""
    spending = [row for row in leaves if row.place.account[:1] == (5,)]
    table = _table(form, spending)
    each = of_each_month(table) if _is_running(form) else table
    written = lines(form, leaves)
    keys = written[[name for name in TABLES["rencana_kas"].names if name in written]]
    long = keys.join(each[list(_NUMBERS)]).melt(list(keys.columns), list(_NUMBERS), "bulan", "rencana_rp")
    kept = long[long["rencana_rp"].fillna(0) != 0]
    return kept.assign(bulan=kept["bulan"].astype("Int64")).sort_values(["baris", "bulan"])


LAYOUT = Layout(
    NAME,
    "Anggaran kas per rekening dan bulan",
    "lembar satu OPD dengan judul kolom KODE REKENING, URAIAN dan JANUARI sampai DESEMBER",
    recognise,
    read,
    (*HEADINGS, Field("januari", ("JANUARI",)), Field("februari", ("FEBRUARI",)), Field("desember", ("DESEMBER",))),
)
