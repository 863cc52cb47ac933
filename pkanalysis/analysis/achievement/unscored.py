"""Indicators without a percentage of achievement, each with the reason why."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pkanalysis.tables import WAITING

MIXED, UNKNOWN_LETTER, LETTER = "HURUF_DAN_ANGKA", "HURUF_TIDAK_DIKENAL", "PREDIKAT"


def unscored(card: pd.DataFrame) -> pd.DataFrame:
    """Indicators that have no percentage, in the order of ``card``.

    Parameters
    ----------
    card : DataFrame
        A scorecard (:func:`pkanalysis.analysis.achievement.scorecard.scorecard`).

    Returns
    -------
    DataFrame
        ``kode_opd``, ``kode_indikator``, ``nama_indikator``, ``tercapai`` (known all the same for predicates and for a
        target of zero) and ``alasan``: a status (``menunggu_rilis``, ``belum_jadwal``, ``tidak_terukur``,
        ``tidak_berlaku``), a flag (``REALISASI_KOSONG``, ``TRIWULAN_TIDAK_LENGKAP``, ``TARGET_TIDAK_ADA``,
        ``TARGET_NOL``), ``PREDIKAT`` (judged as reached or not), ``HURUF_TIDAK_DIKENAL`` (predicates on no known
        scale), ``HURUF_DAN_ANGKA`` (one is a predicate, the other a number).

    Examples
    --------
    >>> card = pd.DataFrame({"kode_opd": "X", "kode_indikator": list("abc"), "nama_indikator": list("abc"), "ke": 0,
    ...     "capaian_berlaku": [104.0, None, None], "realisasi": [52.0, 9.0, None], "target_murni": [50.0, None, None],
    ...     "realisasi_huruf": [None, None, "BB"], "target_murni_huruf": [None, None, "B"], "target_perubahan": None,
    ...     "target_perubahan_huruf": None, "status": "final", "bendera": ["", "TARGET_TIDAK_ADA", ""],
    ...     "is_tercapai": pd.array([True, None, True], "boolean")})
    >>> unscored(card)[["kode_indikator", "alasan"]].to_numpy().tolist()
    [['b', 'TARGET_TIDAK_ADA'], ['c', 'PREDIKAT']]
    """
    rows = card[card["capaian_berlaku"].isna()]
    found = rows[["kode_opd", "kode_indikator", "nama_indikator"]].assign(
        tercapai=rows["is_tercapai"].astype("boolean"), alasan=_reason(rows)
    )
    return found.reset_index(drop=True)


def _reason(rows: pd.DataFrame) -> pd.Series:
    """The first reason that holds: no value, no target, a target of zero, letters."""
    has_value = rows["realisasi"].notna() | rows["realisasi_huruf"].notna()
    is_revised = rows["ke"].gt(0)
    number = rows["target_perubahan"].where(is_revised, rows["target_murni"]).notna()
    letter = rows["target_perubahan_huruf"].where(is_revised, rows["target_murni_huruf"]).notna()
    is_quarter_missing = rows["bendera"].str.contains("TRIWULAN_TIDAK_LENGKAP")
    rules = [
        (~has_value & rows["status"].isin(WAITING), rows["status"].astype(object)),
        (~has_value & is_quarter_missing, "TRIWULAN_TIDAK_LENGKAP"),
        (~has_value, "REALISASI_KOSONG"),
        (~number & ~letter, "TARGET_TIDAK_ADA"),
        (number & rows["realisasi"].notna(), "TARGET_NOL"),
        (letter & rows["realisasi_huruf"].notna() & rows["is_tercapai"].notna(), LETTER),
        (letter & rows["realisasi_huruf"].notna(), UNKNOWN_LETTER),
    ]
    is_so, reasons = zip(*rules, strict=True)
    return pd.Series(np.select(is_so, reasons, default=MIXED), index=rows.index, dtype="str")
