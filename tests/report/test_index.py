import pandas as pd
from bs4 import BeautifulSoup

from pkanalysis.report import batch
from pkanalysis.report.manifest import Entry
from pkanalysis.report.plan import Request
from pkanalysis.show.values import Value
from pkanalysis.store import parquet

NUMBERS = {
    "n_mencapai": 3, "n_terukur": 4, "n_indikator": 5, "rata_rata_capaian": 101.85, "rata_rata_capaian_murni": None,
    "pagu_terakhir_rp": 49_100_000_000, "realisasi_rp": 31_424_000_000,
    "serapan_pct": 64.0, "perjalanan_persen": -46.9, "perjalanan_status": "belum",
}  # fmt: skip
ENTRIES = [
    Entry("X1", "Dinas A & B", "A.html", ""),
    Entry("X2", "Kecamatan C", "C.html", ""),
    Entry("", "Angka terbit", "T.html", ""),
]


def frame():
    first = {"kode_opd": "X1", "jenis": "dinas", "tahun": 2025, "periode": "TW3", **NUMBERS}
    return pd.DataFrame(
        [first, first | {"periode": "TW2", "n_mencapai": 1}, {**first, "kode_opd": "X2", "jenis": "kecamatan"}]
    )


def test_every_number_is_printed_from_a_typed_value():
    (group, _) = batch.groups(ENTRIES, frame()[lambda rows: rows["periode"].eq("TW3")])
    (row,) = group.rows
    assert all(isinstance(value, Value) for value in row.values)
    assert [str(value) for value in row.values] == [
        "3", "4", "5", "101,9%", "–", "Rp49.100.000.000", "Rp31.424.000.000", "64,0%", "-46,9%",
    ]  # fmt: skip
    assert row.travel == "belum mencapai ketentuan"


def test_page_groups_by_kind_and_takes_the_period(make_workspace):
    workspace = make_workspace("A")
    parquet.write_all(workspace.path / "tabel" / "turunan", {"ringkasan_opd": frame()})
    path = batch.write_index(workspace, Request(2025, "TW2"), workspace.path / "laporan", ENTRIES)
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    assert [heading.text for heading in soup.select(".pk-group")] == ["Dinas", "Lainnya"]
    assert soup.select_one("tbody td").text == "1"
    assert [link.text for link in soup.find_all("a")] == ["Angka terbit", "Dinas A & B", "Kecamatan C"]
    assert soup.select_one(".pk-banner")


def test_an_opd_without_numbers_prints_dashes_not_zeroes(make_workspace):
    workspace = make_workspace("A")
    path = batch.write_index(workspace, Request(2025, "TW3"), workspace.path / "laporan", ENTRIES[:1])
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    assert {cell.text for cell in soup.select("tbody td")} == {"–", ""}
