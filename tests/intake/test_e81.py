import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paths import shared

from pkanalysis.errors import PkError
from pkanalysis.intake import LAYOUTS, read
from pkanalysis.intake.book import open_book
from pkanalysis.intake.layouts import e81

KINDS = ["K", "Rp.", "K", "Rp.", *["K", "%", "Rp."] * 4, "K", "Rp."]
HEADS = [
    ["Evaluasi Terhadap Hasil Renja"],
    ["Kabupaten Uji"],
    ["Tahun 2025"],
    ["No", "Sasaran Perangkat Daerah", "Program/Kegiatan", "Indikator Kinerja Program (Outcome)/Kegiatan (Output)",
     "Satuan", "Target Renstra Pada Tahun 2030 (Akhir Periode Renstra)", "",
     "Target Kinerja dan Anggaran Renja Tahun Berjalan (Tahun 2025) yang dievaluasi", "",
     "Realisasi Kinerja Pada Triwulan", *[""] * 11, "Realisasi Capaian Kinerja dan Anggaran Renja yang Dievaluasi"],
    [*[""] * 9, "I", "", "", "II", "", "", "III", "", "", "IV"],
    [1, 2, 3, 4, 5, 6, "", 7, "", 8, "", "", 9, "", "", 10, "", "", 11, "", "", "12 = 8 + 9 + 10 + 11"],
    [*[""] * 5, *KINDS],
    ["", "Perangkat Daerah : Dinas Uji Coba (DISUJI)"],
]  # fmt: skip
FIRST = len(HEADS) + 1


def line(name, indicator, money, performance=(100, [10, 20, 30, 40]), goal="", unit="%"):
    """A row: ``money`` is target and four quarters in Rp, ``performance`` target and four quarters in K."""
    target, quarters = performance
    done, cells = 0, []
    for k, rp in zip(quarters, money[1:], strict=True):
        done += k
        cells += [k, done / target if target else 0, rp]
    return ["", goal, name, indicator, unit, target, money[0] * 6, target, money[0], *cells, sum(quarters),
            sum(money[1:])]  # fmt: skip


def add(*rows):
    return [sum(column) for column in zip(*rows, strict=True)]


A, B, C = [100, 10, 20, 30, 40], [50, 5, 5, 5, 5], [7, 0, 0, 0, 7]
BODY = [
    line("PENUNJANG", "", add(A, B, C)),
    line("Program Pertama", "Nilai SAKIP", add(A, B, C), goal="Meningkatnya kinerja"),
    line("Kegiatan umum", "Persentase layanan", add(A, B)),
    line("Penyediaan alat", "Jumlah paket alat", A, (4, [1, 1, 1, 1]), unit="Paket"),
    line("Penyediaan bahan", "Jumlah paket bahan", B, (2, [0, 0, 0, 2]), unit="Paket"),
    line("Pemeliharaan barang", "Jumlah barang terpelihara", C, (9, [0, 0, 0, 9]), unit="Unit"),
    line("Pemeliharaan gedung", "Jumlah gedung", C, (1, [0, 0, 0, 1]), unit="Unit"),
    line("", "", add(A, B, C)),
    [*[""] * 17, "Uji, Desember 2025"],
    [*[""] * 17, "KEPALA DINAS"],
]


@pytest.fixture
def form(workbook):
    def write(body=BODY, heads=HEADS, sheet="Realisasi"):
        return workbook("evaluasi.xlsx", {sheet: [*heads, *body]})

    return write


def changed(row, column, value):
    body = [list(cells) for cells in BODY]
    body[row][column] = value
    return body


def test_levels_come_from_names_and_sums(form, config):
    path = form()
    reading = read(path, config)
    assert reading.layout == "e81"
    assert {item.severity for item in reading.findings} == {"catatan"}
    assert reading.tables["indikator"][["nama_indikator", "tingkat"]].values.tolist() == [
        ["Nilai SAKIP", "program"], ["Persentase layanan", "kegiatan"], ["Jumlah paket alat", "sub_kegiatan"],
        ["Jumlah paket bahan", "sub_kegiatan"], ["Jumlah barang terpelihara", "kegiatan"],
        ["Jumlah gedung", "sub_kegiatan"],
    ]  # fmt: skip


def test_totals_of_the_three_levels_agree(form):
    sums = e81.totals(open_book(form()))
    assert sums.loc["program"].tolist() == [157, 127, 15, 25, 35, 52]
    assert sums.drop_duplicates().index.tolist() == ["program"]


def test_quarters_are_increments_and_targets_of_the_year_and_the_end_are_kept(form, config):
    tables = read(form(), config).tables
    code = tables["indikator"].set_index("nama_indikator").loc["Jumlah paket alat", "kode_indikator"]
    targets = tables["target"][tables["target"]["kode_indikator"].eq(code)]
    assert targets[["tahun", "dokumen", "nilai"]].values.tolist() == [[2025, "renja", 4], [2030, "renstra", 4]]
    done = tables["realisasi"][tables["realisasi"]["kode_indikator"].eq(code)]
    assert done[["periode", "nilai", "status"]].values.tolist() == [[f"TW{n}", 1, "final"] for n in range(1, 5)]
    assert set(tables["indikator"]["agregasi"]) == {"jumlah"}
    assert set(tables["indikator"]["sasaran"]) == {"Meningkatnya kinerja"}
    assert tables["opd"][["kode_opd", "nama_opd"]].values.tolist() == [["DISUJI", "Dinas Uji Coba (DISUJI)"]]


def test_indicators_are_linked_to_the_activity_above(form, config):
    tables = read(form(), config).tables
    names = tables["indikator"].set_index("kode_indikator")["nama_indikator"]
    pairs = tables["kaskade"][["kode_indikator", "kode_induk"]].map(names.get).values.tolist()
    assert ["Jumlah gedung", "Jumlah barang terpelihara"] in pairs
    assert ["Persentase layanan", "Nilai SAKIP"] in pairs


def test_invented_codes_are_stable(form, config):
    first = read(form(), config).tables["indikator"]["kode_indikator"].tolist()
    shuffled = [BODY[0], BODY[1], *BODY[5:7], *BODY[2:5], *BODY[7:]]
    assert set(read(form(shuffled, sheet="Lain"), config).tables["indikator"]["kode_indikator"]) == set(first)


def test_k_that_is_cumulative_is_taken_so(form, config):
    body = [row if len(row) < 20 else [*row[:9], 25, 0.25, row[11], 50, 0.5, row[14], 75, 0.75, row[17], 100, 1, row[20],
            100, row[22]] for row in BODY]  # fmt: skip
    assert set(read(form(body), config).tables["indikator"]["agregasi"]) == {"kumulatif"}


@pytest.mark.parametrize(
    ("row", "column", "value", "place", "figures"),
    [
        (0, 11, 99, f"W{FIRST}", ("127", "211")),
        (2, 8, 151, f"I{FIRST + 2}", ("151", "150")),
        (7, 8, 158, f"I{FIRST + 7}", ("158", "157")),
        (3, 21, 7, f"V{FIRST + 3}", ("7", "4")),
    ],
)
def test_a_sum_that_is_wrong_is_told_with_both_figures(form, config, severities, row, column, value, place, figures):
    found = severities(read(form(changed(row, column, value)), config), "peringatan")
    (told,) = [item for item in found if item.place == place]
    assert told.value == figures[0]
    assert figures[1] in told.rule


def test_a_changed_amount_never_goes_unnoticed(form, config, severities):
    for row in range(1, 8):
        for column in (8, 14, 22):
            reading = read(form(changed(row, column, 3)), config)
            assert severities(reading, "peringatan"), (row, column)


def test_text_in_an_amount_keeps_the_form_out_and_in_k_only_the_value(form, config, severities):
    (error,) = severities(read(form(changed(3, 8, "seratus")), config), "galat")
    assert (error.place, error.value) == (f"I{FIRST + 3}", "seratus")
    reading = read(form(changed(3, 9, "1 dari 4")), config)
    assert not reading.has_errors
    assert [item.place for item in severities(reading, "peringatan")] == [f"J{FIRST + 3}", f"V{FIRST + 3}"]


def test_quarters_not_reported_yet_are_not_stored(form, config):
    body = [row if len(row) < 20 else [*row[:15], 0, row[13], 0, 0, row[13], 0, row[9] + row[12], row[11] + row[14]]
            for row in BODY]  # fmt: skip
    reading = read(form(body), config)
    assert set(reading.tables["realisasi"]["periode"]) == {"TW1", "TW2"}
    assert any(item.rule.startswith("TW3, TW4 nol atau kosong") for item in reading.findings)


def test_a_target_of_nought_is_told_and_not_stored(form, config, severities):
    body = changed(3, 7, 0)
    reading = read(form(body), config)
    code = reading.tables["indikator"].query("nama_indikator == 'Jumlah paket alat'")["kode_indikator"].iloc[0]
    assert code not in set(reading.tables["realisasi"]["kode_indikator"])
    assert any("target 0 dengan anggaran Rp 100" in item.rule for item in severities(reading, "peringatan"))


def test_a_further_indicator_of_the_same_activity(form, config):
    body = [*BODY[:2], line("", "Indeks kepuasan", [0] * 5), *BODY[2:]]
    tables = read(form(body), config).tables
    assert tables["indikator"].query("tingkat == 'program'")["nama_indikator"].tolist() == [
        "Nilai SAKIP",
        "Indeks kepuasan",
    ]


def test_an_indicator_that_should_fall_is_asked_about(form, config, severities):
    (told,) = severities(read(form(changed(3, 3, "Angka Kemiskinan")), config), "peringatan")
    assert (told.place, "baik bila turun" in told.rule) == (f"D{FIRST + 3}", True)


def test_a_row_twice_is_stored_once(form, config, severities):
    reading = read(form([*BODY[:7], BODY[6], *BODY[7:]]), config)
    assert any("hanya yang pertama disimpan" in item.rule for item in severities(reading, "peringatan"))
    assert not reading.has_errors


def test_codes_where_an_office_writes_them_decide(form, config):
    codes = ["", "9.99.01", "9.99.01.2.01", "9.99.01.2.01.0001", "9.99.01.2.01.0002", "9.99.01.2.02",
             "9.99.01.2.02.0001"]  # fmt: skip
    body = changed(2, 8, 999)
    for row, code in enumerate(codes):
        body[row][2] = f"{code} {body[row][2]}".strip()
    found = read(form(body), config).tables["indikator"]["tingkat"].tolist()
    assert found == ["program", "kegiatan", "sub_kegiatan", "sub_kegiatan", "kegiatan", "sub_kegiatan"]


def test_the_sheet_that_reports_most_is_stored(workbook, config):
    early = [row if len(row) < 20 else [*row[:12], *[0] * 9, row[9], row[11]] for row in BODY]
    reading = read(workbook("a.xlsx", {"TW I": [*HEADS, *early], "TW IV": [*HEADS, *BODY]}), config)
    assert set(reading.tables["indikator"]["lembar"]) == {"TW IV"}
    assert reading.findings[0].sheet == "TW I"


@pytest.mark.parametrize(
    ("heads", "rule"),
    [
        (HEADS[:-1], "nama Perangkat Daerah tidak tertulis"),
        ([[str(cell).replace("Tahun 2025", "").replace("(Tahun 2025)", "") for cell in row] for row in HEADS],
         "tahun yang dievaluasi tidak tertulis"),
    ],
)  # fmt: skip
def test_a_head_that_is_not_filled_in_keeps_the_form_out(form, config, severities, heads, rule):
    reading = read(form(heads=heads), config)
    assert any(rule in item.rule for item in severities(reading, "galat"))
    assert reading.tables == {}


def test_a_form_without_programmes_is_kept_out(form, config, severities):
    reading = read(form(changed(1, 2, "Urusan")), config)
    assert any("tidak ada baris program" in item.rule for item in severities(reading, "galat"))


def test_totals_of_another_file_are_refused(workbook):
    with pytest.raises(PkError, match=r"tidak memuat Formulir E\.81"):
        e81.totals(open_book(workbook("a.xlsx", {"A": [["Nama"]]})))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    st.integers(0, len(BODY) - 3), st.integers(0, 22),
    st.sampled_from(["", "x", -5, 1e12, "1.234", "n/a", "100%", "70-80 BB", True]), st.integers(len(HEADS), 18),
)  # fmt: skip
def test_damage_never_ends_in_a_traceback(form, config, row, column, value, length):
    path = form(changed(row, column, value)[: length - len(HEADS)])
    with contextlib.suppress(PkError):
        read(path, config)


def test_the_deli_serdang_form_has_its_published_totals(config):
    path = shared("real", "deliserdang_e81_evaluasi_renja_2025.xlsx")
    book = open_book(path)
    assert [layout.name for layout in LAYOUTS if layout.recognise(book)] == ["e81"]
    expected = [14_723_660_349, 12_023_973_159, 1_971_343_265, 2_279_258_325, 2_733_183_079, 5_040_188_490]
    assert e81.totals(book).values.tolist() == [expected] * 3
    reading = read(path, config)
    assert not reading.has_errors
    assert reading.tables["indikator"]["tingkat"].value_counts().to_dict() == {
        "sub_kegiatan": 72, "kegiatan": 19, "program": 7,
    }  # fmt: skip
    places = {item.place for item in reading.findings if "jumlah Rp triwulannya" in item.rule}
    assert places == {"AC11", "AC12", "AC113"}
