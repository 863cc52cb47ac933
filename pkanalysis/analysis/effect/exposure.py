"""Size of the cut per OPD: by rule from the original budget (primary), and as it was carried out."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pkanalysis.analysis import given
from pkanalysis.analysis.budget.accounts import TARGETED, check_categories, classify, spending_kind

STAFF = "Belanja Pegawai"


def exposure(
    anggaran: pd.DataFrame, rates: Mapping[str, float], before: str = "murni", after: str | None = None
) -> pd.DataFrame:
    r"""Size of the cut per OPD.

    The primary size is the rule applied to the original budget, fixed before anybody cut:
    :math:`z_i = \sum_k r_k B^0_{ik} / B^0_i`. The actual cut is :math:`d_i = (B^0_i - B^1_i) / B^0_i`.

    Parameters
    ----------
    anggaran : DataFrame
        Rows of ``anggaran``: ``tahap``, ``kode_opd``, ``kode_rekening``, ``pagu_rp``, and ``tahun`` where there are
        several.
    rates : mapping of str to float
        Share to be cut (0-1) by efficiency category (``[efisiensi] tarif``); accounts whose category
        needs a person's judgement (``perlu_telaah``) are not counted.
    before, after : str
        Stage codes. Without ``after`` the actual cut is missing, as for an OPD that has no row there.

    Returns
    -------
    DataFrame
        Per year and ``kode_opd``, sorted: ``pagu_sebelum_rp``, ``potensi_rp``, and as shares (0-1) ``potensi`` (z),
        ``pengurangan`` (d; negative = gain), ``pengurangan_luar_pegawai`` (d outside belanja pegawai);
        ``bertambah`` (whether the budget grew). Missing where the base is zero.

    Raises
    ------
    ValueError
        A column that is not there, a ``pagu_rp`` that is missing or no whole rupiah, an OPD without a code, a category
        that the reference does not know, or a rate that is no share.

    References
    ----------
    Callaway, Goodman-Bacon & Sant'Anna (2024), doi:10.3386/w32117, on treatments of different size.

    Examples
    --------
    >>> rows = pd.DataFrame({
    ...     "tahap": ["murni", "murni", "perubahan", "perubahan"], "kode_opd": "A",
    ...     "kode_rekening": ["5.1.02.04.01.0001", "5.1.01.01.01.0001"] * 2, "pagu_rp": [40, 60, 25, 60]})
    >>> exposure(rows, {"perjalanan_dinas": 0.5}, after="perubahan").iloc[0, 2:6].tolist()
    [20.0, 0.2, 0.15, 0.375]
    """
    lines = _checked(anggaran, rates)
    first, last = (lines[lines["tahap"].eq(stage)] for stage in (before, after or ""))
    base = _per_opd(first)
    due = _per_opd(first.assign(pagu_rp=_due(first, rates))).reindex(base.index)
    cut = _share(base - _per_opd(last).reindex(base.index), base)
    result = {
        "pagu_sebelum_rp": base.astype("int64"),
        "potensi_rp": due,
        "potensi": _share(due, base),
        "pengurangan": cut,
        "pengurangan_luar_pegawai": _cut_outside_staff(first, last),
        "bertambah": cut.lt(0).astype("boolean").mask(cut.isna()),
    }
    return pd.DataFrame(result).rename_axis(base.index.names).reset_index()


def _checked(anggaran: pd.DataFrame, rates: Mapping[str, float]) -> pd.DataFrame:
    check_categories(rates)
    for category, rate in rates.items():
        given.rate(rate, category)
    given.require(anggaran, ["tahap", "kode_opd", "kode_rekening", "pagu_rp"])
    if (unnamed := int(anggaran["kode_opd"].isna().sum())) > 0:
        raise ValueError(f"kolom 'kode_opd' kosong pada {unnamed} baris; isi atau keluarkan dahulu")
    return anggaran.assign(pagu_rp=given.rupiah(anggaran["pagu_rp"]))


def _due(lines: pd.DataFrame, rates: Mapping[str, float]) -> pd.Series:
    kinds = classify(lines["kode_rekening"])
    rate = kinds["kategori"].map(rates).where(kinds["keyakinan"].isin(TARGETED)).fillna(0.0)
    return lines["pagu_rp"].astype("float64") * rate.astype("float64")


def _cut_outside_staff(first: pd.DataFrame, last: pd.DataFrame) -> pd.Series:
    is_known = _per_opd(last).index
    base, rest = (_per_opd(stage[spending_kind(stage["kode_rekening"]).ne(STAFF)]) for stage in (first, last))
    return _share(base - rest.reindex(base.index).fillna(0.0).where(base.index.isin(is_known)), base)


def _per_opd(lines: pd.DataFrame) -> pd.Series:
    keys = [lines[name] for name in ("tahun", "kode_opd") if name in lines]
    return lines["pagu_rp"].astype("float64").groupby(keys if len(keys) > 1 else keys[0]).sum().sort_index()


def _share(part: pd.Series, whole: pd.Series) -> pd.Series:
    return part / whole.where(whole > 0)
