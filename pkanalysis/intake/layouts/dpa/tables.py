"""Tidy rows of a DPA."""

from __future__ import annotations

import pandas as pd

from pkanalysis import codes
from pkanalysis.intake.layouts.dpa.blocks import Account, Block
from pkanalysis.intake.layouts.dpa.heads import Head
from pkanalysis.intake.layouts.dpa.reconcile import Settled
from pkanalysis.tables import TABLES

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
