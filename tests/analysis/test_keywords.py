"""Words raise a line for review and do nothing else."""

import pandas as pd
import pytest

import pkanalysis as pk
from pkanalysis import reference
from pkanalysis.analysis.budget.accounts import keywords

TEA, WAGES, PRINT, OTHER = "5.1.02.01.01.0043", "5.1.01.01.01.0001", "5.1.02.01.01.0026", "5.1.02.02"


def words(text):
    return keywords(pd.DataFrame({"paket": [text]})).iloc[0]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Peringatan Hari Jadi Kota", "seremonial: peringatan hari"),
        ("PERINGATAN  HARI\nBesar", "seremonial: peringatan hari"),
        ("Sistem Peringatan Dini Bencana", ""),
        ("Upacara dan peringatan dini banjir", ""),
        ("Seremonial peletakan batu", "seremonial: seremonial"),
        ("HUT Kota", "seremonial: hut"),
        ("Penghutanan kembali", ""),
        ("Kajian Risiko Bencana", ""),
        ("Penyusunan KLHS dan kajian", ""),
        ("Kajian tata niaga", "kajian_analisis: kajian"),
        ("Pengkajian", ""),
        ("Studi tiru ke luar provinsi", "studi_banding: studi tiru"),
        ("Forum Perangkat Daerah", ""),
        ("Rapat Koordinasi", "rapat_seminar_fgd: rapat koordinasi"),
        ("Sosialisasi peraturan", ""),
        ("Cetak buku teks pelajaran", ""),
        ("Publikasi promosi kesehatan", ""),
        ("Pelatihan kerja bagi pencari kerja, bimbingan teknis", ""),
        ("Seminar dan publikasi", "publikasi_iklan: publikasi; rapat_seminar_fgd: seminar"),
        ("", ""),
        (None, ""),
    ],
)
def test_words_end_where_words_end_and_exceptions_hold(text, found):
    assert words(text) == found


@pytest.mark.parametrize(
    ("account", "text", "certainty"),
    [
        (TEA, "Hari jadi kota", "taksiran"),
        (TEA, "Kajian teknis", "perlu_telaah"),
        (TEA, "Panti", "perlu_telaah"),
        (WAGES, "Hari jadi kota", "di_luar_sasaran"),
        (PRINT, "Hari jadi kota", "pasti"),
        (OTHER, "Hari jadi kota", "perlu_telaah"),
        ("5.1.02.99.99.9999", "Hari jadi kota", "tidak_terurai"),
    ],
)
def test_only_a_doubtful_account_that_supports_the_word_becomes_an_estimate(account, text, certainty):
    lines = pd.DataFrame({"kode_rekening": [account], "nama_sub_kegiatan": [text]}, index=[7])
    found = pk.budget.refine(lines)
    assert found.loc[7, "keyakinan"] == certainty
    assert found.drop(columns=["keyakinan", "kata_kunci"]).equals(
        pk.budget.classify(lines["kode_rekening"]).drop(columns="keyakinan")
    )


def test_an_exception_in_one_text_does_not_hide_a_word_in_the_other():
    lines = pd.DataFrame({"nama_sub_kegiatan": ["Sistem peringatan dini"], "paket": ["Peresmian gedung"]})
    assert keywords(lines).tolist() == ["seremonial: peresmian"]


def test_lines_without_texts_and_no_lines():
    assert pk.budget.refine(pd.DataFrame({"kode_rekening": [TEA]}))["kata_kunci"].tolist() == [""]
    assert pk.budget.refine(pd.DataFrame({"kode_rekening": pd.Series([], dtype="str"), "paket": []})).empty


def test_supporting_categories_exist():
    known = set(reference.efficiency_categories()["kategori"])
    for name, rule in reference.keywords().items():
        assert set(rule) == {"kata", "kecuali", "pendukung"}, name
        assert set(rule["pendukung"]) <= known, name
