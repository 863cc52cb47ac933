"""What is counted once: TOTAL blocks and repeated sheets are recognised, and printed sums are held against lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from pkanalysis.intake.book import cell_name, normal
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.sebelum_sesudah.headings import SPENT
from pkanalysis.intake.layouts.sebelum_sesudah.tables import Table

MOST_PARTS = 10
TOLERANCE_RP = 1


@dataclass(frozen=True)
class Settled:
    """Tables to store, each line once, and what was found on the way."""

    stored: list[Table]
    findings: list[Finding]


def settle(file: str, tables: Sequence[Table]) -> Settled:
    """Leave out TOTAL blocks and repeats; the sheet with spending and most lines speaks first."""
    findings = [finding for table in tables for finding in _footer(file, table)]
    stored: list[Table] = []
    for sheet in _ordered(tables):
        details, notes = _details(file, [table for table in tables if table.block.sheet == sheet])
        findings += notes
        fresh = [(table, _repeat(file, table, stored)) for table in details]
        findings += [note for _, note in fresh if note]
        stored += [table for table, note in fresh if note is None]
    return Settled(stored, findings)


def _ordered(tables: Sequence[Table]) -> list[str]:
    def weight(sheet: str) -> tuple[bool, int]:
        own = [table for table in tables if table.block.sheet == sheet]
        has_spending = any(name.startswith(SPENT) for table in own for name in table.block.columns.places)
        return has_spending, sum(len(table.frame) for table in own)

    return sorted(dict.fromkeys(table.block.sheet for table in tables), key=weight, reverse=True)


def _details(file: str, tables: list[Table]) -> tuple[list[Table], list[Finding]]:
    """Blocks of one sheet that are no sums of other blocks."""
    is_named = [_is_named_total(table) for table in tables]
    details = [table for table, named in zip(tables, is_named, strict=True) if not named]
    findings = [
        _total_note(file, table, _parts(table, details)) for table, named in zip(tables, is_named, strict=True) if named
    ]
    for table in sorted(details, key=lambda item: len(item.sums()), reverse=True):
        others = [other for other in details if other is not table]
        parts = _parts(table, others)
        if len(parts) > 1 and len(table.sums()) > 2:
            details = others
            findings.append(_total_note(file, table, parts))
    return details, findings


def _is_named_total(table: Table) -> bool:
    return normal(table.block.source.name).startswith(("total", "jumlah", "gabungan", "rekapitulasi"))


def _added(tables: Sequence[Table]) -> pd.DataFrame:
    return pd.concat([table.sums() for table in tables]).groupby(level=[0, 1]).sum()


def _parts(total: Table, details: Sequence[Table]) -> tuple[Table, ...]:
    """The smallest set of blocks whose lines add up to every line of ``total``; empty when none does."""
    wanted = total.sums().sort_index()
    near = [table for table in details if table.sums().index.isin(wanted.index).all() and len(table.sums())]
    choices = (
        parts for size in range(1, len(near[:MOST_PARTS]) + 1) for parts in combinations(near[:MOST_PARTS], size)
    )
    return next((parts for parts in choices if _added(parts).sort_index().equals(wanted)), ())


def _total_note(file: str, table: Table, parts: Sequence[Table]) -> Finding:
    block = table.block
    if parts:
        rule = f"blok ini sama dengan jumlah {' + '.join(part.block.label for part in parts)} dan tidak disimpan lagi"
        return Finding("catatan", file, block.sheet, block.label, "", "", rule, "tidak perlu diubah")
    rule = "blok jumlah ini tidak sama dengan jumlah blok mana pun di lembar ini; tidak disimpan"
    figures = ", ".join(f"{stage} {int(table.frame[stage].sum())}" for stage in table.stages)
    return Finding("peringatan", file, block.sheet, block.label, "", figures, rule, "periksa rincian bloknya")


def _repeat(file: str, table: Table, stored: Sequence[Table]) -> Finding | None:
    """A finding when the lines of ``table`` are already there from another sheet, with equal or other figures."""
    own, block = table.sums(), table.block
    others = [
        other for other in stored
        if other.block.sheet != block.sheet and other.stages == table.stages and not _is_other_owner(table, other)
    ]  # fmt: skip
    if own.empty or not others:
        return None
    known = _added(others).reindex(own.index)
    is_alike, is_there = known.eq(own).fillna(False).all(axis=1), known.notna().all(axis=1)
    sheets = ", ".join(sorted({other.block.sheet for other in others}))
    if is_alike.all():
        rule = f"{len(own)} baris blok ini sudah ada di lembar {sheets} dengan angka yang sama; tidak disimpan dua kali"
        return Finding("catatan", file, block.sheet, block.label, "", "", rule, "tidak perlu diubah")
    if _is_other_source(table, others) or is_there.mean() <= 0.5:
        return None
    key = own.index[~is_alike][0]
    figures = f"{key[1]}: {own.loc[key].tolist()}, di lembar {sheets}: {known.loc[key].tolist()}"
    rule = f"{int(is_there.sum())} baris ada juga di lembar {sheets}, {int((~is_alike).sum())} berbeda; tidak disimpan"
    return Finding("peringatan", file, block.sheet, block.label, "", figures, rule, "samakan kedua lembar")


def _is_other_owner(table: Table, other: Table) -> bool:
    """Whether both heads name a unit, or both an OPD, and not the same."""
    one, two = table.block.head, other.block.head
    shared = [kind for kind in ("unit", "organisasi") if kind in one and kind in two]
    return any(normal(one[kind].name) != normal(two[kind].name) for kind in shared)


def _is_other_source(table: Table, others: Sequence[Table]) -> bool:
    own = table.block.source
    return own.name != "" and all(own != other.block.source for other in others)


def _footer(file: str, table: Table) -> list[Finding]:
    """A warning per column whose JUMLAH is not the sum of the lines above it."""
    block = table.block
    added = {name: int(table.frame[name].fillna(0).sum()) for name in table.printed}
    return [
        Finding("peringatan", file, block.sheet, cell_name(block.total_row - 1, block.columns.places[name]),
                block.columns.titles[name], str(printed), f"jumlah baris di atasnya {added[name]}",
                "periksa rumus JUMLAH; yang dipakai adalah barisnya")
        for name, printed in table.printed.items() if abs(printed - added[name]) > TOLERANCE_RP
    ]  # fmt: skip
