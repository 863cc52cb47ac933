"""What is wrong with rows that were read: totals that do not add up, doubtful values, personal data.

A check gives findings; it never mends a value.

Checks that hold for every table, taken from the data dictionary and nowhere else.

Formulas that were never computed: a workbook written by a script holds them without a value.

Two neighbouring stages: what a file calls before and after, in the words of the configuration.

Figures that cannot both be right: a stage wrong by a factor.

Lines exported twice: once under the SKPD itself and once more under its sub units.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import pairwise
from pathlib import Path

import pandas as pd

from pkanalysis.config import Config, Stage
from pkanalysis.intake.book import Book
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.grid import Grid
from pkanalysis.intake.titles import find_stage, mentioned
from pkanalysis.tables import TABLES, Column


def check(name: str, frame: pd.DataFrame, file: str) -> list[Finding]:
    """Errors in the rows of table ``name``: required cells, allowed values, repeated keys.

    Parameters
    ----------
    name : str
        A key of :data:`pkanalysis.tables.TABLES`.
    frame : pandas.DataFrame
        Conformed rows, with ``lembar`` and ``baris`` where they came from.
    file : str
        File name for the findings.

    Examples
    --------
    >>> from pkanalysis.tables import conform
    >>> opd = pd.DataFrame({"kode_opd": ["X1", "X1"], "nama_opd": ["A", ""], "lembar": ["OPD", "OPD"], "baris": [2, 3]})
    >>> for finding in check("opd", conform("opd", opd), "a.xlsx"):
    ...     print(finding.sentence)
    a.xlsx, lembar OPD, baris 3, kolom nama_opd: wajib diisi (nama resmi); lengkapi di berkas asal.
    a.xlsx, lembar OPD, baris 3, kolom kode_opd, tertulis "X1": sudah ada di baris 2; hapus salah satu.
    """
    table = TABLES[name]
    findings = [finding for column in table.columns if column.name in frame for finding in _column(column, frame, file)]
    return findings + _repeated(frame, table.key, file)


def _column(column: Column, frame: pd.DataFrame, file: str) -> list[Finding]:
    values = frame[column.name]
    is_empty = values.isna() | values.eq("").fillna(False)
    findings = []
    if column.required and is_empty.any():
        findings.append(_first_of("WAJIB_DIISI", frame[is_empty], file, column.name, arti=column.meaning))
    if column.allowed:
        strange = frame[~is_empty & ~values.isin(column.allowed)]
        choices = ", ".join(column.allowed)
        findings += [
            _first_of("BUKAN_PILIHAN", rows, file, column.name, str(value), pilihan=choices)
            for value, rows in strange.groupby(column.name, sort=False)
        ]
    return findings


def _first_of(code: str, rows: pd.DataFrame, file: str, column: str, value: str = "", **values: str) -> Finding:
    """A finding at the first of the rows, which says how many there are."""
    sheet, line = rows[["lembar", "baris"]].iloc[0]
    place = "" if pd.isna(line) else f"baris {line}"
    values["banyaknya"] = f" ({len(rows)} baris)" if len(rows) > 1 else ""
    return finding(code, file, "" if pd.isna(sheet) else str(sheet), place, column, value, **values)


def _repeated(frame: pd.DataFrame, key: list[str], file: str) -> list[Finding]:
    if not key or frame.empty:
        return []
    repeated = frame.assign(pertama=frame.groupby(key, dropna=False)["baris"].transform("first"))[frame.duplicated(key)]
    return [
        finding("KUNCI_BERULANG", file, str(row["lembar"]), f"baris {row['baris']}", ", ".join(key),
                ", ".join(str(row[name]) for name in key), pertama=row["pertama"])
        for row in repeated.to_dict("records")
    ]  # fmt: skip


CHUNK = 2**20
_FORMULA = re.compile(rb"<c r=\"([A-Z]+\d+)\"((?:\s[^>]*)?)><f[^>]*(?:/>|>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>")
_SHEET = re.compile(r'<sheet\b[^>]*\bname="([^"]*)"[^>]*\br:id="([^"]*)"')
_RELATION = re.compile(r"<Relationship\b[^>]*>")


def uncomputed(path: Path) -> list[tuple[str, str]]:
    """Sheet and first cell, per sheet of an .xlsx with a formula that has no stored value.

    Such a cell reads as empty, so that a total would silently be smaller. Excel stores every value, and lists
    the formulas that it computed; a file saved by a script has neither until somebody saves it in Excel.

    Parameters
    ----------
    path : pathlib.Path
        A file; anything but an .xlsx has no such cells.
    """
    if not zipfile.is_zipfile(path):
        return []
    with zipfile.ZipFile(path) as package:
        names = set(package.namelist())
        if "xl/calcChain.xml" in names or "xl/workbook.xml" not in names:
            return []
        found = ((sheet, _first(package, part)) for sheet, part in _parts(package) if part in names)
        return [(sheet, cell) for sheet, cell in found if cell]


def findings(path: Path, sheets: Iterable[str]) -> list[Finding]:
    """An error per sheet among ``sheets`` with a formula that was never computed."""
    rule = "rumusnya belum dihitung, sehingga angkanya terbaca kosong"
    remedy = "buka berkas ini di Excel, simpan, lalu impor lagi"
    read = set(sheets)
    return [Finding("galat", path.name, sheet, cell, "", "", rule, remedy) for sheet, cell in uncomputed(path)
            if sheet in read]  # fmt: skip


def _parts(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name of every sheet with the part of the package that holds it."""
    relations = _RELATION.findall(package.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace"))
    parts = {_value(words, "Id"): _value(words, "Target") for words in relations}
    for name, key in _SHEET.findall(package.read("xl/workbook.xml").decode("utf-8", "replace")):
        target = parts.get(key, "")
        yield unescape(name), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _value(words: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', words)
    return found[1] if found else ""


def _first(package: zipfile.ZipFile, part: str) -> str:
    """First cell of a sheet with a formula and no value; sheets without any formula are only looked through."""
    with package.open(part) as sheet:
        tail = b""
        while chunk := sheet.read(CHUNK):
            if b"<f" in tail + chunk:
                break
            tail = chunk[-1:]
        else:
            return ""
    matches = _FORMULA.finditer(package.read(part))
    return next((found[1].decode() for found in matches if b't="str"' not in found[2]), "")


_SAVED = re.compile(r"(?i)efisiensi|rasionalisasi|inpres")
"""What the shift of Inpres 1/2025 is called besides its name in the configuration."""


@dataclass(frozen=True)
class Neighbours:
    """Codes of the earlier and the later stage (``()`` when they are not known), and what was said about them."""

    codes: tuple[str, ...] = ()
    findings: list[Finding] = field(default_factory=list)


def one_stage(book: Book, config: Config, year: int, named: str, titles: Iterable[str]) -> str | Finding:
    """Code of the stage that the user, the titles above the table or the file name names, or an error."""
    titled = {code for line in titles for code in mentioned(line, config.stages(year))}
    return titled.pop() if not named and len(titled) == 1 else find_stage(book, config, year, named)


def said(heading: str, stages: tuple[Stage, ...]) -> str:
    """Code of the one stage that a heading names by itself; ``""`` where it speaks of the time before one.

    Examples
    --------
    >>> stages = (Stage(2025, "murni", "APBD Murni"), Stage(2025, "perubahan", "Perubahan APBD"))
    >>> [said(words, stages) for words in ("Pagu Murni", "SETELAH PERUBAHAN", "P-APBD", "Sebelum Perubahan", "Jumlah")]
    ['murni', 'perubahan', 'perubahan', '', '']
    >>> said("Setelah Efisiensi", (*stages, Stage(2025, "pergeseran", "Pergeseran")))
    'pergeseran'
    """
    if re.search(r"(?i)sebelum|semula", heading):
        return ""
    words = re.sub(r"(?i)\bp\W?apbd\b|\bapbd\W?p\b", "perubahan", heading)
    found = mentioned(words, stages)
    if not found and _SAVED.search(words):
        found = [stage.kode for stage in stages if stage.kode == "pergeseran"]
    return found[0] if len(found) == 1 else ""


def neighbours(
    book: Book, config: Config, year: int, named: str, titles: Iterable[str], sheet: str = "", first: str = ""
) -> Neighbours:
    """The later stage from the user, the titles or the file name; the earlier one is the stage before it.

    Parameters
    ----------
    book : Book
    config : Config
        Stages of ``year``, in order.
    year : int
        Budget year.
    named : str
        Later stage given by the user, or ``""``.
    titles : iterable of str
        Lines above the table.
    sheet : str
        Name of the sheet, for the findings.
    first : str
        Earlier stage, where its heading names it.
    """
    code = one_stage(book, config, year, named, titles)
    if isinstance(code, Finding):
        return Neighbours((), [code])
    order = [stage.kode for stage in config.stages(year)]
    if order.index(code) == 0:
        rule = f"kolom SESUDAH dibaca sebagai tahap {code}, sedangkan sebelum {code} tidak ada tahap lain"
        remedy = "beri --tahap dengan tahap kolom SESUDAH"
        return Neighbours((), [Finding("galat", book.name, sheet, "", "", code, rule, remedy)])
    earlier = first or order[order.index(code) - 1]
    rule = f"kolom SEBELUM disimpan sebagai tahap {earlier} dan kolom SESUDAH sebagai tahap {code}"
    note = Finding("catatan", book.name, sheet, "", "", "", rule, "beri --tahap bila kolom SESUDAH tahap lain")
    return Neighbours((earlier, code), [note])


MOST_TIMES = 100
"""Times that two totals may be apart."""
FAR, LEAST_PAIRS = 10, 5
"""Times that a ratio shared by most lines must be at least, and pairs of lines that it takes to say so."""


def factor(file: str, sheet: str, totals: dict[str, int]) -> list[Finding]:
    """A warning per neighbouring pair of totals of which one is at least :data:`MOST_TIMES` times the other.

    Parameters
    ----------
    file, sheet : str
        Where the totals were added up.
    totals : dict of str to int
        Rupiah per column, by its heading, in order; nought is passed over.

    Examples
    --------
    >>> [finding.value for finding in factor("a.csv", "a", {"SEBELUM": 5_000_000, "SESUDAH": 4_900})]
    ['SEBELUM 5000000, SESUDAH 4900']
    >>> factor("a.csv", "a", {"SEBELUM": 5_000_000, "SESUDAH": 0})
    []
    """
    filled = [(title, abs(total)) for title, total in totals.items() if total]
    rule = "kedua jumlah berbeda lebih dari 100 kali, seperti bila satu kolom ditulis dalam ribuan"
    return [
        Finding("peringatan", file, sheet, "", second, f"{first} {one}, {second} {two}", rule,
                "periksa satuan kolomnya")
        for (first, one), (second, two) in pairwise(filled)
        if max(one, two) >= MOST_TIMES * min(one, two)
    ]  # fmt: skip


def common_ratio(new: pd.Series, old: pd.Series) -> float | None:
    """The ratio that most pairs of figures share and that is :data:`FAR` times or more, else ``None``.

    Parameters
    ----------
    new, old : pandas.Series
        Rupiah of the same lines; pairs with nought tell nothing.

    Examples
    --------
    >>> common_ratio(pd.Series([5000, 7000, 9000, 2000, 4]), pd.Series([5, 7, 9, 2, 4]))
    1000.0
    >>> common_ratio(pd.Series([50, 70, 90, 20, 4]), pd.Series([100, 140, 180, 40, 8])) is None
    True
    """
    is_filled = new.ne(0) & old.ne(0)
    ratios = new[is_filled].astype(float) / old[is_filled].astype(float)
    middle = float(ratios.median()) if len(ratios) >= LEAST_PAIRS else 1.0
    is_far = middle >= FAR or 0 < middle <= 1 / FAR
    return middle if is_far and (ratios / middle - 1).abs().le(0.01).mean() > 0.5 else None


_KEYS = ["kode_sub_kegiatan", "kode_rekening", "kode_sumber_dana"]


def exported_twice(grid: Grid, frame: pd.DataFrame) -> list[Finding]:
    """A warning per SKPD whose own lines are, one by one, the sums of those of its sub units.

    Parameters
    ----------
    grid : Grid
        Where the lines stand.
    frame : pandas.DataFrame
        Its lines, row by row: ``kode_opd``, ``kode_sub_unit``, the keys of a budget line, and ``pagu_rp``.
    """
    lines = frame.assign(is_own=frame["kode_sub_unit"].eq("") | frame["kode_sub_unit"].eq(frame["kode_opd"]))
    levels = lines.groupby("kode_opd")["is_own"].nunique()
    both = lines[lines["kode_opd"].isin(levels.index[levels.eq(2)])]
    findings = []
    for code, rows in both.groupby("kode_opd", sort=False):
        sums = rows.groupby([*_KEYS, "is_own"])["pagu_rp"].sum().unstack("is_own")
        if sums[True].eq(sums[False]).fillna(False).all():
            line = int(rows.index[rows["is_own"]][0])
            rule = f"semua baris {code} sendiri sama dengan jumlah baris sub unitnya, sehingga terhitung dua kali"
            remedy = "unduh per sub unit saja, atau hapus baris SKPD-nya"
            written = grid.texts("kode_sub_unit")[line]
            findings.append(grid.said("peringatan", line, "kode_sub_unit", written, rule, remedy))
    return findings
