"""Recaps of other offices: abbreviated headings, signatures, sheets that repeat or are of a stage each, units, codes."""

import csv
import io
import json

import pytest
import xlsxwriter

from pkanalysis.intake import read

OPD, OTHER = "1.01.2.22.0.00.01.0000", "1.02.0.00.0.00.01.0000"
TRAVEL, PENS, CHAIR = "5.1.02.04.01.0001", "5.1.02.01.01.0024", "5.2.02.05.02.0001"
PLAIN = ["TAHUN", "KODE SKPD", "NAMA SKPD", "KODE SUB KEGIATAN", "NAMA SUB KEGIATAN", "KODE REKENING", "NAMA REKENING",
         "PAGU"]  # fmt: skip
BLANK = [""] * len(PLAIN)


def row(account, pagu, opd=OPD, name="Dinas Pendidikan"):
    return [2025, opd, name, "1.01.01.2.06.0009", "Rapat", account, "Belanja", pagu]


LINES = [row(TRAVEL, 1_000_000), row(PENS, 2_500_000), row(CHAIR, 4_000_000)]
OTHERS = [row(code, pagu, OTHER, "Dinas Kesehatan") for code, pagu in ((TRAVEL, 600_000), (PENS, 900_000))]
ALL = {(OPD, TRAVEL): 1_000_000, (OPD, PENS): 2_500_000, (OPD, CHAIR): 4_000_000}
BOTH = ALL | {(OTHER, TRAVEL): 600_000, (OTHER, PENS): 900_000}


def at(column, words):
    return [words if place == column else "" for place in range(len(PLAIN))]


def sums(reading, *keys):
    return reading.tables["anggaran"].groupby(list(keys or ("kode_opd", "kode_rekening")))["pagu_rp"].sum().to_dict()


def doubts(reading):
    return [item.sentence for item in reading.findings if item.severity != "catatan"]


@pytest.mark.parametrize(
    ("known", "written"),
    [
        ("KODE SKPD", "Kd. SKPD"), ("KODE SKPD", "Kode OPD/SKPD"), ("KODE SKPD", "Kode Satker"),
        ("NAMA SKPD", "Nm OPD"), ("NAMA SKPD", "Nama Satuan Kerja"), ("KODE SUB KEGIATAN", "Kode Sub Keg."),
        ("KODE SUB KEGIATAN", "kode_subkegiatan"), ("KODE REKENING", "Kode Akun Belanja"),
        ("KODE REKENING", "Kode Rek. Belanja"), ("KODE REKENING", "Kode Sub Rincian Obyek"), ("TAHUN", "Thn."),
        ("PAGU", "PAGU 2025"), ("PAGU", "Pagu TA 2025 (Rp)"), ("PAGU", "Jml Anggaran"), ("PAGU", "PAGU\nDPA"),
        ("PAGU", "Nilai Rincian"), ("PAGU", "Pagu Murni"),
    ],
)  # fmt: skip
def test_a_heading_may_be_abbreviated(workbook, config, known, written):
    heads = [written if name == known else name for name in PLAIN]
    reading = read(workbook("murni.xlsx", {"Isi": [heads, *LINES]}), config)
    assert (reading.layout, sums(reading), doubts(reading)) == ("rekap5", ALL, [])


def test_two_columns_that_differ_in_their_year_only_are_no_pagu(workbook, config):
    rows = [[*PLAIN[:-1], "PAGU 2024", "PAGU"], *([*line[:-1], 1, line[-1]] for line in LINES)]
    assert sums(read(workbook("murni.xlsx", {"Isi": rows}), config)) == ALL


@pytest.mark.parametrize("column", range(len(PLAIN)))
def test_a_signature_under_any_column_is_no_line(workbook, config, column):
    words = ["Kota Uji, 2 Januari 2025", "Kepala BPKAD,", "NAMA PEJABAT, S.E.", "NIP. 19700101 199003 1 001",
             "197001011990031001"]  # fmt: skip
    signed = [PLAIN, *LINES, BLANK, *(at(column, line) for line in words)]
    reading = read(workbook("murni.xlsx", {"Isi": signed}), config)
    assert (sums(reading), doubts(reading)) == (ALL, [])


def test_headings_titles_and_numbers_of_a_new_page_are_no_lines(workbook, config):
    top = ["TAHUN", "SKPD", "", "SUB KEGIATAN", "", "REKENING", "", "PAGU"]
    heads = [top, ["", *["KODE", "NAMA"] * 3, ""], list(range(1, 9))]
    rows = [["REKAP"], *heads, *LINES[:2], [], ["REKAP"], ["Halaman 2 dari 2"], *heads, LINES[2]]
    reading = read(workbook("murni.xlsx", {"Isi": rows}), config)
    assert (sums(reading), doubts(reading)) == (ALL, [])


def test_a_total_per_office_that_has_no_code_is_held_against_its_lines(workbook, config):
    first, second, whole = (
        [*at(2, words)[:-1], total]
        for words, total in (("JUMLAH Dinas Pendidikan", 7_500_000), ("JUMLAH Dinas Kesehatan", 1_500_000), ("TOTAL", 9_000_000))
    )  # fmt: skip
    rows = [PLAIN, *LINES, first, *OTHERS, second, whole]
    assert doubts(read(workbook("murni.xlsx", {"Isi": rows}), config)) == []
    rows[3] = row(CHAIR, 4_000_001)
    places = [item.place for item in read(workbook("murni.xlsx", {"Isi": rows}), config).findings]
    assert {"H5", "H9"} <= set(places)


def test_a_sheet_per_office_beside_all_of_them_is_not_counted_again(workbook, config):
    sheets = {"Semua": [PLAIN, *LINES, *OTHERS], "Disdik": [PLAIN, *LINES], "Dinkes": [PLAIN, *OTHERS]}
    reading = read(workbook("murni.xlsx", sheets), config)
    assert (sums(reading), doubts(reading)) == (BOTH, [])
    notes = [(item.sheet, item.rule) for item in reading.findings]
    assert notes == [
        ("Disdik", "semua 3 baris lembar ini juga ada di lembar Semua, sehingga tidak disimpan lagi"),
        ("Dinkes", "semua 2 baris lembar ini juga ada di lembar Semua, sehingga tidak disimpan lagi"),
    ]


def test_a_few_lines_that_another_sheet_has_too_are_told(workbook, config, severities):
    sheets = {"A": [PLAIN, *LINES], "B": [PLAIN, LINES[2], *OTHERS]}
    reading = read(workbook("murni.xlsx", sheets), config)
    (warning,) = severities(reading, "peringatan")
    assert (warning.sheet, warning.place) == ("B", "baris 2")
    assert "1 baris sama persis dengan baris di lembar lain" in warning.rule


def test_sheets_of_two_years_are_refused(workbook, config, severities):
    sheets = {"A": [PLAIN, *LINES], "B": [PLAIN, *([2024, *line[1:]] for line in LINES)]}
    reading = read(workbook("murni.xlsx", sheets), config)
    (error,) = severities(reading, "galat")
    assert ("lebih dari satu tahun" in error.rule, reading.tables) == (True, {})


def test_a_sheet_per_stage_is_read_as_its_stage(workbook, config):
    later = [row(TRAVEL, 500_000), *LINES[1:]]
    path = workbook("rekap5_2025.xlsx", {"APBD Murni": [PLAIN, *LINES], "Pergeseran": [PLAIN, *later]})
    reading = read(path, config)
    assert sums(reading, "tahap") == {"murni": 7_500_000, "pergeseran": 7_000_000}
    assert ([piece.stage for piece in reading.slices], doubts(reading)) == (["murni", "pergeseran"], [])


def test_the_heading_of_the_pagu_names_the_stage(workbook, config, severities):
    path = workbook("rekap_2025.xlsx", {"Isi": [[*PLAIN[:-1], "PAGU PERGESERAN"], *LINES]})
    assert read(path, config).slices[0].stage == "pergeseran"
    (warning,) = severities(read(path, config, "murni"), "peringatan")
    assert "judul kolom menyebut tahap pergeseran" in warning.rule


@pytest.mark.parametrize(
    ("above", "heading", "below"),
    [
        ("Satuan: Ribu Rupiah", "PAGU", ""), ("Dalam Rp 000", "PAGU", ""), ("(dalam Rp1.000,00)", "PAGU", ""),
        ("", "PAGU (000)", ""), ("", "PAGU (x Rp1.000)", ""), ("", "PAGU", "Catatan: angka dalam ribuan rupiah"),
    ],
)  # fmt: skip
def test_thousands_are_named_in_many_ways(workbook, config, above, heading, below):
    rows = [[above], [*PLAIN[:-1], heading], *([*line[:-1], line[-1] // 1000] for line in LINES), [below]]
    assert sums(read(workbook("murni.xlsx", {"Isi": rows}), config)) == ALL


def test_a_title_about_a_sum_of_money_is_no_unit(workbook, config):
    rows = [["Program Rp 1 miliar per kelurahan"], PLAIN, *LINES]
    assert sums(read(workbook("murni.xlsx", {"Isi": rows}), config)) == ALL


@pytest.mark.parametrize("code", ["1.1.2.22.0.0.1.0", "1.01.2.22.0.00.01.0000.", "1.01.2.22.\n0.00.01.0000",
                                  "101222000010000"])  # fmt: skip
def test_the_code_of_an_office_has_one_form(workbook, config, code):
    rows = [PLAIN, *([line[0], code, *line[2:]] for line in LINES)]
    assert sums(read(workbook("murni.xlsx", {"Isi": rows}), config)) == ALL


def test_account_and_name_may_share_the_cell_of_the_code(workbook, config):
    rows = [PLAIN, *([*line[:5], f"{line[5]} Belanja Uji", *line[6:]] for line in LINES)]
    reading = read(workbook("murni.xlsx", {"Isi": rows}), config)
    assert (sums(reading), doubts(reading)) == (ALL, [])


def test_codes_written_as_formulas_in_a_list_are_codes(tmp_path, config):
    written = io.StringIO()
    csv.writer(written).writerows([PLAIN, *([*line[:5], f'="{line[5]}"', *line[6:]] for line in LINES)])
    path = tmp_path / "murni.csv"
    path.write_text(written.getvalue(), encoding="utf-8")
    assert sums(read(path, config)) == ALL


def test_keys_that_are_merged_over_rows_stand_on_each_of_them(tmp_path, config):
    path = tmp_path / "murni.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate([PLAIN, *LINES]):
            sheet.write_row(number, 0, line)
        for column in (1, 2, 3):
            sheet.merge_range(1, column, 3, column, LINES[0][column])
    reading = read(path, config)
    assert (sums(reading), doubts(reading)) == (ALL, [])


def test_goods_that_differ_make_lines_differ(workbook, config, severities):
    goods = [[*PLAIN[:-1], "KODE STANDAR HARGA", "NAMA STANDAR HARGA", "NAMA PAKET", "PAGU"]]
    goods += [[*row(PENS, 0)[:-1], "1.1.7", name, "Paket", 5000] for name in ("Pulpen", "Map", "Map")]
    (warning,) = severities(read(workbook("murni.xlsx", {"Isi": goods}), config), "peringatan")
    assert "1 baris sama persis" in warning.rule


@pytest.mark.parametrize(
    ("headings", "figures", "stage"),
    [
        (["Anggaran Sebelum Efisiensi", "Anggaran Setelah Efisiensi", "Efisiensi"], (80, 50, 30), ""),
        (["SEMULA", "PERGESERAN", "MENJADI"], (80, -30, 50), "pergeseran"),
        (["Pagu Murni 2025", "Pagu Pergeseran 2025"], (80, 50), ""),
    ],
)
def test_what_was_cut_is_not_taken_for_a_pagu(workbook, config, headings, figures, stage):
    rows = [[*PLAIN[:-1], *headings], [*row(PENS, 0)[:-1], *figures]]
    reading = read(workbook("rekap_2025.xlsx", {"Isi": rows}), config, stage)
    assert (reading.layout, sums(reading, "tahap")) == ("rekap_perubahan", {"murni": 80, "pergeseran": 50})


@pytest.mark.parametrize("names", [[f"Bulan {n}" for n in range(1, 13)], [f"RAK {n}" for n in (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember")]])  # fmt: skip
def test_months_of_a_cash_plan_may_be_numbered(workbook, config, names):
    rows = [[*PLAIN[:-1], *names, "JUMLAH"], [*row(PENS, 0)[:-1], *range(12, 0, -1), 78]]
    plan = read(workbook("kas.xlsx", {"Isi": rows}), config).tables["rencana_kas"]
    assert plan.set_index("bulan")["rencana_rp"].to_dict() == {n: 13 - n for n in range(1, 13)}


def test_a_sheet_per_office_of_documents_is_not_counted_again(workbook, config):
    heads = ["Kode SKPD", "Nama SKPD", "Kode Sub Kegiatan", "Kode Rekening", "Jenis Transaksi", "Tanggal Dokumen",
             "Nilai Realisasi"]  # fmt: skip
    lines = [[opd, "Dinas", "1.01.01.2.06.0009", PENS, "GU", "7 Januari 2025", 50] for opd in (OPD, OTHER)]
    reading = read(workbook("a.xlsx", {"Semua": [heads, *lines], "Dinkes": [heads, lines[1]]}), config)
    assert reading.tables["realisasi_anggaran"]["realisasi_rp"].sum() == 100


def test_records_may_lie_deeper_in_a_download(tmp_path, config):
    records = [dict(zip(PLAIN, line, strict=True)) for line in LINES]
    path = tmp_path / "murni.json"
    path.write_text(json.dumps({"status": True, "data": {"total": 3, "items": records}}), encoding="utf-8")
    assert sums(read(path, config)) == ALL


TREE = [("5", 120, 60), ("5.1", 120, 60), (TRAVEL, 100, 50), (PENS, 20, 10)]


def form(sub, *headings, with_percent=False):
    head = [["SKPD : 1.01.2.22.0.00.01.0000 Dinas Uji"], [f"Sub Kegiatan : {sub}"], ["TAHUN ANGGARAN 2025"]]
    body = [[code, "Belanja", one, two, two - one, *([-50] if with_percent else [])] for code, one, two in TREE]
    return [*head, *headings, *body, ["", "JUMLAH", 120, 60, -60]]


def test_a_tree_before_and_after_efisiensi_needs_no_stage(workbook, config):
    heads = [["KODE REKENING", "URAIAN", "ANGGARAN", "", "PENGURANGAN", ""],
             ["", "", "SEBELUM EFISIENSI", "SETELAH EFISIENSI", "Rp", "%"]]  # fmt: skip
    reading = read(workbook("a.xlsx", {"A": form("1.01.01.2.06.0009 Rapat", *heads, with_percent=True)}), config)
    assert (sums(reading, "tahap"), doubts(reading)) == ({"murni": 120, "pergeseran": 60}, [])


def test_trees_of_several_sub_kegiatan_below_each_other_keep_theirs(workbook, config):
    heads = ["KODE REKENING", "URAIAN", "SEBELUM EFISIENSI", "SETELAH EFISIENSI", "SELISIH"]
    first, second = form("1.01.01.2.06.0009 Rapat", heads), form("1.01.01.2.06.0010 Lain", heads)
    reading = read(workbook("a.xlsx", {"A": [*first, [], *second]}), config)
    assert doubts(reading) == []
    assert sums(reading, "kode_sub_kegiatan", "tahap") == {
        (code, stage): amount for code in ("1.01.01.2.06.0009", "1.01.01.2.06.0010")
        for stage, amount in (("murni", 120), ("pergeseran", 60))
    }  # fmt: skip
    assert reading.slices[0].activities == ("1.01.01.2.06.0009", "1.01.01.2.06.0010")
