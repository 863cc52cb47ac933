"""The head of the report: whose, which period, and which data, targets and ceilings it rests on."""

from __future__ import annotations

import pandas as pd

from pkanalysis.periods import quarters_to
from pkanalysis.show import words
from pkanalysis.show.blocks import Cover, Phrase
from pkanalysis.show.cells import day, plain
from pkanalysis.show.setting import Setting
from pkanalysis.show.values import Value
from pkanalysis.store import Opd


def cover(setting: Setting, opd: Opd) -> Cover:
    """Title, agency, period, and the basis of the figures."""
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
        items=(Phrase(f"{name}Tahun {{tahun}} (keadaan s.d. {{akhir}})", period), _basis(setting, opd)),
        footer=f"{setting.name} · {setting.period_name} {setting.year} · {setting.edition} · {setting.status}",
    )


def _basis(setting: Setting, opd: Opd) -> Phrase:
    actuals, spending = opd["realisasi"], opd["realisasi_anggaran"]
    own = actuals[
        actuals["tahun"].eq(setting.year) & actuals["periode"].isin([*quarters_to(setting.period), setting.period])
    ]
    spending = spending[spending["tahun"].eq(setting.year) & spending["bulan"].le(setting.month)]
    is_delivered = own[["nilai", "nilai_huruf"]].notna().any(axis=None)
    signed = opd["perjanjian"].query("tahun == @setting.year and not tanggal_ttd > @setting.end")
    last = signed.sort_values(["dokumen", "ke"]).tail(1)
    dates = {"kinerja": own["tanggal_data"].max(), "uang": spending["tanggal_data"].max()}
    parts = [
        _dated("Data kinerja", "per {kinerja}", dates["kinerja"], is_delivered),
        _dated("Realisasi anggaran", "menurut berkas per {uang} (belum diaudit)", dates["uang"], len(spending) > 0),
        "Acuan target: {pk} {ttd}" if len(last) else "Acuan target: PK belum diterima",
        "Acuan pagu: {pagu}" if setting.stages else "Anggaran belum diterima",
    ]
    values = {name: day(date) for name, date in dates.items()} | {
        "pk": plain(words.agreement(last["dokumen"].iloc[0], last["ke"].iloc[0]) if len(last) else ""),
        "ttd": day(last["tanggal_ttd"].max()),
        "pagu": plain(setting.stages[-1].nama if setting.stages else ""),
    }
    pattern = " · ".join(parts)
    return Phrase(pattern, {name: value for name, value in values.items() if f"{{{name}}}" in pattern})


def _dated(what: str, date_words: str, date: pd.Timestamp, is_delivered: bool) -> str:
    """The data with their date, without it, or that they have not come."""
    if pd.notna(date):
        return f"{what} {date_words}"
    return f"{what} tanpa tanggal data" if is_delivered else f"{what} belum diterima"
