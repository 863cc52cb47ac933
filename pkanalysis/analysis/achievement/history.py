"""Values of indicators over years, to see before anyone speaks of a trend."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pkanalysis.analysis.achievement.formulas import percent
from pkanalysis.analysis.achievement.measured import pk_targets, values_to


def history(tables: Mapping[str, pd.DataFrame], cards: pd.DataFrame, years: list[int]) -> pd.DataFrame:
    """Year-end value and PK target of the indicators in ``cards``, one row per indicator and year.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``target`` and ``realisasi``.
    cards : DataFrame
        Rows with ``kode_indikator``, ``agregasi``, ``jadwal_ukur`` and ``berlaku_dari`` (a scorecard).
    years : list of int

    Returns
    -------
    DataFrame
        ``kode_indikator``, ``tahun``, ``realisasi``, ``realisasi_huruf``, ``target`` and ``target_atas`` (upper bound
        of a range) of the last PK of that year. Years before ``berlaku_dari`` are left out: another definition is
        another series.
    """
    indexed = cards.set_index("kode_indikator")
    parts = [_year(tables, indexed, year).assign(tahun=year) for year in years]
    rows = pd.concat(parts).reset_index()
    since = rows["kode_indikator"].map(indexed["berlaku_dari"]).fillna(0)
    return rows[rows["tahun"].ge(since)].sort_values(["kode_indikator", "tahun"], kind="stable").reset_index(drop=True)


def achieved_by_year(series: pd.DataFrame, cards: pd.DataFrame) -> pd.DataFrame:
    """Year-end achievement in per cent, uncapped, against the last PK of each year: indicators by years.

    Parameters
    ----------
    series : DataFrame
        Result of :func:`history`.
    cards : DataFrame
        Rows with ``kode_indikator``, ``polaritas`` and ``rumus`` (missing = deviasi).

    Examples
    --------
    >>> series = pd.DataFrame({"kode_indikator": ["i"], "tahun": [2024], "realisasi": [90.0], "target": [80.0],
    ...                        "target_atas": [None]})
    >>> cards = pd.DataFrame({"kode_indikator": ["i"], "polaritas": ["naik_baik"], "rumus": [None]})
    >>> achieved_by_year(series, cards).loc["i", 2024].item()
    112.5
    """
    rows = series.merge(cards[["kode_indikator", "polaritas", "rumus"]], on="kode_indikator")
    formula = rows["rumus"].astype("object").fillna("deviasi")
    done = percent(rows["realisasi"], rows["target"], rows["polaritas"], rows["target_atas"], formula)
    return rows.assign(capaian=done).pivot(index="kode_indikator", columns="tahun", values="capaian")


def _year(tables: Mapping[str, pd.DataFrame], indexed: pd.DataFrame, year: int) -> pd.DataFrame:
    nobody = pd.DataFrame(columns=["kode_opd", "dokumen", "ke"])
    targets = pk_targets(tables["target"], nobody, indexed["jadwal_ukur"], year, "tahunan")
    values = values_to(tables["realisasi"], indexed, year, "tahunan")
    aims = {
        f"target{part}": targets[f"target_perubahan{part}"].where(targets["ke"].gt(0), targets[f"target_murni{part}"])
        for part in ("", "_atas")
    }
    return values[["realisasi", "realisasi_huruf"]].assign(**aims)
