"""Trends in words and in tables: the first page, how many stand and at which confidence, where series restart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from pkanalysis import reference
from pkanalysis.analysis import achievement
from pkanalysis.analysis.achievement.averages import Summary
from pkanalysis.analysis.trend import needed_together, surveyed
from pkanalysis.show import sentences as said
from pkanalysis.show import words
from pkanalysis.show.blocks import Cover, Note
from pkanalysis.show.page import Page
from pkanalysis.show.tables import RowsOrBlock, table
from pkanalysis.show.values import Phrase, Value, cells, count, day, gap, measured, percent, phrases, plain

SOURCE = "lembar 4_REALISASI dan 4b_RIWAYAT"
METHOD = (
    "Arah diuji dengan Mann-Kendall (eksak di bawah sepuluh titik) dan dinyatakan hanya bila lolos setelah semua "
    "indikator diuji bersama (Benjamini-Hochberg). Kemiringan = Sen; selangnya berlaku pada tingkat keyakinan yang "
    "benar-benar tercapai."
)


def cover(page: Page, offices: int) -> Cover:
    """Title, region, period, and how many OPD."""
    values = {"tahun": Value(page.year, "tahun"), "akhir": day(page.end)}
    values |= {"n": count(offices)} if offices else {}
    covered = " · cakupan {n} OPD" if offices else ""
    name = "" if page.period == "tahunan" else f"{page.period_name} "
    until = {"sampai": Value(page.last_full_year, "tahun")}
    return Cover(
        **page.block("sampul", "Capaian IKU dan Trennya"),
        unit=page.region,
        items=(
            Phrase(f"{name}Tahun {{tahun}} (keadaan s.d. {{akhir}}){covered}", values),
            Phrase("Tren dihitung dari nilai akhir tahun s.d. {sampai}", until),
        ),
        footer=page.footer,
    )


def known(page: Page, *items: Phrase | None) -> Note:
    """The sentences of the first page that there is something for."""
    return page.say("kalimat", *filter(None, items), caption="Yang perlu diketahui", ordered=True)


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
    numbers = {"n": "n_rata", "t": "n_tanpa_data", "a": "n_di_atas_100"}
    return Phrase(
        f"Rata-rata {method} capaian indikator OPD **{{x}} terhadap PK yang berlaku** dan {{y}} terhadap PK murni "
        "(n = {n}; {t} tanpa data tidak dihitung; {a} di atas target).",
        {"x": percent(row["rata_rata"]), "y": percent(row["rata_rata_murni"])}
        | {name: count(row[column]) for name, column in numbers.items()},
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
    values = {"nama": plain(row["nama_indikator"]), "opd": plain(names[row["kode_opd"]])}
    return Phrase(
        "**Satu indikator menentukan rata-rata itu**: {nama} ({opd}), {x}. Tanpa indikator itu rata-rata aritmetik "
        "{y}; periksa target dan realisasinya.",
        values | {"x": percent(row["capaian_berlaku"]), "y": percent(rest)},
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
    moves = verdicts.loc[verdicts["is_tren"].astype(bool), "gerak"]
    text, values = "{k}", {"k": plain(surveyed(verdicts))}
    if len(moves):
        text += " Yang membaik {b}, yang memburuk {m}"
        values |= {"b": count(moves.eq("membaik").sum()), "m": count(moves.eq("memburuk").sum())}
        other = int(moves.eq("").sum())
        text += ", bergerak pada target rentang {r}." if other else "."
        values |= {"r": count(other)} if other else {}
    return Phrase(text, values)


def cannot_conclude(page: Page) -> Note:
    """The limits of these data, printed every time."""
    return page.say("batas", *reference.pages()["tren"]["batas"], caption="Yang tidak dapat disimpulkan dari data ini")


def summary(page: Page, verdicts: pd.DataFrame, whole: pd.DataFrame) -> Note:
    """``k dari m``, what could not be tested, levels achieved, the common slope, and the width of a forecast.

    Parameters
    ----------
    verdicts, whole : DataFrame
        Derived tables ``tren_iku`` and ``tren_kota`` of the last full year.
    """
    if verdicts.empty:
        year = Value(page.last_full_year, "tahun")
        return page.say("tren", "Belum ada nilai akhir tahun s.d. {t}; tren tidak dihitung.", t=year)
    items, row = [trending(verdicts), *_tested(verdicts)], whole.iloc[0]
    if pd.notna(row["kemiringan_bersama"]):
        pooled = {"b": "kemiringan_bersama", "s": "se_bersama", "d": "sd_antar"}
        text = (
            "Kemiringan bersama semua deret {b} simpangan baku per tahun (galat baku {s}); antarindikator menyebar "
            "{d}. Arah naik di sini menurut nilai, bukan menurut baik atau buruk."
        )
        items += [Phrase(text, {name: Value(float(row[column]), "angka", 2) for name, column in pooled.items()})]
    if pd.notna(row["konformal_q"]):
        text = (
            "Tahun terakhir {n} indikator diramalkan dari tahun sebelumnya: pada empat dari lima indikator selisihnya "
            "paling banyak {q} kali perubahan tahunan yang biasa pada indikator itu."
        )
        values = {"n": count(row["konformal_n"]), "q": Value(float(row["konformal_q"]), "angka", 2)}
        items += [Phrase(text, values)]
    return replace(page.say("tren", *items), note=METHOD, source=SOURCE)


def _tested(verdicts: pd.DataFrame) -> Iterator[Phrase]:
    """Series too short for a test; the confidence that intervals really have; how many must agree for one to stand."""
    short, four = int(verdicts["n"].lt(4).sum()), int(verdicts["n"].eq(4).sum())
    if short or four:
        text = (
            "{k} indikator mempunyai kurang dari empat tahun yang dapat dibandingkan; yang dikatakan hanya selisihnya."
        )
        text += " {m} indikator tepat empat tahun: kemiringan dan uraian saja." if four else ""
        yield Phrase(text, {"k": count(short)} | ({"m": count(four)} if four else {}))
    tested = verdicts[verdicts["p"].notna()]
    if tested.empty:
        return
    levels = tested.groupby("n")["keyakinan"].median()
    values = {f"n{place}": count(n) for place, n in enumerate(levels.index)}
    values |= {f"k{place}": percent(100 * level) for place, level in enumerate(levels)}
    listed = ", ".join(f"{{n{place}}} titik {{k{place}}}" for place in range(len(levels)))
    yield Phrase(f"Tingkat keyakinan selang yang tercapai: {listed}.", values)
    shortest = int(tested["n"].min())
    if (needed := needed_together(shortest, len(tested))) > 1:
        yield Phrase(
            "Dari deret {n} titik, satu tren baru dapat dinyatakan bila {k} dari {m} deret bergerak searah setiap "
            "tahun.",
            {"n": count(shortest), "k": count(needed), "m": count(len(tested))},
        )


@table("tren-kalimat", "Tren IKU kota dalam kata", "nama_indikator satuan n kalimat", source=SOURCE, n="Tahun")
def sentences(_page: Page, verdicts: pd.DataFrame, card: pd.DataFrame) -> RowsOrBlock:
    """What may be said of each indicator of ``card``, in words."""
    rows = card[["kode_indikator", "nama_indikator", "satuan"]].merge(verdicts, on="kode_indikator")
    return rows, {"note": "" if len(rows) else "Belum ada deret IKU kota."}


@table("tren-statistik", "Statistik tren setiap indikator",
       "opd nama_indikator n s p p_disesuaikan kemiringan bawah atas yakin verdict", METHOD, source=SOURCE,
       p=("p", "angka", 4), yakin=("Keyakinan", "persen", 1))  # fmt: skip
def statistics(_page: Page, verdicts: pd.DataFrame, indicators: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """Every series from four years on with its statistics (annex); without p where the gate forbids it."""
    rows = verdicts[verdicts["n"].ge(4)].merge(indicators[["kode_indikator", "nama_indikator"]], on="kode_indikator")
    return rows.assign(
        opd=rows["kode_opd"].map(names),
        verdict=[row["gerak"] or row["arah"] or "belum dapat dibedakan" for _, row in rows.iterrows()],
        **{name: cells(rows, measured, name) for name in ("kemiringan", "bawah", "atas")},
        yakin=100 * rows["keyakinan"],
    ).sort_values(["opd", "nama_indikator"], kind="stable")


@table("putus-seri", "Putus seri", "tahun mulai berhenti", source="lembar 2_INDIKATOR")
def restarts(page: Page, indicators: pd.DataFrame) -> RowsOrBlock:
    """Series that start or end within the years told: another definition is another series.

    ``indicators`` is the table ``indikator`` with ``berlaku_dari`` and ``berlaku_sampai``.
    """
    since, ended = indicators["berlaku_dari"].dropna(), indicators["berlaku_sampai"].dropna()
    first = since.min() if len(since) else page.last_full_year
    started = since[since.gt(first) & since.le(page.year)].value_counts()
    stopped = ended[ended.lt(page.year)].value_counts()
    years = sorted({*started.index, *stopped.index})
    rows = [(int(year), int(started.get(year, 0)), int(stopped.get(year, 0))) for year in years]
    restarted = "Nilai sebelum definisi berlaku tidak disambung; deretnya dimulai lagi."
    return rows, {"note": restarted if rows else "Tidak ada putus seri."}


@table("tempat", "Rata-rata capaian OPD sejenis dan tempat yang mungkin", "jenis nama n_rata nilai bawah atas tempat",
       "Rata-rata aritmetik terhadap PK yang berlaku dengan selang t. Urutan hanya dinyatakan bila selang terpisah; "
       "itu terjadi pada {k} dari {n} jenis OPD. OPD yang indikator terukurnya kurang dari tiga, atau tanpa OPD "
       "sejenis, tidak disertakan.",
       source="lembar 3_TARGET dan 4_REALISASI", nama="OPD", nilai=("Rata-rata capaian", "persen", 1),
       bawah=("Batas bawah", "persen", 1), atas=("Batas atas selang", "persen", 1))  # fmt: skip
def places(_page: Page, found: pd.DataFrame, names: pd.Series) -> RowsOrBlock:
    """Mean achievement with its interval and the places that each OPD may have among its kind.

    ``found`` is :func:`pkanalysis.trend.places`; places are told only as far as the intervals are apart.
    """
    if found.empty:
        note = "Belum ada dua OPD sejenis dengan tiga indikator terukur atau lebih."
        return found.assign(nama="", tempat=""), {"note": note}
    spans = [
        phrases(
            {"a": count(best), "b": count(worst), "n": count(size)},
            "{a} dari {n}" if best == worst else "{a}–{b} dari {n}",
        )[0]
        for best, worst, size in found[["urutan_terbaik", "urutan_terburuk", "n_jenis"]].itertuples(index=False)
    ]
    apart = found.loc[found["is_terpisah"].astype(bool), "jenis"].nunique()
    rows = found.assign(
        nama=found["kode_opd"].map(names),
        jenis=[words.stored("jenis_opd", kind) for kind in found["jenis"]],
        tempat=pd.Series(spans, found.index, dtype=object),
    )
    return rows, {"k": count(apart), "n": count(found["jenis"].nunique())}
