"""The 42 SKPD of Kota Contoh: the structure of a real city, the names of none."""

from __future__ import annotations

from functools import cache

import pandas as pd

from pkanalysis.sample.catalogue import read
from pkanalysis.tables import conform


@cache
def offices() -> pd.DataFrame:
    """One row per SKPD, indexed by the generator's own ``id`` (unique, unlike ``singkatan``)."""
    frame = read("organisasi").set_index("id")
    return frame.astype({"pagu_juta": "int64", "pegawai_pct": "int64", "modal_pct": "int64"})


def table() -> pd.DataFrame:
    """Table ``opd``.

    Examples
    --------
    >>> table()["singkatan"].duplicated().sum()  # DKP is used by two offices, as in the real list
    np.int64(1)
    """
    columns = ["kode_opd", "nama_opd", "singkatan", "jenis", "sektor_prioritas"]
    return conform("opd", read("organisasi")[columns].assign(berlaku_dari=2019))
