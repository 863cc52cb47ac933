"""What other cut rates would save, as arithmetic beside what was done."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pkanalysis.analysis.budget.rates import BINDING, rate_cut


def what_if(changes: pd.DataFrame, rates: Mapping[str, float]) -> pd.DataFrame:
    """What other rates would save, per OPD and category, beside what was done.

    Arithmetic on the earlier stage, not a forecast: whether an OPD could do its work with what
    is left is another question.

    Parameters
    ----------
    changes : DataFrame
        As for :func:`rate_cut`.
    rates : mapping of str to float
        Efficiency category -> share to be cut (0-1).

    Returns
    -------
    DataFrame
        ``kode_opd``, ``kategori``, ``tarif``, ``pagu_sebelum_rp``, ``simulasi_rp`` (what the rate would
        save), ``dilakukan_rp`` (net cut that was made; negative = increased), ``selisih_rp`` =
        simulasi - dilakukan; OPD without the category are left out.

    Examples
    --------
    >>> rows = pd.DataFrame({"kode_opd": "A", "kode_rekening": ["5.1.02.04.01.0001"],
    ...                      "pagu_sebelum_rp": [100], "pagu_sesudah_rp": [50]})
    >>> what_if(rows, {"perjalanan_dinas": 0.6})[["simulasi_rp", "dilakukan_rp", "selisih_rp"]].values.tolist()
    [[60, 50, 10]]
    """
    tests = [rate_cut(changes, category, rate) for category, rate in rates.items()]
    if not tests:
        return what_if(changes, {BINDING: 0.5}).iloc[:0]
    rows = pd.concat(tests, ignore_index=True).query("cakupan == 'opd' and status != 'tidak_berlaku'")
    saved, done = rows["pagu_sebelum_rp"] - rows["batas_rp"], -rows["selisih_rp"]
    rows = rows.assign(simulasi_rp=saved, dilakukan_rp=done, selisih_rp=saved - done)
    names = ["kode_opd", "kategori", "tarif", "pagu_sebelum_rp", "simulasi_rp", "dilakukan_rp", "selisih_rp"]
    return rows[names].reset_index(drop=True)
