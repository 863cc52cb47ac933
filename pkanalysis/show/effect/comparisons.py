"""Annex: comparison tests, years, quarters."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pkanalysis.analysis.effect import DoseResponse
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.effect.case import Case
from pkanalysis.show.effect.numbers import STEP, chance, number
from pkanalysis.show.effect.tables import ESTIMATE
from pkanalysis.show.values import Value

N = Column("n", "n", "bulat")
ENDS = ("kemiringan", "batas_bawah", "batas_atas")


def placebos(case: Case, main: DoseResponse) -> Table | Note:
    """D3: the same calculation where no relation can be."""
    if (refused := case.refused("pembanding", main, "Uji pembanding tidak dihitung")) or main.placebos is None:
        return refused or Note(**case.block("pembanding"))
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
        note="Bila pola serupa tampak sebelum ada pengurangan, pola sesudahnya tidak dapat ditafsirkan. Rata-rata "
        "sebelum pengurangan hanya gagal bila arahnya berlawanan dengan taksiran dan sebesar setengahnya atau lebih.",
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
