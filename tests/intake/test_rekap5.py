import pytest

from pkanalysis import codes
from pkanalysis.errors import PkError
from pkanalysis.intake import read
from pkanalysis.intake.grid import Grid
from pkanalysis.intake.headings import Header
from pkanalysis.intake.layouts.lines import accounts

HEADINGS = [
    "NO", "TAHUN", "KODE URUSAN", "NAMA URUSAN", "KODE SKPD", "NAMA SKPD", "KODE SUB UNIT", "NAMA SUB UNIT",
    "KODE BIDANG URUSAN", "NAMA BIDANG URUSAN", "KODE PROGRAM", "NAMA PROGRAM", "KODE KEGIATAN", "NAMA KEGIATAN",
    "KODE SUB KEGIATAN", "NAMA SUB KEGIATAN", "KODE SUMBER DANA", "NAMA SUMBER DANA", "KODE REKENING",
    "NAMA REKENING", "PAKET/KELOMPOK", "NAMA PAKET/KELOMPOK", "PAGU",
]  # fmt: skip


def line(account="5.1.02.04.01.0001", pagu=1000, **other):
    values = {
        "NO": 1, "TAHUN": 2025, "KODE SKPD": "X1.01.0.00.0.00.01.0000", "NAMA SKPD": "Dinas Uji (contoh)",
        "KODE SUB UNIT": "X1.01.0.00.0.00.01.0001", "NAMA SUB UNIT": "Bidang Uji", "KODE BIDANG URUSAN": "1.01",
        "NAMA BIDANG URUSAN": "PENDIDIKAN", "KODE PROGRAM": "1.01.01", "NAMA PROGRAM": "Program Uji",
        "KODE KEGIATAN": "1.01.01.2.06", "NAMA KEGIATAN": "Administrasi Uji", "KODE SUB KEGIATAN": "1.01.01.2.06.09",
        "NAMA SUB KEGIATAN": "Rapat Uji", "KODE SUMBER DANA": "1.2.1", "NAMA SUMBER DANA": "DAU",
        "KODE REKENING": account, "NAMA REKENING": "Belanja Uji", "NAMA PAKET/KELOMPOK": "Paket A", "PAGU": pagu,
    } | other  # fmt: skip
    return [values.get(name, "") for name in HEADINGS]


def test_the_23_columns_become_budget_lines(workbook, config):
    rows = [HEADINGS, line(), line("510204010003", "2.500"), line(account="", pagu=3500)]
    reading = read(workbook("rekap5_2025_pergeseran_CONTOH.xlsx", {"Sheet1": rows}), config)
    budget = reading.tables["anggaran"]
    assert reading.layout == "rekap5"
    assert not reading.has_errors
    assert budget["pagu_rp"].tolist() == [1000, 2500]
    assert budget["kode_rekening"].tolist() == ["5.1.02.04.01.0001", "5.1.02.04.01.0003"]
    assert budget["kode_rekening_asli"].tolist() == ["5.1.02.04.01.0001", "510204010003"]
    assert budget.loc[0, ["tahun", "tahap", "kode_opd", "kode_sub_kegiatan", "paket", "lembar", "baris"]].tolist() == [
        2025, "pergeseran", "X1.01.0.00.0.00.01.0000", "1.01.01.2.06.0009", "Paket A", "Sheet1", 2,
    ]  # fmt: skip
    assert reading.tables["opd"][["kode_opd", "nama_opd"]].values.tolist() == [
        ["X1.01.0.00.0.00.01.0000", "Dinas Uji (contoh)"]
    ]
    assert [item.rule for item in reading.findings] == [
        "1 baris tanpa kode rekening (baris induk atau jumlah) tidak disimpan"
    ]
    (piece,) = reading.slices
    assert (piece.year, piece.stage, piece.opd) == (2025, "pergeseran", ("X1.01.0.00.0.00.01.0000",))


def test_columns_are_found_by_name_wherever_they_stand(workbook, config):
    order = [name for name in reversed(HEADINGS) if name != "KODE SUB UNIT"]
    spelled = [{"KODE SKPD": "Kode\xa0Skpd", "PAGU": "Pagu (Rp)"}.get(name, name.title()) for name in order]
    values = dict(zip(HEADINGS, line(), strict=True))
    rows = [["REKAP"], [], ["", *spelled], ["", *(values[name] for name in order)]]
    budget = read(workbook("murni.xlsx", {"A": [["x"]], "B": rows}), config).tables["anggaran"]
    assert budget.loc[0, ["pagu_rp", "kode_sub_unit", "lembar", "baris"]].tolist() == [1000, "", "B", 4]


def test_a_bidang_that_excel_turned_into_a_number_is_read_from_the_sub_kegiatan(workbook, config):
    row = line(**{"KODE BIDANG URUSAN": 1.1, "KODE SUB KEGIATAN": "1.10.02.2.01.0001"})
    budget = read(workbook("murni.xlsx", {"A": [HEADINGS, row]}), config).tables["anggaran"]
    assert budget["kode_bidang_urusan"].tolist() == ["1.10"]


@pytest.mark.parametrize(
    ("name", "named", "says"),
    [
        ("rekap.xlsx", "", "tahap tidak tertulis di nama berkas"),
        ("murni_dan_perubahan.xlsx", "", "nama berkas menyebut lebih dari satu tahap"),
        ("murni.xlsx", "perubahan_2", "tahap itu belum ada"),
    ],
)
def test_without_a_known_stage_the_file_is_kept_out(workbook, config, severities, name, named, says):
    reading = read(workbook(name, {"A": [HEADINGS, line()]}), config, named)
    (error,) = severities(reading, "galat")
    assert error.rule == says
    assert "--tahap" in error.remedy
    assert reading.tables == {}


def test_the_stage_that_the_user_names_wins_over_the_file_name(workbook, config):
    reading = read(workbook("murni.xlsx", {"A": [HEADINGS, line()]}), config, "Perubahan")
    assert reading.slices[0].stage == "perubahan"


@pytest.mark.parametrize(
    ("row", "rule", "place"),
    [
        (line(pagu="seribu"), "bukan angka rupiah", "W3"),
        (line(TAHUN="tahun ini"), "bukan tahun anggaran", "B3"),
        (line(TAHUN=2024), "memuat lebih dari satu tahun", ""),
        (line(pagu=""), "wajib diisi (pagu (Rp))", "W3"),
        (line(**{"KODE SKPD": ""}), "wajib diisi (kode SKPD seperti di SIPD)", "E3"),
    ],
)
def test_a_wrong_cell_is_an_error_that_names_it(workbook, config, severities, row, rule, place):
    reading = read(workbook("murni.xlsx", {"A": [HEADINGS, line(), row]}), config)
    assert (rule, place) in [(item.rule, item.place) for item in severities(reading, "galat")]


def test_the_2019_numbering_is_refused_as_a_whole(workbook, config, severities):
    rows = [HEADINGS, line("5.1.02.04.01.001"), line("5.1.02.04.01.003")]
    (error,) = severities(read(workbook("murni.xlsx", {"A": rows}), config), "galat")
    assert "Permendagri 90/2019" in error.rule


def test_an_account_that_cannot_be_read_is_kept_with_a_warning(workbook, config, severities):
    reading = read(workbook("murni.xlsx", {"A": [HEADINGS, line(), line("5.1.02.0x")]}), config)
    (warning,) = severities(reading, "peringatan")
    assert (warning.place, warning.value) == ("S3", "5.1.02.0x")
    assert reading.tables["anggaran"]["pagu_rp"].sum() == 2000


def test_a_recap_without_a_heading_is_not_understood(workbook, config):
    rows = [[name for name in HEADINGS if name != "PAGU"], line()]
    with pytest.raises(PkError, match="PAGU"):
        read(workbook("murni.xlsx", {"A": rows}), config)


@pytest.mark.parametrize(
    ("change", "place"),
    [({"pagu": 1001}, "W4"), ({"pagu": 1000, "KODE SUB KEGIATAN": "1.01.01.2.06.10"}, "W4"), (None, "W3")],
)
def test_a_total_that_the_lines_do_not_meet_is_a_warning(workbook, config, severities, change, place):
    changed = [line(**change)] if change is not None else []
    rows = [HEADINGS, line("5.1.02.04.01.0003", 2500), *changed, line(account="", pagu=3500)]
    (warning,) = severities(read(workbook("murni.xlsx", {"A": rows}), config), "peringatan")
    assert (warning.place, warning.value) == (place, "3500")


def test_a_grand_total_without_any_code_is_held_against_all_lines(workbook, config, severities):
    total = ["TOTAL", *[""] * (len(HEADINGS) - 2), 3501]
    rows = [HEADINGS, line(), line("5.1.02.04.01.0003", 2500), total]
    (warning,) = severities(read(workbook("murni.xlsx", {"A": rows}), config), "peringatan")
    assert "jumlah barisnya, 3500" in warning.rule


def test_amounts_in_thousands_of_the_heading_are_rupiah(workbook, config):
    headings = [name if name != "PAGU" else "PAGU (Rp ribu)" for name in HEADINGS]
    budget = read(workbook("murni.xlsx", {"A": [headings, line(pagu="1.234,5")]}), config).tables["anggaran"]
    assert budget["pagu_rp"].tolist() == [1_234_500]


def test_lost_digits_let_the_file_in_with_a_warning(workbook, config, severities):
    reading = read(workbook("murni.xlsx", {"A": [HEADINGS, line(pagu="2,61024E+11")]}), config)
    (warning,) = severities(reading, "peringatan")
    assert (warning.place, warning.value) == ("W2", "2,61024E+11")
    assert reading.tables["anggaran"]["pagu_rp"].tolist() == [261_024_000_000]


def test_an_account_is_read_without_the_name_behind_it_in_its_cell():
    written = ["5.1.02.04.01.0001 Perjalanan", "5.1.02. 04", "Belanja 5"]
    header = Header(0, {"kode_rekening": 0}, {"kode_rekening": "KODE REKENING"})
    read_as, told = accounts(Grid("a.xlsx", "A", header, {"kode_rekening": written}, [2, 3, 4]))
    assert read_as == ["5.1.02.04.01.0001", codes.canonical("5.1.02. 04"), "Belanja 5"]
    assert [(item.code, item.value) for item in told] == [("BUKAN_REKENING", "Belanja 5")]
