"""Scorecards of all OPD: counts and means per OPD and sasaran, two years side by side."""

from __future__ import annotations

import pandas as pd

from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.cells import count
from pkanalysis.show.setting import Setting

MEANS = (
    Column("tercapai", "Indikator tercapai", wide=True),
    Column("rata_rata", "Rata-rata thd PK berlaku", "persen", 1),
    Column("rata_rata_murni", "Rata-rata thd PK murni", "persen", 1),
    Column("n_rata", "n", "bulat"),
    Column("n_tanpa_data", "n tanpa data", "bulat"),
    Column("n_di_atas_100", "n di atas target", "bulat"),
)
SOURCE = "lembar 3_TARGET dan 4_REALISASI"
ONE_EACH = "Menurut sasaran: tidak ada sasaran dengan dua indikator atau lebih; capaiannya sama dengan pada kartu skor."
SETS = {"semua": "Semua indikator tiap tahun", "sama": "Indikator yang sama pada kedua tahun"}


def reached(row: pd.Series) -> Phrase:
    """What one group of indicators reached: "3 dari 4 yang sudah terukur; 1 menunggu rilis".

    Examples
    --------
    >>> row = pd.Series({"n_reached": 3, "n_measured": 4, "n_waiting": 1, "n_unmeasurable": 0, "n_missing": 0,
    ...                  "n_unjudged": 0})
    >>> str(reached(row))
    '3 dari 4 yang sudah terukur; 1 menunggu rilis'
    >>> str(reached(row * 0))
    'belum ada yang terukur'
    """
    rest = {
        "w": ("n_waiting", "{w} menunggu rilis"),
        "t": ("n_unmeasurable", "{t} tidak terukur"),
        "b": ("n_missing", "{b} belum disampaikan"),
        "u": ("n_unjudged", "{u} belum dapat dinilai"),
    }
    said = {name: pattern for name, (column, pattern) in rest.items() if row[column]}
    values = {name: count(row[rest[name][0]]) for name in said}
    head = "belum ada yang terukur"
    if row["n_measured"]:
        head, values = (
            "{k} dari {n} yang sudah terukur",
            values | {"k": count(row["n_reached"]), "n": count(row["n_measured"])},
        )
    return Phrase("; ".join([head, *said.values()]), values)


def by_office(setting: Setting, groups: pd.DataFrame, whole: pd.DataFrame, offices: pd.DataFrame, method: str) -> Table:
    """One line per OPD by kind and name, all of them last; no order by achievement.

    Parameters
    ----------
    groups, whole : DataFrame
        :func:`pkanalysis.analysis.achievement.scorecard.grouped` per ``kode_opd``, and over all indicators.
    offices : DataFrame
        Table ``opd``.
    method : str
    """
    rows = groups.merge(offices[["kode_opd", "nama_opd", "jenis"]], on="kode_opd")
    rows = rows.sort_values(["jenis", "nama_opd"], kind="stable")
    rows = pd.concat([rows, whole.assign(nama_opd="Seluruh OPD", jenis="")], ignore_index=True)
    shown = rows.assign(
        jenis=[words.stored("jenis_opd", kind, "") for kind in rows["jenis"]],
        tercapai=pd.Series([reached(row) for _, row in rows.iterrows()], rows.index, dtype=object),
    )
    columns = [Column("nama_opd", "OPD", wide=True), Column("jenis", "Jenis"), *MEANS]
    return Table.from_frame(
        shown,
        columns,
        id="capaian-opd",
        caption=f"Capaian indikator tiap OPD s.d. {setting.period_short} {setting.year}",
        is_sample=setting.is_sample,
        totals=(len(shown) - 1,) if len(whole) else (),
        note=f"Rata-rata {method}, tanpa batas atas; indikator tanpa data tidak dihitung. Bukan peringkat.",
        source=SOURCE,
    )


def by_aim(setting: Setting, groups: pd.DataFrame, names: pd.Series, method: str) -> Table | Note:
    """One line per OPD and sasaran with two indicators or more (``groups`` per ``kode_opd`` and ``sasaran``)."""
    rows = groups[groups["n"].gt(1)]
    if rows.empty:
        return Note("capaian-sasaran", "", setting.is_sample, items=(Phrase(ONE_EACH),))
    shown = rows.assign(
        nama=rows["kode_opd"].map(names),
        tercapai=pd.Series([reached(row) for _, row in rows.iterrows()], rows.index, dtype=object),
    )
    single = Phrase(
        "Sasaran dengan satu indikator ({k}) tidak diulang di sini; lihat kartu skor.",
        {"k": count(len(groups) - len(rows))},
    )
    return Table.from_frame(
        shown,
        [Column("nama", "OPD", wide=True), Column("sasaran", "Sasaran", wide=True), *MEANS],
        id="capaian-sasaran",
        caption=f"Capaian menurut sasaran (rata-rata {method})",
        is_sample=setting.is_sample,
        note=single if len(groups) > len(rows) else "",
        source=SOURCE,
    )


def two_years(setting: Setting, found: pd.DataFrame, method: str) -> Table:
    """Means of last year and this year, over all indicators of each and over those that both have."""
    years = {"lalu": setting.year - 1, "kini": setting.year}
    shown = found.assign(nama=found["himpunan"].map(SETS), tahun=found["saat"].map(years))
    columns = [
        Column("nama", "Himpunan indikator", wide=True),
        Column("tahun", "Tahun", "tahun"),
        Column("rata_rata", "Rata-rata capaian", "persen", 1),
        *MEANS[3:],
    ]
    columns[3] = Column("n", "n", "bulat")
    return Table.from_frame(
        shown,
        columns,
        id="dua-tahun",
        caption=f"Rata-rata capaian OPD s.d. {setting.period_short}, tahun lalu dan tahun ini",
        is_sample=setting.is_sample,
        note=f"Rata-rata {method} terhadap PK yang berlaku tahun itu. Hanya himpunan yang sama dapat dibandingkan.",
        source=SOURCE,
    )
