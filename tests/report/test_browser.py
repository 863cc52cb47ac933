"""The page of an office and the index, as a laptop and a phone show them."""

import pytest
from report import browser

from pkanalysis import store
from pkanalysis.config import SAMPLE_MARK
from pkanalysis.report import batch
from pkanalysis.report.formats import ANNEX_FORMATS, FORMATS
from pkanalysis.report.manifest import Entry
from pkanalysis.report.plan import Request

pytestmark = pytest.mark.browser
PAGES = ("laporan", "lampiran", "indeks")


@pytest.fixture(scope="module")
def measured(sample_folder, read_report, tmp_path_factory):
    folder = tmp_path_factory.mktemp("peramban")
    report = read_report(sample_folder, "DINKES")
    annex = report.files["lampiran.html"].decode()
    pages = {"laporan": report.files["html"].decode(), "lampiran": annex, "indeks": index_page(sample_folder, folder)}
    return browser.measured(pages, folder)


def index_page(sample_folder, folder):
    """The index of all offices of the sample, with four formats each."""
    workspace = store.open(sample_folder)
    opd = workspace["opd"]
    forms = dict.fromkeys((*FORMATS, *ANNEX_FORMATS), "0")
    entries = [
        Entry(code, name, f"{code}.html", "", sha256=forms)
        for code, name in zip(opd["kode_opd"], opd["nama_opd"], strict=True)
    ]
    path = batch.write_index(workspace, Request(2025, "TW3"), folder / "laporan", entries)
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_no_table_is_clipped_on_a_laptop(measured, name):
    page = measured[name, browser.LAPTOP]
    assert page["clipped"]
    assert max(page["clipped"]) <= 0


@pytest.mark.parametrize("width", [browser.LAPTOP, browser.PHONE])
@pytest.mark.parametrize("name", PAGES)
def test_the_page_itself_never_scrolls_sideways(measured, name, width):
    assert measured[name, width]["page"] <= width


@pytest.mark.parametrize("width", [browser.LAPTOP, browser.PHONE])
def test_every_figure_is_visible(measured, width):
    images = measured["laporan", width]["images"]
    assert len(images) == 4
    assert all(images)


@pytest.mark.parametrize("width", [browser.LAPTOP, browser.PHONE])
@pytest.mark.parametrize("name", PAGES)
def test_the_sample_mark_is_visible(measured, name, width):
    text, height = measured[name, width]["banner"]
    assert text == SAMPLE_MARK
    assert height > 15
