"""Spending to date: against the cash plan, the ceiling in force and the original one."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.spending import Absorption
from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Figure, Note, Phrase, Table
from pkanalysis.show.cells import rupiah
from pkanalysis.show.drawings import lines as draw_lines
from pkanalysis.show.setting import Setting


def absorption(setting: Setting, found: Absorption) -> Table:
    """Both bases side by side: ceiling, spending, share, what is left."""
    bases = [("Pagu terakhir", found.current_rp, found.rate), ("Pagu murni", found.original_rp, found.rate_original)]
    rows = tuple((name, base, found.realised_rp, rate, _left(base, found.realised_rp)) for name, base, rate in bases)
    columns = (
        Column("dasar", "Dasar"),
        Column("pagu", "Pagu (Rp)", "rp"),
        Column("realisasi", "Realisasi (Rp)", "rp"),
        Column("serapan", "Penyerapan (%)", "persen", 1),
        Column("sisa", "Sisa (Rp)", "rp"),
    )
    return Table(
        id="serapan",
        caption=f"Penyerapan s.d. {setting.period_short} terhadap pagu terakhir dan pagu murni",
        is_sample=setting.is_sample,
        columns=columns,
        rows=rows,
        source=setting.spending_source,
        note=_incomplete(found),
    )


def by_month(setting: Setting, totals: pd.DataFrame) -> Table:
    """Cumulative spending and plan at the ends of quarters, in rupiah and per cent; the figure has every month."""
    rows = totals[totals["bulan"].mod(3).eq(0)]
    rows = rows.assign(nama=[words.MONTHS[month - 1] for month in rows["bulan"]])
    columns = [
        Column("nama", "s.d. bulan"),
        Column("rencana_rp", "Rencana kas (Rp)", "rp"),
        Column("rencana_pct", "Rencana (%)", "persen", 1),
        Column("realisasi_rp", "Realisasi (Rp)", "rp"),
        Column("realisasi_pct", "Realisasi (%)", "persen", 1),
    ]
    return Table.from_frame(
        rows,
        columns,
        id="bulanan",
        caption="Realisasi kumulatif per triwulan dan rencana kas",
        is_sample=setting.is_sample,
        source=setting.spending_source,
        note="Persentase terhadap pagu terakhir. Tanda – berarti bulan tanpa data.",
    )


def absorption_figure(setting: Setting, totals: pd.DataFrame) -> Figure | Note:
    """Two lines over the months: spending and plan, cumulative."""
    names = {"rencana_rp": "Rencana kas", "realisasi_rp": "Realisasi"}
    last = {label: totals[column].dropna() for column, label in names.items()}
    values = {label: rupiah(series.iloc[-1]) for label, series in last.items() if len(series)}
    if not values:
        absent = "Realisasi anggaran dan rencana kas belum diterima; gambar tidak dibuat."
        return Note("gambar-serapan", "", setting.is_sample, items=(Phrase(absent),))
    return Figure(
        id="gambar-serapan",
        caption="Realisasi kumulatif dan rencana kas",
        is_sample=setting.is_sample,
        unit="sumbu dalam miliar rupiah",
        alt="Garis kumulatif per bulan; nilai terakhir: "
        + "; ".join(f"{name} {value}" for name, value in values.items()),
        svg=draw_lines(totals.set_index("bulan").rename(columns=names)[list(names.values())], setting.is_sample),
        values=values,
        source=setting.spending_source,
    )


def _left(base: int | None, spent: int | None) -> int | None:
    return None if base is None or spent is None else base - spent


def _incomplete(found: Absorption) -> str:
    if found.realised_rp is None:
        return f"Realisasi anggaran: {words.inside(words.NOT_DELIVERED)}."
    if found.last_month is not None and found.last_month < found.month:
        return f"Data realisasi baru sampai {words.MONTHS[found.last_month - 1]}; penyerapan belum lengkap."
    return ""
