"""Blocks as tidy tables, what is doubtful in them, and what is counted once: TOTAL blocks and repeats are left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import pandas as pd

from pkanalysis import codes
from pkanalysis.intake.amounts import rupiah, unit
from pkanalysis.intake.book import cell_name, normal
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.layouts.sebelum_sesudah.blocks import SPENT, STAGES, Block, Named

KEYS = ["kode_sub_kegiatan", "kode_rekening"]


def _differences(block: Block, frame: pd.DataFrame) -> list[Finding]:
    """A warning per line, and for JUMLAH, whose difference is that of no two stages, whichever is taken off which."""
    if block.columns.difference is None or frame.empty:
        return []
    rows = [line.row for line in block.lines] + [block.total_row] * bool(block.total)
    cells = [line.cells.get("selisih", "") for line in block.lines] + [block.total.get("selisih", "")]
    printed = rupiah(cells, block.factor)
    stages = [[*frame[stage].fillna(0), frame[stage].fillna(0).sum()] for stage in STAGES if stage in frame]
    pairs = [
        [one - two for one, two in zip(stages[last], stages[first], strict=True)]
        for last in range(1, len(stages)) for first in range(last)
    ]  # fmt: skip
    return [
        block.finding("BLOK_SELISIH_BUKAN_RUPIAH", cell.text, row=rows[cell.position], measure="selisih",
                      sebab=cell.reason)
        for cell in printed.problems if cell.position < len(rows)
    ] + [
        block.finding("BLOK_SELISIH_SALAH", amount, row=row, measure="selisih", benar=pairs[0][place])
        for place, (row, amount) in enumerate(zip(rows, printed.figures, strict=False))
        if amount is not None and all(abs(amount) != abs(pair[place]) for pair in pairs)
    ]  # fmt: skip


def _doubts(block: Block, frame: pd.DataFrame, rounded: int) -> list[Finding]:
    """Cells of the JUMLAH that are no amounts, rounded sen, rows and columns that are not read, twins, open codes."""
    found = [
        replace(problem.finding(block.file, block.sheet, *block.cell(block.total_row, name)), severity="peringatan")
        for name, cell in block.total.items() if name in block.columns.places
        for problem in rupiah([cell]).problems
    ]  # fmt: skip
    if rounded:
        found.append(block.finding("BLOK_DIBULATKAN", banyaknya=rounded))
    if block.columns.unlabelled:
        place = cell_name(block.first_row - 1, block.columns.unlabelled[0])
        found.append(finding("BULAN_TANPA_KETERANGAN", block.file, block.sheet, place))
    found += [block.finding("BLOK_BARIS_TANPA_REKENING", row=row) for row in block.loose]
    same = [*KEYS, *(name for name in block.columns.places if name in frame)]
    first = frame.assign(pertama=frame.groupby(same, dropna=False)["baris"].transform("first")) if len(frame) else frame
    found += [
        block.finding("BLOK_BARIS_KEMBAR", row["kode_rekening_asli"], row=row["baris"], pertama=row["pertama"])
        for row in first[frame.duplicated(same)].to_dict("records")
    ]
    open_codes = frame["kode_sub_kegiatan"][frame["kode_sub_kegiatan"].map(codes.is_placeholder).astype(bool)]
    found += [block.finding("BIDANG_XX_TIDAK_DIKETAHUI", code) for code in open_codes.unique()]
    return [*found, *_differences(block, frame)]


@dataclass(frozen=True)
class Table:
    """A block with its lines as a frame; ``printed`` is its JUMLAH row (rupiah per measure), if any."""

    block: Block
    frame: pd.DataFrame
    printed: dict[str, int]
    findings: list[Finding]

    @property
    def stages(self) -> list[str]:
        """Stages that the block has, in order."""
        return [stage for stage in STAGES if stage in self.block.columns.places]

    def sums(self) -> pd.DataFrame:
        """Rupiah per stage and (sub kegiatan, account), lines of nought left out."""
        added = self.frame.groupby(KEYS)[self.stages].sum()
        return added[added.ne(0).any(axis=1)]


def tables(blocks: Sequence[Block]) -> list[Table]:
    """Every block as a table, placeholders ``X.XX`` replaced by the block's own bidang urusan where it is known."""
    own = []
    for block in blocks:  # from the programme, the head's bidang, or the lines
        heads = [block.head.get(kind, Named()).code for kind in ("program", "bidang")]
        lines = [line.under.get("sub_kegiatan", Named()).code for line in block.lines]
        known = (code for code in [*heads, *lines] if len(codes.key(code)) >= 2)
        own.append(".".join(next(known, "").split(".")[:2]))
    common = set(filter(None, own))
    only = common.pop() if len(common) == 1 else ""
    return [_table(block, bidang or only) for block, bidang in zip(blocks, own, strict=True)]


LEVELS = {"bidang_urusan": ("bidang", 2), "program": ("program", 3), "kegiatan": ("kegiatan", 5),
          "sub_kegiatan": ("sub_kegiatan", None)}  # fmt: skip
"""Per level its label in the head, and how many segments of the sub kegiatan are its code."""


def _table(block: Block, bidang: str) -> Table:
    rows: list[dict[str, str | int]] = []
    for line in block.lines:
        written = line.under.get("sub_kegiatan", Named()).code
        segments = codes.canonical_activity(codes.resolve(written, bidang)).split(".")
        row: dict[str, str | int] = {}
        for level, (label, depth) in LEVELS.items():
            row[f"kode_{level}"] = ".".join(segments[:depth])
            row[f"nama_{level}"] = line.under.get(label, Named()).name
        rows.append(row | {
            "kode_rekening": codes.canonical(line.account), "kode_rekening_asli": line.account,
            "nama_rekening": line.name, "kode_sumber_dana": block.source.code,
            "nama_sumber_dana": block.source.name, "lembar": block.sheet, "baris": line.row,
        })  # fmt: skip

    named = {name: unit(block.columns.titles.get(name, "")) for name in block.columns.places}
    factors = {name: own if own > 1 else block.factor for name, own in named.items()}
    read = {
        name: rupiah([line.cells.get(name, "") for line in block.lines], factor) for name, factor in factors.items()
    }
    measures = {name: pd.Series(column.figures, dtype="Int64") for name, column in read.items()}
    frame = pd.DataFrame(rows).assign(**measures) if rows else pd.DataFrame(columns=[*KEYS, *measures])
    cells = [(name, cell) for name, column in read.items() for cell in column.problems]
    cells += [(name, cell) for name, column in read.items() for cell in column.doubts]
    wrong = [
        cell.finding(block.file, block.sheet, *block.cell(block.lines[cell.position].row, name)) for name, cell in cells
    ]
    totals = {name: rupiah([block.total[name]], factors[name]).figures[0] for name in block.total if name in factors}
    printed = {name: value for name, value in totals.items() if value is not None}
    rounded = sum(column.rounded for column in read.values())
    return Table(block, frame, printed, [*wrong, *_doubts(block, frame, rounded)])


MOST_PARTS = 10
TOLERANCE_RP = 1
SUMS = ("total", "jumlah", "gabungan", "rekapitulasi")
"""Names of a source that make a block the sum of others."""
OWNERS = ("unit", "organisasi")
"""Two heads that both name one of these, and not the same, are of different owners."""


@dataclass(frozen=True)
class Settled:
    """Tables to store, each line once, and what was found on the way."""

    stored: list[Table]
    findings: list[Finding]


def settle(tables: Sequence[Table]) -> Settled:
    """Leave out TOTAL blocks and repeats; the sheet with spending and most lines speaks first.

    A JUMLAH that is not the sum of the lines above it is a warning per column.
    """
    findings = []
    of_sheet: dict[str, list[Table]] = {}
    for table in tables:
        of_sheet.setdefault(table.block.sheet, []).append(table)
        for name, printed in table.printed.items():
            added, row = int(table.frame[name].fillna(0).sum()), table.block.total_row
            if abs(printed - added) > TOLERANCE_RP:
                findings.append(table.block.finding("BLOK_JUMLAH_SALAH", printed, row=row, measure=name, jumlah=added))
    weights = {}
    for sheet, own in of_sheet.items():
        has_spending = any(name.startswith(SPENT) for table in own for name in table.block.columns.places)
        weights[sheet] = has_spending, sum(len(table.frame) for table in own)
    stored: list[Table] = []
    for sheet in sorted(of_sheet, key=weights.__getitem__, reverse=True):
        details, notes = _details(of_sheet[sheet])
        fresh = [(table, _repeat(table, stored)) for table in details]
        findings += [*notes, *(note for _, note in fresh if note)]
        stored += [table for table, note in fresh if note is None]
    return Settled(stored, findings)


def _details(tables: list[Table]) -> tuple[list[Table], list[Finding]]:
    """Blocks of one sheet that are no sums of other blocks, by their name or their figures, and notes on the sums."""
    details: list[Table] = []
    named: list[Table] = []
    for table in tables:
        (named if normal(table.block.source.name).startswith(SUMS) else details).append(table)
    sums = [(table, _parts(table, details)) for table in named]
    for table in sorted(details, key=lambda item: len(item.sums()), reverse=True):
        others = [other for other in details if other is not table]
        parts = _parts(table, others)
        if len(parts) > 1 and len(table.sums()) > 2:
            details = others
            sums.append((table, parts))
    notes = []
    for table, parts in sums:
        if parts:
            labels = " + ".join(part.block.label for part in parts)
            notes.append(table.block.finding("BLOK_JUMLAH_BLOK_LAIN", bagian=labels))
        else:
            figures = ", ".join(f"{stage} {int(table.frame[stage].sum())}" for stage in table.stages)
            notes.append(table.block.finding("BLOK_JUMLAH_TANPA_RINCIAN", figures))
    return details, notes


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


def _repeat(table: Table, stored: Sequence[Table]) -> Finding | None:
    """A finding when the lines of ``table`` are already there from another sheet, with equal or other figures."""
    own, block = table.sums(), table.block
    others = []
    for other in stored:
        head = other.block.head
        owners = [(block.head[kind].name, head[kind].name) for kind in OWNERS if kind in block.head and kind in head]
        is_same_owner = all(normal(one) == normal(two) for one, two in owners)
        if other.block.sheet != block.sheet and other.stages == table.stages and is_same_owner:
            others.append(other)
    if own.empty or not others:
        return None
    known = _added(others).reindex(own.index)
    is_alike, is_there = known.eq(own).fillna(False).all(axis=1), known.notna().all(axis=1)
    sheets = ", ".join(sorted({other.block.sheet for other in others}))
    if is_alike.all():
        return block.finding("BLOK_ADA_DI_LEMBAR_LAIN", banyaknya=len(own), lembar=sheets)
    is_other_source = block.source.name != "" and all(block.source != other.block.source for other in others)
    if is_other_source or is_there.mean() <= 0.5:
        return None
    key = own.index[~is_alike][0]
    figures = f"{key[1]}: {own.loc[key].tolist()}, di lembar {sheets}: {known.loc[key].tolist()}"
    there, unlike = int(is_there.sum()), int((~is_alike).sum())
    return block.finding("BLOK_BEDA_DARI_LEMBAR_LAIN", figures, lembar=sheets, banyaknya=there, berbeda=unlike)
