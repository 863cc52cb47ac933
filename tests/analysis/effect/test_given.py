"""What analysts hand in: times told in several ways, gaps in arrays, and what no result can come from."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

import pkanalysis as pk

GIVEN = ("capaian", "potensi", "opd", "tahun")


def run(rows, post, **options):
    return pk.effect.dose_response(rows, *GIVEN, post, draws=99, **options)


@pytest.fixture
def rows(made):
    return made(effect=-60)


TIMES = {
    "numbers": lambda years: years,
    "text": lambda years: years.astype(str),
    "dates": lambda years: pd.to_datetime(years.astype(str)),
    "periods": lambda years: pd.Series(pd.PeriodIndex(years.astype(str), freq="Y"), years.index),
    "categories": lambda years: pd.Categorical(years),
}


@pytest.mark.parametrize("post", [2025, "2025", np.int64(2025)])
@pytest.mark.parametrize("name", TIMES)
def test_the_year_may_be_told_as_number_or_text(rows, name, post):
    got = run(rows.assign(tahun=TIMES[name](rows["tahun"])), post)
    assert (got.beta, got.n, got.claim) == (run(rows, 2025).beta, 20, "L3")


@pytest.mark.parametrize("mark", ["sesudah", [2024, 2025], {2024, 2025}, ("2025", "2024"), np.array([2024, 2025])])
def test_every_year_after_or_marks_on_the_rows(rows, mark):
    marked = rows.assign(sesudah=rows["tahun"].ge(2024).astype(int))
    assert run(marked, mark).beta == run(rows, 2024).beta
    assert run(rows, rows["tahun"].ge(2024)).beta == run(rows, 2024).beta


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        ([2024], "tahun 2025 tidak disebut"),
        ([], "tidak disebut; isi post"),
        ([True, False], "satu per baris: 100 baris, tertulis 2"),
        ("acak", "membagi tahun yang sama untuk semua unit"),
        ("kosong", "0 atau 1"),
        ("tidak", "membagi tahun"),
    ],
)
def test_marks_that_do_not_part_the_years(rows, mark, told):
    own = rows["tahun"].ge(2024) & rows["opd"].gt("OPD00009")
    marked = rows.assign(acak=own, kosong=own.astype(float).where(rows.index > 3), tidak=False)
    with pytest.raises(ValueError, match=told):
        run(marked, mark)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"margin": 0}, "margin harus lebih dari nol"),
        ({"step": 0}, "step harus lebih dari nol"),
        ({"limits": (150, 0)}, "limits harus batas bawah"),
        ({"targets": 80}, "targets harus bagian dari 0 sampai 1"),
    ],
)
def test_options_beyond_their_bounds(rows, options, told):
    with pytest.raises(ValueError, match=told):
        run(rows, 2025, **options)


def test_what_is_no_panel(rows):
    with pytest.raises(ValueError, match="diperlukan tabel"):
        run(rows.to_dict("list"), 2025)
    with pytest.raises(ValueError, match="'capaian' ada lebih dari sekali"):
        run(pd.concat([rows, rows[["capaian"]]], axis=1), 2025)
    with pytest.raises(ValueError, match="sedikitnya satu ulangan"):
        pk.effect.dose_response(rows, *GIVEN, 2025, draws=0)


def test_one_earlier_outcome_may_be_told_by_its_name_alone(rows):
    early = rows.assign(sakip=np.random.default_rng(1).normal(size=len(rows)))
    assert repr(run(early, 2025, earlier="sakip")) == repr(run(early, 2025, earlier=["sakip"]))


@pytest.fixture
def pairs():
    source = np.random.default_rng(0)
    size = source.normal(size=30)
    return size, size + source.normal(size=30), np.arange(30) // 3


def test_missing_values_are_left_out_of_every_test(pairs):
    size, outcome, groups = pairs
    gone = np.where(np.isin(np.arange(30), (3, 20)), np.nan, outcome)
    kept = np.isfinite(gone)
    design = sm.add_constant(size)
    assert pk.effect.slope(gone, size).se == pk.effect.slope(outcome[kept], size[kept]).se
    assert pk.effect.permutation(gone, size, 199) == pk.effect.permutation(outcome[kept], size[kept], 199)
    got = pk.effect.wild_bootstrap(gone, design, clusters=groups)
    assert got == pk.effect.wild_bootstrap(outcome[kept], design[kept], clusters=groups[kept])
    names = np.where(groups == 2, None, np.char.add("k", groups.astype(str)).astype(object))
    assert pk.effect.wild_bootstrap(outcome, design, clusters=names).draws == 2**9


def test_what_has_no_slope_gives_none(pairs):
    size, outcome, _ = pairs
    for given in ((outcome, np.ones(30)), (outcome, size, 2 * size), (outcome[:2], size[:2]), ([], [])):
        with pytest.raises(ValueError, match="kemiringan tidak dapat dihitung"):
            pk.effect.slope(*given)
    with pytest.raises(ValueError, match="sama panjang, tertulis 30 dan 5"):
        pk.effect.slope(outcome, size[:5])
    with pytest.raises(ValueError, match="dua besar pengurangan yang berbeda"):
        pk.effect.permutation(outcome, np.ones(30))
