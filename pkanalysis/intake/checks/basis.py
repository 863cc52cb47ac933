"""Whether a figure under the label of a month is that month's, or cumulative since January."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import pandas as pd

from pkanalysis.intake.cells.dates import MONTHS
from pkanalysis.intake.findings import Finding

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
