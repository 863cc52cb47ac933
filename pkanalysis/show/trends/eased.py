"""Targets that were made easier after the cut, and the reason that was given."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from pkanalysis.analysis.achievement.agreements import NO_REASON
from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Phrase, Table
from pkanalysis.show.cells import day, measured
from pkanalysis.show.setting import Setting


def eased(setting: Setting, found: pd.DataFrame, card: pd.DataFrame, names: pd.Series, since: dt.date | None) -> Table:
    """Targets of the year made easier by a PK Perubahan signed since the cut, with the reason or that there is none.

    Parameters
    ----------
    found : DataFrame
        :func:`pkanalysis.analysis.achievement.agreements.eased_targets` of the whole year.
    card : DataFrame
        Scorecard to date, for the achievement against both targets.
    since : date, optional
        Day of the cut.
    """
    reasons = [
        words.NOT_FILLED if reason == NO_REASON else words.stored("alasan", reason)
        for reason in found["alasan_perubahan"]
    ]
    achieved = card.set_index("kode_indikator")[["capaian_murni", "capaian_perubahan"]]
    shown = (
        found.drop(columns=achieved.columns)
        .join(achieved, "kode_indikator")
        .assign(
            opd=found["kode_opd"].map(names),
            dokumen=[words.agreement("pk_perubahan", number) for number in found["ke"]],
            alasan=pd.Series(reasons, found.index, dtype=object),
            murni=pd.Series([measured(raw) for raw in found["target_murni"]], found.index, dtype=object),
            perubahan=pd.Series([measured(raw) for raw in found["target_perubahan"]], found.index, dtype=object),
        )
    )
    columns = [
        Column("opd", "OPD", wide=True),
        Column("nama_indikator", "Indikator", wide=True),
        Column("murni", "Target setahun PK murni", "angka"),
        Column("perubahan", "Target setahun PK Perubahan", "angka"),
        Column("capaian_murni", "Capaian s.d. kini thd PK murni", "persen", 1),
        Column("capaian_perubahan", "Capaian s.d. kini thd PK Perubahan", "persen", 1),
        Column("dokumen", "Dokumen"),
        Column("tanggal_ttd", "Ditandatangani", "tanggal"),
        Column("alasan", "Alasan menurut OPD", wide=True),
    ]
    said = Phrase("PK Perubahan yang ditandatangani sejak {d}, saat pagu pertama kali berubah.", {"d": day(since)})
    return Table.from_frame(
        shown,
        columns,
        id="target-dilonggarkan",
        caption="Target yang dibuat lebih mudah sesudah pengurangan anggaran",
        is_sample=setting.is_sample,
        note=said
        if since
        else "Tanggal pengurangan anggaran tidak diketahui; semua PK Perubahan tahun ini disertakan.",
        source="lembar 3_TARGET dan 5_PERJANJIAN",
    )
