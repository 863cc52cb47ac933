"""The first page: cover, five sentences, limits of the data."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.budget.accounts import opaque
from pkanalysis.analysis.budget.directive import Parts
from pkanalysis.show.blocks import Cover, Note, Phrase, phrases
from pkanalysis.show.cells import count, day, percent, plain, rupiah
from pkanalysis.show.efficiency.comparison import Comparison
from pkanalysis.show.efficiency.opening import added, carriers, changed, chosen, travel
from pkanalysis.show.setting import Setting
from pkanalysis.show.values import Value

NO_ACCOUNT = (
    "Seremonial, kajian, studi banding, dan FGD tidak memiliki rekening sendiri; angkanya taksiran. Kata pada nama sub "
    "kegiatan atau paket menandai {k} baris pada tahap sebelum ({kp}) untuk ditelaah, tanpa mengubah golongannya."
)


SKIPPED = (
    "Pasangan ini melompati satu tahap atau lebih: baris yang dipotong lalu naik lagi di antaranya saling menutup, dan "
    "sebab yang diisi OPD per langkah tidak dapat dipasangkan."
)


def cover(pair: Comparison, lines: pd.DataFrame) -> Cover:
    """Title, region, the two stages, the date, and how many SKPD."""
    setting = pair.setting
    offices = lines[lines["tahap"].isin(pair.codes or setting.codes)]["kode_opd"].nunique()
    values = {
        "langkah": plain(pair.names_of_stages or "belum ada dua tahap anggaran"),
        "akhir": day(setting.end),
        "tahun": Value(setting.year, "tahun"),
        "n": count(offices),
    }
    return Cover(
        id="sampul",
        caption="Pelaksanaan Efisiensi Belanja",
        is_sample=setting.is_sample,
        unit=setting.region,
        items=(
            Phrase(
                "Tahun Anggaran {tahun} · perbandingan {langkah} · keadaan s.d. {akhir} · cakupan belanja {n} SKPD",
                values,
            ),
            *pair.basis(),
        ),
        footer=setting.footer,
    )


def sentences(pair: Comparison, parts: Parts, tests: pd.DataFrame, carried: pd.DataFrame) -> Note:
    """Five sentences: the change, chosen or transfer, travel, additions, who carried it.

    Parameters
    ----------
    parts : Parts
        The step in its parts.
    tests : DataFrame
        Travel at every stage against murni (:func:`pkanalysis.analysis.budget.rates.travel_by_stage`).
    carried : DataFrame
        Who carries the chosen decrease (:func:`pkanalysis.analysis.budget.directive.carried_by`).
    """
    if not pair.after:
        return Note(**pair.block("kalimat", "Yang dapat dikatakan"), items=tuple(pair.too_few()))
    every = [changed(parts, pair.is_other_numbering)]
    if not pair.is_other_numbering:
        every += [chosen(parts), travel(pair, tests), *added(parts), *carriers(pair, carried)]
    return Note(**pair.block("kalimat", "Lima kalimat"), items=tuple(every), ordered=True)


def limits(pair: Comparison, lines: pd.DataFrame, marked: pd.DataFrame, parts: Parts, absent: pd.Series) -> Note:
    """What these data cannot show: hidden accounts, estimates, missing stages, causes that nobody gave.

    ``marked`` is the result of :func:`pkanalysis.show.efficiency.points.marked`.
    """
    items: list[Phrase] = pair.too_few()
    for code in pair.codes:
        found = opaque(lines[lines["tahap"].eq(code)])
        values = {
            "tahap": plain(pair.setting.stage_name(code)),
            "rp": rupiah(found.amount_rp),
            "p": percent(found.share),
        }
        items += phrases(
            values,
            "**Pada {tahap} {rp} ({p} belanja barang dan jasa) tercatat pada rekening BOS/BOSP/BOK/BLUD yang tidak "
            "terurai**; perjalanan dinas dan ATK di dalamnya tidak terlihat."
            if found.amount_rp
            else "Pada {tahap} tidak ada pagu pada rekening BOS/BOSP/BOK/BLUD, yang isinya tidak terurai.",
        )
    if pair.after:
        first = marked[marked["tahap"].eq(pair.before)]
        first = first[~first.index.duplicated()]
        items.append(Phrase(NO_ACCOUNT, {"k": count(len(first)), "kp": rupiah(first["pagu_rp"].sum())}))
    items += [Phrase(found.sentence) for found in pair.refusals]
    items += gaps(pair.setting, absent)
    if len(pair.steps) > 1:
        items.append(Phrase(SKIPPED))
    if parts.unsourced_rp:
        text = "Pengurangan {rp} tidak berkode sumber dana; TKD di dalamnya tidak dapat dikenali dari sumber dananya."
        items.append(Phrase(text, {"rp": rupiah(parts.unsourced_rp)}))
    if parts.unexplained_rp:
        text = "Sebab belum diisi OPD untuk pengurangan {rp}; dari rekening saja tidak terlihat mengapa berkurang."
        items.append(Phrase(text, {"rp": rupiah(parts.unexplained_rp)}))
    return Note(**pair.block("batas-data", "Batas data"), items=tuple(items))


def gaps(setting: Setting, absent: pd.Series) -> list[Phrase]:
    """Stages that are in force without rows, and OPD without rows in a stage that others have."""
    text = "Tahap {tahap} sudah berlaku, tetapi anggarannya belum diterima."
    said = [Phrase(text, {"tahap": plain(stage.nama)}) for stage in setting.missing_stages]
    text = "{n} SKPD tanpa baris anggaran pada tahap {tahap}; SKPD itu tidak ikut dibandingkan pada langkah tersebut."
    return said + [
        Phrase(text, {"n": count(number), "tahap": plain(setting.stage_name(str(code)))})
        for code, number in absent.items()
        if number
    ]
