import re

from hypothesis import given
from hypothesis import strategies as st

from pkanalysis.report.formats import slugs

codes = st.lists(st.integers(1, 99), min_size=3, max_size=6).map(
    lambda parts: ".".join(f"{part:02d}" for part in parts)
)


@given(st.dictionaries(codes, st.sampled_from(["DINKES", "dinkes", "KEC. A", "CON", "a/b:c?", ""]), max_size=12))
def test_slugs_are_unique_and_safe_on_windows(abbreviations):
    found = slugs(abbreviations)
    assert len({slug.casefold() for slug in found.values()}) == len(abbreviations)
    assert all(re.fullmatch(r"[A-Z0-9][A-Z0-9._]*", slug) for slug in found.values())


def test_a_clash_is_told_apart_by_the_code_alone():
    found = slugs({"7.01.0.00.01.0000": "KEC", "7.01.0.00.02.0000": "KEC", "1.02.0.00.01.0000": "DINKES"})
    assert list(found.values()) == ["KEC_01", "KEC_02", "DINKES"]
