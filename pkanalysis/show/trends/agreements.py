"""Agreements of all OPD: which are signed, when, on which ceiling, with which indicators."""

from __future__ import annotations

import pandas as pd

from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.cells import count, plain
from pkanalysis.show.setting import Setting
from pkanalysis.show.values import Value

ABSENT = "belum diterima"


def signed(setting: Setting, found: pd.DataFrame) -> Table:
    """Per OPD: when the PK and the last PK Perubahan were signed, on which ceiling, and why it was revised.

    ``found`` is :func:`pkanalysis.analysis.achievement.agreements.completeness`.
    """
    first = [_date(date, is_there) for date, is_there in zip(found["pk_tanggal"], found["pk_ada"], strict=True)]
    last = [_date(date, bool(ke)) for date, ke in zip(found["perubahan_tanggal"], found["perubahan_ke"], strict=True)]
    shown = found.assign(
        pk=pd.Series(first, found.index, dtype=object),
        perubahan=pd.Series(last, found.index, dtype=object),
        dasar=[words.stored("tahap", stage) for stage in found["tahap_pagu_dasar"]],
        sebab=[
            words.stored("alasan", reason, words.NOT_FILLED if ke else "–")
            for reason, ke in zip(found["alasan"], found["perubahan_ke"], strict=True)
        ],
    )
    columns = [
        Column("nama_opd", "OPD", wide=True),
        Column("pk", "PK murni", "tanggal"),
        Column("perubahan", "PK Perubahan terakhir", "tanggal"),
        Column("n_perubahan", "Banyaknya PK Perubahan", "bulat"),
        Column("dasar", "Pagu dasar"),
        Column("sebab", "Alasan perubahan", wide=True),
    ]
    return Table.from_frame(
        shown,
        columns,
        id="pk-opd",
        caption=f"Perjanjian Kinerja tiap OPD s.d. {setting.period_short} {setting.year}",
        is_sample=setting.is_sample,
        note="Tanggal penandatanganan; yang ditandatangani sesudah akhir periode belum dihitung.",
        source="lembar 5_PERJANJIAN",
    )


def completeness(setting: Setting, found: pd.DataFrame, strange: pd.DataFrame, without: pd.DataFrame) -> Note:
    """How many OPD have signed, which have not, and indicators without target or targets without indicator.

    Parameters
    ----------
    found : DataFrame
        :func:`pkanalysis.analysis.achievement.agreements.completeness`.
    strange, without : DataFrame
        :func:`pkanalysis.analysis.achievement.agreements.unmatched`.
    """
    items = [_signed(found, found["pk_ada"].astype(bool), "PK murni"), revised(found)]
    twice = found[found["n_perubahan"].gt(1)]
    if len(twice):
        text = "PK Perubahan lebih dari sekali: {nama}."
        items.append(Phrase(text, {"nama": plain(", ".join(twice["nama_opd"]))}))
    values = {"s": count(len(strange)), "w": count(len(without)), "tahun": Value(setting.year, "tahun")}
    text = "{s} target PK tanpa padanan di daftar indikator; {w} indikator yang berlaku pada {tahun} tanpa target PK."
    items.append(Phrase(text, values))
    if len(strange):
        listed = strange["kode_opd"].map(found.set_index("kode_opd")["nama_opd"]) + ": " + strange["kode_indikator"]
        items.append(Phrase("Target tanpa padanan: {nama}.", {"nama": plain(", ".join(listed.drop_duplicates()))}))
    return Note("kelengkapan-pk", "", setting.is_sample, items=tuple(items))


def revised(found: pd.DataFrame) -> Phrase:
    """How many OPD have signed a PK Perubahan, and which have not."""
    return _signed(found, found["perubahan_ke"].gt(0), "PK Perubahan")


def _signed(found: pd.DataFrame, is_there: pd.Series, name: str) -> Phrase:
    values = {"k": count(is_there.sum()), "n": count(len(found))}
    if not is_there.any():
        return Phrase(f"{name} belum diterima dari OPD mana pun.")
    text = f"{name} yang sudah ditandatangani diterima dari {{k}} dari {{n}} OPD"
    if is_there.all():
        return Phrase(f"{text}.", values)
    values |= {"nama": plain(", ".join(found.loc[~is_there, "nama_opd"]))}
    return Phrase(f"{text}; belum: {{nama}}.", values)


def _date(date: pd.Timestamp, is_there: bool) -> Value:
    if not is_there:
        return plain(ABSENT)
    return plain("tanggal belum diisi") if pd.isna(date) else Value(date, "tanggal")
