import pytest

from pkanalysis.intake import read

MONTHS = ["JANUARI", "FEBRUARI", "MARET", "APRIL", "MEI", "JUNI", "JULI", "AGUSTUS", "SEPTEMBER", "OKTOBER",
          "NOVEMBER", "DESEMBER"]  # fmt: skip
HEADINGS = ["TAHUN", "KODE SKPD", "NAMA SKPD", "KODE SUB UNIT", "NAMA SUB UNIT", "KODE SUB KEGIATAN",
            "NAMA SUB KEGIATAN", "KODE SUMBER DANA", "NAMA SUMBER DANA", "KODE REKENING", "NAMA REKENING",
            *MONTHS, "JUMLAH"]  # fmt: skip


def line(months, total, account="5.1.02.01.01.0052"):
    keys = [2025, "X1", "Dinas Uji", "X1.1", "Sub", "1.01.01.2.06.0009", "Rapat", "1", "DAU", account, "Belanja"]
    return [*keys, *months, total]


def test_months_become_rows_and_nought_is_left_out(workbook, config):
    rows = [HEADINGS, line([100, 0, *[""] * 9, 50], 150), line([100, 0, *[""] * 9, 50], 150, account="")]
    reading = read(workbook("rak.xlsx", {"RAK": rows}), config)
    plan = reading.tables["rencana_kas"]
    assert reading.layout == "rak"
    assert plan[["bulan", "rencana_rp", "baris"]].values.tolist() == [[1, 100, 2], [12, 50, 2]]
    assert reading.tables["opd"]["kode_opd"].tolist() == ["X1"]
    assert [item.severity for item in reading.findings] == ["catatan"]
    assert reading.slices[0].year == 2025


def test_a_sum_that_misses_a_month_is_a_warning_with_both_figures(workbook, config, severities):
    reading = read(workbook("rak.xlsx", {"RAK": [HEADINGS, line([10] * 12, 110)]}), config)
    (warning,) = severities(reading, "peringatan")
    assert (warning.place, warning.value, warning.rule) == ("X2", "110", "jumlah 12 bulan adalah 120")
    assert reading.tables["rencana_kas"]["rencana_rp"].sum() == 120


@pytest.mark.parametrize("wrong", ["sepuluh", True])
def test_a_month_that_is_no_amount_keeps_the_file_out(workbook, config, severities, wrong):
    reading = read(workbook("rak.xlsx", {"RAK": [HEADINGS, line([wrong, *[1] * 11], 12)]}), config)
    assert [item.place for item in severities(reading, "galat")] == ["L2"]
