"""Mann-Kendall and Sen on small series that can be checked by enumeration."""

import itertools
import math

import numpy as np
import pytest
from scipy.stats import kendalltau, theilslopes

import pkanalysis as pk

SCORE = {(5, 10): 1 / 60, (5, 8): 1 / 12, (6, 13): 1 / 60, (7, 15): 0.0301587302}  # Kendall (1975); Gilbert, table A18


def enumerated(values):
    """Share of all orders whose S is at least as far from zero."""
    orders = np.array(list(itertools.permutations(values)), dtype=float)
    first, second = np.triu_indices(len(values), k=1)
    scores = np.abs(np.sign(orders[:, second] - orders[:, first]).sum(axis=1))
    return float((scores >= scores[0]).mean())


@pytest.mark.parametrize(
    "values",
    [
        [90, 90, 95, 100, 100],
        [3, 1, 1, 2, 2, 2, 5],
        [1, 1, 1, 1],
        [2, 1, 3, 3, 2],
        [1, 2, 3, 4, 5, 6],
        [5, 5, 4, 4, 3, 3, 1],
    ],
)
def test_p_is_the_share_of_all_orders(values):
    assert pk.trend.mann_kendall(values).p == pytest.approx(enumerated(values), abs=1e-12)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("n", range(2, 10))
def test_without_ties_it_is_scipys_exact_test(n, seed):
    values = np.random.default_rng(seed).permutation(n)
    want = kendalltau(range(n), values, method="exact")
    found = pk.trend.mann_kendall(values)
    assert (found.tau, found.p) == (pytest.approx(want.statistic), pytest.approx(want.pvalue, abs=1e-12))


@pytest.mark.parametrize(("n", "score"), SCORE)
def test_printed_tables(n, score):
    values = {
        10: [1, 2, 3, 4, 5],
        8: [2, 1, 3, 4, 5],
        13: [2, 1, 3, 4, 5, 6],
        15: [71.2, 72.5, 70.9, 74, 75.1, 74.8, 77.3],
    }
    found = pk.trend.mann_kendall(values[score])
    assert (found.n, found.s, found.p) == (n, score, pytest.approx(SCORE[n, score], abs=1e-9))


def test_ties_from_ten_points_on_epa_qa_g9():
    found = pk.trend.mann_kendall([10, 10, 10, 5, 10, 20, 18, 17, 15, 24, 15])
    assert (found.s, round(found.variance, 2), round(found.z, 3), found.method) == (22, 155.33, 1.685, "normal")


def test_exact_to_nine_points_and_normal_from_ten():
    assert [pk.trend.mann_kendall(range(n)).method for n in (8, 9, 10, 11)] == ["eksak", "eksak", "normal", "normal"]


def test_missing_values_are_left_out_and_nothing_is_claimed_of_nothing():
    assert pk.trend.mann_kendall([1, None, 2, float("nan"), "-", 3]).n == 3
    for few in ([], [5]):
        found = pk.trend.mann_kendall(few)
        assert found.s == 0 and math.isnan(found.p) and math.isnan(found.tau)
    assert pk.trend.mann_kendall([7, 7, 7, 7, 7]).p == 1.0


@pytest.mark.parametrize(
    ("n", "confidence", "level"),
    [
        (4, 0.95, 1 - 1 / 12),
        (5, 0.95, 1 - 1 / 60),
        (5, 0.90, 1 - 1 / 12),
        (6, 0.95, 1 - 1 / 60),
        (7, 0.95, 0.9698412698),
    ],
)
def test_the_level_of_sens_interval_is_the_one_achieved(n, confidence, level):
    found = pk.trend.sen_slope(range(n), np.arange(n) ** 2, confidence)
    assert found.achieved_confidence == pytest.approx(level, abs=1e-9)


def test_sen_interval_covers_as_often_as_it_says():
    """Distribution free: in all 120 orders of five errors the true slope 0 lies inside 98,3 % of the intervals."""
    inside = [
        found.low <= 0 <= found.high
        for errors in itertools.permutations([0.1, 0.9, 2.3, 3.1, 4.7])
        for found in [pk.trend.sen_slope(range(5), errors)]
    ]
    assert np.mean(inside) == pytest.approx(1 - 1 / 60, abs=1e-12)


def test_gaps_between_years_count_in_the_slope():
    years, values = [2019, 2020, 2023, 2025], [1.0, 3.0, 4.0, 9.0]
    assert pk.trend.sen_slope(years, values).slope == pytest.approx(theilslopes(values, years).slope)
    shuffled = pk.trend.sen_slope([2025, 2019, 2023, 2020], [9.0, 1.0, 4.0, 3.0])
    assert shuffled == pk.trend.sen_slope(years, values)


def test_two_values_for_one_year_are_refused():
    with pytest.raises(ValueError, match="tahun 2024 mempunyai lebih dari satu nilai"):
        pk.trend.sen_slope([2023, 2024, 2024], [1, 2, 3])
