"""Budget changes between stages, at any level."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from pkanalysis.analysis import given
from pkanalysis.analysis.budget.accounts import classify, is_targeted
from pkanalysis.analysis.budget.comparability import comparable
from pkanalysis.analysis.budget.keys import keyed

AMOUNTS = ["pagu_sebelum_rp", "pagu_sesudah_rp", "selisih_rp", "pengurangan_rp", "penambahan_rp"]
LINE = ["kode_opd", "kode_sub_unit", "kode_sub_kegiatan", "kode_rekening", "sumber_dana"]
"""The finest level of comparison: one budget line."""
SOURCE = ["kode_sumber_dana", "nama_sumber_dana"]


def compare(before: pd.DataFrame, after: pd.DataFrame, by: str | Sequence[str]) -> pd.DataFrame:
    """Two stages side by side at the level ``by``, with what decreased, increased, came and went.

    Parameters
    ----------
    before, after : DataFrame
        Rows of ``anggaran`` of one stage each (``pagu_rp`` in whole rupiah and the columns ``by``).
    by : str or sequence of str
        The level, for example ``["kode_opd", "kode_rekening"]``. Gross figures belong to this level:
        the finer, the larger.

    Returns
    -------
    DataFrame
        Columns ``by`` and ``pagu_sebelum_rp``, ``pagu_sesudah_rp``, ``selisih_rp`` (after - before),
        ``pengurangan_rp`` = max(0, -selisih), ``penambahan_rp`` = max(0, selisih), ``persen`` =
        100 * selisih / sebelum (missing where sebelum = 0), ``status`` (tetap, berubah, baru,
        dihapus). Net = penambahan - pengurangan = selisih, at every level. Codes of accounts and sub kegiatan
        are compared, and come back, in one form; in ``.attrs["catatan"]`` stand the reasons, if any, not to
        compare these stages by account (:func:`pkanalysis.analysis.budget.comparability.comparable`).

    Raises
    ------
    ValueError
        A column is missing, a key is text in one stage and a figure in the other, or ``pagu_rp`` is empty, no
        number or no whole rupiah.

    Examples
    --------
    >>> murni = pd.DataFrame({"pos": ["a", "b"], "pagu_rp": [100, 40]})
    >>> geser = pd.DataFrame({"pos": ["a", "c"], "pagu_rp": [60, 25]})
    >>> compare(murni, geser, ["pos"])[["pos", "selisih_rp", "persen", "status"]].values.tolist()
    [['a', -40, -40.0, 'berubah'], ['b', -40, -100.0, 'dihapus'], ['c', 25, nan, 'baru']]
    """
    keys = given.level(by)
    sides = {"pagu_sebelum_rp": keyed(before, keys), "pagu_sesudah_rp": keyed(after, keys)}
    given.alike(sides.values(), keys)
    sums = [_total(frame, keys).astype("Int64").rename(name) for name, frame in sides.items()]
    joined = pd.concat(sums, axis=1).fillna(0).astype("int64").sort_index().reset_index()
    joined.columns = pd.Index([*keys, *sides])
    if "kode_rekening" in keys:
        joined.attrs["catatan"] = [found.sentence for found in comparable(before, after)]
    first, last = joined["pagu_sebelum_rp"], joined["pagu_sesudah_rp"]
    change = last - first
    return joined.assign(
        selisih_rp=change,
        pengurangan_rp=(-change).clip(lower=0),
        penambahan_rp=change.clip(lower=0),
        persen=(100 * change / first.astype("float64").where(first != 0)),
        status=np.select(
            [first.eq(last), first.eq(0), last.eq(0)], ["tetap", "baru", "dihapus"], default="berubah"
        ),
    )  # fmt: skip


def steps(lines: pd.DataFrame, stages: Sequence[str]) -> pd.DataFrame:
    """Compare each stage with the one before it, line by line (level :data:`LINE`).

    An OPD without a single row in one of the two stages has not delivered that stage; it is left
    out of that comparison, since a budget that is not known has not been cut to nothing.

    Parameters
    ----------
    lines : DataFrame
        Rows of ``anggaran`` of one year.
    stages : sequence of str
        Stage codes in order.

    Returns
    -------
    DataFrame
        ``tahap_sebelum``, ``tahap_sesudah`` and the columns of :func:`compare`. ``sumber_dana`` is
        the code of the funding source, or its name where the file gives no code; keys that ``lines`` does not
        have are "".

    Examples
    --------
    >>> from pkanalysis.tables import conform
    >>> rows = {"tahun": 2025, "tahap": ["murni", "geser"], "kode_opd": "A", "pagu_rp": [100, 70]}
    >>> found = steps(conform("anggaran", pd.DataFrame(rows)), ["murni", "geser"])
    >>> found[["tahap_sesudah", "selisih_rp"]].values.tolist()
    [['geser', -30]]
    """
    given.require(lines, ["tahap", "kode_opd", "pagu_rp"])
    full = lines.assign(**{name: "" for name in (*LINE[:-1], *SOURCE) if name not in lines})
    sourced = full.assign(sumber_dana=full[SOURCE[0]].replace("", None).fillna(full[SOURCE[1]]))
    pairs = [
        compare(*in_both(sourced, before, after), LINE).assign(tahap_sebelum=before, tahap_sesudah=after)
        for before, after in pairwise(stages)
    ]
    nothing = compare(sourced.iloc[:0], sourced.iloc[:0], LINE).assign(tahap_sebelum="", tahap_sesudah="")
    return pd.concat(pairs, ignore_index=True) if pairs else nothing


def in_both(lines: pd.DataFrame, before: str, after: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The lines of two stages, of the OPD that have rows in both.

    Examples
    --------
    >>> rows = pd.DataFrame({"kode_opd": ["A", "A", "B"], "tahap": ["murni", "geser", "murni"]})
    >>> [frame["kode_opd"].tolist() for frame in in_both(rows, "murni", "geser")]
    [['A'], ['A']]
    """
    first, last = lines[lines["tahap"].eq(before)], lines[lines["tahap"].eq(after)]
    known = set(first["kode_opd"]) & set(last["kode_opd"])
    return first[first["kode_opd"].isin(known)], last[last["kode_opd"].isin(known)]


def absent(lines: pd.DataFrame, stages: Sequence[str]) -> pd.Series:
    """How many OPD have rows in some stage but none in this one, by stage code.

    Examples
    --------
    >>> rows = pd.DataFrame({"kode_opd": ["A", "A", "B"], "tahap": ["murni", "geser", "murni"]})
    >>> absent(rows, ["murni", "geser"]).to_dict()
    {'murni': 0, 'geser': 1}
    """
    present = (
        lines[lines["tahap"].isin(stages)].groupby("tahap")["kode_opd"].nunique().reindex(list(stages), fill_value=0)
    )
    return lines.loc[lines["tahap"].isin(stages), "kode_opd"].nunique() - present


def total(changes: pd.DataFrame, by: str | Sequence[str]) -> pd.DataFrame:
    """Sum change rows by ``by``; gross figures stay those of the finer level.

    Parameters
    ----------
    changes : DataFrame
        Result of :func:`compare` or :func:`steps`, with the columns ``by``.
    by : str or sequence of str

    Returns
    -------
    DataFrame
        ``by``, the five amounts (Rp) and ``persen``; with several keys the largest decrease first.

    Examples
    --------
    >>> rows = pd.DataFrame({"opd": ["A", "A"], "pagu_sebelum_rp": [10, 30], "pagu_sesudah_rp": [5, 35],
    ...                      "selisih_rp": [-5, 5], "pengurangan_rp": [5, 0], "penambahan_rp": [0, 5]})
    >>> total(rows, ["opd"])[["pengurangan_rp", "penambahan_rp", "selisih_rp", "persen"]].values.tolist()
    [[5.0, 5.0, 0.0, 0.0]]
    """
    keys = given.level(by)
    given.require(changes, [*keys, *AMOUNTS])
    sums = changes.groupby(keys, sort=False, dropna=False)[AMOUNTS].sum().reset_index()
    base = sums["pagu_sebelum_rp"].astype("float64")
    sums["persen"] = 100 * sums["selisih_rp"] / base.where(base != 0)
    return sums if len(keys) == 1 else sums.sort_values("pengurangan_rp", ascending=False, kind="stable")


def targeted_decrease(step: pd.DataFrame) -> pd.Series:
    """Gross decrease of a step by category, on accounts that the Inpres asks to limit, largest first.

    Whole rupiah at line level.

    Examples
    --------
    >>> rows = {"kode_rekening": ["5.1.02.04.01.0001", "5.1.01.01.01.0001"], "pengurangan_rp": [30, 9]}
    >>> targeted_decrease(pd.DataFrame(rows)).to_dict()
    {'perjalanan_dinas': 30}
    """
    own = step[is_targeted(step["kode_rekening"])]
    sums = own["pengurangan_rp"].groupby(classify(own["kode_rekening"])["kategori"]).sum()
    return sums.sort_values(ascending=False, kind="stable")


def _total(frame: pd.DataFrame, keys: list[str]) -> pd.Series:
    return given.rupiah(frame["pagu_rp"]).groupby([frame[key] for key in keys]).sum()
