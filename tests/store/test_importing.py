"""A file is taken whole or not at all, replaces only its own slice, and is never edited."""

import pandas as pd
import pytest

from pkanalysis import store
from pkanalysis.errors import PkError
from pkanalysis.store import parquet
from pkanalysis.store.importing import Imported

CONFIG = """
[ruang_kerja]
jenis = "{kind}"
daerah = "Kota Uji"
[[tahap]]
tahun = 2025
kode = "murni"
nama = "APBD murni"
[[tahap]]
tahun = 2025
kode = "pergeseran"
nama = "Pergeseran"
"""
HEADINGS = (
    "TAHUN;KODE SKPD;NAMA SKPD;KODE SUB UNIT;KODE SUB KEGIATAN;NAMA SUB KEGIATAN;KODE SUMBER DANA;KODE REKENING;PAGU"
)


def rekap(path, rows):
    """A rekap5 as CSV: rows of (kode SKPD, pagu)."""
    lines = [
        f"2025;{code};Dinas {code};{code};1.01.02.2.01.0001;Rapat;1.1;5.1.02.04.01.{number + 1:04d};{amount}"
        for number, (code, amount) in enumerate(rows)
    ]
    path.write_text("\n".join([HEADINGS, *lines, ""]), encoding="utf-8")
    return path


@pytest.fixture
def ws(tmp_path):
    return store.create(tmp_path / "kerja", CONFIG.format(kind="nyata"))


def totals(ws):
    return ws["anggaran"].groupby(["tahap", "kode_opd"])["pagu_rp"].sum().to_dict()


def test_a_corrected_file_replaces_its_own_slice_and_nothing_else(ws, tmp_path):
    store.take(ws, rekap(tmp_path / "rekap_murni.csv", [("1.01", 100), ("1.02", 200)]))
    store.take(ws, rekap(tmp_path / "rekap_pergeseran.csv", [("1.01", 50), ("1.02", 150)]))
    store.take(ws, rekap(tmp_path / "koreksi_murni.csv", [("1.02", 222)]))
    assert totals(ws) == {
        ("murni", "1.01"): 100, ("murni", "1.02"): 222, ("pergeseran", "1.01"): 50, ("pergeseran", "1.02"): 150,
    }  # fmt: skip
    assert len(ws["berkas"]) == 3


def test_a_file_whose_rows_are_all_replaced_leaves_the_list(ws, tmp_path):
    store.take(ws, rekap(tmp_path / "rekap_murni.csv", [("1.01", 100)]))
    store.take(ws, rekap(tmp_path / "baru_murni.csv", [("1.01", 101)]))
    assert ws["berkas"]["nama_berkas"].tolist() == ["baru_murni.csv"]
    assert ws["anggaran"]["pagu_rp"].tolist() == [101]


def test_the_same_file_again_changes_nothing(ws, tmp_path):
    path = rekap(tmp_path / "rekap_murni.csv", [("1.01", 100)])
    store.take(ws, path)
    before = ws.opd("1.01").digest(), ws["berkas"]
    store.take(ws, path)
    assert ws.opd("1.01").digest() == before[0]
    pd.testing.assert_frame_equal(ws["berkas"], before[1])


def test_an_error_finding_keeps_the_whole_file_out(ws, tmp_path):
    store.take(ws, rekap(tmp_path / "rekap_murni.csv", [("1.01", 100)]))
    reading = store.take(ws, rekap(tmp_path / "rusak_murni.csv", [("1.01", 5), ("1.02", "dua ratus")]))
    assert reading.has_errors
    assert totals(ws) == {("murni", "1.01"): 100}
    assert not (ws.path / "sumber" / "rusak_murni.csv").exists()


def test_a_file_that_is_not_understood_does_not_stop_the_others(ws, tmp_path):
    bad = tmp_path / "catatan.csv"
    bad.write_text("halo;dunia\n1;2\n", encoding="utf-8")
    taken = store.take_all(ws, [bad, rekap(tmp_path / "rekap_murni.csv", [("1.01", 100)])])
    assert [item.is_stored for item in taken] == [False, True]
    assert "catatan.csv" in taken[0].refusal
    with pytest.raises(PkError, match=r"catatan\.csv"):
        store.take(ws, bad)


@pytest.mark.parametrize(("kind", "code"), [("nyata", "X1.01"), ("contoh", "1.01")])
def test_sample_and_real_never_mix(tmp_path, kind, code):
    ws = store.create(tmp_path / "kerja", CONFIG.format(kind=kind))
    with pytest.raises(PkError, match="impor ke ruang kerja yang sejenis"):
        store.take(ws, rekap(tmp_path / "rekap_murni.csv", [(code, 100)]))
    assert ws["anggaran"].empty


def test_the_file_is_kept_as_received_even_when_another_has_its_name(ws, tmp_path):
    first = rekap(tmp_path / "rekap_murni.csv", [("1.01", 100)])
    text = first.read_bytes()
    store.take(ws, first)
    store.take(ws, rekap(first, [("1.01", 101)]))
    kept = sorted((ws.path / "sumber").iterdir())
    assert len(kept) == 2
    assert kept[0].read_bytes() == text


def test_every_row_says_where_it_came_from(ws, tmp_path):
    store.take(ws, rekap(tmp_path / "rekap_murni.csv", [("1.01", 100), ("1.02", 200)]))
    joined = ws["anggaran"].merge(ws["berkas"], on="id_berkas")
    assert joined["nama_berkas"].tolist() == ["rekap_murni.csv"] * 2
    assert joined["baris"].tolist() == [2, 3]


def test_rupiah_survive_as_whole_numbers(ws, tmp_path):
    store.take(ws, rekap(tmp_path / "rekap_murni.csv", [("1.01", 9_007_199_254_740_993)]))
    assert ws["anggaran"]["pagu_rp"].tolist() == [9_007_199_254_740_993]
    assert ws.sql("select sum(pagu_rp) as n from anggaran")["n"].tolist() == [9_007_199_254_740_993]


def test_the_same_file_under_another_stage_moves_there(ws, tmp_path):
    path = rekap(tmp_path / "rekap.csv", [("1.01", 100)])
    store.take(ws, path, "murni")
    store.take(ws, path, "pergeseran")
    assert totals(ws) == {("pergeseran", "1.01"): 100}
    assert ws["berkas"]["tahap"].tolist() == ["pergeseran"]


def test_going_back_to_an_older_file_that_still_owns_rows(ws, tmp_path):
    first = rekap(tmp_path / "rekap_murni.csv", [("1.01", 100), ("1.02", 200)])
    store.take(ws, first)
    store.take(ws, rekap(tmp_path / "koreksi_murni.csv", [("1.02", 222)]))
    store.take(ws, first)
    assert totals(ws) == {("murni", "1.01"): 100, ("murni", "1.02"): 200}


def test_what_a_file_replaces_joins_its_findings(ws, tmp_path):
    store.take(ws, rekap(tmp_path / "rekap_murni.csv", [("1.01", 100)]))
    files = ws["berkas"].assign(tata_letak="sebelum_sesudah")
    parquet.write_all(ws.path / "tabel", {"berkas": files})
    reading = store.take(ws, rekap(tmp_path / "lain_murni.csv", [("1.01", 101)]))
    assert totals(ws) == {("murni", "1.01"): 101}
    assert [item.severity for item in reading.findings] == ["peringatan"]
    assert "dari rekap_murni.csv (sebelum_sesudah)" in reading.findings[0].rule


def test_the_stage_and_layout_of_an_import_are_remembered(ws, tmp_path):
    path = rekap(tmp_path / "rekap.csv", [("1.01", 100)])
    assert store.imported(ws, path) == Imported()
    store.take(ws, path, "murni")
    assert store.imported(ws, path) == Imported("rekap5", "murni")
