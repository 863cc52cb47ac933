"""Tables of the arithmetic that published figures allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pkanalysis.analysis import published
from pkanalysis.analysis import published as published_checks
from pkanalysis.show.blocks import Column, Table
from pkanalysis.show.published.columns import (
    CITED,
    table,
)
from pkanalysis.show.published.rows import figures
from pkanalysis.show.values import Kind, Value

if TYPE_CHECKING:
    from pkanalysis.store import Workspace

KINDS: dict[str, tuple[Kind, Kind]] = {"rupiah": ("rupiah", "rupiah"), "persen": ("persen", "poin")}


def budget_checks(ws: Workspace) -> Table:
    """Whether the published parts of the APBD add up to the published totals."""
    found = published_checks.budget(figures(ws))
    return _checks(ws, found, id="uji-apbd", caption="Uji hitung: apakah rincian APBD sama dengan jumlahnya")


def saving_checks(ws: Workspace) -> Table:
    """Whether the announced savings, rates and additions agree with each other."""
    found = published_checks.saving(figures(ws), ws["opd"])
    note = "Paling banyak: bagian Setwan diumumkan sebagai lebih dari nilai itu, sehingga sisanya tidak lebih besar."
    return _checks(ws, found, id="uji-efisiensi", caption="Uji hitung: apakah angka efisiensi saling cocok", note=note)


def _checks(ws: Workspace, found: pd.DataFrame, **block: Any) -> Table:
    kinds = [KINDS[unit] for unit in found["satuan"]]
    shown = {
        name: pd.Series([Value(raw, kind[place]) for raw, kind in zip(found[name], kinds, strict=True)], dtype="object")
        for name, place in (("tertulis", 0), ("hitungan", 0), ("selisih", 1))
    }
    known = published.sources(figures(ws))
    rows = found.assign(kutipan=published.cite(found, known))
    columns = (
        Column("uji", "Yang diuji", wide=True),
        Column("tertulis", "Tertulis", "rupiah"),
        Column("hitungan", "Hitungan", "rupiah"),
        Column("selisih", "Selisih", "rupiah"),
        Column("hasil", "Hasil"),
        CITED,
    )
    return table(ws, rows.assign(**shown), columns, **block)
