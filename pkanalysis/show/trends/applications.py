"""Achievement as e-SAKIP applications compute it, to reconcile their printouts with this page (annex)."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.achievement.app_versions import VERSIONS
from pkanalysis.show.blocks import Column, Phrase, Table
from pkanalysis.show.cells import count, measured
from pkanalysis.show.setting import Setting

LABELS = {
    "baku": "Deviasi: R/T, (2T − R)/T",
    "rasio": "Rasio: R/T, T/R",
    "selisih_per_target": "Selisih: R/T, (T − R)/T",
    "dibatasi_100": "Dibatasi 0–100",
}


def applications(setting: Setting, found: pd.DataFrame, names: pd.Series) -> Table:
    """Indicators whose achievement depends on the application's formula; the others give the same everywhere.

    Parameters
    ----------
    found : DataFrame
        :func:`pkanalysis.achievement.by_formula`.
    names : Series
        Names of the OPD by code.
    """
    shown = found[found["is_beda"]].assign(opd=found["kode_opd"].map(names))
    for name in ("target", "realisasi"):
        shown[name] = pd.Series([measured(value) for value in shown[name]], index=shown.index, dtype=object)
    values = {"n": count((~found["is_beda"]).sum())}
    return Table.from_frame(
        shown.sort_values(["opd", "nama_indikator", "kode_indikator"], kind="stable"),
        [
            Column("opd", "OPD", wide=True),
            Column("nama_indikator", "Indikator", wide=True),
            Column("target", "Target (T)", "angka"),
            Column("realisasi", "Realisasi (R)", "angka"),
            *(Column(name, LABELS[name], "persen", 1) for name in VERSIONS),
        ],
        id="versi-aplikasi",
        caption="Capaian menurut rumus aplikasi e-SAKIP, untuk rekonsiliasi",
        is_sample=setting.is_sample,
        note=Phrase(
            "Terhadap PK yang berlaku. Rumus kedua dalam tiap kolom untuk makin rendah makin baik. {n} indikator lain "
            "memberi angka yang sama dengan keempat rumus.",
            values,
        ),
        source="lembar 3_TARGET dan 4_REALISASI",
    )
