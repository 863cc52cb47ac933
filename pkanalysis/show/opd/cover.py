"""The head of the report: whose, which period, and which data, targets and ceilings it rests on."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pkanalysis.periods import quarters_to
from pkanalysis.show import words
from pkanalysis.show.blocks import Cover, Phrase
from pkanalysis.show.cells import day, plain
from pkanalysis.show.setting import Setting
from pkanalysis.show.values import Value
from pkanalysis.store import Opd


def cover(setting: Setting, opd: Opd, card: pd.DataFrame) -> Cover:
    """Title, agency, period, and the basis of the figures; ``card`` says which PK is used."""
    name = "" if setting.period == "tahunan" else "{periode} "
    period = {
        "periode": plain(setting.period_name),
        "tahun": Value(setting.year, "tahun"),
        "akhir": day(setting.end),
    }
    return Cover(
        id="sampul",
        caption="Laporan Capaian Kinerja dan Anggaran",
        is_sample=setting.is_sample,
        unit=f"{setting.name} — {setting.region}",
        items=(Phrase(f"{name}Tahun {{tahun}} (keadaan s.d. {{akhir}})", period), _basis(setting, opd, card)),
        footer=setting.footer,
    )


def _basis(setting: Setting, opd: Opd, card: pd.DataFrame) -> Phrase:
    actuals, spending = opd["realisasi"], opd["realisasi_anggaran"]
    own = actuals[
        actuals["tahun"].eq(setting.year) & actuals["periode"].isin([*quarters_to(setting.period), setting.period])
    ]
    spending = spending[spending["tahun"].eq(setting.year) & spending["bulan"].le(setting.month)]
    is_delivered = len(own) > 0
    number = int(card["ke"].max()) if len(card) else 0
    signed = opd["perjanjian"].query("tahun == @setting.year and not tanggal_ttd > @setting.end")
    last = signed[signed["ke"].eq(number)]
    dates = {"kinerja": own["tanggal_data"].max(), "uang": spending["tanggal_data"].max()}
    parts = [
        _dated("Data kinerja", "per {kinerja}", dates["kinerja"], is_delivered),
        _dated("Realisasi anggaran", "menurut berkas per {uang} (belum diaudit)", dates["uang"], len(spending) > 0),
        _agreed(last, number),
        "Acuan pagu: {pagu}" if setting.stages else "Anggaran belum diterima",
    ]
    values = {name: day(date) for name, date in dates.items()} | {
        "pk": plain(words.agreement("pk_perubahan" if number else "pk", number)),
        "ttd": day(last["tanggal_ttd"].max()),
        "pagu": plain(setting.stages[-1].nama if setting.stages else ""),
    }
    pattern = " · ".join(parts)
    return Phrase(pattern, {name: value for name, value in values.items() if f"{{{name}}}" in pattern})


def _agreed(signed: pd.DataFrame, number: int) -> str:
    if len(signed):
        return "Acuan target: {pk} {ttd}"
    return "Acuan target: {pk}, tanggal belum diterima" if number else "Acuan target: PK belum diterima"


def _dated(what: str, date_words: str, date: Any, is_delivered: bool) -> str:
    """The data with their date, without it, or that they have not come."""
    if pd.notna(date):
        return f"{what} {date_words}"
    return f"{what} tanpa tanggal data" if is_delivered else f"{what} belum diterima"
