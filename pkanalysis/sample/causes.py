"""Table ``perubahan_anggaran``: what the offices wrote as the cause of each change of 2025."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pkanalysis.sample.amendment import REFILLED, amended
from pkanalysis.sample.draw import stream
from pkanalysis.sample.lines import TRAVEL
from pkanalysis.sample.shift import shifted
from pkanalysis.tables import conform

SILENT = ("KEC10", "PARBUD")
"""Planted: offices that left the cause of every change empty."""
SILENT_SHARE = 0.06
"""Planted: share of the other changes whose cause is empty."""

EXPLANATIONS = {
    "inpres_1_2025": "Penyesuaian belanja menindaklanjuti Inpres 1/2025 (contoh)",
    "tkd": "Penyesuaian DAU yang ditentukan penggunaannya (contoh)",
    "pergeseran_biasa": "Pergeseran antarrekening sesuai kebutuhan (contoh)",
    "koreksi": "Koreksi salah rekening (contoh)",
    "mendesak": "Kebutuhan mendesak (contoh)",
    "prioritas_kepala_daerah": "Prioritas kepala daerah (contoh)",
    "gaji": "Penyesuaian gaji dan tunjangan (contoh)",
    "lainnya": "Lainnya (contoh)",
}
KEYS = ["kode_opd", "kode_sub_kegiatan", "kode_rekening"]


def table() -> pd.DataFrame:
    """One row per sub kegiatan and rekening that changed, for both pairs of stages of 2025."""
    pairs = (("murni", "pergeseran", shifted()), ("pergeseran", "perubahan", amended()))
    parts = [_summed(lines).assign(tahap_sebelum=before, tahap_sesudah=after) for before, after, lines in pairs]
    frame = pd.concat(parts, ignore_index=True)
    frame["sebab"] = frame["sebab"].mask(_silent(frame))
    frame["penjelasan"] = frame["sebab"].map(EXPLANATIONS)
    reaches = frame["sebab"].isin(["prioritas_kepala_daerah", "tkd"]).astype("boolean")
    frame["memengaruhi_target"] = reaches.mask(frame["sebab"].isna())
    return conform("perubahan_anggaran", frame.drop(columns=["id", "peran"]).assign(tahun=2025))


def _summed(lines: pd.DataFrame) -> pd.DataFrame:
    """Changes summed over sub units and funds, which the form does not ask for."""
    summed = lines.assign(sesudah=lines["sebelum"] + lines["ubah"]).groupby(KEYS, sort=False, as_index=False).agg(
        id=("id", "first"), peran=("peran", "first"), pagu_sebelum_rp=("sebelum", "sum"),
        pagu_sesudah_rp=("sesudah", "sum"), sebab=("sebab", "max"),
    )  # fmt: skip
    return summed[summed["pagu_sebelum_rp"] != summed["pagu_sesudah_rp"]]


def _silent(frame: pd.DataFrame) -> np.ndarray:
    chance = stream("sebab kosong").random(len(frame)) < SILENT_SHARE
    refilled = frame["id"].isin(list(REFILLED)) & frame["peran"].isin(TRAVEL) & (frame["tahap_sesudah"] == "perubahan")
    booked = frame["sebab"].eq("inpres_1_2025") & frame["peran"].eq("modal")
    protected = frame["sebab"].isin(["prioritas_kepala_daerah", "tkd"]) | booked
    silent: np.ndarray = (frame["id"].isin(SILENT) | refilled | (chance & ~protected)).to_numpy()
    return silent
