"""Tables of sizes and outcomes: what was cut, what changed, and of which parts a reported change is made."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pkanalysis.analysis.effect import DoseResponse
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.cells import count, plain
from pkanalysis.show.effect.case import OUTCOMES, Case, reasons
from pkanalysis.show.effect.numbers import chance, number, scale

MOST_ROWS = 500
ESTIMATE = (
    Column("b", "Beda (per 10 poin)", "angka", 2),
    Column("lo", "Rentang bawah", "angka", 2),
    Column("hi", "Rentang atas", "angka", 2),
)


def outcomes(case: Case, found: Mapping[str, DoseResponse]) -> Table:
    """The primary size against every outcome, in the order that was fixed."""
    return Table(
        **case.block("hasil", "Kaitan besar pengurangan dengan setiap hasil"),
        columns=(
            Column("nama", "Hasil, menurut urutan", wide=True),
            Column("satuan", "Satuan"),
            *ESTIMATE,
            Column("mde", "Terkecil yang terlihat", "angka", 2),
            Column("n", "OPD", "bulat"),
            Column("tingkat", "Tingkat"),
        ),
        rows=tuple(_outcome_row(name, *OUTCOMES[name], one) for name, one in found.items()),
        note=_order(list(found.values())),
    )


def _order(found: list[DoseResponse]) -> Phrase:
    """What the order means, and why some could not be computed."""
    text = "Yang pertama menentukan; yang terakhir memperlihatkan bedanya bila target yang sudah diubah dipakai."
    said = dict.fromkeys(item.sentence for one in found if one.claim == "L0" for item in one.refusals)
    return Phrase(f"{text} {{x}}", {"x": plain(" ".join(said))}) if said else Phrase(text)


def _outcome_row(key: str, name: str, unit: str, found: DoseResponse) -> tuple[object, ...]:
    factor = scale(key)
    numbers = (number(factor * raw) for raw in (found.beta, *found.interval_hc3, found.mde))
    return (name, unit, *numbers, found.n, found.claim)


def retargeting(case: Case, found: DoseResponse) -> Table | Note:
    """Change of targets on the size of the cut, as a finding of its own."""
    if found.claim == "L0":
        text = "Perubahan target tidak dikaitkan dengan besar pengurangan: {x}"
        return Note(**case.block("perubahan-target"), items=(Phrase(text, {"x": reasons(found)}),))
    row = _outcome_row("", "Capaian target berlaku dikurangi capaian target awal", "poin", found)
    return Table(
        **case.block("perubahan-target", "Perubahan target menurut besar pengurangan"),
        columns=(
            Column("nama", "Hasil", wide=True), Column("satuan", "Satuan"), *ESTIMATE,
            Column("mde", "Terkecil yang terlihat", "angka", 2), Column("n", "OPD", "bulat"), Column("p", "p", "teks"),
        ),
        rows=((*row[:-1], chance(found.p_wild)),),
        note="Target yang diturunkan adalah salah satu jalan pengurangan bekerja, karena itu tidak dipakai sebagai "
        "pengendali.",
    )  # fmt: skip


def parts(case: Case, found: pd.DataFrame) -> Table | Note:
    """Per OPD: the reported change as fixed target, change of target, and cap."""
    if found.empty:
        text = "Perubahan capaian tidak dapat diuraikan: belum ada OPD dengan ketiga capaian pada kedua masa."
        return Note(**case.block("uraian"), items=(Phrase(text),))
    size = found["perubahan_dilaporkan"].abs().sort_values(ascending=False, kind="stable")
    largest = found.loc[size.index[:MOST_ROWS]]
    rows = largest.assign(nama=largest["kode_opd"].map(case.name)).sort_values("nama", kind="stable")
    few = "" if len(found) <= MOST_ROWS else " Dari {n} OPD ditampilkan {m} yang perubahannya terbesar."
    return Table.from_frame(
        rows,
        (
            Column("nama", "OPD", wide=True),
            Column("perubahan_dilaporkan", "Perubahan yang dilaporkan", "poin", 1),
            Column("target_tetap", "Target tetap", "poin", 1),
            Column("perubahan_target", "Perubahan target", "poin", 1),
            Column("batas_atas", "Batas atas", "poin", 1),
        ),
        **case.block("uraian", "Perubahan capaian yang dilaporkan menurut bagiannya (poin)"),
        note=Phrase(
            "Target tetap + perubahan target + batas atas = perubahan yang dilaporkan, terhadap rata-rata tahun "
            f"sebelumnya.{few}",
            {"n": count(len(found)), "m": count(MOST_ROWS)} if few else {},
        ),
    )
