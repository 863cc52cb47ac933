import io
import re
from collections import Counter

import pypdf
import pytest
from nbconvert.exporters import get_exporter
from nbformat import v4
from report import geometry
from report.reading import structure

from pkanalysis.errors import PkError
from pkanalysis.report import parts, pdf
from pkanalysis.report.paper import document
from pkanalysis.report.pdf import PdfExporter, compiled, markup
from pkanalysis.show.blocks import MIME, SAMPLE_MARK, Column, Cover, Figure, Note, Phrase, Table, ledger
from pkanalysis.show.values import Value

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="300pt" height="120pt"><circle cx="90" cy="60" r="40"/></svg>'
LONG = "Badan Penyelenggaraan Pertanggungjawaban Kesejahteraan Ketenagakerjaan dan Perekonomian Kota Contoh"
HOSTILE = (
    "\"kutip\" 'satu'", "{kurung} [siku]", "garis\\miring \\n", "#set page", "$x$", "@sitasi", "{{ 7*7 }}",
    "<script>alert(1)</script>", "*tebal* _miring_ `kode`", "- butir", "= judul", "1. angka", "/ istilah: arti",
    "+ tambah", "-5 -- 6 ---", "tiga...", "https://contoh.go.id//a", "/* sisip */", "~ ?- <label>",
    "\U00020bb7 \U0001f600", "#\"); //",
)  # fmt: skip
TWO = (Column("n", "OPD", wide=True), Column("p", "Pagu", "rupiah"))


def notebook(*parts):
    cells = [
        v4.new_markdown_cell(part)
        if isinstance(part, str)
        else v4.new_code_cell("", outputs=[v4.new_output("display_data", data=part._repr_mimebundle_())])
        for part in parts
    ]
    return v4.new_notebook(cells=cells)


def made(*parts):
    return PdfExporter().from_notebook_node(notebook(*parts))[0]


def read(*parts):
    return pypdf.PdfReader(io.BytesIO(made(*parts)))


def words(reader):
    """The text of all pages without line ends and hyphens at them."""
    text = "\n".join(page.extract_text() for page in reader.pages)
    return re.sub(r"\s+", " ", re.sub("\u00ad+\n?", "", text))


def is_lying(page):
    return page.mediabox.width > page.mediabox.height


def cover(name="Dinas Contoh", **block):
    line = Phrase("Triwulan III Tahun {t}", {"t": Value(2025, "tahun")})
    footer = f"{name} · Triwulan III 2025 · Edisi 1 · DRAF, belum diverifikasi Bappeda"
    return Cover("sampul", "Laporan Capaian Kinerja", True, unit=name, items=(line,), footer=footer, **block)


def table(rows=(("Dinas A", 1500),), columns=TWO, **block):
    return Table("t", "Pagu", True, columns=columns, rows=rows, **block)


def figure(**block):
    return Figure("g", "Serapan", True, svg=SVG, **({"alt": "Batang: serapan 64,0%"} | block))


@pytest.fixture(scope="module")
def blocks():
    values = {"x": Value(31_424_000_000, "rupiah"), "y": Value(-1.5, "angka", 2)}
    return (
        cover(),
        Note("n", "Perlu diketahui", True, items=(Phrase("**Serapan {x}.**", values), Phrase("Selisih {y}.", values))),
        figure(note="Batang", source="SIPD", unit="persen"),
        table(rows=(("Belanja", 1_930_724_471_000), ("Jumlah", None)), totals=(1,), source="SIPD", note="Catatan"),
    )  # fmt: skip


@pytest.fixture(scope="module")
def report(blocks):
    summary, last = blocks[:3], blocks[3]
    return read(*summary, "## Anggaran\n\n### Rincian\n\nIsi **tebal**.", last, "## Penutup", table(rows=()))


def test_every_number_of_the_ledger_is_printed(report, blocks):
    printed = words(report)
    for block in blocks:
        payload = block._repr_mimebundle_()[MIME]
        for cell in ledger(payload):
            assert cell["text"] in printed


def test_tags_name_what_stands_on_the_page(report):
    tags = structure(report)
    count = Counter(tag for tag, _ in tags)
    assert [count[tag] for tag in ("/H1", "/H2", "/H3", "/Table", "/Figure", "/Caption")] == [1, 2, 1, 2, 1, 3]
    assert [alt for tag, alt in tags if tag == "/Figure"] == ["Batang: serapan 64,0%"]
    assert count["/THead"] == count["/Table"]
    assert count["/TH"] == 4
    assert not [tag for tag in count if tag.startswith("/H") and tag[2:] not in ("1", "2", "3")]


def test_captions_are_numbered_and_marked(report):
    printed = words(report)
    for caption in ("Gambar 1. Serapan (persen)", "Tabel 1. Pagu", "Tabel 2. Pagu"):
        assert f"{caption} {SAMPLE_MARK}" in printed
    assert "Tidak ada baris." in printed


def test_the_document_introduces_itself(report):
    root = report.trailer["/Root"]
    assert report.metadata.title == "Laporan Capaian Kinerja"
    assert root["/Lang"] == "id"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "pdfuaid" in report.xmp_metadata.stream.get_data().decode()
    assert [line.title for line in report.outline[1] if not isinstance(line, list)] == ["Anggaran", "Penutup"]


def test_head_and_foot_run_on_every_page(report):
    assert len(report.pages) == 2
    for place, page in enumerate(report.pages, start=1):
        text = re.sub(r"\s+", " ", page.extract_text())
        assert f"hal. {place} dari 2" in text
        assert "Dinas Contoh · Triwulan III 2025 · Edisi 1 · DRAF" in text
        assert text.count(SAMPLE_MARK) > 0


def test_the_summary_has_the_first_page_for_itself(report):
    assert "Anggaran" not in report.pages[0].extract_text()


def test_a_real_report_has_no_mark():
    assert "CONTOH" not in words(
        read(Cover("s", "Laporan", False), Table("t", "Pagu", False, columns=(Column("a", "A"),)))
    )


def test_fonts_are_embedded_and_ours(report):
    fonts = {font for page in report.pages for font in page["/Resources"]["/Font"].values()}
    for font in fonts:
        assert "SourceSansPro" in font["/BaseFont"]
        descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_drawings_stay_vectors():
    with_figure, without = read(figure()).pages[0], read(cover()).pages[0]
    assert list(with_figure.images) == []
    curve = b" c\n"
    assert curve in with_figure.get_contents().get_data()
    assert curve not in without.get_contents().get_data()


def test_the_same_notebook_gives_the_same_bytes(blocks):
    first, second = (PdfExporter().from_notebook_node(notebook(*blocks))[0] for _ in range(2))
    assert first == second


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_come_out_as_written(text):
    value, columns = {"x": Value(text, "teks")}, (Column("a", text, wide=True), Column("b", "B", "angka"))
    reader = read(
        Cover("s", text, True, unit=text, items=(Phrase("{x}", value),), footer=text),
        Note("n", text, True, items=(Phrase("{x}", value), Phrase("**{x}**", value)), note=text, source=text),
        table(((text, 1), (Phrase("{x}", value), None)), columns),
        figure(note=text, alt=text),
    )
    assert words(reader).replace(" ", "").count(text.replace(" ", "")) == 13
    assert reader.metadata.title == text
    assert ("/Figure", text) in structure(reader)
    count = Counter(tag for tag, _ in structure(reader))
    assert [count[tag] for tag in ("/L", "/LI", "/H1", "/H2")] == [1, 2, 1, 0]


def test_right_to_left_marks_do_no_harm():
    assert "kiri kanan" in words(read(table(rows=(("\u200fkiri kanan\u200f", 1),))))


def test_prose_is_no_typst():
    printed = words(read('## Bab #1 $x$\n\n- "a" <b>b</b> @c -5 ![gambar jauh](http://contoh.go.id/x.png) {{ 7*7 }}'))
    assert "Bab #1 $x$" in printed
    assert '"a" <b>b</b> @c -5 gambar jauh {{ 7*7 }}' in printed


def test_a_figure_without_alt_text_is_refused():
    with pytest.raises(PkError, match="alt text"):
        PdfExporter().from_notebook_node(notebook(figure(alt="")))


def indicators(count):
    columns = (
        Column("s", "Sasaran", wide=True), Column("n", "Indikator", wide=True), Column("u", "Satuan"),
        Column("t", "Target", "angka", 2), Column("c", "Capaian", "persen", 1), Column("k", "Kategori"),
    )  # fmt: skip
    rows = tuple((f"{LONG} {i}", f"Persentase {LONG}", "Persen", 78.0, 101.5, "Tinggi") for i in range(count))
    return table(rows=rows, columns=columns)


def test_long_tables_repeat_their_head_and_long_reports_have_contents():
    reader = read(cover(LONG), "## Capaian", indicators(60), "## Penutup", "Isi.")
    pages = [page.extract_text() for page in reader.pages]
    with_rows = [text for text in pages[1:] if "Persentase" in text]
    assert len(with_rows) > 2
    assert all("Sasaran" in text and "Kategori" in text for text in with_rows)
    assert ("Isi laporan" in pages[1]) == (len(pages) > 8)
    longer = [page.extract_text() for page in read(cover(), "## Capaian", indicators(200), "## Penutup").pages]
    assert len(longer) > 8
    assert re.search(rf"Isi laporan\s+Capaian.*2\s+Penutup.*{len(longer)}", longer[0], re.DOTALL)
    assert "Isi laporan" not in "".join(longer[1:])


def test_contents_that_do_not_fit_below_the_summary_open_the_second_page():
    parts = [f"## Bagian {number}" for number in range(56)]
    pages = [page.extract_text() for page in read(cover(), *parts, indicators(200)).pages]
    assert re.search(r"Isi laporan\s+Bagian 0.*3\s+Bagian 1.*3\s", pages[1], re.DOTALL)
    assert "Isi laporan" not in pages[0] + pages[2]


@pytest.mark.parametrize(("count", "lying"), [(1, False), (3, False), (8, True), (12, True)])
def test_pages_lie_on_their_side_only_for_wide_tables(count, lying):
    columns = (Column("n", "Uraian", wide=True), *(Column(f"b{i}", f"Bulan {i}", "rupiah") for i in range(count)))
    wide = table(((LONG, *[-1_930_724_471_000] * count),), columns, totals=(0,))
    content = made(cover(), "## Satu", table(), "## Dua", wide, "## Tiga", table())
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert [is_lying(page) for page in reader.pages] == ([False, False, True, False] if lying else [False, False])
    assert words(reader).count("-Rp1.930.724.471.000") == count
    assert (geometry.pages(content).outside(25), geometry.pages(content).overlapping()) == ([], [])


@pytest.mark.parametrize("word", ["X" * 300, "Pertanggungjawabanketenagakerjaan" * 3, LONG.replace(" ", "-")])
def test_words_without_end_stay_in_their_column(word):
    narrow = tuple(Column(f"c{i}", "Kode") for i in range(6))
    content = made(cover(word), f"## {word}", word, table(columns=narrow, rows=((word,) * 6,), note=word))
    printed = words(pypdf.PdfReader(io.BytesIO(content))).replace(" ", "")
    assert printed.count(word) == 12
    assert (geometry.pages(content).outside(15), geometry.pages(content).overlapping()) == ([], [])


def test_a_cell_larger_than_a_page_breaks():
    text = " ".join(f"kata{i}" for i in range(3000))
    printed = words(read(table(rows=((text, 1),))))
    assert "kata0 " in printed
    assert "kata2999" in printed


def test_the_layout_settles(blocks):

    text = markup(document(parts.read(notebook(*blocks, "## Bab", indicators(60), "## Akhir"))))
    _, warnings = pdf._compiler().compile_with_warnings(input=text, format="pdf", pdf_standards="ua-1")
    assert warnings == []


def test_a_fault_in_the_markup_is_explained():
    with pytest.raises(PkError, match="PDF tidak dapat dibuat: unknown variable"):
        compiled(b"#tidak-ada")


def test_an_empty_notebook_is_a_titled_page():
    reader = read()
    assert reader.metadata.title == "Laporan"
    assert len(reader.pages) == 1


def test_jupyters_export_menu_knows_it():
    assert get_exporter("pkanalysis-pdf") is PdfExporter
    assert PdfExporter.export_from_notebook == "Laporan pkanalysis (PDF)"
    assert PdfExporter().from_notebook_node(notebook("# J"))[1]["output_extension"] == ".pdf"
