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


def padded(key, widths):
    return [str(part).zfill(width) for part, width in zip(key, widths, strict=True)]


CODE_FORMS = {
    "4 digit": lambda key: ".".join(padded(key, codes.ACCOUNT_WIDTHS)),
    "3+5 digit": lambda key: ".".join(padded(key, codes.UNDOTTED[14])),
    "2+5 digit": lambda key: ".".join(padded(key, (1, 1, 2, 2, 2, 5))),
    "12 digit": lambda key: "".join(padded(key, codes.ACCOUNT_WIDTHS)),
    "14 digit": lambda key: "".join(padded(key, codes.UNDOTTED[14])),
    "jenis without zero": lambda key: ".".join(padded(key, (1, 1, 1, 2, 2, 4))),
    "unpadded": lambda key: ".".join(map(str, key)),
}
DRESSES = {
    "bare": "{}",
    "trailing dot": "{}. ",
    "spaces": " {}\xa0",
    "line break": "{}\r\n",
    "text mark": "'{}",
}


@given(key=KEYS, form=st.sampled_from(list(CODE_FORMS)), dress=st.sampled_from(list(DRESSES)))
def test_any_account_in_any_form_gives_the_same_tuple(key, form, dress):
    assert codes.key(DRESSES[dress].format(CODE_FORMS[form](key))) == key


@given(key=KEYS, place=st.integers(0, 4))
def test_a_line_break_inside_a_dotted_code_does_not_part_it(key, place):
    segments = padded(key, codes.ACCOUNT_WIDTHS)
    assert codes.key(".".join(segments[: place + 1]) + ".\n " + ".".join(segments[place + 1 :])) == key


@pytest.mark.parametrize(
    ("accounts", "is_old"),
    [
        (["5.1.2.2.1.123", "5.1.2.4.1.1"], False),  # unpadded: short segments beside the three digits
        (["5.1.2.10.12.123", "5.1.2.4.1.1", "5.1.2.1.1.24"], False),  # the file shows that it does not pad
        (["5.1.2.10.12.123"], True),  # nothing shows it: refused rather than misread
        (["5.1.02.10.12.123", "5.1.02.04.01.001", "5.1.2.4.1.1"], True),
        (["5.1.02.04.001.00001", "5.1.02.10.012.00123"], False),
        (["510204010001", "5.1.02.04.01.001"], False),
    ],
)
def test_unpadded_codes_are_told_from_the_2019_numbering_by_the_whole_file(accounts, is_old):
    assert codes.is_2019_numbering(accounts) is is_old


@given(st.lists(KEYS, min_size=1))
def test_padded_2019_codes_are_always_refused_and_modern_ones_never(keys):
    old = [".".join(padded((*key[:5], key[5] % 1000), (1, 1, 2, 2, 2, 3))) for key in keys]
    assert codes.is_2019_numbering(old)
    assert not any(
        codes.is_2019_numbering([CODE_FORMS[form](key) for key in keys]) for form in CODE_FORMS if form != "unpadded"
    )
