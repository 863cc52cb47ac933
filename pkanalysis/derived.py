"""City-wide results, computed once after import and kept in ``tabel/turunan/``."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.overview import overview
from pkanalysis.analysis.periods import end_of
from pkanalysis.analysis.scorecard import scorecard
from pkanalysis.store import Workspace, parquet
from pkanalysis.tables import PERIODS


def update(workspace: Workspace) -> None:
    """Compute the scorecards and the overview of every year and period of the configuration.

    ``kartu_skor`` holds one row per indicator, ``ringkasan_opd`` one per OPD, each x year x period.
    """
    tables = {name: workspace[name] for name in workspace}
    moments = [(year, period) for year in _years(workspace, tables) for period in PERIODS]
    cards = [scorecard(tables, *moment).assign(tahun=moment[0], periode=moment[1]) for moment in moments]
    overviews = [_overview(workspace, tables, *moment) for moment in moments]
    frames = {"kartu_skor": cards, "ringkasan_opd": overviews}
    found = {name: pd.concat(parts, ignore_index=True) for name, parts in frames.items() if parts}
    parquet.write_all(workspace.path / "tabel" / "turunan", found)


def _years(workspace: Workspace, tables: dict[str, pd.DataFrame]) -> list[int]:
    stages = {stage.tahun for stage in workspace.config.tahap}
    return sorted(stages | set(tables["realisasi"]["tahun"].dropna().astype(int)))


def _overview(workspace: Workspace, tables: dict[str, pd.DataFrame], year: int, period: str) -> pd.DataFrame:
    saving = workspace.config.efisiensi
    stages = [stage.kode for stage in workspace.config.stages(year, end_of(year, period).date())]
    return overview(tables, year, period, stages, saving.travel_rate, saving.toleransi_rp)
