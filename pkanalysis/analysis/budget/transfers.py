"""Why a line changed: what the OPD said, else what the funding source or the account shows.

A cut forced by the transfer (TKD, KMK 29/2025) is no saving: that money is gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pandas as pd

from pkanalysis import codes, reference
from pkanalysis.analysis import given
from pkanalysis.analysis.budget.accounts import is_targeted
from pkanalysis.analysis.budget.causes import KEY

BY_SOURCE = "tkd_menurut_sumber_dana"
BY_ACCOUNT = "pos_sasaran_inpres"
TRANSFER = ("tkd", BY_SOURCE)
"""Reasons that make a decrease one of the transfer and not of the region's choice."""


def transfer_kind(sources: pd.Series | Sequence[str]) -> pd.Series:
    """Kind of transfer that KMK 29/2025 adjusts, by the code of the funding source; "" for the others.

    A source that is known by name only has no code to judge by and gives "".

    Examples
    --------
    >>> transfer_kind(pd.Series(["2.2.1.01.03.0012", "2.2.1.1.2.6", "2.2.1.01.02.0004", "1.1.01", "PAD"])).tolist()
    ['DAK Fisik', 'DAU yang ditentukan penggunaannya', '', '', '']
    """
    known, written = _sources(), given.texts(sources)
    found = [known.get(codes.longest_prefix(key, known), "") for key in codes.keys(written)]
    return pd.Series(found, index=written.index, dtype="str")


def sources_of(changes: pd.DataFrame) -> pd.Series:
    """The funding source of each row; "" where the rows are not kept apart by it."""
    none = pd.Series("", index=changes.index, dtype="str")
    return changes.get("sumber_dana", none)


def reasons(changes: pd.DataFrame, causes: pd.DataFrame | None = None) -> pd.Series:
    """The reason of every changed line.

    Parameters
    ----------
    changes : DataFrame
        Result of :func:`pkanalysis.analysis.budget.changes.steps`, or of ``compare`` with ``kode_rekening`` among
        its keys, where no cause is known; without ``sumber_dana`` no transfer can be told.
    causes : DataFrame, optional
        Rows of ``perubahan_anggaran`` of the same year.

    Returns
    -------
    Series of str
        Index of ``changes``: the ``sebab`` that the OPD gave; without one, for a decrease,
        :data:`BY_SOURCE` (a funding source of KMK 29/2025) or :data:`BY_ACCOUNT` ("berkurang pada pos
        sasaran Inpres"); else "". What the OPD said is never replaced.

    Examples
    --------
    >>> lines = pd.DataFrame({"kode_rekening": ["5.2.04.01.01.0004", "5.1.02.04.01.0001", "5.1.02.04.01.0001"],
    ...                       "sumber_dana": ["2.2.1.01.03", "1.1.01", "1.1.01"], "pengurangan_rp": [9, 5, 0]})
    >>> reasons(lines).tolist()
    ['tkd_menurut_sumber_dana', 'pos_sasaran_inpres', '']
    """
    given.require(changes, ["kode_rekening", "pengurangan_rp"])
    is_less = changes["pengurangan_rp"].gt(0)
    seen = pd.Series("", index=changes.index, dtype="str")
    seen = seen.mask(is_less & is_targeted(changes["kode_rekening"]), BY_ACCOUNT)
    seen = seen.mask(is_less & transfer_kind(sources_of(changes)).ne(""), BY_SOURCE)
    if causes is None:
        return seen
    stated = changes[KEY].merge(causes[[*KEY, "sebab"]], "left", KEY, validate="many_to_one")["sebab"]
    return stated.set_axis(changes.index).where(changes["selisih_rp"].ne(0)).fillna(seen).astype("str")


@cache
def _sources() -> dict[codes.Key, str]:
    rows = reference.transfer_sources()
    return dict(zip(codes.keys(rows["kode_prefix"]), rows["jenis"], strict=True))
