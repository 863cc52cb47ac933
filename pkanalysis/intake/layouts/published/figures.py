"""Rows of ``angka_terbit``: values exactly as published, their precision, and where sources disagree."""

from __future__ import annotations

import pandas as pd

from pkanalysis.intake.book import Book
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.published.shapes import Shape
from pkanalysis.tables import conform

_NUMBERS = ("target", "nilai", "capaian_pct")
_YEAR = r"(?:19|20)\d\d(?:\.0+)?"
_THING = ["uraian", "pelaku", "tahun", "periode", "satuan"]


def read(book: Book, rows: pd.DataFrame, shape: Shape) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """Turn text ``rows`` into ``angka_terbit``; a value that is no number is a finding."""
    full = _dated(rows) if shape.is_dated else rows.assign(satuan=rows["satuan"].fillna(shape.unit or pd.NA))
    full["presisi"] = full["presisi"].fillna(_decimals(full["nilai"].fillna(full["target"])))
    full["arah"] = full["arah"].str.extract(r"^(\S+)", expand=False)
    full["nilai_huruf"] = full["nilai"].where(~full["nilai"].str.contains(r"\d", na=True))
    full["nilai"] = full["nilai"].where(full["nilai_huruf"].isna())
    findings = _not_years(book, full) + [finding for name in _NUMBERS for finding in _not_numbers(book, full, name)]
    full["tahun"] = full["tahun"].where(full["tahun"].str.fullmatch(_YEAR, na=False))
    full = full.assign(**{name: pd.to_numeric(full[name], errors="coerce") for name in ("tahun", *_NUMBERS)})
    full["is_konflik"] = _disputed(full)
    return {"angka_terbit": conform("angka_terbit", full.assign(topik=shape.topic))}, findings


def _dated(rows: pd.DataFrame) -> pd.DataFrame:
    """The year out of the date as written, and the qualifier out of the unit into ``presisi``."""
    parts = rows["satuan"].str.extract(r"^(?P<satuan>[^(]+?)(?: \((?P<presisi>.+)\))?$")
    return rows.assign(**parts, tahun=rows["periode"].str.extract(r"(20\d\d)", expand=False))


def _decimals(published: pd.Series) -> pd.Series:
    """``"2 desimal"`` for ``"6.70"``: the digits that a float would forget; missing for whole numbers."""
    digits = published.str.extract(r"^-?\d+\.(\d+)$", expand=False).str.len()
    return (digits.astype("Int64").astype("str") + " desimal").where(digits.notna())


def _not_numbers(book: Book, rows: pd.DataFrame, name: str) -> list[Finding]:
    wrong = rows[rows[name].notna() & pd.to_numeric(rows[name], errors="coerce").isna()]
    rule, remedy = "harus angka dengan titik desimal, tanpa pemisah ribuan", "tulis misalnya 75.5 atau 44000000000"
    return [
        Finding("galat", book.name, "", f"baris {row}", name, value, rule, remedy)
        for row, value in zip(wrong["baris"], wrong[name], strict=True)
    ]


def _not_years(book: Book, rows: pd.DataFrame) -> list[Finding]:
    wrong = rows[rows["tahun"].notna() & ~rows["tahun"].str.fullmatch(_YEAR, na=True)]
    return [
        Finding("galat", book.name, "", f"baris {row}", "tahun", value, "bukan tahun", "tulis misalnya 2024")
        for row, value in zip(wrong["baris"], wrong["tahun"], strict=True)
    ]


def _disputed(rows: pd.DataFrame) -> pd.Series:
    """Rows whose note says KONFLIK, the row whose value that note contradicts, and things with two values."""
    things = rows.groupby(_THING, dropna=False)
    several = (things["nilai"].transform("nunique") > 1) | (things["target"].transform("nunique") > 1)
    noted = rows["catatan"].str.contains("KONFLIK", na=False)
    other = rows["catatan"].str.extract(r"KONFLIK dgn (\d+(?:,\d+)?)\)?(?:$|[:;])", expand=False).str.replace(",", ".")
    contradicted = set(zip(rows["uraian"], pd.to_numeric(other), strict=True))
    named = [pair in contradicted for pair in zip(rows["uraian"], rows["nilai"], strict=True)]
    return several | noted | pd.Series(named, index=rows.index)
