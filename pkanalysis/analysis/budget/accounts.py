"""Accounts and their efficiency category under Inpres 1/2025."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

import pandas as pd

from pkanalysis import codes, reference
from pkanalysis.analysis import given

INPRES = "Inpres 1/2025"
GOODS = "Belanja Barang dan Jasa"
TARGETED = ("pasti", "taksiran")
"""Certainties that make an account a target of the Inpres; the others need a person's judgement."""


def classify(accounts: pd.Series | str | Sequence[str]) -> pd.DataFrame:
    """Efficiency category of accounts, by the longest prefix that covers them.

    Parameters
    ----------
    accounts : Series, sequence of str or str
        Account codes in any form (see :mod:`pkanalysis.codes`).

    Returns
    -------
    DataFrame
        Index of the Series: ``kategori``, ``keyakinan`` (pasti, taksiran, perlu_telaah, di_luar_sasaran,
        tidak_terurai), ``kategori_s37`` (comparison with the state budget only) and ``dasar``.
        An account that no prefix covers gets ``lainnya`` and ``perlu_telaah``.

    References
    ----------
    Inpres 1/2025 diktum KEEMPAT; SE Mendagri 900/833/SJ; the assignment of accounts is this
    project's reading, row by row in ``reference/kategori_efisiensi.csv``.

    Examples
    --------
    >>> classify(pd.Series(["5.1.02.04.01.0001", "5.1.02.99.99.9999"]))[["kategori", "keyakinan"]].values.tolist()
    [['perjalanan_dinas', 'pasti'], ['dana_khusus_tanpa_rincian', 'tidak_terurai']]
    """
    known, written = _categories(), given.texts(accounts)
    prefixes = [codes.longest_prefix(key, known.index) for key in codes.keys(written)]
    rows = known.reindex(pd.Index(prefixes, tupleize_cols=False)).set_axis(written.index)
    return rows.fillna({"kategori": "lainnya", "keyakinan": "perlu_telaah", "kategori_s37": "", "dasar": ""})


def check_categories(categories: Iterable[str]) -> None:
    """Refuse an efficiency category that the reference does not know.

    Examples
    --------
    >>> check_categories(["perjalanan"])
    Traceback (most recent call last):
        ...
    ValueError: kategori 'perjalanan' tidak dikenal; maksud Anda perjalanan_dinas?
    """
    known = reference.efficiency_categories()["kategori"].unique().tolist()
    for category in categories:
        if category not in known:
            near = get_close_matches(category, known, 3) or known
            raise ValueError(f"kategori {category!r} tidak dikenal; maksud Anda {', '.join(near)}?")


def spending_kind(accounts: pd.Series) -> pd.Series:
    """Name of the kind of spending (jenis belanja) of accounts; ``lainnya`` where none covers them.

    Examples
    --------
    >>> spending_kind(pd.Series(["5.1.01.01.01.0001", "5.2.02.10.01.0002", "6.1"])).tolist()
    ['Belanja Pegawai', 'Belanja Modal', 'Lainnya']
    """
    rows = reference.spending_kinds()
    names = dict(zip(codes.keys(rows["kode_prefix"]), rows["nama"], strict=True))
    found = [names.get(codes.longest_prefix(key, names), "Lainnya") for key in codes.keys(accounts)]
    return pd.Series(found, index=accounts.index, dtype="str")


def is_targeted(accounts: pd.Series) -> pd.Series:
    """Whether the Inpres asks to limit an account, as far as the account alone can say.

    An account whose only basis is S-37/MK.02/2025 is none: that letter does not bind a region.

    Examples
    --------
    >>> is_targeted(pd.Series(["5.1.02.04.01.0001", "5.1.01.01.01.0001", "5.1.02.03.02.0036"])).tolist()
    [True, False, False]
    """
    kinds = classify(accounts)
    return kinds["keyakinan"].isin(TARGETED) & kinds["dasar"].str.contains(INPRES, regex=False)


@dataclass(frozen=True)
class Opaque:
    """What accounts hide: ``amount_rp`` in whole rupiah, ``share`` in per cent of goods and services (or missing)."""

    amount_rp: int
    share: float | None


def opaque(lines: pd.DataFrame) -> Opaque:
    """Ceiling on accounts of BOS, BOSP, BOK and BLUD, whose content no account shows.

    Parameters
    ----------
    lines : DataFrame
        Rows of ``anggaran`` of one stage.

    Examples
    --------
    >>> codes = ["5.1.02.99.99.9999", "5.1.02.04.01.0001", "5.2.02.10.01.0002"]
    >>> opaque(pd.DataFrame({"kode_rekening": codes, "pagu_rp": [30, 70, 900]}))
    Opaque(amount_rp=30, share=30.0)
    """
    accounts, ceiling = lines["kode_rekening"], lines["pagu_rp"]
    hidden = int(ceiling[classify(accounts)["keyakinan"].eq("tidak_terurai")].sum())
    goods = int(ceiling[spending_kind(accounts).eq(GOODS)].sum())
    return Opaque(hidden, 100 * hidden / goods if goods else None)


@cache
def _categories() -> pd.DataFrame:
    rows = reference.efficiency_categories()
    index = pd.Index(codes.keys(rows["kode_prefix"]).tolist(), tupleize_cols=False)
    return rows[["kategori", "keyakinan", "kategori_s37", "dasar"]].set_axis(index)
