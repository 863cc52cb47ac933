"""Penjabaran APBD and its perubahan: subtotals at every level, one stage or before and after."""

from __future__ import annotations

import pandas as pd

from pkanalysis.codes import canonical_activity
from pkanalysis.config import Config
from pkanalysis.intake import checks
from pkanalysis.intake.book import Book
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.trees import Form, forms, is_tree, settle
from pkanalysis.intake.layouts.trees.totals import lines, organisation, refusals
from pkanalysis.intake.reading import Layout, Reading, Slice
from pkanalysis.intake.titles import Neighbours, find_stage, neighbours, said

NAME = "penjabaran"
BEFORE, AFTER, ONLY = "sebelum", "sesudah", "anggaran"


def recognise(book: Book) -> str | None:
    """Reason why the book is a penjabaran, or ``None``."""
    found = next((form for form, _ in _forms(book)), None)
    if found is None:
        return None
    titles = ", ".join(found.columns.titles.values())
    return f"lembar {found.sheet} punya kode rekening berjenjang dengan kolom {titles}"


def _forms(book: Book) -> list[tuple[Form, tuple[str, ...]]]:
    """Forms of a budget with its measures, earlier first; none about spending or months, or with one of a pair."""
    found: list[tuple[Form, tuple[str, ...]]] = []
    for form in forms(book):
        own = set(form.measures)
        pairs = ((BEFORE, AFTER), (ONLY, AFTER)) if AFTER in own else ((ONLY,),) if BEFORE not in own else ()
        measures = next((pair for pair in pairs if own.issuperset(pair)), ())
        is_other = any(each.startswith(("realisasi", "rencana", "kumulatif", "triwulan")) for each in own)
        if measures and not is_other and is_tree(form):
            found.append((form, measures))
    return found


def read(book: Book, config: Config, stage: str) -> Reading:
    """Budget per stage and belanja leaf; every subtotal and difference is held against its rows.

    A line of nought at a stage is left out, so that a join sees it come or go.
    """
    findings: list[Finding] = []
    parts = []
    for form, measures in _forms(book):
        settled, stages = settle(form), _stages(book, form, measures, config, stage)
        findings += [*form.findings, *settled.findings, *refusals(form, settled.leaves), *stages.findings]
        totals = {form.columns.titles[each]: settled.total(each) for each in measures}
        findings += checks.factor(form.file, form.sheet, totals)
        parts.append((form, settled, dict(zip(measures, stages.codes, strict=False))))
    if any(finding.severity == "galat" for finding in findings):
        return Reading(NAME, "", {}, findings)

    budget, slices = [], []
    under = {canonical_activity(form.head.activity.code) for form, *_ in parts}
    for form, settled, codes in parts:
        frame = lines(form, settled.leaves)
        keys = [name for name in frame.columns if name not in form.measures]
        long = frame.melt(keys, list(codes), "tahap", "pagu_rp")
        budget.append(long.assign(tahap=long["tahap"].map(codes))[long["pagu_rp"].fillna(0) != 0])
        activities = tuple(sorted(under)) if "" not in under else ()
        slices += [Slice(NAME, form.head.year, code, (form.head.code,), activities) for code in codes.values()]
    opd = pd.concat([organisation(form) for form, *_ in parts]).drop_duplicates("kode_opd")
    tables = {"opd": opd, "anggaran": pd.concat(budget, ignore_index=True)}
    return Reading(NAME, "", tables, findings, tuple(dict.fromkeys(slices)))


def _stages(book: Book, form: Form, measures: tuple[str, ...], config: Config, named: str) -> Neighbours:
    """The later stage from the user, the title or the file name; the earlier one is the stage before it."""
    year = form.head.year
    if year is None:
        return Neighbours()
    if len(measures) == 1:
        code = find_stage(book, config, year, named, form.head.lines)
        return Neighbours((), [code]) if isinstance(code, Finding) else Neighbours((code,))
    earlier, later = (said(form.columns.titles[each], config.stages(year)) for each in measures)
    return neighbours(book, config, year, named or later, form.head.lines, form.sheet, earlier)


LAYOUT = Layout(
    NAME,
    "lembar dengan judul kolom KODE REKENING, URAIAN dan SEBELUM/SESUDAH atau JUMLAH di atas kode rekening berjenjang",
    recognise,
    read,
)
