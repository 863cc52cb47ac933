"""Values of the indicators over the years, side by side as long as the definition is the same.

Slope chart: mean achievement of each OPD last year and this year, one panel per kind of OPD.

The published series: what they allow to say, year by year, and what was set aside.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from pkanalysis.analysis.trend.region import disputed
from pkanalysis.show import drawing, words
from pkanalysis.show.blocks import Column, Figure, Note, Phrase, Table, phrases
from pkanalysis.show.drawing import small_multiples
from pkanalysis.show.page import Page
from pkanalysis.show.tables import Given, table
from pkanalysis.show.trend_figures import short_names
from pkanalysis.show.values import Value, count, measured, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST = 6
"""Small charts on a page at most."""
FIRST = " Hanya enam indikator pertama yang digambar; selengkapnya pada tabel di atas."
SOURCE = "lembar 4_REALISASI dan 4b_RIWAYAT"


def history(page: Page, card: pd.DataFrame, series: pd.DataFrame, achieved: pd.DataFrame) -> Table:
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
        is_sample=page.is_sample,
        columns=columns,
        rows=rows,
        note="Tanda – berarti tidak ada nilai yang dapat dibandingkan, bukan nol. "
        "Nilai sebelum definisi berlaku tidak dibandingkan. Naik/turun = nilai realisasinya, bukan capaiannya.",
        source=SOURCE,
    )


@table(
    "perkembangan",
    "Perkembangan nilai akhir tahun dalam kata",
    "nama kalimat",
    "Cenderung naik atau turun hanya dikatakan bila lolos setelah semua indikator diuji bersama.",
    source=SOURCE,
    nama="Indikator",
)
def in_words(page: Page, card: pd.DataFrame, verdicts: pd.DataFrame, ahead: pd.DataFrame) -> Given:
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
        return Note("perkembangan", "", page.is_sample, items=(Phrase(none),))
    names = card.set_index("kode_indikator")["nama_indikator"]
    return [(names[code], f"{told[code]} {_needed(paces.get(code, ''))}".strip()) for code in codes]


def _needed(sentence: str) -> str:
    """The pace needed alone: the one so far stands in the sentence before, as a mean and not as a median."""
    return f"{sentence.partition('; ')[0]}." if sentence else ""


def _move(before: float, after: float) -> str:
    words_of = {before < after: "naik", before > after: "turun", before == after: "tetap"}
    return words_of.get(True, "–")


def history_figure(page: Page, card: pd.DataFrame, series: pd.DataFrame) -> Figure | Note:
    """Draw one small chart per indicator with at least two years, six at most."""
    names = pd.Series(words.distinct(card["nama_indikator"], card["kode_indikator"]), index=card["kode_indikator"])
    counts = series.groupby("kode_indikator")["realisasi"].count()
    long = [code for code in names.index if counts.get(code, 0) >= 2]
    chosen = long[:MOST]
    if not chosen:
        return Note("gambar-antartahun", "", page.is_sample, items=(Phrase("Belum ada deret dua tahun atau lebih."),))
    own = series[series["kode_indikator"].isin(chosen) & series["realisasi"].notna()]
    values = {
        f"{names[code]} {year}": measured(value)
        for code, year, value in zip(own["kode_indikator"], own["tahun"], own["realisasi"], strict=True)
    }
    return Figure(
        id="gambar-antartahun",
        caption="Realisasi dan target antartahun",
        is_sample=page.is_sample,
        alt="Grafik kecil per indikator: " + "; ".join(f"{name}: {value}" for name, value in values.items()),
        svg=small_multiples(
            [(names[code], series[series["kode_indikator"].eq(code)]) for code in chosen], page.is_sample
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


LETTER = 0.115
"""Height of a label in inches."""


def slope_chart(page: Page, found: pd.DataFrame, offices: pd.DataFrame) -> Figure | Note:
    """Lines from last year to this year; blue rises, orange falls.

    Parameters
    ----------
    found : DataFrame
        :func:`pkanalysis.analysis.achievement.scorecard.movers`.
    offices : DataFrame
        Table ``opd``.
    """
    rows = found.merge(offices[["kode_opd", "jenis"]], on="kode_opd")
    if rows.empty:
        text = "Belum ada indikator yang terukur pada kedua tahun; gambar tidak dibuat."
        return Note("gambar-dua-tahun", "", page.is_sample, items=(Phrase(text),))
    rows = rows.assign(nama=words.distinct(rows["kode_opd"].map(short_names(offices, 16)), rows["kode_opd"]))
    years = {"lalu": page.year - 1, "kini": page.year}
    values = {
        f"{name} {year}": percent(raw)
        for when, year in years.items()
        for name, raw in zip(rows["nama"], rows[when], strict=True)
    }
    return Figure(
        id="gambar-dua-tahun",
        caption="Rata-rata capaian tiap OPD, tahun lalu dan tahun ini",
        is_sample=page.is_sample,
        unit="persen",
        svg=_draw(rows, years, page.is_sample),
        values=values,
        alt="Garis per OPD: " + "; ".join(f"{name} {value}" for name, value in values.items()),
        note="Rata-rata aritmetik pada indikator yang terukur di kedua tahun, terhadap PK yang berlaku pada tahun itu. "
        "Biru naik, jingga turun.",
        source="lembar 3_TARGET dan 4_REALISASI",
    )


def _draw(rows: pd.DataFrame, years: dict[str, int], is_sample: bool) -> str:
    import matplotlib.pyplot as plt

    kinds = rows["jenis"].value_counts()
    columns = min(2, len(kinds))
    height = [max(part) for part in _chunks(kinds.tolist(), columns)]
    with drawing.style():
        sizes = [max(1.3, 0.17 * count + 0.5) for count in height]
        shape = {"height_ratios": sizes}
        figure, grid = plt.subplots(
            len(sizes), columns, figsize=(drawing.NARROW, sum(sizes)), squeeze=False, gridspec_kw=shape
        )
        for axes in grid.flat[len(kinds) :]:
            axes.set_visible(False)
        for place, (axes, kind) in enumerate(zip(grid.flat, kinds.index, strict=False)):
            axes.set_title(words.stored("jenis_opd", str(kind)))
            _panel(axes, rows[rows["jenis"].eq(kind)], years, sizes[place // columns] - 0.45)
        return drawing.svg(figure, is_sample)


def _chunks(counts: list[int], size: int) -> list[list[int]]:
    return [counts[start : start + size] for start in range(0, len(counts), size)]


def _panel(axes: Axes, own: pd.DataFrame, years: dict[str, int], height: float) -> None:
    for _, row in own.iterrows():
        colour = drawing.BLUE if row["kini"] >= row["lalu"] else drawing.ORANGE
        axes.plot([0, 1], [row["lalu"], row["kini"]], color=colour, marker="o", markersize=3, linewidth=1.1)
    low, high = float(own[["lalu", "kini"]].min().min()), float(own[["lalu", "kini"]].max().max())
    reach = max(high - low, 2.0)
    middle = (low + high) / 2
    axes.set_ylim(middle - 0.6 * reach, middle + 0.6 * reach)
    places = spread(own["kini"].tolist(), 1.2 * reach * LETTER / height)
    for name, end, place in zip(own["nama"], own["kini"], places, strict=True):
        axes.plot([1.03, 1.13], [end, place], color=drawing.GREY, linewidth=0.5, clip_on=False)
        axes.text(1.15, place, str(name), fontsize=6.5, va="center")
    axes.set_xlim(-0.08, 2.2)
    axes.set_xticks([0, 1], [str(year) for year in years.values()])
    axes.yaxis.set_major_formatter(lambda value, _: str(measured(value)))
    axes.tick_params(labelsize=7)
    axes.grid(axis="x", visible=False)


def spread(wanted: list[float], apart: float) -> list[float]:
    """Places for labels near the ``wanted`` ones, at least ``apart`` from each other, around the same middle.

    Examples
    --------
    >>> spread([1.0, 1.0, 5.0], 1.0)
    [0.5, 1.5, 5.0]
    """
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    groups: list[tuple[list[int], float]] = []
    for index in order:
        groups.append(([index], wanted[index]))
        while len(groups) > 1 and _gap(groups[-2], groups[-1]) < apart * (len(groups[-2][0]) + len(groups[-1][0])) / 2:
            (first, one), (second, two) = groups[-2:]
            middle = (one * len(first) + two * len(second)) / (len(first) + len(second))
            groups[-2:] = [(first + second, middle)]
    found = [math.nan] * len(wanted)
    for members, middle in groups:
        for step, index in enumerate(members):
            found[index] = middle + (step - (len(members) - 1) / 2) * apart
    return found


def _gap(first: tuple[list[int], float], second: tuple[list[int], float]) -> float:
    return second[1] - first[1]


def published(setting: Page, found: pd.DataFrame) -> Note:
    """How many published series there are and how far they go (:func:`pkanalysis.trend.readings`)."""
    if found.empty:
        return Note("terbit", "", page.is_sample, items=(Phrase("Tidak ada angka terbit di ruang kerja ini."),))
    values = {
        "k": count(len(found)),
        "s": count(found["n"].lt(4).sum()),
        "d": count(found["klaim"].eq("L2").sum()),
        "b": count(found["bertentangan"].ne("").sum()),
        "l": count(found["seri_lama"].ne("").sum()),
    }
    texts = (
        "{k} deret terbit; {s} di antaranya kurang dari empat tahun yang dapat dibandingkan. Tren dinyatakan pada {d} "
        "deret.",
        f"{{b}} deret memuat angka yang bertentangan. {disputed()}",
        "{l} deret memuat nilai seri lama; nilai itu tidak disambung dengan yang baru.",
    )
    return Note("terbit", "", page.is_sample, items=phrases(values, *texts))


def headline(found: pd.DataFrame) -> Phrase | None:
    """How many published series there are and how few may be compared, for the first page; ``None`` without any."""
    if found.empty:
        return None
    values = {"k": count(len(found)), "s": count(found["n"].lt(4).sum())}
    return Phrase("Dari {k} deret angka terbit, {s} belum cukup panjang untuk dibicarakan sebagai tren.", values)


@table(
    "terbit-deret",
    "Yang dapat dikatakan tentang deret terbit",
    "uraian satuan tahun bertentangan seri_lama kosong kalimat",
    uraian="Indikator",
    tahun=("Tahun yang dipakai", "teks"),
)
def readings(_page: Page, found: pd.DataFrame) -> Given:
    """Every published series with the years used and set aside, and the sentence that it allows."""
    return found, {
        "note": "" if len(found) else "Tidak ada deret tiga tahun atau lebih.",
        "source": "angka terbit beserta alamat sumbernya pada halaman Angka terbit" if len(found) else "",
    }
