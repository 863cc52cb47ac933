"""The verdict on every indicator of a region, with multiplicity over all of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import pandas as pd

from pkanalysis.analysis.trend.assessment import TREND_FROM, assess
from pkanalysis.analysis.trend.discovery import counted, false_discovery
from pkanalysis.analysis.trend.kendall import tested
from pkanalysis.analysis.trend.sentences import joined
from pkanalysis.analysis.trend.series import Points, comparable

ALPHA = 0.05
"""Largest p of a single trend, before multiplicity."""


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
        for code, group in history.groupby("kode_indikator", sort=True)
    }
    p = [tested(points.values).p if points.n >= TREND_FROM else np.nan for points in series.values()]
    joint = false_discovery(p, q)
    limit = min(ALPHA, np.asarray(p)[joint.rejected].max(initial=0.0))
    rows = [_row(code, points, polarities[code], limit, joint.tested) for code, points in series.items()]
    return pd.DataFrame(rows, columns=_COLUMNS).assign(p_disesuaikan=joint.adjusted)


def surveyed(table: pd.DataFrame, q: float = 0.10) -> str:
    """``k dari m`` of a :func:`survey` made at the same ``q``.

    Examples
    --------
    >>> surveyed(pd.DataFrame({"is_tren": [True, False, False], "p": [0.001, 0.4, None]}))
    '1 dari 2 indikator yang diuji menunjukkan tren; yang keliru diharapkan paling banyak 10%.'
    """
    return counted(int(table["is_tren"].sum()), int(table["p"].count()), q)


_COLUMNS = [
    "kode_indikator", "n", "s", "tau", "p", "p_disesuaikan", "is_tren", "arah", "gerak", "kemiringan", "bawah", "atas",
    "keyakinan", "klaim", "penolakan", "kalimat", "kalimat_opd",
]  # fmt: skip


def _row(code: str, points: Points, polarity: str, limit: float, tested_together: int) -> dict[str, Any]:
    """The verdict at the level that multiplicity leaves; a p that is small only by itself is said to be so."""
    found = assess(points.years, points.values, polarity, alpha=limit)
    refusals, is_alone = points.refusals + found.refusals, limit < found.p <= ALPHA and found.n >= TREND_FROM
    alone = f"Tidak lolos setelah {tested_together} indikator diuji bersama." if is_alone else ""
    return {
        "kode_indikator": code, "n": found.n, "s": found.s, "tau": found.tau, "is_tren": found.is_trend,
        "p": found.p if found.n >= TREND_FROM else np.nan, "arah": found.direction, "gerak": found.movement,
        "kemiringan": found.slope, "bawah": found.low, "atas": found.high, "keyakinan": found.achieved_confidence,
        "klaim": found.claim, "penolakan": ", ".join(item.code for item in refusals),
        "kalimat": joined(*(item.sentence for item in points.refusals), found.sentence, alone),
        "kalimat_opd": found.plain,
    }  # fmt: skip
