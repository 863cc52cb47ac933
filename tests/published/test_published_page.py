"""The page: blocks with sources, no sample mark, deterministic figures, and the notebook runs."""

import json
from types import SimpleNamespace

import papermill
import pytest
from paths import ROOT

from pkanalysis import tables
from pkanalysis.config import SAMPLE_MARK
from pkanalysis.show import drawing, published
from pkanalysis.show.blocks import MIME

BLOCKS = {name: getattr(published, name) for name in published.__all__}
TABLES = (
    "macro", "macro_notes", "macro_others", "budget", "budget_checks", "saving", "saving_checks", "indicators",
    "performance",
)  # fmt: skip


def payload(block):
    return block._repr_mimebundle_()[MIME]


def cells(table, name):
    place = [column["name"] for column in table["columns"]].index(name)
    return [row[place] for row in table["rows"]]


@pytest.mark.parametrize("name", BLOCKS)
def test_no_sample_mark_on_real_figures(ws, name):
    bundle = BLOCKS[name](ws)._repr_mimebundle_()
    assert bundle[MIME]["mark"] == ""
    assert "CONTOH" not in bundle["text/html"]


@pytest.mark.parametrize("name", TABLES)
def test_every_table_row_cites_a_source_that_the_list_has(ws, name):
    known = {int(cell["raw"]) for cell in cells(payload(published.source_list(ws)), "nomor")}
    rows = cells(payload(BLOCKS[name](ws)), "kutipan")
    assert rows
    for cell in rows:
        numbers = {int(part.split("]")[0]) for part in cell["text"].split("[")[1:]}
        assert numbers
        assert numbers <= known


def test_the_cover_warns(ws):
    cover = payload(published.cover(ws))
    assert cover["caption"] == "Angka terbit Kota Jambi"
    assert "belum diaudit" in cover["unit"]
    counts = {name: cell["raw"] for item in cover["items"] for name, cell in item["values"].items()}
    assert (counts["angka"], counts["konflik"]) == (187, 9)


def test_values_are_printed_as_published(ws):
    assert "15,10" in [cell["text"] for cell in cells(payload(published.macro_others(ws)), "cetak")]
    assert "Rp1.930.724.471.000" in [cell["text"] for cell in cells(payload(published.budget(ws)), "cetak_target")]
    assert "WTP" in [cell["text"] for cell in cells(payload(published.indicators(ws)), "cetak")]
    assert "6,70%" in [cell["text"] for cell in cells(payload(published.indicators(ws)), "cetak_target")]


def test_gaps_are_dashes(ws):
    table = payload(published.macro(ws))
    assert cells(table, "2021")[0]["text"] == "–"
    assert cells(table, "2021")[0]["raw"] is None


def test_the_dropped_indicator_is_not_named(ws):
    (change, known) = payload(published.indicator_count(ws))["items"]
    assert "Jumlah IKU Pemerintah Kota 10 pada 2024 dan 9 pada 2025" in change["text"]
    assert "tidak teridentifikasi" in change["text"]
    assert known["values"]["nama"]["raw"] == "Indeks SPBE"


def test_limits_say_that_no_direction_is_claimed(ws):
    text = published.limits(ws)._repr_mimebundle_()["text/plain"]
    assert "Arah perkembangan tidak dinyatakan" in text
    assert "Anggaran per OPD tidak diterbitkan" in text


@pytest.mark.parametrize("name", ["macro_figure", "performance_figure"])
def test_figures_have_alternative_text_and_the_same_bytes_every_time(ws, name):
    first, second = BLOCKS[name](ws), BLOCKS[name](ws)
    assert first.svg == second.svg
    assert first.alt
    assert first.source
    assert "<text" not in first.svg


def test_figure_titles_state_the_finding(ws):
    macro, taxes = published.macro_figure(ws), published.performance_figure(ws)
    assert macro.caption == "8 deret makro, paling panjang 6 tahun; 3 deret memuat angka yang bertentangan"
    assert taxes.caption == "5 dari 6 target BPPRD yang terbit tercapai s.d. 16 Des 2025"


def test_a_sample_figure_carries_the_mark_inside_the_picture():
    import matplotlib.pyplot as plt

    def drawn(is_sample):
        with drawing.style():
            figure, _ = plt.subplots()
        return drawing.svg(figure, is_sample)

    assert len(drawn(True)) > len(drawn(False))
    assert not plt.get_fignums()


@pytest.mark.parametrize("name", BLOCKS)
def test_a_workspace_without_published_figures_gives_empty_blocks(name):
    config = SimpleNamespace(daerah="Kota Contoh")

    class Empty(dict):
        is_sample = True

        def __missing__(self, table):
            return tables.empty(table)

    empty = Empty()
    empty.config = config
    assert BLOCKS[name](empty)._repr_mimebundle_()[MIME]["mark"] == SAMPLE_MARK


def test_the_notebook_runs_and_shows_every_block(ws, tmp_path):
    target = tmp_path / "seri_terbit.out.ipynb"
    papermill.execute_notebook(
        ROOT / "notebooks" / "seri_terbit.ipynb",
        target,
        parameters={"ruang_kerja": str(ws.path)},
        kernel_name="python3",
        progress_bar=False,
    )
    done = json.loads(target.read_text(encoding="utf-8"))
    shown = [
        out["data"][MIME]["id"] for cell in done["cells"] for out in cell.get("outputs", []) if MIME in out["data"]
    ]
    assert len(shown) == len(set(shown)) == len(BLOCKS)
