"""Tables of trends: what may be said of each series, its statistics, and where series restart."""

from __future__ import annotations

import pandas as pd

from pkanalysis.show.blocks import Column, Table
from pkanalysis.show.cells import measured
from pkanalysis.show.setting import Setting
from pkanalysis.show.trends.verdicts import METHOD, SOURCE


def sentences(setting: Setting, verdicts: pd.DataFrame, card: pd.DataFrame) -> Table:
    """What may be said of each indicator of ``card``, in words."""
    rows = card[["kode_indikator", "nama_indikator", "satuan"]].merge(verdicts, on="kode_indikator")
    return Table.from_frame(
        rows,
        [
            Column("nama_indikator", "Indikator", wide=True),
            Column("satuan", "Satuan"),
            Column("n", "Tahun", "bulat"),
            Column("kalimat", "Yang dapat dikatakan", wide=True),
        ],
        id="tren-kalimat",
        caption="Tren IKU kota dalam kata",
        is_sample=setting.is_sample,
        note="" if len(rows) else "Belum ada deret IKU kota.",
        source=SOURCE,
    )


def statistics(setting: Setting, verdicts: pd.DataFrame, indicators: pd.DataFrame, names: pd.Series) -> Table:
    """Every series from four years on with its statistics (annex); without p where the gate forbids it."""
    rows = verdicts[verdicts["n"].ge(4)].merge(indicators[["kode_indikator", "nama_indikator"]], on="kode_indikator")
    rows = rows.assign(
        opd=rows["kode_opd"].map(names),
        verdict=[row["gerak"] or row["arah"] or "belum dapat dibedakan" for _, row in rows.iterrows()],
        **{name: pd.Series([measured(raw) for raw in rows[name]], rows.index, dtype=object) for name in _SLOPES},
        yakin=100 * rows["keyakinan"],
    ).sort_values(["opd", "nama_indikator"], kind="stable")
    columns = [
        Column("opd", "OPD", wide=True),
        Column("nama_indikator", "Indikator", wide=True),
        Column("n", "n", "bulat"),
        Column("s", "S", "bulat"),
        Column("p", "p", "angka", 4),
        Column("p_disesuaikan", "p disesuaikan", "angka", 4),
        Column("kemiringan", "Sen per tahun", "angka"),
        Column("bawah", "Bawah", "angka"),
        Column("atas", "Atas", "angka"),
        Column("yakin", "Keyakinan", "persen", 1),
        Column("verdict", "Putusan"),
    ]
    return Table.from_frame(
        rows,
        columns,
        id="tren-statistik",
        caption="Statistik tren setiap indikator",
        is_sample=setting.is_sample,
        note=METHOD,
        source=SOURCE,
    )


_SLOPES = ("kemiringan", "bawah", "atas")


def restarts(setting: Setting, indicators: pd.DataFrame) -> Table:
    """Series that start or end within the years told: another definition is another series.

    ``indicators`` is the table ``indikator`` with ``berlaku_dari`` and ``berlaku_sampai``.
    """
    until = setting.last_full_year
    since, ended = indicators["berlaku_dari"].dropna(), indicators["berlaku_sampai"].dropna()
    first = since.min() if len(since) else until
    started = since[since.gt(first) & since.le(setting.year)].value_counts()
    stopped = ended[ended.lt(setting.year)].value_counts()
    years = sorted({*started.index, *stopped.index})
    rows = tuple((int(year), int(started.get(year, 0)), int(stopped.get(year, 0))) for year in years)
    return Table(
        id="putus-seri",
        caption="Putus seri",
        is_sample=setting.is_sample,
        columns=(
            Column("tahun", "Tahun", "tahun"),
            Column("mulai", "Indikator yang mulai berlaku", "bulat"),
            Column("berhenti", "Indikator yang berakhir", "bulat"),
        ),
        rows=rows,
        note="Nilai sebelum definisi berlaku tidak disambung; deretnya dimulai lagi."
        if rows
        else "Tidak ada putus seri.",
        source="lembar 2_INDIKATOR",
    )
