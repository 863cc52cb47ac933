"""LKjIP variants A-D: never efficient where the target was missed, both ceilings beside each other."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import pkanalysis as pk


def rows(achieved, original, current, spent):
    names = ["capaian_pct", "pagu_murni_rp", "pagu_perubahan_rp", "realisasi_rp"]
    return pd.DataFrame([[achieved, original, current, spent]], columns=names)


def use(*values, **options):
    return pk.resource.resource_use(rows(*values), **options).iloc[0]


@pytest.mark.parametrize(
    ("achieved", "spent", "word", "is_efficient"),
    [
        (100.0, 90, "efisien", True),
        (99.99999999999, 90, "efisien", True),
        (120.0, 100, "efektif", False),
        (99.9, 60, "perlu_perhatian", False),
        (80.0, 100, "tidak_efisien", False),
    ],
)
def test_two_by_two(achieved, spent, word, is_efficient):
    found = use(achieved, 100, 100, spent)
    assert (found["varian_c"], found["is_efisien"]) == (word, is_efficient)
    assert pd.isna(found["varian_a_pct"]) == (achieved < 99.99)


def test_a_soft_target_adds_nothing_to_b_unless_the_cap_says_so():
    assert use(140.0, 100, 100, 90)["varian_b_pct"] == 10
    assert use(140.0, 100, 100, 90, cap=120.0)["varian_b_pct"] == 30


def test_both_ceilings_and_the_reason_why_they_differ():
    found = use(100.0, 120, 100, 96)
    assert (found["serapan_murni_pct"], found["serapan_perubahan_pct"]) == (80, 96)
    assert (found["varian_d_e"], found["varian_d_e_murni"]) == pytest.approx((4, 20))
    assert (found["varian_d_ne"], found["varian_d_ne_murni"]) == pytest.approx((60, 100))
    assert "Pagu berubah di tengah tahun" in found["keterangan"]
    assert "Pagu berubah" not in use(100.0, 100, 100, 96)["keterangan"]


def test_a_target_reached_in_the_mean_only_is_not_reached():
    table = rows(104.0, 100, 100, 90).assign(is_tercapai=pd.array([False], dtype="boolean"))
    found = pk.resource.resource_use(table).iloc[0]
    assert (found["varian_c"], found["is_efisien"]) == ("perlu_perhatian", False)
    assert "tidak dinyatakan efisien" in found["keterangan"]


@pytest.mark.parametrize(
    "values", [(None, 100, 100, 90), (104.0, 100, None, 90), (104.0, 0, 0, 0), (104.0, 9, 9, None)]
)
def test_what_is_missing_is_not_judged(values):
    table = rows(*values).astype("Float64")
    found = pk.resource.resource_use(table).iloc[0]
    assert pd.isna(found["is_efisien"])
    assert pd.isna(found["varian_c"])
    assert found["keterangan"].startswith("Capaian, pagu, atau realisasi belum ada")


def test_other_columns_and_the_index_stay():
    table = rows(104.0, 100, 100, 90).assign(sasaran="S").set_axis([7])
    found = pk.resource.resource_use(table)
    assert found.index.tolist() == [7]
    assert found["sasaran"].tolist() == ["S"]
    assert pk.resource.resource_use(table.iloc[:0]).empty


@given(st.floats(0, 200), st.integers(1, 10**12), st.integers(1, 10**12), st.integers(0, 10**12))
def test_never_efficient_with_a_missed_target(achieved, original, current, spent):
    found = use(achieved, original, current, spent)
    if achieved < 99.999:
        assert not found["is_efisien"]
        assert found["varian_c"] != "efisien"
        assert pd.isna(found["varian_a_pct"])
        assert "Target tercapai" not in found["keterangan"]
