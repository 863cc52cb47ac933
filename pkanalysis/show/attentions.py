"""Sentences for the leader's attention, each by a rule that can be read here; ``None`` = nothing to say."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pkanalysis.analysis.budget.accounts import classify, is_targeted
from pkanalysis.show import words
from pkanalysis.show.blocks import Phrase
from pkanalysis.show.cells import count, percent, plain, rupiah

FAR_ABOVE = 130.0
"""Achievement in per cent from which a target deserves a second look."""
AT_MOST = 2
NAMED = 5
"""Indicators that one sentence names at most; a first page has no room for sixty."""


def travel_refilled(rows: pd.DataFrame, names: dict[str, str]) -> Phrase | None:
    """Travel that rose again at a later stage.

    Parameters
    ----------
    rows : DataFrame
        Rows of :func:`pkanalysis.analysis.budget.rates.travel_by_stage` of one OPD, in stage order.
    names : dict of str to str
        Stage code to stage name.
    """
    rise = rows["pagu_sesudah_rp"].diff()
    if not rise.gt(0).any():
        return None
    row, rise_rp = rows[rise.gt(0)].iloc[-1], rise[rise.gt(0)].iloc[-1]
    values = {
        "rp": rupiah(rise_rp),
        "tahap": plain(names[row["tahap"]]),
        "a": rupiah(row["pagu_sesudah_rp"] - rise_rp),
        "b": rupiah(row["pagu_sesudah_rp"]),
        "p": percent(abs(row["persen"])),
    }
    tail = (
        f", sehingga {'turun' if row['selisih_rp'] < 0 else 'naik'} {{p}} dari murni" if pd.notna(row["persen"]) else ""
    )
    return Phrase(f"Perjalanan dinas kembali naik {{rp}} pada {{tahap}} (dari {{a}} menjadi {{b}}){tail}.", values)


def limited_but_added(step: pd.DataFrame, stage: str) -> Phrase | None:
    """Additions on accounts that the Inpres asks to limit (travel has its own sentence)."""
    kinds = classify(step["kode_rekening"])
    is_limited = is_targeted(step["kode_rekening"]) & kinds["kategori"].ne("perjalanan_dinas")
    added = step.loc[is_limited, "penambahan_rp"].groupby(kinds["kategori"]).sum()
    if not added.sum():
        return None
    values = {"rp": rupiah(added.sum()), "pos": plain(words.category(str(added.idxmax()))), "tahap": plain(stage)}
    return Phrase(
        "Penambahan {rp} pada {tahap} berada pada pos yang diminta dibatasi, terbesar {pos}. "
        "Mohon penjelasan dan dasar.",
        values,
    )


def not_reached(card: pd.DataFrame) -> Phrase | None:
    """Which indicators miss the target in force, the furthest first; after :data:`NAMED` only how many."""
    missed = card[card["is_tercapai"].eq(False).fillna(False)].sort_values("capaian_berlaku", na_position="last")
    if missed.empty:
        return None
    named = missed.head(NAMED)
    values = {f"nama{place}": plain(name) for place, name in enumerate(named["nama_indikator"])}
    values |= {f"x{place}": percent(value) for place, value in enumerate(named["capaian_berlaku"])}
    said = "; ".join(f"{{nama{place}}} ({{x{place}}})" for place in range(len(named)))
    if len(missed) > NAMED:
        said, values = f"{said}; dan {{k}} indikator lain", values | {"k": count(len(missed) - NAMED)}
    return Phrase(f"Belum mencapai target: {said}.", values)


def far_above(card: pd.DataFrame) -> list[Phrase]:
    """Achievements so high that the target may be too low, the highest first."""
    high = card[card["capaian_berlaku"].gt(FAR_ABOVE)].nlargest(AT_MOST, "capaian_berlaku")
    text = "Capaian {nama} {x} jauh di atas target. Periksa apakah target terlalu rendah."
    return [
        Phrase(text, {"nama": plain(row["nama_indikator"]), "x": percent(row["capaian_berlaku"])})
        for _, row in high.iterrows()
    ]


def not_delivered(card: pd.DataFrame) -> Phrase | None:
    """How many values that were due have not come, or not for every quarter."""
    number = int(card["bendera"].str.contains("REALISASI_KOSONG|TRIWULAN_TIDAK_LENGKAP").sum())
    text = "Realisasi {k} indikator belum disampaikan atau belum lengkap."
    return Phrase(text, {"k": count(number)}) if number else None


def nothing_delivered(card: pd.DataFrame, stages: Sequence[str], missing: Sequence[str]) -> list[Phrase]:
    """What is not there at all: indicators, the budget, or some of its stages.

    Parameters
    ----------
    stages : sequence of str
        Codes of the stages with rows.
    missing : sequence of str
        Names of the stages that are in force but have no rows.
    """
    said = [Phrase("Indikator kinerja belum disampaikan OPD.")] if card.empty else []
    if not stages:
        return [*said, Phrase("Anggaran belum diterima.")]
    text = "Anggaran tahap {tahap} tidak ada, padahal tahap itu sudah berlaku."
    return said + [Phrase(text, {"tahap": plain(name)}) for name in missing]


def older_year(card: pd.DataFrame) -> Phrase | None:
    """Say which indicator describes the year before."""
    old = card.loc[card["tahun_yang_digambarkan"].eq("tahun_sebelumnya"), "nama_indikator"]
    return Phrase("{nama} menggambarkan kinerja tahun sebelumnya.", {"nama": plain(old.iloc[0])}) if len(old) else None
