"""Values that look copied: from the target, from last year, from another indicator; indicators listed twice."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from pkanalysis.analysis.achievement.numerals import figure
from pkanalysis.analysis.quality.flagged import flagged, in_force, last_year

COMMON = (0.0, 1.0, 100.0)
"""Values that many indicators share for good reasons."""


def equals_target(cards: pd.DataFrame, share: float = 1.0, at_least: int = 3) -> pd.DataFrame:
    """OPDs whose realisasi equals the target in force in at least ``share`` of ``at_least`` or more indicators.

    Examples
    --------
    >>> cards = pd.DataFrame({"kode_opd": "X", "kode_indikator": list("abc"), "nama_indikator": list("abc"), "ke": 0,
    ...     "realisasi": [71.5, 80, 9], "target_murni": [71.5, 80, 9], "target_perubahan": np.nan})
    >>> equals_target(cards)["bendera"].tolist()
    ['REALISASI_SAMA_DENGAN_TARGET', 'REALISASI_SAMA_DENGAN_TARGET', 'REALISASI_SAMA_DENGAN_TARGET']
    """
    aim = in_force(cards)
    judged = cards[cards["realisasi"].notna() & aim.notna()]
    is_same = judged["realisasi"].eq(aim.loc[judged.index])
    offices = is_same.groupby(judged["kode_opd"]).agg(["mean", "size"])
    suspect = offices.index[offices["mean"].ge(share) & offices["size"].ge(at_least)]
    rows = judged[is_same & judged["kode_opd"].isin(suspect)]
    sizes = rows["kode_opd"].map(offices["size"])
    told = dict(zip(rows["kode_indikator"], sizes, strict=True))
    return flagged(
        rows, "REALISASI_SAMA_DENGAN_TARGET", aim.loc[rows.index], share,
        lambda row: f"Realisasi sama persis dengan target ({figure(row.nilai)}), seperti hampir semua dari "
        f"{told[row.kode_indikator]} indikator OPD ini; mintakan bukti dukungnya.",
    )  # fmt: skip


def always_on_target(cards: pd.DataFrame, history: pd.DataFrame, at_least: int = 3) -> pd.DataFrame:
    """Indicators whose realisasi equals the target in every year that has both, ``at_least`` years.

    ``nilai`` is the last value, ``pembanding`` the number of years.

    Examples
    --------
    >>> cards = pd.DataFrame({"kode_opd": "X", "kode_indikator": ["a"], "nama_indikator": ["a"]})
    >>> history = pd.DataFrame({"kode_indikator": "a", "tahun": [2023, 2024, 2025], "realisasi": [70.0, 71.5, 73],
    ...                         "target": [70.0, 71.5, 73]})
    >>> always_on_target(cards, history)["keterangan"].tolist()
    ['Realisasi sama persis dengan target pada semua 3 tahun yang ada (terakhir 73); mintakan bukti dukungnya.']
    """
    known = history.dropna(subset=["realisasi", "target"]).sort_values("tahun", kind="stable")
    years = known.assign(is_same=known["realisasi"].eq(known["target"])).groupby("kode_indikator")
    found = years.agg(n=("is_same", "size"), is_all=("is_same", "all"), realisasi=("realisasi", "last"))
    found = found[found["is_all"] & found["n"].ge(at_least)]
    rows = cards[cards["kode_indikator"].isin(found.index)]
    rows = rows.assign(realisasi=rows["kode_indikator"].map(found["realisasi"]).astype("float64"))
    return flagged(
        rows, "REALISASI_SELALU_SAMA_TARGET", rows["kode_indikator"].map(found["n"]), at_least,
        lambda row: f"Realisasi sama persis dengan target pada semua {row.pembanding:.0f} tahun yang ada (terakhir "
        f"{figure(row.nilai)}); mintakan bukti dukungnya.",
    )  # fmt: skip


def repeats_last_year(
    cards: pd.DataFrame, history: pd.DataFrame, year: int, common: Collection[float] = COMMON, within: float = 0.0
) -> pd.DataFrame:
    """Realisasi equal to that of the year before (within ``within``); ``common`` values are left out.

    Examples
    --------
    >>> cards = pd.DataFrame({"kode_opd": "X", "kode_indikator": ["a"], "nama_indikator": ["a"], "realisasi": [71.52]})
    >>> history = pd.DataFrame({"kode_indikator": ["a"], "tahun": [2024], "realisasi": [71.52]})
    >>> repeats_last_year(cards, history, 2025)["bendera"].tolist()
    ['REALISASI_SAMA_TAHUN_LALU']
    """
    known = last_year(cards, history, year)
    is_same = (known["realisasi"] - known["lalu"]).abs() <= within
    rows = known[is_same & ~known["realisasi"].isin(list(common))]
    return flagged(
        rows, "REALISASI_SAMA_TAHUN_LALU", rows["lalu"], within,
        lambda row: f"Realisasi sama dengan {year - 1} ({figure(row.nilai)}); pastikan bukan salinan tahun lalu.",
    )  # fmt: skip


def repeats_another(cards: pd.DataFrame, digits: int = 3, common: Collection[float] = COMMON) -> pd.DataFrame:
    """Realisasi with ``digits`` or more significant digits that another indicator of the OPD also has.

    Only within one level (``tingkat``): an IKU of the city may well be the IKU of its office.

    Examples
    --------
    >>> cards = pd.DataFrame({"kode_opd": "X", "tingkat": "iku_opd", "kode_indikator": list("abc"),
    ...                       "nama_indikator": ["satu", "dua", "tiga"], "realisasi": [71.52, 71.52, 50]})
    >>> repeats_another(cards)["kode_indikator"].tolist()
    ['a', 'b']
    """
    keys = ["kode_opd", "tingkat", "realisasi"]
    is_precise = cards["realisasi"].map(_digits).ge(digits) & ~cards["realisasi"].isin(list(common))
    rows = cards[is_precise]
    rows = rows[rows.groupby(keys)["kode_indikator"].transform("nunique").gt(1)].sort_values([*keys, "kode_indikator"])
    return flagged(
        rows, "REALISASI_SAMA_INDIKATOR_LAIN", rows["realisasi"], digits,
        lambda row: f"Realisasi {figure(row.nilai)} juga tercatat pada indikator lain OPD ini; pastikan bukan salinan.",
    )  # fmt: skip


def listed_twice(cards: pd.DataFrame, at_least: int = 2) -> pd.DataFrame:
    """Indicators of one OPD and level with the same name, apart from capitals and spaces.

    Examples
    --------
    >>> cards = pd.DataFrame({"kode_opd": "X", "tingkat": "iku_opd", "kode_indikator": ["a", "b"],
    ...                       "nama_indikator": ["Indeks SPBE", "indeks  SPBE "], "realisasi": [2.1, None]})
    >>> listed_twice(cards)["kode_indikator"].tolist()
    ['a', 'b']
    """
    plain = cards["nama_indikator"].str.casefold().str.split().str.join(" ")
    number = cards.groupby([cards["kode_opd"], cards["tingkat"], plain])["kode_indikator"].transform("nunique")
    rows = cards[number.ge(at_least)]
    return flagged(
        rows, "INDIKATOR_GANDA", number.loc[rows.index], at_least,
        lambda row: f"Nama indikator ini tercatat {row.pembanding:.0f} kali pada OPD dan tingkat yang sama; gabungkan "
        "atau bedakan namanya.",
    )  # fmt: skip


def _digits(value: float) -> int:
    return 0 if np.isnan(value) else len(f"{abs(value):.12g}".replace(".", "").strip("0"))
