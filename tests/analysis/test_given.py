"""Odd but legal inputs have a defined result; the others are refused in one sentence."""

import re

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
    "columns in another order": lambda frame: frame[frame.columns[::-1]],
    "texts as objects": lambda frame: frame.astype({"kode_opd": "object", "kategori": "object"}),
    "nullable texts": lambda frame: frame.astype({"kode_opd": "string", "kategori": "string"}),
    "every row twice": lambda frame: pd.concat([frame, frame.assign(pagu_rp=0)], ignore_index=True),
    "an index of the same name": lambda frame: frame.rename_axis("kode_opd"),
    "accounts with three and five digits": lambda frame: recoded(frame, r"(\d\d)\.(\d{4})$", r"0\1.0\2"),
    "accounts without dots": lambda frame: recoded(frame, r"\.", ""),
    "accounts as Excel prints them": lambda frame: recoded(frame, r"$", ".\xa0\n"),
}


def recoded(frame, pattern, form):
    return frame.assign(kode_rekening=frame["kode_rekening"].str.replace(pattern, form, regex=True))


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
    pd.testing.assert_frame_equal(
        pk.budget.compare(before, after, level), pk.budget.compare(BEFORE, AFTER, level), check_dtype=False
    )
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


def test_a_stage_in_another_form_is_the_same_account_and_one_in_another_numbering_is_not():
    level, written = ["kode_opd", "kode_rekening"], recoded(AFTER, r"(\d\d)\.(\d{4})$", r"0\1.0\2")
    whole = pk.budget.compare(BEFORE, written, level)
    assert whole["kode_rekening"].isin([TRIP, PAPER, DESK]).all()
    assert whole.attrs["catatan"] == []
    old = pk.budget.compare(recoded(BEFORE, r"\.0(\d{3})$", r".\1"), AFTER, level)
    assert old.attrs["catatan"] == [refusal("KODE_BEDA_GENERASI").sentence]
    assert set(old["status"]) == {"dihapus", "baru", "tetap"}
    assert old["selisih_rp"].sum() == whole["selisih_rp"].sum() == -143


@pytest.mark.parametrize("change", [lambda own: own.iloc[:0], lambda own: own.iloc[:0].astype("object")])
def test_a_stage_without_rows_is_all_new_and_two_without_are_nothing(change):
    nothing, level = change(BEFORE), ["kode_opd", "kode_rekening"]
    found = pk.budget.compare(nothing, AFTER, level)
    assert set(found["status"]) == {"baru"} and found["persen"].isna().all()
    assert pk.budget.travel_cut(found)["status"].tolist() == ["pos_baru"] * 4
    empty = pk.budget.compare(nothing, nothing, level)
    assert empty.empty and list(empty.columns) == list(found.columns)
    assert pk.budget.travel_cut(empty)["status"].tolist() == ["tidak_berlaku"]
    moved = pk.budget.reallocation(empty, "kode_opd")
    assert (moved.naik, moved.turun, moved.perputaran) == (0, 0, 0)


def test_two_stages_with_the_columns_needed_only():
    level = ["kode_opd", "kode_rekening"]
    changes = pk.budget.compare(BEFORE, AFTER, level)
    points = pk.budget.seven_points(changes).set_index("angka")
    assert points.loc[2, ["pagu_sebelum_rp", "pagu_sesudah_rp", "pengurangan_rp"]].tolist() == [300, 177, 130]
    assert points.loc[7, "pengurangan_rp"] == 0
    assert pk.budget.reasons(changes).tolist() == [
        "pos_sasaran_inpres",
        "pos_sasaran_inpres",
        "pos_sasaran_inpres",
        "",
        "",
    ]
    lines = pd.concat([BEFORE.assign(tahap="murni"), AFTER.assign(tahap="geser")])
    steps = pk.budget.steps(lines, ["murni", "geser"])
    assert steps["selisih_rp"].sum() == 200 - 350  # C has delivered one stage only
    assert pk.budget.total(steps, "kode_opd")["selisih_rp"].tolist() == [-100, -50]


REFUSED = {
    "rupiah as nullable text": (lambda own: own.astype({"pagu_rp": "string"}), "tertulis '100' sebagai teks"),
    "text among objects": (lambda own: own.assign(pagu_rp=pd.Series([1, "1.000", 2, 3], dtype="object")), "'1.000'"),
    "endless rupiah": (lambda own: own.assign(pagu_rp=[1, np.inf, 2, 3]), "terlalu besar untuk rupiah; tertulis inf"),
    "rupiah beyond exact floats": (lambda own: own.assign(pagu_rp=1e16), "terlalu besar untuk rupiah"),
    "a figure among the keys": (
        lambda own: own.assign(kategori=[1, "a", "b", "c"]),
        "'kategori' memuat angka dan teks",
    ),
    "figures in this stage": (lambda own: own.assign(kategori=[1, 2, 3, 4]), "baca sebagai teks pada semua tabel"),
    "a column twice": (lambda own: pd.concat([own, own[["kategori"]]], axis=1), "'kategori' ada lebih dari sekali"),
    "no table": (lambda own: own.to_dict("records"), "diperlukan tabel (DataFrame), tertulis list"),
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
        with pytest.raises(ValueError, match=re.escape(words)) as refused:
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
        (lambda: pk.budget.compare(BEFORE, AFTER, None), "harus menyebut kolom yang berlainan"),
        (lambda: pk.budget.compare(BEFORE, AFTER, ["kode_opd", "pagu_rp"]), "harus menyebut kolom yang berlainan"),
        (lambda: pk.budget.travel_cut(BEFORE), "kolom 'pagu_sebelum_rp' tidak ada"),
        (
            lambda: pk.budget.compare(BEFORE.assign(kode_rekening=510204010001), AFTER, "kode_rekening"),
            "kode harus teks, tertulis 510204010001",
        ),
        (
            lambda: pk.budget.reallocation(pd.DataFrame({"sektor": ["a"], "selisih_rp": [None]}), "sektor"),
            "kosong bukan nol",
        ),
        (lambda: pk.budget.seven_points(BEFORE), "kolom 'pagu_sebelum_rp' tidak ada"),
        (lambda: pk.budget.additions(pk.budget.compare(BEFORE, AFTER, "kode_opd")), "kolom 'kode_sub_kegiatan' tidak"),
        (lambda: pk.budget.classify(None), "kode harus sederet teks, tertulis NoneType"),
        (lambda: pk.resource.efficiency([100], [1.0], [80], [100, 20]), "harus sama"),
        (lambda: pk.resource.resource_use(BEFORE), "kolom 'capaian_pct' tidak ada"),
        (lambda: pk.budget.theil_by_group([1, 2], ["a"]), "ada nilai tanpa kelompok"),
        (lambda: pk.budget.classify([510204010001]), "kode harus teks, tertulis 510204010001"),
        (lambda: pk.budget.concentration(["1", "2"]), "harus sederet angka"),
        (lambda: pk.budget.concentration([[1, 2], [3, 4]]), "harus sederet angka"),
        (lambda: pk.resource.efficiency(["4.000"], [1], [3]), "pagu harus sederet angka"),
    ],
)
def test_slips_are_named(call, words):
    with pytest.raises(ValueError, match=words):
        call()


@pytest.mark.parametrize("rate", [50, -0.1, 1.01, "0.5", None, float("nan"), True])
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
    kinds = pk.budget.theil_by_group(pd.Series([1.0, 3.0], index=["x", "y"]), pd.Series(["b", "a"], index=["y", "x"]))
    assert kinds.rows[["n", "pangsa"]].values.tolist() == [[1, 0.25], [1, 0.75]]
    assert pk.budget.sector(["1.02.02.2.01.0001"]).tolist() == ["kesehatan"]
    assert pk.budget.travel_kind(["5.1.02.04.02"]).tolist() == ["luar_negeri"]
    assert pk.budget.transfer_kind(("2.2.1.01.03",)).tolist() == ["DAK Fisik"]
    assert pk.resource.efficiency((4, 1), pd.Series([1.0, 1.0], index=[8, 9]), np.array([3, 1])).ne == 100


def test_an_achievement_in_per_cent_is_told():
    assert pk.resource.efficiency([100], [122], [90]).refusals == (refusal("CAPAIAN_BUKAN_RASIO"),)
    with pytest.raises(ValueError, match="angka inf terlalu besar"):
        pk.resource.efficiency([100], [np.inf], [90])
    assert pk.resource.efficiency([100], [1.22], [90]).refusals == ()
