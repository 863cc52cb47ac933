import contextlib
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkanalysis.errors import PkError
from pkanalysis.intake import book as excelfile
from pkanalysis.intake.book import SUFFIXES, cell_name, open_book


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
        (b"kode|nama\r5.1|Belanja\r", [["kode", "nama"], ["5.1", "Belanja"]]),
        ("kode\tnama\n5.1\tBelanja\n".encode("utf-16"), [["kode", "nama"], ["5.1", "Belanja"]]),
        (
            b'Judul,APBD,\n"kode,""nama"",pagu"\n"5.1,""Belanja, lain"",7"\n"5.2,""Modal"",8"\n',
            [["Judul", "APBD", ""], ["kode", "nama", "pagu"], ["5.1", "Belanja, lain", "7"], ["5.2", "Modal", "8"]],
        ),
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
    "kosong.csv": b"",
    "hampa.csv": b";;\n;;\n",
    "rusak.json": b'[{"a": 1',
    "angka.json": b"5",
    "surat.docx": b"PK",
}


@pytest.mark.parametrize(
    ("name", "says"),
    [("teks.xlsx", "simpan ulang"), ("kosong.csv", "0 byte"), ("hampa.csv", "sel apa pun"),
     ("rusak.json", "bukan JSON"), ("angka.json", "daftar rekaman"), ("surat.docx", "yang dapat dibaca")],
)  # fmt: skip
def test_a_bad_file_is_refused_in_one_sentence(tmp_path, name, says):
    path = tmp_path / name
    path.write_bytes(BAD[name])
    with pytest.raises(PkError, match=says) as refusal:
        open_book(path)
    assert name in str(refusal.value)


def test_a_spreadsheet_that_is_html_or_text_is_read_by_its_content(tmp_path):
    page = tmp_path / "Laporan Realisasi é.xls"
    page.write_text("<html><table><tr><td rowspan=2>A<td>1<tr><td>2</table>", encoding="utf-8")
    assert open_book(page).sheets == {"tabel 1": [["A", "1"], ["", "2"]]}
    page.write_text("kode\tpagu\n5.1\t7\n", encoding="utf-8")
    assert open_book(page).sheets == {page.stem: [["kode", "pagu"], ["5.1", "7"]]}


@pytest.mark.parametrize("suffix", [".csv", ".xls", ".xlsb", ".ods"])
def test_a_workbook_is_read_whatever_its_suffix(workbook, suffix):
    path = workbook("a.xlsx", {"Data": [["x"]]})
    assert open_book(path.rename(path.with_suffix(suffix))).sheets == {"Data": [["x"]]}


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "bom.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/sheet.xml", "w") as sheet:
        for _ in range(20):
            sheet.write(bytes(2**20))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(excelfile, "MOST_BYTES", 2**24)
        with pytest.raises(PkError, match=r"bom.xlsx menjadi 0.0 GiB bila dibuka"):
            open_book(path)


def test_a_stray_cell_far_away_is_refused_before_memory_is_taken(workbook):
    far = [[] for _ in range(1_048_575)]
    with pytest.raises(PkError, match=r"luas.* 16777216000 sel|seluas \d+ sel"):
        open_book(workbook("jauh.xlsx", {"Data": [["x"], *far[1:], [*[""] * 100, "y"]]}))


@pytest.mark.parametrize("share", [0.05, 0.5, 0.9, 0.999])
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_truncated_workbook_is_refused_in_one_sentence(workbook, share, suffix):
    path = workbook("potong.xlsx", {"Data": [["kode", number] for number in range(2000)]})
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    path = path.rename(path.with_suffix(suffix))
    with pytest.raises(PkError, match="terpotong"):
        open_book(path)


def test_a_file_that_may_not_be_read_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "kunci.csv"
    path.write_text("a,b", encoding="utf-8")
    monkeypatch.setattr(type(path), "open", lambda *_: (_ for _ in ()).throw(PermissionError(13, "ditolak")))
    with pytest.raises(PkError, match=r"kunci.csv tidak dapat dibuka \(ditolak\)"):
        open_book(path)


@given(content=st.binary(min_size=1, max_size=300), suffix=st.sampled_from(SUFFIXES))
def test_no_content_ends_in_anything_but_a_book_or_a_sentence(tmp_path_factory, content, suffix):
    path = tmp_path_factory.mktemp("acak") / f"acak{suffix}"
    path.write_bytes(content)
    with contextlib.suppress(PkError):
        assert open_book(path).sheets


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(PkError, match="tidak ada"):
        open_book(tmp_path / "tidak_ada.xlsx")
    with pytest.raises(PkError, match="folder"):
        open_book(tmp_path)


def test_an_empty_workbook_is_refused(workbook):
    with pytest.raises(PkError, match="tidak berisi sel"):
        open_book(workbook("a.xlsx", {"Kosong": []}))
