"""Where the money went: additions by OPD, sub kegiatan and priority sector. Never "from A to B"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import pandas as pd

from pkanalysis import codes, reference
from pkanalysis.analysis import given
from pkanalysis.analysis.budget.accounts import is_targeted

OTHER = "lainnya"


def sector(activities: pd.Series | Sequence[str], own: Mapping[str, str] | None = None) -> pd.Series:
    """Priority sector of SE Mendagri 900/833/SJ of sub kegiatan, by their bidang urusan or program.

    Parameters
    ----------
    activities : Series or sequence of str
        Codes of sub kegiatan.
    own : mapping of str to str, optional
        What a region decided itself: code prefix -> sector; it goes before the shipped one of the same code.

    Returns
    -------
    Series of str
        pendidikan, kesehatan, infrastruktur_sanitasi, inflasi_pangan, cadangan_pangan; ``lainnya`` for
        the rest. Which bidang belongs to which sector is a judgement (``reference/bidang_prioritas.csv``).

    Examples
    --------
    >>> sector(pd.Series(["1.01.02.2.01.0001", "2.11.11.2.01.0009", "4.01.01.2.06.0009", "X.XX.01.2.06.0009"])).tolist()
    ['pendidikan', 'infrastruktur_sanitasi', 'lainnya', 'lainnya']
    >>> sector(pd.Series(["2.15.02.2.02.0002"]), {"2.15": "infrastruktur_sanitasi"}).tolist()
    ['infrastruktur_sanitasi']
    """
    known = _sectors() | {codes.key(prefix): name for prefix, name in (own or {}).items()}
    written = given.texts(activities)
    found = [known.get(codes.longest_prefix(key, known), OTHER) for key in codes.keys(written)]
    return pd.Series(found, index=written.index, dtype="str")


def is_support(activities: pd.Series) -> pd.Series:
    """Whether a sub kegiatan is of the support programme (.01), whatever its bidang.

    Examples
    --------
    >>> is_support(pd.Series(["1.01.01.2.06.0009", "1.01.02.2.01.0001"])).tolist()
    [True, False]
    """
    return codes.keys(activities).map(lambda key: key[2:3] == (1,)).astype("bool")


def additions(changes: pd.DataFrame, own: Mapping[str, str] | None = None) -> pd.DataFrame:
    """What rose, per OPD and sub kegiatan, the largest first: the question that a DPRD asks.

    Parameters
    ----------
    changes : DataFrame
        One step of :func:`pkanalysis.analysis.budget.changes.steps`: gross at line level.
    own : mapping of str to str, optional
        As for :func:`sector`.

    Returns
    -------
    DataFrame
        ``kode_opd``, ``kode_sub_kegiatan``, ``penambahan_rp``, ``dibatasi_rp`` (the part on accounts that
        were to be limited), ``baru_rp`` (the part on lines that did not exist), ``sektor``,
        ``is_prioritas`` (of a sector that the SE names), ``is_penunjang`` (support programme, although
        the bidang may be a priority).

    Examples
    --------
    >>> lines = pd.DataFrame({"kode_opd": "A", "kode_sub_kegiatan": "1.01.02.2.01.0001", "status": "berubah",
    ...     "kode_rekening": ["5.2.03.01.01.0010", "5.1.02.04.01.0001"], "penambahan_rp": [70, 5]})
    >>> additions(lines)[["penambahan_rp", "dibatasi_rp", "sektor", "is_prioritas"]].values.tolist()
    [[75, 5, 'pendidikan', True]]
    """
    given.require(changes, ["kode_opd", "kode_sub_kegiatan", "kode_rekening", "penambahan_rp", "status"])
    risen = changes[changes["penambahan_rp"].gt(0)]
    amount = risen["penambahan_rp"]
    rows = risen.assign(
        dibatasi_rp=amount.where(is_targeted(risen["kode_rekening"]), 0),
        baru_rp=amount.where(risen["status"].eq("baru"), 0),
    )
    sums = rows.groupby(["kode_opd", "kode_sub_kegiatan"])[["penambahan_rp", "dibatasi_rp", "baru_rp"]].sum()
    sums = sums.astype("int64").sort_values("penambahan_rp", ascending=False, kind="stable").reset_index()
    field = sector(sums["kode_sub_kegiatan"], own)
    return sums.assign(sektor=field, is_prioritas=field.ne(OTHER), is_penunjang=is_support(sums["kode_sub_kegiatan"]))


@cache
def _sectors() -> dict[codes.Key, str]:
    rows = reference.priority_fields()
    return dict(zip(codes.keys(rows["kode_prefix"]), rows["sektor"], strict=True))
