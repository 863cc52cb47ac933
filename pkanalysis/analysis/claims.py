"""What may be said: levels of claim, and refusals with the sentence that says what may be said instead.

A result that could be over-read carries ``claim`` (``L0`` to ``L3``) and ``refusals``.

What analysts hand in: columns, rupiah, codes and figures are checked once; each refusal is one sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from pkanalysis.reference import sentences

Level = Literal["L0", "L1", "L2", "L3"]

LEVELS: dict[Level, str] = {
    "L0": "tidak dianalisis",
    "L1": "deskriptif",
    "L2": "asosiasi",
    "L3": "indikasi kuat",
}
"""Words of the levels, weakest first; no level says that one thing caused another."""


@dataclass(frozen=True)
class Refusal:
    """A refusal: ``code`` for programs; its sentence for readers stands in ``reference/kalimat.toml``."""

    code: str

    @property
    def sentence(self) -> str:
        """The Indonesian sentence: what is missing, and what may be said instead."""
        return worded(self.code)


def refusal(code: str) -> Refusal:
    """The refusal ``code``.

    Raises
    ------
    KeyError
        No such code.

    Examples
    --------
    >>> refusal("REALISASI_KOSONG").sentence
    'Realisasi belum ada; kosong bukan nol dan tidak dihitung.'
    """
    if code not in sentences():
        raise KeyError(code)
    return Refusal(code)


def refused(rules: Mapping[str, bool]) -> tuple[Refusal, ...]:
    """The refusals whose condition is met, in the order of ``rules``.

    Examples
    --------
    >>> [item.code for item in refused({"REALISASI_KOSONG": True, "TARGET_NOL": False})]
    ['REALISASI_KOSONG']
    """
    return tuple(refusal(code) for code, is_met in rules.items() if is_met)


def worded(code: str, **values: object) -> str:
    """The sentence or phrase ``code`` of the table ``reference/kalimat.toml``, with ``values`` in their places.

    Raises
    ------
    KeyError
        No such code, or a value that the pattern names is not given.

    Examples
    --------
    >>> worded("GERAK_NAIK", besar="0,8")
    'naik 0,8'
    """
    return sentences()[code].format(**values)


Floats = npt.NDArray[np.float64]
EXACT = 2**53
"""Up to here every whole rupiah is one figure, also where a file gives it as a float."""


def level(by: str | Iterable[str]) -> list[str]:
    """The columns of a level; one may be given by its name alone.

    Examples
    --------
    >>> level("kode_opd"), level(("kode_opd", "kategori"))
    (['kode_opd'], ['kode_opd', 'kategori'])
    """
    keys = list(by) if isinstance(by, Iterable) and not isinstance(by, str) else [by]
    if not keys or len(set(keys)) < len(keys) or not all(isinstance(key, str) and key != "pagu_rp" for key in keys):
        raise ValueError(f"tingkat harus menyebut kolom yang berlainan, tertulis {keys}")
    return keys


def require(frame: object, columns: Iterable[str]) -> None:
    """Refuse a frame without one of the columns.

    Examples
    --------
    >>> require(pd.DataFrame({"a": [1]}), ["a", "b"])
    Traceback (most recent call last):
        ...
    ValueError: kolom 'b' tidak ada; yang ada: a
    """
    if not isinstance(frame, pd.DataFrame):
        raise ValueError(f"diperlukan tabel (DataFrame), tertulis {type(frame).__name__}")
    wanted = list(columns)
    if missing := [name for name in wanted if name not in frame]:
        known = ", ".join(map(str, frame.columns)) or "tidak satu pun"
        raise ValueError(f"kolom {missing[0]!r} tidak ada; yang ada: {known}")
    if twice := [name for name in wanted if (frame.columns == name).sum() > 1]:
        raise ValueError(f"kolom {twice[0]!r} ada lebih dari sekali; sisakan satu")


def alike(frames: Iterable[pd.DataFrame], columns: Iterable[str]) -> None:
    """Refuse a key that is text here and a figure there: none of its rows would match.

    Examples
    --------
    >>> alike([pd.DataFrame({"kode": [1]}), pd.DataFrame({"kode": ["1"]})], ["kode"])
    Traceback (most recent call last):
        ...
    ValueError: kolom 'kode' memuat angka dan teks sekaligus; baca sebagai teks pada semua tabel
    """
    every = list(frames)
    for name in columns:
        kinds = {isinstance(item, str) for frame in every for item in frame[name].dropna().unique()}
        if len(kinds) > 1:
            raise ValueError(f"kolom {name!r} memuat angka dan teks sekaligus; baca sebagai teks pada semua tabel")


def rupiah(column: pd.Series) -> pd.Series:
    """Whole rupiah as integers; missing is not zero, and a text is no figure.

    Examples
    --------
    >>> rupiah(pd.Series([1.0, 2.0])).tolist()
    [1, 2]
    >>> rupiah(pd.Series([1.0, None], name="pagu_rp"))
    Traceback (most recent call last):
        ...
    ValueError: kolom 'pagu_rp' kosong pada 1 baris; kosong bukan nol, isi atau keluarkan dahulu
    """
    figures = column if pd.api.types.is_numeric_dtype(column) else column.astype("object")
    if written := [item for item in figures.dropna().unique() if isinstance(item, str)]:
        raise ValueError(f"kolom {column.name!r} harus angka rupiah; tertulis {str(written[0])!r} sebagai teks")
    figures = pd.to_numeric(figures)
    if empty := int(figures.isna().sum()):
        raise ValueError(
            f"kolom {column.name!r} kosong pada {empty} baris; kosong bukan nol, isi atau keluarkan dahulu"
        )
    if (is_huge := figures.abs().ge(EXACT)).any():
        raise ValueError(f"kolom {column.name!r} terlalu besar untuk rupiah; tertulis {figures[is_huge].iloc[0]}")
    if (is_part := figures.ne(figures.round())).any():
        raise ValueError(f"kolom {column.name!r} harus rupiah bulat; tertulis {figures[is_part].iloc[0]}")
    return figures.astype("int64")


def rate(share: object, what: str) -> None:
    """Refuse a rate that is no share from 0 to 1.

    Examples
    --------
    >>> rate(50, "perjalanan_dinas")
    Traceback (most recent call last):
        ...
    ValueError: tarif perjalanan_dinas harus dari 0 sampai 1, tertulis 50
    """
    if isinstance(share, bool) or not isinstance(share, Real) or not 0 <= float(share) <= 1:
        raise ValueError(f"tarif {what} harus dari 0 sampai 1, tertulis {share}")


def texts(codes: object) -> pd.Series:
    """Codes as a Series; a number is refused, since it has lost its zeros.

    Examples
    --------
    >>> texts("5.1.02.04").tolist(), texts(["5.1", "5.2"]).tolist()
    (['5.1.02.04'], ['5.1', '5.2'])
    """
    if isinstance(codes, pd.DataFrame) or not isinstance(codes, Iterable):
        raise ValueError(f"kode harus sederet teks, tertulis {type(codes).__name__}")
    found = codes if isinstance(codes, pd.Series) else pd.Series([codes] if isinstance(codes, str) else list(codes))
    wrong = [code for code in found.dropna().unique() if not isinstance(code, str)]
    if wrong:
        raise ValueError(f"kode harus teks, tertulis {wrong[0]}; baca kolomnya sebagai teks agar nol tidak hilang")
    return found


def numbers(values: object, what: str) -> Floats:
    """Figures in one row; missing ones are NaN.

    Examples
    --------
    >>> numbers([1, None], "pagu").tolist(), numbers(5, "pagu").tolist()
    ([1.0, nan], [5.0])
    >>> numbers(["1.234"], "pagu")
    Traceback (most recent call last):
        ...
    ValueError: pagu harus sederet angka, bukan teks, tabel, atau bentuk lain
    """
    try:
        row = np.atleast_1d(np.asarray(values, dtype="object"))
        if row.ndim > 1 or any(isinstance(item, str) for item in row):
            raise TypeError
        return np.array([np.nan if pd.isna(item) else float(item) for item in row], dtype="float64")
    except (TypeError, ValueError):
        raise ValueError(f"{what} harus sederet angka, bukan teks, tabel, atau bentuk lain") from None
