"""Blocks on budget cut and achievement: what every level may say, refusals, and what was fixed beforehand."""

import datetime as dt
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from paths import ROOT

import pkanalysis as pk
from pkanalysis.analysis.claims import LEVELS, refusal
from pkanalysis.config import WAYS as ALL_WAYS
from pkanalysis.config import Config, Relation, parse
from pkanalysis.errors import PkError
from pkanalysis.show import effect as bab
from pkanalysis.show.effect.fixed import influential
from pkanalysis.show.page import Page

FORBIDDEN = re.compile(r"menyebabkan|\bdampak|\bplasebo\b|\bdosis\b|\bpaparan|\btopi\b|\bnan\b|\bNone\b", re.IGNORECASE)
PAGE = Page(
    code="", name="Pemerintah Kota Contoh", region="Kota Contoh", is_sample=True, year=2025, period="tahunan",
    end=dt.date(2025, 12, 31), stages=(), missing_stages=(), original="murni", saving=Config("contoh", "x").efisiensi,
    scale="permendagri_86_2017", cap=None, is_rounded_first=False, budget_source="", spending_source="", status="DRAF",
    edition="Edisi 1",
)  # fmt: skip
WAYS = list(ALL_WAYS)
FOLLOWED = pk.effect.Compliance(0.9, 1.0, 20)


@pytest.fixture
def fixed():
    return bab.fixed(PAGE, Config("contoh", "Kota Contoh"), {})


def scored(units=20, slope=-60.0, years=(2022, 2023, 2024, 2025), seed=1):
    """Panel in the shape of ``pk.effect.scores``, two indicators per OPD, invented."""
    draw = np.random.default_rng(seed)
    rows = [
        (f"X{unit:02d}", f"X{unit:02d}-{item}", year, draw.normal(95, 2) + (slope * unit / 100 if year == 2025 else 0))
        for unit in range(units) for item in range(2) for year in years
    ]  # fmt: skip
    panel = pd.DataFrame(rows, columns=["kode_opd", "kode_indikator", "tahun", "capaian_murni"])
    panel["aturan"] = panel["kode_opd"].str[1:].astype(float) / 100
    panel["nyata"], panel["luar_pegawai"] = 0.8 * panel["aturan"] - 0.01, 1.5 * panel["aturan"]
    panel["capaian_berlaku"] = panel["capaian_murni"] + np.where(
        panel["tahun"].eq(2025), draw.normal(1, 1, len(panel)), 0
    )
    panel["tercapai"], panel["nilai_baku"] = panel["capaian_murni"].ge(95).astype(float), panel["capaian_murni"] / 10
    panel["perubahan_target"] = panel["capaian_berlaku"] - panel["capaian_murni"]
    return panel.assign(sebelum_pengurangan=np.nan, target_murni=True, jenis="dinas")


def page(fixed, panel, main=None):
    """Every block of the page but those made of budget lines alone."""
    size, shared = fixed.relation.ukuran, {"unit": "kode_opd", "time": "tahun", "post": 2025, "kind": "jenis"}
    options = shared | {"draws": 199}
    found = {name: pk.effect.dose_response(panel, name, size, **options, **bab.shape(name)) for name in bab.OUTCOMES}
    main = main or found["capaian_murni"]
    target = pk.effect.dose_response(panel, "perubahan_target", size, **options, **bab.shape("perubahan_target"))
    curve = pd.concat(
        pk.effect.specifications(panel, [name], bab.sizes_in_order(fixed), **shared, **bab.shape(name))
        for name in bab.OUTCOMES
    )
    names = ["kode_opd", "aturan", "nyata", "luar_pegawai"]
    sizes = panel[names].drop_duplicates().rename(
        columns={"aturan": "potensi", "nyata": "pengurangan", "luar_pegawai": "pengurangan_luar_pegawai"}
    )  # fmt: skip
    sizes["bertambah"] = sizes["pengurangan"].lt(0).astype("boolean")
    within = pk.effect.within_opd(pd.DataFrame({"o": [], "c": [], "d": []}), "c", "d", "o")
    columns = ("capaian_murni", "capaian_berlaku", "dilaporkan")
    parts = pk.effect.decompose(panel.assign(dilaporkan=panel["capaian_berlaku"]), *columns, "kode_opd", "tahun", 2025)
    return {
        block.id: block
        for block in (
            bab.cover(fixed, main), bab.sentences(fixed, sizes, FOLLOWED, main, found["capaian_berlaku"], target),
            bab.scatter(fixed, main), bab.intervals(fixed, curve, main), bab.level(fixed, main), bab.threats(fixed, main),
            bab.sizes(fixed, sizes, FOLLOWED), bab.missing(fixed, main, sizes), bab.outcomes(fixed, found),
            bab.visible_effect(fixed, main), bab.influence(fixed, main), bab.retargeting(fixed, target),
            bab.parts(fixed, parts), bab.estimates(fixed, main, within, pk.effect.share_met(found["tercapai"].units)),
            bab.placebos(fixed, main), bab.years(fixed, main), bab.quarters(fixed, {}), bab.curve_figure(fixed, curve),
            bab.curve_table(fixed, curve), bab.method(fixed),
        )
    }  # fmt: skip


def text(block):
    return block._repr_mimebundle_()["text/plain"]


def everything(blocks):
    return "\n".join(text(block) for block in blocks.values())


@pytest.mark.parametrize("level", LEVELS)
def test_no_level_says_that_one_thing_caused_another(fixed, level):
    panel = scored()
    main = pk.effect.dose_response(
        panel, "capaian_murni", "aturan", "kode_opd", "tahun", 2025, draws=199, **bab.shape("capaian_murni")
    )
    said = everything(page(fixed, panel, replace(main, claim=level)))
    assert FORBIDDEN.findall(said) == []
    assert level in said
    assert all(threat in said for threat in main.threats)


def test_a_pattern_that_is_there_is_told_with_its_interval(fixed):
    blocks = page(fixed, scored())
    said = text(blocks["kalimat"])
    assert "capaian turun lebih besar bila pengurangannya besar" in said
    assert "Perbedaan itu dapat dibedakan dari nol" in said
    assert len(blocks["kalimat"].items) == 5


def test_without_a_pattern_the_smallest_visible_effect_is_told(fixed):
    blocks = page(fixed, scored(slope=0.0))
    assert re.search(
        r"Belum dapat dibedakan dari nol; efek terkecil yang dapat terlihat dengan 20 OPD adalah \d+,\d poin",
        text(blocks["kalimat"]),
    )


BROKEN = {
    "UNIT_KURANG_DARI_8": lambda panel: panel[panel["kode_opd"].lt("X05")],
    "BESAR_PENGURANGAN_SERAGAM": lambda panel: panel.assign(aturan=0.1, nyata=0.1, luar_pegawai=0.1),
    "MAYORITAS_DI_BATAS_ATAS": lambda panel: panel.assign(
        capaian_murni=panel["capaian_murni"].mask(panel["kode_opd"].gt("X05") & panel["tahun"].eq(2025), 150.0)
    ),
    "TAHUN_TIDAK_LENGKAP": lambda panel: panel[panel["tahun"].ne(2023)],
    "TARGET_AWAL_TIDAK_ADA": lambda panel: panel.assign(target_murni=panel["kode_opd"].lt("X05")),
    "REALISASI_KOSONG": lambda panel: panel.assign(**dict.fromkeys([*bab.OUTCOMES, "perubahan_target"], np.nan)),
}


@pytest.mark.parametrize("code", BROKEN)
def test_a_refusal_is_a_page_with_its_sentence_and_no_estimate(fixed, code):
    blocks = page(fixed, BROKEN[code](scored()))
    sentence = refusal(code).sentence
    assert sentence in text(blocks["kalimat"])
    assert sentence in text(blocks["tingkat"])
    assert "L0 (tidak dianalisis)" in text(blocks["tingkat"])
    for name in ("gambar-opd", "gambar-cara", "gambar-terlihat", "berpengaruh", "taksiran", "per-tahun"):
        assert "sebabnya di halaman pertama" in text(blocks[name]), name
    assert text(blocks["ancaman"]).count("\n") >= 8


def test_the_digest_changes_with_everything_that_is_fixed():
    config = Config("contoh", "Kota Contoh")
    others = (
        replace(config, kaitan=Relation("nyata")), replace(config, kaitan=Relation(margin=3.0)),
        replace(config, kaitan=Relation(cara=WAYS[:3])),
        replace(config, efisiensi=replace(config.efisiensi, tarif={"perjalanan_dinas": 0.4})),
    )  # fmt: skip
    digests = {bab.fixed(PAGE, one, {}).digest for one in (config, *others)}
    assert len(digests) == 5
    assert bab.fixed(PAGE, replace(config, kaitan=Relation(cara=WAYS[::-1])), {}).digest in digests
    assert bab.fixed(PAGE, replace(config, daerah="Kota Lain"), {}).digest in digests


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        (
            {"ukuran": "potensi"},
            '[kaitan] ukuran harus salah satu dari aturan, nyata, luar_pegawai; tertulis "potensi"',
        ),
        ({"margin": 0}, "[kaitan] margin harus lebih dari 0"),
        ({"margin": "2"}, "[kaitan] margin harus angka"),
        ({"batas": 2.0}, "[kaitan] 'batas' tidak dikenal; yang dikenal: ukuran, margin, cara"),
        ({"cara": "semua"}, "[kaitan] cara harus daftar teks di dalam kurung siku"),
        ({"cara": WAYS[1:]}, f'[kaitan] cara harus memuat "{WAYS[0]}"'),
        ({"cara": [*WAYS, WAYS[2]]}, "paling banyak sekali masing-masing"),
        ({"cara": [WAYS[0], "yang paling kecil"]}, f"dari: {WAYS[1]}; {WAYS[2]}"),
    ],
)
def test_what_is_fixed_is_checked(given, rule):
    with pytest.raises(PkError, match=re.escape(rule)):
        parse({"ruang_kerja": {"jenis": "contoh"}, "kaitan": given}, Path("pkanalysis.toml"))


def test_influential_units_are_those_that_move_the_slope(fixed):
    panel = scored(slope=0.0)
    panel.loc[panel["kode_opd"].eq("X19") & panel["tahun"].eq(2025), "capaian_murni"] += 40
    found = pk.effect.dose_response(panel, "capaian_murni", "aturan", "kode_opd", "tahun", 2025, draws=199)
    assert "X19" in influential(found).index
    moved = found.leave_one_out["X19"] - found.beta
    assert influential(found).loc["X19", "geser"] == pytest.approx(moved)


def test_many_units_make_a_small_figure(fixed):
    panel = scored(units=99).assign(k=1)
    many = pd.concat([panel.assign(kode_opd=panel["kode_opd"] + f"-{n}") for n in range(20)])
    found = pk.effect.dose_response(many, "capaian_murni", "aturan", "kode_opd", "tahun", 2025, draws=99)
    assert found.n == 1980
    assert len(bab.scatter(fixed, found).svg) < 400_000


def test_many_units_make_short_tables(fixed):
    names = [f"X{n:04d}" for n in range(900)]
    shares = ("target_tetap", "perubahan_target", "batas_atas")
    parts = pd.DataFrame({"kode_opd": names, "perubahan_dilaporkan": np.arange(900.0)}).assign(
        **dict.fromkeys(shares, 0.0)
    )
    table = bab.parts(fixed, parts)
    assert len(table.rows) == 500
    assert "Dari 900 OPD ditampilkan 500 yang perubahannya terbesar." in text(table)
    assert "X0399" not in text(table)
    sizes = pd.DataFrame({"kode_opd": names, "bertambah": True}).astype({"bertambah": "boolean"})
    assert "dan 800 lainnya" in text(bab.missing(fixed, pk.effect.DoseResponse("L0", (), 0, (), 0.1), sizes))


def test_a_cascade_without_programmes_is_told_as_such(fixed):
    said = text(page(fixed, scored())["taksiran"])
    assert "kaskade belum mengaitkan indikator dengan program" in said


def test_programmes_of_a_cascade_are_told_with_their_number(fixed):
    panel = scored(slope=0.0)
    main = pk.effect.dose_response(panel, "capaian_murni", "aturan", "kode_opd", "tahun", 2025, draws=199)
    draw = np.random.default_rng(4)
    rows = pd.DataFrame({"o": np.repeat(range(12), 3), "d": draw.uniform(size=36), "c": draw.normal(size=36)})
    within = pk.effect.within_opd(rows, "c", "d", "o")
    row = next(row for row in bab.estimates(fixed, main, within, None).rows if row[0].startswith("D6"))
    assert row[-1] == 36
    assert str(row[1]) == f"{within.beta / 10:.2f}".replace(".", ",")


FRONT = ("kalimat", "gambar-opd", "gambar-cara", "tingkat", "ancaman", "ukuran", "tidak-ikut", "hasil", "berpengaruh")
JARGON = re.compile(r"bootstrap|daya ungkit|ANCOVA|HC3|HonestDiD|pratren|leverage", re.IGNORECASE)


def test_words_of_the_trade_stand_only_in_the_annex_and_are_explained_there(fixed):
    blocks = page(fixed, scored())
    for name in FRONT:
        assert JARGON.findall(text(blocks[name]) + getattr(blocks[name], "svg", "")) == [], name
    said = text(blocks["metode"])
    for word in ("HC3", "bootstrap liar", "ANCOVA", "daya ungkit", "HonestDiD"):
        assert word in said, word


def test_ways_that_were_not_fixed_are_not_run():
    kept = WAYS[2::-2]
    curve = pk.effect.specifications(
        scored(), ["capaian_murni"], ["aturan"], "kode_opd", "tahun", 2025, kind="jenis", ways=kept
    )
    assert curve["cara"].tolist() == [WAYS[0], WAYS[2]]
    config = Config("contoh", "Kota Contoh", kaitan=Relation(cara=kept))
    assert "2 cara hitung" in text(bab.cover(bab.fixed(PAGE, config, {}), pk.effect.DoseResponse("L0", (), 0, (), 0.1)))


def test_the_shipped_configurations_list_every_way():
    for path in ("reference/ruang_kerja_baru.toml", "sample/pkanalysis.toml"):
        given = tomllib.loads((ROOT / "pkanalysis" / path).read_text(encoding="utf-8"))
        assert given["kaitan"]["cara"] == WAYS
