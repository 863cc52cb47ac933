"""The overview: headline numbers of every OPD for one year and period, one row each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

import pandas as pd

from pkanalysis.analysis.achievement.averages import summarise
from pkanalysis.analysis.achievement.scorecard import of_office
from pkanalysis.analysis.budget.rates import travel_by_stage
from pkanalysis.vocabulary import last_month

SCORES = {
    "n": "n_indikator", "n_measured": "n_terukur", "n_reached": "n_mencapai", "n_waiting": "n_menunggu",
    "mean_current": "rata_rata_capaian", "mean_original": "rata_rata_capaian_murni",
}  # fmt: skip
"""Columns of the overview by field of :class:`pkanalysis.analysis.achievement.averages.Summary`."""


def overview(
    tables: Mapping[str, pd.DataFrame],
    card: pd.DataFrame,
    year: int,
    period: str,
    stages: Sequence[str],
    rate: float = 0.5,
    tolerance_rp: int = 0,
) -> pd.DataFrame:
    """Headline numbers per OPD.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The workspace (see the data dictionary).
    card : DataFrame
        :func:`pkanalysis.analysis.achievement.scorecard.scorecard` of that year and period.
    year, period
        As for the scorecard.
    stages : sequence of str
        Codes of the budget stages in force at the end of the period, in order; the first is murni.
    rate, tolerance_rp
        As for :func:`pkanalysis.analysis.budget.travel_cut`.

    Returns
    -------
    DataFrame
        ``kode_opd``, ``nama_opd``, ``singkatan``, ``jenis``, counts (``n_indikator``, ``n_terukur``,
        ``n_mencapai``, ``n_menunggu``), means in per cent (``rata_rata_capaian`` against the PK in
        force, ``rata_rata_capaian_murni``), ``pagu_murni_rp``, ``pagu_terakhir_rp``,
        ``realisasi_rp`` to date, ``serapan_pct``, ``perjalanan_persen``, ``perjalanan_status``,
        ``perjalanan_kekurangan_rp``. Missing where the OPD delivered nothing; the last ceiling is that
        of the last stage with rows.
    """
    opd = tables["opd"].set_index("kode_opd")[["nama_opd", "singkatan", "jenis"]]
    scored = {code: asdict(summarise(own)) for code, own in of_office(card).groupby("kode_opd")}
    scores = pd.DataFrame.from_dict(scored, orient="index").reindex(columns=list(SCORES)).rename(columns=SCORES)

    lines = tables["anggaran"][tables["anggaran"]["tahun"].eq(year)]
    ceilings = lines.pivot_table(index="kode_opd", columns="tahap", values="pagu_rp", aggfunc="sum")
    ceilings = ceilings.reindex(columns=list(stages)).astype("Int64")
    spent = tables["realisasi_anggaran"]
    spent = spent[spent["tahun"].eq(year) & spent["bulan"].le(last_month(period))]
    money = pd.DataFrame({
        "pagu_murni_rp": ceilings.iloc[:, 0] if stages else None,
        "pagu_terakhir_rp": ceilings.ffill(axis=1).iloc[:, -1] if stages else None,
        "realisasi_rp": spent.groupby("kode_opd")["realisasi_rp"].sum(),
    }).astype("Int64")  # fmt: skip
    money["serapan_pct"] = 100 * money["realisasi_rp"] / money["pagu_terakhir_rp"]

    # Murni against the last stage that the OPD has rows in; nothing for an OPD without one of the two.
    tested = travel_by_stage(lines, stages, rate, tolerance_rp)
    last = tested[tested["cakupan"].eq("opd")].groupby("kode_opd").tail(1).set_index("kode_opd")
    travel = last[["persen", "status", "kekurangan_rp"]].add_prefix("perjalanan_")
    return opd.join(scores).join(money).join(travel).reset_index().assign(tahun=year, periode=period)
