"""Indicators without a percentage, and rows of performance files that were not stored: each with its reason.

Achievement as e-SAKIP applications compute it, to reconcile their printouts with this page (annex).

Quality flags: what to ask the OPD about, never a verdict.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from pkanalysis.analysis.achievement.formulas import VERSIONS
from pkanalysis.intake.findings import from_rows
from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Phrase, Table
from pkanalysis.show.page import Page
from pkanalysis.show.tables import Given, table
from pkanalysis.show.values import count, measured

REASONS = {
    "REALISASI_KOSONG": "Realisasi belum disampaikan OPD",
    "TRIWULAN_TIDAK_LENGKAP": "Triwulan tidak lengkap",
    "TARGET_TIDAK_ADA": "Target belum ada",
    "TARGET_NOL": "Target nol; hanya dapat dinyatakan tercapai atau belum",
    "PREDIKAT": "Target berupa predikat; hanya dapat dinyatakan tercapai atau belum",
    "HURUF_TIDAK_DIKENAL": "Predikatnya tidak dikenal dalam skala mana pun",
    "HURUF_DAN_ANGKA": "Target dan realisasi tidak sejenis (predikat dan angka)",
}
LATER = ("menunggu_rilis", "belum_jadwal")
"""Reasons that only time removes; they are counted, not listed."""
LOST = "tidak disimpan"
"""Words of every finding on something that an import left out."""
LAYOUTS = ("isian", "e81", "iku")
COMPLETE = "Tidak ada indikator lain yang tanpa persentase."
STORED = "Tidak ada."


@table(
    "tanpa-persen",
    "Indikator tanpa persentase capaian s.d. {periode} {tahun}",
    "opd nama_indikator hal putusan",
    source="lembar 3_TARGET dan 4_REALISASI",
    hal="Mengapa tidak dihitung",
)
def listed(_page: Page, found: pd.DataFrame, names: pd.Series) -> Given:
    """Every indicator without a percentage that does not just wait for its release or its date.

    ``found`` is :func:`pkanalysis.achievement.unscored`; ``names`` the OPD by code.
    """
    is_later = found["alasan"].isin(LATER)
    rows = found[~is_later]
    shown = rows.assign(
        opd=rows["kode_opd"].map(names),
        hal=[REASONS.get(code) or words.stored("status", code) for code in rows["alasan"]],
        putusan=words.reached(rows["tercapai"]),
    )
    values = {"k": count(is_later.sum())} if is_later.any() else {}
    waiting = "{k} indikator lain menunggu rilis atau jadwalnya. " if values else ""
    return shown.sort_values(["opd", "nama_indikator", "kode_indikator"], kind="stable"), {
        "note": Phrase(waiting + (COMPLETE if shown.empty else ""), values)
    }


@table(
    "tidak-disimpan",
    "Baris atau angka kinerja yang tidak disimpan saat impor",
    "tempat aturan saran",
    source="pemeriksaan saat impor",
    tempat=("Tempat", "teks", 0, True),
    aturan="Mengapa",
)
def left_out(_page: Page, findings: pd.DataFrame, files: pd.DataFrame) -> Given:
    """What the import of performance files did not store: where, why, and the remedy.

    Parameters
    ----------
    findings, files : DataFrame
        Tables ``temuan`` and ``berkas``.
    """
    own = files.loc[files["tata_letak"].isin(LAYOUTS), "id_berkas"]
    is_lost = findings["tingkat"].eq("peringatan") & findings["aturan"].str.contains(LOST, regex=False)
    told = from_rows(findings[is_lost & findings["id_berkas"].isin(own)], files)
    return tuple((item.where, item.rule, item.remedy) for item in told), {"note": "" if told else STORED}


LABELS = {
    "baku": "Deviasi: R/T, (2T − R)/T",
    "rasio": "Rasio: R/T, T/R",
    "selisih_per_target": "Selisih: R/T, (T − R)/T",
    "dibatasi_100": "Dibatasi 0–100",
}


def applications(page: Page, found: pd.DataFrame, names: pd.Series) -> Table:
    """Indicators whose achievement depends on the application's formula; the others give the same everywhere.

    Parameters
    ----------
    found : DataFrame
        :func:`pkanalysis.achievement.reconciled`; what the documents print is shown where there is any.
    names : Series
        Names of the OPD by code.
    """
    is_printed = found["tercetak"].notna()
    fits = [_fits(*row) for row in found[["tercetak", "cocok"]].itertuples(index=False)]
    shown = found.assign(opd=found["kode_opd"].map(names), cocok=fits)[found["is_beda"] | is_printed]
    for name in ("target", "realisasi"):
        shown[name] = pd.Series([measured(value) for value in shown[name]], index=shown.index, dtype=object)
    values = {"n": count((~found["is_beda"] & ~is_printed).sum())}
    printed = [Column("tercetak", "Tercetak di dokumen", "persen", 1), Column("cocok", "Rumus yang cocok")]
    return Table.from_frame(
        shown.sort_values(["opd", "nama_indikator", "kode_indikator"], kind="stable"),
        [
            Column("opd", "OPD", wide=True),
            Column("nama_indikator", "Indikator", wide=True),
            Column("target", "Target (T)", "angka"),
            Column("realisasi", "Realisasi (R)", "angka"),
            *(Column(name, LABELS[name], "persen", 1) for name in VERSIONS),
            *(printed if is_printed.any() else []),
        ],
        id="versi-aplikasi",
        caption="Capaian menurut rumus aplikasi e-SAKIP, untuk rekonsiliasi",
        is_sample=page.is_sample,
        note=Phrase(
            "Terhadap PK yang berlaku. Rumus kedua dalam tiap kolom untuk makin rendah makin baik. {n} indikator lain "
            "memberi angka yang sama dengan keempat rumus.",
            values,
        ),
        source="lembar 3_TARGET dan 4_REALISASI",
    )


def _fits(printed: float, formulas: str) -> str:
    """Short names of the formulas that give the printed figure."""
    if np.isnan(printed):
        return "–"
    said = [LABELS[name].split(":")[0] for name in formulas.split(", ") if name]
    return ", ".join(said) or "tidak ada"


NAMES = {
    "REALISASI_SAMA_DENGAN_TARGET": "Realisasi sama dengan target di semua indikator",
    "REALISASI_SELALU_SAMA_TARGET": "Realisasi selalu sama dengan target",
    "REALISASI_SAMA_TAHUN_LALU": "Realisasi sama dengan tahun lalu",
    "REALISASI_SAMA_INDIKATOR_LAIN": "Realisasi sama dengan indikator lain",
    "INDIKATOR_GANDA": "Indikator tercatat ganda",
    "TARGET_LEBIH_MUDAH_DARI_REALISASI_LALU": "Target lebih mudah dari realisasi tahun lalu",
    "CAPAIAN_JAUH_DI_ATAS_TARGET": "Capaian jauh di atas target",
    "LONJAKAN_TIDAK_WAJAR": "Lonjakan tidak wajar",
    "ARAH_DIDUGA_TERBALIK": "Arah diduga terbalik",
}
NOTHING = "Belum ada indikator yang dapat diperiksa."
CLEAN = "Pemeriksaan otomatis tidak menemukan hal yang perlu ditanyakan."
SOURCE = "lembar 2_INDIKATOR, 3_TARGET, 4_REALISASI, dan 4b_RIWAYAT"


@table(
    "bendera",
    "Hal yang perlu ditanyakan kepada OPD",
    "hal n opd",
    source=SOURCE,
    n="Indikator",
    opd=("OPD", "bulat", 0, False),
)
def counted(_page: Page, found: pd.DataFrame, card: pd.DataFrame) -> Given:
    """How many rows each flag has (``found``: :func:`pkanalysis.quality.flags` of ``card``)."""
    kinds = found.groupby("bendera", sort=False).agg(n=("kode_indikator", "size"), o=("kode_opd", "nunique"))
    rows = tuple((NAMES[code], int(kinds["n"].get(code, 0)), int(kinds["o"].get(code, 0))) for code in NAMES)
    return rows if len(card) else (), {
        "note": "Bendera adalah pertanyaan, bukan temuan pemeriksaan." if len(card) else NOTHING
    }


@table(
    "bendera-baris",
    "Indikator dengan bendera mutu",
    "opd nama_indikator hal keterangan",
    source=SOURCE,
)
def flags_listed(_page: Page, found: pd.DataFrame, card: pd.DataFrame, names: pd.Series) -> Given:
    """Every flag with its row and its sentence."""
    rows = found.assign(opd=found["kode_opd"].map(names), hal=found["bendera"].map(NAMES))
    return rows.sort_values(["opd", "nama_indikator", "hal"], kind="stable"), {
        "note": "" if len(rows) else CLEAN if len(card) else NOTHING
    }


def told(found: pd.DataFrame) -> Phrase | None:
    """How many indicators have a flag, for the first page; ``None`` without any."""
    if found.empty:
        return None
    values = {"k": count(found["kode_indikator"].nunique()), "o": count(found["kode_opd"].nunique())}
    return Phrase(
        "{k} indikator di {o} OPD mempunyai hal yang perlu ditanyakan; rinciannya pada bab mutu data.", values
    )
