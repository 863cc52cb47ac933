"""The indicators (table ``indikator``), where a series begins, stops or is redefined, and its years 2019-2025."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from pkanalysis.sample.catalogue import offices, read, stream
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


@cache
def catalogue() -> pd.DataFrame:
    """One row per indicator with its generator's parameters, indexed by ``kode``.

    ``kode`` is ``<id>-<kunci>``; a redefined indicator has a second row ``<kode>-2024`` from 2024.
    """
    kind = offices()["jenis"]
    dinas, badan, kecamatan, rsud = (list(kind.index[kind == name]) for name in ("dinas", "badan", "kecamatan", "rsud"))
    staff = [office for office in ("SETDA", "SETWAN", "INSPEKTORAT", *badan) if office != WAITING]
    groups = {  # offices per value of column "untuk"
        "SEMUA": list(kind.index), "BADAN": staff, "DINAS": [*dinas, "SATPOLPP"], "KECAMATAN": kecamatan, "RSUD": rsud,
        "LAYANAN": [*dinas, "SATPOLPP", *kecamatan, *rsud], "PENUNJANG": [*staff, "DISKOMINFO", "DPMPTSP"],
        "RENTANG": ["DPP", "DPKP", "BPBD", "RSUDA", "RSUDB", "DINSOS"], "BKBP": [WAITING], "KOTA": ["BAPPEDA"],
    }  # fmt: skip
    frame = read("indikator").assign(id=lambda rows: rows["untuk"].map(groups)).explode("id", ignore_index=True)
    owner = frame["id"].where(frame["untuk"] != "KOTA", "KOTA")
    frame = frame.assign(kode=owner + "-" + frame["kunci"])

    always = frame["kode"].str.contains("KOTA-|-sakip", regex=True) | frame["kode"].isin(PLANTED_FULL)
    fates = {  # what RPJMD 2018-2023 -> RPD 2024-2026 did to each series
        code: str(stream(f"nasib {code}").choice([FULL, NEW, STOPPED, REDEFINED], p=[0.66, 0.24, 0.04, 0.06]))
        for code in frame.loc[~always, "kode"]
    }
    frame["nasib"] = frame["kode"].map(fates | dict.fromkeys(NEW_CITY, NEW)).fillna(FULL)

    # four to six indicators per office: not every office uses all that would suit it
    chance = pd.Series([stream(f"pakai {code}").random() for code in frame["kode"]], index=frame.index)
    wanted = owner.map({office: stream(f"jumlah {office}").integers(4, 7) for office in kind.index}).fillna(99)
    frame = frame[chance.mask(always, -1).groupby(owner).rank(method="first") <= wanted]
    successor = frame[frame["nasib"] == REDEFINED].assign(nasib=NEW, diganti=True)
    successor["kode"] += "-2024"
    frame = pd.concat([frame.assign(diganti=False), successor]).set_index("kode")
    frame["berlaku_dari"] = frame["nasib"].eq(NEW).map({True: 2024, False: 2019}).astype("Int64")
    frame["berlaku_sampai"] = frame["nasib"].map({STOPPED: 2023, REDEFINED: 2023}).astype("Int64")
    frame.loc[STOPPED_CITY, "berlaku_sampai"] = 2024
    numbers = ["dasar", "langkah", "goyang", "pandemi", "batas_bawah", "batas_atas"]
    return frame.assign(**frame[numbers].apply(pd.to_numeric)).astype({"desimal": "int64"})


def table() -> pd.DataFrame:
    """Table ``indikator``.

    Examples
    --------
    >>> city = table().query("tingkat == 'iku_kota'")
    >>> len(city), int(city["berlaku_sampai"].isna().sum())
    (10, 9)
    """
    frame = catalogue().rename_axis("kode_indikator").reset_index()
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
    decimals of its targets and ``decimals`` those of its results, two where every year must differ;
    ``first`` and ``last`` the years between which it is valid; ``sign`` 1 if higher is better, -1 if
    lower is, 0 if its target has two sides; ``most`` what it can reach. ``is_plain`` ones are numbers
    with one target, neither predicates nor ranges.
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
    decimals: int
    batas_bawah: float
    first: int
    last: int
    sign: int
    most: float
    is_plain: bool


@cache
def measures() -> dict[str, Measure]:
    """Every indicator by ``kode``.

    Examples
    --------
    >>> measures()["KOTA-10"].last
    2024
    """
    frame = catalogue()
    sign = frame["polaritas"].map({name: polarity.sign for name, polarity in POLARITIES.items()})
    counts_to_100 = frame["satuan"].isin(["persen", "indeks", "nilai"]) & frame["dasar"].gt(20)
    frame = frame.assign(
        kode_opd=frame["id"].map(offices()["kode_opd"]),
        bulan_rilis=frame["bulan_rilis"].replace("", "0").astype(int),
        decimals=frame["desimal"].mask(frame.index.isin([*STRICT, *WORSENING]), 2),
        first=frame["berlaku_dari"].astype(int),
        last=frame["berlaku_sampai"].fillna(2025).astype(int),
        sign=sign,
        most=counts_to_100.map({True: 100.0, False: np.inf}),
        is_plain=sign.ne(0) & frame["satuan"].ne("predikat"),
    )
    names = [name for name in Measure.__dataclass_fields__ if name != "kode"]
    return {str(row[0]): Measure(*row) for row in frame[names].itertuples()}


def running() -> list[Measure]:
    """Indicators that are valid in 2025."""
    return [measure for measure in measures().values() if measure.last == 2025]


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
        path = _path(measure, code in easy)
        made[code] = Path(*(values.loc[measure.first : measure.last] for values in (path.actual, path.target)))
    return made


def easy_targets() -> set[str]:
    """Indicators whose 2025 target is planted as easier than the result of 2024."""
    free = [item.kode for item in running() if item.is_plain and item.first < 2024 and item.kode not in PLANTED]
    return set(stream("target mudah").permutation(free)[:EASY_TARGETS].tolist())


def _path(measure: Measure, is_easy: bool) -> Path:
    """Results: a line and noise around it. Targets: a step, or a stretch, better than last year's result.

    Offices differ in level, and only planted ones move year after year. Most targets are near, some are far beyond
    reach; that of a range is its lower bound.
    """
    # what counts up to 100 stays below it, and nothing but the two macro rates is near or below zero
    lowest = -np.inf if measure.kode in ("KOTA-04", "KOTA-08") else measure.dasar / 10
    draw = stream(f"jalur {measure.kode}")
    spread = 0.5 if measure.satuan == "orang" else 0.06
    start = measure.dasar * draw.uniform(1 - spread, 1 + spread)
    heading = 1 if measure.kode in STRICT else -1 if measure.kode in WORSENING else 0
    pace = measure.langkah * draw.uniform(0.3, 1.3) * heading
    line = np.array([start + pace * time for time in range(len(YEARS))])
    noise = stream(f"goyang {measure.kode}").normal(0, measure.goyang, len(line))
    if heading:
        noise = float(np.diff(line).mean()) * np.clip(noise / measure.goyang / 8, -0.3, 0.3)
    else:
        noise[1:3] += measure.pandemi * np.array([1.0, 0.6])
    results = np.clip(line + noise, lowest, measure.most - 0.5)
    actual = pd.Series(np.round(results, measure.decimals), index=YEARS)
    if not measure.sign:
        return Path(actual, pd.Series(measure.batas_bawah, index=YEARS))

    pace = measure.sign * abs(measure.langkah)
    steps = pace * stream(f"target {measure.kode}").uniform(0.05, 1.5 if measure.kode in PLANTED else 0.4, len(YEARS))
    before = actual.shift(1).fillna(actual.iloc[0] - steps[0])
    draw = stream(f"ambisi {measure.kode}")
    shares, least, beyond = zip(*AMBITION, strict=True)
    kind = draw.choice(len(AMBITION), p=shares)
    share = 0.0 if is_easy or measure.kode in PLANTED else draw.uniform(least[kind], beyond[kind])
    values = before * float(1 / (1 - share) if measure.sign > 0 else 1 / (1 + share)) + steps
    if is_easy:
        values = values.where(values.index != 2025, actual.shift(1) - pace)
    target = np.clip(values.to_numpy(), lowest, measure.most - 0.5)
    planned = pd.Series(np.round(target, measure.desimal), index=YEARS)
    return Path(planned if measure.kode in EQUAL else actual, planned)
