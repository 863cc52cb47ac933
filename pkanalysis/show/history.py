"""Values over the years: side by side as long as the definition is the same, in words, and as published elsewhere."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pkanalysis.analysis.trend.region import disputed
from pkanalysis.frames import Column
from pkanalysis.show import drawing, words
from pkanalysis.show.blocks import Figure, Note
from pkanalysis.show.page import Page
from pkanalysis.show.tables import RowsOrBlock, table
from pkanalysis.show.values import Phrase, Value, cells, count, measured, percent

MOST = 6
"""Small charts on a page at most."""
SOURCE = "lembar 4_REALISASI dan 4b_RIWAYAT"


@table("antartahun", "Realisasi akhir tahun", "",
       "Tanda – berarti tidak ada nilai yang dapat dibandingkan, bukan nol. "
       "Nilai sebelum definisi berlaku tidak dibandingkan. Naik/turun = nilai realisasinya, bukan capaiannya.",
       source=SOURCE, nama="Indikator", arah="Naik/Turun", catatan=("Catatan seri", "teks", 0, False))  # fmt: skip
def history(_page: Page, card: pd.DataFrame, series: pd.DataFrame, achieved: pd.DataFrame) -> RowsOrBlock:
    """Table b of the LKjIP: year-end values side by side; years of another definition stay empty.

    Behind them stands the achievement of the last two years, uncapped, against the last PK of each, and whether the
    value itself rose or fell between them; ``achieved`` is :func:`pkanalysis.achievement.achieved_by_year`.
    """
    codes = card["kode_indikator"]
    shown = series.assign(nilai=cells(series, measured, "realisasi", "realisasi_huruf"))
    wide, reals = (
        shown.pivot(index="kode_indikator", columns="tahun", values=name).reindex(codes)
        for name in ("nilai", "realisasi")
    )
    years = [int(year) for year in wide.columns]
    last = years[-2:]
    done = achieved.reindex(index=codes, columns=last).to_numpy("float64")
    changes = reals[last[-1]] - reals[last[0]] if len(last) > 1 else [None] * len(card)
    rows: list[tuple[Any, ...]] = []
    for (_, row), values, shares, change in zip(card.iterrows(), wide.to_numpy(), done, changes, strict=True):
        move = "–" if pd.isna(change) else "naik" if change > 0 else "turun" if change < 0 else "tetap"
        since: Phrase | str = ""
        if years and pd.notna(row["berlaku_dari"]) and int(row["berlaku_dari"]) > years[0]:
            since = Phrase("definisi berlaku sejak {tahun}", {"tahun": Value(int(row["berlaku_dari"]), "tahun")})
        rows.append((row["nama_indikator"], row["satuan"], *values, *map(percent, shares), move, since))
    by_year = [Column(str(year), str(year), "angka") for year in years]
    by_year += [Column(f"capaian_{year}", f"Capaian {year}", "persen", 1) for year in last]
    return rows, {"columns": ["nama", "satuan", *by_year, "arah", "catatan"]}


@table("perkembangan", "Perkembangan nilai akhir tahun dalam kata", "nama kalimat",
       "Cenderung naik atau turun hanya dikatakan bila lolos setelah semua indikator diuji bersama.", source=SOURCE,
       none="Belum ada nilai akhir tahun yang dapat dibandingkan.", nama="Indikator")  # fmt: skip
def in_words(_page: Page, card: pd.DataFrame, verdicts: pd.DataFrame, ahead: pd.DataFrame) -> RowsOrBlock:
    """What the years say of each indicator, in counts and pace only; a trend is named only where it stands city-wide.

    Parameters
    ----------
    card : DataFrame
        The indicators, in order.
    verdicts : DataFrame
        Derived table ``tren_iku`` of the last full year.
    ahead : DataFrame
        :func:`pkanalysis.trend.outlooks` of the nearest target of each indicator.
    """
    trends = verdicts.set_index("kode_indikator")["kalimat_opd"]
    paces = ahead.drop_duplicates("kode_indikator").set_index("kode_indikator")["kalimat_opd"]
    rows = []
    for code, name in zip(card["kode_indikator"], card["nama_indikator"], strict=True):
        if said := trends.get(code):
            # The pace needed alone: the one so far stands in the sentence before, as a mean and not as a median.
            needed = paces.get(code, "").partition("; ")[0]
            rows.append((name, f"{said} {needed}.".strip() if needed else said.strip()))
    return rows


def history_figure(page: Page, card: pd.DataFrame, series: pd.DataFrame) -> Figure | Note:
    """Draw one small chart per indicator with at least two years, six at most."""
    names = dict(
        zip(card["kode_indikator"], words.distinct(card["nama_indikator"], card["kode_indikator"]), strict=True)
    )
    counts = series.groupby("kode_indikator")["realisasi"].count()
    long = [code for code in names if counts.get(code, 0) >= 2]
    if not long:
        return page.say("gambar-antartahun", "Belum ada deret dua tahun atau lebih.")
    drawn = [(names[code], series[series["kode_indikator"].eq(code)]) for code in long[:MOST]]
    own = series[series["kode_indikator"].isin(long[:MOST]) & series["realisasi"].notna()]
    known = zip(own["kode_indikator"], own["tahun"], own["realisasi"], strict=True)
    values = {f"{names[code]} {year}": measured(value) for code, year, value in known}
    more = " Hanya enam indikator pertama yang digambar; selengkapnya pada tabel di atas." if len(long) > MOST else ""
    return Figure(
        **page.block("gambar-antartahun", "Realisasi dan target antartahun"),
        alt="Grafik kecil per indikator: " + "; ".join(f"{name}: {value}" for name, value in values.items()),
        svg=drawing.small_multiples(drawn, page.is_sample),
        values=values,
        note="Titik = realisasi, tanda silang = target PK (dua bila berupa rentang). Tahun tanpa nilai dikosongkan "
        f"dan tidak disambung.{more}",
        source=SOURCE,
    )


def published(page: Page, found: pd.DataFrame) -> Note:
    """How many published series there are and how far they go (:func:`pkanalysis.trend.readings`)."""
    if found.empty:
        return page.say("terbit", "Tidak ada angka terbit di ruang kerja ini.")
    return page.say(
        "terbit",
        "{k} deret terbit; {s} di antaranya kurang dari empat tahun yang dapat dibandingkan. Tren dinyatakan pada {d} "
        "deret.",
        f"{{b}} deret memuat angka yang bertentangan. {disputed()}",
        "{l} deret memuat nilai seri lama; nilai itu tidak disambung dengan yang baru.",
        k=count(len(found)),
        s=count(found["n"].lt(4).sum()),
        d=count(found["klaim"].eq("L2").sum()),
        b=count(found["bertentangan"].ne("").sum()),
        l=count(found["seri_lama"].ne("").sum()),
    )


def headline(found: pd.DataFrame) -> Phrase | None:
    """How many published series there are and how few may be compared, for the first page; ``None`` without any."""
    if found.empty:
        return None
    values = {"k": count(len(found)), "s": count(found["n"].lt(4).sum())}
    return Phrase("Dari {k} deret angka terbit, {s} belum cukup panjang untuk dibicarakan sebagai tren.", values)


@table("terbit-deret", "Yang dapat dikatakan tentang deret terbit",
       "uraian satuan tahun bertentangan seri_lama kosong kalimat",
       uraian="Indikator", tahun=("Tahun yang dipakai", "teks"))  # fmt: skip
def readings(_page: Page, found: pd.DataFrame) -> RowsOrBlock:
    """Every published series with the years used and set aside, and the sentence that it allows."""
    if found.empty:
        return found, {"note": "Tidak ada deret tiga tahun atau lebih."}
    return found, {"source": "angka terbit beserta alamat sumbernya pada halaman Angka terbit"}
