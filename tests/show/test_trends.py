"""The sentences of the page on trends, one by one, and its drawings."""

import datetime as dt
from itertools import pairwise

import pandas as pd
import pytest

from pkanalysis.analysis.achievement import by_formula, reconciled
from pkanalysis.analysis.achievement.agreements import PARTS, cascade, completeness
from pkanalysis.analysis.trend import places, readings
from pkanalysis.config import Saving
from pkanalysis.intake.findings import rules
from pkanalysis.show import achievement, agreements, history, scoring, trend_figures, trend_verdicts
from pkanalysis.show import cascade as show_cascade
from pkanalysis.show import outlook as show_outlook
from pkanalysis.show.agreements import as_printed
from pkanalysis.show.page import Page
from pkanalysis.show.trend_figures import spread

MEANS = pd.DataFrame(
    [{"rata_rata": 101.85, "rata_rata_murni": 101.27, "n_rata": 4, "n_tanpa_data": 1, "n_di_atas_100": 3}]
)
PART = pd.DataFrame(
    [{"target_tetap": 96.63, "perubahan_target": 2.30, "batas_atas": 0.0, "capaian_dilaporkan": 98.93, "n": 4}]
)
OFFICES = pd.DataFrame({"kode_opd": ["A", "B", "C"], "nama_opd": ["Dinas A", "Dinas B", "Dinas C"], "jenis": "dinas"})


@pytest.fixture
def setting():
    facts = {
        "code": "", "name": "Kota", "region": "Kota", "is_sample": True, "year": 2025, "period": "TW3",
        "end": dt.date(2025, 9, 30), "stages": (), "missing_stages": (), "original": "", "saving": Saving(),
        "scale": "permendagri_86_2017", "cap": None, "is_rounded_first": False, "budget_source": "",
        "spending_source": "", "status": "DRAF", "edition": "Edisi 1",
    }  # fmt: skip
    return Page(**facts)


def verdicts(moves, n=6, p=0.003):
    """One tested series per move (``""`` = no trend)."""
    return pd.DataFrame({
        "kode_indikator": [str(place) for place in range(len(moves))], "gerak": moves,
        "is_tren": [bool(move) for move in moves], "p": p, "n": n, "keyakinan": 0.983,
    })  # fmt: skip


def outlook(*labels, year=2026):
    rows = {"kode_indikator": [str(place) for place in range(len(labels))], "label": labels}
    return pd.DataFrame(rows | {"dokumen": "rpd", "tahun_target": year})


def texts(note):
    return [str(item) for item in note.items]


def test_means_say_what_they_are_means_of():
    assert str(trend_verdicts.means(MEANS, "aritmetik")) == (
        "Rata-rata aritmetik capaian indikator OPD 101,9% terhadap PK yang berlaku dan 101,3% terhadap PK murni (n = 4; 1 "
        "tanpa data tidak dihitung; 3 di atas target)."
    )
    assert trend_verdicts.means(MEANS.assign(n_rata=0), "aritmetik") is None
    assert trend_verdicts.means(MEANS.head(0), "geometrik") is None


@pytest.mark.parametrize(
    ("counts", "text"),
    [
        ((3, 4, 1, 0, 0, 0), "3 dari 4 yang sudah terukur; 1 menunggu rilis"),
        ((0, 0, 2, 0, 0, 0), "belum ada yang terukur; 2 menunggu rilis"),
        (
            (1, 1, 0, 2, 3, 1),
            "1 dari 1 yang sudah terukur; 2 tidak terukur; 3 belum disampaikan; 1 belum dapat dinilai",
        ),
    ],
)
def test_counts_of_a_group(counts, text):
    names = ("n_reached", "n_measured", "n_waiting", "n_unmeasurable", "n_missing", "n_unjudged")
    (said,) = achievement.with_reached(pd.DataFrame([counts], columns=names))["tercapai"]
    assert str(said) == text


def test_eased_targets_and_what_they_did_to_the_mean():
    found = pd.DataFrame({"alasan_perubahan": ["belum diisi", "lainnya"], "kode_opd": ["A", "B"]})
    assert str(trend_verdicts.eased(found, PART)) == (
        "2 target di 2 OPD dibuat lebih mudah pada PK Perubahan; alasan 1 di antaranya belum diisi. Rata-rata capaian (n = "
        "4) naik 2,3 poin semata karena perubahan target."
    )
    assert str(trend_verdicts.eased(found, PART.head(0))).endswith("belum diisi.")
    assert trend_verdicts.eased(found.head(0), PART) is None


def test_trends_are_k_out_of_m():
    assert str(trend_verdicts.trending(verdicts(["membaik", "memburuk", ""]))) == (
        "2 dari 3 indikator yang diuji menunjukkan tren; yang keliru diharapkan paling banyak 10%. Yang membaik 1, yang "
        "memburuk 1."
    )
    none = "Dari 2 indikator yang diuji, belum ada yang trennya dapat dibedakan dari kebetulan."
    assert str(trend_verdicts.trending(verdicts(["", ""]))) == none
    ranged = verdicts(["membaik", ""]).assign(is_tren=True)
    assert str(trend_verdicts.trending(ranged)).endswith("memburuk 0, bergerak pada target rentang 1.")


def test_outlooks_count_the_nearest_target_of_each_indicator():
    found = pd.concat([outlook("sulit", "mungkin", "tidak dinilai"), outlook("mungkin", year=2029)])
    assert str(show_outlook.headline(found)) == (
        "Dari 2 target terdekat yang dapat dinilai dari deret selama ini: kemungkinan besar 0, mungkin 1, sulit 1, tidak "
        "pasti 0."
    )
    assert show_outlook.headline(outlook("tidak dinilai")) is None


@pytest.mark.parametrize(
    ("codes", "text"),
    [
        ("ABC", "PK Perubahan yang sudah ditandatangani diterima dari 3 dari 3 OPD."),
        ("A", "PK Perubahan yang sudah ditandatangani diterima dari 1 dari 3 OPD; belum: Dinas B, Dinas C."),
        ("", "PK Perubahan belum diterima dari OPD mana pun."),
    ],
)
def test_who_has_signed(codes, text):
    signed = pd.DataFrame({
        "kode_opd": list(codes), "tahun": 2025, "dokumen": "pk_perubahan", "ke": 1, "tahap_pagu_dasar": "pergeseran",
        "tanggal_ttd": pd.to_datetime(["2025-06-25"] * len(codes)), "alasan": None,
    })  # fmt: skip
    assert str(agreements.revised(completeness(signed, OFFICES, 2025, dt.date(2025, 9, 30)))) == text


def test_what_was_signed_after_the_period_is_not_there_yet():
    signed = pd.DataFrame({
        "kode_opd": "A", "tahun": 2025, "dokumen": "pk_perubahan", "ke": [1, 2], "tahap_pagu_dasar": None, "alasan": None,
        "tanggal_ttd": pd.to_datetime(["2025-06-25", "2025-10-20"]),
    })  # fmt: skip
    found = {day: completeness(signed, OFFICES, 2025, day)["n_perubahan"].tolist() for day in DAYS}
    assert list(found.values()) == [[1, 0, 0], [2, 0, 0]]


def test_targets_without_an_indicator_are_named(setting):
    signed = pd.DataFrame(columns=["kode_opd", "tahun", "dokumen", "ke", "tahap_pagu_dasar", "alasan"])
    found = completeness(signed.assign(tanggal_ttd=pd.NaT), OFFICES, 2025, dt.date(2025, 9, 30))
    strange = pd.DataFrame({"kode_opd": ["A", "A"], "kode_indikator": ["IKU-9", "IKU-9"]})
    said = texts(agreements.completeness(setting, found, strange, strange.head(0)))
    assert said[-1] == "Target tanpa padanan: Dinas A: IKU-9."
    assert not [
        text for text in texts(agreements.completeness(setting, found, strange.head(0), strange)) if "IKU" in text
    ]


def test_the_one_indicator_that_decides_the_mean_is_named():
    card = pd.DataFrame({
        "kode_opd": "A", "nama_indikator": ["satu", "dua", "tiga", "wisatawan"],
        "capaian_berlaku": [98.0, 100.0, 102.0, 18471.5],
    })  # fmt: skip
    names = OFFICES.set_index("kode_opd")["nama_opd"]
    assert str(trend_verdicts.outlier(card, names)) == (
        "Satu indikator menentukan rata-rata itu: wisatawan (Dinas A), 18.471,5%. Tanpa indikator itu rata-rata aritmetik "
        "100,0%; periksa target dan realisasinya."
    )
    assert trend_verdicts.outlier(card.head(3), names) is None
    assert trend_verdicts.outlier(card.head(0), names) is None


def test_formulas_of_applications_show_where_they_part(setting):
    names = OFFICES.set_index("kode_opd")["nama_opd"]
    card = pd.DataFrame({
        "kode_opd": "A", "kode_indikator": list("abcd"), "nama_indikator": list("abcd"), "ke": [0, 1, 0, 0],
        "polaritas": ["naik_baik", "turun_baik", "rentang", "naik_baik"], "realisasi": [76.0, 8.0, 5.0, None],
        "target_murni": [80.0, 9.0, 1.5, 80.0], "target_murni_atas": [None, None, 3.5, None],
        "target_perubahan": [None, 10.0, None, None], "target_perubahan_atas": None,
    })  # fmt: skip
    nothing = pd.DataFrame({"kode_indikator": [], "tahun": [], "periode": [], "capaian_tercetak": []})
    table = scoring.applications(setting, reconciled(by_formula(card), nothing, 2025, "tahunan"), names)
    assert [row[1] for row in table.rows] == ["b"]
    assert [round(value, 6) for value in table.rows[0][4:]] == [120.0, 125.0, 20.0, 100.0]
    assert str(table.note).endswith("1 indikator lain memberi angka yang sama dengan keempat rumus.")
    printed = pd.DataFrame({
        "kode_indikator": list("abb"), "tahun": 2025, "periode": ["tahunan", "TW4", "TW3"],
        "capaian_tercetak": [99.0, 125.0, 20.0],
    })  # fmt: skip
    table = scoring.applications(setting, reconciled(by_formula(card), printed, 2025, "tahunan"), names)
    assert [(row[1], *row[-2:]) for row in table.rows] == [("a", 99.0, "tidak ada"), ("b", 125.0, "Rasio")]


DAYS = (dt.date(2025, 9, 30), dt.date(2025, 12, 31))


def test_the_parts_add_up_as_printed():
    raw = PART.assign(target_tetap=100.04, perubahan_target=0.42, capaian_dilaporkan=100.46)
    row = as_printed(raw).iloc[0]
    assert row[PARTS].sum() == pytest.approx(row["capaian_dilaporkan"], abs=1e-9)
    assert (row["target_tetap"], row["perubahan_target"], row["capaian_dilaporkan"]) == (100.0, 0.5, 100.5)


def test_change_of_target_in_words(setting):
    card = pd.DataFrame({"perubahan_target": ["dilonggarkan", "diperketat", "diubah", "tetap"]})
    assert texts(agreements.changed_targets(setting, PART, card)) == [
        "Dari target setahun 4 indikator, 1 dilonggarkan dan 1 diperketat; 1 diubah batas atau predikatnya.",
        "Rata-rata capaian yang dilaporkan 98,9% (n = 4) terdiri atas 96,6% terhadap target awal, 2,3 poin dari perubahan "
        "target, dan 0,0 poin dari batas atas.",
    ]
    assert texts(agreements.changed_targets(setting, PART.head(0), card.head(0))) == [
        "Belum ada indikator yang diterima."
    ]


def test_the_cascade_in_words(setting):
    levels = ["iku_kota", "iku_kota", "iku_opd", "iku_opd", "program"]
    indicators = pd.DataFrame(
        {"kode_indikator": ["K1", "K2", "a", "b", "p"], "tingkat": levels, "kode_opd": list("XXXYY")}
    )
    indicators["nama_indikator"] = indicators["kode_indikator"]
    links = pd.DataFrame(
        {"kode_indikator": ["a", "a", "b"], "kode_induk": ["K1", "Z", "K1"], "jenis_induk": "indikator"}
    )
    assert texts(show_cascade.linked(setting, cascade(links, indicators))) == [
        "2 kaitan indikator ke induknya. 1 indikator tidak menunjang indikator lain; 1 IKU kota tidak ditunjang indikator "
        "mana pun; 1 indikator menunjang dua induk atau lebih; 1 kaitan menunjuk induk yang tidak terdaftar.",
        "Indikator tanpa induk menurut tingkat: Program 1.",
    ]
    nothing = texts(show_cascade.linked(setting, cascade(links.head(0), indicators)))
    assert nothing == ["Kaitan indikator belum diterima; kaskade tidak dapat diperiksa."]


def test_trends_say_what_they_rest_on(setting):
    whole = {
        "kemiringan_bersama": 0.326,
        "se_bersama": 0.028,
        "sd_antar": 0.322,
        "konformal_q": 0.93,
        "konformal_n": 147,
    }
    found = pd.concat([verdicts(["membaik", ""]), verdicts([""], n=3, p=None), verdicts([""], n=4, p=None)])
    said = texts(trend_verdicts.summary(setting, found, pd.DataFrame([whole])))
    assert said[1:] == [
        "1 indikator mempunyai kurang dari empat tahun yang dapat dibandingkan; yang dikatakan hanya selisihnya. 1 "
        "indikator tepat empat tahun: kemiringan dan uraian saja.",
        "Tingkat keyakinan selang yang tercapai: 6 titik 98,3%.",
        "Kemiringan bersama semua deret 0,33 simpangan baku per tahun (galat baku 0,03); antarindikator menyebar 0,32. "
        "Arah naik di sini menurut nilai, bukan menurut baik atau buruk.",
        "Tahun terakhir 147 indikator diramalkan dari tahun sebelumnya: pada empat dari lima indikator selisihnya paling "
        "banyak 0,93 kali perubahan tahunan yang biasa pada indikator itu.",
    ]
    empty = texts(trend_verdicts.summary(setting, found.head(0), pd.DataFrame()))
    assert empty == ["Belum ada nilai akhir tahun s.d. 2024; tren tidak dihitung."]


def test_many_short_series_say_how_many_must_agree(setting):
    missing = dict.fromkeys(("kemiringan_bersama", "se_bersama", "sd_antar", "konformal_q", "konformal_n"))
    said = texts(
        trend_verdicts.summary(setting, verdicts([""] * 300, n=5, p=0.5), pd.DataFrame([missing], dtype="float64"))
    )
    assert said[-1] == (
        "Dari deret 5 titik, satu tren baru dapat dinyatakan bila 50 dari 300 deret bergerak searah setiap tahun."
    )


def test_places_are_told_only_where_intervals_are_apart(setting):
    groups = pd.DataFrame(
        {"kode_opd": list("ABC"), "rata_rata": [99.0, 98.5, 70.0], "se": [1.0, 1.0, 2.0], "n_rata": 4}
    )
    kinds = OFFICES.set_index("kode_opd")["jenis"]
    table = trend_verdicts.places(setting, places(groups, kinds), OFFICES.set_index("kode_opd")["nama_opd"])
    assert [(row[1], str(row[-1])) for row in table.rows] == [
        ("Dinas A", "1–2 dari 3"), ("Dinas B", "1–2 dari 3"), ("Dinas C", "3 dari 3"),
    ]  # fmt: skip
    assert "itu terjadi pada 0 dari 1 jenis OPD" in str(table.note)
    alone = places(groups, pd.Series({"A": "dinas", "B": "badan", "C": "rsud"}))
    assert alone.empty


def test_what_an_import_left_out_is_known_by_its_code_and_not_by_its_words(setting):
    row = {"id_berkas": "f1", "tingkat": "peringatan", "lembar": "Data", "kolom": "", "nilai": "", "saran": "isi"}
    rows = [
        row | {"tempat": "D7", "kode": "IKU_BUKAN_ANGKA", "aturan": "bukan angka"},
        row | {"tempat": "D8", "kode": "IKU_TAHUN_KOSONG", "aturan": "kata tidak disimpan berdiri di sini"},
        row | {"tempat": "D9", "kode": "IKU_BUKAN_ANGKA", "aturan": "bukan angka", "tingkat": "catatan"},
    ]
    files = pd.DataFrame({"id_berkas": ["f1"], "nama_berkas": ["a.xlsx"], "tata_letak": ["iku"]})
    table = scoring.left_out(setting, pd.DataFrame(rows), files)
    assert [row[:2] for row in table.rows] == [("a.xlsx, lembar Data, D7", "bukan angka")]


def test_every_rule_on_what_is_left_out_of_a_performance_file_is_among_the_codes():
    lost = {
        code
        for code, rule in rules().items()
        if code.startswith(("E81_", "IKU_", "ISIAN_"))
        and rule.severity == "peringatan"
        and "tidak disimpan" in rule.rule
    }
    assert lost == scoring.LOST


def test_flags_and_their_absence(setting):
    found = pd.DataFrame({"kode_indikator": ["a", "a"], "kode_opd": "X", "bendera": "INDIKATOR_GANDA"})
    assert str(scoring.headline(found)) == (
        "1 indikator di 1 OPD mempunyai hal yang perlu ditanyakan; rinciannya pada bab mutu data."
    )
    assert scoring.headline(found.head(0)) is None
    assert (
        scoring.flags_counted(setting, found.head(0), OFFICES.head(0)).note
        == "Belum ada indikator yang dapat diperiksa."
    )


def test_disputed_years_are_refused_with_a_sentence(setting):
    rows = pd.DataFrame({
        "topik": "makro", "uraian": "Kemiskinan", "satuan": "persen", "tahun": [2022, 2022, 2023, 2024, 2025],
        "nilai": [8.33, 9.32, 8.24, 7.73, 7.69], "arah": "turun", "tanda": None, "is_konflik": [True, True, *[False] * 3],
    })  # fmt: skip
    (row,) = readings(rows).to_dict("records")
    assert row["penolakan"] == "SUMBER_BERTENTANGAN, N_KURANG_DARI_4"
    assert row["kalimat"].startswith(
        "Tahun 2022 tidak dihitung: sumber menyebut 8,33 dan 9,32, dan tidak ada yang dipilih. Baru 3 tahun yang dapat "
        "dibandingkan: 8,24 pada 2023"
    )
    told = texts(history.published(setting, readings(rows)))
    assert told[1] == (
        "1 deret memuat angka yang bertentangan. Sumber menyebut angka yang berbeda untuk tahun yang sama; tidak ada yang "
        "dipilih dan tahun itu tidak dihitung."
    )


def test_an_old_series_is_not_joined():
    rows = pd.DataFrame({
        "topik": "makro", "uraian": "IPM", "satuan": "indeks", "tahun": [2020, 2022, 2023, 2024], "arah": "naik",
        "nilai": [78.37, 79.58, 80.93, 81.77], "tanda": ["seri_lama", None, None, None], "is_konflik": False,
    })  # fmt: skip
    (row,) = readings(rows).to_dict("records")
    assert (row["n"], row["seri_lama"], row["penolakan"]) == (3, "2020", "DEFINISI_BERUBAH, N_KURANG_DARI_4")
    assert "(naik 2,19)" in row["kalimat"]


def test_labels_of_lines_keep_apart_and_keep_their_order():
    found = spread([1.0, 1.01, 1.02, 5.0], 0.5)
    assert [round(b - a, 9) >= 0.5 for a, b in pairwise(found)] == [True] * 3
    assert found == sorted(found)


def test_slopes_are_turned_by_the_direction_of_their_indicator(setting):
    found = pd.DataFrame({"kode_indikator": ["a", "b"], "kemiringan_baku": [-0.3, -0.2], "se_baku": [0.1, 0.2]})
    indicators = pd.DataFrame({
        "kode_indikator": ["a", "b"], "nama_indikator": ["A", "B"], "polaritas": ["turun_baik", "naik_baik"],
    })  # fmt: skip
    figure = trend_figures.caterpillar(setting, found, indicators)
    assert {name: str(value) for name, value in figure.values.items()} == {
        "jumlah indikator": "2", "selang seluruhnya membaik": "1", "selang seluruhnya memburuk": "0", "b": "-0,20",
        "a": "0,30",
    }  # fmt: skip


def test_cells_of_the_heatmap_are_told_apart_by_letters(setting):
    card = pd.DataFrame({
        "kode_opd": "A", "kode_indikator": ["a", "b"], "sasaran": "S", "capaian_berlaku": [95.0, None],
    })  # fmt: skip
    figure = trend_figures.heatmap(setting, card, OFFICES.assign(singkatan=["DA", "DB", "DC"]))
    assert figure.note.startswith("ST = Sangat Tinggi, T = Tinggi, S = Sedang, R = Rendah, SR = Sangat Rendah; sel")
    assert {name: value.raw for name, value in figure.values.items() if value.raw} == {
        "Sangat Tinggi": 1,
        "tanpa capaian": 1,
    }


def test_a_target_that_moved_is_drawn_by_its_direction(setting):
    card = pd.DataFrame({
        "kode_opd": "A", "kode_indikator": ["a", "b"], "nama_indikator": ["Naik", "Turun"],
        "polaritas": ["naik_baik", "turun_baik"], "target_murni": [80.0, 10.0], "target_perubahan": [76.0, 9.0],
        "perubahan_target": ["dilonggarkan", "diperketat"],
    })  # fmt: skip
    figure = trend_figures.moved_targets(setting, card, OFFICES.assign(singkatan=["DA", "DB", "DC"]))
    assert {name: str(value) for name, value in figure.values.items()} == {"DA: Naik": "-5,0%", "DA: Turun": "10,0%"}
    assert "DATA CONTOH" in figure.svg
    assert trend_figures.moved_targets(setting, card.head(0), OFFICES).items[0].pattern.startswith("Tidak ada target")
