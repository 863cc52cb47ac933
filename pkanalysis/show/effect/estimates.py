"""Annex: every estimate (D1-D9) in one table, comparison tests, years, quarters."""

from __future__ import annotations

import warnings
from collections.abc import Mapping

import pandas as pd
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

from pkanalysis.analysis.effect import Bounded, DoseResponse, Slope, WithinOpd, fractional_logit
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.effect.case import STEP, Case, chance, number
from pkanalysis.show.effect.tables import ESTIMATE
from pkanalysis.show.values import Value

P = Column("p", "p", "teks")
N = Column("n", "n", "bulat")
Row = tuple[object, ...]
ENDS = ("kemiringan", "batas_bawah", "batas_atas")


def bounded(met: DoseResponse) -> Bounded | None:
    """D8: share of indicators that reach their target; ``None`` where refused, or where the size parts it fully."""
    if met.units is None:
        return None
    rows = met.units
    with warnings.catch_warnings():
        warnings.simplefilter("error", PerfectSeparationWarning)
        try:
            return fractional_logit(rows["sesudah"], rows["besar"], 1.0, rows["sebelum"])
        except PerfectSeparationWarning:
            return None


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
        return Phrase(f"{text}. Belokan tren (HonestDiD) tidak dihitung.", values)
    text += ". Belokan tren terbesar yang masih menyisakan beda dari nol: {b} (HonestDiD)"
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
    if found.refusals:
        return (f"{name} (tidak dihitung: {found.refusals[0].sentence})", None, None, None, None, found.n)
    return (name, *_ends(found.beta, found.interval), chance(found.p_wild), found.n)


def _bounded(found: Bounded | None) -> Row:
    name = "D8 bagian indikator yang mencapai target, logit pecahan"
    if found is None:
        return (f"{name} (tidak dapat dihitung)", None, None, None, None, None)
    if found.refusals:
        return (f"{name} (tidak dihitung: {found.refusals[0].sentence})", None, None, None, None, found.n)
    return (name, *_ends(100 * found.effect, tuple(100 * end for end in found.interval)), None, found.n)


def _ends(beta: float, interval: tuple[float, ...]) -> Row:
    return tuple(number(STEP * raw) for raw in (beta, *interval))


def placebos(case: Case, main: DoseResponse) -> Table | Note:
    """D3: the same calculation where no relation can be."""
    title = "Uji pembanding tidak dihitung"
    if (refused := case.refused("pembanding", main, title)) or main.placebos is None:
        return refused or Note(**case.block("pembanding"))
    if main.placebos.empty:
        text = f"{title}: hanya ada satu tahun sebelum pengurangan dan tidak ada indikator yang ditetapkan sebelumnya."
        return Note(**case.block("pembanding"), items=(Phrase(text),))
    named = {"sebelum_pengurangan": "indikator yang menggambarkan tahun sebelumnya"}
    rows = tuple(
        (
            named.get(row["uji"], row["uji"]),
            number(STEP * row["kemiringan"]),
            number(row["t"]),
            row["n"],
            "ya" if row["lolos"] else "tidak",
        )
        for row in main.placebos.to_dict("records")
    )
    return Table(
        **case.block("pembanding", "Uji pembanding: hitungan yang sama sebelum ada pengurangan (D3)"),
        columns=(Column("nama", "Perbandingan", wide=True), ESTIMATE[0], Column("t", "t", "angka", 2), N,
                 Column("lolos", "Lolos")),
        rows=rows,
        note="Bila pola serupa tampak sebelum ada pengurangan, pola sesudahnya tidak dapat ditafsirkan.",
    )  # fmt: skip


def years(case: Case, main: DoseResponse) -> Table | Note:
    """D4: slope by year against the last year before the cut."""
    if (refused := case.refused("per-tahun", main, "Kemiringan per tahun tidak dihitung")) or main.event_study is None:
        return refused or Note(**case.block("per-tahun"))
    rows = tuple(
        (int(row["tahun"]), *(number(STEP * row[end]) for end in ENDS))
        for row in main.event_study.table.to_dict("records")
    )
    return Table(
        **case.block("per-tahun", "Kemiringan tiap tahun terhadap tahun acuan (D4)"),
        columns=(Column("tahun", "Tahun", "tahun"), *ESTIMATE),
        rows=rows,
        note=Phrase(
            "Tahun acuan {t}; galat menurut OPD. Kemiringan sebelum pengurangan seharusnya di sekitar nol.",
            {"t": Value(main.event_study.reference, "tahun")},
        ),
    )


def quarters(case: Case, found: Mapping[str, pd.DataFrame]) -> Table | Note:
    """D7: slope by quarter against the same quarter of the year before, achievement and absorption."""
    every = [(title, row) for title, table in found.items() for row in table.to_dict("records")]
    if not every:
        text = "Kemiringan per triwulan tidak dihitung: belum ada nilai triwulan pada kedua tahun."
        return Note(**case.block("per-triwulan"), items=(Phrase(text),))
    rows = tuple(
        (title, row["triwulan"], *(number(STEP * row[end]) for end in ENDS), chance(row["p_holm"]), row["n"])
        for title, row in every
    )
    return Table(
        **case.block("per-triwulan", "Kemiringan tiap triwulan terhadap triwulan yang sama tahun sebelumnya (D7)"),
        columns=(Column("hasil", "Hasil", wide=True), Column("tw", "Triwulan"), *ESTIMATE, Column("p", "p (Holm)"), N),
        rows=rows,
        note="Triwulan pertama hampir merupakan uji pembanding: pengurangan belum berlaku. Serapan terhadap pagu murni "
        "turun dengan sendirinya bila pagunya dikurangi. Kosong = tidak dihitung karena datanya belum memenuhi syarat.",
    )
