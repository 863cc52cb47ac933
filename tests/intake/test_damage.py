"""Every class of damage to a valid file gives a finding in every layout, and nothing ends in a traceback."""

import datetime as dt

import damaging
import pytest
from damaged import PAPERS, saving
from damaging import SHEETS, lines, new, pages
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pkanalysis.errors import PkError
from pkanalysis.intake import read

SAME_FOLDER = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much]
few = settings(max_examples=5, derandomize=True, database=None, suppress_health_check=SAME_FOLDER)
many = settings(max_examples=150, suppress_health_check=SAME_FOLDER)
every = pytest.mark.parametrize("layout", SHEETS)
NOTES = ("galat", "peringatan", "catatan")

UNSEEN_WHEN_LOST = {
    "laporan_realisasi": "a report has neither numbers nor totals: one document less is another valid report",
    "rak": "as downloaded it has neither numbers nor totals",
    "anggaran_kas": "target and realisasi are kept apart: a plan without realisasi is valid",
    "iku": "without a NO column one indicator less is another valid list; the count of the note changes",
    "isian": "an indicator without realisasi is one that nobody filled in; the sheet of indicators still has it",
}
"""Layouts in which a line that is simply gone cannot be told from a valid file, and why."""
LEAST_CHANGE = 2
"""Rupiah; a sum may be one off where sen were rounded (``sebelum_sesudah.reconcile.TOLERANCE_RP``)."""
NOTED_WHEN_TWICE = {"kas_rekening", "lra", "penjabaran"}
"""The sums above count the line once, so that nothing is wrong with what is stored: a note says that it stood twice."""
NOTED_WHEN_CUT = {"kas_rekening", "lra", "penjabaran"}
"""An account cut at the end is its own parent: the amount is right, one level higher, as a note says."""
JUNK = [
    None, "", "-", "null", "n/a", "#REF!", "#DIV/0!", 0, -1, -5_000_000, 1e308, 10**18, 0.1, 1e-9, True, False, "=1+1",
    "=SUM(A1:A9)", dt.date(2025, 1, 31), dt.datetime(1900, 1, 1, 23, 59), "31/02/2025", "2025", "TW5", "🙂", "\0", "\x07",
    "x" * 10_000, "5.1.02", "5.1.02.99.99.9999", "6.1", "X.XX.01", "1,2,3.4.5", "(1.000", "1e400", "Rp", "%", "\u200b",
    "'5.1", "٣٤", "TOTAL", "JUMLAH", "[]", "{}", "<b>", "a\nb\tc", "  ", "NaN", "inf", "-inf", "99999999999999999999999",
]  # fmt: skip


def row_of(finding):
    return "".join(sign for sign in finding.place if sign.isdigit())


@every
def test_nothing_is_wrong_with_the_valid_file(tmp_path, layout):
    sheet = SHEETS[layout]
    own, _ = pages(sheet)
    saving.as_workbook(tmp_path / sheet.paper, own)
    reading = read(tmp_path / sheet.paper, damaging.settings())
    assert (reading.layout, len(lines(sheet)) > 1) == (layout.split(",")[0], True)
    assert [item.sentence for item in reading.findings if item.severity != "catatan"] == []


def drawn_cell(data, sheet, columns):
    """A filled cell of a stored line, in one of the columns."""
    own, page = pages(sheet)
    line = data.draw(st.sampled_from(lines(sheet)), "line")
    column = page.column(data.draw(st.sampled_from(columns), "column"))
    cells = page.rows[page.row(line)]
    assume(column < len(cells) and cells[column] not in ("", 0))
    return own, page, line, column


def check_cell(tmp_path, sheet, damaged, least=("galat", "peringatan")):
    """At least one finding, at the line or at a sum above it."""
    own, page, line, column = damaged
    found = new(tmp_path, sheet, own, least)
    where = {row_of(item) for item in found}
    at_line = str(page.row(line) + 1)
    assert found, page.place(line, column)
    assert at_line in where or not sheet.places, (page.place(line, column), [item.sentence for item in found])


def blank_key(tmp_path, sheet, data):
    damaged = _, page, line, column = drawn_cell(data, sheet, sheet.keys)
    page.put(line, column, data.draw(st.sampled_from(["", "-", " ", "null"])))
    check_cell(tmp_path, sheet, damaged)


def text_in_a_number(tmp_path, sheet, data):
    own, page, line, column = drawn_cell(data, sheet, sheet.amounts)
    page.put(line, column, data.draw(st.sampled_from(["seratus juta", "lihat lampiran", "1.2x3", "12o000", "?"])))
    found = new(tmp_path, sheet, own)
    assert page.place(line, column) in {item.place for item in found}, [item.sentence for item in found]


def broken_code(tmp_path, sheet, data):
    damaged = _, page, line, column = drawn_cell(data, sheet, sheet.codes)
    code, _, name = str(page.cell(line, column)).partition(" ")
    place = data.draw(st.sampled_from([place for place, sign in enumerate(code) if sign.isalnum()]), "place")
    page.put(line, column, f"{code[:place]}{data.draw(st.sampled_from('Qql#?'))}{code[place + 1 :]} {name}".strip())
    check_cell(tmp_path, sheet, damaged)


def code_cut_short(tmp_path, sheet, data):
    own, page, line, column = drawn_cell(data, sheet, sheet.codes)
    code, _, name = str(page.cell(line, column)).partition(" ")
    assume("." in code)
    page.put(line, column, f"{code.rsplit('.', 1)[0]} {name}".strip())
    least = NOTES if data_layout(sheet) in NOTED_WHEN_CUT else NOTES[:2]
    assert new(tmp_path, sheet, own, least), page.place(line, column)


def changed_amount(tmp_path, sheet, data):
    own, page, line, column = drawn_cell(data, sheet, sheet.held)
    amount = page.cell(line, column)
    assume(isinstance(amount, int))
    page.put(line, column, amount + data.draw(st.integers(LEAST_CHANGE, 10**12)) * data.draw(st.sampled_from([1, -1])))
    assert new(tmp_path, sheet, own), page.place(line, column)


def shifted_row(tmp_path, sheet, data):
    own, page = pages(sheet)
    line = data.draw(st.sampled_from(lines(sheet)), "line")
    cells = page.rows[page.row(line)]
    to_the_left = data.draw(st.booleans(), "to the left")
    assume(not (to_the_left and cells[0] == ""))
    page.rows[page.row(line)] = [*cells[1:], ""] if to_the_left else ["", *cells]
    check_cell(tmp_path, sheet, (own, page, line, 0))


def row_twice(tmp_path, sheet, data):
    own, page = pages(sheet)
    line = data.draw(st.sampled_from(lines(sheet)), "line")
    page.repeat(line, 0)
    assert new(tmp_path, sheet, own, NOTES if data_layout(sheet) in NOTED_WHEN_TWICE else NOTES[:2]), line


def row_lost(tmp_path, sheet, data):
    own, page = pages(sheet)
    numbered = lines(sheet) if sheet.tail else lines(sheet)[:-1]
    page.drop(data.draw(st.sampled_from(numbered), "line"))
    assert new(tmp_path, sheet, own, NOTES)


def data_layout(sheet):
    return next(layout for layout, item in SHEETS.items() if item is sheet)


CLASSES = {
    "blank key": (blank_key, [name for name, sheet in SHEETS.items() if sheet.keys]),
    "text in a number": (text_in_a_number, [name for name, sheet in SHEETS.items() if sheet.amounts]),
    "broken code": (broken_code, [name for name, sheet in SHEETS.items() if sheet.codes]),
    "code cut short": (code_cut_short, [name for name, sheet in SHEETS.items() if sheet.codes and name != "isian"]),
    "changed amount": (changed_amount, [name for name, sheet in SHEETS.items() if sheet.held]),
    "shifted row": (shifted_row, list(SHEETS)),
    "row twice": (row_twice, list(SHEETS)),
    "row lost": (row_lost, [name for name in SHEETS if name not in UNSEEN_WHEN_LOST]),
}
CASES = [(what, layout) for what, (_, layouts) in CLASSES.items() for layout in layouts]


@pytest.mark.parametrize(("what", "layout"), CASES)
def test_damage_gives_a_finding(tmp_path, what, layout):
    few(given(st.data())(lambda data: CLASSES[what][0](tmp_path, SHEETS[layout], data)))()


@pytest.mark.slow
@pytest.mark.parametrize(("what", "layout"), CASES)
def test_more_damage_gives_a_finding(tmp_path, what, layout):
    many(given(st.data())(lambda data: CLASSES[what][0](tmp_path, SHEETS[layout], data)))()


def disorder(tmp_path, sheet, data):
    """Junk in cells, rows and columns lost or exchanged: a reading or a refusal, never a traceback."""
    own, page = pages(sheet)
    rows = page.rows
    for _ in range(data.draw(st.integers(1, 4), "changes")):
        one, other = (data.draw(st.integers(0, len(rows) - 1)) for _ in range(2))
        column = data.draw(st.integers(0, max(map(len, rows))))
        what = data.draw(st.sampled_from(["cell", "cell", "cell", "row", "column", "rows", "columns"]))
        if what == "cell":
            rows[one] = [*rows[one][:column], data.draw(st.sampled_from(JUNK)), *rows[one][column + 1 :]]
        elif what == "row" and len(rows) > 1:
            del rows[one]
        elif what == "column":
            rows[:] = [[*row[:column], *row[column + 1 :]] for row in rows]
        elif what == "rows":
            rows[one], rows[other] = rows[other], rows[one]
        else:
            rows[:] = [[*row[:column], *row[column + 1 : column + 2], *row[column : column + 1], *row[column + 2 :]]
                       for row in rows]  # fmt: skip
    assert damaging.findings(tmp_path, sheet, own) is not None


@every
def test_disorder_ends_in_a_reading_or_a_refusal(tmp_path, layout):
    few(given(st.data())(lambda data: disorder(tmp_path, SHEETS[layout], data)))()


@pytest.mark.slow
@every
def test_more_disorder_ends_in_a_reading_or_a_refusal(tmp_path, layout):
    many(given(st.data())(lambda data: disorder(tmp_path, SHEETS[layout], data)))()


CUT = [
    "rekap5_2025_murni_bersih_CONTOH.xlsx", "rekap5_2025_murni_json_CONTOH.json", "dpa_2025_murni_CONTOH.pdf",
    "laporan_realisasi_2025_CONTOH.json", "iku_2025_CONTOH.xlsx",
]  # fmt: skip


@pytest.mark.parametrize("file", CUT)
def test_a_file_of_which_the_end_never_arrived_is_refused(tmp_path, file):
    paper = next(paper for paper in PAPERS if paper.file == file)
    paper.save(tmp_path / file, paper.make())
    content = (tmp_path / file).read_bytes()

    @few
    @given(st.integers(1, len(content) - 8))
    def cut(lost):
        (tmp_path / file).write_bytes(content[:-lost])
        try:
            reading = read(tmp_path / file, damaging.settings())
        except PkError:
            return
        assert reading.has_errors or lost < 64, lost  # what follows the last object of a PDF or archive may be lost

    cut()


LISTS = [f"rekap5_2025_murni_{way}_CONTOH.csv" for way in ("titik_koma", "tab", "bom", "terkutip")]


@pytest.mark.parametrize("file", LISTS)
def test_a_list_cut_anywhere_but_at_a_line_end_is_told(tmp_path, file):
    """A list that ends with a whole line is a valid shorter list; only a total or its numbering could tell."""
    paper = next(paper for paper in PAPERS if paper.file == file)
    paper.save(tmp_path / file, paper.make())
    content = (tmp_path / file).read_bytes()
    known = {item.sentence for item in read(tmp_path / file, damaging.settings()).findings}

    @few
    @given(st.integers(1, len(content) - 8).filter(lambda lost: content[:-lost][-1:] not in b"\r\n"))
    def cut(lost):
        (tmp_path / file).write_bytes(content[:-lost])
        try:
            found = read(tmp_path / file, damaging.settings()).findings
        except PkError:
            return
        assert [item for item in found if item.sentence not in known], lost

    cut()


@few
@given(st.data())
def dpa_damaged(tmp_path, data):
    paper = next(paper for paper in PAPERS if paper.file == "dpa_2025_murni_CONTOH.pdf")
    own = paper.make()
    words = [row for page in own for row in page.rows if row[0].count(",00") == 1 and row[0][0] in "5ADFJMNOPS"]
    row = data.draw(st.sampled_from(words), "line")
    start, amount = row[0].rsplit("Rp", 1)
    row[0] = data.draw(st.sampled_from([start.strip(), f"{start}Rp1{amount}", f"{start}Rp{amount[:-3]}x,00", "hilang"]))
    paper.save(tmp_path / paper.file, own)
    try:
        reading = read(tmp_path / paper.file, damaging.settings())
    except PkError:
        return
    assert any(item.severity != "catatan" for item in reading.findings), row


def test_a_damaged_line_of_a_dpa_gives_a_finding(tmp_path):
    dpa_damaged(tmp_path)
