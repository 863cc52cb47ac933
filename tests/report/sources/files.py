"""The files as received, read plainly with pandas; nothing of pkanalysis is used."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pandas as pd

YEAR = 2025
QUARTERS = {1: "TW I", 2: "TW II", 3: "TW III", 4: "TW IV"}
ENDS = {1: dt.date(YEAR, 3, 31), 3: dt.date(YEAR, 9, 30)}


@cache
def sheet(path: Path, name: str | int = 0, header: int = 0) -> pd.DataFrame:
    return pd.read_excel(path, sheet_name=name, header=header, engine="calamine")


@dataclass(frozen=True)
class Files:
    """What one OPD, and the finance office about it, sent in for the report of one quarter of 2025."""

    workspace: Path
    short: str
    quarter: int

    @property
    def end(self) -> dt.date:
        return ENDS[self.quarter]

    @property
    def period(self) -> str:
        return QUARTERS[self.quarter]

    @cached_property
    def identity(self) -> dict[str, Any]:
        rows = self.form("1_IDENTITAS")
        return dict(zip(rows["Uraian"], rows["Isian"], strict=True))

    @cached_property
    def config(self) -> dict[str, Any]:
        return tomllib.loads((self.workspace / "pkanalysis.toml").read_text(encoding="utf-8"))

    @property
    def stages(self) -> dict[str, dict[str, Any]]:
        """Budget stages of the year in force at the end of the quarter, by code, in order."""
        stages = [stage for stage in self.config["tahap"] if stage["tahun"] == YEAR]
        return {stage["kode"]: stage for stage in stages if stage["berlaku_mulai"] <= self.end}

    @property
    def stage_names(self) -> dict[str, str]:
        return {code: stage["nama"] for code, stage in self.stages.items()}

    def form(self, name: str, file: str = "") -> pd.DataFrame:
        """One sheet of the filled workbook (TW3, or ``file``): headings in row 5, an example row below them."""
        rows = sheet(self.workspace / "kiriman" / (file or f"ISIAN_{YEAR}_TW3_{self.short}_CONTOH.xlsx"), name, 4)
        return rows[rows.iloc[:, 0] != "CONTOH"]

    def sipd(self, name: str, header: int = 0) -> pd.DataFrame:
        """This OPD's rows of a file of the whole city."""
        rows = sheet(self.workspace / "kiriman" / f"{name}_CONTOH.xlsx", header=header)
        code = next(column for column in rows if column.upper() == "KODE SKPD")
        return rows[rows[code] == self.identity["Kode OPD"]]

    def lines(self) -> pd.DataFrame:
        """Budget lines as index (codes and names), one column of rupiah per stage in force, 0 where absent."""
        names = [
            "KODE SUB UNIT", "KODE SUB KEGIATAN", "KODE REKENING", "KODE SUMBER DANA", "KODE PROGRAM", "NAMA PROGRAM",
            "NAMA SUB KEGIATAN", "NAMA REKENING",
        ]  # fmt: skip
        rows = pd.concat([self.sipd(f"rekap5_{YEAR}_{stage}").assign(tahap=stage) for stage in self.stages])
        wide = rows.pivot_table(index=names, columns="tahap", values="PAGU", aggfunc="sum", fill_value=0)
        return wide.astype("int64")

    def spent(self) -> pd.Series:
        """Rupiah spent per month: by date of transfer for LS, else of the document, less what was paid back."""
        rows = self.sipd(f"laporan_realisasi_{YEAR}", header=4)
        moment = rows["Tanggal Transfer"].where(rows["Jenis Transaksi"] == "LS", rows["Tanggal Dokumen"])
        return (rows["Nilai Realisasi"] - rows["Nilai Setoran"]).groupby(pd.to_datetime(moment).dt.month).sum()

    def saved(self) -> dt.date:
        """Date of the spending file: the last entry in it, whoever it is of."""
        path = self.workspace / "kiriman" / f"laporan_realisasi_{YEAR}_CONTOH.xlsx"
        return pd.to_datetime(sheet(path, header=4)["Tanggal Simpan"]).max().date()

    def planned(self) -> pd.Series:
        """Rupiah planned per month."""
        rows = self.sipd(f"rak_{YEAR}")
        january = rows.columns.get_loc("JANUARI")
        return rows.iloc[:, january : january + 12].sum().set_axis(range(1, 13))
