"""Odd but legal inputs have a defined result; the others are refused in one sentence."""

import numpy as np
import pandas as pd
import pytest

import pkanalysis as pk
from pkanalysis.analysis.claims import refusal

TRIP, PAPER, DESK = "5.1.02.04.01.0001", "5.1.02.01.01.0024", "5.2.02.05.01.0001"
BEFORE = pd.DataFrame({
    "kode_opd": ["A", "A", "B", "B"], "kode_rekening": [TRIP, PAPER, TRIP, DESK],
    "kategori": ["pj", "atk", "pj", "modal"], "pagu_rp": [100, 50, 200, 0],
})  # fmt: skip
AFTER = pd.DataFrame({
    "kode_opd": ["A", "B", "B", "C"], "kode_rekening": [TRIP, TRIP, DESK, TRIP],
    "kategori": ["pj", "pj", "modal", "pj"], "pagu_rp": [50, 120, 30, 7],
})  # fmt: skip
PARTS = ["umum", "susunan", "khusus"]


def shuffled(frame):
    return frame.sample(frac=1, random_state=3).set_axis([7, 5, 3, 1])


SAME = {
    "rows in another order": shuffled,
    "categories": lambda frame: frame.astype({"kode_opd": "category", "kategori": "category"}),
    "float rupiah": lambda frame: frame.astype({"pagu_rp": "float64"}),
    "nullable rupiah": lambda frame: frame.astype({"pagu_rp": "Int64"}),
    "rupiah as objects": lambda frame: frame.astype({"pagu_rp": "object"}),
    "more columns": lambda frame: frame.assign(nama="x"),
}


@pytest.mark.parametrize("name", SAME)
def test_what_carries_no_meaning_changes_nothing(name):
    before, after = SAME[name](BEFORE), SAME[name](AFTER)
    for by in ("kode_opd", ["kode_opd"], ["kode_opd", "kategori"]):
        expected = pk.budget.compare(BEFORE, AFTER, by)
        pd.testing.assert_frame_equal(
            pk.budget.compare(before, after, by), expected, check_dtype=False, check_categorical=False
        )
    parts, whole = (pk.budget.decompose(*pair, "kode_opd", "kategori") for pair in ((before, after), (BEFORE, AFTER)))
    assert (
        parts[[*PARTS, "selisih_rp", "catatan"]].values.tolist()
        == whole[[*PARTS, "selisih_rp", "catatan"]].values.tolist()
    )
    level = ["kode_opd", "kode_rekening"]
    cuts = [pk.budget.travel_cut(pk.budget.compare(*pair, level)) for pair in ((before, after), (BEFORE, AFTER))]
    assert cuts[0]["kekurangan_rp"].tolist() == cuts[1]["kekurangan_rp"].tolist() == [0, 20, 0, 27]


def test_an_office_in_one_stage_only_and_a_category_without_a_base():
    found = pk.budget.decompose(BEFORE, AFTER, "kode_opd", "kategori").set_index("kode_opd")
    assert found[PARTS].sum(axis=1).tolist() == pytest.approx(found["selisih_rp"].tolist())
    assert found.loc["B", "catatan"] == "tanpa pagu sebelum, seluruhnya khusus: modal"
    assert found.loc["C", "catatan"] == "tidak ada pada tahap sebelum"
    assert found.loc["C", PARTS].tolist() == [0, 0, 7]


@pytest.mark.parametrize("change", [lambda own: own.iloc[:0], lambda own: own.assign(pagu_rp=0)])
def test_no_base_leaves_all_to_the_unit(change):
    found = pk.budget.decompose(change(BEFORE), AFTER, "kode_opd", "kategori")
    assert found["khusus"].tolist() == found["selisih_rp"].tolist()
    assert np.isnan(found.attrs["laju_umum"])
    assert pk.budget.decompose(BEFORE.iloc[:0], AFTER.iloc[:0], "kode_opd", "kategori").empty


def test_negative_lines_keep_the_identities():
    before = BEFORE.assign(pagu_rp=[-100, 50, 200, 0])
    found = pk.budget.decompose(before, AFTER, "kode_opd", "kategori")
    assert (found[PARTS].sum(axis=1) - found["selisih_rp"]).abs().max() < 1e-9
    moved = pk.budget.reallocation(pk.budget.compare(before, AFTER, "kode_opd"), "kode_opd")
    assert moved.naik - moved.turun == AFTER["pagu_rp"].sum() - before["pagu_rp"].sum()


REFUSED = {
    "rupiah as text": (lambda own: own.astype({"pagu_rp": "str"}), "harus angka rupiah; tertulis '100' sebagai teks"),
    "missing rupiah": (lambda own: own.assign(pagu_rp=[1, None, 2, 3]), "kosong pada 1 baris; kosong bukan nol"),
    "part of a rupiah": (lambda own: own.assign(pagu_rp=0.5), "harus rupiah bulat; tertulis 0.5"),
    "no rupiah": (lambda own: own.drop(columns="pagu_rp"), "kolom 'pagu_rp' tidak ada; yang ada: kode_opd"),
    "no category": (lambda own: own.drop(columns="kategori"), "kolom 'kategori' tidak ada; yang ada: kode_opd"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_frame_that_cannot_be_counted_is_refused_in_one_sentence(name):
    change, words = REFUSED[name]
    for call in (
        lambda: pk.budget.decompose(change(BEFORE), AFTER, "kode_opd", "kategori"),
        lambda: pk.budget.compare(AFTER, change(BEFORE), ["kategori"]),
    ):
        with pytest.raises(ValueError, match=words) as refused:
            call()
        assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: pk.budget.compare(BEFORE, AFTER, []), "harus menyebut kolom yang berlainan"),
        (lambda: pk.budget.decompose(BEFORE, AFTER, "kode_opd", "kode_opd"), "harus menyebut kolom yang berlainan"),
        (lambda: pk.budget.travel_cut(pk.budget.compare(BEFORE, AFTER, "kode_opd")), "kolom 'kode_rekening' tidak ada"),
        (lambda: pk.budget.travel_cut(pk.budget.compare(BEFORE, AFTER, "kode_rekening")), "kolom 'kode_opd' tidak ada"),
        (
            lambda: pk.budget.reallocation(pk.budget.compare(BEFORE, AFTER, "kode_opd"), "sektor"),
            "kolom 'sektor' tidak",
        ),
        (lambda: pk.budget.classify([510204010001]), "kode harus teks, tertulis 510204010001"),
        (lambda: pk.budget.concentration(["1", "2"]), "harus sederet angka"),
        (lambda: pk.budget.concentration([[1, 2], [3, 4]]), "harus sederet angka"),
        (lambda: pk.resource.efficiency(["4.000"], [1], [3]), "pagu harus sederet angka"),
    ],
)
def test_slips_are_named(call, words):
    with pytest.raises(ValueError, match=words):
        call()


@pytest.mark.parametrize("rate", [50, -0.1, 1.01])
def test_a_rate_is_a_share(rate):
    changes = pk.budget.compare(BEFORE, AFTER, ["kode_opd", "kode_rekening"])
    with pytest.raises(ValueError, match="tarif perjalanan_dinas harus dari 0 sampai 1"):
        pk.budget.travel_cut(changes, rate)


def test_codes_in_any_container():
    written = ["5.1.02.04.001.00001", "510204010001", None, "tanpa kode"]
    for given in (written, tuple(written), np.array(written, dtype=object), pd.Series(written)):
        assert pk.budget.classify(given)["kategori"].tolist() == ["perjalanan_dinas"] * 2 + ["lainnya"] * 2
    assert pk.budget.classify(TRIP)["keyakinan"].tolist() == ["pasti"]
    assert pk.budget.classify([]).empty


def test_figures_in_any_container():
    known = pk.budget.concentration([1, 2, 3])
    for given in ((1, 2, 3), np.array([1, 2, 3]), pd.Series([1, 2, 3], index=list("abc"), dtype="Int64")):
        assert pk.budget.concentration(given) == known
    assert pk.resource.efficiency((4, 1), pd.Series([1.0, 1.0], index=[8, 9]), np.array([3, 1])).ne == 100


def test_an_achievement_in_per_cent_is_told():
    assert pk.resource.efficiency([100], [122], [90]).refusals == (refusal("CAPAIAN_BUKAN_RASIO"),)
    assert pk.resource.efficiency([100], [np.inf], [90]).refusals == (refusal("REALISASI_KOSONG"),)
    assert pk.resource.efficiency([100], [1.22], [90]).refusals == ()
