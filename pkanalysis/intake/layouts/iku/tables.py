"""Tidy rows of a list of indicators."""

from __future__ import annotations

import pandas as pd

from pkanalysis.intake.layouts.iku.items import Item, Reported
from pkanalysis.intake.layouts.iku.quarters import aggregation, cumulated
from pkanalysis.intake.layouts.iku.stated import printed

Row = dict[str, str | float | None]


def offices(items: list[Item]) -> pd.DataFrame:
    """Rows of ``opd`` with stand-in codes."""
    rows = [
        {"kode_opd": item.office.code, "nama_opd": item.office.name, "lembar": item.sheet, "baris": item.row}
        for item in items
        if item.office
    ]
    return pd.DataFrame(rows).drop_duplicates("kode_opd")


def indicators(items: list[Item]) -> pd.DataFrame:
    """Rows of ``indikator``."""
    rows = [
        _place(item)
        | {
            "nama_indikator": item.subject,
            "tingkat": item.level,
            "sasaran": item.words.get("sasaran") or None,
            "satuan": item.unit or None,
            "polaritas": item.polarity,
            "agregasi": aggregation(item),
            "definisi": item.words.get("definisi") or None,
            "sumber": item.words.get("sumber_data") or None,
        }
        for item in items
    ]
    return pd.DataFrame(rows).drop_duplicates("kode_indikator")


def targets(items: list[Item]) -> pd.DataFrame:
    """Rows of ``target``; that of a quarter is to date."""
    rows = [
        _place(item) | _when(told) | {"dokumen": told.document, "ke": int(told.document == "pk_perubahan")}
        | {"nilai": to_date.get(told.place, told.value.number), "nilai_atas": told.value.upper}
        | {"nilai_huruf": told.value.letter or None}
        for item, to_date in ((item, cumulated(item)) for item in items)
        for told in item.of("target")
        if told.value.number is not None or told.value.letter
    ]  # fmt: skip
    return pd.DataFrame(rows)


def actuals(items: list[Item]) -> pd.DataFrame:
    """Rows of ``realisasi``; a range has no single value, so its lower end stands for it nowhere."""
    rows = [
        _place(item) | _when(told) | {"nilai": told.value.number, "nilai_huruf": told.value.letter or None}
        | {"status": told.value.status or ("sementara" if item.is_draft else "final")}
        | {"capaian_tercetak": printed(item, told)}
        for item in items
        for told in item.of("realisasi")
        if not told.value.is_empty
    ]  # fmt: skip
    return pd.DataFrame(rows)


def _place(item: Item) -> Row:
    return {
        "kode_indikator": item.code,
        "kode_opd": item.office.code if item.office else "",
        "lembar": item.sheet,
        "baris": item.row,
    }


def _when(told: Reported) -> Row:
    return {"tahun": told.year, "periode": told.period}
