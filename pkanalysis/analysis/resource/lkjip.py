"""Use of resources per sasaran or programme as the LKjIP shows it: variants A-D side by side."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pkanalysis.analysis import given
from pkanalysis.analysis.resource.efficiency import efficiency
from pkanalysis.analysis.resource.gathering import share

ROUNDING = 1e-9
"""Achievement of 100 that arithmetic made 99.999999999... is 100."""

REMARKS = {
    (True, True): "Target tercapai dengan serapan di bawah pagu terakhir.",
    (True, False): "Target tercapai dengan seluruh pagu terakhir terpakai.",
    (False, True): "Serapan rendah disertai target yang belum tercapai; tidak dinyatakan efisien.",
    (False, False): "Target belum tercapai dan seluruh pagu terakhir terpakai.",
}
WORDS = {
    (True, True): "efisien",
    (True, False): "efektif",
    (False, True): "perlu_perhatian",
    (False, False): "tidak_efisien",
}


def resource_use(rows: pd.DataFrame, cap: float = 100.0) -> pd.DataFrame:
    """Four readings of "efisiensi penggunaan sumber daya"; none says "efisien" where the target was missed.

    Spending less than the ceiling with a missed target is no efficiency, and a cut of the ceiling in
    mid-year lifts absorption by arithmetic: both bases are shown, and A-C are on the ceiling in force.

    Parameters
    ----------
    rows : DataFrame
        Per sasaran or programme: ``capaian_pct`` (uncapped), ``pagu_murni_rp``, ``pagu_perubahan_rp``,
        ``realisasi_rp``, and optionally ``is_tercapai`` (otherwise: capaian of 100 and more).
    cap : float
        Achievement counts up to this per cent in B, so that a soft target adds nothing.

    Returns
    -------
    DataFrame
        ``rows`` and ``serapan_murni_pct``, ``serapan_perubahan_pct``; ``varian_a_pct`` = 100 - serapan where
        the target was reached (else missing); ``varian_b_pct`` = capped capaian - serapan (points);
        ``varian_c`` (efisien, efektif, perlu_perhatian, tidak_efisien); ``varian_d_e``, ``varian_d_ne`` on
        the ceiling in force and ``varian_d_e_murni``, ``varian_d_ne_murni`` on the original one;
        ``is_efisien`` (missing where data are); ``keterangan`` (Indonesian, names why bases differ).

    References
    ----------
    A: LKjIP practice (efficient only if reached); B: customary; C: a reading of A; D: PMK 22/2021, see
    :func:`pkanalysis.analysis.resource.efficiency.efficiency`.

    Examples
    --------
    >>> rows = pd.DataFrame({"capaian_pct": [104.0, 95.0], "pagu_murni_rp": [120, 100],
    ...                      "pagu_perubahan_rp": [100, 100], "realisasi_rp": [90, 80]})
    >>> resource_use(rows)[["varian_a_pct", "varian_b_pct", "varian_c", "is_efisien"]].values.tolist()
    [[10.0, 10.0, 'efisien', True], [<NA>, 15.0, 'perlu_perhatian', False]]
    """
    given.require(rows, ["capaian_pct", "pagu_murni_rp", "pagu_perubahan_rp", "realisasi_rp"])
    achieved = rows["capaian_pct"].astype("Float64")
    original, current = (share(rows["realisasi_rp"], rows[f"pagu_{stage}_rp"]) for stage in ("murni", "perubahan"))
    reached = (rows["is_tercapai"] if "is_tercapai" in rows else achieved >= 100 - ROUNDING).astype("boolean")
    cells = [_cell(*pair) for pair in zip(reached, current < 100, strict=True)]
    table = rows.assign(
        serapan_murni_pct=original,
        serapan_perubahan_pct=current,
        varian_a_pct=(100 - current).where(reached.fillna(False)),
        varian_b_pct=achieved.clip(upper=cap) - current,
        varian_c=pd.Series([WORDS[cell] if cell else None for cell in cells], index=rows.index, dtype="str"),
        is_efisien=reached & (current < 100),
    )
    for suffix, stage in (("", "perubahan"), ("_murni", "murni")):
        pairs = [efficiency(*values) for values in _values(rows, stage)]
        table[f"varian_d_e{suffix}"] = [found.e for found in pairs]
        table[f"varian_d_ne{suffix}"] = [found.ne for found in pairs]
    return table.assign(keterangan=_remarks(rows, cells))


def _values(rows: pd.DataFrame, stage: str) -> list[tuple[float, float, float]]:
    columns = (rows[f"pagu_{stage}_rp"], rows["capaian_pct"].astype("Float64") / 100, rows["realisasi_rp"])
    arrays = [column.astype("Float64").to_numpy(dtype="float64", na_value=np.nan) for column in columns]
    return [(float(p), float(c), float(r)) for p, c, r in zip(*arrays, strict=True)]


def _cell(is_reached: bool | None, is_below: bool | None) -> tuple[bool, bool] | None:
    return None if pd.isna(is_reached) or pd.isna(is_below) else (bool(is_reached), bool(is_below))


def _remarks(rows: pd.DataFrame, cells: list[tuple[bool, bool] | None]) -> pd.Series:
    is_changed = rows["pagu_murni_rp"].ne(rows["pagu_perubahan_rp"]).fillna(False)
    texts = [REMARKS[cell] if cell else "Capaian, pagu, atau realisasi belum ada; tidak dinilai." for cell in cells]
    added = " Pagu berubah di tengah tahun, sehingga serapan dan E atas kedua pagu berbeda."
    return pd.Series([text + added * bool(it) for text, it in zip(texts, is_changed, strict=True)], rows.index, "str")
