"""The head of the report: whose, which period, and which data, targets and ceilings it rests on."""

from __future__ import annotations

import pandas as pd

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
    own = actuals[actuals["tahun"].eq(setting.year) & actuals["periode"].le(setting.period)]
    signed = opd["perjanjian"].query("tahun == @setting.year and not tanggal_ttd > @setting.end")
    last = signed.sort_values(["dokumen", "ke"]).tail(1)
    dates = {"kinerja": own["tanggal_data"].max(), "uang": spending["tanggal_data"].max()}
    parts = [
        "Data kinerja per {kinerja}" if pd.notna(dates["kinerja"]) else "Data kinerja belum diterima",
        "Realisasi anggaran menurut berkas per {uang} (belum diaudit)"
        if pd.notna(dates["uang"])
        else "Realisasi anggaran belum diterima"
        if spending.empty
        else "Realisasi anggaran belum diaudit",
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
