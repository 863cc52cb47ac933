"""Tables of macro figures: series by year, what was noted on them, and the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pkanalysis.analysis import published
from pkanalysis.show.blocks import Column, Table
from pkanalysis.show.published.columns import CITED, NOTE, VALUE, WHAT, YEAR, table
from pkanalysis.show.published.rows import figures, topic, with_unit

if TYPE_CHECKING:
    from pkanalysis.store import Workspace


def macro(ws: Workspace) -> Table:
    """Macro series by year; gaps stay gaps, a second source has its own row."""
    rows = published.series(figures(ws))
    wide = published.by_year(rows, "cetak")
    cited = rows.groupby(["uraian", "urutan"])["kutipan"].agg(published.numbers)
    second = " (angka sumber ke-" + wide["urutan"].astype("str") + ")"
    wide = wide.assign(
        kutipan=cited.reindex(pd.MultiIndex.from_frame(wide[["uraian", "urutan"]])).to_numpy(),
        hal=with_unit(wide) + second.where(wide["urutan"].gt(1), ""),
    ).rename(columns=str)
    years = [Column(name, name, "angka") for name in wide.columns if name.isdigit()]
    columns = (WHAT, *years, Column("konflik", "Konflik"), CITED)
    note = "– = tidak ditemukan atau tidak diukur, bukan nol. Angka yang bertentangan ditampilkan semuanya."
    return table(ws, wide, columns, id="makro", caption="Angka makro menurut tahun", note=note)


def macro_notes(ws: Workspace) -> Table:
    """What the compiler noted on points of the series: disputes, methods, years not measured."""
    rows = published.series(figures(ws))
    rows = rows[rows["keterangan"].ne("")]
    return table(ws, rows, (WHAT, YEAR, VALUE, NOTE, CITED), id="makro-catatan", caption="Catatan deret makro")


def macro_others(ws: Workspace) -> Table:
    """Macro figures with too few years to be laid out as a series."""
    rows = topic(ws, "makro")
    rows = rows[~rows.index.isin(published.series(rows).index)]
    caption = f"Angka makro yang terbit kurang dari {published.MINIMUM_YEARS} tahun atau tanpa tahun"
    return table(ws, rows, (WHAT, YEAR, VALUE, NOTE, CITED), id="makro-lain", caption=caption)
