"""Travel: the one binding number, per SKPD at every stage, by kind, and on what was really spent.

Travel at every stage against the rule.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from pkanalysis.analysis.budget import changes
from pkanalysis.analysis.budget.rates import travel_kind
from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.cells import percent, plain, rupiah
from pkanalysis.show.efficiency.comparison import Comparison
from pkanalysis.show.setting import Setting

RULE = (
    "Rekening 5.1.02.04; ketentuan {r} (Inpres 1/2025 diktum KEEMPAT angka 2). Dasar pagu murni, karena SE tidak "
    "menyebut dasarnya. Toleransi pembulatan {tol}. Keadaan pada tahap terakhir yang ada datanya. Realisasi di dalam "
    "batas belum berarti ketentuan tercapai selama tahun belum selesai."
)
SERVICE = (
    "Dalam kota memuat uang transpor warga peserta kegiatan, dan perjalanan tetap adalah tugas rutin petugas lapangan: "
    "sebagian adalah layanan. Semuanya ikut dihitung dalam ketentuan."
)


def travel(pair: Comparison, tests: pd.DataFrame, spent: pd.DataFrame) -> Table | Note:
    """Every OPD at every stage against the rate, and what it has spent; the whole region last.

    ``tests`` is the result of :func:`pkanalysis.analysis.budget.rates.travel_by_stage` over all stages from murni,
    ``spent`` that of :func:`pkanalysis.analysis.budget.rates.travel_realised`.
    """
    if tests.empty:
        return Note(
            **pair.block("perjalanan"),
            items=(Phrase("Belum dapat diuji: perlu pagu murni dan satu tahap sesudahnya."),),
        )
    stages = pair.setting.codes_from_original[1:]
    groups = tests.groupby(tests["kode_opd"].fillna(""), sort=False)
    known = spent.set_index(spent["kode_opd"].fillna(""))[["realisasi_rp", "persen"]].astype(object)
    rows = [_line(pair, str(code), own.set_index("tahap"), stages, known) for code, own in groups]
    rows.sort(key=lambda row: row[0] == "Jumlah")
    columns = [Column("nama", "SKPD", wide=True), Column("murni", "Pagu murni (Rp)", "rp")]
    for code in stages:
        columns += [
            Column(code, f"{pair.setting.stage_name(code)} (Rp)", "rp"),
            Column(f"{code}_persen", "%", "persen", 1),
        ]
    saving, until = pair.setting.saving, pair.setting.period_short
    columns += [Column("realisasi", f"Realisasi s.d. {until} (Rp)", "rp"), Column("terpakai", "% murni", "persen", 1)]
    return Table(
        **pair.block("perjalanan", "Perjalanan dinas per SKPD pada setiap tahap dan pada realisasi"),
        columns=(*columns, Column("keadaan", "Keadaan pagu", wide=True)),
        rows=tuple(rows),
        totals=(len(rows) - 1,),
        note=pair.note(RULE, r=percent(100 * saving.travel_rate, 0), tol=rupiah(saving.toleransi_rp)),
        source=pair.setting.budget_source,
    )


def _line(pair: Comparison, code: str, own: pd.DataFrame, stages: list[str], spent: pd.DataFrame) -> tuple[Any, ...]:
    """One OPD on one line; a stage or spending that it has not delivered stays empty."""
    every = own[["pagu_sesudah_rp", "persen"]].reindex(stages)
    amounts = every.astype(object).to_numpy().ravel().tolist()
    name = pair.office(code) if code else "Jumlah"
    used = spent.reindex([code]).to_numpy().ravel().tolist()
    return (name, own["pagu_sebelum_rp"].iloc[-1], *amounts, *used, state(pair, own))


def state(pair: Comparison, own: pd.DataFrame) -> Phrase | str:
    """What stands at the last stage: reached, short by how much, or reached and refilled.

    ``own`` are the tests of one OPD by stage code, in order.
    """
    last, rate = own.iloc[-1], percent(100 * pair.setting.saving.travel_rate, 0)
    if last["status"] in ("tidak_berlaku", "pos_baru"):
        return words.TRAVEL_STATUSES[last["status"]]
    if last["status"] == "memenuhi":
        return Phrase("mencapai {r}", {"r": rate})
    met = own[own["status"].eq("memenuhi")]
    if met.empty:
        return Phrase("belum {r}, selisih {rp}", {"r": rate, "rp": rupiah(last["kekurangan_rp"])})
    rise = last["pagu_sesudah_rp"] - met["pagu_sesudah_rp"].iloc[-1]
    values = {
        "r": rate,
        "tahap": plain(pair.setting.stage_name(str(met.index[-1]))),
        "naik": rupiah(rise),
        "kini": plain(pair.setting.stage_name(str(own.index[-1]))),
        "p": percent(abs(last["persen"])),
        "rp": rupiah(last["kekurangan_rp"]),
    }
    verb = "turun" if last["selisih_rp"] <= 0 else "naik"
    text = "mencapai {r} pada {tahap}, kemudian bertambah {naik} pada {kini} sehingga"
    return Phrase(f"{text} {verb} {{p}}; selisih {{rp}}", values)


def kinds(pair: Comparison, step: pd.DataFrame) -> Table | Note:
    """The kinds of travel apart: luar kota, tetap, dalam kota, paket meeting, luar negeri."""
    if refused := pair.refused("jenis-perjalanan"):
        return refused
    kind = travel_kind(step["kode_rekening"])
    found = changes.total(step.assign(jenis=kind)[kind.ne("")], ["jenis"])
    order = [name for name in words.TRAVEL_KINDS if name in set(found["jenis"])]
    rows = found.set_index("jenis").loc[order].reset_index()
    rows = rows.assign(nama=rows["jenis"].map(words.TRAVEL_KINDS))
    whole = changes.total(rows.assign(nama="Jumlah"), ["nama"])
    return Table.from_frame(
        pd.concat([rows, whole], ignore_index=True),
        [
            Column("nama", "Jenis", wide=True),
            Column("pagu_sebelum_rp", "Sebelum (Rp)", "rp"),
            Column("pagu_sesudah_rp", "Sesudah (Rp)", "rp"),
            Column("selisih_rp", "Bertambah/(Berkurang) (Rp)", "perubahan_rp"),
            Column("persen", "%", "persen", 1),
        ],
        **pair.block("jenis-perjalanan", f"Perjalanan dinas menurut jenis, {pair.names_of_stages}"),
        totals=(len(rows),) if len(whole) else (),
        note=pair.note(SERVICE),
        source=pair.setting.budget_source,
    )


def lines_travel(setting: Setting, tests: pd.DataFrame) -> Table:
    """Travel at every later stage against the rule, base murni."""
    own = tests[tests["cakupan"].eq("opd")]
    rows = own.assign(nama=own["tahap"].map(setting.stage_name), keadaan=own["status"].map(words.TRAVEL_STATUSES))
    columns = (
        Column("nama", "Tahap", wide=True),
        Column("pagu_sebelum_rp", "Pagu murni (Rp)", "rp"),
        Column("pagu_sesudah_rp", "Pagu tahap ini (Rp)", "rp"),
        Column("selisih_rp", "Bertambah/(Berkurang) (Rp)", "perubahan_rp"),
        Column("persen", "%", "persen", 1),
        Column("batas_rp", "Batas menurut ketentuan (Rp)", "rp"),
        Column("kekurangan_rp", "Selisih dari ketentuan (Rp)", "rp"),
        Column("keadaan", "Keadaan", wide=True),
    )
    rate, tolerance = percent(100 * setting.saving.travel_rate, 0), rupiah(setting.saving.toleransi_rp)
    return Table.from_frame(
        rows,
        columns,
        id="perjalanan",
        caption="Perjalanan dinas pada setiap tahap",
        is_sample=setting.is_sample,
        note=f"Rekening 5.1.02.04; ketentuan {rate} (Inpres 1/2025 diktum KEEMPAT angka 2). "
        f"Dasar pagu murni, karena SE tidak menyebut dasarnya. Toleransi pembulatan {tolerance}.",
        source=setting.budget_source,
    )
