"""Offices that are unlike the others: every document is whole, says what is missing, and keeps inside its page."""

import io
import re
from dataclasses import replace

import pandas as pd
import pytest
from filelock import FileLock
from openpyxl import load_workbook
from report import browser, geometry, offices, reading
from report.offices import OFFICES

from pkanalysis import store
from pkanalysis.show.page import page

CHAPTERS = [
    "Perjanjian Kinerja dan perubahan target", "Capaian tahun ini", "Perbandingan antartahun",
    "Anggaran: sebelum dan sesudah", "Realisasi dan efisiensi penggunaan sumber daya",
    "Penyebab, tindak lanjut, dan catatan data",
    "Lampiran: realisasi anggaran", "Rincian perubahan anggaran", "Rincian realisasi dan penggunaan sumber daya",
    "Jejak data",
]  # fmt: skip
TABLES = {"KOSONG": 17, "TANPA_NILAI": 18, "SATU_TAHAP": 18, "TANPA_IKU": 24}
FIGURES = {"KOSONG": 0, "TANPA_NILAI": 0, "TANPA_IKU": 3, "SATU_TAHUN": 4, "SATU_TAHAP": 4}
ABSENT = {
    "TANPA_IKU": [
        "belum ada indikator yang diterima", "Indikator kinerja belum disampaikan OPD.",
        "Belum ada Perjanjian Kinerja yang diterima.", "Belum ada capaian yang dapat digambar.",
    ],
    "SATU_TAHUN": ["tahun lalu belum ada data", "Belum ada deret dua tahun atau lebih."],
    "BANYAK": [
        "Hanya dua puluh indikator dengan capaian terendah yang digambar",
        "Hanya enam indikator pertama yang digambar",
    ],
    "PANJANG": ["Belum diisi OPD"],
    "BOLONG": [
        "Anggaran tahap Pergeseran tidak ada, padahal tahap itu sudah berlaku.", "Belum ada data untuk: Pergeseran.",
        "tahap berlaku, tetapi tidak ada baris anggarannya",
    ],
    "SATU_TAHAP": [
        "pagu murni belum ada", "belum dapat dihitung: perlu pagu murni dan satu tahap sesudahnya",
        "Anggaran tahap APBD murni tidak ada, padahal tahap itu sudah berlaku.", "Pagu murni – 16.200.000.000 – –",
    ],
    "NEGATIF": ["-150.000.000"],
    "TANPA_NILAI": [
        "Realisasi anggaran belum diterima", "Anggaran belum diterima.", "Menunggu rilis",
        "belum ada indikator yang terukur", "belum ada capaian yang dapat dirata-ratakan",
        "Realisasi anggaran dan rencana kas belum diterima; gambar tidak dibuat.",
    ],
    "KOSONG": [
        "Indikator kinerja belum disampaikan OPD.", "Anggaran belum diterima.", "Acuan target: PK belum diterima",
        "Anggaran belum diterima; pos yang tidak terurai tidak dapat dihitung.",
        "Anggaran belum diterima; gambar tidak dibuat.",
    ],
    "ANEH": ["Belum diisi OPD"],
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(common_folder):
    made = common_folder / "aneh"
    with FileLock(f"{made}.lock"):
        return made if made.exists() else offices.write(made)


@pytest.fixture(scope="module", params=OFFICES)
def short(request):
    return request.param


@pytest.fixture(scope="module")
def report(short, folder, read_report):
    return read_report(folder, short)


@pytest.fixture(scope="module")
def seen(report):
    return {form: reading.whole(report.files, form) for form in reading.READERS}


@pytest.fixture(params=reading.READERS)
def shown(request, seen):
    return seen[request.param]


def test_the_document_is_complete(report, shown, short):
    assert shown.headings == CHAPTERS
    assert shown.captions == list(report.captions)
    assert shown.tables == TABLES.get(short, 25)
    assert len(shown.alts) == FIGURES.get(short, 5)
    assert all(shown.alts)


def test_it_says_what_is_missing(shown, short):
    assert [text for text in ABSENT[short] if not shown.holds(text)] == []


def test_names_come_out_as_written(shown, short):
    texts = [OFFICES[short].name, *OFFICES[short].texts]
    assert [text for text in texts if not shown.holds(text)] == []


def test_the_workbook_holds_names_as_text(report, short):
    book = load_workbook(io.BytesIO(report.files["xlsx"]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    texts = {cell.value for cell in cells if cell.data_type == "s"}
    assert set(OFFICES[short].texts) <= texts
    assert f"{OFFICES[short].name} — Kota Contoh" in texts
    formulas = [cell.value for cell in cells if cell.data_type == "f"]
    assert [formula for formula in formulas if not re.match(r"=SUM(IF)?\(", formula)] == []


def test_no_raw_object_is_printed(shown):
    assert re.findall(r"\bnan\b|\bNone\b|<NA>|\bNaT\b|\bTrue\b|\bFalse\b|Timestamp", shown.text) == []


def test_nothing_leaves_the_printed_page_or_its_column(report):
    documents = [geometry.pages(report.files[name]) for name in ("pdf", "lampiran.pdf")]
    assert sum(len(pages.runs) for pages in documents) > 300
    assert [run for pages in documents for run in pages.outside(margin=15)] == []
    assert [run for pages in documents for run in pages.overlapping()] == []


def test_the_index_counts_no_missing_stage_as_a_cut(folder):
    rows = (
        store.open(folder).derived("ringkasan_opd").query("tahun == 2025 and periode == 'TW3'").set_index("singkatan")
    )
    shares = rows["perjalanan_persen"]
    assert shares[["BANYAK", "BOLONG"]].tolist() == [-40.0, -40.0]
    assert shares[["SATU_TAHAP", "TANPA_NILAI", "KOSONG"]].isna().all()
    assert rows["pagu_murni_rp"].isna().sum() == 3


def test_nothing_is_held_against_a_base_that_is_not_there(folder):
    whole = page(store.open(folder).opd("BANYAK"), 2025, "TW3")
    later = replace(whole, stages=whole.stages[1:])
    amounts = pd.Series(dict.fromkeys(whole.codes, 5))
    assert (whole.codes_from_original, whole.first_of(amounts)) == (whole.codes, 5)
    assert (later.codes_from_original, later.first_of(amounts)) == ([], None)


@pytest.fixture(scope="module")
def measured(folder, read_report, tmp_path_factory):
    pages = {short: read_report(folder, short).files["html"].decode() for short in OFFICES}
    return browser.measured(pages, tmp_path_factory.mktemp("peramban"))


@pytest.mark.browser
@pytest.mark.parametrize("width", [browser.LAPTOP, browser.PHONE])
def test_no_page_scrolls_sideways(measured, width):
    assert {short: measured[short, width]["page"] for short in OFFICES if measured[short, width]["page"] > width} == {}
