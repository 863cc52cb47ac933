"""Patterns in single lines: capital cut as efisiensi, service standards touched, the same rupiah under another code."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from pkanalysis.analysis import given
from pkanalysis.analysis.budget.changes import LINE
from pkanalysis.analysis.budget.patterns import Pattern, is_under
from pkanalysis.analysis.budget.transfers import reasons


def capital_cut(
    step: pd.DataFrame,
    causes: pd.DataFrame | None = None,
    booked_as: Collection[str] = ("inpres_1_2025",),
    min_rp: int = 1,
) -> Pattern:
    """Capital spending (5.2) that was cut for the reason ``booked_as``: the Inpres does not ask for that.

    Parameters
    ----------
    step, causes : DataFrame
        As for :func:`pkanalysis.analysis.budget.transfers.reasons`.
    booked_as : collection of str
        Reasons that count; add "" to see cuts that nobody explained.
    min_rp : int
        Smallest cut of a line in rupiah.

    Examples
    --------
    >>> step = pd.DataFrame({"kode_opd": "A", "kode_rekening": "5.2.02.05.02.0001", "sumber_dana": "1.1.01",
    ...                      "selisih_rp": [-7], "pengurangan_rp": [7]})
    >>> len(capital_cut(step).lines), capital_cut(step, booked_as=[""]).rows.values.tolist()
    (0, [['A', 7]])
    """
    given.require(step, ["kode_opd", "kode_rekening", "pengurangan_rp"])
    is_capital = is_under(step["kode_rekening"], ["5.2"])
    return _cut(step, is_capital & reasons(step, causes).isin(booked_as), min_rp)


def service_cut(step: pd.DataFrame, services: Collection[str], min_rp: int = 1) -> Pattern:
    """Cuts that touch sub kegiatan of minimum service standards (SPM).

    Parameters
    ----------
    step : DataFrame
        One step of :func:`pkanalysis.analysis.budget.changes.steps`.
    services : collection of str
        Codes of SPM sub kegiatan, kegiatan or programmes, from the region's own list: none is shipped.
    min_rp : int
        Smallest cut of a line in rupiah.

    Examples
    --------
    >>> step = pd.DataFrame({"kode_opd": "A", "kode_sub_kegiatan": "1.02.02.2.02.0001", "pengurangan_rp": [7]})
    >>> service_cut(step, ["1.02.02.2.02.01"]).rows.values.tolist()
    [['A', 7]]
    """
    given.require(step, ["kode_opd", "kode_sub_kegiatan", "pengurangan_rp"])
    return _cut(step, is_under(step["kode_sub_kegiatan"], services), min_rp)


def relabelled(step: pd.DataFrame, min_rp: int = 1) -> Pattern:
    """Lines that vanished while exactly the same amount rose elsewhere in the same OPD.

    The other line has the same account or the same sub kegiatan: perhaps the same spending under
    another code, which is then neither cut nor addition. Equal amounts are a hint, no proof.

    Returns
    -------
    Pattern
        ``rows``: ``kode_opd`` and ``pengurangan_rp`` of the lines that vanished. ``lines``: one per candidate:
        ``kode_opd``, ``jumlah_rp``, and for ``kode_sub_kegiatan``, ``kode_rekening``, ``sumber_dana``,
        ``kode_sub_unit`` the earlier code and, with ``_lain``, that of the line that rose.

    Examples
    --------
    >>> step = pd.DataFrame({"kode_opd": "A", "kode_sub_unit": "", "sumber_dana": "", "kode_rekening": "p",
    ...     "kode_sub_kegiatan": ["1", "2"], "pengurangan_rp": [9, 0], "penambahan_rp": [0, 9],
    ...     "status": ["dihapus", "berubah"]})
    >>> relabelled(step).lines[["kode_sub_kegiatan", "kode_sub_kegiatan_lain", "jumlah_rp"]].values.tolist()
    [['1', '2', 9]]
    """
    given.require(step, [*LINE, "pengurangan_rp", "penambahan_rp", "status"])
    gone = step[step["status"].eq("dihapus") & step["pengurangan_rp"].ge(max(min_rp, 1))]
    risen = step[step["penambahan_rp"].gt(0)]
    left = gone[LINE].assign(jumlah_rp=gone["pengurangan_rp"])
    right = risen[LINE].assign(jumlah_rp=risen["penambahan_rp"])
    pairs = left.merge(right, on=["kode_opd", "jumlah_rp"], suffixes=("", "_lain"))
    has_common = pairs["kode_rekening"].eq(pairs["kode_rekening_lain"]) | pairs["kode_sub_kegiatan"].eq(
        pairs["kode_sub_kegiatan_lain"]
    )
    lines = pairs[has_common].reset_index(drop=True)
    moved = lines.drop_duplicates(LINE).groupby("kode_opd")["jumlah_rp"].sum()
    return Pattern(moved.rename("pengurangan_rp").reset_index(), lines)


def _cut(step: pd.DataFrame, is_counted: pd.Series, min_rp: int) -> Pattern:
    lines = step[is_counted & step["pengurangan_rp"].ge(max(min_rp, 1))].reset_index(drop=True)
    return Pattern(lines.groupby("kode_opd")["pengurangan_rp"].sum().reset_index(), lines)
