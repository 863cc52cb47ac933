"""The trends of all indicators of a region, and what only all of them together can tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from pkanalysis.analysis.achievement.history import history
from pkanalysis.analysis.trend.conformal import HalfWidth, backtest, conformal
from pkanalysis.analysis.trend.pooling import Pooled, pooled_slopes
from pkanalysis.analysis.trend.surveying import survey

Frames = Mapping[str, pd.DataFrame]
KEY = "kode_indikator"


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
    cards = in_force(tables["indikator"], until)
    series = series_to(tables, cards, until)
    polarities = dict(zip(cards[KEY], cards["polaritas"], strict=True))
    verdicts, pooled = survey(series, polarities), pooled_slopes(series, KEY, "tahun", "realisasi")
    scores = backtest(series)
    width = conformal(scores["skor"])
    wide = verdicts.assign(kode_opd=verdicts[KEY].map(cards.set_index(KEY)["kode_opd"]))
    wide = wide.merge(_shrunken(pooled), "left", KEY).merge(_widths(scores, width), "left", KEY)
    whole = pd.DataFrame([_whole(verdicts, pooled, width)])
    return {"tren_iku": wide.assign(sampai_tahun=until), "tren_kota": whole.assign(sampai_tahun=until)}


def series_to(tables: Frames, cards: pd.DataFrame, until: int) -> pd.DataFrame:
    """Year-end values and PK targets of ``cards`` in every year with values, up to ``until``.

    Columns as :func:`pkanalysis.analysis.achievement.history.history`; without any year an empty frame.
    """
    years = sorted({int(year) for year in tables["realisasi"]["tahun"].unique() if year <= until})
    if not years or cards.empty:
        columns = {KEY: "str", "tahun": "int64", "realisasi": "float64", "realisasi_huruf": "str"}
        columns |= {"target": "float64", "target_atas": "float64"}
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns.items()})
    return history(tables, cards, years)


def in_force(indicators: pd.DataFrame, year: int) -> pd.DataFrame:
    """Indicators that hold in ``year``."""
    since, until = indicators["berlaku_dari"].fillna(year), indicators["berlaku_sampai"].fillna(year)
    return indicators[since.le(year) & until.ge(year)]


def _shrunken(pooled: Pooled | None) -> pd.DataFrame:
    """Slopes by indicator; where the fit did not converge the shrunken ones are missing."""
    if pooled is None:
        return pd.DataFrame({KEY: pd.Series(dtype="str"), **{name: pd.Series(dtype="float64") for name in _SLOPES}})
    slopes = pooled.slopes.set_axis([KEY, "n_baku", *_SLOPES], axis=1).drop(columns="n_baku")
    return slopes if pooled.is_converged else slopes.assign(kemiringan_baku=np.nan, se_baku=np.nan)


_SLOPES = ["kemiringan_baku_sendiri", "kemiringan_baku", "se_baku"]


def _widths(scores: pd.DataFrame, width: HalfWidth) -> pd.DataFrame:
    half = width.q * scores["skala_kini"] if np.isfinite(width.q) else scores["skala_kini"] * np.nan
    return pd.DataFrame({KEY: scores[KEY].astype("str"), "setengah_lebar80": half.astype("float64")})


def _whole(verdicts: pd.DataFrame, pooled: Pooled | None, width: HalfWidth) -> dict[str, Any]:
    nan = float("nan")
    return {
        "n_diuji": int(verdicts["p"].count()),
        "n_tren": int(verdicts["is_tren"].sum()),
        "kemiringan_bersama": pooled.slope if pooled else nan,
        "se_bersama": pooled.slope_se if pooled else nan,
        "sd_antar": pooled.sd_slope if pooled else nan,
        "konformal_q": width.q if np.isfinite(width.q) else nan,
        "konformal_n": width.n,
    }
