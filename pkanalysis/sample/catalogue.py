"""The small CSV tables that describe Kota Contoh, read as text."""

from __future__ import annotations

from functools import cache
from importlib import resources

import pandas as pd


@cache
def read(name: str) -> pd.DataFrame:
    """The table ``name`` of this package (``organisasi``, ``rekening``, …), every cell as text.

    Examples
    --------
    >>> len(read("organisasi"))
    42
    """
    with resources.files("pkanalysis.sample").joinpath(f"{name}.csv").open(encoding="utf-8") as file:
        return pd.read_csv(file, dtype="str", keep_default_na=False)
