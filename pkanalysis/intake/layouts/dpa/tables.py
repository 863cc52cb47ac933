"""Tidy rows of a DPA, and its accounts held against its parents, its printed total and its months.

A document whose last pages are missing still prints the amounts of the parents: what their accounts
leave open is kept on the parent, with a warning, as long as that is an objek or finer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from pkanalysis import codes
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.layouts.dpa.blocks import LEAF, Account, Block
from pkanalysis.intake.layouts.dpa.heads import Head
from pkanalysis.tables import TABLES

FINE = 4
"""Segments of an objek (``5.1.02.04``), which still says what the money is for."""


@dataclass(frozen=True)
class Settled:
    """A block, the lines to store (they add up to the printed total unless a finding says so), and the findings."""

    block: Block
    lines: list[Account]
    findings: list[Finding]


def settle(file: str, block: Block, is_latest: bool = True) -> Settled:
    """Compare every parent, the printed total and the months (of the latest stage) with the accounts of level 6."""
    rest = _remainders(block)
    kept = [account for account in rest if block.total is None and account.amount > 0 and len(account.key) >= FINE]
    findings = []
    for account in rest:
        code = "DPA_RINCIAN_KURANG" if account.amount > 0 else "DPA_RINCIAN_LEBIH"
        code = "DPA_RINCIAN_TERPOTONG" if account in kept else code
        place = (account.sheet, f"baris {account.row}", "Kode Rekening", account.code)
        findings.append(finding(code, file, *place, selisih=abs(account.amount)))
    lines = [*block.leaves, *kept]
    findings += [
        *_sums(file, block, sum(account.amount for account in lines), is_latest),
        *_sources_missed(file, block),
    ]
    return Settled(block, lines, findings)


def _sources_missed(file: str, block: Block) -> list[Finding]:
    """A warning for every account whose components name sources that do not add up to it."""
    return [
        finding("DPA_SUMBER_DANA_BEDA", file, account.sheet, f"baris {account.row}", account.code, str(account.amount),
                jumlah=sum(account.sources.values()))
        for account in block.leaves
        if account.sources and sum(account.sources.values()) != account.amount
    ]  # fmt: skip


def _remainders(block: Block) -> list[Account]:
    """Parents that their descendants do not add up to, the deepest first; the amount is the difference."""
    found: list[Account] = []
    for parent in sorted(block.accounts, key=lambda account: -len(account.key)):
        if len(parent.key) < LEAF:
            below = [item for item in (*block.leaves, *found) if codes.is_prefix(parent.key, item.key)]
            if difference := parent.amount - sum(item.amount for item in below):
                found.append(replace(parent, amount=difference, sources={}))
    return found


def _sums(file: str, block: Block, added: int, is_latest: bool) -> list[Finding]:
    """The printed total and the months against what the lines add up to."""
    place, total, months = (file, block.sheet, block.place), block.total, block.months
    findings = []
    if total is None:
        findings.append(finding("DPA_TANPA_JUMLAH", *place, "Jumlah Anggaran", jumlah=added))
    elif added != total:
        findings.append(finding("DPA_JUMLAH_BEDA", *place, "Jumlah Anggaran", str(total), jumlah=added))
    planned = sum(item.amount for item in months)
    if not is_latest:
        return findings
    if not months:
        findings.append(finding("DPA_TANPA_RENCANA_KAS", *place))
    elif len({item.number for item in months}) != len(months):
        findings.append(finding("DPA_BULAN_DUA_KALI", *place, "Bulan"))
    elif planned != added:
        findings.append(finding("DPA_RENCANA_KAS_BEDA", *place, "Bulan", str(planned), bulan=len(months), jumlah=added))
    return findings


def slips(file: str, block: Block) -> list[Finding]:
    """An error for every line of a DPPA whose printed difference is not the one between before and after."""
    return [
        finding("DPA_SELISIH_SALAH", file, slip.sheet, f"baris {slip.row}", "Bertambah/(Berkurang)", str(difference),
                kode=slip.code, setelah=after, sebelum=before, selisih=after - before)
        for slip in block.slips
        for before, after, difference in (slip.values,)
    ]  # fmt: skip


_NAMED = ("program", "kegiatan", "sub_kegiatan")


def budget(settled: Settled, year: int) -> pd.DataFrame:
    """Rows of ``anggaran`` without the stage; an account paid from several sources has one row for each.

    The groups' own sources count where they add up to the account, else that of the head.
    """
    head = settled.block.head
    shared = _shared(head, year)
    rows = [
        shared | {
            "kode_rekening": codes.canonical(account.code), "kode_rekening_asli": account.code,
            "nama_rekening": account.name, "lembar": account.sheet, "baris": account.row,
            "nama_sumber_dana": source, "pagu_rp": amount,
        }
        for account in settled.lines
        for is_split in (bool(account.sources) and sum(account.sources.values()) == account.amount,)
        for source, amount in (account.sources.items() if is_split else [(head.name("sumber"), account.amount)])
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=[name for name in TABLES["anggaran"].names if name not in ("tahap", "id_berkas")])


def cash_plan(block: Block, year: int) -> pd.DataFrame:
    """Rows of ``rencana_kas``: the plan of the sub kegiatan as a whole, months of zero left out."""
    shared = _shared(block.head, year) | {"kode_rekening": "", "kode_sumber_dana": ""}
    names = TABLES["rencana_kas"].names
    rows = [
        shared | {"bulan": item.number, "rencana_rp": item.amount, "lembar": item.sheet, "baris": item.row}
        for item in block.months
        if item.amount
    ]
    return pd.DataFrame(rows).reindex(columns=[name for name in names if name != "id_berkas"])


def _shared(head: Head, year: int) -> dict[str, str | int]:
    sub_kegiatan = codes.canonical_activity(codes.resolve(head.code("sub_kegiatan"), head.code("bidang")))
    segments = sub_kegiatan.split(".")
    return {
        "tahun": year,
        "kode_opd": head.code("organisasi"),
        "nama_opd": head.name("organisasi"),
        "kode_sub_unit": head.code("unit") or head.code("organisasi"),
        "nama_sub_unit": head.name("unit") or head.name("organisasi"),
        "kode_bidang_urusan": head.code("bidang") or ".".join(segments[:2]),
        "nama_bidang_urusan": head.name("bidang"),
        "kode_program": ".".join(segments[:3]),
        "kode_kegiatan": ".".join(segments[:5]),
        "kode_sub_kegiatan": sub_kegiatan,
        "kode_sumber_dana": "",
        "paket": "",
        **{f"nama_{name}": head.name(name) for name in _NAMED},
    }
