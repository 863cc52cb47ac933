"""What is wrong with tables and files that were read; a check gives findings and never mends a value.

Rows by the data dictionary; formulas that were never computed; figures that cannot both be right; and whether a
figure under the label of a month is that month's, or cumulative since January.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from html import unescape
from itertools import pairwise
from pathlib import Path

import pandas as pd

from pkanalysis.intake.findings import Finding, finding
from pkanalysis.tables import TABLES
from pkanalysis.vocabulary import MONTHS


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
    broken: list[tuple[str, pd.DataFrame, str, str, dict[str, str]]] = []
    for column in (column for column in TABLES[name].columns if column.name in frame):
        values = frame[column.name]
        is_empty = values.isna() | values.eq("").fillna(False)
        if column.required and is_empty.any():
            broken.append(("WAJIB_DIISI", frame[is_empty], column.name, "", {"arti": column.meaning}))
        strange = frame[~is_empty & ~values.isin(column.allowed)] if column.allowed else frame[:0]
        for value, rows in strange.groupby(column.name, sort=False):
            broken.append(("BUKAN_PILIHAN", rows, column.name, str(value), {"pilihan": ", ".join(column.allowed)}))
    found = []
    for code, rows, title, value, named in broken:  # told at the first of the rows, with how many there are
        sheet, line = rows[["lembar", "baris"]].iloc[0]
        where = ("" if pd.isna(sheet) else str(sheet), "" if pd.isna(line) else f"baris {line}", title, value)
        found.append(finding(code, file, *where, banyaknya=f" ({len(rows)} baris)" if len(rows) > 1 else "", **named))

    key = TABLES[name].key
    if not key or frame.empty:
        return found
    repeated = frame.assign(pertama=frame.groupby(key, dropna=False)["baris"].transform("first"))[frame.duplicated(key)]
    for row in repeated.to_dict("records"):
        where = (str(row["lembar"]), f"baris {row['baris']}", ", ".join(key), ", ".join(str(row[each]) for each in key))
        found.append(finding("KUNCI_BERULANG", file, *where, pertama=row["pertama"]))
    return found


CHUNK = 2**20
"""Bytes of a sheet that are looked through at a time."""
_FORMULA = re.compile(rb"<c r=\"([A-Z]+\d+)\"((?:\s[^>]*)?)><f[^>]*(?:/>|>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>")
_SHEET = re.compile(r'<sheet\b[^>]*\bname="([^"]*)"[^>]*\br:id="([^"]*)"')
_RELATION = re.compile(r"<Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(r'\b(Id|Target)="([^"]*)"')
_BOOK = ("workbook.xml", "_rels/workbook.xml.rels")


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
        written = [package.read(f"xl/{part}").decode("utf-8", "replace") for part in _BOOK]
        relations = [dict(_ATTRIBUTE.findall(words)) for words in _RELATION.findall(written[1])]
        targets = {each.get("Id", ""): each.get("Target", "") for each in relations}
        found = []
        for name, key in _SHEET.findall(written[0]):
            target = targets.get(key, "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if part in names and (cell := _first(package, part)):
                found.append((unescape(name), cell))
        return found


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
    return [
        finding("SATUAN_BERBEDA", file, sheet, "", second, f"{first} {one}, {second} {two}")
        for (first, one), (second, two) in pairwise(filled)
        if max(one, two) >= MOST_TIMES * min(one, two)
    ]


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


RUN, LEAST_COMPARED = 3, 60
"""Months in a row, and figures of lines in them, that may not fall by chance: spending of few lines often rises."""
_MONTHLY = ["kode_opd", "tahun", "bulan"]
_LINE = ["kode_sub_kegiatan", "kode_rekening"]


def mislabelled(new: pd.DataFrame, known: pd.DataFrame, file: str, cumulative: Iterable[str] = ()) -> list[Finding]:
    """A warning per OPD and month whose figure is the other kind, by the months known from other files.

    A month that is not known itself does not tell: a figure like the sum of those before it may be chance. Nor do
    months of which the earlier ones are nought: then the sum is the month.

    An OPD that is not known, or only by its name, may be known under another spelling: figures that agree to the
    rupiah tell.

    Parameters
    ----------
    new, known : pandas.DataFrame
        Rows of ``realisasi_anggaran``: of the file at hand, and those there already from other files.
    file : str
        Name of the file at hand.
    cumulative : iterable of str
        ``kode_opd`` whose rows the file calls cumulative; the others are of a month each.
    """
    office = ["kode_opd", "tahun"]
    months = known.groupby(_MONTHLY)["realisasi_rp"].sum().reset_index(name="sebulan")
    months["sampai"] = months.groupby(office)["sebulan"].cumsum()
    months["terisi"] = months["sebulan"].ne(0).astype(int)
    months["sebelumnya"] = months.groupby(office)["terisi"].cumsum() - months["terisi"]
    sure = {
        code for code in zip(months["kode_opd"], months["tahun"], strict=True) if "." in code[0]
    }  # not made of a name
    added = new.groupby(_MONTHLY)["realisasi_rp"].sum().reset_index()
    added["is_sure"] = [code in sure for code in zip(added["kode_opd"], added["tahun"], strict=True)]
    pairs = added.merge(months, on=["tahun", "bulan"], suffixes=("", "_lain"))
    pairs = pairs[pairs["sebelumnya"].gt(0) & (~pairs["is_sure"] | pairs["kode_opd"].eq(pairs["kode_opd_lain"]))]
    is_month, is_sum = (pairs[name].eq(pairs["realisasi_rp"]) for name in ("sebulan", "sampai"))
    is_cumulative = pairs["kode_opd"].isin(list(cumulative))
    told = pairs.assign(is_cumulative=is_cumulative)[is_month & is_cumulative | ~is_month & is_sum & ~is_cumulative]
    findings = []
    for row in told.drop_duplicates(_MONTHLY).to_dict("records"):
        where = (file, "", "", f"{row['kode_opd']} {row['tahun']}", str(row["realisasi_rp"]))
        values = {"bulan": MONTHS[row["bulan"] - 1], "opd": row["kode_opd_lain"]}
        if row["is_cumulative"]:
            findings.append(finding("KUMULATIF_SEPERTI_BULAN", *where, **values))
        else:
            findings.append(finding("BULAN_SEPERTI_KUMULATIF", *where, **values, angka=row["sebulan"]))
    return findings


def rising(spent: pd.DataFrame, offices: Iterable[str], file: str) -> list[Finding]:
    """A warning per OPD with :data:`RUN` months in a row in which no line ever falls, as cumulative figures do.

    Parameters
    ----------
    spent : pandas.DataFrame
        Rows of ``realisasi_anggaran``, of any files.
    offices : iterable of str
        ``kode_opd`` to look at.
    file : str
        Name of the file that completed them.
    """
    own = spent[spent["kode_opd"].isin(list(offices))]
    lines = own.groupby([*_MONTHLY, *_LINE], dropna=False)["realisasi_rp"].sum().reset_index()
    later = lines.assign(bulan=lines["bulan"] - 1).rename(columns={"realisasi_rp": "sesudah"})
    pairs = lines.merge(later, how="left").assign(is_kept=lambda both: both["sesudah"].ge(both["realisasi_rp"]))
    steps = pairs.groupby(_MONTHLY).agg(kept=("is_kept", "all"), lines=("is_kept", "size"), was=("realisasi_rp", "sum"),
                                        grown=("sesudah", "sum")).reset_index()  # fmt: skip
    steps = steps[steps["kept"].fillna(False) & steps["grown"].gt(steps["was"])]
    counted = steps.assign(start=steps["bulan"] - steps.groupby(_MONTHLY[:2]).cumcount())
    runs = counted.groupby([*_MONTHLY[:2], "start"]).agg(last=("bulan", "max"), lines=("lines", "sum")).reset_index()
    told = runs[runs["last"].sub(runs["start"]).ge(RUN - 2) & runs["lines"].ge(LEAST_COMPARED)]
    return [
        finding("BULAN_TIDAK_PERNAH_TURUN", file, column=f"{office} {year}", dari=MONTHS[int(start) - 1],
                sampai=MONTHS[int(last)])
        for office, year, start, last in told[[*_MONTHLY[:2], "start", "last"]].itertuples(index=False)
    ]  # fmt: skip
