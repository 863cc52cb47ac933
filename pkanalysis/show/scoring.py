"""Doubts about the scores: indicators without a percentage, rows not stored, formulas that differ, quality flags."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.achievement.formulas import VERSIONS
from pkanalysis.frames import Column
from pkanalysis.intake.findings import from_rows
from pkanalysis.show import words
from pkanalysis.show.page import Page
from pkanalysis.show.tables import RowsOrBlock, table
from pkanalysis.show.values import Phrase, cells, count, measured

RESULTS = "lembar 3_TARGET dan 4_REALISASI"
CHECKED = "lembar 2_INDIKATOR, 3_TARGET, 4_REALISASI, dan 4b_RIWAYAT"
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
LOST = frozenset({
    "E81_TANPA_PROGRAM_DI_ATAS", "E81_K_TANPA_INDIKATOR", "E81_TARGET_NOL_DENGAN_ANGGARAN",
    "ISIAN_NILAI_DAN_STATUS_KOSONG", "ISIAN_TARGET_KOSONG",
    "IKU_NAMA_KOSONG", "IKU_BARIS_TANPA_ISI", "IKU_BARIS_SALINAN", "IKU_ARAH_KOSONG", "IKU_ARAH_TIDAK_TERTULIS",
    "IKU_ARAH_TIDAK_DIKENAL", "IKU_NILAI_TIDAK_TERBACA", "IKU_NILAI_BERTENTANGAN", "IKU_BUKAN_ANGKA",
    "IKU_REALISASI_RENTANG",
})  # fmt: skip
"""Codes of the warnings on a row or a figure of a performance file (isian, e81, iku) that the import left out."""
FORMULAS = {
    "baku": "Deviasi: R/T, (2T − R)/T",
    "rasio": "Rasio: R/T, T/R",
    "selisih_per_target": "Selisih: R/T, (T − R)/T",
    "dibatasi_100": "Dibatasi 0–100",
}
FLAGS = {
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
UNCHECKED = "Belum ada indikator yang dapat diperiksa."


@table("tanpa-persen", "Indikator tanpa persentase capaian s.d. {periode} {tahun}",
       "opd nama_indikator hal putusan", source=RESULTS, hal="Mengapa tidak dihitung")  # fmt: skip
def without_percentage(_page: Page, found: pd.DataFrame, names: pd.Series) -> RowsOrBlock:
    """Every indicator without a percentage that does not just wait for its release or its date.

    ``found`` is :func:`pkanalysis.achievement.unscored`; ``names`` the OPD by code.
    """
    is_later = found["alasan"].isin(LATER)
    rows = found[~is_later]
    rows = rows.assign(
        opd=rows["kode_opd"].map(names),
        hal=[REASONS.get(code) or words.stored("status", code) for code in rows["alasan"]],
        putusan=words.reached(rows["tercapai"]),
    ).sort_values(["opd", "nama_indikator", "kode_indikator"], kind="stable")
    values = {"k": count(is_later.sum())} if is_later.any() else {}
    waiting = "{k} indikator lain menunggu rilis atau jadwalnya. " if values else ""
    whole = "Tidak ada indikator lain yang tanpa persentase." if rows.empty else ""
    return rows, {"note": Phrase(waiting + whole, values)}


@table("tidak-disimpan", "Baris atau angka kinerja yang tidak disimpan saat impor", "tempat aturan saran",
       source="pemeriksaan saat impor", tempat=("Tempat", "teks", 0, True), aturan="Mengapa")  # fmt: skip
def left_out(_page: Page, findings: pd.DataFrame, files: pd.DataFrame) -> RowsOrBlock:
    """What the import of performance files did not store: where, why, and the remedy.

    Parameters
    ----------
    findings, files : DataFrame
        Tables ``temuan`` and ``berkas``.
    """
    lost = from_rows(findings[findings["tingkat"].eq("peringatan") & findings["kode"].isin(LOST)], files)
    return [(item.where, item.rule, item.remedy) for item in lost], {"note": "" if lost else "Tidak ada."}


@table("versi-aplikasi", "Capaian menurut rumus aplikasi e-SAKIP, untuk rekonsiliasi", "",
       "Terhadap PK yang berlaku. Rumus kedua dalam tiap kolom untuk makin rendah makin baik. {n} indikator lain "
       "memberi angka yang sama dengan keempat rumus.",
       source=RESULTS, target="Target (T)", realisasi="Realisasi (R)")  # fmt: skip
def applications(_page: Page, found: pd.DataFrame, names: pd.Series) -> RowsOrBlock:
    """Indicators whose achievement depends on the application's formula; the others give the same everywhere.

    Parameters
    ----------
    found : DataFrame
        :func:`pkanalysis.achievement.reconciled`; what the documents print is shown where there is any.
    names : Series
        Names of the OPD by code.
    """
    is_printed = found["tercetak"].notna()
    is_shown = found["is_beda"] | is_printed
    rows = found[is_shown]
    fits = [
        ", ".join(FORMULAS[name].split(":")[0] for name in fitting.split(", ") if name) or "tidak ada"
        for fitting in rows["cocok"].where(is_printed, "")
    ]
    rows = rows.assign(
        opd=rows["kode_opd"].map(names),
        cocok=pd.Series(fits, rows.index, dtype=object).where(is_printed, "–"),
        target=cells(rows, measured, "target"),
        realisasi=cells(rows, measured, "realisasi"),
    ).sort_values(["opd", "nama_indikator", "kode_indikator"], kind="stable")
    printed = ["tercetak", "cocok"] if is_printed.any() else []
    formulas = [Column(name, FORMULAS[name], "persen", 1) for name in VERSIONS]
    columns = ["opd", "nama_indikator", "target", "realisasi", *formulas, *printed]
    return rows, {"columns": columns, "n": count((~is_shown).sum())}


@table("bendera", "Hal yang perlu ditanyakan kepada OPD", "hal n opd", source=CHECKED,
       n="Indikator", opd=("OPD", "bulat", 0, False))  # fmt: skip
def flags_counted(_page: Page, found: pd.DataFrame, card: pd.DataFrame) -> RowsOrBlock:
    """How many rows each flag has (``found``: :func:`pkanalysis.quality.flags` of ``card``)."""
    if card.empty:
        return [], {"note": UNCHECKED}
    kinds = found.groupby("bendera", sort=False).agg(n=("kode_indikator", "size"), o=("kode_opd", "nunique"))
    rows = [(name, int(kinds["n"].get(code, 0)), int(kinds["o"].get(code, 0))) for code, name in FLAGS.items()]
    return rows, {"note": "Bendera adalah pertanyaan, bukan temuan pemeriksaan."}


@table("bendera-baris", "Indikator dengan bendera mutu", "opd nama_indikator hal keterangan", source=CHECKED)
def flags(_page: Page, found: pd.DataFrame, card: pd.DataFrame, names: pd.Series) -> RowsOrBlock:
    """Every flag with its row and its sentence."""
    rows = found.assign(opd=found["kode_opd"].map(names), hal=found["bendera"].map(FLAGS))
    clean = "Pemeriksaan otomatis tidak menemukan hal yang perlu ditanyakan." if len(card) else UNCHECKED
    rows = rows.sort_values(["opd", "nama_indikator", "hal"], kind="stable")
    return rows, {"note": "" if len(rows) else clean}


def headline(found: pd.DataFrame) -> Phrase | None:
    """How many indicators have a flag, for the first page; ``None`` without any."""
    if found.empty:
        return None
    values = {"k": count(found["kode_indikator"].nunique()), "o": count(found["kode_opd"].nunique())}
    text = "{k} indikator di {o} OPD mempunyai hal yang perlu ditanyakan; rinciannya pada bab mutu data."
    return Phrase(text, values)
