"""Penjabaran APBD and its perubahan: subtotals at every level, one stage or before and after."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pkanalysis.config import Config
from pkanalysis.intake import checks
from pkanalysis.intake.book import Book
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts import sebelum_sesudah
from pkanalysis.intake.layouts.trees import Form, Settled, forms, is_tree, settle
from pkanalysis.intake.layouts.trees.totals import lines, organisation, refusals
from pkanalysis.intake.reading import Layout, Reading, Slice
from pkanalysis.intake.titles import neighbours, one_stage, said

NAME = "penjabaran"
BEFORE, AFTER, ONLY = "sebelum", "sesudah", "anggaran"


@dataclass(frozen=True)
class Stages:
    """Stage code per measure of a form, and what was said about it."""

    codes: dict[str, str]
    findings: list[Finding]


def recognise(book: Book) -> str | None:
    """Reason why the book is a penjabaran, or ``None``."""
    found = next(iter(_forms(book)), None)
    if found is None or sebelum_sesudah.recognise(book):
        return None
    return (
        f"lembar {found.sheet} punya kode rekening berjenjang dengan kolom {', '.join(found.columns.titles.values())}"
    )


def read(book: Book, config: Config, stage: str) -> Reading:
    """Budget per stage and belanja leaf; every subtotal and difference is held against its rows."""
    findings: list[Finding] = []
    parts = []
    for form in _forms(book):
        settled = settle(form)
        stages = _stages(book, form, config, stage)
        findings += [*form.findings, *settled.findings, *refusals(form, settled.leaves), *stages.findings]
        findings += _scales(form, settled)
        parts.append((form, settled, stages))
    if any(finding.severity == "galat" for finding in findings):
        return Reading(NAME, "", {}, findings)
    budget = pd.concat([_budget(*part) for part in parts], ignore_index=True)
    opd = pd.concat([organisation(form) for form, _, _ in parts]).drop_duplicates("kode_opd")
    under = {form.head.activity for form, _, _ in parts}
    slices = {
        Slice(NAME, form.head.year, code, (form.head.code,), tuple(sorted(under)) if "" not in under else ()): None
        for form, _, stages in parts
        for code in stages.codes.values()
    }
    return Reading(NAME, "", {"opd": opd, "anggaran": budget}, findings, tuple(slices))


def _forms(book: Book) -> list[Form]:
    return [form for form in forms(book) if _measures(form) and is_tree(form)]


def _measures(form: Form) -> tuple[str, ...]:
    """Budget measures of the form, earlier first; none when it is about spending or months, or has one of a pair."""
    own = set(form.measures)
    if any(each.startswith(("realisasi", "rencana", "kumulatif", "triwulan")) for each in own):
        return ()
    pairs = ((BEFORE, AFTER), (ONLY, AFTER)) if AFTER in own else ((ONLY,),) if BEFORE not in own else ()
    return next((pair for pair in pairs if own.issuperset(pair)), ())


def _stages(book: Book, form: Form, config: Config, named: str) -> Stages:
    """The later stage from the user, the title or the file name; the earlier one is the stage before it."""
    year, measures = form.head.year, _measures(form)
    if year is None:
        return Stages({}, [])
    if len(measures) == 1:
        code = one_stage(book, config, year, named, form.head.lines)
        return Stages({}, [code]) if isinstance(code, Finding) else Stages({ONLY: code}, [])
    earlier, later = (said(form.columns.titles[each], config.stages(year)) for each in measures)
    found = neighbours(book, config, year, named or later, form.head.lines, form.sheet, earlier)
    return Stages(dict(zip(measures, found.codes, strict=False)), found.findings)


def _scales(form: Form, settled: Settled) -> list[Finding]:
    totals = {form.columns.titles[each]: settled.total(each) for each in _measures(form)}
    return checks.factor(form.file, form.sheet, totals)


def _budget(form: Form, settled: Settled, stages: Stages) -> pd.DataFrame:
    """Long rows; a line of nought at a stage is left out, so that a join sees it come or go."""
    frame = lines(form, settled.leaves)
    keys = [name for name in frame.columns if name not in form.measures]
    long = frame.melt(keys, list(stages.codes), "tahap", "pagu_rp")
    return long.assign(tahap=long["tahap"].map(stages.codes))[long["pagu_rp"].fillna(0) != 0]


LAYOUT = Layout(
    NAME,
    "lembar dengan judul kolom KODE REKENING, URAIAN dan SEBELUM/SESUDAH atau JUMLAH di atas kode rekening berjenjang",
    recognise,
    read,
)
