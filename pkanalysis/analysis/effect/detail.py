"""Panels in more detail than OPD and year: programmes, and quarters of two years."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.effect.scores import Frames, cards, scores

QUARTERS = ("TW1", "TW2", "TW3", "TW4")
PROGRAMME = ["kode_opd", "kode_program"]


def by_programme(
    panel: pd.DataFrame, links: pd.DataFrame, lines: pd.DataFrame, before: str, after: str, year: int
) -> pd.DataFrame:
    """Change of the achievement (original target) and cut of every programme that the cascade links indicators to.

    Parameters
    ----------
    panel : DataFrame
        Result of :func:`pkanalysis.analysis.effect.scores`.
    links : DataFrame
        Rows of ``kaskade``; only those to a ``program`` count.
    lines : DataFrame
        Rows of ``anggaran`` of the year of the cut.
    before, after : str
        Stage codes.
    year : int

    Returns
    -------
    DataFrame
        ``kode_opd``, ``kode_program``, ``perubahan`` (points), ``pengurangan`` (share 0-1, negative = gain).

    Examples
    --------
    >>> panel = pd.DataFrame({"kode_opd": "A", "kode_indikator": "i", "tahun": [2024, 2025], "capaian_murni": [90, 95]})
    >>> links = pd.DataFrame({"kode_indikator": ["i"], "kode_induk": ["1.01.02"], "jenis_induk": ["program"]})
    >>> lines = pd.DataFrame({"kode_opd": "A", "kode_program": "1.01.02", "tahap": ["m", "p"], "pagu_rp": [100, 80]})
    >>> by_programme(panel, links, lines, "m", "p", 2025).values.tolist()
    [['A', '1.01.02', 5.0, 0.2]]
    """
    is_after = panel["tahun"].ge(year)
    keys = ["kode_opd", "kode_indikator"]
    later, earlier = (panel[side].groupby(keys)["capaian_murni"].mean() for side in (is_after, ~is_after))
    change = (later - earlier).rename("perubahan").dropna().reset_index()
    own = links.loc[links["jenis_induk"].eq("program"), ["kode_indikator", "kode_induk"]].drop_duplicates()
    pairs = change.merge(own.rename(columns={"kode_induk": "kode_program"}), "inner", "kode_indikator")
    base, rest = (lines[lines["tahap"].eq(stage)].groupby(PROGRAMME)["pagu_rp"].sum() for stage in (before, after))
    gone = base - rest.reindex(base.index).fillna(0)
    cut = (gone / base.where(base > 0)).astype("float64").rename("pengurangan")
    changes = pairs.groupby(PROGRAMME, as_index=False)["perubahan"].mean()
    found: pd.DataFrame = changes.merge(cut.reset_index(), "left", PROGRAMME)
    return found


def by_quarter(
    tables: Frames, sizes: pd.DataFrame, kinds: dict[str, str], year: int, last: str, cap: float | None = None
) -> pd.DataFrame:
    """Scores to the end of each quarter up to ``last`` of ``year`` and the year before, with ``triwulan``."""
    told = QUARTERS if last == "tahunan" else QUARTERS[: QUARTERS.index(last) + 1]
    every = {name: cards(tables, year, name, cap) for name in told}
    parts = [
        scores(rows[rows["tahun"].ge(year - 1)], sizes, kinds, year).assign(triwulan=name)
        for name, rows in every.items()
    ]
    return pd.concat(parts, ignore_index=True)


def spent_by_quarter(spending: pd.DataFrame, ceilings: pd.DataFrame, sizes: pd.DataFrame, last: str) -> pd.DataFrame:
    """Spending to the end of each quarter in per cent of the original ceiling, which a cut does not change.

    Parameters
    ----------
    spending : DataFrame
        Rows of ``realisasi_anggaran``.
    ceilings : DataFrame
        Rows of ``anggaran`` of the original stage of each year.
    sizes : DataFrame
        ``kode_opd`` and the sizes of the cut.
    last : str
        Period of the report.

    Returns
    -------
    DataFrame
        ``kode_opd``, ``tahun``, ``triwulan``, ``serapan_murni`` (per cent), and the columns of ``sizes``. A quarter
        without spending of any OPD is not there.

    Examples
    --------
    >>> spending = pd.DataFrame({"kode_opd": "A", "tahun": 2025, "bulan": [1, 5], "realisasi_rp": [10, 20]})
    >>> ceilings = pd.DataFrame({"kode_opd": ["A"], "tahun": [2025], "pagu_rp": [100]})
    >>> spent_by_quarter(spending, ceilings, pd.DataFrame({"kode_opd": ["A"]}), "TW2")["serapan_murni"].tolist()
    [10.0, 30.0]
    """
    keys, most = ["kode_opd", "tahun"], QUARTERS.index("TW4" if last == "tahunan" else last) + 1
    ends = spending.assign(tw=(spending["bulan"].astype("int64") + 2) // 3)
    known = ends.groupby("tahun")["tw"].transform("max")
    base = ceilings.groupby(keys)["pagu_rp"].sum()
    parts = []
    for number in range(1, most + 1):
        upto = ends[ends["tw"].le(number) & known.ge(number)].groupby(keys)["realisasi_rp"].sum()
        share = (100 * upto / base.where(base > 0)).astype("float64").dropna()
        parts.append(share.rename("serapan_murni").reset_index().assign(triwulan=QUARTERS[number - 1]))
    return pd.concat(parts, ignore_index=True).merge(sizes, "left", "kode_opd")
