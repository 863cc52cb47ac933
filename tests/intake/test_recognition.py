"""Every file has one layout: no reader takes the file of another."""

import re

import pytest
from paths import shared

from pkanalysis.intake import LAYOUTS
from pkanalysis.intake.book import open_book

REAL = {
    "jatim_upt_2025_sebelum_sesudah_efisiensi.xlsx": "sebelum_sesudah",
    "tegal_sipd_laporan_realisasi_2025_01.json": "laporan_realisasi",
    "ntb_format_import_apbd.xlsx": "format_impor",
    "toba/32_lra_20221207-153247.xlsx": "lra",
    "toba/32_lra_20221208-111705.xlsx": "lra",
    "toba/anggaran_kas_32_20221208-150630.xlsx": "anggaran_kas",
    "diy/2014_3403_1468467357.csv": "penjabaran",
    "diy/3401_1480391233.csv": "penjabaran",
    "diy/3402_1475209519.csv": "penjabaran",
    "diy/3404_1473158028.csv": "penjabaran",
    "diy/3471_1474439293.csv": "penjabaran",
    "deliserdang_e81_evaluasi_renja_2025.xlsx": "e81",
    "pringsewu_lakip_2025_iku.csv": "iku",
    "bali_sipd_dpa_2.21.02.1.01.0005.pdf": "dpa",
    "bali_sipd_dpa_2.21.02.1.01.0006.pdf": "dpa",
}


def recognised(path):
    book = open_book(path)
    return [layout.name for layout in LAYOUTS if layout.recognise(book)]


@pytest.mark.parametrize(("name", "layout"), REAL.items())
def test_a_real_file_has_one_layout(name, layout):
    assert recognised(shared("real", *name.split("/"))) == [layout]


@pytest.mark.parametrize("name", ["contoh_persen_pemotongan_per_rekening.csv", "referensi/10_ref_sumber_dana.csv"])
def test_a_list_that_is_no_budget_has_none(name):
    assert recognised(shared("real", *name.split("/"))) == []


def test_each_kind_of_file_of_the_sample_has_one_layout(sample_folder):
    files = sorted((sample_folder / "sumber").glob("*CONTOH*"))
    kinds = {re.split(r"[_\d]", path.name)[0]: path for path in files}
    assert {kind: len(recognised(path)) for kind, path in kinds.items()} == dict.fromkeys(kinds, 1)
    assert len(kinds) >= 3
