"""Every quality flag: what triggers it, what does not, and its sentence."""

import numpy as np
import pandas as pd
import pytest

import pkanalysis as pk


def cards(**columns):
    n = len(columns["kode_indikator"])
    given = {
        "kode_opd": "X",
        "tingkat": "iku_opd",
        "nama_indikator": columns["kode_indikator"],
        "polaritas": "naik_baik",
        "ke": 0,
    }
    given |= {
        "agregasi": "posisi_akhir",
        "realisasi": np.nan,
        "target_murni": np.nan,
        "target_perubahan": np.nan,
        "capaian_berlaku": np.nan,
    }
    return pd.DataFrame(given | columns, index=range(n))


def history(code="a", years=(2024,), values=(), targets=np.nan):
    return pd.DataFrame(
        {"kode_indikator": code, "tahun": list(years), "realisasi": list(values) or np.nan, "target": targets}
    )


def seen(found):
    return found["kode_indikator"].tolist()


def test_realisasi_equal_to_target_everywhere():
    card = cards(
        kode_indikator=list("abcd"),
        realisasi=[71.5, 80, 9, np.nan],
        target_murni=[71.5, 82, 9, 5],
        target_perubahan=[np.nan, 80, np.nan, 5],
        ke=[0, 1, 0, 1],
    )
    found = pk.quality.equals_target(card)
    assert seen(found) == ["a", "b", "c"] and found["ambang"].tolist() == [1.0] * 3
    assert (
        found["keterangan"][1]
        == "Realisasi sama persis dengan target (80), seperti hampir semua dari 3 indikator OPD ini; mintakan bukti dukungnya."
    )
    assert len(pk.quality.equals_target(card, at_least=4)) == 0
    mixed = card.assign(realisasi=[71.5, 81, 9, np.nan])
    assert (len(pk.quality.equals_target(mixed)), seen(pk.quality.equals_target(mixed, share=0.6))) == (0, ["a", "c"])


def test_realisasi_copied_from_last_year():
    card = cards(kode_indikator=list("abc"), realisasi=[71.52, 100, 3.1])
    before = pd.concat(
        [history("a", [2023, 2024], [70, 71.52]), history("b", values=[100]), history("c", values=[3.0])]
    )
    found = pk.quality.repeats_last_year(card, before, 2025)
    assert seen(found) == ["a"] and found["pembanding"].tolist() == [71.52]
    assert found["keterangan"].item() == "Realisasi sama dengan 2024 (71,52); pastikan bukan salinan tahun lalu."
    assert seen(pk.quality.repeats_last_year(card, before, 2025, common=(), within=0.11)) == ["a", "b", "c"]


def test_realisasi_copied_from_another_indicator():
    card = cards(
        kode_indikator=list("abcde"), realisasi=[71.52, 71.52, 50, 50, 71.52], tingkat=["iku_opd"] * 4 + ["iku_kota"]
    )
    found = pk.quality.repeats_another(card)
    assert seen(found) == ["a", "b"]
    assert (
        found["keterangan"][0] == "Realisasi 71,52 juga tercatat pada indikator lain OPD ini; pastikan bukan salinan."
    )
    assert seen(pk.quality.repeats_another(card, digits=1)) == ["c", "d", "a", "b"]


def test_indicators_listed_twice():
    card = cards(
        kode_indikator=list("abc"),
        nama_indikator=["Indeks SPBE", " indeks  spbe", "Indeks SPBE"],
        tingkat=["iku_opd", "iku_opd", "program"],
    )
    found = pk.quality.listed_twice(card)
    assert seen(found) == ["a", "b"]
    assert found["keterangan"][0].startswith("Nama indikator ini tercatat 2 kali pada OPD dan tingkat yang sama")


def test_target_easier_than_what_was_reached():
    card = cards(
        kode_indikator=list("abc"),
        polaritas=["naik_baik", "turun_baik", "rentang"],
        target_murni=[80, 7, 2],
        target_perubahan=[70, np.nan, np.nan],
        ke=[1, 0, 0],
    )
    before = pd.concat([history(code, values=[value]) for code, value in zip("abc", (74, 6, 9), strict=True)])
    found = pk.quality.target_below_last_year(card, before, 2025)
    assert seen(found) == ["a", "b"] and found["nilai"].tolist() == [70, 7]
    assert found["keterangan"][1] == "Target 7 lebih mudah daripada realisasi 2024 (6); mintakan alasannya."
    assert seen(pk.quality.target_below_last_year(card, before, 2025, margin=2)) == ["a"]


def test_achievement_far_above_the_target():
    card = cards(kode_indikator=["a", "b"], capaian_berlaku=[240.0, 150])
    found = pk.quality.far_above(card, history(values=[22]), 2025)
    assert seen(found) == ["a"]
    assert (
        found["keterangan"].item()
        == "Capaian 240% jauh di atas target. Periksa apakah target terlalu rendah: realisasi tahun lalu sudah 22."
    )
    assert (
        pk.quality.far_above(card, history("b", values=[3]), 2025)["keterangan"]
        .item()
        .endswith("apakah target terlalu rendah.")
    )
    assert len(pk.quality.far_above(card, history(values=[22]), 2025, above=120)) == 2


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([74, 755], "sekitar kelipatan sepuluh; periksa tanda desimalnya"),
        ([740, 7.5], "sekitar kelipatan sepuluh; periksa tanda desimalnya"),
        ([70, 71, 72, 73, 80], "lebih dari 5 kali perubahan terbesar sebelumnya"),
        ([50, 51, 49, 50, 51, 49, 50, 51, 60], "di luar batas kendali 46,706–53,544"),
        ([70, 71, 72, 73, 78], ""), ([70, 71, 72, 90], ""), ([50, 51, 49, 50, 51, 49, 50, 51, 53], ""), ([1, 1, 1, 1, 2], ""),
        ([0, 5], ""), ([-2, 3], ""), ([70], ""),
    ],
)  # fmt: skip
def test_leaps(values, reason):
    years = range(2026 - len(values), 2026)
    found = pk.quality.leaps(cards(kode_indikator=["a"]), history("a", years, values), 2025)
    assert found["keterangan"].str.extract(r"\((.*)\)\.$")[0].tolist() == ([reason] if reason else [])


def test_leaps_look_only_at_the_year_asked_for():
    rows = history("a", [2023, 2024, 2025], [74, 755, 76])
    assert len(pk.quality.leaps(cards(kode_indikator=["a"]), rows, 2025)) == 1
    assert len(pk.quality.leaps(cards(kode_indikator=["a"]), rows[rows["tahun"].lt(2025)], 2025)) == 0


def test_direction_suspected_to_be_wrong():
    card = cards(
        kode_indikator=list("abcd"),
        nama_indikator=["Angka kemiskinan", "Rasio x", "Angka kemiskinan", "Rasio y"],
        polaritas=["naik_baik", "turun_baik", "turun_baik", "naik_baik"],
    )
    aims = pd.concat(
        [history("b", range(2022, 2026), targets=[1.0, 2, 3, 4]), history("d", [2023, 2024, 2025], targets=[3.0, 2, 2])]
    )
    found = pk.quality.wrong_direction(card, aims.sample(frac=1, random_state=0))
    assert seen(found) == ["a", "b"] and found["nilai"].tolist()[1] == 4 and found["pembanding"].tolist()[1] == 1
    assert found["keterangan"].tolist() == [
        "Tercatat makin tinggi makin baik, tetapi nama indikator menunjukkan sebaliknya.",
        "Tercatat makin rendah makin baik, tetapi target yang terus naik menunjukkan sebaliknya.",
    ]
    assert seen(pk.quality.wrong_direction(card, aims, at_least=5)) == ["a"]


def test_all_flags_in_one_table_in_any_order_of_rows():
    card = cards(
        kode_indikator=list("cab"),
        realisasi=[71.52, 71.52, 9],
        target_murni=[71.52, 71.52, 9.0],
        capaian_berlaku=[100.0, 100, 300],
    )
    rows = pd.concat([history("a", values=[71.52]), history("b", values=[9.5])])
    found = pk.quality.flags(card, rows, 2025)
    assert found[["kode_indikator", "bendera"]].to_numpy().tolist() == [
        ["a", "REALISASI_SAMA_DENGAN_TARGET"], ["a", "REALISASI_SAMA_INDIKATOR_LAIN"], ["a", "REALISASI_SAMA_TAHUN_LALU"],
        ["b", "CAPAIAN_JAUH_DI_ATAS_TARGET"], ["b", "REALISASI_SAMA_DENGAN_TARGET"], ["b", "TARGET_LEBIH_MUDAH_DARI_REALISASI_LALU"],
        ["c", "REALISASI_SAMA_DENGAN_TARGET"], ["c", "REALISASI_SAMA_INDIKATOR_LAIN"],
    ]  # fmt: skip
    pd.testing.assert_frame_equal(
        pk.quality.flags(card.sample(frac=1, random_state=1), rows.sample(frac=1, random_state=2), 2025), found
    )
    assert found["keterangan"].str.endswith(".").all()


def test_within_the_year_growing_indicators_are_not_held_against_a_whole_year():
    card = cards(kode_indikator=["a", "b"], agregasi=["jumlah", "posisi_akhir"], target_murni=[30.0, 30.0])
    before = pd.concat([history(code, values=[40.0]) for code in "ab"])
    assert seen(pk.quality.flags(card, before, 2025, "TW3")) == ["b"]
    assert seen(pk.quality.flags(card, before, 2025, "TW4")) == ["a", "b"]
