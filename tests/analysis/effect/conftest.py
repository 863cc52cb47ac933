"""Reference cases, the panel of Grunfeld, and panels with a known truth."""

import json

import numpy as np
import pandas as pd
import pytest
from paths import shared


@pytest.fixture
def case():
    """Reference case by file name without ending; skips where ``../shared/cases`` is absent."""
    return lambda name: json.loads(shared("cases", f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture
def data():
    """CSV beside the reference cases; skips where it is absent."""
    return lambda name: pd.read_csv(shared("cases", "data", name))


@pytest.fixture(scope="session")
def grunfeld():
    """Ten firms, 1935-1954 (Grunfeld 1958; public domain, shipped with statsmodels)."""
    from statsmodels.datasets import grunfeld

    rows = grunfeld.load_pandas().data
    return rows[rows["firm"].ne("American Steel")].reset_index(drop=True)


@pytest.fixture
def made():
    """Panel of ``units`` OPD and ``years`` up to 2025: ``effect`` per unit of size in 2025, noise of one point."""

    def make(units=20, years=5, effect=0.0, seed=7, noise=1.0):
        source, span = np.random.default_rng(seed), np.arange(2026 - years, 2026)
        size = np.linspace(0, 0.3, units)
        values = 90 + 5 * source.standard_normal((units, 1)) + noise * source.standard_normal((units, years))
        values[:, -1] += effect * size
        return pd.DataFrame({
            "opd": np.repeat([f"OPD{place:05d}" for place in range(units)], years),
            "tahun": np.tile(span, units),
            "potensi": np.repeat(size, years),
            "capaian": values.ravel(),
        })  # fmt: skip

    return make
