import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkanalysis.intake.amounts import rupiah

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
