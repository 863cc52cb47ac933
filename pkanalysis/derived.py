"""City-wide results, kept in ``tabel/turunan/`` and computed again when what they come from has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import product

import pandas as pd

from pkanalysis.analysis.achievement.averages import summarise
from pkanalysis.analysis.achievement.scorecard import of_office, scorecard
from pkanalysis.analysis.budget.rates import travel_by_stage
from pkanalysis.analysis.trend.region import region
from pkanalysis.config import FILE
from pkanalysis.errors import PkError
from pkanalysis.store import Workspace, parquet
from pkanalysis.store.parquet import locked, of_program
from pkanalysis.vocabulary import PERIODS, end_of, last_month

TRENDS = ("tren_iku", "tren_kota")
MARK = "sidik"
"""Table beside the results: one row, the fingerprint of what they were computed from."""
SCORES = {
    "n": "n_indikator", "n_measured": "n_terukur", "n_reached": "n_mencapai", "n_waiting": "n_menunggu",
    "mean_current": "rata_rata_capaian", "mean_original": "rata_rata_capaian_murni",
}  # fmt: skip
"""Columns of the overview by field of :class:`pkanalysis.analysis.achievement.averages.Summary`."""


def fresh(workspace: Workspace) -> None:
    """Compute the results again if tables, configuration or program have changed since; otherwise cheap."""
    try:
        is_current = workspace.derived(MARK)[MARK].tolist() == [_mark(workspace)]
    except PkError:
        is_current = False
    if not is_current:
        update(workspace)


def update(workspace: Workspace) -> None:
    """Compute the scorecards and the overview of every year and period of the configuration.

    ``kartu_skor`` holds one row per indicator, ``ringkasan_opd`` one per OPD, each x year x period; ``tren_iku`` and
    ``tren_kota`` what all series to the end of a year say together (:func:`pkanalysis.analysis.trend.region.region`),
    for every year that a report tells: its own and, within the year, the one before.
    """
    with locked(workspace.path):
        mark, config = pd.DataFrame({MARK: [_mark(workspace)]}), workspace.config
        tables, saving = {name: workspace[name] for name in workspace}, config.efisiensi
        years = sorted({stage.tahun for stage in config.tahap})
        cards, overviews = list[pd.DataFrame](), list[pd.DataFrame]()
        for year, period in product(years, PERIODS):
            card = scorecard(tables, year, period, cap=config.capaian.batas_atas)
            stages = [stage.kode for stage in config.stages(year, end_of(year, period))]
            cards.append(card.assign(tahun=year, periode=period))
            overviews.append(overview(tables, card, year, period, stages, saving.travel_rate, saving.toleransi_rp))
        told = [region(tables, until) for until in sorted({*years, *(year - 1 for year in years)})]
        parts = {"kartu_skor": cards, "ringkasan_opd": overviews}
        parts |= {name: [trend[name] for trend in told] for name in TRENDS}
        results = {name: pd.concat(frames, ignore_index=True) for name, frames in parts.items() if frames}
        parquet.write_all(workspace.path / "tabel" / "turunan", results | {MARK: mark})


def trends(workspace: Workspace, until: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """``tren_iku`` and ``tren_kota`` to the end of ``until``; computed now where they were not kept."""
    try:
        kept = [workspace.derived(name) for name in TRENDS]
    except PkError:
        kept = [pd.DataFrame({"sampai_tahun": []})] * len(TRENDS)
    iku, whole = (rows[rows["sampai_tahun"].eq(until)] for rows in kept)
    if len(whole):
        return iku, whole
    made = region(workspace, until)
    return made["tren_iku"], made["tren_kota"]


def _mark(workspace: Workspace) -> str:
    """Fingerprint of the configuration, the program, and name, size and time of every table file."""
    files = sorted((workspace.path / "tabel").glob("*.parquet"))
    tables = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    settings = (workspace.path / FILE).read_bytes()
    return hashlib.sha256(repr((settings, of_program(), tables)).encode()).hexdigest()


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
