"""Tables c and d of the LKjIP: against the medium-term target, and against province and nation."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.cells import aim, measured
from pkanalysis.show.setting import Setting
from pkanalysis.show.values import Value

OTHERS = "lembar 4c_PEMBANDING"
NO_OTHERS = "Realisasi terhadap provinsi dan nasional: tidak ada pembanding."


def medium_term(setting: Setting, found: pd.DataFrame, card: pd.DataFrame) -> Table:
    """Table c of the LKjIP: the last year-end value against the target of RPD, Renstra or RPJMD.

    Parameters
    ----------
    found : DataFrame
        :func:`pkanalysis.trend.progress`.
    card : DataFrame
        The indicators shown; one without such a target says so.
    """
    known = {code: [row for _, row in own.iterrows()] for code, own in found.groupby("kode_indikator")}
    return Table(
        id="jangka-menengah",
        caption="Realisasi terhadap target jangka menengah",
        is_sample=setting.is_sample,
        columns=(
            Column("sasaran", "Sasaran Strategis", wide=True),
            Column("nama", "Indikator Kinerja Utama", wide=True),
            Column("satuan", "Satuan"),
            Column("dokumen", "Dokumen"),
            Column("tahun", "Tahun target", "tahun"),
            Column("target", "Target akhir RPD/Renstra/RPJMD", "angka"),
            Column("realisasi", "Realisasi akhir tahun", "angka"),
            Column("kemajuan", "Tingkat Kemajuan (%)", "persen", 1),
        ),
        rows=tuple(
            (row["sasaran"], row["nama_indikator"], row["satuan"], *_ahead(target))
            for _, row in card.iterrows()
            for target in known.get(row["kode_indikator"], [None])
        ),
        note=Phrase(
            "Realisasi akhir tahun {tahun}; – berarti target jangka menengah atau nilainya belum ada.",
            {"tahun": Value(setting.last_full_year, "tahun")},
        ),
        source="lembar 3_TARGET dan 4_REALISASI",
    )


def _ahead(row: pd.Series | None) -> tuple[Any, ...]:
    if row is None:
        return None, None, None, None, None
    return (
        words.stored("dokumen", row["dokumen"]),
        row["tahun_target"],
        aim(row["target"], row["target_atas"], row["target_huruf"]),
        measured(row["realisasi"], row["realisasi_huruf"]),
        row["kemajuan_pct"],
    )


def benchmarks(setting: Setting, card: pd.DataFrame, series: pd.DataFrame, others: pd.DataFrame) -> Table | Note:
    """Table d of the LKjIP: values against those of the province and the nation in the same year; a note without any.

    Parameters
    ----------
    card : DataFrame
        The indicators shown.
    series : DataFrame
        ``kode_indikator``, ``tahun``, ``realisasi`` to the last full year.
    others : DataFrame
        Table ``pembanding``.
    """
    rows = others[others["tahun"].le(setting.last_full_year)].merge(series, on=["kode_indikator", "tahun"])
    rows = rows.merge(card[["kode_indikator", "nama_indikator", "satuan"]], on="kode_indikator")
    rows = rows[rows["tahun"].eq(rows.groupby("kode_indikator")["tahun"].transform("max"))]
    rows = rows.sort_values(["nama_indikator", "kode_indikator", "cakupan"], kind="stable")
    if rows.empty:
        return Note("pembanding", "", setting.is_sample, items=(Phrase(NO_OTHERS),), source=OTHERS)
    return Table(
        id="pembanding",
        caption="Realisasi terhadap provinsi dan nasional",
        is_sample=setting.is_sample,
        columns=(
            Column("nama", "Indikator Kinerja Utama", wide=True),
            Column("satuan", "Satuan"),
            Column("tahun", "Tahun", "tahun"),
            Column("realisasi", "Realisasi", "angka"),
            Column("cakupan", "Pembanding"),
            Column("nilai", "Standar Nasional/Provinsi", "angka"),
            Column("selisih", "Selisih", "angka"),
            Column("keterangan", "Keterangan", wide=True),
        ),
        rows=tuple(_beside(row) for _, row in rows.iterrows()),
        note="Tahun terakhir yang ada pada keduanya.",
        source=OTHERS,
    )


def _beside(row: pd.Series) -> tuple[Any, ...]:
    return (
        row["nama_indikator"],
        row["satuan"],
        row["tahun"],
        measured(row["realisasi"]),
        words.heading(row["cakupan"]),
        measured(row["nilai"]),
        measured(row["realisasi"] - row["nilai"]),
        row["sumber"],
    )
