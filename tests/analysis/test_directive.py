"""The seven points, the transfer apart, and why a line changed."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import pkanalysis as pk
from pkanalysis import reference
from pkanalysis.analysis.budget.directive import CERTAINTIES, point

TRAVEL, PRINT, MEALS, TEA = "5.1.02.04.01.0001", "5.1.02.01.01.0026", "5.1.02.01.01.0052", "5.1.02.01.01.0043"
ROAD, WAGES, STATE = "5.2.04.01.01.0004", "5.1.01.01.01.0001", "5.1.05.01.01.0001"
KEY = {"tahap_sebelum": "murni", "tahap_sesudah": "geser", "kode_opd": "A", "kode_sub_kegiatan": "1"}


def steps(*lines):
    rows = [KEY | {"kode_rekening": code, "sumber_dana": source, "pagu_rp": rp} for code, source, rp, _ in lines]
    before = pd.DataFrame(rows)
    after = before.assign(pagu_rp=[last for *_, last in lines])
    return pk.budget.compare(before, after, [*KEY, "kode_rekening", "sumber_dana"])


def causes(*stated):
    return pd.DataFrame([KEY | {"kode_rekening": code, "sebab": why} for code, why in stated])


def test_every_point_has_its_rule_and_a_basis():
    table = pk.budget.seven_points(steps((TRAVEL, "1.1.01", 10, 5)))
    assert table["angka"].tolist() == list(range(1, 8))
    assert table["kunci"].tolist()[1] == "perjadin"
    assert table["dasar"].str.contains("Inpres 1/2025 diktum KEEMPAT").all()
    assert table[["ketentuan", "dasar"]].notna().all(axis=None)


def test_amounts_certainty_and_the_point_without_amounts():
    found = pk.budget.seven_points(
        steps(
            (TRAVEL, "1.1.01", 100, 50),
            (PRINT, "1.1.01", 40, 30),
            (MEALS, "1.1.01", 20, 25),
            (TEA, "1.1.01", 9, 6),
            (WAGES, "1.1.01", 900, 800),
            (STATE, "1.1.01", 7, 7),
        )
    ).set_index("angka")
    assert found.loc[2, ["pagu_sebelum_rp", "pagu_sesudah_rp", "pengurangan_rp", "persen"]].tolist() == [
        100,
        50,
        50,
        -50,
    ]
    assert found.loc[1, ["pengurangan_rp", "penambahan_rp", "selisih_rp", "pasti_rp"]].tolist() == [10, 5, -5, 10]
    assert found.loc[4, ["pengurangan_rp", "perlu_telaah_rp"]].tolist() == [3, 3]
    assert found.loc[6, ["pengurangan_rp", "persen"]].tolist() == [0, 0]
    assert found.loc[5, ["pagu_sebelum_rp", "pengurangan_rp", "persen"]].isna().all()
    assert found.loc[3, "pagu_sebelum_rp"] == 0
    assert pd.isna(found.loc[3, "persen"])


def test_a_cut_of_the_transfer_is_no_chosen_saving():
    changes = steps((TRAVEL, "2.2.1.01.03", 100, 60), (ROAD, "2.2.1.01.02", 80, 50), (ROAD, "1.1.01", 80, 70))
    found = pk.budget.seven_points(changes).set_index("angka")
    assert found.loc[2, ["pagu_sebelum_rp", "pagu_sesudah_rp", "pengurangan_rp"]].tolist() == [100, 60, 0]
    assert found.loc[7, ["pagu_sebelum_rp", "pengurangan_rp"]].tolist() == [180, 70]


def test_what_the_opd_said_goes_before_what_the_code_shows():
    changes = steps(
        (ROAD, "2.2.1.01.03", 9, 5),
        (TRAVEL, "1.1.01", 9, 5),
        (MEALS, "1.1.01", 9, 5),
        (WAGES, "1.1.01", 9, 5),
        (PRINT, "1.1.01", 9, 9),
    )
    stated = causes((ROAD, "pergeseran_biasa"), (TRAVEL, "inpres_1_2025"), (MEALS, None), (PRINT, "koreksi"))
    found = dict(zip(changes["kode_rekening"], pk.budget.reasons(changes, stated), strict=True))
    assert found == {
        ROAD: "pergeseran_biasa", TRAVEL: "inpres_1_2025", MEALS: "pos_sasaran_inpres", WAGES: "", PRINT: "",
    }  # fmt: skip
    alone = dict(zip(changes["kode_rekening"], pk.budget.reasons(changes), strict=True))
    assert alone[ROAD] == "tkd_menurut_sumber_dana"
    assert alone[TRAVEL] == "pos_sasaran_inpres"


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("2.2.1.01.03", "DAK Fisik"),
        ("2.2.1.1.3.35", "DAK Fisik"),
        ("2.2.1.01.02", "DAU yang ditentukan penggunaannya"),
        ("2.2.1.01.02.0006", "DAU yang ditentukan penggunaannya"),
        ("2.2.1.01.02.0004", ""),
        ("2.2.1.01.04", ""),
        ("1.2.1.01.02", ""),
        ("2.2.1.01.01.0003", "Kurang Bayar DBH"),
        ("Dana Alokasi Khusus Fisik", ""),
        ("", ""),
    ],
)
def test_transfers_by_the_code_of_the_funding_source(source, kind):
    assert pk.budget.transfer_kind(pd.Series([source])).tolist() == [kind]


def test_every_targeted_prefix_with_a_point_is_found_and_no_other():
    known = reference.efficiency_categories()
    numbers = point(known["kode_prefix"])
    stated = known["dasar"].str.extract(r"KEEMPAT angka (\d)", expand=False).astype("Int64")
    assert numbers.dropna().tolist() == stated[numbers.notna()].tolist()
    assert set(numbers.dropna()) == {1, 2, 3, 4, 6}
    assert known.loc[numbers.notna(), "keyakinan"].isin(CERTAINTIES).all()


lines = st.lists(
    st.tuples(
        st.sampled_from([TRAVEL, PRINT, MEALS, TEA, ROAD, WAGES, STATE]),
        st.sampled_from(["1.1.01", "2.2.1.01.03", "PAD"]),
        st.integers(-(10**6), 10**13),
        st.integers(-(10**6), 10**13),
    ),
    max_size=10,
)


@given(lines)
def test_certainties_add_up_and_no_cut_counts_twice(own):
    changes = steps(*own) if own else steps((TRAVEL, "1.1.01", 0, 0))
    table = pk.budget.seven_points(changes).set_index("angka")
    chosen = table.loc[[1, 2, 3, 4, 6]]
    assert chosen["pengurangan_rp"].tolist() == chosen[[f"{name}_rp" for name in CERTAINTIES]].sum(axis=1).tolist()
    assert table["pengurangan_rp"].sum() <= changes["pengurangan_rp"].sum()
    counted = changes[point(changes["kode_rekening"]).notna()]
    assert chosen["selisih_rp"].sum() == counted["selisih_rp"].sum()


def test_no_lines_give_seven_points_of_nothing():
    table = pk.budget.seven_points(steps((TRAVEL, "1.1.01", 0, 0)).iloc[:0])
    assert len(table) == 7
    assert table["pengurangan_rp"].sum() == 0
