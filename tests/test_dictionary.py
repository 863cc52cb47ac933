"""``data/README.md`` is what ``pkanalysis/tables.py`` says."""

from paths import ROOT

from pkanalysis import dictionary
from pkanalysis.tables import TABLES


def test_the_page_is_up_to_date():
    page = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    assert page == dictionary.render(), "jalankan: python -m pkanalysis.dictionary > data/README.md"


def test_every_column_has_its_line():
    sections = dictionary.render().split("\n## Kolom hasil")[0].split("\n### ")[1:]
    assert [section.split("\n")[0] for section in sections] == list(TABLES)
    for section, table in zip(sections, TABLES.values(), strict=True):
        lines = [line for line in section.splitlines() if line.startswith("| `")]
        assert [line.split("`")[1] for line in lines] == [column.name for column in table.columns]


def test_no_cell_breaks_its_row():
    rows = [line for line in dictionary.render().splitlines() if line.startswith("| `") and line.count("|") > 4]
    assert rows
    assert {line.replace("\\|", "").count("|") for line in rows} == {8, 5}
