"""What is noticed in the lines of a block: sums and differences that are no amounts or not met, and odd rows."""

from __future__ import annotations

import pandas as pd

from pkanalysis import codes
from pkanalysis.intake.amounts import rupiah, unit
from pkanalysis.intake.book import cell_name
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.sebelum_sesudah.blocks import Block
from pkanalysis.intake.layouts.sebelum_sesudah.headings import STAGES

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
