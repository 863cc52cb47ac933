"""Cash plan with a row per account: small look-alikes with invented figures."""

from itertools import accumulate

import pytest

from pkanalysis.intake import read

MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
          "Desember"]  # fmt: skip
HEAD = [["ANGGARAN KAS"], ["TAHUN ANGGARAN 2025"], ["SKPD", ":", "1.01.0.00.0.00.01.0000 Dinas Uji"], []]
PENS, FOOD = [9, 2, 3, 4, 5, 6, 7, 8, 9, 1, 1, 12], [10] * 12
BOTH = [one + two for one, two in zip(PENS, FOOD, strict=True)]
LINES = [("5.1.02.01.01.0024", "Alat Tulis", PENS), ("5.1.02.01.01.0052", "Makan Minum", FOOD)]
TREE = [("5", "BELANJA", BOTH), ("5.1.02.01", "Barang", BOTH), *LINES]
WITH_QUARTERS = [*MONTHS[:3], "Triwulan I", *MONTHS[3:6], "Triwulan II", *MONTHS[6:9], "TW III", *MONTHS[9:], "TW IV"]


def quarters(months):
    return [cell for at in range(0, 12, 3) for cell in (*months[at : at + 3], sum(months[at : at + 3]))]


def dotted(months):
    return [f"Rp {value}.000,00" for value in months]


@pytest.mark.parametrize(
    "rows",
    [
        [["KODE REKENING", "URAIAN", *MONTHS, "JUMLAH"], *([code, name, *own, sum(own)] for code, name, own in LINES)],
        [["No. Rek", "Uraian", "PAGU", *WITH_QUARTERS, "Jumlah"], [*map(str, range(1, 21))],
         *([code, name, sum(own), *quarters(own), sum(own)] for code, name, own in TREE)],
        [["KODE REKENING", "URAIAN", "ANGGARAN 1 TAHUN", "RENCANA PENARIKAN", *[""] * 11], ["", "", "", *MONTHS],
         *([code, name, sum(own), *own] for code, name, own in TREE)],
        [["KODE REKENING", "URAIAN", *[cell for word in ("I", "II", "III", "IV") for cell in (f"TRIWULAN {word}", "", "")]],
         ["", "", *MONTHS], *([code, name, *own] for code, name, own in TREE)],
        [["URAIAN", *MONTHS, "JUMLAH"], *([f"{code} {name}", *own, sum(own)] for code, name, own in TREE)],
        [["KODE", "URAIAN", *MONTHS, "JUMLAH"], ["1.01.01", "Program", *BOTH, sum(BOTH)],
         ["1.01.01.2.06.0009", "Rapat", *BOTH, sum(BOTH)], *([code, name, *own, sum(own)] for code, name, own in TREE)],
        [["KODE REKENING", "URAIAN", "PAGU", *MONTHS], *([code, name, sum(own), *accumulate(own)] for code, name, own in TREE)],
        [["KODE REKENING", "URAIAN", *(f"s.d. {name}" for name in MONTHS)],
         *([code, name, *accumulate(own)] for code, name, own in TREE)],
        [["KODE REKENING", "URAIAN", *MONTHS], *([code, name, *own] for code, name, own in LINES), ["", "JUMLAH", *BOTH],
         [], ["", "Kepala Dinas"]],
    ],
    ids=["jumlah", "quarters", "merged", "quarters above", "one cell", "activities", "cumulative", "until", "total"],
)  # fmt: skip
def test_the_months_of_the_leaves_are_stored(workbook, config, severities, rows):
    reading = read(workbook("a.xlsx", {"Kas": [*HEAD, *rows]}), config)
    plan = reading.tables["rencana_kas"]
    assert (reading.layout, severities(reading, "galat"), reading.slices[0].year) == ("kas_rekening", [], 2025)
    assert plan.groupby("bulan")["rencana_rp"].sum().tolist() == BOTH
    assert set(plan["kode_rekening"]) == {code for code, _, _ in LINES}
    assert all("kumulatif" in item.rule for item in severities(reading, "peringatan"))


def test_rupiah_may_be_text(workbook, config):
    rows = [["KODE REKENING", "URAIAN", *MONTHS], *([code, name, *dotted(own)] for code, name, own in LINES)]
    reading = read(workbook("a.xlsx", {"Kas": [*HEAD, *rows]}), config)
    assert reading.tables["rencana_kas"]["rencana_rp"].sum() == 1000 * sum(BOTH)


@pytest.mark.parametrize(
    ("column", "place", "says"),
    [
        (2, "C7", "jumlah 12 bulan adalah 67"),
        (3, "G7", "jumlah Januari–Maret adalah 15"),
        (6, "G7", "jumlah Januari–Maret adalah 14"),
        (19, "T7", "jumlah 12 bulan adalah 67"),
    ],
)
def test_a_changed_amount_is_found_at_the_sum_that_tells_it(workbook, config, column, place, says):
    rows = [[code, name, sum(own), *quarters(own), sum(own)] for code, name, own in LINES]
    rows[0][column] += 1
    sheet = [
        *HEAD,
        ["KODE REKENING", "URAIAN", "PAGU", *WITH_QUARTERS, "JUMLAH"],
        ["1", "2", *map(str, range(3, 21))],
        *rows,
    ]
    reading = read(workbook("a.xlsx", {"Kas": sheet}), config)
    assert (place, says) in [(item.place, item.rule) for item in reading.findings]


def test_a_month_that_falls_among_cumulative_ones_is_found(workbook, config, severities):
    running = [list(accumulate(own)) for _, _, own in LINES]
    running[0][4] = 1
    rows = [["KODE REKENING", "URAIAN", "PAGU", *MONTHS],
            *([code, name, sum(own), *months] for (code, name, own), months in zip(LINES, running, strict=True))]  # fmt: skip
    reading = read(workbook("a.xlsx", {"Kas": [*HEAD, *rows]}), config)
    assert ("H6", "angka kumulatif Mei lebih kecil dari April") in [
        (item.place, item.rule) for item in severities(reading, "peringatan")
    ]


@pytest.mark.parametrize(
    ("codes", "says"),
    [(("5.1.02.01.01.024", "5.1.02.01.01.052"), "90/2019"), (("1.01.01", "1.01.02"), "tidak ada baris")],
)
def test_other_numbering_and_plans_without_accounts_are_refused(workbook, config, severities, codes, says):
    rows = [["KODE REKENING", "URAIAN", *MONTHS], *([code, "Uraian", *FOOD] for code in codes)]
    (error,) = severities(read(workbook("a.xlsx", {"Kas": [*HEAD, *rows]}), config), "galat")
    assert says in error.rule


def test_a_plan_that_does_not_say_whose_it_is_is_kept_out(workbook, config, severities):
    head = [*HEAD[:1], ["TAHUN 2025"], ["SKPD", ":", "......"], []]
    rows = [["KODE REKENING", "URAIAN", *MONTHS], *([code, name, *own] for code, name, own in LINES)]
    errors = severities(read(workbook("a.xlsx", {"Kas": [*head, *rows]}), config), "galat")
    assert [item.rule for item in errors] == ["kepala berkas tidak menyebut perangkat daerah"]
