"""Findings of a file are stored with it, and go with it."""

import pandas as pd
import pytest

from pkanalysis import store
from pkanalysis.intake.findings import Finding, from_rows
from pkanalysis.intake.reading import Reading, Slice
from pkanalysis.show import quality
from pkanalysis.show.blocks import ledger
from pkanalysis.store.importing import Shelf
from pkanalysis.tables import conform

CONFIG = '[ruang_kerja]\njenis = "nyata"\ndaerah = "Kota Uji"\n'


@pytest.fixture
def workspace(tmp_path):
    return store.create(tmp_path / "kerja", CONFIG)


def finding(file, place="Q48", severity="peringatan"):
    return Finding(severity, file, "REKAP", place, "Jumlah", "75", "tidak sama dengan jumlah di atasnya", "periksa")


def put(workspace, file, codes, *findings, stage="murni", layout="rekap5"):
    """Store budget of these SKPD (a row each) under a file name, with findings."""
    rows = pd.DataFrame({"kode_opd": codes}).assign(tahun=2025, tahap=stage, kode_sub_kegiatan="x", pagu_rp=7)
    opd = pd.DataFrame({"kode_opd": codes, "nama_opd": codes})
    piece = Slice(layout, 2025, stage, tuple(codes))
    row = {"id_berkas": file, "nama_berkas": file, "sha256": file, "tata_letak": layout, "tahun": 2025}
    row |= {"tahap": stage, "jumlah_opd": len(codes)}
    shelf = Shelf(workspace)
    reading = Reading(layout, "", {"opd": opd, "anggaran": rows}, list(findings), (piece,))
    shelf.put(reading, conform("berkas", pd.DataFrame([row])))
    shelf.flush()


def owners(workspace):
    return workspace["temuan"]["id_berkas"].tolist()


def test_findings_come_back_as_they_were(workspace):
    found = [finding("a.xlsx"), finding("a.xlsx", "", "catatan")]
    put(workspace, "a.xlsx", ["1.01"], *found)
    assert from_rows(workspace["temuan"], workspace["berkas"]) == found


def test_the_same_file_again_leaves_its_findings_alone(workspace):
    for _ in range(2):
        put(workspace, "a.xlsx", ["1.01"], finding("a.xlsx"))
    assert owners(workspace) == ["a.xlsx"]


def test_findings_do_not_keep_a_replaced_file(workspace):
    put(workspace, "a.xlsx", ["1.01"], finding("a.xlsx"))
    put(workspace, "b.xlsx", ["1.01"], finding("b.xlsx"))
    assert workspace["berkas"]["id_berkas"].tolist() == owners(workspace) == ["b.xlsx"]


def test_what_a_file_replaced_is_stored_with_it(workspace):
    put(workspace, "a.xlsx", ["1.01"])
    put(workspace, "b.xlsx", ["1.01"], layout="sebelum_sesudah")
    (rule,) = workspace["temuan"]["aturan"]
    assert "1 baris anggaran dari a.xlsx (rekap5) digantikan" in rule


def test_an_opd_has_the_findings_of_its_files_and_an_unchanged_digest(workspace):
    put(workspace, "a.xlsx", ["1.01", "1.02"])
    before = workspace.opd("1.02").digest()
    put(workspace, "b.xlsx", ["1.01"], finding("b.xlsx"), stage="pergeseran")
    assert workspace.opd("1.01")["temuan"]["id_berkas"].tolist() == ["b.xlsx"]
    assert workspace.opd("1.02")["temuan"].empty
    assert workspace.opd("1.02").digest() == before


def texts(rows):
    return [tuple(str(cell) for cell in row) for row in rows]


def test_the_report_lists_own_files_and_counts_shared_ones(workspace):
    put(workspace, "b.xlsx", ["1.01", "1.02"], finding("b.xlsx"), finding("b.xlsx", "S48"))
    put(workspace, "a.xlsx", ["1.01"], finding("a.xlsx"), finding("a.xlsx", "", "catatan"), stage="pergeseran")
    told = "2 peringatan di 1 berkas ini, tidak semuanya tentang OPD ini; lihat dengan pkanalysis check"
    shared = ("Berkas yang memuat banyak OPD", told)
    assert texts(quality.of_opd(workspace.opd("1.02"))) == [shared]
    where = 'a.xlsx, lembar REKAP, Q48, kolom Jumlah, tertulis "75"'
    assert texts(quality.of_opd(workspace.opd("1.01"))) == [(where, "tidak sama dengan jumlah di atasnya"), shared]


def test_the_report_lists_ten_and_counts_the_others(workspace):
    put(workspace, "a.xlsx", ["1.01"], *(finding("a.xlsx", f"Q{line}") for line in range(12)))
    rows = texts(quality.of_opd(workspace.opd("1.01")))
    assert len(rows) == 11
    assert rows[-1] == ("Berkas OPD ini", "dan 2 peringatan lain")


def test_the_quality_page_puts_warnings_first_and_counts(workspace, monkeypatch):
    monkeypatch.setattr(quality, "MOST", 2)
    found = [finding("a.xlsx", "D1", "catatan"), finding("a.xlsx", "D2"), finding("a.xlsx", "D3")]
    put(workspace, "a.xlsx", ["1.01"], *found)
    listed = quality.findings(workspace)
    assert [row[0] for row in listed.rows] == ["Peringatan", "Peringatan", ""]
    assert str(listed.rows[-1][1]) == "dan 1 temuan lain"
    assert [(row[0], row[-2:]) for row in quality.files(workspace).rows] == [("a.xlsx", (2, 1))]
    assert [row[1:] for row in quality.rules(workspace).rows] == [("Peringatan", 2, 1), ("Catatan", 1, 1)]
    assert [cell["raw"] for cell in ledger(quality.cover(workspace).payload())] == [1, 2, 1]


def test_the_quality_page_without_findings_says_so(workspace):
    put(workspace, "a.xlsx", ["1.01"])
    assert quality.findings(workspace).note == quality.rules(workspace).note == quality.NONE
    assert quality.files(workspace).rows[0][-2:] == (0, 0)
