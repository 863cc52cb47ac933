"""What a region sets for the efficiency page: thresholds, announced figures, sectors; slips are named."""

import datetime as dt
import tomllib
from importlib.resources import files
from pathlib import Path

import pandas as pd
import pytest

from pkanalysis import config
from pkanalysis import config as settings
from pkanalysis.analysis.budget.directive import measures
from pkanalysis.errors import PkError
from pkanalysis.show.words import MEASURES

HEAD = '[ruang_kerja]\njenis = "nyata"\n'
ANNOUNCED = '[[pengumuman]]\nuraian = "Hemat"\ntanggal = 2025-02-21\nnilai_rp = 44\nukuran = "pengurangan"\n'


def parsed(text):
    return config.parse(tomllib.loads(HEAD + text), Path("pkanalysis.toml"))


def test_defaults_and_what_a_region_sets():
    assert parsed("").pola.pengganti_pct == 10.0
    found = parsed('[pola]\nspm = ["1.02.02.2.02"]\nsebab_modal = ["inpres_1_2025", ""]\ntumpuan_opd = 5').pola
    assert (found.spm, found.sebab_modal, found.tumpuan_opd) == (["1.02.02.2.02"], ["inpres_1_2025", ""], 5)
    assert parsed('[bidang_prioritas]\n"2.15" = "infrastruktur_sanitasi"').bidang_prioritas["2.15"]


def test_announcements_know_their_budget_year():
    (first, second) = parsed(ANNOUNCED + ANNOUNCED + "tahun = 2024\n").pengumuman
    assert (first.budget_year, second.budget_year, first.tanggal) == (2025, 2024, dt.date(2025, 2, 21))


def test_every_measure_has_its_words():
    columns = ["kode_opd", "kode_sub_kegiatan", "kode_rekening", "sumber_dana"]
    amounts = ["pagu_sebelum_rp", "pagu_sesudah_rp", "selisih_rp", "pengurangan_rp", "penambahan_rp"]
    step = pd.DataFrame(
        [["A", "5.01.01.2.06.0009", "5.1.02.04.01.0001", "1.1", 9, 4, -5, 5, 0]], columns=columns + amounts
    )
    assert set(measures(step).index) == set(settings.MEASURES) == set(MEASURES)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[pola]\nrata_pct = 180.0", "rata_pct harus angka dari 0 sampai 100"),
        ("[pola]\nnaik_lagi_rp = -1", "naik_lagi_rp harus 0 atau lebih"),
        ("[pola]\ntumpuan_opd = 0", "tumpuan_opd harus 1 atau lebih"),
        ('[pola]\nspm = ["imunisasi"]', "spm harus berisi kode berangka bertitik"),
        ('[pola]\nspm = "1.02"', "spm harus daftar teks"),
        ('[pola]\nsebab_modal = ["hemat"]', "sebab_modal harus berisi sebab yang dikenal"),
        ("[pola]\nambang = 1", "'ambang' tidak dikenal"),
        (ANNOUNCED.replace('"pengurangan"', '"hemat"'), "ukuran harus salah satu dari pagu_sebelum"),
        (ANNOUNCED.replace("tanggal = 2025-02-21\n", ""), "kurang lengkap; isi tanggal"),
        (ANNOUNCED.replace("[[pengumuman]]", "[pengumuman]"), r"setiap pengumuman harus diawali \[\[pengumuman\]\]"),
        ('[bidang_prioritas]\n"2.15" = "jalan"', '"2.15" harus salah satu dari pendidikan'),
    ],
)
def test_slips_are_named(text, words):
    with pytest.raises(PkError, match=words):
        parsed(text)


def test_the_new_workspace_shows_every_threshold_and_measure():
    text = (files("pkanalysis.reference") / "ruang_kerja_baru.toml").read_text(encoding="utf-8")
    shown = text.replace("# ", "")
    assert [name for name in (*config.Patterns.__dataclass_fields__, *settings.MEASURES) if name not in shown] == []
