"""One indicator of the sample with the parameters of its series, typed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pkanalysis.sample.indicators import catalogue, spans
from pkanalysis.sample.organisation import offices


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
        return -1 if self.polaritas == "turun_baik" else 1

    @property
    def is_plain(self) -> bool:
        """Whether its values are numbers with one target, neither predicates nor ranges."""
        return self.polaritas != "rentang" and self.satuan != "predikat"

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
