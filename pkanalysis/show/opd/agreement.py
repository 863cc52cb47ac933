"""The agreements (PK) and the targets before and after the revision."""

from __future__ import annotations

import pandas as pd

from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Table
from pkanalysis.show.cells import target_of
from pkanalysis.show.setting import Setting


def agreements(setting: Setting, signed: pd.DataFrame) -> Table:
    """List the agreements signed by the end of the period: document, number, date, ceiling, reason."""
    is_signed = ~signed["tanggal_ttd"].gt(pd.Timestamp(setting.end))
    own = signed[signed["tahun"].eq(setting.year) & is_signed].sort_values(["dokumen", "ke"])
    rows = tuple(
        (
            words.agreement(row["dokumen"], row["ke"]),
            row["nomor"],
            row["tanggal_ttd"],
            words.stored("tahap", row["tahap_pagu_dasar"]),
            words.stored("alasan", row["alasan"], words.NOT_FILLED if row["ke"] else "–"),
        )
        for _, row in own.iterrows()
    )
    columns = (
        Column("dokumen", "Dokumen"),
        Column("nomor", "Nomor", wide=True),
        Column("tanggal", "Tanggal", "tanggal"),
        Column("pagu", "Pagu dasar"),
        Column("alasan", "Alasan perubahan", wide=True),
    )
    return Table(
        id="perjanjian",
        caption=f"Perjanjian Kinerja tahun {setting.year}",
        is_sample=setting.is_sample,
        columns=columns,
        rows=rows,
        note="" if rows else "Belum ada Perjanjian Kinerja yang diterima.",
        source="lembar 5_PERJANJIAN",
    )


def targets(setting: Setting, card: pd.DataFrame, year_card: pd.DataFrame) -> Table:
    """Targets of the year, PK murni beside PK Perubahan, the one to date, and the reason of a change.

    Parameters
    ----------
    card, year_card : DataFrame
        Scorecard to date, and that of the whole year.
    """
    year = year_card.set_index("kode_indikator").reindex(card["kode_indikator"])
    rows = tuple(
        (
            row["sasaran"],
            row["nama_indikator"],
            row["satuan"],
            words.stored("polaritas", row["polaritas"]),
            target_of(annual, "murni"),
            target_of(annual, "perubahan"),
            target_of(row),
            words.stored("alasan", annual["alasan_perubahan"], words.NOT_FILLED if _is_changed(annual) else "–"),
        )
        for (_, row), (_, annual) in zip(card.iterrows(), year.iterrows(), strict=True)
    )
    columns = (
        Column("sasaran", "Sasaran", wide=True),
        Column("nama", "Indikator", wide=True),
        Column("satuan", "Satuan"),
        Column("arah", "Arah"),
        Column("murni", "Target PK murni", "angka"),
        Column("perubahan", "Target PK Perubahan", "angka"),
        Column("tw", f"Target s.d. {setting.period_short}", "angka"),
        Column("alasan", "Alasan perubahan", wide=True),
    )
    return Table(
        id="target",
        caption="Target PK murni dan PK Perubahan",
        is_sample=setting.is_sample,
        columns=columns,
        rows=rows,
        note="Target s.d. triwulan bersifat kumulatif menurut PK yang berlaku; tanda – berarti tidak ditetapkan.",
        source="lembar 3_TARGET",
    )


def _is_changed(row: pd.Series) -> bool:
    return row["perubahan_target"] in ("dilonggarkan", "diperketat", "diubah")
