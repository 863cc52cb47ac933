"""Business travel that was really spent, against the ceiling and against the rate."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pkanalysis.analysis.budget.rates import allowed
from pkanalysis.analysis.budget.travel import is_travel


def travel_realised(
    original: pd.DataFrame, current: pd.DataFrame, spending: pd.DataFrame, rate: float = 0.5, tolerance_rp: int = 0
) -> pd.DataFrame:
    """Travel that was really spent, against the ceiling in force and against the rate on the original one.

    Spending to date says nothing final before the year is over: ``sampai_bulan`` tells how far it goes.

    Parameters
    ----------
    original, current : DataFrame
        Rows of ``anggaran``: the original stage (murni) and the one in force.
    spending : DataFrame
        Rows of ``realisasi_anggaran`` of the same year.

    Returns
    -------
    DataFrame
        Per OPD, one row for all last (``cakupan``): ``pagu_murni_rp``, ``pagu_terakhir_rp``,
        ``realisasi_rp`` (each missing where the OPD has no row at all in that table), ``sampai_bulan``,
        ``batas_rp``, ``persen`` (spending of murni), ``status_pagu`` (dalam_pagu, melebihi_pagu,
        belum_ada_data) and ``status_tarif`` (memenuhi, belum, tidak_berlaku = no travel at all,
        pos_baru = none in murni, belum_ada_data). The row of all covers the OPD with all three.

    Examples
    --------
    >>> lines = pd.DataFrame({"kode_opd": ["A", "B"], "kode_rekening": "5.1.02.04.01.0001", "pagu_rp": [100, 60]})
    >>> spent = pd.DataFrame({"kode_opd": ["A"], "kode_rekening": "5.1.02.04.01.0001", "bulan": 12, "realisasi_rp": 55})
    >>> travel_realised(lines, lines, spent)[["realisasi_rp", "status_pagu", "status_tarif"]].values.tolist()
    [[55, 'dalam_pagu', 'belum'], [<NA>, 'belum_ada_data', 'belum_ada_data'], [55, 'dalam_pagu', 'belum']]
    """
    months = spending.groupby("kode_opd")["bulan"].max().rename("sampai_bulan")
    tables = {"pagu_murni_rp": original, "pagu_terakhir_rp": current}
    sums = [_travel(lines, "pagu_rp").rename(name) for name, lines in tables.items()]
    rows = pd.concat([*sums, _travel(spending, "realisasi_rp"), months], axis=1).astype("Int64").sort_index()
    complete = rows.dropna()
    total = complete.sum().to_frame().T.assign(sampai_bulan=complete["sampai_bulan"].min())
    table = pd.concat([rows.rename_axis("kode_opd").reset_index(), total], ignore_index=True).astype(rows.dtypes)
    cover = ["opd"] * len(rows) + ["semua"]
    return _held(table.assign(cakupan=pd.Series(cover, dtype="str")), rate, tolerance_rp)


def _travel(lines: pd.DataFrame, amount: str) -> pd.Series:
    return lines[amount].where(is_travel(lines["kode_rekening"]), 0).groupby(lines["kode_opd"]).sum()


def _held(rows: pd.DataFrame, rate: float, tolerance_rp: int) -> pd.DataFrame:
    original, current, spent = (rows[name] for name in ("pagu_murni_rp", "pagu_terakhir_rp", "realisasi_rp"))
    is_known = pd.concat([original, current, spent], axis=1).notna().all(axis=1)
    limit = allowed(original.fillna(0), rate).astype("Int64").where(is_known)
    held = {
        "status_pagu": [("dalam_pagu", spent <= current), ("melebihi_pagu", spent > current)],
        "status_tarif": [
            ("tidak_berlaku", (original <= 0) & (spent <= 0)),
            ("pos_baru", original <= 0),
            ("memenuhi", spent <= limit + tolerance_rp),
            ("belum", spent > limit + tolerance_rp),
        ],
    }
    words = {name: _first(cases, is_known) for name, cases in held.items()}
    share = 100 * spent.astype("Float64") / original.mask(original <= 0).astype("Float64")
    return rows.assign(batas_rp=limit, persen=share, **words)


def _first(cases: list[tuple[str, pd.Series]], is_known: pd.Series) -> pd.Series:
    met = [is_known & holds.fillna(False).astype("bool") for _, holds in cases]
    found = np.select(met, [word for word, _ in cases], "belum_ada_data")
    return pd.Series(found, index=is_known.index, dtype="str")
