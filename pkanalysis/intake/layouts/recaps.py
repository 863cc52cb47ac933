"""Recaps of a budget: SIPD's own ("rekap5"), its import form, and recaps with a pagu per stage.

``rekap5`` has one line per paket with its pagu; ``format_impor`` holds "kode nama" in one cell per level and the
grand total above the headings. In neither does the file say the stage. ``rekap_perubahan`` has ``PAGU_MURNI`` beside
``PAGU_GESER``, and any other column may come in the same pairs; a column without a stage in its heading holds for
all. There ``SEMULA`` and ``MENJADI`` are a stage and the one before it: which, the user, a title or the file name says.
"""

from __future__ import annotations

import re
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
    once,
    organisations,
    read_lines,
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
    grid, activities = lines.grid, lines.frame["kode_sub_kegiatan"]
    shared = {code: ".".join(code.split(".")[:2]) for code in set(activities)}
    cells = grid.cells.get("kode_bidang_urusan", [""] * len(grid))
    fields = [  # Excel turns 1.10 into the number 1.1: a number gives way to the sub kegiatan's code
        code if code and isinstance(cell, str) else shared[activity]
        for cell, code, activity in zip(cells, grid.activities("kode_bidang_urusan"), activities, strict=True)
    ]
    frame = lines.frame.assign(kode_bidang_urusan=fields)
    alike = twins(grid, frame, TWINS)
    if alike and "rincian" in grid.cells:  # alike also in the goods that a list by standar harga names
        alike = twins(grid, frame[list(TWINS)].assign(rincian=grid.texts("rincian")), (*TWINS, "rincian"))
    return lines.part(frame, CHECKS, kembar=alike, dua_kali=exported_twice(grid, frame))


def _rekap5(book: Book) -> str | None:
    """Reason why the book is a rekap5, or ``None``; with twelve months it is a cash plan.

    A pagu of a stage with that of another stage beside it is none either: which is meant cannot be told.
    """
    headers = ((name, rows, find_header(rows, RECAP)) for name, rows in book.sheets.items())
    tables = [(name, rows[header.row], header) for name, rows, header in headers if header]
    headings = next((row for _, row, header in tables if _STAGED.match(header.titles["pagu_rp"])), [])
    staged = [cell for cell in headings if isinstance(cell, str) and _STAGED.match(cell)]
    if not tables or len(staged) > 1 or has_table(book, MONTH_FIELDS):
        return None
    return f"lembar {tables[0][0]} punya kolom KODE SKPD, KODE SUB KEGIATAN, KODE REKENING dan PAGU"


def _read_rekap5(book: Book, config: Config, stage: str) -> Reading:
    """Budget lines and organisations; the stage comes from the user, the names of the sheets or the file name."""
    sheets: dict[str, list[str]] = {}
    named = {} if stage else {grid.sheet: mentioned(grid.sheet, config.tahap) for grid in grids(book, RECAP)}
    for sheet, found in named.items():
        sheets.setdefault(found[0] if len(found) == 1 else "", []).append(sheet)
    if len(sheets) < 2 or "" in sheets:  # not every sheet names its stage, or all the same
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


def _one_stage(book: Book, config: Config, stage: str) -> Reading:
    """The sheets as one list of one year and stage."""
    lines = once(book.name, [budget_lines(grid) for grid in grids(book, RECAP)], ("tahun", *TWINS))
    found = sorted(set(lines.frame["tahun"].dropna()))
    refused: list[Finding] = []
    if lines.frame.empty:
        refused = [finding("REKAP_KOSONG", book.name)]
    elif found[1:] and not any(item.severity == "galat" for item in lines.findings):
        listed = ", ".join(map(str, found))
        refused = [finding("LEMBAR_BERLAINAN_TAHUN", book.name, column="tahun", value=listed)]
    if refused or len(found) != 1:
        return Reading(REKAP5.name, "", {}, [*lines.findings, *refused])
    number, tables = int(found[0]), grids(book, RECAP)
    headed = {code for grid in tables for code in mentioned(grid.header.titles["pagu_rp"], config.stages(number))}
    own = headed.pop() if len(headed) == 1 else ""
    known = find_stage(book, config, number, stage or own)
    if isinstance(known, str) and own not in ("", known):
        told = tables[0].finding("JUDUL_BERTAHAP_LAIN", None, "pagu_rp", judul=own, tahap=known)
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
    tables = grids(book, FORM)
    above = (line for grid in tables for line in grid.above)
    named = (year(words) for words in (Path(book.name).stem.replace("_", " "), *book.sheets, *above))
    number = next((value for value in named if value), None)
    if number is None:
        known = sorted({each.tahun for each in config.tahap})
        if len(known) != 1:
            return Reading(FORMAT_IMPOR.name, "", {}, [finding("FORMULIR_TANPA_TAHUN", book.name)])
        number = known[0]
        notes = [finding("TAHUN_DARI_PENGATURAN", book.name, tahun=number)]
    lines = once(book.name, [budget_lines(_flat(grid, number)) for grid in tables], TWINS)
    for grid in tables:  # the grand total stands above the headings
        column = grid.header.columns["pagu_rp"]
        added = int(lines.frame.loc[lines.frame["lembar"] == grid.sheet, "pagu_rp"].sum())
        for place, row in enumerate(book.sheets[grid.sheet][: grid.header.row]):
            cell = row[column] if column < len(row) else ""
            printed = rupiah([cell]).figures[0] if text(cell) else None
            if printed not in (None, added):
                where = (book.name, grid.sheet, cell_name(place, column), "", str(printed))
                notes.append(finding("JUMLAH_DI_ATAS_BERBEDA", *where, jumlah=added))
    lines = Part(lines.frame, [*lines.findings, *notes])
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
_ALONE = (*_MOVED, "PERUBAHAN", "GESER", "UBAH")
"""Words for a stage that may also head what changed, where no word for money stands before them."""
_MONEY = ("", "APBD", "PAGU APBD", "DPA", "BELANJA", "ANGGARAN BELANJA", "RP")


def _pagu(key: str) -> Field:
    """The pagu of a stage: a word for money, then a word of the stage, or the stage alone."""
    money = (*_MONEY, *RECAP[-1].headings)
    turned = tuple(f"{word} PERUBAHAN APBD".strip() for word in money) if key == "perubahan" else ()
    ends = sorted(WORDS[key], key=lambda end: end in (*_MOVED, "PERUBAHAN"))  # "setelah ..." says more
    pairs = sorted(((word, end) for word in money for end in ends), key=lambda pair: not pair[0] and pair[1] in _ALONE)
    return Field("pagu_rp", (*(f"{word} {end}".strip() for word, end in pairs if word or end not in _CUT), *turned))


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
        seen = [key for key in seen if top & set(normals(PAGU[key].headings)) - set(normals(_ALONE))]
    return [key for key in seen if has_table(book, STAGED[key])]


def _rekap_perubahan(book: Book) -> str | None:
    """Reason why the book is a recap with several stages, or ``None``."""
    found = _stages_of(book)
    if len(found) < 2:
        return None
    return f"lembar {has_table(book, STAGED[found[0]])} punya kolom pagu untuk tahap {', '.join(found)}"


def _read_rekap_perubahan(book: Book, config: Config, stage: str) -> Reading:
    """Budget lines per stage; a line of nought at a stage is left out, so that a join sees it come or go."""
    parts = {
        key: once(book.name, [budget_lines(grid) for grid in grids(book, STAGED[key])], TWINS)
        for key in _stages_of(book)
    }
    findings = list(dict.fromkeys(item for part in parts.values() for item in part.findings))
    frames = {key: part.frame[part.frame["pagu_rp"].fillna(0) != 0] for key, part in parts.items()}
    found = {int(year) for frame in frames.values() for year in frame["tahun"].dropna()}
    stages = {key: key for key in frames}
    if {BEFORE, AFTER} & set(frames) and len(found) == 1:  # neighbouring stages
        later = next((key for key in ("perubahan", "pergeseran") if key in frames), "")
        headed = grids(book, (PAGU[AFTER],)) if has_table(book, (PAGU[AFTER],)) else []
        named = neighbours(book, config, min(found), later or stage, [line for grid in headed for line in grid.above])
        findings += named.findings
        stages |= {key: code for key, code in zip((BEFORE, AFTER), named.codes, strict=False) if key in stages}
    lines = pd.concat([frame.assign(tahap=stages[key]) for key, frame in frames.items()], ignore_index=True)

    findings += _differences(book, list(frames))
    if lines.empty:
        findings.append(finding("REKAP_TANPA_PAGU", book.name))
    for number, code in lines[["tahun", "tahap"]].dropna().drop_duplicates().itertuples(index=False):
        if code not in (BEFORE, AFTER, *(known.kode for known in config.stages(int(number)))):
            findings.append(finding("REKAP_TAHAP_BELUM_ADA", book.name, value=code, tahun=number))
    if lines.empty or len(found) != 1 or any(item.severity == "galat" for item in findings):
        return Reading(REKAP_PERUBAHAN.name, "", {}, findings)

    totals = {f"pagu {stages[key]}": int(frame["pagu_rp"].sum()) for key, frame in frames.items()}
    findings += factor(book.name, str(lines["lembar"].iloc[0]), totals)
    offices = tuple(sorted(set(lines["kode_opd"])))
    slices = tuple(Slice(REKAP_PERUBAHAN.name, min(found), code, offices) for code in stages.values())
    return Reading(REKAP_PERUBAHAN.name, "", {"opd": organisations(lines), "anggaran": lines}, findings, slices)


def _differences(book: Book, keys: list[str]) -> list[Finding]:
    """A warning per row whose printed difference is that of no two of its stages."""
    findings: list[Finding] = []
    columns = (*(replace(PAGU[key], name=key) for key in keys), *fields("rekap_perubahan"))
    for grid in grids(book, columns) if has_table(book, columns) else ():
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


REKAP_PERUBAHAN = Layout(
    "rekap_perubahan",
    "lembar dengan judul kolom rekap5 dan dua kolom pagu atau lebih, seperti PAGU_MURNI dan PAGU_GESER",
    _rekap_perubahan,
    _read_rekap_perubahan,
)
