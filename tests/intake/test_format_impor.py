import pytest
from paths import shared

from pkanalysis.config import Config, Stage
from pkanalysis.intake import read

HEADINGS = ["OPD", "Bidang Urusan", "Program", "Kegiatan", "Sub Kegiatan", "Rekening (Sub Rincian Obyek)", "APBD"]


def line(account, amount):
    return ["1.01.0.00.0.00.01.0000 Dinas Uji", "1.01 PENDIDIKAN", "1.01.01 Program Uji", "1.01.01.2.06 Administrasi",
            "1.01.01.2.06.09 Rapat Uji", account, amount]  # fmt: skip


TRAVEL, FOOD = line("5.1.02.04.01.0001 Perjalanan - Biasa", "1.000"), line("5.1.02.01.01.0052 Makan", "2.500")


def form(workbook, *lines, total="3.500", name="apbd_2025_murni.xlsx"):
    return workbook(name, {"Sheet1": [[*[""] * 6, total], HEADINGS, *lines]})


def test_code_and_name_of_one_cell_are_taken_apart(workbook, config):
    reading = read(form(workbook, TRAVEL, FOOD), config)
    first = reading.tables["anggaran"].iloc[0]
    assert reading.layout == "format_impor"
    assert first[["kode_opd", "nama_opd", "kode_sub_kegiatan", "nama_sub_kegiatan", "nama_rekening", "pagu_rp"]].tolist(
    ) == ["1.01.0.00.0.00.01.0000", "Dinas Uji", "1.01.01.2.06.0009", "Rapat Uji", "Perjalanan - Biasa", 1000]  # fmt: skip
    assert (first["tahap"], first["tahun"], reading.findings) == ("murni", 2025, [])


def test_a_total_above_the_headings_that_misses_a_line_is_a_warning(workbook, config, severities):
    (warning,) = severities(read(form(workbook, TRAVEL), config), "peringatan")
    assert (warning.place, warning.value) == ("G1", "3500")
    assert "1000" in warning.rule


def test_the_only_year_of_the_configuration_is_taken_and_said(workbook, config, severities):
    (note,) = severities(read(form(workbook, TRAVEL, FOOD, name="murni.xlsx"), config), "catatan")
    assert "dipakai 2025" in note.rule


def test_without_a_year_the_file_is_kept_out(workbook, severities):
    config = Config("nyata", "Kota Uji", (Stage(2025, "murni", "Murni"), Stage(2026, "murni", "Murni")))
    (error,) = severities(read(form(workbook, TRAVEL, FOOD, name="murni.xlsx"), config), "galat")
    assert error.rule == "tahun anggaran tidak tertulis"


@pytest.mark.parametrize("amount", ["seribu", True])
def test_text_in_an_amount_is_an_error_at_its_cell(workbook, config, severities, amount):
    errors = severities(read(form(workbook, TRAVEL, line("5.1.02.01.01.0052 Makan", amount)), config), "galat")
    assert "G4" in [item.place for item in errors]


def test_the_real_form_gives_the_total_above_its_headings(config, severities):
    reading = read(shared("real", "ntb_format_import_apbd.xlsx"), config, "murni")
    assert (reading.layout, reading.tables["anggaran"]["pagu_rp"].sum()) == ("format_impor", 14_300_000)
    assert severities(reading, "galat") + severities(reading, "peringatan") == []
