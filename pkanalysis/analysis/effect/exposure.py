"""Size of the cut per OPD, by rule and as carried out, and the panel of a region: outcomes of its years beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pkanalysis import vocabulary
from pkanalysis.analysis import claims
from pkanalysis.analysis.achievement.averages import WEIGHT, means
from pkanalysis.analysis.achievement.scorecard import of_office, scorecard
from pkanalysis.analysis.budget.accounts import STAFF, TARGETED, check_categories, classify, is_under


def exposure(
    anggaran: pd.DataFrame, rates: Mapping[str, float], before: str = "murni", after: str | None = None
) -> pd.DataFrame:
    r"""Size of the cut per OPD.

    The primary size is the rule applied to the original budget, fixed before anybody cut:
    :math:`z_i = \sum_k r_k B^0_{ik} / B^0_i`. The actual cut is :math:`d_i = (B^0_i - B^1_i) / B^0_i`.

    Parameters
    ----------
    anggaran : DataFrame
        Rows of ``anggaran``: ``tahap``, ``kode_opd``, ``kode_rekening``, ``pagu_rp``, and ``tahun`` where there are
        several.
    rates : mapping of str to float
        Share to be cut (0-1) by efficiency category (``[efisiensi] tarif``); accounts whose category
        needs a person's judgement (``perlu_telaah``) are not counted.
    before, after : str
        Stage codes. Without ``after`` the actual cut is missing, as for an OPD that has no row there.

    Returns
    -------
    DataFrame
        Per year and ``kode_opd``, sorted: ``pagu_sebelum_rp``, ``potensi_rp``, and as shares (0-1) ``potensi`` (z),
        ``pengurangan`` (d; negative = gain), ``pengurangan_luar_pegawai`` (d outside belanja pegawai);
        ``bertambah`` (whether the budget grew). Missing where the base is zero.

    Raises
    ------
    ValueError
        A column that is not there, a ``pagu_rp`` that is missing or no whole rupiah, an OPD without a code, a category
        that the reference does not know, or a rate that is no share.

    References
    ----------
    Callaway, Goodman-Bacon & Sant'Anna (2024), doi:10.3386/w32117, on treatments of different size.

    Examples
    --------
    >>> rows = pd.DataFrame({
    ...     "tahap": ["murni", "murni", "perubahan", "perubahan"], "kode_opd": "A",
    ...     "kode_rekening": ["5.1.02.04.01.0001", "5.1.01.01.01.0001"] * 2, "pagu_rp": [40, 60, 25, 60]})
    >>> exposure(rows, {"perjalanan_dinas": 0.5}, after="perubahan").iloc[0, 2:6].tolist()
    [20.0, 0.2, 0.15, 0.375]
    """
    check_categories(rates)
    for category, rate in rates.items():
        claims.rate(rate, category)
    claims.require(anggaran, ["tahap", "kode_opd", "kode_rekening", "pagu_rp"])
    if (unnamed := int(anggaran["kode_opd"].isna().sum())) > 0:
        raise ValueError(f"kolom 'kode_opd' kosong pada {unnamed} baris; isi atau keluarkan dahulu")
    lines = anggaran.assign(pagu_rp=claims.rupiah(anggaran["pagu_rp"]).astype("float64"))
    first, last = (lines[lines["tahap"].eq(stage)] for stage in (before, after or ""))
    base, rest = _per_opd(first), _per_opd(last)
    kinds = classify(first["kode_rekening"])
    own = kinds["kategori"].map(rates).where(kinds["keyakinan"].isin(TARGETED)).fillna(0.0).astype("float64")
    due = _per_opd(first.assign(pagu_rp=first["pagu_rp"] * own)).reindex(base.index)
    other, left = (_per_opd(stage[~is_under(stage["kode_rekening"], [STAFF])]) for stage in (first, last))
    left = left.reindex(other.index).fillna(0.0).where(other.index.isin(rest.index))
    cut = (base - rest.reindex(base.index)) / base.where(base > 0)
    result = {
        "pagu_sebelum_rp": base.astype("int64"),
        "potensi_rp": due,
        "potensi": due / base.where(base > 0),
        "pengurangan": cut,
        "pengurangan_luar_pegawai": (other - left) / other.where(other > 0),
        "bertambah": cut.lt(0).astype("boolean").mask(cut.isna()),
    }
    return pd.DataFrame(result).rename_axis(base.index.names).reset_index()


def _per_opd(lines: pd.DataFrame) -> pd.Series:
    keys = [lines[name] for name in ("tahun", "kode_opd") if name in lines]
    return lines["pagu_rp"].groupby(keys if len(keys) > 1 else keys[0]).sum().sort_index()


@dataclass(frozen=True)
class Compliance:
    """How the actual cut followed the rule, over ``n`` OPD whose budget did not grow.

    ``correlation`` of size by rule and actual cut; ``slope`` of the actual cut on the size by rule (1 = to
    the letter). Both are missing below three OPD or where one of the sizes is constant.
    """

    correlation: float
    slope: float
    n: int


def compliance(sizes: pd.DataFrame) -> Compliance:
    """Correlation of the size by rule with the actual cut; OPD with gains are left out.

    Parameters
    ----------
    sizes : DataFrame
        Result of :func:`exposure`.

    Examples
    --------
    >>> compliance(pd.DataFrame({"potensi": [0.1, 0.2, 0.3, 0.2], "pengurangan": [0.05, 0.1, 0.15, -0.2]}))
    Compliance(correlation=1.0, slope=0.5, n=3)
    """
    names = ["potensi", "pengurangan"]
    pairs = sizes.loc[sizes["pengurangan"].ge(0), names].dropna().sort_values(names)
    spread = pairs.std()
    if len(pairs) < 3 or not spread.gt(1e-12).all():
        return Compliance(float("nan"), float("nan"), len(pairs))
    together = float(np.corrcoef(pairs.to_numpy().T)[0, 1])
    slope = together * float(spread["pengurangan"] / spread["potensi"])
    return Compliance(round(together, 12), round(slope, 12), len(pairs))


Frames = Mapping[str, pd.DataFrame]
EARLIER = "tahun_sebelumnya"
OUTCOMES = ("capaian_murni", "nilai_baku", "tercapai", "capaian_berlaku")
"""Outcomes in the order in which they are looked at: the original target first, the valid one only to compare."""


def cards(tables: Frames, year: int, period: str, cap: float | None = None) -> pd.DataFrame:
    """Scorecards of every year to ``year`` that has values to the end of ``period``, one below the other.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        As for :func:`pkanalysis.analysis.achievement.scorecard.scorecard`.
    year : int
    period : {"TW1", "TW2", "TW3", "TW4", "tahunan"}
    cap : float, optional

    Returns
    -------
    DataFrame
        Columns of the scorecard of the indicators that offices answer for, and ``tahun``.

    Examples
    --------
    >>> from pkanalysis.tables import empty
    >>> names = ("indikator", "target", "realisasi", "perjanjian")
    >>> cards({name: empty(name) for name in names}, 2025, "TW3").empty
    True
    """
    with_values = sorted({int(found) for found in tables["realisasi"]["tahun"].unique() if found <= year})
    every = [of_office(scorecard(tables, found, period, cap=cap)).assign(tahun=found) for found in with_values]
    told = [card for card in every if card["realisasi"].notna().any()]
    return pd.concat(told, ignore_index=True) if told else of_office(scorecard(tables, year, period)).assign(tahun=year)


def scores(cards: pd.DataFrame, sizes: pd.DataFrame, kinds: Mapping[str, str], year: int) -> pd.DataFrame:
    """Outcomes of every indicator and year with the size of the cut of its OPD.

    Parameters
    ----------
    cards : DataFrame
        Result of :func:`cards`.
    sizes : DataFrame
        Result of :func:`pkanalysis.analysis.effect.exposure` for one year.
    kinds : mapping of str to str
        Kind of OPD by its code.
    year : int
        First year after the cut.

    Returns
    -------
    DataFrame
        ``kode_opd``, ``kode_indikator``, ``tahun``, ``jenis``, ``target_murni`` (whether an original target is known);
        the outcomes of :data:`OUTCOMES` (per cent; own standard deviations before the cut; 0 or 1; per cent),
        ``perubahan_target`` (points, valid less original); the sizes ``aturan``, ``nyata``, ``luar_pegawai`` (shares).
        ``sebelum_pengurangan`` holds the achievement of indicators that describe the year before, which have no value
        in the other columns: what they say of ``year`` was settled before the cut. Indicators without a value
        are left out: whether they have a target says nothing.
    """
    cards = cards[cards[["realisasi", "realisasi_huruf"]].notna().any(axis=1)]
    is_earlier = cards["tahun_yang_digambarkan"].eq(EARLIER)
    own = cards.assign(
        capaian_murni=cards["capaian_murni"].mask(is_earlier),
        capaian_berlaku=cards["capaian_berlaku"].mask(is_earlier),
        nilai_baku=standardised(cards, "realisasi", "kode_indikator", "tahun", year, "polaritas").mask(is_earlier),
        sebelum_pengurangan=cards["capaian_murni"].where(is_earlier),
        target_murni=cards[["target_murni", "target_murni_huruf"]].notna().any(axis=1),
        jenis=cards["kode_opd"].map(kinds).fillna("lainnya"),
    )
    own["tercapai"] = own["capaian_murni"].ge(100 - 1e-9).astype("float64").where(own["capaian_murni"].notna())
    own["perubahan_target"] = own["capaian_berlaku"] - own["capaian_murni"]
    names = {"potensi": "aturan", "pengurangan": "nyata", "pengurangan_luar_pegawai": "luar_pegawai"}
    wide = sizes[["kode_opd", *names]].rename(columns=names)
    kept = ["kode_opd", "kode_indikator", "tahun", "jenis", "target_murni", *OUTCOMES, "perubahan_target"]
    kept += [name for name in (WEIGHT,) if name in own]
    return own[[*kept, "sebelum_pengurangan"]].merge(wide, "left", "kode_opd")


def comparable(panel: pd.DataFrame, limits: tuple[float, float]) -> pd.DataFrame:
    """Rows of the indicators with an achievement in every year, held within ``limits``: the set of the estimates.

    Examples
    --------
    >>> panel = pd.DataFrame({"kode_indikator": ["a", "a", "b"], "tahun": [2024, 2025, 2025],
    ...                       "capaian_murni": [90.0, 190.0, 80.0], "capaian_berlaku": [90.0, 200.0, 80.0]})
    >>> comparable(panel, (0, 150))["capaian_berlaku"].tolist()
    [90.0, 150.0]
    """
    known = panel[panel["capaian_murni"].notna()]
    rows = known[known.groupby("kode_indikator")["tahun"].transform("nunique").eq(known["tahun"].nunique())]
    return rows.assign(**{name: rows[name].clip(*limits) for name in ("capaian_murni", "capaian_berlaku")})


def decompose(
    panel: pd.DataFrame, original: str, valid: str, reported: str, unit: str, time: str, post: Any
) -> pd.DataFrame:
    r"""Change of the reported achievement per unit: fixed target + change of target + cap.

    :math:`\Delta C^{rep} = \Delta C^{orig} + \Delta(C^{valid} - C^{orig}) + \Delta(C^{rep} - C^{valid})`, each
    the value after minus the mean of the years before. The second part, regressed on the size of the cut, is a
    finding of its own: lowering targets is a way in which a cut works, never a control.

    Parameters
    ----------
    panel : DataFrame
        Rows of unit x time, or finer (averaged), with achievement in per cent against the original target,
        against the valid one, and as reported. Rows where one of the three is missing are left out.
    original, valid, reported, unit, time : str
    post
        First year after the cut.

    Returns
    -------
    DataFrame
        Per unit: ``perubahan_dilaporkan``, ``target_tetap``, ``perubahan_target``, ``batas_atas`` (points); the
        last three add up to the first.

    Examples
    --------
    >>> rows = pd.DataFrame({"opd": "A", "tahun": [2024, 2025], "murni": [95.0, 80.0], "perubahan": [95.0, 110.0]})
    >>> rows["dibatasi"] = rows["perubahan"].clip(upper=100)
    >>> decompose(rows, "murni", "perubahan", "dibatasi", "opd", "tahun", 2025).iloc[0, 1:].tolist()
    [5.0, -15.0, 30.0, -10.0]
    """
    names = [unit, time, original, valid, reported]
    rows = panel[[*names, *(name for name in (WEIGHT,) if name in panel)]].dropna(subset=names)
    rows = rows.sort_values(names, kind="stable", ignore_index=True)
    yearly = means(rows, [unit, time], [original, valid, reported])
    is_after = yearly.index.get_level_values(time) >= post
    after, before = (part.groupby(level=unit).mean() for part in (yearly[is_after], yearly[~is_after]))
    change = (after - before).dropna()
    parts = {
        "perubahan_dilaporkan": change[reported],
        "target_tetap": change[original],
        "perubahan_target": change[valid] - change[original],
        "batas_atas": change[reported] - change[valid],
    }
    return pd.DataFrame(parts).reset_index()


def standardised(
    panel: pd.DataFrame, value: str, item: str, time: str, post: Any, polarity: str | None = None
) -> pd.Series:
    """Values of each item in its own mean and standard deviation of the years before ``post``, better = higher.

    Parameters
    ----------
    panel : DataFrame
    value, item, time : str
        Columns of the realisation, the indicator and the year.
    post
    polarity : str, optional
        Column ``naik_baik`` / ``turun_baik``; ``turun_baik`` is turned round, ``rentang`` is missing.

    Returns
    -------
    Series
        Index of ``panel``; missing where fewer than two values before, or no spread among them.

    Examples
    --------
    >>> rows = pd.DataFrame({"iku": "a", "tahun": [2022, 2023, 2024, 2025], "y": [1.0, 2.0, 3.0, 5.0]})
    >>> standardised(rows, "y", "iku", "tahun", 2025).tolist()
    [-1.0, 0.0, 1.0, 3.0]
    """
    before = panel[value].where(panel[time] < post).groupby(panel[item])
    mean, spread = before.transform("mean"), before.transform("std")
    kinds = pd.Series("naik_baik", panel.index) if polarity is None else panel[polarity]
    sign = kinds.map(vocabulary.sign).astype("float64")
    return sign * (panel[value] - mean) / spread.where(spread > 1e-12 * mean.abs().clip(lower=1e-300))
