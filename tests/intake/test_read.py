from pathlib import Path

import pandas as pd
import pytest

from pkanalysis.errors import PkError
from pkanalysis.intake import LAYOUTS, read
from pkanalysis.intake.book import Book, open_book
from pkanalysis.intake.checks import check
from pkanalysis.intake.headings import Field
from pkanalysis.intake.reading import Layout
from pkanalysis.intake.recognition import refusal
from pkanalysis.tables import conform

HEADINGS = ["TAHUN", "KODE SKPD", "NAMA SKPD", "KODE SUB KEGIATAN", "KODE REKENING", "PAGU"]
LINE = [2025, "1.01", "Dinas Uji", "1.01.02.2.01.0001", "5.1.02.04.01.0001"]


def test_a_file_of_no_known_layout_says_what_was_found_and_what_can_be_read(workbook, config):
    rows = [["Judul"], ["Nama", "Umur", "Kota"], ["Budi", "40", "Contoh", "rahasia"]]
    with pytest.raises(PkError) as refusal:
        read(workbook("a.xlsx", {"Belanja": rows}), config)
    said = str(refusal.value)
    assert "lembar Belanja berisi Nama, Umur, Kota" in said
    assert all(layout.name in said for layout in LAYOUTS)
    assert "Budi" not in said
    assert "\n" not in said
    assert len(said) < 350


def test_a_file_that_lacks_a_column_says_which_and_how_to_map_it(workbook, config):
    rows = [["REKAP"], [*HEADINGS[:5], "Anggaran Setelah Geser", "Ket."], [*LINE, "1.000", "Budi"]]
    with pytest.raises(PkError) as refusal:
        read(workbook("a.xlsx", {"Rekap 5": rows}), config)
    assert str(refusal.value) == (
        "a.xlsx tidak dikenali; paling mirip Rekap anggaran SIPD (rekap5), tetapi judul di baris 2 lembar Rekap 5 tidak "
        "punya kolom PAGU; bila yang dimaksud Anggaran Setelah Geser atau Ket., tulis di bagian [kolom] "
        'pkanalysis.toml: "judul di berkas" = "PAGU".'
    )


def test_a_list_with_all_headings_and_other_contents_says_what_was_looked_for():
    book = Book(Path("a.csv"), {"a": [["Kode"], ["URUSAN", "KODE"]]})
    layout = Layout("rak", "angka X", lambda _: None, None, (Field("k", ("Kode",)), Field("u", ("Urusan",))))
    assert refusal(book, [layout]) == (
        "a.csv tidak dikenali; judul kolomnya seperti Anggaran kas (RAK) per bulan, tetapi isinya tidak: dicari angka X."
    )


def test_a_check_of_the_tables_names_the_cell_and_the_heading_of_the_file(workbook, config):
    rows = [["Rekap"], HEADINGS, [2025, "", "Dinas Uji", *LINE[3:], 5]]
    found = read(workbook("murni.xlsx", {"Data": rows}), config).findings
    assert ("B3", "KODE SKPD") in [(item.place, item.column) for item in found if item.severity == "galat"]


def test_a_layout_named_by_the_user_must_exist_and_fit(workbook, config):
    path = workbook("a.xlsx", {"A": [["Nama"]]})
    with pytest.raises(PkError, match=r"tata letak 'rekap' tidak dikenal; yang dikenal: .*rekap5"):
        read(path, config, layout="rekap")
    with pytest.raises(PkError, match=r"tidak dapat dibaca sebagai rak: dicari .*; ditemukan lembar A"):
        read(path, config, layout="rak")


def test_a_layout_named_by_the_user_is_the_reason(workbook, config):
    headings = ["TAHUN", "KODE SKPD", "NAMA SKPD", "KODE SUB KEGIATAN", "KODE REKENING", "PAGU"]
    rows = [headings, [2025, "X1", "Dinas", "1.01.01.2.06.0009", "5.1.02.04.01.0001", 5]]
    path = workbook("murni.xlsx", {"A": rows})
    assert read(path, config, layout="rekap5").reason == "tata letak disebut oleh pengguna"
    assert read(path, config).reason == "lembar A punya kolom KODE SKPD, KODE SUB KEGIATAN, KODE REKENING dan PAGU"
    assert list(read(path, config).tables["anggaran"].columns) == list(conform("anggaran", pd.DataFrame()).columns)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_no_layout_recognises_an_arbitrary_list(layout, workbook, config):
    book = open_book(workbook("a.xlsx", {"A": [["Nama", "Umur"], ["x", 1]]}))
    assert layout.recognise(book) is None


def test_values_that_the_dictionary_does_not_allow_are_errors():
    frame = pd.DataFrame(
        {"kode_opd": ["A", "B"], "nama_opd": ["a", "b"], "jenis": ["dinas", "kantor"], "baris": [2, 3]}
    )
    (error,) = check("opd", conform("opd", frame), "a.xlsx")
    assert (error.place, error.column, error.value) == ("baris 3", "jenis", "kantor")
    assert "pilih salah satu: sekretariat" in error.remedy


def test_a_required_cell_that_is_missing_many_times_is_one_error_with_the_count():
    frame = pd.DataFrame({"kode_opd": ["A", "B", "C"], "nama_opd": ["", None, "c"], "baris": [2, 3, 4]})
    (error,) = check("opd", conform("opd", frame), "a.xlsx")
    assert error.rule == "wajib diisi (nama resmi) (2 baris)"
