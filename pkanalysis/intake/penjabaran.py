"""Penjabaran APBD and its perubahan: subtotals at every level, one stage or before and after."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pkanalysis.config import Config
from pkanalysis.intake import scale, sebelum_sesudah
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.reading import Layout, Reading, Slice
from pkanalysis.intake.sheets import Book
from pkanalysis.intake.stages import find_stage, mentioned
from pkanalysis.intake.tiers import Form, Settled, forms, has_subtotals, settle
from pkanalysis.intake.tiers.tables import lines, organisation, refusals

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
    slices = {
        Slice(NAME, form.head.year, code, (form.head.code,)): None
        for form, _, stages in parts
        for code in stages.codes.values()
    }
    return Reading(NAME, "", {"opd": opd, "anggaran": budget}, findings, tuple(slices))


def _forms(book: Book) -> list[Form]:
    return [form for form in forms(book) if _measures(form) and has_subtotals(form)]


def _measures(form: Form) -> tuple[str, ...]:
    """Budget measures of the form; none when it is about spending or months."""
    own = set(form.measures)
    if any(each.startswith(("realisasi", "rencana")) for each in own):
        return ()
    return (BEFORE, AFTER) if {BEFORE, AFTER} <= own else (ONLY,) if ONLY in own else ()


def _stages(book: Book, form: Form, config: Config, named: str) -> Stages:
    """The later stage from the user, the title or the file name; the earlier one is the stage before it."""
    year = form.head.year
    if year is None:
        return Stages({}, [])
    titled = [code for line in form.head.lines for code in mentioned(line, config.stages(year))]
    code = titled[0] if not named and len(set(titled)) == 1 else find_stage(book, config, year, named)
    if isinstance(code, Finding):
        return Stages({}, [code])
    if ONLY in _measures(form):
        return Stages({ONLY: code}, [])
    order = [stage.kode for stage in config.stages(year)]
    if order.index(code) == 0:
        rule = f"kolom SESUDAH dibaca sebagai tahap {code}, sedangkan sebelum {code} tidak ada tahap lain"
        remedy = "beri --tahap dengan tahap kolom SESUDAH"
        return Stages({}, [Finding("galat", form.file, form.sheet, "", "", code, rule, remedy)])
    earlier = order[order.index(code) - 1]
    rule = f"kolom SEBELUM disimpan sebagai tahap {earlier} dan kolom SESUDAH sebagai tahap {code}"
    note = Finding("catatan", form.file, form.sheet, "", "", "", rule, "beri --tahap bila kolom SESUDAH tahap lain")
    return Stages({BEFORE: earlier, AFTER: code}, [note])


def _scales(form: Form, settled: Settled) -> list[Finding]:
    totals = {form.columns.titles[each]: settled.total(each) for each in _measures(form)}
    return scale.factor(form.file, form.sheet, totals)


def _budget(form: Form, settled: Settled, stages: Stages) -> pd.DataFrame:
    """Long rows; a line of nought at a stage is left out, so that a join sees it come or go."""
    frame = lines(form, settled.leaves)
    keys = [name for name in frame.columns if name not in form.measures]
    long = frame.melt(keys, list(stages.codes), "tahap", "pagu_rp")
    return long.assign(tahap=long["tahap"].map(stages.codes))[long["pagu_rp"].fillna(0) != 0]


LAYOUT = Layout(
    NAME,
    "Penjabaran APBD atau perubahannya, berjenjang",
    "lembar dengan judul kolom KODE REKENING, URAIAN dan SEBELUM/SESUDAH atau JUMLAH di atas kode rekening berjenjang",
    recognise,
    read,
)
