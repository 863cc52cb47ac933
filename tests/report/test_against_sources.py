"""Every value of every block of OPD reports, against the received files read another way.

``sources/`` computes what must be shown with plain pandas and shares no code with the product. The
report of the first quarter is there to show that nothing signed or in force later leaks into it.
"""

import re
from dataclasses import dataclass

import pytest
from report.sources import budget, indicators, links, saving, summary
from report.sources import words as said
from report.sources.files import Files
from report.sources.words import Said

from pkanalysis.report import layout, parts
from pkanalysis.show.blocks import ledger

CASES = [("SETWAN", 3), ("DINKES", 3), ("KEC01", 3), ("DISKOMINFO", 3), ("SETWAN", 1)]
TABLES = {
    "ringkasan": summary.headline_rows,
    "perjanjian": indicators.agreement_rows,
    "target": indicators.target_rows,
    "capaian": indicators.achievement_rows,
    "antartahun": indicators.history_rows,
    "perkembangan": indicators.growth_rows,
    "jangka-menengah": links.medium_rows,
    "pembanding": links.benchmark_rows,
    "tahap": budget.stage_rows,
    "jenis": budget.kind_rows,
    "program": budget.programme_rows,
    "kategori": budget.category_rows,
    "perjalanan": budget.travel_rows,
    "tujuh-angka": saving.point_rows,
    "sebab": saving.cause_rows,
    "penambahan": saving.addition_rows,
    "klarifikasi": saving.clarify_rows,
    "bulan-sama": saving.year_rows,
    "serapan": budget.absorption_rows,
    "bulanan": budget.month_rows,
    "daya": links.use_rows,
    "penunjang": links.supporting_rows,
    "kaskade-opd": links.cascade_rows,
    "inpres-rekening": saving.account_rows,
    "realisasi-anggaran": links.activity_rows,
    "analisis": indicators.analysis_rows,
    "mutu-data": indicators.warning_rows,
    "sumber-data": summary.source_rows,
    "pengesahan": lambda _: [
        {"Peran": role, "Jabatan": "", "Tanggal": "", "Tanda tangan": ""}
        for role in ("Disusun", "Diverifikasi", "Disetujui")
    ],
}
FIGURES = {
    "gambar-pagu": budget.stage_bars,
    "gambar-capaian": indicators.achievement_dots,
    "gambar-antartahun": indicators.history_dots,
    "gambar-serapan": budget.month_lines,
    "gambar-sejenis": saving.peer_dots,
}
NOTES = {
    "sampul": summary.cover,
    "perlu-diketahui": summary.known,
    "perhatian": summary.attention,
    "tidak-terurai": lambda files: [budget.opaque(files)],
}
WITHOUT_VALUES = ("batas", "rumus")
LESS = {"bulan-sama": ("dari tahun lalu (Rp)", "murni (poin)", "terakhir (poin)")}
"""Columns that the other test of the same numbers covers: differences of the rows."""


@dataclass(frozen=True)
class Case:
    files: Files
    blocks: dict


@pytest.fixture(scope="module", params=CASES, ids=lambda case: f"{case[0]}-TW{case[1]}")
def case(request, sample_folder, run_report):
    short, quarter = request.param
    notebook = run_report(sample_folder, short, f"TW{quarter}")
    return Case(Files(sample_folder, short, quarter), {block["id"]: block for block in parts.read(notebook).blocks})


def raw(cell):
    """What a cell holds; dates as ISO days, sentences with their values from left to right."""
    if cell["kind"] == "kalimat":
        names = re.findall(r"{(\w+)}", cell["pattern"])
        return Said(cell["text"], tuple(raw(cell["values"][name]) for name in names))
    return cell["raw"][:10] if cell["kind"] == "tanggal" and cell["raw"] else cell["raw"]


def exactly(value):
    """Rupiah and texts as they are, other numbers to 1e-9."""
    if isinstance(value, Said):
        return (value.text, tuple(exactly(item) for item in value.raws))
    if isinstance(value, dict):
        return {name: exactly(item) for name, item in value.items()}
    return pytest.approx(value, rel=0, abs=1e-9) if isinstance(value, float) else value


def settled(rows):
    """Rows of equal decrease in a fixed order; their place among them carries no meaning."""
    order = list(dict.fromkeys(row.get("Menjadi tahap") for row in rows))

    def place(row):
        texts = [str(value) for value in row.values()]
        is_total = any(text.startswith("Jumlah") for text in texts)
        return (order.index(row.get("Menjadi tahap")), is_total, -row["Pengurangan (Rp)"], texts)

    return sorted(rows, key=place)


def test_every_block_has_a_check(case):
    assert set(case.blocks) == {*TABLES, *FIGURES, *NOTES, *WITHOUT_VALUES, "jejak"}


@pytest.mark.parametrize("name", TABLES)
def test_tables(case, name):
    block, expected = case.blocks[name], TABLES[name](case.files)
    if block["kind"] == "Note":
        assert expected == []
        return
    labels = [column["label"] for column in block["columns"]]
    shown = [dict(zip(labels, map(raw, row), strict=True)) for row in block["rows"]]
    shown = [{label: cell for label, cell in row.items() if label not in LESS.get(name, ())} for row in shown]
    if name in ("jenis", "program", "kategori"):
        shown, expected = settled(shown), settled(expected)
    assert shown == [exactly(row) for row in expected]


def test_the_law_of_every_stage_stands_below_the_stages(case):
    assert case.blocks["tahap"]["note"].endswith(budget.legal_basis(case.files))


@pytest.mark.parametrize("name", ["tujuh-angka", "kategori", "perjalanan", "sebab", "penambahan", "klarifikasi"])
def test_what_no_account_shows_stands_below_tables_of_an_office_that_has_such_accounts(case, name):
    if case.blocks[name]["kind"] == "Table":
        said = budget.hidden_at_the_later_stage(case.files)
        note = case.blocks[name]["note"]
        assert note.endswith(said) if said else "Tidak terurai" not in note


@pytest.mark.parametrize("name", FIGURES)
def test_figures(case, name):
    if case.blocks[name]["kind"] == "Note":
        assert (name, case.files.short) == ("gambar-sejenis", "SETWAN")  # two secretariats are no field
        return
    shown = {label: (cell["raw"], cell["text"]) for label, cell in case.blocks[name]["values"].items()}
    expected = {label: (exactly(value.raw), value.text) for label, value in FIGURES[name](case.files).items()}
    assert shown == expected


@pytest.mark.parametrize("name", NOTES)
def test_notes(case, name):
    assert [raw(item) for item in case.blocks[name]["items"]] == [exactly(item) for item in NOTES[name](case.files)]


def test_provenance(case):
    items = [raw(item) for item in case.blocks["jejak"]["items"]]
    (digest, _), (moment,) = items[0].raws, items[-1].raws
    assert items == summary.provenance(case.files, digest, moment)
    assert re.fullmatch(r"[0-9a-f]{16}", digest)
    assert re.fullmatch(r"20\d\d-\d\d-\d\d \d\d:\d\d( \S+)?", moment)


def test_notes_without_values_have_none(case):
    assert [cell for name in WITHOUT_VALUES for cell in ledger(case.blocks[name]) if "raw" in cell] == []


@pytest.mark.parametrize("name", ["jenis", "program", "kategori"])
def test_the_largest_decrease_stands_first_and_the_total_last(case, name):
    block, columns = case.blocks[name], [column["label"] for column in case.blocks[name]["columns"]]
    first = 0
    for total in block["totals"]:
        down = [row[columns.index("Pengurangan (Rp)")]["raw"] for row in block["rows"][first : total + 1]]
        assert down[:-1] == sorted(down[:-1], reverse=True)
        assert sum(down[:-1]) == down[-1]
        first = total + 1
    assert first == len(block["rows"])


def test_the_budget_chapter_stands_upright(case):
    names = ("tahap", "jenis", "program", "tujuh-angka", "kategori", "perjalanan", "sebab", "penambahan", "klarifikasi")
    tables = [case.blocks[name] for name in names if case.blocks[name]["kind"] == "Table"]
    assert [block["id"] for block in tables if layout.is_wide(block)] == []


def test_every_value_prints_its_raw_number(case):
    cells = [cell for block in case.blocks.values() for cell in ledger(block) if "raw" in cell]
    assert [cell for cell in cells if cell["text"] != printed(cell)] == []


def printed(cell):
    value, kind = cell["raw"], cell["kind"]
    if value is None:
        return "–"
    if kind == "perubahan_rp":
        return f"({said.digits(-value)})" if value < 0 else said.digits(value)
    if kind == "persen":
        return said.percent(value, 1 if "," in cell["text"] else 0).text
    ways = {
        "rupiah": lambda: said.rupiah(value).text,
        "rp": lambda: said.digits(value),
        "poin": lambda: said.points(value).text,
        "bulat": lambda: said.whole(value).text,
        "angka": lambda: said.number(value).text,
        "tahun": lambda: str(value),
        "tanggal": lambda: said.day(said.dt.date.fromisoformat(value[:10])).text,
        "teks": lambda: value,
    }
    return ways[kind]()
