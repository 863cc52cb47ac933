"""Headings that an office has for itself, mapped in ``[kolom]`` of ``pkanalysis.toml``."""

from dataclasses import replace
from pathlib import Path

import pytest

from pkanalysis import config as configuration
from pkanalysis.errors import PkError
from pkanalysis.intake import read
from pkanalysis.intake.book import Book
from pkanalysis.intake.recognition import with_known_headings

OWN = ["TAHUN", "KODE SKPD", "NAMA SKPD", "KODE SUB KEGIATAN", "Rek. Belanja", "Anggaran\nSetelah Geser"]
LINE = [2025, "1.01", "Dinas Uji", "1.01.02.2.01.0001", "5.1.02.04.01.0001"]
COLUMNS = {"anggaran setelah geser": "PAGU", "REK BELANJA": "Kode Rekening"}


@pytest.fixture
def mapped(config):
    return replace(config, kolom=COLUMNS)


def test_mapped_columns_are_read_and_findings_show_them_as_written(workbook, mapped):
    reading = read(workbook("murni.xlsx", {"Data": [["Judul"], OWN, [*LINE, 1_000_000], [*LINE, "dua"]]}), mapped)
    assert reading.tables["anggaran"]["pagu_rp"].tolist()[0] == 1_000_000
    (wrong,) = [item for item in reading.findings if item.severity == "galat"]
    assert (wrong.place, wrong.column, wrong.value) == ("F4", "Anggaran Setelah Geser", "dua")
    notes = {item.place: item.sentence for item in reading.findings if "[kolom]" in item.rule}
    assert notes == {
        "E2": 'murni.xlsx, lembar Data, E2, kolom Rek. Belanja: dibaca sebagai kolom "Kode Rekening" menurut [kolom] di '
        "pkanalysis.toml; tidak perlu diubah bila memang itu maksudnya.",
        "F2": 'murni.xlsx, lembar Data, F2, kolom Anggaran Setelah Geser: dibaca sebagai kolom "PAGU" menurut [kolom] '
        "di pkanalysis.toml; tidak perlu diubah bila memang itu maksudnya.",
    }


def test_without_mapping_nothing_is_touched(workbook, config):
    book = Book(Path("a.csv"), {"a": [OWN]})
    assert with_known_headings(book, {}) == with_known_headings(book, {"Lain": "PAGU"})
    with pytest.raises(PkError, match=r"tidak punya kolom KODE REKENING, PAGU; .* \"judul di berkas\" = "):
        read(workbook("murni.xlsx", {"Data": [OWN, [*LINE, 5]]}), config)


@pytest.mark.parametrize(
    "headings", [[*OWN, "PAGU"], [*OWN, "Anggaran setelah geser"], [*OWN[:4], "PAGU", "Rek. Belanja", OWN[5]]]
)
def test_two_columns_under_one_heading_keep_the_file_out(workbook, mapped, headings):
    rows = [headings, [*LINE, 5, 7][: len(headings)]]
    reading = read(workbook("murni.xlsx", {"Data": rows}), mapped)
    assert reading.has_errors
    assert any("padahal" in item.rule and item.severity == "galat" for item in reading.findings)


def test_data_are_never_taken_for_headings():
    rows = [["URAIAN", "Nilai"], ["Belanja", "1.000"], ["Belanja", 7], ["2025", "Belanja"]]
    found = with_known_headings(Book(Path("a.csv"), {"a": rows}), {"belanja": "KODE REKENING"})
    assert found.book.sheets["a"] == [*rows[:3], ["2025", "KODE REKENING"]]


def test_a_heading_that_comes_again_below_is_mapped_too():
    block = [["Rek", "Nilai"], *([["5.1", 7]] * 70)]
    found = with_known_headings(Book(Path("a.csv"), {"a": [*block, *block]}), {"Rek": "KODE REKENING"})
    rows = found.book.sheets["a"]
    assert (rows[0], rows[71]) == (["KODE REKENING", "Nilai"], ["KODE REKENING", "Nilai"])
    assert len(found.findings) == 1


def test_a_target_that_is_no_heading_is_refused_with_near_ones(workbook, config):
    path = workbook("murni.xlsx", {"Data": [OWN]})
    with pytest.raises(
        PkError, match=r'\[kolom\] di pkanalysis.toml: "X" = "KODE REKENINGG" .* yang mirip: KODE REKENING'
    ):
        read(path, replace(config, kolom={"X": "KODE REKENINGG"}))
    with pytest.raises(PkError, match="tidak punya kolom"):
        read(path, replace(config, kolom={"Capaian 2025": "Target 2025"}))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[kolom]\n"A" = 7', '"A" harus teks'),
        ('[kolom]\n"A" = " "', '"A" harus teks'),
        ('kolom = "A"', "kepala \\[kolom\\]"),
    ],
)
def test_the_section_is_checked_when_the_workspace_is_opened(tmp_path, text, says):
    head = '[ruang_kerja]\njenis = "nyata"\n'
    path = tmp_path / "pkanalysis.toml"
    path.write_text(f"{text}\n{head}" if text.startswith("kolom") else f"{head}{text}\n", encoding="utf-8")
    with pytest.raises(PkError, match=says):
        configuration.load(tmp_path)
    path.write_text(f'{head}[kolom]\n"Anggaran Geser" = "PAGU"\n', encoding="utf-8")
    assert configuration.load(tmp_path).kolom == {"Anggaran Geser": "PAGU"}
