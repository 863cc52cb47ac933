"""Tables by specification and blocks of one's own: headings of the data dictionary, marks, refusals."""

import datetime as dt
import subprocess
import sys
from dataclasses import replace

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from paths import ROOT

import pkanalysis as pk
from pkanalysis import frames, vocabulary
from pkanalysis.config import SAMPLE_MARK, Saving, Stage
from pkanalysis.errors import PkError
from pkanalysis.intake import LAYOUTS
from pkanalysis.show.blocks import MIME, Column, Note, Table
from pkanalysis.show.page import Page, Step
from pkanalysis.show.tables import CHANGE, SUM, TOTAL, table, with_total
from pkanalysis.show.values import Value

PAGE = Page(
    "", "Kota", "Kota", True, 2025, "TW3", dt.date(2025, 9, 30), (Stage(2025, "murni", "APBD murni"),), (), "murni",
    Saving(), "akip", None, False, "rekap5", "rak", "", "", names={"A": "Dinas A"},
)  # fmt: skip
TWO = replace(PAGE, step=Step("murni", "geser"))
ROWS = pd.DataFrame({"kode_opd": ["A", "B"], "naik_rp": [1, 2]})


def labels(block):
    return [column.label for column in block.columns]


def test_a_specification_says_headings_order_totals_source_and_values():
    @table(
        "t", "Naik s.d. {periode} {tahun}", "nama naik_rp", "Ada {n}.", source="{anggaran}", by="naik_rp", nama="OPD"
    )
    def block(page, rows):
        return rows, {"n": Value(2, "bulat")}

    found = block(PAGE, ROWS)
    assert labels(found) == ["OPD", "Naik lagi (Rp)"]
    assert found.rows == (("B", 2), ("Dinas A", 1))
    assert (found.caption, found.source, str(found.note)) == ("Naik s.d. TW III 2025", "rekap5", "Ada 2.")
    whole = block(PAGE, with_total(ROWS, ["naik_rp"], nama=SUM, kode_opd=None).assign(nama=["A", "B", SUM]))
    assert whole.totals == (0,)
    assert TOTAL not in [column.name for column in whole.columns]


def test_tuples_a_block_and_no_rows_are_given_as_well():
    spec = table("t", "Judul", "nama rp", none="{judul}: tidak ada.", rp=("Rupiah", "rp"))
    assert spec(lambda page: [("A", 1), (SUM, 1)])(PAGE).totals == (1,)
    assert all(str(spec(lambda page, none=none: none)(PAGE).items[0]) == "Judul: tidak ada." for none in ([], ()))
    assert spec(lambda page: PAGE.say("x", "Kalimat."))(PAGE).id == "x"


def test_a_table_of_two_stages_is_refused_without_them_and_says_what_is_hidden():
    spec = table("naik-lagi", "Judul", "nama naik_rp", "Catatan.", needs="accounts")(lambda page, rows: rows)
    assert isinstance(spec(PAGE, ROWS), Note)
    assert str(spec(TWO, ROWS).note).startswith("Catatan. Tidak terurai pada rekening")


def test_a_name_or_a_kind_that_is_not_known_is_refused_with_the_nearest():
    with pytest.raises(PkError, match=r"^Kolom 'naik_rpp' tidak dikenal; maksud Anda 'naik_rp'[?]$"):
        table("t", "x", "nama naik_rpp").block(PAGE, ROWS)
    with pytest.raises(PkError, match=r"^Jenis kolom 'rupia' tidak dikenal; maksud Anda 'rupiah'[?]$"):
        pk.show.table(ROWS, caption="x", labels={"naik_rp": ("Naik", "rupia")})
    for more in ({"columns": "naik_r"}, {"labels": {"naik_r": "Naik"}}):
        with pytest.raises(PkError, match=r"^Kolom 'naik_r' tidak dikenal; maksud Anda 'naik_rp'[?]$"):
            pk.show.table(ROWS, caption="x", **more)
    with pytest.raises(PkError, match=r"^Nilai 'jumlah' tidak dikenal"):
        pk.show.note("Ada {jumlah}.")


def test_every_frame_of_an_analysis_becomes_a_table(sample_folder):
    ws = pk.open(sample_folder)
    lines = ws["anggaran"].query("tahun == 2025")
    steps = pk.budget.steps(lines, ["murni", "pergeseran"])
    card = pk.achievement.scorecard(ws.opd(), 2025, "TW3")
    before, after = (lines[lines["tahap"].eq(stage)] for stage in ("murni", "pergeseran"))
    found = [
        lines, steps, card, pk.budget.compare(before, after, ["kode_opd"]), pk.budget.travel_cut(steps),
        pk.budget.classify(lines["kode_rekening"]), pk.budget.total(steps, ["kode_opd"]),
        pk.budget.carried_by(steps, pk.budget.is_targeted(steps["kode_rekening"])),
        pk.effect.exposure(lines, {"perjalanan_dinas": 0.5}, "murni", "pergeseran"),
    ]  # fmt: skip
    for frame in found:
        block = pk.show.table(frame.head(3), caption="Uji")
        named = {column.name: column for column in block.columns}
        assert block.payload()["mark"] == SAMPLE_MARK
        assert all(named[name].label == known.label for name, known in frames.columns().items() if name in named)
        assert block._repr_mimebundle_()[MIME]["rows"] or frame.empty
    assert labels(pk.show.table(steps, caption="Uji", columns=CHANGE.rsplit(" ", 1)[0]))[:2] == [
        "Sebelum (Rp)",
        "Sesudah (Rp)",
    ]


def test_blocks_of_ones_own_carry_the_mark_of_the_workspace_opened_last(sample_folder, monkeypatch):
    ws = pk.open(sample_folder)
    _, axes = plt.subplots()
    blocks = (
        pk.show.table(ROWS, caption="Judul"), pk.show.note("Ada {n} OPD.", n=1200),
        pk.show.figure(axes, caption="Gambar", alt="Kosong.", values={"n": 2.5}),
    )  # fmt: skip
    assert {block.payload()["mark"] for block in blocks} == {SAMPLE_MARK}
    assert [block.id for block in blocks] == ["tabel-judul", "catatan-ada-n-opd", "gambar-gambar"]
    monkeypatch.setattr(type(ws), "last", None)
    assert not pk.show.table(ROWS, caption="Judul").is_sample
    with pytest.raises(PkError, match="alt"):
        pk.show.figure(axes, caption="Gambar", alt=" ")


def test_the_face_of_the_room_is_its_three_names_and_is_light():
    assert dir(pk.show) == ["figure", "note", "table"]
    assert isinstance(pk.show.table(ROWS.set_index("kode_opd"), caption="x").columns[0], Column)
    assert isinstance(pk.show.table(ROWS, caption="x"), Table)
    assert pk.show.table(pd.DataFrame({"lolos": [True, False]}), caption="x").rows == (("ya",), ("tidak",))
    code = (
        "import sys, pkanalysis.show; sys.exit(any(name in sys.modules for name in ('pandas', 'matplotlib', 'jinja2')))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


def test_every_layout_has_a_title():
    assert {layout.name for layout in LAYOUTS} == set(vocabulary.LAYOUTS)


def test_titles_and_words_come_without_reading_any_layout():
    code = (
        "import sys, pkanalysis.show.page; sys.exit(any(name.startswith('pkanalysis.intake') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0
