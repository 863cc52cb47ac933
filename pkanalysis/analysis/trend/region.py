"""The trends of all indicators of a region, and what only all of them together can tell.

Also: what published series allow to say, places of offices among their own kind, and control limits (XmR).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import norm

from pkanalysis.analysis import published
from pkanalysis.analysis.achievement.formulas import as_input, figure
from pkanalysis.analysis.achievement.measured import history
from pkanalysis.analysis.claims import Refusal, refusal, worded
from pkanalysis.analysis.trend.assessment import SLOPE_FROM, TREND_FROM, assess, joined
from pkanalysis.analysis.trend.kendall import counted, false_discovery, mann_kendall
from pkanalysis.analysis.trend.lines import pooled_slopes
from pkanalysis.analysis.trend.projection import backtest, conformal
from pkanalysis.analysis.trend.series import KEY, Points, comparable

ALPHA = 0.05
"""Largest p of a single trend, before multiplicity."""
POLARITY = {"naik": "naik_baik", "turun": "turun_baik"}
POINTS_FROM, RUN, D2 = 8, 8, 1.128
"""Control limits: points needed; length of a run on one side; mean range of two normal values in sd."""
NAN = float("nan")
Frames = Mapping[str, pd.DataFrame]


def survey(
    history: pd.DataFrame,
    polarities: Mapping[str, str],
    breaks: Mapping[str, Collection[float]] | None = None,
    q: float = 0.10,
) -> pd.DataFrame:
    """The verdict on every indicator, with multiplicity over all of them.

    Parameters
    ----------
    history : DataFrame
        ``kode_indikator``, ``tahun``, ``realisasi``; one row per indicator and year, in any order.
    polarities : mapping
        Polarity by ``kode_indikator``.
    breaks : mapping, optional
        Years of a new definition by ``kode_indikator``.
    q : float

    Returns
    -------
    DataFrame
        By ``kode_indikator``: ``n``, ``s``, ``tau``, ``p``, ``p_disesuaikan``, ``is_tren`` (p at most 5 % and
        standing after Benjamini-Hochberg), ``arah`` and ``gerak`` (of those), ``kemiringan``, ``bawah``, ``atas``,
        ``keyakinan`` (0-1), ``klaim``, ``penolakan`` (codes, comma separated), ``kalimat``, ``kalimat_opd``; the
        sentences keep to the verdict that stands.

    Examples
    --------
    >>> rows = pd.DataFrame({"kode_indikator": "A", "tahun": range(2019, 2026), "realisasi": range(7)})
    >>> survey(rows, {"A": "naik_baik"})[["n", "s", "is_tren", "gerak"]].to_numpy().tolist()
    [[7, 21, True, 'membaik']]
    """
    since = breaks or {}
    series = {
        str(code): comparable(group["tahun"], group["realisasi"], since.get(str(code), ()))
        for code, group in history.groupby(KEY, sort=True)
    }
    p = [mann_kendall(points.values).p if points.n >= TREND_FROM else np.nan for points in series.values()]
    joint = false_discovery(p, q)
    limit = min(ALPHA, np.asarray(p)[joint.rejected].max(initial=0.0))
    rows = [_verdict(code, points, polarities[code], limit, joint.tested) for code, points in series.items()]
    return pd.DataFrame(rows, columns=_COLUMNS).assign(p_disesuaikan=joint.adjusted)


_COLUMNS = [
    "kode_indikator", "n", "s", "tau", "p", "p_disesuaikan", "is_tren", "arah", "gerak", "kemiringan", "bawah", "atas",
    "keyakinan", "klaim", "penolakan", "kalimat", "kalimat_opd",
]  # fmt: skip


def _verdict(code: str, points: Points, polarity: str, limit: float, tested_together: int) -> dict[str, Any]:
    """The verdict at the level that multiplicity leaves; a p that is small only by itself is said to be so."""
    found = assess(points.years, points.values, polarity, alpha=limit)
    is_tested = found.n >= TREND_FROM
    is_alone = is_tested and limit < found.p <= ALPHA
    alone = worded("TREN_TIDAK_LOLOS", m=tested_together) if is_alone else ""
    return {
        KEY: code, "n": found.n, "s": found.s, "tau": found.tau, "is_tren": found.is_trend,
        "p": found.p if is_tested else np.nan, "arah": found.direction, "gerak": found.movement,
        "kemiringan": found.slope, "bawah": found.low, "atas": found.high, "keyakinan": found.achieved_confidence,
        "klaim": found.claim, "penolakan": ", ".join(item.code for item in points.refusals + found.refusals),
        "kalimat": joined(*(item.sentence for item in points.refusals), found.sentence, alone),
        "kalimat_opd": found.plain,
    }  # fmt: skip


def surveyed(table: pd.DataFrame, q: float = 0.10) -> str:
    """``k dari m`` of a :func:`survey` made at the same ``q``.

    Examples
    --------
    >>> surveyed(pd.DataFrame({"is_tren": [True, False, False], "p": [0.001, 0.4, None]}))
    '1 dari 2 indikator yang diuji menunjukkan tren; yang keliru diharapkan paling banyak 10%.'
    """
    return counted(int(table["is_tren"].sum()), int(table["p"].count()), q)


def region(tables: Frames, until: int) -> dict[str, pd.DataFrame]:
    """Trends to the end of the year ``until``, of the indicators in force in it.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``indikator``, ``target``, ``realisasi`` of the whole region.
    until : int

    Returns
    -------
    dict of str to DataFrame
        ``tren_iku``: the columns of :func:`survey`, and ``kode_opd``, ``kemiringan_baku_sendiri``,
        ``kemiringan_baku``, ``se_baku`` (own and shrunken slope in standard deviations of the indicator per year, see
        :func:`pooled_slopes`) and ``setengah_lebar80`` (of next year's value, in units, see :func:`conformal`).
        ``tren_kota``: one row with ``n_diuji``, ``n_tren``, ``kemiringan_bersama``, ``se_bersama``, ``sd_antar``,
        ``konformal_q``, ``konformal_n``. Both have ``sampai_tahun``.

    Examples
    --------
    >>> from pkanalysis.tables import empty
    >>> found = region({name: empty(name) for name in ("indikator", "target", "realisasi")}, 2024)
    >>> {name: len(rows) for name, rows in found.items()}
    {'tren_iku': 0, 'tren_kota': 1}
    """
    cards, year = tables["indikator"], until
    since, last = cards["berlaku_dari"].fillna(year), cards["berlaku_sampai"].fillna(year)
    cards = cards[since.le(year) & last.ge(year)]
    series = series_to(tables, cards, until)
    verdicts = survey(series, dict(zip(cards[KEY], cards["polaritas"], strict=True)))
    pooled, scores = pooled_slopes(series, KEY, "tahun", "realisasi"), backtest(series)
    width = conformal(scores["skor"])
    q = width.q if np.isfinite(width.q) else NAN
    slopes = pd.DataFrame({KEY: pd.Series(dtype="str"), **{name: pd.Series(dtype="float64") for name in _SLOPES}})
    if pooled is not None:
        slopes = pooled.slopes.drop(columns="n").set_axis([KEY, *_SLOPES], axis=1)
        if not pooled.is_converged:
            slopes = slopes.assign(kemiringan_baku=np.nan, se_baku=np.nan)
    half = (q * scores["skala_kini"]).astype("float64")
    widths = pd.DataFrame({KEY: scores[KEY].astype("str"), "setengah_lebar80": half})
    wide = verdicts.assign(kode_opd=verdicts[KEY].map(cards.set_index(KEY)["kode_opd"]))
    whole = {
        "n_diuji": int(verdicts["p"].count()),
        "n_tren": int(verdicts["is_tren"].sum()),
        "kemiringan_bersama": pooled.slope if pooled else NAN,
        "se_bersama": pooled.slope_se if pooled else NAN,
        "sd_antar": pooled.sd_slope if pooled else NAN,
        "konformal_q": q,
        "konformal_n": width.n,
        "sampai_tahun": until,
    }
    wide = wide.merge(slopes, "left", KEY).merge(widths, "left", KEY).assign(sampai_tahun=until)
    return {"tren_iku": wide, "tren_kota": pd.DataFrame([whole])}


_SLOPES = ["kemiringan_baku_sendiri", "kemiringan_baku", "se_baku"]


def series_to(tables: Frames, cards: pd.DataFrame, until: int) -> pd.DataFrame:
    """Year-end values and PK targets of ``cards`` in every year with values, up to ``until``.

    Columns as :func:`pkanalysis.analysis.achievement.measured.history`; without any year an empty frame.
    """
    years = sorted({int(year) for year in tables["realisasi"]["tahun"].unique() if year <= until})
    if not years or cards.empty:
        columns = {KEY: "str", "tahun": "int64", "realisasi": "float64", "realisasi_huruf": "str"}
        columns |= {"target": "float64", "target_atas": "float64"}
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns.items()})
    return history(tables, cards, years)


def readings(figures: pd.DataFrame, topic: str = "makro") -> pd.DataFrame:
    """One row per published series with at least three years, and the sentence that it allows.

    A year for which sources give different figures is not used: none of them is chosen. Values of an older series
    (``tanda``: ``seri_lama``) are not joined to later ones.

    Parameters
    ----------
    figures : DataFrame
        Rows of ``angka_terbit``.
    topic : str

    Returns
    -------
    DataFrame
        ``uraian``, ``satuan``, ``n`` (comparable years), ``tahun`` (of them), ``bertentangan`` (disputed years with
        their figures), ``seri_lama`` (years of an older series), ``kosong`` (years that sources name without a
        figure), ``klaim`` (level), ``penolakan`` (codes) and ``kalimat``.

    Examples
    --------
    >>> rows = pd.DataFrame({"topik": "makro", "uraian": "TPT", "satuan": "persen", "tahun": [2021, 2021, 2022, 2023],
    ...     "nilai": [10.66, 10.6, 8.95, 8.27], "arah": "turun", "tanda": None,
    ...     "is_konflik": [True, True, False, False]})
    >>> found = readings(rows)
    >>> found["kalimat"].item()[:92]
    'Tahun 2021 tidak dihitung: sumber menyebut 10,66 dan 10,6, dan tidak ada yang dipilih. Baru '
    """
    found = [_reading(own) for _, own in published.series(figures, topic).groupby("uraian", sort=False)]
    columns = ["uraian", "satuan", "n", "tahun", "bertentangan", "seri_lama", "kosong", "klaim", "penolakan", "kalimat"]
    return pd.DataFrame(found, columns=columns)


def _reading(own: pd.DataFrame) -> dict[str, Any]:
    """What one published series allows to say."""

    def listed(years: pd.Series) -> str:
        return ", ".join(years.astype(int).astype(str))

    is_disputed = own["is_konflik"].fillna(False).astype(bool)
    is_old, is_empty = own["is_seri_lama"], own["nilai"].isna()
    used = own[~is_disputed & ~is_old & ~is_empty]
    polarity = POLARITY.get(str(own["arah"].iloc[0]), "rentang")  # without a direction nothing gets better or worse
    found = assess(used["tahun"].to_numpy("float64"), used["nilai"].to_numpy("float64"), polarity)
    told, disputed, old = [], own[is_disputed], listed(own.loc[is_old, "tahun"])
    for year, part in disputed.groupby("tahun"):
        given = [figure(value) for value in part["nilai"].dropna()]
        code = "TERBIT_BERTENTANGAN" if len(given) > 1 else "TERBIT_BERTENTANGAN_SATU"
        told.append(worded(code, tahun=year, angka=" dan ".join(given) or "–"))
    if old:
        told.append(worded("TERBIT_SERI_LAMA", tahun=old))
    # below four points the sentence of the refusal says what may be said; with four it is part of the verdict
    limits = [item.sentence for item in found.refusals] if found.n < SLOPE_FROM else []
    codes = ["SUMBER_BERTENTANGAN"] * (not disputed.empty) + ["DEFINISI_BERUBAH"] * bool(old)
    return {
        "uraian": str(own["uraian"].iloc[0]),
        "satuan": own["satuan"].iloc[0],
        "n": found.n,
        "tahun": ", ".join(map(str, found.years)),
        "bertentangan": listed(disputed["tahun"].drop_duplicates().sort_values()),
        "seri_lama": old,
        "kosong": listed(own.loc[is_empty, "tahun"]),
        "klaim": found.claim,
        "penolakan": ", ".join([*codes, *(item.code for item in found.refusals)]),
        "kalimat": joined(*told, found.sentence, *limits),
    }


def disputed() -> str:
    """What is done about sources that contradict each other.

    Examples
    --------
    >>> disputed()[:40]
    'Sumber menyebut angka yang berbeda untuk'
    """
    return refusal("SUMBER_BERTENTANGAN").sentence


@dataclass(frozen=True)
class Ranking:
    """``table`` by value, largest first: ``unit``, ``nilai``, ``se``, ``bawah``, ``atas``, ``urutan_terbaik``,
    ``urutan_terburuk`` (the places that a unit may have). ``pairs`` are the neighbours in that order: ``selisih``,
    ``se_selisih``, ``is_terpisah``. ``is_allowed``: all neighbours are apart.
    """  # noqa: D205

    table: pd.DataFrame
    pairs: pd.DataFrame
    is_allowed: bool
    refusals: tuple[Refusal, ...]


def ranking(units: Any, estimates: Any, ses: Any, confidence: float = 0.95) -> Ranking:
    """Places of units, refused as a ranking where intervals of neighbours overlap.

    Two units are apart when ``estimate +- z se`` of one lies wholly above that of the other;
    ``se_selisih = sqrt(se_1^2 + se_2^2)``.

    Parameters
    ----------
    units, estimates, ses : sequences of the same length
        Comparable units only (the same kind of office); a unit without estimate or se is left out.
    confidence : float

    References
    ----------
    Goldstein & Spiegelhalter (1996), doi:10.2307/2983325.

    Examples
    --------
    >>> result = ranking(["A", "B"], [98.2, 97.9], [1.5, 1.4])
    >>> result.is_allowed, result.pairs["se_selisih"].round(3).tolist(), result.refusals[0].code
    (False, [2.052], 'PERINGKAT_TUMPANG_TINDIH')
    >>> result.table[["unit", "urutan_terbaik", "urutan_terburuk"]].to_numpy().tolist()
    [['A', 1, 2], ['B', 1, 2]]
    """
    frame = pd.DataFrame({"unit": list(units), "nilai": as_input(estimates)[0], "se": as_input(ses)[0]}).dropna()
    frame = frame.sort_values(["nilai", "unit"], ascending=[False, True], ignore_index=True)
    reach = norm.ppf((1 + confidence) / 2) * frame["se"]
    table = frame.assign(bawah=frame["nilai"] - reach, atas=frame["nilai"] + reach)
    is_above = table["bawah"].to_numpy()[:, None] > table["atas"].to_numpy()[None, :]
    table["urutan_terbaik"] = 1 + is_above.sum(axis=0)
    table["urutan_terburuk"] = len(table) - is_above.sum(axis=1)
    upper, lower = table.iloc[:-1].reset_index(drop=True), table.iloc[1:].reset_index(drop=True)
    pairs = pd.DataFrame({
        "unit_atas": upper["unit"],
        "unit_bawah": lower["unit"],
        "selisih": upper["nilai"] - lower["nilai"],
        "se_selisih": np.hypot(upper["se"], lower["se"]),
        "is_terpisah": upper["bawah"] > lower["atas"],
    })  # fmt: skip
    is_allowed = bool(pairs["is_terpisah"].all())
    return Ranking(table, pairs, is_allowed, () if is_allowed else (refusal("PERINGKAT_TUMPANG_TINDIH"),))


def places(groups: pd.DataFrame, kinds: pd.Series) -> pd.DataFrame:
    """Mean achievement of each OPD with its interval and the places that it may have among OPD of its kind.

    Parameters
    ----------
    groups : DataFrame
        Arithmetic means per OPD (:func:`pkanalysis.analysis.achievement.scorecard.grouped`); those without
        ``se``, or alone of their kind, are left out.
    kinds : Series
        ``jenis`` by ``kode_opd``.

    Returns
    -------
    DataFrame
        ``kode_opd``, ``jenis``, ``n_rata``, ``nilai`` with ``bawah`` and ``atas`` (95 %, t), ``urutan_terbaik`` and
        ``urutan_terburuk`` among ``n_jenis``, and ``is_terpisah``: whether all neighbours of that kind are apart.
        By kind; within it by value where they are apart, by code where not.

    Examples
    --------
    >>> groups = pd.DataFrame({"kode_opd": ["A", "B", "C"], "rata_rata": [99.0, 98.5, 70.0], "se": [1.0, 1.0, 2.0],
    ...                        "n_rata": [4, 4, 4]})
    >>> found = places(groups, pd.Series("dinas", index=["A", "B", "C"]))
    >>> found[["urutan_terbaik", "urutan_terburuk"]].to_numpy().tolist()
    [[1, 2], [1, 2], [3, 3]]
    """
    columns = [
        "kode_opd", "jenis", "n_rata", "nilai", "bawah", "atas", "urutan_terbaik", "urutan_terburuk", "n_jenis",
        "is_terpisah",
    ]  # fmt: skip
    rows = groups.assign(jenis=groups["kode_opd"].map(kinds)).dropna(subset=["se", "rata_rata"])
    parts = [pd.DataFrame(columns=columns)]
    for kind, own in rows.groupby("jenis", sort=True):
        if len(own) > 1:
            found = ranking(own["kode_opd"], own["rata_rata"], own["se"])
            table = found.table.rename(columns={"unit": "kode_opd"}).merge(own[["kode_opd", "n_rata"]], on="kode_opd")
            table = table.assign(jenis=str(kind), n_jenis=len(own), is_terpisah=found.is_allowed)
            parts.append(table if found.is_allowed else table.sort_values("kode_opd", kind="stable"))
    return pd.concat(parts[1:] or parts, ignore_index=True)[columns]


@dataclass(frozen=True)
class Xmr:
    """Limits in the unit of the values (missing where refused).

    ``signals``: one row per value, ``nilai``, ``is_di_luar`` (outside the limits), ``is_beruntun`` (eighth or later
    in a run on one side of the mean).
    """

    mean: float
    moving_range: float
    lower: float
    upper: float
    n: int
    signals: pd.DataFrame
    refusals: tuple[Refusal, ...]


def xmr(values: Any, season: int = 0) -> Xmr:
    """Mean and limits ``mean +- 3 * MR / 1.128``, MR the mean absolute change from value to value.

    Parameters
    ----------
    values : sequence of float, shape (n,)
        In order of time; missing values are left out. Preferably 12 points, at least 8.
    season : int
        4 for quarters with a season: the changes against the same quarter of last year are charted
        instead of the values.

    References
    ----------
    NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2, doi:10.18434/M32189.

    Examples
    --------
    >>> chart = xmr([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1])
    >>> round(chart.mean, 2), round(chart.lower, 3), round(chart.upper, 3)
    (50.81, 45.816, 55.804)
    >>> xmr([1, 2, 3]).refusals[0].code
    'XMR_N_KURANG_8'
    """
    given = as_input(values)[0]
    charted = given[season:] - given[:-season] if season else given
    y = charted[np.isfinite(charted)]
    if len(y) < POINTS_FROM:
        signals = pd.DataFrame({"nilai": y, "is_di_luar": False, "is_beruntun": False})
        return Xmr(NAN, NAN, NAN, NAN, len(y), signals, (refusal("XMR_N_KURANG_8"),))
    mean, moving = float(y.mean()), float(np.abs(np.diff(y)).mean())
    reach, sides = 3 * moving / D2, pd.Series(np.sign(y - mean))
    length = sides.groupby(sides.ne(sides.shift()).cumsum()).cumcount() + 1
    is_run = length.ge(RUN) & sides.ne(0)
    signals = pd.DataFrame({"nilai": y, "is_di_luar": np.abs(y - mean) > reach, "is_beruntun": is_run})
    return Xmr(mean, moving, mean - reach, mean + reach, len(y), signals, ())
