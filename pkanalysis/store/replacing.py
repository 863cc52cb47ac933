"""Which stored rows a file replaces, and what is said where they are not its own earlier version."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from pkanalysis.intake.findings import Finding
from pkanalysis.intake.reading import Reading, Slice
from pkanalysis.tables import TABLES


def is_replaced(piece: Slice, name: str, old: pd.DataFrame, new: pd.DataFrame, files: pd.DataFrame) -> pd.Series:
    """Which rows ``old`` of table ``name`` give way to ``new``.

    Budget, spending and cash plan are counted from one file only: rows of the same SKPD, year, and stage or
    months go whatever their layout. Spending and cash plan of an earlier file of the same layout go whole where
    its months overlap, because a corrected file may end earlier; before a cumulative file all that follows its
    first month goes, because stored rows do not tell whether they are cumulative. Elsewhere, and where the file
    has no row of that table, the layout's own slice goes.

    Parameters
    ----------
    piece : Slice
    name : str
    old, new : pandas.DataFrame
        Rows stored and rows to come.
    files : pandas.DataFrame
        Table ``berkas``, without the file to come.

    Returns
    -------
    pandas.Series of bool
        Aligned with ``old``.
    """
    is_here = pd.Series(True, index=old.index)
    if "kode_opd" in old:
        is_here &= old["kode_opd"].isin(piece.opd)
    if piece.activities and "kode_sub_kegiatan" in old:
        is_here &= old["kode_sub_kegiatan"].isin(piece.activities)
    own = files[files["tata_letak"].eq(piece.layout)]
    if TABLES[name].key or piece.year is None:
        alike = own[own["tahun"].fillna(0).eq(piece.year or 0) & own["tahap"].fillna("").eq(piece.stage)]
        return is_here & old["id_berkas"].isin(alike["id_berkas"])
    is_year = old["tahun"].eq(piece.year)
    is_own = old["id_berkas"].isin(own["id_berkas"])
    if "tahap" in old:
        is_alike = old["tahap"].eq(piece.stage)
    else:
        is_alike = old["bulan"].between(*_span(piece, new)) | is_own & _is_overlapping(piece, old[is_year], old, new)
    return is_here & is_year & is_alike & (is_own | bool(len(new)))


def _is_overlapping(piece: Slice, year: pd.DataFrame, old: pd.DataFrame, new: pd.DataFrame) -> pd.Series:
    """Rows ``old`` of files with months that ``new`` covers, or that follow the first one of cumulative figures."""
    first, last = _span(piece, new)
    until = 12 if 0 < piece.since < last else last
    spans = year.groupby("id_berkas")["bulan"].agg(["min", "max"])
    return old["id_berkas"].isin(spans.index[spans["min"].le(until) & spans["max"].ge(first)])


def _span(piece: Slice, new: pd.DataFrame) -> tuple[int, int]:
    """First and last month that ``new`` covers for the SKPD of the slice; without any row the whole year."""
    months = new.loc[new["kode_opd"].isin(piece.opd), "bulan"]
    return (piece.since or int(months.min()), int(months.max())) if len(months) else (1, 12)


def notices(reading: Reading, name: str, gone: pd.DataFrame, files: pd.DataFrame, file: str) -> Iterator[Finding]:
    """Warnings of ``file`` for rows ``gone`` that came in another layout, or whose months it does not have."""
    owned = gone.merge(files[["id_berkas", "nama_berkas", "tata_letak"]], on="id_berkas")
    is_own = owned["tata_letak"].eq(reading.layout)
    if len(other := owned[~is_own]):
        rule = f"{len(other)} baris {name} dari {_names(other)} digantikan, agar tidak terhitung dua kali"
        yield Finding("peringatan", file, "", "", "", "", rule, "impor ulang berkas itu bila isinya yang benar")
    if "bulan" in owned and len(lost := owned[is_own & ~_is_covered(owned, reading, name)]):
        months = ", ".join(map(str, sorted(set(lost["bulan"]))))
        rule = f"bulan {months} dari {_names(lost)} tidak ada di berkas ini dan dikeluarkan"
        remedy = "bila bulan itu masih berlaku, impor satu berkas yang memuat semua bulannya"
        yield Finding("peringatan", file, "", "", "", "", rule, remedy)


def _is_covered(rows: pd.DataFrame, reading: Reading, name: str) -> pd.Series:
    """Which rows have a month that the file covers for their SKPD."""
    is_covered = pd.Series(False, index=rows.index)
    for piece in reading.slices:
        span = _span(piece, reading.tables[name])
        is_covered |= rows["kode_opd"].isin(piece.opd) & rows["bulan"].between(*span)
    return is_covered


def _names(rows: pd.DataFrame) -> str:
    return ", ".join(sorted(set(rows["nama_berkas"] + " (" + rows["tata_letak"] + ")")))
