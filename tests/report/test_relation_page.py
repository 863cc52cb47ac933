"""The page on budget cut and achievement: its numbers recomputed, every number a value, and an empty workspace."""

import re
from collections import Counter
from zlib import crc32

import nbformat
import numpy as np
import pandas as pd
import papermill
import pytest
from filelock import FileLock
from paths import ROOT
from report import offices
from report.test_ledger import FORBIDDEN, NUMBER, RAW_OBJECTS, own, printed, valued

from pkanalysis import store
from pkanalysis.analysis.achievement.scorecard import scorecard
from pkanalysis.config import SAMPLE_MARK
from pkanalysis.report.formats import FORMATS, rendered
from pkanalysis.report.parts import read
from pkanalysis.report.plan import RELATION, Request, plan
from pkanalysis.show.blocks import ledger

WORDS = re.compile(
    r"\(D\d\)|\bD\d\b|\bHC3\b|95%|· Tahunan 2025 ·|· Triwulan III 2025 ·|· Edisi 1|\(rekap5\)|\bCOVID-19\b"
)
CONFIG = """
[ruang_kerja]
jenis = "nyata"
daerah = "Kota Uji"
"""


@pytest.fixture(scope="module")
def run(common_folder):
    def made(workspace, period):
        parameters = {"ruang_kerja": str(workspace), "tahun": 2025, "periode": period}
        path = common_folder / f"kaitan_{crc32(repr(parameters).encode()):08x}.ipynb"
        with FileLock(f"{path}.lock"):
            if not path.exists():
                options = {"engine_name": "pkanalysis", "progress_bar": False}
                source = str(ROOT / "notebooks/kaitan_anggaran_kinerja.ipynb")
                nbformat.write(papermill.execute_notebook(source, None, parameters, **options), path)
        return nbformat.read(path, as_version=4)

    return made


@pytest.fixture(scope="module", params=["tahunan", "TW3"])
def page(request, run, sample_folder):
    return printed(run(sample_folder, request.param))


@pytest.fixture(scope="module")
def year(run, sample_folder):
    return printed(run(sample_folder, "tahunan"))


def cells(page, name):
    block = page.blocks[name]
    labels = [column["label"] for column in block["columns"]]
    return pd.DataFrame([[cell.get("raw") for cell in row] for row in block["rows"]], columns=labels)


def test_every_number_is_a_value_of_its_block(page):
    def tokens(texts):
        plain = (WORDS.sub("", text if name == "kalimat" else text.replace("per 10 poin", "")) for text in texts)
        return Counter(NUMBER.findall(" ".join(plain)))

    for name, block in page.blocks.items():
        values = (
            valued(block)
            if block["kind"] == "Figure"
            else tokens(cell["text"] for cell in ledger(block) if "raw" in cell)
        )
        assert tokens(own(page.soup.find(id=name))) == values, name


def test_it_claims_no_more_than_it_may(page):
    text = page.text.replace(SAMPLE_MARK, "")
    assert [word for word in FORBIDDEN if re.search(word, text, re.IGNORECASE)] == []
    assert re.findall(RAW_OBJECTS, text.replace("< 0,001", "")) == []


def test_tables_and_figures_are_marked(page):
    assert {block["mark"] for block in page.blocks.values() if block["kind"] in ("Table", "Figure")} == {SAMPLE_MARK}


def changes(ws):
    """Change of the mean achievement against the original target per OPD, from the scorecards of each year."""
    cards = pd.concat(scorecard(ws, year, "tahunan").assign(tahun=year) for year in range(2019, 2026)).reset_index(
        drop=True
    )
    cards = cards[~cards["tingkat"].isin(["tujuan", "iku_kota"])]
    cards = cards[cards["tahun_yang_digambarkan"].ne("tahun_sebelumnya") & cards["capaian_murni"].notna()]
    whole = cards.groupby("kode_indikator")["tahun"].transform("nunique").eq(7)
    means = (
        cards[whole].assign(y=cards["capaian_murni"].clip(0, 150)).groupby(["kode_opd", "tahun"])["y"].mean().unstack()
    )
    return means[2025] - means.drop(columns=2025).mean(axis=1)


def test_the_headline_is_the_slope_of_the_change_on_the_size_by_rule(year, sample_folder):
    ws = store.open(sample_folder)
    lines = ws["anggaran"].query("tahun == 2025 and tahap == 'murni'")
    names = {"5.1.02.04": 0.5}
    travel = lines[lines["kode_rekening"].str.startswith(tuple(names))].groupby("kode_opd")["pagu_rp"].sum()
    moved = changes(ws)
    shown = year.blocks["hasil"]["rows"][0]
    assert shown[6]["raw"] == len(moved) == 42
    base = lines.groupby("kode_opd")["pagu_rp"].sum()
    by_name = cells(year, "berpengaruh").set_index("OPD")
    setwan = ws.opd("SETWAN").code
    assert by_name.loc["SETWAN", "Perubahan capaian (poin)"] == pytest.approx(moved[setwan])
    assert by_name.loc["SETWAN", "Besar pengurangan"] >= 100 * 0.5 * travel[setwan] / base[setwan]
    rest = year.blocks["taksiran"]["rows"][0]
    assert rest[1]["raw"] == shown[2]["raw"]


def test_the_slope_recomputed_by_hand(year, sample_folder):
    from pkanalysis.analysis import effect

    ws = store.open(sample_folder)
    lines = ws["anggaran"].query("tahun == 2025").drop(columns="tahun")
    sizes = effect.exposure(lines, ws.config.efisiensi.tarif).set_index("kode_opd")["potensi"]
    moved = changes(ws)
    slope = np.polyfit(sizes.reindex(moved.index), moved, 1)[0]
    assert year.blocks["hasil"]["rows"][0][2]["raw"] == pytest.approx(0.1 * slope, abs=1e-9)


def test_parts_add_up_to_what_is_reported(year):
    rows = cells(year, "uraian")
    total = rows[["Target tetap", "Perubahan target", "Batas atas"]].astype(float).sum(axis=1)
    assert total.tolist() == pytest.approx(rows["Perubahan yang dilaporkan"].tolist(), abs=1e-9)


def test_the_digest_of_what_was_fixed_is_on_the_cover(year, sample_folder):
    from pkanalysis.show.effect.fixed import digest

    assert digest(store.open(sample_folder).config) in " ".join(item["text"] for item in year.blocks["sampul"]["items"])


def test_an_empty_real_workspace_gives_a_page_in_every_format(run, tmp_path):
    ws = store.create(tmp_path / "kosong", CONFIG)
    notebook = run(ws.path, "TW3")
    found = printed(notebook)
    assert "Kaitan dengan capaian tidak dihitung" in found.text
    assert "Realisasi belum ada" in found.text
    assert all(rendered(read(notebook), FORMATS).values())


def test_offices_with_little_data_give_a_page(run, tmp_path):
    offices.write(tmp_path / "aneh")
    found = printed(run(tmp_path / "aneh", "TW3"))
    assert "Unit kurang dari delapan" in found.text


def test_it_is_part_of_the_batch(sample_folder):
    (page,) = [page for page in plan(store.open(sample_folder), Request(2025, "TW3")) if page.entry.nama == RELATION]
    assert page.entry.berkas == "KAITAN_2025_TW3_CONTOH.html"


def test_the_notebook_defines_nothing():
    notebook = nbformat.read(ROOT / "notebooks/kaitan_anggaran_kinerja.ipynb", as_version=4)
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assert not [line for source in code for line in source.splitlines() if re.match(r"\s*(def|class) ", line)]
