"""Achievement as e-SAKIP applications compute it, to reconcile their printouts with ours."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pkanalysis.analysis.achievement.formulas import as_input, capped, percent

VERSIONS = ("baku", "rasio", "selisih_per_target", "dibatasi_100")
SAME = 0.05
"""Points below which two versions print alike."""


def app_versions(actual: Any, target: Any, polarity: Any) -> pd.DataFrame:
    """Per cent by every formula in use.

    ``baku``: R/T and (2T - R)/T, as everywhere here; ``rasio``: R/T and T/R; ``selisih_per_target``: R/T and
    (T - R)/T, which gives 0 when the target is exactly met; ``dibatasi_100``: baku clipped to 0-100.

    Parameters
    ----------
    actual, target : float or sequence
    polarity : str or sequence
        ``naik_baik`` or ``turun_baik``; a two-sided ``rentang`` has only ``baku`` and ``dibatasi_100``.

    Returns
    -------
    DataFrame
        One row per indicator, columns ``baku``, ``rasio``, ``selisih_per_target``, ``dibatasi_100``; missing where
        the formula has no meaning.

    References
    ----------
    Public code of e-SAKIP applications, as read for the project's rules on achievement.

    Examples
    --------
    >>> app_versions(8, 10, "turun_baik").to_numpy().tolist()
    [[120.0, 125.0, 20.0, 100.0]]
    """
    rows = _rows(actual, target, polarity)
    real, aim, kind = rows["real"], rows["aim"], rows["kind"]
    ordinary = percent(real, aim, kind)
    left = (100 * (aim - real) / aim).where(aim > 0)
    return pd.DataFrame({
        "baku": ordinary,
        "rasio": percent(real, aim, kind, formula="rasio").mask(kind.eq("rentang")),
        "selisih_per_target": ordinary.where(kind.eq("naik_baik"), left).mask(kind.eq("rentang")),
        "dibatasi_100": capped(ordinary, 100),
    })  # fmt: skip


def by_formula(card: pd.DataFrame) -> pd.DataFrame:
    """Indicators of a scorecard with a value and one number as target in force, by every formula in use.

    Targets with a range and predicates have no such versions and are left out.

    Parameters
    ----------
    card : DataFrame
        Scorecard.

    Returns
    -------
    DataFrame
        The rows of ``card`` with ``target``, the columns of :func:`app_versions` and ``is_beda`` (whether two of
        them print differently).
    """
    is_revised = card["ke"].gt(0)
    target, upper = (
        card[f"target_perubahan{part}"].where(is_revised, card[f"target_murni{part}"]) for part in ("", "_atas")
    )
    is_number = target.notna() & upper.isna() & card["realisasi"].notna() & card["polaritas"].ne("rentang")
    rows = card.assign(target=target)[is_number]
    versions = app_versions(rows["realisasi"], rows["target"], rows["polaritas"])
    return rows.join(versions).assign(is_beda=versions.max(axis=1) - versions.min(axis=1) >= SAME)


def reconciled(found: pd.DataFrame, actuals: pd.DataFrame, year: int, period: str) -> pd.DataFrame:
    """The achievement that the documents print for the period, and the formulas that give it.

    Parameters
    ----------
    found : DataFrame
        :func:`by_formula`.
    actuals : DataFrame
        Table ``realisasi``.
    year : int
    period : str
        ``tahunan`` and ``TW4`` end alike.

    Returns
    -------
    DataFrame
        ``found`` with ``tercetak`` (per cent, missing where nothing is printed) and ``cocok`` (names of the formulas,
        comma separated; empty where none gives it).

    Examples
    --------
    >>> found = by_formula(pd.DataFrame({"kode_indikator": ["a"], "ke": 0, "target_murni": 10.0, "realisasi": 8.0,
    ...     "target_murni_atas": None, "target_perubahan": None, "target_perubahan_atas": None,
    ...     "polaritas": "turun_baik"}))
    >>> actuals = pd.DataFrame({"kode_indikator": ["a"], "tahun": 2025, "periode": "TW4", "capaian_tercetak": 125.0})
    >>> reconciled(found, actuals, 2025, "tahunan")[["tercetak", "cocok"]].values.tolist()
    [[125.0, 'rasio']]
    """
    ends = ("tahunan", "TW4") if period in ("tahunan", "TW4") else (period,)
    rows = actuals[actuals["tahun"].eq(year) & actuals["periode"].isin(ends)].dropna(subset="capaian_tercetak")
    rows = rows.sort_values("periode", key=lambda periods: periods.ne(period), kind="stable")
    stated = rows.drop_duplicates("kode_indikator").set_index("kode_indikator")["capaian_tercetak"]
    known = found.assign(tercetak=found["kode_indikator"].map(stated).astype("float64"))
    return known.assign(cocok=explained_by(known["tercetak"], known["realisasi"], known["target"], known["polaritas"]))


def _rows(actual: Any, target: Any, polarity: Any) -> pd.DataFrame:
    """The inputs side by side; a scalar stands for every row."""
    index = next((given.index for given in (actual, target) if isinstance(given, pd.Series)), None)
    real, aim = (np.atleast_1d(as_input(given)[0]) for given in (actual, target))
    return pd.DataFrame({"real": real, "aim": aim}, index=index).assign(kind=polarity)


def explained_by(printed: Any, actual: Any, target: Any, polarity: Any, within: float = 0.05) -> pd.Series:
    """Which formulas give the achievement that an application printed.

    Parameters
    ----------
    printed : float or sequence
        Per cent as printed.
    actual, target, polarity
        As in :func:`app_versions`.
    within : float
        Largest difference in points.

    Returns
    -------
    Series of str
        Names of the formulas, comma separated; empty where none fits.

    Examples
    --------
    >>> explained_by([125, 100, 97], [8, 8, 8], [10, 10, 10], "turun_baik").tolist()
    ['rasio', 'dibatasi_100', '']
    """
    versions = app_versions(actual, target, polarity)
    stated = np.atleast_1d(as_input(printed)[0])
    is_near = (versions.sub(stated, axis=0).abs() <= within).to_numpy()
    names = np.asarray(VERSIONS)
    return pd.Series([", ".join(names[row]) for row in is_near], index=versions.index, dtype="str")
