import pandas as pd
import pytest

from pkanalysis.errors import PkError
from pkanalysis.intake import LAYOUTS, read
from pkanalysis.intake.checks import check
from pkanalysis.intake.sheets import open_book
from pkanalysis.tables import conform


def test_a_file_of_no_known_layout_says_what_was_looked_for_and_found(workbook, config):
    rows = [["Judul"], ["Nama", "Umur", "Kota"], ["Budi", "40", "Contoh", "rahasia"]]
    with pytest.raises(PkError) as refusal:
        read(workbook("a.xlsx", {"Belanja": rows}), config)
    said = str(refusal.value)
    assert "lembar Belanja berisi Nama, Umur, Kota" in said
    assert all(layout.title in said for layout in LAYOUTS)
    assert "Budi" not in said
    assert "\n" not in said


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
    assert (
        read(path, config).reason == "lembar A punya kolom TAHUN, KODE SKPD, KODE SUB KEGIATAN, KODE REKENING dan PAGU"
    )
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
