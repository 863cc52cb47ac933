"""The scorecard on small hand-made tables whose answers can be checked by eye."""

import pandas as pd
import pytest

import pkanalysis as pk
from pkanalysis.tables import conform, empty


def indicator(code, **more):
    row = {"kode_indikator": code, "nama_indikator": code, "kode_opd": "X1", "tingkat": "iku_opd", "satuan": "persen"}
    return row | {"polaritas": "naik_baik", "agregasi": "posisi_akhir", "jadwal_ukur": "triwulanan"} | more


def target(code, period, value, document="pk", number=0, **more):
    row = {"kode_indikator": code, "kode_opd": "X1", "tahun": 2025, "periode": period, "dokumen": document}
    return row | {"ke": number, "nilai": value} | more


def actual(code, period, value, status="final", **more):
    row = {"kode_indikator": code, "kode_opd": "X1", "tahun": 2025, "periode": period, "nilai": value, "status": status}
    return row | more


def tables(indicators, targets, actuals, agreements=()):
    rows = {"indikator": indicators, "target": targets, "realisasi": actuals, "perjanjian": agreements}
    return {name: conform(name, pd.DataFrame(list(given))) if given else empty(name) for name, given in rows.items()}


def card(period="TW3", year=2025, **given):
    return pk.achievement.scorecard(tables(**given), year, period).set_index("kode_indikator")


def test_first_page_of_the_user_view():
    """Dinas Contoh of user_view §1: 3 of 4 measured reach the target, 101,9 % against 101,3 %."""
    result = card(
        indicators=[
            indicator("tepat"), indicator("ikm"), indicator("kejadian", polaritas="turun_baik"),
            indicator("warga", agregasi="jumlah"), indicator("sakip", jadwal_ukur="tahunan"),
        ],
        targets=[
            target("tepat", "TW3", 78), target("tepat", "TW3", 78, "pk_perubahan", 1),
            target("ikm", "TW3", 86), target("ikm", "TW3", 84, "pk_perubahan", 1, alasan_perubahan="efisiensi_anggaran"),
            target("kejadian", "TW3", 12), target("kejadian", "TW3", 12, "pk_perubahan", 1),
            target("warga", "TW3", 900), target("warga", "TW3", 900, "pk_perubahan", 1),
            target("sakip", "tahunan", 72),
        ],
        actuals=[
            actual("tepat", "TW3", 79.2), actual("ikm", "TW3", 83.1), actual("kejadian", "TW3", 11.4),
            actual("warga", "TW1", 300), actual("warga", "TW2", 300), actual("warga", "TW3", 318),
            actual("sakip", "TW3", None, "menunggu_rilis"),
        ],
    )  # fmt: skip
    assert result["capaian_perubahan"].round(1).tolist()[:4] == [101.5, 98.9, 105.0, 102.0]
    assert result["capaian_murni"].round(1).tolist()[:4] == [101.5, 96.6, 105.0, 102.0]
    assert result.loc["ikm", "alasan_perubahan"] == "efisiensi_anggaran"
    found = pk.achievement.summarise(result)
    assert (found.n, found.n_measured, found.n_reached, found.n_waiting, found.n_missing) == (5, 4, 3, 1, 0)
    assert (round(found.mean_current, 1), round(found.mean_original, 1)) == (101.9, 101.3)


def test_a_sum_without_one_quarter_is_not_a_sum():
    result = card(
        indicators=[indicator("a", agregasi="jumlah")],
        targets=[target("a", "TW3", 30)],
        actuals=[actual("a", "TW1", 10), actual("a", "TW3", 10)],
    )
    assert pd.isna(result.loc["a", "realisasi"])
    assert result.loc["a", "bendera"] == "TRIWULAN_TIDAK_LENGKAP"
    assert pk.achievement.summarise(result).n_missing == 1


def test_a_semester_indicator_keeps_its_second_quarter_value_and_target():
    result = card(
        indicators=[indicator("a", jadwal_ukur="semesteran")],
        targets=[target("a", "TW2", 40), target("a", "tahunan", 80)],
        actuals=[actual("a", "TW2", 42), actual("a", "TW3", None, "belum_jadwal")],
    )
    assert result.loc["a", ["realisasi", "target_murni", "capaian_murni", "status"]].tolist() == [
        42,
        40,
        105.0,
        "final",
    ]


def test_an_annual_indicator_is_not_due_before_the_fourth_quarter():
    result = card(indicators=[indicator("a", jadwal_ukur="tahunan")], targets=[target("a", "tahunan", 80)], actuals=[])
    assert result.loc["a", ["status", "bendera"]].tolist() == ["belum_jadwal", ""]
    assert pk.achievement.summarise(result).n_waiting == 1


def test_a_value_without_any_target_is_flagged():
    result = card(indicators=[indicator("a")], targets=[], actuals=[actual("a", "TW3", 8)])
    assert result.loc["a", "bendera"] == "TARGET_TIDAK_ADA"


def test_a_value_that_was_due_and_not_sent_is_flagged_and_never_zero():
    result = card(indicators=[indicator("a", polaritas="turun_baik")], targets=[target("a", "TW3", 8)], actuals=[])
    assert pd.isna(result.loc["a", "capaian_murni"])
    assert pd.isna(result.loc["a", "status"])
    assert result.loc["a", "bendera"] == "REALISASI_KOSONG"


def test_a_pk_signed_after_the_period_is_not_used():
    signed = {
        "kode_opd": "X1",
        "tahun": 2025,
        "dokumen": "pk_perubahan",
        "ke": 1,
        "tanggal_ttd": pd.Timestamp("2025-06-25"),
    }
    given = {
        "indicators": [indicator("a")],
        "targets": [
            target("a", p, v, d, k) for p in ("TW1", "TW3") for v, d, k in ((90, "pk", 0), (80, "pk_perubahan", 1))
        ],
        "actuals": [actual("a", "TW1", 81), actual("a", "TW3", 81)],
        "agreements": [signed],
    }
    assert card("TW1", **given).loc["a", ["ke", "capaian_berlaku"]].tolist() == [0, 90.0]
    assert card("TW3", **given).loc["a", ["ke", "capaian_berlaku"]].tolist() == [1, 101.25]


def test_the_latest_pk_perubahan_counts():
    result = card(
        indicators=[indicator("a")],
        targets=[
            target("a", "TW3", 90),
            target("a", "TW3", 85, "pk_perubahan", 1),
            target("a", "TW3", 80, "pk_perubahan", 2),
        ],
        actuals=[actual("a", "TW3", 80)],
    )
    assert result.loc["a", ["ke", "target_perubahan", "capaian_perubahan"]].tolist() == [2, 80, 100.0]


def test_year_end_takes_the_annual_figure_else_the_quarters():
    given = {
        "indicators": [indicator("a", agregasi="jumlah"), indicator("b")],
        "targets": [target("a", "tahunan", 60), target("b", "tahunan", 80)],
        "actuals": [actual("a", q, 15) for q in ("TW1", "TW2", "TW3", "TW4")] + [actual("b", "tahunan", 84)],
    }
    assert card("tahunan", **given)["capaian_murni"].tolist() == [100.0, 105.0]
    assert card("TW4", **given)["capaian_murni"].tolist() == [100.0, 105.0]


def test_an_indicator_that_ended_is_not_of_the_year():
    result = card(
        indicators=[indicator("a", berlaku_sampai=2024), indicator("b", berlaku_dari=2025)], targets=[], actuals=[]
    )
    assert result.index.tolist() == ["b"]


@pytest.mark.parametrize(("got", "aim", "is_reached"), [("BB", "BB", True), ("B", "BB", False), ("A", "BB", True)])
def test_letters_are_compared_on_the_sakip_scale(got, aim, is_reached):
    result = card(
        indicators=[indicator("a")],
        targets=[target("a", "TW3", None, nilai_huruf=aim)],
        actuals=[actual("a", "TW3", None, nilai_huruf=got)],
    )
    assert result.loc["a", "is_tercapai"] == is_reached
    assert pd.isna(result.loc["a", "capaian_berlaku"])


def test_target_zero_is_judged_without_a_percentage():
    result = card(
        indicators=[indicator("a", polaritas="turun_baik")],
        targets=[target("a", "TW3", 0)],
        actuals=[actual("a", "TW3", 0)],
    )
    assert result.loc["a", ["is_tercapai", "bendera"]].tolist() == [True, "TARGET_NOL"]
    assert pd.isna(result.loc["a", "capaian_murni"])


def test_a_range_from_zero_that_holds_the_value_is_not_flagged():
    result = card(
        indicators=[indicator("a", polaritas="turun_baik")],
        targets=[target("a", "TW3", 0, nilai_atas=5)],
        actuals=[actual("a", "TW3", 3)],
    )
    assert result.loc["a", ["capaian_murni", "bendera"]].tolist() == [100.0, ""]


@pytest.mark.parametrize(
    ("polarity", "before", "after", "word"),
    [
        ("naik_baik", {"nilai": 86}, {"nilai": 84}, "dilonggarkan"),
        ("naik_baik", {"nilai": 84}, {"nilai": 86}, "diperketat"),
        ("turun_baik", {"nilai": 8}, {"nilai": 9}, "dilonggarkan"),
        ("naik_baik", {"nilai": 80, "nilai_atas": 90}, {"nilai": 80}, "diubah"),
        ("rentang", {"nilai": 3}, {"nilai": 4}, "diubah"),
        ("rentang", {"nilai": 1.5, "nilai_atas": 3.5}, {"nilai": 1.5, "nilai_atas": 3.5}, "tetap"),
        ("naik_baik", {"nilai": None, "nilai_huruf": "A"}, {"nilai": None, "nilai_huruf": "BB"}, "dilonggarkan"),
        ("naik_baik", {"nilai": None, "nilai_huruf": "WTP"}, {"nilai": None, "nilai_huruf": "wtp"}, "tetap"),
    ],
)
def test_how_a_target_moved(polarity, before, after, word):
    result = card(
        indicators=[indicator("a", polaritas=polarity)],
        targets=[target("a", "TW3", 0) | before, target("a", "TW3", 0, "pk_perubahan", 1) | after],
        actuals=[],
    )
    assert result.loc["a", "perubahan_target"] == word


def test_a_value_that_cannot_be_judged_is_delivered_all_the_same():
    result = card(
        indicators=[indicator("a"), indicator("b"), indicator("c")],
        targets=[target("b", "TW3", None, nilai_huruf="WTP"), target("c", "TW3", None, nilai_huruf="WTP")],
        actuals=[
            actual("a", "TW3", 8),
            actual("b", "TW3", None, nilai_huruf="WTP"),
            actual("c", "TW3", None, nilai_huruf="WDP"),
        ],
    )
    found = pk.achievement.summarise(result)
    assert (found.n_measured, found.n_reached, found.n_unjudged, found.n_missing) == (1, 1, 2, 0)


def test_a_revision_without_a_target_for_the_period_is_said():
    result = card(
        indicators=[indicator("a")],
        targets=[target("a", "TW3", 90), target("a", "tahunan", 100), target("a", "tahunan", 80, "pk_perubahan", 1)],
        actuals=[actual("a", "TW3", 90)],
    )
    assert result.loc["a", ["ke", "capaian_berlaku", "bendera"]].tolist() == [
        0,
        100.0,
        "TARGET_PERUBAHAN_TANPA_PERIODE",
    ]


def test_an_older_revision_counts_where_the_newer_one_is_silent():
    result = card(
        indicators=[indicator("a")],
        targets=[
            target("a", "TW3", 90),
            target("a", "TW3", 85, "pk_perubahan", 1),
            target("a", "tahunan", 80, "pk_perubahan", 2),
        ],
        actuals=[actual("a", "TW3", 85)],
    )
    assert result.loc["a", ["ke", "target_perubahan", "bendera"]].tolist() == [1, 85, "TARGET_PERUBAHAN_TANPA_PERIODE"]


def test_a_quarter_that_no_longer_applies_leaves_the_mean():
    result = card(
        indicators=[indicator("a", agregasi="rata_rata")],
        targets=[target("a", "TW3", 10)],
        actuals=[actual("a", "TW1", 9), actual("a", "TW2", None, "tidak_berlaku"), actual("a", "TW3", 11)],
    )
    assert result.loc["a", ["realisasi", "bendera"]].tolist() == [10.0, ""]


def test_the_cap_is_beside_the_uncapped_figure_and_an_indicator_may_have_its_own():
    data = tables(
        [indicator("a"), indicator("b", batas_atas=110)],
        [target("a", "TW3", 50), target("b", "TW3", 50)],
        [actual("a", "TW3", 80), actual("b", "TW3", 80)],
    )
    capped = pk.achievement.scorecard(data, 2025, "TW3", cap=120)
    assert capped["capaian_berlaku"].tolist() == [160.0, 160.0]
    assert capped["capaian_dibatasi"].tolist() == [120.0, 110.0]
    assert pk.achievement.scorecard(data, 2025, "TW3")["capaian_dibatasi"].isna().tolist() == [True, False]
