"""Guard-rails: cases J and E through the public names."""

import math

import pytest

import pkanalysis as pk


def test_four_points_prove_no_trend_j01(case):
    want = case("J01_n4_tidak_bisa_signifikan")
    got = pk.trend.assess([2021, 2022, 2023, 2024], want["inputs"]["y"], "naik_baik")
    assert want["expected"]["alasan"] in [item.code for item in got.refusals]


def test_no_causal_word_anywhere_j06(case, made):
    want = case("J06_kausal_tanpa_pretren")["expected"]
    got = pk.effect.dose_response(made(years=2, effect=-100), "capaian", "potensi", "opd", "tahun", 2025, draws=199)
    texts = [*(item.sentence for item in got.refusals), *(item.rule for item in got.reasons), *got.threats]
    assert want["kata_kausal"] is any(word in text for text in texts for word in ("menyebabkan", "kausal", "dampak"))
    assert any(want["boleh"].replace("intensitas pemotongan", "besar pengurangan") in text for text in texts)


def test_three_quarters_are_no_year_j08(case):
    want = case("J08_tw_belum_final")
    got = pk.achievement.annual([10, 20, 30, None], want["inputs"]["tipe"])
    assert want["expected"]["capaian_tahunan"] is None
    assert math.isnan(got)


def test_not_significant_is_not_absent_j10(case):
    d = case("J10_tidak_signifikan_bukan_tidak_ada")
    given = [d["inputs"][name] for name in ("estimate", "se", "df")]
    got = pk.effect.equivalence(*given, d["inputs"]["margin"])
    assert got.p == pytest.approx(d["expected"]["tost_p"], abs=1e-6)
    assert not got.is_shown
    text = pk.effect.sentence(*given, "poin per 10% pemotongan", d["inputs"]["margin"])
    assert text == d["expected"]["kalimat_wajib"]
    assert d["expected"]["kalimat_dilarang"] not in text


def test_equivalence_and_difference_have_their_own_sentences():
    assert "dapat dikesampingkan" in pk.effect.sentence(-0.1, 0.4, 48, "poin", margin=2.0)
    assert "belum dapat dibedakan dari nol" in pk.effect.sentence(-0.1, 0.4, 48, "poin")
    assert pk.effect.sentence(-4.0, 1.0, 48, "poin").startswith("berbeda dari nol")


def test_false_discovery_e01(case):
    d = case("E01_benjamini_hochberg_1995")
    got = pk.trend.false_discovery(d["inputs"]["p"], q=d["inputs"]["q"])
    assert sum(got.rejected) == d["expected"]["n_tolak_bh"]
    assert list(got.adjusted) == pytest.approx(d["expected"]["p_adj"], abs=1e-9)
