"""Whether the agreements (PK) are all there: signed by whom, when, on which ceiling, with which indicators."""

from __future__ import annotations

import datetime as dt

import pandas as pd

REVISED = "pk_perubahan"


def completeness(agreements: pd.DataFrame, offices: pd.DataFrame, year: int, end: dt.date) -> pd.DataFrame:
    """One row per OPD: its PK and its last PK Perubahan signed by ``end``.

    Parameters
    ----------
    agreements : DataFrame
        Table ``perjanjian``.
    offices : DataFrame
        ``kode_opd``, ``nama_opd`` of the OPD that must sign, in order.
    year : int
    end : date
        An agreement signed later is not there yet; one without a date is.

    Returns
    -------
    DataFrame
        ``kode_opd``, ``nama_opd``, ``pk_tanggal``, ``pk_ada``, ``perubahan_tanggal``, ``perubahan_ke`` (0 = none),
        ``tahap_pagu_dasar`` and ``alasan`` (of the last one), ``n_perubahan``.

    Examples
    --------
    >>> rows = pd.DataFrame({"kode_opd": "X", "tahun": 2025, "dokumen": ["pk", "pk_perubahan"], "ke": [0, 1],
    ...     "tanggal_ttd": pd.to_datetime(["2025-01-15", "2025-06-25"]), "tahap_pagu_dasar": ["murni", "pergeseran"],
    ...     "alasan": [None, "lainnya"]})
    >>> offices = pd.DataFrame({"kode_opd": ["X", "Y"], "nama_opd": ["Dinas X", "Dinas Y"]})
    >>> completeness(rows, offices, 2025, dt.date(2025, 9, 30))[["pk_ada", "perubahan_ke"]].to_numpy().tolist()
    [[True, 1], [False, 0]]
    """
    signed = agreements[agreements["tahun"].eq(year) & ~agreements["tanggal_ttd"].gt(pd.Timestamp(end))]
    first = _last(signed[signed["dokumen"].eq("pk")])
    revised = _last(signed[signed["dokumen"].eq(REVISED)])
    every = _last(signed[signed["dokumen"].isin(("pk", REVISED))])
    code = offices["kode_opd"]
    number = signed[signed["dokumen"].eq(REVISED)].groupby("kode_opd").size()
    return offices[["kode_opd", "nama_opd"]].assign(
        pk_ada=code.isin(first.index).astype(bool),
        pk_tanggal=_of(first["tanggal_ttd"], code),
        perubahan_ke=_of(revised["ke"], code).fillna(0).astype(int),
        perubahan_tanggal=_of(revised["tanggal_ttd"], code),
        tahap_pagu_dasar=_of(every["tahap_pagu_dasar"], code),
        alasan=_of(revised["alasan"], code),
        n_perubahan=_of(number, code).fillna(0).astype(int),
    )


def _of(values: pd.Series, codes: pd.Series) -> pd.Series:
    return values.reindex(codes).set_axis(codes.index)


def _last(rows: pd.DataFrame) -> pd.DataFrame:
    order = rows.sort_values(["dokumen", "ke"], kind="stable")  # pk stands before pk_perubahan
    return order.drop_duplicates("kode_opd", keep="last").set_index("kode_opd")


def unmatched(targets: pd.DataFrame, indicators: pd.DataFrame, year: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Targets in a PK of the year whose indicator is not in the list, and indicators without a target in any PK.

    Parameters
    ----------
    targets : DataFrame
        Table ``target``.
    indicators : DataFrame
        The indicators in force that year.

    Examples
    --------
    >>> targets = pd.DataFrame({"kode_indikator": ["a", "z"], "kode_opd": "X", "tahun": 2025, "dokumen": "pk", "ke": 0})
    >>> strange, without = unmatched(targets, pd.DataFrame({"kode_indikator": ["a", "b"]}), 2025)
    >>> strange["kode_indikator"].tolist(), without["kode_indikator"].tolist()
    (['z'], ['b'])
    """
    own = targets[targets["tahun"].eq(year) & targets["dokumen"].isin(("pk", REVISED))]
    strange = own[~own["kode_indikator"].isin(indicators["kode_indikator"])]
    strange = strange.drop_duplicates(["kode_indikator", "dokumen", "ke"]).reset_index(drop=True)
    return strange, indicators[~indicators["kode_indikator"].isin(own["kode_indikator"])].reset_index(drop=True)
