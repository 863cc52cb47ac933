"""A file name or a title that speaks of another stage, year or office than the rows."""

import pandas as pd
import pytest

from pkanalysis.intake import read
from pkanalysis.intake.titles import offices, strangers

HEADINGS = ["TAHUN", "KODE SKPD", "NAMA SKPD", "KODE SUB KEGIATAN", "KODE REKENING", "PAGU"]
HEALTH, WORKS, PLANNING = "1.02.0.00.0.00.01.0000", "1.03.0.00.0.00.01.0000", "5.01.5.05.0.00.01.0000"
OPD = pd.DataFrame(
    {
        "kode_opd": [HEALTH, WORKS, PLANNING, "1.04", "1.05"],
        "nama_opd": ["Dinas Kesehatan", "Dinas Pekerjaan Umum", "Badan Perencanaan", "Dinas Pangan", "Dinas Perikanan"],
        "singkatan": ["DINKES", "DPU", "BAPPEDA", "DKP", "DKP"],
        "kode_induk": [None, None, None, None, None],
    }
)


def rows(*offices):
    return [[2025, code, name, "1.02.01.2.06.0009", "5.1.02.04.01.0001", 5] for code, name in offices]


BOTH = rows((HEALTH, "Dinas Kesehatan"), (WORKS, "Dinas Pekerjaan Umum"))


def warnings(path, config, **named):
    return [item for item in read(path, config, **named).findings if item.severity == "peringatan"]


@pytest.mark.parametrize("name", ["rekap5_2025_murni", "Rekap TA 2025-2026 murni", "rekap murni 2026-01-15", "murni"])
def test_the_stage_and_year_of_the_rows_in_the_name_are_no_finding(workbook, config, name):
    assert warnings(workbook(f"{name}.xlsx", {"A": [HEADINGS, *BOTH]}), config) == []


def test_a_stage_named_by_the_user_against_the_file_name_is_told(workbook, config):
    path = workbook("rekap5_2025_murni.xlsx", {"A": [HEADINGS, *BOTH]})
    (found,) = warnings(path, config, stage="pergeseran")
    assert found.value == "rekap5_2025_murni"
    assert found.rule == "nama berkas menyebut tahap murni, sedangkan barisnya disimpan sebagai tahap pergeseran"


def test_a_stage_in_a_title_against_the_file_name_is_told_with_its_sheet(workbook, config):
    sheet = [["REKAPITULASI PERUBAHAN APBD"], HEADINGS, *BOTH]
    (found,) = warnings(workbook("rekap_murni.xlsx", {"A": sheet}), config)
    assert (found.sheet, found.value) == ("A", "REKAPITULASI PERUBAHAN APBD")
    assert found.rule == "judul menyebut tahap perubahan, sedangkan barisnya disimpan sebagai tahap murni"


def test_another_year_in_the_file_name_is_told(workbook, config):
    (found,) = warnings(workbook("rekap5_2024_murni.xlsx", {"A": [HEADINGS, *BOTH]}), config)
    assert found.rule == "nama berkas menyebut tahun 2024, sedangkan barisnya disimpan sebagai tahun 2025"


def test_a_title_of_one_office_over_rows_of_several_is_told(workbook, config):
    sheet = [["SKPD", ":", "Dinas Kesehatan"], HEADINGS]
    (found,) = warnings(workbook("murni.xlsx", {"A": [*sheet, *BOTH]}), config)
    assert found.sheet == "A"
    assert found.rule == (
        "judul menyebut Dinas Kesehatan, sedangkan barisnya milik 2 SKPD (Dinas Kesehatan, Dinas Pekerjaan Umum)"
    )
    assert warnings(workbook("satu_murni.xlsx", {"A": [*sheet, *BOTH[:1]]}), config) == []


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Rekap Dinkes 2025", {HEALTH}),
        ("rekap_dinas-kesehatan", {HEALTH}),
        (f"rekap {HEALTH}", {HEALTH}),
        ("rekap dkp", {"1.04", "1.05"}),
        ("rekap 1.04 dinas", set()),
        ("rekap dinkesda", set()),
    ],
)
def test_offices_are_known_by_name_abbreviation_or_whole_code(words, codes):
    assert offices(words, OPD) == codes


def test_a_file_of_another_office_is_told_but_not_one_whose_code_was_made_from_its_name():
    (found,) = strangers("dinkes.xlsx", "dinkes", "nama berkas", {WORKS}, OPD)
    assert found.rule == "nama berkas menyebut Dinas Kesehatan, sedangkan semua barisnya milik Dinas Pekerjaan Umum"
    assert strangers("dinkes.xlsx", "dinkes", "nama berkas", {"DINAS-KESEHATAN-KOTA"}, OPD) == []


def test_a_shared_abbreviation_a_part_of_the_office_and_no_name_are_no_finding():
    parts = pd.concat([OPD, pd.DataFrame({"kode_opd": ["1.02.9"], "nama_opd": ["Puskesmas"], "kode_induk": [HEALTH]})])
    assert strangers("dkp.xlsx", "dkp", "nama berkas", {"1.05"}, OPD) == []
    assert strangers("dinkes.xlsx", "dinkes", "nama berkas", {HEALTH, "1.02.9"}, parts) == []
    assert strangers("rekap.xlsx", "rekap", "nama berkas", {HEALTH, WORKS}, OPD) == []


def test_the_planning_office_may_well_have_written_the_file_of_all():
    (found,) = strangers("bappeda.xlsx", "bappeda", "nama berkas", {HEALTH, WORKS, PLANNING}, OPD)
    assert found.severity == "catatan"
    (found,) = strangers("dinkes.xlsx", "dinkes", "nama berkas", {HEALTH, WORKS, PLANNING}, OPD)
    assert found.severity == "peringatan"


def test_another_year_in_the_name_of_a_spending_file_is_told(workbook, config):
    heads = ["KODE SKPD", "NAMA SKPD", "KODE SUB KEGIATAN", "KODE REKENING", "JENIS TRANSAKSI", "TANGGAL DOKUMEN",
             "NILAI REALISASI"]  # fmt: skip
    row = [HEALTH, "Dinas Kesehatan", "1.02.01.2.06.0009", "5.1.02.04.01.0001", "GU", "2025-03-07", 5]
    (found,) = warnings(workbook("realisasi_2024.xlsx", {"A": [heads, row]}), config)
    assert found.rule == "nama berkas menyebut tahun 2024, sedangkan barisnya disimpan sebagai tahun 2025"
    assert warnings(workbook("realisasi_2025 per 31-12-2026.xlsx", {"A": [heads, row]}), config) == []
