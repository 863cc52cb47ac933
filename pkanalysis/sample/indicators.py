"""The indicators (table ``indikator``), where a series begins, stops or is redefined, and its years 2019-2025."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from pkanalysis.sample.catalogue import Floats, offices, read, stream
from pkanalysis.tables import TABLES, conform
from pkanalysis.vocabulary import POLARITIES

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


@cache
def catalogue() -> pd.DataFrame:
    """One row per indicator with its generator's parameters, indexed by ``kode``.

    ``kode`` is ``<id>-<kunci>``; a redefined indicator has a second row ``<kode>-2024`` from 2024.
    """
    groups = _groups()
    frame = read("indikator").assign(id=read("indikator")["untuk"].map(groups)).explode("id", ignore_index=True)
    owner = frame["id"].where(frame["untuk"] != "KOTA", "KOTA")
    frame = frame.assign(kode=owner + "-" + frame["kunci"])
    # four to six indicators per office: not every office uses all that would suit it
    always = frame["kode"].str.contains("KOTA-|-sakip", regex=True) | frame["kode"].isin(PLANTED_FULL)
    chance = pd.Series([stream(f"pakai {code}").random() for code in frame["kode"]], index=frame.index)
    owner = frame["kode"].str.partition("-")[0]
    wanted = owner.map({office: stream(f"jumlah {office}").integers(4, 7) for office in offices().index}).fillna(99)
    place = chance.mask(always, -1).to_frame("urutan").groupby(owner.to_numpy())["urutan"].rank(method="first")
    frame = frame[place <= wanted]
    fates = []  # what RPJMD 2018-2023 -> RPD 2024-2026 did to each series
    for code in frame["kode"]:
        if code.startswith("KOTA") or code in PLANTED_FULL or code.endswith("-sakip"):
            fates.append(NEW if code in NEW_CITY else FULL)
        else:
            draw = stream(f"nasib {code}")
            fates.append(str(draw.choice([FULL, NEW, STOPPED, REDEFINED], p=[0.66, 0.24, 0.04, 0.06])))
    frame["nasib"] = fates
    successor = frame[frame["nasib"] == REDEFINED].assign(nasib=NEW, diganti=True)
    successor["kode"] += "-2024"
    everything = pd.concat([frame.assign(diganti=False), successor]).set_index("kode")
    numbers = ["dasar", "langkah", "goyang", "pandemi", "batas_bawah", "batas_atas"]
    everything[numbers] = everything[numbers].apply(pd.to_numeric)
    return everything.astype({"desimal": "int64"})


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


@dataclass(frozen=True)
class Measure:
    """An indicator: who holds it, how it is measured, and what its values look like.

    ``dasar`` is its level in 2019, ``langkah`` its change per year, ``goyang`` the standard
    deviation of its noise and ``pandemi`` the dip of 2020, all in its own unit; ``desimal`` the
    decimals shown; ``first`` and ``last`` the years between which it is valid.
    """

    kode: str
    id: str
    kode_opd: str
    kunci: str
    tingkat: str
    satuan: str
    polaritas: str
    agregasi: str
    jadwal_ukur: str
    bulan_rilis: int
    dasar: float
    langkah: float
    goyang: float
    pandemi: float
    desimal: int
    batas_bawah: float
    first: int
    last: int

    @property
    def better(self) -> int:
        """1 if higher is better, -1 if lower is."""
        return POLARITIES[self.polaritas].sign or 1

    @property
    def is_range(self) -> bool:
        """Whether its target has two sides."""
        return not POLARITIES[self.polaritas].sign

    @property
    def is_plain(self) -> bool:
        """Whether its values are numbers with one target, neither predicates nor ranges."""
        return not self.is_range and self.satuan != "predikat"

    @property
    def is_percentage_like(self) -> bool:
        """Whether 100 is the most that it can reach."""
        return self.satuan in ("persen", "indeks", "nilai") and self.dasar > 20


@cache
def measures() -> dict[str, Measure]:
    """Every indicator by ``kode``.

    Examples
    --------
    >>> measures()["KOTA-10"].last
    2024
    """
    frame, span = catalogue().copy(), spans()
    frame["kode_opd"] = frame["id"].map(offices()["kode_opd"])
    frame["first"], frame["last"] = span["berlaku_dari"].astype(int), span["berlaku_sampai"].fillna(2025).astype(int)
    frame["bulan_rilis"] = frame["bulan_rilis"].replace("", "0").astype(int)
    names = [name for name in Measure.__dataclass_fields__ if name != "kode"]
    return {str(row[0]): Measure(*row) for row in frame[names].itertuples()}


YEARS = range(2019, 2026)

STRICT = (
    "DINKES-tepat", "DISDIK-tepat", "DKPS-tepat", "DPMPTSP-tepat", "INSPEKTORAT-temuan", "KEC02-ikm",
    "BAPPEDA-mutu", "DLH-kejadian", "RSUDA-tunggu", "KEC06-surat",
)  # fmt: skip
"""Planted: these get better every single year, 2019-2025."""
WORSENING = ("DISPORA-cakupan", "KEC05-usulan", "DPP-kejadian")
"""Planted: these get worse every single year, 2019-2025."""
EQUAL = ("DTKK-cakupan", "KEC11-surat")
"""Planted (warning): realisasi is exactly the target, in every year and every quarter."""
PLANTED = (*STRICT, *WORSENING, *EQUAL)
EASY_TARGETS = 12
"""Planted: this many 2025 PK targets are easier than what 2024 already reached."""
AMBITION = ((0.70, 0.0, 0.0), (0.17, 0.12, 0.22), (0.08, 0.26, 0.32), (0.05, 0.40, 0.60))
"""Planted: share of the indicators, and how far beyond last year's result their targets lie, least and most."""


@dataclass(frozen=True)
class Path:
    """Annual values of one indicator by year: ``actual`` and ``target`` (lower bound for rentang)."""

    actual: pd.Series
    target: pd.Series


@cache
def paths() -> dict[str, Path]:
    """Path of every indicator, by ``kode``; years outside its span are left out."""
    easy, made = easy_targets(), {}
    for code, measure in measures().items():
        actual = pd.Series(_actual(measure), index=YEARS)
        target = _target(measure, actual, code in easy)
        actual = target.copy() if code in EQUAL else actual
        made[code] = Path(actual.loc[measure.first : measure.last], target.loc[measure.first : measure.last])
    return made


def easy_targets() -> set[str]:
    """Indicators whose 2025 target is planted as easier than the result of 2024."""
    free = [
        code
        for code, measure in measures().items()
        if measure.is_plain and measure.first < 2024 and measure.last == 2025 and code not in PLANTED
    ]
    return set(stream("target mudah").permutation(free)[:EASY_TARGETS].tolist())


def decimals(measure: Measure) -> int:
    """Decimals of its results; two where every year must differ."""
    return 2 if measure.kode in (*STRICT, *WORSENING) else measure.desimal


def _actual(measure: Measure) -> Floats:
    """A line and noise around it; offices differ in level, and only planted ones move year after year."""
    draw, is_planted = stream(f"jalur {measure.kode}"), measure.kode in (*STRICT, *WORSENING)
    spread = 0.5 if measure.satuan == "orang" else 0.06
    start = measure.dasar * draw.uniform(1 - spread, 1 + spread)
    heading = 1 if measure.kode in STRICT else -1 if measure.kode in WORSENING else 0
    pace = measure.langkah * draw.uniform(0.3, 1.3) * heading
    line = np.array([start + pace * time for time in range(len(YEARS))])
    noise: Floats = stream(f"goyang {measure.kode}").normal(0, measure.goyang, len(line))
    if is_planted:
        noise = float(np.diff(line).mean()) * np.clip(noise / measure.goyang / 8, -0.3, 0.3)
    else:
        noise[1:3] += measure.pandemi * np.array([1.0, 0.6])
    rounded: Floats = np.round(_limited(line + noise, measure), decimals(measure))
    return rounded


def _limited(values: Floats, measure: Measure) -> Floats:
    """Keep what counts up to 100 below it, and nothing but the two macro rates near or below zero."""
    top = 99.5 if measure.is_percentage_like else np.inf
    floor = -np.inf if measure.kode in ("KOTA-04", "KOTA-08") else measure.dasar / 10
    return np.clip(values, floor, top)


def _target(measure: Measure, actual: pd.Series, is_easy: bool) -> pd.Series:
    """Target of each year: a step, or a stretch, better than last year's result; the lower bound of a range.

    Most targets are near, some are far beyond reach.
    """
    if measure.is_range:
        return pd.Series(measure.batas_bawah, index=YEARS)
    pace = measure.better * abs(measure.langkah)
    most = 1.5 if measure.kode in PLANTED else 0.4
    steps = pace * stream(f"target {measure.kode}").uniform(0.05, most, len(YEARS))
    before = actual.shift(1).fillna(actual.iloc[0] - steps[0])
    draw = stream(f"ambisi {measure.kode}")
    shares, least, beyond = zip(*AMBITION, strict=True)
    kind = draw.choice(len(AMBITION), p=shares)
    share = 0.0 if is_easy or measure.kode in PLANTED else draw.uniform(least[kind], beyond[kind])
    values = before * float(1 / (1 - share) if measure.better > 0 else 1 / (1 + share)) + steps
    if is_easy:
        values = values.where(values.index != 2025, actual.shift(1) - pace)
    return pd.Series(np.round(_limited(values.to_numpy(), measure), measure.desimal), index=YEARS)
