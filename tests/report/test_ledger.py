"""Every number on the page is a value of the block it stands in; and the words that no page may say."""

import base64
import re
from collections import Counter
from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup
from paths import shared
from report.sources.words import digits
from typer.testing import CliRunner

from pkanalysis import store
from pkanalysis.cli import app
from pkanalysis.config import SAMPLE_MARK
from pkanalysis.report import parts
from pkanalysis.report.html import ReportExporter
from pkanalysis.show.blocks import ledger

REAL = "jatim_upt_2025_sebelum_sesudah_efisiensi.xlsx"
SAMPLE = ("SETWAN", "DINKES", "KEC01")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
PERIOD = r"(?:Triwulan III|TW III|Tahunan|akhir tahun)"
EXCEPTIONS = {
    r"Inpres 1/2025(?: diktum KEEMPAT angka 2)?|KMK 29/2025": "nomor peraturan",
    r"S-37/MK\.02/2025": "nomor surat",
    r"^Rekening 5\.1\.02\.04(?=;)": "kode rekening perjalanan dinas",
    r"(?<=Sumber: )lembar [2-7][bc]?_[A-Z]+(?: dan 4b?_[A-Z]+)?(?=$|,)|\(lembar 2b_KAITAN\)": "nama lembar isian",
    r"= realisasi ÷ target × 100;|\(2 × target − realisasi\) ÷ target × 100;|= 100 di dalam rentang,": "rumus capaian",
    r"^Garis tegak = 100 persen": "garis acuan gambar capaian",
    r"sha256\.$": "nama cara sidik",
    rf"s\.d\. {PERIOD} 2025$|Perjanjian Kinerja tahun 2025$|Anggaran 2025 menurut tahap$": "tahun laporan di judul",
    r"^Kecamatan Contoh 01 — Kota Contoh$": "nama OPD pada sampul",
    rf"· {PERIOD} 2025 · Edisi 1 ·|^Kecamatan Contoh 01 (?=·)": "kaki halaman: nama OPD, periode, edisi",
    r"(?<=; )ketentuan 50% \(|Toleransi pembulatan Rp1\.000\.": "tarif dan toleransi dari konfigurasi",
    r"(?<=SIPD )\(rekap5\)": "nama tata letak sumber",
}  # fmt: skip
FORBIDDEN = (
    "akibat efisiensi", r"\bdampak", "menyebabkan", "melanggar", "dihemat karena", r"\bmentah\b", r"\bresmi\b",
    r"\btopi\b", r"\bhilang\b", r"\bbuta\b", r"\bberlebih\b",
)  # fmt: skip
RAW_OBJECTS = r"\bnan\b|\bNone\b|<NA>|\bNaT\b|[{}]|\bTrue\b|\bFalse\b|<[a-z]+|Timestamp"


@dataclass(frozen=True)
class Page:
    soup: BeautifulSoup
    blocks: dict

    @property
    def text(self):
        return self.soup.get_text(" ", strip=True)

    @property
    def is_sample(self):
        return "contoh" in self.text


@pytest.fixture(scope="module")
def real_workspace(tmp_path_factory):
    source, folder = shared("real", REAL), tmp_path_factory.mktemp("nyata") / "kerja"
    for words in (["new", str(folder)], ["import", str(source), "--ruang-kerja", str(folder)]):
        assert CliRunner().invoke(app, words).exit_code == 0
    return folder


@pytest.fixture(scope="module", params=[*SAMPLE, "nyata"])
def page(request, run_report):
    if request.param in SAMPLE:
        return printed(run_report(request.getfixturevalue("sample_folder"), request.param))
    folder = request.getfixturevalue("real_workspace")
    (code,) = store.open(folder)["anggaran"]["kode_opd"].unique()
    return printed(run_report(folder, code, "tahunan"))


def printed(notebook):
    soup = BeautifulSoup(ReportExporter().from_notebook_node(notebook)[0], "html.parser")
    for hidden in soup.select("head, style, script, .pk-number"):
        hidden.decompose()
    return Page(soup, {block["id"]: block for block in parts.read(notebook).blocks})


def numbers(texts):
    """Number tokens of the texts, after the phrases of the exceptions are taken out."""
    rest = [re.sub("|".join(EXCEPTIONS), "", text) for text in texts]
    return Counter(token for text in rest for token in NUMBER.findall(text))


def own(element):
    """The text of each paragraph, cell and heading in the element, without the heads of columns."""
    leaves = element.select("p, tbody th, td, li, figcaption, h1, h2, h3, footer")
    return [re.sub(r"\s+", " ", leaf.get_text()).strip() for leaf in leaves]


def valued(block):
    """Number tokens of the ledger; those of a figure stand in the drawing, and in its title where it states one."""
    tokens = numbers(cell["text"] for cell in ledger(block) if "raw" in cell)
    return Counter(NUMBER.findall(block["caption"])) & tokens if block["kind"] == "Figure" else tokens


def test_every_number_in_a_block_is_one_of_its_values_and_none_is_left_out(page):
    found = {name: numbers(own(page.soup.find(id=name))) for name in page.blocks}
    assert found == {name: valued(block) for name, block in page.blocks.items()}


def test_column_heads_hold_no_numbers_but_the_years_of_a_series(page):
    numbered = [head.get_text() for head in page.soup.select("thead th") if NUMBER.search(head.get_text())]
    assert all(re.fullmatch(r"(?:Capaian )?20\d\d", head) for head in numbered)
    assert numbered == sorted(set(numbered))


def test_every_exception_is_needed(sample_folder, run_report):
    texts = [text for opd in SAMPLE for text in own(printed(run_report(sample_folder, opd)).soup)]
    assert [pattern for pattern in EXCEPTIONS if not any(re.search(pattern, text) for text in texts)] == []


def test_no_number_stands_outside_the_blocks(page):
    soup = BeautifulSoup(str(page.soup), "html.parser")
    for block in soup.select(".pk-block"):
        block.decompose()
    assert numbers(soup.stripped_strings) == Counter()


def test_the_words_for_a_figure_name_its_values(page):
    for block in page.blocks.values():
        if block["kind"] == "Figure":
            values = [f"{label} {cell['text']}" for label, cell in block["values"].items()]
            assert Counter(NUMBER.findall(block["alt"])) == Counter(NUMBER.findall(" ".join(values))), block["id"]


def drawn(block):
    """Texts in a drawing: matplotlib names each one in a comment above its paths."""
    return [text.strip() for text in re.findall(r"<!--(.*?)-->", base64.b64decode(block["svg"]).decode(), re.DOTALL)]


def test_the_figures_on_bars_and_lines_are_the_values(page):
    bars, lines = page.blocks["gambar-pagu"], page.blocks["gambar-serapan"]
    assert {cell["text"] for cell in bars["values"].values()} == {text for text in drawn(bars) if "Rp" in text}
    assert {digits(cell["raw"] / 1e9, 1) for cell in lines["values"].values()} <= set(drawn(lines))


def test_every_table_and_figure_says_that_it_is_a_sample_and_none_of_a_real_report_does(page):
    shown = page.soup.select(".pk-table, .pk-figure")
    assert len(shown) == sum(block["kind"] in ("Table", "Figure") for block in page.blocks.values())
    assert {SAMPLE_MARK in item.get_text() for item in shown} == {page.is_sample}
    figures = [block for block in page.blocks.values() if block["kind"] == "Figure"]
    assert {"DATA CONTOH" in drawn(block) for block in figures} == {page.is_sample}
    assert [banner.text for banner in page.soup.select(".pk-banner")] == [SAMPLE_MARK] * page.is_sample


@pytest.mark.parametrize("word", FORBIDDEN)
def test_words_that_claim_too_much_or_mean_something_else(page, word):
    assert re.findall(word, page.text.replace(SAMPLE_MARK, ""), re.IGNORECASE) == []


def test_no_raw_object_is_printed(page):
    assert re.findall(RAW_OBJECTS, page.text) == []
