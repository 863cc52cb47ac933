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
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.dpa.blocks import Block, blocks, is_change, lines_of
from pkanalysis.intake.layouts.dpa.heads import heading, year
from pkanalysis.intake.layouts.dpa.tables import Settled, budget, cash_plan, settle, slips
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
        if title and _has_heads(book):
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
    findings = [finding for items in settled.values() for item in items for finding in item.findings]
    findings += [finding for item in latest for finding in (*slips(book.name, item.block), *_unnamed(book, item.block))]
    lines = _budget(settled, number)
    plan = pd.concat([cash_plan(item.block, number) for item in latest], ignore_index=True)
    tables = {"opd": organisations(lines), "anggaran": lines, "rencana_kas": plan}
    activities, offices = (tuple(sorted(set(lines[name]))) for name in ("kode_sub_kegiatan", "kode_opd"))
    slices = tuple(Slice(NAME, number, code, offices, activities) for code in settled)
    kept = {name: frame for name, frame in tables.items() if len(frame)}
    return Reading(NAME, "", kept, [*_noted(book, stages), *dict.fromkeys(findings)], slices)


def _budget(settled: dict[str, list[Settled]], year: int) -> pd.DataFrame:
    """Lines of every stage; in a changed document a line of nought is left out, so that a join sees it come or go."""
    parts = [budget(item, year).assign(tahap=code) for code, items in settled.items() for item in items]
    lines = pd.concat(parts, ignore_index=True)
    return lines[lines["pagu_rp"].ne(0)].reset_index(drop=True) if len(settled) > 1 else lines


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
    rule = f"kolom setelah dibaca sebagai tahap {code}, sedangkan sebelum {code} tidak ada tahap lain"
    return Finding("galat", book.name, "", "", "", code, rule, "beri --tahap dengan tahap kolom setelah perubahan")


def _noted(book: Book, stages: dict[int, str]) -> list[Finding]:
    if BEFORE not in stages:
        return []
    rule = f"jumlah sebelum disimpan sebagai tahap {stages[BEFORE]} dan jumlah setelah sebagai tahap {stages[AFTER]}"
    return [Finding("catatan", book.name, "", "", "", "", rule, "beri --tahap bila jumlah setelah tahap lain")]


def _unnamed(book: Book, block: Block) -> list[Finding]:
    """A note per line that the head of a block lacks, so that its columns stay blank."""
    return [
        Finding("catatan", book.name, block.sheet, block.place, label, "", f"{label} tidak tertulis di kepala dokumen",
                "bandingkan dengan PDF asalnya")
        for name, label in _NAMED.items()
        if not (block.head.code(name) or block.head.name(name))
    ]  # fmt: skip


def _has_heads(book: Book) -> bool:
    lines = [line for page in lines_of(book).values() for line in page]
    return set(_LABELS) <= {head.label for line in lines if (head := heading(line))}


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
