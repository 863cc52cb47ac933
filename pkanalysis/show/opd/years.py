"""Values of the indicators over the years, side by side as long as the definition is the same."""

from __future__ import annotations

import pandas as pd

from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Figure, Note, Phrase, Table
from pkanalysis.show.cells import measured
from pkanalysis.show.drawings import small_multiples
from pkanalysis.show.setting import Setting
from pkanalysis.show.values import Value

MOST = 6
"""Small charts on a page at most."""
FIRST = " Hanya enam indikator pertama yang digambar; selengkapnya pada tabel di atas."
SOURCE = "lembar 4_REALISASI dan 4b_RIWAYAT"


def history(setting: Setting, card: pd.DataFrame, series: pd.DataFrame) -> Table:
    """Table b of the LKjIP: year-end values side by side; years of another definition stay empty."""
    values = pd.Series(map(measured, series["realisasi"], series["realisasi_huruf"]), index=series.index, dtype=object)
    wide = series.assign(nilai=values).pivot(index="kode_indikator", columns="tahun", values="nilai")
    years = [int(year) for year in wide.columns]
    rows = tuple(
        (row["nama_indikator"], row["satuan"], *cells, _since(row["berlaku_dari"], years))
        for (_, row), cells in zip(card.iterrows(), wide.reindex(card["kode_indikator"]).to_numpy(), strict=True)
    )
    columns = (
        Column("nama", "Indikator", wide=True),
        Column("satuan", "Satuan"),
        *(Column(str(year), str(year), "angka") for year in years),
        Column("catatan", "Catatan seri", wide=True),
    )
    return Table(
        id="antartahun",
        caption="Realisasi akhir tahun",
        is_sample=setting.is_sample,
        columns=columns,
        rows=rows,
        note="Tanda – berarti tidak ada nilai yang dapat dibandingkan, bukan nol. "
        "Nilai sebelum definisi berlaku tidak dibandingkan.",
        source=SOURCE,
    )


def history_figure(setting: Setting, card: pd.DataFrame, series: pd.DataFrame) -> Figure | Note:
    """Draw one small chart per indicator with at least two years, six at most."""
    names = pd.Series(words.distinct(card["nama_indikator"], card["kode_indikator"]), index=card["kode_indikator"])
    counts = series.groupby("kode_indikator")["realisasi"].count()
    long = [code for code in names.index if counts.get(code, 0) >= 2]
    chosen = long[:MOST]
    if not chosen:
        return Note(
            "gambar-antartahun", "", setting.is_sample, items=(Phrase("Belum ada deret dua tahun atau lebih."),)
        )
    own = series[series["kode_indikator"].isin(chosen) & series["realisasi"].notna()]
    values = {
        f"{names[code]} {year}": measured(value)
        for code, year, value in zip(own["kode_indikator"], own["tahun"], own["realisasi"], strict=True)
    }
    return Figure(
        id="gambar-antartahun",
        caption="Realisasi dan target antartahun",
        is_sample=setting.is_sample,
        alt="Grafik kecil per indikator: " + "; ".join(f"{name}: {value}" for name, value in values.items()),
        svg=small_multiples(
            [(names[code], series[series["kode_indikator"].eq(code)]) for code in chosen], setting.is_sample
        ),
        values=values,
        note="Titik = realisasi, tanda silang = target PK. Tahun tanpa nilai dikosongkan dan tidak disambung."
        + (FIRST if len(long) > MOST else ""),
        source=SOURCE,
    )


def _since(year: int | None, years: list[int]) -> Phrase | str:
    if pd.isna(year) or not years or int(year) <= years[0]:
        return ""
    return Phrase("definisi berlaku sejak {tahun}", {"tahun": Value(int(year), "tahun")})
