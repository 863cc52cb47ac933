"""Which rows of earlier files give way, and what is said of it."""

import pandas as pd
import pytest

from pkanalysis import store
from pkanalysis.intake.reading import Reading, Slice
from pkanalysis.store.importing import Shelf
from pkanalysis.tables import conform

CONFIG = '[ruang_kerja]\njenis = "nyata"\ndaerah = "Kota Uji"\n'


@pytest.fixture
def put(tmp_path):
    """Put invented rows on a shelf under a file name; gives the warnings."""
    shelf = Shelf(store.create(tmp_path / "kerja", CONFIG))

    def put(file, reading):
        piece = reading.slices[0]
        row = {"id_berkas": file, "nama_berkas": file, "sha256": file, "tata_letak": reading.layout}
        row |= {"tahun": piece.year, "tahap": piece.stage}
        return [found.sentence for found in shelf.put(reading, conform("berkas", pd.DataFrame([row])))]

    put.shelf = shelf
    return put


def budget(layout, amounts, stage="murni", activities=()):
    """Budget of one SKPD: amount (Rp) by sub kegiatan."""
    rows = [{"kode_sub_kegiatan": activity, "pagu_rp": amount} for activity, amount in amounts.items()]
    frame = pd.DataFrame(rows).assign(tahun=2025, tahap=stage, kode_opd="1.01")
    return Reading(layout, "", {"anggaran": frame}, [], (Slice(layout, 2025, stage, ("1.01",), activities),))


def spending(months, layout="laporan_realisasi", since=0, table="realisasi_anggaran", value="realisasi_rp"):
    """Rows of 10 Rp per month of one SKPD."""
    frame = pd.DataFrame({"bulan": months, value: 10}).assign(tahun=2025, kode_opd="1.01")
    return Reading(layout, "", {table: frame}, [], (Slice(layout, 2025, "", ("1.01",), since=since),))


def months(put):
    return sorted(put.shelf["realisasi_anggaran"]["bulan"])


def test_two_layouts_of_one_stage_never_add_up(put):
    assert put("a.xlsx", budget("rekap5", {"x": 60, "y": 40})) == []
    (said,) = put("b.xlsx", budget("sebelum_sesudah", {"x": 100}))
    assert put.shelf["anggaran"]["pagu_rp"].tolist() == [100]
    assert "2 baris anggaran dari a.xlsx (rekap5) digantikan" in said
    assert said.startswith("b.xlsx: ")


def test_a_dpa_replaces_its_sub_kegiatan_only(put):
    put("a.xlsx", budget("rekap5", {"x": 60, "y": 40}))
    (said,) = put("b.pdf", budget("dpa", {"x": 70}, activities=("x",)))
    assert dict(put.shelf["anggaran"][["kode_sub_kegiatan", "pagu_rp"]].to_numpy()) == {"x": 70, "y": 40}
    assert "1 baris anggaran dari a.xlsx" in said


def test_another_stage_and_a_correction_of_the_same_layout_are_no_warning(put):
    put("a.xlsx", budget("rekap5", {"x": 60}))
    assert put("b.xlsx", budget("sebelum_sesudah", {"x": 70}, "pergeseran")) == []
    assert put("c.xlsx", budget("rekap5", {"x": 61})) == []
    assert sorted(put.shelf["anggaran"]["pagu_rp"]) == [61, 70]


def test_cash_plans_of_two_layouts_never_add_up(put):
    put("a.xlsx", spending([1, 2], "rak", table="rencana_kas", value="rencana_rp"))
    (said,) = put("b.pdf", spending([1, 2], "dpa", table="rencana_kas", value="rencana_rp"))
    assert put.shelf["rencana_kas"]["id_berkas"].tolist() == ["b.pdf", "b.pdf"]
    assert "rencana_kas dari a.xlsx (rak)" in said


def test_a_correction_takes_its_last_month_along(put):
    put("a.xlsx", spending([4, 5, 6]))
    (said,) = put("b.xlsx", spending([4, 5]))
    assert months(put) == [4, 5]
    assert "bulan 6 dari a.xlsx (laporan_realisasi) tidak ada di berkas ini dan dikeluarkan" in said


def test_months_apart_stand_side_by_side(put):
    put("a.xlsx", spending([1]))
    assert put("b.xlsx", spending([2])) == []
    assert months(put) == [1, 2]


def test_cumulative_figures_replace_what_they_cover_and_each_other(put):
    put("a.xlsx", spending([1, 2]))
    assert len(put("b.xlsx", spending([6], "lra", since=1))) == 1
    assert months(put) == [6]
    (said,) = put("c.xlsx", spending([3], "lra", since=1))
    assert months(put) == [3]
    assert "bulan 6 dari b.xlsx" in said


def test_a_file_without_spending_takes_no_spending_of_others(put):
    put("a.xlsx", spending([1]))
    put("b.xlsx", spending([], "anggaran_kas"))
    assert months(put) == [1]
