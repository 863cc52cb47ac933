"""Damage to a DPA: a line lost, doubled, moved or changed is told, unless what is stored stays the same."""

import damaging
import pytest
from damaged import PAPERS
from damaged.page import Page
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pkanalysis.errors import PkError
from pkanalysis.intake import read

SAME_FOLDER = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much]
few = settings(max_examples=5, derandomize=True, database=None, suppress_health_check=SAME_FOLDER)
many = settings(max_examples=250, suppress_health_check=SAME_FOLDER)
FILES = ["dpa_2025_murni_CONTOH.pdf", "dpa_2025_murni_cetakan_CONTOH.pdf"]
MONEY = "Rp"


def paper(file):
    return next(each for each in PAPERS if each.file == file)


def stored(reading):
    """Keys and amounts that the reading would store; a line that strays under a name may be its second line."""
    found = {}
    for name, frame in reading.tables.items():
        own = [column for column in frame if column.startswith(("kode_", "bulan", "tah")) or column.endswith("_rp")]
        found[name] = sorted(map(str, frame[own].drop(columns="kode_rekening_asli", errors="ignore").values.tolist()))
    return found


def line_twice(pages, page, line, data):
    page.rows.insert(line, list(page.rows[line]))


def line_lost(pages, page, line, data):
    del page.rows[line]


def lines_exchanged(pages, page, line, data):
    other = data.draw(st.integers(0, len(page.rows) - 1), "other")
    assume(page.rows[line] != page.rows[other])
    page.rows[line], page.rows[other] = page.rows[other], page.rows[line]


def amount_changed(pages, page, line, data):
    words = page.rows[line][0]
    assume(MONEY in words and words.rsplit(MONEY, 1)[1][:1].isdigit())
    start, amount = words.rsplit(MONEY, 1)
    page.rows[line] = [f"{start}{MONEY}{data.draw(st.sampled_from('123456789'))}{amount}"]


def text_in_an_amount(pages, page, line, data):
    words = page.rows[line][0]
    assume(MONEY in words and "," in words.rsplit(MONEY, 1)[1])
    start, amount = words.rsplit(MONEY, 1)
    page.rows[line] = [f"{start}{MONEY}{amount.replace('0', 'o', 1).replace(',', 'x,', 1)}"]


def code_broken(pages, page, line, data):
    code, _, rest = page.rows[line][0].partition(" ")
    assume(code.startswith("5.") and code.count(".") >= 2)
    page.rows[line] = [f"{code[:-1]}{data.draw(st.sampled_from('Qq?'))} {rest}"]


def code_blank(pages, page, line, data):
    code, _, rest = page.rows[line][0].partition(" ")
    assume(code.startswith("5.") and code.count(".") >= 2)
    page.rows[line] = [rest]


def page_lost(pages, page, line, data):
    assume(len(pages) > 1)
    pages.remove(page)


def page_twice(pages, page, line, data):
    pages.insert(pages.index(page), Page(page.name, [list(row) for row in page.rows]))


def pages_exchanged(pages, page, line, data):
    assume(len(pages) > 1)
    pages.reverse()


CLASSES = {
    each.__name__.replace("_", " "): each
    for each in (
        line_twice, line_lost, lines_exchanged, amount_changed, text_in_an_amount, code_broken, code_blank, page_lost,
        page_twice, pages_exchanged,
    )
}  # fmt: skip


def check(folder, file, damage, data):
    own = paper(file)
    own.save(folder / file, own.make())
    before = read(folder / file, damaging.settings())
    pages = own.make()
    page = data.draw(st.sampled_from(pages), "page")
    line = data.draw(st.integers(0, len(page.rows) - 1), "line")
    words = page.rows[line][0]
    damage(pages, page, line, data)
    own.save(folder / file, pages)
    try:
        reading = read(folder / file, damaging.settings())
    except PkError:
        return
    known = {item.sentence for item in before.findings}
    told = [item for item in reading.findings if item.sentence not in known]
    assert told or stored(reading) == stored(before), words


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("damage", CLASSES)
def test_damage_to_a_dpa_is_told_or_changes_nothing(tmp_path, file, damage):
    few(given(st.data())(lambda data: check(tmp_path, file, CLASSES[damage], data)))()


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("damage", CLASSES)
def test_more_damage_to_a_dpa_is_told_or_changes_nothing(tmp_path, file, damage):
    many(given(st.data())(lambda data: check(tmp_path, file, CLASSES[damage], data)))()
