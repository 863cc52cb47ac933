"""Lists of indicators as several offices would make them: headings over rows, sections, sheets, units in values."""

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pkanalysis.intake import read
from pkanalysis.intake.book import Book
from pkanalysis.intake.layouts import iku
from pkanalysis.intake.layouts.iku.headings import find_headings, measure

TWO_ROWS = [
    ["INDIKATOR KINERJA UTAMA"], ["PEMERINTAH KOTA UJI"], [],
    ["No.", "Sasaran Strategis", "Indikator Kinerja Utama", "Satuan", "Polaritas", "Target", "", "Realisasi", "", "Ket"],
    ["", "", "", "", "", 2024, 2025, 2024, 2025, ""],
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    [1, "Sejahtera", "1.1 Angka Kemiskinan", "%", "Semakin rendah semakin baik", "7,78", "7,50", "7,60", "7,40"],
    ["", "", "1.2 Tingkat Pengangguran", "%", "Semakin rendah semakin baik", "4,20", "4,00", "4,65", "Belum Rilis"],
    [2, "Tata kelola", "2.1 Nilai SAKIP", "Nilai", "Maksimal", "BB (72,5)", "70-80 BB", "72,94 (BB)", "A (80,1)"],
    ["", "", "2.2 Opini BPK", "Opini", "Maksimal", "WTP", "WTP", "Opini WTP", "Wajar Tanpa Pengecualian"],
    [], ["", "", "", "", "", "", "", "Kota Uji, 31 Januari 2026"], ["", "", "", "", "", "", "", "WALI KOTA UJI"],
    ["", "", "", "", "", "", "", "NIP. 19700101 199903 1 001"],
]  # fmt: skip


def named(reading, table):
    """Rows of a table by the name of their indicator."""
    names = reading.tables["indikator"].set_index("kode_indikator")["nama_indikator"]
    rows = reading.tables[table]
    return rows.assign(nama=rows["kode_indikator"].map(names)).set_index("nama")


def values_of(reading, table, name):
    rows = named(reading, table)
    return rows[rows.index == name][["tahun", "periode", "nilai"]].values.tolist()


def at(reading, place):
    return [item.rule for item in reading.findings if item.place == place]


def test_years_under_target_and_realisasi(workbook, config, severities):
    reading = read(workbook("iku.xlsx", {"IKU": TWO_ROWS}), config)
    assert reading.layout == "iku"
    assert values_of(reading, "target", "Angka Kemiskinan") == [[2024, "tahunan", 7.78], [2025, "tahunan", 7.5]]
    assert values_of(reading, "realisasi", "Angka Kemiskinan") == [[2024, "tahunan", 7.6], [2025, "tahunan", 7.4]]
    done = named(reading, "realisasi")
    assert done.loc["Opini BPK", "nilai_huruf"].tolist() == ["WTP", "WTP"]
    assert done.loc["Tingkat Pengangguran", "status"].tolist() == ["final", "menunggu_rilis"]
    assert reading.tables["indikator"]["sasaran"].tolist() == ["Sejahtera"] * 2 + ["Tata kelola"] * 2
    assert reading.tables["indikator"]["polaritas"].tolist() == ["turun_baik"] * 2 + ["naik_baik"] * 2
    assert set(reading.tables["indikator"]["tingkat"]) == {"iku_kota"}
    (told,) = severities(reading, "peringatan")
    assert "dibaca sebagai indikator KOTA UJI menurut judulnya" in told.rule


def test_quarters_over_target_realisasi_and_capaian(workbook, config, severities):
    rows = [["PENGUKURAN KINERJA"], ["DINAS KESEHATAN"], ["TAHUN 2025"], [],
            ["NO", "SASARAN", "INDIKATOR KINERJA", "SATUAN", "ARAH", "TARGET", "Triwulan I", "", "", "Triwulan II"],
            ["", "", "", "", "", "", "Target", "Realisasi", "Capaian (%)", "Target", "Realisasi", "Capaian (%)"],
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9=8/7)", "(10)", "(11)", "(12)"],
            [1, "Sehat", "a. Usia Harapan Hidup", "Tahun", "+", 72.5, 72, 71.5, 99.31, 72.2, 72.1, 99.86],
            ["", "", "b. Cakupan imunisasi", "%", "+", 95, 20, 25, 125, 50, 45, 80],
            ["", "Rata-rata capaian", "", "", "", "", "", "", 112.2, "", "", 95]]  # fmt: skip
    reading = read(workbook("ukur.xlsx", {"Lembar1": rows}), config)
    assert values_of(reading, "target", "Cakupan imunisasi") == [
        [2025, "tahunan", 95], [2025, "TW1", 20], [2025, "TW2", 50],
    ]  # fmt: skip
    assert values_of(reading, "realisasi", "Usia Harapan Hidup") == [[2025, "TW1", 71.5], [2025, "TW2", 72.1]]
    assert reading.tables["opd"]["nama_opd"].tolist() == ["DINAS KESEHATAN"]
    told, unseen = severities(reading, "peringatan")
    assert (told.place, told.value) == ("L9", "80")
    assert "90,00 (R/T)" in told.rule
    assert unseen.rule.startswith("cara triwulan menjadi setahun tidak tampak dari angka 2 indikator")


def test_three_rows_of_headings_with_target_and_realisasi_under_quarters(workbook, config):
    rows = [["", "LAPORAN CAPAIAN KINERJA"], ["", "Tahun Anggaran : 2025"], [],
            ["", "Urut", "Uraian Indikator Kinerja", "Satuan Ukur", "Sifat Indikator", "Target dan Realisasi Kinerja",
             "", "", "", "", "Perangkat Daerah Penanggung Jawab"],
            ["", "", "", "", "", "Target Tahunan", "Triwulan I", "", "Triwulan II"],
            ["", "", "", "", "", "", "Target", "Realisasi", "Target", "Realisasi"],
            ["", "", "Sasaran 1 : Layanan prima"],
            ["", "a.", "Persentase layanan", "%", "maksimal", 90, 20, "18,5", 40, "41,2", "Dinas Satu"],
            ["", "b.", "Lama antre", "menit", "minimal", 15, 15, "14", 15, "belum dinilai", ""],
            ["", "", "Sasaran 2 : Tata kelola"],
            ["", "a.", "Nilai SAKIP", "nilai", "maksimal", "BB (71)", "-", "-", "-", "", "Dinas Dua"]]  # fmt: skip
    reading = read(workbook("lapor.xlsx", {"Rekap": rows}), config)
    assert values_of(reading, "realisasi", "Persentase layanan") == [[2025, "TW1", 18.5], [2025, "TW2", 41.2]]
    assert named(reading, "realisasi").loc["Lama antre", "status"].tolist() == ["final", "tidak_terukur"]
    assert reading.tables["opd"]["nama_opd"].tolist() == ["Dinas Satu", "Dinas Dua"]
    assert reading.tables["indikator"]["sasaran"].tolist() == ["Layanan prima", "Layanan prima", "Tata kelola"]
    assert "Nilai SAKIP" not in named(reading, "realisasi").index


def test_the_pk_of_an_office_without_unit_column_ends_before_its_programmes(workbook, config):
    rows = [["PERJANJIAN KINERJA TAHUN 2025"], ["DINAS PEKERJAAN UMUM KOTA UJI"], [],
            ["No", "Sasaran Strategis", "Indikator Kinerja", "Target"], ["(1)", "(2)", "(3)", "(4)"],
            [1, "Jalan", "Persentase jalan mantap", "75,5 %"], ["", "", "Panjang drainase", "12 Km"],
            [2, "Akuntabilitas", "Nilai SAKIP", "BB"], [], ["", "Program", "Anggaran", "Keterangan"],
            [1, "Program Jalan", "Rp 1.000.000.000", "APBD"], ["", "", "Uji, 2 Januari 2025"],
            ["Pihak Kedua", "", "Pihak Pertama"], ["BUDI", "", "ANI, ST"]]  # fmt: skip
    reading = read(workbook("pk.xlsx", {"PK": rows}), config)
    assert reading.tables["indikator"][["nama_indikator", "satuan"]].fillna("").values.tolist() == [
        ["Persentase jalan mantap", "%"], ["Panjang drainase", "Km"], ["Nilai SAKIP", ""],
    ]  # fmt: skip
    assert reading.tables["target"]["nilai_huruf"].fillna("").tolist() == ["", "", "BB"]


def test_sections_of_offices_in_one_sheet(workbook, config, severities):
    rows = [["REKAP IKU PERANGKAT DAERAH TAHUN 2025"], ["No", "Indikator", "Satuan", "Arah", "Target", "Realisasi"],
            ["A", "DINAS KESEHATAN"], [1, "Angka Kematian Ibu", "kasus", "-", 12, 10],
            ["B", "BAPPEDA"], [1, "Rata-rata nilai rencana", "Nilai", "+", 22, 21],
            ["C", "Setda"], [1, "Nilai RB", "Nilai", "+", 75, 70]]  # fmt: skip
    reading = read(workbook("rekap.xlsx", {"Rekap": rows}), config)
    assert reading.tables["indikator"][["kode_opd", "nama_indikator"]].values.tolist() == [
        ["DINAS-KESEHATAN", "Angka Kematian Ibu"], ["BAPPEDA", "Rata-rata nilai rencana"], ["SETDA", "Nilai RB"],
    ]  # fmt: skip
    (told,) = severities(reading, "peringatan")
    assert (told.place, told.value) == ("B7", "Setda")


def test_a_row_that_may_be_an_office_is_told(workbook, config, severities):
    rows = [["IKU Dinas Uji Tahun 2025"], ["No", "Indikator", "Satuan", "Arah", "Target"], ["", "L1", "%", "+", 80],
            ["Unsur penunjang"], ["", "L2", "%", "+", 80]]  # fmt: skip
    (told,) = severities(read(workbook("a.xlsx", {"A": rows}), config), "peringatan")
    assert (told.place, told.value) == ("A4", "Unsur penunjang")
    assert "tetap milik OPD di atasnya" in told.rule


def test_tables_below_each_other_each_with_its_own_heading(workbook, config):
    rows = [["Perangkat Daerah : Dinas A"], ["Tahun 2025"], ["Sasaran", "Indikator", "Satuan", "Target", "Realisasi"],
            ["S", "Layanan", "%", 80, 75], ["", "", "", "", "Uji, 3 Januari 2026"], ["Perangkat Daerah : Dinas B"],
            ["Tahun 2025"], ["Sasaran", "Indikator", "Satuan", "Realisasi", "Target"], ["S", "Layanan", "%", 66, 90]]  # fmt: skip
    reading = read(workbook("dua.xlsx", {"A": rows}), config)
    assert reading.tables["target"][["kode_opd", "tahun", "nilai"]].values.tolist() == [
        ["DINAS-A", 2025, 80], ["DINAS-B", 2025, 90],
    ]  # fmt: skip
    assert reading.tables["realisasi"]["nilai"].tolist() == [75, 66]


def test_a_sheet_per_office_without_its_name_takes_that_of_the_sheet(workbook, config, severities):
    rows = [["Capaian IKU 2025"], ["Indikator", "Satuan", "Arah", "Target", "Realisasi"], ["Layanan", "%", "+", 5, 4]]
    reading = read(workbook("iku.xlsx", {"Dinkes": rows, "Disdik": rows}), config)
    assert reading.tables["indikator"]["kode_opd"].tolist() == ["DINKES", "DISDIK"]
    assert [item.rule for item in severities(reading, "peringatan")] == [
        f"nama OPD tidak tertulis; dipakai nama lembar {sheet}" for sheet in ("Dinkes", "Disdik")
    ]


def test_a_column_of_quarters(workbook, config):
    rows = [["Tahun", "OPD", "Indikator", "Triwulan", "Satuan", "Arah", "Target", "Realisasi"],
            [2025, "Dinas A", "Layanan", "I", "%", "+", 20, 19], ["", "Dinas A", "Layanan", 2, "%", "+", 40, 39],
            ["", "Dinas A", "Layanan", "Tahunan", "%", "+", 80, 78]]  # fmt: skip
    reading = read(workbook("a.xlsx", {"A": rows}), config)
    assert values_of(reading, "realisasi", "Layanan") == [[2025, "TW1", 19], [2025, "TW2", 39], [2025, "tahunan", 78]]


def test_a_quarter_in_the_title_is_that_of_the_realisasi(workbook, config, severities):
    rows = [["IKU Dinas Uji s.d. Triwulan III Tahun 2025"], ["Sasaran", "Indikator", "Satuan", "Arah", "Target",
            "Realisasi", "%"], ["S", "Layanan", "%", "+", 80, 75, 93.75]]  # fmt: skip
    reading = read(workbook("a.xlsx", {"A": rows}), config)
    assert values_of(reading, "realisasi", "Layanan") == [[2025, "TW3", 75]]
    assert values_of(reading, "target", "Layanan") == [[2025, "tahunan", 80]]
    (told,) = severities(reading, "peringatan")
    assert "realisasi dibaca sebagai TW3" in told.rule


def test_pk_its_change_and_the_renstra_side_by_side(workbook, config):
    rows = [["Tahun 2025"], ["OPD", "Indikator", "Satuan", "Arah", "Target PK", "Target PK Perubahan", "Target Renstra",
            "Target Akhir Renstra 2026", "Realisasi", "Realisasi (%)"],
            ["Dinas A", "Layanan", "%", "+", 80, 70, 85, 90, 75, 107.14]]  # fmt: skip
    reading = read(workbook("a.xlsx", {"A": rows}), config)
    assert reading.tables["target"][["dokumen", "ke", "nilai"]].values.tolist() == [
        ["pk", 0, 80], ["pk_perubahan", 1, 70], ["renstra", 0, 85],
    ]  # fmt: skip
    assert {item.severity for item in reading.findings} == {"catatan"}
    assert any("Target Akhir Renstra 2026 tidak dibaca" in item.rule for item in reading.findings)


def listed(tmp_path, *rows, headings="OPD;Indikator;Satuan;Arah;Target 2025;Realisasi 2025", encoding="utf-8-sig"):
    path = tmp_path / "daftar.csv"
    path.write_bytes("\n".join([headings, *(f"Dinas Uji;{row}" for row in rows)]).encode(encoding))
    return path


@pytest.mark.parametrize(
    ("row", "target", "actual", "told"),
    [
        ("Rasio;rasio;+;3:1000;5 per 1.000", None, None, ("E2", "bukan angka, rentang atau predikat")),
        ("Investasi;Rp;+;Rp 1,2 M;Rp 1,3 M", None, None, ("E2", "satuan ribu/juta/miliar")),
        ("Gini;indeks;-;0,35-0,40;0,36", 0.35, 0.36, None),
        ("Antre;hari;-;<5;4", 5, 4, None),
        ("Mutu;%;+;≥ 80;#DIV/0!", 80, None, ("F2", "rumus di berkas asal gagal (#DIV/0!)")),
        ("Mutu;%;+;80;-", 80, None, ("F2", "realisasi kosong")),
        ("Mutu;%;+;-;80", None, 80, ("E2", "target kosong")),
        ("Mutu;%;+;90;0,95", 90, 0.95, ("F2", "mungkin pecahan")),
        ("Mutu;%;+;90;80-85", 90, None, ("F2", "realisasi berupa rentang")),
        ("Mutu;%;+;90;>85", 90, 85, ("F2", "realisasi tertulis sebagai batas")),
        ("Mutu;%;+;< 5;4", 5, 4, ("D2", "arah tampak terbalik")),
        ("Mutu;%;+;90;nihil", 90, None, ("F2", "tidak jelas apakah 0")),
        ("Mutu;%;+;90;1-Feb", 90, None, ("F2", "bukan angka, rentang atau predikat")),
        ("Kunjungan;orang;+;149,152;150,100", 149152, 150100, ("F2", "dibaca 150100 karena satuannya orang")),
        ("Peserta;orang;+;150;20000", 150, 20000, ("F2", "lebih dari 100 kali berbeda dengan target 150")),
        ("Peserta;orang;+;150;150 orang", 150, 150, None),
    ],
)
def test_values_as_they_are_typed(tmp_path, config, row, target, actual, told):
    reading = read(listed(tmp_path, row), config)
    for table, value in (("target", target), ("realisasi", actual)):
        stored = reading.tables[table]["nilai"].dropna().tolist() if table in reading.tables else []
        assert stored == ([] if value is None else [value])
    warned = [item for item in reading.findings if item.severity == "peringatan"]
    assert bool(warned) == bool(told)
    assert told is None or any(told[1] in rule for rule in at(reading, told[0])), [item.sentence for item in warned]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_a_list_with_semicolons_in_any_encoding(tmp_path, config, encoding):
    reading = read(listed(tmp_path, "Layanan – café;%;Naik;80,5;75,5", encoding=encoding), config)
    assert reading.tables["indikator"]["nama_indikator"].tolist() == ["Layanan – café"]
    assert reading.tables["realisasi"]["nilai"].tolist() == [75.5]


@pytest.mark.parametrize(
    ("row", "place", "rule"),
    [
        ("L;%;+;80;60;70", "G2", "75,00 (R/T)"),
        ("L;%;+;80;60;75", None, ""),
        ("L;%;+;80;60;0,75", None, ""),
        ("L;kasus;-;10;8;120", None, ""),
        ("L;kasus;-;10;8;125", None, ""),
        ("L;kasus;-;10;8;80", "G2", "120,00 ((2T-R)/T) atau 125,00 (T/R); cocok bila arahnya sebaliknya"),
        ("L;%;+;80;96;100", "G2", "tampaknya dibatasi 100"),
        ("L;%;+;3;2;66,6", None, ""),
    ],
)
def test_the_achievement_stated_is_held_against_its_formula(tmp_path, config, row, place, rule):
    headings = "OPD;Indikator;Satuan;Arah;Target 2025;Realisasi 2025;Capaian 2025 (%)"
    reading = read(listed(tmp_path, row, headings=headings), config)
    told = [item for item in reading.findings if "capaian tertulis" in item.rule]
    assert [item.place for item in told] == ([place] if place else [])
    assert all(rule in item.rule for item in told)


def test_a_dash_among_words_of_direction_is_no_direction(tmp_path, config, severities):
    reading = read(listed(tmp_path, "A;%;Naik;80;75", "B;%;-;80;75"), config)
    assert reading.tables["indikator"]["nama_indikator"].tolist() == ["A"]
    assert [item.place for item in severities(reading, "peringatan")] == ["D3"]


def test_a_list_with_capaian_and_no_realisasi_is_asked_about(tmp_path, config, severities):
    reading = read(
        listed(tmp_path, "A;%;+;80;75", headings="OPD;Indikator;Satuan;Arah;Target 2025;Capaian 2025"), config
    )
    assert "realisasi" not in reading.tables
    assert "capaian tidak dibaca sebagai realisasi" in severities(reading, "peringatan")[0].rule


def test_two_columns_of_one_meaning_are_told(tmp_path, config, severities):
    headings = "OPD;Indikator;Satuan;Arah;Target 2025;Realisasi 2025;Realisasi Tahun 2025"
    reading = read(listed(tmp_path, "A;%;+;80;75;70", headings=headings), config)
    (told,) = severities(reading, "peringatan")
    assert (told.place, told.column) == ("G1", "Realisasi Tahun 2025")
    assert reading.tables["realisasi"]["nilai"].tolist() == [75]


def test_a_value_given_twice_is_told_at_its_cell_with_the_other(workbook, config, severities):
    first = [
        ["OPD", "Indikator", "Satuan", "Arah", "Target 2025", "Realisasi 2025"],
        ["Dinas A", "L", "%", "+", 80, 75],
    ]
    second = [
        ["OPD", "Indikator", "Satuan", "Arah", "Realisasi 2024", "Realisasi 2025"],
        ["Dinas A", "L", "%", "+", 7, 76],
    ]
    reading = read(workbook("a.xlsx", {"A": first, "B": second}), config)
    (told,) = severities(reading, "peringatan")
    assert (told.sheet, told.place, told.value) == ("B", "F2", "76")
    assert "lain dari 75 di F2 (baris 2 lembar A)" in told.rule
    assert values_of(reading, "realisasi", "L") == [[2025, "tahunan", 75], [2024, "tahunan", 7]]


def test_dates_and_percent_cells_of_excel_are_told(tmp_path, config):
    path = Path(tmp_path / "iku.xlsx")
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, date = book.add_worksheet("A"), book.add_format({"num_format": "d-mmm"})
        rows = [["OPD", "Indikator", "Satuan", "Arah", "Target 2025", "Realisasi 2025"], ["D A", "Rasio", "orang", "+"],
                ["D A", "Layanan", "%", "+", 0.9, 0.855]]  # fmt: skip
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        sheet.write_datetime(1, 4, dt.datetime(2025, 2, 1), date)
    reading = read(path, config)
    assert "Excel mengubah 1-2 menjadi tanggal" in at(reading, "E2")[0]
    assert "bila selnya berformat persen, nilainya 90" in at(reading, "E3")[0]


def test_merged_cells_of_html_saved_as_a_spreadsheet(tmp_path, config):
    path = tmp_path / "ekspor.xls"
    path.write_text(
        "<table><tr><th rowspan=2>No<th rowspan=2>OPD<th rowspan=2>Indikator<th rowspan=2>Satuan<th rowspan=2>Arah"
        "<th colspan=2>2024<th colspan=2>2025</tr><tr><th>Target<th>Realisasi<th>Target<th>Realisasi</tr>"
        "<tr><td>1<td rowspan=2>Dinas Uji<td>A<td>%<td>+<td>80<td>79,5<td>82<td>83,1</tr>"
        "<tr><td>2<td>B<td>%<td>+<td>80<td>79,5<td>82<td>Belum rilis</tr></table>"
    )
    reading = read(path, config)
    assert values_of(reading, "target", "A") == [[2024, "tahunan", 80], [2025, "tahunan", 82]]
    assert named(reading, "realisasi").loc["B", "status"].tolist() == ["final", "menunggu_rilis"]


@pytest.mark.parametrize(
    ("path", "kind", "year", "period", "document"),
    [
        (["Target Tahun 2025"], "target", 2025, "tahunan", ""),
        (["Realisasi s.d. Triwulan II"], "realisasi", None, "TW2", ""),
        (["Realisasi", "Triwulan", "IV"], "realisasi", None, "TW4", ""),
        (["Triwulan", "III", "Realisasi"], "realisasi", None, "TW3", ""),
        (["TW III 2025", "Realisasi Kinerja"], "realisasi", 2025, "TW3", ""),
        (["Target PK Perubahan 2025"], "target", 2025, "tahunan", "pk_perubahan"),
        (["Tingkat Capaian (%)"], "capaian", None, "tahunan", ""),
    ],
)
def test_headings_of_values(path, kind, year, period, document):
    found = measure(path)
    assert (found.kind, found.year, found.period, found.document) == (kind, year, period, document)


@pytest.mark.parametrize(
    "path",
    [
        ["Realisasi Anggaran"],
        ["Pagu", "Target"],
        ["Target Akhir RPJMD"],
        ["Realisasi Semester I"],
        ["Target", "Januari"],
    ],
)
def test_headings_that_are_no_value(path):
    assert measure(path) is None


def test_a_list_of_the_nomenklatur_is_no_list_of_targets():
    rows = [["KODE", "SUBKEGIATAN", "KINERJA", "INDIKATOR", "SATUAN"], ["1.01", "x", "y", "Jumlah unit", "Unit"]]
    assert find_headings(rows) == []


QUARTERLY = ["OPD", "Indikator", "Satuan", "Arah", "Target 2025", "Target TW I", "Target TW II", "Target TW III",
             "Target TW IV", "Realisasi 2025", "Realisasi TW I", "Realisasi TW II", "Realisasi TW III",
             "Realisasi TW IV"]  # fmt: skip


@pytest.mark.parametrize(
    ("target", "done", "way", "stored"),
    [
        ([8, 2, 2, 2, 2], [8, 1, 3, 2, 2], "jumlah", [8, 2, 4, 6, 8]),
        ([80, 20, 40, 60, 80], [75, 20, 41, 55, 75], "posisi_akhir", [80, 20, 40, 60, 80]),
        ([80, 80, 80, 80, 80], [76, 70, 74, 80, 80], "rata_rata", [80, 80, 80, 80, 80]),
        ([80, 20, 40, 60, 80], ["", 20, 41, "", ""], "posisi_akhir", [80, 20, 40, 60, 80]),
        ([8, 2, 2, 2, 2], ["", 1, 3, "", ""], "jumlah", [8, 2, 4, 6, 8]),
    ],
)
def test_how_quarters_make_the_year_is_seen_in_the_figures(workbook, config, target, done, way, stored):
    rows = [QUARTERLY, ["Dinas A", "Layanan", "unit", "+", *target, *done]]
    reading = read(workbook("a.xlsx", {"A": rows}), config)
    assert reading.tables["indikator"]["agregasi"].tolist() == [way]
    assert reading.tables["target"]["nilai"].tolist() == stored
    quarters = reading.tables["realisasi"].query("periode != 'tahunan'")["nilai"].tolist()
    assert quarters == [value for value in done[1:] if value != ""]


def test_quarters_that_give_their_year_in_no_way_are_told(workbook, config):
    rows = [QUARTERLY, ["Dinas A", "Layanan", "unit", "+", 8, 2, 2, 2, 2, 99, 1, 3, 2, 2]]
    assert at(read(workbook("a.xlsx", {"A": rows}), config), "J2") == [
        "bukan jumlah (8), rata-rata (2) atau nilai terakhir (2) triwulannya"
    ]


@pytest.mark.parametrize(
    ("damage", "place", "rule"),
    [
        (lambda rows: rows.pop(3), "A4", "nomor melompat dari 2 ke 4"),
        (lambda rows: rows.insert(3, list(rows[2])), "B4", "sama dengan baris 3"),
        (lambda rows: rows.__setitem__(3, ["", *rows[3]]), "D4", "arah tidak dikenal"),
        (lambda rows: rows[3].__setitem__(1, ""), "B4", "nama indikator kosong"),
        (lambda rows: rows[3].__setitem__(4, "seratus satu dua"), "E4", "bukan angka, padahal satuannya %"),
        (lambda rows: rows.__setitem__(4, rows[4][:4]), "E5", "target kosong"),
        (lambda rows: rows[3].__setitem__(3, ""), "D4", "arah kosong"),
    ],
    ids=["lost", "repeated", "shifted", "blank name", "text", "cut", "blank direction"],
)
def test_damage_of_a_list_is_told(workbook, config, damage, place, rule):
    rows = [["No", "Indikator", "Satuan", "Arah", "Target 2025", "Realisasi 2025"]]
    rows += [[number, f"Layanan {name}", "%", "+", 80, 75] for number, name in enumerate("ABCD", 1)]
    clean = read(workbook("dinas uji.xlsx", {"Dinas Uji": rows}), config)
    assert not any(rule in item.rule for item in clean.findings)
    damage(rows)
    assert any(rule in told for told in at(read(workbook("dinas uji.xlsx", {"Dinas Uji": rows}), config), place))


def test_the_office_in_the_name_of_the_file(workbook, config, severities):
    rows = [["Indikator", "Satuan", "Arah", "Target 2025", "Realisasi 2025"], ["Layanan", "%", "+", 80, 75]]
    reading = read(workbook("PK_Dinas Uji_2025.xlsx", {"Sheet1": rows}), config)
    assert reading.tables["opd"]["nama_opd"].tolist() == ["Dinas Uji"]
    assert severities(reading, "peringatan")[0].rule == "nama OPD tidak tertulis; dipakai Dinas Uji dari nama berkas"


def test_a_list_of_no_office_is_kept_out_with_one_sentence(workbook, config, severities):
    rows = [["Indikator", "Satuan", "Arah", "Target 2025", "Realisasi 2025"], *[["Layanan", "%", "+", 80, 75]] * 3]
    told, _ = severities(read(workbook("daftar.xlsx", {"Sheet1": rows}), config), "galat")
    assert "nama OPD tidak tertulis di kolom, judul atau nama lembar, sehingga 3 baris tidak disimpan" in told.rule


JUNK = ["", "x", -5, 1e12, "1.234", "n/a", "100%", "70-80 BB", True, dt.date(2025, 2, 1), "#REF!", "Dinas Lain", "I", "%",
        "Tahun 2024", "Target", "Realisasi", "Indikator", "Jumlah", "NIP. 1", "Triwulan II", None, 2025.0, "Sasaran 3", "≥"]  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 9), st.sampled_from(JUNK)), min_size=1, max_size=4),
    st.sampled_from(["", "lost", "repeated", "shifted"]), st.integers(0, 12),
)  # fmt: skip
def test_damage_of_headings_and_rows_never_ends_in_a_traceback(config, cells, damage, place):
    rows = [[*row, *[""] * (10 - len(row))] for row in TWO_ROWS]
    for row, column, value in cells:
        rows[row][column] = value
    if damage:
        rows[place : place + 1] = {"lost": [], "repeated": [rows[place]] * 2, "shifted": [["", *rows[place]]]}[damage]
    book = Book(Path("iku.xlsx"), {"IKU": rows})
    if iku.LAYOUT.recognise(book):
        reading = iku.LAYOUT.read(book, config, "")
        assert reading.tables or reading.has_errors
