"""Figures of budget efficiency: what their titles say, which values they hold, and that names keep inside."""

import math
import re
from dataclasses import replace

import pandas as pd
import pytest

import pkanalysis as pk
from pkanalysis.show import budget_figures
from pkanalysis.show.blocks import Figure, Note
from pkanalysis.show.page import page
from pkanalysis.tables import conform

TRIP, PAPER, ROAD, SALARY = "5.1.02.04.01.0001", "5.1.02.01.01.0024", "5.2.04.01.01.0004", "5.1.01.01.01.0001"
LONG = "Dinas Pengendalian Penduduk, Keluarga Berencana, Pemberdayaan Perempuan dan Perlindungan Anak"
NAMES = {"A": "DINAS A", "B": LONG}
MILIAR = 10**9


@pytest.fixture(scope="module")
def setting(sample_folder):
    return replace(page(pk.open(sample_folder), 2025, "TW3"), is_sample=False)


def steps(*rows):
    """Lines of (opd, sub kegiatan, account, fund, murni, pergeseran), compared."""
    columns = ["kode_opd", "kode_sub_kegiatan", "kode_rekening", "kode_sumber_dana", "murni", "pergeseran"]
    frame = pd.DataFrame(rows, columns=columns).melt(columns[:4], var_name="tahap", value_name="pagu_rp")
    return pk.budget.steps(conform("anggaran", frame.assign(tahun=2025)), ["murni", "pergeseran"])


def change(*rows):
    return steps(*((opd, "1.01.02.2.01.0001", account, "1.1.01", *pagu) for opd, account, *pagu in rows))


SCHOOL, OFFICE = "1.01.02.2.01.0001", "4.01.01.2.06.0009"
STEP = steps(
    ("A", OFFICE, TRIP, "1.1.01", 10 * MILIAR, 5 * MILIAR),
    ("A", SCHOOL, ROAD, "2.2.1.01.03", 8 * MILIAR, 6 * MILIAR),
    ("B", OFFICE, TRIP, "1.1.01", 4 * MILIAR, 3 * MILIAR),
    ("B", SCHOOL, ROAD, "1.1.01", 0, 7 * MILIAR),
)
EMPTY = STEP.iloc[:0]


def printed(block):
    return {name: str(value) for name, value in block.values.items()}


def texts(block):
    """Texts in the drawing: matplotlib names each in a comment above its paths."""
    return [text.strip() for text in re.findall(r"<!--(.*?)-->", block.svg, re.DOTALL)]


def test_the_waterfall_tells_cuts_transfer_and_additions_apart(setting):
    found = budget_figures.waterfall(setting, STEP)
    assert found.caption == (
        "Pergeseran: berkurang Rp8.000.000.000 dan bertambah Rp7.000.000.000, bersih turun Rp1.000.000.000"
    )
    assert printed(found) == {
        "APBD murni": "Rp22.000.000.000",
        "Pergeseran: perjalanan dinas": "-Rp6.000.000.000",
        "Pergeseran: akibat TKD": "-Rp2.000.000.000",
        "Pergeseran: penambahan": "Rp7.000.000.000",
        "Pergeseran": "Rp21.000.000.000",
    }
    assert {"22,0", "-6,0", "-2,0", "+7,0", "21,0"} <= set(texts(found))


def test_the_waterfall_of_what_did_not_change_is_a_sentence(setting):
    for nothing in (EMPTY, change(("A", TRIP, 5, 5))):
        assert isinstance(budget_figures.waterfall(setting, nothing), Note)


def test_a_stage_without_change_is_said_beside_one_that_changed(setting):
    still = change(("A", TRIP, 5, 5)).assign(tahap_sebelum="pergeseran", tahap_sesudah="perubahan")
    found = budget_figures.waterfall(setting, pd.concat([change(("A", TRIP, 10, 5)), still], ignore_index=True))
    assert found.caption.endswith("; Perubahan APBD: tidak berubah")


def test_before_and_after_by_office(setting):
    found = budget_figures.before_after(setting, STEP[STEP["kode_rekening"].eq(TRIP)], NAMES, "perjalanan dinas")
    assert found.caption == ("Perjalanan dinas turun di 2 dari 2 OPD: Rp14.000.000.000 menjadi Rp8.000.000.000")
    assert printed(found)["DINAS A sebelum"] == "Rp10.000.000.000"
    assert printed(found)[f"{LONG} sesudah"] == "Rp3.000.000.000"
    assert printed(found)["perubahan"] == "-42,9%"


@pytest.mark.parametrize(
    ("pagu", "ticks"),
    [
        (((30 * MILIAR, 64 * MILIAR // 100),), ["0,5", "1", "2", "5", "10", "20"]),
        (((192 * MILIAR, 400 * MILIAR),), ["200"]),
        (((30 * MILIAR, MILIAR // 100),), ["0,01", "0,1", "1", "10"]),
    ],
)
def test_ticks_are_round_figures_that_fit_on_a_phone(setting, pagu, ticks):
    made = change(*(("A", TRIP, *amounts) for amounts in pagu))
    found = budget_figures.before_after(setting, made, NAMES, "x")
    assert [text for text in texts(found) if text[0].isdigit()] == ticks


def test_an_office_that_gave_up_everything_is_drawn_and_one_without_is_told(setting):
    found = budget_figures.before_after(
        setting, change(("A", TRIP, 5, 0), ("B", TRIP, 8, 9), ("C", TRIP, 0, 0)), NAMES, "x"
    )
    assert "1 dari 2 OPD" in found.caption
    assert found.note.endswith("tidak digambar.")
    assert isinstance(budget_figures.before_after(setting, EMPTY, NAMES, "x"), Note)


def test_the_ranking_counts_who_misses_the_rule(setting):
    found = budget_figures.ranked_cut(setting, pk.budget.travel_cut(STEP), NAMES)
    assert found.caption == "1 dari 2 OPD belum menurunkan perjalanan dinas 50%; jumlah selisih Rp1.000.000.000"
    assert [name for name in printed(found) if name in NAMES.values()] == ["DINAS A", LONG]
    assert {"50,0%", "25,0%", "50% = ketentuan"} <= set(texts(found))


def test_the_ranking_when_everybody_meets_the_rule_or_nobody_travels(setting):
    found = budget_figures.ranked_cut(setting, pk.budget.travel_cut(change(("A", TRIP, 10, 5))), NAMES)
    assert found.caption == "Seluruh 1 OPD menurunkan perjalanan dinas 50% atau lebih"
    assert isinstance(
        budget_figures.ranked_cut(setting, pk.budget.travel_cut(change(("A", SALARY, 9, 9))), NAMES), Note
    )


def test_sources_and_uses_are_net_by_sector(setting):
    moved = pk.budget.reallocation(STEP.assign(sektor=pk.budget.sector(STEP["kode_sub_kegiatan"])), "sektor")
    found = budget_figures.sources_and_uses(setting, moved)
    assert found.caption == (
        "Penggunaan bersih terbesar pendidikan (Rp5.000.000.000); sumber bersih terbesar lainnya (Rp6.000.000.000)"
    )
    assert {"+5,0", "-6,0", "Pendidikan"} <= set(texts(found))


def test_only_sources_only_uses_and_nothing(setting):
    def drawn(**net):
        rows = pd.DataFrame({"sektor": list(net), "selisih_rp": list(net.values())})
        return budget_figures.sources_and_uses(setting, pk.budget.reallocation(rows, "sektor"))

    assert drawn(lainnya=-7).caption == "Sumber bersih terbesar lainnya (Rp7)"
    assert drawn(kesehatan=7).caption == "Penggunaan bersih terbesar kesehatan (Rp7)"
    assert isinstance(drawn(lainnya=0), Note)


def test_the_map_holds_every_office_and_category(setting):
    found = budget_figures.cut_map(setting, pd.concat([STEP, change(("A", PAPER, 4, 5))], ignore_index=True), NAMES)
    assert found.caption == "Perjalanan dinas turun 42,9%, paling dalam di antara kelompok pos sasaran"
    assert printed(found) == {
        "Perjalanan dinas": "-42,9%", "ATK bahan kantor": "25,0%", "DINAS A, Perjalanan dinas": "-50,0%",
        "DINAS A, ATK bahan kantor": "25,0%", f"{LONG}, Perjalanan dinas": "-25,0%",
    }  # fmt: skip
    assert isinstance(budget_figures.cut_map(setting, change(("A", SALARY, 9, 4)), NAMES), Note)


def test_the_words_for_a_map_of_many_offices_stay_short(setting):
    many = pd.concat([change((f"{place:02d}", TRIP, 10, 5)) for place in range(40)], ignore_index=True)
    found = budget_figures.cut_map(setting, many, {})
    assert len(found.values) == 41
    assert len(found.alt) < 600
    assert found.alt.startswith("Perjalanan dinas -50,0%; ")
    assert found.alt.endswith("nilai lainnya pada tabel di bagian ini dan pada XLSX")


def field(*codes, **columns):
    base = {"jenis": "dinas", "pagu_murni_rp": 100, "pagu_terakhir_rp": 104, "perjalanan_persen": -50.0}
    base |= {"serapan_pct": 60.0, "rata_rata_capaian": None}
    return pd.DataFrame({"kode_opd": list(codes)} | base | columns)


def test_an_office_among_its_peers(setting):
    own = replace(setting, code="A")
    found = budget_figures.peers(own, field(*"ABCDE", perjalanan_persen=[-41.0, -50, -50, -50, -20]))
    assert found.caption == "Perjalanan dinas turun 41,0% dari murni; median OPD dinas turun 50,0%"
    assert printed(found) == {
        "OPD dinas": "5",
        "perjalanan dinas terhadap murni, OPD ini": "-41,0%",
        "perjalanan dinas terhadap murni, median sejenis": "-50,0%",
        "pagu terakhir terhadap murni, OPD ini": "4,0%",
        "pagu terakhir terhadap murni, median sejenis": "4,0%",
        "penyerapan, OPD ini": "60,0%",
        "penyerapan, median sejenis": "60,0%",
    }


def test_offices_of_one_value_stand_on_one_another(setting):
    nothing = {"pagu_murni_rp": None, "pagu_terakhir_rp": None, "serapan_pct": None}
    own = replace(setting, code="D")
    svg = budget_figures.peers(own, field(*"ABCD", perjalanan_persen=[5.0, 5.0, 5.0, 9.0], **nothing)).svg
    heights = [float(y) for y in re.findall(r'<use [^>]*y="([\d.]+)" style="fill: #6b6b6b; fill-opacity: 0.5"/>', svg)]
    assert len(heights) == 4
    assert heights[0] - heights[1] == pytest.approx(heights[1] - heights[2])
    assert heights[3] == pytest.approx(heights[0])
    assert heights[0] > heights[1]


def test_too_few_peers_or_an_office_without_data_give_a_sentence(setting):
    own = replace(setting, code="A")
    assert isinstance(budget_figures.peers(own, field(*"ABC")), Note)
    assert isinstance(budget_figures.peers(replace(setting, code="Z"), field(*"ABCDE")), Note)


def many(number):
    """As many offices with long names as a large city has."""
    codes = [f"{place:02d}" for place in range(number)]
    made = change(*((code, TRIP, (10 + place) * MILIAR, 5 * MILIAR) for place, code in enumerate(codes)))
    return made, {code: f"{code} {LONG}" for code in codes}


PLACED = re.compile(
    r"<!--([^>]*?)-->\s*<g[^>]*transform=\"translate\(([-\d.]+) ([-\d.]+)\)(?: rotate\(([-\d.]+)\))? scale\(([\d.]+)[^>]*>(.*?)</g>",
    re.DOTALL,
)


def beyond(svg):
    """Texts of a drawing that begin or end outside it; a last letter is counted as an average one."""
    width, height = (float(size) for size in re.search(r'width="([\d.]+)pt" height="([\d.]+)pt"', svg).groups())
    found = []
    for text, x, y, turn, scale, glyphs in PLACED.findall(svg):
        length = (max(map(float, re.findall(r"<use[^>]*translate\(([\d.]+)", glyphs)), default=0) + 60) * float(scale)
        angle = math.radians(float(turn or 0))
        ends = [(float(x), float(y)), (float(x) + length * math.cos(angle), float(y) + length * math.sin(angle))]
        if not all(-1 <= left <= width + 1 and -1 <= top <= height + 1 for left, top in ends):
            found.append(text.strip())
    return found


def drawings(setting, number):
    made, names = many(number)
    own = replace(setting, code="00")
    sums = pk.budget.reallocation(pd.DataFrame({"sektor": list(names.values()), "selisih_rp": range(number)}), "sektor")
    return {
        "waterfall": budget_figures.waterfall(setting, made),
        "before_after": budget_figures.before_after(setting, made, names, "perjalanan dinas"),
        "ranked_cut": budget_figures.ranked_cut(setting, pk.budget.travel_cut(made), names),
        "cut_map": budget_figures.cut_map(setting, made, names),
        "sources_and_uses": budget_figures.sources_and_uses(setting, sums),
        "peers": budget_figures.peers(own, field(*names)),
    }


@pytest.mark.parametrize("number", [4, 42])
def test_long_names_and_many_offices_keep_inside_the_drawing_and_the_page(setting, number):
    for name, found in drawings(setting, number).items():
        assert isinstance(found, Figure)
        width, height = (
            float(size) for size in re.search(r'width="([\d.]+)pt" height="([\d.]+)pt"', found.svg).groups()
        )
        assert width == pytest.approx(295.2), name
        assert height < 730 or name == "sources_and_uses", name
        assert beyond(found.svg) == [], name
        assert len(PLACED.findall(found.svg)) == len(texts(found)) > 4, name


def test_the_sample_says_so_in_every_drawing(sample_folder):
    setting = page(pk.open(sample_folder), 2025, "TW3")
    assert {"DATA CONTOH" in texts(found) for found in drawings(setting, 5).values()} == {True}
