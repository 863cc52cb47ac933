import re

import nbformat
import papermill
import pytest
from bs4 import BeautifulSoup
from nbconvert.exporters import get_exporter
from nbformat import v4

from pkanalysis.config import SAMPLE_MARK
from pkanalysis.report.html import ReportExporter, css_string
from pkanalysis.show.blocks import MIME, Column, Cover, Figure, Note, Phrase, Table
from pkanalysis.show.values import Value

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}</style>"
SECRET = "angka_rahasia"


def block(block):
    return v4.new_output("display_data", data=block._repr_mimebundle_())


def page(*outputs, markdown="## Bab satu"):
    cells = [v4.new_markdown_cell(markdown), v4.new_code_cell(f"{SECRET} = 1", outputs=list(outputs))]
    return ReportExporter().from_notebook_node(v4.new_notebook(cells=cells))[0]


@pytest.fixture(scope="module")
def hostile():
    value = {"x": Value(HOSTILE, "teks")}
    shared = {"is_sample": True, "source": HOSTILE, "note": HOSTILE, "unit": HOSTILE, "alt": HOSTILE}
    return page(
        block(Cover(HOSTILE, HOSTILE, items=(Phrase("{x}", value),), footer=HOSTILE, **shared)),
        block(
            Table(
                "t", HOSTILE, columns=(Column("a", HOSTILE),), rows=((HOSTILE,), (Phrase("**{x}**", value),)), **shared
            )
        ),
        block(Note("n", HOSTILE, items=(Phrase("{x}", value),) * 2, **shared)),
        block(Figure("f", HOSTILE, svg=f"<svg>{HOSTILE}</svg>", **shared)),
        markdown=f"## {HOSTILE}\n\n{HOSTILE}",
    )


def test_data_never_become_markup(hostile):
    soup = BeautifulSoup(hostile, "html.parser")
    assert soup.find_all(["script", "iframe", "object", "link"]) == []
    assert [tag for tag in soup.find_all() if any(name.startswith("on") for name in tag.attrs)] == []
    assert [img["src"][:26] for img in soup.find_all("img")] == ["data:image/svg+xml;base64,"]
    assert len(soup.find_all("style")) == 1
    assert "49" not in soup.get_text()


def test_nothing_comes_from_outside(hostile):
    soup = BeautifulSoup(hostile, "html.parser")
    addresses = [tag.get("src") or tag.get("href") for tag in soup.find_all(src=True) + soup.find_all(href=True)]
    assert addresses
    assert all(address.startswith(("#", "data:")) for address in addresses)
    assert not re.search(r"@import|url\((?!data:)", soup.style.string)


def test_only_blocks_and_prose_are_shown():
    html = page(
        v4.new_output("stream", text="tercetak"),
        v4.new_output("execute_result", data={"text/plain": "polos", "text/html": "<b>bebas</b>"}),
        v4.new_output("error", ename="KeyError", evalue="jejak", traceback=["jejak panjang"]),
        block(Note("n", "Catatan", False, items=(Phrase("Isi."),))),
    )
    assert "Catatan" in html
    assert "Bagian ini gagal dibuat" in html
    assert not [word for word in ("tercetak", "polos", "bebas", "jejak", SECRET) if word in html]


def test_html_of_an_output_is_not_trusted():
    output = block(Note("n", "Catatan", False, items=(Phrase("Isi."),)))
    output.data["text/html"] = "<script>alert(1)</script>"
    assert "alert" not in page(output)
    output.data[MIME]["kind"] = "../../../etc/passwd"
    assert "Catatan" not in page(output)


def test_head_comes_from_the_cover_and_contents_from_headings():
    cover = Cover("sampul", "LAPORAN", True, unit="Dinas Contoh", footer="Dinas · Edisi 1")
    soup = BeautifulSoup(page(block(cover), markdown="## Satu\n\n### Kecil\n\n## *Dua*"), "html.parser")
    assert soup.html["lang"] == "id"
    assert soup.title.text == "LAPORAN · Dinas Contoh"
    assert soup.select_one(".pk-banner").text == SAMPLE_MARK
    assert soup.footer.text == "Dinas · Edisi 1"
    links = soup.select(".pk-contents a")
    assert [link.text for link in links] == ["Satu", "Dua"]
    assert [soup.find(id=link["href"][1:]).name for link in links] == ["h2", "h2"]


def test_real_pages_have_no_sample_mark():
    soup = BeautifulSoup(page(block(Cover("sampul", "LAPORAN", False))), "html.parser")
    assert soup.select(".pk-banner") == []


def test_numbers_are_right_and_texts_left():
    table = Table("t", "Pagu", False, columns=(Column("a", "OPD"), Column("b", "Pagu", "rupiah")), rows=(("A", 1500),))
    soup = BeautifulSoup(page(block(table)), "html.parser")
    row = soup.tbody.tr
    assert [(cell.name, cell["class"], cell.text) for cell in row.find_all(["th", "td"])] == [
        ("th", ["pk-teks"], "A"), ("td", ["pk-rupiah"], "Rp1.500"),
    ]  # fmt: skip
    assert soup.table.parent["class"] == ["pk-scroll"]


def test_running_feet_cannot_leave_their_string():
    assert css_string('"; } body { display: none').count('"') == 2


def test_jupyters_export_menu_knows_it():
    assert get_exporter("pkanalysis-html") is ReportExporter


def test_the_error_markers_of_papermill_stay_out(notebook):
    path = notebook("x = 1", "1 / 0")
    out = path.with_name("hasil.ipynb")
    with pytest.raises(papermill.PapermillExecutionError):
        papermill.execute_notebook(str(path), str(out), engine_name="pkanalysis", progress_bar=False)
    html = ReportExporter().from_notebook_node(nbformat.read(out, as_version=4))[0]
    assert "Exception" not in html
    assert "papermill-error-cell" not in html
