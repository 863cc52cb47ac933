"""What analysts hand in: columns, rupiah, codes and figures are checked once; each refusal is one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]


def level(by: str | Iterable[str]) -> list[str]:
    """The columns of a level; one may be given by its name alone.

    Examples
    --------
    >>> level("kode_opd"), level(("kode_opd", "kategori"))
    (['kode_opd'], ['kode_opd', 'kategori'])
    """
    keys = [by] if isinstance(by, str) else list(by)
    if not keys or len(set(keys)) < len(keys):
        raise ValueError(f"tingkat harus menyebut kolom yang berlainan, tertulis {keys}")
    return keys


def require(frame: pd.DataFrame, columns: Iterable[str]) -> None:
    """Refuse a frame without one of the columns.

    Examples
    --------
    >>> require(pd.DataFrame({"a": [1]}), ["a", "b"])
    Traceback (most recent call last):
        ...
    ValueError: kolom 'b' tidak ada; yang ada: a
    """
    if missing := [name for name in columns if name not in frame]:
        raise ValueError(f"kolom {missing[0]!r} tidak ada; yang ada: {', '.join(map(str, frame.columns))}")


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
    if written := [item for item in column if isinstance(item, str)][:1] if column.dtype in ("object", "str") else []:
        raise ValueError(f"kolom {column.name!r} harus angka rupiah; tertulis {written[0]!r} sebagai teks")
    column = pd.to_numeric(column)
    if empty := int(column.isna().sum()):
        raise ValueError(
            f"kolom {column.name!r} kosong pada {empty} baris; kosong bukan nol, isi atau keluarkan dahulu"
        )
    if (is_part := column.ne(column.round())).any():
        raise ValueError(f"kolom {column.name!r} harus rupiah bulat; tertulis {column[is_part].iloc[0]}")
    return column.astype("int64")


def texts(codes: pd.Series | str | Sequence[str]) -> pd.Series:
    """Codes as a Series; a number is refused, since it has lost its zeros.

    Examples
    --------
    >>> texts("5.1.02.04").tolist(), texts(["5.1", "5.2"]).tolist()
    (['5.1.02.04'], ['5.1', '5.2'])
    """
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
