"""A cell that cannot be read is told once, and not a second time as missing."""

from pkanalysis.intake import read

HEADINGS = ["TAHUN", "KODE SKPD", "NAMA SKPD", "KODE SUB KEGIATAN", "KODE REKENING", "PAGU"]


def line(pagu, code="X1"):
    return [2025, code, "Dinas Uji", "1.01.01.2.06.0009", "5.1.02.04.01.0001", pagu]


def test_text_in_an_amount_is_one_error(workbook, config, severities):
    rows = [HEADINGS, line(1), line("seratus"), line(2)]
    (told,) = severities(read(workbook("murni.xlsx", {"A": rows}), config), "galat")
    assert (told.place, told.rule) == ("F3", "bukan angka rupiah")


def test_what_is_missing_in_another_line_is_still_told(workbook, config, severities):
    rows = [HEADINGS, line("seratus"), line(""), line(2, code="")]
    told = severities(read(workbook("murni.xlsx", {"A": rows}), config), "galat")
    assert sorted(item.place for item in told) == ["B4", "F2", "F3"]
