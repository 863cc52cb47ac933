"""What is written where: rows of every sheet from the tables of one OPD, and the addresses that formulas point at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pkanalysis.config import Config
from pkanalysis.intake.layouts.form.layout import BY_NAME, TARGET_KEY, TARGET_SUFFIXES
from pkanalysis.intake.layouts.form.spec import FIRST, ROOM, Sheet, Stamp
from pkanalysis.tables import empty
from pkanalysis.vocabulary import LABELS, OF_THE_QUARTER, PERIODS, QUARTERS, due_quarters, end_of

Records = list[dict[str, Any]]
Tables = Mapping[str, pd.DataFrame]
NEEDED = (
    "opd", "indikator", "kaskade", "target", "realisasi", "pembanding", "perjanjian", "analisis",
    "perubahan_anggaran", "anggaran",
)  # fmt: skip
ABOUT = ["nama_indikator", "satuan", "polaritas", "agregasi", "rumus", "jadwal_ukur"]
REPORTED = ["nilai", "nilai_huruf", "status", "sumber", "tanggal_data", "bukti"]


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
    given = ((name, tables.get(name)) for name in NEEDED)
    own = {name: empty(name) if frame is None else frame[frame["kode_opd"] == kode_opd] for name, frame in given}
    actual = own["realisasi"].assign(rank=own["realisasi"]["periode"].map(PERIODS.index))
    own["realisasi"] = actual = actual.sort_values(["kode_indikator", "tahun", "rank"], kind="stable")
    is_same_year, is_before = actual["tahun"] == stamp.year, actual["rank"] < PERIODS.index(stamp.period)
    earlier = actual[(actual["tahun"] < stamp.year) | (is_same_year & is_before)]
    about = own["indikator"].set_index("kode_indikator")[["nama_indikator", "satuan"]]
    about = about[~about.index.duplicated()]

    noted = _at(own["analisis"], stamp.year, stamp.period).drop(columns=["kode_opd", "tahun", "periode"])
    analysed = _due_now(own["indikator"], noted.index, stamp.year)[["kode_indikator", "nama_indikator"]]
    changes = own["perubahan_anggaran"][own["perubahan_anggaran"]["tahun"] == stamp.year]
    changes = changes.assign(memengaruhi_target=changes["memengaruhi_target"].map({True: "True", False: "False"}))
    for code, name in (("kode_sub_kegiatan", "nama_sub_kegiatan"), ("kode_rekening", "nama_rekening")):
        changes[name] = changes[code].map(own["anggaran"].drop_duplicates(code).set_index(code)[name])
    sheets = {
        "1_IDENTITAS": own["opd"].assign(tahun_isian=stamp.year, periode_isian=stamp.period),
        "2_INDIKATOR": own["indikator"],
        "2b_KAITAN": own["kaskade"].join(about, on="kode_indikator"),
        "3_TARGET": _wide(own["target"]).join(about, on="kode_indikator"),
        "4_REALISASI": _actuals(own, stamp),
        "4b_RIWAYAT": earlier.join(about, on="kode_indikator"),
        "4c_PEMBANDING": own["pembanding"].join(about, on="kode_indikator"),
        "5_PERJANJIAN": own["perjanjian"],
        "7_ANALISIS": analysed.join(noted, on="kode_indikator"),
        "8_PERUBAHAN_ANGGARAN": changes,
    }
    return {
        name: [dict(zip(frame.columns, row, strict=True)) for row in frame.astype(object).to_numpy()]
        for name, frame in sheets.items()
    }


def _wide(target: pd.DataFrame) -> pd.DataFrame:
    """Table ``target`` with one row per document and year, whose first reason stands for the document."""
    if target.empty:
        return pd.DataFrame(columns=[*TARGET_KEY, "alasan_perubahan"])
    reason = target.groupby(TARGET_KEY, sort=False)["alasan_perubahan"].first()
    parts = [
        target.pivot(index=TARGET_KEY, columns="periode", values=column).add_suffix(suffix)
        for column, suffix in TARGET_SUFFIXES.items()
    ]
    return pd.concat([reason, *parts], axis=1).loc[reason.index].reset_index()


def _at(rows: pd.DataFrame, year: int, period: str) -> pd.DataFrame:
    return rows[(rows["tahun"] == year) & (rows["periode"] == period)].set_index("kode_indikator")


def _due_now(indicators: pd.DataFrame, reported: pd.Index, year: int) -> pd.DataFrame:
    """Indicators in force in ``year``, and those for which something was reported all the same."""
    since, until = indicators["berlaku_dari"].fillna(year), indicators["berlaku_sampai"].fillna(year)
    return indicators[(since <= year) & (until >= year) | indicators["kode_indikator"].isin(reported)]


def _actuals(own: Tables, stamp: Stamp) -> pd.DataFrame:
    """Rows of ``4_REALISASI``: indicators of the year with target, earlier actuals and what is known now."""
    actual, target, agreements = own["realisasi"], own["target"], own["perjanjian"]
    now = _at(actual, stamp.year, stamp.period)[REPORTED]
    frame = _due_now(own["indikator"], now.index, stamp.year).set_index("kode_indikator")[ABOUT].join(now)

    # target and upper bound of the period in the last PK of the year that was signed by its end
    document, year_end = ["dokumen", "ke"], ("TW4", "tahunan")
    is_late = agreements["tanggal_ttd"] > pd.Timestamp(end_of(stamp.year, stamp.period))
    late = agreements[(agreements["tahun"] == stamp.year) & is_late].set_index(document).index
    rows = target[(target["tahun"] == stamp.year) & target["dokumen"].isin(["pk", "pk_perubahan"])]
    rows = rows[rows["periode"].isin(year_end if stamp.period in year_end else (stamp.period,))]
    rows = rows[~rows.set_index(document).index.isin(late)]
    ordered = rows.assign(is_exact=rows["periode"] == stamp.period).sort_values([*document, "is_exact"], kind="stable")
    last = ordered.groupby("kode_indikator").tail(1).set_index("kode_indikator")[["nilai", "nilai_atas"]]
    frame = frame.join(last.set_axis(["target", "target_atas"], axis=1))

    before = QUARTERS[: QUARTERS.index(stamp.period)] if stamp.period in QUARTERS else ()
    frame["tahun_lalu"] = _at(actual, stamp.year - 1, stamp.period)["nilai"]
    frame["tw_lalu"] = _at(actual, stamp.year, before[-1])["nilai"] if before else None
    is_added = frame["agregasi"].isin(OF_THE_QUARTER)
    frame = frame.join(_summed(actual, stamp.year, before, frame["jadwal_ukur"])[is_added])
    words = {column: frame[column].map(LABELS[column]) for column in ABOUT if column in LABELS}
    return frame.assign(**words).reset_index()


def _summed(actual: pd.DataFrame, year: int, before: tuple[str, ...], schedule: pd.Series) -> pd.DataFrame:
    """Sum and count of the earlier quarters; no sum where a quarter that was due has no value."""
    rows = actual[(actual["tahun"] == year) & actual["periode"].isin(before)]
    due = rows["kode_indikator"].map(schedule).map(due_quarters)
    is_due = [quarter in quarters for quarter, quarters in zip(rows["periode"], due, strict=True)]
    is_settled = (rows["nilai"].notna() | rows["status"].eq("belum_jadwal")) & pd.Series(is_due, rows.index, dtype=bool)
    by_code = rows.assign(settled=is_settled).groupby("kode_indikator")
    known = by_code.agg(total=("nilai", "sum"), count=("nilai", "count"), settled=("settled", "sum"))
    known = known.reindex(schedule.index, fill_value=0)
    needed = schedule.map(lambda plan: sum(quarter in due_quarters(plan) for quarter in before))
    total = known["total"].astype("float64").mask(known["settled"] < needed)
    return pd.DataFrame({"jumlah_sebelumnya": total, "banyak_sebelumnya": known["count"]})


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

    def rows(self, sheet: Sheet) -> list[dict[str, Any] | None]:
        """Filled rows of a sheet, and ``None`` for every empty one below them."""
        filled = self.records.get(sheet.name, [])
        room = 0 if sheet.name in self.unused else sheet.spare if filled else ROOM
        return [*filled, *[None] * room]

    def last(self, sheet: Sheet) -> int:
        """Last data row (1-based); at least the first one, so that ranges are never reversed."""
        return FIRST - 1 + max(1, len(self.rows(sheet)))

    def span(self, sheet_name: str, field: str) -> str:
        """Absolute range of one column of a sheet; the cell of the entry on an upright one."""
        sheet = BY_NAME[sheet_name]
        if sheet.is_upright:
            return f"'{sheet_name}'!$B${FIRST + sheet.position(field)}"
        letter = sheet.letters[field]
        return f"'{sheet_name}'!${letter}${FIRST}:${letter}${self.last(sheet)}"

    def fill(self, formula: str, sheet: Sheet, row: int) -> str:
        """The formula of ``row`` (1-based) with addresses in place of ``[field]`` and ``[sheet!field]``."""
        return re.sub(
            r"\[(?:(\w+)!)?(\w+)\]",
            lambda found: self.span(found[1], found[2]) if found[1] else f"${sheet.letters[found[2]]}{row}",
            formula,
        )
