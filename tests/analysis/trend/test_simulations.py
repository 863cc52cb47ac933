"""Seeded simulations of what the verdicts promise: false positives, coverage, power."""

import numpy as np
import pandas as pd
import pytest

import pkanalysis as pk
from pkanalysis.analysis.trend.projection import METHODS
from pkanalysis.analysis.trend.series import Points

pytestmark = pytest.mark.slow
SERIES = 4000


def rejected(series):
    """Share of the rows whose Mann-Kendall p is at most 5 %, as :func:`assess` judges from five points."""
    return np.mean([pk.trend.mann_kendall(row).p <= 0.05 for row in series])


@pytest.mark.parametrize(("n", "size"), [(5, 1 / 60), (6, 1 / 60), (7, 0.0302), (8, 0.0305), (9, 0.0446)])
def test_false_positives_without_trend_stay_below_the_nominal_level(n, size):
    share = rejected(np.random.default_rng(n).normal(size=(SERIES, n)))
    assert share <= 0.05
    assert share == pytest.approx(size, abs=4 * (size / SERIES) ** 0.5)


@pytest.mark.parametrize("n", [5, 6, 7])
def test_the_verdict_of_assess_without_trend(n):
    """Rounded values at a ceiling, as indicators have them: ties make the verdict more cautious, not less."""
    series = np.minimum(np.random.default_rng(n).normal(98, 2, (500, n)).round(0), 100)
    found = [pk.trend.assess(range(n), row, "naik_baik").claim for row in series]
    assert found.count("L2") / 500 <= 0.05


@pytest.mark.parametrize(
    ("n", "slope", "power"), [(5, 1, 0.25), (6, 1, 0.53), (7, 1, 0.89), (5, 0.5, 0.07), (6, 0.5, 0.14), (7, 0.5, 0.39)]
)
def test_power_to_find_a_trend(n, slope, power):
    noise = np.random.default_rng(10 * n).normal(size=(SERIES, n))
    assert rejected(noise + slope * np.arange(n)) == pytest.approx(power, abs=0.03)


@pytest.mark.parametrize(("rho", "size"), [(0.3, 0.072), (0.5, 0.108)])
def test_dependent_years_inflate_and_the_sensitivity_p_repairs_it(rho, size):
    n, noise = 7, np.random.default_rng(70).normal(size=(SERIES, 7))
    series = noise.copy()
    for year in range(1, n):
        series[:, year] = rho * series[:, year - 1] + (1 - rho**2) ** 0.5 * noise[:, year]
    assert rejected(series) == pytest.approx(size, abs=0.02)
    repaired = np.mean([pk.trend.under_autocorrelation(range(n), row, [rho])[rho] <= 0.05 for row in series[:1500]])
    assert repaired <= 0.05 + 3 * (0.05 * 0.95 / 1500) ** 0.5


@pytest.mark.parametrize("method", ["naif", "rw_drift"])
def test_intervals_of_80_percent_cover_as_often_for_random_walks(method):
    walks = np.random.default_rng(6).normal(size=(SERIES, 7)).cumsum(axis=1)
    assert 0.76 <= covered(walks, method) <= 0.84


@pytest.mark.parametrize("method", ["rw_drift", "ols"])
def test_intervals_of_80_percent_cover_as_often_for_independent_years(method):
    """The naive interval is honest for random walks only up to its drift; least squares for independent years."""
    years = np.random.default_rng(66).normal(size=(SERIES, 7))
    assert 0.76 <= covered(years, method) <= 0.84


def covered(series, method):
    years, hits = np.arange(2019.0, 2025.0), []
    for row in series:
        found = METHODS[method](Points(years, row[:6]), 2025)
        reach = {4: 1.533206, 5: 1.475884}[found.df] * found.se
        hits.append(abs(row[6] - found.point) <= reach)
    return np.mean(hits)


def test_intervals_of_project_cover_80_percent():
    walks = np.random.default_rng(8).normal(0.5, 1, (400, 7)).cumsum(axis=1) + 70
    inside = []
    for row in walks:
        found = pk.trend.project(range(2019, 2025), row[:6], 2025, 75, "naik_baik").methods.loc["rw_drift"]
        inside.append(found["pi80_bawah"] <= row[6] <= found["pi80_atas"])
    assert 0.76 <= np.mean(inside) <= 0.84


def test_pooled_conformal_width_covers_80_percent_of_new_years():
    """Width learned from 150 indicators (last year left out), tried on the year after; scales differ a thousandfold."""
    noise, rows = np.random.default_rng(4), []
    for code in range(600):
        walk = noise.normal(0, 1, 8).cumsum() * 10 ** noise.uniform(-1, 2)
        rows.append(pd.DataFrame({"kode_indikator": f"{code:03}", "tahun": range(2018, 2026), "realisasi": walk}))
    history = pd.concat(rows, ignore_index=True)
    known = history[history["tahun"].le(2024)]
    scores = pk.trend.backtest(known)
    half = pk.trend.conformal(scores["skor"]).q * scores["skala_kini"]
    tried = pk.trend.backtest(history)
    assert 0.76 <= ((tried["realisasi"] - tried["prediksi"]).abs() <= half).mean() <= 0.84


@pytest.mark.parametrize(("n", "found_share"), [(5, 0.0), (6, 0.14), (7, 0.71)])
def test_false_discoveries_among_300_indicators_of_which_60_move(n, found_share):
    shares, wrong = [], []
    for draw in range(20):
        noise = np.random.default_rng(1000 * n + draw).normal(size=(300, n))
        noise[:60] += np.arange(n)
        stands = pk.trend.false_discovery([pk.trend.mann_kendall(row).p for row in noise], q=0.10).rejected
        shares.append(stands[:60].mean())
        wrong.append(stands[60:].sum() / max(1, stands.sum()))
    assert np.mean(shares) == pytest.approx(found_share, abs=0.12)
    assert np.mean(wrong) <= 0.10


def test_shrunken_slopes_are_nearer_to_the_truth_than_own_slopes():
    noise = np.random.default_rng(5)
    truth = noise.normal(0.3, 0.2, 60)
    frame = pd.DataFrame({"u": np.repeat(np.arange(60), 7), "t": np.tile(np.arange(7.0), 60)})
    frame["y"] = np.repeat(truth, 7) * frame["t"] + noise.normal(0, 1, 420)
    found = pk.trend.pooled_slopes(frame, "u", "t", "y", standardise=False).slopes
    errors = {name: ((found[name] - truth) ** 2).mean() for name in ("kemiringan", "kemiringan_sendiri")}
    assert errors["kemiringan"] < 0.9 * errors["kemiringan_sendiri"]
    inside = (found["kemiringan"] - truth).abs() <= 1.96 * found["se"]
    assert inside.mean() >= 0.85
