"""Which stored rows a file replaces, and what is said where they are not its own earlier version."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from pkanalysis.intake.findings import Finding
from pkanalysis.intake.reading import Slice
from pkanalysis.tables import TABLES


def is_replaced(piece: Slice, name: str, old: pd.DataFrame, new: pd.DataFrame, files: pd.DataFrame) -> pd.Series:
    """Which rows ``old`` of table ``name`` give way to ``new``.

    Budget, spending and cash plan are counted from one file only: rows of the same SKPD, year, and stage or
    months go whatever their layout. Spending and cash plan of an earlier file of the same layout go whole where
    its months overlap, because a corrected file may end earlier. Elsewhere the layout's own slice goes.

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
    is_here &= old["tahun"].eq(piece.year)
    if "tahap" in old:
        return is_here & old["tahap"].eq(piece.stage)
    return is_here & (old["bulan"].between(*_span(new)) | old["id_berkas"].isin(_overlapping(old, new, own)))


def _overlapping(old: pd.DataFrame, new: pd.DataFrame, own: pd.DataFrame) -> pd.Index:
    """Files among ``own`` with months from the first to the last month of ``new``."""
    first, last = _span(new)
    spans = old[old["id_berkas"].isin(own["id_berkas"])].groupby(["id_berkas", "tahun"])["bulan"].agg(["min", "max"])
    is_overlapping = spans["min"].le(last) & spans["max"].ge(first)
    return spans.index.get_level_values("id_berkas")[is_overlapping]


def _span(rows: pd.DataFrame) -> tuple[int, int]:
    """First and last month; a file without any month stands for the whole year."""
    return (int(rows["bulan"].min()), int(rows["bulan"].max())) if len(rows) else (1, 12)


def notices(
    layout: str, name: str, gone: pd.DataFrame, new: pd.DataFrame, files: pd.DataFrame, file: str
) -> Iterator[Finding]:
    """Warnings of ``file`` for rows ``gone`` that came in another layout, or whose months it does not have."""
    owned = gone.merge(files[["id_berkas", "nama_berkas", "tata_letak"]], on="id_berkas")
    is_own = owned["tata_letak"].eq(layout)
    if len(other := owned[~is_own]):
        rule = f"{len(other)} baris {name} dari {_names(other)} digantikan, agar tidak terhitung dua kali"
        yield Finding("peringatan", file, "", "", "", "", rule, "impor ulang berkas itu bila isinya yang benar")
    if "bulan" in owned and len(lost := owned[is_own & ~owned["bulan"].between(*_span(new))]):
        months = ", ".join(map(str, sorted(set(lost["bulan"]))))
        rule = f"bulan {months} dari {_names(lost)} tidak ada di berkas ini dan dikeluarkan"
        remedy = "bila bulan itu masih berlaku, impor satu berkas yang memuat semua bulannya"
        yield Finding("peringatan", file, "", "", "", "", rule, remedy)


def _names(rows: pd.DataFrame) -> str:
    return ", ".join(sorted(set(rows["nama_berkas"] + " (" + rows["tata_letak"] + ")")))
