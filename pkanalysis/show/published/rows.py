"""Published rows made ready to print: values as published, sources as numbered citations."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd

from pkanalysis.analysis import published
from pkanalysis.show.values import Kind, Value, is_missing

if TYPE_CHECKING:
    from pkanalysis.store import Workspace

TOPICS = ("makro", "apbd", "efisiensi", "iku_kota", "kinerja_opd")
"""Topics in the order of the page, so that sources are numbered by first use."""


def figures(ws: Workspace) -> pd.DataFrame:
    """The published rows in page order, ready to print.

    ``hal`` is what is measured with its unit, ``cetak``, ``cetak_target`` and ``cetak_capaian`` hold
    :class:`Value`, ``keterangan`` says dispute, precision and note, ``kutipan`` the numbered sources.
    """
    rows = ws["angka_terbit"]
    order = rows["topik"].map({topic: place for place, topic in enumerate(TOPICS)})
    rows = rows.assign(urutan=order).sort_values(["urutan", "baris"], kind="stable", ignore_index=True)
    values = rows["nilai"].astype(object).where(rows["nilai"].notna(), rows["nilai_huruf"])
    targets = rows["presisi"].where(rows["nilai"].isna())  # the precision is that of the value where there is one
    return rows.drop(columns="urutan").assign(
        hal=with_unit(rows),
        kutipan=published.cite(rows, published.sources(rows)),
        cetak=_column(values, rows["satuan"], rows["presisi"]),
        cetak_target=_column(rows["target"], rows["satuan"], targets),
        cetak_capaian=_column(rows["capaian_pct"], pd.Series("persen", rows.index), targets),
        keterangan=_remarks(rows),
        **{name: rows[name].fillna("") for name in ("kelompok", "periode", "status")},
    )


def topic(ws: Workspace, name: str) -> pd.DataFrame:
    """The rows of one topic as :func:`figures` gives them."""
    rows = figures(ws)
    return rows[rows["topik"].eq(name)]


def with_unit(rows: pd.DataFrame) -> pd.Series:
    """What is measured, with its unit where the printed value does not show it."""
    shown = rows["satuan"].str.match("rupiah|persen").fillna(True).astype(bool)
    return rows["uraian"] + (" (" + rows["satuan"] + ")").where(~shown, "")


def decimals(raw: float, precision: str | None = None) -> int:
    """Digits after the comma as published; ``precision`` ("2 desimal") keeps trailing zeros.

    Examples
    --------
    >>> decimals(23.172), decimals(6.7, "2 desimal"), decimals(474.0, "dibulatkan sumber")
    (3, 2, 0)
    """
    written = str(precision).split()
    stated = int(written[0]) if written[1:] == ["desimal"] else 0
    return max(stated, -int(Decimal(str(raw)).normalize().as_tuple().exponent))


def _remarks(rows: pd.DataFrame) -> pd.Series:
    """Dispute, precision and note in one sentence; digits after the comma show their own precision."""
    precision = rows["presisi"].where(~rows["presisi"].str.endswith(" desimal", na=True), "")
    note = rows["catatan"].fillna("")
    is_unsaid = rows["is_konflik"].fillna(False).astype(bool) & ~note.str.contains("KONFLIK")
    parts = zip(is_unsaid.map({True: "bertentangan", False: ""}), precision, note, strict=True)
    return pd.Series(["; ".join(filter(None, part)) for part in parts], rows.index, "str")


def _column(raw: pd.Series, units: pd.Series, precision: pd.Series) -> pd.Series:
    cells = [_printed(*cell) for cell in zip(raw, units, precision, strict=True)]
    return pd.Series(cells, raw.index, "object")


def _printed(raw: float | str | None, unit: str, precision: str | None) -> Value:
    if raw is None or is_missing(raw) or isinstance(raw, str):
        return Value(raw, "teks")
    kinds: dict[str, Kind] = {"rupiah": "rupiah", "persen": "persen"}
    return Value(raw, kinds.get(str(unit).split()[0], "angka"), decimals(raw, precision))
