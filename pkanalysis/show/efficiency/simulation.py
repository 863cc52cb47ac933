"""What other rates would have saved, as arithmetic beside what was done."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pkanalysis.analysis.budget.accounts import check_categories
from pkanalysis.errors import PkError
from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.efficiency.comparison import Comparison


def checked_rates(rates: Mapping[str, float]) -> dict[str, float]:
    """The rates of the parameter ``tarif``, each of a known category and from 0 to 1.

    Raises
    ------
    PkError
        An unknown category, or a rate that is no share.

    Examples
    --------
    >>> checked_rates({"perjalanan_dinas": 60})
    Traceback (most recent call last):
        ...
    pkanalysis.errors.PkError: Parameter tarif.perjalanan_dinas bernilai 60; isi angka dari 0 sampai 1, misalnya 0.6.
    """
    try:
        check_categories(rates)
    except ValueError as error:
        raise PkError(f"Parameter tarif: {error}.".replace("?.", "?")) from None
    for name, rate in rates.items():
        if not 0 <= rate <= 1:
            raise PkError(f"Parameter tarif.{name} bernilai {rate:g}; isi angka dari 0 sampai 1, misalnya 0.6.")
    return dict(rates)


def other_rates(pair: Comparison, found: pd.DataFrame) -> Table | Note:
    """What other rates would have saved, per SKPD, beside what was done.

    ``found`` is the result of :func:`pkanalysis.analysis.budget.directive.what_if`; without
    rates nothing is shown but how.
    """
    if refused := pair.refused("pengandaian"):
        return refused
    if found.empty:
        said = "Tidak ada tarif pengandaian pada laporan ini; isi parameter tarif untuk melihatnya."
        return Note(**pair.block("pengandaian"), items=(Phrase(said),))
    offices = found.assign(nama=[pair.office(code) for code in found["kode_opd"]])
    sums = found.groupby(["kategori", "tarif"], sort=False, as_index=False).sum(numeric_only=True).assign(nama="Jumlah")
    rows = pd.concat(
        [part[part["kategori"].eq(name)] for name in sums["kategori"] for part in (offices, sums)], ignore_index=True
    )
    rows = rows.assign(
        pos=rows["kategori"].map(words.category).map(words.heading),
        tarif_pct=100 * rows["tarif"],
    )
    return Table.from_frame(
        rows,
        [
            Column("nama", "SKPD", wide=True),
            Column("pos", "Kelompok pos", wide=True),
            Column("tarif_pct", "Tarif pengandaian", "persen", 0),
            Column("pagu_sebelum_rp", "Sebelum (Rp)", "rp"),
            Column("simulasi_rp", "Pengurangan menurut tarif (Rp)", "rp"),
            Column("dilakukan_rp", "Pengurangan yang dilakukan (Rp)", "rp"),
            Column("selisih_rp", "Selisih (Rp)", "perubahan_rp"),
        ],
        **pair.block("pengandaian", "Bila tarifnya lain: hitungan di samping yang dilakukan"),
        totals=tuple(rows.index[rows["nama"].eq("Jumlah")]),
        note=pair.note(
            "Hitungan atas pagu sebelum, bukan perkiraan; apakah SKPD masih dapat bekerja dengan sisanya adalah "
            "pertanyaan lain. Selisih positif: tarif itu mengurangi lebih banyak dari yang dilakukan."
        ),
        source=pair.setting.budget_source,
    )
