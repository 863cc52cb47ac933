"""Parent and total rows in a list of lines: what they say the lines add up to.

Whether a figure under the label of a month is that month's, or cumulative since January.

Keys of a list of lines that can be read but are hardly right: short codes, offices with two codes, lost numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

import pandas as pd

from pkanalysis import codes
from pkanalysis.intake.amounts import TOTAL
from pkanalysis.intake.dates import MONTHS
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.grid import Grid

_CODED = re.compile(r"X?\d[\d.,]{4,}")
_AMOUNT = re.compile(r"\d{5,}")
"""A code or an amount, which a year is not; and an amount that stands among codes."""
LEVELS = ("kode_opd", "kode_sub_unit", "kode_program", "kode_kegiatan", "kode_sub_kegiatan")


def totals(above: Grid, lines: pd.DataFrame, measures: Sequence[str] = ("pagu_rp",)) -> list[Finding]:
    """A warning per amount of a parent or total row that is not the sum of the lines that it stands for.

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
    findings = _empty(above, measures)
    for measure in measures:
        printed, wrong = above.amounts(measure)
        findings += [replace(item, severity="peringatan") for item in wrong]
        for line in printed[printed.fillna(0) != 0].index:
            is_in = _under(lines, {name: column[line] for name, column in own.items()}, accounts[line])
            added = int(lines.loc[is_in, measure].sum())
            block = added if not is_in.all() else int(lines.loc[_since(above, line, lines), measure].sum())
            if int(printed[line]) not in (added, block):
                rule = f"jumlah ini tidak sama dengan jumlah barisnya, {added}; yang dipakai adalah barisnya"
                remedy = "periksa baris yang kurang, ganda atau berubah"
                findings.append(above.said("peringatan", line, measure, str(printed[line]), rule, remedy))
    return findings


def _since(above: Grid, line: int, lines: pd.DataFrame) -> pd.Series:
    """Whether each line stands between the parent or total row before and this one, as the lines of one office do."""
    before = above.rows[line - 1] if line else 0
    return lines["baris"].between(before, above.rows[line], inclusive="neither")


def _empty(above: Grid, measures: Sequence[str]) -> list[Finding]:
    """A warning per row without an amount that calls itself a total, or has codes as most rows with an amount have."""
    has_amount = list(map(any, zip(*(above.texts(measure) for measure in measures), strict=True)))
    words = list(zip(*(above.texts(name) for name in above.cells if name not in measures), strict=True))
    is_coded = [any(map(_CODED.fullmatch, labels)) for labels in words]
    coded = [has for has, is_code in zip(has_amount, is_coded, strict=True) if is_code]
    accounts = zip(above.texts("kode_rekening"), above.texts("nama_rekening"), strict=True)
    is_moved = [any(map(_AMOUNT.fullmatch, account)) for account in accounts]
    rule, remedy = "baris jumlah ini tidak punya angka di kolomnya", "periksa apakah barisnya bergeser"
    return [
        above.said("peringatan", line, measures[0], "", rule, remedy)
        for line, labels in enumerate(words)
        if not has_amount[line]
        and (is_moved[line] or any(map(TOTAL.match, labels)) or (is_coded[line] and 2 * sum(coded) > len(coded)))
    ]


def _under(lines: pd.DataFrame, own: dict[str, str], account: str) -> pd.Series:
    """Whether each line stands under every code of a row; all lines do when it has none."""
    is_in = pd.Series(True, index=lines.index)
    for name, code in own.items():
        if name in lines and re.search(r"\d", code):
            is_in &= lines[name].eq(code)
    if codes.key(account):
        is_in &= lines["kode_rekening"].str.startswith(f"{codes.canonical(account)}.")
    return is_in


Basis = Literal["bulanan", "kumulatif"]
RUN, LEAST_COMPARED = 3, 60
"""Months in a row, and figures of lines in them, that may not fall by chance: spending of few lines often rises."""
_MONTHLY = ["kode_opd", "tahun", "bulan"]
_LINE = ["kode_sub_kegiatan", "kode_rekening"]


def basis(figure: int, monthly: Mapping[int, int], month: int) -> Basis | None:
    """What ``figure`` is, by months known from elsewhere; ``None`` when they do not tell.

    A month that is not known itself does not tell: a figure like the sum of those before it may be chance.

    Parameters
    ----------
    figure : int
        Rupiah under the label of ``month``.
    monthly : mapping of int to int
        Rupiah per month 1-12.
    month : int
        The month, 1-12.

    Examples
    --------
    >>> known = {1: 0, 2: 220, 3: 126}
    >>> basis(126, known, 3), basis(346, known, 3), basis(200, known, 3)
    ('bulanan', 'kumulatif', None)
    >>> basis(100, {1: 100}, 2) is None
    True
    """
    if month not in monthly:
        return None
    if figure == monthly[month]:
        return "bulanan"
    return "kumulatif" if figure == sum(monthly.get(number, 0) for number in range(1, month + 1)) else None


def mislabelled(new: pd.DataFrame, known: pd.DataFrame, file: str, cumulative: Iterable[str] = ()) -> list[Finding]:
    """A warning per OPD and month whose figure is the other kind, by the months known from other files.

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
    months: dict[tuple[str, int], dict[int, int]] = {}
    for office, year, month, figure in (
        known.groupby(_MONTHLY)["realisasi_rp"].sum().reset_index().itertuples(index=False)
    ):
        months.setdefault((office, year), {})[int(month)] = int(figure)
    added = new.groupby(_MONTHLY)["realisasi_rp"].sum().reset_index()
    findings = []
    for office, year, month, figure in added.itertuples(index=False):
        is_sure = "." in office and (office, year) in months  # a code of SIPD, not one made of a name
        same = [key for key in months if key == (office, year) or (key[1] == year and not is_sure)]
        rules = [_rule(key[0], months[key], int(month), int(figure), office in set(cumulative)) for key in same]
        findings += [_finding(file, office, year, figure, rule) for rule in rules if rule][:1]
    return findings


def _rule(other: str, monthly: dict[int, int], month: int, figure: int, is_cumulative: bool) -> str:
    """What is wrong with the label of a figure, by the months of ``other``; empty when nothing is."""
    found, name, until = basis(figure, monthly, month), _name(month), f"menurut berkas lain ({other})"
    if not any(amount for number, amount in monthly.items() if number < month):
        return ""
    if found == "kumulatif" and not is_cumulative:
        return f"berlabel {name}, tetapi sama dengan jumlah Januari–{name} {until}; bulan itu saja {monthly[month]}"
    if found == "bulanan" and is_cumulative:
        return f"berlabel kumulatif s.d. {name}, tetapi sama dengan bulan itu saja {until}"
    return ""


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
        _finding(file, office, year, "", f"dari {_name(start)} sampai {_name(last + 1)} tidak satu rekening pun turun, "
                 "seperti angka kumulatif yang dicatat sebagai bulanan")
        for office, year, start, last in told[[*_MONTHLY[:2], "start", "last"]].itertuples(index=False)
    ]  # fmt: skip


def _name(month: int) -> str:
    return MONTHS[int(month) - 1].capitalize()


def _finding(file: str, office: str, year: int, figure: object, rule: str) -> Finding:
    remedy = "pakai laporan bulan itu saja, atau perbaiki periodenya"
    return Finding("peringatan", file, "", "", f"{office} {year}", str(figure), rule, remedy)


_REMEDY = "perbaiki kode di berkas asal"


def doubtful(grid: Grid, accounts: Sequence[str], activities: Sequence[str]) -> list[Finding]:
    """Warnings about the keys of the lines of a sheet, each at the first line that has it.

    Parameters
    ----------
    grid : Grid
        The lines, with ``kode_opd`` and ``nama_opd``.
    accounts, activities : sequence of str
        Account and sub kegiatan of each line in their one form.
    """
    short = {code for code in set(accounts) if 0 < len(codes.key(code)) < len(codes.ACCOUNT_WIDTHS)}
    broken = {code for code in set(activities) if code and not _is_activity(code)}
    return [
        *(_first(grid, "kode_rekening", accounts, short, "lebih pendek dari kode rekening di baris lain")
          if len(short) < len(set(accounts)) else []),
        *_first(grid, "kode_sub_kegiatan", activities, broken, "bukan kode sub kegiatan yang utuh"),
        *_renamed(grid),
    ]  # fmt: skip


def _is_activity(code: str) -> bool:
    return len(codes.key(codes.resolve(code, "0.00"))) == len(codes.ACTIVITY_WIDTHS)


def _first(grid: Grid, name: str, written: Sequence[str], wrong: set[str], rule: str) -> list[Finding]:
    """A warning at the first line with one of the ``wrong`` codes, which says how many there are."""
    lines = [line for line, code in enumerate(written) if code in wrong] if wrong else []
    count = f" ({len(lines)} baris)" if len(lines) > 1 else ""
    return [grid.said("peringatan", line, name, written[line], f"{rule}{count}", _REMEDY) for line in lines[:1]]


def _renamed(grid: Grid) -> list[Finding]:
    """A warning per SKPD that stands under two codes in the sheet, at the first line of the rarer one."""
    offices = Counter(zip(grid.texts("nama_opd"), grid.texts("kode_opd"), strict=True))
    common: dict[str, str] = {}
    findings = []
    for (name, code), _ in offices.most_common():
        if code and name and common.setdefault(name, code) != code:
            line = grid.texts("kode_opd").index(code)
            rule = f"{name} juga ditulis dengan kode {common[name]}; keduanya dibaca sebagai OPD yang berbeda"
            findings.append(grid.said("peringatan", line, "kode_opd", code, rule, _REMEDY))
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
    rule = f"nomor melompat dari {last} ke {own}; {missing} nomor tidak ada di seluruh lembar"
    remedy = "bila daftar ini tidak sengaja disaring, cari barisnya di berkas asal"
    few = missing <= max(3, len(numbers) // 20)
    return [grid.said("peringatan" if few else "catatan", cells[jumps[0]][0], "nomor", str(own), rule, remedy)]
