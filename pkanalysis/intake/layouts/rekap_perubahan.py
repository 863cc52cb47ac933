"""SIPD recap of a change: one line per paket with a pagu per stage, ``PAGU_MURNI`` beside ``PAGU_GESER``.

Any other column may come in the same pairs; a column without a stage in its heading holds for all.
``SEMULA`` and ``MENJADI`` are a stage and the one before it: which, the user, a title or the file name says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from pkanalysis.config import Config
from pkanalysis.intake import checks
from pkanalysis.intake.book import Book
from pkanalysis.intake.checks import neighbours
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.grid import Grid, grids, has_table
from pkanalysis.intake.headings import HEAD_ROWS, Field, merged, normals, spellings
from pkanalysis.intake.layouts.lines import Part, join, organisations
from pkanalysis.intake.layouts.rekap5.fields import FIELDS as RECAP
from pkanalysis.intake.layouts.rekap5.rows import TWINS, budget_lines
from pkanalysis.intake.layouts.repeated import once
from pkanalysis.intake.reading import Layout, Reading, Slice

NAME = "rekap_perubahan"

BEFORE, AFTER = "sebelum", "sesudah"
_MOVED = ("PERGESERAN", "EFISIENSI", "RASIONALISASI", "INPRES", "REVISI")
WORDS = {
    "murni": ("MURNI", "AWAL", "INDUK", *(f"SEBELUM {word}" for word in _MOVED), "APBD"),
    "pergeseran": (
        "GESER", *_MOVED, *(f"{after} {word}" for word in _MOVED for after in ("SETELAH", "SESUDAH", "HASIL"))
    ),
    "perubahan": ("PERUBAHAN", "UBAH", "PAPBD", "APBDP", "SETELAH PERUBAHAN", "SESUDAH PERUBAHAN"),
    BEFORE: ("SEBELUM", "SEMULA", "SEBELUM PERUBAHAN"),
    AFTER: ("SETELAH", "SESUDAH", "MENJADI"),
}  # fmt: skip
"""Words that end a heading, per stage; the last two stages are one after the other, whatever their names."""
_CUT = {"EFISIENSI", "RASIONALISASI", "INPRES"}
"""Words that head the amount that was cut where they stand alone; with a word for money they head a pagu."""
_MONEY = ("", "APBD", "PAGU APBD", "DPA", "BELANJA", "ANGGARAN BELANJA", "RP")
_DIFFERENCE = Field("selisih", (
    "SELISIH", "SELISIH (RP)", "BERTAMBAH/(BERKURANG)", "BERTAMBAH/BERKURANG", "BERTAMBAH/(BERKURANG) (RP)",
    "BERTAMBAH/BERKURANG (RP)", "NAIK/TURUN", "NAIK/(TURUN)", "LEBIH/KURANG", "PERGESERAN/PERUBAHAN",
))  # fmt: skip


@dataclass(frozen=True)
class Found:
    """Budget lines per stage of the headings, and what they are called in the configuration."""

    parts: dict[str, Part]
    codes: dict[str, str]
    findings: list[Finding]


def recognise(book: Book) -> str | None:
    """Reason why the book is a recap with several stages, or ``None``."""
    found = _found(book)
    if len(found) < 2:
        return None
    return f"lembar {has_table(book, _fields(found[0]))} punya kolom pagu untuk tahap {', '.join(found)}"


def read(book: Book, config: Config, stage: str) -> Reading:
    """Budget lines per stage; a line of nought at a stage is left out, so that a join sees it come or go."""
    found = _named(book, config, stage)
    lines = pd.concat(
        [part.frame.assign(tahap=found.codes[key]) for key, part in found.parts.items()], ignore_index=True
    )
    years = sorted(set(lines["tahun"].dropna()))
    findings = [*found.findings, *_differences(book, list(found.parts)), *_missing(book, config, lines)]
    if lines.empty or len(years) != 1 or any(finding.severity == "galat" for finding in findings):
        return Reading(NAME, "", {}, findings)
    totals = {f"pagu {found.codes[key]}": int(part.frame["pagu_rp"].sum()) for key, part in found.parts.items()}
    findings += checks.factor(book.name, str(lines["lembar"].iloc[0]), totals)
    offices = tuple(sorted(set(lines["kode_opd"])))
    slices = tuple(Slice(NAME, int(years[0]), code, offices) for code in found.codes.values())
    return Reading(NAME, "", {"opd": organisations(lines), "anggaran": lines}, findings, slices)


def _named(book: Book, config: Config, stage: str) -> Found:
    """Lines per stage; what goes before and after one another gets the codes of neighbouring stages."""
    parts = {key: _lines(book, key) for key in _found(book)}
    findings = list(dict.fromkeys(finding for part in parts.values() for finding in part.findings))
    codes = {key: key for key in parts}
    years = {int(year) for part in parts.values() for year in part.frame["tahun"].dropna()}
    if {BEFORE, AFTER} & set(parts) and len(years) == 1:
        later = next((key for key in ("perubahan", "pergeseran") if key in parts), "")
        named = neighbours(book, config, years.pop(), later or stage, _titles(book))
        findings += named.findings
        codes |= dict(zip((BEFORE, AFTER), named.codes or (BEFORE, AFTER), strict=True))
    return Found(parts, {key: codes[key] for key in parts}, findings)


def _titles(book: Book) -> list[str]:
    """Lines above the tables."""
    field = (_pagu(AFTER),)
    return [line for grid in grids(book, field) for line in grid.above] if has_table(book, field) else []


def _pagu(key: str) -> Field:
    """The pagu of a stage: a word for money, then a word of the stage, or the stage alone."""
    money = (*_MONEY, *RECAP[-1].headings)
    turned = tuple(f"{word} PERUBAHAN APBD".strip() for word in money) if key == "perubahan" else ()
    ends = sorted(WORDS[key], key=lambda end: end in (*_MOVED, "PERUBAHAN"))  # "setelah ..." says more
    pairs = sorted(((word, end) for word in money for end in ends), key=lambda pair: pair in _alone(key))
    return Field("pagu_rp", (*(f"{word} {end}".strip() for word, end in pairs if word or end not in _CUT), *turned))


def _alone(key: str) -> set[tuple[str, str]]:
    """Words for a stage without one for money, which may also head what changed."""
    return {("", end) for end in WORDS[key] if end in (*_MOVED, "PERUBAHAN", "GESER", "UBAH")}


def _fields(key: str) -> tuple[Field, ...]:
    """Columns of the recap, each under its heading with a word of the stage; the pagu only so."""
    others = (
        replace(field, headings=tuple(f"{name} {word}" for word in WORDS[key][:2] for name in field.headings)
                + field.headings)
        for field in RECAP[:-1]
    )  # fmt: skip
    return (*others, _pagu(key))


def _found(book: Book) -> list[str]:
    """Stages of the book; the pagu is looked for first, as it tells most files apart at once."""
    top = {
        name
        for rows in book.sheets.values() for place, row in enumerate(rows[:HEAD_ROWS])
        for titles in (*((cell,) for cell in row), *merged(row, rows[place + 1] if place + 1 < len(rows) else []))
        for title in titles for name in spellings(title)
    }  # fmt: skip
    seen = [key for key in WORDS if top & set(normals(_pagu(key).headings))]
    if AFTER in seen:  # "semula, pergeseran, menjadi": what stands between is the change
        changed = {name for key in WORDS for _, end in _alone(key) for name in normals((end,))}
        seen = [key for key in seen if top & set(normals(_pagu(key).headings)) - changed]
    return [key for key in seen if has_table(book, _fields(key))]


def _lines(book: Book, key: str) -> Part:
    part = join(once(book.name, [budget_lines(grid) for grid in grids(book, _fields(key))], TWINS))
    return Part(part.frame[part.frame["pagu_rp"].fillna(0) != 0], part.findings)


def _differences(book: Book, keys: list[str]) -> list[Finding]:
    """A warning per row whose printed difference is that of no two of its stages."""
    fields = (*(replace(_pagu(key), name=key) for key in keys), _DIFFERENCE)
    return (
        [found for grid in grids(book, fields) for found in _differing(grid, keys)] if has_table(book, fields) else []
    )


def _differing(grid: Grid, keys: list[str]) -> list[Finding]:
    printed, wrong = grid.amounts("selisih")
    stages = [grid.amounts(key)[0].fillna(0) for key in keys]
    pairs = [later - earlier for place, earlier in enumerate(stages) for later in stages[place + 1 :]]
    is_met = pd.concat([printed.abs().eq(pair.abs()) for pair in pairs], axis=1).any(axis=1) | printed.isna()
    return [replace(item, severity="peringatan") for item in wrong] + [
        grid.said("peringatan", line, "selisih", str(printed[line]), f"selisih yang benar {pairs[0][line]}",
                     "periksa kedua pagu di baris ini")
        for line in printed.index[~is_met]
    ]  # fmt: skip


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
        if code not in (BEFORE, AFTER) and code not in [stage.kode for stage in config.stages(int(year))]
    ]  # fmt: skip


LAYOUT = Layout(
    NAME,
    "Rekap perubahan anggaran SIPD (beberapa tahap)",
    "lembar dengan judul kolom rekap5 dan dua kolom pagu atau lebih, seperti PAGU_MURNI dan PAGU_GESER",
    recognise,
    read,
)
