"""Annex: every estimate (D1-D9) in one table."""

from __future__ import annotations

from collections.abc import Mapping

from pkanalysis.analysis.effect import Bounded, DoseResponse, Slope, WithinOpd
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.effect.case import Case
from pkanalysis.show.effect.numbers import STEP, chance, number
from pkanalysis.show.effect.tables import ESTIMATE
from pkanalysis.show.values import Value

P = Column("p", "p", "teks")
N = Column("n", "n", "bulat")
Row = tuple[object, ...]
NOT_LINKED = "kaskade belum mengaitkan indikator dengan program"


def estimates(case: Case, main: DoseResponse, within: WithinOpd, shares: Bounded | None) -> Table | Note:
    """Estimates per ten points of size for the achievement against the original target."""
    if refused := case.refused("taksiran", main, "Taksiran tidak dihitung"):
        return refused
    rows = [*_headline(main), *_slopes(main), _within(within), _bounded(shares)]
    return Table(
        **case.block("taksiran", "Semua taksiran, poin per 10 poin pengurangan"),
        columns=(Column("nama", "Taksiran", wide=True), *ESTIMATE, P, N),
        rows=tuple(rows),
        note=_beside(main),
    )


def _beside(main: DoseResponse) -> Phrase:
    """What is no slope: ranks, smallest visible effect, equivalence, bend of the trend."""
    values: dict[str, Value] = {"mde": number(STEP * main.mde)}
    text = "D9 efek terkecil yang dapat terlihat {mde}"
    if main.equivalence:
        text += "; uji setara dengan batas {m}: p {q}"
        values |= {"m": number(main.equivalence.margin, 1), "q": chance(main.equivalence.p)}
    if main.ranks:
        text += ". D5 menurut peringkat: rho Spearman {rho}, tau Kendall {tau}, p {p}"
        values |= {"rho": number(main.ranks.rho), "tau": number(main.ranks.tau), "p": chance(main.ranks.p)}
    if main.breakdown is None:
        reason = "hanya dihitung bila taksiran berbeda dari nol dan ada dua tahun sebelum pengurangan"
        return Phrase(f"{text}. Belokan kecenderungan (HonestDiD) {reason}.", values)
    text += ". Belokan kecenderungan terbesar yang masih menyisakan beda dari nol: {b} (HonestDiD)"
    return Phrase(f"{text}.", values | {"b": number(STEP * main.breakdown)})


def _headline(main: DoseResponse) -> list[Row]:
    hc3 = ("D1 selisih terhadap rata-rata tahun sebelumnya, galat HC3", *_ends(main.beta, main.interval_hc3))
    wild = ("D1, bootstrap liar", *_ends(main.beta, main.interval))
    rows: list[Row] = [(*hc3, chance(main.p), main.n), (*wild, chance(main.p_wild), main.n)]
    if main.permutation:
        rows.append(
            ("D1, permutasi", number(main.per_step), None, None, chance(main.permutation.p_studentised), main.n)
        )
    return rows


def _slopes(main: DoseResponse) -> list[Row]:
    fits: Mapping[str, Slope | None] = {
        "D1 terhadap tahun terakhir saja": main.last_year,
        "D2 ANCOVA dengan tahun terakhir": main.ancova,
        "D5 dalam jenis OPD yang sama": main.within_kinds,
    }
    rows = [_slope(name, fit) for name, fit in fits.items()]
    if main.ancova and main.wild_ancova:
        wild = ("D2 ANCOVA, bootstrap liar", *_ends(main.ancova.beta, main.wild_ancova.interval))
        rows.insert(2, (*wild, chance(main.wild_ancova.p), main.n))
    return rows


def _slope(name: str, fit: Slope | None) -> Row:
    if fit is None:
        return (f"{name} (tidak dapat dihitung)", None, None, None, None, None)
    return (name, *_ends(fit.beta, fit.interval), chance(fit.p), fit.n)


def _within(found: WithinOpd) -> Row:
    name = "D6 antarprogram di dalam OPD, bootstrap liar per OPD"
    if found.n == 0:
        return (f"{name} (tidak dihitung: {NOT_LINKED})", None, None, None, None, 0)
    if found.refusals:
        return (f"{name} (tidak dihitung: {found.refusals[0].sentence})", None, None, None, None, found.n)
    return (name, *_ends(found.beta, found.interval), chance(found.p_wild), found.n)


def _bounded(found: Bounded | None) -> Row:
    name = "D8 bagian indikator yang mencapai target, logit pecahan"
    if found is None:
        return (f"{name} (tidak dapat dihitung)", None, None, None, None, None)
    if found.refusals:
        return (f"{name} (tidak dihitung: {found.refusals[0].sentence})", None, None, None, None, found.n)
    return (name, *_ends(100 * found.effect, tuple(100 * end for end in found.interval)), chance(found.p), found.n)


def _ends(beta: float, interval: tuple[float, ...]) -> Row:
    return tuple(number(STEP * raw) for raw in (beta, *interval))
