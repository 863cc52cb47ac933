"""Formulir E.81 as other offices make it: other words, codes, a column per level, amounts as text, many sheets."""

import pytest

from pkanalysis.intake import read
from pkanalysis.intake.book import open_book
from pkanalysis.intake.layouts import e81

KINDS = ["Kinerja", "Anggaran (Rp)"] * 7
QUARTERS = ["I", "", "II", "", "III", "", "IV"]
REALISED = "Realisasi Kinerja dan Anggaran Renja Triwulan"
HEADS = [
    ["FORMULIR E.81"], ["EVALUASI TERHADAP HASIL RENJA PERANGKAT DAERAH"], ["DINAS UJI KOTA CONTOH"],
    ["PERIODE PELAKSANAAN: TAHUN 2025"],
    ["Kode", "Urusan/Bidang Urusan dan Program/Kegiatan/Sub Kegiatan", "Indikator Kinerja Program/Kegiatan", "Satuan",
     "Target Renstra PD Tahun 2026", "", "Target Renja PD Tahun 2025", "", REALISED, *[""] * 7,
     "Realisasi Capaian Kinerja Renja", "", "Unit PD Penanggung Jawab"],
    [*[""] * 8, *QUARTERS],
    [*[""] * 4, *KINDS],
    ["1", "2", "3", "4", "5", "", "6", "", "7", "", "8", "", "9", "", "10", "", "11=7+8+9+10", "", "12"],
]  # fmt: skip


def line(code, name, indicator, unit, target, quarters, ceiling, money):
    pairs = [cell for pair in zip(quarters, money, strict=True) for cell in pair]
    return [
        code,
        name,
        indicator,
        unit,
        target,
        3 * ceiling,
        target,
        ceiling,
        *pairs,
        sum(quarters),
        sum(money),
        "Umum",
    ]


BODY = [
    ["9", "URUSAN UJI"],
    line("9.99.01", "PROGRAM PENUNJANG", "Nilai SAKIP", "Nilai", 80, [0, 0, 0, 78], 140, [30, 30, 30, 30]),
    line("9.99.01.2.01", "Perencanaan", "Persentase dokumen", "%", 100, [25, 25, 25, 25], 140, [30, 30, 30, 30]),
    line("9.99.01.2.01.0001", "Penyusunan", "Jumlah dokumen", "Dok", 4, [1, 1, 1, 1], 50, [10, 10, 10, 10]),
    line("9.99.01.2.01.0002", "Evaluasi", "Jumlah laporan", "Lap", 4, [1, 1, 1, 1], 90, [20, 20, 20, 20]),
    ["", "Rata-rata capaian kinerja (%)", *[""] * 14, 98.5],
    ["", "Predikat Kinerja", *[""] * 14, "Sangat Tinggi"],
    ["Faktor pendorong: anggaran tersedia"],
]
FIRST = len(HEADS) + 1
LEVELS = ["program", "kegiatan", "sub_kegiatan", "sub_kegiatan"]


@pytest.fixture
def form(workbook):
    def write(body=BODY, heads=HEADS):
        return workbook("renja.xlsx", {"Sheet1": [*heads, *body]})

    return write


def changed(row, column, value):
    body = [list(cells) for cells in BODY]
    body[row][column] = value
    return body


def test_kinerja_and_anggaran_with_codes_and_the_office_in_a_title(form, config):
    path = form()
    reading = read(path, config)
    assert reading.layout == "e81"
    assert reading.tables["indikator"]["tingkat"].tolist() == LEVELS
    assert reading.tables["opd"]["nama_opd"].tolist() == ["DINAS UJI KOTA CONTOH"]
    assert reading.tables["target"].groupby(["tahun", "dokumen"])["nilai"].apply(list).to_dict() == {
        (2025, "renja"): [80, 100, 4, 4], (2026, "renstra"): [80, 100, 4, 4],
    }  # fmt: skip
    assert {item.severity for item in reading.findings} == {"catatan"}
    assert e81.totals(open_book(path)).values.tolist() == [[140, 120, 30, 30, 30, 30]] * 3


def test_a_column_for_each_level(form, config):
    heads = [list(row) for row in HEADS]
    heads[4][:2] = ["Program", "Kegiatan", "Sub Kegiatan"]
    for row in heads[5:]:
        row.insert(2, "")
    body = [
        [*[""] * place, row[1], *[""] * (2 - place), *row[2:]]
        for place, row in zip((0, 1, 2, 2), BODY[1:5], strict=True)
    ]
    reading = read(form(body, heads), config)
    assert reading.layout == "e81"
    assert reading.tables["indikator"]["tingkat"].tolist() == LEVELS
    assert {item.severity for item in reading.findings} == {"catatan"}


def test_amounts_and_values_as_text_with_units(form, config):
    body = [list(row) for row in BODY]
    for row in body[1:5]:
        for column in range(5, 18, 2):
            row[column] = f"Rp {row[column] * 10**6:,}".replace(",", ".") + ",00"
        for column in range(4, 17, 2):
            row[column] = f"{row[column]} {row[3]}"
    reading = read(form(body), config)
    assert {item.severity for item in reading.findings} == {"catatan"}
    assert reading.tables["realisasi"].query("periode == 'TW4'")["nilai"].tolist() == [78, 25, 1, 1]


@pytest.mark.parametrize(
    "words", [["Triwulan I", "TW. II", "Tw III", "Triwulan 4"], ["I (Jan-Mar)", "II (Apr-Jun)", "III", "IV"]]
)
def test_quarters_in_other_words_of_an_rkpd(form, config, words):
    heads = [list(row) for row in HEADS]
    heads[4][4:7] = ["Target RPJMD pada Tahun 2026", "", "Target RKPD Tahun Berjalan yang Dievaluasi (2025)"]
    heads[5][8:15:2] = words
    tables = read(form(heads=heads), config).tables
    assert set(tables["target"]["dokumen"]) == {"rkpd", "rpjmd"}
    assert tables["realisasi"].groupby("periode")["nilai"].sum().to_dict() == {
        "TW1": 27,
        "TW2": 27,
        "TW3": 27,
        "TW4": 105,
    }


def test_a_realisasi_of_last_year_before_the_target_is_not_that_of_this_year(form, config):
    heads = [[*row[:6], *extra, *row[6:]] if len(row) > 6 else row for row, extra in zip(
        HEADS, [[], [], [], [], ["Realisasi Capaian Kinerja s.d. Tahun Lalu (2024)", ""], ["", ""], KINDS[:2], ["", ""]],
        strict=True)]  # fmt: skip
    body = [[*row[:6], 55, 999, *row[6:]] if len(row) == 19 else row for row in BODY]
    reading = read(form(body, heads), config)
    assert {item.severity for item in reading.findings} == {"catatan"}
    assert e81.totals(open_book(form(body, heads))).loc["program", "realisasi_rp"] == 120


def test_a_sheet_per_office_stores_each(workbook, config):
    other = [*HEADS[:2], ["BADAN LAIN KOTA CONTOH"], *HEADS[3:]]
    reading = read(workbook("a.xlsx", {"Dinas": [*HEADS, *BODY], "Badan": [*other, *BODY]}), config)
    assert reading.tables["indikator"]["kode_opd"].value_counts().to_dict() == {
        "DINAS-UJI-KOTA-CONTOH": 4, "BADAN-LAIN-KOTA-CONTOH": 4,
    }  # fmt: skip
    assert [item.opd for item in reading.slices] == [("DINAS-UJI-KOTA-CONTOH",), ("BADAN-LAIN-KOTA-CONTOH",)]


@pytest.mark.parametrize(
    ("row", "column", "value", "place", "rule"),
    [
        (3, 0, "9.99.x1.2", f"A{FIRST + 3}", "kode tidak terbaca"),
        (3, 0, "", f"A{FIRST + 3}", "kode kosong"),
        (4, 0, "9.99.01.2.01.0001", f"A{FIRST + 4}", f"kode sama dengan baris {FIRST + 3} (Penyusunan)"),
        (4, 0, "9.99.01.2.07.0002", f"A{FIRST + 4}", "kode tidak berada di bawah 9.99.01.2.01 (Perencanaan)"),
        (3, 1, "", f"C{FIRST + 3}", "nama kegiatan kosong padahal ada anggaran (Rp 50)"),
        (3, 6, "empat", f"G{FIRST + 3}", "bukan angka atau predikat yang dikenal"),
        (3, 9, 11, f"J{FIRST + 2}", "jumlah sub kegiatan adalah 31"),
    ],
)  # fmt: skip
def test_damage_is_told_at_its_cell(form, config, severities, row, column, value, place, rule):
    told = severities(read(form(changed(row, column, value)), config), "peringatan")
    assert any(item.place == place and rule in item.rule for item in told), [item.sentence for item in told]


@pytest.mark.parametrize(
    "damage",
    [
        lambda body: body.pop(4),
        lambda body: body.insert(4, list(body[3])),
        lambda body: body.__setitem__(3, ["", *body[3]]),
        lambda body: body.__setitem__(3, [*body[3][:6], "", *body[3][6:]]),
        lambda body: body.__setitem__(slice(3, 5), [body[3][:9], body[4]]),
    ],
    ids=["truncated", "repeated", "shifted", "shifted amounts", "cut row"],
)
def test_a_row_lost_repeated_or_shifted_is_told(form, config, severities, damage):
    body = [list(cells) for cells in BODY]
    damage(body)
    reading = read(form(body), config)
    assert severities(reading, "peringatan") or reading.has_errors
