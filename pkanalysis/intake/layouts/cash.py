"""Cash plans (anggaran kas, RAK): twelve months beside what they add up to, of each month or since January.

``rak`` is a list with a line per account of many offices; ``kas_rekening`` a form of one office with a row per
account; ``anggaran_kas`` sets the plan of one office beside its spending, as TARGET and REALISASI rows of belanja.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import Any

import pandas as pd

from pkanalysis.config import Config
from pkanalysis.intake.amounts import rupiah
from pkanalysis.intake.book import Book, Rows, cell_name, normal, text
from pkanalysis.intake.dates import MONTHS, month
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.grid import Grid, grids, has_table
from pkanalysis.intake.headings import fields, stated_unit
from pkanalysis.intake.layouts.lines import MONTH_FIELDS, Part, Spec, once, organisations, read_lines, twins
from pkanalysis.intake.layouts.trees import Form, Head, forms, settle
from pkanalysis.intake.layouts.trees.forms import head_of
from pkanalysis.intake.layouts.trees.headings import kind_of
from pkanalysis.intake.layouts.trees.totals import lines as tree_lines
from pkanalysis.intake.layouts.trees.totals import organisation, refusals
from pkanalysis.intake.reading import Layout, Reading, Slice
from pkanalysis.tables import TABLES

NUMBERS = range(1, 13)
QUARTERS = ("triwulan 1", "triwulan 2", "triwulan 3", "triwulan 4")
WHOLE = ("jumlah", "pagu")
"""Columns that hold the sum of all twelve months, beside the months ``1`` to ``12`` and :data:`QUARTERS`."""
SUMMED = dict.fromkeys(WHOLE, NUMBERS) | {
    name: range(3 * place + 1, 3 * place + 4) for place, name in enumerate(QUARTERS)
}
"""Months that each printed sum adds up."""


@dataclass(frozen=True)
class Missed:
    """A figure that does not agree with other months of its line: which rule it breaks, and what that one needs."""

    line: int
    column: int | str
    printed: int
    code: str
    values: dict[str, Any]


@dataclass(frozen=True)
class Months:
    """Figures of each month; whether they were cumulative (``None``: perhaps); and figures that miss their months.

    ``told`` is the code of the rule on how the months were taken, where that is told.
    """

    each: pd.DataFrame
    is_cumulative: bool | None
    missed: list[Missed]
    told: list[str]


def is_cumulative(table: pd.DataFrame) -> bool | None:
    """Whether the months add up from January on; ``None`` when they may, and no printed sum tells.

    Parameters
    ----------
    table : pandas.DataFrame
        Whole rupiah in columns 1 to 12, and in those of :data:`WHOLE` and :data:`QUARTERS` that the file has.

    Examples
    --------
    >>> rising = pd.DataFrame([[10 * n for n in range(1, 13)]], columns=range(1, 13), dtype="Int64")
    >>> [is_cumulative(rising.assign(jumlah=total)) for total in (120, 780)], is_cumulative(rising)
    ([True, False], None)
    """
    months = table[list(NUMBERS)].fillna(0).astype("int64")
    never_falls = (months.diff(axis=1).iloc[:, 1:] >= 0).all(axis=1)
    monthly, running = 0, 0
    for name in (name for name in table.columns if name in SUMMED):
        added, last = months[list(SUMMED[name])].sum(axis=1), months[SUMMED[name][-1]]
        telling = added.ne(last) & table[name].notna()
        monthly += int((telling & added.eq(table[name].fillna(0))).sum())
        running += int((telling & never_falls & last.eq(table[name].fillna(0))).sum())
    if monthly != running:
        return running > monthly
    grows = months.nunique(axis=1).gt(2)
    return None if grows.any() and (never_falls | ~grows).all() else False


def months_of(table: pd.DataFrame, is_running: bool = False) -> Months:
    """Figures of each month from a table as :func:`is_cumulative` takes it, held against its printed sums.

    Parameters
    ----------
    table : pandas.DataFrame
        One row per line.
    is_running : bool
        Whether the headings say that the months add up from January on; else the figures tell.

    Examples
    --------
    >>> line = pd.DataFrame([[10] * 12 + [30, 121]], columns=[*range(1, 13), "triwulan 1", "jumlah"], dtype="Int64")
    >>> months_of(line).missed
    [Missed(line=0, column='jumlah', printed=121, code='JUMLAH_BULAN_BERBEDA', values={'bulan': '12 bulan', \
'jumlah': 120})]
    """
    each, found = table, True if is_running else is_cumulative(table)
    if found:
        months = table[list(NUMBERS)].fillna(0)
        own = months.diff(axis=1)
        own[1] = months[1]
        each = table.drop(columns=list(NUMBERS)).join(own.astype("Int64"))
    missed = []
    for name in (name for name in each.columns if name in (WHOLE if found else SUMMED)):
        numbers = SUMMED[name]
        span = f"{MONTHS[numbers[0] - 1].capitalize()}–{MONTHS[numbers[-1] - 1].capitalize()}"
        added = each[list(numbers)].fillna(0).sum(axis=1)
        missed += [
            Missed(line, name, int(printed), "JUMLAH_BULAN_BERBEDA",
                   {"bulan": "12 bulan" if name in WHOLE else span, "jumlah": int(total)})
            for line, (printed, total) in enumerate(zip(each[name], added, strict=True))
            if not pd.isna(printed) and printed != total
        ]  # fmt: skip
    missed += [
        Missed(line, number, int(amount), "KUMULATIF_TURUN",
               {"bulan": MONTHS[number - 1].capitalize(), "sebelumnya": MONTHS[number - 2].capitalize()})
        for number in NUMBERS[1:] if found for line, amount in enumerate(each[number].fillna(0)) if amount < 0
    ]  # fmt: skip
    told = {True: ["BULAN_KUMULATIF"], None: ["BULAN_MUNGKIN_KUMULATIF"], False: []}[found]
    return Months(each, found, missed, told)


def by_month(keys: pd.DataFrame, each: pd.DataFrame, value: str) -> pd.DataFrame:
    """Long rows with ``bulan`` and ``value`` for the keys of every line; months of nought are left out."""
    long = keys.join(each[list(NUMBERS)]).melt(list(keys.columns), list(NUMBERS), "bulan", value)
    kept = long[long[value].fillna(0) != 0]
    return kept.assign(bulan=kept["bulan"].astype("Int64")).sort_values(["lembar", "baris", "bulan"])


SUMS = fields("rak")
PLAN = (
    *fields("daftar", "nomor", "tahun", "kode_opd", "nama_opd", "kode_sub_unit", "kode_sub_kegiatan",
            "kode_sumber_dana", "kode_rekening"),
    *MONTH_FIELDS,
    *SUMS,
)  # fmt: skip
SPEC = Spec(
    texts=("kode_opd", "nama_opd", "kode_sub_unit", "kode_sumber_dana"),
    activities=("kode_sub_kegiatan",),
    measures=(*MONTHS, *(item.name for item in SUMS)),
    required=("kode_opd", "kode_sub_kegiatan"),
)
KEYS = ("tahun", "kode_opd", "kode_sub_unit", "kode_sub_kegiatan", "kode_sumber_dana", "kode_rekening")


def _rak(book: Book) -> str | None:
    """Reason why the book is a list of cash plans, or ``None``."""
    sheet = has_table(book, PLAN)
    return sheet and f"lembar {sheet} punya kolom KODE SKPD, KODE REKENING dan JANUARI sampai DESEMBER"


def _read_rak(book: Book, config: Config, stage: str) -> Reading:  # noqa: ARG001 (a cash plan has no stage of its own)
    """Cash plan per month and the organisations."""
    lines = once(book.name, [_plan_lines(grid) for grid in grids(book, PLAN)], (*KEYS, *NUMBERS))
    if lines.frame.empty:
        return Reading(RAK.name, "", {}, [*lines.findings, finding("KAS_KOSONG", book.name)])
    plan = by_month(lines.frame[[*KEYS, "lembar", "baris"]], lines.frame, "rencana_rp")
    year = lines.frame["tahun"].dropna().max()
    filled = Slice(RAK.name, None if pd.isna(year) else int(year), "", tuple(sorted(set(lines.frame["kode_opd"]))))
    tables = {"opd": organisations(lines.frame), "rencana_kas": plan}
    return Reading(RAK.name, "", tables, lines.findings, (filled,))


def _plan_lines(whole: Grid) -> Part:
    lines = read_lines(whole, SPEC)
    grid = lines.grid
    found = [name for name in SPEC.measures if name in lines.frame]
    names: dict[str, int | str] = {name: MONTHS.index(name) + 1 if name in MONTHS else name for name in found}
    months = months_of(lines.frame[found].rename(columns=names))
    field_of = {column: name for name, column in names.items()}
    told = [grid.finding(code, None, "desember") for code in months.told]
    told += [grid.finding(miss.code, miss.line, field_of[miss.column], miss.printed, **miss.values)
             for miss in months.missed]  # fmt: skip
    frame = lines.frame.drop(columns=found).join(months.each)
    own = {"kembar": twins(grid, frame, KEYS, "KUNCI_KEMBAR"), "bulan": told}
    own |= {"jumlah": []} if months.is_cumulative else {}
    return lines.part(frame, "induk rekening tahun kunci nomor ragu kembar angka bulan jumlah", **own)


RAK = Layout(
    "rak",
    "lembar dengan judul kolom TAHUN, KODE SKPD, KODE SUB KEGIATAN, KODE REKENING dan JANUARI sampai DESEMBER",
    _rak,
    _read_rak,
    PLAN,
)


def _kas_rekening(book: Book) -> str | None:
    """Reason why the book is a form with a row per account, or ``None``."""
    found = next((form for form in forms(book) if _kind(form)), None)
    return None if found is None else f"lembar {found.sheet} punya kolom kode rekening, uraian dan Januari–Desember"


def _kind(form: Form) -> str:
    """Whether the form has a column of its own for every month, or one up to every month."""
    own = set(form.measures)
    return next((kind for kind in ("rencana", "kumulatif") if own.issuperset(f"{kind} {one}" for one in NUMBERS)), "")


def _read_kas_rekening(book: Book, config: Config, stage: str) -> Reading:  # noqa: ARG001 (a cash plan has no stage)
    """Cash plan per belanja leaf and month; every sum is held against its rows and months."""
    findings: list[Finding] = []
    found = []
    for form in (form for form in forms(book) if _kind(form)):
        measures: dict[int | str, str] = {number: f"{_kind(form)} {number}" for number in NUMBERS}
        measures |= {name: name for name in (*QUARTERS, "jumlah") if name in form.measures}
        if budget := next((each for each in ("sesudah", "anggaran") if each in form.measures), ""):
            measures["pagu"] = budget
        figures = {name: [row.figures[own] for row in form.rows] for name, own in measures.items()}
        months = months_of(pd.DataFrame(figures, dtype="Int64"), _kind(form) == "kumulatif")
        settled = settle(form)
        findings += [*form.findings, *settled.findings, *refusals(form, settled.leaves)]
        findings += [finding(code, form.file, form.sheet) for code in months.told]
        findings += [
            form.finding(miss.code, form.rows[miss.line], measures[miss.column], miss.printed, **miss.values)
            for miss in months.missed
        ]
        leaves = {id(row) for row in settled.leaves if row.place.account[:1] == (5,)}
        each = months.each.loc[[id(row) in leaves for row in form.rows]].reset_index(drop=True)
        found.append((form, settled.leaves, each))
    if any(item.severity == "galat" for item in findings):
        return Reading(KAS_REKENING.name, "", {}, findings)

    plans = []
    for form, rows, each in found:
        written = tree_lines(form, rows)
        keys = [name for name in TABLES["rencana_kas"].names if name in written]
        plans.append(by_month(written[keys], each, "rencana_rp"))
    opd = pd.concat([organisation(form) for form, *_ in found]).drop_duplicates("kode_opd")
    tables = {"opd": opd, "rencana_kas": pd.concat(plans, ignore_index=True)}
    slices = {Slice(KAS_REKENING.name, form.head.year, "", (form.head.code,)): None for form, *_ in found}
    return Reading(KAS_REKENING.name, "", tables, findings, tuple(slices))


KAS_REKENING = Layout(
    "kas_rekening",
    "lembar satu OPD dengan judul kolom KODE REKENING, URAIAN dan JANUARI sampai DESEMBER",
    _kas_rekening,
    _read_kas_rekening,
    fields("kas_rekening"),
)

LOOK_ROWS = 60
LEAST_AMOUNT = 10_000
"""Above the numbers that count rows or name a year."""
VALUES = {"rencana_kas": "rencana_rp", "realisasi_anggaran": "realisasi_rp"}
KINDS = {
    **dict.fromkeys(("target", "rencana", "anggarankas", "rak", "rencanakas"), "rencana_kas"),
    "realisasi": "realisasi_anggaran",
}
"""Table of a row by the word in front of its months."""
ACCOUNTS = {
    "pendapatan": "", "pembiayaan": "", "penerimaanpembiayaan": "", "pengeluaranpembiayaan": "",
    "belanja": "5", "belanjadaerah": "5", "jumlahbelanja": "5", "totalbelanja": "5", "belanjaoperasi": "5.1",
    "belanjamodal": "5.2", "belanjatidakterduga": "5.3", "belanjatransfer": "5.4",
}  # fmt: skip
"""Belanja stands as one line or per kelompok; its account is that of the line."""


@dataclass(frozen=True)
class Line:
    """One row of belanja: its 1-based row, table, account and raw cells."""

    row: int
    table: str
    account: str
    cells: list[Any]


@dataclass(frozen=True)
class Sheet:
    """A sheet with its head, its columns (0-based, by month or printed sum), its unit, and its lines of belanja.

    Lines come before those that they are parts of (``sums``); ``loose`` are 1-based rows of belanja with figures
    that are neither target nor realisasi.
    """

    name: str
    head: Head
    columns: dict[int | str, int]
    factor: int
    lines: list[Line] = field(default_factory=list)
    sums: list[Line] = field(default_factory=list)
    loose: list[int] = field(default_factory=list)


def sheets(book: Book) -> list[Sheet]:
    """Sheets of the book with lines of belanja below the first row that names all twelve months."""
    found = []
    for name, rows in book.sheets.items():
        named: list[dict[int | str, int]] = [
            {own: column for column, cell in enumerate(row) if (own := month(cell))} for row in rows[:LOOK_ROWS]
        ]
        place = next((place for place, months in enumerate(named) if len(months) == 12), None)
        if place is None:
            continue
        columns = named[place]
        left = min(columns.values())
        for column, cell in enumerate(rows[place][left:], left):
            kind = "jumlah" if normal(cell).startswith(("jumlah", "total")) else kind_of(text(cell)) or ""
            if kind in SUMMED:
                columns.setdefault(kind, column)
        head = head_of(rows[:place], (name, book.path.stem))
        sheet = Sheet(name, head, columns, stated_unit(rows[:place]))
        _fill(sheet, rows, place + 1)
        found.append(sheet)
    return [sheet for sheet in found if sheet.lines]


def _fill(sheet: Sheet, rows: Rows, first: int) -> None:
    """Read the lines under the headings, and which rows with figures are none.

    Loose rows name belanja, have no words at all, or have their TARGET or REALISASI among the months.
    """
    left, account, found = min(sheet.columns.values()), "", []
    for number, row in enumerate(rows[first:], first + 1):
        before, after = ([normal(text(cell)) for cell in cells] for cells in (row[:left], row[left:]))
        own = next((ACCOUNTS[words] for words in before if words in ACCOUNTS), None)
        account = account if own is None else own
        table = next((KINDS[words] for words in before if words in KINDS), "")
        is_nameless = not any(before) or any(words in KINDS for words in after)
        if account and table:
            found.append(Line(number, table, account, row))
        elif account and (own or is_nameless) and any(isinstance(cell, int | float) and cell for cell in row[left:]):
            sheet.loose.append(number)
    has_parts = {line.table for line in found if len(line.account) > 1}
    for line in found:
        (sheet.sums if len(line.account) == 1 and line.table in has_parts else sheet.lines).append(line)


def _anggaran_kas(book: Book) -> str | None:
    """Reason why the book is a plan beside its spending, or ``None``."""
    found = next(iter(sheets(book)), None)
    if found is None:
        return None
    return f"lembar {found.name} punya baris TARGET dan REALISASI belanja dengan kolom Januari–Desember"


def _read_anggaran_kas(book: Book, config: Config, stage: str) -> Reading:  # noqa: ARG001 (a cash plan has no stage)
    """Plan and spending per month, and what of a sheet cannot be placed: its head, or rows that moved or repeat."""
    found, findings, parts = sheets(book), [], []
    for sheet in found:
        lacks = {"KAS_TANPA_OPD": not sheet.head.code, "KAS_TANPA_TAHUN": sheet.head.year is None}
        findings += [finding(code, book.name, sheet.name) for code, is_so in lacks.items() if is_so]
        findings += [finding("BELANJA_TANPA_KETERANGAN", book.name, sheet.name, f"baris {row}") for row in sheet.loose]
        left, every = min(sheet.columns.values()), (*sheet.lines, *sheet.sums)
        findings += [
            finding("BELANJA_BERGESER", book.name, sheet.name, f"baris {line.row}") for line in every
            if any(isinstance(cell, int | float) and abs(cell) >= LEAST_AMOUNT for cell in line.cells[:left])
        ]  # fmt: skip
        first: dict[tuple[str, str], Line] = {}
        for line in every:
            if (earlier := first.setdefault((line.table, line.account), line)) is not line:
                place = f"baris {line.row}"
                findings.append(finding("BELANJA_BERULANG", book.name, sheet.name, place, pertama=earlier.row))
    for sheet, table in product(found, VALUES):
        rows, told = _rows(book, sheet, table)
        parts.append(rows.assign(tabel=table))
        findings += told
    if any(item.severity == "galat" for item in findings):
        return Reading(ANGGARAN_KAS.name, "", {}, findings)

    rows = pd.concat(parts, ignore_index=True)
    tables = {"opd": rows.drop_duplicates("kode_opd")[["kode_opd", "nama_opd", "lembar", "baris"]]}
    for table, value in VALUES.items():
        unknown = ["tabel", *({"nama_opd"} - set(TABLES[table].names))]
        tables[table] = rows[rows["tabel"] == table].drop(columns=unknown).rename(columns={"nilai": value})
    slices = tuple(Slice(ANGGARAN_KAS.name, sheet.head.year, "", (sheet.head.code,)) for sheet in found)
    return Reading(ANGGARAN_KAS.name, "", tables, findings, slices)


def _rows(book: Book, sheet: Sheet, table: str) -> tuple[pd.DataFrame, list[Finding]]:
    """Long rows of a table, and what is no amount, what does not add up and what may be cumulative."""
    lines, sums = ([line for line in own if line.table == table] for own in (sheet.lines, sheet.sums))
    every = [*lines, *sums]
    figures, found = {}, []
    for key, column in sheet.columns.items():
        read = rupiah([line.cells[column] if column < len(line.cells) else "" for line in every], sheet.factor)
        figures[key] = pd.array(read.figures, dtype="Int64")
        found += [cell.finding(book.name, sheet.name, cell_name(every[cell.position].row - 1, column))
                  for cell in read.problems]  # fmt: skip
    given = pd.DataFrame(figures)
    months = months_of(given)
    found += [finding(code, book.name, sheet.name, f"baris {every[0].row}") for code in months.told]
    for miss in months.missed:
        place = cell_name(every[miss.line].row - 1, sheet.columns[miss.column])
        found.append(finding(miss.code, book.name, sheet.name, place, "", str(miss.printed), **miss.values))
    added = given.iloc[: len(lines)].fillna(0).sum()
    for number, line in enumerate(sums, len(lines)):  # the kinds of belanja are taken
        for key, column in sheet.columns.items():
            if not pd.isna(printed := given[key][number]) and printed != added[key]:
                where = (book.name, sheet.name, cell_name(line.row - 1, column), "", str(printed))
                found.append(finding("KELOMPOK_BELANJA_BERBEDA", *where, jumlah=int(added[key])))
    keys = pd.DataFrame(
        {"kode_rekening": [line.account for line in lines], "baris": [line.row for line in lines]}
    ).assign(
        tahun=sheet.head.year, kode_opd=sheet.head.code, nama_opd=sheet.head.name, lembar=sheet.name,
        kode_sub_unit="", kode_sub_kegiatan="", kode_sumber_dana="",
    )  # fmt: skip
    return by_month(keys, months.each, "nilai"), found


ANGGARAN_KAS = Layout(
    "anggaran_kas",
    "lembar dengan kolom Januari sampai Desember dan baris BELANJA bertanda TARGET dan REALISASI",
    _anggaran_kas,
    _read_anggaran_kas,
)
