"""Short names of OPD in figures."""

from __future__ import annotations

import pandas as pd


def short_names(offices: pd.DataFrame, width: int = 26) -> pd.Series:
    """Abbreviation by ``kode_opd``; the name, cut to ``width`` letters, where there is none or two share it.

    Examples
    --------
    >>> offices = pd.DataFrame({"kode_opd": ["1", "2", "3"], "nama_opd": ["Dinas Pariwisata", "Dinas Arsip", "Dinas X"],
    ...                         "singkatan": ["DKP", "DKP", "DX"]})
    >>> short_names(offices).tolist(), short_names(offices, 9)["1"]
    (['Dinas Pariwisata', 'Dinas Arsip', 'DX'], 'Dinas Pa…')
    """
    known = offices["singkatan"].fillna("")
    is_usable = known.ne("") & ~known.duplicated(keep=False)
    cut = offices["nama_opd"].map(lambda name: name if len(name) <= width else f"{name[: width - 1]}…")
    return known.where(is_usable, cut).set_axis(offices["kode_opd"])
