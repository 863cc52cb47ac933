"""SIPD "DPA Rincian Belanja" and its change (DPPA) as PDF: accounts of sub kegiatan, and their cash plan per month.

Lines are understood by their form (account, component, month), because the header comes back on every
page, components may look like accounts, and the signature shares a line with a month. A document whose last
pages are missing still prints the amounts of the parents: what their accounts leave open is kept on the parent,
with a warning, as long as that is an objek or finer.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from pkanalysis import codes
from pkanalysis.config import Config
from pkanalysis.intake.book import Book
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.layouts.dpa.blocks import LEAF, Account, Block, blocks, is_change, lines_of
from pkanalysis.intake.layouts.dpa.heads import Head, heading, year
from pkanalysis.intake.layouts.lines import organisations
from pkanalysis.intake.reading import Layout, Reading, Slice
from pkanalysis.intake.titles import find_stage, mentioned
from pkanalysis.tables import TABLES

NAME = "dpa"
BEFORE, AFTER = 0, 1
TITLE_ROWS = 15
FINE = 4
"""Segments of an objek (``5.1.02.04``), which still says what the money is for."""
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
    if missing := _incomplete(book, blocks(book, AFTER)):
        return Reading(NAME, "", {}, missing)
    number = year(book) or 0
    stages = _stages(book, config, number, stage)
    if isinstance(stages, Finding):
        return Reading(NAME, "", {}, [stages])
    findings, told, parts, plans = [], [], [], []
    if BEFORE in stages:
        findings.append(finding("DPA_DUA_TAHAP", book.name, sebelum=stages[BEFORE], setelah=stages[AFTER]))
    for place, code in stages.items():
        for block in blocks(book, place):
            kept, unlike = settle(book.name, block, is_latest=place == AFTER)
            findings += unlike
            parts.append(budget(block.head, kept, number).assign(tahap=code))
            if place == AFTER:
                plans.append(cash_plan(block, number))
                told += block.slips
                told += [
                    finding("DPA_KEPALA_TANPA", book.name, *block.at, label, label=label)
                    for name, label in _NAMED.items()
                    if not (block.head[name].code or block.head[name].name)
                ]
    lines, plan = pd.concat(parts, ignore_index=True), pd.concat(plans, ignore_index=True)
    if len(stages) > 1:  # a line of nought is left out, so that a join of the stages sees it come or go
        lines = lines[lines["pagu_rp"].ne(0)].reset_index(drop=True)
    tables = {"opd": organisations(lines), "anggaran": lines, "rencana_kas": plan}
    activities, offices = (tuple(sorted(set(lines[name]))) for name in ("kode_sub_kegiatan", "kode_opd"))
    slices = tuple(Slice(NAME, number, code, offices, activities) for code in stages.values())
    kept_tables = {name: frame for name, frame in tables.items() if len(frame)}
    return Reading(NAME, "", kept_tables, list(dict.fromkeys([*findings, *told])), slices)


def _stages(book: Book, config: Config, year: int, named: str) -> dict[int, str] | Finding:
    """Stage per place of the amounts: after as the user, the title or the file name says, and the stage before it."""
    head = " ".join(str(row[0]) for row in next(iter(book.sheets.values()))[:TITLE_ROWS] if row)
    titled, has_two = mentioned(head, config.stages(year)), is_change(book)
    code = titled[0] if has_two and not named and len(titled) == 1 else find_stage(book, config, year, named)
    if isinstance(code, Finding) or not has_two:
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
        finding("DPA_TANPA_LABEL", book.name, *block.at, label, label=label)
        for block in found
        for name, label in _LABELS.items()
        if not block.head[name].code
    ]


def settle(file: str, block: Block, is_latest: bool = True) -> tuple[list[Account], list[Finding]]:
    """Lines to store, which add up to the printed total unless a finding says so, and the findings.

    Every parent, the printed total and the months (of the latest stage) are held against the accounts of level 6.
    """
    leaves, parents = block.leaves, [account for account in block.accounts if len(account.key) < LEAF]
    lines, rest, findings = [*leaves], list[Account](), []
    for parent in sorted(parents, key=lambda account: -len(account.key)):
        below = [item for item in (*leaves, *rest) if codes.is_prefix(parent.key, item.key)]
        difference = parent.amount - sum(item.amount for item in below)
        if not difference:
            continue
        rest.append(replace(parent, amount=difference, sources={}))
        code = "DPA_RINCIAN_KURANG" if difference > 0 else "DPA_RINCIAN_LEBIH"
        if block.total is None and difference > 0 and len(parent.key) >= FINE:
            lines.append(rest[-1])
            code = "DPA_RINCIAN_TERPOTONG"
        place = (parent.sheet, f"baris {parent.row}", "Kode Rekening", parent.code)
        findings.append(finding(code, file, *place, selisih=abs(difference)))
    findings += _sums(file, block, sum(account.amount for account in lines), is_latest)
    for account in leaves:
        if account.sources and (named := sum(account.sources.values())) != account.amount:
            at = (account.sheet, f"baris {account.row}", account.code, str(account.amount))
            findings.append(finding("DPA_SUMBER_DANA_BEDA", file, *at, jumlah=named))
    return lines, findings


def _sums(file: str, block: Block, added: int, is_latest: bool) -> list[Finding]:
    """The printed total and the months against what the lines add up to."""
    place, total, months = (file, *block.at), block.total, block.months
    findings = []
    if total is None:
        findings.append(finding("DPA_TANPA_JUMLAH", *place, "Jumlah Anggaran", jumlah=added))
    elif added != total:
        findings.append(finding("DPA_JUMLAH_BEDA", *place, "Jumlah Anggaran", str(total), jumlah=added))
    planned = sum(item.amount for item in months)
    if is_latest and not months:
        findings.append(finding("DPA_TANPA_RENCANA_KAS", *place))
    elif is_latest and len({item.number for item in months}) != len(months):
        findings.append(finding("DPA_BULAN_DUA_KALI", *place, "Bulan"))
    elif is_latest and planned != added:
        findings.append(finding("DPA_RENCANA_KAS_BEDA", *place, "Bulan", str(planned), bulan=len(months), jumlah=added))
    return findings


def budget(head: Head, accounts: list[Account], year: int) -> pd.DataFrame:
    """Rows of ``anggaran`` without the stage; an account paid from several sources has one row for each.

    The groups' own sources count where they add up to the account, else that of the head.
    """
    shared, rows = _shared(head, year), []
    for account in accounts:
        is_split = account.sources and sum(account.sources.values()) == account.amount
        place = shared | {
            "kode_rekening": codes.canonical(account.code), "kode_rekening_asli": account.code,
            "nama_rekening": account.name, "lembar": account.sheet, "baris": account.row,
        }  # fmt: skip
        for source, amount in (account.sources if is_split else {head["sumber"].name: account.amount}).items():
            rows.append(place | {"nama_sumber_dana": source, "pagu_rp": amount})
    return pd.DataFrame(rows, columns=[name for name in TABLES["anggaran"].names if name not in ("tahap", "id_berkas")])


def cash_plan(block: Block, year: int) -> pd.DataFrame:
    """Rows of ``rencana_kas``: the plan of the sub kegiatan as a whole, months of zero left out."""
    shared = _shared(block.head, year) | {"kode_rekening": "", "kode_sumber_dana": ""}
    rows = [
        shared | {"bulan": item.number, "rencana_rp": item.amount, "lembar": item.sheet, "baris": item.row}
        for item in block.months
        if item.amount
    ]
    return pd.DataFrame(rows).reindex(columns=[name for name in TABLES["rencana_kas"].names if name != "id_berkas"])


def _shared(head: Head, year: int) -> dict[str, str | int]:
    office, unit, bidang = head["organisasi"], head["unit"], head["bidang"]
    sub_kegiatan = codes.canonical_activity(codes.resolve(head["sub_kegiatan"].code, bidang.code))
    segments = sub_kegiatan.split(".")
    return {
        "tahun": year,
        "kode_opd": office.code,
        "nama_opd": office.name,
        "kode_sub_unit": unit.code or office.code,
        "nama_sub_unit": unit.name or office.name,
        "kode_bidang_urusan": bidang.code or ".".join(segments[:2]),
        "nama_bidang_urusan": bidang.name,
        "kode_program": ".".join(segments[:3]),
        "kode_kegiatan": ".".join(segments[:5]),
        "kode_sub_kegiatan": sub_kegiatan,
        "kode_sumber_dana": "",
        "paket": "",
        **{f"nama_{name}": head[name].name for name in ("program", "kegiatan", "sub_kegiatan")},
    }


LAYOUT = Layout(
    NAME,
    "PDF berlapis teks berjudul DPA RINCIAN BELANJA dengan Organisasi, Sub Kegiatan dan Kode Rekening",
    recognise,
    read,
)
