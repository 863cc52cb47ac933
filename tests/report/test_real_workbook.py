"""The main job on a real office's workbook: new, import, report, and the figures read back from the page."""

import re

import pytest
from bs4 import BeautifulSoup
from paths import shared
from typer.testing import CliRunner

from pkanalysis.cli import app

WORKBOOK = "jatim_upt_2025_sebelum_sesudah_efisiensi.xlsx"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    source = shared("real", WORKBOOK)
    folder = tmp_path_factory.mktemp("nyata") / "kerja"
    for words in (
        ["new", str(folder)],
        ["import", str(source), "--ruang-kerja", str(folder)],
        ["report", "--periode", "tahunan", "--ruang-kerja", str(folder), "--jobs", "1"],
    ):
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 0, done.output
    paths = [path for path in (folder / "laporan" / "2025_tahunan").glob("*.html") if path.name.startswith("UPT")]
    both = "".join(path.read_text(encoding="utf-8") for path in sorted(paths))  # the report and its annex
    return BeautifulSoup(both, "html.parser")


def table(page, name):
    rows = page.select_one(f"#{name} table").select("tr")
    return [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in rows]


def text(page):
    return re.sub(r"\s+", " ", page.get_text(" "))


def test_totals_of_every_stage(page):
    first, second = table(page, "tahap")[1:]
    assert first[1:3] == ["4.322.423.846", "3.862.913.070"]
    assert second[1:3] == ["3.862.913.070", "3.862.913.070"]


def test_gross_and_net_are_apart(page):
    first = table(page, "tahap")[1]
    assert first[3:7] == ["883.662.776", "424.152.000", "(459.510.776)", "-10,6%"]
    assert "berkurang Rp883.662.776 dan bertambah Rp424.152.000, bersih berkurang Rp459.510.776 (10,6%)" in text(page)


def test_travel_is_exactly_halved_and_refilled_later(page):
    half, later = table(page, "perjalanan")[1:]
    assert half[1:5] == ["1.315.748.000", "657.874.000", "(657.874.000)", "-50,0%"]
    assert half[-1] == "mencapai ketentuan"
    assert later[2] == "662.094.000"
    assert later[-1] == "belum mencapai ketentuan"
    assert "kembali naik Rp4.220.000" in text(page)


def test_spending_of_the_year(page):
    assert table(page, "serapan")[1][2] == "3.657.214.029"


def test_capital_spending_falls_and_is_then_more_than_restored(page):
    rows = {row[0]: row[2:4] for row in table(page, "jenis")[1:] if row[1] == "Belanja Modal"}
    assert rows == {"Pergeseran": ["112.565.000", "104.344.000"], "Perubahan APBD": ["104.344.000", "150.765.000"]}


def test_it_is_not_called_a_sample_and_says_what_is_missing(page):
    assert "CONTOH" not in text(page)
    assert "belum ada indikator yang diterima" in text(page)
