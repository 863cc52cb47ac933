"""Indicators without a percentage, and rows of performance files that were not stored: each with its reason."""

from __future__ import annotations

import pandas as pd

from pkanalysis.intake.findings import from_rows
from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Phrase, Table
from pkanalysis.show.cells import count
from pkanalysis.show.setting import Setting

REASONS = {
    "REALISASI_KOSONG": "Realisasi belum disampaikan OPD",
    "TRIWULAN_TIDAK_LENGKAP": "Triwulan tidak lengkap",
    "TARGET_TIDAK_ADA": "Target belum ada",
    "TARGET_NOL": "Target nol; hanya dapat dinyatakan tercapai atau belum",
    "PREDIKAT": "Target berupa predikat; hanya dapat dinyatakan tercapai atau belum",
    "HURUF_TIDAK_DIKENAL": "Predikatnya tidak dikenal dalam skala mana pun",
    "HURUF_DAN_ANGKA": "Target dan realisasi tidak sejenis (predikat dan angka)",
}
LATER = ("menunggu_rilis", "belum_jadwal")
"""Reasons that only time removes; they are counted, not listed."""
LOST = "tidak disimpan"
"""Words of every finding on something that an import left out."""
LAYOUTS = ("isian", "e81", "iku")
COMPLETE = "Tidak ada indikator lain yang tanpa persentase."
STORED = "Tidak ada."


def listed(setting: Setting, found: pd.DataFrame, names: pd.Series) -> Table:
    """Every indicator without a percentage that does not just wait for its release or its date.

    ``found`` is :func:`pkanalysis.achievement.unscored`; ``names`` the OPD by code.
    """
    is_later = found["alasan"].isin(LATER)
    rows = found[~is_later]
    shown = rows.assign(
        opd=rows["kode_opd"].map(names),
        hal=[REASONS.get(code) or words.stored("status", code) for code in rows["alasan"]],
        putusan=words.reached(rows["tercapai"]),
    )
    values = {"k": count(is_later.sum())} if is_later.any() else {}
    waiting = "{k} indikator lain menunggu rilis atau jadwalnya. " if values else ""
    return Table.from_frame(
        shown.sort_values(["opd", "nama_indikator", "kode_indikator"], kind="stable"),
        [
            Column("opd", "OPD", wide=True),
            Column("nama_indikator", "Indikator", wide=True),
            Column("hal", "Mengapa tidak dihitung", wide=True),
            Column("putusan", "Putusan"),
        ],
        id="tanpa-persen",
        caption=f"Indikator tanpa persentase capaian s.d. {setting.period_short} {setting.year}",
        is_sample=setting.is_sample,
        note=Phrase(waiting + (COMPLETE if shown.empty else ""), values),
        source="lembar 3_TARGET dan 4_REALISASI",
    )


def left_out(setting: Setting, findings: pd.DataFrame, files: pd.DataFrame) -> Table:
    """What the import of performance files did not store: where, why, and the remedy.

    Parameters
    ----------
    findings, files : DataFrame
        Tables ``temuan`` and ``berkas``.
    """
    own = files.loc[files["tata_letak"].isin(LAYOUTS), "id_berkas"]
    is_lost = findings["tingkat"].eq("peringatan") & findings["aturan"].str.contains(LOST, regex=False)
    told = from_rows(findings[is_lost & findings["id_berkas"].isin(own)], files)
    return Table(
        id="tidak-disimpan",
        caption="Baris atau angka kinerja yang tidak disimpan saat impor",
        is_sample=setting.is_sample,
        columns=(
            Column("tempat", "Tempat", wide=True),
            Column("aturan", "Mengapa", wide=True),
            Column("saran", "Saran", wide=True),
        ),
        rows=tuple((item.where, item.rule, item.remedy) for item in told),
        note="" if told else STORED,
        source="pemeriksaan saat impor",
    )
