"""What the tables hold for one OPD and period, as rows of each sheet.

What goes where: the rows of every sheet, and the addresses that formulas point at.

Targets in the workbook are one row per document and year; in the table one row per period.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from pkanalysis.config import Config
from pkanalysis.intake.layouts.form.formulas import Around
from pkanalysis.intake.layouts.form.labels import CLOSED, Labels, closed
from pkanalysis.intake.layouts.form.layout import BY_NAME
from pkanalysis.intake.layouts.form.spec import FIRST, Sheet, Stamp
from pkanalysis.periods import QUARTERS, due_quarters, end_of
from pkanalysis.tables import PERIODS, empty

SUFFIXES = {"nilai": "", "nilai_atas": "_atas", "nilai_huruf": "_huruf"}
"""Value column of the table -> ending of the workbook's column (``TW1_atas``)."""
ROW = ["kode_indikator", "tahun", "dokumen", "ke"]


def wide(target: pd.DataFrame) -> pd.DataFrame:
    """Table ``target`` as rows of ``3_TARGET``, in the order of first appearance.

    Parameters
    ----------
    target : pandas.DataFrame
        Table ``target``; the reason of the first period that has one stands for the document.
    """
    if target.empty:
        return pd.DataFrame(columns=[*ROW, "alasan_perubahan"])
    reason = target.groupby(ROW, sort=False)["alasan_perubahan"].first()
    parts = [
        target.pivot(index=ROW, columns="periode", values=column).add_suffix(suffix)
        for column, suffix in SUFFIXES.items()
    ]
    return pd.concat([reason, *parts], axis=1).loc[reason.index].reset_index()


def long(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of ``3_TARGET`` as table ``target``; a period without any value gives no row."""
    if rows.empty:
        return empty("target")
    shared = rows[[*ROW, "alasan_perubahan", "lembar", "baris"]]
    parts = [
        shared.assign(periode=period, **{column: rows[period + suffix] for column, suffix in SUFFIXES.items()})
        for period in PERIODS
    ]
    stacked = pd.concat(parts).dropna(subset=list(SUFFIXES), how="all")
    return stacked.sort_values("baris", kind="stable", ignore_index=True)


Records = list[dict[str, Any]]
Tables = Mapping[str, pd.DataFrame]
ABOUT = ["nama_indikator", "satuan", "polaritas", "agregasi", "rumus", "jadwal_ukur"]


def records(tables: Tables, kode_opd: str, stamp: Stamp) -> dict[str, Records]:
    """Rows of every sheet for one OPD, as stored values by field name.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables of the data dictionary, of one OPD or of all; a table that is missing is empty.
    kode_opd : str
    stamp : Stamp
        Year and period of the workbook.
    """
    own = {name: _own(tables, name, kode_opd) for name in _NAMES}
    own["realisasi"] = _in_order(own["realisasi"])
    sheets = {
        "1_IDENTITAS": own["opd"].assign(tahun_isian=stamp.year, periode_isian=stamp.period),
        "2_INDIKATOR": own["indikator"],
        "2b_KAITAN": _named(own["kaskade"], own["indikator"]),
        "3_TARGET": _named(wide(own["target"]), own["indikator"]),
        "4_REALISASI": actuals(own, stamp),
        "4b_RIWAYAT": _named(_earlier(own["realisasi"], stamp), own["indikator"]),
        "4c_PEMBANDING": _named(own["pembanding"], own["indikator"]),
        "5_PERJANJIAN": own["perjanjian"],
        "7_ANALISIS": analyses(own, stamp),
        "8_PERUBAHAN_ANGGARAN": _with_names(own["perubahan_anggaran"], own["anggaran"], stamp.year),
    }
    return {name: _records(frame) for name, frame in sheets.items()}


def actuals(own: Tables, stamp: Stamp) -> pd.DataFrame:
    """Rows of ``4_REALISASI``: indicators of the year with target, earlier actuals and what is known now."""
    actual = own["realisasi"]
    now = _at(actual, stamp.year, stamp.period)[["nilai", "nilai_huruf", "status", "sumber", "tanggal_data", "bukti"]]
    frame = _due_now(own["indikator"], now.index, stamp.year).set_index("kode_indikator")[ABOUT]
    before = QUARTERS[: QUARTERS.index(stamp.period)] if stamp.period in QUARTERS else ()
    frame = frame.join(now).join(_target(own["target"], own["perjanjian"], stamp))
    frame["tahun_lalu"] = _at(actual, stamp.year - 1, stamp.period)["nilai"]
    frame["tw_lalu"] = _at(actual, stamp.year, before[-1])["nilai"] if before else None
    is_added = frame["agregasi"].isin(["jumlah", "rata_rata"])
    frame = frame.join(_summed(actual, stamp.year, before, frame["jadwal_ukur"])[is_added])
    words = {column: frame[column].map(CLOSED[column]) for column in ABOUT if column in CLOSED}
    return frame.assign(**words).reset_index()


def analyses(own: Tables, stamp: Stamp) -> pd.DataFrame:
    """Rows of ``7_ANALISIS``: indicators of the year with what has been written for this period."""
    now = _at(own["analisis"], stamp.year, stamp.period).drop(columns=["kode_opd", "tahun", "periode"])
    names = _due_now(own["indikator"], now.index, stamp.year)[["kode_indikator", "nama_indikator"]]
    return names.join(now, on="kode_indikator")


_NAMES = (
    "opd", "indikator", "kaskade", "target", "realisasi", "pembanding", "perjanjian", "analisis",
    "perubahan_anggaran", "anggaran",
)  # fmt: skip


def _records(frame: pd.DataFrame) -> Records:
    return [dict(zip(frame.columns, row, strict=True)) for row in frame.astype(object).to_numpy()]


def _own(tables: Tables, name: str, kode_opd: str) -> pd.DataFrame:
    frame = tables.get(name)
    return empty(name) if frame is None else frame[frame["kode_opd"] == kode_opd]


def _in_order(actual: pd.DataFrame) -> pd.DataFrame:
    rank = actual["periode"].map(PERIODS.index)
    return actual.assign(rank=rank).sort_values(["kode_indikator", "tahun", "rank"], kind="stable")


def _earlier(actual: pd.DataFrame, stamp: Stamp) -> pd.DataFrame:
    is_before = actual["rank"] < PERIODS.index(stamp.period)
    return actual[(actual["tahun"] < stamp.year) | ((actual["tahun"] == stamp.year) & is_before)]


def _at(rows: pd.DataFrame, year: int, period: str) -> pd.DataFrame:
    chosen = rows[(rows["tahun"] == year) & (rows["periode"] == period)]
    return chosen.set_index("kode_indikator")


def _due_now(indicators: pd.DataFrame, reported: pd.Index, year: int) -> pd.DataFrame:
    """Indicators in force in ``year``, and those for which something was reported all the same."""
    since, until = indicators["berlaku_dari"].fillna(year), indicators["berlaku_sampai"].fillna(year)
    is_in_force = (since <= year) & (until >= year)
    return indicators[is_in_force | indicators["kode_indikator"].isin(reported)]


def _target(target: pd.DataFrame, agreements: pd.DataFrame, stamp: Stamp) -> pd.DataFrame:
    """Target and upper bound of the period in the last PK of the year that was signed by its end."""
    document = ["dokumen", "ke"]
    late = agreements[
        (agreements["tahun"] == stamp.year) & (agreements["tanggal_ttd"] > end_of(stamp.year, stamp.period))
    ]
    rows = target[(target["tahun"] == stamp.year) & target["dokumen"].isin(["pk", "pk_perubahan"])]
    rows = rows[~rows.set_index(document).index.isin(late.set_index(document).index)]
    same = {"TW4": ("TW4", "tahunan"), "tahunan": ("TW4", "tahunan")}.get(stamp.period, (stamp.period,))
    rows = rows[rows["periode"].isin(same)].assign(is_exact=lambda rows: rows["periode"] == stamp.period)
    last = rows.sort_values([*document, "is_exact"], kind="stable").groupby("kode_indikator").tail(1)
    return last.set_index("kode_indikator")[["nilai", "nilai_atas"]].set_axis(["target", "target_atas"], axis=1)


def _summed(actual: pd.DataFrame, year: int, before: tuple[str, ...], schedule: pd.Series) -> pd.DataFrame:
    """Sum and count of the earlier quarters; no sum where a quarter that was due has no value."""
    rows = actual[(actual["tahun"] == year) & actual["periode"].isin(before)]
    plans = rows["kode_indikator"].map(schedule)
    is_due = np.array(
        [quarter in due_quarters(plan) for plan, quarter in zip(plans, rows["periode"], strict=True)], dtype=bool
    )
    is_settled = is_due & (rows["nilai"].notna() | rows["status"].eq("belum_jadwal"))
    by_code = rows.assign(beres=is_settled).groupby("kode_indikator")
    known = by_code.agg(total=("nilai", "sum"), banyak=("nilai", "count"), beres=("beres", "sum"))
    known = known.reindex(schedule.index, fill_value=0)
    needed = schedule.map(lambda plan: sum(quarter in due_quarters(plan) for quarter in before))
    total = known["total"].astype("float64").mask(known["beres"] < needed)
    return pd.DataFrame({"jumlah_sebelumnya": total, "banyak_sebelumnya": known["banyak"]})


def _named(frame: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    about = indicators.set_index("kode_indikator")[["nama_indikator", "satuan"]]
    return frame.join(about[~about.index.duplicated()], on="kode_indikator")


def _with_names(changes: pd.DataFrame, budget: pd.DataFrame, year: int) -> pd.DataFrame:
    frame = changes[changes["tahun"] == year].assign(memengaruhi_target=lambda rows: rows["memengaruhi_target"].map(
        {True: "True", False: "False"}))  # fmt: skip
    for code, name in (("kode_sub_kegiatan", "nama_sub_kegiatan"), ("kode_rekening", "nama_rekening")):
        frame[name] = frame[code].map(budget.drop_duplicates(code).set_index(code)[name])
    return frame


@dataclass(frozen=True)
class Plan:
    """One workbook to be written. ``is_known`` says that the OPD is known, so its sheets are locked.

    ``unused`` names sheets that get neither rows nor room.
    """

    records: dict[str, Records]
    stamp: Stamp
    config: Config
    owner: str
    is_known: bool
    unused: frozenset[str] = frozenset()

    @cached_property
    def lists(self) -> dict[str, Labels]:
        """Closed lists with the stages of the configuration."""
        return closed(self.config)

    def rows(self, sheet: Sheet) -> Records:
        """Filled rows of a sheet."""
        return self.records.get(sheet.name, [])

    def room(self, sheet: Sheet) -> int:
        """Number of empty rows below the filled ones."""
        if sheet.name in self.unused:
            return 0
        return sheet.spare if self.rows(sheet) else sheet.room

    def last(self, sheet: Sheet) -> int:
        """Last data row (1-based); at least the first one, so that ranges are never reversed."""
        return max(FIRST, FIRST - 1 + len(self.rows(sheet)) + self.room(sheet))

    def span(self, sheet_name: str, field: str) -> str:
        """Absolute range of one column of a sheet."""
        sheet = BY_NAME[sheet_name]
        letter = sheet.letters[field]
        return f"'{sheet_name}'!${letter}${FIRST}:${letter}${self.last(sheet)}"

    def around(self, sheet: Sheet, row: int) -> Around:
        """What formulas of ``row`` (1-based) may point at."""
        cells = {name: f"${letter}{row}" for name, letter in sheet.letters.items()}
        return Around(cells, self.span, self.stamp.year, self.stamp.period)
