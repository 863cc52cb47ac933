"""The case that the page is about: whose cut, which size comes first, and what was fixed before any result."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from pkanalysis.analysis.effect import DoseResponse
from pkanalysis.analysis.effect.slopes import SEED
from pkanalysis.config import WAYS, Config, Relation
from pkanalysis.show.blocks import Note, Phrase
from pkanalysis.show.effect.numbers import STEP
from pkanalysis.show.setting import Setting
from pkanalysis.show.values import Value

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
AGAINST_TARGET = ("capaian_murni", "tercapai", "capaian_berlaku")


@dataclass(frozen=True)
class Case:
    """Setting, what ``[kaitan]`` fixed with its ``digest``, and short names of the OPD by code."""

    setting: Setting
    fixed: Relation
    digest: str
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def sizes(self) -> list[str]:
        """Sizes of the cut, the primary one first."""
        return [self.fixed.ukuran, *(name for name in SIZES if name != self.fixed.ukuran)]

    @property
    def size_name(self) -> str:
        """The primary size in words."""
        return SIZES[self.fixed.ukuran]

    @property
    def after(self) -> str | None:
        """Code of the last stage in force, where murni and a later one have rows."""
        codes = self.setting.codes_from_original
        return codes[-1] if len(codes) > 1 else None

    def shape(self, outcome: str) -> dict[str, Any]:
        """How an outcome is looked at: limits, whether it is held against a target, common indicators only."""
        is_achievement = outcome in ("capaian_murni", "capaian_berlaku")
        return {
            "item": "kode_indikator",
            "limits": LIMITS if is_achievement else None,
            "targets": "target_murni" if outcome in AGAINST_TARGET else None,
        }

    def name(self, code: Any) -> str:
        """Short name of an OPD."""
        return str(self.names.get(code, code))

    def block(self, name: str, caption: str = "") -> dict[str, Any]:
        """What every block of the page carries."""
        return {"id": name, "caption": caption, "is_sample": self.setting.is_sample}

    def refused(self, name: str, found: DoseResponse, title: str) -> Note | None:
        """A note in the place of a block that cannot be made; ``None`` where it can. The reason stands up front."""
        if found.claim != "L0":
            return None
        return Note(**self.block(name), items=(Phrase(f"{title}; sebabnya di halaman pertama."),))


def reasons(found: DoseResponse) -> Value:
    """The sentences of the refusals of a result, as one text."""
    return Value(" ".join(item.sentence for item in found.refusals), "teks")


def case(config: Config, setting: Setting, names: Mapping[str, str]) -> Case:
    """The case of ``setting``; ``names`` are short names of the OPD by code."""
    return Case(setting, config.kaitan, digest(config), names)


def digest(config: Config) -> str:
    """First twelve signs of the SHA-256 over what is fixed before a result is seen.

    That is the primary size, the margin, the ways of calculating, outcomes and sizes in their order, the rates behind
    the size by rule, the limits and the seed.

    Examples
    --------
    >>> from dataclasses import replace
    >>> one = Config("contoh", "Kota Contoh")
    >>> len(digest(one)), digest(one) == digest(replace(one, kaitan=Relation(margin=5.0)))
    (12, False)
    """
    rates = sorted((name, float(rate)) for name, rate in config.efisiensi.tarif.items())
    ways = [name for name in WAYS if name in config.kaitan.cara]
    shown = (ways, list(OUTCOMES), list(SIZES))
    fixed = (config.kaitan.ukuran, float(config.kaitan.margin), shown, rates, LIMITS, STEP, SEED)
    return hashlib.sha256(repr(fixed).encode()).hexdigest()[:12]


def originals(lines: pd.DataFrame, config: Config) -> pd.DataFrame:
    """Rows of ``anggaran`` of the first stage of each year in the configuration."""
    first = {stage.tahun: config.stages(stage.tahun)[0].kode for stage in config.tahap}
    return lines[lines["tahap"].eq(lines["tahun"].map(first)).fillna(False).astype(bool)]
