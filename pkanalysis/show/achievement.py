"""Achievement against both PK versions: of one OPD or the region, per OPD and sasaran, this year beside the last."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pkanalysis import reference
from pkanalysis.analysis.achievement import in_gap, predicate
from pkanalysis.analysis.trend import year_to_date
from pkanalysis.frames import Column
from pkanalysis.show import words
from pkanalysis.show.blocks import Figure, Note
from pkanalysis.show.drawing import BLUE, GREY, ORANGE, WIDE, canvas, numbers, shortened, svg
from pkanalysis.show.page import Page
from pkanalysis.show.tables import ACHIEVED, TOTAL, RowsOrBlock, table
from pkanalysis.show.values import Phrase, count, measured, percent, target_of
from pkanalysis.vocabulary import QUARTERS, quarters_to

SOURCE = "lembar 3_TARGET dan 4_REALISASI"
MOST = 20
"""Indicators in one figure at most, so that it can be read on a page."""
SHARES = ("murni", "perubahan", "dibatasi")
MEANS = (
    Column("tercapai", "Indikator tercapai", wide=True), "rata_rata", "rata_rata_murni", "n_rata", "n_tanpa_data",
    "n_di_atas_100",
)  # fmt: skip
"""What a group of indicators reached, and its means."""


@table("capaian", "Target, realisasi, dan capaian s.d. {periode} {tahun}", "", source=SOURCE,
       sasaran="Sasaran strategis", nama="Indikator kinerja")  # fmt: skip
def achievements(page: Page, card: pd.DataFrame) -> RowsOrBlock:
    """Table a of the LKjIP: target, value, achievement against both PK versions, class, status."""
    has_cap = bool(card["capaian_dibatasi"].notna().any())
    has_gap = len(card) > 0 and in_gap(card["capaian_berlaku"], page.scale).any()
    note = "Capaian tanpa batas atas. "
    if has_cap:
        note = "Capaian ditampilkan tanpa batas atas dan, di kolom sendiri, dengan batas atas. "
    note += reference.scale(page.scale).note
    note += " Capaian di celah antarkelas masuk kelas di bawahnya." if has_gap else ""
    columns = ["sasaran", "nama", *ACHIEVED, *(["dibatasi"] if has_cap else []), "kategori", "status"]
    return _judged(page, card).assign(nama=card["nama_indikator"]), {"columns": columns, "note": note}


@table("kartu-skor", "Kartu skor seluruh indikator s.d. {periode} {tahun}",
       ["nama", "sasaran", "indikator", *ACHIEVED, "kategori", "status"],
       "Capaian tanpa batas atas, terhadap PK murni dan PK Perubahan.", source=SOURCE, nama="OPD")  # fmt: skip
def scorecard(page: Page, card: pd.DataFrame, names: pd.Series) -> RowsOrBlock:
    """Every indicator of every OPD: OPD x sasaran x indicator (annex)."""
    rows = _judged(page, card).assign(nama=card["kode_opd"].map(names), indikator=card["nama_indikator"])
    return rows.sort_values(["nama", "sasaran", "kode_indikator"], kind="stable")


def _judged(page: Page, card: pd.DataFrame) -> pd.DataFrame:
    """The indicators with the cells of ``ACHIEVED``, class, and status; it says what stands in the way of a figure.

    Where there is no percentage, the class says whether the target is reached if that is known.
    """
    cells: list[dict[str, Any]] = []
    for _, row in card.iterrows():
        label: Any = predicate(row["capaian_berlaku"], page.scale, page.is_rounded_first)
        if pd.isna(row["capaian_berlaku"]) and pd.notna(row["is_tercapai"]):
            label = "Tercapai" if row["is_tercapai"] else "Belum tercapai"
        state = words.stored("status", row["status"], words.NOT_DELIVERED)
        flags = [words.FLAGS[flag] for flag in row["bendera"].split(", ") if flag and flag != "REALISASI_KOSONG"]
        shares = {name: percent(row[f"capaian_{name}"]) for name in SHARES}
        cells.append({
            "target": target_of(row), "realisasi": measured(row["realisasi"], row["realisasi_huruf"]), **shares,
            "kategori": label, "status": f"{state} ({', '.join(flags)})" if flags else state,
        })  # fmt: skip
    made = pd.DataFrame(cells, card.index, ["target", "realisasi", *SHARES, "kategori", "status"], dtype=object)
    return card.assign(**{str(name): made[name] for name in made})


def results_figure(page: Page, card: pd.DataFrame) -> Figure | Note:
    """A dot against PK murni and one against PK Perubahan per indicator, joined; the 100 per cent line is upright."""
    known = card[card["capaian_berlaku"].notna()]
    shown = known if len(known) <= MOST else known.nsmallest(MOST, "capaian_berlaku")
    if shown.empty:
        return page.say("gambar-capaian", "Belum ada capaian yang dapat digambar.")
    names = words.distinct(shown["nama_indikator"], shown["kode_indikator"])
    versions = {"PK murni": shown["capaian_murni"], "PK Perubahan": shown["capaian_perubahan"]}
    values = {
        f"{name} ({version})": percent(value)
        for version, amounts in versions.items()
        for name, value in zip(names, amounts, strict=True)
        if pd.notna(value)
    }
    note = "Garis tegak = 100 persen (target tercapai). Selisih dua titik berasal dari perubahan target."
    if len(known) > MOST:
        note += " Hanya dua puluh indikator dengan capaian terendah yang digambar; selengkapnya pada tabel di atas."
    rows, (first, second) = list(range(len(shown))), versions.values()
    with canvas(0.7 + 0.28 * len(rows), WIDE) as (figure, axes):
        axes.hlines(rows, first, second, color=GREY, linewidth=1.5, zorder=1)
        axes.scatter(first, rows, facecolors="white", edgecolors=ORANGE, linewidths=1.6, label="PK murni", zorder=2)
        axes.scatter(second, rows, color=BLUE, s=24, label="PK Perubahan", zorder=3)
        axes.axvline(100, color="black", linewidth=0.9)
        axes.set_yticks(rows, [shortened(name) for name in shown["nama_indikator"]])
        axes.set_xlabel("capaian (%)")
        numbers(axes, "x")
        axes.invert_yaxis()
        figure.legend(loc="outside upper left", ncols=2, frameon=False)
        drawn = svg(figure, page.is_sample)
    title, alt = "Capaian terhadap PK murni dan PK Perubahan", "Titik per indikator:"
    return page.figure("gambar-capaian", title, drawn, values, alt, unit="persen", note=note, source=SOURCE)


WRITTEN = {
    "faktor_pendorong": "Faktor pendorong",
    "faktor_penghambat": "Faktor penghambat",
    "upaya": "Upaya",
    "rencana_tindak_lanjut": "Rencana tindak lanjut",
    "penanggung_jawab": "Penanggung jawab",
    "batas_waktu": "Batas waktu",
}


@table("analisis", "Faktor pendorong, faktor penghambat, dan tindak lanjut",
       ["nama_indikator", "capaian_berlaku", *(Column(name, label) for name, label in WRITTEN.items()), "status"],
       source="lembar 7_ANALISIS, isian OPD", status=("Tindak lanjut triwulan lalu", "teks", 0, False))  # fmt: skip
def analysis(page: Page, card: pd.DataFrame, written: pd.DataFrame) -> RowsOrBlock:
    """Table e of the LKjIP as the OPD wrote it; empty cells say so and nothing is made up."""
    own = written[written["tahun"].eq(page.year) & written["periode"].eq(page.period)]
    rows = card[["kode_indikator", "nama_indikator", "capaian_berlaku"]].merge(own, "left", "kode_indikator")
    rows[list(WRITTEN)] = rows[list(WRITTEN)].fillna(words.NOT_FILLED)
    rows["status"] = [words.stored("status_tindak_lanjut", code) for code in rows["status_tindak_lanjut"]]
    return rows


@table("tahun-berjalan", "Nilai sampai {periode} dan sampai triwulan yang sama tahun lalu",
       "nama satuan triwulan kini lalu beda bagian",
       "Nilai sebagian tahun tidak direntangkan menjadi setahun; – berarti belum ada.", source="lembar 4_REALISASI",
       nama="Indikator", kini=("Tahun ini", "angka"))  # fmt: skip
def this_year(page: Page, card: pd.DataFrame, values: pd.DataFrame) -> RowsOrBlock:
    """The quarters so far of each indicator in ``card``, beside the same quarters of last year.

    ``values`` is the table ``realisasi``.
    """
    rows: list[tuple[Any, ...]] = []
    for _, row in card.iterrows():
        own = values[values["kode_indikator"].eq(row["kode_indikator"])].set_index("periode")
        now, before = (own.loc[own["tahun"].eq(year), "nilai"] for year in (page.year, page.year - 1))
        known = [now.get(quarter) if quarter in quarters_to(page.period) else None for quarter in QUARTERS]
        found = year_to_date(known, [before.get(quarter) for quarter in QUARTERS], row["agregasi"], row["polaritas"])
        numbers = map(measured, (found.value, found.last_year, found.difference))
        until, share = words.SHORT_PERIODS.get(found.period, "–"), percent(100 * found.share_last_year, 0)
        rows.append((row["nama_indikator"], row["satuan"], until, *numbers, share))
    return rows


def with_reached(rows: pd.DataFrame) -> pd.DataFrame:
    """Groups of indicators with what each reached, ``tercapai``: "3 dari 4 yang sudah terukur; 1 menunggu rilis".

    Examples
    --------
    >>> row = {"n_reached": 3, "n_measured": 4, "n_waiting": 1, "n_unmeasurable": 0, "n_missing": 0, "n_unjudged": 0}
    >>> print(*with_reached(pd.DataFrame([row, dict.fromkeys(row, 0)]))["tercapai"], sep=chr(10))
    3 dari 4 yang sudah terukur; 1 menunggu rilis
    belum ada yang terukur
    """
    rest = {
        "n_waiting": "{w} menunggu rilis", "n_unmeasurable": "{t} tidak terukur", "n_missing": "{b} belum disampaikan",
        "n_unjudged": "{u} belum dapat dinilai",
    }  # fmt: skip
    said = []
    for _, row in rows.iterrows():
        parts = {pattern: count(row[name]) for name, pattern in rest.items() if row[name]}
        values = {pattern[1]: number for pattern, number in parts.items()}
        head = "belum ada yang terukur"
        if row["n_measured"]:
            head = "{k} dari {n} yang sudah terukur"
            values |= {"k": count(row["n_reached"]), "n": count(row["n_measured"])}
        said.append(Phrase("; ".join([head, *parts]), values))
    return rows.assign(tercapai=pd.Series(said, rows.index, dtype=object))


@table("capaian-opd", "Capaian indikator tiap OPD s.d. {periode} {tahun}", ["nama_opd", "jenis", *MEANS],
       source=SOURCE)  # fmt: skip
def by_office(
    _page: Page, groups: pd.DataFrame, whole: pd.DataFrame, offices: pd.DataFrame, method: str
) -> RowsOrBlock:
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
    rows = rows.assign(**{TOTAL: False}).sort_values(["jenis", "nama_opd"], kind="stable")
    total = whole.assign(nama_opd="Seluruh OPD", jenis="", **{TOTAL: True})
    rows = with_reached(pd.concat([rows, total], ignore_index=True))
    note = f"Rata-rata {method}, tanpa batas atas; indikator tanpa data tidak dihitung. Bukan peringkat."
    return rows.assign(jenis=[words.stored("jenis_opd", kind, "") for kind in rows["jenis"]]), {"note": note}


@table("capaian-sasaran", "Capaian menurut sasaran (rata-rata {cara})", ["nama", "sasaran", *MEANS], source=SOURCE,
       none="Menurut sasaran: tidak ada sasaran dengan dua indikator atau lebih; capaiannya sama dengan pada kartu "
       "skor.", nama="OPD")  # fmt: skip
def by_aim(_page: Page, groups: pd.DataFrame, names: pd.Series, method: str) -> RowsOrBlock:
    """One line per OPD and sasaran with two indicators or more (``groups`` per ``kode_opd`` and ``sasaran``)."""
    rows = groups[groups["n"].gt(1)]
    single = len(groups) - len(rows)
    text = "Sasaran dengan satu indikator ({k}) tidak diulang di sini; lihat kartu skor." if single else ""
    return with_reached(rows.assign(nama=rows["kode_opd"].map(names))), {
        "note": text, "cara": method, **({"k": count(single)} if single else {}),
    }  # fmt: skip


@table("dua-tahun", "Rata-rata capaian OPD s.d. {periode}, tahun lalu dan tahun ini",
       "nama tahun rata_rata n n_tanpa_data n_di_atas_100", source=SOURCE, nama="Himpunan indikator",
       rata_rata="Rata-rata capaian")  # fmt: skip
def two_years(page: Page, found: pd.DataFrame, method: str) -> RowsOrBlock:
    """Means of last year and this year, over all indicators of each and over those that both have."""
    years = {"lalu": page.year - 1, "kini": page.year}
    sets = {"semua": "Semua indikator tiap tahun", "sama": "Indikator yang sama pada kedua tahun"}
    rows = found.assign(nama=found["himpunan"].map(sets), tahun=found["saat"].map(years))
    note = f"Rata-rata {method} terhadap PK yang berlaku tahun itu. Hanya himpunan yang sama dapat dibandingkan."
    return rows, {"note": note}
