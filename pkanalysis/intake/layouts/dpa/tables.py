"""Tidy rows of a DPA.

Holding the accounts of a DPA against its parents, its printed total and its months.

A document whose last pages are missing still prints the amounts of the parents: what their accounts
leave open is kept on the parent, with a warning, as long as that is an objek or finer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from pkanalysis import codes
from pkanalysis.intake.findings import Finding, Severity
from pkanalysis.intake.layouts.dpa.blocks import LEAF, Account, Block
from pkanalysis.intake.layouts.dpa.heads import Head
from pkanalysis.tables import TABLES

FINE = 4
"""Segments of an objek (``5.1.02.04``), which still says what the money is for."""
_REMEDY = "unduh ulang PDF lengkap dari SIPD"


@dataclass(frozen=True)
class Settled:
    """A block, the lines to store (they add up to the printed total unless a finding says so), and the findings."""

    block: Block
    lines: list[Account]
    findings: list[Finding]


def settle(file: str, block: Block, is_latest: bool = True) -> Settled:
    """Compare every parent, the printed total and the months (of the latest stage) with the accounts of level 6."""
    rest = _remainders(block)
    is_cut = block.total is None
    findings = [_open_parent(file, account, is_cut) for account in rest]
    lines = [*block.leaves, *(account for account in rest if is_cut and _is_kept(account))]
    findings += [*_total(file, block, lines), *(_months(file, block, lines) if is_latest else [])]
    return Settled(block, lines, [*findings, *_reconcile_sources(file, block)])


def _reconcile_sources(file: str, block: Block) -> list[Finding]:
    """A warning for every account whose components name sources that do not add up to it."""
    rule = "jumlah per sumber dana di rinciannya {}, sehingga dipakai sumber dana di kepala dokumen"
    return [
        Finding("peringatan", file, account.sheet, f"baris {account.row}", account.code, str(account.amount),
                rule.format(sum(account.sources.values())), "periksa sumber dana rekening ini")
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


def _is_kept(rest: Account) -> bool:
    return rest.amount > 0 and len(rest.key) >= FINE


def _open_parent(file: str, rest: Account, is_cut: bool) -> Finding:
    rule = (
        f"rincian rekeningnya kurang {rest.amount}" if rest.amount > 0 else f"rincian rekeningnya lebih {-rest.amount}"
    )
    severity: Severity = "galat"
    if is_cut and _is_kept(rest):
        severity, rule = "peringatan", f"{rule} karena dokumen terpotong; selisih itu disimpan pada rekening induk ini"
    return Finding(severity, file, rest.sheet, f"baris {rest.row}", "Kode Rekening", rest.code, rule, _REMEDY)


def _total(file: str, block: Block, lines: list[Account]) -> list[Finding]:
    added = sum(account.amount for account in lines)
    if block.total is None:
        rule = f"tidak sampai ke Jumlah Anggaran Sub Kegiatan; yang tersimpan {added}"
        return [_finding("peringatan", file, block, "Jumlah Anggaran", "", rule)]
    if added == block.total:
        return []
    rule = f"jumlah rekening enam ruas adalah {added}"
    return [_finding("galat", file, block, "Jumlah Anggaran", str(block.total), rule)]


def _months(file: str, block: Block, lines: list[Account]) -> list[Finding]:
    planned, added = sum(item.amount for item in block.months), sum(account.amount for account in lines)
    if not block.months:
        return [_finding("catatan", file, block, "", "", "rencana kas per bulan tidak ada di dokumen ini")]
    if len({item.number for item in block.months}) != len(block.months):
        return [_finding("galat", file, block, "Bulan", "", "ada bulan yang tertulis dua kali di rencana kas")]
    if planned == added:
        return []
    rule = f"jumlah {len(block.months)} bulan rencana kas, sedangkan jumlah rekening {added}"
    return [_finding("peringatan", file, block, "Bulan", str(planned), rule)]


def slips(file: str, block: Block) -> list[Finding]:
    """An error for every line of a DPPA whose printed difference is not the one between before and after."""
    return [
        Finding("galat", file, slip.sheet, f"baris {slip.row}", "Bertambah/(Berkurang)", str(slip.values[2]),
                f"{slip.code}: setelah {slip.values[1]} dikurangi sebelum {slip.values[0]} adalah "
                f"{slip.values[1] - slip.values[0]}", _REMEDY)
        for slip in block.slips
    ]  # fmt: skip


def _finding(severity: Severity, file: str, block: Block, column: str, value: str, rule: str) -> Finding:
    return Finding(severity, file, block.sheet, block.place, column, value, rule, _REMEDY)


_NAMED = ("program", "kegiatan", "sub_kegiatan")


def budget(settled: Settled, year: int) -> pd.DataFrame:
    """Rows of ``anggaran`` without the stage; an account paid from several sources has one row for each."""
    shared = _shared(settled.block.head, year)
    rows = [
        shared | _account(account) | {"nama_sumber_dana": source, "pagu_rp": amount}
        for account in settled.lines
        for source, amount in _sources(account, settled.block.head)
    ]
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


def _account(account: Account) -> dict[str, str | int]:
    return {
        "kode_rekening": codes.canonical(account.code),
        "kode_rekening_asli": account.code,
        "nama_rekening": account.name,
        "lembar": account.sheet,
        "baris": account.row,
    }


def _sources(account: Account, head: Head) -> list[tuple[str, int]]:
    """Source and amount; the groups' own sources where they add up to the account, else that of the head."""
    if account.sources and sum(account.sources.values()) == account.amount:
        return list(account.sources.items())
    return [(head.name("sumber"), account.amount)]
