"""Trends in words: how many stand, at which confidence, and what all series say together.

Tables of trends: what may be said of each series, its statistics, and where series restart.

Places of OPD among their own kind, only as far as their intervals tell them apart.

The first page: cover, what must be known, and what may not be concluded.
"""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis import achievement
from pkanalysis.analysis.achievement.averages import Summary
from pkanalysis.analysis.trend import needed_together, surveyed
from pkanalysis.show import sentences as said
from pkanalysis.show import words
from pkanalysis.show.blocks import Cover, Note, Phrase, phrases
from pkanalysis.show.page import Page
from pkanalysis.show.tables import Given, table
from pkanalysis.show.values import Value, count, day, gap, measured, percent, plain

LIMITS = (
    "Kenaikan capaian yang berasal dari perubahan target bukan kenaikan kinerja.",
    "Rata-rata capaian dua tahun hanya setara bila dihitung pada indikator yang sama.",
    "Capaian jauh di atas target lebih sering berarti target terlalu rendah daripada kinerja yang luar biasa.",
    "Tren beberapa tahun tidak menunjukkan penyebabnya, dan tidak mengatakan apa pun tentang pengurangan anggaran.",
    "Urutan OPD yang selangnya bertumpang tindih bukan peringkat.",
)


def cover(page: Page, offices: int) -> Cover:
    """Title, region, period, and how many OPD."""
    values = {"tahun": Value(page.year, "tahun"), "akhir": day(page.end)}
    values |= {"n": count(offices)} if offices else {}
    covered = " · cakupan {n} OPD" if offices else ""
    name = "" if page.period == "tahunan" else f"{page.period_name} "
    until = {"sampai": Value(page.last_full_year, "tahun")}
    return Cover(
        id="sampul",
        caption="Capaian IKU dan Trennya",
        is_sample=page.is_sample,
        unit=page.region,
        items=(
            Phrase(f"{name}Tahun {{tahun}} (keadaan s.d. {{akhir}}){covered}", values),
            Phrase("Tren dihitung dari nilai akhir tahun s.d. {sampai}", until),
        ),
        footer=page.footer,
    )


def known(page: Page, *items: Phrase | None) -> Note:
    """The sentences of the first page that there is something for."""
    return Note("kalimat", "Yang perlu diketahui", page.is_sample, items=tuple(filter(None, items)), ordered=True)


def reached(whose: str, found: Summary) -> Phrase:
    """How many indicators reach their target, of the region (``IKU kota``) or of the OPD."""
    part = said.reached(found)
    return Phrase(f"{whose} yang mencapai target: {part.pattern}.", part.values)


def means(found: pd.DataFrame, method: str) -> Phrase | None:
    """Mean achievement against both PK, with what it is a mean of.

    Parameters
    ----------
    found : DataFrame
        One row of :func:`pkanalysis.analysis.achievement.scorecard.grouped` over all indicators; none without any.
    method : str
        ``aritmetik`` or ``geometrik``.
    """
    if found.empty or not found["n_rata"].iloc[0]:
        return None
    row = found.iloc[0]
    values = {
        "x": percent(row["rata_rata"]),
        "y": percent(row["rata_rata_murni"]),
        "n": count(row["n_rata"]),
        "t": count(row["n_tanpa_data"]),
        "a": count(row["n_di_atas_100"]),
    }
    return Phrase(
        f"Rata-rata {method} capaian indikator OPD **{{x}} terhadap PK yang berlaku** dan {{y}} terhadap PK murni "
        "(n = {n}; {t} tanpa data tidak dihitung; {a} di atas target).",
        values,
    )


def outlier(card: pd.DataFrame, names: pd.Series) -> Phrase | None:
    """The one indicator that decides the mean, and the mean without it; ``None`` where no single one does.

    Parameters
    ----------
    card : DataFrame
        The scorecard that the mean is over.
    names : Series
        Names of the OPD by code.
    """
    found = achievement.outlier(card)
    if found is None:
        return None
    row, rest = found
    values = {
        "nama": plain(row["nama_indikator"]),
        "opd": plain(names[row["kode_opd"]]),
        "x": percent(row["capaian_berlaku"]),
        "y": percent(rest),
    }
    return Phrase(
        "**Satu indikator menentukan rata-rata itu**: {nama} ({opd}), {x}. Tanpa indikator itu rata-rata aritmetik "
        "{y}; periksa target dan realisasinya.",
        values,
    )


def eased(found: pd.DataFrame, parts: pd.DataFrame) -> Phrase | None:
    """How many targets were made easier, how many without a reason, and what that did to the mean."""
    if found.empty:
        return None
    silent = int(found["alasan_perubahan"].eq("belum diisi").sum())
    values = {"k": count(len(found)), "b": count(silent), "o": count(found["kode_opd"].nunique())}
    text = "**{k} target di {o} OPD dibuat lebih mudah pada PK Perubahan**; alasan {b} di antaranya belum diisi."
    if parts.empty or not parts["n"].iloc[0]:
        return Phrase(text, values)
    row = parts.iloc[0]
    moved = row["target_tetap"] + row["perubahan_target"]
    values |= {"z": gap(moved, row["target_tetap"]), "m": count(row["n"])}
    verb = "naik" if row["perubahan_target"] >= 0 else "turun"
    return Phrase(f"{text} Rata-rata capaian (n = {{m}}) {verb} {{z}} poin semata karena perubahan target.", values)


def trending(verdicts: pd.DataFrame) -> Phrase:
    """``k dari m`` with multiplicity, and how many of them get better or worse."""
    found = verdicts[verdicts["is_tren"].astype(bool)]
    text, values = "{k}", {"k": plain(surveyed(verdicts))}
    if len(found):
        text += " Yang membaik {b}, yang memburuk {m}"
        values |= {"b": count(found["gerak"].eq("membaik").sum()), "m": count(found["gerak"].eq("memburuk").sum())}
        other = int(found["gerak"].eq("").sum())
        text += ", bergerak pada target rentang {r}." if other else "."
        values |= {"r": count(other)} if other else {}
    return Phrase(text, values)


def cannot_conclude(page: Page) -> Note:
    """The limits of these data, printed every time."""
    title = "Yang tidak dapat disimpulkan dari data ini"
    return Note("batas", title, page.is_sample, items=phrases({}, *LIMITS))


SOURCE = "lembar 4_REALISASI dan 4b_RIWAYAT"
METHOD = (
    "Arah diuji dengan Mann-Kendall (eksak di bawah sepuluh titik) dan dinyatakan hanya bila lolos setelah semua "
    "indikator diuji bersama (Benjamini-Hochberg). Kemiringan = Sen; selangnya berlaku pada tingkat keyakinan yang "
    "benar-benar tercapai."
)


def told(page: Page, verdicts: pd.DataFrame, whole: pd.DataFrame) -> Note:
    """``k dari m``, what could not be tested, levels achieved, the common slope, and the width of a forecast.

    Parameters
    ----------
    verdicts, whole : DataFrame
        Derived tables ``tren_iku`` and ``tren_kota`` of the last full year.
    """
    if verdicts.empty:
        text = "Belum ada nilai akhir tahun s.d. {t}; tren tidak dihitung."
        return Note("tren", "", page.is_sample, items=(Phrase(text, {"t": Value(page.last_full_year, "tahun")}),))
    items = [
        trending(verdicts),
        _untested(verdicts),
        *_levels(verdicts),
        *_together(verdicts),
        *_common(whole),
        *_width(whole),
    ]
    return Note("tren", "", page.is_sample, items=tuple(filter(None, items)), note=METHOD, source=SOURCE)


def _untested(verdicts: pd.DataFrame) -> Phrase | None:
    short, four = int(verdicts["n"].lt(4).sum()), int(verdicts["n"].eq(4).sum())
    if not short and not four:
        return None
    text = "{k} indikator mempunyai kurang dari empat tahun yang dapat dibandingkan; yang dikatakan hanya selisihnya."
    if four:
        text += " {m} indikator tepat empat tahun: kemiringan dan uraian saja."
    return Phrase(text, {"k": count(short)} | ({"m": count(four)} if four else {}))


def _levels(verdicts: pd.DataFrame) -> list[Phrase]:
    """The confidence that intervals of so many points really have."""
    tested = verdicts[verdicts["p"].notna()]
    levels = tested.groupby("n")["keyakinan"].median()
    if levels.empty:
        return []
    values = {f"n{place}": count(n) for place, n in enumerate(levels.index)}
    values |= {f"k{place}": percent(100 * level) for place, level in enumerate(levels)}
    listed = ", ".join(f"{{n{place}}} titik {{k{place}}}" for place in range(len(levels)))
    return [Phrase(f"Tingkat keyakinan selang yang tercapai: {listed}.", values)]


def _together(verdicts: pd.DataFrame) -> list[Phrase]:
    """How many perfect series of the shortest tested length it would take for one of them to stand."""
    tested = verdicts[verdicts["p"].notna()]
    if tested.empty:
        return []
    shortest = int(tested["n"].min())
    needed = needed_together(shortest, len(tested))
    values = {"n": count(shortest), "k": count(needed), "m": count(len(tested))}
    text = "Dari deret {n} titik, satu tren baru dapat dinyatakan bila {k} dari {m} deret bergerak searah setiap tahun."
    return [Phrase(text, values)] if needed > 1 else []


def _common(whole: pd.DataFrame) -> list[Phrase]:
    row = whole.iloc[0]
    if pd.isna(row["kemiringan_bersama"]):
        return []
    values = {name: Value(float(row[column]), "angka", 2) for name, column in _POOLED.items()}
    text = (
        "Kemiringan bersama semua deret {b} simpangan baku per tahun (galat baku {s}); antarindikator menyebar {d}. "
        "Arah naik di sini menurut nilai, bukan menurut baik atau buruk."
    )
    return [Phrase(text, values)]


_POOLED = {"b": "kemiringan_bersama", "s": "se_bersama", "d": "sd_antar"}


def _width(whole: pd.DataFrame) -> list[Phrase]:
    row = whole.iloc[0]
    if pd.isna(row["konformal_q"]):
        return []
    values = {"n": count(row["konformal_n"]), "q": Value(float(row["konformal_q"]), "angka", 2)}
    text = (
        "Tahun terakhir {n} indikator diramalkan dari tahun sebelumnya: pada empat dari lima indikator selisihnya "
        "paling banyak {q} kali perubahan tahunan yang biasa pada indikator itu."
    )
    return [Phrase(text, values)]


@table(
    "tren-kalimat",
    "Tren IKU kota dalam kata",
    "nama_indikator satuan n kalimat",
    source=SOURCE,
    n="Tahun",
)
def sentences(_page: Page, verdicts: pd.DataFrame, card: pd.DataFrame) -> Given:
    """What may be said of each indicator of ``card``, in words."""
    rows = card[["kode_indikator", "nama_indikator", "satuan"]].merge(verdicts, on="kode_indikator")
    return rows, {"note": "" if len(rows) else "Belum ada deret IKU kota."}


@table(
    "tren-statistik",
    "Statistik tren setiap indikator",
    "opd nama_indikator n s p p_disesuaikan kemiringan bawah atas yakin verdict",
    METHOD,
    source=SOURCE,
    p=("p", "angka", 4),
    yakin=("Keyakinan", "persen", 1),
)
def statistics(_page: Page, verdicts: pd.DataFrame, indicators: pd.DataFrame, names: pd.Series) -> Given:
    """Every series from four years on with its statistics (annex); without p where the gate forbids it."""
    rows = verdicts[verdicts["n"].ge(4)].merge(indicators[["kode_indikator", "nama_indikator"]], on="kode_indikator")
    rows = rows.assign(
        opd=rows["kode_opd"].map(names),
        verdict=[row["gerak"] or row["arah"] or "belum dapat dibedakan" for _, row in rows.iterrows()],
        **{name: pd.Series([measured(raw) for raw in rows[name]], rows.index, dtype=object) for name in _SLOPES},
        yakin=100 * rows["keyakinan"],
    ).sort_values(["opd", "nama_indikator"], kind="stable")
    return rows


_SLOPES = ("kemiringan", "bawah", "atas")


@table(
    "putus-seri",
    "Putus seri",
    "tahun mulai berhenti",
    source="lembar 2_INDIKATOR",
)
def restarts(page: Page, indicators: pd.DataFrame) -> Given:
    """Series that start or end within the years told: another definition is another series.

    ``indicators`` is the table ``indikator`` with ``berlaku_dari`` and ``berlaku_sampai``.
    """
    until = page.last_full_year
    since, ended = indicators["berlaku_dari"].dropna(), indicators["berlaku_sampai"].dropna()
    first = since.min() if len(since) else until
    started = since[since.gt(first) & since.le(page.year)].value_counts()
    stopped = ended[ended.lt(page.year)].value_counts()
    years = sorted({*started.index, *stopped.index})
    rows = tuple((int(year), int(started.get(year, 0)), int(stopped.get(year, 0))) for year in years)
    return rows, {
        "note": "Nilai sebelum definisi berlaku tidak disambung; deretnya dimulai lagi."
        if rows
        else "Tidak ada putus seri."
    }


TOO_FEW = "Belum ada dua OPD sejenis dengan tiga indikator terukur atau lebih."


@table(
    "tempat",
    "Rata-rata capaian OPD sejenis dan tempat yang mungkin",
    "jenis nama n_rata nilai bawah atas tempat",
    source="lembar 3_TARGET dan 4_REALISASI",
    nama="OPD",
    nilai=("Rata-rata capaian", "persen", 1),
    bawah=("Batas bawah", "persen", 1),
    atas=("Batas atas selang", "persen", 1),
)
def places(_page: Page, found: pd.DataFrame, names: pd.Series) -> Given:
    """Mean achievement with its interval and the places that each OPD may have among its kind.

    ``found`` is :func:`pkanalysis.trend.places`.
    """
    rows = found.assign(
        nama=found["kode_opd"].map(names),
        jenis=[words.stored("jenis_opd", kind) for kind in found["jenis"]],
        tempat=pd.Series([_place(row) for _, row in found.iterrows()], found.index, dtype=object),
    )
    apart = found.loc[found["is_terpisah"].astype(bool), "jenis"].nunique()
    verdict = Phrase(
        "Rata-rata aritmetik terhadap PK yang berlaku dengan selang t. Urutan hanya dinyatakan bila selang terpisah; "
        "itu terjadi pada {k} dari {n} jenis OPD. OPD yang indikator terukurnya kurang dari tiga, atau tanpa OPD "
        "sejenis, tidak disertakan.",
        {"k": count(apart), "n": count(found["jenis"].nunique())},
    )
    return rows, {"note": verdict if len(found) else TOO_FEW}


def _place(row: pd.Series) -> Phrase:
    values = {"a": count(row["urutan_terbaik"]), "b": count(row["urutan_terburuk"]), "n": count(row["n_jenis"])}
    if row["urutan_terbaik"] == row["urutan_terburuk"]:
        return Phrase("{a} dari {n}", {"a": values["a"], "n": values["n"]})
    return Phrase("{a}–{b} dari {n}", values)
