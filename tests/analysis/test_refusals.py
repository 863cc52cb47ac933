"""Every refusal that concerns achievement and trends: what triggers it, and what it says may be said instead."""

import hashlib
import os
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

import pkanalysis as pk
from pkanalysis.analysis.claims import refusal
from pkanalysis.tables import conform, empty

YEARS, RISING = list(range(2019, 2026)), [71.2, 72.5, 70.9, 74.0, 75.1, 74.8, 77.3]


def card(document="pk", aim=12.0, values=(3.0, 6.0, 9.0), kind="kumulatif"):
    """One indicator to the end of TW3."""
    place = {"kode_indikator": "a", "kode_opd": "X", "tahun": 2025}
    given = {
        "indikator": [
            place | {"nama_indikator": "a", "tingkat": "iku_opd", "polaritas": "naik_baik", "agregasi": kind}
        ],
        "target": [place | {"periode": "TW3", "dokumen": document, "ke": int(document != "pk"), "nilai": aim}],
        "realisasi": [
            place | {"periode": f"TW{quarter}", "nilai": value, "status": "final"}
            for quarter, value in enumerate(values, 1)
            if value is not None
        ],
    }
    del given["indikator"][0]["tahun"]
    tables = {name: conform(name, pd.DataFrame(rows)) if rows else empty(name) for name, rows in given.items()}
    return pk.achievement.scorecard(tables | {"perjanjian": empty("perjanjian")}, 2025, "TW3")


def flags(**given):
    return card(**given)["bendera"].item().split(", ")


def codes(result):
    return [item.code for item in result.refusals]


def disputed():
    figures = {"topik": "makro", "uraian": "TPT", "satuan": "persen", "arah": "turun", "tanda": None}
    figures |= {
        "tahun": [2022, 2022, 2023, 2024],
        "nilai": [8.3, 9.3, 8.2, 7.7],
        "is_konflik": [True, True, False, False],
    }
    return pk.trend.readings(pd.DataFrame(figures))["penolakan"].item().split(", ")


TRIGGERS = {
    "N_KURANG_DARI_4": (lambda: codes(pk.trend.assess(YEARS[:3], RISING[:3], "naik_baik")), "selisih awal dan akhir"),
    "N4_TIDAK_MUNGKIN_SIGNIFIKAN_DUA_ARAH": (
        lambda: codes(pk.trend.assess(YEARS[:4], RISING[:4], "naik_baik")), "kemiringan dan uraian"
    ),
    "DEFINISI_BERUBAH": (lambda: codes(pk.trend.assess(YEARS, RISING, "naik_baik", breaks=[2021])), "seri dimulai lagi"),
    "XMR_N_KURANG_8": (lambda: codes(pk.trend.xmr(RISING)), "grafiknya"),
    "PERINGKAT_TUMPANG_TINDIH": (lambda: codes(pk.trend.ranking("AB", [98.2, 97.9], [1.5, 1.4])), "belum dapat dibedakan"),
    "PELUANG_N_KURANG_DARI_5": (
        lambda: codes(pk.trend.project(YEARS[3:], RISING[3:], 2026, 79, "naik_baik", breaks=[2022])), "laju yang dibutuhkan"
    ),
    "HORIZON_LEBIH_DARI_2_TAHUN": (
        lambda: codes(pk.trend.project(YEARS, RISING, 2028, 79, "naik_baik")), "laju yang dibutuhkan"
    ),
    "TANPA_KERAGAMAN": (lambda: codes(pk.trend.project(YEARS, [100] * 7, 2026, 100, "naik_baik")), "jaraknya ke target"),
    "TARGET_TIDAK_ADA": (lambda: codes(pk.trend.project(YEARS, RISING, 2026, np.nan, "naik_baik")), "perkembangan nilainya"),
    "SUMBER_BERTENTANGAN": (disputed, "tidak ada yang dipilih"),
    "TARGET_NOL": (lambda: flags(aim=0.0), "hanya tercapai atau tidak"),
    "REALISASI_KOSONG": (lambda: flags(values=(None, None, None)), "kosong bukan nol"),
    "TARGET_AWAL_TIDAK_ADA": (lambda: flags(document="pk_perubahan"), "tidak dapat dipisahkan"),
    "TRIWULAN_TIDAK_LENGKAP": (lambda: flags(values=(3.0, None, 9.0), kind="jumlah"), "sampai triwulan yang ada"),
}  # fmt: skip


@pytest.mark.parametrize("code", TRIGGERS)
def test_each_refusal_is_triggered_and_says_what_may_be_said(code):
    trigger, words = TRIGGERS[code]
    assert code in trigger()
    sentence = refusal(code).sentence
    assert words in sentence and sentence.endswith(".") and "signifikan" not in sentence


def test_nothing_is_refused_where_nothing_is_wrong():
    assert flags() == [""]
    assert codes(pk.trend.assess(YEARS, RISING, "naik_baik")) == []
    assert codes(pk.trend.project(YEARS, RISING, 2026, 79, "naik_baik")) == []


PROGRAM = """
import numpy as np, pandas as pd, pkanalysis as pk
noise = np.random.default_rng(1)
rows = pd.DataFrame([{"kode_indikator": f"I{code}", "tahun": year, "realisasi": noise.normal(), "target": 1.0}
                     for code in range(12) for year in range(2018, 2026)]).sample(frac=1, random_state=int(ORDER))
names = rows["kode_indikator"].unique()
cards = pd.DataFrame({"kode_indikator": names, "kode_opd": "X", "tingkat": "iku_opd", "nama_indikator": "Angka kemiskinan",
    "polaritas": "naik_baik", "ke": 0, "realisasi": 1.5, "target_murni": 1.5, "target_perubahan": None, "capaian_berlaku": 200.0})
print(pk.trend.survey(rows, dict.fromkeys(names, "naik_baik")).to_csv())
print(pk.trend.backtest(rows).to_csv())
print(pk.trend.pooled_slopes(rows, "kode_indikator", "tahun", "realisasi").slopes.to_csv())
print(pk.quality.flags(cards.assign(agregasi="jumlah").astype({"target_perubahan": float}), rows, 2025).to_csv())
"""


@pytest.mark.slow
def test_results_do_not_depend_on_the_hash_seed_or_the_order_of_rows():
    digests = set()
    for seed in ("0", "1", "4"):
        program = f"ORDER = {seed}\n{PROGRAM}"
        env = os.environ | {"PYTHONHASHSEED": seed}
        told = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, check=True).stdout
        digests.add(hashlib.sha256(told).hexdigest())
    assert len(digests) == 1 and told.count(b"\n") > 40
