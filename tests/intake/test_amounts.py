import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkanalysis.intake.amounts import rupiah, unit

AMOUNTS = st.integers(-(10**15), 10**15)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (1234.0, 1234),
        ("1.234.567", 1234567),
        ("Rp 1.234.567,-", 1234567),
        ("Rp. 1.234", 1234),
        ("Rp1.234.567,00", 1234567),
        ("(1.234)", -1234),
        ("-1.234.567", -1234567),
        ("1,234,567", 1234567),
        ("(1,234,567.00)", -1234567),
        (" 7.381.011.000.00 ", 7381011000),
        ("1.234\xa0", 1234),
        ("0", 0),
        ("-", None),
        ("", None),
        ("null", None),
        ("#REF!", None),
        (float("nan"), None),
    ],
)
def test_one_amount(written, expected):
    read = rupiah([written])
    assert (read.figures, read.problems) == ([expected], [])


@pytest.mark.parametrize("written", ["dua juta", "1.23.456", "12-34", True, "5.1.02.01", "1e9"])
def test_what_is_no_amount_is_a_problem_with_its_text(written):
    read = rupiah([1.0, written])
    assert read.figures == [1, None]
    assert [(item.position, item.text) for item in read.problems] == [(1, str(written))]


def test_a_column_that_mixes_both_styles_is_refused():
    read = rupiah(["1.234", "2,345", "500"])
    assert read.figures == [None, None, 500]
    assert len(read.problems) == 2


def test_sen_are_rounded_half_away_from_zero_and_counted():
    read = rupiah([868833.5, -868833.5, "1.000,25", 5.0])
    assert read.figures == [868834, -868834, 1000, 5]
    assert read.rounded == 3


def test_more_than_64_bits_is_refused():
    assert rupiah(["9" * 20]).problems[0].reason == "terlalu besar untuk rupiah"


@given(st.lists(AMOUNTS, min_size=1))
def test_indonesian_text_comes_back(amounts):
    assert rupiah([f"{amount:,}".replace(",", ".") for amount in amounts]).figures == amounts


@given(st.lists(AMOUNTS, min_size=1))
def test_american_text_comes_back(amounts):
    assert rupiah([f"{amount:,}" for amount in amounts]).figures == amounts


@given(AMOUNTS.filter(lambda amount: amount > 0))
def test_parentheses_are_negative(amount):
    assert rupiah([f"(Rp {amount})"]).figures == [-amount]


def test_dots_before_the_sen_are_read_by_column():
    read = rupiah([" 7.381.011.000.00 ", " 44.702.00 ", "0.00", "500.00", "(7.381.011.000.00)"])
    assert (read.figures, read.problems) == ([7381011000, 44702, 0, 500, -7381011000], [])


def test_us_format_with_negatives():
    read = rupiah(["759,243,300,538.61 ", "(115,888,860,874.61)", "0.00 ", "(15.26)"])
    assert (read.figures, read.problems) == ([759243300539, -115888860875, 0, -15], [])


@pytest.mark.parametrize("written", ["2,61024E+11", "2.61024e+11"])
def test_lost_digits_are_read_with_a_doubt_that_names_the_value(written):
    read = rupiah([written, "1.000"])
    assert (read.figures, read.problems) == ([261024000000, 1000], [])
    assert [(item.position, item.text) for item in read.doubts] == [(0, written)]


@pytest.mark.parametrize(
    ("heading", "written", "expected"),
    [("Pagu (ribu)", "1.234", 1234000), ("PAGU (Rp juta)", "1.234,5", 1234500000), ("dalam jutaan", 2.5, 2500000),
     ("Pagu (M)", "1,5", 1500000000), ("Anggaran (triliun rupiah)", 2, 2 * 10**12), ("Pagu (Rp)", "7", 7),
     ("Tribulan", "7", 7)],
)  # fmt: skip
def test_the_unit_of_the_heading_counts(heading, written, expected):
    assert rupiah([written], unit(heading)).figures == [expected]


FORMS = {
    "1.234": lambda amount: f"{amount:,}".replace(",", "."),
    "Rp 1.234,-": lambda amount: "Rp " + f"{amount:,}".replace(",", ".") + ",-",
    "Rp1.234,00": lambda amount: "Rp" + f"{amount:,}".replace(",", ".") + ",00",
    "1.234.00": lambda amount: " " + f"{amount:,}".replace(",", ".") + ".00 ",
    "1,234": lambda amount: f"{amount:,}",
    "1,234.00": lambda amount: f"{amount:,}.00 ",
    "1234": lambda amount: f"{amount}\xa0",
    "1234.00": lambda amount: f"{amount}.00",
    "float": float,
    "int": int,
}


def negated(cell, way):
    if not isinstance(cell, str):
        return -cell
    return {"()": f"({cell.strip()})", "-x": f"-{cell.strip()}"}[way]


@given(
    amounts=st.lists(st.tuples(st.integers(0, 10**15), st.booleans()), min_size=1),
    form=st.sampled_from(list(FORMS)),
    way=st.sampled_from(["()", "-x"]),
)
def test_any_amount_in_any_form_reads_back_exactly(amounts, form, way):
    cells = [negated(FORMS[form](amount), way) if negative else FORMS[form](amount) for amount, negative in amounts]
    read = rupiah(cells)
    assert read.figures == [-amount if negative else amount for amount, negative in amounts]
    assert (read.problems, read.doubts, read.rounded) == ([], [], 0)


@given(amounts=st.lists(st.integers(-(10**12), 10**12), min_size=1), factor=st.sampled_from([10**3, 10**6]))
def test_amounts_in_larger_units_read_back_exactly(amounts, factor):
    written = [f"{amount / 100:,.2f}".translate(str.maketrans(",.", ".,")) for amount in amounts]
    assert rupiah(written, factor).figures == [amount * factor // 100 for amount in amounts]


WORDS = {"ribu": 3, "rb": 3, "juta": 6, "jt": 6, "miliar": 9, "milyar": 9, "M": 9, "triliun": 12, "T": 12}


@given(
    amounts=st.lists(st.integers(0, 9 * 10**8), min_size=1),
    word=st.sampled_from(list(WORDS)),
    dress=st.sampled_from(["{} {}", "Rp {}{}", "{} {} rupiah"]),
)
def test_an_amount_that_names_its_own_unit_reads_back_exactly(amounts, word, dress):
    written = [dress.format(f"{amount / 100:,.2f}".translate(str.maketrans(",.", ".,")), word) for amount in amounts]
    read = rupiah([*written, "0,25"], factor=10**6)
    assert read.figures == [amount * 10 ** (WORDS[word] - 2) for amount in amounts] + [250000]
