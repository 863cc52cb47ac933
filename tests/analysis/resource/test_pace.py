"""The same month last year on both ceilings, and the semester-I prognosis as arithmetic."""

import pandas as pd

import pkanalysis as pk

CEILINGS = pd.DataFrame({"tahun": [2024, 2025], "pagu_murni_rp": [200, 100], "pagu_terakhir_rp": [250, 80]})


def spending(*rows):
    return pd.DataFrame(rows, columns=["tahun", "bulan", "realisasi_rp"])


def test_rupiah_and_points_against_last_year():
    spent = spending((2024, 1, 30), (2024, 3, 20), (2024, 9, 99), (2025, 2, 20), (2025, 3, 20))
    found = pk.resource.same_month(spent, CEILINGS, 3).iloc[-1]
    assert found[["realisasi_rp", "serapan_murni_pct", "serapan_terakhir_pct"]].tolist() == [40, 40, 50]
    assert found[["beda_rp", "beda_murni_poin", "beda_terakhir_poin"]].tolist() == [-10, 15, 30]


def test_a_year_whose_data_end_earlier_is_not_compared():
    found = pk.resource.same_month(spending((2024, 2, 30), (2025, 3, 20)), CEILINGS, 3)
    assert pd.isna(found["realisasi_rp"][0])
    assert found["realisasi_rp"][1] == 20
    assert found[["beda_rp", "beda_murni_poin"]].isna().all(axis=None)


def test_years_that_do_not_follow_each_other_are_not_compared():
    tops = CEILINGS.assign(tahun=[2022, 2025])
    found = pk.resource.same_month(spending((2022, 3, 5), (2025, 3, 20)), tops, 3)
    assert found["beda_rp"].isna().all()


def test_no_spending_and_no_ceiling():
    found = pk.resource.same_month(spending().astype("int64"), CEILINGS.assign(pagu_murni_rp=0), 3)
    assert found[["realisasi_rp", "serapan_murni_pct"]].isna().all(axis=None)


def months(column, *rows):
    return pd.DataFrame(rows, columns=["bulan", column]).astype("int64")


def test_prognosis_is_spending_plus_plan_and_says_so():
    spent = months("realisasi_rp", (1, 10), (6, 20), (7, 500))
    found = pk.resource.prognosis(spent, months("rencana_rp", (6, 99), (7, 30), (12, 30)), 100)
    assert (found.semester_1_rp, found.rencana_semester_2_rp, found.total_rp, found.rate) == (30, 60, 90, 90)
    assert found.label.startswith("hitungan: realisasi s.d. semester I + rencana kas semester II")


def test_prognosis_of_what_is_missing():
    plan = months("rencana_rp", (7, 30))
    assert pk.resource.prognosis(months("realisasi_rp", (5, 9)), plan, 100).total_rp is None
    assert pk.resource.prognosis(months("realisasi_rp"), plan, 100).rate is None
    assert pk.resource.prognosis(months("realisasi_rp", (6, 9)), months("rencana_rp", (6, 9)), 100).total_rp is None
    assert pk.resource.prognosis(months("realisasi_rp", (6, 9)), plan, 0).rate is None
    assert pk.resource.prognosis(months("realisasi_rp", (6, 9)), plan, 0).total_rp == 39
