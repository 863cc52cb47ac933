"""The copy in which an analyst sees what is wrong, and where: nothing in it is changed but colours and comments."""

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Font
from paths import shared

from pkanalysis.errors import PkError
from pkanalysis.intake import findings as listing
from pkanalysis.intake import marked, read
from pkanalysis.intake import marked as drawn
from pkanalysis.intake.book import Book, open_book
from pkanalysis.intake.findings import Finding

HEADINGS = ["TAHUN", "KODE SKPD", "NAMA SKPD", "KODE SUB KEGIATAN", "KODE REKENING", "PAGU"]
LINE = [2025, "1.01", "Dinas Uji", "1.01.02.2.01.0001", "5.1.02.04.01.0001"]
RED, YELLOW, BLUE = "FFFFC7CE", "FFFFEB9C", "FFDDEBF7"


def finding(severity="galat", sheet="Data", place="", column="", rule="pagu harus angka", remedy="tulis angkanya"):
    return Finding(severity, "a.xlsx", sheet, place, column, "", rule, remedy)


def colour(cell):
    return cell.fill.fgColor.rgb if cell.fill.fill_type else None


def coloured(sheet):
    return {cell.coordinate: colour(cell) for row in sheet.iter_rows() for cell in row if colour(cell)}


def copied(tmp_path, source, findings):
    target = tmp_path / "periksa.xlsx"
    said = marked.write(target, source, findings)
    return openpyxl.load_workbook(target), said


def test_cells_are_coloured_by_their_worst_finding_and_say_every_rule(workbook, tmp_path):
    source = workbook("a.xlsx", {"Data": [HEADINGS, [*LINE, "dua"], [*LINE, 3]]})
    found = [
        finding("catatan", place="F2", rule="angka bersen", remedy="tidak perlu diubah"),
        finding("galat", place="F2"),
        finding("peringatan", place="A3"),
    ]
    book, _ = copied(tmp_path, source, found)
    assert coloured(book["Data"]) == {"F2": RED, "A3": YELLOW}
    comment = book["Data"]["F2"].comment
    assert comment.text == (
        "GALAT: pagu harus angka.\nSaran: tulis angkanya.\n\nCATATAN: angka bersen.\nSaran: tidak perlu diubah."
    )
    assert comment.author == "pkanalysis"
    assert open_book(tmp_path / "periksa.xlsx").sheets["Data"] == open_book(source).sheets["Data"]


@pytest.mark.parametrize(
    ("place", "column", "cell"),
    [("baris 3", "PAGU", "F3"), ("baris 3", "Pagu ", "F3"), ("baris 3", "kode_opd", "A3"), ("baris 3", "", "A3"),
     ("blok baris 2 (PAD)", "", "A2"), ("baris 9", "PAGU", "F9"), ("AB77", "", "AB77")],
)  # fmt: skip
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_line_stands_for_the_cell_under_the_heading_or_for_its_first_one(
    workbook, tmp_path, place, column, cell, suffix
):
    source = workbook("a.xlsx", {"Data": [HEADINGS, [*LINE, 2], [*LINE, 3]]})
    if suffix == ".csv":
        source = tmp_path / "a.csv"
        source.write_text("\n".join(";".join(map(str, row)) for row in [HEADINGS, [*LINE, 2], [*LINE, 3]]))
    book, _ = copied(tmp_path, source, [finding(sheet="" if suffix == ".csv" else "Data", place=place, column=column)])
    assert coloured(book.worksheets[1]) == {cell: RED}


def test_the_first_sheet_lists_every_finding_and_leads_to_its_cell(workbook, tmp_path):
    source = workbook("a.xlsx", {"Data": [HEADINGS], "Temuan": [["=punya kantor"]]})
    found = [finding(place="F2", column="=PAGU"), finding(sheet="Temuan"), finding("catatan", sheet="")]
    book, said = copied(tmp_path, source, found)
    assert book.sheetnames == ["Temuan 2", "Data", "Temuan"]
    sheet = book.active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0].startswith("Salinan periksa a.xlsx. Nilai, rumus, format")
    assert rows[0][0].removeprefix("Salinan periksa a.xlsx. ") in said
    assert rows[3] == ["Tingkat", "Berkas", "Lembar", "Tempat", "Kolom", "Nilai", "Aturan", "Saran"]
    assert rows[4] == ["galat", "a.xlsx", "Data", "F2", "=PAGU", None, "pagu harus angka", "tulis angkanya"]
    assert sheet["E5"].data_type == "s"
    links = [sheet.cell(row, 4).hyperlink for row in (5, 6, 7)]
    assert [link and link.location for link in links] == ["'Data'!F2", "'Temuan'!A1", None]
    assert sheet.auto_filter.ref == "A4:H7"
    assert [page.title for page in book.worksheets if page.sheet_view.tabSelected and page is not sheet] == []


@pytest.fixture
def rich(tmp_path):
    """A workbook with everything that an office puts in one."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Rekap O'2025"
    sheet.append(["Judul", None, "=1+1"])
    sheet.append(["kode", 1_234_567.5, "=SUM(B2:B2)"])
    sheet.append(["'=bukan rumus", "5.10", True])
    sheet.merge_cells("A1:B1")
    sheet["B2"].number_format, sheet["B2"].font = "#,##0.00", Font(bold=True, color="FF00FF00")
    sheet["B2"].comment = Comment("catatan kantor", "Bu Rina")
    sheet.column_dimensions["B"].width = 33
    sheet.protection.set_password("rahasia")
    book.security.lockStructure = True
    book.create_sheet("Tersembunyi").sheet_state = "hidden"
    book.save(tmp_path / "kaya.xlsx")
    return tmp_path / "kaya.xlsx"


def test_formatting_formulas_merged_cells_comments_and_protection_survive(rich, tmp_path):
    before = rich.read_bytes()
    found = [finding(sheet="Rekap O'2025", place="B1"), finding("catatan", sheet="Rekap O'2025", place="B2")]
    book, said = copied(tmp_path, rich, found)
    own, copy = openpyxl.load_workbook(rich)["Rekap O'2025"], book["Rekap O'2025"]
    assert [[cell.value for cell in row] for row in copy] == [[cell.value for cell in row] for row in own]
    assert copy.merged_cells.ranges == own.merged_cells.ranges
    assert coloured(copy) == {"A1": RED, "B2": BLUE}
    assert copy["B2"].comment.text.startswith("catatan kantor\n\nCATATAN: pagu harus angka")
    assert (copy["B2"].number_format, copy["B2"].font.b, copy.column_dimensions["B"].width) == ("#,##0.00", True, 33)
    assert copy.protection.sheet
    assert copy.protection.password == own.protection.password
    assert (book.security.lockStructure, book["Tersembunyi"].sheet_state) == (True, "hidden")
    assert book.active["D5"].hyperlink.location == "'Rekap O''2025'!B1"
    assert rich.read_bytes() == before
    assert "rumus" in said


@pytest.mark.parametrize("name", ["deliserdang_e81_evaluasi_renja_2025", "jatim_upt_2025_sebelum_sesudah_efisiensi"])
def test_a_real_workbook_keeps_every_value_and_formula(name, tmp_path):
    source = shared("real", f"{name}.xlsx")
    sheets = list(open_book(source).sheets)
    copy, _ = copied(tmp_path, source, [finding(sheet=sheet, place="C12") for sheet in sheets])
    for sheet in openpyxl.load_workbook(source):
        written = [[getattr(cell.value, "text", cell.value) for cell in row] for row in sheet]
        assert [[getattr(cell.value, "text", cell.value) for cell in row] for row in copy[sheet.title]] == written


def test_a_file_that_is_no_xlsx_is_drawn_from_its_cells_at_their_places(tmp_path):
    source = tmp_path / "rekap [murni] dengan nama yang panjang sekali.csv"
    source.write_text("kode;pagu\n\n=1+1;007\n5.10;dua\n", encoding="utf-8")
    book, said = copied(tmp_path, source, [finding(sheet=source.stem, place="B4")])
    sheet = book.worksheets[1]
    assert sheet.title == "rekap _murni_ dengan nama yang "
    assert [[cell.value for cell in row] for row in sheet] == [
        ["kode", "pagu"], [None, None], ["=1+1", "007"], ["5.10", "dua"],
    ]  # fmt: skip
    assert sheet["A3"].data_type == "s"
    assert coloured(sheet) == {"B4": RED}
    assert sheet["B4"].comment.text == "GALAT: pagu harus angka.\nSaran: tulis angkanya."
    assert book.active["D5"].hyperlink.location == f"'{sheet.title}'!B4"
    assert "format" in said


def test_a_workbook_under_another_suffix_keeps_its_formulas(rich, tmp_path):
    book, said = copied(tmp_path, rich.rename(rich.with_suffix(".xls")), [finding(sheet="Rekap O'2025", place="A1")])
    assert book["Rekap O'2025"]["C2"].value == "=SUM(B2:B2)"
    assert "rumus" in said


def test_a_pdf_gives_the_list_of_its_findings(tmp_path, monkeypatch):
    source = tmp_path / "dpa.pdf"
    source.write_bytes(b"%PDF-1.4")
    monkeypatch.setattr(marked, "open_book", lambda path: Book(path, {"halaman 1": [["5.1.02 Belanja"]]}))
    book, said = copied(tmp_path, source, [finding(sheet="halaman 1", place="baris 1")])
    assert book.sheetnames == ["Temuan"]
    assert [cell.value for cell in book.active[5]][2:4] == ["halaman 1", "baris 1"]
    assert "daftar temuannya" in said


def test_a_workbook_that_openpyxl_does_not_understand_is_drawn(workbook, tmp_path, monkeypatch):
    source = workbook("a.xlsx", {"Data": [HEADINGS, [*LINE, 2.5]]})
    monkeypatch.setattr(marked, "load_workbook", lambda *_, **__: (_ for _ in ()).throw(TypeError("fill")))
    book, said = copied(tmp_path, source, [finding(place="F2")])
    assert [cell.value for cell in book["Data"][2]] == [*LINE, 2.5]
    assert "Hanya isi selnya" in said


def test_of_a_very_big_file_only_the_top_and_the_lines_with_findings_are_copied(workbook, tmp_path, monkeypatch):
    source = workbook("a.xlsx", {"Data": [[number] for number in range(1, 101)]})
    monkeypatch.setattr(marked, "MOST_KEPT", 50)
    monkeypatch.setattr(drawn, "MOST_CELLS", 50)
    book, said = copied(tmp_path, source, [finding(place="A90"), finding(place="C200")])
    written = {cell.row: cell.value for (cell,) in book["Data"].iter_rows(max_col=1) if cell.value is not None}
    assert written == {number: number for number in (*range(1, 61), 90)}
    assert list(coloured(book["Data"])) == ["A90", "C200"]
    assert "terlalu besar" in said


def test_a_file_without_cells_gives_the_list_only(tmp_path):
    source = tmp_path / "rusak.xlsx"
    source.write_bytes(b"PK\x03\x04rusak")
    book, said = copied(tmp_path, source, [finding(sheet="", rule="berkas terpotong\x07")])
    assert book.sheetnames == ["Temuan"]
    assert book.active["G5"].value == "berkas terpotong"
    assert "daftar temuannya" in said


def test_no_file_is_overwritten_and_a_clean_one_not_copied(workbook, tmp_path):
    source = workbook("a.xlsx", {"Data": [HEADINGS]})
    before = source.read_bytes()
    with pytest.raises(PkError, match=r"a\.xlsx sudah ada dan tidak ditimpa"):
        marked.write(source, source, [finding()])
    with pytest.raises(PkError, match=r"harus berakhiran \.xlsx"):
        marked.write(tmp_path / "periksa.ods", source, [finding()])
    with pytest.raises(PkError, match="tidak dapat ditulis"):
        marked.write(source / "x.xlsx", source, [finding()])
    assert source.read_bytes() == before
    assert "tidak punya temuan" in marked.write(tmp_path / "p.xlsx", source, [])
    assert not (tmp_path / "p.xlsx").exists()


CELLS = st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12).filter(lambda words: "_x" not in words),
    st.sampled_from(["=1+1", "'5.10", " spasi ", "a\nb", "007", "TRUE", "#REF!", "https://contoh.invalid"]),
    st.integers(-(10**15), 10**15),
    st.floats(-1e15, 1e15).map(lambda number: float(f"{number:.15g}")),  # the digits that Excel has
    st.booleans(),
)


@settings(max_examples=60)
@given(
    rows=st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=6), limit=st.sampled_from([0, 10**6])
)
def test_no_value_changes_in_either_kind_of_copy(tmp_path_factory, rows, limit):
    """``limit`` makes the copy by openpyxl, or from the cells read.

    Not held: a cell in which somebody typed an escape of XLSX itself (``_x000D_``), which openpyxl takes for one.
    """
    folder = tmp_path_factory.mktemp("acak")
    with xlsxwriter.Workbook(folder / "a.xlsx", listing.PLAIN) as book:
        sheet = book.add_worksheet("Data")
        for number, row in enumerate([["judul"], *rows]):
            sheet.write_row(number, 0, row)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(marked, "MOST_KEPT", limit)
        marked.write(folder / "p.xlsx", folder / "a.xlsx", [finding(place="A1"), finding("catatan", place="B2")])
    assert filled(open_book(folder / "p.xlsx").sheets["Data"]) == filled(open_book(folder / "a.xlsx").sheets["Data"])


def filled(rows):
    """Value and type per filled cell."""
    return {
        (number, column): (cell, type(cell))
        for number, row in enumerate(rows) for column, cell in enumerate(row) if cell != ""
    }  # fmt: skip


def test_many_findings_in_one_cell_stay_readable(workbook, tmp_path):
    source = workbook("a.xlsx", {"Data": [HEADINGS]})
    book, _ = copied(tmp_path, source, [finding(place="A1", rule=f"aturan nomor {n}") for n in range(500)])
    words = book["Data"]["A1"].comment.text
    assert len(words) < 1600
    assert words.endswith("Selengkapnya di lembar daftar temuan.")
    assert book.active.max_row == 504


def test_the_copy_is_read_as_the_file_itself(workbook, tmp_path, config):
    source = workbook("murni.xlsx", {"Data": [HEADINGS, [*LINE, 5_000_000], [*LINE[:4], "5.1.02.xx", 7]]})
    reading = read(source, config, "murni")
    marked.write(tmp_path / "periksa.xlsx", source, reading.findings)
    again = read(tmp_path / "periksa.xlsx", config, "murni")
    assert [item.place for item in again.findings] == [item.place for item in reading.findings]
    for name, frame in reading.tables.items():
        assert again.tables[name].equals(frame)
