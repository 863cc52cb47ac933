"""Indicators of the year whose row was taken out of the sheet in which their value is filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.form.grid import Grid
from pkanalysis.intake.layouts.form.layout import ACTUALS, INDICATORS


def findings(grids: Mapping[str, Grid], year: int) -> Iterator[Finding]:
    """A warning at every indicator in force that the sheet of actuals does not list.

    Parameters
    ----------
    grids : mapping of str to Grid
        Sheets by name.
    year : int
        Year of the workbook.
    """
    known, actuals = grids[INDICATORS.name], grids[ACTUALS.name]
    frame = known.frame.dropna(subset="kode_indikator")
    is_in_force = frame["berlaku_dari"].fillna(year).le(year) & frame["berlaku_sampai"].fillna(year).ge(year)
    for row in frame[is_in_force & ~frame["kode_indikator"].isin(actuals.keys)].to_dict("records"):
        rule = f"indikator ini tidak ada di lembar {ACTUALS.name}, sehingga realisasinya tidak dilaporkan"
        remedy = "tambahkan barisnya di sana, atau minta berkas isian yang asli"
        yield known.find("peringatan", row["baris"], "kode_indikator", row["kode_indikator"], rule, remedy)
