"""The stages of 2023, 2024 and 2025 (table ``anggaran``), the perubahan of 2025, and the causes that offices wrote.

The perubahan is assumed: no total of that stage is published for any city like this one.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from pkanalysis.sample.catalogue import offices, round_to, split, stream
from pkanalysis.sample.opening import TRAVEL, amounts, structure
from pkanalysis.sample.shift import Stage, ordinary, shifted
from pkanalysis.tables import TABLES, conform

PERUBAHAN = 1_970_180_471_000
REFILLED = {"SETWAN": 0.10, "DISHUB": 0.15, "DISPORA": 0.30, "KEC05": 0.20}
"""Planted: travel of these offices rises again, by this share of what pergeseran left."""
MORE_MEALS = ("SETDA", "BPKAD", "DISDIK", "DINKES", "SATPOLPP", "KEC07")
RECEIVERS = {"DPUPR": 12, "DISDIK": 4, "DINKES": 4, "DPRKP": 3, "RSUDA": 2, "DLH": 1}
"""Who shares what is left of the rise, by weight."""


@cache
def amended() -> pd.DataFrame:
    """Lines with ``sebelum`` (pergeseran), ``ubah`` and ``sebab`` of the perubahan of 2025."""
    earlier = shifted()
    stage = Stage(earlier.assign(sebelum=earlier["sebelum"] + earlier["ubah"], ubah=0, sebab=""))
    lines = stage.lines
    for office, share in REFILLED.items():
        own = lines[(lines["id"] == office) & lines["peran"].isin(TRAVEL)]
        stage.move(pd.Index([own["sebelum"].idxmax()]), round_to([own["sebelum"].sum() * share], 1000), "lainnya")
    raised = (
        (lines["peran"] == "pegawai", 0.012, "gaji"),
        ((lines["peran"] == "makan_minum") & lines["id"].isin(MORE_MEALS), 0.08, "pergeseran_biasa"),
        ((lines["peran"] == "publikasi") & (lines["id"] == "DISKOMINFO"), 0.20, "mendesak"),
    )
    for is_raised, share, cause in raised:
        stage.move(lines.index[is_raised], round_to(lines.loc[is_raised, "sebelum"] * share, 1000), cause)
    draw = stream("perubahan biasa")
    for office in offices().index:
        ordinary(stage, office, draw)
    for office in offices().index[stream("dihapus").permutation(42)[:8]]:  # eight small lines vanish
        free = stage.movable(office, at_least=1)
        smallest = pd.Index([free["sebelum"].idxmin()])
        stage.move(smallest, -free.loc[smallest, "sebelum"], "pergeseran_biasa")
    draw, rest = stream("prioritas"), PERUBAHAN - int((lines["sebelum"] + lines["ubah"]).sum())
    for office, rupiah in zip(RECEIVERS, split(rest, list(RECEIVERS.values()), 500), strict=True):
        fresh = lines.query("id == @office and sejak == 'perubahan'").index
        known = stage.movable(office).query("kode_sumber_dana == '1.1.01' and peran == 'modal'")
        stage.give(fresh, known.index, int(rupiah), draw)
    return lines


EARLIER = {
    (2023, "murni"): 1_744_500_000_000,
    (2023, "perubahan"): 1_862_700_000_000,
    (2024, "murni"): 1_802_300_000_000,
    (2024, "perubahan"): 1_928_400_000_000,
}
"""Totals of the earlier stages, in rupiah; assumed, in the range of what cities like this one publish."""


STAGES = (*EARLIER, (2025, "murni"), (2025, "pergeseran"), (2025, "perubahan"))
"""(year, stage) of every stage, in order."""


@cache
def stages() -> pd.DataFrame:
    """Rupiah per line of :func:`structure` (rows) and (year, stage) (columns, in order)."""
    earlier, later = shifted(), amended()
    draw, base = stream("riwayat"), amounts()
    columns: dict[tuple[int, str], pd.Series] = {}
    for (year, stage), total in EARLIER.items():  # the lines of 2025 murni, changed a little
        if stage == "murni":
            weights = base * draw.lognormal(0, 0.10, len(base)) * (draw.random(len(base)) > 0.02)
        else:
            weights = weights * np.where(draw.random(len(base)) < 0.35, draw.lognormal(0.02, 0.08, len(base)), 1)
        columns[year, stage] = pd.Series(split(total, weights), index=base.index)
    frame = pd.DataFrame(columns)
    frame[2025, "murni"] = earlier["sebelum"]
    frame[2025, "pergeseran"] = earlier["sebelum"] + earlier["ubah"]
    frame[2025, "perubahan"] = later["sebelum"] + later["ubah"]
    return frame


def table() -> pd.DataFrame:
    """Table ``anggaran``; a line without budget at a stage is absent, as in SIPD.

    Examples
    --------
    >>> table().query("tahun == 2025").groupby("tahap")["pagu_rp"].sum().to_dict()  # doctest: +NORMALIZE_WHITESPACE
    {'murni': 1930724471000, 'pergeseran': 1926724471000, 'perubahan': 1970180471000}
    """
    columns = [name for name in TABLES["anggaran"].names if name in structure()]
    parts = [
        structure()[columns].assign(tahun=year, tahap=stage, pagu_rp=stages()[year, stage]).query("pagu_rp > 0")
        for year, stage in STAGES
    ]
    return conform("anggaran", pd.concat(parts, ignore_index=True))


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


def causes() -> pd.DataFrame:
    """One row per sub kegiatan and rekening that changed, for both pairs of stages of 2025.

    Changes are summed over sub units and funds, which the form does not ask for.
    """
    pairs = (("murni", "pergeseran", shifted()), ("pergeseran", "perubahan", amended()))
    lines = pd.concat(rows.assign(tahap_sebelum=before, tahap_sesudah=after) for before, after, rows in pairs)
    lines = lines.assign(sesudah=lines["sebelum"] + lines["ubah"])
    keys = ["kode_opd", "kode_sub_kegiatan", "kode_rekening", "tahap_sebelum", "tahap_sesudah"]
    frame = lines.groupby(keys, sort=False, as_index=False).agg(
        id=("id", "first"), peran=("peran", "first"), pagu_sebelum_rp=("sebelum", "sum"),
        pagu_sesudah_rp=("sesudah", "sum"), sebab=("sebab", "max"),
    )  # fmt: skip
    frame = frame[frame["pagu_sebelum_rp"] != frame["pagu_sesudah_rp"]]

    chance = stream("sebab kosong").random(len(frame)) < SILENT_SHARE
    refilled = frame["id"].isin(list(REFILLED)) & frame["peran"].isin(TRAVEL) & (frame["tahap_sesudah"] == "perubahan")
    booked = frame["sebab"].eq("inpres_1_2025") & frame["peran"].eq("modal")
    reaching = ["prioritas_kepala_daerah", "tkd"]
    protected = frame["sebab"].isin(reaching) | booked
    cause = frame["sebab"].mask(frame["id"].isin(SILENT) | refilled | (chance & ~protected))
    reaches = cause.isin(reaching).astype("boolean").mask(cause.isna())
    frame = frame.assign(sebab=cause, penjelasan=cause.map(EXPLANATIONS), memengaruhi_target=reaches, tahun=2025)
    return conform("perubahan_anggaran", frame.drop(columns=["id", "peran"]))
