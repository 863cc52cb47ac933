"""Lists of lines with an account, as SIPD gives them: one reader for all of them, by what a list says it holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import pandas as pd

from pkanalysis import codes
from pkanalysis.intake.amounts import TOTAL, is_words
from pkanalysis.intake.dates import SPELLINGS, year
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.grid import Grid
from pkanalysis.intake.headings import Field

MONTH_FIELDS = tuple(
    Field(names[0], (*names, f"bulan {number}", f"bln {number}", f"rak {names[0]}", f"bulan {names[0]}"))
    for number, names in enumerate(SPELLINGS, 1)
)
"""The twelve months as columns of a list."""
LEVELS = ("kode_opd", "kode_sub_unit", "kode_program", "kode_kegiatan", "kode_sub_kegiatan")
SUB_ACTIVITY = ("nama_bidang_urusan", "nama_program", "nama_kegiatan", "nama_sub_kegiatan")

_CODED = re.compile(r"X?\d[\d.,]{4,}")
_AMOUNT = re.compile(r"\d{5,}")
"""A code or an amount, which a year is not; and an amount that stands among codes."""


@dataclass(frozen=True)
class Part:
    """Tidy rows of one sheet, with what was noticed there."""

    frame: pd.DataFrame
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Spec:
    """What is read of a list: columns of words, of activity codes and of rupiah, and keys that must not be blank."""

    texts: tuple[str, ...]
    activities: tuple[str, ...]
    measures: tuple[str, ...]
    required: tuple[str, ...]


@dataclass(frozen=True)
class Lines:
    """Lines of one sheet with an account: raw cells, tidy rows, and what was noticed, by the check that did."""

    grid: Grid
    frame: pd.DataFrame
    found: dict[str, list[Finding]]

    def part(self, frame: pd.DataFrame, order: str, **own: list[Finding]) -> Part:
        """``frame`` with the findings of the checks named in ``order``; ``own`` are those of the layout."""
        found = self.found | own
        return Part(frame, [item for check in order.split() for item in found[check]])


def read_lines(whole: Grid, spec: Spec) -> Lines:
    """Lines of a sheet in one form: codes as in the reference, rupiah, and every check that holds for all lists.

    The checks: ``induk`` (rows left out), ``rekening``, ``tahun``, ``kunci`` (blank keys, an error per column that the
    sheet has), ``angka``, ``ragu`` (codes that can be read but are hardly right), ``nomor`` (lost numbers) and
    ``jumlah`` (parent rows).
    """
    grid, above, skipped = leaves(whole)
    canonical, strange = accounts(grid)
    year, wrong_years = years(grid)
    read = {name: grid.amounts(name) for name in spec.measures if name in grid.cells}
    frame = pd.DataFrame(
        {name: grid.texts(name) for name in spec.texts}
        | {name: grid.activities(name) for name in spec.activities}
        | {"kode_rekening": canonical, "kode_rekening_asli": grid.texts("kode_rekening", str)}
        | {"tahun": pd.Series(year, dtype="Int64"), "lembar": grid.sheet, "baris": grid.rows}
        | {name: figures for name, (figures, _) in read.items()}
    )
    required = (name for name in spec.required if name in grid.header.columns)
    blank = {name: [line for line, words in enumerate(grid.texts(name)) if not words] for name in required}
    found = {
        "induk": skipped,
        "rekening": strange,
        "tahun": wrong_years,
        "kunci": [grid.finding("KUNCI_KOSONG", empty[0], name, banyaknya=len(empty))
                  for name, empty in blank.items() if empty],
        "angka": [item for _, wrong in read.values() for item in wrong],
        "ragu": doubtful(grid, canonical, grid.activities("kode_sub_kegiatan")),
        "nomor": numbering(whole),
        "jumlah": totals(above, frame, tuple(read)),
    }  # fmt: skip
    return Lines(grid, frame, found)


def leaves(grid: Grid) -> tuple[Grid, Grid, list[Finding]]:
    """Lines that have an account, the parent and total rows among them, and a note that counts those.

    Signatures and notes are left out of both; only rows without an account are looked at for them.
    """
    whole, written = len(grid), grid.texts("kode_rekening")
    keys = {code: codes.key(code) for code in set(written)}
    cells = zip(*grid.cells.values(), strict=True)
    has_words = [not keys[code] and is_words(row) for code, row in zip(written, cells, strict=True)]
    if any(has_words):
        grid = grid.where([not words for words in has_words])
        written = grid.texts("kode_rekening")
    sums = {
        code for code, key in keys.items()
        if not code or TOTAL.match(code) or 0 < len(key) < len(codes.ACCOUNT_WIDTHS)
    }  # fmt: skip
    keep = [code not in sums for code in written]
    if any(keys[code] for code in sums):
        # short accounts that no line stands under are lines, of the same SKPD and sub kegiatan where they name one
        accounts = [keys[code] for code in written]
        rows = list(zip(grid.texts("kode_opd"), grid.activities("kode_sub_kegiatan"), accounts, strict=True))
        covered = {
            (office, activity, account[:length])
            for own, under, account in set(rows)
            for office in {own, ""} for activity in {under, ""} for length in range(1, len(account))
        }  # fmt: skip
        keep = [kept or (row[2] != () and row not in covered) for row, kept in zip(rows, keep, strict=True)]
    skipped = whole - sum(keep)
    if not skipped:
        return grid, grid.where(keep[:0]), []
    note = grid.finding("BARIS_INDUK", None, "kode_rekening", banyaknya=skipped)
    return grid.where(keep), grid.where([not kept for kept in keep]), [note]


def accounts(grid: Grid) -> tuple[list[str], list[Finding]]:
    """Account column in its one form, without a name that stands behind the account in its cell.

    The 2019 numbering keeps the file out; an account that cannot be read is kept as written, with a warning.
    """
    written = grid.texts("kode_rekening")
    bare = {}
    for code in set(written):
        first, _, name = code.partition(" ")
        bare[code] = first if any(sign.isalpha() for sign in name) and codes.is_account(first) else code
    written = [bare[code] for code in written]
    if codes.is_2019_numbering(written):
        return written, [grid.finding("REKENING_PENOMORAN_2019", 0, "kode_rekening", written[0])]
    keys = {code: codes.key(code) for code in set(written)}
    strange = {code for code, key in keys.items() if not key}
    unknown = {code for code, key in keys.items() if key and not codes.is_known_kind(key)}
    findings = [
        grid.finding(rule, written.index(code), "kode_rekening", code)
        for rule, found in (("REKENING_TAK_DIKENAL", unknown), ("BUKAN_REKENING", strange))
        for code in sorted(found)
    ]
    shared = {code: codes.canonical(code) if code not in strange else code for code in keys}
    return [shared[code] for code in written], findings


def years(grid: Grid) -> tuple[list[int | None], list[Finding]]:
    """Year column, or the year that the rows above the table, its sheet or its file name.

    A line without a year, or a second year, keeps the file out.
    """
    if "tahun" not in grid.cells:
        words = (*grid.above, grid.sheet, Path(grid.file).stem.replace("_", " "))
        own = next((value for value in map(year, words) if value), None)
        return [own] * len(grid), [] if own else [finding("TAHUN_TIDAK_TERTULIS", grid.file, grid.sheet)]
    written = grid.texts("tahun")
    known = {words: year(words) for words in set(written)}
    findings = [
        grid.finding("BUKAN_TAHUN_ANGGARAN", written.index(words), "tahun", words)
        for words in sorted(known)
        if known[words] is None
    ]
    found = sorted({value for value in known.values() if value})
    if len(found) > 1:
        findings.append(grid.finding("BEBERAPA_TAHUN", None, "tahun", ", ".join(map(str, found))))
    return [known[words] for words in written], findings


def doubtful(grid: Grid, accounts: Sequence[str], activities: Sequence[str]) -> list[Finding]:
    """Warnings about keys that are hardly right: short codes, and SKPD under two codes; each where it first stands.

    Parameters
    ----------
    grid : Grid
        The lines, with ``kode_opd`` and ``nama_opd``.
    accounts, activities : sequence of str
        Account and sub kegiatan of each line in their one form.
    """
    known = set(accounts)
    short = {code for code in known if 0 < len(codes.key(code)) < len(codes.ACCOUNT_WIDTHS)}
    broken = {
        code for code in set(activities)
        if code and len(codes.key(codes.resolve(code, "0.00"))) != len(codes.ACTIVITY_WIDTHS)
    }  # fmt: skip
    findings = []
    for rule, name, written, wrong in (
        ("REKENING_PENDEK", "kode_rekening", accounts, short if len(short) < len(known) else set()),
        ("SUB_KEGIATAN_TIDAK_UTUH", "kode_sub_kegiatan", activities, broken),
    ):
        lines = [line for line, code in enumerate(written) if code in wrong] if wrong else []
        count = f" ({len(lines)} baris)" if len(lines) > 1 else ""
        findings += [grid.finding(rule, line, name, written[line], banyaknya=count) for line in lines[:1]]
    common: dict[str, str] = {}
    for (name, code), _ in Counter(zip(grid.texts("nama_opd"), grid.texts("kode_opd"), strict=True)).most_common():
        if code and name and (other := common.setdefault(name, code)) != code:
            line = grid.texts("kode_opd").index(code)
            findings.append(grid.finding("OPD_BERKODE_GANDA", line, "kode_opd", code, nama=name, lain=other))
    return findings


def numbering(grid: Grid) -> list[Finding]:
    """A finding where the NO of the lines jumps: a warning when few are missing, else a note, as after filtering.

    A list that starts again at 1 is followed; one that was sorted by something else says nothing.
    """
    cells = [(line, cell) for line, cell in enumerate(grid.cells.get("nomor", [])) if cell != ""]
    try:
        numbers = [int(cell) for _, cell in cells]
    except (TypeError, ValueError, OverflowError):
        return []
    pairs = list(pairwise([0, *numbers]))
    jumps = [place for place, (last, own) in enumerate(pairs) if own > last + 1]
    if not jumps or any(own < last and own != 1 for last, own in pairs):
        return []
    missing = sum(pairs[place][1] - pairs[place][0] - 1 for place in jumps)
    last, own = pairs[jumps[0]]
    told = grid.finding("NOMOR_MELOMPAT", cells[jumps[0]][0], "nomor", own, dari=last, ke=own, banyaknya=missing)
    return [told if missing <= max(3, len(numbers) // 20) else replace(told, severity="catatan")]


def totals(above: Grid, lines: pd.DataFrame, measures: Sequence[str]) -> list[Finding]:
    """A warning per amount of a parent or total row that is not the sum of the lines that it stands for.

    A row stands for the lines under every code that it has, one without a code for all of them.

    Parameters
    ----------
    above : Grid
        The parent and total rows of the sheet.
    lines : pandas.DataFrame
        The lines with an account: codes in their one form, and rupiah per measure.
    measures : sequence of str
        Columns of rupiah in both.
    """
    if not len(above):
        return []
    own = {name: above.texts(name) if name in LEVELS[:2] else above.activities(name) for name in LEVELS}
    accounts = above.texts("kode_rekening")
    findings = _without_amount(above, measures)
    for measure in measures:
        printed, wrong = above.amounts(measure)
        findings += [replace(item, severity="peringatan") for item in wrong]
        for line in printed[printed.fillna(0) != 0].index:
            is_in = pd.Series(True, index=lines.index)
            for name in (name for name in LEVELS if name in lines and re.search(r"\d", own[name][line])):
                is_in &= lines[name].eq(own[name][line])
            if codes.key(accounts[line]):
                is_in &= lines["kode_rekening"].str.startswith(f"{codes.canonical(accounts[line])}.")
            sums = [int(lines.loc[is_in, measure].sum())]
            if is_in.all():  # or those since the row before, as the lines of one office
                before = above.rows[line - 1] if line else 0
                since = lines["baris"].between(before, above.rows[line], inclusive="neither")
                sums.append(int(lines.loc[since, measure].sum()))
            if int(printed[line]) not in sums:
                findings.append(above.finding("JUMLAH_INDUK_BERBEDA", line, measure, printed[line], jumlah=sums[0]))
    return findings


def _without_amount(above: Grid, measures: Sequence[str]) -> list[Finding]:
    """A warning per row without an amount that calls itself a total, or has codes as most rows with an amount have."""
    has_amount = list(map(any, zip(*(above.texts(measure) for measure in measures), strict=True)))
    words = list(zip(*(above.texts(name) for name in above.cells if name not in measures), strict=True))
    is_coded = [any(map(_CODED.fullmatch, labels)) for labels in words]
    coded = [has for has, is_code in zip(has_amount, is_coded, strict=True) if is_code]
    accounts = list(zip(above.texts("kode_rekening"), above.texts("nama_rekening"), strict=True))
    return [
        above.finding("JUMLAH_TANPA_ANGKA", line, measures[0])
        for line, labels in enumerate(words)
        if not has_amount[line]
        and (
            any(map(_AMOUNT.fullmatch, accounts[line]))
            or any(map(TOTAL.match, labels))
            or (is_coded[line] and 2 * sum(coded) > len(coded))
        )
    ]


def twins(grid: Grid, frame: pd.DataFrame, names: Sequence[str], rule: str = "BARIS_KEMBAR") -> list[Finding]:
    """A warning for lines of ``frame`` that are alike in every column of ``names``, at the first that repeats."""
    again = frame.duplicated(list(names))
    if not again.any():
        return []
    line = int(again.to_numpy().argmax())
    values: dict[str, int] = {"banyaknya": int(again.sum())}
    if rule == "BARIS_KEMBAR":
        alike = frame[list(names)].apply(lambda column: column.isin([column[line]]))  # a blank amount is like another
        values["pertama"] = grid.rows[int(alike.all(axis=1).to_numpy().argmax())]
    return [grid.finding(rule, line, "kode_rekening", grid.texts("kode_rekening")[line], **values)]


def exported_twice(grid: Grid, frame: pd.DataFrame) -> list[Finding]:
    """A warning per SKPD whose own budget lines are, one by one, the sums of those of its sub units."""
    lines = frame.assign(is_own=frame["kode_sub_unit"].eq("") | frame["kode_sub_unit"].eq(frame["kode_opd"]))
    levels = lines.groupby("kode_opd")["is_own"].nunique()
    findings = []
    for code, rows in lines[lines["kode_opd"].isin(levels.index[levels.eq(2)])].groupby("kode_opd", sort=False):
        keys = ["kode_sub_kegiatan", "kode_rekening", "kode_sumber_dana", "is_own"]
        sums = rows.groupby(keys)["pagu_rp"].sum().unstack("is_own")
        if sums[True].eq(sums[False]).fillna(False).all():
            line = int(rows.index[rows["is_own"]][0])
            written = grid.texts("kode_sub_unit")[line]
            findings.append(grid.finding("TERHITUNG_DUA_KALI", line, "kode_sub_unit", written, kode=code))
    return findings


def organisations(frame: pd.DataFrame) -> pd.DataFrame:
    """One ``opd`` row per SKPD code in ``frame``, with the first name written for it.

    Examples
    --------
    >>> lines = pd.DataFrame({"kode_opd": ["X1", "X1"], "nama_opd": ["Dinas A", "Dinas A"], "lembar": "S", "baris": 2})
    >>> organisations(lines)[["kode_opd", "nama_opd"]].values.tolist()
    [['X1', 'Dinas A']]
    """
    named = frame[["kode_opd", "nama_opd", "lembar", "baris"]]
    return named[named["kode_opd"].ne("")].drop_duplicates("kode_opd").reset_index(drop=True)


def once(file: str, parts: Sequence[Part], names: Sequence[Hashable], tells: bool = True) -> Part:
    """The parts below one another, without those whose every line stands in another; what else is twice is told.

    Parameters
    ----------
    file : str
        File name.
    parts : sequence of Part
        Lines of each sheet.
    names : sequence
        Columns in which a line agrees with itself on another sheet.
    tells : bool
        Whether lines that agree in these columns are surely one line, so that a few of them deserve a warning.

    Examples
    --------
    >>> sheets = [pd.DataFrame({"kode": codes, "lembar": name, "baris": range(2, 2 + len(codes))})
    ...           for name, codes in (("Semua", ["5.1", "5.2"]), ("Dinas", ["5.1"]))]
    >>> both = once("a.xlsx", [Part(frame) for frame in sheets], ["kode"])
    >>> both.frame["kode"].tolist(), both.findings[0].rule
    (['5.1', '5.2'], 'semua 1 baris lembar ini juga ada di lembar Semua, sehingga tidak disimpan lagi')
    """
    kept: list[int] = []
    found = list(parts)
    several = parts if len(parts) > 1 else ()
    counts = [part.frame.value_counts(list(names), dropna=False) for part in several]
    for place in sorted(range(len(several)), key=lambda each: -len(parts[each].frame)):
        own, count = parts[place], counts[place]
        others = (other for other in kept if len(count))
        whole = next((one for one in others if (count <= counts[one].reindex(count.index, fill_value=0)).all()), None)
        if whole is None:
            kept.append(place)
        else:
            sheet, other = (str(each.frame["lembar"].iloc[0]) for each in (own, parts[whole]))
            note = finding("LEMBAR_BERULANG", file, sheet, banyaknya=len(own.frame), lembar=other)
            found[place] = Part(own.frame.iloc[:0], [*own.findings, note])
    for place in sorted(kept) if tells else ():
        own = found[place]
        before = [part.frame[list(names)] for part in found[:place] if len(part.frame)]
        if before and len(own.frame):
            earlier = pd.concat(before).drop_duplicates()
            again = own.frame[list(names)].merge(earlier, how="left", indicator=True)["_merge"]
            is_twice = again.eq("both").to_numpy()
            if is_twice.any():
                first = own.frame.iloc[int(is_twice.argmax())]
                sheet, line = str(first["lembar"]), f"baris {first['baris']}"
                told = finding("KEMBAR_DI_LEMBAR_LAIN", file, sheet, line, banyaknya=int(is_twice.sum()))
                found[place] = Part(own.frame, [*own.findings, told])
    frame = pd.concat([part.frame for part in found], ignore_index=True)
    return Part(frame, [item for part in found for item in part.findings])
