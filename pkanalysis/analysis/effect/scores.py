"""The panel of a region: scorecards of several years with the size of the cut beside them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pkanalysis.analysis.achievement.scorecard import of_office, scorecard
from pkanalysis.analysis.effect.outcomes import standardised

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
