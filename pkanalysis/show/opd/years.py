"""Values of the indicators over the years, side by side as long as the definition is the same."""

from __future__ import annotations

import pandas as pd

from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Figure, Note, Phrase, Table
from pkanalysis.show.cells import measured, percent
from pkanalysis.show.drawings import small_multiples
from pkanalysis.show.setting import Setting
from pkanalysis.show.values import Value

MOST = 6
"""Small charts on a page at most."""
FIRST = " Hanya enam indikator pertama yang digambar; selengkapnya pada tabel di atas."
SOURCE = "lembar 4_REALISASI dan 4b_RIWAYAT"


def history(setting: Setting, card: pd.DataFrame, series: pd.DataFrame, achieved: pd.DataFrame) -> Table:
    """Table b of the LKjIP: year-end values side by side; years of another definition stay empty.

    Behind them stands the achievement of the last two years, uncapped, against the last PK of each, and whether the
    value itself rose or fell between them; ``achieved`` is :func:`pkanalysis.achievement.achieved_by_year`.
    """
    values = pd.Series(map(measured, series["realisasi"], series["realisasi_huruf"]), index=series.index, dtype=object)
    wide = series.assign(nilai=values).pivot(index="kode_indikator", columns="tahun", values="nilai")
    years = [int(year) for year in wide.columns]
    codes, last = card["kode_indikator"], years[-2:]
    done = achieved.reindex(index=codes, columns=last).to_numpy("float64")
    reals = series.pivot(index="kode_indikator", columns="tahun", values="realisasi").reindex(codes)
    moves = [_move(*pair) for pair in reals[last].to_numpy("float64")] if len(last) > 1 else ["–"] * len(card)
    rows = tuple(
        (row["nama_indikator"], row["satuan"], *cells, *map(percent, shares), move, _since(row["berlaku_dari"], years))
        for (_, row), cells, shares, move in zip(
            card.iterrows(), wide.reindex(codes).to_numpy(), done, moves, strict=True
        )
    )
    columns = (
        Column("nama", "Indikator", wide=True),
        Column("satuan", "Satuan"),
        *(Column(str(year), str(year), "angka") for year in years),
        *(Column(f"capaian_{year}", f"Capaian {year}", "persen", 1) for year in last),
        Column("arah", "Naik/Turun"),
        Column("catatan", "Catatan seri"),
    )
    return Table(
        id="antartahun",
        caption="Realisasi akhir tahun",
        is_sample=setting.is_sample,
        columns=columns,
        rows=rows,
        note="Tanda – berarti tidak ada nilai yang dapat dibandingkan, bukan nol. "
        "Nilai sebelum definisi berlaku tidak dibandingkan. Naik/turun = nilai realisasinya, bukan capaiannya.",
        source=SOURCE,
    )


def in_words(setting: Setting, card: pd.DataFrame, verdicts: pd.DataFrame, ahead: pd.DataFrame) -> Table | Note:
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
    told = verdicts.set_index("kode_indikator")["kalimat_opd"]
    paces = ahead.drop_duplicates("kode_indikator").set_index("kode_indikator")["kalimat_opd"]
    codes = [code for code in card["kode_indikator"] if told.get(code)]
    if not codes:
        none = "Belum ada nilai akhir tahun yang dapat dibandingkan."
        return Note("perkembangan", "", setting.is_sample, items=(Phrase(none),))
    names = card.set_index("kode_indikator")["nama_indikator"]
    return Table(
        id="perkembangan",
        caption="Perkembangan nilai akhir tahun dalam kata",
        is_sample=setting.is_sample,
        columns=(Column("nama", "Indikator", wide=True), Column("kalimat", "Yang dapat dikatakan", wide=True)),
        rows=tuple((names[code], f"{told[code]} {_needed(paces.get(code, ''))}".strip()) for code in codes),
        note="Cenderung naik atau turun hanya dikatakan bila lolos setelah semua indikator diuji bersama.",
        source=SOURCE,
    )


def _needed(sentence: str) -> str:
    """The pace needed alone: the one so far stands in the sentence before, as a mean and not as a median."""
    return f"{sentence.partition('; ')[0]}." if sentence else ""


def _move(before: float, after: float) -> str:
    words_of = {before < after: "naik", before > after: "turun", before == after: "tetap"}
    return words_of.get(True, "–")


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
        note="Titik = realisasi, tanda silang = target PK (dua bila berupa rentang). Tahun tanpa nilai dikosongkan "
        "dan tidak disambung." + (FIRST if len(long) > MOST else ""),
        source=SOURCE,
    )


def _since(year: int | None, years: list[int]) -> Phrase | str:
    if pd.isna(year) or not years or int(year) <= years[0]:
        return ""
    return Phrase("definisi berlaku sejak {tahun}", {"tahun": Value(int(year), "tahun")})
