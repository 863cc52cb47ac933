"""HHI, Gini, Theil: reference cases, bounds, decomposition, and what is refused."""

import json
import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paths import shared

import pkanalysis as pk

values = st.lists(st.integers(0, 10**12), min_size=2, max_size=12).filter(any)


def case(name):
    return json.loads(shared("cases", name).read_text(encoding="utf-8"))


def test_reference_case():
    known = case("F05_hhi_gini_theil.json")
    given_, expected, within = known["inputs"], known["expected"], known["tolerance"]
    found = pk.budget.concentration(given_["hhi_pangsa"])
    assert found.hhi == pytest.approx(expected["hhi"], **within)
    assert found.hhi * 10_000 == pytest.approx(expected["hhi_poin"])
    assert found.hhi_normalised == pytest.approx(expected["hhi_ternormalisasi"], **within)
    ginis = [pk.budget.concentration(own).gini for own in given_["gini"]]
    theils = [pk.budget.concentration(own).theil for own in given_["theil"]]
    assert ginis == pytest.approx(expected["gini"], **within)
    assert theils == pytest.approx(expected["theil_T"], **within)


def test_anchor_of_the_published_savings():
    known = case("F04_jangkar_kota_jambi.json")
    given_, expected, within = known["inputs"], known["expected"], known["tolerance"]
    rows = pd.DataFrame({
        "kode_opd": "KOTA", "kode_rekening": ["5.1.02.04.01.0001"],
        "pagu_sebelum_rp": [given_["perjalanan_awal_miliar"] * 10**9],
        "pagu_sesudah_rp": [given_["perjalanan_setelah"] * 10**9],
    })  # fmt: skip
    assert -pk.budget.travel_cut(rows)["persen"].iloc[-1] == pytest.approx(
        expected["potongan_perjalanan_persen"], **within
    )
    setwan, total = given_["setwan_min_miliar"], given_["total_hemat_miliar"]
    others = expected["jumlah_opd_lain_minimum"]
    assert others == (total - setwan) / given_["opd_lain_maks_miliar"]
    spread = pk.budget.concentration([setwan, *[(total - setwan) / 10**6] * 10**6]).hhi
    assert spread == pytest.approx(expected["hhi_minimum"], **within)


@given(values)
def test_bounds(own):
    found, n = pk.budget.concentration(own), len(own)
    assert 1 / n - 1e-12 <= found.hhi <= 1 + 1e-12
    assert -1e-9 <= found.hhi_normalised <= 1 + 1e-9
    assert -1e-12 <= found.gini <= (n - 1) / n + 1e-12
    assert 0 <= found.theil <= math.log(n) + 1e-12


@given(values, st.data())
def test_within_and_between_add_up(own, data):
    groups = data.draw(st.lists(st.sampled_from("xyz"), min_size=len(own), max_size=len(own)))
    found = pk.budget.theil_by_group(pd.Series(own), pd.Series(groups))
    assert found.within + found.between == pytest.approx(found.total, abs=1e-9)
    assert found.rows["n"].sum() == len(own)


@pytest.mark.parametrize("own", [[], [0, 0, 0]])
def test_nothing_to_share(own):
    found = pk.budget.concentration(own)
    assert found.n == len(own)
    assert all(math.isnan(value) for value in (found.hhi, found.hhi_normalised, found.gini, found.theil))


def test_one_unit_has_no_normalised_index():
    found = pk.budget.concentration([7])
    assert (found.hhi, found.gini, found.theil) == (1, 0, 0)
    assert math.isnan(found.hhi_normalised)


def test_negative_and_missing_values_are_refused():
    with pytest.raises(ValueError, match=r"0 atau lebih, terkecil -5; pisahkan"):
        pk.budget.concentration([3, -5])
    with pytest.raises(ValueError, match="kosong bukan nol"):
        pk.budget.concentration(pd.Series([3, None]))
    with pytest.raises(ValueError, match="tanpa kelompok"):
        pk.budget.theil_by_group(pd.Series([1, 2]), pd.Series(["a", None]))
    assert pk.budget.theil_by_group(pd.Series([0, 0]), pd.Series(["a", "b"])).rows["n"].tolist() == [1, 1]
