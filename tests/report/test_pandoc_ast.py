import json

import pytest
from nbformat import v4

from pkanalysis.errors import PkError
from pkanalysis.report import pandoc, paper
from pkanalysis.report.html import BROKEN
from pkanalysis.report.layout import LYING, SIDEWAYS, SMALLEST, UPRIGHT, is_wide, layout, width
from pkanalysis.report.paper import CONTENTS, SEVERAL
from pkanalysis.report.parts import read
from pkanalysis.show.blocks import SAMPLE_MARK, Column, Cover, Figure, Note, Phrase, Table
from pkanalysis.show.values import Value

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="200pt" height="100pt" viewBox="0 0 200 100"></svg>'


def document(book):
    return paper.document(read(book))


def notebook(*parts):
    """Markdown from text, an output from a block or an output."""
    return v4.new_notebook(cells=[cell(part) for part in parts])


def cell(part):
    if isinstance(part, str):
        return v4.new_markdown_cell(part)
    shown = v4.new_output("display_data", data=part._repr_mimebundle_()) if hasattr(part, "payload") else part
    return v4.new_code_cell("rahasia = 1", outputs=[shown])


def table(id="t", caption="Pagu", rows=(("Dinas A", 1500),), columns=None, is_sample=False, **block):
    columns = columns or (Column("n", "OPD"), Column("p", "Pagu", "rupiah"))
    return Table(id, caption, is_sample, columns=columns, rows=rows, **block)


def found(node, kind):
    """Every node of one type, in reading order."""
    if isinstance(node, list | tuple):
        return [hit for part in node for hit in found(part, kind)]
    if not isinstance(node, dict):
        return []
    return ([node] if node.get("t") == kind else []) + [hit for part in node.values() for hit in found(part, kind)]


def captions(ast):
    return [pandoc.text(node["c"][1][1]) for kind in ("Table", "Figure") for node in found(ast.blocks, kind)]


def test_pandoc_speaks_the_version_of_our_documents():
    version = json.loads(pandoc.run("", "--from=markdown", "--to=json"))["pandoc-api-version"]
    assert tuple(version[:3]) == pandoc.API_VERSION


def test_tables_and_figures_are_counted_apart():
    figure = Figure("g", "Batang", False, alt="alt", svg=SVG)
    ast = document(notebook(table(), figure, table(), Figure("h", "Garis", True, alt="alt", svg=SVG, unit="Rp")))
    assert captions(ast) == [
        "Tabel 1. Pagu", "Tabel 2. Pagu", "Gambar 1. Batang", f"Gambar 2. Garis (Rp) {SAMPLE_MARK}",
    ]  # fmt: skip
    assert [node["c"][2][0] for node in found(ast.blocks, "Image")] == list(ast.pictures)


def test_the_head_is_in_the_metadata():
    cover = Cover("s", "LAPORAN", True, unit="Dinas", items=(Phrase("**TW** {n}", {"n": Value("III", "teks")}),))
    ast = document(notebook(cover, "## Bab"))
    assert {name: pandoc.text(value["c"]) for name, value in ast.meta.items()} == {
        "title": "LAPORAN", "agency": "Dinas", "footer": "", "mark": SAMPLE_MARK, "lines": "TW III",
    }  # fmt: skip
    assert found(ast.meta["lines"], "Strong")


@pytest.mark.parametrize(
    ("markdown", "title", "levels"),
    [
        ("# Judul\n\n### Dalam\n\n##### Lebih\n\n## Bab", "Judul", [2, 3, 2]),
        ("isi saja", "Laporan", []),
        ("## Bab\n\n# Judul\n\n# Lagi", "Judul", [2, 2]),
    ],
)
def test_headings_never_skip_a_level(markdown, title, levels):
    ast = document(notebook(markdown))
    assert pandoc.text(ast.meta["title"]["c"]) == title
    assert [node["c"][0] for node in found(ast.blocks, "Header")] == levels


def test_only_prose_and_blocks_are_taken():
    ast = document(
        notebook(
            v4.new_output("stream", text="tercetak"),
            v4.new_output("execute_result", data={"text/plain": "polos"}),
            v4.new_output("error", ename="KeyError", evalue="jejak", traceback=[]),
        )
    )
    assert pandoc.text(list(ast.blocks)) == BROKEN.striptags()
    assert "rahasia" not in pandoc.document(ast.blocks, ast.meta)


def test_raw_html_is_words():
    ast = document(notebook("a <b>c</b>\n\n<script>x</script>\n\n| p | q |\n|---|--:|\n| 1 | 2 |"))
    assert pandoc.text(list(ast.blocks)).startswith("a <b>c</b><script>x</script>")
    assert len(found(ast.blocks, "Table")) == 1
    assert not found(ast.blocks, "RawInline") + found(ast.blocks, "RawBlock")


def test_bold_is_ours_alone():
    values = {"x": Value("**bukan** {y}", "teks")}
    note = Note("n", "Judul **n**", False, items=(Phrase("**Satu** {x}", values), Phrase("dua")), ordered=True)
    bold = [pandoc.text(node["c"]) for node in found(document(notebook(note)).blocks, "Strong")]
    assert bold == ["Judul **n**", "Satu"]
    assert "**bukan** {y}" in pandoc.text(list(document(notebook(note)).blocks))


def test_one_sentence_is_a_paragraph_and_none_is_nothing():
    one, none = Note("n", "", False, items=(Phrase("Satu."),)), Note("m", "", False)
    assert [node["t"] for node in document(notebook(one, none)).blocks] == ["Para"]


def test_totals_are_bold_and_numbers_right():
    node = found(document(notebook(table(rows=(("A", 1), ("Jumlah", 1)), totals=(1,)))).blocks, "Table")[0]
    assert [form[0]["t"] for form in node["c"][2]] == ["AlignLeft", "AlignRight"]
    assert [pandoc.text(bold["c"]) for bold in found(node, "Strong")] == ["Jumlah", "Rp1"]


def test_an_empty_table_says_so_over_all_columns():
    row = found(document(notebook(table(rows=()))).blocks, "Table")[0]["c"][4][0][3][0]
    assert [(pandoc.text(part[4]), part[3]) for part in row[1]] == [("Tidak ada baris.", 2)]


def test_note_and_source_stand_below():
    ast = document(notebook(table(note="Catatan", source="SIPD")))
    assert [node["t"] for node in ast.blocks] == ["Table", "Div"]
    assert [pandoc.text(line) for line in found(ast.blocks[1], "Para")] == ["Catatan", "Sumber: SIPD"]


def wide(count):
    return (Column("n", "Program", wide=True), *(Column(f"c{i}", "Pagu", "rupiah") for i in range(count)))


def test_a_chapter_with_a_wide_table_lies_on_its_side():
    broad = table(columns=wide(8), rows=(("Program", *[10**12] * 8),))
    ast = document(notebook("Ringkasan", table(), "## Satu", table(), "## Dua", "Isi", broad, "## Tiga", table()))
    divisions = [node["c"][0][1][0] for node in ast.blocks if node["t"] == "Div"]
    assert divisions == [CONTENTS, LYING]
    lying = next(node for node in ast.blocks if node["t"] == "Div" and node["c"][0][1] == [LYING])
    assert [pandoc.text(node["c"][2]) for node in found(lying, "Header")] == ["Dua"]
    assert len(found(lying, "Table")) == 1


def test_an_annex_of_several_chapters_has_contents_and_turns_its_pages_by_chapter():
    wide = table(columns=[Column(f"a{n}", "Pagu", "rupiah") for n in range(9)], rows=[[10**12] * 9])
    for chapters, sides in ((["## A", wide, "## B"], None), (["## A", "## B", wide, *["## C"] * SEVERAL], 1)):
        book = notebook(*chapters)
        book.cells[0].metadata.tags = ["lampiran"]
        ast = document(book)
        kinds = [division["c"][0][1] for division in ast.blocks if division["t"] == "Div"]
        assert (LYING in ast.meta) == (sides is None)
        assert ([CONTENTS] in kinds) == (sides is not None)
        assert kinds.count([LYING]) == 1


def test_a_summary_alone_needs_no_contents():
    assert not found(document(notebook("Ringkasan", table())).blocks, "Div")


@pytest.mark.parametrize("is_sideways", [False, True])
@pytest.mark.parametrize("count", [1, 3, 5, 8])
def test_numbers_keep_their_line_in_any_table(count, is_sideways):
    block = table(columns=wide(count), rows=(("Nama " * 40, *[1_930_724_471_000] * count),)).payload()
    form = layout(block, is_sideways)
    page = SIDEWAYS if is_sideways else UPRIGHT
    assert sum(form.shares) == pytest.approx(1, abs=0.002)
    assert all(share * page / form.size >= width("Rp1.930.724.471.000") for share in form.shares[1:])
    assert form.size >= SMALLEST


def test_long_texts_make_room_for_themselves():
    columns = tuple(Column(name, name, wide=True) for name in "abcdef")
    assert not is_wide(table(columns=columns, rows=(("pendek",) * 6,)).payload())
    assert is_wide(table(columns=columns, rows=(("kata " * 100,) * 6,)).payload())


def test_the_summary_stays_upright():
    broad = table(columns=wide(8), rows=(("Program", *[10**12] * 8),))
    ast = document(notebook(broad, "## Bab"))
    assert LYING not in pandoc.document(ast.blocks, ast.meta)


def test_a_wide_column_gets_the_space_that_numbers_leave():
    columns = (Column("a", "Uraian", wide=True), Column("b", "Kode"), Column("c", "%", "persen", 1))
    shares = layout(table(columns=columns, rows=(("kata " * 30, "x", 1.5),)).payload()).shares
    assert shares[0] > 0.6


def test_a_broken_input_is_explained():
    with pytest.raises(PkError, match="Pandoc gagal menyusun dokumen"):
        pandoc.run("{", "--from=json")


def test_signs_that_no_page_can_show_are_replaced():
    assert pandoc.text(pandoc.words("a\x07b\tc\r\n\n d\u00a0e")) == "a\ufffdb c  d\u00a0e"
