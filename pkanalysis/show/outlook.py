"""Will the targets be reached: labels counted, pace needed beside pace so far.

Tables c and d of the LKjIP: against the medium-term target, and against province and nation.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.page import Page
from pkanalysis.show.tables import Given, table
from pkanalysis.show.values import Value, aim, count, measured

LABELS = ("kemungkinan besar", "mungkin", "sulit", "tidak pasti", "tidak dinilai")
RULE = (
    "Peluang menurut tiga cara (nilai terakhir tetap, perubahan rata-rata berlanjut, garis lurus). Bila ketiganya "
    "berbeda lebih dari tiga puluh poin: tidak pasti; selain itu menurut nilai tengahnya. Lebih dari dua tahun ke "
    "depan atau kurang dari lima titik: tidak dinilai."
)
SOURCE = "lembar 3_TARGET, 4_REALISASI, dan 4b_RIWAYAT"


def counted(page: Page, found: pd.DataFrame) -> Table:
    """Labels counted by document and target year (``found``: :func:`pkanalysis.trend.outlooks`)."""
    wide = pd.crosstab([found["dokumen"], found["tahun_target"]], found["label"]) if len(found) else pd.DataFrame()
    wide = wide.reindex(columns=list(LABELS), fill_value=0).reset_index()
    rows = tuple(
        (words.stored("dokumen", row["dokumen"]), row["tahun_target"], *row[list(LABELS)], row[list(LABELS)].sum())
        for _, row in wide.iterrows()
    )
    return Table(
        id="prospek",
        caption="Apakah target akan tercapai, menurut deret selama ini",
        is_sample=page.is_sample,
        columns=(
            Column("dokumen", "Target dari"),
            Column("tahun", "Tahun target", "tahun"),
            *(Column(label.replace(" ", "_"), words.heading(label), "bulat") for label in LABELS),
            Column("jumlah", "Jumlah", "bulat"),
        ),
        rows=rows,
        note=RULE if rows else "Belum ada target di depan dengan nilai akhir tahun untuk dibandingkan.",
        source=SOURCE,
    )


@table(
    "prospek-kalimat",
    "Target IKU kota di depan",
    "nama_indikator dari label kalimat",
    source=SOURCE,
    dari="Target dari",
)
def sentences(_page: Page, found: pd.DataFrame, card: pd.DataFrame) -> Given:
    """Each target ahead of the indicators in ``card``, in words."""
    rows = _named(found, card)
    return rows, {"note": "" if len(rows) else "Belum ada target IKU kota di depan."}


@table(
    "prospek-statistik",
    "Laju yang dibutuhkan untuk target terdekat dan laju selama ini",
    "opd nama_indikator tahun_target tujuan terakhir laju_perlu laju_selama_ini bawah80 atas80 peluang label",
    source=SOURCE,
)
def statistics(_page: Page, found: pd.DataFrame, card: pd.DataFrame, names: pd.Series) -> Given:
    """The nearest target of every indicator, where it is judged: paces, 80 % interval, chance as a band (annex)."""
    rows = _named(nearest(found[found["label"].ne("tidak dinilai")]), card)
    rows = rows.assign(opd=rows["kode_opd"].map(names)).sort_values(
        ["opd", "nama_indikator", "tahun_target"], kind="stable"
    )
    numbers = ("terakhir", "laju_perlu", "laju_selama_ini", "bawah80", "atas80")
    shown = rows.assign(
        tujuan=pd.Series(
            [aim(row["target"], row["target_atas"]) for _, row in rows.iterrows()], rows.index, dtype=object
        ),
        **{name: pd.Series([measured(raw) for raw in rows[name]], rows.index, dtype=object) for name in numbers},
    )
    return shown, {"note": f"Rentang wajar = empat dari lima kemungkinan, perubahan rata-rata berlanjut. {RULE}"}


def _named(found: pd.DataFrame, card: pd.DataFrame) -> pd.DataFrame:
    rows = found.merge(card[["kode_indikator", "nama_indikator", "kode_opd"]], on="kode_indikator")
    origin = [
        Phrase("{d} {t}", {"d": Value(words.stored("dokumen", document), "teks"), "t": Value(int(year), "tahun")})
        for document, year in zip(rows["dokumen"], rows["tahun_target"], strict=True)
    ]
    return rows.assign(dari=pd.Series(origin, rows.index, dtype=object))


def told(found: pd.DataFrame) -> Phrase | None:
    """How many nearest targets are within reach, for the first page; ``None`` where none is judged."""
    near = nearest(found)
    judged = near[near["label"].ne("tidak dinilai")]
    if judged.empty:
        return None
    values = {f"l{place}": count(judged["label"].eq(label).sum()) for place, label in enumerate(LABELS[:4])}
    listed = ", ".join(f"{label} {{l{place}}}" for place, label in enumerate(LABELS[:4]))
    text = f"Dari {{n}} target terdekat yang dapat dinilai dari deret selama ini: {listed}."
    return Phrase(text, values | {"n": count(len(judged))})


def nearest(found: pd.DataFrame) -> pd.DataFrame:
    """The nearest target of each indicator."""
    return found.sort_values("tahun_target", kind="stable").drop_duplicates("kode_indikator")


OTHERS = "lembar 4c_PEMBANDING"
NO_OTHERS = "Realisasi terhadap provinsi dan nasional: tidak ada pembanding."


@table(
    "jangka-menengah",
    "Realisasi terhadap target jangka menengah",
    "sasaran nama satuan dokumen tahun target realisasi kemajuan",
    source="lembar 3_TARGET dan 4_REALISASI",
    sasaran="Sasaran Strategis",
    nama="Indikator Kinerja Utama",
    tahun="Tahun target",
    target="Target akhir RPD/Renstra/RPJMD",
    realisasi="Realisasi akhir tahun",
)
def medium_term(page: Page, found: pd.DataFrame, card: pd.DataFrame) -> Given:
    """Table c of the LKjIP: the last year-end value against the target of RPD, Renstra or RPJMD.

    Parameters
    ----------
    found : DataFrame
        :func:`pkanalysis.trend.progress`.
    card : DataFrame
        The indicators shown; one without such a target says so.
    """
    known = {code: [row for _, row in own.iterrows()] for code, own in found.groupby("kode_indikator")}
    return tuple(
        (row["sasaran"], row["nama_indikator"], row["satuan"], *_ahead(target))
        for _, row in card.iterrows()
        for target in known.get(row["kode_indikator"], [None])
    ), {
        "note": Phrase(
            "Realisasi akhir tahun {tahun}; – berarti target jangka menengah atau nilainya belum ada.",
            {"tahun": Value(page.last_full_year, "tahun")},
        )
    }


def _ahead(row: pd.Series | None) -> tuple[Any, ...]:
    if row is None:
        return None, None, None, None, None
    return (
        words.stored("dokumen", row["dokumen"]),
        row["tahun_target"],
        aim(row["target"], row["target_atas"], row["target_huruf"]),
        measured(row["realisasi"], row["realisasi_huruf"]),
        row["kemajuan_pct"],
    )


@table(
    "pembanding",
    "Realisasi terhadap provinsi dan nasional",
    "nama satuan tahun realisasi cakupan nilai selisih keterangan",
    "Tahun terakhir yang ada pada keduanya.",
    source=OTHERS,
    nama="Indikator Kinerja Utama",
    nilai=("Standar Nasional/Provinsi", "angka"),
    selisih=("Selisih", "angka"),
)
def benchmarks(page: Page, card: pd.DataFrame, series: pd.DataFrame, others: pd.DataFrame) -> Given:
    """Table d of the LKjIP: values against those of the province and the nation in the same year; a note without any.

    Parameters
    ----------
    card : DataFrame
        The indicators shown.
    series : DataFrame
        ``kode_indikator``, ``tahun``, ``realisasi`` to the last full year.
    others : DataFrame
        Table ``pembanding``.
    """
    rows = others[others["tahun"].le(page.last_full_year)].merge(series, on=["kode_indikator", "tahun"])
    rows = rows.merge(card[["kode_indikator", "nama_indikator", "satuan"]], on="kode_indikator")
    rows = rows[rows["tahun"].eq(rows.groupby("kode_indikator")["tahun"].transform("max"))]
    rows = rows.sort_values(["nama_indikator", "kode_indikator", "cakupan"], kind="stable")
    if rows.empty:
        return Note("pembanding", "", page.is_sample, items=(Phrase(NO_OTHERS),), source=OTHERS)
    return [_beside(row) for _, row in rows.iterrows()]


def _beside(row: pd.Series) -> tuple[Any, ...]:
    return (
        row["nama_indikator"],
        row["satuan"],
        row["tahun"],
        measured(row["realisasi"]),
        words.heading(row["cakupan"]),
        measured(row["nilai"]),
        measured(row["realisasi"] - row["nilai"]),
        row["sumber"],
    )
