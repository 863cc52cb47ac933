"""Whether each target that lies ahead will be reached, one row per target."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pkanalysis.analysis.trend.aims import KEY
from pkanalysis.analysis.trend.projection import Projection, project


def outlooks(series: pd.DataFrame, aims: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """Whether each target of ``indicators`` will be reached (:func:`project`), one row per aim whose year lies ahead.

    Parameters
    ----------
    series : DataFrame
        ``kode_indikator``, ``tahun``, ``realisasi``.
    aims : DataFrame
        ``kode_indikator``, ``dokumen``, ``tahun_target``, ``target``, ``target_atas``.
    indicators : DataFrame
        ``kode_indikator``, ``polaritas``.

    Returns
    -------
    DataFrame
        ``aims`` with ``n``, ``terakhir`` (last value), ``laju_perlu``, ``laju_selama_ini`` (units per year), ``titik``,
        ``bawah80``, ``atas80`` (random walk with drift), ``peluang`` (band), ``label``, ``penolakan`` (codes),
        ``kalimat`` (annex) and ``kalimat_opd``.

    Examples
    --------
    >>> series = pd.DataFrame({"kode_indikator": "a", "tahun": range(2019, 2026),
    ...                        "realisasi": [71.2, 72.5, 70.9, 74.0, 75.1, 74.8, 77.3]})
    >>> aims = pd.DataFrame({"kode_indikator": ["a"], "dokumen": ["rpd"], "tahun_target": [2026], "target": [79.0],
    ...                      "target_atas": [None]})
    >>> found = outlooks(series, aims, pd.DataFrame({"kode_indikator": ["a"], "polaritas": ["naik_baik"]}))
    >>> found[["label", "peluang"]].to_numpy().tolist()
    [['sulit', '20–30%']]
    """
    polarities = dict(zip(indicators[KEY], indicators["polaritas"], strict=True))
    known = {str(code): rows for code, rows in series.dropna(subset="realisasi").groupby(KEY)}
    own = aims[aims[KEY].isin(list(polarities)) & aims[KEY].isin(list(known))]
    rows = [_outlook(row, known[row[KEY]], polarities[row[KEY]]) for row in own.to_dict("records")]
    columns = [*aims.columns, *_COLUMNS]
    return pd.DataFrame([row for row in rows if row], columns=columns)


_COLUMNS = [
    "n", "terakhir", "laju_perlu", "laju_selama_ini", "titik", "bawah80", "atas80", "peluang", "label", "penolakan",
    "kalimat", "kalimat_opd",
]  # fmt: skip


def _outlook(aim: dict[Any, Any], own: pd.DataFrame, polarity: str) -> dict[str, Any]:
    years, values = own["tahun"].to_numpy("float64"), own["realisasi"].to_numpy("float64")
    if pd.isna(aim["target"]) or aim["tahun_target"] <= years.max():
        return {}
    upper = None if pd.isna(aim["target_atas"]) else float(aim["target_atas"])
    found: Projection = project(years, values, aim["tahun_target"], float(aim["target"]), polarity, upper)
    drift = found.methods.loc["rw_drift"]
    return aim | {
        "n": found.n, "terakhir": values[years.argmax()], "laju_perlu": found.required_pace,
        "laju_selama_ini": found.historical_pace, "titik": drift["titik"], "bawah80": drift["pi80_bawah"],
        "atas80": drift["pi80_atas"], "peluang": found.chance_band, "label": found.label,
        "penolakan": ", ".join(item.code for item in found.refusals), "kalimat": found.sentence,
        "kalimat_opd": found.plain,
    }  # fmt: skip
