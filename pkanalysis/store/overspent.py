"""Spending of a year held against the last budget stage, line by line, whichever came second."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from pkanalysis.config import Stage
from pkanalysis.intake.findings import Finding

KEYS = ["kode_opd", "kode_sub_kegiatan", "kode_rekening"]
LISTED = 20
"""Findings per year of a file; further lines are counted in one more."""
ROUNDING = 12
"""Rupiah that twelve months with rounded cents may be above."""
_REMEDY = "periksa dokumen realisasinya, atau impor tahap anggaran yang lebih baru"


def above_pagu(
    new: pd.DataFrame, budget: pd.DataFrame, spending: pd.DataFrame, stages: Sequence[Stage], file: str
) -> list[Finding]:
    """A warning per line whose spending of the year is above its pagu at the last stage stored.

    Nothing is said while a stage that was in force by the last month of the spending is still to come, or when the
    file at hand is an earlier stage.

    Parameters
    ----------
    new : pandas.DataFrame
        Rows of the file at hand, of ``anggaran`` or ``realisasi_anggaran``: they give the place of a finding.
    budget, spending : pandas.DataFrame
        Rows of ``anggaran`` and ``realisasi_anggaran`` of one year as stored now.
    stages : sequence of Stage
        Stages of the year, in order.
    file : str
        Name of the file at hand.
    """
    stage = _last(budget, spending, stages)
    if not stage or ("tahap" in new and not new["tahap"].eq(stage).any()):
        return []
    here = new["kode_opd"].unique()
    pagu = budget[budget["tahap"].eq(stage) & budget["kode_opd"].isin(here)]
    spent = spending[spending["kode_opd"].isin(here)]
    lines = _lines(pagu, spent)
    over = lines[lines["spent"].sub(lines["pagu"]).gt(ROUNDING)].sort_values("spent", ascending=False)
    return list(_findings(new, over, stage, file)) if len(over) else []


def _last(budget: pd.DataFrame, spending: pd.DataFrame, stages: Sequence[Stage]) -> str:
    """The last stage stored, unless one that was in force by the end of the spending is not there yet."""
    stored = set(budget["tahap"].unique())
    known = [stage for stage in stages if stage.kode in stored]
    if not known or spending.empty:
        return ""
    year, month = known[-1].tahun, int(spending["bulan"].max())
    end = dt.date(year, month, calendar.monthrange(year, month)[1])
    later = list(stages)[list(stages).index(known[-1]) + 1 :]
    return "" if any(stage.berlaku_mulai and stage.berlaku_mulai <= end for stage in later) else known[-1].kode


def _lines(pagu: pd.DataFrame, spent: pd.DataFrame) -> pd.DataFrame:
    """Spending and pagu per line; by account alone for an OPD of which either side has no sub kegiatan.

    A line that has no pagu counts with nought where others of its sub kegiatan have one.
    """
    coarse = set[str]()
    for frame in (pagu, spent):
        coarse |= set(frame.loc[frame["kode_sub_kegiatan"].fillna("").eq(""), "kode_opd"].unique())
    sums = [
        frame.assign(kode_sub_kegiatan=frame["kode_sub_kegiatan"].mask(frame["kode_opd"].isin(coarse), ""))
        .groupby(KEYS)[value].sum()
        for frame, value in ((pagu, "pagu_rp"), (spent, "realisasi_rp"))
    ]  # fmt: skip
    both = sums[1].rename("spent").to_frame().join(sums[0].rename("pagu")).reset_index()
    activities = pd.MultiIndex.from_frame(sums[0].reset_index()[KEYS[:2]].drop_duplicates())
    is_known = pd.MultiIndex.from_frame(both[KEYS[:2]]).isin(activities)
    return both[is_known].assign(pagu=lambda frame: frame["pagu"].fillna(0))


def _findings(new: pd.DataFrame, over: pd.DataFrame, stage: str, file: str) -> Iterator[Finding]:
    column = "realisasi_rp" if "realisasi_rp" in new else "pagu_rp"
    for row in over.head(LISTED).to_dict("records"):
        spent, pagu = int(row["spent"]), int(row["pagu"])
        more = f", {100 * (spent / pagu - 1):.2g} % lebih".replace(".", ",") if pagu > 0 else ""
        rule = (
            f"realisasi setahun {spent} melebihi pagu tahap {stage} {pagu}{more} "
            f"({row['kode_opd']}, {row['kode_sub_kegiatan'] or 'semua sub kegiatan'}, {row['kode_rekening']})"
        )
        yield Finding("peringatan", file, *_place(new, row, column), rule, _REMEDY)
    if len(over) > LISTED:
        rule = f"{len(over) - LISTED} baris lain juga melebihi pagu tahap {stage}"
        yield Finding("peringatan", file, "", "", column, "", rule, _REMEDY)


def _place(new: pd.DataFrame, line: dict[Any, Any], column: str) -> tuple[str, str, str, str]:
    """Sheet, row, column and figure of the line in the file at hand, of its last month; empty when it is not there."""
    own = new[new["kode_rekening"].eq(line["kode_rekening"]) & new["kode_opd"].eq(line["kode_opd"])]
    own = own[own["kode_sub_kegiatan"].eq(line["kode_sub_kegiatan"])] if line["kode_sub_kegiatan"] else own
    own = own.sort_values("bulan", kind="stable") if "bulan" in own else own
    if own.empty or pd.isna(own["baris"].iloc[-1]):
        return "", "", column, ""
    last = own.iloc[-1]
    return str(last["lembar"]), f"baris {last['baris']}", column, str(last[column])
