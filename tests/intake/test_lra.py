"""LRA with subtotals at every level: a small look-alike with invented figures, and the real ones."""

import contextlib
import csv

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paths import shared

from pkanalysis.config import Config
from pkanalysis.errors import PkError
from pkanalysis.intake import read

HEAD = [
    ["PEMERINTAH KOTA CONTOH"],
    ["LAPORAN REALISASI ANGGARAN PENDAPATAN DAN BELANJA DAERAH"],
    ["periode 1 Januari s.d. 31 Maret 2025"],
    ["Unit Organisasi", "", ":", "1.01.0.00.0.00.01.0000 Dinas Uji"],
    [],
]
TITLES = ["KODE REKENING", "", "URAIAN", "ANGGARAN", "REALISASI", "(%)"]
BODY = [
    ["4", "", "PENDAPATAN DAERAH", 70, 10, 14.3],
    ["5", "", "BELANJA DAERAH", 600, 150, 25],
    ["5.1", "", "BELANJA OPERASI", 500, 150, 30],
    ["5.1.02", "", "Belanja Barang dan Jasa", 500, 150, 30],
    ["5.1.02.01", "", "Belanja Barang", 300, 100, 33.3],
    ["5.1.02.01.01.0024", "", "Alat Tulis Kantor", 200, 60, 30],
    ["5.1.02.01.01.0052", "", "Makan Minum Rapat", 100, 40, 40],
    ["5.1.02.04", "", "Perjalanan Dinas", 200, 50, 25],
    ["5.1.02.04.01.0001", "", "Perjalanan Dinas Biasa", 200, 50, 25],
    ["5.2", "", "BELANJA MODAL", 100, 0, 0],
    ["", "", "JUMLAH BELANJA", 600, 150, 25],
    ["", "", "SURPLUS / (DEFISIT)", -530, -140, ""],
]


def lra(workbook, head=HEAD, titles=TITLES, body=BODY):
    return workbook("lra.xlsx", {"Sheet1": [*head, titles, *body]})


def changed(row, column, value):
    return [[value if (number, place) == (row, column) else cell for place, cell in enumerate(line)]
            for number, line in enumerate(BODY)]  # fmt: skip


def test_leaves_are_spending_and_subtotals_are_not(workbook, config, severities):
    reading = read(lra(workbook), config)
    spent = reading.tables["realisasi_anggaran"]
    assert reading.layout == "lra"
    assert spent[["kode_rekening", "realisasi_rp", "bulan", "kode_opd", "baris"]].values.tolist() == [
        ["5.1.02.01.01.0024", 60, 3, "1.01.0.00.0.00.01.0000", 12],
        ["5.1.02.01.01.0052", 40, 3, "1.01.0.00.0.00.01.0000", 13],
        ["5.1.02.04.01.0001", 50, 3, "1.01.0.00.0.00.01.0000", 15],
    ]
    (warning,) = severities(reading, "peringatan")
    assert warning.rule == "angka kumulatif Januari–Maret dibukukan seluruhnya di bulan Maret"
    assert (reading.slices[0].year, reading.slices[0].since) == (2025, 1)


def test_a_month_of_its_own_wins_over_the_cumulative_column(workbook, config, severities):
    titles = ["Kode", "", "Uraian", "Anggaran", "Realisasi s.d. Bulan Ini", "Realisasi Bulan Ini"]
    body = [[*row[:5], row[4] // 10] for row in BODY if row[0]]
    reading = read(lra(workbook, titles=titles, body=body), config)
    assert reading.tables["realisasi_anggaran"]["realisasi_rp"].tolist() == [6, 4, 5]
    assert severities(reading, "peringatan") == []


def test_columns_codes_and_headings_stand_anywhere(workbook, config):
    titles = [["", "No. Rekening", "", "", "", "Uraian", "Jumlah (Rp)", "", "Lebih/(Kurang)"],
              ["", "", "", "", "", "", "Anggaran", "Realisasi", ""], ["", 1, "", "", "", 2, 3, 4, "5=4-3"]]  # fmt: skip
    body = [
        ["", "5", "", "", "", "BELANJA", "1.000", "700", "(300)"],
        ["", "5", "1", "", "", "BELANJA OPERASI", "1.000", "700", "(300)"],
        ["", "5", "1", "01", "", "Pegawai", "600", "500", "(100)"],
        ["", "5", "1", "02", "", "Barang", "400", "200", "(200)"],
    ]
    reading = read(workbook("a.xlsx", {"X": [["x"], *HEAD, *titles, *body]}), config)
    assert reading.tables["realisasi_anggaran"]["kode_rekening"].tolist() == ["5.1.01", "5.1.02"]
    assert reading.tables["realisasi_anggaran"]["realisasi_rp"].tolist() == [500, 200]
    assert [item.severity for item in reading.findings] == ["peringatan"]


def test_the_unit_above_the_table_counts(workbook, config):
    reading = read(lra(workbook, head=[*HEAD[:-1], ["(dalam ribuan rupiah)"]]), config)
    assert reading.tables["realisasi_anggaran"]["realisasi_rp"].sum() == 150_000


def test_the_year_before_beside_it_is_not_read(workbook, config):
    head = [["LAPORAN REALISASI ANGGARAN"], ["Sampai dengan 31 Desember 2025 dan 2024"], HEAD[3]]
    titles = ["No. Urut", "", "Uraian", "Realisasi 2024", "Anggaran 2025", "Realisasi 2025"]
    body = [[*row[:3], 999, *row[3:5]] for row in BODY if row[0]]
    reading = read(lra(workbook, head=head, titles=titles, body=body), config)
    spent = reading.tables["realisasi_anggaran"]
    assert (spent["realisasi_rp"].sum(), set(spent["tahun"]), set(spent["bulan"])) == (150, {2025}, {12})


@pytest.mark.parametrize(("words", "months"), [("SEMESTER I TAHUN 2025", (1, 6)), ("Triwulan IV 2025", (10, 12))])
def test_halves_and_quarters_are_periods(workbook, config, words, months):
    reading = read(lra(workbook, head=[HEAD[0], [words], HEAD[3]]), config)
    assert (reading.slices[0].since, set(reading.tables["realisasi_anggaran"]["bulan"])) == (months[0], {months[1]})


@pytest.mark.parametrize(
    ("head", "says"),
    [
        ([HEAD[0], HEAD[1], ["periode 1 Januari s.d. 31 Maret 2025"], ["Unit Organisasi", ":", "......"]], "OPD"),
        ([HEAD[0], ["TAHUN ANGGARAN 2025"], HEAD[3]], "periode laporan tidak tertulis"),
        ([HEAD[0], ["periode .... s.d ....."], HEAD[3]], "tahun anggaran tidak tertulis"),
    ],
)
def test_what_the_head_leaves_open_is_said_to_be_missing(workbook, config, severities, head, says):
    reading = read(lra(workbook, head=head), config)
    assert any(says in item.rule + item.remedy for item in severities(reading, "galat"))
    assert reading.tables == {}


@pytest.mark.parametrize(
    ("body", "severity", "place", "says"),
    [
        (changed(6, 4, 41), "peringatan", "E11", "jumlah barisnya, 101"),
        (changed(4, 4, 101), "peringatan", "E11", "jumlah barisnya, 100"),
        (changed(10, 4, 151), "peringatan", "E17", "jumlah barisnya, 150"),
        (changed(6, 4, "empat puluh"), "galat", "E13", "bukan angka rupiah"),
        (changed(6, 0, ""), "galat", "baris 13", "tanpa kode rekening"),
        (changed(6, 4, 140), "peringatan", "E13", "realisasi melebihi anggaran 100"),
        (BODY[:8], "peringatan", "D8", "jumlah barisnya, 500"),
        ([*BODY[:7], BODY[6], *BODY[7:]], "catatan", "baris 14", "berulang"),
        ([*BODY[:6], [*BODY[6][:3], "", 100, 40], *BODY[7:]], "peringatan", "D11", "jumlah barisnya, 200"),
        (changed(6, 0, "5.1.02.01.01.0024"), "peringatan", "baris 13", "sudah ada di baris 12"),
    ],
)
def test_damage_is_found_at_its_place(workbook, config, body, severity, place, says):
    reading = read(lra(workbook, body=body), config)
    assert any((item.severity, item.place) == (severity, place) and says in item.rule for item in reading.findings)


def test_a_repeated_row_is_counted_once(workbook, config):
    reading = read(lra(workbook, body=[*BODY[:7], BODY[6], *BODY[7:]]), config)
    assert reading.tables["realisasi_anggaran"]["realisasi_rp"].sum() == 150


def test_activities_above_accounts_are_kept(workbook, config):
    body = [
        ["1.01.01", "", "Program Uji", 30, 3, ""],
        ["1.01.01.2.06", "", "Administrasi", 30, 3, ""],
        ["1.01.01.2.06.0009", "", "Rapat Uji", 30, 3, ""],
        ["5.1.02", "", "Barang dan Jasa", 30, 3, ""],
        ["5.1.02.04.01.0001", "", "Perjalanan", 20, 2, ""],
        ["5.1.02.01.01.0052", "", "Makan Minum", 10, 1, ""],
    ]
    reading = read(lra(workbook, body=body), config)
    first = reading.tables["realisasi_anggaran"].iloc[0]
    assert first[["kode_program", "nama_program", "kode_sub_kegiatan", "nama_sub_kegiatan"]].tolist() == [
        "1.01.01", "Program Uji", "1.01.01.2.06.0009", "Rapat Uji",
    ]  # fmt: skip
    assert [item.severity for item in reading.findings] == ["peringatan"]


@pytest.mark.parametrize(("number", "name"), [("5.1.02.04.01.001", "90/2019"), ("5.2.2.15.01", "13/2006")])
def test_an_older_numbering_is_refused_by_name(workbook, config, severities, number, name):
    parent = number.rsplit(".", 1)[0]
    body = [["5", "", "BELANJA", 5, 5, ""], [parent, "", "Dinas", 5, 5, ""], [number, "", "Biasa", 5, 5, ""]]
    (error,) = severities(read(lra(workbook, body=body), config), "galat")
    assert name in error.rule


@pytest.mark.parametrize(
    ("name", "spent"), [("32_lra_20221207-153247.xlsx", 126029191), ("32_lra_20221208-111705.xlsx", 346786239)]
)
def test_the_real_lra_give_their_totals(name, spent):
    reading = read(shared("real", "toba", name), Config("nyata", "Kota Uji"))
    rows = reading.tables["realisasi_anggaran"]
    assert (rows["realisasi_rp"].sum(), set(rows["bulan"]), reading.has_errors) == (spent, {3}, False)


@given(
    row=st.integers(0, len(BODY) - 1),
    column=st.integers(0, 4),
    value=st.one_of(st.text(max_size=12), st.integers(), st.floats(allow_nan=False, allow_infinity=False)),
    length=st.integers(0, len(BODY)),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
def test_no_damage_ends_in_a_traceback(tmp_path, config, row, column, value, length):
    path = tmp_path / "lra.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([*HEAD, TITLES, *changed(row, column, value)[:length]])
    with contextlib.suppress(PkError):
        assert read(path, config).findings


@given(row=st.sampled_from([5, 6, 8]), column=st.sampled_from([3, 4]), by=st.integers(1, 10**9))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=30)
def test_any_changed_amount_is_found(workbook, config, row, column, by):
    reading = read(lra(workbook, body=changed(row, column, BODY[row][column] + by)), config)
    assert any("tidak sama dengan jumlah barisnya" in item.rule for item in reading.findings)


def across(*headings):
    """Kinds of belanja side by side over activities, the code in three columns."""
    return [
        *HEAD, *headings, [*map(str, range(1, 14))],
        ["1.01", "", "", "Pendidikan", 90, 30, 50, 8, 0, 0, 140, 38],
        ["1.01", "01", "", "Program", 90, 30, 50, 8, 0, 0, 140, 38],
        ["1.01", "01", "2.06.0009", "Rapat", 50, 20, "", "", 0, 0, 50, 20],
        ["1.01", "01", "2.06.0010", "Alat", 40, 10, 50, 8, 0, 0, 90, 18],
        ["JUMLAH", "", "", "", 90, 30, 50, 8, 0, 0, 140, 38],
    ]  # fmt: skip


KINDS = ["Operasi", "", "Modal", "", "Tak Terduga", "", "Jumlah", ""]
BOTH = ["Anggaran", "Realisasi"] * 4


@pytest.mark.parametrize(
    "headings",
    [
        ([["Kode", "", "", "Uraian", *(f"Belanja {word}" if word else "" for word in KINDS)], ["", "", "", "", *BOTH]]),
        (
            [
                ["KODE REKENING", "", "", "URAIAN", "BELANJA", *[""] * 7],
                ["", "", "", "", *KINDS],
                ["", "", "", "", *BOTH],
            ]
        ),
    ],
)
def test_kinds_of_belanja_may_stand_side_by_side(workbook, config, severities, headings):
    reading = read(workbook("a.xlsx", {"Isi": across(*headings)}), config)
    spent = reading.tables["realisasi_anggaran"]
    assert (reading.layout, severities(reading, "galat"), len(severities(reading, "peringatan"))) == ("lra", [], 1)
    assert spent[["kode_sub_kegiatan", "kode_rekening", "nama_rekening", "realisasi_rp"]].values.tolist() == [
        ["1.01.01.2.06.0009", "5.1", "Belanja Operasi", 20], ["1.01.01.2.06.0010", "5.1", "Belanja Operasi", 10],
        ["1.01.01.2.06.0010", "5.2", "Belanja Modal", 8],
    ]  # fmt: skip


def test_a_sum_of_one_kind_is_found_in_its_own_column(workbook, config, severities):
    rows = across(["Kode", "", "", "Uraian", *KINDS], ["", "", "", "", *BOTH])
    rows[-2][7] += 1
    found = {
        (item.place, item.column) for item in severities(read(workbook("a.xlsx", {"Isi": rows}), config), "peringatan")
    }
    assert {("H9", "Modal Realisasi"), ("H10", "Modal Realisasi"), ("H13", "Modal Realisasi")} <= found


def test_code_and_name_may_share_a_cell(workbook, config):
    body = [[f"{row[0]} {row[2]}", *row[3:5]] for row in BODY if row[0]]
    reading = read(lra(workbook, titles=["URAIAN", "ANGGARAN", "REALISASI"], body=body), config)
    assert reading.tables["realisasi_anggaran"]["realisasi_rp"].tolist() == [60, 40, 50]


def test_a_page_break_repeats_the_headings(workbook, config, severities):
    body = [*BODY[:6], ["", "", "Halaman 2"], TITLES, [1, "", 2, 3, 4, 5], *BODY[6:]]
    reading = read(lra(workbook, body=body), config)
    assert (reading.tables["realisasi_anggaran"]["realisasi_rp"].sum(), len(severities(reading, "peringatan"))) == (
        150,
        1,
    )


def test_a_sheet_may_hold_one_opd_below_the_other(workbook, config):
    second = [
        ["", "", "Kepala Dinas"],
        ["Unit Organisasi", "", ":", "1.02.0.00.0.00.01.0000 Dinas Lain"],
        TITLES,
        *BODY,
    ]
    reading = read(lra(workbook, body=[*BODY, *second]), config)
    spent = reading.tables["realisasi_anggaran"]
    assert spent.groupby("kode_opd")["realisasi_rp"].sum().tolist() == [150, 150]
    assert len(reading.slices) == 2


def test_another_opd_inside_a_table_keeps_the_file_out(workbook, config, severities):
    body = [*BODY[:6], ["SKPD", "", "Dinas Lain"], *BODY[6:]]
    (error,) = severities(read(lra(workbook, body=body), config), "galat")
    assert (error.place, error.rule) == ("baris 13", "baris di dalam tabel menyebut OPD lain")


def test_two_columns_for_one_measure_keep_the_file_out(workbook, config, severities):
    titles = ["KODE REKENING", "", "URAIAN", "ANGGARAN", "REALISASI TW I", "REALISASI TW II"]
    body = [[*row[:5], 1] for row in BODY if row[0]]
    (error,) = severities(read(lra(workbook, titles=titles, body=body), config), "galat")
    assert (error.place, "dua kolom terbaca sebagai realisasi" in error.rule) == ("F6", True)


def test_a_row_that_moved_to_the_right_is_told(workbook, config, severities):
    body = [*BODY[:10], ["", "", "", "JUMLAH BELANJA", 600, 150]]
    rules = [item.rule for item in severities(read(lra(workbook, body=body), config), "peringatan")]
    assert "baris berangka tanpa kode dan uraian tidak dibaca" in rules


def test_a_remainder_beside_two_budgets_is_of_the_later_one(workbook, config, severities):
    titles = ["KODE REKENING", "", "URAIAN", "APBD", "APBD-P", "REALISASI", "Lebih/(Kurang)"]
    body = [[*row[:3], row[3] * 2, *row[3:5], row[4] - row[3]] for row in BODY if row[0]]
    assert len(severities(read(lra(workbook, titles=titles, body=body), config), "peringatan")) == 1
    body[5][6] += 1
    found = severities(read(lra(workbook, titles=titles, body=body), config), "peringatan")
    assert ("G12", "selisih yang benar -140") in [(item.place, item.rule) for item in found]


def test_a_kelompok_that_there_is_not_is_told(workbook, config, severities):
    rows = [["5", "", "BELANJA", 9, 3, ""], ["5.9", "", "Belanja Lain", 9, 3, ""]]
    rules = [item.rule for item in severities(read(lra(workbook, body=rows), config), "peringatan")]
    assert "akun, kelompok atau jenis rekening ini tidak dikenal" in rules
