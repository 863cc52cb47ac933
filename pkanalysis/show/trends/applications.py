"""Achievement as e-SAKIP applications compute it, to reconcile their printouts with this page (annex)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pkanalysis.analysis.achievement.formulas import VERSIONS
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
        :func:`pkanalysis.achievement.reconciled`; what the documents print is shown where there is any.
    names : Series
        Names of the OPD by code.
    """
    is_printed = found["tercetak"].notna()
    fits = [_fits(*row) for row in found[["tercetak", "cocok"]].itertuples(index=False)]
    shown = found.assign(opd=found["kode_opd"].map(names), cocok=fits)[found["is_beda"] | is_printed]
    for name in ("target", "realisasi"):
        shown[name] = pd.Series([measured(value) for value in shown[name]], index=shown.index, dtype=object)
    values = {"n": count((~found["is_beda"] & ~is_printed).sum())}
    printed = [Column("tercetak", "Tercetak di dokumen", "persen", 1), Column("cocok", "Rumus yang cocok")]
    return Table.from_frame(
        shown.sort_values(["opd", "nama_indikator", "kode_indikator"], kind="stable"),
        [
            Column("opd", "OPD", wide=True),
            Column("nama_indikator", "Indikator", wide=True),
            Column("target", "Target (T)", "angka"),
            Column("realisasi", "Realisasi (R)", "angka"),
            *(Column(name, LABELS[name], "persen", 1) for name in VERSIONS),
            *(printed if is_printed.any() else []),
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


def _fits(printed: float, formulas: str) -> str:
    """Short names of the formulas that give the printed figure."""
    if np.isnan(printed):
        return "–"
    said = [LABELS[name].split(":")[0] for name in formulas.split(", ") if name]
    return ", ".join(said) or "tidak ada"
