"""What Kota Contoh is made of: its small CSV tables, its 42 SKPD, seeded randomness and exact splitting of rupiah."""

from __future__ import annotations

from functools import cache
from importlib import resources
from zlib import crc32

import numpy as np
import numpy.typing as npt
import pandas as pd

from pkanalysis.tables import conform


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


SEED = 20250122
"""The one seed of Kota Contoh (the day of Inpres 1/2025)."""

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def stream(topic: str) -> np.random.Generator:
    """A generator of its own for ``topic``, so that a change in one part leaves the others alone.

    Examples
    --------
    >>> bool(stream("a").random() == stream("a").random())
    True
    """
    return np.random.default_rng([SEED, crc32(topic.encode("utf-8"))])


def split(total: int, weights: npt.ArrayLike, unit: int = 1000) -> Ints:
    """Split ``total`` rupiah by ``weights`` into multiples of ``unit`` that add up to it exactly.

    The largest-remainder method: every part is rounded down to the unit and the units left
    over go to the parts with the largest remainders.

    Parameters
    ----------
    total : int
        Rupiah, a multiple of ``unit``.
    weights : array_like, shape (n,)
        Non-negative, not all zero.
    unit : int
        Rupiah.

    Raises
    ------
    ValueError
        ``total`` is not a multiple of ``unit``.

    Examples
    --------
    >>> split(10_000, [1, 1, 1]).tolist()
    [4000, 3000, 3000]
    """
    if total % unit:
        raise ValueError(f"{total} bukan kelipatan {unit}")
    share = np.asarray(weights, dtype=float)
    exact = total // unit * share / share.sum()
    parts = np.floor(exact).astype(np.int64)
    order = np.argsort(parts - exact, kind="stable")
    parts[order[: total // unit - int(parts.sum())]] += 1
    whole: Ints = parts * unit
    return whole


def round_to(amounts: npt.ArrayLike, unit: int) -> Ints:
    """Amounts rounded to the nearest multiple of ``unit`` rupiah.

    Examples
    --------
    >>> round_to([1_499, 1_501], 1000).tolist()
    [1000, 2000]
    """
    rounded: Ints = np.rint(np.asarray(amounts, dtype=float) / unit).astype(np.int64) * unit
    return rounded


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
