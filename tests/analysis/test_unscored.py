"""Every reason why an indicator has no percentage, triggered by rows as they arrive."""

import pandas as pd
import pytest
from analysis.test_scorecard import actual, indicator, tables, target

import pkanalysis as pk

LETTER = {"satuan": "predikat"}


def reasons(targets, actuals, **more):
    card = pk.achievement.scorecard(tables([indicator("a", **more)], targets, actuals, ()), 2025, "TW3")
    found = pk.achievement.unscored(card)
    return [(row["alasan"], None if pd.isna(row["tercapai"]) else bool(row["tercapai"])) for _, row in found.iterrows()]


CASES = {
    "REALISASI_KOSONG": ([target("a", "TW3", 8)], [], {}, None),
    "TRIWULAN_TIDAK_LENGKAP": ([target("a", "TW3", 8)], [actual("a", "TW1", 3)], {"agregasi": "jumlah"}, None),
    "TARGET_TIDAK_ADA": ([], [actual("a", "TW3", 8)], {}, None),
    "TARGET_NOL": ([target("a", "TW3", 0)], [actual("a", "TW3", 0)], {"polaritas": "turun_baik"}, True),
    "PREDIKAT": (
        [target("a", "TW3", None, nilai_huruf="BB")],
        [actual("a", "TW3", None, nilai_huruf="B")],
        LETTER,
        False,
    ),
    "HURUF_TIDAK_DIKENAL": (
        [target("a", "TW3", None, nilai_huruf="WTP")],
        [actual("a", "TW3", None, nilai_huruf="WDP")],
        LETTER,
        None,
    ),
    "HURUF_DAN_ANGKA": ([target("a", "TW3", 80)], [actual("a", "TW3", None, nilai_huruf="BB")], {}, None),
    "menunggu_rilis": ([target("a", "TW3", 8)], [actual("a", "TW3", None, "menunggu_rilis")], {}, None),
    "tidak_terukur": ([target("a", "TW3", 8)], [actual("a", "TW3", None, "tidak_terukur")], {}, None),
    "belum_jadwal": ([target("a", "tahunan", 8)], [], {"jadwal_ukur": "tahunan"}, None),
}


@pytest.mark.parametrize("code", CASES)
def test_each_reason(code):
    targets, actuals, more, is_reached = CASES[code]
    assert reasons(targets, actuals, **more) == [(code, is_reached)]


def test_what_has_a_percentage_is_not_listed():
    assert reasons([target("a", "TW3", 8)], [actual("a", "TW3", -8)]) == []


def test_letters_are_judged_against_the_pk_in_force():
    revised = target("a", "TW3", None, "pk_perubahan", 1, nilai_huruf="B")
    first = target("a", "TW3", None, nilai_huruf="A")
    assert reasons([first, revised], [actual("a", "TW3", None, nilai_huruf="BB")], **LETTER) == [("PREDIKAT", True)]
