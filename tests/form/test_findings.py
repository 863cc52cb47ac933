import pytest

from pkanalysis.intake.book import Book
from pkanalysis.intake.checks import check
from pkanalysis.intake.layouts import form
from pkanalysis.intake.layouts.form.layout import BY_NAME

REAL, HISTORY, TARGET, INDICATOR = "4_REALISASI", "4b_RIWAYAT", "3_TARGET", "2_INDIKATOR"


def type_into(book, sheet, field, value, row=7):
    """Type ``value`` into a field's cell and give the cell's name."""
    column = BY_NAME[sheet].position(field)
    rows = book.sheets[sheet]
    rows += [[""] * len(BY_NAME[sheet].fields) for _ in range(row - len(rows))]
    rows[row - 1][column] = value
    return f"{chr(65 + column)}{row}"


def at(reading, place):
    return [finding for finding in reading.findings if finding.place == place]


@pytest.mark.parametrize(
    ("sheet", "field", "value", "rule", "remedy"),
    [
        (REAL, "nilai", "75,5 %", "harus berupa angka", "kosongkan bila belum ada"),
        (REAL, "nilai", "± 75", "harus berupa angka", "tanpa %"),
        (REAL, "nilai", "70-80 BB", "harus berupa angka", "tanpa %"),
        (REAL, "nilai", True, "harus berupa angka", "tanpa %"),
        (REAL, "tanggal_data", "akhir September", "harus berupa tanggal", "30/09/2025"),
        (REAL, "status", "Kira-kira", "tidak ada dalam daftar", "Final, Sementara, Menunggu rilis"),
        (TARGET, "tahunan", "80 persen", "harus berupa angka", "tulis angkanya"),
        (TARGET, "ke", 1.5, "bilangan bulat", "2025"),
        (TARGET, "dokumen", "Kontrak", "tidak ada dalam daftar", "RPJMD, RPD, Renstra"),
        (TARGET, "alasan_perubahan", "iseng", "tidak ada dalam daftar", "Efisiensi anggaran"),
        (INDICATOR, "polaritas", "Naik", "tidak ada dalam daftar", "Makin tinggi makin baik"),
        ("5_PERJANJIAN", "tahap_pagu_dasar", "APBD-P", "tidak ada dalam daftar", "DPA murni, Pergeseran, DPPA"),
        ("8_PERUBAHAN_ANGGARAN", "pagu_sesudah_rp", 10.5, "rupiah bulat", "tanpa sen"),
        ("8_PERUBAHAN_ANGGARAN", "memengaruhi_target", "mungkin", "tidak ada dalam daftar", "Ya, Tidak"),
        (REAL, "kode_indikator", "U-99", "tidak ada di lembar 2_INDIKATOR", "tambahkan indikatornya"),
        (HISTORY, "kode_indikator", "U-99", "tidak ada di lembar 2_INDIKATOR", "perbaiki kodenya"),
        ("7_ANALISIS", "kode_indikator", "", "Kode indikator kosong", "kosongkan seluruh baris"),
    ],
)
def test_an_error_names_its_cell_rule_and_remedy(book, read, sheet, field, value, rule, remedy):
    place = type_into(book, sheet, field, value)
    (finding,) = [found for found in at(read(book), place) if found.sheet == sheet]
    assert finding.severity == "galat"
    assert finding.value == str(value)
    assert rule in finding.rule
    assert remedy in finding.remedy
    assert read(book).has_errors


@pytest.mark.parametrize(
    ("typed", "place", "rule", "stored"),
    [
        ({"status": ""}, "status", "dianggap Sementara", "sementara"),
        ({"status": "Menunggu rilis"}, "status", "tidak sejalan dengan adanya nilai 30.3", "menunggu_rilis"),
        ({"status": "Tidak terukur tahun ini"}, "status", "tidak sejalan", "tidak_terukur"),
        ({"nilai": "", "nilai_huruf": "", "status": "Final"}, "nilai", "nilai kosong padahal", "final"),
        ({"sumber": ""}, "sumber", "sumber kosong padahal ada nilai", "final"),
        ({"nilai": 0.3}, "nilai", "mungkin ditulis dengan tanda %", "final"),
    ],
)
def test_a_warning_keeps_the_row(book, read, typed, place, rule, stored):
    for field, value in typed.items():
        cell = type_into(book, REAL, field, value)
        if field == place:
            where = cell
    reading = read(book)
    (finding,) = at(reading, where)
    assert (finding.severity, reading.has_errors) == ("peringatan", False)
    assert rule in finding.rule
    rows = reading.tables["realisasi"].set_index(["kode_indikator", "tahun", "periode"])
    assert rows.loc[("U-00", 2025, "TW3"), "status"] == stored


@pytest.mark.parametrize(("low", "high", "is_refused"), [(80, 70, True), (70, 80, False), (75, 75, False)])
def test_a_range_goes_upwards(book, read, low, high, is_refused):
    type_into(book, TARGET, "TW2", low)
    place = type_into(book, TARGET, "TW2_atas", high)
    found = [(item.severity, item.rule) for item in at(read(book), place) if item.sheet == TARGET]
    assert found == ([("galat", f"batas atas kurang dari batas bawah {low}")] if is_refused else [])


def test_a_row_with_neither_value_nor_status_is_left_out_and_said(book, read):
    for field in ("nilai", "nilai_huruf", "status"):
        place = type_into(book, REAL, field, "")
    reading = read(book)
    assert "tidak disimpan" in at(reading, place)[0].rule
    assert len(reading.tables["realisasi"]) == 11 + 10 + 11 - 1


def test_an_untouched_row_is_neither_stored_nor_a_finding(book, read):
    for field in ("nilai", "nilai_huruf", "status", "sumber", "tanggal_data", "bukti"):
        type_into(book, REAL, field, "")
    reading = read(book)
    assert reading.findings == []
    assert len(reading.tables["realisasi"]) == 11 + 10 + 11 - 1


def test_blank_dash_and_zero_stay_apart(book, read):
    type_into(book, REAL, "nilai", 0.0, 7)
    type_into(book, REAL, "nilai", "-", 8)
    type_into(book, REAL, "nilai", "  ", 9)
    rows = read(book).tables["realisasi"]
    now = rows[(rows["tahun"] == 2025) & (rows["periode"] == "TW3")]["nilai"]
    assert now.iloc[0] == 0
    assert now.iloc[1:].isna().all()


@pytest.mark.parametrize("word", ["final", " FINAL ", "Final", "menunggu rilis", "Menunggu  Rilis", "menunggu_rilis"])
def test_a_word_of_a_list_is_understood_in_any_case(book, read, word):
    type_into(book, REAL, "status", word)
    assert [item for item in read(book).findings if item.severity == "galat"] == []


@pytest.mark.parametrize(
    ("sheet", "fields", "table"),
    [
        (INDICATOR, ("kode_indikator",), "indikator"),
        (TARGET, ("kode_indikator", "tahun", "dokumen", "ke"), "target"),
        (REAL, ("kode_indikator",), "realisasi"),
        ("2b_KAITAN", ("kode_indikator", "kode_induk"), "kaskade"),
    ],
)
def test_a_repeated_key_is_an_error(book, read, sheet, fields, table):
    for field in fields:
        type_into(book, sheet, field, book.sheets[sheet][6][BY_NAME[sheet].position(field)], 8)
    found = check(table, read(book).tables[table], book.name)
    assert {(item.severity, item.sheet, item.place) for item in found} == {("galat", sheet, "baris 8")}


def test_this_period_written_once_more_into_the_history_is_an_error(book, read):
    type_into(book, HISTORY, "tahun", 2025.0)
    type_into(book, HISTORY, "periode", "TW III")
    assert "sudah ada" in check("realisasi", read(book).tables["realisasi"], book.name)[0].rule


def test_another_version_is_refused_and_both_versions_named(book, read):
    for rows in book.sheets.values():
        rows[0][0] = "Templat isian pkanalysis versi 0"
    reading = read(book)
    assert reading.tables == {}
    assert reading.slices == ()
    assert "versi templat 0" in reading.findings[0].rule
    assert "versi 1" in reading.findings[0].rule


def test_a_sheet_of_another_period_is_refused(book, read):
    book.sheets[TARGET][1][0] = "Periode: TW II 2025"
    (finding,) = read(book).findings
    assert (finding.sheet, finding.place) == (TARGET, "A1")
    assert "Periode: TW III 2025" in finding.rule


def test_a_missing_sheet_or_marker_is_refused(book, read):
    del book.sheets[HISTORY]
    book.sheets[TARGET][1][0] = ""
    assert {(item.sheet, item.rule) for item in read(book).findings} == {
        (HISTORY, "lembar ini tidak ada"),
        (TARGET, "penanda templat di A1-A3 hilang atau diubah"),
    }


def test_a_changed_heading_is_named(book, read):
    book.sheets[REAL][4][BY_NAME[REAL].position("status")] = "Keadaan"
    (finding,) = [item for item in read(book).findings if "judul kolom" in item.rule]
    assert (finding.sheet, finding.place, finding.column) == (REAL, "baris 5", "Status data")


def test_columns_are_found_by_heading_not_by_position(book, read):
    before = read(book).tables["realisasi"]
    book.sheets[REAL][:] = [row[:1] + row[:0:-1] for row in book.sheets[REAL]]
    assert read(book).tables["realisasi"].equals(before)


def test_year_and_period_of_the_identity_must_be_the_markers(book, read):
    book.sheets["1_IDENTITAS"][14][1] = 2024.0
    (finding,) = read(book).findings
    assert (finding.place, finding.column, finding.value) == ("B15", "Tahun", "2024")


def test_a_period_named_by_the_user_must_be_the_workbooks(book, read):
    assert not read(book, "TW3").has_errors
    assert "bukan TW II" in read(book, "TW2").findings[0].rule


def test_a_document_without_any_target_is_said(book, read):
    for field in ("tahunan", "TW1", "TW2", "TW3", "TW4", "TW2_huruf"):
        type_into(book, TARGET, field, "")
    reading = read(book)
    assert (at(reading, "G7")[0].severity, len(reading.tables["target"])) == ("peringatan", 40)


@pytest.mark.parametrize("field", ["dokumen", "ke", "tahun"])
def test_a_target_without_its_key_is_an_error_not_a_lost_row(book, read, field):
    type_into(book, TARGET, field, "")
    target = read(book).tables["target"]
    assert len(target) == 45
    assert {(item.severity, item.column) for item in check("target", target, book.name)} == {("galat", field)}


def test_a_wish_for_correction_is_passed_on(book, read):
    place = type_into(book, INDICATOR, "usulan_koreksi", "satuan seharusnya indeks")
    (finding,) = at(read(book), place)
    assert (finding.severity, finding.value) == ("catatan", "satuan seharusnya indeks")
    assert "U-00" in finding.rule


def test_programmes_that_are_not_read_are_said(book, read):
    type_into(book, "6_PROGRAM", "kode", "9.99.01")
    (finding,) = read(book).findings
    assert (finding.severity, finding.place) == ("catatan", "A7")
    assert "belum dibaca" in finding.rule


def test_other_files_are_not_recognised(book):
    assert form.LAYOUT.recognise(book).startswith("lembar 0_PETUNJUK")
    assert form.LAYOUT.recognise(Book(book.path, {"Data": [["Kode", "Nama"]], "Kosong": []})) is None


def test_a_direction_against_the_name_a_target_of_nought_and_twins_are_told_at_their_cells(book, read):
    assert read(book).findings == []
    type_into(book, INDICATOR, "nama_indikator", "Angka kemiskinan", 7)
    nought = type_into(book, TARGET, "tahunan", 0, 7)
    type_into(book, INDICATOR, "nama_indikator", "Panjang jalan", 8)
    type_into(book, INDICATOR, "nama_indikator", " panjang  Jalan", 9)
    polarity = f"{chr(65 + BY_NAME[INDICATOR].position('polaritas'))}7"
    value = f"{chr(65 + BY_NAME[REAL].position('nilai'))}9"
    found = {(item.sheet, item.place): item for item in read(book).findings}
    assert set(found) == {(INDICATOR, polarity), (TARGET, nought), (REAL, value)}
    assert {item.severity for item in found.values()} == {"peringatan"}
    assert found[INDICATOR, polarity].rule == "arah tampak terbalik untuk Angka kemiskinan"
    assert "target 0" in found[TARGET, nought].rule
    assert found[REAL, value].rule == "nama indikatornya sama dengan U-01, yang nilainya 31,3"


def test_twins_with_one_value_and_a_quarter_of_nought_are_no_finding(book, read):
    for row in (8, 9):
        type_into(book, INDICATOR, "nama_indikator", "Panjang jalan", row)
        type_into(book, REAL, "nilai", 5, row)
    type_into(book, TARGET, "TW1", 0, 7)
    assert read(book).findings == []


def test_an_indicator_whose_row_was_taken_out_is_told(book, read):
    assert read(book).findings == []
    del book.sheets[REAL][8]
    (told,) = read(book).findings
    assert (told.severity, told.sheet, told.place, told.value) == ("peringatan", INDICATOR, "A9", "U-02")
    assert "tidak ada di lembar 4_REALISASI" in told.rule


def test_an_indicator_that_ended_earlier_needs_no_row(book, read):
    del book.sheets[REAL][8]
    type_into(book, INDICATOR, "berlaku_sampai", 2024.0, 9)
    assert read(book).findings == []
