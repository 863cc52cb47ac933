"""What may be said of the published series: disputed years are set aside, an old series ends where it ends."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pkanalysis.analysis import published
from pkanalysis.analysis.achievement.numerals import figure
from pkanalysis.analysis.claims import refusal
from pkanalysis.analysis.trend.assessment import assess
from pkanalysis.analysis.trend.sentences import joined

POLARITY = {"naik": "naik_baik", "turun": "turun_baik"}


def readings(figures: pd.DataFrame, topic: str = "makro") -> pd.DataFrame:
    """One row per published series with at least three years, and the sentence that it allows.

    A year for which sources give different figures is not used: none of them is chosen. Values of an older series
    (``catatan``: seri lama) are not joined to later ones.

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
    ...     "nilai": [10.66, 10.6, 8.95, 8.27], "arah": "turun", "catatan": "",
    ...     "is_konflik": [True, True, False, False]})
    >>> found = readings(rows)
    >>> found["kalimat"].item()[:92]
    'Tahun 2021 tidak dihitung: sumber menyebut 10,66 dan 10,6, dan tidak ada yang dipilih. Baru '
    """
    rows = published.series(figures, topic)
    found = [_reading(str(name), own) for name, own in rows.groupby("uraian", sort=False)]
    return pd.DataFrame(found, columns=_COLUMNS)


_COLUMNS = ["uraian", "satuan", "n", "tahun", "bertentangan", "seri_lama", "kosong", "klaim", "penolakan", "kalimat"]


def _reading(name: str, own: pd.DataFrame) -> dict[str, Any]:
    is_disputed, is_old = own["is_konflik"].fillna(False).astype(bool), own["is_seri_lama"]
    is_empty = own["nilai"].isna()
    used = own[~is_disputed & ~is_old & ~is_empty]
    polarity = POLARITY.get(str(own["arah"].iloc[0]), "rentang")  # without a direction nothing gets better or worse
    found = assess(used["tahun"].to_numpy("float64"), used["nilai"].to_numpy("float64"), polarity)
    disputes = [_dispute(str(year), part["nilai"]) for year, part in own[is_disputed].groupby("tahun")]
    old = own.loc[is_old, "tahun"].astype(int).tolist()
    codes = ["SUMBER_BERTENTANGAN"] * bool(disputes) + ["DEFINISI_BERUBAH"] * bool(old)
    restarted = f"Nilai {_listed(old)} memakai seri lama dan tidak disambung." if old else ""
    return {
        "uraian": name,
        "satuan": own["satuan"].iloc[0],
        "n": found.n,
        "tahun": _listed(found.years),
        "bertentangan": _listed(sorted(set(own.loc[is_disputed, "tahun"].astype(int)))),
        "seri_lama": _listed(old),
        "kosong": _listed(own.loc[is_empty, "tahun"].astype(int).tolist()),
        "klaim": found.claim,
        "penolakan": ", ".join([*codes, *(item.code for item in found.refusals)]),
        "kalimat": joined(*disputes, restarted, found.sentence, *_limits(found.n, found.refusals)),
    }


def _dispute(year: str, values: pd.Series) -> str:
    given = [figure(value) for value in values.dropna()]
    if len(given) > 1:
        return f"Tahun {year} tidak dihitung: sumber menyebut {' dan '.join(given)}, dan tidak ada yang dipilih."
    return f"Tahun {year} tidak dihitung: angka {given[0] if given else '–'} bertentangan dengan sumber lain."


def _limits(n: int, refusals: Any) -> list[str]:
    """Below four points the sentence of the refusal says what may be said; with four it is part of the verdict."""
    return [item.sentence for item in refusals] if n < 4 else []


def _listed(years: Any) -> str:
    return ", ".join(str(year) for year in years)


def disputed() -> str:
    """What is done about sources that contradict each other.

    Examples
    --------
    >>> disputed()[:40]
    'Sumber menyebut angka yang berbeda untuk'
    """
    return refusal("SUMBER_BERTENTANGAN").sentence
