"""What was fixed before any result: sizes, outcomes, limits, their fingerprint; and how the page's numbers print."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from pkanalysis.analysis.effect import DoseResponse
from pkanalysis.analysis.effect.slopes import SEED
from pkanalysis.config import WAYS, Config
from pkanalysis.show.page import Page, Step
from pkanalysis.show.values import Value, plain

STEP = 0.1
"""Estimates are given per this much size (share): 10 points."""
LIMITS = (0.0, 150.0)
"""Achievement of an indicator is held within these per cent before averaging, so that one does not carry its OPD."""

SIZES = {
    "aturan": "potensi terkena menurut tarif",
    "nyata": "pengurangan nyata",
    "luar_pegawai": "pengurangan nyata di luar belanja pegawai",
}
OUTCOMES = {
    "capaian_murni": ("Capaian terhadap target awal", "poin"),
    "nilai_baku": ("Realisasi, dalam simpangannya sendiri sebelum pengurangan", "simpangan baku"),
    "tercapai": ("Bagian indikator yang mencapai target awal", "poin"),
    "capaian_berlaku": ("Capaian terhadap target yang berlaku (pembanding)", "poin"),
}
REFUSED = "sebabnya di halaman pertama"
"""What a block says that cannot be made (claim L0); the reason itself stands up front."""


def fixed(page: Page, config: Config, names: Mapping[str, str]) -> Page:
    """The page with what ``[kaitan]`` fixed; ``names`` are short names of the OPD by code.

    Its step is that from murni to the last stage in force, where both have rows.
    """
    codes = page.codes_from_original
    step = Step(codes[0], codes[-1]) if len(codes) > 1 else Step()
    return replace(page, step=step, names=names, relation=config.kaitan, digest=digest(config))


def digest(config: Config) -> str:
    """First twelve signs of the SHA-256 over what is fixed before a result is seen.

    That is the primary size, the margin, the ways of calculating, outcomes and sizes in their order, the rates behind
    the size by rule, the limits and the seed.

    Examples
    --------
    >>> from pkanalysis.config import Relation
    >>> one = Config("contoh", "Kota Contoh")
    >>> len(digest(one)), digest(one) == digest(replace(one, kaitan=Relation(margin=5.0)))
    (12, False)
    """
    rates = sorted((name, float(rate)) for name, rate in config.efisiensi.tarif.items())
    shown = ([name for name in WAYS if name in config.kaitan.cara], list(OUTCOMES), list(SIZES))
    every = (config.kaitan.ukuran, float(config.kaitan.margin), shown, rates, LIMITS, STEP, SEED)
    return hashlib.sha256(repr(every).encode()).hexdigest()[:12]


def sizes_in_order(page: Page) -> list[str]:
    """Sizes of the cut, the primary one first."""
    return [page.relation.ukuran, *(name for name in SIZES if name != page.relation.ukuran)]


def shape(outcome: str) -> dict[str, Any]:
    """How an outcome is looked at: limits, whether it is held against a target, common indicators only."""
    return {
        "item": "kode_indikator",
        "limits": LIMITS if outcome in ("capaian_murni", "capaian_berlaku") else None,
        "targets": "target_murni" if outcome in ("capaian_murni", "tercapai", "capaian_berlaku") else None,
    }


def originals(lines: pd.DataFrame, config: Config) -> pd.DataFrame:
    """Rows of ``anggaran`` of the first stage of each year in the configuration."""
    first = {stage.tahun: config.stages(stage.tahun)[0].kode for stage in config.tahap}
    return lines[lines["tahap"].eq(lines["tahun"].map(first)).fillna(False).astype(bool)]


def reasons(found: DoseResponse) -> Value:
    """The sentences of the refusals of a result, as one text."""
    return plain(" ".join(item.sentence for item in found.refusals))


def influential(found: DoseResponse, most: int = 5) -> pd.DataFrame:
    """OPD that the result leans on: share of the leverage, and how far the slope moves without each; largest first.

    Returns
    -------
    DataFrame
        By OPD: ``daya_ungkit``, ``geser`` (per unit of size).
    """
    if found.leverage is None or found.leave_one_out is None:
        return pd.DataFrame({"daya_ungkit": [], "geser": []})
    rows = pd.concat([found.leverage, (found.leave_one_out - found.beta).rename("geser")], axis=1)
    order = rows["geser"].abs().sort_values(ascending=False, kind="stable").index
    top = dict.fromkeys([*rows["daya_ungkit"].nlargest(2).index, *order])
    return rows.loc[list(top)[:most]]


def number(raw: float, decimals: int = 2) -> Value:
    """A number that may be missing or without an end.

    Examples
    --------
    >>> str(number(-1.256)), str(number(float("inf"))), str(number(float("nan")))
    ('-1,26', 'tak terhingga', '–')
    """
    if math.isinf(raw):
        return plain("tak terhingga" if raw > 0 else "minus tak terhingga")
    return Value(None if math.isnan(raw) else float(raw), "angka", decimals)


def per_step(*raw: float, decimals: int = 2, outcome: str = "") -> tuple[Value, ...]:
    """Estimates per unit of size as numbers per :data:`STEP`, in the unit of the outcome in :data:`OUTCOMES`."""
    factor = STEP * (100 if outcome == "tercapai" else 1)
    return tuple(number(factor * value, decimals) for value in raw)


def chance(p: float) -> Value:
    """A p value, never zero.

    Examples
    --------
    >>> str(chance(0.0312)), str(chance(0.00002)), str(chance(float("nan")))
    ('0,031', '< 0,001', '–')
    """
    if math.isnan(p):
        return plain(None)
    return plain("< 0,001") if p < 0.0005 else Value(float(p), "angka", 3)
