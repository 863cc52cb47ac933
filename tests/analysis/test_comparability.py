"""Stages in different numberings are refused, a moved account is told."""

import pandas as pd
import pytest

import pkanalysis as pk

NOW = {"5.1.02.04.01.0001": 50, "5.1.02.01.01.0024": 50}


def stage(amounts):
    return pd.DataFrame({"kode_rekening": list(amounts), "pagu_rp": list(amounts.values())})


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (NOW, NOW, []),
        (NOW, {"5.1.02.04.001.00001": 40, "510201010024": 60}, []),
        (NOW, {"5.1.02.04.01.001": 40, "5.1.02.01.01.024": 60}, ["KODE_BEDA_GENERASI"]),
        (NOW, {"5.2.2.15.01": 40, "5.2.2.01.01": 60}, ["KODE_BEDA_GENERASI"]),
        (NOW, {"5.1.02.04.01.0001": 40, "5.1.02.02.01.0026": 60}, ["KODE_BEDA_GENERASI"]),
        (NOW, {}, []),
        (
            NOW | {"5.1.01.03.07.0001": 5},
            NOW | {"5.1.02.02.01.0080": 5},
            ["REKENING_BERPINDAH"],
        ),
        (NOW | {"5.1.01.03.07.0001": 5}, NOW, []),
    ],
)
def test_codes_of_two_stages(before, after, expected):
    found = pk.budget.comparable(stage(before), stage(after))
    assert [item.code for item in found] == expected
    assert all(item.sentence.endswith(".") for item in found)


def test_the_codes_as_written_tell_the_numbering():
    old = stage(NOW).assign(kode_rekening_asli=["5.1.02.04.01.001", "5.1.02.01.01.024"])
    assert [item.code for item in pk.budget.comparable(old, stage(NOW))] == ["KODE_BEDA_GENERASI"]
