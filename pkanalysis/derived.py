"""City-wide results, kept in ``tabel/turunan/`` and computed again when what they come from has changed."""

from __future__ import annotations

import hashlib

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
    if not _is_current(workspace):
        update(workspace)


def update(workspace: Workspace) -> None:
    """Compute the scorecards and the overview of every year and period of the configuration.

    ``kartu_skor`` holds one row per indicator, ``ringkasan_opd`` one per OPD, each x year x period; ``tren_iku`` and
    ``tren_kota`` what all series to the end of a year say together (:func:`pkanalysis.analysis.trend.region.region`).
    """
    with locked(workspace.path):
        mark = pd.DataFrame({MARK: [_mark(workspace)]})
        parquet.write_all(workspace.path / "tabel" / "turunan", _results(workspace) | {MARK: mark})


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


def _is_current(workspace: Workspace) -> bool:
    try:
        return workspace.derived(MARK)[MARK].tolist() == [_mark(workspace)]
    except PkError:
        return False


def _mark(workspace: Workspace) -> str:
    """Fingerprint of the configuration, the program, and name, size and time of every table file."""
    files = sorted((workspace.path / "tabel").glob("*.parquet"))
    tables = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    settings = (workspace.path / FILE).read_bytes()
    return hashlib.sha256(repr((settings, of_program(), tables)).encode()).hexdigest()


def _results(workspace: Workspace) -> dict[str, pd.DataFrame]:
    tables = {name: workspace[name] for name in workspace}
    years = sorted({stage.tahun for stage in workspace.config.tahap})
    cap = workspace.config.capaian.batas_atas
    cards = {(year, period): scorecard(tables, year, period, cap=cap) for year in years for period in PERIODS}
    parts = {
        "kartu_skor": [card.assign(tahun=year, periode=period) for (year, period), card in cards.items()],
        "ringkasan_opd": [_overview(workspace, tables, card, *moment) for moment, card in cards.items()],
    }
    told = [region(tables, until) for until in _last_years(years)]
    parts |= {name: [trend[name] for trend in told] for name in TRENDS}
    return {name: pd.concat(frames, ignore_index=True) for name, frames in parts.items() if frames}


def _last_years(years: list[int]) -> list[int]:
    """Years to the end of which a report tells trends: its own and, within the year, the one before."""
    return sorted({until for year in years for until in (year - 1, year)})


def _overview(
    workspace: Workspace, tables: dict[str, pd.DataFrame], card: pd.DataFrame, year: int, period: str
) -> pd.DataFrame:
    saving = workspace.config.efisiensi
    stages = [stage.kode for stage in workspace.config.stages(year, end_of(year, period))]
    return overview(tables, card, year, period, stages, saving.travel_rate, saving.toleransi_rp)
