"""Table of the sizes of the cut."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.effect import Compliance
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.cells import count
from pkanalysis.show.effect.case import SIZES, Case
from pkanalysis.show.effect.numbers import number

COLUMNS = {"aturan": "potensi", "nyata": "pengurangan", "luar_pegawai": "pengurangan_luar_pegawai"}


def sizes(case: Case, found: pd.DataFrame, followed: Compliance) -> Table | Note:
    """Spread of the three sizes over OPD, gains apart, and their correlations."""
    if found.empty:
        text = "Besar pengurangan belum dapat dihitung: pagu murni belum ada."
        return Note(**case.block("ukuran"), items=(Phrase(text),))
    together = found[list(COLUMNS.values())].astype("float64").corr()
    first = together[COLUMNS[case.fixed.ukuran]]
    rows = [_size_row(SIZES[name], 100 * found[COLUMNS[name]].dropna(), first[COLUMNS[name]]) for name in case.sizes]
    values = {"k": number(followed.slope), "r": number(followed.correlation), "n": count(followed.n)}
    return Table(
        **case.block("ukuran", "Besar pengurangan tiap OPD, persen dari pagu murni"),
        columns=(
            Column("nama", "Ukuran (yang utama paling atas)", wide=True),
            Column("n", "OPD", "bulat"),
            *(Column(name, name.capitalize(), "persen", 1) for name in ("terkecil", "median", "terbesar")),
            Column("naik", "Pagu bertambah", "bulat"),
            Column("r", "Korelasi dengan yang utama", "angka", 2),
        ),
        rows=tuple(rows),
        note=Phrase(
            "Pada {n} OPD yang pagunya tidak bertambah: korelasi tarif dan pengurangan nyata {r}, kemiringannya {k} "
            "(satu = tepat menurut tarif). Pengurangan relatif mengikuti ukuran dan jenis OPD, maka ada hitungan dalam "
            "jenis yang sama.",
            values,
        ),
        source=case.setting.budget_source,
    )


def _size_row(name: str, shares: pd.Series, together: float) -> tuple[object, ...]:
    if shares.empty:
        return (name, 0, None, None, None, None, None)
    ends = (float(shares.min()), float(shares.median()), float(shares.max()))
    return (name, len(shares), *ends, int(shares.lt(0).sum()), number(together))
