"""SIPD "DPA Rincian Belanja" as PDF: accounts of one or more sub kegiatan, and their cash plan per month.

Lines are understood by their form (account, component, month), because the header comes back on every
page, components may look like accounts, and the signature shares a line with a month.
"""

from __future__ import annotations

import pandas as pd

from pkanalysis import codes
from pkanalysis.config import Config
from pkanalysis.intake.dpa.blocks import Block, blocks
from pkanalysis.intake.dpa.heads import heading, year
from pkanalysis.intake.dpa.reconcile import settle
from pkanalysis.intake.dpa.tables import budget, cash_plan
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.lines import organisations
from pkanalysis.intake.reading import Layout, Reading, Slice
from pkanalysis.intake.sheets import Book
from pkanalysis.intake.stages import find_stage

NAME = "dpa"
_LABELS = {"organisasi": "Organisasi", "sub_kegiatan": "Sub Kegiatan"}


def recognise(book: Book) -> str | None:
    """Reason why the book is a DPA Rincian Belanja, or ``None``."""
    for sheet, rows in book.sheets.items():
        title = next((row[0] for row in rows[:10] if row and "RINCIAN BELANJA" in str(row[0]).upper()), None)
        if title and _has_heads(book):
            return f"{sheet} berjudul {title} dan memuat Organisasi, Sub Kegiatan dan Kode Rekening"
    return None


def read(book: Book, config: Config, stage: str) -> Reading:
    """Budget lines (level 6), cash plan per month and the organisation; the stage is the user's or the file name's."""
    found = blocks(book)
    if missing := _incomplete(book, found):
        return Reading(NAME, "", {}, missing)
    number = year(book) or 0
    known = find_stage(book, config, number, stage)
    if isinstance(known, Finding):
        return Reading(NAME, "", {}, [known])
    settled = [settle(book.name, block) for block in found]
    findings = [finding for item in settled for finding in item.findings]
    lines = pd.concat([budget(item, number) for item in settled], ignore_index=True)
    plan = pd.concat([cash_plan(item.block, number) for item in settled], ignore_index=True)
    tables = {"opd": organisations(lines), "anggaran": lines.assign(tahap=known), "rencana_kas": plan}
    activities = tuple(sorted(set(lines["kode_sub_kegiatan"])))
    filled = Slice(NAME, number, known, tuple(sorted(set(lines["kode_opd"]))), activities)
    return Reading(NAME, "", {name: frame for name, frame in tables.items() if len(frame)}, findings, (filled,))


def _has_heads(book: Book) -> bool:
    lines = [str(row[0]) for rows in book.sheets.values() for row in rows if len(row) == 1]
    labels = {head.label for line in lines if (head := heading(line))}
    return set(_LABELS) <= labels


def _incomplete(book: Book, found: list[Block]) -> list[Finding]:
    """Errors for a document without accounts, without a budget year, or whose blocks do not say whose they are."""
    remedy = "unduh ulang PDF lengkap dari SIPD"
    if not found:
        return [Finding("galat", book.name, "", "", "", "", "tidak ada baris rekening enam ruas", remedy)]
    findings = []
    accounts = [account.code for block in found for account in block.leaves]
    if codes.is_2019_numbering(accounts):
        rule = "kode rekening memakai penomoran Permendagri 90/2019, yang artinya berbeda"
        findings.append(Finding("galat", book.name, "", "", "Kode Rekening", accounts[0], rule, remedy))
    if year(book) is None:
        findings.append(Finding("galat", book.name, "", "", "", "", "TAHUN ANGGARAN tidak tertulis", remedy))
    for block in found:
        findings += [
            Finding("galat", book.name, block.sheet, block.place, label, "", f"{label} tidak tertulis", remedy)
            for name, label in _LABELS.items()
            if not block.head.code(name)
        ]
    return findings


LAYOUT = Layout(
    NAME,
    "DPA Rincian Belanja SIPD (PDF)",
    "PDF berlapis teks berjudul DPA RINCIAN BELANJA dengan Organisasi, Sub Kegiatan dan Kode Rekening",
    recognise,
    read,
)
