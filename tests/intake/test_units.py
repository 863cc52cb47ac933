"""Lines of an SKPD exported once more under its sub units."""

import pytest

from pkanalysis.intake import read

HEADINGS = ["TAHUN", "KODE SKPD", "NAMA SKPD", "KODE SUB UNIT", "KODE SUB KEGIATAN", "KODE REKENING", "PAGU"]
OWN = "X1.01.0.00.0.00.01.0000"
UNITS = [f"{OWN[:-4]}0001", f"{OWN[:-4]}0002"]
TRAVEL, MEALS = "5.1.02.04.01.0001", "5.1.02.01.01.0052"


def line(unit, account, pagu):
    return [2025, OWN, "Dinas Uji", unit, "1.01.01.2.06.0009", account, pagu]


PARTS = [line(UNITS[0], TRAVEL, 60), line(UNITS[1], TRAVEL, 40), line(UNITS[1], MEALS, 5)]
WHOLE = [line(OWN, TRAVEL, 100), line(OWN, MEALS, 5)]


@pytest.fixture
def warnings(workbook, config, severities):
    def read_rows(rows):
        return severities(read(workbook("murni.xlsx", {"A": [HEADINGS, *rows]}), config), "peringatan")

    return read_rows


@pytest.mark.parametrize("own", [OWN, ""])
def test_both_levels_are_told_at_the_first_line_of_the_skpd(warnings, own):
    whole = [[*row[:3], own, *row[4:]] for row in WHOLE]
    (told,) = warnings([*PARTS, *whole])
    assert (told.place, told.column) == ("D5", "KODE SUB UNIT")
    assert told.rule.startswith(f"semua baris {OWN} sendiri sama dengan jumlah baris sub unitnya")


@pytest.mark.parametrize("rows", [PARTS, WHOLE, [*PARTS, WHOLE[0]], [*PARTS, WHOLE[0], line(OWN, MEALS, 6)]])
def test_lines_that_are_no_sums_are_not_told(warnings, rows):
    assert warnings(rows) == []
