"""The columns by which two stages are brought together: one code in several forms is one line."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pkanalysis import codes
from pkanalysis.analysis import given

ONE_FORM = {"kode_rekening": codes.canonical, "kode_sub_kegiatan": codes.canonical_activity}
"""Codes that circulate in several forms."""


def keyed(frame: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """The key columns as they are compared, and ``pagu_rp``: no key is "", a code has one form.

    A stage in the numbering of 2019 keeps its codes: there they mean other accounts.

    Examples
    --------
    >>> rows = pd.DataFrame({"kode_rekening": ["5.1.02.04.001.00001", None], "pagu_rp": [1, 2]})
    >>> keyed(rows, ["kode_rekening"])["kode_rekening"].tolist()
    ['5.1.02.04.01.0001', '']
    """
    given.require(frame, [*keys, "pagu_rp"])
    return frame[[*keys, "pagu_rp"]].assign(**{name: _one_form(frame[name]) for name in keys})


def _one_form(key: pd.Series) -> pd.Series:
    if key.name not in ONE_FORM:
        return key if pd.api.types.is_numeric_dtype(key) else key.astype("object").fillna("").infer_objects()
    written = given.texts(key).fillna("").astype("str")
    is_old = key.name == "kode_rekening" and codes.is_2019_numbering(written)
    form = codes.clean if is_old else ONE_FORM[str(key.name)]
    return written.map({code: form(code) for code in written.unique()}).astype("str")
