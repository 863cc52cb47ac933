"""Shift-share: reference case, exact identity whatever the amounts, and what has no base."""

import json
import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paths import shared

import pkanalysis as pk

PARTS = ["umum", "susunan", "khusus"]
cells = st.dictionaries(
    st.tuples(st.sampled_from("ABC"), st.sampled_from("xyz")), st.integers(-(10**9), 10**13), max_size=9
)


def frame(found):
    rows = [(*key, amount) for key, amount in found.items()]
    return pd.DataFrame(rows, columns=["opd", "pos", "pagu_rp"]).astype({"pagu_rp": "int64"})


def test_reference_case():
    case = json.loads(shared("cases", "F01_dekomposisi_shift_share.json").read_text(encoding="utf-8"))
    before, after = (
        frame({(opd, pos): rp for opd, own in case["inputs"][side].items() for pos, rp in own.items()})
        for side in ("awal", "perubahan")
    )
    found, expected, within = pk.budget.decompose(before, after, "opd", "pos"), case["expected"], case["tolerance"]
    assert found.attrs["laju_umum"] == pytest.approx(expected["G"], **within)
    assert found.attrs["laju_kategori"] == pytest.approx(expected["G_kategori"], **within)
    for opd, row in found.set_index("opd").iterrows():
        known = expected["per_opd"][opd]
        assert [row[name] for name in PARTS] == pytest.approx(
            [known[key] for key in ("kota", "bauran", "khas")], **within
        )
        assert row["selisih_rp"] == known["total"]
    assert found["susunan"].sum() == pytest.approx(0, abs=1e-6)
    assert found["khusus"].sum() == pytest.approx(0, abs=1e-6)


@given(cells, cells)
def test_the_parts_add_up_to_the_change_of_every_unit(before, after):
    found = pk.budget.decompose(frame(before), frame(after), "opd", "pos")
    size = sum(map(abs, (*before.values(), *after.values())))
    rates = [abs(rate) for rate in (found.attrs["laju_umum"], *found.attrs["laju_kategori"].values()) if rate == rate]
    residual = found[PARTS].sum(axis=1) - found["selisih_rp"]
    assert (residual.abs() <= 1e-9 * max([1.0, *rates]) * max(size, 1)).all()
    assert found["selisih_rp"].sum() == sum(after.values()) - sum(before.values())


def test_a_category_without_base_goes_to_own_and_is_named():
    before = frame({("A", "x"): 100, ("B", "x"): 100})
    after = frame({("A", "x"): 100, ("B", "x"): 100, ("B", "baru"): 40})
    found = pk.budget.decompose(before, after, "opd", "pos").set_index("opd")
    assert found.loc["B", "khusus"] == pytest.approx(40 + found.loc["A", "khusus"])
    assert found[PARTS].sum(axis=1).tolist() == pytest.approx([0, 40])
    assert found["catatan"].tolist() == ["", "tanpa pagu sebelum, seluruhnya khusus: baru"]
    assert math.isnan(found.attrs["laju_kategori"]["baru"])


def test_nothing_before_is_all_own_and_a_unit_in_one_stage_is_said():
    found = pk.budget.decompose(frame({}), frame({("A", "x"): 5}), "opd", "pos").iloc[0]
    assert found[[*PARTS, "selisih_rp"]].tolist() == [0, 0, 5, 5]
    assert found["catatan"].startswith("tidak ada pada tahap sebelum; tanpa pagu sebelum")
    gone = pk.budget.decompose(frame({("A", "x"): 5, ("B", "x"): 5}), frame({("A", "x"): 5}), "opd", "pos")
    assert gone.set_index("opd").loc["B", ["selisih_rp", "catatan"]].tolist() == [-5, "tidak ada pada tahap sesudah"]
    assert pk.budget.decompose(frame({}), frame({}), "opd", "pos").empty
