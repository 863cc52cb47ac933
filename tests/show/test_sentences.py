"""Sentences by rule, one by one: wording, numbers, direction, and when nothing is said."""

import pandas as pd
import pytest

from pkanalysis.analysis.achievement.averages import Summary
from pkanalysis.analysis.spending import Absorption
from pkanalysis.show import sentences


def summary(n=5, measured=4, reached=3, waiting=1, unmeasurable=0, missing=0, unjudged=0):
    return Summary(n, measured, reached, waiting, unmeasurable, missing, 101.9, measured, 101.3, measured, unjudged)


def card(**columns):
    base = {
        "nama_indikator": ["IKM"],
        "perubahan_target": ["dilonggarkan"],
        "target_murni": [86.0],
        "target_perubahan": [84.0],
    }
    base |= {
        "realisasi": [83.1],
        "capaian_murni": [96.627907],
        "capaian_perubahan": [98.928571],
        "capaian_berlaku": [98.9],
    }
    return pd.DataFrame(base | {"bendera": [""], "tahun_yang_digambarkan": ["tahun_berjalan"]} | columns)


def absorption(realised=31_424_000_000, planned=33_879_000_000):
    return Absorption(9, realised, planned, 48_250_000_000, 49_100_000_000, 9)


def targeted(**amounts):
    return pd.Series(amounts, dtype="int64")


def step(down=1_120_000_000, up=270_000_000, before=48_250_000_000):
    row = {"pagu_sebelum_rp": before, "pengurangan_rp": down, "penambahan_rp": up, "selisih_rp": up - down}
    return pd.DataFrame([row])


def test_reached_says_what_is_not_counted():
    text = str(sentences.reached(summary()))
    assert text == "3 dari 4 yang sudah terukur (1 menunggu rilis atau jadwal; jumlah 5 indikator)"
    assert "2 belum dapat dinilai; jumlah 6 indikator" in str(sentences.reached(summary(6, 4, 3, 0, unjudged=2)))
    assert str(sentences.reached(summary(4, 4, 3, 0))) == "3 dari 4 yang sudah terukur"
    assert str(sentences.reached(summary(3, 0, 0, 3))) == (
        "belum ada indikator yang terukur (3 menunggu rilis atau jadwal; jumlah 3 indikator)"
    )
    assert str(sentences.reached(summary(0, 0, 0, 0))) == "belum ada indikator yang diterima"


def test_a_lowered_target_shows_both_achievements_and_the_difference():
    (said,) = sentences.targets_changed(card(), "TW III")
    assert str(said) == (
        "Target satu indikator dibuat lebih mudah pada PK Perubahan. Target IKM s.d. TW III diubah dari 86 menjadi 84. Terhadap target "
        "awal capaiannya 96,6%, terhadap PK Perubahan 98,9%; selisih 2,3 poin berasal dari perubahan target. "
        "Realisasinya sendiri 83,1."
    )


@pytest.mark.parametrize("change", ["tetap", "diperketat", "diubah"])
def test_other_changes_are_not_called_easier(change):
    said = sentences.targets_changed(card(perubahan_target=[change]), "TW III")
    assert not any("lebih mudah" in str(phrase) for phrase in said)


def test_tightened_and_otherwise_changed_targets_are_counted():
    changed = pd.DataFrame({"perubahan_target": ["diperketat", "diperketat", "diubah", "tetap"]})
    (said,) = sentences.targets_changed(changed, "TW III")
    assert str(said) == (
        "Pada PK Perubahan target 2 indikator diperketat dan 1 indikator diubah batas atau predikatnya."
    )
    assert sentences.targets_changed(changed[3:], "TW III") == []


def test_spending_data_that_stop_early_are_said():
    found = Absorption(9, 10, 20, 100, 100, 3)
    assert str(sentences.absorbed(found)) == "Rp10 = 10,0% dari pagu terakhir (data s.d. Mar)"
    assert str(sentences.behind_plan(found)).endswith("rencana kas (data s.d. Mar) (Rp10).")


def test_gross_and_net_of_a_step():
    assert str(
        sentences.step_changed(step(), "Pergeseran", targeted(perjalanan_dinas=730_000_000, makan_minum=335_000_000))
    ) == (
        "Pada Pergeseran anggaran berkurang Rp1.120.000.000 dan bertambah Rp270.000.000, bersih berkurang Rp850.000.000 "
        "(1,8%), dihitung pada tingkat rekening. Dari pengurangan itu Rp1.065.000.000 berada pada pos sasaran Inpres 1/2025, terbesar perjalanan dinas (Rp730.000.000)."
    )


def test_a_step_that_balances_and_a_step_without_change():
    assert "bersih tetap" in str(sentences.step_changed(step(5, 5), "Pergeseran", targeted()))
    assert (
        str(sentences.step_changed(step(0, 0), "Pergeseran", targeted())) == "Anggaran tidak berubah pada Pergeseran."
    )


def test_inpres_is_never_named_as_the_cause():
    said = str(sentences.step_changed(step(), "Pergeseran", targeted(honorarium=1)))
    assert not any(word in said.lower() for word in ("karena inpres", "akibat", "dampak", "menyebabkan", "melanggar"))


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ({"persen": -46.9, "selisih_rp": -1, "status": "belum", "kekurangan_rp": 45_000_000},
         "turun 46,9% dari pagu murni; belum 50%, selisih Rp45.000.000"),
        ({"persen": -50.0, "selisih_rp": -1, "status": "memenuhi", "kekurangan_rp": 0}, "turun 50,0% dari pagu murni"),
        ({"persen": 12.0, "selisih_rp": 1, "status": "belum", "kekurangan_rp": 7}, "naik 12,0% dari pagu murni; belum 50%, selisih Rp7"),
        ({"persen": None, "selisih_rp": 0, "status": "tidak_berlaku", "kekurangan_rp": 0}, "tidak ada perjalanan dinas"),
        ({"persen": None, "selisih_rp": 5, "status": "pos_baru", "kekurangan_rp": 0}, "pos baru"),
    ],
)  # fmt: skip
def test_travel(row, text):
    assert str(sentences.travel(pd.Series(row), 0.5)) == text


def test_absorption_and_plan():
    assert str(sentences.absorbed(absorption())) == "Rp31.424.000.000 = 64,0% dari pagu terakhir"
    assert str(sentences.other_rates(absorption())) == "rencana kas 69,0%; 65,1% dari pagu murni"
    assert (
        str(sentences.behind_plan(absorption())) == "Penyerapan tertinggal 5,0 poin dari rencana kas (Rp2.455.000.000)."
    )
    assert str(sentences.behind_plan(absorption(planned=30_000_000_000))).startswith(
        "Penyerapan mendahului 2,9 poin rencana kas"
    )


def test_missing_spending_is_said_and_never_zero():
    assert str(sentences.absorbed(absorption(realised=None))) == "Belum disampaikan OPD"
    assert sentences.behind_plan(absorption(planned=None)) is None
    assert str(sentences.other_rates(absorption(planned=None))) == "rencana kas belum ada; 65,1% dari pagu murni"


def test_refilled_travel():
    rows = pd.DataFrame(
        {
            "tahap": ["geser", "ubah"],
            "pagu_sesudah_rp": [730, 775],
            "selisih_rp": [-730, -685],
            "persen": [-50.0, -46.9],
        }
    )
    names = {"geser": "Pergeseran", "ubah": "Perubahan APBD"}
    assert str(sentences.travel_refilled(rows, names)) == (
        "Perjalanan dinas kembali naik Rp45 pada Perubahan APBD (dari Rp730 menjadi Rp775), sehingga turun 46,9% dari murni."
    )
    assert sentences.travel_refilled(rows.iloc[:1], names) is None


def test_additions_on_limited_accounts():
    rows = pd.DataFrame({"kode_rekening": ["5.1.02.01.01.0024", "5.1.01.01.01.0001"], "penambahan_rp": [40, 99]})
    said = str(sentences.limited_but_added(rows, "Pergeseran"))
    assert said.startswith(
        "Penambahan Rp40 pada Pergeseran berada pada pos yang diminta dibatasi, terbesar ATK bahan kantor."
    )
    assert sentences.limited_but_added(rows.iloc[1:], "Pergeseran") is None


def test_missed_targets_are_named_the_furthest_first():
    missed = pd.DataFrame({
        "nama_indikator": ["A", "B", "C", "D"],
        "is_tercapai": pd.array([False, False, True, None], dtype="boolean"),
        "capaian_berlaku": [98.9, 75.0, 101.0, None],
    })  # fmt: skip
    assert str(sentences.not_reached(missed)) == "Belum mencapai target: B (75,0%); A (98,9%)."
    assert sentences.not_reached(missed[2:]) is None
    many = pd.concat([missed.head(1)] * 60, ignore_index=True)
    assert str(sentences.not_reached(many)).endswith("A (98,9%); dan 55 indikator lain.")


def test_what_has_not_come_is_said_once():
    said = [str(phrase) for phrase in sentences.nothing_delivered(card().iloc[:0], [], ["APBD murni", "Pergeseran"])]
    assert said == ["Indikator kinerja belum disampaikan OPD.", "Anggaran belum diterima."]
    said = sentences.nothing_delivered(card(), ["murni"], ["Pergeseran"])
    assert [str(phrase) for phrase in said] == ["Anggaran tahap Pergeseran tidak ada, padahal tahap itu sudah berlaku."]


def test_far_above_missing_and_older_year():
    (said,) = sentences.questionable(card(capaian_berlaku=[180.0]))
    assert "jauh di atas target" in str(said)
    (said,) = sentences.questionable(card(bendera=["REALISASI_KOSONG"]))
    assert str(said).startswith("Realisasi 1 indikator belum disampaikan")
    (said,) = sentences.questionable(card(tahun_yang_digambarkan=["tahun_sebelumnya"]))
    assert "tahun sebelumnya" in str(said)
    assert sentences.questionable(card()) == []
