import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from paths import ROOT, shared

from pkanalysis.errors import PkError
from pkanalysis.intake import LAYOUTS, read
from pkanalysis.intake.book import open_book
from pkanalysis.intake.layouts import form

HEADINGS = ["opd", "indikator", "satuan", "arah", "target_2025", "target_hitung", "realisasi_2025", "status"]
ROWS = [
    ["Kabupaten", "Angka Kemiskinan", "%", "-", "7,78", "7.78", "7,60", ""],
    ["Dinas Uji", "Nilai Sakip", "Nilai", "+", "70-80 BB", "80", "72,94", ""],
    ["Dinas Uji", "Opini BPK", "Opini", "+", "WTP", "", "WTP", ""],
    ["Dinas Uji", "Indeks Uji", "Indeks", "+", "0,648", "", "Belum Rilis BPS", ""],
    ["Dinas Uji", "Persentase desa", "%", "+", "95%", "", "100%\t", "draft"],
    ["Dinas Lain", "Angka partisipasi", "%", "+", "60", "", "n/a", ""],
]


@pytest.fixture
def listed(tmp_path):
    def write(rows, headings=HEADINGS, name="iku.csv"):
        path = tmp_path / name
        text = "".join(";".join(map(str, cells)) + "\n" for cells in [headings, *rows])
        path.write_text(text, encoding="utf-8")
        return path

    return write


def changed(row, column, value):
    rows = [list(cells) for cells in ROWS]
    rows[row][HEADINGS.index(column)] = value
    return rows


def test_a_clean_list_has_no_warning(listed, config):
    reading = read(listed(ROWS), config)
    assert reading.layout == "iku"
    assert [item.severity for item in reading.findings] == ["catatan"]
    assert reading.slices[0].year == 2025
    assert reading.slices[0].opd == ("DINAS-LAIN", "DINAS-UJI", "KABUPATEN")


def test_a_printed_achievement_is_kept_in_per_cent(listed, config):
    headings = [*HEADINGS[:-1], "capaian_2025", "status"]
    rows = [
        ["Dinas Uji", "Indeks Uji", "Indeks", "+", "80", "", "76", stated, ""]
        for stated in ("95,00", "0,95", "95%", "")
    ]
    rows = [[row[0], f"{row[1]} {place}", *row[2:]] for place, row in enumerate(rows)]
    kept = read(listed(rows, headings), config).tables["realisasi"].sort_values("baris")
    assert kept["capaian_tercetak"].tolist() == pytest.approx([95, 95, 95, float("nan")], nan_ok=True)


def test_values_and_statuses(listed, config):
    tables = read(listed(ROWS), config).tables
    names = tables["indikator"].set_index("kode_indikator")["nama_indikator"]
    targets = tables["target"].assign(nama=tables["target"]["kode_indikator"].map(names)).set_index("nama")
    done = tables["realisasi"].assign(nama=tables["realisasi"]["kode_indikator"].map(names)).set_index("nama")
    assert targets.loc["Nilai Sakip", ["nilai", "nilai_atas", "nilai_huruf", "dokumen"]].tolist() == [
        70,
        80,
        "BB",
        "pk",
    ]
    assert targets.loc["Opini BPK", "nilai_huruf"] == "WTP"
    assert done["status"].to_dict() == {
        "Angka Kemiskinan": "final", "Nilai Sakip": "final", "Opini BPK": "final", "Indeks Uji": "menunggu_rilis",
        "Persentase desa": "sementara", "Angka partisipasi": "tidak_terukur",
    }  # fmt: skip
    assert done["nilai"].dropna().to_dict() == {"Angka Kemiskinan": 7.6, "Nilai Sakip": 72.94, "Persentase desa": 100}
    assert tables["indikator"]["polaritas"].value_counts().to_dict() == {"naik_baik": 5, "turun_baik": 1}
    assert tables["indikator"]["tingkat"].tolist() == ["iku_kota", *["iku_opd"] * 5]


@pytest.mark.parametrize(
    ("row", "column", "value", "place", "rule"),
    [
        (0, "arah", "+", "D2", "arah tampak terbalik untuk Angka Kemiskinan"),
        (0, "arah", "", "D2", "arah kosong, sehingga indikator ini tidak disimpan"),
        (0, "arah", "entah", "D2", "arah tidak dikenal"),
        (1, "indikator", "", "B3", "nama indikator kosong"),
        (4, "target_2025", "", "E6", "target kosong"),
        (4, "target_2025", "n/a", "E6", "target kosong"),
        (4, "target_2025", "0", "E6", "target 0, sehingga capaian tidak terdefinisi"),
        (4, "target_2025", "4,.9", "E6", "pemisah ganda; dibaca 4,9"),
        (4, "target_2025", "8:30", "E6", "bukan angka, rentang atau predikat; tidak disimpan"),
        (4, "realisasi_2025", "", "G6", "realisasi kosong"),
        (4, "realisasi_2025", "BB", "G6", "realisasi berupa predikat"),
        (4, "realisasi_2025", "274302", "G6", "274302 tidak wajar untuk satuan %"),
        (4, "target_hitung", "4", "E6", "berbeda dari target_hitung 4; yang disimpan 95%"),
    ],
)
def test_each_defect_is_told_at_its_cell(listed, config, severities, row, column, value, place, rule):
    reading = read(listed(changed(row, column, value)), config)
    (told,) = severities(reading, "peringatan")
    assert (told.place, rule in told.rule) == (place, True), told.sentence
    assert not reading.has_errors


@pytest.mark.parametrize(
    ("column", "value", "stored"), [("arah", "", 5), ("indikator", "", 5), ("target_2025", "x5y", 6)]
)
def test_a_row_that_cannot_be_used_is_left_out_and_the_rest_is_kept(listed, config, column, value, stored):
    assert len(read(listed(changed(4, column, value)), config).tables["indikator"]) == stored


def test_a_copy_with_another_realisasi_is_told_with_both(listed, config, severities):
    copy = ["Kabupaten", "Angka Kemiskinan (salinan)", "%", "-", "7,78", "7.78", "9,99", ""]
    reading = read(listed([*ROWS, copy]), config)
    (told,) = severities(reading, "peringatan")
    assert told.place == "B8"
    assert "realisasi_2025 7,60" in told.rule
    assert "realisasi_2025 9,99" in told.rule
    assert len(reading.tables["indikator"]) == 6


def test_a_reading_that_its_row_contradicts_is_not_stored(listed, config, severities):
    visits = ["Dinas Uji", "Kunjungan", "orang", "+", "149,152", "", "274302", ""]
    points = ["Dinas Uji", "Lama sekolah", "Tahun", "+", "8.59", "", "8.72", ""]
    reading = read(listed([*ROWS, points, visits]), config)
    (told,) = severities(reading, "peringatan")
    assert told.place == "E9"
    assert told.rule.startswith("dapat berarti 149152 atau 149,152; kolom dan barisnya bertentangan")
    code = reading.tables["indikator"].query("nama_indikator == 'Kunjungan'")["kode_indikator"].iloc[0]
    assert code not in set(reading.tables["target"]["kode_indikator"])
    assert code in set(reading.tables["realisasi"]["kode_indikator"])


def test_without_a_direction_column_the_default_is_told_and_never_goes_against_a_name(listed, config, severities):
    rows = [[2025, "Dinas Uji", "Sasaran", "Jumlah layanan", "12", "Layanan"],
            [2025, "Dinas Uji", "Sasaran", "Angka Kemiskinan", "7,78", "%"]]  # fmt: skip
    reading = read(listed(rows, ["Tahun", "OPD", "Sasaran", "Indikator", "Target", "Satuan"]), config)
    assert reading.tables["indikator"][["nama_indikator", "polaritas"]].values.tolist() == [
        ["Jumlah layanan", "naik_baik"]
    ]
    whole, row = severities(reading, "peringatan")
    assert "dibaca naik_baik" in whole.rule
    assert (row.place, "tidak disimpan" in row.rule) == ("D3", True)


def test_years_and_quarters_in_headings(listed, config):
    headings = ["Perangkat Daerah", "Indikator Kinerja Utama", "Arah", "Target 2024", "Realisasi Tahun 2024",
                "Target 2025", "Realisasi 2025", "Realisasi TW I 2025", "Realisasi Triwulan 2 2025"]  # fmt: skip
    reading = read(listed([["Dinas Uji", "Layanan", "naik", 1, 2, 3, 4, 5, 6]], headings), config)
    done = reading.tables["realisasi"]
    assert done[["tahun", "periode", "nilai"]].values.tolist() == [
        [2024, "tahunan", 2], [2025, "tahunan", 4], [2025, "TW1", 5], [2025, "TW2", 6],
    ]  # fmt: skip
    assert reading.tables["target"][["tahun", "nilai"]].values.tolist() == [[2024, 1], [2025, 3]]
    assert [item.year for item in reading.slices] == [2024, 2025]


def test_pk_and_its_change_are_two_documents(listed, config):
    headings = ["Tahun", "Tipe", "OPD", "Indikator", "Target", "Satuan", "Arah"]
    rows = [
        [2025, tipe, "Dinas Uji", "Layanan", target, "%", "+"] for tipe, target in (("PK", 80), ("PK Perubahan", 70))
    ]
    reading = read(listed(rows, headings), config)
    assert not reading.has_errors
    assert reading.tables["target"][["dokumen", "ke", "nilai"]].values.tolist() == [
        ["pk", 0, 80],
        ["pk_perubahan", 1, 70],
    ]


def test_the_office_may_stand_above_the_list_and_cells_be_merged(workbook, config):
    rows = [["Perjanjian Kinerja Tahun 2025"], ["Perangkat Daerah : Dinas Uji"], [],
            ["No", "Sasaran Strategis", "Indikator Kinerja", "Satuan", "Arah", "Target", "Realisasi"],
            [1, "Meningkat", "Layanan", "%", "+", 80, 75.5]]  # fmt: skip
    tables = read(workbook("pk.xlsx", {"PK": rows}), config).tables
    assert tables["opd"]["nama_opd"].tolist() == ["Dinas Uji"]
    assert tables["realisasi"][["tahun", "nilai"]].values.tolist() == [[2025, 75.5]]


def test_a_list_without_a_year_is_kept_out(listed, config, severities):
    headings = [heading.removesuffix("_2025") for heading in HEADINGS]
    reading = read(listed(ROWS, headings), config)
    assert severities(reading, "galat")[0].rule.startswith("tahun tidak tertulis")
    assert read(listed(ROWS, headings, name="iku 2025.csv"), config).slices[0].year == 2025


def test_a_list_of_fractions_is_asked_about(listed, config, severities):
    rows = [["Dinas Uji", f"Layanan {n}", "%", "+", f"0,{n}5", "", f"0,{n}1", ""] for n in range(1, 5)]
    assert "mungkin pecahan" in severities(read(listed(rows), config), "peringatan")[0].rule


def test_the_same_list_on_two_sheets_is_stored_once(workbook, config, severities):
    reading = read(workbook("iku.xlsx", {"A": [HEADINGS, *ROWS], "B": [HEADINGS, *ROWS]}), config)
    assert not reading.has_errors
    assert len(severities(reading, "peringatan")) == len(ROWS)
    assert "baris 2 lembar A" in severities(reading, "peringatan")[0].rule


def test_our_own_workbook_and_published_figures_are_not_taken_for_lists(tmp_path, config):
    form.write_blank(tmp_path / "isian.xlsx", config, 2025, "TW3")
    for path in [tmp_path / "isian.xlsx", *(ROOT / "data" / "kota_jambi" / "sumber").glob("*.csv")]:
        assert not {"iku", "e81", "dpa"} & {layout.name for layout in LAYOUTS if layout.recognise(open_book(path))}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    st.integers(0, len(ROWS) - 1), st.sampled_from(HEADINGS),
    st.sampled_from(["", "x", "1.2.3", "4,.9", "-", "n/a", "9" * 400, "=1+1", "\t", '"', "1e5", "70-80"]),
    st.integers(0, len(ROWS)),
)  # fmt: skip
@example(0, "opd", "", 1)
def test_every_row_is_stored_or_named_whatever_the_damage(listed, config, row, column, value, length):
    rows = changed(row, column, value)[:length]
    try:
        reading = read(listed(rows), config)
    except PkError:
        return
    stored = set(reading.tables["indikator"]["baris"]) if "indikator" in reading.tables else set()
    told = {int(item.place.lstrip("ABCDEFGH")) for item in reading.findings if item.place and "baris" not in item.place}
    for item in reading.findings:
        if (
            item.code == "IKU_TANPA_OPD"
        ):  # without any office the file is refused, and all rows are named by their number
            assert f"{len(rows)} baris tidak disimpan" in item.rule
            told |= set(range(2, len(rows) + 2))
    assert set(range(2, len(rows) + 2)) <= stored | told or value == '"'


def test_all_92_rows_of_the_pringsewu_list_are_stored_or_named(config):
    path = shared("real", "pringsewu_lakip_2025_iku.csv")
    assert [layout.name for layout in LAYOUTS if layout.recognise(open_book(path))] == ["iku"]
    reading = read(path, config)
    assert not reading.has_errors
    stored = set(reading.tables["indikator"]["baris"])
    named = {int(item.place[1:]) for item in reading.findings if "tidak disimpan" in item.rule}
    assert len(reading.tables["opd"]) == 27
    assert len(stored) == 85
    assert set(range(2, 94)) - stored <= named
    assert reading.tables["realisasi"]["status"].value_counts().to_dict() == {
        "final": 81, "sementara": 2, "menunggu_rilis": 1,
    }  # fmt: skip
