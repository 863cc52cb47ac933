"""What can be read but is hardly right: a direction against the name, a target of nought, twins with two values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.form.grid import Grid
from pkanalysis.intake.layouts.form.labels import CLOSED
from pkanalysis.intake.layouts.form.layout import ACTUALS, INDICATORS, TARGETS
from pkanalysis.intake.values import likely


def findings(grids: Mapping[str, Grid]) -> list[Finding]:
    """Warnings about directions, annual targets and repeated indicators.

    Parameters
    ----------
    grids : mapping of str to Grid
        Sheets by name.
    """
    indicators = grids[INDICATORS.name]
    return [*_directions(indicators), *_noughts(grids[TARGETS.name]), *_twins(indicators, grids[ACTUALS.name])]


def _directions(grid: Grid) -> Iterator[Finding]:
    told = grid.frame[grid.frame["polaritas"].isin(["naik_baik", "turun_baik"])].dropna(subset="nama_indikator")
    for number, name, polarity in told[["baris", "nama_indikator", "polaritas"]].to_numpy():
        if likely(name) not in ("", polarity):
            yield grid.find("peringatan", number, "polaritas", CLOSED["polaritas"][polarity],
                            f"arah tampak terbalik untuk {name}", "periksa arahnya; bila benar, biarkan")  # fmt: skip


def _noughts(grid: Grid) -> Iterator[Finding]:
    """Targets of nought for the year; a quarter may well have one."""
    for number in grid.frame["baris"][grid.frame["tahunan"].eq(0)]:
        yield grid.find("peringatan", number, "tahunan", 0, "target 0, sehingga capaian tidak terdefinisi",
                        "periksa targetnya; bila memang tidak ada target, kosongkan")  # fmt: skip


def _twins(indicators: Grid, actuals: Grid) -> Iterator[Finding]:
    """Indicators of one name that have another value in this period than the first of them."""
    known = indicators.frame.dropna(subset=["kode_indikator", "nama_indikator"]).drop_duplicates("kode_indikator")
    names = known.set_index("kode_indikator")["nama_indikator"].str.casefold().str.split().str.join(" ")
    rows = actuals.frame.assign(nama=actuals.frame["kode_indikator"].map(names)).dropna(subset=["nama", "nilai"])
    first = rows.groupby("nama")[["kode_indikator", "nilai"]].transform("first")
    is_other = rows["kode_indikator"].ne(first["kode_indikator"]) & rows["nilai"].ne(first["nilai"])
    for row, other in zip(rows[is_other].to_dict("records"), first[is_other].to_dict("records"), strict=True):
        rule = f"nama indikatornya sama dengan {other['kode_indikator']}, yang nilainya {_number(other['nilai'])}"
        yield actuals.find("peringatan", row["baris"], "nilai", _number(row["nilai"]), rule,
                           "samakan nilainya, atau bedakan nama indikatornya")  # fmt: skip


def _number(value: float) -> str:
    return "" if pd.isna(value) else f"{value:.12g}".replace(".", ",")
