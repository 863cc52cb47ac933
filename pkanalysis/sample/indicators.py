"""Table ``indikator``: who measures what, and where a series begins, stops or is redefined."""

from __future__ import annotations

from functools import cache

import pandas as pd

from pkanalysis.sample.catalogue import read
from pkanalysis.sample.draw import stream
from pkanalysis.sample.organisation import offices
from pkanalysis.tables import TABLES, conform

WAITING = "BKBP"
"""Planted: every indicator of this office waits for its release at TW3."""
STOPPED_CITY = "KOTA-10"
"""Planted: one of ten city indicators is not assessed after 2024, so 2025 has nine."""
NEW_CITY = ("KOTA-05", "KOTA-09")
PLANTED_FULL = (
    "BAPPEDA-mutu", "DINKES-tepat", "DINKES-cakupan", "DISDIK-tepat", "DKPS-tepat", "DLH-kejadian", "DPMPTSP-tepat",
    "DTKK-cakupan", "INSPEKTORAT-temuan", "KEC02-ikm", "KEC11-surat", "RSUDA-tunggu", "SETWAN-mutu", "DISPORA-cakupan",
    "KEC06-surat", "DPP-kejadian", "KEC05-usulan", "DPKP-persediaan", "RSUDB-insiden",
)  # fmt: skip
"""Indicators on which something else is planted: they exist, and run from 2019 without a break."""
FULL, NEW, STOPPED, REDEFINED = "utuh", "baru", "berhenti", "definisi_berubah"


def _groups() -> dict[str, list[str]]:
    """Offices per value of column ``untuk`` of ``indikator.csv``."""
    kind = offices()["jenis"]
    some = {name: list(kind.index[kind == name.lower()]) for name in ("DINAS", "BADAN", "KECAMATAN", "RSUD")}
    staff = [office for office in ("SETDA", "SETWAN", "INSPEKTORAT", *some["BADAN"]) if office != WAITING]
    served = [*some["DINAS"], "SATPOLPP", *some["KECAMATAN"], *some["RSUD"]]
    return some | {
        "SEMUA": list(kind.index), "BADAN": staff, "LAYANAN": served, "DINAS": [*some["DINAS"], "SATPOLPP"],
        "PENUNJANG": [*staff, "DISKOMINFO", "DPMPTSP"], "RENTANG": ["DPP", "DPKP", "BPBD", "RSUDA", "RSUDB", "DINSOS"],
        "BKBP": [WAITING], "KOTA": ["BAPPEDA"],
    }  # fmt: skip


def _fate(code: str) -> str:
    """What RPJMD 2018-2023 -> RPD 2024-2026 did to the series."""
    if code.startswith("KOTA") or code in PLANTED_FULL or code.endswith("-sakip"):
        return NEW if code in NEW_CITY else FULL
    return str(stream(f"nasib {code}").choice([FULL, NEW, STOPPED, REDEFINED], p=[0.66, 0.24, 0.04, 0.06]))


@cache
def catalogue() -> pd.DataFrame:
    """One row per indicator with its generator's parameters, indexed by ``kode``.

    ``kode`` is ``<id>-<kunci>``; a redefined indicator has a second row ``<kode>-2024`` from 2024.
    """
    groups = _groups()
    frame = read("indikator").assign(id=read("indikator")["untuk"].map(groups)).explode("id", ignore_index=True)
    owner = frame["id"].where(frame["untuk"] != "KOTA", "KOTA")
    frame = frame.assign(kode=owner + "-" + frame["kunci"])
    frame = frame[_kept(frame)]
    frame["nasib"] = [_fate(code) for code in frame["kode"]]
    successor = frame[frame["nasib"] == REDEFINED].assign(nasib=NEW, diganti=True)
    successor["kode"] += "-2024"
    everything = pd.concat([frame.assign(diganti=False), successor]).set_index("kode")
    numbers = ["dasar", "langkah", "goyang", "pandemi", "batas_bawah", "batas_atas"]
    everything[numbers] = everything[numbers].apply(pd.to_numeric)
    return everything.astype({"desimal": "int64"})


def _kept(frame: pd.DataFrame) -> pd.Series:
    """Four to six indicators per office: not every office uses all that would suit it."""
    always = frame["kode"].str.contains("KOTA-|-sakip", regex=True) | frame["kode"].isin(PLANTED_FULL)
    chance = pd.Series([stream(f"pakai {code}").random() for code in frame["kode"]], index=frame.index)
    owner = frame["kode"].str.partition("-")[0]
    wanted = owner.map({office: stream(f"jumlah {office}").integers(4, 7) for office in offices().index}).fillna(99)
    place = chance.mask(always, -1).to_frame("urutan").groupby(owner.to_numpy())["urutan"].rank(method="first")
    return place <= wanted


def spans() -> pd.DataFrame:
    """First and last year of each indicator: ``berlaku_dari``, ``berlaku_sampai`` (empty = still valid)."""
    fate = catalogue()["nasib"]
    first = fate.map({FULL: 2019, NEW: 2024, STOPPED: 2019, REDEFINED: 2019}).astype("Int64")
    last = fate.map({STOPPED: 2023, REDEFINED: 2023}).astype("Int64")
    last[STOPPED_CITY] = 2024
    return pd.DataFrame({"berlaku_dari": first, "berlaku_sampai": last})


def table() -> pd.DataFrame:
    """Table ``indikator``.

    Examples
    --------
    >>> city = table().query("tingkat == 'iku_kota'")
    >>> len(city), int(city["berlaku_sampai"].isna().sum())
    (10, 9)
    """
    frame = catalogue().join(spans()).rename_axis("kode_indikator").reset_index()
    frame["kode_opd"] = frame["id"].map(offices()["kode_opd"])
    frame["sasaran"] = "Sasaran contoh: " + frame["nama_indikator"].str.replace(" (contoh)", "", regex=False)
    frame["definisi"] = "Definisi contoh" + frame["diganti"].map({True: ", rumus baru sejak 2024", False: ""})
    frame["rumus"], frame["sumber"] = "deviasi", "Laporan OPD (contoh)"
    frame["bulan_rilis"] = pd.to_numeric(frame["bulan_rilis"]).astype("Int64")
    own = [name for name in TABLES["indikator"].names if name in frame and name != "batas_atas"]
    return conform("indikator", frame[own])
