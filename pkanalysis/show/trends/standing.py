"""Places of OPD among their own kind, only as far as their intervals tell them apart."""

from __future__ import annotations

import pandas as pd

from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Phrase, Table
from pkanalysis.show.cells import count
from pkanalysis.show.setting import Setting

TOO_FEW = "Belum ada dua OPD sejenis dengan tiga indikator terukur atau lebih."


def places(setting: Setting, found: pd.DataFrame, names: pd.Series) -> Table:
    """Mean achievement with its interval and the places that each OPD may have among its kind.

    ``found`` is :func:`pkanalysis.trend.places`.
    """
    rows = found.assign(
        nama=found["kode_opd"].map(names),
        jenis=[words.stored("jenis_opd", kind) for kind in found["jenis"]],
        tempat=pd.Series([_place(row) for _, row in found.iterrows()], found.index, dtype=object),
    )
    apart = found.loc[found["is_terpisah"].astype(bool), "jenis"].nunique()
    verdict = Phrase(
        "Rata-rata aritmetik terhadap PK yang berlaku dengan selang t. Urutan hanya dinyatakan bila selang terpisah; "
        "itu terjadi pada {k} dari {n} jenis OPD. OPD yang indikator terukurnya kurang dari tiga, atau tanpa OPD "
        "sejenis, tidak disertakan.",
        {"k": count(apart), "n": count(found["jenis"].nunique())},
    )
    return Table.from_frame(
        rows,
        [
            Column("jenis", "Jenis"),
            Column("nama", "OPD", wide=True),
            Column("n_rata", "n", "bulat"),
            Column("nilai", "Rata-rata capaian", "persen", 1),
            Column("bawah", "Batas bawah", "persen", 1),
            Column("atas", "Batas atas selang", "persen", 1),
            Column("tempat", "Tempat yang mungkin"),
        ],
        id="tempat",
        caption="Rata-rata capaian OPD sejenis dan tempat yang mungkin",
        is_sample=setting.is_sample,
        note=verdict if len(found) else TOO_FEW,
        source="lembar 3_TARGET dan 4_REALISASI",
    )


def _place(row: pd.Series) -> Phrase:
    values = {"a": count(row["urutan_terbaik"]), "b": count(row["urutan_terburuk"]), "n": count(row["n_jenis"])}
    if row["urutan_terbaik"] == row["urutan_terburuk"]:
        return Phrase("{a} dari {n}", {"a": values["a"], "n": values["n"]})
    return Phrase("{a}–{b} dari {n}", values)
