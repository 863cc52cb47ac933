import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkanalysis.intake import dates


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("7 Januari 2026", dt.date(2026, 1, 7)),
        ("07\xa0Pebruari 2025", dt.date(2025, 2, 7)),
        ("17-Agt-2025", dt.date(2025, 8, 17)),
        ("1 Nopember 2025", dt.date(2025, 11, 1)),
        ("2025-01-10T07:32:48.039423Z", dt.date(2025, 1, 10)),
        ("2025-01-10 07:32", dt.date(2025, 1, 10)),
        ("31/12/2025", dt.date(2025, 12, 31)),
        (dt.datetime(2025, 3, 4, 10), dt.date(2025, 3, 4)),
        (dt.date(2025, 3, 4), dt.date(2025, 3, 4)),
        ("null", None),
        ("", None),
        ("31 Februari 2025", None),
        ("7 Anu 2025", None),
        (45000.0, None),
    ],
)
def test_dates(written, expected):
    assert dates.date(written) == expected


@pytest.mark.parametrize("name", ["AGTS", "Agustus", "agust", "AUG"])
def test_august_in_many_spellings(name):
    assert dates.month(name) == 8


@pytest.mark.parametrize("name", ["", "Jumlah", "Maretan", 3.0, "SISA ANGGARAN"])
def test_no_month(name):
    assert dates.month(name) is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [("TW1", "TW1"), ("Triwulan IV", "TW4"), ("TRIWULAN KE-2", "TW2"), ("tw iii 2025", "TW3"), ("Tahunan", "tahunan"),
     ("TW5", None), ("2025", None)],
)  # fmt: skip
def test_periods(written, expected):
    assert dates.period(written) == expected


@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)))
def test_an_indonesian_date_comes_back(day):
    assert dates.date(f"{day.day} {dates.MONTHS[day.month - 1].upper()} {day.year}") == day
