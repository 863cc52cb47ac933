"""Ways to write and read the workbook of an invented OPD."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from form.invented import KODE, MADE, make_tables

from pkanalysis.config import Config, Stage
from pkanalysis.intake.book import Book, open_book
from pkanalysis.intake.layouts import form
from pkanalysis.intake.reading import Reading

STAGES = tuple(Stage(2025, kode, f"tahap {kode}") for kode in ("murni", "pergeseran", "perubahan"))


@pytest.fixture
def config() -> Config:
    return Config("nyata", "Kota Uji", tahap=STAGES)


@pytest.fixture
def tables() -> Callable[[int], dict[str, pd.DataFrame]]:
    return make_tables


@pytest.fixture
def written(tmp_path: Path, config: Config) -> Callable[..., Path]:
    """Write a workbook of ``tables`` and give its path."""

    def write(tables: dict[str, pd.DataFrame], period: str = "TW3", config: Config = config) -> Path:
        path = tmp_path / form.file_name(config, 2025, period, "DINUJI")
        form.write(path, tables, KODE, 2025, period, config, MADE)
        return path

    return write


@pytest.fixture
def book(written: Callable[..., Path]) -> Book:
    """The workbook of three indicators, opened; tests type into its cells."""
    return open_book(written(make_tables(3)))


@pytest.fixture
def read(config: Config) -> Callable[..., Reading]:
    return lambda book, stage="": form.LAYOUT.read(book, config, stage)
