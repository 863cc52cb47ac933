"""Every OPD on one line: headline numbers, and travel at every stage."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Phrase, Table
from pkanalysis.show.cells import count
from pkanalysis.show.setting import Setting


def overview(setting: Setting, offices: pd.DataFrame) -> Table:
    """Headline numbers of every OPD, by kind.

    ``offices`` are the rows of the derived table ``ringkasan_opd`` for this year and period.
    """
    rows = offices.sort_values(["jenis", "nama_opd"], kind="stable")
    shown = rows.assign(
        jenis=[words.stored("jenis_opd", kind) for kind in rows["jenis"]],
        tercapai=rows[["n_indikator", "n_mencapai", "n_terukur"]].apply(_reached, axis=1),
        keadaan=rows["perjalanan_status"].map(words.TRAVEL_STATUSES),
    )
    columns = [
        Column("nama_opd", "OPD", wide=True),
        Column("jenis", "Jenis"),
        Column("tercapai", "Indikator tercapai"),
        Column("rata_rata_capaian", "Rata-rata capaian", "persen", 1),
        Column("pagu_terakhir_rp", "Pagu terakhir (Rp)", "rp"),
        Column("serapan_pct", "Penyerapan", "persen", 1),
        Column("perjalanan_persen", "Perjalanan dinas dari murni", "persen", 1),
        Column("keadaan", "Ketentuan perjalanan dinas", wide=True),
    ]
    return Table.from_frame(
        shown,
        columns,
        id="ringkasan-opd",
        caption=f"Ringkasan tiap OPD s.d. {setting.period_short} {setting.year}",
        is_sample=setting.is_sample,
        note="Rata-rata sederhana terhadap PK yang berlaku, tanpa batas atas. Tidak disusun sebagai peringkat, karena "
        "indikator tiap OPD berbeda.",
        source="semua berkas yang diimpor",
    )


def travel(setting: Setting, tests: pd.DataFrame, names: pd.Series) -> Table:
    """Travel of every OPD at every stage against the rule, base murni, the whole region last."""
    rows = [
        _line(code, own.set_index("tahap"), names, setting.codes[1:])
        for code, own in tests.groupby(tests["kode_opd"].fillna(""), sort=False)
    ]
    rows = sorted(rows, key=lambda row: row[0] == "Jumlah")
    stages = setting.codes[1:]
    columns = [Column("nama", "OPD", wide=True), Column("murni", "Pagu murni (Rp)", "rp")]
    for code in stages:
        columns += [Column(code, f"{setting.stage_name(code)} (Rp)", "rp"), Column(f"{code}_persen", "%", "persen", 1)]
    columns += [
        Column("rp", "Selisih dari ketentuan (Rp)", "rp"),
        Column("keadaan", "Keadaan", wide=True),
    ]
    return Table(
        id="perjalanan",
        caption="Perjalanan dinas tiap OPD pada setiap tahap",
        is_sample=setting.is_sample,
        columns=tuple(columns),
        rows=tuple(rows),
        totals=tuple(place for place, row in enumerate(rows) if row[0] == "Jumlah"),
        note="Rekening 5.1.02.04, dasar pagu murni. Selisih dan keadaan pada tahap terakhir. Perjalanan dinas di dalam "
        "rekening BLUD, BOS, dan BOK tidak terlihat.",
        source=setting.budget_source,
    )


def _line(code: Any, own: pd.DataFrame, names: pd.Series, stages: list[str]) -> tuple[Any, ...]:
    """One OPD on one line; a stage that it has not delivered stays empty."""
    last, every = own.iloc[-1], own[["pagu_sesudah_rp", "persen"]].reindex(stages)
    amounts = every.astype(object).to_numpy().ravel().tolist()
    status = words.TRAVEL_STATUSES[last["status"]]
    return (
        names.get(code, code) if code else "Jumlah",
        last["pagu_sebelum_rp"],
        *amounts,
        last["kekurangan_rp"],
        status,
    )


def _reached(row: pd.Series) -> Phrase | None:
    if pd.isna(row["n_indikator"]):
        return None
    values = {"k": count(row["n_mencapai"]), "n": count(row["n_terukur"])}
    return Phrase("{k} dari {n}", values)
