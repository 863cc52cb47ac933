"""Arithmetic that published figures allow: do the parts add up, does the announced rate follow."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from pkanalysis.analysis.published.terms import AFTER, BEFORE, BOUND, BUDGET, COUNCIL, RATE, SAVING, TOTAL, Check, Term

COLUMNS = ["uji", "tertulis", "hitungan", "selisih", "satuan", "hasil", "sumber"]


def budget(figures: pd.DataFrame) -> pd.DataFrame:
    """Whether published parts of the APBD add up to the published totals; columns as :func:`sums`."""
    return sums(figures, BUDGET)


def saving(figures: pd.DataFrame, offices: pd.DataFrame) -> pd.DataFrame:
    """Whether announced savings, rates and additions agree with each other; columns as :func:`sums`."""
    parts = [part for part in (sums(figures, SAVING), shares(figures, offices)) if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS)


def sums(figures: pd.DataFrame, checks: tuple[Check, ...]) -> pd.DataFrame:
    """Every check whose figures are all there.

    Returns
    -------
    pandas.DataFrame
        ``uji``, ``tertulis`` (rupiah; missing where nothing was stated), ``hitungan`` (rupiah),
        ``selisih`` = hitungan - tertulis, ``satuan``, ``hasil`` ("cocok", "tidak cocok", or "hitungan"
        where there is nothing to compare with) and ``sumber``.
    """
    rows = [_sum(figures, check) for check in checks if all(len(term.rows(figures)) for term in check.terms)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _sum(figures: pd.DataFrame, check: Check) -> tuple[object, ...]:
    value = sum(term.total(figures) for term in check.plus) - sum(term.total(figures) for term in check.minus)
    stated = check.stated.total(figures) if check.stated else None
    result = "hitungan" if stated is None else "cocok" if value == stated else "tidak cocok"
    difference = None if stated is None else value - stated
    return check.label, stated, value, difference, "rupiah", result, _addresses(figures, *check.terms)


def shares(figures: pd.DataFrame, offices: pd.DataFrame) -> pd.DataFrame:
    """The travel rate, and what is left per other office; columns as :func:`sums`.

    Parameters
    ----------
    figures, offices : pandas.DataFrame
        Tables ``angka_terbit`` and ``opd``; ``bagian`` are parts of an office and not counted.
    """
    needed = (TOTAL, COUNCIL, BOUND, BEFORE, AFTER, RATE)
    if not all(len(term.rows(figures)) for term in needed):
        return pd.DataFrame(columns=COLUMNS)
    return pd.DataFrame([_rate(figures), *_averages(figures, offices)], columns=COLUMNS)


def _rate(figures: pd.DataFrame) -> tuple[object, ...]:
    before, stated = BEFORE.total(figures), RATE.total(figures)
    value = 100 * (before - AFTER.total(figures)) / before
    result = "cocok" if value == stated else "tidak cocok"
    label = "Tarif potong perjalanan dinas = (sebelum − sesudah) / sebelum"
    return label, stated, value, value - stated, "persen", result, _addresses(figures, RATE, BEFORE, AFTER)


def _averages(figures: pd.DataFrame, offices: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    """Rest of the saving per other office; it can only hold if the average stays under the stated bound."""
    rest, bound = TOTAL.total(figures) - COUNCIL.total(figures), BOUND.total(figures)
    others = offices[~offices["jenis"].isin(["bagian"]) & offices["singkatan"].ne("SETWAN")]
    for name, count in (("tanpa RSUD", int(others["jenis"].ne("rsud").sum())), ("dengan RSUD", len(others))):
        if count:
            label = f"Rata-rata {count} SKPD selain Setwan ({name}) terhadap batas yang diumumkan"
            result = "mungkin, tetapi ketat" if rest / count < bound else "tidak mungkin"
            yield label, bound, rest / count, None, "rupiah", result, _addresses(figures, TOTAL, COUNCIL, BOUND)


def _addresses(figures: pd.DataFrame, *terms: Term) -> str:
    found = pd.concat([term.rows(figures)["sumber"] for term in terms])
    return " | ".join(dict.fromkeys(found.str.split(r"\s*\|\s*", regex=True).explode()))
