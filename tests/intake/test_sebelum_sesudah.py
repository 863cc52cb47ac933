"""A small look-alike of an office's own before/after workbook, with invented figures."""

import openpyxl
import pytest
from paths import shared

from pkanalysis.errors import PkError
from pkanalysis.intake import read

TRAVEL, FOOD, CHAIR = "5.1.02.04.01.0001", "5.1.02.01.01.0052 ", "5.2.02.05.002.000"
STAGES = ["SEBELUM EFISIENSI", "SETELAH EFISIENSI", "ANGGARAN PAPBD"]
TOP = ["", "", "", *STAGES, "JANUARI", "", "FEBRUARI", "", "SISA ANGGARAN"]
SUB = ["", "", "", "", "", "", "DKKB", "REALISASI", "DKKB", "REALISASI", ""]


def line(account, stages, months=(0, 0, 0, 0), name="Belanja Uji"):
    return [1, account, name, *stages, *months, 99]


FIRST = [line(TRAVEL, [100, 50, 50], [10, 9, 10, 8]), line(FOOD, [40, 40, 30], [5, 5, 0, 0])]
SECOND = [line(TRAVEL, [60, 30, 35], [1, 1, 1, 1]), line(CHAIR, [0, 20, 20])]
BOTH = [line(TRAVEL, [160, 80, 85]), line(FOOD, [40, 40, 30]), line(CHAIR, [0, 20, 20])]


def head(source):
    return [
        ["Bidang / UPT ", ":", "UPT Uji Coba Dinas Uji Provinsi Contoh"],
        ["Program", ":", "( 3.27.07 )\xa0Program Uji"],
        ["KPA", ":", "Budi Rahasia"],
        ["TAHUN ANGGARAN", ":", "2025"],
        ["Sumber Anggaran", ":", source],
    ]


def total(lines, **changed):
    sums = [sum(row[column] for row in lines if len(row) > 9) for column in range(3, 10)]
    return ["", "", "J U M L A H", *(changed.get(str(column), value) for column, value in enumerate(sums, 3))]


def block(source, lines, sub="3.27.07.1.02.02", top=TOP, **changed):
    under = [["", "Kegiatan", "3.27.07.1.02 Kegiatan Uji"], ["", "Sub Kegiatan", f"{sub}\xa0Sub\nUji"]]
    return [*head(source), [], top, SUB, *under, *lines, total(lines, **changed), [], ["NIP. 1980", "", "Budi"], []]


def sheet(*blocks):
    return [row for rows in blocks for row in rows]


def sums(reading):
    return reading.tables["anggaran"].groupby("tahap")["pagu_rp"].sum().to_dict()


def notes(reading, words):
    return [item for item in reading.findings if words in item.rule]


def test_three_stages_spending_and_plan(workbook, config):
    reading = read(workbook("a.xlsx", {"S": sheet(block("DAU", FIRST), block("PAD", SECOND))}), config)
    assert reading.layout == "sebelum_sesudah"
    assert sums(reading) == {"murni": 200, "pergeseran": 140, "perubahan": 135}
    assert reading.tables["realisasi_anggaran"].groupby("bulan")["realisasi_rp"].sum().to_dict() == {1: 15, 2: 9}
    assert reading.tables["rencana_kas"].groupby("bulan")["rencana_rp"].sum().to_dict() == {1: 16, 2: 11}
    assert [piece.stage for piece in reading.slices] == ["murni", "pergeseran", "perubahan"]
    assert reading.slices[0].opd == ("UPT-UJI-COBA",)
    assert not reading.has_errors


def test_a_line_carries_its_place_names_and_source(workbook, config):
    reading = read(workbook("a.xlsx", {"S": block("DAU", FIRST)}), config)
    first = reading.tables["anggaran"].iloc[0]
    assert first[["kode_program", "kode_sub_kegiatan", "nama_sub_kegiatan", "nama_sumber_dana"]].tolist() == [
        "3.27.07", "3.27.07.1.02.0002", "Sub Uji", "DAU",
    ]  # fmt: skip
    assert first[["tahun", "kode_sumber_dana", "nama_rekening", "lembar", "baris"]].tolist() == [
        2025, "", "Belanja Uji", "S", 11,
    ]  # fmt: skip


def test_a_nought_at_one_stage_is_left_out_so_that_a_join_sees_it_come(workbook, config):
    budget = read(workbook("a.xlsx", {"S": block("PAD", SECOND)}), config).tables["anggaran"]
    chair = budget[budget["kode_rekening"] == "5.2.02.05.02.0000"]
    assert chair["tahap"].tolist() == ["pergeseran", "perubahan"]
    assert chair["kode_rekening_asli"].unique().tolist() == [CHAIR]


@pytest.mark.parametrize("named", ["TOTAL (DAU + PAD)", "Semua"])
def test_a_block_that_adds_up_others_is_not_stored(workbook, config, named):
    rows = sheet(block("DAU", FIRST), block("PAD", SECOND), block(named, BOTH))
    reading = read(workbook("a.xlsx", {"S": rows}), config)
    assert sums(reading)["murni"] == 200
    (note,) = notes(reading, "sama dengan jumlah blok")
    assert (note.severity, named in note.place) == ("catatan", True)


def test_a_total_block_that_adds_up_nothing_is_a_warning_and_not_stored(workbook, config):
    wrong = [line(TRAVEL, [161, 80, 85])]
    reading = read(workbook("a.xlsx", {"S": sheet(block("DAU", FIRST), block("TOTAL", wrong))}), config)
    assert sums(reading)["murni"] == 140
    (warning,) = notes(reading, "tidak sama dengan jumlah blok mana pun")
    assert warning.value == "murni 161, pergeseran 80, perubahan 85"


def test_a_footer_that_misses_a_line_is_a_warning_with_both_figures(workbook, config):
    reading = read(workbook("a.xlsx", {"S": block("DAU", FIRST, **{"7": 9})}), config)
    (warning,) = notes(reading, "jumlah baris di atasnya")
    assert (warning.place, warning.column, warning.value) == ("H13", "JANUARI REALISASI", "9")
    assert warning.rule == "jumlah baris di atasnya 14"


def test_a_sheet_that_repeats_another_is_stored_once(workbook, config):
    months = [row[:6] for row in FIRST]
    rows = [*head("")[:4], ["NO", "KODE", "URAIAN", *STAGES], ["", "Sub Kegiatan", "3.27.07.1.02.0002 Sub"], *months]
    reading = read(workbook("a.xlsx", {"Ringkas": rows, "S": block("DAU", FIRST)}), config)
    assert sums(reading)["murni"] == 140
    assert notes(reading, "sudah ada di lembar S dengan angka yang sama")


def test_a_sheet_that_contradicts_another_is_a_warning(workbook, config):
    other = [row[:6] for row in [line(TRAVEL, [101, 50, 50]), FIRST[1]]]
    rows = [*head("")[:4], ["NO", "KODE", "URAIAN", *STAGES], ["", "Sub Kegiatan", "3.27.07.1.02.0002 Sub"], *other]
    reading = read(workbook("a.xlsx", {"Ringkas": rows, "S": block("DAU", FIRST)}), config)
    assert sums(reading)["murni"] == 140
    (warning,) = notes(reading, "2 baris ada juga di lembar S, 1 berbeda")
    assert "[101, 50, 50]" in warning.value


def test_two_sheets_with_different_lines_are_both_stored(workbook, config):
    other = block("PAD", SECOND, sub="3.27.07.1.02.0003")
    assert sums(read(workbook("a.xlsx", {"A": block("DAU", FIRST), "B": other}), config))["murni"] == 200


def test_a_heading_repeated_by_a_page_break_goes_on_with_the_block(workbook, config):
    rows = block("DAU", FIRST)
    at = rows.index(FIRST[1])
    reading = read(workbook("a.xlsx", {"S": [*rows[:at], TOP, SUB, *rows[at:]]}), config)
    assert sums(reading)["murni"] == 140
    assert not notes(reading, "jumlah baris di atasnya")


def test_subtotals_do_not_end_a_block(workbook, config):
    rows = block("DAU", [*FIRST, total(FIRST), ["", "Sub Kegiatan", "3.27.07.1.02.0003 Lain"], *SECOND])
    rows[-4] = total(FIRST + SECOND)
    reading = read(workbook("a.xlsx", {"S": rows}), config)
    assert sums(reading)["murni"] == 200
    assert not notes(reading, "jumlah baris di atasnya")


def test_a_row_of_figures_without_an_account_is_a_warning(workbook, config):
    reading = read(workbook("a.xlsx", {"S": block("DAU", [*FIRST, line("", [7, 7, 7])])}), config)
    (warning,) = notes(reading, "tanpa kode rekening enam ruas")
    assert warning.place == "baris 13"


def test_x_xx_gives_way_to_the_bidang_of_the_head(workbook, config):
    reading = read(workbook("a.xlsx", {"S": block("DAU", FIRST, sub="X.XX.01.1.06.0009")}), config)
    assert reading.tables["anggaran"]["kode_sub_kegiatan"].unique().tolist() == ["3.27.01.1.06.0009"]


def test_other_words_for_the_stages_and_only_two_of_them(workbook, config):
    top = ["", "", "", "ANGGARAN 1 TAHUN", "ANGGARAN SETELAH REVISI", "PERSENTASE", "JANUARI"]
    assert sums(read(workbook("a.xlsx", {"S": block("DAU", FIRST, top=top)}), config)) == {
        "murni": 140, "pergeseran": 90,
    }  # fmt: skip


def test_the_code_of_the_head_is_the_code_of_the_opd(workbook, config):
    rows = block("DAU", FIRST)
    rows[0] = ["PERANGKAT DAERAH", ":", "2.09.3.27.0.00.02.0000 Dinas Uji"]
    opd = read(workbook("a.xlsx", {"S": rows}), config).tables["opd"]
    assert opd[["kode_opd", "nama_opd", "jenis"]].values.tolist() == [
        ["2.09.3.27.0.00.02.0000", "Dinas Uji", "lainnya"]
    ]


def test_persons_in_the_head_and_at_the_foot_are_not_read(workbook, config):
    reading = read(workbook("a.xlsx", {"S": block("DAU", FIRST)}), config)
    told = "".join(frame.to_csv() for frame in reading.tables.values()) + str(reading.findings)
    assert "Budi" not in told
    assert "1980" not in told


def without(rows, label):
    return [row for row in rows if not (row and row[0] == label)]


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        (without(block("DAU", FIRST), "TAHUN ANGGARAN"), "kepala tabel tidak memuat TAHUN ANGGARAN"),
        (without(block("DAU", FIRST), "Bidang / UPT "), "kepala tabel tidak memuat PERANGKAT DAERAH"),
        ([*block("DAU", FIRST)[:-4], [1, CHAIR, "Kursi", "satu", 1, 1]], "bukan angka rupiah"),
    ],
)
def test_what_is_missing_or_wrong_keeps_the_file_out(workbook, config, severities, rows, rule):
    reading = read(workbook("a.xlsx", {"S": rows}), config)
    assert rule in [item.rule for item in severities(reading, "galat")]


def test_a_stage_that_is_not_configured_keeps_the_file_out(workbook, config, severities):
    rows = block("DAU", FIRST)
    rows[3] = ["TAHUN ANGGARAN", ":", "2024"]
    reading = read(workbook("a.xlsx", {"S": rows}), config)
    assert [item.value for item in severities(reading, "galat")] == ["murni", "pergeseran", "perubahan"]


def test_only_parent_accounts_are_not_understood(workbook, config):
    with pytest.raises(PkError, match="SEBELUM EFISIENSI"):
        read(workbook("a.xlsx", {"S": block("DAU", [line("5.1.02", [1, 1, 1])])}), config)


@pytest.fixture(scope="module")
def jatim():
    return shared("real", "jatim_upt_2025_sebelum_sesudah_efisiensi.xlsx")


def test_the_jatim_workbook_has_its_published_totals(jatim, config):
    reading = read(jatim, config)
    wide = reading.tables["anggaran"].pivot_table(
        index=["nama_sumber_dana", "kode_sub_kegiatan", "kode_rekening"],
        columns="tahap", values="pagu_rp", aggfunc="sum", fill_value=0,
    )  # fmt: skip
    change = wide["pergeseran"] - wide["murni"]
    accounts = wide.index.get_level_values("kode_rekening")
    assert not reading.has_errors
    assert wide.sum().tolist() == [4_322_423_846, 3_862_913_070, 3_862_913_070]
    assert (-change.clip(upper=0).sum(), change.clip(lower=0).sum()) == (883_662_776, 424_152_000)
    assert wide[accounts.str.startswith("5.1.02.04")].sum().tolist() == [1_315_748_000, 657_874_000, 662_094_000]
    assert wide[accounts.str.startswith("5.2")].sum().tolist() == [112_565_000, 104_344_000, 150_765_000]
    assert reading.tables["realisasi_anggaran"]["realisasi_rp"].sum() == 3_657_214_029
    assert reading.tables["opd"][["kode_opd", "kode_induk"]].values.tolist() == [
        ["UPT-PELATIHAN-PERTANIAN", "2.09.3.27.0.00.02.0000"]
    ]


def test_the_jatim_footer_that_misses_a_line_is_found(jatim, config):
    warnings = notes(read(jatim, config), "jumlah baris di atasnya")
    assert [(item.place, item.value) for item in warnings] == [("Q48", "14223500"), ("S48", "196206330")]


def test_nothing_of_the_jatim_total_blocks_or_the_repeated_sheet_is_stored(jatim, config):
    reading = read(jatim, config)
    assert len(notes(reading, "sama dengan jumlah blok")) == 3
    assert len(notes(reading, "dengan angka yang sama")) == 2
    assert set(reading.tables["anggaran"]["lembar"]) == {"REALISASI 2025"}


def test_a_workbook_with_formulas_that_nobody_computed_is_refused(workbook, config):
    """Saved by a script: the formula is there, its value is not, and a total would be smaller."""
    path = workbook("anggaran.xlsx", {"A": sheet(block("DAU", FIRST))})
    book = openpyxl.load_workbook(path)
    book["A"]["Z99"] = "=1+1"
    book.save(path)
    with pytest.raises(
        PkError, match=r"anggaran\.xlsx, lembar .*, sel Z99: rumusnya belum dihitung.*buka berkas ini di Excel"
    ):
        read(path, config)


def test_a_stage_in_thousands_beside_one_in_rupiah_is_told(workbook, config):
    lines = [line(TRAVEL, [100_000, 50, 50]), line(FOOD, [40_000, 40, 30])]
    (found,) = notes(read(workbook("a.xlsx", {"S": block("DAU", lines)}), config), "lebih dari 100 kali")
    assert found.value == "murni 140000, pergeseran 90"


OFFICE = [
    ["Perangkat Daerah", ":", "Dinas Uji"],
    ["Sub Kegiatan", ":", "3.27.07.1.02.02 Uji"],
    ["DATA TAHUN ANGGARAN 2025"],
]


def plain(*headings, lines=((TRAVEL, 100, 50), (FOOD, 40, 30)), head=OFFICE):
    return [*head, ["No", "Kode Rekening", "Uraian", *headings], *([1, code, "Uraian", *rest] for code, *rest in lines)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Pagu Sebelum Efisiensi", "Pagu Sesudah Efisiensi"), ("Anggaran Murni", "Anggaran Setelah Inpres 1/2025"),
        ("DPA Murni", "DPA Pergeseran"), ("Sebelum Rasionalisasi", "Setelah Rasionalisasi"), ("PAGU AWAL", "HASIL EFISIENSI"),
    ],
)  # fmt: skip
def test_stages_go_by_many_names(workbook, config, before, after):
    reading = read(workbook("a.xlsx", {"S": plain(before, after)}), config)
    assert (reading.layout, sums(reading)) == ("sebelum_sesudah", {"murni": 140, "pergeseran": 80})


@pytest.mark.parametrize("place", ["above", "heading"])
def test_amounts_in_thousands_are_rupiah(workbook, config, place):
    head = [*OFFICE, ["(dalam ribuan rupiah)"]] if place == "above" else OFFICE
    unit = "" if place == "above" else " (Rp ribu)"
    rows = plain(f"Sebelum Efisiensi{unit}", f"Setelah Efisiensi{unit}", head=head)
    assert sums(read(workbook("a.xlsx", {"S": rows}), config)) == {"murni": 140_000, "pergeseran": 80_000}


def test_a_sheet_per_opd_is_no_repeat_even_with_the_same_amounts(workbook, config):
    sheets = {
        name: plain(
            "Sebelum Efisiensi", "Setelah Efisiensi", head=[["Perangkat Daerah", ":", f"Dinas {name}"], *OFFICE[1:]]
        )
        for name in ("Satu", "Dua")
    }
    reading = read(workbook("a.xlsx", sheets), config)
    assert (sums(reading)["murni"], set(reading.tables["anggaran"]["kode_opd"])) == (280, {"DINAS-SATU", "DINAS-DUA"})


@pytest.mark.parametrize(
    ("lines", "place", "says"),
    [
        (((TRAVEL, 100, 50, 50), (FOOD, 40, 30, 11)), "F6", "selisih yang benar -10"),
        (((TRAVEL, 100, 50, 50), (FOOD, 40, 30, "x")), "F6", "bukan angka rupiah"),
        (((TRAVEL, 100, 50, 50), (TRAVEL, 100, 50, 50)), "baris 6", "baris ini sama dengan baris 5; keduanya dihitung"),
    ],
)
def test_a_wrong_line_is_told_at_its_place(workbook, config, severities, lines, place, says):
    rows = plain("Sebelum Efisiensi", "Setelah Efisiensi", "Selisih", lines=lines)
    found = severities(read(workbook("a.xlsx", {"S": rows}), config), "peringatan")
    assert (place, says) in [(item.place, item.rule) for item in found]


def test_the_2019_numbering_is_refused(workbook, config, severities):
    rows = plain(
        "Sebelum Efisiensi", "Setelah Efisiensi", lines=(("5.1.02.04.01.001", 5, 4), ("5.1.02.01.01.024", 5, 4))
    )
    (error,) = severities(read(workbook("a.xlsx", {"S": rows}), config), "galat")
    assert "Permendagri 90/2019" in error.rule


def test_a_list_of_many_opd_is_no_workbook_of_one(workbook, config):
    rows = [*OFFICE, ["Nama OPD", "Kode Rekening", "Uraian", "Sebelum Efisiensi", "Setelah Efisiensi"],
            ["Dinas A", TRAVEL, "x", 5, 4], ["Dinas B", TRAVEL, "x", 5, 4]]  # fmt: skip
    with pytest.raises(PkError, match="tidak dikenali"):
        read(workbook("a.xlsx", {"S": rows}), config)


def test_the_sub_kegiatan_may_stand_in_a_column_of_its_own(workbook, config):
    rows = [*OFFICE[:1], *OFFICE[2:],
            ["Kode Sub Kegiatan", "Sub Kegiatan", "Kode Rekening", "Uraian", "Sebelum Efisiensi", "Setelah Efisiensi"],
            ["3.27.07.1.02.0002", "Pelatihan", TRAVEL, "Perjalanan", 5, 4], ["", "", FOOD, "Makan", 5, 4],
            ["3.27.07.1.02.0003", "Rapat", TRAVEL, "Perjalanan", 7, 1]]  # fmt: skip
    budget = read(workbook("a.xlsx", {"S": rows}), config).tables["anggaran"].query("tahap == 'murni'")
    assert budget[["kode_sub_kegiatan", "nama_sub_kegiatan", "kode_rekening", "pagu_rp"]].values.tolist() == [
        ["3.27.07.1.02.0002", "Pelatihan", TRAVEL, 5], ["3.27.07.1.02.0002", "Pelatihan", FOOD.strip(), 5],
        ["3.27.07.1.02.0003", "Rapat", TRAVEL, 7],
    ]  # fmt: skip
