"""Achievement against both PK versions: this year, per OPD and sasaran, two years, the whole scorecard."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pkanalysis import reference
from pkanalysis.analysis.achievement import in_gap, predicate
from pkanalysis.analysis.trend import year_to_date
from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Figure, Note, Phrase
from pkanalysis.show.drawing import pairs
from pkanalysis.show.page import Page
from pkanalysis.show.tables import ACHIEVED, TOTAL, Given, table
from pkanalysis.show.values import achieved, count, measured, percent
from pkanalysis.vocabulary import QUARTERS, quarters_to

SOURCE = "lembar 3_TARGET dan 4_REALISASI"
HEAD = (Column("sasaran", "Sasaran strategis", wide=True), Column("nama", "Indikator kinerja", wide=True))
STATUS = Column("status", "Status data", wide=True)
MEANS = (
    Column("tercapai", "Indikator tercapai", wide=True), Column("rata_rata", "Rata-rata thd PK berlaku", "persen", 1),
    Column("rata_rata_murni", "Rata-rata thd PK murni", "persen", 1), Column("n_rata", "n", "bulat"),
    Column("n_tanpa_data", "n tanpa data", "bulat"), Column("n_di_atas_100", "n di atas target", "bulat"),
)  # fmt: skip
WRITTEN = (
    "faktor_pendorong", "faktor_penghambat", "upaya", "rencana_tindak_lanjut", "penanggung_jawab", "batas_waktu",
)  # fmt: skip
"""What an OPD writes of an indicator."""
UNCAPPED = "Capaian tanpa batas atas. "
CAPPED = "Capaian ditampilkan tanpa batas atas dan, di kolom sendiri, dengan batas atas. "
MOST = 20
"""Indicators in one figure at most, so that it can be read on a page."""
LOWEST = " Hanya dua puluh indikator dengan capaian terendah yang digambar; selengkapnya pada tabel di atas."


@table(
    "capaian",
    "Target, realisasi, dan capaian s.d. {periode} {tahun}",
    "",
    source=SOURCE,
)
def achievements(page: Page, card: pd.DataFrame) -> Given:
    """Table a of the LKjIP: target, value, achievement against both PK versions, class, status."""
    has_cap = bool(card["capaian_dibatasi"].notna().any())
    has_gap = len(card) > 0 and in_gap(card["capaian_berlaku"], page.scale).any()
    rows = [
        (row["sasaran"], row["nama_indikator"], *achieved(row),
         *([percent(row["capaian_dibatasi"])] if has_cap else []), category(row, page), status(row))
        for _, row in card.iterrows()
    ]  # fmt: skip
    note = (CAPPED if has_cap else UNCAPPED) + reference.scale(page.scale).note
    return rows, {
        "columns": [*HEAD, *ACHIEVED, *(["dibatasi"] if has_cap else []), "kategori", STATUS],
        "note": note + (" Capaian di celah antarkelas masuk kelas di bawahnya." if has_gap else ""),
    }


def results_figure(page: Page, card: pd.DataFrame) -> Figure | Note:
    """Draw achievement against PK murni and against PK Perubahan, joined by a line per indicator."""
    achieved = card[card["capaian_berlaku"].notna()]
    shown = achieved if len(achieved) <= MOST else achieved.nsmallest(MOST, "capaian_berlaku")
    if shown.empty:
        return Note("gambar-capaian", "", page.is_sample, items=(Phrase("Belum ada capaian yang dapat digambar."),))
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
        is_sample=page.is_sample,
        unit="persen",
        alt="Titik per indikator: " + "; ".join(f"{name} {value}" for name, value in values.items()),
        svg=pairs(shown["nama_indikator"].tolist(), versions, page.is_sample),
        values=values,
        note="Garis tegak = 100 persen (target tercapai). Selisih dua titik berasal dari perubahan target."
        + (LOWEST if len(achieved) > MOST else ""),
        source="lembar 3_TARGET dan 4_REALISASI",
    )


@table(
    "analisis",
    "Faktor pendorong, faktor penghambat, dan tindak lanjut",
    (
        "nama_indikator", Column("capaian_berlaku", "Capaian", "persen", 1),
        *(Column(name, words.heading(name.replace("_", " "))) for name in WRITTEN),
        Column("status", "Tindak lanjut triwulan lalu"),
    ),
    source="lembar 7_ANALISIS, isian OPD",
)  # fmt: skip
def analysis(page: Page, card: pd.DataFrame, written: pd.DataFrame) -> Given:
    """Table e of the LKjIP as the OPD wrote it; empty cells say so and nothing is made up."""
    own = written[written["tahun"].eq(page.year) & written["periode"].eq(page.period)]
    rows = card[["kode_indikator", "nama_indikator", "capaian_berlaku"]].merge(own, "left", "kode_indikator")
    rows[list(WRITTEN)] = rows[list(WRITTEN)].fillna(words.NOT_FILLED)
    return rows.assign(status=[words.stored("status_tindak_lanjut", status) for status in rows["status_tindak_lanjut"]])


def category(row: pd.Series, page: Page) -> str | None:
    """The class of an achievement; where there is no percentage, whether the target is reached if that is known."""
    if pd.isna(row["capaian_berlaku"]) and pd.notna(row["is_tercapai"]):
        return "Tercapai" if row["is_tercapai"] else "Belum tercapai"
    label: str | None = predicate(row["capaian_berlaku"], page.scale, page.is_rounded_first)
    return label


def status(row: pd.Series) -> str:
    """Status of the data, with what stands in the way of an achievement."""
    told = words.stored("status", row["status"], words.NOT_DELIVERED)
    flags = [words.FLAGS[flag] for flag in row["bendera"].split(", ") if flag and flag != "REALISASI_KOSONG"]
    return f"{told} ({', '.join(flags)})" if flags else told


@table(
    "tahun-berjalan",
    "Nilai sampai {periode} dan sampai triwulan yang sama tahun lalu",
    "nama satuan triwulan kini lalu beda bagian",
    "Nilai sebagian tahun tidak direntangkan menjadi setahun; – berarti belum ada.",
    source="lembar 4_REALISASI",
    nama="Indikator",
    kini=("Tahun ini", "angka"),
)
def this_year(page: Page, card: pd.DataFrame, values: pd.DataFrame) -> Given:
    """The quarters so far of each indicator in ``card``, beside the same quarters of last year.

    ``values`` is the table ``realisasi``.
    """
    return [_so_far(row, values, page) for _, row in card.iterrows()]


def _so_far(row: pd.Series, values: pd.DataFrame, page: Page) -> tuple[Any, ...]:
    now, before = (_quarters(values, row["kode_indikator"], year) for year in (page.year, page.year - 1))
    known = [
        value if quarter in quarters_to(page.period) else None for quarter, value in zip(QUARTERS, now, strict=True)
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


@table("capaian-opd", "Capaian indikator tiap OPD s.d. {periode} {tahun}", ("nama_opd", "jenis", *MEANS), source=SOURCE)
def by_office(_page: Page, groups: pd.DataFrame, whole: pd.DataFrame, offices: pd.DataFrame, method: str) -> Given:
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
    rows = rows.sort_values(["jenis", "nama_opd"], kind="stable").assign(**{TOTAL: False})
    rows = pd.concat([rows, whole.assign(nama_opd="Seluruh OPD", jenis="", **{TOTAL: True})], ignore_index=True)
    kinds = [words.stored("jenis_opd", kind, "") for kind in rows["jenis"]]
    note = f"Rata-rata {method}, tanpa batas atas; indikator tanpa data tidak dihitung. Bukan peringkat."
    return _counted(rows.assign(jenis=kinds)), {"note": note}


def _counted(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(tercapai=pd.Series([reached(row) for _, row in rows.iterrows()], rows.index, dtype=object))


@table(
    "capaian-sasaran",
    "Capaian menurut sasaran (rata-rata {cara})",
    ("nama", "sasaran", *MEANS),
    source=SOURCE,
    none="Menurut sasaran: tidak ada sasaran dengan dua indikator atau lebih; capaiannya sama dengan pada kartu skor.",
    nama="OPD",
    sasaran=("Sasaran", "teks", 0, True),
)
def by_aim(_page: Page, groups: pd.DataFrame, names: pd.Series, method: str) -> Given:
    """One line per OPD and sasaran with two indicators or more (``groups`` per ``kode_opd`` and ``sasaran``)."""
    rows = groups[groups["n"].gt(1)]
    single = Phrase(
        "Sasaran dengan satu indikator ({k}) tidak diulang di sini; lihat kartu skor.",
        {"k": count(len(groups) - len(rows))},
    )
    note = single if len(groups) > len(rows) else ""
    return _counted(rows.assign(nama=rows["kode_opd"].map(names))), {"cara": method, "note": note}


@table(
    "dua-tahun",
    "Rata-rata capaian OPD s.d. {periode}, tahun lalu dan tahun ini",
    ("nama", "tahun", Column("rata_rata", "Rata-rata capaian", "persen", 1), Column("n", "n", "bulat"), *MEANS[4:]),
    source=SOURCE,
    nama="Himpunan indikator",
)
def two_years(page: Page, found: pd.DataFrame, method: str) -> Given:
    """Means of last year and this year, over all indicators of each and over those that both have."""
    years = {"lalu": page.year - 1, "kini": page.year}
    note = f"Rata-rata {method} terhadap PK yang berlaku tahun itu. Hanya himpunan yang sama dapat dibandingkan."
    return found.assign(nama=found["himpunan"].map(SETS), tahun=found["saat"].map(years)), {"note": note}


@table(
    "kartu-skor",
    "Kartu skor seluruh indikator s.d. {periode} {tahun}",
    (
        Column("nama", "OPD", wide=True),
        "sasaran",
        Column("indikator", "Indikator", wide=True),
        *ACHIEVED,
        "kategori",
        STATUS,
    ),
    "Capaian tanpa batas atas, terhadap PK murni dan PK Perubahan.",
    source=SOURCE,
)
def scorecard(page: Page, card: pd.DataFrame, names: pd.Series) -> Given:
    """Every indicator of every OPD: OPD x sasaran x indicator."""
    order = card.assign(nama=card["kode_opd"].map(names))
    return [
        (row["nama"], row["sasaran"], row["nama_indikator"], *achieved(row), category(row, page), status(row))
        for _, row in order.sort_values(["nama", "sasaran", "kode_indikator"], kind="stable").iterrows()
    ]
