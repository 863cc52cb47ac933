"""Trends in words: how many stand, at which confidence, and what all series say together."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.trend import needed_together
from pkanalysis.show.blocks import Note, Phrase
from pkanalysis.show.cells import count, percent
from pkanalysis.show.setting import Setting
from pkanalysis.show.trends.page import trending
from pkanalysis.show.values import Value

SOURCE = "lembar 4_REALISASI dan 4b_RIWAYAT"
METHOD = (
    "Arah diuji dengan Mann-Kendall (eksak di bawah sepuluh titik) dan dinyatakan hanya bila lolos setelah semua "
    "indikator diuji bersama (Benjamini-Hochberg). Kemiringan = Sen; selangnya berlaku pada tingkat keyakinan yang "
    "benar-benar tercapai."
)


def told(setting: Setting, verdicts: pd.DataFrame, whole: pd.DataFrame) -> Note:
    """``k dari m``, what could not be tested, levels achieved, the common slope, and the width of a forecast.

    Parameters
    ----------
    verdicts, whole : DataFrame
        Derived tables ``tren_iku`` and ``tren_kota`` of the last full year.
    """
    if verdicts.empty:
        text = "Belum ada nilai akhir tahun s.d. {t}; tren tidak dihitung."
        return Note("tren", "", setting.is_sample, items=(Phrase(text, {"t": Value(setting.last_full_year, "tahun")}),))
    items = [
        trending(verdicts),
        _untested(verdicts),
        *_levels(verdicts),
        *_together(verdicts),
        *_common(whole),
        *_width(whole),
    ]
    return Note("tren", "", setting.is_sample, items=tuple(filter(None, items)), note=METHOD, source=SOURCE)


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
