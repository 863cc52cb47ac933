from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest


@pytest.fixture(scope="session")
def folder(sample_folder: Path) -> Path:
    """The sample as the whole suite has it: written once."""
    return sample_folder


@pytest.fixture(scope="session")
def budget(folder: Path) -> pd.DataFrame:
    """Every rekap5 file, read with plain pandas; the stage is taken from the file name."""
    parts = []
    for path in sorted((folder / "kiriman").glob("rekap5_*_CONTOH.xlsx")):
        _, year, stage, _ = path.stem.split("_")
        parts.append(
            pd.read_excel(path, dtype={"PAGU": "int64"}, engine="calamine").assign(year=int(year), stage=stage)
        )
    return pd.concat(parts, ignore_index=True)


@pytest.fixture(scope="session")
def spending(folder: Path) -> pd.DataFrame:
    """Every Laporan Realisasi, read with plain pandas."""
    parts = []
    for path in sorted((folder / "kiriman").glob("laporan_realisasi_*_CONTOH.xlsx")):
        year = int(path.stem.split("_")[2])
        above = 4 if year == 2025 else 0
        parts.append(pd.read_excel(path, header=above, engine="calamine").assign(year=year))
    return pd.concat(parts, ignore_index=True)
