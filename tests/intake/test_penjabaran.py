"""Penjabaran with subtotals: a small look-alike with invented figures, and the real files."""

import pytest
from paths import shared

from pkanalysis.errors import PkError
from pkanalysis.intake import read
from pkanalysis.intake.book import open_book
from pkanalysis.intake.layouts.trees import forms, settle

HEAD = ["Judul;Penjabaran Perubahan APBD;;", "Tahun;2025;;", "Kode Organisasi;1.01.0.00.0.00.01.0000;;", "Nama Organisasi;Dinas Uji;;", "No. Rekening;Uraian;Sebelum;Sesudah;Selisih"]  # fmt: skip
BODY = [
    "1.01.01 . 5;BELANJA;300;260;-40",
    "1.01.01.2.06.0009 ;Rapat Uji;300;260;-40",
    "1.01.01.2.06.0009 . 5.1.02 ;Barang dan Jasa;300;260;-40",
    "1.01.01.2.06.0009 . 5.1.02.04.01.0001 ;Perjalanan;200;100;-100",
    "1.01.01.2.06.0009 . 5.1.02.01.01.0052 ;Makan Minum;100;160;60",
    ";JUMLAH BELANJA;300;260;-40",
]


def csv(tmp_path, lines, name="a.csv"):
    path = tmp_path / name
    path.write_bytes("\r".join(lines).encode("cp1252"))
    return path


def test_before_and_after_become_two_stages(tmp_path, config, severities):
    reading = read(csv(tmp_path, [*HEAD, *BODY]), config)
    budget = reading.tables["anggaran"]
    assert reading.layout == "penjabaran"
    assert budget.groupby("tahap")["pagu_rp"].sum().to_dict() == {"pergeseran": 300, "perubahan": 260}
    assert set(budget["kode_sub_kegiatan"]) == {"1.01.01.2.06.0009"}
    assert reading.tables["opd"][["kode_opd", "nama_opd"]].values.tolist() == [["1.01.0.00.0.00.01.0000", "Dinas Uji"]]
    assert [piece.stage for piece in reading.slices] == ["pergeseran", "perubahan"]
    assert severities(reading, "peringatan") == []
    assert "SEBELUM disimpan sebagai tahap pergeseran" in reading.findings[0].rule


def test_the_user_names_the_later_stage(tmp_path, config):
    assert [piece.stage for piece in read(csv(tmp_path, [*HEAD, *BODY]), config, "pergeseran").slices] == [
        "murni", "pergeseran",
    ]  # fmt: skip


def test_nothing_comes_before_the_first_stage(tmp_path, config, severities):
    (error,) = severities(read(csv(tmp_path, [*HEAD, *BODY]), config, "murni"), "galat")
    assert "sebelum murni tidak ada tahap lain" in error.rule


def test_one_column_is_one_stage(tmp_path, config):
    head = [*HEAD[:-1], "Kode;Uraian;Jumlah"]
    body = [";".join(line.split(";")[:3]) for line in BODY]
    reading = read(csv(tmp_path, head[1:] + body, "murni.csv"), config)
    assert reading.tables["anggaran"][["tahap", "pagu_rp"]].values.tolist() == [["murni", 200], ["murni", 100]]


def test_merged_headings_name_their_stages(workbook, config):
    rows = [["PENJABARAN APBD TAHUN ANGGARAN 2025"], ["SKPD", ":", "Dinas Uji"],
            ["KODE REKENING", "URAIAN", "JUMLAH (Rp)", "", "BERTAMBAH / (BERKURANG)", ""],
            ["", "", "SEBELUM PERGESERAN", "SETELAH PERGESERAN", "(Rp)", "%"],
            ["5.1.02", "Barang", 300, 260, -40, -13], ["5.1.02.04.01.0001", "Dinas", 200, 100, -100, -50],
            ["5.1.02.01.01.0052", "Makan", 100, 160, 60, 60]]  # fmt: skip
    reading = read(workbook("a.xlsx", {"Isi": rows}), config)
    assert reading.layout == "penjabaran"
    assert reading.tables["anggaran"].groupby("tahap")["pagu_rp"].sum().to_dict() == {
        "murni": 300,
        "pergeseran": 260,
    }
    assert [item.severity for item in reading.findings] == ["catatan"]


def test_a_wrong_difference_and_a_stage_in_thousands_are_warnings(tmp_path, config, severities):
    body = [line.replace("100;160;60", "100;160;61") for line in BODY]
    (warning,) = severities(read(csv(tmp_path, [*HEAD, *body]), config), "peringatan")
    assert (warning.place, warning.value, warning.rule) == ("E10", "61", "selisih yang benar 60")
    thousands = [";".join([*line.split(";")[:2], line.split(";")[2] + "000", line.split(";")[3]]) for line in BODY]
    (warning,) = severities(read(csv(tmp_path, [*HEAD, *thousands]), config), "peringatan")
    assert warning.value == "Sebelum 300000, Sesudah 260"


@pytest.mark.parametrize(
    ("name", "count", "totals"),
    [
        ("3401_1480391233.csv", 119, {"sebelum": 3707396472, "sesudah": 3838007764, "selisih": 130611292}),
        ("3402_1475209519.csv", 369, {"sebelum": 7381011000, "sesudah": 7868074000, "selisih": 487063000}),
    ],
)
def test_the_real_leaves_add_up_without_a_finding(name, count, totals):
    (form,) = forms(open_book(shared("real", "diy", name)))
    settled = settle(form)
    assert len(settled.leaves) == count
    assert {measure: settled.total(measure) for measure in form.measures} == totals
    assert (settled.findings, form.findings) == ([], [])


def test_the_real_leaves_of_one_stage_meet_their_printed_total():
    (form,) = forms(open_book(shared("real", "diy", "3471_1474439293.csv")))
    settled = settle(form)
    spending = sum(row.figures["anggaran"] for row in settled.leaves if row.place.account[:1] == (5,))
    assert (spending, settled.findings) == (21559071161, [])


@pytest.mark.parametrize(
    "name",
    ["2014_3403_1468467357.csv", "3401_1480391233.csv", "3402_1475209519.csv", "3404_1473158028.csv",
     "3471_1474439293.csv"],
)  # fmt: skip
def test_the_old_numbering_of_the_real_files_is_refused_for_storing(name, config, severities):
    reading = read(shared("real", "diy", name), config, layout="penjabaran")
    old = "sebelum tahun anggaran 2021" if name.startswith("3404") else "Permendagri 13/2006"
    assert any(f"penomoran {old}" in item.rule for item in severities(reading, "galat"))
    assert reading.tables == {}


TREE = [("5.1.02", 300, 260), ("5.1.02.04.01.0001", 200, 100), ("5.1.02.01.01.0052", 100, 160)]
OFFICE = [["SKPD", ":", "1.01.0.00.0.00.01.0000 Dinas Uji"], ["Tahun Anggaran", ":", "2025"], []]


@pytest.mark.parametrize(
    ("headings", "named", "stages"),
    [
        (["APBD Murni", "P-APBD", "Bertambah / (Berkurang)"], "", ["murni", "perubahan"]),
        (["Semula", "Menjadi", "Selisih"], "pergeseran", ["murni", "pergeseran"]),
        (["APBD 2025", "Perubahan APBD 2025", "Selisih"], "", ["pergeseran", "perubahan"]),
        (["Pagu Awal", "Pagu Setelah Perubahan", "+/-"], "", ["pergeseran", "perubahan"]),
        (["APBD", "Setelah Perubahan", "Perubahan"], "", ["pergeseran", "perubahan"]),
        (["Jumlah (Rp) Sebelum", "Jumlah (Rp) Sesudah", "Selisih"], "perubahan", ["pergeseran", "perubahan"]),
    ],
)
def test_before_and_after_go_by_many_names(workbook, config, severities, headings, named, stages):
    rows = [
        *OFFICE,
        ["KODE", "NAMA REKENING", *headings],
        *([code, "Uraian", one, two, two - one] for code, one, two in TREE),
    ]
    reading = read(workbook("a.xlsx", {"Isi": rows}), config, named)
    assert (reading.layout, severities(reading, "galat"), severities(reading, "peringatan")) == ("penjabaran", [], [])
    sums = reading.tables["anggaran"].groupby("tahap")["pagu_rp"].sum().to_dict()
    assert sums == dict(zip(stages, (300, 260), strict=True))


def test_a_difference_may_be_taken_off_the_other_way_round(workbook, config, severities):
    rows = [
        *OFFICE,
        ["KODE", "URAIAN", "SEBELUM", "SESUDAH", "SELISIH"],
        *([code, "x", one, two, one - two] for code, one, two in TREE),
    ]
    assert severities(read(workbook("a.xlsx", {"Isi": rows}), config, "perubahan"), "peringatan") == []
    rows[-1][4] = -rows[-1][4]
    (warning,) = severities(read(workbook("a.xlsx", {"Isi": rows}), config, "perubahan"), "peringatan")
    assert (warning.place, warning.rule) == ("E7", "selisih yang benar -60")


def test_half_a_pair_is_not_understood(workbook, config):
    rows = [
        *OFFICE,
        ["KODE", "URAIAN", "SEBELUM PERUBAHAN", "Pagu"],
        *([code, "x", one, two] for code, one, two in TREE),
    ]
    with pytest.raises(PkError, match="tidak dikenali"):
        read(workbook("a.xlsx", {"Isi": rows}), config)


def test_a_third_stage_keeps_the_file_out(workbook, config, severities):
    rows = [
        *OFFICE,
        ["KODE", "URAIAN", "Murni", "Pergeseran", "Perubahan"],
        *([code, "x", one, two, 5] for code, one, two in TREE),
    ]
    errors = severities(read(workbook("a.xlsx", {"Isi": rows}), config), "galat")
    assert "dua kolom terbaca sebagai sesudah" in errors[0].rule
