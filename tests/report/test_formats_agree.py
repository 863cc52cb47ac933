"""Four formats of one run, read back by other libraries than those that wrote them: they show the same."""

import datetime as dt
import io
import shutil
import subprocess
import zipfile
from collections import Counter

import pypdf
import pytest
from bs4 import BeautifulSoup
from report import reading

from pkanalysis.config import SAMPLE_MARK
from pkanalysis.report.formats import FORMATS, rendered
from pkanalysis.report.parts import read
from pkanalysis.show.blocks import ledger

REGION = ""
OFFICES = ("DINKES", "SETWAN", "RSUDA", "KEC01", "BKBP")
WORD = ("docx", "lampiran.docx")
LONGEST = 7
"""Pages of the report of an office at most, its annex apart."""

HEADLINES = ("ringkasan", "perlu-diketahui", "perhatian", "kalimat")


@pytest.fixture(scope="module", params=[*OFFICES, REGION], ids=lambda name: name or "kota")
def report(request, sample_folder, read_report):
    return read_report(sample_folder, request.param)


@pytest.fixture(scope="module")
def seen(report):
    return {form: reading.whole(report.files, form) for form in reading.READERS}


@pytest.fixture(scope="module")
def book(report):
    return reading.book(report.files["xlsx"])


@pytest.fixture(params=reading.READERS)
def shown(request, seen):
    return seen[request.param]


def test_headings_are_the_chapters_of_the_notebook(report, shown):
    assert len(report.headings) > 4
    assert shown.headings == report.headings


def test_every_table_and_figure_stands_there_once(report, shown):
    assert shown.tables == len(report.of("Table"))
    assert len(shown.alts) == len(report.of("Figure"))


def test_captions_have_the_same_numbers(report, shown):
    assert shown.captions == list(report.captions)


def test_figures_have_their_words(report, shown):
    assert [reading.spaced(alt) for alt in shown.alts] == [
        reading.spaced(block["alt"]) for block in report.of("Figure")
    ]


def test_headlines_are_the_ledger(report, shown):
    blocks = [block for block in report.blocks if block["id"] in HEADLINES]
    texts = [cell["text"] for block in blocks for cell in ledger(block)]
    sentences = [item["text"] for block in blocks for item in block.get("items", [])]
    assert len(blocks) == (1 if "kalimat" in [block["id"] for block in blocks] else 3)
    assert len(texts) > 9
    assert [text for text in texts + sentences if not shown.holds(text)] == []


def test_rows_are_printed_whole_and_in_order(report, shown):
    """A row of a table, its cells one after another, as the blocks have it."""
    for block in report.of("Table"):
        rows = ["".join(cell["text"] for cell in row) for row in block["rows"]]
        assert [row for row in rows if not shown.holds(row)] == [], block["id"]


def test_notes_and_sources_stand_below(report, shown):
    texts = [text for block in report.blocks for text in (block["note"], block["source"])]
    texts += [item["text"] for block in report.of("Note", "Cover") for item in block["items"]]
    assert [text for text in texts if not shown.holds(text)] == []


def test_word_has_every_cell(report):
    tables = [table for name in WORD if name in report.files for table in reading.tables(report.files[name])]
    for block, table in zip(report.of("Table"), tables, strict=True):
        expected = [[reading.spaced(cell["text"]) for cell in row] for row in block["rows"]]
        assert table[0] == [column["label"] for column in block["columns"]]
        assert table[1:] == (expected or [["Tidak ada baris."] * len(block["columns"])]), block["id"]


def test_the_workbook_has_every_cell_as_what_it_is(report, book):
    sheets = [sheet for sheet in book if sheet.title.startswith("Tabel ")]
    for block, sheet in zip(report.of("Table"), sheets, strict=True):
        rows = reading.rows(sheet, len(block["columns"]), len(block["rows"]))
        expected = Counter(tuple(same(stored(cell)) for cell in row) for row in block["rows"])
        assert Counter(tuple(map(same, row)) for row in rows) == expected, block["id"]


def test_a_report_is_read_in_seven_pages(report):
    if "lampiran.pdf" in report.files:  # the region has no annex
        assert len(pypdf.PdfReader(io.BytesIO(report.files["pdf"])).pages) <= LONGEST


def test_report_and_annex_lead_to_each_other_and_name_the_office(report):
    if "lampiran.html" in report.files:
        pages = [BeautifulSoup(report.files[name], "html.parser") for name in ("html", "lampiran.html")]
        links = [{link["href"] for link in page.select(".pk-beside a")} for page in pages]
        assert links == [{"laporan_LAMPIRAN.html"}, {"laporan.html"}]
        assert pages[1].h1.text == f"Lampiran: {pages[0].h1.text}"
        assert pages[1].select_one(".pk-agency").text == pages[0].select_one(".pk-agency").text
        assert [page.select_one(".pk-banner").text for page in pages] == [SAMPLE_MARK] * 2
        assert pages[1].select_one(".pk-footer").text == f"Lampiran · {pages[0].select_one('.pk-footer').text}"


def same(value):
    """Numbers to twelve digits; a workbook keeps about fifteen."""
    return float(f"{value:.12g}") if isinstance(value, float) else value


def stored(cell):
    """What a cell of a sheet holds for a cell of a block: number, date, text, or nothing."""
    if cell["kind"] == "kalimat":
        return cell["text"]
    if cell["kind"] == "tanggal" and cell["raw"]:
        return dt.datetime.fromisoformat(cell["raw"])
    return cell["raw"] if cell["raw"] != "" else None


def test_the_workbook_has_the_captions_values_and_sentences(report, book):
    lists = [row for row in book["Isi"].iter_rows(values_only=True) if row[0] in book.sheetnames]
    tables = [caption for caption in report.captions if caption.startswith("Tabel")]
    units = {f" ({block['unit']})" for block in report.of("Table", "Figure") if block["unit"]}
    assert [name for *_, name in lists[: len(tables)]] == [bare(caption, units) for caption in tables]
    assert list(dict.fromkeys(chapter for _, chapter, _ in lists if chapter)) == report.headings
    drawn = [(*row[:2], same(row[2])) for row in book["Data gambar"].iter_rows(values_only=True)]
    figures = [bare(caption, units) for caption in report.captions if caption.startswith("Gambar")]
    values = [
        (caption, name, same(cell["raw"]))
        for caption, block in zip(figures, report.of("Figure"), strict=True)
        for name, cell in block["values"].items()
    ]
    assert [row for row in values if row not in drawn] == []
    sentences = {row[2] for row in book["Catatan"].iter_rows(values_only=True)}
    assert {item["text"] for block in report.of("Note") for item in block["items"]} <= sentences


def bare(caption, units):
    """A caption without its unit, which has a line of its own on a sheet."""
    return next((caption.removesuffix(unit) for unit in units if caption.endswith(unit)), caption)


@pytest.fixture(scope="module")
def small(sample_folder, read_report):
    return read_report(sample_folder, "BKBP")


def test_the_same_run_gives_the_same_bytes(small):
    assert rendered(read(small.notebook), FORMATS) == small.files


def test_libreoffice_opens_the_same_tables_and_figures(small, tmp_path):
    program = shutil.which("soffice")
    if not program:
        pytest.skip("LibreOffice (soffice) tidak terpasang; pasang dengan: apt-get install libreoffice-writer")
    paths = [tmp_path / f"{place}.docx" for place, _ in enumerate(WORD)]
    for path, name in zip(paths, WORD, strict=True):
        path.write_bytes(small.files[name])
    profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "odt", "--outdir", tmp_path, *paths]
    done = subprocess.run(command, capture_output=True, timeout=180, check=True)
    if b"could not be loaded" in done.stderr:
        pytest.skip("LibreOffice terpasang tanpa Writer; pasang dengan: apt-get install libreoffice-writer")
    content = "".join(zipfile.ZipFile(path.with_suffix(".odt")).read("content.xml").decode() for path in paths)
    assert content.count("<table:table ") == len(small.of("Table"))
    assert content.count("<draw:image ") == len(small.of("Figure"))
