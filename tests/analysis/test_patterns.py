"""Patterns on small made cases: each fires for its reason, at its threshold, and not otherwise."""

import pandas as pd
import pytest

import pkanalysis as pk

TRIP, HOTEL, TALK, PACKAGE = "5.1.02.04.01.0001", "5.1.02.02.05.0043", "5.1.02.02.12.0002", "5.1.02.04.01.0004"
PRINT, DESK = "5.1.02.01.01.0026", "5.2.02.05.02.0001"
COLUMNS = ["tahap", "kode_opd", "kode_sub_kegiatan", "kode_rekening", "pagu_rp"]
STAGES = ["murni", "geser", "ubah"]


def steps(*rows, stages=STAGES):
    from pkanalysis.tables import conform

    return pk.budget.steps(conform("anggaran", pd.DataFrame(rows, columns=COLUMNS).assign(tahun=2025)), stages)


def path(opd, account, *amounts, activity="1"):
    return [(stage, opd, activity, account, rp) for stage, rp in zip(STAGES, amounts, strict=False)]


def test_refill_needs_a_cut_before_it():
    found = pk.budget.refilled(
        steps(*path("A", TRIP, 100, 50, 60), *path("B", TRIP, 100, 100, 120), *path("C", TRIP, 100, 50, 40))
    )
    assert found.rows.values.tolist() == [["A", "perjalanan_dinas", "ubah", 50, 50.0, 10, 20.0]]
    assert found.lines[["kode_opd", "kode_rekening", "penambahan_rp"]].values.tolist() == [["A", TRIP, 10]]


def test_refill_thresholds_and_categories():
    made = steps(*path("A", TRIP, 100, 50, 60), *path("B", PRINT, 100, 50, 90))
    assert pk.budget.refilled(made, min_pct=50).rows["kode_opd"].tolist() == ["B"]
    assert pk.budget.refilled(made, min_rp=41).rows.empty
    assert pk.budget.refilled(made, ["perjalanan_dinas"]).rows["kode_opd"].tolist() == ["A"]
    with pytest.raises(ValueError, match="tidak dikenal"):
        pk.budget.refilled(made, ["perjadin"])


def test_an_ordinary_shift_up_and_down_is_no_refill():
    made = steps(*path("A", TRIP, 100, 90, 120), *path("B", TRIP, 100, 80, 90), *path("C", TRIP, 0, -5, 5))
    assert pk.budget.refilled(made, min_cut_pct=15).rows["kode_opd"].tolist() == ["B"]
    assert pk.budget.refilled(made, min_cut_pct=10).rows["kode_opd"].tolist() == ["A", "B"]


def test_a_stage_that_an_opd_did_not_deliver_is_no_cut_to_nothing():
    rows = [row for row in path("A", TRIP, 100, 0, 100) if row[0] != "geser"]
    assert pk.budget.refilled(steps(*rows, *path("B", TRIP, 10, 10, 10))).rows.empty


def test_an_opd_that_only_shifts_between_trips_is_not_refilled():
    made = steps(*path("A", TRIP, 100, 50, 70, activity="1"), *path("A", TRIP, 100, 50, 30, activity="2"))
    assert pk.budget.refilled(made).rows.empty


def one(*rows):
    return steps(*rows, stages=STAGES[:2])


def test_leakage_is_travel_down_and_meetings_up_in_the_same_opd():
    made = one(
        *path("A", TRIP, 100, 50), *path("A", HOTEL, 10, 40),
        *path("B", TRIP, 100, 50), *path("B", HOTEL, 40, 10),
        *path("C", TRIP, 100, 100), *path("C", HOTEL, 10, 40),
        *path("D", TRIP, 100, 50), *path("E", TALK, 0, 90),
    )  # fmt: skip
    found = pk.budget.leaked(made)
    assert found.rows.values.tolist() == [["A", 50, 30, 60.0]]
    assert found.lines["kode_rekening"].tolist() == [HOTEL]
    assert pk.budget.leaked(made, min_pct=61).rows.empty
    assert pk.budget.leaked(made, min_rp=31).rows.empty
    assert pk.budget.leaked(made, accounts=[TALK]).rows.empty


def test_a_meeting_package_counts_as_meeting_not_as_travel():
    made = one(*path("A", TRIP, 100, 50), *path("A", PACKAGE, 0, 50))
    assert pk.budget.leaked(made).rows.values.tolist() == [["A", 50, 50, 100.0]]
    made = one(*path("A", TRIP, 100, 50), *path("A", PACKAGE, 0, 50), *path("A", HOTEL, 0, 20))
    assert pk.budget.leaked(made, accounts=[HOTEL]).rows.values.tolist() == [["A", 50, 20, 40.0]]


def test_capital_booked_as_efisiensi():
    made = one(*path("A", DESK, 100, 40), *path("B", DESK, 100, 40), *path("C", TRIP, 100, 40))
    key = {"tahap_sebelum": "murni", "tahap_sesudah": "geser", "kode_sub_kegiatan": "1"}
    stated = pd.DataFrame(
        [
            key | {"kode_opd": opd, "kode_rekening": code, "sebab": "inpres_1_2025"}
            for opd, code in (("A", DESK), ("C", TRIP))
        ]
    )
    assert pk.budget.capital_cut(made, stated).rows.values.tolist() == [["A", 60]]
    assert pk.budget.capital_cut(made, stated, booked_as=["inpres_1_2025", ""]).rows["kode_opd"].tolist() == ["A", "B"]
    assert pk.budget.capital_cut(made, stated, min_rp=61).rows.empty
    assert pk.budget.capital_cut(made).rows.empty


def test_cuts_of_service_standards_by_the_list_of_the_region():
    made = one(
        *path("A", TRIP, 9, 4, activity="1.02.02.2.02.0001"), *path("A", TRIP, 9, 4, activity="1.02.02.2.02.0010")
    )
    found = pk.budget.service_cut(made, ["1.02.02.2.02.01"])
    assert found.lines["kode_sub_kegiatan"].tolist() == ["1.02.02.2.02.0001"]
    assert pk.budget.service_cut(made, ["1.02"]).rows.values.tolist() == [["A", 10]]
    assert pk.budget.service_cut(made, []).rows.empty


def test_relabelled_is_the_whole_line_and_the_same_rupiah():
    made = one(
        *path("A", PRINT, 70, 0, activity="1"), *path("A", PRINT, 30, 100, activity="2"),
        *path("B", PRINT, 70, 0, activity="1"), *path("B", TRIP, 5, 75, activity="1"),
        *path("C", PRINT, 70, 10, activity="1"), *path("C", PRINT, 30, 90, activity="2"),
        *path("D", PRINT, 70, 0, activity="1"), *path("D", TRIP, 0, 70, activity="2"),
        *path("E", PRINT, 70, 0, activity="1"), *path("E", PRINT, 30, 99, activity="2"),
    )  # fmt: skip
    found = pk.budget.relabelled(made)
    assert found.rows.values.tolist() == [["A", 70], ["B", 70]]
    assert found.lines[["kode_rekening", "kode_rekening_lain", "jumlah_rp"]].values.tolist() == [
        [PRINT, PRINT, 70],
        [PRINT, TRIP, 70],
    ]
    assert pk.budget.relabelled(made, min_rp=71).rows.empty


def test_relabelled_counts_a_line_with_two_candidates_once():
    made = one(*path("A", PRINT, 70, 0), *path("A", PRINT, 0, 70, activity="2"), *path("A", PRINT, 0, 70, activity="3"))
    found = pk.budget.relabelled(made)
    assert found.rows.values.tolist() == [["A", 70]]
    assert len(found.lines) == 2


def test_additions_name_sector_and_accounts_that_were_to_be_limited():
    made = one(
        *path("A", DESK, 0, 40, activity="1.01.02.2.01.0001"), *path("A", TRIP, 10, 15, activity="1.01.02.2.01.0001"),
        *path("A", DESK, 10, 12, activity="1.01.01.2.07.0006"), *path("B", TRIP, 10, 4, activity="4.01.01.2.06.0009"),
    )  # fmt: skip
    found = pk.budget.additions(made)
    assert found[["penambahan_rp", "dibatasi_rp", "baru_rp"]].values.tolist() == [[45, 5, 40], [2, 0, 0]]
    assert found["is_prioritas"].tolist() == [True, True]
    assert found["is_penunjang"].tolist() == [False, True]
    assert found["penambahan_rp"].sum() == made["penambahan_rp"].sum()
    assert pk.budget.additions(made.iloc[:0]).empty


def rates(*pairs):
    return pd.concat([one(*path(opd, TRIP, 100, 100 - cut)) for opd, cut in pairs], ignore_index=True)


def test_a_flat_cut_is_seen_and_a_chosen_one_is_not_called_flat():
    flat = pk.budget.dispersion(rates(*[(opd, 10) for opd in "ABCDEFGHI"]))
    assert (flat.n, flat.is_flat, flat.cv, flat.in_band_pct, flat.mean_pct) == (9, True, 0, 100, -10)
    mixed = pk.budget.dispersion(rates(*zip("ABCDEFGHI", range(0, 90, 10), strict=True)))
    assert mixed.is_flat is False
    assert pk.budget.dispersion(rates(*[(opd, 0) for opd in "ABCDEFGHI"])).is_flat is False


def test_too_few_opd_and_opd_without_base():
    few = pk.budget.dispersion(rates(("A", 10), ("B", 10)))
    assert few.is_flat is None
    assert [item.code for item in few.refusals] == ["UNIT_KURANG_DARI_8"]
    assert pk.budget.dispersion(one(*path("A", TRIP, 0, 10))).n == 0


@pytest.mark.parametrize("wrong", ["1020220", "1..02", "tidak", ""])
def test_what_is_no_code_covers_nothing(wrong):
    step = steps(*path("A", TRIP, 100, 50, 50, activity="7.01.01.2.06.0009")).query("tahap_sesudah == 'geser'")
    assert pk.budget.service_cut(step, [wrong]).lines.empty
    assert len(pk.budget.service_cut(step, ["7.01.01", wrong]).lines) == 1
    assert pk.budget.sector(pd.Series(["7.01.01.2.06.0009"]), {wrong: "kesehatan"}).tolist() == ["lainnya"]
