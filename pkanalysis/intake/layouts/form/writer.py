"""Writing the workbook of one OPD and period, filled with what is known and locked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from xlsxwriter import Workbook

from pkanalysis.config import Config
from pkanalysis.errors import PkError
from pkanalysis.intake.layouts.form.checks import write_checks
from pkanalysis.intake.layouts.form.guide import write_guide
from pkanalysis.intake.layouts.form.layout import IDENTITY, PROGRAMMES, SHEETS
from pkanalysis.intake.layouts.form.plan import Plan
from pkanalysis.intake.layouts.form.prefill import records
from pkanalysis.intake.layouts.form.reference import write_lists
from pkanalysis.intake.layouts.form.sheetwriter import write_sheet
from pkanalysis.intake.layouts.form.stamp import Stamp, made_on
from pkanalysis.intake.layouts.form.styles import Styles
from pkanalysis.tables import PERIODS


def file_name(config: Config, year: int, period: str, singkatan: str) -> str:
    """Name of the workbook of one OPD and period.

    Examples
    --------
    >>> file_name(Config("nyata", "Kota X"), 2025, "TW3", "DINKES")
    'ISIAN_2025_TW3_DINKES.xlsx'
    >>> file_name(Config("contoh", "Kota Contoh"), 2025, "TW3", "DINCONTOH")
    'ISIAN_2025_TW3_DINCONTOH_CONTOH.xlsx'
    """
    safe = "".join(letter if letter.isalnum() else "-" for letter in singkatan)
    return f"ISIAN_{year}_{period}_{safe}{'_CONTOH' if config.is_sample else ''}.xlsx"


def write(
    path: Path,
    tables: Mapping[str, pd.DataFrame],
    kode_opd: str,
    year: int,
    period: str,
    config: Config,
    made: dt.date | None = None,
) -> None:
    """Write the workbook of one OPD and period.

    What ``tables`` hold for the OPD is filled in and locked; rows of this period's ``realisasi``
    go into the yellow cells, earlier ones into ``4b_RIWAYAT``, later ones nowhere. A sheet without
    rows gets empty yellow ones.

    Parameters
    ----------
    path : pathlib.Path
        File to write; see :func:`file_name`.
    tables : mapping of str to DataFrame
        Conformed tables of the data dictionary, of this OPD or of all; missing ones are empty.
    kode_opd : str
    year : int
    period : {"TW1", "TW2", "TW3", "TW4", "tahunan"}
    config : Config
    made : datetime.date, optional
        Date in the marker and in the file's properties; today if not given.

    Raises
    ------
    PkError
        The OPD is not in ``tables["opd"]``, the period is not known, or a text is too long for a cell.
    """
    stamp = _stamp(year, period, config, made)
    found = tables["opd"][tables["opd"]["kode_opd"] == kode_opd]
    if found.empty:
        raise PkError(f"OPD {kode_opd!r} tidak ada dalam daftar OPD; impor atau lengkapi daftar OPD lebih dulu.")
    rows = records(tables, kode_opd, stamp)
    budget = tables.get("anggaran")
    has_budget = budget is not None and bool((budget["kode_opd"] == kode_opd).any())
    unused = frozenset([PROGRAMMES.name]) if has_budget else frozenset[str]()
    owner = f"{found['nama_opd'].iloc[0]} — {config.daerah}"
    _write(path, Plan(rows, stamp, config, owner, is_known=True, unused=unused), made)


def write_blank(path: Path, config: Config, year: int, period: str, made: dt.date | None = None) -> None:
    """Write a workbook for an OPD that is not known yet: every entry is a yellow cell.

    Parameters
    ----------
    path : pathlib.Path
    config : Config
    year : int
    period : {"TW1", "TW2", "TW3", "TW4", "tahunan"}
    made : datetime.date, optional
        Date in the marker and in the file's properties; today if not given.
    """
    stamp = _stamp(year, period, config, made)
    rows = {IDENTITY.name: [{"tahun_isian": year, "periode_isian": period}]}
    _write(path, Plan(rows, stamp, config, config.daerah, is_known=False), made)


def _stamp(year: int, period: str, config: Config, made: dt.date | None) -> Stamp:
    if period not in PERIODS:
        raise PkError(f"periode {period!r} tidak dikenal; yang ada: {', '.join(PERIODS)}.")
    return Stamp(year, period, made_on(made or dt.date.today()), config.is_sample)


def _write(path: Path, plan: Plan, made: dt.date | None) -> None:
    book = Workbook(str(path), {"in_memory": True})
    created = dt.datetime.combine(made or dt.date.today(), dt.time())
    book.set_properties({"title": f"Isian {plan.owner}", "author": "pkanalysis", "created": created})
    styles = Styles(book)
    write_guide(book, plan, styles)
    for sheet in SHEETS:
        write_sheet(book, sheet, plan, styles)
    write_checks(book, plan, styles)
    write_lists(book, plan)
    book.close()
