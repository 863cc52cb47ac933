"""The wild bootstrap against enumeration by refitting, its interval, and its p that is never zero."""

import itertools

import numpy as np
import pytest

import pkanalysis as pk


def t_of(y, x, groups, column, null=0.0):
    """Studentised statistic with CR1, refitted."""
    inverse = np.linalg.inv(x.T @ x)
    beta = inverse @ x.T @ y
    scores = x * (y - x @ beta)[:, None]
    sums = np.array([scores[groups == name].sum(axis=0) for name in np.unique(groups)])
    count, (rows, width) = len(sums), x.shape
    factor = count / (count - 1) * (rows - 1) / (rows - width)
    return (beta[column] - null) / np.sqrt(factor * (inverse @ sums.T @ sums @ inverse)[column, column])


def refitted(y, x, groups, column, null=0.0):
    """p of the restricted wild bootstrap, one regression per sign vector."""
    others = np.delete(x, column, axis=1)
    rest = y - null * x[:, column]
    fitted = others @ np.linalg.lstsq(others, rest, rcond=None)[0] + null * x[:, column]
    names, place = np.unique(groups, return_inverse=True)
    data = abs(t_of(y, x, groups, column, null))
    signs = itertools.product((1.0, -1.0), repeat=len(names))
    drawn = [abs(t_of(fitted + np.array(w)[place] * (y - fitted), x, groups, column, null)) for w in signs]
    return np.mean(np.array(drawn) >= data * (1 - 1e-9))


def test_enumeration_of_grunfeld_d11(case, data):
    d, rows = case("D11_wcb_grunfeld_enumerasi"), data("grunfeld10.csv")
    design = np.column_stack([np.ones(200), rows["value"], rows["capital"]])
    got = pk.effect.wild_bootstrap(rows["invest"], design, 2, rows["firm"])
    want = d["expected"]
    assert got.t == pytest.approx(want["t"], abs=1e-6)
    assert (got.draws, got.n_ge, got.n_gt) == (want["n_total"], want["n_ge"], want["n_gt"])
    assert got.p == want["p_konservatif"]


def test_enumeration_of_the_public_panel(grunfeld):
    design = np.column_stack([np.ones(200), grunfeld["value"], grunfeld["capital"]])
    got = pk.effect.wild_bootstrap(grunfeld["invest"], design, 2, grunfeld["firm"])
    assert (got.n_ge, got.n_gt, got.draws, round(got.t, 4)) == (24, 22, 1024, 2.7149)


@pytest.mark.parametrize("null", [0.0, 0.7, -1.5])
def test_no_refit_gives_what_refitting_gives(null):
    source = np.random.default_rng(4)
    groups = np.repeat(np.arange(7), [3, 5, 2, 4, 6, 1, 4])[source.permutation(25)]
    x = np.column_stack([np.ones(25), source.normal(size=25), source.exponential(size=25)])
    y = x @ [1.0, 0.5, -0.3] + source.normal(size=7)[groups] + source.normal(size=25)
    got = pk.effect.wild_bootstrap(y, x, 2, groups, null=null)
    assert got.t == pytest.approx(t_of(y, x, groups, 2, null), rel=1e-9)
    assert got.p == refitted(y, x, groups, 2, null)


def test_the_interval_holds_what_is_not_rejected():
    source = np.random.default_rng(5)
    x = np.column_stack([np.ones(30), source.normal(size=30)])
    y = x @ [0.0, 1.0] + source.normal(size=30)
    low, high = pk.effect.wild_bootstrap(y, x).interval
    for null, is_rejected in [(low - 1e-3, True), (low + 1e-3, False), (high - 1e-3, False), (high + 1e-3, True)]:
        assert (pk.effect.wild_bootstrap(y, x, null=null).p <= 0.05) is is_rejected


def test_the_interval_is_infinite_where_nothing_can_be_rejected():
    x = np.column_stack([np.ones(4), [0.0, 1, 2, 3]])  # the smallest p of 2^4 sign vectors is 0.125
    got = pk.effect.wild_bootstrap([0.0, 1.1, 1.9, 3.2], x)
    assert got.interval == (-np.inf, np.inf)
    assert got.p >= 0.125


def test_p_is_never_zero():
    x = np.column_stack([np.ones(40), np.linspace(0, 1, 40)])
    y = 100 * x[:, 1] + np.tile([0.01, -0.01], 20)
    assert pk.effect.wild_bootstrap(y, x, draws=99).p == 0.01
    assert pk.effect.permutation(y, x[:, 1], draws=99).p_studentised == 0.01
    assert pk.effect.slope(y, x[:, 1]).p > 0


def test_one_cluster_or_a_regressor_without_own_variation_is_refused():
    x = np.column_stack([np.ones(6), np.ones(6)])
    for groups in (np.zeros(6), None):
        with pytest.raises(ValueError, match="dua klaster"):
            pk.effect.wild_bootstrap(np.arange(6.0), x, 1, groups)


def test_permutations_agree_with_scipy():
    from scipy import stats

    source = np.random.default_rng(6)
    x, y = source.exponential(size=7), source.normal(size=7)
    want = stats.pearsonr(x, y, method=stats.PermutationMethod()).pvalue
    assert pk.effect.permutation(y, x).p_slope_two_min == pytest.approx(want, abs=1e-12)
