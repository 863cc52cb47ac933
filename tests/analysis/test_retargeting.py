"""Target tetap + perubahan target + batas atas = capaian yang dilaporkan; and what applications print."""

import datetime as dt
import math

import numpy as np
import pandas as pd

import pkanalysis as pk
from pkanalysis.analysis.claims import refusal

PARTS = ["target_tetap", "perubahan_target", "batas_atas"]


def cards(seed=0, n=60):
    noise = np.random.default_rng(seed)
    original, current = noise.uniform(-20, 180, n), noise.uniform(-20, 180, n)
    is_revised = noise.random(n) < 0.6
    current = np.where(is_revised, current, original)
    original = np.where(noise.random(n) < 0.1, np.nan, original)
    return pd.DataFrame({
        "kode_indikator": [f"I{code:02}" for code in range(n)],
        "kode_opd": noise.choice(["A", "B", "C"], n),
        "capaian_murni": original,
        "capaian_berlaku": current,
        "capaian_dibatasi": np.where(noise.random(n) < 0.5, np.clip(current, 0, 100), np.nan),
    })  # fmt: skip


def exact(frame):
    np.testing.assert_allclose(frame[PARTS].sum(axis=1, skipna=False), frame["capaian_dilaporkan"], atol=1e-9)


def test_the_three_parts_add_up_per_indicator_opd_city_and_between_years():
    now, before = (pk.achievement.target_parts(cards(seed)) for seed in (0, 1))
    exact(now.dropna(subset=PARTS))
    office, city = pk.achievement.mean_parts(now, ["kode_opd"]), pk.achievement.mean_parts(now)
    exact(office)
    exact(city)
    assert (
        office["kode_opd"].tolist() == ["A", "B", "C"]
        and office["n"].sum() == city["n"].item() == now[PARTS].dropna().shape[0]
    )
    between = pk.achievement.parts_between(before, now)
    exact(between)
    assert between["kode_indikator"].is_monotonic_increasing and 0 < len(between) < 60


def test_the_parts_of_user_view_page_one():
    card = pd.DataFrame({
        "kode_indikator": ["ikm", "spbe"], "kode_opd": ["X", "X"], "capaian_murni": [96.628, 80.0],
        "capaian_berlaku": [98.929, 125.0], "capaian_dibatasi": [np.nan, 120.0],
    })  # fmt: skip
    found = pk.achievement.target_parts(card)
    assert found[PARTS].round(3).to_numpy().tolist() == [[96.628, 2.301, 0.0], [80.0, 45.0, -5.0]]
    assert pk.achievement.retargeted(96.628, 98.929).endswith("Selisih 2,3 poin berasal dari perubahan target.")


def test_without_pk_murni_nothing_is_split():
    card = pd.DataFrame(
        {
            "kode_indikator": ["a"],
            "kode_opd": ["X"],
            "capaian_murni": [None],
            "capaian_berlaku": [98.0],
            "capaian_dibatasi": [None],
        }
    )
    found = pk.achievement.target_parts(card.astype({"capaian_murni": float, "capaian_dibatasi": float}))
    assert found["penolakan"].item() == "TARGET_AWAL_TIDAK_ADA" and found[PARTS].isna().all(axis=None)
    assert "pengaruh perubahan target tidak dapat dipisahkan" in refusal(found["penolakan"].item()).sentence
    city = pk.achievement.mean_parts(found)
    assert city[["n", "n_tanpa_target_awal"]].to_numpy().tolist() == [[0, 1]] and math.isnan(
        city["target_tetap"].item()
    )


def test_targets_lowered_after_the_cut_with_their_reason_or_belum_diisi():
    card = pd.DataFrame({
        "kode_opd": ["B", "A", "A", "A"], "kode_indikator": list("bxac"), "nama_indikator": list("BXAC"), "ke": [1, 1, 2, 0],
        "target_murni": [86.0, 10, 5, 1], "target_perubahan": [84.0, 12, 4, np.nan], "capaian_murni": 90.0, "capaian_perubahan": 95.0,
        "perubahan_target": ["dilonggarkan", "diperketat", "dilonggarkan", None], "alasan_perubahan": ["efisiensi_anggaran", None, None, None],
    })  # fmt: skip
    signed = pd.DataFrame({
        "kode_opd": ["A", "A", "B"], "dokumen": "pk_perubahan", "ke": [1, 2, 1],
        "tanggal_ttd": pd.to_datetime(["2025-03-01", None, "2025-01-15"]),
    })  # fmt: skip
    found = pk.achievement.eased_targets(card, signed)
    assert found[["kode_indikator", "alasan_perubahan"]].to_numpy().tolist() == [
        ["a", "belum diisi"],
        ["b", "efisiensi_anggaran"],
    ]
    late = pk.achievement.eased_targets(card, signed, since=dt.date(2025, 1, 22))
    assert late["kode_indikator"].tolist() == ["a"] and late["tanggal_ttd"].isna().all()


# T = 10, R = 8, lower is better, in three public applications: 120 (standard), 125 (T/R), 20 ((T-R)/T).
def test_what_applications_print():
    found = pk.achievement.app_versions(
        [8, 84, 12, 0], [10, 80, 10, 0], ["turun_baik", "naik_baik", "turun_baik", "turun_baik"]
    )
    assert found.iloc[:3].round(2).to_numpy().tolist() == [
        [120, 125, 20, 100],
        [105, 105, 105, 100],
        [80, 83.33, -20, 80],
    ]
    assert found.iloc[3].isna().all()


def test_which_formula_explains_a_printed_figure():
    printed = pd.Series([120.0, 125.0, 20.0, 100.0, 99.0], index=list("abcde"))
    found = pk.achievement.explained_by(printed, pd.Series(8.0, index=list("abcde")), 10, "turun_baik")
    assert found.to_dict() == {"a": "baku", "b": "rasio", "c": "selisih_per_target", "d": "dibatasi_100", "e": ""}
