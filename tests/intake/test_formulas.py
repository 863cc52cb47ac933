"""Workbooks that a script wrote: formulas without a value are told, wherever they would pass for nought."""

import zipfile

import openpyxl
import pytest

from pkanalysis.intake import read
from pkanalysis.intake.checks import uncomputed

RECAP = ["TAHUN", "KODE SKPD", "NAMA SKPD", "KODE SUB KEGIATAN", "KODE REKENING", "PAGU"]
LINE = [2025, "1.01.0.00.0.00.01.0000", "Dinas Uji", "1.01.01.2.06.0009", "5.1.02.01.01.0024"]
LRA = [["Periode 1 s.d. 31 Maret 2025"], ["SKPD", ":", "Dinas Uji"], ["KODE REKENING", "URAIAN", "ANGGARAN", "REALISASI"],
       ["5.1.02", "Barang", 9, 7], ["5.1.02.01.01.0024", "Alat Tulis", 5, "=3+1"], ["5.1.02.01.01.0052", "Makan", 4, 3]]  # fmt: skip


@pytest.fixture
def script(tmp_path):
    """A workbook as scripts write it, without computing."""

    def write(name, sheets):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        book.save(tmp_path / name)
        return tmp_path / name

    return write


@pytest.mark.parametrize(
    ("name", "rows", "cell"), [("a.xlsx", LRA, "D5"), ("murni.xlsx", [RECAP, [*LINE, "=1+1"]], "F2")]
)
def test_a_formula_without_a_value_keeps_the_file_out(script, config, severities, name, rows, cell):
    errors = severities(read(script(name, {"Isi & Rekap": rows}), config), "galat")
    assert ("Isi & Rekap", cell, True) in [
        (item.sheet, item.place, item.rule.startswith("rumusnya belum dihitung")) for item in errors
    ]


def test_a_formula_in_a_sheet_that_is_not_read_does_not_count(script, config, severities):
    rows = [[cell if cell != "=3+1" else 4 for cell in row] for row in LRA]
    reading = read(script("a.xlsx", {"Isi": rows, "Hitungan": [["=1+1"]]}), config)
    assert (severities(reading, "galat"), reading.tables["realisasi_anggaran"]["realisasi_rp"].sum()) == ([], 7)


def test_values_of_excel_and_files_without_formulas_are_left_alone(script, workbook, tmp_path):
    path = script("a.xlsx", {"Isi": LRA})
    assert uncomputed(path) == [("Isi", "D5")]
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/calcChain.xml", "<calcChain/>")
    assert uncomputed(path) == []
    assert uncomputed(workbook("b.xlsx", {"Isi": [[1]]})) == []
    (tmp_path / "c.csv").write_text("a;b", encoding="utf-8")
    assert uncomputed(tmp_path / "c.csv") == []
