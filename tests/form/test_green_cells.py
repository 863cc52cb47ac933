"""Green cells give what the application gives; evaluated here by a small evaluator of our own.

``test_office.py`` repeats it with LibreOffice where that is installed.
"""

import json
import re

import pytest
from form.spreadsheet import evaluate
from hypothesis import given
from hypothesis import strategies as st
from paths import shared

from pkanalysis import achievement
from pkanalysis.intake.layouts.form.formulas import of_period
from pkanalysis.vocabulary import LABELS

NUMBER = st.floats(-1e4, 1e4).map(lambda value: round(value, 2))


def result(name, period="TW3", **cells):
    """Value of a formula in a row whose cells hold these; cells not named and other sheets are empty."""
    formula = re.sub(r"\[(\w+)\]", r"$\g<1>7", of_period(2025, period)[name])
    return evaluate(formula, {f"{field}7": "" if value is None else value for field, value in cells.items()})


def percent(actual, low, polarity, high=None, rule="deviasi"):
    return result(
        "capaian", sampai_dengan=actual, target=low, target_atas=high,
        polaritas=LABELS["polaritas"][polarity], rumus=LABELS["rumus"][rule],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("actual", "low", "polarity", "high", "rule", "expected"),
    [
        (84, 80, "naik_baik", None, "deviasi", 105),
        (12, 10, "turun_baik", None, "deviasi", 80),
        (20, 8, "turun_baik", None, "deviasi", -50),
        (0, 12, "turun_baik", None, "deviasi", 200),
        (-0.5, -1, "naik_baik", None, "deviasi", 150),
        (9, 7, "turun_baik", 8, "deviasi", 87.5),
        (85, 80, "naik_baik", 90, "deviasi", 100),
        (5, 1.5, "rentang", 3.5, "deviasi", 100 * 2 / 3.5),
        (8, 10, "turun_baik", None, "rasio", 125),
        (0, 10, "turun_baik", None, "rasio", ""),
        (3, 0, "naik_baik", None, "deviasi", ""),
        (None, 80, "naik_baik", None, "deviasi", ""),
        (84, None, "naik_baik", None, "deviasi", ""),
        ("75,5 %", 80, "naik_baik", None, "deviasi", ""),
    ],
)
def test_achievement_of_known_pairs(actual, low, polarity, high, rule, expected):
    assert percent(actual, low, polarity, high, rule) == (pytest.approx(expected) if expected != "" else "")


@given(
    NUMBER,
    NUMBER,
    st.sampled_from(list(LABELS["polaritas"])),
    st.none() | NUMBER,
    st.sampled_from(["deviasi", "rasio"]),
)
def test_achievement_is_the_applications(actual, low, polarity, width, rule):
    high = None if width is None else low + abs(width)
    expected = achievement.percent(actual, low, polarity, high, rule)
    found = percent(actual, low, polarity, high, rule)
    assert found == "" if expected != expected else found == pytest.approx(expected)


@pytest.mark.parametrize("case", ["A01_capaian_dua_polaritas", "A02_target_rentang_permenpanrb"])
def test_achievement_of_the_reference_cases(case):
    known = json.loads(shared("cases", f"{case}.json").read_text(encoding="utf-8"))
    for row, expected in zip(known["inputs"]["baris"], known["expected"]["capaian_mentah"], strict=True):
        low, high = row["target"] if isinstance(row["target"], list) else (row["target"], None)
        assert percent(row["realisasi"], low, row["polaritas"], high) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("kind", "before", "count", "expected"),
    [("jumlah", 50, 2, 60), ("rata_rata", 50, 2, 20), ("posisi_akhir", None, None, 10), ("kumulatif", None, None, 10),
     ("jumlah", None, 1, ""), ("rata_rata", None, 1, ""), ("jumlah", 0, 0, 10), ("rata_rata", 0, 0, 10)],
)  # fmt: skip
def test_to_date_follows_the_aggregation(kind, before, count, expected):
    cells = {"agregasi": LABELS["agregasi"][kind], "jumlah_sebelumnya": before, "banyak_sebelumnya": count}
    assert result("sampai_dengan", nilai=10, status="Final", **cells) == expected


def test_to_date_is_empty_without_a_number_that_counts():
    kind = {"agregasi": LABELS["agregasi"]["posisi_akhir"]}
    assert result("sampai_dengan", nilai=10, status="Menunggu rilis", **kind) == ""
    assert result("sampai_dengan", nilai=None, status="Final", **kind) == ""
    assert result("sampai_dengan", nilai="75 %", status="Final", **kind) == ""


def test_the_year_as_a_whole_is_not_added_up():
    cells = {"agregasi": LABELS["agregasi"]["jumlah"], "jumlah_sebelumnya": 50, "status": "Final"}
    assert result("sampai_dengan", "tahunan", nilai=10, **cells) == 10
    assert result("arti", "tahunan", **cells) == "angka setahun"
    assert result("arti", **cells) == "triwulan ini saja"


GOOD = {
    "kode_indikator": "U-00", "agregasi": LABELS["agregasi"]["posisi_akhir"], "nilai": 82, "status": "Final",
    "sumber": "register", "target": 80, "sampai_dengan": 82, "capaian": 102.5, "tw_lalu": 81, "tahun_lalu": 79,
}  # fmt: skip
SUMMED = {"agregasi": LABELS["agregasi"]["jumlah"]}
CUMULATIVE = {"agregasi": LABELS["agregasi"]["kumulatif"]}


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({}, "OK"),
        ({"kode_indikator": ""}, ""),
        ({"nilai": "", "status": "", "sumber": ""}, "Belum diisi"),
        ({"nilai": "75 %"}, "Bukan angka"),
        ({"nilai": ""}, "Nilai kosong"),
        ({"nilai": "", "nilai_huruf": "BB"}, "OK"),
        ({"nilai": "", "status": "Menunggu rilis", "sumber": "", "sampai_dengan": "", "capaian": ""}, "OK"),
        ({"status": ""}, "Status kosong"),
        ({"sumber": ""}, "Sumber kosong"),
        ({"nilai": "", "nilai_huruf": "BB", "sumber": ""}, "Sumber kosong"),
        (CUMULATIVE | {"nilai": 70, "tw_lalu": 71}, "Realisasi < TW lalu padahal kumulatif"),
        (CUMULATIVE | {"nilai": 90, "tw_lalu": 45}, "OK"),
        ({"capaian": -1}, "Arah mungkin terbalik"),
        ({"capaian": 201}, "Arah mungkin terbalik"),
        ({"tw_lalu": 40}, "Loncat > 50%"),
        ({"tw_lalu": ""}, "OK"),
        (SUMMED | {"tahun_lalu": 40}, "Loncat > 50%"),
        (SUMMED | {"tw_lalu": 40}, "OK"),
        ({"sampai_dengan": 80, "capaian": 100}, "Sama persis dengan target"),
    ],
)
def test_check_says_the_first_thing_to_look_at(changed, word):
    assert result("periksa", **(GOOD | changed)) == word


@pytest.mark.parametrize(
    ("percent", "obstacle", "effort", "word"),
    [(99, "", "", "Analisis kosong"), (99, "x", "", "Analisis kosong"), (99, "x", "y", "OK"), (100, "", "", "OK"),
     ("", "", "", "OK")],
)  # fmt: skip
def test_analysis_is_missing_only_below_the_target(percent, obstacle, effort, word):
    cells = {"kode_indikator": "U-00", "capaian": percent, "faktor_penghambat": obstacle, "upaya": effort}
    assert result("periksa_analisis", **cells) == word


def test_budget_formulas():
    assert result("selisih", pagu_sebelum_rp=100, pagu_sesudah_rp=40) == -60
    assert result("selisih", pagu_sebelum_rp=100) == ""
    assert result("periksa_sebab", kode_rekening="5.1", sebab="") == "Sebab kosong"
    assert result("jumlah_rp", realisasi_rp_TW1=5, realisasi_rp_TW3=7) == 12
    assert result("jumlah_rp") == ""
    assert result("serapan", jumlah_rp=12, pagu_murni=50, pagu_perubahan=48) == 25
    assert result("sisa", jumlah_rp=12, pagu_murni=50) == 38
    assert result("serapan", jumlah_rp=12) == ""
