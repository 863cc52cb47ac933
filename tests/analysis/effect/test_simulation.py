"""How often the verdict is wrong: the table that the documents cite, and a short rerun of it."""

import runpy

import pandas as pd
import pytest
from paths import ROOT

TABLE = ROOT / "bench" / "effect.csv"


@pytest.fixture(scope="module")
def bench():
    return runpy.run_path(str(ROOT / "bench" / "effect.py"))


def test_the_kept_table_is_whole_and_within_its_bounds(bench):
    table = pd.read_csv(TABLE)
    assert table["rancangan"].tolist() == list(bench["DESIGNS"])
    assert (table["panel"] >= 2000).all()
    assert (table["ulangan"] >= 499).all()
    assert [text for row in table.to_dict("records") for text in bench["outside"](row)] == []


def test_leverage_of_the_designs(bench):
    table = pd.read_csv(TABLE).set_index("rancangan")["daya_ungkit"]
    assert table["seimbang_nol"] < 0.2
    assert table["contoh_nol"] > 0.5


def test_the_document_cites_the_kept_table():
    kept = [line.split(",")[:-1] for line in TABLE.read_text(encoding="utf-8").splitlines()]
    said = (ROOT / "docs" / "kaitan.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in said if line.startswith("| ")]
    assert rows == kept


@pytest.mark.slow
def test_a_rerun_gives_the_kept_rates(bench):
    kept = pd.read_csv(TABLE).set_index("rancangan")
    for name in ("seimbang_nol", "contoh_nol", "seimbang_2mde"):
        got = bench["simulate"](name, 300, 499)
        for rate in ("tolak_hc3", "tolak_wcr", "l2", "cakup_hc3", "cakup_wcr"):
            assert got[rate] == pytest.approx(kept.loc[name, rate], abs=0.05), (name, rate)
