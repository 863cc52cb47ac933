"""The seven points of Inpres 1/2025 diktum KEEMPAT as one table."""

from __future__ import annotations

import pandas as pd

from pkanalysis import reference
from pkanalysis.analysis import given
from pkanalysis.analysis.budget.accounts import classify
from pkanalysis.analysis.budget.changes import AMOUNTS
from pkanalysis.analysis.budget.transfers import TRANSFER, reasons, sources_of, transfer_kind

CERTAINTIES = ("pasti", "taksiran", "perlu_telaah")
POINT = r"diktum KEEMPAT angka (\d)"
TRANSFER_POINT, SPREAD_POINT = 7, 5


def point(accounts: pd.Series) -> pd.Series:
    """The point (1-4, 6) that asks to limit an account, as far as accounts can say; missing for the others.

    Point 7 goes by funding source and point 5 by the spread over OPD.

    Examples
    --------
    >>> point(pd.Series(["5.1.02.04.01.0001", "5.1.02.01.01.0026", "5.1.01.01.01.0001"])).tolist()
    [2, 1, <NA>]
    """
    kinds = classify(accounts)
    numbers = kinds["dasar"].str.extract(POINT, expand=False).astype("Int64")
    return numbers.where(kinds["keyakinan"].isin(CERTAINTIES) & numbers.ne(TRANSFER_POINT))


def seven_points(changes: pd.DataFrame, causes: pd.DataFrame | None = None) -> pd.DataFrame:
    """What each of the seven points asks for, before and after, and how certain the accounts are.

    A decrease of the transfer (see :func:`pkanalysis.analysis.budget.transfers.reasons`) counts in point 7
    only, never among the chosen ones. Before, after and persen are those of all lines of a point, so
    sebelum - sesudah is more than pengurangan - penambahan where a decrease counts in another point, or
    where an OPD gave another reason for a decrease of a transfer line.

    Parameters
    ----------
    changes : DataFrame
        One step of :func:`pkanalysis.analysis.budget.changes.steps`: gross figures are at line level.
    causes : DataFrame, optional
        Rows of ``perubahan_anggaran``.

    Returns
    -------
    DataFrame
        ``angka``, ``kunci``, ``ketentuan``, ``pagu_sebelum_rp``, ``pagu_sesudah_rp``, ``selisih_rp``,
        ``pengurangan_rp``, ``penambahan_rp`` (whole rupiah, missing for point 5), ``persen`` (selisih of
        sebelum), ``pasti_rp``, ``taksiran_rp``, ``perlu_telaah_rp`` (they add up to
        ``pengurangan_rp``; missing for points 5 and 7) and ``dasar``.

    References
    ----------
    Inpres 1/2025 diktum KEEMPAT; the account's point is the ``dasar`` of its efficiency category.

    Examples
    --------
    >>> lines = pd.DataFrame({"kode_rekening": ["5.1.02.04.01.0001", "5.2.04.01.01.0004"],
    ...     "sumber_dana": ["1.1.01", "2.2.1.01.03"], "pagu_sebelum_rp": [100, 80], "pagu_sesudah_rp": [50, 60],
    ...     "selisih_rp": [-50, -20], "pengurangan_rp": [50, 20], "penambahan_rp": [0, 0]})
    >>> seven_points(lines).set_index("angka").loc[[2, 7], ["pengurangan_rp", "persen"]].values.tolist()
    [[50, -50.0], [20, -25.0]]
    """
    given.require(changes, ["kode_rekening", *AMOUNTS])
    is_cut_by_transfer = reasons(changes, causes).isin(TRANSFER) & changes["pengurangan_rp"].gt(0)
    chosen = changes.assign(angka=point(changes["kode_rekening"]))
    chosen["pengurangan_rp"] = chosen["pengurangan_rp"].mask(is_cut_by_transfer, 0)
    certainty = classify(changes["kode_rekening"])["keyakinan"]
    for name in CERTAINTIES:
        chosen[f"{name}_rp"] = chosen["pengurangan_rp"].where(certainty.eq(name), 0)
    by_point = _sums(chosen.dropna(subset="angka"), [*AMOUNTS, *(f"{name}_rp" for name in CERTAINTIES)])
    is_transfer = transfer_kind(sources_of(changes)).ne("") | is_cut_by_transfer
    passed_on = changes[is_transfer].assign(angka=TRANSFER_POINT)
    passed_on["pengurangan_rp"] = passed_on["pengurangan_rp"].where(is_cut_by_transfer, 0)
    known = pd.concat([by_point.drop(index=TRANSFER_POINT), _sums(passed_on, AMOUNTS).loc[[TRANSFER_POINT]]])
    return _worded(known)


def _sums(lines: pd.DataFrame, amounts: list[str]) -> pd.DataFrame:
    numbers = reference.directive()["angka"].astype("int64")
    sums = lines.groupby(lines["angka"].astype("int64"))[amounts].sum().reindex(numbers, fill_value=0)
    return sums.astype("Int64").drop(index=SPREAD_POINT)


def _worded(sums: pd.DataFrame) -> pd.DataFrame:
    rules = reference.directive()
    rules["angka"] = rules["angka"].astype("int64")
    table = rules.merge(sums, "left", left_on="angka", right_index=True)
    base = table["pagu_sebelum_rp"].astype("Float64")
    table["persen"] = 100 * table["selisih_rp"] / base.mask(base.eq(0))
    return table[[*rules.columns.drop("dasar"), *sums.columns, "persen", "dasar"]]
