import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkanalysis import codes

KEYS = st.tuples(
    st.just(5), st.integers(1, 9), st.integers(1, 99), st.integers(1, 99), st.integers(0, 99), st.integers(0, 9999)
)


@pytest.mark.parametrize(
    "written",
    ["5.1.02.04.001.00001", "5.1.02.04.01.0001 ", "510204010001", "51020400100001", "5.1.2.04.01.0001",
     "5.1.02.04.01.00001", "\xa05.1.02.04.01.0001.\n", "'5.1.02.04.01.0001"],
)  # fmt: skip
def test_every_form_has_one_key(written):
    assert codes.key(written) == (5, 1, 2, 4, 1, 1)
    assert codes.canonical(written) == "5.1.02.04.01.0001"


@pytest.mark.parametrize("written", ["", "-", "Belanja", "5.1.0x", "5..1", "5102040100", "X.XX.01.2.06.0009", "٥.١"])
def test_no_code_has_no_key(written):
    assert codes.key(written) == ()


def test_a_prefix_ends_at_a_segment():
    prefix = codes.key("5.1.02.02")
    assert codes.is_prefix(prefix, codes.key("5.1.02.02.12.0003"))
    assert not codes.is_prefix(prefix, codes.key("5.1.02.20.01.0001"))
    assert not codes.is_prefix((), prefix)


def test_keys_of_a_series_keep_its_index():
    read = codes.keys(pd.Series(["5.1", None, "x"], index=[7, 8, 9]))
    assert read.to_dict() == {7: (5, 1), 8: (), 9: ()}


def test_only_a_majority_of_three_digit_ends_is_the_2019_numbering():
    old, new = "5.1.02.04.01.001", "5.1.02.04.01.0001"
    assert codes.is_2019_numbering([old])
    assert codes.is_2019_numbering([old, "5.1.02.04.01.002", new])
    assert not codes.is_2019_numbering([old, new, "5.1.02.04.01.0003"])
    assert not codes.is_2019_numbering([])


def test_sample_codes_are_no_placeholders():
    assert not codes.is_placeholder("X1.01.2.22.0.00.01.0000")
    assert codes.resolve("X1.01", "3.27") == "X1.01"
    assert codes.resolve("x.xx.01.1.02.02", "3.27") == "3.27.01.1.02.02"


@given(KEYS)
def test_the_canonical_form_has_the_key_it_came_from(key):
    written = ".".join(map(str, key))
    assert codes.key(codes.canonical(written)) == key
    assert codes.canonical(codes.canonical(written)) == codes.canonical(written)


@given(KEYS)
def test_undotted_and_dotted_forms_agree(key):
    account = codes.canonical(".".join(map(str, key)))
    assert codes.key(account.replace(".", "")) == key


@given(KEYS, st.sets(KEYS.map(lambda key: key[:3]), max_size=5))
def test_the_longest_prefix_covers_or_there_is_none(key, prefixes):
    found = codes.longest_prefix(key, prefixes)
    assert codes.is_prefix(found, key) if found else not any(codes.is_prefix(item, key) for item in prefixes)
