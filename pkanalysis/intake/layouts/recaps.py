"""Recaps of a budget: SIPD's own ("rekap5"), its import form, and recaps with a pagu per stage.

``rekap5`` has one line per paket with its pagu; ``format_impor`` holds "kode nama" in one cell per level and the
grand total above the headings. In neither does the file say the stage. ``rekap_perubahan`` has ``PAGU_MURNI`` beside
``PAGU_GESER``, and any other column may come in the same pairs; a column without a stage in its heading holds for
all. There ``SEMULA`` and ``MENJADI`` are a stage and the one before it: which, the user, a title or the file name says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pandas as pd

from pkanalysis import codes
from pkanalysis.config import Config
from pkanalysis.intake.amounts import rupiah
from pkanalysis.intake.book import Book, cell_name, text
from pkanalysis.intake.checks import factor
from pkanalysis.intake.dates import year
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.grid import Grid, grids, has_table
from pkanalysis.intake.headings import HEAD_ROWS, Field, fields, find_header, merged, normals, spellings
from pkanalysis.intake.layouts.lines import (
    MONTH_FIELDS,
    SUB_ACTIVITY,
    Part,
    Spec,
    exported_twice,
    organisations,
    read_lines,
    read_sheets,
    twins,
)
from pkanalysis.intake.reading import Layout, Reading, Slice
from pkanalysis.intake.titles import find_stage, mentioned, neighbours

RECAP = fields("daftar")
BUDGET = Spec(
    texts=("kode_opd", "nama_opd", "kode_sub_unit", "nama_sub_unit", *SUB_ACTIVITY, "kode_sumber_dana",
           "nama_sumber_dana", "nama_rekening", "paket"),
    activities=("kode_program", "kode_kegiatan", "kode_sub_kegiatan"),
    measures=("pagu_rp",),
    required=("kode_sub_kegiatan",),
)  # fmt: skip
CHECKS = "induk jumlah kembar dua_kali ragu nomor rekening tahun kunci angka"
TWINS = ("kode_opd", "kode_sub_unit", "kode_sub_kegiatan", "kode_sumber_dana", "kode_rekening", "paket", "pagu_rp")
"""Columns in which a line that was typed or pasted twice agrees with the first."""
_STAGED = re.compile(r"(?i)pagu\s+(apbd|murni|pergeseran|perubahan)")


def budget_lines(whole: Grid) -> Part:
    """Lines of a grid with the columns of the recap, codes in their one form, pagu in rupiah."""
    lines = read_lines(whole, BUDGET)
    grid = lines.grid
    frame = lines.frame.assign(kode_bidang_urusan=_bidang(grid, lines.frame["kode_sub_kegiatan"]))
    alike = twins(grid, frame, TWINS)
    if alike and "rincian" in grid.cells:  # alike also in the goods that a list by standar harga names
        alike = twins(grid, frame[list(TWINS)].assign(rincian=grid.texts("rincian")), (*TWINS, "rincian"))
    return lines.part(frame, CHECKS, kembar=alike, dua_kali=exported_twice(grid, frame))


def _bidang(grid: Grid, activities: pd.Series) -> list[str]:
    """Bidang urusan; Excel turns ``1.10`` into the number 1.1, so a number gives way to the sub kegiatan's code."""
    cells = grid.cells.get("kode_bidang_urusan", [""] * len(grid))
    shared = {code: ".".join(code.split(".")[:2]) for code in set(activities)}
    return [
        code if code and isinstance(cell, str) else shared[activity]
        for cell, code, activity in zip(cells, grid.activities("kode_bidang_urusan"), activities, strict=True)
    ]


def _rekap5(book: Book) -> str | None:
    """Reason why the book is a rekap5, or ``None``; with twelve months it is a cash plan."""
    sheet = has_table(book, RECAP)
    if sheet is None or has_table(book, MONTH_FIELDS) or _has_rivals(book):
        return None
    return f"lembar {sheet} punya kolom KODE SKPD, KODE SUB KEGIATAN, KODE REKENING dan PAGU"


def _has_rivals(book: Book) -> bool:
    """Whether the pagu is that of a stage, and another column holds one too: which is meant cannot be told."""
    for rows in book.sheets.values():
        header = find_header(rows, RECAP)
        if header and _STAGED.match(header.titles["pagu_rp"]):
            return sum(isinstance(cell, str) and bool(_STAGED.match(cell)) for cell in rows[header.row]) > 1
    return False


def _read_rekap5(book: Book, config: Config, stage: str) -> Reading:
    """Budget lines and organisations; the stage comes from the user, the names of the sheets or the file name."""
    sheets = {} if stage else by_stage(config, [grid.sheet for grid in grids(book, RECAP)])
    if not sheets:
        return _one_stage(book, config, stage)
    readings = [
        _one_stage(Book(book.path, {name: book.sheets[name] for name in own}), config, code)
        for code, own in sheets.items()
    ]
    findings = [item for reading in readings for item in reading.findings]
    if not all(reading.tables for reading in readings):  # a stage that is refused keeps out the others too
        return Reading(REKAP5.name, "", {}, findings)
    tables = {name: pd.concat([reading.tables[name] for reading in readings]) for name in readings[0].tables}
    tables["opd"] = tables["opd"].drop_duplicates("kode_opd")
    return Reading(REKAP5.name, "", tables, findings, tuple(part for reading in readings for part in reading.slices))


def by_stage(config: Config, sheets: Sequence[str]) -> dict[str, list[str]]:
    """Sheets per stage where every sheet names one and they name several; else nothing.

    Examples
    --------
    >>> from pkanalysis.config import Stage
    >>> config = Config("nyata", "Kota", tuple(Stage(2025, code, code) for code in ("murni", "pergeseran")))
    >>> by_stage(config, ["APBD Murni", "Pergeseran"]), by_stage(config, ["Murni", "Rekap"])
    ({'murni': ['APBD Murni'], 'pergeseran': ['Pergeseran']}, {})
    """
    named = [mentioned(sheet, config.tahap) for sheet in sheets]
    if any(len(codes) != 1 for codes in named) or len({codes[0] for codes in named}) < 2:
        return {}
    found: dict[str, list[str]] = {}
    for sheet, (code,) in zip(sheets, named, strict=True):
        found.setdefault(code, []).append(sheet)
    return found


def _one_stage(book: Book, config: Config, stage: str) -> Reading:
    lines = read_sheets(book, RECAP, budget_lines, ("tahun", *TWINS))
    found = sorted(set(lines.frame["tahun"].dropna()))
    refused: list[Finding] = []
    if lines.frame.empty:
        refused = [finding("REKAP_KOSONG", book.name)]
    elif found[1:] and not any(item.severity == "galat" for item in lines.findings):
        listed = ", ".join(map(str, found))
        refused = [finding("LEMBAR_BERLAINAN_TAHUN", book.name, column="tahun", value=listed)]
    if refused or len(found) != 1:
        return Reading(REKAP5.name, "", {}, [*lines.findings, *refused])
    number, grid = int(found[0]), grids(book, RECAP)[0]
    titles = [each.header.titles["pagu_rp"] for each in grids(book, RECAP)]
    headed = {code for title in titles for code in mentioned(title, config.stages(number))}
    own = headed.pop() if len(headed) == 1 else ""
    known = find_stage(book, config, number, stage or own)
    if isinstance(known, str) and own not in ("", known):
        told = grid.finding("JUDUL_BERTAHAP_LAIN", None, "pagu_rp", judul=own, tahap=known)
        lines = Part(lines.frame, [*lines.findings, told])
    return _budget(REKAP5.name, lines, number, known)


def _budget(layout: str, lines: Part, number: int, stage: str | Finding) -> Reading:
    """The reading of budget lines of one year and stage; an error instead of the stage keeps them out."""
    if isinstance(stage, Finding):
        return Reading(layout, "", {}, [*lines.findings, stage])
    tables = {"opd": organisations(lines.frame), "anggaran": lines.frame.assign(tahap=stage)}
    filled = Slice(layout, number, stage, tuple(sorted(set(lines.frame["kode_opd"]))))
    return Reading(layout, "", tables, lines.findings, (filled,))


REKAP5 = Layout(
    "rekap5",
    "lembar dengan judul kolom KODE SKPD, NAMA SKPD, KODE SUB KEGIATAN, KODE REKENING dan PAGU",
    _rekap5,
    _read_rekap5,
    RECAP,
)

FORM = fields("format_impor")
FORM = (*FORM[:-1], replace(FORM[-1], headings=(*FORM[-1].headings, *RECAP[-1].headings)))
"""Columns of the import form."""


def _format_impor(book: Book) -> str | None:
    """Reason why the book is such a form, or ``None``; every account must stand in front of its name."""
    sheet = has_table(book, FORM)
    if sheet is None or not any(all(_split(words)) for words in grids(book, FORM)[0].texts("rekening")[:50]):
        return None
    return f"lembar {sheet} punya kolom OPD, SUB KEGIATAN, REKENING dan APBD berisi 'kode nama'"


def _read_format_impor(book: Book, config: Config, stage: str) -> Reading:
    """Budget lines and organisations; the year is that of the names, or the only one of the configuration."""
    notes: list[Finding] = []
    above = (line for grid in grids(book, FORM) for line in grid.above)
    named = (year(words) for words in (Path(book.name).stem.replace("_", " "), *book.sheets, *above))
    number = next((value for value in named if value), None)
    if number is None:
        known = sorted({each.tahun for each in config.tahap})
        if len(known) != 1:
            return Reading(FORMAT_IMPOR.name, "", {}, [finding("FORMULIR_TANPA_TAHUN", book.name)])
        number = known[0]
        notes = [finding("TAHUN_DARI_PENGATURAN", book.name, tahun=number)]
    of_year = number
    lines = read_sheets(book, FORM, lambda grid: budget_lines(_flat(grid, of_year)), TWINS)
    lines = Part(lines.frame, [*lines.findings, *notes, *_wrong_above(book, lines.frame)])
    known_stage = find_stage(book, config, number, stage)
    if isinstance(known_stage, str) and lines.frame.empty:
        known_stage = finding("FORMULIR_KOSONG", book.name)
    return _budget(FORMAT_IMPOR.name, lines, number, known_stage)


def _split(words: str) -> tuple[str, str]:
    """Code and name of a cell.

    Examples
    --------
    >>> _split("5.1.02.01.01.0024 Alat Tulis Kantor"), _split("Dinas Uji"), _split("5.1.02")
    (('5.1.02.01.01.0024', 'Alat Tulis Kantor'), ('', 'Dinas Uji'), ('5.1.02', ''))
    >>> _split("[5.1.02.04.01.0001] - Perjalanan"), _split("5.1.02.: Barang")
    (('5.1.02.04.01.0001', 'Perjalanan'), ('5.1.02', 'Barang'))
    """
    code, _, name = words.partition(" ")
    bare = code.strip("[]():-")
    is_code = codes.key(bare.removeprefix("X"))  # SKPD of the sample begin with X
    return (codes.clean(bare), name.strip(" -:")) if is_code else ("", words)


def _flat(grid: Grid, number: int) -> Grid:
    """The grid with a column for codes and one for names, as the recap has them."""
    cells = {"pagu_rp": grid.cells["pagu_rp"], "tahun": [number] * len(grid)}
    places, titles = dict(grid.header.columns), dict(grid.header.titles)
    for name in (item.name for item in FORM[:-1] if item.name in grid.cells):
        pairs = [_split(words) for words in grid.texts(name)]
        for part, own in ((f"kode_{name}", 0), (f"nama_{name}", 1)):
            cells[part] = [pair[own] for pair in pairs]
            places[part], titles[part] = places[name], titles[name]
    return replace(grid, cells=cells, header=replace(grid.header, columns=places, titles=titles))


def _wrong_above(book: Book, frame: pd.DataFrame) -> list[Finding]:
    """A warning per sheet whose grand total above the headings is not the sum of its lines."""
    findings = []
    for grid in grids(book, FORM):
        column = grid.header.columns["pagu_rp"]
        added = int(frame.loc[frame["lembar"] == grid.sheet, "pagu_rp"].sum())
        for place, row in enumerate(book.sheets[grid.sheet][: grid.header.row]):
            cell = row[column] if column < len(row) else ""
            printed = rupiah([cell]).figures[0] if text(cell) else None
            if printed not in (None, added):
                where = (book.name, grid.sheet, cell_name(place, column), "", str(printed))
                findings.append(finding("JUMLAH_DI_ATAS_BERBEDA", *where, jumlah=added))
    return findings


FORMAT_IMPOR = Layout(
    "format_impor",
    "lembar dengan judul kolom OPD, SUB KEGIATAN, REKENING (SUB RINCIAN OBYEK) dan APBD, isinya 'kode nama'",
    _format_impor,
    _read_format_impor,
    FORM,
)

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


PAGU = {key: _pagu(key) for key in WORDS}
STAGED = {
    key: (
        *(replace(item, headings=(*(f"{name} {word}" for word in WORDS[key][:2] for name in item.headings),
                                  *item.headings)) for item in RECAP[:-1]),
        PAGU[key],
    )
    for key in WORDS
}  # fmt: skip
"""Columns of the recap per stage, each under its heading with a word of the stage; the pagu only so."""


def _stages_of(book: Book) -> list[str]:
    """Stages of the book; the pagu is looked for first, as it tells most files apart at once."""
    top = {
        name
        for rows in book.sheets.values() for place, row in enumerate(rows[:HEAD_ROWS])
        for titles in (*((cell,) for cell in row), *merged(row, rows[place + 1] if place + 1 < len(rows) else []))
        for title in titles for name in spellings(title)
    }  # fmt: skip
    seen = [key for key in WORDS if top & set(normals(PAGU[key].headings))]
    if AFTER in seen:  # "semula, pergeseran, menjadi": what stands between is the change
        changed = {name for key in WORDS for _, end in _alone(key) for name in normals((end,))}
        seen = [key for key in seen if top & set(normals(PAGU[key].headings)) - changed]
    return [key for key in seen if has_table(book, STAGED[key])]


def _rekap_perubahan(book: Book) -> str | None:
    """Reason why the book is a recap with several stages, or ``None``."""
    found = _stages_of(book)
    if len(found) < 2:
        return None
    return f"lembar {has_table(book, STAGED[found[0]])} punya kolom pagu untuk tahap {', '.join(found)}"


def _read_rekap_perubahan(book: Book, config: Config, stage: str) -> Reading:
    """Budget lines per stage; a line of nought at a stage is left out, so that a join sees it come or go."""
    parts = {key: read_sheets(book, STAGED[key], budget_lines, TWINS) for key in _stages_of(book)}
    findings = list(dict.fromkeys(item for part in parts.values() for item in part.findings))
    frames = {key: part.frame[part.frame["pagu_rp"].fillna(0) != 0] for key, part in parts.items()}
    found = {int(year) for frame in frames.values() for year in frame["tahun"].dropna()}
    stages = {key: key for key in frames}
    if {BEFORE, AFTER} & set(frames) and len(found) == 1:  # neighbouring stages
        later = next((key for key in ("perubahan", "pergeseran") if key in frames), "")
        titles = [line for grid in _grids(book, (PAGU[AFTER],)) for line in grid.above]
        named = neighbours(book, config, next(iter(found)), later or stage, titles)
        findings += named.findings
        stages |= {key: code for key, code in zip((BEFORE, AFTER), named.codes, strict=False) if key in stages}
    lines = pd.concat([frame.assign(tahap=stages[key]) for key, frame in frames.items()], ignore_index=True)
    findings += [*_differences(book, list(frames)), *_unknown_stages(book, config, lines)]
    if lines.empty or len(found) != 1 or any(item.severity == "galat" for item in findings):
        return Reading(REKAP_PERUBAHAN.name, "", {}, findings)
    totals = {f"pagu {stages[key]}": int(frame["pagu_rp"].sum()) for key, frame in frames.items()}
    findings += factor(book.name, str(lines["lembar"].iloc[0]), totals)
    offices = tuple(sorted(set(lines["kode_opd"])))
    slices = tuple(Slice(REKAP_PERUBAHAN.name, next(iter(found)), code, offices) for code in stages.values())
    return Reading(REKAP_PERUBAHAN.name, "", {"opd": organisations(lines), "anggaran": lines}, findings, slices)


def _grids(book: Book, fields: tuple[Field, ...]) -> list[Grid]:
    return grids(book, fields) if has_table(book, fields) else []


def _differences(book: Book, keys: list[str]) -> list[Finding]:
    """A warning per row whose printed difference is that of no two of its stages."""
    findings = []
    for grid in _grids(book, (*(replace(PAGU[key], name=key) for key in keys), *fields("rekap_perubahan"))):
        printed, wrong = grid.amounts("selisih")
        stages = [grid.amounts(key)[0].fillna(0) for key in keys]
        pairs = [later - earlier for earlier, later in combinations(stages, 2)]
        is_met = pd.concat([printed.abs().eq(pair.abs()) for pair in pairs], axis=1).any(axis=1) | printed.isna()
        findings += [replace(item, severity="peringatan") for item in wrong]
        findings += [
            grid.finding("SELISIH_PAGU_BERBEDA", line, "selisih", printed[line], selisih=pairs[0][line])
            for line in printed.index[~is_met]
        ]
    return findings


def _unknown_stages(book: Book, config: Config, lines: pd.DataFrame) -> list[Finding]:
    """Errors for a file without lines, and for stages that the configuration does not have."""
    if lines.empty:
        return [finding("REKAP_TANPA_PAGU", book.name)]
    pairs = lines[["tahun", "tahap"]].dropna().drop_duplicates().itertuples(index=False)
    return [
        finding("REKAP_TAHAP_BELUM_ADA", book.name, value=code, tahun=number)
        for number, code in pairs
        if code not in (BEFORE, AFTER, *(stage.kode for stage in config.stages(int(number))))
    ]


REKAP_PERUBAHAN = Layout(
    "rekap_perubahan",
    "lembar dengan judul kolom rekap5 dan dua kolom pagu atau lebih, seperti PAGU_MURNI dan PAGU_GESER",
    _rekap_perubahan,
    _read_rekap_perubahan,
)
