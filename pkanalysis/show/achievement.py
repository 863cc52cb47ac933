"""Achievement this year against both PK versions, and what the OPD wrote about it.

The year so far, beside the same quarters of last year.

Scorecards of all OPD: counts and means per OPD and sasaran, two years side by side.

The full scorecard: OPD x sasaran x indicator (annex).
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from pkanalysis import reference
from pkanalysis.analysis.achievement import in_gap, predicate
from pkanalysis.analysis.trend import year_to_date
from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Figure, Note, Phrase, Table
from pkanalysis.show.drawing import pairs
from pkanalysis.show.page import Page
from pkanalysis.show.tables import ACHIEVED, specified
from pkanalysis.show.values import achieved, count, measured, percent
from pkanalysis.vocabulary import QUARTERS, quarters_to

UNCAPPED = "Capaian tanpa batas atas. "
CAPPED = "Capaian ditampilkan tanpa batas atas dan, di kolom sendiri, dengan batas atas. "
MOST = 20
"""Indicators in one figure at most, so that it can be read on a page."""
LOWEST = " Hanya dua puluh indikator dengan capaian terendah yang digambar; selengkapnya pada tabel di atas."


def achievements(setting: Page, card: pd.DataFrame) -> Table:
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
        *specified(ACHIEVED, {}),
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


def results_figure(setting: Page, card: pd.DataFrame) -> Figure | Note:
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


def analysis(setting: Page, card: pd.DataFrame, written: pd.DataFrame) -> Table:
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


def category(row: pd.Series, setting: Page) -> str | None:
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


def this_year(setting: Page, card: pd.DataFrame, values: pd.DataFrame) -> Table:
    """The quarters so far of each indicator in ``card``, beside the same quarters of last year.

    ``values`` is the table ``realisasi``.
    """
    rows = tuple(_so_far(row, values, setting) for _, row in card.iterrows())
    return Table(
        id="tahun-berjalan",
        caption=f"Nilai sampai {setting.period_short} dan sampai triwulan yang sama tahun lalu",
        is_sample=setting.is_sample,
        columns=(
            Column("nama", "Indikator", wide=True),
            Column("satuan", "Satuan"),
            Column("triwulan", "Sampai"),
            Column("kini", "Tahun ini", "angka"),
            Column("lalu", "Tahun lalu", "angka"),
            Column("beda", "Selisih", "angka"),
            Column("bagian", "Bagian yang tahun lalu tercapai saat itu", "persen", 0),
        ),
        rows=rows,
        note="Nilai sebagian tahun tidak direntangkan menjadi setahun; – berarti belum ada.",
        source="lembar 4_REALISASI",
    )


def _so_far(row: pd.Series, values: pd.DataFrame, setting: Page) -> tuple[Any, ...]:
    now, before = (_quarters(values, row["kode_indikator"], year) for year in (setting.year, setting.year - 1))
    known = [
        value if quarter in quarters_to(setting.period) else None for quarter, value in zip(QUARTERS, now, strict=True)
    ]
    found = year_to_date(known, before, row["agregasi"], row["polaritas"])
    return (
        row["nama_indikator"],
        row["satuan"],
        words.SHORT_PERIODS.get(found.period, "–"),
        measured(found.value),
        measured(found.last_year),
        measured(found.difference),
        percent(100 * found.share_last_year, 0),
    )


def _quarters(values: pd.DataFrame, code: str, year: int) -> list[float | None]:
    own = values[values["kode_indikator"].eq(code) & values["tahun"].eq(year)].set_index("periode")["nilai"]
    return [own.get(quarter) for quarter in QUARTERS]


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


def by_office(setting: Page, groups: pd.DataFrame, whole: pd.DataFrame, offices: pd.DataFrame, method: str) -> Table:
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


def by_aim(setting: Page, groups: pd.DataFrame, names: pd.Series, method: str) -> Table | Note:
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


def two_years(setting: Page, found: pd.DataFrame, method: str) -> Table:
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


def scorecard(setting: Page, card: pd.DataFrame, names: pd.Series) -> Table:
    """Every indicator of every OPD: OPD x sasaran x indicator."""
    order = card.assign(nama=card["kode_opd"].map(names)).sort_values(
        ["nama", "sasaran", "kode_indikator"], kind="stable"
    )
    return Table(
        id="kartu-skor",
        caption=f"Kartu skor seluruh indikator s.d. {setting.period_short} {setting.year}",
        is_sample=setting.is_sample,
        columns=_CARD,
        rows=tuple(_card(row, setting) for _, row in order.iterrows()),
        note="Capaian tanpa batas atas, terhadap PK murni dan PK Perubahan.",
        source=SOURCE,
    )


_CARD = (
    Column("nama", "OPD", wide=True),
    Column("sasaran", "Sasaran", wide=True),
    Column("indikator", "Indikator", wide=True),
    *specified(ACHIEVED, {}),
    Column("kategori", "Kategori"),
    Column("status", "Status data", wide=True),
)


def _card(row: pd.Series, setting: Page) -> tuple[Any, ...]:
    return (
        row["nama"],
        row["sasaran"],
        row["nama_indikator"],
        *achieved(row),
        category(row, setting),
        status(row),
    )
