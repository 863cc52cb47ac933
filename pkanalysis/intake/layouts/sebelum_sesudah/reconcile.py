"""Blocks as tidy tables, what is doubtful in them, and what is counted once: TOTAL blocks and repeats are left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import pandas as pd

from pkanalysis import codes
from pkanalysis.intake.amounts import rupiah, unit
from pkanalysis.intake.book import cell_name, normal
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.layouts.sebelum_sesudah.blocks import SPENT, STAGES, TREE, Block, Line, Named

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
    common = {bidang for block in blocks if (bidang := _own_bidang(block))}
    only = common.pop() if len(common) == 1 else ""
    return [_table(block, _own_bidang(block) or only) for block in blocks]


def _own_bidang(block: Block) -> str:
    """Bidang urusan from the programme, the head's bidang, or the lines."""
    heads = [block.head.get(kind, Named()).code for kind in ("program", "bidang")]
    lines = [line.under.get("sub_kegiatan", Named()).code for line in block.lines]
    known = (code for code in [*heads, *lines] if len(codes.key(code)) >= 2)
    return ".".join(next(known, "").split(".")[:2])


def _table(block: Block, bidang: str) -> Table:
    rows = [_row(block, line, bidang) for line in block.lines]
    read = {
        name: rupiah([line.cells.get(name, "") for line in block.lines], _factor(block, name))
        for name in block.columns.places
    }
    measures = {name: pd.Series(column.figures, dtype="Int64") for name, column in read.items()}
    frame = pd.DataFrame(rows).assign(**measures) if rows else pd.DataFrame(columns=[*KEYS, *measures])
    problems = [(name, cell) for name, column in read.items() for cell in column.problems]
    problems += [(name, cell) for name, column in read.items() for cell in column.doubts]
    wrong = [
        cell.finding(block.file, block.sheet, *block.cell(block.lines[cell.position].row, name))
        for name, cell in problems
    ]
    totals = {
        name: rupiah([cell], _factor(block, name)).figures[0] for name, cell in block.total.items() if name != "selisih"
    }
    printed = {name: value for name, value in totals.items() if value is not None}
    rounded = sum(column.rounded for column in read.values())
    return Table(block, frame, printed, [*wrong, *_doubts(block, frame, rounded)])


def _factor(block: Block, name: str) -> int:
    """Rupiah per unit of a column of the block."""
    own = unit(block.columns.titles.get(name, ""))
    return own if own > 1 else block.factor


def _row(block: Block, line: Line, bidang: str) -> dict[str, str | int]:
    named = {kind: line.under.get(kind, Named()) for kind in TREE}
    sub_kegiatan = codes.canonical_activity(codes.resolve(named["sub_kegiatan"].code, bidang))
    segments = sub_kegiatan.split(".")
    return {
        "kode_bidang_urusan": ".".join(segments[:2]),
        "nama_bidang_urusan": line.under.get("bidang", Named()).name,
        "kode_program": ".".join(segments[:3]),
        "nama_program": named["program"].name,
        "kode_kegiatan": ".".join(segments[:5]),
        "nama_kegiatan": named["kegiatan"].name,
        "kode_sub_kegiatan": sub_kegiatan,
        "nama_sub_kegiatan": named["sub_kegiatan"].name,
        "kode_rekening": codes.canonical(line.account),
        "kode_rekening_asli": line.account,
        "nama_rekening": line.name,
        "kode_sumber_dana": block.source.code,
        "nama_sumber_dana": block.source.name,
        "lembar": block.sheet,
        "baris": line.row,
    }


MOST_PARTS = 10
TOLERANCE_RP = 1
SUMS = ("total", "jumlah", "gabungan", "rekapitulasi")
"""Names of a source that make a block the sum of others."""


@dataclass(frozen=True)
class Settled:
    """Tables to store, each line once, and what was found on the way."""

    stored: list[Table]
    findings: list[Finding]


def settle(tables: Sequence[Table]) -> Settled:
    """Leave out TOTAL blocks and repeats; the sheet with spending and most lines speaks first."""
    findings = [each for table in tables for each in _footer(table)]
    stored: list[Table] = []
    for sheet in sorted(dict.fromkeys(table.block.sheet for table in tables), key=_weight(tables), reverse=True):
        details, notes = _details([table for table in tables if table.block.sheet == sheet])
        findings += notes
        fresh = [(table, _repeat(table, stored)) for table in details]
        findings += [note for _, note in fresh if note]
        stored += [table for table, note in fresh if note is None]
    return Settled(stored, findings)


def _weight(tables: Sequence[Table]) -> Callable[[str], tuple[bool, int]]:
    def weight(sheet: str) -> tuple[bool, int]:
        own = [table for table in tables if table.block.sheet == sheet]
        has_spending = any(name.startswith(SPENT) for table in own for name in table.block.columns.places)
        return has_spending, sum(len(table.frame) for table in own)

    return weight


def _details(tables: list[Table]) -> tuple[list[Table], list[Finding]]:
    """Blocks of one sheet that are no sums of other blocks."""
    is_sum = [normal(table.block.source.name).startswith(SUMS) for table in tables]
    details = [table for table, named in zip(tables, is_sum, strict=True) if not named]
    findings = [
        _total_note(table, _parts(table, details)) for table, named in zip(tables, is_sum, strict=True) if named
    ]
    for table in sorted(details, key=lambda item: len(item.sums()), reverse=True):
        others = [other for other in details if other is not table]
        parts = _parts(table, others)
        if len(parts) > 1 and len(table.sums()) > 2:
            details = others
            findings.append(_total_note(table, parts))
    return details, findings


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


def _total_note(table: Table, parts: Sequence[Table]) -> Finding:
    if parts:
        return table.block.finding("BLOK_JUMLAH_BLOK_LAIN", bagian=" + ".join(part.block.label for part in parts))
    figures = ", ".join(f"{stage} {int(table.frame[stage].sum())}" for stage in table.stages)
    return table.block.finding("BLOK_JUMLAH_TANPA_RINCIAN", figures)


def _repeat(table: Table, stored: Sequence[Table]) -> Finding | None:
    """A finding when the lines of ``table`` are already there from another sheet, with equal or other figures."""
    own, block = table.sums(), table.block
    others = [
        other for other in stored
        if other.block.sheet != block.sheet and other.stages == table.stages and not _is_other_owner(block, other.block)
    ]  # fmt: skip
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


def _is_other_owner(one: Block, two: Block) -> bool:
    """Whether both heads name a unit, or both an OPD, and not the same."""
    shared = [kind for kind in ("unit", "organisasi") if kind in one.head and kind in two.head]
    return any(normal(one.head[kind].name) != normal(two.head[kind].name) for kind in shared)


def _footer(table: Table) -> list[Finding]:
    """A warning per column whose JUMLAH is not the sum of the lines above it."""
    block = table.block
    added = {name: int(table.frame[name].fillna(0).sum()) for name in table.printed}
    return [
        block.finding("BLOK_JUMLAH_SALAH", printed, row=block.total_row, measure=name, jumlah=added[name])
        for name, printed in table.printed.items() if abs(printed - added[name]) > TOLERANCE_RP
    ]  # fmt: skip
