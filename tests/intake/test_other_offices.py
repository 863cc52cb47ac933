"""Lists of other offices: the same columns under other words, titles, rows of numbers and totals around them."""

import csv
import io
from itertools import accumulate

import pytest

from pkanalysis.intake import read

OPD, NAME = "1.01.2.22.0.00.01.0000", "Dinas Pendidikan"
TRAVEL, PENS, CHAIR = "5.1.02.04.01.0001", "5.1.02.01.01.0024", "5.2.02.05.02.0001"
PLAIN = ["TAHUN", "KODE SKPD", "NAMA SKPD", "KODE SUB KEGIATAN", "NAMA SUB KEGIATAN", "KODE REKENING", "NAMA REKENING"]
SIGNED = [[], ["", "Kota Contoh, 2 Januari 2025"], ["", "Kepala Dinas"]]


def keys(account):
    return [2025, OPD, NAME, "1.01.01.2.06.0009", "Rapat", account, "Belanja"]


LINES = [[*keys(TRAVEL), 1_000_000], [*keys(PENS), 2_500_000], [*keys(CHAIR), 4_000_000]]
WITHOUT_YEAR = [row[1:] for row in LINES]


def dotted(value):
    return f"{value:,}".replace(",", ".") if isinstance(value, int) and value > 9999 else value


def web_page(tmp_path, rows):
    path = tmp_path / "murni_2025.xls"
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    path.write_text(f"<html><table>{cells}</table></html>", encoding="utf-8")
    return path


def semicolons(tmp_path, rows):
    path = tmp_path / "murni.csv"
    written = io.StringIO()
    csv.writer(written, delimiter=";").writerows(rows)
    path.write_bytes(written.getvalue().encode("cp1252"))
    return path


@pytest.mark.parametrize(
    "rows",
    [
        [["REKAPITULASI BELANJA"], [], [*PLAIN, "PAGU"], list(range(1, 9)), *LINES, *SIGNED],
        [["Tahun Anggaran", "Kode Perangkat Daerah", "Perangkat Daerah", "Kode Sub Kegiatan", "Sub Kegiatan", "Kode Rek.",
          "Uraian", "Jumlah Anggaran (Rp)"], *LINES],
        [["REKAP BELANJA TAHUN ANGGARAN 2025"], [*PLAIN[1:], "Pagu Anggaran"], *WITHOUT_YEAR],
        [["TAHUN", "SKPD", "", "SUB KEGIATAN", "", "REKENING", "", "PAGU"], ["", *["KODE", "NAMA"] * 3, ""], *LINES],
        [[*PLAIN, "PAGU"], *LINES[:2], [*PLAIN, "PAGU"], LINES[2]],
        [[*PLAIN, "PAGU"], *LINES, ["", "", "", "", "", "JUMLAH", "", 7_500_000]],
        [[*PLAIN, "PAGU"], *LINES, ["TOTAL", "", "", "", "", "", "", 7_500_000]],
        [[*PLAIN, "PAGU"], [*keys("5"), 7_500_000], [*keys("5.1.02"), 3_500_000], *LINES[:2], [*keys("5.2"), 4_000_000],
         LINES[2]],
        [["(dalam ribuan rupiah)"], [*PLAIN, "PAGU"], *([*row[:-1], row[-1] // 1000] for row in LINES)],
        [[cell for name in [*PLAIN, "PAGU"] for cell in (name, "")], *([each for cell in row for each in (cell, "")]
                                                                       for row in LINES)],
    ],
    ids=["titles", "synonyms", "year in title", "two rows", "page break", "jumlah", "total", "parents", "ribuan", "blank"],
)  # fmt: skip
def test_a_recap_under_other_words_gives_its_lines_only(workbook, config, severities, rows):
    reading = read(workbook("rekap_murni.xlsx", {"Catatan": [["lihat lembar lain"]], "Isi": rows}), config)
    assert (reading.layout, severities(reading, "galat"), severities(reading, "peringatan")) == ("rekap5", [], [])
    assert reading.tables["anggaran"][["kode_opd", "kode_rekening", "pagu_rp"]].values.tolist() == [
        [OPD, TRAVEL, 1_000_000], [OPD, PENS, 2_500_000], [OPD, CHAIR, 4_000_000],
    ]  # fmt: skip


@pytest.mark.parametrize("write", [web_page, semicolons])
def test_a_recap_in_another_container_gives_its_lines(tmp_path, config, write):
    path = write(tmp_path, [[*PLAIN, "PAGU"], *([dotted(cell) for cell in row] for row in LINES)])
    assert read(path, config).tables["anggaran"]["pagu_rp"].sum() == 7_500_000


def test_a_sheet_per_opd_is_read_whole(workbook, config):
    other = [[*row[:1], "1.02.0.00.0.00.01.0000", "Dinas Kesehatan", *row[3:]] for row in LINES]
    sheets = {"Disdik": [[*PLAIN, "PAGU"], *LINES], "Dinkes": [[*PLAIN, "PAGU"], *other], "Pivot": [["Row Labels", 5]]}
    reading = read(workbook("murni.xlsx", sheets), config)
    assert reading.slices[0].opd == (OPD, "1.02.0.00.0.00.01.0000")
    assert reading.tables["anggaran"]["pagu_rp"].sum() == 15_000_000


@pytest.mark.parametrize(
    ("row", "place", "says"),
    [
        ([*keys(PENS)[:3], "", *keys(PENS)[4:], 7], "D5", "kosong pada 1 baris"),
        (LINES[1], "F5", "1 baris sama persis dengan baris di atasnya (ini sama dengan baris 3)"),
        ([*keys("5.1.02"), 9], "H5", "jumlah ini tidak sama dengan jumlah barisnya, 3500000"),
        ([*keys("5.9.02.04.01.0001"), 9], "F5", "akun, kelompok atau jenis rekening ini tidak dikenal"),
        (["JUMLAH", *[""] * 6, "tujuh"], "H5", "bukan angka rupiah"),
        (["", "JUMLAH", *[""] * 6, 7_500_000], "H5", "baris jumlah ini tidak punya angka"),
    ],
)
def test_a_wrong_row_of_a_recap_is_found_at_its_place(workbook, config, row, place, says):
    reading = read(workbook("murni.xlsx", {"Isi": [[*PLAIN, "PAGU"], *LINES, row]}), config)
    found = [(item.place, item.rule) for item in reading.findings if item.severity != "catatan"]
    assert any(where == place and says in rule for where, rule in found)


@pytest.mark.parametrize(
    ("headings", "stage", "stages"),
    [
        (["APBD MURNI", "APBD PERGESERAN", "SELISIH"], "", ["murni", "pergeseran"]),
        (["Pagu Sebelum Pergeseran", "Pagu Setelah Pergeseran", "Selisih"], "", ["murni", "pergeseran"]),
        (["Pagu APBD Murni", "Pagu P-APBD", "Bertambah/(Berkurang)"], "", ["murni", "perubahan"]),
        (["Anggaran Murni (Rp)", "Anggaran Perubahan (Rp)", "Selisih (Rp)"], "", ["murni", "perubahan"]),
        (["Pagu Sebelum Perubahan", "Pagu Sesudah Perubahan", "Selisih"], "", ["pergeseran", "perubahan"]),
        (["SEMULA", "MENJADI", "BERTAMBAH / (BERKURANG)"], "pergeseran", ["murni", "pergeseran"]),
    ],
)
def test_the_stages_of_a_change_go_by_many_names(workbook, config, severities, headings, stage, stages):
    pairs = {TRAVEL: (100, 50), PENS: (40, 40), CHAIR: (0, 70)}
    rows = [[*PLAIN, *headings], *([*keys(code), one, two, two - one] for code, (one, two) in pairs.items())]
    reading = read(workbook("a.xlsx", {"Isi": rows}), config, stage)
    assert (reading.layout, severities(reading, "galat"), severities(reading, "peringatan")) == (
        "rekap_perubahan",
        [],
        [],
    )
    assert reading.tables["anggaran"].groupby("tahap")["pagu_rp"].sum().to_dict() == dict(
        zip(stages, (140, 160), strict=True)
    )


def test_semula_and_menjadi_need_a_stage(workbook, config, severities):
    reading = read(workbook("a.xlsx", {"Isi": [[*PLAIN, "SEMULA", "MENJADI"], [*keys(PENS), 5, 6]]}), config)
    (error,) = severities(reading, "galat")
    assert ("tahap tidak tertulis" in error.rule, reading.tables) == (True, {})


def test_headings_of_a_change_may_stand_in_two_rows(workbook, config):
    rows = [[*PLAIN, "JUMLAH (Rp)", "", "SELISIH"], [*[""] * 7, "MURNI", "PERGESERAN", ""], [*keys(PENS), 5, 6, 1]]
    budget = read(workbook("a.xlsx", {"Isi": rows}), config).tables["anggaran"]
    assert budget[["tahap", "pagu_rp"]].values.tolist() == [["murni", 5], ["pergeseran", 6]]


MONTHS = [4, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 1]
SHORT = ["Jan", "Peb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sept", "Okt", "Nop", "Des"]


@pytest.mark.parametrize(
    ("headings", "figures"),
    [
        ([*PLAIN, *SHORT, "TOTAL"], [*MONTHS, 70]),
        ([*PLAIN, "PAGU", *SHORT], [70, *MONTHS]),
        ([*PLAIN, *SHORT[:3], "TW I", *SHORT[3:]], [*MONTHS[:3], 9, *MONTHS[3:]]),
        ([*PLAIN, "PAGU", *SHORT], [70, *accumulate(MONTHS)]),
    ],
    ids=["short", "pagu", "quarter", "cumulative"],
)
def test_a_cash_plan_under_other_words_gives_its_months(workbook, config, headings, figures):
    reading = read(workbook("a.xlsx", {"Isi": [headings, [*keys(PENS), *figures]]}), config)
    assert reading.layout == "rak"
    assert reading.tables["rencana_kas"]["rencana_rp"].tolist() == MONTHS
    assert [item.rule[:24] for item in reading.findings] == ["kolom bulan berisi angka"] * (figures[0] == figures[-1])


def test_months_that_may_be_cumulative_are_doubted(workbook, config, severities):
    reading = read(workbook("a.xlsx", {"Isi": [[*PLAIN, *SHORT], [*keys(PENS), *accumulate(MONTHS)]]}), config)
    (warning,) = severities(reading, "peringatan")
    assert "seperti angka kumulatif" in warning.rule


DOCUMENTS = ["Kode OPD", "Nama OPD", "Kode Sub Kegiatan", "Kode Rekening Belanja", "No Dokumen", "Jenis Transaksi",
             "Tanggal Dokumen", "Nilai Realisasi (Rp)", "Nilai SP2D"]  # fmt: skip


@pytest.mark.parametrize(
    "when", ["7 Januari 2025", "Selasa, 7 Janurai 2025", "2025-01-07", "07/01/25", "7-Jan-2025", "07.01.2025 10:20"]
)
def test_documents_are_dated_in_any_form(workbook, config, when):
    rows = [["Laporan"], DOCUMENTS, [OPD, NAME, "1.01.01.2.06.0009", PENS, "1", "GU", when, 50, 999]]
    spent = read(workbook("a.xlsx", {"Isi": rows}), config).tables["realisasi_anggaran"]
    assert spent[["bulan", "realisasi_rp"]].values.tolist() == [[1, 50]]


def test_a_document_that_stands_twice_and_a_sum_that_is_not_met_are_found(workbook, config, severities):
    line = [OPD, NAME, "1.01.01.2.06.0009", PENS, "1", "GU", "7 Januari 2025", 50, 999]
    reading = read(workbook("a.xlsx", {"Isi": [DOCUMENTS, line, line, ["JUMLAH", *[""] * 6, 50]]}), config)
    assert [(item.place, item.rule[:12]) for item in severities(reading, "peringatan")] == [
        ("H4", "jumlah ini t"), ("D3", "1 baris sama"),
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["{} - {}", "[{}] {}", "({}) {}", "{}\n{}", "{} {}"])
def test_code_and_name_of_one_cell_may_be_set_apart_by_any_sign(workbook, config, severities, form):
    def both(code, name):
        return form.format(code, name)

    line = [both(OPD, NAME), both("1.01.01.2.06.0009", "Rapat"), both(PENS, "Alat Tulis"), 50]
    rows = [
        ["ANGGARAN TAHUN 2025"],
        ["Unit Kerja", "Sub Kegiatan", "Kode dan Nama Rekening", "Pagu"],
        [1, 2, 3, 4],
        line,
    ]
    reading = read(workbook("murni.xlsx", {"Isi": rows}), config)
    assert reading.tables["anggaran"][["kode_opd", "nama_opd", "kode_rekening", "nama_rekening"]].values.tolist() == [
        [OPD, NAME, PENS, "Alat Tulis"]
    ]
    assert severities(reading, "galat") == []
