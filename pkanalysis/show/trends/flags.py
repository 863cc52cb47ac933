"""Quality flags: what to ask the OPD about, never a verdict."""

from __future__ import annotations

import pandas as pd

from pkanalysis.show.blocks import Column, Phrase, Table
from pkanalysis.show.cells import count
from pkanalysis.show.setting import Setting

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


def counted(setting: Setting, found: pd.DataFrame, card: pd.DataFrame) -> Table:
    """How many rows each flag has (``found``: :func:`pkanalysis.quality.flags` of ``card``)."""
    kinds = found.groupby("bendera", sort=False).agg(n=("kode_indikator", "size"), o=("kode_opd", "nunique"))
    rows = tuple((NAMES[code], int(kinds["n"].get(code, 0)), int(kinds["o"].get(code, 0))) for code in NAMES)
    return Table(
        id="bendera",
        caption="Hal yang perlu ditanyakan kepada OPD",
        is_sample=setting.is_sample,
        columns=(Column("hal", "Hal", wide=True), Column("n", "Indikator", "bulat"), Column("opd", "OPD", "bulat")),
        rows=rows if len(card) else (),
        note="Bendera adalah pertanyaan, bukan temuan pemeriksaan." if len(card) else NOTHING,
        source=SOURCE,
    )


def listed(setting: Setting, found: pd.DataFrame, card: pd.DataFrame, names: pd.Series) -> Table:
    """Every flag with its row and its sentence."""
    rows = found.assign(opd=found["kode_opd"].map(names), hal=found["bendera"].map(NAMES))
    return Table.from_frame(
        rows.sort_values(["opd", "nama_indikator", "hal"], kind="stable"),
        [
            Column("opd", "OPD", wide=True),
            Column("nama_indikator", "Indikator", wide=True),
            Column("hal", "Hal", wide=True),
            Column("keterangan", "Keterangan", wide=True),
        ],
        id="bendera-baris",
        caption="Indikator dengan bendera mutu",
        is_sample=setting.is_sample,
        note="" if len(rows) else CLEAN if len(card) else NOTHING,
        source=SOURCE,
    )


def told(found: pd.DataFrame) -> Phrase | None:
    """How many indicators have a flag, for the first page; ``None`` without any."""
    if found.empty:
        return None
    values = {"k": count(found["kode_indikator"].nunique()), "o": count(found["kode_opd"].nunique())}
    return Phrase(
        "{k} indikator di {o} OPD mempunyai hal yang perlu ditanyakan; rinciannya pada bab mutu data.", values
    )
