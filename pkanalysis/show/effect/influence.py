"""OPD that the result leans on."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.effect import DoseResponse
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.effect.case import Case
from pkanalysis.show.effect.numbers import STEP, number


def influential(found: DoseResponse, most: int = 5) -> pd.DataFrame:
    """OPD that the result leans on: share of the leverage, and how far the slope moves without each; largest first.

    Returns
    -------
    DataFrame
        By OPD: ``daya_ungkit``, ``geser`` (per unit of size).
    """
    if found.leverage is None or found.leave_one_out is None:
        return pd.DataFrame({"daya_ungkit": [], "geser": []})
    moved = (found.leave_one_out - found.beta).rename("geser")
    rows = pd.concat([found.leverage, moved], axis=1)
    order = rows["geser"].abs().sort_values(ascending=False, kind="stable").index
    top = dict.fromkeys([*rows["daya_ungkit"].nlargest(2).index, *order])
    return rows.loc[list(top)[:most]]


def influence(case: Case, main: DoseResponse) -> Table | Note:
    """OPD that the result leans on, and the slope without each."""
    if (refused := case.refused("berpengaruh", main, "Daftar OPD berpengaruh tidak dibuat")) or main.units is None:
        return refused or Note(**case.block("berpengaruh"))
    top = influential(main, 8).join(main.units)
    rows = tuple(
        (
            case.name(code),
            100 * row["besar"],
            row["perubahan"],
            row["daya_ungkit"],
            number(STEP * (main.beta + row["geser"])),
        )
        for code, row in top.to_dict("index").items()
    )
    return Table(
        **case.block("berpengaruh", "OPD yang sangat memengaruhi hasil"),
        columns=(
            Column("nama", "OPD", wide=True), Column("z", "Besar pengurangan", "persen", 1),
            Column("y", "Perubahan capaian (poin)", "angka", 1), Column("h", "Ukuran pengaruh (0–1)", "angka", 2),
            Column("b", "Beda tanpa OPD ini (per 10 poin)", "angka", 2),
        ),
        rows=rows,
        note=Phrase(
            "Dengan semua OPD bedanya {b}. Ukuran pengaruh mendekati satu bila besar pengurangan suatu OPD jauh dari "
            "yang lain; di atas setengah, hasil bertumpu pada OPD itu.",
            {"b": number(main.per_step)},
        ),
    )  # fmt: skip
