"""Targets ahead: will they be reached, how far the medium-term ones are, and where province and nation stand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from pkanalysis.frames import Column
from pkanalysis.show import words
from pkanalysis.show.page import Page
from pkanalysis.show.tables import RowsOrBlock, table
from pkanalysis.show.values import Phrase, Value, aim, cells, count, measured, plain

UNJUDGED = "tidak dinilai"
LABELS = ("kemungkinan besar", "mungkin", "sulit", "tidak pasti", UNJUDGED)
RULE = (
    "Peluang menurut tiga cara (nilai terakhir tetap, perubahan rata-rata berlanjut, garis lurus). Bila ketiganya "
    "berbeda lebih dari tiga puluh poin: tidak pasti; selain itu menurut nilai tengahnya. Lebih dari dua tahun ke "
    "depan atau kurang dari lima titik: tidak dinilai."
)
SOURCE = "lembar 3_TARGET, 4_REALISASI, dan 4b_RIWAYAT"
OTHERS = "lembar 4c_PEMBANDING"


@table("prospek", "Apakah target akan tercapai, menurut deret selama ini",
       ["dokumen", "tahun",
        *(Column(label.replace(" ", "_"), words.heading(label), "bulat") for label in LABELS), "jumlah"],
       source=SOURCE, dokumen="Target dari", tahun="Tahun target")  # fmt: skip
def counted(_page: Page, found: pd.DataFrame) -> RowsOrBlock:
    """Labels counted by document and target year (``found``: :func:`pkanalysis.trend.outlooks`)."""
    if found.empty:
        return [], {"note": "Belum ada target di depan dengan nilai akhir tahun untuk dibandingkan."}
    wide = pd.crosstab([found["dokumen"], found["tahun_target"]], found["label"])
    wide = wide.reindex(columns=list(LABELS), fill_value=0)
    rows = [
        (words.stored("dokumen", document), year, *numbers, numbers.sum())
        for (document, year), numbers in zip(wide.index, wide.to_numpy(), strict=True)
    ]
    return rows, {"note": RULE}


@table("prospek-kalimat", "Target IKU kota di depan", "nama_indikator dari label kalimat", source=SOURCE,
       dari="Target dari")  # fmt: skip
def sentences(_page: Page, found: pd.DataFrame, card: pd.DataFrame) -> RowsOrBlock:
    """Each target ahead of the indicators in ``card``, in words."""
    rows = found.merge(card[["kode_indikator", "nama_indikator"]], on="kode_indikator")
    origins = [
        Phrase("{d} {t}", {"d": plain(words.stored("dokumen", document)), "t": Value(int(year), "tahun")})
        for document, year in zip(rows["dokumen"], rows["tahun_target"], strict=True)
    ]
    rows["dari"] = pd.Series(origins, rows.index, dtype=object)
    return rows, {"note": "" if len(rows) else "Belum ada target IKU kota di depan."}


@table("prospek-statistik", "Laju yang dibutuhkan untuk target terdekat dan laju selama ini",
       "opd nama_indikator tahun_target tujuan terakhir laju_perlu laju_selama_ini bawah80 atas80 peluang label",
       f"Rentang wajar = empat dari lima kemungkinan, perubahan rata-rata berlanjut. {RULE}",
       source=SOURCE)  # fmt: skip
def statistics(_page: Page, found: pd.DataFrame, card: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """The nearest target of every indicator, where it is judged: paces, 80 % interval, chance as a band (annex)."""
    judged = nearest(found[found["label"].ne(UNJUDGED)])
    rows = judged.merge(card[["kode_indikator", "nama_indikator", "kode_opd"]], on="kode_indikator")
    numbers = ("terakhir", "laju_perlu", "laju_selama_ini", "bawah80", "atas80")
    return rows.assign(
        opd=rows["kode_opd"].map(names),
        tujuan=cells(rows, aim, "target", "target_atas"),
        **{name: cells(rows, measured, name) for name in numbers},
    ).sort_values(["opd", "nama_indikator", "tahun_target"], kind="stable")


def headline(found: pd.DataFrame) -> Phrase | None:
    """How many nearest targets are within reach, for the first page; ``None`` where none is judged."""
    near = nearest(found)
    judged = near.loc[near["label"].ne(UNJUDGED), "label"]
    if judged.empty:
        return None
    values = {f"l{place}": count(judged.eq(label).sum()) for place, label in enumerate(LABELS[:-1])}
    listed = ", ".join(f"{label} {{l{place}}}" for place, label in enumerate(LABELS[:-1]))
    text = f"Dari {{n}} target terdekat yang dapat dinilai dari deret selama ini: {listed}."
    return Phrase(text, values | {"n": count(len(judged))})


def nearest(found: pd.DataFrame) -> pd.DataFrame:
    """The nearest target of each indicator."""
    return found.sort_values("tahun_target", kind="stable").drop_duplicates("kode_indikator")


@table("jangka-menengah", "Realisasi terhadap target jangka menengah",
       "sasaran nama satuan dokumen tahun target realisasi kemajuan",
       "Realisasi akhir tahun {tahun}; – berarti target jangka menengah atau nilainya belum ada.",
       source="lembar 3_TARGET dan 4_REALISASI", sasaran="Sasaran Strategis", nama="Indikator Kinerja Utama",
       tahun="Tahun target", target="Target akhir RPD/Renstra/RPJMD",
       realisasi="Realisasi akhir tahun")  # fmt: skip
def medium_term(page: Page, found: pd.DataFrame, card: pd.DataFrame) -> RowsOrBlock:
    """Table c of the LKjIP: the last year-end value against the target of RPD, Renstra or RPJMD.

    Parameters
    ----------
    found : DataFrame
        :func:`pkanalysis.trend.progress`.
    card : DataFrame
        The indicators shown; one without such a target says so.
    """
    targets: dict[str, list[tuple[Any, ...]]] = {}
    for _, row in found.iterrows():
        target = aim(row["target"], row["target_atas"], row["target_huruf"])
        value = measured(row["realisasi"], row["realisasi_huruf"])
        document = words.stored("dokumen", row["dokumen"])
        cells = (document, row["tahun_target"], target, value, row["kemajuan_pct"])
        targets.setdefault(row["kode_indikator"], []).append(cells)
    rows = [
        (row["sasaran"], row["nama_indikator"], row["satuan"], *cells)
        for _, row in card.iterrows()
        for cells in targets.get(row["kode_indikator"], [(None,) * 5])
    ]
    return rows, {"tahun": Value(page.last_full_year, "tahun")}


@table("pembanding", "Realisasi terhadap provinsi dan nasional",
       "nama satuan tahun realisasi cakupan nilai selisih keterangan", "Tahun terakhir yang ada pada keduanya.",
       source=OTHERS, nama="Indikator Kinerja Utama", nilai=("Standar Nasional/Provinsi", "angka"),
       selisih=("Selisih", "angka"))  # fmt: skip
def benchmarks(page: Page, card: pd.DataFrame, series: pd.DataFrame, others: pd.DataFrame) -> RowsOrBlock:
    """Table d of the LKjIP: values against those of the province and the nation in the same year; a note without any.

    Parameters
    ----------
    card : DataFrame
        The indicators shown.
    series : DataFrame
        ``kode_indikator``, ``tahun``, ``realisasi`` to the last full year.
    others : DataFrame
        Table ``pembanding``.
    """
    rows = others[others["tahun"].le(page.last_full_year)].merge(series, on=["kode_indikator", "tahun"])
    rows = rows.merge(card[["kode_indikator", "nama_indikator", "satuan"]], on="kode_indikator")
    rows = rows[rows["tahun"].eq(rows.groupby("kode_indikator")["tahun"].transform("max"))]
    if rows.empty:
        note = page.say("pembanding", "Realisasi terhadap provinsi dan nasional: tidak ada pembanding.")
        return replace(note, source=OTHERS)
    return [
        (
            row["nama_indikator"],
            row["satuan"],
            row["tahun"],
            measured(row["realisasi"]),
            words.heading(row["cakupan"]),
            measured(row["nilai"]),
            measured(row["realisasi"] - row["nilai"]),
            row["sumber"],
        )
        for _, row in rows.sort_values(["nama_indikator", "kode_indikator", "cakupan"], kind="stable").iterrows()
    ]
