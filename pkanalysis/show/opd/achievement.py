"""Achievement this year against both PK versions, and what the OPD wrote about it."""

from __future__ import annotations

import pandas as pd

from pkanalysis import reference
from pkanalysis.analysis.achievement import in_gap, predicate
from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Figure, Note, Phrase, Table
from pkanalysis.show.cells import achieved, percent
from pkanalysis.show.columns import ACHIEVED
from pkanalysis.show.drawings import pairs
from pkanalysis.show.setting import Setting

UNCAPPED = "Capaian tanpa batas atas. "
CAPPED = "Capaian ditampilkan tanpa batas atas dan, di kolom sendiri, dengan batas atas. "
MOST = 20
"""Indicators in one figure at most, so that it can be read on a page."""
LOWEST = " Hanya dua puluh indikator dengan capaian terendah yang digambar; selengkapnya pada tabel di atas."


def achievements(setting: Setting, card: pd.DataFrame) -> Table:
    """Table a of the LKjIP: target, value, achievement against both PK versions, class, status."""
    has_cap = bool(card["capaian_dibatasi"].notna().any())
    rows = tuple(
        (
            row["sasaran"],
            row["nama_indikator"],
            *achieved(row),
            *([percent(row["capaian_dibatasi"])] if has_cap else []),
            category(row, setting),
            status(row),
        )
        for _, row in card.iterrows()
    )
    columns = (
        Column("sasaran", "Sasaran strategis", wide=True),
        Column("nama", "Indikator kinerja", wide=True),
        *ACHIEVED,
        *([Column("dibatasi", "Capaian dengan batas atas", "persen", 1)] if has_cap else []),
        Column("kategori", "Kategori"),
        Column("status", "Status data", wide=True),
    )
    has_gap = len(card) > 0 and in_gap(card["capaian_berlaku"], setting.scale).any()
    return Table(
        id="capaian",
        caption=f"Target, realisasi, dan capaian s.d. {setting.period_short} {setting.year}",
        is_sample=setting.is_sample,
        columns=columns,
        rows=rows,
        note=(CAPPED if has_cap else UNCAPPED)
        + reference.scale(setting.scale).note
        + (" Capaian di celah antarkelas masuk kelas di bawahnya." if has_gap else ""),
        source="lembar 3_TARGET dan 4_REALISASI",
    )


def results_figure(setting: Setting, card: pd.DataFrame) -> Figure | Note:
    """Draw achievement against PK murni and against PK Perubahan, joined by a line per indicator."""
    achieved = card[card["capaian_berlaku"].notna()]
    shown = achieved if len(achieved) <= MOST else achieved.nsmallest(MOST, "capaian_berlaku")
    if shown.empty:
        return Note("gambar-capaian", "", setting.is_sample, items=(Phrase("Belum ada capaian yang dapat digambar."),))
    names = words.distinct(shown["nama_indikator"], shown["kode_indikator"])
    versions = {"PK murni": shown["capaian_murni"], "PK Perubahan": shown["capaian_perubahan"]}
    values = {
        f"{name} ({version})": percent(value)
        for version, achieved in versions.items()
        for name, value in zip(names, achieved, strict=True)
        if pd.notna(value)
    }
    return Figure(
        id="gambar-capaian",
        caption="Capaian terhadap PK murni dan PK Perubahan",
        is_sample=setting.is_sample,
        unit="persen",
        alt="Titik per indikator: " + "; ".join(f"{name} {value}" for name, value in values.items()),
        svg=pairs(shown["nama_indikator"].tolist(), versions, setting.is_sample),
        values=values,
        note="Garis tegak = 100 persen (target tercapai). Selisih dua titik berasal dari perubahan target."
        + (LOWEST if len(achieved) > MOST else ""),
        source="lembar 3_TARGET dan 4_REALISASI",
    )


def analysis(setting: Setting, card: pd.DataFrame, written: pd.DataFrame) -> Table:
    """Table e of the LKjIP as the OPD wrote it; empty cells say so and nothing is made up."""
    own = written[written["tahun"].eq(setting.year) & written["periode"].eq(setting.period)]
    labels = {
        "faktor_pendorong": "Faktor pendorong",
        "faktor_penghambat": "Faktor penghambat",
        "upaya": "Upaya",
        "rencana_tindak_lanjut": "Rencana tindak lanjut",
        "penanggung_jawab": "Penanggung jawab",
        "batas_waktu": "Batas waktu",
    }
    rows = card[["kode_indikator", "nama_indikator", "capaian_berlaku"]].merge(own, "left", "kode_indikator")
    rows[list(labels)] = rows[list(labels)].fillna(words.NOT_FILLED)
    rows["status"] = [words.stored("status_tindak_lanjut", status) for status in rows["status_tindak_lanjut"]]
    columns = [
        Column("nama_indikator", "Indikator", wide=True),
        Column("capaian_berlaku", "Capaian", "persen", 1),
        *(Column(name, label) for name, label in labels.items()),
        Column("status", "Tindak lanjut triwulan lalu"),
    ]
    return Table.from_frame(
        rows,
        columns,
        id="analisis",
        caption="Faktor pendorong, faktor penghambat, dan tindak lanjut",
        is_sample=setting.is_sample,
        source="lembar 7_ANALISIS, isian OPD",
    )


def category(row: pd.Series, setting: Setting) -> str | None:
    """The class of an achievement; where there is no percentage, whether the target is reached if that is known."""
    if pd.isna(row["capaian_berlaku"]) and pd.notna(row["is_tercapai"]):
        return "Tercapai" if row["is_tercapai"] else "Belum tercapai"
    label: str | None = predicate(row["capaian_berlaku"], setting.scale, setting.is_rounded_first)
    return label


def status(row: pd.Series) -> str:
    """Status of the data, with what stands in the way of an achievement."""
    told = words.stored("status", row["status"], words.NOT_DELIVERED)
    flags = [words.FLAGS[flag] for flag in row["bendera"].split(", ") if flag and flag != "REALISASI_KOSONG"]
    return f"{told} ({', '.join(flags)})" if flags else told
