"""Sources and uses: identities at every level, what goes round, and no pairs."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

import pkanalysis as pk

lines = st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from("pqr"), st.integers(-(10**13), 10**13)), max_size=12)


def frame(rows):
    return pd.DataFrame(rows, columns=["opd", "pos", "selisih_rp"]).astype({"selisih_rp": "int64"})


@given(lines)
def test_identities_hold_at_every_level(rows):
    changes = frame(rows)
    net = sum(amount for *_, amount in rows)
    for by in ("opd", "pos", ["opd", "pos"]):
        found = pk.budget.reallocation(changes, by)
        assert found.neto == found.naik - found.turun == net == found.rows["selisih_rp"].sum()
        assert found.bruto == found.naik + found.turun
        assert found.perputaran == found.bruto - abs(found.neto) == 2 * min(found.naik, found.turun)
    fine, coarse = (pk.budget.reallocation(changes, by).bruto for by in (["opd", "pos"], "opd"))
    assert fine >= coarse


def test_rows_name_net_sources_and_uses_and_never_a_pair():
    found = pk.budget.reallocation(frame([("A", "p", -70), ("A", "q", 20), ("B", "p", 30), ("C", "p", 0)]), "opd")
    assert found.rows.values.tolist() == [["B", 30, "penggunaan"], ["C", 0, "tetap"], ["A", -50, "sumber"]]
    assert (found.naik, found.turun, found.neto, found.bruto, found.perputaran) == (30, 50, -20, 80, 60)
    assert found.level == ("opd",)


def test_a_missing_group_is_a_group():
    found = pk.budget.reallocation(frame([(None, "p", 5), ("A", "p", -5)]), "opd")
    assert (found.naik, found.turun, found.neto) == (5, 5, 0)


def test_no_lines_no_movement():
    assert pk.budget.reallocation(frame([]), "opd").bruto == 0
