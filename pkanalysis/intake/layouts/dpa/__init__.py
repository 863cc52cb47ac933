"""SIPD "DPA Rincian Belanja" and its change (DPPA) as PDF: accounts of sub kegiatan, and their cash plan per month.

Lines are understood by their form (account, component, month), because the header comes back on every
page, components may look like accounts, and the signature shares a line with a month.
"""

from __future__ import annotations

import re

import pandas as pd

from pkanalysis import codes
from pkanalysis.config import Config
from pkanalysis.intake.book import Book
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.layouts.dpa.blocks import Block, blocks, is_change, lines_of
from pkanalysis.intake.layouts.dpa.heads import heading, year
from pkanalysis.intake.layouts.dpa.tables import budget, cash_plan, settle, slips
from pkanalysis.intake.layouts.lines import organisations
from pkanalysis.intake.reading import Layout, Reading, Slice
from pkanalysis.intake.titles import find_stage, mentioned

NAME = "dpa"
BEFORE, AFTER = 0, 1
TITLE_ROWS = 15
_TITLE = re.compile(r"(?i)RINCIAN\s+(PERUBAHAN\s+|PERGESERAN\s+)?(ANGGARAN\s+)?BELANJA( SKPD)?")
_NAMED = {
    "bidang": "Bidang Urusan", "program": "Program", "kegiatan": "Kegiatan", "sumber": "Sumber Pendanaan"
}  # fmt: skip
_LABELS = {"organisasi": "Organisasi", "sub_kegiatan": "Sub Kegiatan"}


def recognise(book: Book) -> str | None:
    """Reason why the book is a DPA Rincian Belanja, or ``None``."""
    for sheet, rows in book.sheets.items():
        title = _TITLE.search(" ".join(str(row[0]) for row in rows[:TITLE_ROWS] if row))
        if title is None:
            continue
        heads = (heading(line) for page in lines_of(book).values() for line in page)
        if set(_LABELS) <= {head.label for head in heads if head}:
            return f"{sheet} berjudul {title[0]} dan memuat Organisasi, Sub Kegiatan dan Kode Rekening"
    return None


def read(book: Book, config: Config, stage: str) -> Reading:
    """Budget lines (level 6), cash plan per month and the organisation; a DPPA gives the stage before it as well."""
    found = blocks(book, AFTER)
    if missing := _incomplete(book, found):
        return Reading(NAME, "", {}, missing)
    number = year(book) or 0
    stages = _stages(book, config, number, stage)
    if isinstance(stages, Finding):
        return Reading(NAME, "", {}, [stages])
    settled = {
        code: [settle(book.name, block, is_latest=place == AFTER) for block in blocks(book, place)]
        for place, code in stages.items()
    }
    latest = settled[stages[AFTER]]
    findings = [each for items in settled.values() for item in items for each in item.findings]
    for block in (item.block for item in latest):
        findings += slips(book.name, block)
        findings += [
            finding("DPA_KEPALA_TANPA", book.name, block.sheet, block.place, label, label=label)
            for name, label in _NAMED.items()
            if not (block.head.code(name) or block.head.name(name))
        ]
    parts = [budget(item, number).assign(tahap=code) for code, items in settled.items() for item in items]
    lines = pd.concat(parts, ignore_index=True)
    if len(settled) > 1:  # a line of nought is left out, so that a join of the stages sees it come or go
        lines = lines[lines["pagu_rp"].ne(0)].reset_index(drop=True)
    plan = pd.concat([cash_plan(item.block, number) for item in latest], ignore_index=True)
    tables = {"opd": organisations(lines), "anggaran": lines, "rencana_kas": plan}
    activities, offices = (tuple(sorted(set(lines[name]))) for name in ("kode_sub_kegiatan", "kode_opd"))
    slices = tuple(Slice(NAME, number, code, offices, activities) for code in settled)
    kept = {name: frame for name, frame in tables.items() if len(frame)}
    if BEFORE in stages:
        findings.insert(0, finding("DPA_DUA_TAHAP", book.name, sebelum=stages[BEFORE], setelah=stages[AFTER]))
    return Reading(NAME, "", kept, list(dict.fromkeys(findings)), slices)


def _stages(book: Book, config: Config, year: int, named: str) -> dict[int, str] | Finding:
    """Stage per place of the amounts: after as the user, the title or the file name says, and the stage before it."""
    head = " ".join(str(row[0]) for row in next(iter(book.sheets.values()))[:TITLE_ROWS] if row)
    titled = mentioned(head, config.stages(year))
    code = titled[0] if is_change(book) and not named and len(titled) == 1 else find_stage(book, config, year, named)
    if isinstance(code, Finding) or not is_change(book):
        return code if isinstance(code, Finding) else {AFTER: code}
    order = [stage.kode for stage in config.stages(year)]
    if order.index(code):
        return {BEFORE: order[order.index(code) - 1], AFTER: code}
    return finding("DPA_TANPA_TAHAP_SEBELUMNYA", book.name, value=code, tahap=code)


def _incomplete(book: Book, found: list[Block]) -> list[Finding]:
    """Errors for a document without accounts, without a budget year, or whose blocks do not say whose they are."""
    if not found:
        return [finding("DPA_TANPA_REKENING", book.name)]
    findings = []
    accounts = [account.code for block in found for account in block.leaves]
    if codes.is_2019_numbering(accounts):
        findings.append(finding("DPA_PENOMORAN_2019", book.name, column="Kode Rekening", value=accounts[0]))
    if year(book) is None:
        findings.append(finding("DPA_TANPA_TAHUN", book.name))
    return findings + [
        finding("DPA_TANPA_LABEL", book.name, block.sheet, block.place, label, label=label)
        for block in found
        for name, label in _LABELS.items()
        if not block.head.code(name)
    ]


LAYOUT = Layout(
    NAME,
    "PDF berlapis teks berjudul DPA RINCIAN BELANJA dengan Organisasi, Sub Kegiatan dan Kode Rekening",
    recognise,
    read,
)
