"""The relation in more detail than OPD and year: programmes within OPD (D6), quarters of two years (D7)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from statsmodels.stats.multitest import multipletests

from pkanalysis.analysis.achievement.averages import WEIGHT, means
from pkanalysis.analysis.claims import Refusal, refusal
from pkanalysis.analysis.effect.exposure import Frames, cards, scores
from pkanalysis.analysis.effect.slopes import DRAWS, SEED, slope, wild_bootstrap
from pkanalysis.analysis.effect.units import FEWEST, gather, refuse
from pkanalysis.vocabulary import quarters_to

PROGRAMME = ["kode_opd", "kode_program"]


def by_programme(
    panel: pd.DataFrame, links: pd.DataFrame, lines: pd.DataFrame, before: str, after: str, year: int
) -> pd.DataFrame:
    """Change of the achievement (original target) and cut of every programme that the cascade links indicators to.

    Parameters
    ----------
    panel : DataFrame
        Result of :func:`pkanalysis.analysis.effect.exposure`.
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
    if WEIGHT in panel:
        change = change.merge(panel.drop_duplicates(keys, keep="last")[[*keys, WEIGHT]], "left", keys)
    pairs = change.merge(own.rename(columns={"kode_induk": "kode_program"}), "inner", "kode_indikator")
    base, rest = (lines[lines["tahap"].eq(stage)].groupby(PROGRAMME)["pagu_rp"].sum() for stage in (before, after))
    gone = base - rest.reindex(base.index).fillna(0)
    cut = (gone / base.where(base > 0)).astype("float64").rename("pengurangan")
    changes = means(pairs, PROGRAMME, ["perubahan"]).reset_index()
    return changes.merge(cut.reset_index(), "left", PROGRAMME)


def by_quarter(
    tables: Frames, sizes: pd.DataFrame, kinds: dict[str, str], year: int, last: str, cap: float | None = None
) -> pd.DataFrame:
    """Scores to the end of each quarter up to ``last`` of ``year`` and the year before, with ``triwulan``."""
    parts = []
    for name in quarters_to(last):
        rows = cards(tables, year, name, cap)
        parts.append(scores(rows[rows["tahun"].ge(year - 1)], sizes, kinds, year).assign(triwulan=name))
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
    keys = ["kode_opd", "tahun"]
    ends = spending.assign(tw=(spending["bulan"].astype("int64") + 2) // 3)
    known = ends.groupby("tahun")["tw"].transform("max")
    base = ceilings.groupby(keys)["pagu_rp"].sum()
    parts = []
    for number, name in enumerate(quarters_to(last), 1):
        upto = ends[ends["tw"].le(number) & known.ge(number)].groupby(keys)["realisasi_rp"].sum()
        share = (100 * upto / base.where(base > 0)).astype("float64").dropna()
        parts.append(share.rename("serapan_murni").reset_index().assign(triwulan=name))
    return pd.concat(parts, ignore_index=True).merge(sizes, "left", "kode_opd")


NAN = float("nan")


@dataclass(frozen=True)
class WithinOpd:
    """Slope of the change of programmes on their cut, with OPD effects; errors CR1 by OPD, wild bootstrap by OPD.

    ``n`` programmes of ``units`` OPD that have at least two; ``interval`` 95 % by test inversion.
    """

    beta: float
    t: float
    p_wild: float
    interval: tuple[float, float]
    n: int
    units: int
    refusals: tuple[Refusal, ...] = ()


def within_opd(
    programmes: pd.DataFrame, change: str, dose: str, unit: str, draws: int = DRAWS, seed: int = SEED
) -> WithinOpd:
    r"""Slope with OPD effects: :math:`\Delta y_{ip} = \alpha_i + \beta d_{ip} + e_{ip}`.

    Parameters
    ----------
    programmes : DataFrame
        One row per programme: ``unit`` (OPD), ``change`` of its indicators (mean), ``dose`` (cut, share 0-1).
        Missing values and OPD with a single programme are left out.
    change, dose, unit : str
    draws, seed : int

    Returns
    -------
    WithinOpd
        Refused below eight OPD, or where the cut is the same for all programmes of each OPD.

    Examples
    --------
    >>> rows = pd.DataFrame({"opd": np.repeat(list("abcdefgh"), 2), "d": [0.1, 0.3] * 8})
    >>> rows["y"] = -10 * rows["d"] + np.tile([0.5, -0.5, 0.2, 0.0], 4)
    >>> round(within_opd(rows, "y", "d", "opd").beta, 2)
    -13.0
    """
    names = [unit, dose, change]
    rows = programmes[names].dropna().sort_values(names, kind="stable", ignore_index=True)
    rows = rows[rows.groupby(unit)[dose].transform("size").gt(1)]
    units = rows[unit].nunique()
    if units < FEWEST:
        return WithinOpd(NAN, NAN, NAN, (NAN, NAN), len(rows), units, (refusal("UNIT_KURANG_DARI_8"),))
    own = rows[[change, dose]].astype("float64")
    values = (own - own.groupby(rows[unit]).transform("mean")).to_numpy()
    if np.abs(values[:, 1]).max() <= 1e-12 * max(rows[dose].abs().max(), 1e-300):
        return WithinOpd(NAN, NAN, NAN, (NAN, NAN), len(rows), units, (refusal("BESAR_PENGURANGAN_SERAGAM"),))
    found = wild_bootstrap(values[:, 0], values[:, [1]], 0, rows[unit], draws=draws, seed=seed)
    beta = float(values[:, 1] @ values[:, 0] / (values[:, 1] @ values[:, 1]))
    return WithinOpd(beta, found.t, found.p, found.interval, len(rows), units)


def quarter_profile(
    panel: pd.DataFrame, outcome: str, dose: str, unit: str, year: str, quarter: str, post: int
) -> pd.DataFrame:
    """Slope on the size of the cut of the change between the same quarters of ``post`` and the year before.

    The first quarter is nearly a placebo: the cut was not yet in force.

    Parameters
    ----------
    panel : DataFrame
        Rows of unit x year x quarter.
    outcome, dose, unit, year, quarter : str
    post : int
        Year of the cut.

    Returns
    -------
    DataFrame
        Per quarter, in order: ``triwulan``, ``kemiringan``, ``galat_baku`` (HC3), ``batas_bawah``, ``batas_atas``
        (95 %), ``p``, ``p_holm`` (simultaneous over the quarters), ``n``, ``kode`` of a refusal or "" (the
        numbers are then missing).

    References
    ----------
    Holm (1979), Scandinavian Journal of Statistics 6, 65-70; statsmodels ``multipletests``.

    Examples
    --------
    >>> rows = pd.DataFrame({"opd": list(range(9)) * 2, "tahun": [2024] * 9 + [2025] * 9, "tw": "TW1"})
    >>> rows["z"], rows["y"] = rows["opd"] / 50, [3.0, 4, 2, 5, 1, 4, 3, 2, 5, 3, 5, 1, 7, 0, 6, 1, 5, 6]
    >>> quarter_profile(rows, "y", "z", "opd", "tahun", "tw", 2025)[["triwulan", "n", "kode"]].values.tolist()
    [['TW1', 9, '']]
    """
    rows: list[dict[str, object]] = []
    for name, part in panel[panel[year].isin([post - 1, post])].groupby(quarter):
        units = gather(part, outcome, dose, unit, year, post, targets=None)
        if stops := refuse(units):
            rows.append({"triwulan": name, "n": len(units.dose), "kode": stops[0].code})
            continue
        fit = slope(units.change, units.dose)
        low, high = fit.interval
        ends = {"kemiringan": fit.beta, "galat_baku": fit.se, "batas_bawah": low, "batas_atas": high}
        rows.append({"triwulan": name, **ends, "p": fit.p, "n": fit.n, "kode": ""})
    names = ["triwulan", "kemiringan", "galat_baku", "batas_bawah", "batas_atas", "p", "n", "kode"]
    table = pd.DataFrame(rows, columns=names)
    known = table["p"].notna()
    holm = multipletests(table.loc[known, "p"], method="holm")[1] if known.any() else []
    table.insert(6, "p_holm", pd.Series(holm, index=table.index[known], dtype="float64"))
    return table
