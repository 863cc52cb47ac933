"""Blocks as tidy tables: one row per line with its keys, names and rupiah per measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from pkanalysis import codes
from pkanalysis.intake.amounts import rupiah
from pkanalysis.intake.book import cell_name
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.sebelum_sesudah.blocks import Block, Line
from pkanalysis.intake.layouts.sebelum_sesudah.doubts import KEYS, differences, factor, sen, strange, unreadable
from pkanalysis.intake.layouts.sebelum_sesudah.headings import STAGES
from pkanalysis.intake.layouts.sebelum_sesudah.heads import TREE, Named


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
