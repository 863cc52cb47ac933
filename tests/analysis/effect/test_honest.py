"""Bends of the trend: intervals as HonestDiD gives them, and the bend under which zero stays out."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from pkanalysis.analysis.effect.power import Lines, breakdown, largest_bend

# diff_diff 3.13.0, HonestDiD(method="smoothness"), which agrees with the R package to its own tolerance; covariance 0.25 (I + 1)
KNOWN = [
    ([0.3, -0.2, 0.1, -0.4, -3.0], 4, 0.0, (-4.140129, -1.299871)),
    ([0.3, -0.2, 0.1, -0.4, -3.0], 4, 0.2, (-4.660107, -1.098267)),
    ([0.3, -0.2, 0.1, -0.4, -3.0], 4, 1.0, (-6.151815, -0.210896)),
    ([0.5, 0.2, -2.5, -3.5], 2, 0.0, (-4.558062, -0.658604)),
    ([0.5, 0.2, -2.5, -3.5], 2, 0.2, (-4.850959, -0.378726)),
    ([0.5, 0.2, -2.5, -3.5], 2, 1.0, (-6.991880, 1.682325)),
    ([0.4, -2.0], 1, 0.0, (-4.000456, 0.800456)),
    ([0.4, -2.0], 1, 1.0, (-4.620653, 1.420653)),
]

# the same package on slopes and a covariance drawn with that seed
DRAWN = [
    (0, 0.3, (-2.814149, 2.117851)),
    (0, 3.0, (-5.358551, 4.662254)),
    (1, 0.3, (-3.456055, 1.610958)),
    (1, 3.0, (-10.831894, 6.998952)),
    (2, 0.3, (-0.021223, 7.039220)),
    (2, 3.0, (-16.927635, 10.053242)),
    (3, 0.3, (0.557539, 4.957650)),
    (3, 3.0, (-3.887732, 6.922752)),
    (4, 0.3, (-4.369342, 0.549309)),
    (4, 3.0, (-10.206724, 9.438159)),
    (5, 0.3, (-6.135941, 2.425678)),
    (5, 3.0, (-15.068937, 11.358674)),
]


def covariance(slopes):
    return 0.25 * (np.eye(len(slopes)) + 1)


def events(slopes, before, factor=1.0):
    years = [year for year in range(2025 - before - 1, 2025 + len(slopes) - before) if year != 2024]
    table = pd.DataFrame({"tahun": years, "kemiringan": factor * np.array(slopes)})
    return SimpleNamespace(table=table, covariance=factor**2 * covariance(slopes))


@pytest.mark.parametrize(("slopes", "before", "bend", "want"), KNOWN)
def test_intervals_are_those_of_the_package(slopes, before, bend, want):
    got = Lines(np.array(slopes), covariance(slopes), before).interval(bend)
    assert got == pytest.approx(want, abs=1e-5)


def test_a_straight_trend_moves_nothing():
    slopes = np.array([0.3, -0.2, 0.1, -3.0, -4.0])
    trend = 0.7 * np.array([-3.0, -2.0, -1.0, 1.0, 2.0])
    plain, tilted = (Lines(values, covariance(slopes), 3).interval(0.1) for values in (slopes, slopes + trend))
    assert tilted == pytest.approx(plain, abs=1e-6)


@pytest.mark.parametrize("factor", [1e-6, 1.0, 1e9])
def test_the_breakdown_is_where_zero_comes_in(factor):
    slopes = [0.3, -0.2, 0.1, -0.4, -3.0]
    found = breakdown(events(slopes, 4, factor), 2025) / factor
    line = Lines(np.array(slopes), covariance(slopes), 4)
    assert line.interval(found * 0.999)[1] < 0 < line.interval(found * 1.001)[1]
    assert found == pytest.approx(1.385, abs=0.001)


def test_where_there_is_no_breakdown():
    assert breakdown(events([0.4, -2.0], 1), 2025) == 0.0
    assert breakdown(events([-2.0], 0), 2025) is None
    exact = events([0.0, 0.0, -5.0], 2)
    exact.covariance = np.zeros((3, 3))
    assert breakdown(exact, 2025) is None


def test_largest_bend_before_the_cut():
    assert largest_bend(events([0.3, -0.2, 0.1, -3.0], 3), 2025) == pytest.approx(0.8)
    assert largest_bend(events([-3.0], 0), 2025) == 0.0


@pytest.mark.parametrize(("seed", "bend", "want"), DRAWN)
def test_intervals_of_drawn_covariances_are_those_of_the_package(seed, bend, want):
    draw, before = np.random.default_rng(seed), 1 + seed % 5
    size = before + 1 + seed % 3
    root = draw.standard_normal((size, size))
    slopes, spread = 2 * draw.standard_normal(size), root @ root.T / size + 0.3
    got = Lines(slopes, spread, before).interval(bend)
    # the shortest length is flat around its optimum: equal lengths leave the centre loose by about their root
    assert got[1] - got[0] == pytest.approx(want[1] - want[0], abs=4e-6)
    assert got == pytest.approx(want, abs=5e-4)
