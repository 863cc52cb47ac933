"""The full scorecard: OPD x sasaran x indicator (annex)."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pkanalysis.show.blocks import Column, Table
from pkanalysis.show.cells import achieved
from pkanalysis.show.columns import ACHIEVED
from pkanalysis.show.opd.achievement import category, status
from pkanalysis.show.setting import Setting
from pkanalysis.show.trends.scorecards import SOURCE


def scorecard(setting: Setting, card: pd.DataFrame, names: pd.Series) -> Table:
    """Every indicator of every OPD: OPD x sasaran x indicator."""
    order = card.assign(nama=card["kode_opd"].map(names)).sort_values(
        ["nama", "sasaran", "kode_indikator"], kind="stable"
    )
    return Table(
        id="kartu-skor",
        caption=f"Kartu skor seluruh indikator s.d. {setting.period_short} {setting.year}",
        is_sample=setting.is_sample,
        columns=_CARD,
        rows=tuple(_card(row, setting) for _, row in order.iterrows()),
        note="Capaian tanpa batas atas, terhadap PK murni dan PK Perubahan.",
        source=SOURCE,
    )


_CARD = (
    Column("nama", "OPD", wide=True),
    Column("sasaran", "Sasaran", wide=True),
    Column("indikator", "Indikator", wide=True),
    *ACHIEVED,
    Column("kategori", "Kategori"),
    Column("status", "Status data", wide=True),
)


def _card(row: pd.Series, setting: Setting) -> tuple[Any, ...]:
    return (
        row["nama"],
        row["sasaran"],
        row["nama_indikator"],
        *achieved(row),
        category(row, setting),
        status(row),
    )
