"""City-wide results, computed once after import and kept in ``tabel/turunan/``."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.overview import overview
from pkanalysis.analysis.scorecard import scorecard
from pkanalysis.periods import end_of
from pkanalysis.store import Workspace, parquet
from pkanalysis.tables import PERIODS


def update(workspace: Workspace) -> None:
    """Compute the scorecards and the overview of every year and period of the configuration.

    ``kartu_skor`` holds one row per indicator, ``ringkasan_opd`` one per OPD, each x year x period.
    """
    tables = {name: workspace[name] for name in workspace}
    years = sorted({stage.tahun for stage in workspace.config.tahap})
    cards = {(year, period): scorecard(tables, year, period) for year in years for period in PERIODS}
    parts = {
        "kartu_skor": [card.assign(tahun=year, periode=period) for (year, period), card in cards.items()],
        "ringkasan_opd": [_overview(workspace, tables, card, *moment) for moment, card in cards.items()],
    }
    found = {name: pd.concat(frames, ignore_index=True) for name, frames in parts.items() if frames}
    parquet.write_all(workspace.path / "tabel" / "turunan", found)


def _overview(
    workspace: Workspace, tables: dict[str, pd.DataFrame], card: pd.DataFrame, year: int, period: str
) -> pd.DataFrame:
    saving = workspace.config.efisiensi
    stages = [stage.kode for stage in workspace.config.stages(year, end_of(year, period).date())]
    return overview(tables, card, year, period, stages, saving.travel_rate, saving.toleransi_rp)
