import pytest

from pkanalysis.intake import read

HEADINGS = ["TAHUN", "KODE SKPD", "NAMA SKPD", "KODE SUB KEGIATAN", "NAMA SUB KEGIATAN", "KODE_REKENING",
            "NAMA STANDAR HARGA", "PAGU_MURNI", "PAGU_GESER", "SELISIH"]  # fmt: skip


def _minus(after, before):
    return (after or 0) - (before or 0) if not isinstance(before, str) or not before else ""


def line(account, before, after, year=2025):
    return [
        year,
        "X1",
        "Dinas Uji",
        "1.01.01.2.06.0009",
        "Rapat",
        account,
        "Konsumsi",
        before,
        after,
        _minus(after, before),
    ]


LINES = [line("5.1.02.04.01.0001", 100, 50), line("5.1.02.01.01.0052", "", 30), line("5.1.02.01.01.0024", 20, 0)]


def test_every_stage_has_its_lines_and_noughts_are_left_out(workbook, config):
    reading = read(workbook("a.xlsx", {"A": [HEADINGS, *LINES]}), config)
    budget = reading.tables["anggaran"]
    assert reading.layout == "rekap_perubahan"
    assert budget[["tahap", "kode_rekening", "pagu_rp"]].values.tolist() == [
        ["murni", "5.1.02.04.01.0001", 100], ["murni", "5.1.02.01.01.0024", 20],
        ["pergeseran", "5.1.02.04.01.0001", 50], ["pergeseran", "5.1.02.01.01.0052", 30],
    ]  # fmt: skip
    assert set(budget["paket"]) == {"Konsumsi"}
    assert [(piece.stage, piece.year) for piece in reading.slices] == [("murni", 2025), ("pergeseran", 2025)]
    assert reading.findings == []


def test_codes_may_come_in_pairs_too(workbook, config):
    headings = ["TAHUN", "KODE SKPD", "NAMA SKPD", "KODE SUB KEGIATAN", "kode_rekening_murni", "pagu_murni",
                "kode_rekening_geser", "pagu_geser"]  # fmt: skip
    rows = [[2025, "X1", "Dinas Uji", "1.01.01.2.06.0009", "5.1.02.04.01.0001", 9, "5.1.02.04.01.0003", 8],
            [2025, "X1", "Dinas Uji", "1.01.01.2.06.0009", "", "", "5.1.02.01.01.0052", 7]]  # fmt: skip
    budget = read(workbook("a.xlsx", {"A": [headings, *rows]}), config).tables["anggaran"]
    assert budget[["tahap", "kode_rekening", "pagu_rp"]].values.tolist() == [
        ["murni", "5.1.02.04.01.0001", 9], ["pergeseran", "5.1.02.04.01.0003", 8],
        ["pergeseran", "5.1.02.01.01.0052", 7],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (line("5.1.02.04.01.0001", "seratus", 5), "bukan angka rupiah"),
        (line("5.1.02.04.01.0001", 5, 5, 2024), "memuat lebih dari satu tahun"),
        (line("5.1.02.04.01.0001", 5, 5, "kini"), "bukan tahun anggaran"),
    ],
)
def test_a_wrong_cell_keeps_the_file_out(workbook, config, severities, row, rule):
    reading = read(workbook("a.xlsx", {"A": [HEADINGS, *LINES, row]}), config)
    assert rule in [item.rule for item in severities(reading, "galat")]
    assert reading.tables == {}


def test_a_stage_that_is_not_configured_keeps_the_file_out(workbook, config, severities):
    lines = [line("5.1.02.04.01.0001", 5, 5, 2026)]
    errors = severities(read(workbook("a.xlsx", {"A": [HEADINGS, *lines]}), config), "galat")
    assert [item.value for item in errors] == ["murni", "pergeseran"]


def test_a_stage_in_thousands_is_a_warning_with_both_figures(workbook, config, severities):
    lines = [line("5.1.02.04.01.0001", 100_000, 50), line("5.1.02.01.01.0052", 20_000, 30)]
    (warning,) = severities(read(workbook("a.xlsx", {"A": [HEADINGS, *lines]}), config), "peringatan")
    assert warning.value == "pagu murni 120000, pagu pergeseran 80"


def test_the_standar_harga_variant_of_the_recap(workbook, config):
    headings = ["TAHUN", "KODE SKPD", "NAMA SKPD", "KODE SUB KEGIATAN", "KODE REKENING", "KODE STANDAR HARGA",
                "NAMA STANDAR HARGA", "PAGU"]  # fmt: skip
    row = [2025, "X1", "Dinas Uji", "1.01.01.2.06.0009", "5.1.02.01.01.0052", "1.1.12.01", "Kotak nasi", 5]
    reading = read(workbook("murni.xlsx", {"A": [headings, row]}), config)
    assert (reading.layout, reading.tables["anggaran"]["paket"].tolist()) == ("rekap5", ["Kotak nasi"])
