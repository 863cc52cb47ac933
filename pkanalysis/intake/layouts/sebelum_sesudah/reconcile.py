"""What is counted once: TOTAL blocks and repeated sheets are recognised, and printed sums are held against lines.

What is noticed in the lines of a block: sums and differences that are no amounts or not met, and odd rows.

Blocks as tidy tables: one row per line with its keys, names and rupiah per measure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from pkanalysis import codes
from pkanalysis.intake.amounts import rupiah, unit
from pkanalysis.intake.book import cell_name, normal
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.sebelum_sesudah.blocks import SPENT, STAGES, TREE, Block, Line, Named

KEYS = ["kode_sub_kegiatan", "kode_rekening"]


def factor(block: Block, name: str) -> int:
    """Rupiah per unit of a column of the block."""
    own = unit(block.columns.titles.get(name, ""))
    return own if own > 1 else block.factor


def differences(file: str, block: Block, frame: pd.DataFrame) -> list[Finding]:
    """A warning per line, and for JUMLAH, whose difference is that of no two stages, whichever is taken off which."""
    column = block.columns.difference
    if column is None or frame.empty:
        return []
    rows = [line.row for line in block.lines] + [block.total_row] * bool(block.total)
    printed = rupiah(
        [line.cells.get("selisih", "") for line in block.lines] + [block.total.get("selisih", "")], block.factor
    )
    stages = [[*frame[stage].fillna(0), frame[stage].fillna(0).sum()] for stage in STAGES if stage in frame]
    pairs = [
        [one - two for one, two in zip(stages[last], stages[first], strict=True)]
        for last in range(1, len(stages)) for first in range(last)
    ]  # fmt: skip
    return [
        Finding("peringatan", file, block.sheet, cell_name(rows[cell.position] - 1, column), "SELISIH", cell.text,
                cell.reason, "tulis angka rupiah saja")
        for cell in printed.problems if cell.position < len(rows)
    ] + [
        Finding("peringatan", file, block.sheet, cell_name(row - 1, column), "SELISIH", str(amount),
                f"selisih yang benar {pairs[0][place]}", "periksa kedua pagu di baris ini")
        for place, (row, amount) in enumerate(zip(rows, printed.figures, strict=False))
        if amount is not None and all(abs(amount) != abs(pair[place]) for pair in pairs)
    ]  # fmt: skip


def unreadable(file: str, block: Block) -> list[Finding]:
    """A warning per cell of the JUMLAH row that is no amount."""
    places = block.columns.places
    read = {name: rupiah([cell]).problems for name, cell in block.total.items() if name in places}
    return [
        Finding("peringatan", file, block.sheet, cell_name(block.total_row - 1, places[name]),
                block.columns.titles.get(name, ""), problems[0].text, problems[0].reason, "tulis angka rupiah saja")
        for name, problems in read.items() if problems
    ]  # fmt: skip


def sen(file: str, block: Block, rounded: int) -> list[Finding]:
    """A note when amounts were rounded to rupiah."""
    rule = f"{rounded} angka bersen dibulatkan ke rupiah"
    note = Finding("catatan", file, block.sheet, block.label, "", "", rule, "tidak perlu diubah")
    return [note] if rounded else []


def strange(file: str, block: Block, frame: pd.DataFrame) -> list[Finding]:
    """Warnings for columns and rows that are not read, lines that stand twice, and codes left open."""
    findings = []
    if block.columns.unlabelled:
        place = cell_name(block.first_row - 1, block.columns.unlabelled[0])
        rule = "kolom bulan tanpa keterangan rencana (DKKB/RAK) atau REALISASI tidak dibaca"
        findings.append(Finding("peringatan", file, block.sheet, place, "", "", rule, "tambahkan keterangannya"))
    for row in block.loose:
        rule = "baris berangka tanpa kode rekening enam ruas tidak disimpan"
        remedy = "abaikan bila baris induk; selain itu tulis kode rekeningnya"
        findings.append(Finding("peringatan", file, block.sheet, f"baris {row}", "", "", rule, remedy))
    findings += _twice(file, block, frame)
    open_codes = frame["kode_sub_kegiatan"][frame["kode_sub_kegiatan"].map(codes.is_placeholder).astype(bool)]
    for code in open_codes.unique():
        rule, remedy = "X.XX tidak dapat diganti dengan kode bidang urusan", "tulis kode bidang urusan di kepala blok"
        findings.append(Finding("peringatan", file, block.sheet, block.label, "", code, rule, remedy))
    return findings


def _twice(file: str, block: Block, frame: pd.DataFrame) -> list[Finding]:
    """A warning per line that has the account and amounts of another line of its block."""
    same = [*KEYS, *(name for name in block.columns.places if name in frame)]
    rule, remedy = "baris ini sama dengan baris {}; keduanya dihitung", "hapus salah satu bila terketik ganda"
    if frame.empty:
        return []
    first = frame.assign(pertama=frame.groupby(same, dropna=False)["baris"].transform("first"))
    return [
        Finding("peringatan", file, block.sheet, f"baris {row['baris']}", "", str(row["kode_rekening_asli"]),
                rule.format(row["pertama"]), remedy)
        for row in first[frame.duplicated(same)].to_dict("records")
    ]  # fmt: skip


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


def tables(file: str, blocks: Sequence[Block]) -> list[Table]:
    """Every block as a table, placeholders ``X.XX`` replaced by the block's own bidang urusan where it is known."""
    common = {bidang for block in blocks if (bidang := _own_bidang(block))}
    only = common.pop() if len(common) == 1 else ""
    return [_table(file, block, _own_bidang(block) or only) for block in blocks]


def _own_bidang(block: Block) -> str:
    """Bidang urusan from the programme, the head's bidang, or the lines."""
    heads = [block.head.get(kind, Named()).code for kind in ("program", "bidang")]
    lines = [line.under.get("sub_kegiatan", Named()).code for line in block.lines]
    known = (code for code in [*heads, *lines] if len(codes.key(code)) >= 2)
    return ".".join(next(known, "").split(".")[:2])


def _table(file: str, block: Block, bidang: str) -> Table:
    rows = [_row(block, line, bidang) for line in block.lines]
    read = {
        name: rupiah([line.cells.get(name, "") for line in block.lines], factor(block, name))
        for name in block.columns.places
    }
    measures = {name: pd.Series(column.figures, dtype="Int64") for name, column in read.items()}
    frame = pd.DataFrame(rows).assign(**measures) if rows else pd.DataFrame(columns=[*KEYS, *measures])
    wrong = [
        Finding("galat", file, block.sheet, cell_name(block.lines[cell.position].row - 1, block.columns.places[name]),
                block.columns.titles[name], cell.text, cell.reason, "tulis angka rupiah saja")
        for name, column in read.items() for cell in column.problems
    ]  # fmt: skip
    wrong += [
        Finding("peringatan", file, block.sheet,
                cell_name(block.lines[cell.position].row - 1, block.columns.places[name]),
                block.columns.titles[name], cell.text, cell.reason, "tulis angka lengkapnya")
        for name, column in read.items() for cell in column.doubts
    ]  # fmt: skip
    rounded = sum(column.rounded for column in read.values())
    doubted = [
        *unreadable(file, block),
        *sen(file, block, rounded),
        *strange(file, block, frame),
        *differences(file, block, frame),
    ]
    return Table(block, frame, _printed(block), [*wrong, *doubted])


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


def _printed(block: Block) -> dict[str, int]:
    read = {
        name: rupiah([cell], factor(block, name)).figures[0] for name, cell in block.total.items() if name != "selisih"
    }
    return {name: value for name, value in read.items() if value is not None}


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
