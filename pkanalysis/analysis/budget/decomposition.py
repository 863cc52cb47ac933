"""Exact decomposition of a budget change: general, mix of spending, own to the unit (shift-share)."""

from __future__ import annotations

from collections.abc import Hashable

import pandas as pd

from pkanalysis.analysis.budget.changes import compare
from pkanalysis.analysis.budget.keys import keyed


def decompose(before: pd.DataFrame, after: pd.DataFrame, unit: str, category: str) -> pd.DataFrame:
    r"""Split the change of every unit into three parts that add up to it.

    With :math:`B_0, B_1` the ceilings of a unit, :math:`k` a category, :math:`G` the rate of change
    of the whole and :math:`G_k` that of the category over all units:

    .. math::
        B_1 - B_0 = B_0 G + \sum_k B_{0k} (G_k - G) + \sum_k (B_{1k} - B_{0k} (1 + G_k))

    A category without a base has no rate: what it brings stands in ``khusus``, and ``catatan`` names
    it. A unit without a row in one stage counts as nothing there, and ``catatan`` says so. The parts
    describe, they do not explain: ``khusus`` is no verdict on the unit. With the end as base instead,
    exchange ``before`` and ``after`` and turn the signs.

    Parameters
    ----------
    before, after : DataFrame
        Rows of one stage each: ``unit``, ``category``, ``pagu_rp`` (whole rupiah).
    unit, category : str
        Columns, for example ``kode_opd`` and ``kategori``.

    Returns
    -------
    DataFrame
        One row per unit: ``unit``, ``umum``, ``susunan``, ``khusus`` (rupiah, float), ``selisih_rp``
        (whole rupiah, their sum) and ``catatan``. The rates :math:`G` and :math:`G_k` stand in
        ``.attrs["laju_umum"]`` and ``.attrs["laju_kategori"]`` (ratios; NaN where undefined).

    References
    ----------
    Dunn (1960), Esteban-Marquillas (1972): shift-share identity.

    Examples
    --------
    >>> before = pd.DataFrame({"opd": ["A", "A", "B"], "pos": ["x", "y", "x"], "pagu_rp": [60, 40, 100]})
    >>> after = before.assign(pagu_rp=[60, 20, 80])
    >>> decompose(before, after, "opd", "pos").round(1).drop(columns="catatan").values.tolist()
    [['A', -20.0, -7.5, 7.5, -20], ['B', -20.0, 7.5, -7.5, -20]]
    """
    before, after = (keyed(stage, [unit, category]) for stage in (before, after))
    cells = compare(before, after, [unit, category])
    base, change = (cells[name].astype("float64") for name in ("pagu_sebelum_rp", "selisih_rp"))
    by_category = compare(before, after, [category]).set_index(category)
    rates = by_category["selisih_rp"] / by_category["pagu_sebelum_rp"].astype("float64").replace(0, float("nan"))
    general = change.sum() / base.sum() if base.sum() else float("nan")
    used = 0.0 if pd.isna(general) else general
    rate = cells[category].map(rates).fillna(used)
    parts = pd.DataFrame({
        unit: cells[unit],
        "umum": base * used,
        "susunan": base * (rate - used),
        "khusus": change - base * rate,
        "selisih_rp": cells["selisih_rp"],
    })  # fmt: skip
    found = parts.groupby(unit, sort=False).sum().reset_index()
    new = _without_base(cells, unit, category, rates)
    first, last = (set(stage[unit].unique()) for stage in (before, after))
    found["catatan"] = [_note(key in first, key in last, new.get(key, "")) for key in found[unit]]
    found.attrs = {"laju_umum": float(general), "laju_kategori": {str(key): float(rates[key]) for key in rates.index}}
    return found


def _without_base(cells: pd.DataFrame, unit: str, category: str, rates: pd.Series) -> dict[Hashable, str]:
    is_new = cells[category].map(rates).isna() & cells["selisih_rp"].ne(0)
    return {key: ", ".join(map(str, own)) for key, own in cells[is_new].groupby(unit)[category]}


def _note(is_before: bool, is_after: bool, new: str) -> str:
    said = [
        "" if is_before else "tidak ada pada tahap sebelum",
        "" if is_after else "tidak ada pada tahap sesudah",
        f"tanpa pagu sebelum, seluruhnya khusus: {new}" if new else "",
    ]
    return "; ".join(filter(None, said))
