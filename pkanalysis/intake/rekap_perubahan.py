"""SIPD recap of a change: one line per paket with a pagu per stage, ``PAGU_MURNI`` beside ``PAGU_GESER``.

Any other column may come in the same pairs; a column without a stage in its heading holds for all.
"""

from __future__ import annotations

import pandas as pd

from pkanalysis.config import Config
from pkanalysis.intake import rekap5, scale
from pkanalysis.intake.columns import HEAD_ROWS, Field, grids, has_table
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.lines import Part, join, organisations
from pkanalysis.intake.reading import Layout, Reading, Slice
from pkanalysis.intake.sheets import Book, normal

NAME = "rekap_perubahan"

STAGES = {
    "murni": ("MURNI", "AWAL", "SEBELUM"),
    "pergeseran": ("GESER", "PERGESERAN", "EFISIENSI"),
    "perubahan": ("PERUBAHAN", "UBAH", "PAPBD"),
}
"""Stage code per word that ends a heading."""


def recognise(book: Book) -> str | None:
    """Reason why the book is a recap with several stages, or ``None``."""
    found = _found(book)
    if len(found) < 2:
        return None
    return f"lembar {has_table(book, _fields(found[0]))} punya kolom pagu untuk tahap {', '.join(found)}"


def read(book: Book, config: Config, stage: str) -> Reading:  # noqa: ARG001 (the headings name the stages)
    """Budget lines per stage; a line of nought at a stage is left out, so that a join sees it come or go."""
    parts = {code: _lines(book, code) for code in _found(book)}
    findings = list(dict.fromkeys(finding for part in parts.values() for finding in part.findings))
    lines = pd.concat([part.frame.assign(tahap=code) for code, part in parts.items()], ignore_index=True)
    years = sorted(set(lines["tahun"].dropna()))
    findings += _missing(book, config, lines)
    if lines.empty or len(years) != 1 or any(finding.severity == "galat" for finding in findings):
        return Reading(NAME, "", {}, findings)
    totals = {f"pagu {code}": int(part.frame["pagu_rp"].sum()) for code, part in parts.items()}
    findings += scale.factor(book.name, str(lines["lembar"].iloc[0]), totals)
    offices = tuple(sorted(set(lines["kode_opd"])))
    slices = tuple(Slice(NAME, int(years[0]), code, offices) for code in parts)
    return Reading(NAME, "", {"opd": organisations(lines), "anggaran": lines}, findings, slices)


def _fields(code: str) -> tuple[Field, ...]:
    """Columns of the recap, each under its heading with a word of the stage; the pagu only so."""
    return tuple(
        Field(
            field.name,
            tuple(f"{heading} {word}" for word in STAGES[code] for heading in field.headings)
            + (() if field.name == "pagu_rp" else field.headings),
            field.required,
        )
        for field in rekap5.FIELDS
    )


def _found(book: Book) -> list[str]:
    """Stages of the book; the pagu is looked for first, as it tells most files apart at once."""
    top = {normal(cell) for rows in book.sheets.values() for row in rows[:HEAD_ROWS] for cell in row}
    fields = {code: _fields(code) for code in STAGES}
    return [code for code, own in fields.items() if top & set(map(normal, own[-1].headings)) and has_table(book, own)]


def _lines(book: Book, code: str) -> Part:
    part = join(rekap5.budget_lines(grid) for grid in grids(book, _fields(code)))
    return Part(part.frame[part.frame["pagu_rp"].fillna(0) != 0], part.findings)


def _missing(book: Book, config: Config, lines: pd.DataFrame) -> list[Finding]:
    """Errors for a file without lines, and for stages that the configuration does not have."""
    if lines.empty:
        rule, remedy = "tidak ada baris dengan kode rekening dan pagu", "unduh ulang rekap lengkap dari SIPD"
        return [Finding("galat", book.name, "", "", "", "", rule, remedy)]
    pairs = lines[["tahun", "tahap"]].dropna().drop_duplicates().itertuples(index=False)
    return [
        Finding("galat", book.name, "", "", "", code, f"tahap {year} itu belum ada di pkanalysis.toml",
                "tambahkan [[tahap]] untuk itu")
        for year, code in pairs
        if code not in [stage.kode for stage in config.stages(int(year))]
    ]  # fmt: skip


LAYOUT = Layout(
    NAME,
    "Rekap perubahan anggaran SIPD (beberapa tahap)",
    "lembar dengan judul kolom rekap5 dan dua kolom pagu atau lebih, seperti PAGU_MURNI dan PAGU_GESER",
    recognise,
    read,
)
