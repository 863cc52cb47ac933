"""Blocks: typed values out, hostile text escaped, the sample mark inside."""

import json

import pytest

from pkanalysis.config import SAMPLE_MARK
from pkanalysis.show.blocks import MIME, Column, Cover, Figure, Note, Phrase, Table, ledger, phrases
from pkanalysis.show.values import Value

HOSTILE = """<script>alert("x")</script> {{ 7*7 }} {k} $a_b$ #judul @ \\ 'q' 😀 \u202eabc"""
ESCAPED = "&lt;script&gt;"


def bundle(block):
    return block._repr_mimebundle_()


def every_block(text, is_sample=True):
    value = Value(text, "teks")
    yield Table("t", text, is_sample, source=text, note=text, columns=(Column("a", text),), rows=((text,),))
    yield Figure("f", text, is_sample, alt=text, svg="<svg/>", values={"a": value})
    yield Note("n", text, is_sample, items=(Phrase("Nama {a}", {"a": value}),))
    yield Cover("c", text, is_sample, unit=text, items=(Phrase("{a}", {"a": value}),), footer=text)


@pytest.mark.parametrize("block", list(every_block(HOSTILE)), ids=lambda block: type(block).__name__)
def test_text_from_data_is_never_markup(block):
    html = bundle(block)["text/html"]
    assert "<script>" not in html
    assert ESCAPED in html
    assert "49" not in html
    assert "{{ 7*7 }}" in html
    assert "😀" in html
    assert HOSTILE in bundle(block)["text/plain"]


@pytest.mark.parametrize("block", list(every_block("isi")), ids=lambda block: type(block).__name__)
def test_the_mark_is_in_every_table_figure_and_copy(block):
    found = bundle(block)
    assert found[MIME]["mark"] == SAMPLE_MARK
    assert found["text/plain"].splitlines()[0] == SAMPLE_MARK
    if isinstance(block, Table | Figure | Cover):
        assert SAMPLE_MARK in found["text/html"]


@pytest.mark.parametrize("block", list(every_block("isi", is_sample=False)), ids=lambda block: type(block).__name__)
def test_a_real_workspace_has_no_mark(block):
    assert "CONTOH" not in json.dumps(bundle(block))


def test_the_ledger_holds_every_cell_and_every_value_of_a_sentence():
    table = Table(
        "t", "", False, columns=(Column("a", "A", "rupiah"), Column("b", "B")),
        rows=((1000, Phrase("{x} dari {y}", {"x": Value(1, "bulat"), "y": Value(2, "bulat")})),),
    )  # fmt: skip
    assert [cell["text"] for cell in ledger(bundle(table)[MIME])] == ["Rp1.000", "1", "2"]
    note = Note("n", "", False, items=phrases({"p": Value(12.5, "persen", 1)}, "naik {p}", "tanpa angka"))
    assert [cell["text"] for cell in ledger(bundle(note)[MIME])] == ["12,5%"]


def test_bold_is_ours_and_stars_in_data_stay_stars():
    html = bundle(Note("n", "", False, items=(Phrase("**{a}** biasa", {"a": Value("**x**", "teks")}),)))["text/html"]
    assert "<strong>**x**</strong> biasa" in html


def test_missing_prints_a_dash_and_is_null_in_the_payload():
    payload = bundle(Table("t", "", False, columns=(Column("a", "A", "rupiah"),), rows=((None,), (0,))))[MIME]
    assert [(row[0]["raw"], row[0]["text"]) for row in payload["rows"]] == [(None, "–"), (0, "Rp0")]
