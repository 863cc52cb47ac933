import json

import pytest

from pkanalysis.errors import PkError
from pkanalysis.intake.sheets import cell_name, open_book


def test_rows_and_columns_are_those_of_the_spreadsheet(workbook):
    book = open_book(workbook("a.xlsx", {"Data": [[], [], ["", "", "x"]], "Kosong": []}))
    assert book.sheets["Data"][2][2] == "x"
    assert (book.name, list(book.sheets)) == ("a.xlsx", ["Data", "Kosong"])
    assert cell_name(2, 2) == "C3"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"kode;nama\r\n5.1;Belanja, lain\r\n", [["kode", "nama"], ["5.1", "Belanja, lain"]]),
        (b'\xef\xbb\xbfkode,nama\n5.1,"a\nb"\n', [["kode", "nama"], ["5.1", "a\nb"]]),
        (b"kode\tnama\n5.1\tBel\xe9\n", [["kode", "nama"], ["5.1", "Belé"]]),
    ],
)
def test_csv_of_any_separator_and_encoding(tmp_path, content, expected):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert open_book(path).sheets == {"a": expected}


@pytest.mark.parametrize("wrap", [lambda records: records, lambda records: {"status": "ok", "data": records}])
def test_json_records_become_a_sheet(tmp_path, wrap):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(wrap([{"a": 1, "b": "null"}, {"b": None, "c": "-"}])), encoding="utf-8")
    assert open_book(path).sheets == {"json": [["a", "b", "c"], [1, "null", ""], ["", "", "-"]]}


BAD = {
    "teks.xlsx": b"bukan excel",
    "kunci.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024) + "EncryptedPackage".encode("utf-16-le"),
    "html.xls": b"<html><table><tr><td>1</td></tr></table></html>",
    "kosong.csv": b"",
    "hampa.csv": b";;\n;;\n",
    "rusak.json": b'[{"a": 1',
    "angka.json": b"5",
    "surat.docx": b"PK",
}


@pytest.mark.parametrize(
    ("name", "says"),
    [("teks.xlsx", "simpan ulang"), ("html.xls", "HTML"), ("kosong.csv", "0 byte"), ("hampa.csv", "sel apa pun"),
     ("rusak.json", "bukan JSON"), ("angka.json", "daftar rekaman"), ("surat.docx", "yang dapat dibaca")],
)  # fmt: skip
def test_a_bad_file_is_refused_in_one_sentence(tmp_path, name, says):
    path = tmp_path / name
    path.write_bytes(BAD[name])
    with pytest.raises(PkError, match=says) as refusal:
        open_book(path)
    assert name in str(refusal.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(PkError, match="tidak ada"):
        open_book(tmp_path / "tidak_ada.xlsx")
    with pytest.raises(PkError, match="folder"):
        open_book(tmp_path)


def test_an_empty_workbook_is_refused(workbook):
    with pytest.raises(PkError, match="tidak berisi sel"):
        open_book(workbook("a.xlsx", {"Kosong": []}))
