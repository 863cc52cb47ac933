"""The cascade: which indicator supports which, what hangs in the air, what several offices carry together."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

TOP = ("tujuan", "iku_kota")
"""Levels that need no parent."""


@dataclass(frozen=True)
class Cascade:
    """The links of a year, and what stands apart from them.

    ``links``: ``kode_indikator``, ``tingkat``, ``kode_opd``, ``kode_induk``, ``tingkat_induk``. ``orphans`` are
    indicators below the IKU kota that support nothing, ``unsupported`` indicators of the region (IKU kota) that
    nothing supports, ``unknown`` links to a parent that is not in the list. ``shared``: parents that indicators of two
    or more OPD support (``n_opd``, ``n_penunjang``); ``many``: indicators with two or more parents (``n_induk``).
    """

    links: pd.DataFrame
    orphans: pd.DataFrame
    unsupported: pd.DataFrame
    unknown: pd.DataFrame
    shared: pd.DataFrame
    many: pd.DataFrame


def cascade(links: pd.DataFrame, indicators: pd.DataFrame) -> Cascade:
    """The cascade of the indicators in force.

    Parameters
    ----------
    links : DataFrame
        Table ``kaskade``.
    indicators : DataFrame
        The indicators in force (rows of ``indikator``, or a scorecard).

    Examples
    --------
    >>> indicators = pd.DataFrame({"kode_indikator": ["K1", "K2", "a", "b", "c"], "kode_opd": ["P", "P", "X", "Y", "Y"],
    ...     "tingkat": ["iku_kota", "iku_kota", "iku_opd", "iku_opd", "iku_opd"], "nama_indikator": list("KLabc")})
    >>> links = pd.DataFrame({"kode_indikator": ["a", "b"], "kode_induk": ["K1", "K1"], "jenis_induk": "indikator"})
    >>> found = cascade(links, indicators)
    >>> found.orphans["kode_indikator"].tolist(), found.unsupported["kode_indikator"].tolist()
    (['c'], ['K2'])
    >>> found.shared[["kode_indikator", "n_opd"]].to_numpy().tolist()
    [['K1', 2]]
    """
    about = indicators[["kode_indikator", "tingkat", "kode_opd"]]
    known = links[["kode_indikator", "kode_induk", "jenis_induk"]].merge(about, on="kode_indikator")
    levels = indicators.set_index("kode_indikator")["tingkat"]
    known = known.assign(tingkat_induk=known["kode_induk"].map(levels))
    is_unknown = known["jenis_induk"].eq("indikator") & known["tingkat_induk"].isna()
    parents = known.groupby("kode_induk").agg(n_opd=("kode_opd", "nunique"), n_penunjang=("kode_indikator", "nunique"))
    number = known.groupby("kode_indikator")["kode_induk"].nunique()
    is_top, code = indicators["tingkat"].isin(TOP), indicators["kode_indikator"]
    return Cascade(
        links=known[~is_unknown],
        orphans=indicators[~is_top & ~code.isin(known["kode_indikator"])],
        unsupported=indicators[indicators["tingkat"].eq("iku_kota") & ~code.isin(known["kode_induk"])],
        unknown=known[is_unknown],
        shared=_with(indicators, parents[parents["n_opd"].gt(1)]),
        many=_with(indicators, number[number.gt(1)].to_frame("n_induk")),
    )


def _with(indicators: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    return indicators.merge(counts, left_on="kode_indikator", right_index=True).reset_index(drop=True)
