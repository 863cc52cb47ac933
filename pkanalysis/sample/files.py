"""The truth of Kota Contoh as tables, whole or as known at a quarter, and written as files "as received"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType

import pandas as pd
from pandas.api.types import is_numeric_dtype
from xlsxwriter import Workbook

from pkanalysis import config as configuration
from pkanalysis.errors import PkError
from pkanalysis.intake.layouts import form
from pkanalysis.sample import budget, catalogue, indicators, notes, outcomes, spending, targets
from pkanalysis.sample.budget import STAGES, stages
from pkanalysis.sample.catalogue import offices
from pkanalysis.sample.opening import structure
from pkanalysis.sample.spending import plan, report

MARK = "DATA CONTOH — bukan data resmi"
MADE = dt.datetime(2026, 1, 10)
REKAP = {
    "TAHUN": "tahun", "KODE URUSAN": "kode_urusan", "NAMA URUSAN": "nama_urusan", "KODE SKPD": "kode_opd",
    "NAMA SKPD": "nama_opd", "KODE SUB UNIT": "kode_sub_unit", "NAMA SUB UNIT": "nama_sub_unit",
    "KODE BIDANG URUSAN": "kode_bidang_urusan", "NAMA BIDANG URUSAN": "nama_bidang_urusan",
    "KODE PROGRAM": "kode_program", "NAMA PROGRAM": "nama_program", "KODE KEGIATAN": "kode_kegiatan",
    "NAMA KEGIATAN": "nama_kegiatan", "KODE SUB KEGIATAN": "kode_sub_kegiatan",
    "NAMA SUB KEGIATAN": "nama_sub_kegiatan", "KODE SUMBER DANA": "kode_sumber_dana",
    "NAMA SUMBER DANA": "nama_sumber_dana", "KODE REKENING": "kode_rekening", "NAMA REKENING": "nama_rekening",
    "PAKET/KELOMPOK": "kelompok", "NAMA PAKET/KELOMPOK": "paket", "PAGU": "pagu_rp",
}  # fmt: skip
"""Headings of rekap5 after NO, and where their values come from."""
PLAN = [
    "TAHUN", "KODE SKPD", "NAMA SKPD", "KODE SUB UNIT", "NAMA SUB UNIT", "KODE SUB KEGIATAN", "NAMA SUB KEGIATAN",
    "KODE SUMBER DANA", "NAMA SUMBER DANA", "KODE REKENING", "NAMA REKENING",
]  # fmt: skip
MONTHS = [
    "JANUARI", "FEBRUARI", "MARET", "APRIL", "MEI", "JUNI",
    "JULI", "AGUSTUS", "SEPTEMBER", "OKTOBER", "NOVEMBER", "DESEMBER",
]  # fmt: skip


def recap(year: int, stage: str) -> pd.DataFrame:
    """A rekap5 of one stage: 23 columns, codes as text, pagu as numbers."""
    pagu = stages()[year, stage]
    rows = structure()[pagu > 0].assign(tahun=year, kelompok="[#]", pagu_rp=pagu[pagu > 0])
    frame = pd.DataFrame({heading: rows[column] for heading, column in REKAP.items()})
    frame.insert(0, "NO", range(1, len(frame) + 1))
    return frame


def cash_plan(year: int) -> pd.DataFrame:
    """A RAK of one year on its last stage: a column per month and their sum."""
    months = pd.DataFrame(plan().loc[year]).set_axis(MONTHS, axis=1)
    rows = structure().loc[months.index].assign(tahun=year)
    frame = pd.DataFrame({heading: rows[REKAP[heading]] for heading in PLAN}).join(months)
    return frame.assign(JUMLAH=frame[MONTHS].sum(axis=1))


def write_table(path: Path, sheet: str, frame: pd.DataFrame, above: Sequence[str] = ()) -> Path:
    """Write ``frame`` row by row with its headings, below the lines ``above``."""
    with Workbook(str(path), {"constant_memory": True}) as book:
        book.set_properties({"title": MARK, "author": "pkanalysis", "created": MADE})
        page = book.add_worksheet(sheet)
        page.set_footer(f"&C{MARK}")
        for number, line in enumerate(above):
            page.write_string(number, 0, line)
        for column, heading in enumerate(frame.columns):
            page.write_string(len(above), column, heading)
        writers = [page.write_number if is_numeric_dtype(kind) else page.write_string for kind in frame.dtypes]
        for number, cells in enumerate(frame.itertuples(index=False), len(above) + 1):
            for column, (put, cell) in enumerate(zip(writers, cells, strict=True)):
                put(number, column, cell)
    return path


@cache
def truth() -> Mapping[str, pd.DataFrame]:
    """The tables that the sample's files are written from, by name; treat them as read-only.

    Examples
    --------
    >>> sorted(truth())[:4]
    ['analisis', 'anggaran', 'indikator', 'kaskade']
    """
    return MappingProxyType({
        "opd": catalogue.table(),
        "anggaran": budget.table(),
        "perubahan_anggaran": budget.causes(),
        "realisasi_anggaran": spending.table(),
        "rencana_kas": spending.plan_table(),
        "indikator": indicators.table(),
        "kaskade": notes.cascade_table(),
        "target": targets.table(),
        "realisasi": outcomes.table(),
        "perjanjian": targets.agreements(),
        "analisis": notes.analysis_table(),
        "pembanding": notes.comparison_table(),
    })  # fmt: skip


def as_known(period: str) -> Mapping[str, pd.DataFrame]:
    """What was known of 2025 at the end of ``period`` (``TW3``, ``TW4``): later rows are left out.

    Examples
    --------
    >>> rows = as_known("TW3")["realisasi"].query("tahun == 2025")
    >>> sorted(set(rows["periode"]))
    ['TW1', 'TW2', 'TW3']
    """
    tables = dict(truth())
    for name in ("realisasi", "analisis"):
        frame = tables[name]
        tables[name] = frame[(frame["tahun"] < 2025) | (frame["periode"] <= period)]
    signed, quarter = tables["perjanjian"], int(period[-1])
    end = pd.Timestamp(2025, 3 * quarter, 1) + pd.offsets.MonthEnd()
    tables["perjanjian"] = signed[signed["tanggal_ttd"] <= end]
    keys, target = ["kode_opd", "tahun", "dokumen", "ke"], tables["target"]
    later = pd.MultiIndex.from_frame(signed.loc[signed["tanggal_ttd"] > end, keys])
    tables["target"] = target[~pd.MultiIndex.from_frame(target[keys]).isin(later)]
    return MappingProxyType(tables)


RECEIVED = "kiriman"
ABOVE = {2025: [MARK, "Laporan Realisasi Per Dokumen", "Pemerintah Kota Contoh", "Tahun Anggaran 2025"]}
"""Lines above the headings of the report of a year."""
FORMS = {"TW3": dt.date(2025, 10, 9), "TW4": dt.date(2026, 1, 9)}
"""Periods of 2025 for which every office sent its workbook, and when they were made."""


def write(folder: Path) -> list[Path]:
    """Write the sample: ``pkanalysis.toml`` and the files to import, in ``kiriman/``.

    Parameters
    ----------
    folder : pathlib.Path
        Created if it is missing; files of the same name are overwritten.

    Returns
    -------
    list of pathlib.Path
        The files in ``kiriman/``, in the order in which they are best imported.

    Raises
    ------
    PkError
        The folder is a workspace of real data, or holds something else.
    """
    require_free(Path(folder))
    received = write_settings(Path(folder))
    settings, everyone = configuration.load(Path(folder)), offices()
    paths = [
        *(write_table(received / f"rekap5_{year}_{stage}_CONTOH.xlsx", "Rekap CONTOH", recap(year, stage))
          for year, stage in STAGES),
        *(write_table(received / f"rak_{year}_CONTOH.xlsx", "RAK CONTOH", cash_plan(year)) for year in (2024, 2025)),
        *(write_table(received / f"laporan_realisasi_{year}_CONTOH.xlsx", "Data Realisasi Dokumen", report(year),
                      ABOVE.get(year, ())) for year in (2023, 2024, 2025)),
    ]  # fmt: skip
    short = everyone["singkatan"]  # DKP, used by two, is told apart in the file name
    short = short.mask(short.duplicated(keep=False), short + "-" + everyone.index)
    for period, made in FORMS.items():
        own = {name: dict(list(frame.groupby("kode_opd"))) for name, frame in as_known(period).items()}
        for name, code in zip(short, everyone["kode_opd"], strict=True):
            paths.append(received / form.file_name(settings, 2025, period, name))
            tables = {name: frames[code] for name, frames in own.items() if code in frames}
            form.write(paths[-1], tables, code, 2025, period, settings, made=made)
    return paths


def write_settings(folder: Path) -> Path:
    """Write ``pkanalysis.toml`` and make the folder ``kiriman/``, which is given back."""
    received = folder / RECEIVED
    received.mkdir(parents=True, exist_ok=True)
    text = resources.files("pkanalysis.sample").joinpath(configuration.FILE).read_text(encoding="utf-8")
    (folder / configuration.FILE).write_text(text, encoding="utf-8", newline="\n")
    return received


def require_free(folder: Path) -> None:
    """Refuse a folder that holds real data or something that is no workspace."""
    remedy = "sebut folder lain: `pkanalysis sample FOLDER`"
    if (folder / configuration.FILE).is_file():
        if not configuration.load(folder).is_sample:
            raise PkError(f"{folder} berisi ruang kerja data nyata dan tidak ditimpa dengan data contoh; {remedy}.")
    elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PkError(f"{folder} sudah berisi sesuatu yang bukan ruang kerja contoh dan tidak ditimpa; {remedy}.")
