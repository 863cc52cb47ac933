"""The DOCX read back with python-docx, as a colleague's program would read it."""

import io
import re
import shutil
import subprocess
import zipfile

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Cm
from nbconvert.exporters import get_exporter
from nbformat import v4
from pypdf import PdfReader

from pkanalysis.errors import PkError
from pkanalysis.report.docx import DocxExporter, png
from pkanalysis.show.blocks import SAMPLE_MARK, Column, Cover, Figure, Note, Phrase, Table, ledger
from pkanalysis.show.values import Value

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{}pt" height="{}pt"><rect width="9" height="9"/></svg>'
HOSTILE = (
    "<script>alert(1)</script> \"kutip\" 'k' # $x$ @a {{ 7*7 }} {b} \\n \\\\ ]]> &amp; `c` *t* _g_ "
    "<w:p/> 𠜎😀 \u200f\u202eurut\u202c ==SEQ=="
)
FOOT = "Dinas Contoh · Triwulan III 2025 · Edisi 1 · DRAF"
TWO = (Column("n", "Program"), Column("p", "Pagu", "rupiah"))
WIDE = (Column("n", "Program", wide=True), *(Column(f"c{i}", "Pagu", "rupiah") for i in range(9)))


def cover(is_sample=True):
    lines = (Phrase("Triwulan {n}", {"n": Value("III", "teks")}),)
    return Cover("sampul", "LAPORAN CAPAIAN", is_sample, unit="DINAS CONTOH", items=lines, footer=FOOT)


def table(caption="Pagu", rows=(("A", 1500), ("Jumlah", 1500)), columns=TWO, is_sample=True, **block):
    return Table("t", caption, is_sample, columns=columns, rows=rows, **block)


def wide(caption="Lebar"):
    return table(caption, (("Program", *[10**12] * 9),), WIDE)


def figure(caption="Batang", size=(400, 200), **block):
    return Figure("g", caption, True, **{"alt": "Batang: murni Rp1", "svg": SVG.format(*size)} | block)


def made(*parts, **traits):
    """Bytes of the document of these Markdown texts and blocks."""
    cells = [v4.new_markdown_cell(part) if isinstance(part, str) else shown(part) for part in parts]
    return DocxExporter(**traits).from_notebook_node(v4.new_notebook(cells=cells))[0]


def shown(block):
    return v4.new_code_cell("", outputs=[v4.new_output("display_data", data=block._repr_mimebundle_())])


def opened(*parts, **traits):
    return docx.Document(io.BytesIO(made(*parts, **traits)))


def texts(document, kind="w:p"):
    """The text of every paragraph (or run, with another kind) of the body, in order."""
    parts = document.element.body.iter(qn(kind))
    return ["".join(text.text or "" for text in part.iter(qn("w:t"))) for part in parts]


def styles_of(document, *names):
    return [(part.style.name, part.text) for part in document.paragraphs if part.style.name in names]


def heads(section):
    return [" | ".join(part.text for part in place.paragraphs) for place in (section.header, section.footer)]


def codes(document):
    return [code.text.strip() for code in document.element.body.iter(qn("w:instrText"))]


def alts(document):
    return [shape.get("descr") for shape in document.element.body.iter(qn("wp:docPr"))]


@pytest.fixture(scope="module")
def report():
    note = Note("n", "Yang perlu diketahui", True, items=(Phrase("**Satu** {x}", {"x": Value(2, "bulat")}),) * 2)
    below = {"note": "Catatan tabel.", "source": "SIPD", "unit": "rupiah", "totals": (1,)}
    parts = (cover(), table(**below), note, figure(), "## Bab satu\n\nIsi **tebal**.", figure(), "### Bagian", table())
    return opened(*parts, "## Bab lebar", wide(), "## Bab dua", table())


def test_headings_are_words_own(report):
    assert styles_of(report, "Title", "Subtitle", "Heading 1", "Heading 2") == [
        ("Title", "LAPORAN CAPAIAN"), ("Subtitle", "DINAS CONTOH"),
        ("Heading 1", "Bab satu"), ("Heading 2", "Bagian"), ("Heading 1", "Bab lebar"), ("Heading 1", "Bab dua"),
    ]  # fmt: skip


def test_captions_count_on_and_can_be_referred_to(report):
    assert [text for _, text in styles_of(report, "Caption")] == [
        f"Tabel 1. Pagu (rupiah) {SAMPLE_MARK}", f"Gambar 1. Batang {SAMPLE_MARK}", f"Gambar 2. Batang {SAMPLE_MARK}",
        f"Tabel 2. Pagu {SAMPLE_MARK}", f"Tabel 3. Lebar {SAMPLE_MARK}", f"Tabel 4. Pagu {SAMPLE_MARK}",
    ]  # fmt: skip
    counted = [code.split()[1] for code in codes(report) if code.startswith("SEQ")]
    assert counted == ["Tabel", "Gambar", "Gambar", "Tabel", "Tabel", "Tabel"]
    marks = list(report.element.body.iter(qn("w:bookmarkStart")))
    names, numbers = ([mark.get(qn(key)) for mark in marks] for key in ("w:name", "w:id"))
    assert {"Tabel_1", "Tabel_2", "Tabel_3", "Tabel_4", "Gambar_1", "Gambar_2"} <= set(names)
    assert len(set(names)) == len(set(numbers)) == len(marks)
    assert {mark.get(qn("w:id")) for mark in report.element.body.iter(qn("w:bookmarkEnd"))} == set(numbers)


def test_tables_repeat_their_heads_and_keep_their_rows(report):
    assert len(report.tables) == 4
    for rows in (made.rows for made in report.tables):
        marks = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in rows]
        assert marks == [True] + [False] * (len(rows) - 1)
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert {made.style.name for made in report.tables} == {"Tabel Laporan"}


def test_numbers_are_right_and_totals_bold(report):
    rows = [[cell.paragraphs[0] for cell in row.cells] for row in report.tables[0].rows]
    assert [[cell.text for cell in row] for row in rows] == [
        ["Program", "Pagu"], ["A", "Rp1.500"], ["Jumlah", "Rp1.500"],
    ]  # fmt: skip
    assert [[str(cell.alignment)[:4] for cell in row] for row in rows] == [["LEFT", "RIGH"]] * 3
    assert [[run.bold for cell in row for run in cell.runs] for row in rows[1:]] == [[None, None], [True, True]]
    assert [rows[place][0].style.name for place in (0, 1)] == ["Kepala Tabel", "Isi Tabel"]


def test_tables_fill_the_text_of_their_page(report):
    for place, section in ((0, 0), (2, 1)):
        grid = [column.width for column in report.tables[place].columns]
        page = report.sections[section]
        assert sum(grid) == pytest.approx(page.page_width - page.left_margin - page.right_margin, rel=0.001)
        cells = report.tables[place]._tbl.tr_lst[0].tc_lst
        assert sum(int(cell.tcPr.find(qn("w:tcW")).get(qn("w:w"))) for cell in cells) == pytest.approx(5000, abs=9)


def test_figures_are_pictures_with_words(report):
    assert alts(report) == ["Batang: murni Rp1"] * 2
    images = [part.blob for part in report.part.package.iter_parts() if part.content_type == "image/png"]
    assert images == png([SVG.format(400, 200).encode()] * 2)
    assert [round(shape.width.pt) for shape in report.inline_shapes] == [400, 400]


@pytest.mark.parametrize(("size", "is_sideways"), [((900, 300), False), ((100, 2000), False), ((300, 900), True)])
def test_figures_fit_their_page(size, is_sideways):
    document = opened("## Bab", *([wide()] if is_sideways else []), figure(size=size))
    [shape], page = document.inline_shapes, document.sections[-1]
    assert shape.width <= page.page_width - page.left_margin - page.right_margin
    assert shape.height < page.page_height - page.top_margin - page.bottom_margin
    assert shape.width / shape.height == pytest.approx(size[0] / size[1], rel=0.01)


def test_a_wide_chapter_lies_on_its_side(report):
    assert [section.orientation for section in report.sections] == [
        WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT,
    ]  # fmt: skip
    assert [
        len([part for part in section.iter_inner_content() if hasattr(part, "rows")]) for section in report.sections
    ] == [2, 1, 1]


def test_every_section_has_the_mark_and_the_foot(report):
    assert [heads(section) for section in report.sections] == [[SAMPLE_MARK, f"{FOOT} · hal. 1 dari 1"]] * 3
    foot = report.sections[1].footer.part.element
    assert [code.text.split() for code in foot.iter(qn("w:instrText"))] == [["PAGE"], ["NUMPAGES"]]


@pytest.mark.parametrize(
    ("parts", "turns"),
    [
        (("## A", wide(), "## B", wide(), "## C", "Isi."), "PLP"),
        (("Isi.", "## A", wide()), "PL"),
        (("Isi.", "## A", wide(), "Penutup."), "PL"),
        (("Isi.", table()), "P"),
    ],
)
def test_no_section_is_empty(parts, turns):
    document = opened(*parts)
    assert "".join(section.orientation.name[0] for section in document.sections) == turns
    assert all([*section.iter_inner_content()] for section in document.sections)


def test_real_data_have_no_mark():
    document = opened(cover(is_sample=False), table(is_sample=False))
    assert heads(document.sections[0]) == ["", f"{FOOT} · hal. 1 dari 1"]
    assert not [text for text in texts(document) if "CONTOH —" in text]


def test_contents_are_links_that_word_fills(report):
    entries = [part for part in report.paragraphs if part.style.name.startswith("toc ")]
    assert [(part.style.name, part.text) for part in entries] == [
        ("toc 1", "Bab satu"), ("toc 2", "Bagian"), ("toc 1", "Bab lebar"), ("toc 1", "Bab dua"),
    ]  # fmt: skip
    links = [link.get(qn("w:anchor")) for part in entries for link in part._p.iter(qn("w:hyperlink"))]
    known = {mark.get(qn("w:name")) for mark in report.element.body.iter(qn("w:bookmarkStart"))}
    assert len(links) == 4
    assert set(links) <= known
    assert codes(report).count(r'TOC \o "1-2" \h \z \u') == 1
    assert report.settings.element.find(qn("w:updateFields")).get(qn("w:val")) == "true"
    turns = [turn.get(qn("w:fldCharType")) for turn in report.element.body.iter(qn("w:fldChar"))]
    assert turns == ["begin", "separate", "end"] * (len(turns) // 3)


def test_a_report_without_chapters_has_no_contents():
    assert not [code for code in codes(opened(cover(), table())) if code.startswith("TOC")]


def test_every_text_of_the_ledger_is_there():
    phrase = Phrase("**{a}** dari {b}", {"a": Value(31_424_000_000, "rupiah"), "b": Value(64.04, "persen", 1)})
    note, long = Note("n", "Judul", True, items=(phrase, phrase)), "Dinas " + "Pemberdayaan " * 30
    rows = ((long, -1_120_000_000), (phrase, None), ("", Value("menunggu rilis", "teks")))
    blocks = (cover(), note, table(rows=rows, columns=(TWO[0], Column("p", "Selisih", "perubahan_rp"))), table(rows=()))
    written = " ".join(texts(opened(*blocks)))
    wanted = [cell["text"] for block in blocks for cell in ledger(block.payload())]
    assert "(1.120.000.000)" in wanted
    assert [text for text in wanted if text.strip() not in written] == []


def test_hostile_texts_come_out_as_written():
    shared = {"is_sample": True, "source": HOSTILE, "note": HOSTILE, "unit": HOSTILE}
    phrase = Phrase("{x}", {"x": Value(HOSTILE, "teks")})
    document = opened(
        Cover("c", HOSTILE, footer=HOSTILE, items=(phrase,), **shared),
        Table("t", HOSTILE, columns=(Column("a", HOSTILE), Column("b", "b")), rows=((HOSTILE, phrase),), **shared),
        Note("n", HOSTILE, items=(phrase, phrase), **shared),
        Figure("f", HOSTILE, svg=SVG.format(90, 90), alt=HOSTILE, **shared),
        Table("kosong", HOSTILE, columns=(Column("a", HOSTILE),), **shared),
    )
    paragraphs = texts(document)
    assert paragraphs.count(HOSTILE) == 3 + 3 + 3 + 4 + 1  # cover, table, label and items, notes, last head
    assert paragraphs.count(f"Sumber: {HOSTILE}") == 4
    assert alts(document) == [HOSTILE]
    assert document.core_properties.title == HOSTILE[:255]
    assert [code.split()[0] for code in codes(document)] == ["SEQ"] * 3
    assert heads(document.sections[0])[1].startswith(HOSTILE)


def test_nothing_is_fetched_for_markdown():
    document = opened("![gambar lain](http://127.0.0.1:9/x.png) dan [tautan](#a)")
    assert not alts(document)
    assert "gambar lain dan tautan" in texts(document)


def test_the_same_input_gives_the_same_bytes(monkeypatch):
    parts = (cover(), "## Bab", wide(), figure(), table())
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    first = made(*parts)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert made(*parts) == first
    archive = zipfile.ZipFile(io.BytesIO(first))
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert archive.namelist()[0] == "[Content_Types].xml"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1763942400")
    dated = opened(*parts).core_properties
    assert dated.created.isoformat() == dated.modified.isoformat() == "2025-11-24T00:00:00+00:00"


def test_the_file_says_what_it_is(report):
    properties = report.core_properties
    assert (properties.title, properties.language, properties.author) == ("LAPORAN CAPAIAN", "id-ID", "pkanalysis")
    assert not properties.last_modified_by
    assert report.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}").get(qn("w:val")) == "id-ID"
    assert report.settings.element.find(f".//{qn('w:compatSetting')}").get(qn("w:val")) == "15"


def test_small_letters_have_styles_of_their_own():
    columns = tuple(Column(f"c{i}", "Pagu", "rupiah") for i in range(14))
    document = opened("## Bab", table(columns=columns, rows=((10**12,) * 14,)), table())
    crowded, usual = (made.rows[1].cells[0].paragraphs[0].style for made in document.tables)
    assert usual.name == "Isi Tabel"
    assert (crowded.base_style.name, crowded.font.size < usual.font.size) == ("Isi Tabel", True)
    assert re.fullmatch(r"Isi Tabel \d,?5?", crowded.name)


@pytest.fixture
def letterhead(tmp_path):
    """A letterhead as offices have it: crest and table in the head, F4 paper, own look, two sections."""
    kop = docx.Document()
    first = kop.sections[0]
    first.page_width, first.page_height = Cm(21.5), Cm(33)
    head = first.header
    head.paragraphs[0].add_run().add_picture(io.BytesIO(png([SVG.format(20, 20).encode()])[0]))
    head.add_table(1, 1, Cm(10)).cell(0, 0).text = "PEMERINTAH KOTA CONTOH"
    head.add_paragraph("Jalan Contoh 1")
    first.footer.paragraphs[0].text = "Alamat surel"
    kop.add_section().header.is_linked_to_previous = False
    kop.styles["Heading 1"].font.name = "Bookman Old Style"
    kop.styles["Heading 1"].element.set(qn("w:styleId"), "Judul1")
    path = tmp_path / "kop dinas.docx"
    kop.save(path)
    return path


def test_the_letterhead_stands_in_every_section(letterhead):
    document = opened(cover(), "## A", wide(), "## B", table(), letterhead=str(letterhead))
    assert [section.orientation.name for section in document.sections] == ["PORTRAIT", "LANDSCAPE", "PORTRAIT"]
    for section in document.sections:
        assert [part.text for part in section.header.paragraphs] == [SAMPLE_MARK, "", "Jalan Contoh 1"]
        assert section.header.tables[0].cell(0, 0).text == "PEMERINTAH KOTA CONTOH"
        [picture] = section.header.part.element.iter(qn("a:blip"))
        assert section.header.part.related_parts[picture.get(qn("r:embed"))].content_type == "image/png"
        assert heads(section)[1] == f"Alamat surel | {FOOT} · hal. 1 dari 1"
    assert {round(min(made.page_width.cm, made.page_height.cm), 1) for made in document.sections} == {21.5}
    heading = next(part for part in document.paragraphs if part.text == "B" and part.style.name == "Heading 1")
    assert (heading.style.style_id, heading.style.font.name) == ("Judul1", "Bookman Old Style")
    assert document.tables[0].style.name == "Tabel Laporan"
    narrow = document.tables[1].rows[1].cells[0].paragraphs[0].style
    assert (narrow.name, narrow.base_style.font.name) == ("Isi Tabel 7,5", "Calibri")


def test_a_letterhead_for_the_first_page_keeps_its_feet(tmp_path):
    kop = docx.Document()
    section = kop.sections[0]
    section.different_first_page_header_footer = kop.settings.odd_and_even_pages_header_footer = True
    section.first_page_header.paragraphs[0].text = "KOP"
    kop.save(tmp_path / "kop.docx")
    document = opened(cover(), "## A", wide(), letterhead=str(tmp_path / "kop.docx"))
    assert len(document.sections) == 2
    for made_ in document.sections:
        assert [part.text for part in made_.first_page_header.paragraphs] == [SAMPLE_MARK, "KOP"]
        for place in (made_.footer, made_.first_page_footer, made_.even_page_footer):
            assert place.paragraphs[-1].text.endswith(" · hal. 1 dari 1")
        assert all(place.paragraphs[0].text == SAMPLE_MARK for place in (made_.header, made_.even_page_header))


def test_a_report_can_be_the_reference_of_the_next(tmp_path):
    path = tmp_path / "laporan.docx"
    path.write_bytes(made(cover(), table()))
    again = opened(cover(), table(), letterhead=str(path))
    assert heads(again.sections[0]) == [SAMPLE_MARK, f"{FOOT} · hal. 1 dari 1"]
    real = opened(cover(is_sample=False), letterhead=str(path))
    assert heads(real.sections[0]) == ["", f"{FOOT} · hal. 1 dari 1"]


@pytest.mark.parametrize("content", [None, b"bukan zip", b"PK\x05\x06" + bytes(18)])
def test_a_wrong_letterhead_is_explained(tmp_path, content):
    path = tmp_path / "kop.docx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PkError, match=r"Dokumen acuan kop\.docx tidak dapat dibaca"):
        made(cover(), letterhead=str(path))


def test_jupyters_export_menu_knows_it():
    assert get_exporter("pkanalysis-docx") is DocxExporter


@pytest.fixture
def soffice(tmp_path):
    program = shutil.which("soffice")
    if not program:
        pytest.skip("LibreOffice (soffice) tidak terpasang; pasang dengan: apt-get install libreoffice-writer")

    def convert(document, kind):
        (tmp_path / "laporan.docx").write_bytes(document)
        profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
        command = [
            program,
            profile,
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            tmp_path,
            tmp_path / "laporan.docx",
        ]
        done = subprocess.run(command, capture_output=True, timeout=180, check=True)
        if b"could not be loaded" in done.stderr:
            pytest.skip("LibreOffice terpasang tanpa Writer; pasang dengan: apt-get install libreoffice-writer")
        return (tmp_path / "laporan.docx").with_suffix(f".{kind}")

    return convert


def test_libreoffice_reads_the_same_document(soffice):
    document = made(cover(), table(), figure(), "## Satu", table(), "## Lebar", wide(), wide(), "## Dua", figure())
    with zipfile.ZipFile(soffice(document, "odt")) as odt:
        content = odt.read("content.xml").decode()
    assert content.count("<table:table ") == 4
    assert content.count("<draw:image ") == 2
    assert content.count("<table:table-header-rows>") == 4
    pages = [page.extract_text() for page in PdfReader(soffice(document, "pdf")).pages]
    assert 3 <= len(pages) <= 4
    assert all(SAMPLE_MARK in page and f"dari {len(pages)}" in page for page in pages)
    assert [sum(f"Tabel {n}. " in page for page in pages) for n in (1, 2, 3, 4)] == [1, 1, 1, 1]
