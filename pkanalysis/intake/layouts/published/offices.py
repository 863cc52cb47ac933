"""Rows of ``opd`` and ``alias_opd`` from a published list of offices."""

from __future__ import annotations

import re

import pandas as pd

from pkanalysis.intake.book import Book
from pkanalysis.intake.findings import Finding
from pkanalysis.tables import conform


def read(book: Book, rows: pd.DataFrame, region: str) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """Offices of ``region``; an office without a published SIPD code gets a stable stand-in.

    ``"BKBP/Kesbangpol"`` is one abbreviation and one other name. Abbreviations may clash; codes do not.
    """
    names = rows["singkatan"].str.split("/")
    full = rows.assign(singkatan=names.str[0], jenis=rows["jenis"].str.extract(r"^(\S+)", expand=False))
    stand_in = _stand_in(full, region)
    has_none = full["kode_opd"].isna()
    full["kode_opd"] = full["kode_opd"].fillna(stand_in)
    full["kode_induk"] = _parents(full)
    alias = full.assign(nama_asli=names.str[1:]).explode("nama_asli").dropna(subset=["nama_asli"])
    tables = {
        "opd": conform("opd", full.drop(columns=["catatan", "sumber"])),
        "alias_opd": conform("alias_opd", alias[["nama_asli", "kode_opd", "lembar", "baris"]]),
    }
    return tables, [_no_code(book, int(has_none.sum()))] if has_none.any() else []


def slug(text: str) -> str:
    """Capital letters and digits, joined by hyphens.

    Examples
    --------
    >>> slug("Kec. Alam Barajo")
    'KEC-ALAM-BARAJO'
    """
    return re.sub(r"[^A-Z0-9]+", "-", text.upper()).strip("-")


def _stand_in(offices: pd.DataFrame, region: str) -> pd.Series:
    """``JAMBI-DINKES``; the whole name where the abbreviation is missing or used twice."""
    place = slug(re.sub(r"^(Kota|Kabupaten|Provinsi)\s+", "", region))
    is_unique = offices["singkatan"].notna() & ~offices["singkatan"].duplicated(keep=False)
    return place + "-" + offices["singkatan"].where(is_unique, offices["nama_opd"]).map(slug)


def _parents(offices: pd.DataFrame) -> pd.Series:
    """The code of the office that the note calls its superior ("unit di bawah Setda, ...")."""
    both = pd.concat([offices.set_index("nama_opd")["kode_opd"], offices.set_index("singkatan")["kode_opd"]])
    codes = {str(name).casefold(): code for name, code in both.items()}
    superior = offices["catatan"].str.extract(r"di bawah ([^,;]+)", expand=False)
    return superior.str.strip().str.casefold().map(codes)


def _no_code(book: Book, count: int) -> Finding:
    rule = f"kode SKPD SIPD {count} OPD tidak diterbitkan, dipakai kode pengganti"
    remedy = "isi kolom kode setelah kode SIPD diketahui, lalu impor lagi"
    return Finding("catatan", book.name, "", "", "kode", "", rule, remedy)
