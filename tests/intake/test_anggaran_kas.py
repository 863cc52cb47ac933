"""Cash plan with target and realisasi rows: a small look-alike with invented figures, and the real one."""

import pandas as pd
import pytest
from paths import shared

from pkanalysis.config import Config
from pkanalysis.intake import read
from pkanalysis.intake.checks import mislabelled

MONTHS = ["Januari", "Pebruari", "Maret", "Triwulan I", "April", "Mei", "Juni", "Juli", "Agustus", "September",
          "Oktober", "Nopember", "Desember"]  # fmt: skip


def months(first, rest=0):
    return [first, rest, rest, "", *[rest] * 9]


def form(workbook, lines, head=("DINAS UJI", "TAHUN ANGGARAN 2025")):
    rows = [
        ["ANGGARAN KAS DAN REALISASI"],
        *([line] for line in head),
        [],
        ["Nama OPD", "Anggaran", "Rincian", *MONTHS],
    ]
    return workbook("kas.xlsx", {"X": [*rows, *lines]})


LINES = [
    ["", "PENDAPATAN", "TARGET", *months(9, 9)], ["", "", "REALISASI", *months(9, 9)],
    ["", "BELANJA", "Target", *months(10, 5)], ["", "", "Realisasi", *months(7)],
]  # fmt: skip


def test_target_and_realisasi_of_belanja_become_two_tables(workbook, config):
    reading = read(form(workbook, LINES), config)
    plan, spent = reading.tables["rencana_kas"], reading.tables["realisasi_anggaran"]
    assert reading.layout == "anggaran_kas"
    assert (plan["rencana_rp"].sum(), sorted(plan["bulan"]), set(plan["kode_rekening"])) == (
        65, list(range(1, 13)), {"5"},
    )  # fmt: skip
    assert spent[["bulan", "realisasi_rp", "kode_opd", "baris"]].values.tolist() == [[1, 7, "DINAS-UJI", 9]]
    assert (reading.findings, reading.slices[0].year) == ([], 2025)


def test_parts_are_taken_and_their_sum_is_not(workbook, config):
    parts = [["", "BELANJA", "Target", *months(10)], ["", "Belanja Operasi", "Target", *months(6)],
             ["", "Belanja Modal", "Target", *months(4)]]  # fmt: skip
    plan = read(form(workbook, parts), config).tables["rencana_kas"]
    assert plan[["kode_rekening", "rencana_rp"]].values.tolist() == [["5.1", 6], ["5.2", 4]]


@pytest.mark.parametrize(
    ("head", "says"), [(("", "TAHUN ANGGARAN 2025"), "perangkat daerah"), (("Dinas Uji",), "tahun")]
)
def test_a_form_that_does_not_say_whose_or_when_is_kept_out(workbook, config, severities, head, says):
    (error,) = severities(read(form(workbook, LINES, head), config), "galat")
    assert says in error.rule


def test_text_in_a_month_is_an_error_at_its_cell(workbook, config, severities):
    lines = [*LINES[:2], ["", "BELANJA", "Target", *months("sepuluh")]]
    assert [item.place for item in severities(read(form(workbook, lines), config), "galat")] == ["D8"]


def test_the_real_uploads_of_march_are_told_apart():
    config = Config("nyata", "Kota Uji")
    kas = read(shared("real", "toba", "anggaran_kas_32_20221208-150630.xlsx"), config).tables["realisasi_anggaran"]
    found = {}
    for name in ("32_lra_20221207-153247.xlsx", "32_lra_20221208-111705.xlsx"):
        new = read(shared("real", "toba", name), config).tables["realisasi_anggaran"].assign(kode_opd="UNIT-32")
        found[name] = [(item.value, item.rule) for item in mislabelled(new, kas.assign(kode_opd="UNIT-32"), name)]
    assert found["32_lra_20221207-153247.xlsx"] == []
    ((value, rule),) = found["32_lra_20221208-111705.xlsx"]
    assert (value, "126029191" in rule) == ("346786239", True)


def test_a_month_without_others_to_compare_is_not_doubted():
    rows = pd.DataFrame({"kode_opd": ["A"], "tahun": [2025], "bulan": [3], "realisasi_rp": [5]})
    assert mislabelled(rows, rows.head(0), "a.xlsx") == []


@pytest.mark.parametrize(
    ("lines", "place", "says"),
    [
        ([["", "BELANJA", "Target", 10, 5, 5, 21, *[1] * 9]], "G6", "jumlah Januari–Maret adalah 20"),
        ([["", "BELANJA", "Target", *months(10)], ["", "Belanja Operasi", "Target", *months(6)],
          ["", "Belanja Modal", "Target", *months(3)]], "D6", "jumlah ini tidak sama dengan jumlah barisnya, 9"),
        ([["", "BELANJA", "Target", *months(5)], ["", "BELANJA", "Target", *months(5)]], "baris 7",
         "belanja ini sudah ada di baris 6; keduanya dihitung"),
        ([*LINES, ["", "BELANJA", "", *months(5)]], "baris 10", "baris belanja tanpa TARGET atau REALISASI tidak dibaca"),
        ([["", "BELANJA", "Target", *range(1, 4), "", *range(4, 13)]], "baris 6", "angka tidak pernah turun dari Januari"),
    ],
)  # fmt: skip
def test_what_does_not_add_up_is_told_at_its_place(workbook, config, severities, lines, place, says):
    found = severities(read(form(workbook, lines), config), "peringatan")
    assert any(item.place == place and item.rule.startswith(says) for item in found)


def test_the_unit_above_the_form_counts(workbook, config):
    reading = read(form(workbook, LINES, ("DINAS UJI", "TAHUN ANGGARAN 2025", "(dalam ribuan rupiah)")), config)
    assert reading.tables["rencana_kas"]["rencana_rp"].sum() == 65_000
