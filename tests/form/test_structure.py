from dataclasses import replace

import openpyxl
import pytest
from form.invented import MADE

from pkanalysis.intake.book import open_book
from pkanalysis.intake.layouts import form
from pkanalysis.intake.layouts.form.layout import SHEETS
from pkanalysis.tables import TABLES
from pkanalysis.vocabulary import LABELS

NAMES = ["0_PETUNJUK", *(sheet.name for sheet in SHEETS), "9_PERIKSA", "REF"]
YELLOW, GREY, GREEN = "FFFFF6C2", "FFEDEDED", "FFDDF0DC"


@pytest.fixture
def opened(written, tables):
    return openpyxl.load_workbook(written(tables(3)))


@pytest.fixture
def blank(tmp_path, config):
    path = tmp_path / "blank.xlsx"
    form.write_blank(path, config, 2025, "TW3", MADE)
    return path


def yellow_headings(page, row):
    return [page.cell(5, cell.column).value for cell in page[row] if cell.fill.fgColor.rgb == YELLOW]


def test_sheets_marker_headings_and_example(opened):
    assert opened.sheetnames == NAMES
    for page in opened:
        assert [page[f"A{row}"].value for row in (1, 2, 3)] == [
            "Templat isian pkanalysis versi 1", "Periode: TW III 2025", "Dibuat: 9 Oktober 2025",
        ]  # fmt: skip
        assert not page.merged_cells.ranges
    for sheet in SHEETS:
        page = opened[sheet.name]
        labels = ["Uraian", "Isian", "Contoh", "Keterangan"] if sheet.is_upright else [f.label for f in sheet.fields]
        assert [cell.value for cell in page[5]] == labels
        assert page["A6"].value == "CONTOH"
        assert page["A6"].font.italic
        assert page.freeze_panes is not None
        assert page.page_setup.orientation == "landscape"
        assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (None, 0)


def test_only_yellow_cells_are_open_and_every_sheet_is_protected(opened):
    for page in opened:
        assert page.protection.sheet
        for row in page.iter_rows(min_row=7):
            for cell in row:
                assert cell.protection.locked == (cell.fill.fgColor.rgb != YELLOW), f"{page.title} {cell.coordinate}"


def test_what_the_opd_fills_in_is_yellow(opened):
    assert yellow_headings(opened["2_INDIKATOR"], 7) == ["Usulan koreksi"]
    assert yellow_headings(opened["4_REALISASI"], 7) == [
        "Realisasi (angka)", "Realisasi (huruf/ predikat)", "Status data", "Sumber data", "Tanggal data",
        "Bukti dukung (nama berkas/ tautan)",
    ]  # fmt: skip
    assert yellow_headings(opened["8_PERUBAHAN_ANGGARAN"], 7) == ["Sebab", "Penjelasan", "Memengaruhi target?"]
    target = opened["3_TARGET"]
    rows = {row: target.cell(row, 4).value for row in range(7, target.max_row + 1)}
    assert {row for row in rows if yellow_headings(target, row)} == {
        row for row, document in rows.items() if document == "PK Perubahan"
    }


def test_lists_are_named_ranges_on_a_hidden_sheet(opened):
    assert opened["REF"].sheet_state == "hidden"
    for name in opened.defined_names.values():
        ((sheet, area),) = name.destinations
        assert sheet == "REF"
        assert all(cell.value for (cell,) in opened["REF"][area]), name.name
    used = set()
    for page in opened:
        for rule in page.data_validations.dataValidation:
            assert rule.error
            assert rule.errorTitle
            if rule.type == "list":
                used.add(rule.formula1)
    assert used <= set(opened.defined_names)
    assert {"DAFTAR_STATUS", "DAFTAR_SEBAB", "DAFTAR_ALASAN", "DAFTAR_POLARITAS"} <= used


def test_every_entry_with_a_list_is_guarded(opened):
    page = opened["4_REALISASI"]
    by_column = {str(rule.sqref)[0]: rule for rule in page.data_validations.dataValidation}
    assert by_column["L"].formula1 == "DAFTAR_STATUS"
    assert by_column["I"].type == "decimal"
    assert by_column["N"].type == "date"
    assert "75,5" in by_column["I"].error


def test_formulas_need_nothing_newer_than_excel_2010(blank):
    for page in openpyxl.load_workbook(blank):
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert isinstance(cell.value, str), f"{page.title} {cell.coordinate} is an array formula"
                    assert not any(word in cell.value for word in ("_xlfn", "LET(", "XLOOKUP", "FILTER(", "INDIRECT"))


def test_grey_cells_hold_values_not_formulas(opened):
    page = opened["4_REALISASI"]
    cells = {page.cell(5, cell.column).value: cell.value for cell in page[8]}
    assert cells["Target s.d. TW ini"] == 80.5 + 1 - 2
    assert cells["Realisasi TW lalu"] == pytest.approx(10.1 * 2 + 1)
    assert cells["Realisasi TW sama tahun lalu"] == pytest.approx(10.1 * 3 + 1)
    assert cells["Arah"] == "Makin rendah makin baik"
    sums = [page.cell(row, 22).value for row in (7, 8, 9)]
    assert sums == [pytest.approx(10.1 + 20.2), None, None]  # only the first is added up over quarters


def test_a_text_that_begins_with_an_equals_sign_is_text(opened):
    cell = opened["2_INDIKATOR"]["D7"]
    assert (cell.value, cell.data_type) == ("=SUM(A1) bukan rumus", "s")


def test_check_page_counts_over_all_rows(written, tables):
    page = openpyxl.load_workbook(written(tables(60)))["9_PERIKSA"]
    assert page["A6"].value.startswith('=IF(COUNTIF($C$7:$C$21,"Lengkapi")=0,"SIAP DIKIRIM","BELUM LENGKAP: "&')
    counts = {page.cell(row, 1).value: page.cell(row, 2).value for row in range(7, 22)}
    assert counts["Indikator yang harus dilaporkan"] == "=COUNTIF('4_REALISASI'!$A$7:$A$66,\"?*\")"
    assert page["A22"].value is None


def test_sample_says_so_on_every_sheet_and_in_the_name(written, tables, config):
    path = written(tables(1), config=replace(config, jenis="contoh"))
    assert path.name == "ISIAN_2025_TW3_DINUJI_CONTOH.xlsx"
    assert {page["A4"].value for page in openpyxl.load_workbook(path)} == {"DATA CONTOH — bukan data resmi"}


def test_real_data_does_not_say_sample(opened):
    assert not any(page["A4"].value for page in opened)


def test_blank_workbook_is_yellow_and_reads_as_nothing_but_its_period(blank, read):
    book = openpyxl.load_workbook(blank)
    identity = {row[0].value: row[1] for row in book["1_IDENTITAS"].iter_rows(min_row=7)}
    assert identity["Nama OPD"].fill.fgColor.rgb == YELLOW
    assert (identity["Tahun"].value, identity["Tahun"].fill.fgColor.rgb) == (2025, GREY)
    assert book["2_INDIKATOR"]["A46"].fill.fgColor.rgb == YELLOW
    assert book["4_REALISASI"]["B7"].fill.fgColor.rgb == GREEN
    reading = read(open_book(blank))
    assert [item.rule for item in reading.findings] == ["Kode OPD kosong"]
    assert reading.slices == ()
    assert {name for name, frame in reading.tables.items() if len(frame)} == {"opd"}


def test_programmes_get_no_room_where_sipd_is_there(written, tables):
    have = tables(1)
    row = {"kode_opd": have["opd"]["kode_opd"], "tahun": 2025, "tahap": "murni", "pagu_rp": 1}
    row |= {"kode_sub_kegiatan": "9.99.01.2.01.0001", "nama_sub_kegiatan": "Layanan uji"}
    budget = TABLES["anggaran"].names
    have["anggaran"] = have["opd"].assign(**row).reindex(columns=budget)
    book = openpyxl.load_workbook(written(have))
    assert book["6_PROGRAM"].max_row == 6
    assert book["8_PERUBAHAN_ANGGARAN"]["B7"].value == "Layanan uji"


def test_due_date_and_contact_come_from_the_calendar(written, tables, config):
    calendar = {"batas_isian": {"TW3": MADE}, "narahubung": "Bidang PPEPD"}
    page = openpyxl.load_workbook(written(tables(1), config=replace(config, kalender=calendar)))["0_PETUNJUK"]
    lines = {row[0].value: row[1].value for row in page.iter_rows(min_row=5)}
    assert (lines["Tanggal batas"], lines["Narahubung Bappeda"]) == ("9 Oktober 2025", "Bidang PPEPD")


def test_no_personal_data_is_asked_for():
    asked = " ".join(field.label.casefold() for sheet in SHEETS for field in sheet.fields)
    assert not any(word in asked.split() for word in ("nip", "telepon", "hp", "email", "e-mail", "nik"))


ALLOWED = {(name, column.name): column.allowed for name, table in TABLES.items() for column in table.columns}
LISTS = [
    (sheet.table, field.name, field.choices)
    for sheet in SHEETS
    for field in sheet.entries
    if ALLOWED.get((sheet.table, field.name))
]


@pytest.mark.parametrize(("table", "column", "choices"), LISTS)
def test_lists_hold_exactly_what_the_dictionary_allows(table, column, choices):
    words = LABELS[choices]
    assert set(words) == set(ALLOWED[table, column])
    assert len({word.casefold() for word in words.values()}) == len(words)


def test_every_column_of_the_dictionary_is_in_the_workbook():
    filled = {"kode_opd", "tahun", "periode", "id_berkas", "lembar", "baris"}
    filled |= {"capaian_tercetak"}  # printed in documents that are imported; the workbook computes its own
    for sheet in SHEETS:
        if sheet.table and sheet.table != "target":
            missing = set(TABLES[sheet.table].names) - {field.name for field in sheet.entries} - filled
            assert not missing, f"{sheet.name}: {missing}"
