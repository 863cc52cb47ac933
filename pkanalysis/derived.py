"""City-wide results, kept in ``tabel/turunan/`` and computed again when what they come from has changed."""

from __future__ import annotations

import hashlib
from itertools import product

import pandas as pd

from pkanalysis.analysis.achievement.scorecard import scorecard
from pkanalysis.analysis.overview import overview
from pkanalysis.analysis.trend.region import region
from pkanalysis.config import FILE
from pkanalysis.errors import PkError
from pkanalysis.store import Workspace, parquet
from pkanalysis.store.parquet import locked, of_program
from pkanalysis.vocabulary import PERIODS, end_of

TRENDS = ("tren_iku", "tren_kota")
MARK = "sidik"
"""Table beside the results: one row, the fingerprint of what they were computed from."""


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
